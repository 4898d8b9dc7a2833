"""What the last change of an answer did: the line that stays in view."""

from __future__ import annotations

from dataclasses import fields, replace
from urllib.parse import quote

import pytest
from django.test import Client

from calculator.engine import assess
from calculator.engine.edition import EvidenceChoice
from calculator.engine.profile import PayLevel, Profile
from calculator.presenters.answers import ANSWERS
from calculator.presenters.change import describe_change, present_live_line
from calculator.presenters.verdict import VerdictPresenter
from earnverdict.formatting import plain_text
from skills.editions.document import PublishedEdition
from tests.calculator.states import FOUR

AUSTIN = Profile(
    pay=115_000.0,
    location="us-austin-tx",
    skills=("ai-ml-integration", "cloud-architecture", "kubernetes", "system-design"),
)
YEAR = replace(AUSTIN, horizon_years=1)
NO_TIME = replace(AUSTIN, skills=("cpp",), weekly_hours=1, horizon_years=1)
UNKNOWN = replace(AUSTIN, skills=("application-security",))


@pytest.fixture(autouse=True)
def _published(published: PublishedEdition) -> None:
    """Every page needs edition 1."""


def presenter_of(profile: Profile, published: PublishedEdition) -> VerdictPresenter:
    return VerdictPresenter(verdict=assess(profile, published.edition), published=published)


def line(published: PublishedEdition, now: Profile, before: Profile | None = None) -> str:
    was = presenter_of(before, published) if before else None
    return plain_text(present_live_line(presenter_of(now, published), was).text)


@pytest.mark.parametrize(
    ("profile", "said"),
    [
        pytest.param(AUSTIN, "Now: Kubernetes, close call", id="skill"),
        pytest.param(YEAR, "Now: learn none of them", id="stay put"),
        pytest.param(UNKNOWN, "Now: not enough data", id="no data"),
    ],
)
def test_line_says_what_is_recommended_now(published: PublishedEdition, profile: Profile, said: str) -> None:
    assert line(published, profile) == said
    # An answer may be sent twice: by its box, and by the button below it.
    assert line(published, profile, profile) == f"{said.replace('Now', 'Still')}."


@pytest.mark.parametrize(
    ("before", "now", "said"),
    [
        pytest.param(
            AUSTIN,
            replace(AUSTIN, evidence=EvidenceChoice.ALL),
            "Now: cloud architecture. With claims counted too it overtakes Kubernetes.",
            id="another skill",
        ),
        pytest.param(
            AUSTIN,
            replace(AUSTIN, evidence=EvidenceChoice.ALL, weekly_hours=7),
            "Now: cloud architecture. With these answers it overtakes Kubernetes.",
            id="several answers",
        ),
        pytest.param(
            AUSTIN,
            replace(AUSTIN, skills=("cloud-architecture", "system-design")),
            "Now: cloud architecture. Kubernetes is no longer on your list.",
            id="first left out",
        ),
        pytest.param(
            AUSTIN,
            replace(AUSTIN, held=("kubernetes",)),
            "Now: cloud architecture. You know Kubernetes already.",
            id="first is known",
        ),
        pytest.param(
            AUSTIN,
            YEAR,
            "Now: learn none of them. Within 1 year Kubernetes is no longer worth the hours.",
            id="stay put",
        ),
        pytest.param(
            replace(NO_TIME, weekly_hours=40, horizon_years=10),
            replace(NO_TIME, horizon_years=10),
            "Now: learn nothing. At 1 hour a week C++ is no longer worth the hours.",
            id="stay put by hours",
        ),
        pytest.param(
            replace(NO_TIME, weekly_hours=40, horizon_years=10, odds_percent=100),
            replace(NO_TIME, odds_percent=100),
            "Now: learn nothing. With these answers C++ would come too late.",
            id="no time",
        ),
        pytest.param(
            AUSTIN,
            NO_TIME,
            "Now: learn nothing. With these answers no skill is worth the hours.",
            id="stay put among other skills",
        ),
        pytest.param(YEAR, AUSTIN, "Now: Kubernetes. Within 3 years it is worth the hours.", id="from stay put"),
        pytest.param(AUSTIN, UNKNOWN, "Now: not enough data. With this list too little is known.", id="no data"),
        pytest.param(UNKNOWN, AUSTIN, "Now: Kubernetes. With this list enough is known.", id="from no data"),
        pytest.param(YEAR, replace(YEAR, weekly_hours=5), "Still: learn none of them.", id="still stay put"),
        pytest.param(
            AUSTIN,
            replace(AUSTIN, pay=120_000.0),
            "Still: Kubernetes, close call. It should now bring $1,700 to $7,000 a year instead of $1,800 to $6,800.",
            id="other money",
        ),
        pytest.param(
            AUSTIN,
            replace(AUSTIN, weekly_hours=10),
            "Still: Kubernetes, close call. It now takes 3 months instead of 5 months.",
            id="other time",
        ),
        pytest.param(AUSTIN, replace(AUSTIN, odds_percent=60), "Still: Kubernetes, close call.", id="nothing moved"),
    ],
)
def test_line_says_what_the_change_did(published: PublishedEdition, before: Profile, now: Profile, said: str) -> None:
    assert line(published, now, before) == said


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"pay": 120_000.0}, "With $120,000 a year"),
        ({"pay": PayLevel.P25}, "For pay where one in four earns less"),
        ({"location": "de"}, "In Germany"),
        ({"location": "us"}, "In the United States"),
        ({"skills": ("go",)}, "With this list"),
        ({"skills": None}, "With all skills considered"),
        ({"held": ("docker",)}, "With what you know"),
        ({"weekly_hours": 1}, "At 1 hour a week"),
        ({"horizon_years": 5}, "Within 5 years"),
        ({"odds_percent": 20}, "At 20% odds"),
        ({"experience_years": 4}, "With 4 years of work"),
        ({"hour_value": 12.5}, "With an hour of your own at $12.50"),
        ({"hour_value": 0.0}, "With no price on your hours"),
        ({"evidence": EvidenceChoice.HEADLINE}, "With claims alone"),
        ({"study_hours": (("kubernetes", 90),)}, "With your own study hours"),
        ({"weekly_hours": 9, "odds_percent": 20}, "With these answers"),
    ],
)
def test_difference_names_the_one_answer(published: PublishedEdition, changes: dict[str, object], said: str) -> None:
    now = presenter_of(replace(AUSTIN, **changes), published)  # type: ignore[arg-type]

    assert plain_text(describe_change(now, presenter_of(AUSTIN, published))) == said


