"""Gives each place the country, region and currency of the place that it lies in, and keeps it so."""

from collections import defaultdict
from typing import Any

import django.core.validators
from django.apps.registry import Apps
from django.core.management.base import CommandError
from django.db import migrations, models
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

from skills.models.like_parent import LikeParent

FIELDS = ("country", "region", "currency")


QUANTILES = ("p10", "p25", "p50", "p75", "p90")


def follow_parents(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    """Correct places until each is like its parent, a country first, then what lies in it; print what was corrected.

    Raises CommandError, and changes nothing, where pay would get another currency or where places lie in each other.
    """
    places: Any = apps.get_model("skills", "Location").objects
    inside: dict[int | None, list[Any]] = defaultdict(list)
    for place in places.order_by("slug"):
        inside[place.parent_id].append(place)
    corrected, described, wrong = [], [], []
    parents = inside.pop(None, [])
    while parents:
        parent = parents.pop()
        for place in inside.pop(parent.pk, []):
            changes = [name for name in FIELDS if getattr(place, name) != getattr(parent, name)]
            if "currency" in changes and any(getattr(place, name) is not None for name in QUANTILES):
                wrong.append(f"{place.slug}: its pay is in {place.currency}, but {parent.slug} has {parent.currency}.")
            if changes:
                described.append(_describe_correction(place, parent, changes))
                corrected.append(place)
            for name in changes:
                setattr(place, name, getattr(parent, name))
            parents.append(place)
    if inside:
        names = ", ".join(sorted(place.slug for found in inside.values() for place in found))
        wrong.append(f"These places lie in each other, so no country contains them: {names}.")
    if wrong:
        raise CommandError("\n".join(["Nothing was changed. Correct these places, then migrate again:", *wrong]))
    places.bulk_update(corrected, FIELDS)
    for line in described:
        print(f"\n  {line}", end="")  # noqa: T201 - for who runs `migrate`


def _describe_correction(place: Any, parent: Any, changes: list[str]) -> str:
    values = ", ".join(f"{name} {getattr(place, name)!r} → {getattr(parent, name)!r}" for name in changes)
    return f"{place.slug} is now like {parent.slug}: {values}"


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
