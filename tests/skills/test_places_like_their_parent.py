"""A place has the country, region and currency of the place that it lies in: in form, import, check and database."""

from __future__ import annotations

from importlib import import_module
from typing import Any

import pytest
from django.apps import apps
from django.core.exceptions import ValidationError
from django.core.management.base import CommandError
from django.db import IntegrityError, connection, transaction
from django.test import Client
from django.urls import reverse

from skills.catalogue.resources import BadTable, LocationResource
from skills.editions.snapshot import Draft, read_draft
from skills.editions.validation import PublishError, used_slugs, validate
from skills.models import Location, Source
from tests.skills.admin_pages import fields_of
from tests.skills.factories import location_fields, make_csv, make_location

follow_parents = import_module("skills.migrations.0010_places_like_their_parent").follow_parents
OTHERS = [("country", "CA"), ("region", "south-asia"), ("currency", "EUR")]

pytestmark = pytest.mark.django_db


@pytest.fixture
def metro() -> Location:
    """A metro in a region in a country."""
    country = make_location(region="us")
    region = make_location(slug="made-region", kind="region", region="us", parent=country)
    return make_location(slug="made-metro", name="Made metro", kind="metro", region="us", parent=region)


# The database


@pytest.mark.parametrize(("name", "value"), OTHERS)
def test_database_refuses_another_value_than_the_parent_s(metro: Location, name: str, value: str) -> None:
    with transaction.atomic():
        Location.objects.filter(pk=metro.pk).update(**{name: value})

        with pytest.raises(IntegrityError):
            connection.check_constraints()

        transaction.set_rollback(True)


@pytest.mark.parametrize(("name", "value"), OTHERS)
def test_places_in_a_place_follow_it(metro: Location, name: str, value: str) -> None:
    Location.objects.filter(slug="made-country").update(**{name: value})
    connection.check_constraints()

    metro.refresh_from_db()
    assert getattr(metro, name) == value


def test_places_that_differed_before_are_corrected(metro: Location, capsys: pytest.CaptureFixture[str]) -> None:
    with transaction.atomic():
        Location.objects.filter(slug="made-region").update(currency="EUR", country="CA")
        follow_parents(apps, None)

    connection.check_constraints()
    metro.refresh_from_db()
    assert (metro.country, metro.region, metro.currency) == ("XX", "us", "USD")
    assert (
        "made-region is now like made-country: country 'CA' → 'XX', currency 'EUR' → 'USD'" in capsys.readouterr().out
    )


def test_pay_never_gets_another_currency_by_a_migration(metro: Location) -> None:
    with transaction.atomic():
        pay = {"currency": "EUR", "p50": 134_120, "year": 2025, "source": Source.objects.first()}
        Location.objects.filter(pk=metro.pk).update(**pay)

        with pytest.raises(CommandError, match="made-metro: its pay is in EUR, but made-region has USD"):
            follow_parents(apps, None)

        metro.refresh_from_db()
        assert (metro.currency, metro.p50) == ("EUR", 134_120)
        transaction.set_rollback(True)


def test_migration_names_places_that_lie_in_each_other(metro: Location) -> None:
    with transaction.atomic():
        Location.objects.filter(slug="made-region").update(parent=metro, currency="EUR")

        with pytest.raises(CommandError, match="lie in each other, so no country contains them: made-metro, made-regi"):
            follow_parents(apps, None)

        transaction.set_rollback(True)


def test_places_that_lie_in_each_other_are_counted_once(editor_client: Client, metro: Location) -> None:
    region = Location.objects.get(slug="made-region")
    Location.objects.filter(pk=region.pk).update(parent=metro)
    page = fields_of(editor_client.get(_form(region)))
    typed = {"parent": str(Location.objects.get(slug="pl").pk), "country": "", "region": "", "currency": ""}

    answer = editor_client.post(_form(region), page | typed, follow=True)

    assert "The 1\N{NO-BREAK SPACE}place in it have the same now." in " ".join(map(str, answer.context["messages"]))


def test_model_says_what_differs(metro: Location) -> None:
    metro.currency, metro.region = "EUR", ""

    with pytest.raises(ValidationError) as refused:
        metro.full_clean()

    assert refused.value.messages == [
        "It lies in Made country, whose region is us, not none.",
        "It lies in Made country, whose currency is USD, not EUR.",
    ]


# The form


