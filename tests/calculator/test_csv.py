"""The chosen skills as a CSV table: the JSON's figures, cells that no spreadsheet runs, headers."""

from __future__ import annotations

import csv
import io
import re
from dataclasses import replace
from typing import Any

import pytest
from django.test import Client
from hypothesis import example, given
from hypothesis import strategies as st

from calculator.downloads import write_verdict_csv
from calculator.engine import assess
from calculator.engine.profile import Profile
from earnverdict.spreadsheet import escape_formula, unescape_formula
from skills.editions.document import PublishedEdition
from skills.editions.publish import publish_edition, withdraw_edition
from skills.editions.site_state import site_state
from tests.skills.factories import make_edition_of_model

AUSTIN = (
    "salary=115000&location=us-austin-tx&skill=ai-ml-integration&skill=cloud-architecture&skill=kubernetes"
    "&skill=system-design&edition=1"
)
QUERIES = {
    "toss-up": AUSTIN,
    "no evidence": "salary=90000&location=us&skill=application-security&skill=kafka&edition=1",
    "no market": "salary=900000&location=al&skill=kubernetes&edition=1",
    "losses": "salary=115000&location=us-austin-tx&skill=ai-ml-integration&skill=kubernetes&years=1&odds=10&edition=1",
    "rupees": "salary=1200000&location=in-bengaluru&skill=kafka&edition=1",
    "level": "location=us-austin-tx&skill=go&skill=rust&edition=1&pay=p90",
    "all skills": "salary=115000&location=us-austin-tx&have=docker&edition=1",
}


@pytest.fixture(autouse=True)
def _published(published: PublishedEdition) -> None:
    """Every answer needs edition 1."""


def rows_of(response: Any) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(response.content.decode(), newline="")))


def flat(entry: dict[str, Any]) -> dict[str, Any]:
    """`premium: {low: …}` as `premium_low: …`."""
    cells: dict[str, Any] = {}
    for name, value in entry.items():
        cells |= (
            {f"{name}_{part}": figure for part, figure in value.items()} if isinstance(value, dict) else {name: value}
        )
    return cells


@pytest.mark.parametrize("query", QUERIES.values(), ids=QUERIES)
def test_table_has_the_figures_of_the_json(client: Client, published: PublishedEdition, query: str) -> None:
    table, data = rows_of(client.get(f"/verdict.csv?{query}")), client.get(f"/verdict.json?{query}").json()

    assert [row["slug"] for row in table] == [skill["slug"] for skill in data["skills"]]
    for row, skill in zip(table, data["skills"], strict=True):
        whole = {name: data[name] for name in ("edition", "model", "rating", "is_small", "first", "chance_nothing")}
        market = {name: data["market"][name] for name in ("location", "currency")}
        expected = {"name": published.edition.skills[skill["slug"]].name} | whole | market | flat(skill)
        expected |= {f"profile_{name}": cell for name, cell in flat(data["profile"]).items()}
        assert row == {name: "" if expected.get(name) is None else str(expected[name]) for name in row}


def test_table_names_its_columns(client: Client) -> None:
    header = client.get(f"/verdict.csv?{AUSTIN}").content.decode().split("\r\n")[0]

    assert header == (
        "slug,name,grade_shares_A,grade_shares_B,grade_shares_C,grade_shares_D,grade_shares_typical,premium_low,"
        "premium_expected,premium_high,headline_low,headline_high,headline_low_share,headline_high_share,uplift_low,"
        "uplift_expected,uplift_high,hours,study_months,first_pay_month,exam,net_gain,chance,pays_off,worth_of_an_hour,"
        "in_time,rests_on_duties,edition,model,rating,is_small,first,chance_nothing,location,currency,"
        "profile_hours,profile_years,profile_odds,profile_experience,profile_hour_amount,profile_evidence"
    )


def test_figures_have_12_digits_and_losses_stay_numbers(client: Client) -> None:
    rows = rows_of(client.get(f"/verdict.csv?{QUERIES['losses']}"))

    figures = [cell for row in rows for name, cell in row.items() if re.fullmatch(r"-?[\d.]+(e-?\d+)?", cell)]
    assert all(len(re.sub(r"e.*|\D", "", cell).lstrip("0").rstrip("0")) <= 12 for cell in figures)
    assert [float(row["net_gain"]) for row in rows if row["slug"] == "kubernetes"] < [0.0]


def test_table_falls_in_net_gain(client: Client) -> None:
    gains = [float(row["net_gain"]) for row in rows_of(client.get(f"/verdict.csv?{AUSTIN}"))]

    assert gains == sorted(gains, reverse=True)


