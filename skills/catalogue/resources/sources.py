"""The publications: sources.csv."""

from skills.catalogue.resources.resource import Table
from skills.models import Source


class SourceResource(Table):
    file = "sources.csv"

    class Meta(Table.Meta):
        model = Source
        import_id_fields = ["slug"]
        fields = ["slug", "title", "publisher", "url", "published", "licence", "kind", "note"]
