"""Editions and withdrawals, read-only: nobody changes what was published."""

from __future__ import annotations

from typing import Any

from django.contrib import admin
from django.db.models import OuterRef, Subquery
from django.http import HttpRequest
from django.urls import URLPattern, path
from django.utils.html import format_html

from skills.admin import publishing, waiting_rows, withdrawing
from skills.admin.odd_input import EditorsModelAdmin
from skills.models import Edition, Withdrawal


class ReadOnlyAdmin(EditorsModelAdmin):
    """Shows rows, and lets nobody add, change or delete one, superusers included."""

    actions = None

    def has_add_permission(self, request: HttpRequest, *args: Any) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False


@admin.register(Edition)
class EditionAdmin(ReadOnlyAdmin):
    list_display = ["number", "state", "published_at", "publisher", "note", "model_version"]
    search_fields = ["=number", "note", "publisher"]
    ordering = ["-number"]
    fields = ["number", "state", "published_at", "publisher", "note", "correction", "model_version", "checksum"]
    readonly_fields = ["state"]

    def get_queryset(self, request: HttpRequest) -> Any:
        withdrawals = Withdrawal.objects.filter(edition_number=OuterRef("number"))
        reason = Subquery(withdrawals.values("reason")[:1])
        return super().get_queryset(request).defer("content").annotate(withdrawal_reason=reason)

    @admin.display(description="state")
    def state(self, edition: Any) -> str:
        """Say whether readers can see it: a withdrawn edition's addresses show the reason instead."""
        if edition.withdrawal_reason is None:
            return "shown"
        return format_html('<span class="tag tag--wrong">withdrawn</span> {}', edition.withdrawal_reason)

    def get_urls(self) -> list[URLPattern]:
        view = self.admin_site.admin_view
        return [
            path("publish/", view(publishing.publish), name="skills_edition_publish"),
            path("put-back/", view(waiting_rows.put_row_back), name="skills_edition_put_back"),
            path("<int:number>/withdraw/", view(withdrawing.withdraw), name="skills_edition_withdraw"),
            *super().get_urls(),
        ]


@admin.register(Withdrawal)
class WithdrawalAdmin(ReadOnlyAdmin):
    list_display = ["edition_number", "reason", "withdrawn_at", "withdrawn_by"]
    search_fields = ["=edition_number", "reason", "withdrawn_by"]
    ordering = ["-edition_number"]
    fields = ["edition_number", "reason", "withdrawn_at", "withdrawn_by"]
