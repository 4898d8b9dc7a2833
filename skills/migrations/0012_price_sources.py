"""Gives each price level its source, so that editions can hold it."""

from __future__ import annotations

from typing import Any

from django.db import migrations, models
from django.db.models import Q

#: Which places the price levels of the first catalogue are about, by source.
SOURCES = {"world-bank-ppp": Q(kind="country"), "bea-rpp-2024": Q(country="US") & ~Q(kind="country")}


def remove_levels_of_nothing(apps: Any, schema_editor: Any) -> None:
    """Remove price levels that are not above zero, which no place has, and print them."""
    places = _places(apps, schema_editor).filter(price_level__lte=0)
    for slug, level in places.order_by("slug").values_list("slug", "price_level"):
        print(f"\n  {slug}: its price level {level} was removed", end="")  # noqa: T201 - for who runs `migrate`
    places.update(price_level=None)


def name_known_sources(apps: Any, schema_editor: Any) -> None:
    """Name the source of each level that has none; without that source in the catalogue it stays unpublished."""
    sources = apps.get_model("skills", "Source").objects.using(schema_editor.connection.alias)
    places = _places(apps, schema_editor).filter(price_level__isnull=False, price_source=None)
    for slug, about in SOURCES.items():
        if source := sources.filter(slug=slug).first():
            places.filter(about).update(price_source=source)


def _places(apps: Any, schema_editor: Any) -> Any:
    return apps.get_model("skills", "Location").objects.using(schema_editor.connection.alias)


class Migration(migrations.Migration):
    dependencies = [("skills", "0011_ways")]

    # PostgreSQL takes no constraint after a foreign key was written in the same transaction: sources are named last.
    operations = [
        migrations.AlterField(
            model_name="location",
            name="price_level",
            field=models.DecimalField(
                blank=True,
                decimal_places=1,
                help_text="Prices here, rents among them, where those of the United States are 100: 85 is 15% cheaper. "
                "Readers see it where they compare two places, once it has a source. Empty: that of the place that "
                "this one lies in is used.",
                max_digits=6,
                null=True,
            ),
        ),
        migrations.RunPython(remove_levels_of_nothing, migrations.RunPython.noop),
        migrations.AddField(
            model_name="location",
            name="price_source",
            field=models.ForeignKey(
                blank=True,
                help_text="Where the price level is from. Readers see it. A level without a source is not published.",
                null=True,
                on_delete=models.PROTECT,
                related_name="priced_locations",
                to="skills.source",
                verbose_name="source of the price level",
            ),
        ),
        migrations.AddConstraint(
            model_name="location",
            constraint=models.CheckConstraint(
                condition=models.Q(("price_level", None), ("price_level__gt", 0), _connector="OR"),
                name="location_price_level_above_zero",
                violation_error_message="A price level is above zero.",
            ),
        ),
        migrations.AddConstraint(
            model_name="location",
            constraint=models.CheckConstraint(
                condition=models.Q(("price_source", None), ("price_level__isnull", False), _connector="OR"),
                name="location_price_source_has_level",
                violation_error_message="A source of the price level needs a price level.",
            ),
        ),
        migrations.RunPython(name_known_sources, migrations.RunPython.noop),
    ]
