"""What would change the answer, in sentences: which are chosen, and that each link shows what it names."""

from __future__ import annotations

import html
import re
from dataclasses import replace

import pytest
from django.test import Client

from calculator.engine import assess, assessment
from calculator.engine.profile import PayLevel, Profile
from calculator.presenters.flips import MAX_SENTENCES, FlipList, FlipSentence, choose_most_useful, present_flips
from calculator.presenters.verdict import VerdictPresenter
from skills.editions.document import PublishedEdition
from skills.presenters.names import name_in_text, short_name
from tests.calculator.states import STATES

AUSTIN = Profile(
    pay=115_000.0,
    location="us-austin-tx",
    skills=("ai-ml-integration", "cloud-architecture", "kubernetes", "system-design"),
)


@pytest.fixture(autouse=True)
def _published(published: PublishedEdition) -> None:
    """Every page needs edition 1."""


def flips_of(profile: Profile, published: PublishedEdition) -> FlipList:
    assessed = assessment(profile, published.edition)
    return present_flips(VerdictPresenter(verdict=assessed.verdict(), published=published), assessed.flips())


def test_sentences_name_the_change_and_the_answer(published: PublishedEdition) -> None:
    flips = flips_of(AUSTIN, published)

    assert [(sentence.change, sentence.outcome) for sentence in flips.chosen] == [
        ("If you look only 1\u00a0year ahead", "stay put"),
        ("If Kubernetes takes you 220\u00a0hours, not 130", "cloud architecture"),
        ("If an hour of your own is worth over $31", "Kubernetes no longer pays"),
    ]
    assert ("If you think it only 20% likely that you get paid for it", "stay put") in [
        (sentence.change, sentence.outcome) for sentence in flips.others
    ]


@pytest.mark.parametrize(
    ("outcomes", "chosen"),
    [
        ("", ""),
        ("aab", "aab"),
        ("aaab", "aab"),
        ("aaabc", "abc"),
        ("abcd", "abc"),
    ],
)
def test_each_outcome_is_chosen_once_before_any_is_twice(outcomes: str, chosen: str) -> None:
    ranked = [FlipSentence(change=str(number), outcome=each, address="") for number, each in enumerate(outcomes)]

    assert "".join(sentence.outcome for sentence in choose_most_useful(ranked)) == chosen


def test_worth_of_an_hour_is_the_price_from_which_it_is_not_worth_the_time(published: PublishedEdition) -> None:
    profile = replace(AUSTIN, skills=("redis",))
    gain = assess(profile, published.edition).outlook("redis").gain
    assert gain is not None
    flips = flips_of(profile, published)

    sentence = next(each for each in (*flips.chosen, *flips.others) if each.change.startswith("If an hour of your own"))

    assert sentence.outcome == "Redis and caching no longer pays"
    hour = float(re.findall(r"hour=([\d.]+)", sentence.address)[0])
    assert gain.worth_of_an_hour < hour <= gain.worth_of_an_hour + 1
    assert assess(replace(profile, hour_value=hour), published.edition).first is None


@pytest.mark.parametrize("state", STATES)
def test_each_link_shows_the_answer_that_it_names(client: Client, published: PublishedEdition, state: str) -> None:
    page = client.get(f"/verdict/flips/?{STATES[state]}", follow=True).content.decode()

    links = re.findall(r'<a class="flips__link" href="([^"]+)">(.*?): <b>(.*?)</b></a>', page)
    for address, _, outcome in links:
        first = client.get(html.unescape(address).replace("/verdict/", "/verdict.json", 1)).json()["first"]
        name = name_in_text(short_name(published.edition.skills[first].name)) if first else "stay put"
        if outcome.endswith(" no longer pays"):
            assert name != html.unescape(outcome.removesuffix(" no longer pays"))
        else:
            assert name == html.unescape(outcome)


@pytest.mark.parametrize("state", STATES)
def test_verdict_shows_three_at_most(client: Client, state: str) -> None:
    page = client.get(f"/verdict/flips/?{STATES[state]}", follow=True).content.decode()

    part = page.partition('<div id="flips">')[2].partition("</div>")[0]
    assert len(re.findall("flips__link", part)) <= MAX_SENTENCES
    assert "flips__link" in part or "<p>" in part


def test_level_of_pay_is_kept_in_every_link(published: PublishedEdition) -> None:
    flips = flips_of(replace(AUSTIN, pay=PayLevel.P50), published)

    assert flips.chosen
    for sentence in (*flips.chosen, *flips.others):
        assert "pay=p50" in sentence.address
        assert "salary" not in sentence.address
