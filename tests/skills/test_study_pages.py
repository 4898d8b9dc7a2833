"""The page of the test, the page of the study, its files, and the links to them."""

from __future__ import annotations

import csv
import io
import re
from typing import Any

import html5lib
import pytest
from django.test import Client

from skills.articles.references import figure
from skills.editions.document import PublishedEdition
from skills.study.figures import Origin, read_figures
from skills.study.records import FILES, FOLDER, SOURCE, read_study

TEST, STUDY = "/does-it-work/", "/studies/pooled-2026/"


@pytest.fixture(autouse=True)
def _published(published: PublishedEdition) -> None:
    """Every page needs edition 1."""


def tree_of(client: Client, address: str) -> Any:
    response = client.get(address)
    assert response.status_code == 200
    return html5lib.parse(response.content.decode(), namespaceHTMLElements=False)


def text_of(element: Any) -> str:
    return " ".join("".join(element.itertext()).replace("\u00a0", " ").replace("\u2060", "").split())


def by_id(tree: Any, name: str) -> Any:
    (found,) = [element for element in tree.iter() if element.get("id") == name]
    return found


def rows_of(table: Any) -> list[list[str]]:
    return [[text_of(cell) for cell in row] for row in table.iter("tr")]


# Does it work?


def test_page_says_first_how_often_the_method_was_right(client: Client) -> None:
    text = text_of(tree_of(client, TEST).find(".//main"))

    assert text.startswith(
        "Does it work? A little. We hid data from our own method and let it predict it. Of two skills it named the one "
        "with more pay in 64% of 642 cases. A coin gets 50%."
    )


def test_page_says_how_often_a_chance_came_true_by_the_number_of_skills(client: Client) -> None:
    tree = tree_of(client, TEST)

    calls = {name: [text_of(cell) for cell in by_id(tree, name)] for name in ("of-2", "of-4", "of-6", "of-more")}

    assert calls == {
        "of-2": ["Two", "61%", "64%"],
        "of-4": ["Four", "38%", "34%"],
        "of-6": ["Six", "29%", "20%"],
        "of-more": ["Seven or more", "not tested; expect less than we say"],
    }


def test_page_names_every_quoted_figure_as_quoted(client: Client) -> None:
    limits = tree_of(client, TEST)
    items = [item for item in limits.iter("li") if text_of(item).endswith("Quoted.")]
    quoted = {figure.shown for figure in read_figures().values() if figure.origin is Origin.QUOTED}

    assert {shown for shown in quoted if any(shown in text_of(item) for item in items)} == quoted - {"84%"}
    assert "not recomputable here. So is one more: 84%" in text_of(limits)


def test_strongest_objections_are_open(client: Client) -> None:
    tree = tree_of(client, TEST)
    closed = {item for fold in tree.iter("details") for item in fold.iter("li")}

    open_points = [
        text_of(item.find("b")) for item in tree.iter("li") if item not in closed and item.find("b") is not None
    ]

    assert {"Averaging does much of it.", "A simpler method orders better.", "One number had seen the test."} <= {
        *open_points
    }


def test_picture_has_a_mark_and_the_tables_a_row_for_each_prediction(client: Client) -> None:
    tree = tree_of(client, TEST)
    (plot,) = [element for element in tree.iter() if element.get("class") == "plot__field"]
    dots = [mark.get("class") for mark in plot if "plot__dot" in mark.get("class")]
    tables = [table for table in tree.iter("table") if rows_of(table)[0] == ["Skill", "Predicted", "Measured"]]

    rows = [row for table in tables for row in rows_of(table)[1:]]

    assert len(dots) == len(rows) == len(read_study().hidden) == 80
    outside = [row for row in rows if row[2].endswith("outside")]
    assert len(outside) == sum("outside" in name for name in dots) == 26
    assert ["Kubernetes", "+3.7% +1.1% to +6.3%", "+3.7% ± 1.1"] in rows


def test_page_lists_where_it_differs_from_the_note(client: Client) -> None:
    tree = tree_of(client, TEST)

    rows = rows_of(next(by_id(tree, "compute").iter("table")))

    assert ["The pick of 4 skills is the best of them: highest expected", "34%", "33%"] in rows
    assert len(rows) == 1 + sum(figure.differs_from_note for figure in read_figures().values())


# The study


def test_study_gives_each_sample_with_its_terms(client: Client) -> None:
    tree = tree_of(client, STUDY)

    rows = rows_of(next(tree.iter("table")))

    assert len(rows) == 1 + len(read_study().samples)
    assert rows[1][0].startswith("US survey, 2023 Stack Overflow Developer Survey")
    assert rows[1][-1] == "ODbL 1.0"


