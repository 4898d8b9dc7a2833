"""Editors' accounts and groups. Accounts are deactivated and never deleted, because the change log names them."""

from __future__ import annotations

from typing import Any

from django.contrib import admin
from django.contrib.auth.admin import GroupAdmin, UserAdmin
from django.contrib.auth.forms import UserChangeForm
from django.contrib.auth.models import Group, User
from django.http import HttpRequest
from django.utils.html import format_html, format_html_join

from skills.admin.deletion import DeletesAsShown
from skills.admin.opened_rows import VersionedForm
from skills.admin.versions import RefusesOldVersions
from skills.groups import DESCRIPTIONS, STAFF_STATUS

admin.site.unregister([User, Group])


_EXPLAINED = format_html(
    "<p>{}</p><ul>{}</ul>",
    STAFF_STATUS,
    format_html_join("", "<li><b>{}</b> {}</li>", DESCRIPTIONS.items()),
)


class AccountForm(UserChangeForm[User], VersionedForm):
    """Django's form of an account, with the version that it was opened with."""


@admin.register(User)
class AccountAdmin(RefusesOldVersions, UserAdmin[User]):
    form = AccountForm
    readonly_fields = ["last_login", "date_joined"]
    list_display = ["username", "first_name", "last_name", "group_names", "is_active", "last_login"]
    list_filter = ["is_active", "groups", "is_superuser"]
    add_fieldsets = [
        (None, {"fields": ["username", "usable_password", "password1", "password2"]}),
        ("What the person may do", {"description": _EXPLAINED, "fields": ["is_staff", "groups"]}),
    ]
    fieldsets = [
        (None, {"fields": ["username", "password"]}),
        ("Personal info", {"fields": ["first_name", "last_name", "email"]}),
        (
            "What the person may do",
            {
                "description": _EXPLAINED,
                "fields": ["is_active", "is_staff", "groups", "is_superuser", "user_permissions"],
            },
        ),
        ("Important dates", {"fields": ["last_login", "date_joined"]}),
    ]

    def get_changeform_initial_data(self, request: HttpRequest) -> dict[str, Any]:
        """Let a new account sign in, unless the administrator takes the tick off."""
        return {"is_staff": True, **super().get_changeform_initial_data(request)}

    def get_queryset(self, request: HttpRequest) -> Any:
        return super().get_queryset(request).prefetch_related("groups")

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    @admin.display(description="groups")
    def group_names(self, account: User) -> str:
        return ", ".join(sorted(group.name for group in account.groups.all()))


@admin.register(Group)
class EditorsGroupAdmin(DeletesAsShown, GroupAdmin):
    """Django's admin of groups, which refuses to save over a newer version, or to delete it."""
