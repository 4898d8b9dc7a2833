"""The admin of skills that are not measured."""

from __future__ import annotations

from django.contrib import admin

from skills.admin.change_log import LogsChanges
from skills.admin.imports import ImportsCsv
from skills.catalogue.resources import UnmeasuredSkillResource
from skills.models import UnmeasuredSkill


@admin.register(UnmeasuredSkill)
class UnmeasuredSkillAdmin(ImportsCsv, LogsChanges):
    table = UnmeasuredSkillResource
    list_display = ["name", "other_names", "reason"]
    search_fields = ["name", "other_names", "reason"]
    ordering = ["name"]