def test_study_gives_each_estimate_with_its_standard_error(client: Client) -> None:
    tree = tree_of(client, STUDY)
    skills = {row.skill for row in read_study().coefficients.values()}

    rows = {skill: rows_of(next(by_id(tree, skill).iter("table")))[1:] for skill in skills}

    assert sum(map(len, rows.values())) == 80
    assert rows["kubernetes"][0] == [
        "US survey, 2023", "+2.3% to +5.2%", ".0366 (.0110)", "1,457", ".0519", ".1014"
    ]  # fmt: skip


def test_study_compares_its_pool_with_the_figure_of_the_catalogue(client: Client) -> None:
    text = text_of(by_id(tree_of(client, STUDY), "rust"))

    assert "In the catalogue: +4.5% to +8.6%, middle +6.5%. Pooled again from these rows: +4.7% to +8.8%" in text


def test_study_counts_the_skills_that_rest_on_it(client: Client) -> None:
    assert "20 of our 22 measured skills rest on regressions of our own" in text_of(tree_of(client, STUDY))


@pytest.mark.parametrize("skill", ["kubernetes", "kafka", "infrastructure-as-code"])
@pytest.mark.parametrize("address", [STUDY, "/skills/{}/"])
def test_strict_test_is_next_to_the_figures_that_it_removes(client: Client, address: str, skill: str) -> None:
    page = text_of(tree_of(client, address.format(skill)))

    assert re.search("under Oster’s strict test (it|Terraform) could be zero", page)


def test_skill_page_says_what_a_strict_test_leaves_before_any_details(client: Client) -> None:
    page = text_of(tree_of(client, "/skills/kafka/"))

    assert "Under Oster’s strict test it could be zero. What that means" in page.partition("What it rests on")[0]


# Files


@pytest.mark.parametrize("name", FILES)
def test_files_are_those_of_the_project(client: Client, name: str) -> None:
    response = client.get(f"{STUDY}{name}")

    assert response.content == (FOLDER / name).read_bytes()
    assert response.headers["Content-Type"] == "text/csv; charset=utf-8"
    assert response.headers["Content-Disposition"] == f'attachment; filename="earnverdict-pooled-2026-{name}"'
    assert f'href="{STUDY}{name}"' in client.get(STUDY).content.decode()


def test_a_file_is_not_sent_again_to_who_has_it(client: Client, settings: Any) -> None:
    settings.DEBUG = False
    tag = client.get(f"{STUDY}samples.csv").headers["ETag"]

    again = client.get(f"{STUDY}samples.csv", headers={"if-none-match": tag})

    assert (again.status_code, again.content) == (304, b"")


def test_no_other_file_is_served(client: Client) -> None:
    assert client.get(f"{STUDY}evidence.csv").status_code == 404


def test_file_of_estimates_is_readable_as_csv(client: Client) -> None:
    rows = list(csv.DictReader(io.StringIO(client.get(f"{STUDY}coefficients.csv").content.decode())))

    assert (rows[0]["sample"], rows[0]["skill"]) == ("us-2023", "kubernetes")
    assert len(rows) == 80


# Links to both


def test_each_figure_of_the_study_leads_to_its_rows(client: Client, published: PublishedEdition) -> None:
    own = {item.skill for items in published.edition.evidence.values() for item in items if item.source == SOURCE}
    anchors = {element.get("id") for element in tree_of(client, STUDY).iter()}

    linked = {skill for skill in own if f'href="{STUDY}#{skill}"' in client.get(f"/skills/{skill}/").content.decode()}

    assert linked == own
    assert own <= anchors


def test_evidence_of_a_verdict_leads_to_the_rows(client: Client) -> None:
    query = "salary=115000&location=us-austin-tx&skill=kubernetes&edition=1"

    page = client.get(f"/verdict/evidence/?{query}").content.decode()

    assert f'href="{STUDY}#kubernetes"' in page
    assert f'href="{TEST}"' in page


@pytest.mark.parametrize("address", ["/", "/methodology/", "/skills/kubernetes/", STUDY, "/privacy/"])
def test_pages_lead_to_the_test(client: Client, address: str) -> None:
    assert f'href="{TEST}"' in client.get(address).content.decode()


def test_home_says_how_often_the_method_was_right(client: Client) -> None:
    shown = read_figures()["pairs_method"].shown.removesuffix("%")

    assert f"{shown} of 100 pairs of skills came out in the right order." in text_of(tree_of(client, "/"))


def test_source_leads_to_the_study_and_each_of_its_figures_to_the_rows(client: Client) -> None:
    page = client.get("/sources/pooled-2026/").content.decode()

    assert f'href="{STUDY}"' in page
    assert f'href="{STUDY}#kubernetes"' in page


# Figures in articles


def test_articles_may_name_the_figures_of_the_study(published: PublishedEdition) -> None:
    edition = published.edition

    assert [figure(name, edition) for name in ("study.pairs_method", "study.nothing", "study.")] == ["64%", None, None]