def test_answers_that_are_taken_back_have_words_too(published: PublishedEdition) -> None:
    given = presenter_of(replace(AUSTIN, experience_years=4), published)
    priced = presenter_of(replace(AUSTIN, hour_value=20.0), published)
    now = presenter_of(AUSTIN, published)

    assert describe_change(now, given) == "Without your years of work"
    assert describe_change(now, priced) == "With our value of your hours"


def test_newer_figures_are_a_reason_too(published: PublishedEdition) -> None:
    now = presenter_of(replace(AUSTIN, weekly_hours=9), published)
    other = replace(published, edition=replace(published.edition, number=published.number + 1))
    before = VerdictPresenter(verdict=now.verdict, published=other)

    assert describe_change(now, before) == "With these answers and today’s figures"


def test_every_answer_has_its_words() -> None:
    attributes = {each.attribute for each in ANSWERS}

    assert attributes == {field.name for field in fields(Profile)} - {"confirmed_pay", "town"}


# The panel


def test_panel_compares_with_the_verdict_that_was_shown(client: Client) -> None:
    panel = client.get(f"/verdict/panel/?{FOUR}&years=1&was={quote(f'{FOUR}&edition=1')}").content.decode()

    assert panel.count("Now: <b>learn none of them</b>. Within 1 year Kubernetes is no longer worth the hours.") == 2


@pytest.mark.parametrize("was", ["", "nonsense", "salary=lots", f"{FOUR}&edition=7", f"{FOUR}&edition=x", "%00&=&"])
def test_what_was_shown_is_ignored_where_it_says_nothing(client: Client, was: str) -> None:
    response = client.get(f"/verdict/panel/?{FOUR}&was={quote(was)}")

    assert response.status_code == 200
    assert "Now: <b>Kubernetes</b>, close call</span>" in response.content.decode()
    assert response.headers["HX-Push-Url"] == f"/verdict/?{FOUR}&edition=1"


def test_a_question_about_pay_is_no_verdict_to_compare_with(client: Client) -> None:
    far_out = FOUR.replace("salary=115000", "salary=5000")

    panel = client.get(f"/verdict/panel/?{FOUR}&was={quote(far_out)}").content.decode()

    assert "Is " in client.get(f"/verdict/?{far_out}", follow=True).content.decode()
    assert "Now: <b>Kubernetes</b>, close call</span>" in panel
    assert "instead of" not in panel


def test_page_has_no_such_parameter(client: Client) -> None:
    response = client.get(f"/verdict/?{FOUR}&edition=1&was={quote(FOUR)}")

    assert (response.status_code, response.headers["Location"]) == (302, f"/verdict/?{FOUR}&edition=1")
