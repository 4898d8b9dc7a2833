"""The groups of editors' accounts and their permissions."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from django.contrib.admin.models import LogEntry
from django.contrib.auth.models import Group, Permission
from django.db import transaction
from django.db.models import Model, Q

from skills.models import (
    Article,
    Edition,
    Evidence,
    ExchangeRate,
    ExperiencePoint,
    FormerSlug,
    Location,
    LocationAlias,
    Revision,
    Skill,
    Source,
    UnmeasuredSkill,
    Way,
    WayEvidence,
    WayRange,
    Withdrawal,
)

type Rights = frozenset[str]


def _list_rights(actions: Sequence[str], *models: type[Model]) -> Rights:
    return frozenset(f"{action}_{model._meta.model_name}" for action in actions for model in models)


_WAYS = (Way, WayRange, WayEvidence, ExperiencePoint)
_CATALOGUE = (Source, Skill, Evidence, Location, LocationAlias, ExchangeRate, UnmeasuredSkill, *_WAYS)
_SEE_CATALOGUE = _list_rights(["view"], *_CATALOGUE)
#: For entries of tables that the editor may see. Nobody adds, changes or deletes an entry.
_SEE_LOG = _list_rights(["view"], LogEntry)
_WRITE_ARTICLES = _list_rights(["add", "change", "view"], Article) | _list_rights(["view"], Revision, FormerSlug)

AUTHOR, EDITOR, DATA_EDITOR, PUBLISHER = "author", "editor", "data editor", "publisher"

#: Only superusers delete rows of tables whose slugs readers have addresses with, and manage accounts.
GROUPS: Mapping[str, Rights] = {
    AUTHOR: _WRITE_ARTICLES | _SEE_CATALOGUE | _SEE_LOG,
    EDITOR: _WRITE_ARTICLES | _SEE_CATALOGUE | _SEE_LOG | {"publish_article"},
    DATA_EDITOR: _list_rights(["add", "change", "view"], *_CATALOGUE)
    | _list_rights(["delete"], Evidence, WayRange, WayEvidence, ExperiencePoint)
    | _list_rights(["view"], Edition)
    | _SEE_LOG,
    PUBLISHER: _SEE_CATALOGUE | _list_rights(["view"], Edition, Withdrawal) | _SEE_LOG | {"publish_edition"},
}

#: What the members of a group may do, for those who make accounts.
DESCRIPTIONS: Mapping[str, str] = {
    AUTHOR: "writes drafts of articles",
    EDITOR: "also publishes, schedules and withdraws articles",
    DATA_EDITOR: "changes skills, ways, evidence, sources, places, pay and rates",
    PUBLISHER: "publishes and withdraws editions",
}
#: What an account needs before it can do anything in the admin.
STAFF_STATUS = "Staff status lets a person sign in to the admin; groups say what they may do there."


@transaction.atomic
def set_up() -> Sequence[Group]:
    """Create missing groups, and give each exactly its permissions. Other groups do not change."""
    is_given = Q(content_type__app_label="skills") | Q(content_type__app_label="admin", content_type__model="logentry")
    permissions = {permission.codename: permission for permission in Permission.objects.filter(is_given)}
    groups = []
    for name, rights in GROUPS.items():
        group, _ = Group.objects.get_or_create(name=name)
        group.permissions.set([permissions[codename] for codename in rights])
        groups.append(group)
    return groups