def test_form_takes_what_is_left_empty_from_the_parent(editor_client: Client, metro: Location) -> None:
    answer = _add(editor_client, country="", region="", currency="")

    added = Location.objects.get(slug="made-twice")
    assert answer.status_code == 302
    assert (added.country, added.region, added.currency) == ("XX", "us", "USD")


@pytest.mark.parametrize(("name", "value"), OTHERS)
def test_form_refuses_another_value(editor_client: Client, metro: Location, name: str, value: str) -> None:
    answer = _add(editor_client, **{"country": "", "region": "", "currency": "", name: value})

    expected = {"country": "XX", "region": "us", "currency": "USD"}[name]
    errors = answer.context["adminform"].form.errors
    assert errors == {name: [f"It lies in Made country: leave this empty, or write {expected}."]}


def test_country_needs_values_of_its_own(editor_client: Client) -> None:
    answer = _add(editor_client, kind="country", parent="", country="", region="", currency="")

    assert set(answer.context["adminform"].form.errors) == {"country", "currency"}


def test_place_that_moves_takes_the_values_of_its_new_parent(editor_client: Client, metro: Location) -> None:
    page = fields_of(editor_client.get(_form(metro)))
    poland = Location.objects.get(slug="pl")

    answer = editor_client.post(_form(metro), page | {"parent": str(poland.pk)})

    metro.refresh_from_db()
    assert answer.status_code == 302
    assert (metro.country, metro.region, metro.currency) == ("PL", "eastern-europe", "PLN")


@pytest.mark.parametrize(
    ("parent", "reason"),
    [
        ("made-metro", "Made metro lies in Made country, and cannot contain it too."),
        ("made-region", "A place does not lie in itself."),
    ],
)
def test_place_does_not_lie_in_itself(editor_client: Client, metro: Location, parent: str, reason: str) -> None:
    region = Location.objects.get(slug="made-region")
    page = fields_of(editor_client.get(_form(region)))

    answer = editor_client.post(_form(region), page | {"parent": str(Location.objects.get(slug=parent).pk)})

    assert answer.context["adminform"].form.errors == {"parent": [reason]}


def test_change_of_a_country_says_how_many_places_follow(editor_client: Client, metro: Location) -> None:
    country = Location.objects.get(slug="made-country")
    page = fields_of(editor_client.get(_form(country)))

    answer = editor_client.post(_form(country), page | {"currency": "EUR"}, follow=True)

    metro.refresh_from_db()
    assert metro.currency == "EUR"
    assert "The 2\N{NO-BREAK SPACE}places in it have the same now." in " ".join(map(str, answer.context["messages"]))


# Imports and validation


def test_import_names_the_row_that_differs(metro: Location) -> None:
    row = {"slug": "made-twice", "kind": "metro", "parent": "made-country", "region": "us", "currency": "EUR"}

    with pytest.raises(BadTable) as refused:
        LocationResource().load(make_csv("locations.csv", row | {"country": "XX", "source": "so-2025-pay"}))

    (error,) = refused.value.errors
    assert (error.row, error.reason) == (2, "It lies in Made country, whose currency is USD, not EUR.")


@pytest.mark.parametrize(("name", "value"), OTHERS)
def test_validation_names_the_place_that_differs(name: str, value: str) -> None:
    found = read_draft()
    places = [place | ({name: value} if place["slug"] == "us-austin-tx" else {}) for place in found.document["places"]]
    draft = Draft(
        document=found.document | {"places": places},
        retired_skills=found.retired_skills,
        retired_places=found.retired_places,
        retired_ways=found.retired_ways,
    )

    parent = next(place for place in places if place["slug"] == "us-tx")
    reason = f"its {name} is {value}, but that of its parent is {parent[name]}."
    assert validate(draft, used_slugs([])) == [PublishError(table="locations", row="us-austin-tx", reason=reason)]


def _form(place: Location) -> str:
    return reverse("admin:skills_location_change", args=[place.pk])


def _add(client: Client, **cells: Any) -> Any:
    address = reverse("admin:skills_location_add")
    page = fields_of(client.get(address))
    parent = Location.objects.filter(slug="made-country").first()
    row = {"slug": "made-twice", "kind": "metro", "parent": str(parent.pk) if parent else ""}
    named = {name: value for name, value in location_fields().items() if name in page}
    return client.post(address, page | named | row | cells)
