"""Drills of the migrations: back to the first one and forward again, with a hundred thousand rows.

Going back loses for good what later migrations than the first added: articles with their texts and former addresses,
other ways and their evidence, and all later columns. The catalogue and the editions stay.
"""

from __future__ import annotations

import hashlib

from ops.drill.databases import new_database
from ops.drill.result import Result, holds
from ops.drill.site import Site, postgres_site, sqlite_site

PLACES, ALIASES = 20_000, 80_000
FIRST = "0001_catalogue"
#: Going back calls the records of other ways headlines, as the first migration knows no records.
CHANGED = {"skills.Source.kind"}


def sqlite_migrated() -> Result:
    with sqlite_site() as site:
        return _back_and_forward(site)


def postgres_migrated() -> Result:
    with postgres_site(new_database()) as site:
        return _back_and_forward(site)


def _back_and_forward(site: Site) -> Result:
    _within(site, "add_rows")
    before = _within(site, "checksum")
    site.manage("migrate", "--verbosity=0", "skills", FIRST)
    at_first = _within(site, "checksum")
    site.manage("migrate", "--verbosity=0")
    after = _within(site, "checksum")
    return Result(
        demands=[
            holds(f"there are {PLACES + ALIASES:,} rows or more", int(before.split()[0]) >= PLACES + ALIASES),
            holds("back at 0001 every row is the same", at_first == before),
            holds("forward again every row is the same", after == before),
            holds("nothing is left to migrate", not _is_behind(site)),
        ]
    )


def _within(site: Site, name: str) -> str:
    """Call one of the two functions below in a process of the site."""
    return site.manage("shell", "--no-imports", "--command", f"from ops.drill import migrations; migrations.{name}()")


def _is_behind(site: Site) -> bool:
    return "[ ]" in site.manage("showmigrations", "skills")


def add_rows() -> None:
    """Add towns of one country, and their other names."""
    from skills.models import Location, LocationAlias

    country = Location.objects.get(slug="us")
    Location.objects.bulk_create(
        [
            Location(
                slug=f"drill-{number}",
                name=f"Drill {number}",
                kind="metro",
                parent=country,
                country=country.country,
                region=country.region,
                currency=country.currency,
            )
            for number in range(PLACES)
        ],
        batch_size=1_000,
    )
    towns = list(Location.objects.filter(slug__startswith="drill-"))
    LocationAlias.objects.bulk_create(
        [LocationAlias(alias=f"Drilltown {number}", location=towns[number % PLACES]) for number in range(ALIASES)],
        batch_size=1_000,
    )


def checksum() -> None:
    """Print the number of rows in the tables of the first migration, and a hash of the values in its columns."""
    from django.db import connection
    from django.db.migrations.loader import MigrationLoader

    first = MigrationLoader(connection).project_state(("skills", FIRST)).apps
    digest, many = hashlib.sha256(), 0
    with connection.cursor() as cursor:
        for model in sorted(first.get_models(include_auto_created=True), key=lambda model: model._meta.db_table):
            if model._meta.app_label != "skills":
                continue
            columns = ", ".join(
                f'"{field.column}"' for field in model._meta.concrete_fields if str(field) not in CHANGED
            )
            cursor.execute(f'SELECT {columns} FROM "{model._meta.db_table}" ORDER BY 1')  # noqa: S608 - names of our own
            for row in cursor.fetchall():
                digest.update(repr([bytes(cell) if isinstance(cell, memoryview) else cell for cell in row]).encode())
                many += 1
    print(many, digest.hexdigest())
