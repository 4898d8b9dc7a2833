"""Editors' accounts. They are deactivated and never deleted, because the change log names them."""

from __future__ import annotations

from typing import Any

from django.contrib import admin
from django.contrib.auth.admin import UserAdmin
from django.contrib.auth.models import User
from django.http import HttpRequest

admin.site.unregister(User)


@admin.register(User)
class AccountAdmin(UserAdmin[User]):
    list_display = ["username", "first_name", "last_name", "group_names", "is_active", "last_login"]
    list_filter = ["is_active", "groups", "is_superuser"]

    def get_queryset(self, request: HttpRequest) -> Any:
        return super().get_queryset(request).prefetch_related("groups")

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    @admin.display(description="groups")
    def group_names(self, account: User) -> str:
        return ", ".join(sorted(group.name for group in account.groups.all()))
