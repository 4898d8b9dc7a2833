"""Protects published rows: their slugs cannot be changed and they cannot be deleted, because addresses name them."""

from __future__ import annotations

import logging
from collections.abc import Collection, Mapping
from functools import lru_cache
from typing import Any, ClassVar

from django.contrib import admin, messages
from django.db.models import Model, QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse

from skills.admin.change_log import LogsChanges
from skills.editions.document import DamagedEdition, Sealed, unseal
from skills.models import Edition, Withdrawal

logger = logging.getLogger(__name__)

_TABLES = ("skills", "sources", "places", "ways")


def published_slugs(table: str) -> frozenset[str]:
    """Return the slugs of a table that are in any edition that was not withdrawn."""
    withdrawn = Withdrawal.objects.values("edition_number")
    editions = Edition.objects.exclude(number__in=withdrawn).order_by("number").values_list("number", "checksum")
    return frozenset().union(*(_read_slugs(number, checksum)[table] for number, checksum in editions))


@lru_cache(maxsize=256)
def _read_slugs(number: int, checksum: str) -> Mapping[str, frozenset[str]]:
    """Read an edition's slugs, once a process, because editions never change. Log and skip a damaged edition."""
    content = bytes(Edition.objects.values_list("content", flat=True).get(number=number))
    try:
        document = unseal(Sealed(content=content, checksum=checksum), number)
    except DamagedEdition as error:
        logger.error("Its slugs cannot be protected: %s", error)
        return dict.fromkeys(_TABLES, frozenset[str]())
    return {table: frozenset(row["slug"] for row in document.get(table, ())) for table in _TABLES}


class KeepsPublishedSlugs(LogsChanges):
    """Makes the slug of a published row read-only."""

    document_table: ClassVar[str]

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> Any:
        fields = tuple(super().get_readonly_fields(request, obj))
        return (*fields, "slug") if obj is not None and self.is_kept(obj.slug) else fields

    def get_prepopulated_fields(self, request: HttpRequest, obj: Any = None) -> Any:
        return {} if obj is not None else super().get_prepopulated_fields(request, obj)

    def is_kept(self, slug: str) -> bool:
        return slug in published_slugs(self.document_table)


class KeepsPublishedRows(KeepsPublishedSlugs):
    """Refuses to delete a published row, and explains what to do instead."""

    @admin.action(permissions=["delete"], description="Delete selected %(verbose_name_plural)s")
    def delete_selected(self, request: HttpRequest, queryset: QuerySet[Any]) -> HttpResponse | None:
        published = published_slugs(self.document_table)
        if kept := [row for row in queryset if row.slug in published]:
            self._refuse(request, kept)
            return None
        return super().delete_selected(request, queryset)

    def delete_view(
        self, request: HttpRequest, object_id: str, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        row = self.get_object(request, object_id)
        if row is not None and self.has_delete_permission(request, row) and self.is_kept(row.slug):
            self._refuse(request, [row])
            options = self.opts
            return HttpResponseRedirect(
                reverse(
                    f"{self.admin_site.name}:{options.app_label}_{options.model_name}_change",
                    args=[row.pk],
                )
            )
        return super().delete_view(request, object_id, extra_context)

    def _refuse(self, request: HttpRequest, rows: Collection[Model]) -> None:
        names = ", ".join(str(row) for row in rows)
        said = f"Nothing was deleted: {names} was published, and shared addresses name it for good."
        if hasattr(self.model, "is_published"):
            said += " To leave it out of the next edition, take the tick off “published”."
        self.message_user(request, said, messages.ERROR)
