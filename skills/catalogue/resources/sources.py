"""The publications: sources.csv."""

from skills.catalogue.resources.resource import Table, columns_of
from skills.models import Source


class SourceResource(Table):
    file = "sources.csv"

    class Meta(Table.Meta):
        model = Source
        import_id_fields = ["slug"]
        fields = columns_of(Source)
