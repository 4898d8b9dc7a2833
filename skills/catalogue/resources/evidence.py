"""What is known of each skill: evidence.csv."""

from typing import Any

from skills.catalogue.resources.resource import Table
from skills.models import Evidence


class EvidenceResource(Table):
    file = "evidence.csv"

    class Meta(Table.Meta):
        model = Evidence
        import_id_fields = ["skill", "source", "region"]
        fields = [
            "skill",
            "source",
            "region",
            "about",
            "low_percent",
            "mid_percent",
            "high_percent",
            "grade",
            "population",
            "year",
            "sample_size",
            "note",
            "review_on",
        ]

    def get_queryset(self) -> Any:
        return (
            super().get_queryset().select_related("skill", "source").order_by("skill__slug", "source__slug", "region")
        )