def test_name_that_a_spreadsheet_would_run_is_made_harmless(published: PublishedEdition) -> None:
    skills = dict(published.edition.skills)
    skills["go"] = replace(skills["go"], name='=HYPERLINK("https://example.org")')
    edition = replace(published.edition, skills=skills)

    table = write_verdict_csv(assess(Profile(pay=115_000.0, location="us-austin-tx", skills=("go",)), edition), edition)

    (row,) = csv.DictReader(io.StringIO(table, newline=""))
    assert row["name"] == '\'=HYPERLINK("https://example.org")'


@given(text=st.text())
@example("=1+1")
@example("'=1+1")
@example("-5")
@example("\tx")
@example("\rx")
@example("@x")
@example("")
def test_no_text_stays_a_formula(text: str) -> None:
    cell = escape_formula(text)

    assert not cell.startswith(("=", "+", "-", "@", "\t", "\r"))
    assert unescape_formula(cell) == text.strip() or text != text.strip()


def test_file_is_named_after_place_and_edition_not_pay(client: Client) -> None:
    response = client.get(f"/verdict.csv?{AUSTIN}")

    assert response.headers["Content-Disposition"] == 'attachment; filename="earnverdict-us-austin-tx-edition-1.csv"'
    assert response.headers["Content-Type"] == "text/csv; charset=utf-8"
    assert b"115000" not in response.content


def test_headers_of_a_table(client: Client) -> None:
    exact, level = client.get(f"/verdict.csv?{AUSTIN}"), client.get(f"/verdict.csv?{QUERIES['level']}")

    assert exact.headers["Cache-Control"] == "private, max-age=300"
    assert level.headers["Cache-Control"].startswith("public, max-age=300, s-maxage=86400")
    assert level.headers["Surrogate-Key"] == "verdict edition-1"
    assert exact.headers["X-Robots-Tag"] == "noindex, nofollow"
    assert exact.headers["ETag"] != client.get(f"/verdict.json?{AUSTIN}").headers["ETag"]
    unchanged = client.get(f"/verdict.csv?{AUSTIN}", headers={"If-None-Match": exact.headers["ETag"]})
    assert (unchanged.status_code, unchanged.content) == (304, b"")


def test_table_at_another_spelling_is_not_kept_by_caches(client: Client) -> None:
    response = client.get(f"/verdict.csv?{AUSTIN.replace('&edition=1', '')}")

    assert (response.status_code, response.headers["Cache-Control"]) == (200, "no-store")
    assert response.content == client.get(f"/verdict.csv?{AUSTIN}").content


def test_table_has_nothing_of_other_ways_and_refuses_nothing_there(client: Client) -> None:
    response = client.get(f"/verdict.csv?{AUSTIN}&to=nowhereland&rate=lots&odds.luck=40")

    assert (response.status_code, response.content) == (200, client.get(f"/verdict.csv?{AUSTIN}").content)


@pytest.mark.parametrize("path", ["/verdict.csv", "/verdict/card.png"])
def test_mistakes_are_lines_of_text(client: Client, path: str) -> None:
    response = client.get(f"{path}?salary=-5&location=us&skill=cobol")

    assert (response.status_code, response.headers["Cache-Control"]) == (422, "no-store")
    assert response.headers["Content-Type"] == "text/plain; charset=utf-8"
    assert response.content.decode() == (
        "salary: Your pay must be above zero.\n"
        "skill: We do not know the skill “cobol”. COBOL is not measured yet: more languages come later.\n"
    )


@pytest.mark.parametrize("path", ["/verdict.csv", "/verdict/card.png"])
def test_missing_edition_is_told_in_text(db: None, client: Client, path: str) -> None:
    publish_edition(note="Better.", publisher="A test")
    withdraw_edition(1, reason="A source was retracted.", by="A test")
    site_state.refresh()

    unknown, withdrawn = (
        client.get(f"{path}?{AUSTIN.replace('edition=1', 'edition=9')}"),
        client.get(f"{path}?{AUSTIN}"),
    )

    assert (unknown.status_code, unknown.content) == (404, b"edition: There is no edition 9.\n")
    assert (withdrawn.status_code, withdrawn.headers["Content-Type"]) == (410, "text/plain; charset=utf-8")
    assert "A source was retracted." in withdrawn.content.decode()


@pytest.mark.parametrize("path", ["/verdict.csv", "/verdict/card.png"])
def test_model_that_is_not_here_is_told_in_text(db: None, client: Client, path: str) -> None:
    make_edition_of_model(99)
    site_state.refresh()

    response = client.get(f"{path}?{AUSTIN.replace('edition=1', 'edition=2')}")

    assert (response.status_code, response.content.decode()) == (
        404,
        "edition: Edition 2 was published under model 99, which this version of the site lacks.\n",
    )


@pytest.mark.parametrize("method", ["post", "put", "delete", "patch"])
@pytest.mark.parametrize("path", ["/verdict.csv", "/verdict/card.png"])
def test_other_methods_are_refused(client: Client, method: str, path: str) -> None:
    assert getattr(client, method)(f"{path}?{AUSTIN}").status_code == 405
