"""The publications: sources.csv."""

from skills.models import Source
from skills.tables.table import Table


class SourceTable(Table):
    file = "sources.csv"

    class Meta(Table.Meta):
        model = Source
        import_id_fields = ["slug"]
        fields = ["slug", "title", "publisher", "url", "published", "licence", "kind", "note"]
