"""Gives each place the country, region and currency of the place that it lies in, and keeps it so."""

from typing import Any

import django.core.validators
from django.apps.registry import Apps
from django.db import migrations, models
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.models import F, Q

from skills.models.like_parent import LikeParent

FIELDS = ("country", "region", "currency")


def follow_parents(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    """Correct places until each is like its parent: a country first, then what lies in it."""
    places: Any = apps.get_model("skills", "Location").objects
    differs = Q()
    for name in FIELDS:
        differs |= ~Q(**{name: F(f"parent__{name}")})
    while found := list(places.filter(differs, parent__isnull=False).select_related("parent")):
        for place in found:
            for name in FIELDS:
                setattr(place, name, getattr(place.parent, name))
        places.bulk_update(found, FIELDS)


class Migration(migrations.Migration):
    dependencies = [("skills", "0009_skill_words")]

    operations = [
        migrations.AlterField(
            model_name="location",
            name="country",
            field=models.CharField(
                help_text="ISO code, as US. Empty: that of the place that it lies in.",
                max_length=2,
                validators=[django.core.validators.MinLengthValidator(2)],
            ),
        ),
        migrations.AlterField(
            model_name="location",
            name="region",
            field=models.CharField(
                blank=True,
                choices=[
                    ("us", "United States"),
                    ("western-europe", "Western Europe"),
                    ("eastern-europe", "Eastern Europe"),
                    ("latin-america", "Latin America"),
                    ("south-asia", "South Asia"),
                ],
                help_text="Whose regional evidence counts here. Empty: that of the place that it lies in.",
                max_length=20,
            ),
        ),
        migrations.AlterField(
            model_name="location",
            name="currency",
            field=models.CharField(
                help_text="ISO code, as USD. The pay below is in whole units of it, a year, before tax. Empty: that of "
                "the place that it lies in.",
                max_length=3,
                validators=[django.core.validators.MinLengthValidator(3)],
            ),
        ),
        migrations.RunPython(follow_parents, migrations.RunPython.noop),
        migrations.AddConstraint(
            model_name="location",
            constraint=LikeParent(name="location_like_its_parent", parent="parent", fields=FIELDS),
        ),
    ]
