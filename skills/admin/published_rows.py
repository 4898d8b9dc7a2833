"""Protects published rows: their slugs cannot be changed and they cannot be deleted, because addresses name them."""

from __future__ import annotations

import logging
from collections.abc import Iterable, Mapping
from functools import lru_cache
from typing import Any, ClassVar

from django.contrib import admin, messages
from django.contrib.admin.utils import unquote
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse

from skills.admin.change_log import LogsChanges
from skills.editions.document import DamagedEdition, Sealed, unseal
from skills.models import Edition, Withdrawal

logger = logging.getLogger(__name__)

_TABLES = ("skills", "sources", "places", "ways")


def published_slugs(table: str) -> frozenset[str]:
    """Return the slugs of a table that are in any edition that was not withdrawn. Raises DamagedEdition."""
    withdrawn = Withdrawal.objects.values("edition_number")
    editions = Edition.objects.exclude(number__in=withdrawn).order_by("number").values_list("number", "checksum")
    return frozenset().union(*(_read_slugs(number, checksum)[table] for number, checksum in editions))


@lru_cache(maxsize=256)
def _read_slugs(number: int, checksum: str) -> Mapping[str, frozenset[str]]:
    """Read an edition's slugs, once a process, because editions never change. Raises DamagedEdition each time."""
    content = bytes(Edition.objects.values_list("content", flat=True).get(number=number))
    document = unseal(Sealed(content=content, checksum=checksum), number)
    return {table: frozenset(row["slug"] for row in document.get(table, ())) for table in _TABLES}


class KeepsPublishedSlugs(LogsChanges):
    """Makes the slug of a published row read-only."""

    document_table: ClassVar[str]

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> Any:
        fields = tuple(super().get_readonly_fields(request, obj))
        return (*fields, "slug") if obj is not None and self._is_slug_kept(request, obj) else fields

    def get_prepopulated_fields(self, request: HttpRequest, obj: Any = None) -> Any:
        return {} if obj is not None else super().get_prepopulated_fields(request, obj)

    def _is_slug_kept(self, request: HttpRequest, row: Any) -> bool:
        """Say whether a row keeps its slug; Django asks several times a page, and editions are read once."""
        found: dict[Any, bool] = request.__dict__.setdefault("kept_slugs", {})
        if row.pk not in found:
            found[row.pk] = bool(self.find_refusal([row]))
        return found[row.pk]

    def find_refusal(self, rows: Iterable[Any]) -> str:
        """Say why rows keep their slug and are not deleted: addresses name one, or may name it; "" if none does."""
        try:
            published = published_slugs(self.document_table)
        except DamagedEdition as error:
            logger.error("No published row can be renamed or deleted: %s", error)
            return f"{error} Until it is restored, nobody knows what shared addresses name."
        kept = [row for row in rows if row.slug in published]
        if not kept:
            return ""
        said = f"{', '.join(map(str, kept))} was published, and shared addresses name it for good."
        if hasattr(self.model, "is_published"):
            said += " To leave it out of the next edition, take the tick off “published”."
        return said


class KeepsPublishedRows(KeepsPublishedSlugs):
    """Refuses to delete a published row, and explains what to do instead."""

    @admin.action(permissions=["delete"], description="Delete selected %(verbose_name_plural)s")
    def delete_selected(self, request: HttpRequest, queryset: QuerySet[Any]) -> HttpResponse | None:
        if refusal := self.find_refusal(queryset):
            self._refuse(request, refusal)
            return None
        return super().delete_selected(request, queryset)

    def delete_view(
        self, request: HttpRequest, object_id: str, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        row = self.get_object(request, unquote(object_id))
        may_delete = row is not None and self.has_delete_permission(request, row)
        if row is not None and may_delete and (refusal := self.find_refusal([row])):
            self._refuse(request, refusal)
            options = self.opts
            return HttpResponseRedirect(
                reverse(
                    f"{self.admin_site.name}:{options.app_label}_{options.model_name}_change",
                    args=[row.pk],
                )
            )
        return super().delete_view(request, object_id, extra_context)

    def delete_model(self, request: HttpRequest, obj: Any) -> None:
        """Delete a row. Raises PermissionDenied if it was published, whichever page asks."""
        self._require_unpublished([obj])
        super().delete_model(request, obj)

    def delete_queryset(self, request: HttpRequest, queryset: QuerySet[Any]) -> None:
        """Delete rows. Raises PermissionDenied if one was published, whichever page asks."""
        self._require_unpublished(queryset)
        super().delete_queryset(request, queryset)

    def _require_unpublished(self, rows: Iterable[Any]) -> None:
        if refusal := self.find_refusal(rows):
            raise PermissionDenied(refusal)

    def _refuse(self, request: HttpRequest, refusal: str) -> None:
        self.message_user(request, f"Nothing was deleted: {refusal}", messages.ERROR)
