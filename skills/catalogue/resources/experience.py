"""Pay by years of work: experience.csv."""

from typing import Any

from skills.catalogue.resources.resource import Table, columns_of
from skills.models import ExperiencePoint


class ExperienceResource(Table):
    file = "experience.csv"

    class Meta(Table.Meta):
        model = ExperiencePoint
        import_id_fields = ["region", "years"]
        fields = columns_of(ExperiencePoint)

    def get_queryset(self) -> Any:
        return super().get_queryset().select_related("source").order_by("region", "years")
