"""Other ways to more pay: ways.csv, way_ranges.csv, whose `sources` are parted by spaces, and way_evidence.csv."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from import_export import fields
from tablib import Dataset

from earnverdict.spreadsheet import escape_formula, unescape_formula
from skills.catalogue.resources.cells import CellWidget
from skills.catalogue.resources.resource import Table, columns_of
from skills.models import Source, Way, WayEvidence, WayRange


class SourcesWidget(CellWidget):
    """Slugs of sources, in order."""

    def __init__(self) -> None:
        super().__init__()
        self.rows: dict[str, Source] = {}

    def read(self, text: str, row: Mapping[str, Any] | None) -> tuple[str, ...]:
        slugs = tuple(sorted(set(unescape_formula(text).split())))
        for slug in slugs:
            if slug not in self.rows:
                raise ValueError(f"“{slug}” is not among the sources.")
        return slugs

    def render(self, value: Any, obj: Any = None, **kwargs: Any) -> str:
        return escape_formula(" ".join(value))


class SourcesField(fields.Field):  # type: ignore[misc]  # import-export has no types
    """The sources of a range; they are set once the range is saved."""

    def get_value(self, instance: Any) -> tuple[str, ...]:
        if hasattr(instance, "source_slugs"):
            return tuple(instance.source_slugs)
        if instance.pk is None:
            return ()
        return tuple(sorted(source.slug for source in instance.sources.all()))

    def save(self, instance: Any, row: Mapping[str, Any], is_m2m: bool = False, **kwargs: Any) -> None:
        instance.source_slugs = self.clean(row)


class WayResource(Table):
    file = "ways.csv"

    class Meta(Table.Meta):
        model = Way
        import_id_fields = ["slug"]
        fields = columns_of(Way)

    def get_queryset(self) -> Any:
        return super().get_queryset().select_related("overlaps_skill").order_by("slug")


class WayRangeResource(Table):
    file = "way_ranges.csv"
    sources = SourcesField(attribute="sources", column_name="sources", widget=SourcesWidget())

    class Meta(Table.Meta):
        model = WayRange
        import_id_fields = ["way", "region"]
        fields = columns_of(WayRange)

    def get_queryset(self) -> Any:
        rows = super().get_queryset().select_related("way").prefetch_related("sources")
        return rows.order_by("way__slug", "region")

    def before_import(self, dataset: Dataset, **kwargs: Any) -> None:
        super().before_import(dataset, **kwargs)
        self.fields["sources"].widget.rows = {source.slug: source for source in Source.objects.all()}

    def after_save_instance(self, instance: Any, row: Mapping[str, Any], **kwargs: Any) -> None:
        super().after_save_instance(instance, row, **kwargs)
        if "sources" in row and not self._dry_run:
            rows = self.fields["sources"].widget.rows
            instance.sources.set([rows[slug] for slug in instance.source_slugs])


class WayEvidenceResource(Table):
    file = "way_evidence.csv"

    class Meta(Table.Meta):
        model = WayEvidence
        import_id_fields = ["way", "source", "region", "population"]
        fields = columns_of(WayEvidence)

    def get_queryset(self) -> Any:
        rows = super().get_queryset().select_related("way", "source")
        return rows.order_by("way__slug", "source__slug", "region", "population")
