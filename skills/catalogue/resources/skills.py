"""skills.csv; its `requires` column holds slugs of other skills, parted by spaces."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from import_export import fields
from tablib import Dataset

from earnverdict.spreadsheet import escape_formula, unescape_formula
from skills.catalogue.resources.cells import CellWidget
from skills.catalogue.resources.resource import Table, columns_of
from skills.models import Skill
from skills.models.skill import COLUMN_NAMES


class RequiresWidget(CellWidget):
    """Slugs of the file or of the catalogue, in order."""

    def __init__(self) -> None:
        super().__init__()
        self.slugs: set[str] = set()

    def read(self, text: str, row: Mapping[str, Any] | None) -> tuple[str, ...]:
        slugs = tuple(sorted(set(unescape_formula(text).split())))
        for slug in slugs:
            if slug not in self.slugs:
                raise ValueError(f"“{slug}” is not among the skills.")
            if row is not None and slug == unescape_formula(row["slug"]):
                raise ValueError("A skill cannot require itself.")
        return slugs

    def render(self, value: Any, obj: Any = None, **kwargs: Any) -> str:
        return escape_formula(" ".join(value))


class RequiresField(fields.Field):  # type: ignore[misc]  # import-export has no types
    """The prerequisites; they are set once all skills of the file exist, for a skill may require a later one."""

    def get_value(self, instance: Any) -> tuple[str, ...]:
        if hasattr(instance, "required_slugs"):
            return tuple(instance.required_slugs)
        if instance.pk is None:
            return ()
        return tuple(sorted(skill.slug for skill in instance.prerequisites.all()))

    def save(self, instance: Any, row: Mapping[str, Any], is_m2m: bool = False, **kwargs: Any) -> None:
        instance.required_slugs = self.clean(row)


class SkillResource(Table):
    file = "skills.csv"
    requires = RequiresField(attribute="prerequisites", column_name="requires", widget=RequiresWidget())

    class Meta(Table.Meta):
        model = Skill
        import_id_fields = ["slug"]
        fields = [COLUMN_NAMES.get(name, name) for name in columns_of(Skill)]

    def get_queryset(self) -> Any:
        return super().get_queryset().prefetch_related("prerequisites")

    def before_import(self, dataset: Dataset, **kwargs: Any) -> None:
        super().before_import(dataset, **kwargs)
        in_file = {unescape_formula(slug) for slug in dataset["slug"]}
        self.fields["requires"].widget.slugs = in_file | set(Skill.objects.values_list("slug", flat=True))
        self._required: dict[str, tuple[str, ...]] = {}

    def after_save_instance(self, instance: Any, row: Mapping[str, Any], **kwargs: Any) -> None:
        super().after_save_instance(instance, row, **kwargs)
        if "requires" in row:
            self._required[instance.slug] = instance.required_slugs

    def after_import(self, dataset: Dataset, result: Any, **kwargs: Any) -> None:
        super().after_import(dataset, result, **kwargs)
        if self._dry_run:
            return
        skills = {skill.slug: skill for skill in Skill.objects.all()}
        for slug, required in self._required.items():
            # A row that was refused is not there to be required; its own error is in the result.
            skills[slug].prerequisites.set([skills[need] for need in required if need in skills])
