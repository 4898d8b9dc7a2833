"""Places, what they pay, and their other names: locations.csv and location_aliases.csv."""

from collections.abc import Mapping
from typing import Any

from django.db.models import Case, Value, When

from skills.catalogue.resources.resource import Table, columns_of
from skills.models import Location, LocationAlias
from skills.models.like_parent import LikeParent

LIKE_ITS_PARENT = next(each for each in Location._meta.constraints if isinstance(each, LikeParent))


class LocationResource(Table):
    """Countries first, then regions, then metros: a row's parent comes before it."""

    file = "locations.csv"

    class Meta(Table.Meta):
        model = Location
        import_id_fields = ["slug"]
        fields = columns_of(Location)

    def get_queryset(self) -> Any:
        depth = Case(When(kind="country", then=Value(0)), When(kind="region", then=Value(1)), default=Value(2))
        return super().get_queryset().select_related("parent", "source", "price_source").order_by(depth, "slug")

    def before_save_instance(self, instance: Location, row: Mapping[str, Any], **kwargs: Any) -> None:
        """Check at the row what the database checks at the end, when nobody knows which row was wrong."""
        LIKE_ITS_PARENT.validate(Location, instance)
        super().before_save_instance(instance, row, **kwargs)


class LocationAliasResource(Table):
    file = "location_aliases.csv"

    class Meta(Table.Meta):
        model = LocationAlias
        import_id_fields = ["alias", "location"]
        fields = ["alias", "location"]
        use_bulk = True
        batch_size = 1000

    def get_queryset(self) -> Any:
        return super().get_queryset().select_related("location").order_by("location__slug", "alias")
