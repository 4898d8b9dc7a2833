"""What is known of each skill: evidence.csv."""

from typing import Any

from skills.catalogue.resources.resource import Table, columns_of
from skills.models import Evidence


class EvidenceResource(Table):
    file = "evidence.csv"

    class Meta(Table.Meta):
        model = Evidence
        import_id_fields = ["skill", "source", "region"]
        fields = columns_of(Evidence)

    def get_queryset(self) -> Any:
        return (
            super().get_queryset().select_related("skill", "source").order_by("skill__slug", "source__slug", "region")
        )
