"""The database keeps its own integrity: every named constraint is broken here, and refuses."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from django.apps import apps
from django.core.exceptions import ValidationError
from django.db import IntegrityError, connection, transaction
from django.db.models import BaseConstraint, CheckConstraint, UniqueConstraint

from calculator.engine.edition import About, WayUnit
from skills.models import (
    Article,
    Edition,
    Evidence,
    ExchangeRate,
    ExperiencePoint,
    FormerSlug,
    Grade,
    Location,
    LocationAlias,
    Region,
    Revision,
    SiteRevision,
    Skill,
    Source,
    UnmeasuredSkill,
    Way,
    WayEvidence,
    WayRange,
    Withdrawal,
)
from skills.models.area import validate_area
from skills.models.like_parent import LikeParent
from tests.skills.factories import FIELDS, LONG_AGO, location_fields, paid_location_fields

PAY = {"p10": 10, "p25": 20, "p50": 30, "p75": 40, "p90": 50}

# Constraint, model, and what makes a valid row break it.
BROKEN: list[tuple[str, type[Any], dict[str, Any]]] = [
    ("source_kind_known", Source, {"kind": "rumour"}),
    ("source_kind_known", Source, {"kind": ""}),
    ("source_slug_given", Source, {"slug": ""}),
    ("source_link_https", Source, {"url": "ftp://example.com/"}),
    ("source_link_https", Source, {"url": "http://example.com/"}),
    ("skill_hours_rise", Skill, {"hours_low": 0}),
    ("skill_hours_rise", Skill, {"hours_low": 20}),
    ("skill_hours_rise", Skill, {"hours_mid": 40}),
    ("skill_hours_rise", Skill, {"hours_high": 15}),
    ("skill_exam_cost_not_negative", Skill, {"exam_cost_usd": -1}),
    ("skill_category_known", Skill, {"category": "cooking"}),
    ("skill_slug_given", Skill, {"slug": ""}),
    ("evidence_premium_rises", Evidence, {"low_percent": -100}),
    ("evidence_premium_rises", Evidence, {"low_percent": 2}),
    ("evidence_premium_rises", Evidence, {"mid_percent": 3}),
    ("evidence_premium_rises", Evidence, {"high_percent": 1.5}),
    ("evidence_grade_known", Evidence, {"grade": "E"}),
    ("evidence_grade_known", Evidence, {"grade": ""}),
    ("evidence_about_known", Evidence, {"about": "rumour"}),
    ("evidence_about_known", Evidence, {"about": ""}),
    ("evidence_region_known", Evidence, {"region": "mars"}),
    ("evidence_year_plausible", Evidence, {"year": 1989}),
    ("evidence_year_plausible", Evidence, {"year": 2101}),
    ("location_quantiles_rise", Location, PAY | {"p10": 0}),
    ("location_quantiles_rise", Location, PAY | {"p10": 20}),
    ("location_quantiles_rise", Location, PAY | {"p25": 30}),
    ("location_quantiles_rise", Location, PAY | {"p75": 25}),
    ("location_quantiles_rise", Location, PAY | {"p90": 40}),
    ("location_quantiles_rise", Location, {"p10": 30, "p50": 30}),
    ("location_quantiles_rise", Location, {"p50": 30, "p90": 20}),
    ("location_pay_has_median_source_year", Location, PAY | {"p50": None}),
    ("location_pay_has_median_source_year", Location, {"p90": 30}),
    ("location_pay_has_median_source_year", Location, PAY | {"source": None}),
    ("location_pay_has_median_source_year", Location, PAY | {"year": None}),
    ("location_price_level_above_zero", Location, {"price_level": 0}),
    ("location_price_level_above_zero", Location, {"price_level": -1}),
    ("location_price_source_has_level", Location, {"price_source": "world-bank-ppp"}),
    ("location_country_stands_alone", Location, {"parent": "us"}),
    ("location_country_stands_alone", Location, {"kind": "metro"}),
    ("location_country_stands_alone", Location, {"kind": "region"}),
    ("location_country_stands_alone", Location, {"kind": "village", "parent": "us"}),
    ("location_region_known", Location, {"region": "mars"}),
    ("location_slug_given", Location, {"slug": ""}),
    ("location_alias_given", LocationAlias, {"alias": ""}),
    ("exchange_rate_above_zero", ExchangeRate, {"units_per_usd": 0}),
    ("exchange_rate_above_zero", ExchangeRate, {"units_per_usd": -1}),
    ("exchange_rate_currency_given", ExchangeRate, {"currency": ""}),
    ("unmeasured_skill_name_given", UnmeasuredSkill, {"name": ""}),
    ("way_slug_given", Way, {"slug": ""}),
    ("way_unit_known", Way, {"unit": "wish"}),
    ("way_lasting_known", Way, {"lasts": "an hour"}),
    ("way_on_verdict_known", Way, {"on_verdict": "maybe"}),
    ("way_range_area_known", WayRange, {"region": "mars"}),
    ("way_range_rises", WayRange, {"low_percent": -100}),
    ("way_range_rises", WayRange, {"low_percent": 2}),
    ("way_range_rises", WayRange, {"high_percent": 2}),
    ("way_range_rises", WayRange, {"low_percent": None}),
    ("way_range_rises", WayRange, {"mid_percent": None}),
    ("way_range_rises", WayRange, {"high_percent": None}),
    ("way_range_odds_are_a_share", WayRange, {"odds_percent": 101}),
    ("way_range_odds_are_a_share", WayRange, {"odds_percent": None, "is_odds_measured": True}),
    ("way_range_months_rise", WayRange, {"months_low": 3}),
    ("way_range_months_rise", WayRange, {"months_high": 1}),
    ("way_range_years_rise", WayRange, {"min_years": 5, "max_years": 4}),
    ("way_range_grade_known", WayRange, {"grade": "E"}),
    ("way_evidence_area_known", WayEvidence, {"region": "mars"}),
    ("way_evidence_rises", WayEvidence, {"low_percent": -100}),
    ("way_evidence_rises", WayEvidence, {"high_percent": 1}),
    ("way_evidence_rises", WayEvidence, {"mid_percent": None}),
    ("way_evidence_grade_known", WayEvidence, {"grade": ""}),
    ("way_evidence_second_hand_is_d", WayEvidence, {"is_second_hand": True, "grade": "C"}),
    ("way_evidence_year_plausible", WayEvidence, {"year": 1959}),
    ("way_evidence_year_plausible", WayEvidence, {"year": 2101}),
    ("experience_point_area_known", ExperiencePoint, {"region": "mars"}),
    ("experience_point_above_zero", ExperiencePoint, {"multiple": 0}),
    ("experience_point_answers_of_sample", ExperiencePoint, {"answers": 1001}),
    ("experience_point_grade_known", ExperiencePoint, {"grade": "E"}),
    ("experience_point_few_answers_are_d", ExperiencePoint, {"answers": 29}),
    ("edition_number_above_zero", Edition, {"number": 0}),
    ("edition_note_given", Edition, {"note": ""}),
    ("withdrawal_reason_given", Withdrawal, {"reason": ""}),
    ("site_revision_single_row", SiteRevision, {"id": 2}),
    ("article_slug_given", Article, {"slug": ""}),
    ("article_published_has_times", Article, {"first_published_at": None}),
    ("article_published_has_times", Article, {"updated_at": None}),
    ("article_published_has_times", Article, {"updated_at": LONG_AGO}),
    ("article_schedule_complete", Article, {"scheduled_at": LONG_AGO}),
    ("article_withdrawal_has_reason", Article, {"withdrawn_at": LONG_AGO}),
    ("article_withdrawal_has_reason", Article, {"withdrawal_reason": "a reason"}),
    ("former_slug_given", FormerSlug, {"slug": ""}),
    ("revision_number_above_zero", Revision, {"number": 0}),
    ("revision_title_given", Revision, {"title": ""}),
    ("revision_text_given", Revision, {"text": ""}),
]

# Constraint or unique field, and the model whose valid row must not be there twice.
TWICE: list[tuple[str, type[Any], dict[str, Any]]] = [
    ("evidence_once_a_source_and_region", Evidence, {"region": "us", "year": 2024}),
    ("location_alias_once", LocationAlias, {}),
    ("slug", Source, {"title": "Another"}),
    ("slug", Skill, {"name": "Another"}),
    ("slug", Location, {"name": "Another"}),
    ("currency", ExchangeRate, {"units_per_usd": 3}),
    ("name", UnmeasuredSkill, {"reason": "another"}),
    ("slug", Way, {"name": "Another"}),
    ("way_range_once_an_area", WayRange, {"grade": "C"}),
    ("way_evidence_once", WayEvidence, {"year": 2024}),
    ("experience_point_once", ExperiencePoint, {"grade": "C"}),
    ("number", Edition, {"note": "another"}),
    ("edition_number", Withdrawal, {"reason": "another"}),
    ("slug", Article, {"reviewed_on": None}),
    ("slug", FormerSlug, {}),
    ("revision_number_unique", Revision, {"title": "another"}),
]


@pytest.mark.parametrize(
    ("constraint", "model", "broken"),
    BROKEN,
    ids=[" ".join([name, *(f"{field}={value}" for field, value in broken.items())]) for name, _, broken in BROKEN],
)
def test_database_refuses_a_row_that_breaks_a_rule(
    db: None, constraint: str, model: type[Any], broken: dict[str, Any]
) -> None:
    row = _row(model, broken)

    with pytest.raises(IntegrityError) as refused, transaction.atomic():
        model.objects.bulk_create([row])

    assert constraint in _refusing_constraints(str(refused.value), model)


@pytest.mark.parametrize(
    ("constraint", "model", "different"), TWICE, ids=[f"{model._meta.model_name}-{name}" for name, model, _ in TWICE]
)
def test_database_refuses_the_same_row_twice(
    db: None, constraint: str, model: type[Any], different: dict[str, Any]
) -> None:
    same = {name: value for name, value in different.items() if name == "region"}
    model.objects.bulk_create([_row(model, same)])

    with pytest.raises(IntegrityError, match=r"(?i)unique"), transaction.atomic():
        model.objects.bulk_create([_row(model, different)])


def test_every_constraint_is_broken_by_a_test() -> None:
    tested = {name for name, _, _ in [*BROKEN, *TWICE]} | {"location_like_its_parent"}

    named = {
        constraint.name for model in _models() for constraint in model._meta.constraints if constraint.name is not None
    }

    assert named
    assert named - tested == set()


def test_every_constraint_but_those_of_final_rows_says_what_is_wrong() -> None:
    silent = {
        constraint.name
        for model in _models()
        for constraint in model._meta.constraints
        if not (isinstance(constraint, CheckConstraint | UniqueConstraint | LikeParent) and _says_something(constraint))
    }

    assert silent == {
        "edition_number_above_zero",
        "edition_note_given",
        "revision_number_above_zero",
        "revision_number_unique",
        "revision_text_given",
        "revision_title_given",
        "withdrawal_reason_given",
        "site_revision_single_row",
    }


@pytest.mark.parametrize(
    ("model", "field", "choices"),
    [
        pytest.param(Source, "kind", Source.Kind.values, id="source-kind"),
        pytest.param(Skill, "category", Skill.Category.values, id="skill-category"),
        pytest.param(Evidence, "grade", Grade.values, id="evidence-grade"),
        pytest.param(Evidence, "about", [about.value for about in About], id="evidence-about-as-the-engine-has-it"),
        pytest.param(Location, "region", ["", *Region.values], id="location-region"),
        pytest.param(Way, "unit", [unit.value for unit in WayUnit], id="way-unit-as-the-engine-has-it"),
        pytest.param(Way, "lasts", Way.Lasting.values, id="way-lasting"),
        pytest.param(Way, "on_verdict", Way.OnVerdict.values, id="way-on-verdict"),
    ],
)
def test_database_takes_every_choice_that_a_form_offers(
    db: None, model: type[Any], field: str, choices: list[str]
) -> None:
    for choice in choices:
        row = model.objects.create(**FIELDS[model](**{field: choice}))

        assert model.objects.filter(**{field: choice}, pk=row.pk).exists()

        row.delete()


def test_database_takes_every_region_of_evidence(db: None) -> None:
    Evidence.objects.bulk_create(_row(Evidence, {"region": region}) for region in Region.values)

    assert set(Evidence.objects.filter(population="everybody").values_list("region", flat=True)) == set(Region.values)


@pytest.mark.parametrize(
    "figures",
    [
        pytest.param({"low_percent": None, "high_percent": None}, id="a-middle-alone"),
        pytest.param({"low_percent": None, "mid_percent": None, "high_percent": None}, id="none"),
        pytest.param({"odds_percent": None}, id="no-odds"),
        pytest.param({"months_low": 2, "months_high": 2}, id="equal-months"),
    ],
)
def test_database_takes_a_range_without_what_nobody_knows(db: None, figures: dict[str, Any]) -> None:
    row = WayRange.objects.create(**FIELDS[WayRange](**figures))

    assert WayRange.objects.filter(pk=row.pk, **{f"{name}__isnull": True for name in figures if "months" not in name})


@pytest.mark.parametrize(
    ("area", "is_known"),
    [("us", True), ("western-europe", True), ("ua", True), ("xx", False), ("UA", False), ("mars", False)],
)
def test_a_form_takes_a_region_or_the_code_of_a_country(area: str, is_known: bool) -> None:
    if is_known:
        validate_area(area)
    else:
        with pytest.raises(ValidationError, match="western-europe"):
            validate_area(area)


@pytest.mark.parametrize(
    "pay",
    [
        pytest.param({}, id="all-quantiles"),
        pytest.param({"p10": None, "p25": None, "p75": None, "p90": None}, id="a-median-alone"),
        pytest.param({"p25": None, "p75": None}, id="gaps"),
    ],
)
def test_database_takes_pay_that_rises_where_it_is_known(db: None, pay: dict[str, Any]) -> None:
    location = Location.objects.create(**paid_location_fields(**pay))

    assert Location.objects.get(pk=location.pk).p50 == 30


def test_database_takes_a_place_in_a_place(db: None) -> None:
    country = Location.objects.create(**location_fields())
    region = Location.objects.create(**location_fields(slug="made-region", kind="region", parent=country))
    metro = Location.objects.create(**location_fields(slug="made-metro", kind="metro", parent=region))

    assert list(country.children.all()) == [region]
    assert list(region.children.all()) == [metro]


def _row(model: type[Any], different: dict[str, Any]) -> Any:
    """A row that nothing but the database has checked."""
    if model is Location:
        make = paid_location_fields if set(PAY) & set(different) else location_fields
        pay = dict.fromkeys(PAY) | different if make is paid_location_fields else different
        if isinstance(parent := pay.get("parent"), str):
            pay = pay | {"parent": Location.objects.get(slug=parent)}
        if isinstance(price_source := pay.get("price_source"), str):
            pay = pay | {"price_source": Source.objects.get(slug=price_source)}
        fields = make(**{name: value for name, value in pay.items() if name != "source"})
        return model(**fields | ({"source": None} if "source" in different else {}))
    return model(**FIELDS[model](**different))


def _refusing_constraints(message: str, model: type[Any]) -> Iterator[str]:
    return (constraint.name for constraint in model._meta.constraints if constraint.name in message)


def _says_something(constraint: BaseConstraint) -> bool:
    if isinstance(constraint, LikeParent):
        return True  # tests/skills/test_places_like_their_parent.py
    return constraint.violation_error_message != constraint.default_violation_error_message


def _models() -> list[Any]:
    assert connection.vendor in ("sqlite", "postgresql")
    return list(apps.get_app_config("skills").get_models())
