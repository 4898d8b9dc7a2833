"""What would change the answer, in sentences: which are chosen, and that each link shows what it names."""

from __future__ import annotations

import html
import re
from collections.abc import Iterable
from dataclasses import replace

import pytest
from django.test import Client

from calculator.engine import assess, assessment
from calculator.engine.profile import PayLevel, Profile
from calculator.presenters.flips import MAX_SENTENCES, FlipList, FlipSentence, choose_most_useful, present_flips
from calculator.presenters.verdict import VerdictPresenter
from earnverdict.formatting import plain_text
from skills.editions.document import PublishedEdition
from skills.presenters.names import short_skill_name, skill_in_text
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


def sentences_of(flips: Iterable[FlipSentence]) -> list[str]:
    return [plain_text(f"{flip.lead}{flip.outcome}{flip.ending}") for flip in flips]


def test_sentences_name_the_change_and_the_answer(published: PublishedEdition) -> None:
    flips = flips_of(AUSTIN, published)

    assert sentences_of(flips.chosen) == [
        "If you look only 1 year ahead: learn none of them",
        "With 220 hours, not 130, for Kubernetes: cloud architecture",
    ]
    others = sentences_of(flips.others)
    assert "If your hour is worth over $31: Kubernetes is not worth it" in others
    assert "At only 20% odds: learn none of them" in others
    assert "Cloud architecture would come first if it took you 90 hours, not 140" in others


def test_sentences_about_one_skill_say_learn_nothing(published: PublishedEdition) -> None:
    flips = flips_of(replace(AUSTIN, skills=("kubernetes",)), published)

    assert "If you look only 1 year ahead: learn nothing" in sentences_of(flips.chosen)


@pytest.mark.parametrize(
    ("outcomes", "chosen"),
    [
        ("", ""),
        ("ab", "ab"),
        ("aaa", "aa"),
        ("aaabc", "ab"),
        ("abcd", "ab"),
    ],
)
def test_each_outcome_is_chosen_once_before_any_is_twice(outcomes: str, chosen: str) -> None:
    ranked = [
        FlipSentence(lead=str(number), outcome=each, ending="", address="") for number, each in enumerate(outcomes)
    ]

    assert "".join(sentence.outcome for sentence in choose_most_useful(ranked)) == chosen


def test_small_price_of_an_hour_has_cents(published: PublishedEdition) -> None:
    flips = flips_of(replace(AUSTIN, pay=20_000.0, confirmed_pay=20_000.0, skills=("kubernetes",)), published)

    (sentence,) = [each for each in (*flips.chosen, *flips.others) if each.lead.startswith("If your hour")]

    assert re.fullmatch(r"If your hour is worth over \$\d\.\d\d: ", sentence.lead)


def test_worth_of_an_hour_is_the_price_from_which_it_is_not_worth_the_time(published: PublishedEdition) -> None:
    profile = replace(AUSTIN, skills=("redis",))
    gain = assess(profile, published.edition).outlook("redis").gain
    assert gain is not None
    flips = flips_of(profile, published)

    sentence = next(each for each in (*flips.chosen, *flips.others) if each.lead.startswith("If your hour"))

    assert sentence.outcome == "Redis and caching is not worth it"
    hour = float(re.findall(r"hour=([\d.]+)", sentence.address)[0])
    assert gain.worth_of_an_hour < hour <= gain.worth_of_an_hour + 1
    assert assess(replace(profile, hour_value=hour), published.edition).first is None


#: No change of one answer gives another verdict there.
WITHOUT_FLIPS = {"stay-put", "not-enough-data", "no-time", "no-market", "no-market-all"}


@pytest.mark.parametrize("state", STATES)
def test_each_link_shows_the_answer_that_it_names(client: Client, published: PublishedEdition, state: str) -> None:
    page = client.get(f"/verdict/flips/?{STATES[state]}", follow=True).content.decode()

    links = re.findall(r'<a class="flips__link" href="([^"]+)">.*?<b>(.*?)</b>.*?</a>', page)
    assert len(links) == page.count("flips__link")
    assert bool(links) is (state not in WITHOUT_FLIPS)
    for address, outcome in links:
        first = client.get(html.unescape(address).replace("/verdict/", "/verdict.json", 1)).json()["first"]
        name = skill_in_text(short_skill_name(published.edition.skills[first].name)).casefold() if first else None
        said = html.unescape(outcome).casefold()
        if said.endswith(" is not worth it"):
            assert name != said.removesuffix(" is not worth it")
        else:
            assert name == (None if said in ("learn nothing", "learn none of them") else said)


@pytest.mark.parametrize("state", STATES)
def test_verdict_shows_three_at_most(client: Client, state: str) -> None:
    page = client.get(f"/verdict/flips/?{STATES[state]}", follow=True).content.decode()

    part = page.partition('<div id="flips">')[2].partition("</div>")[0]
    links = part.count('class="flips__link"')
    assert links <= MAX_SENTENCES
    assert bool(links) is (state not in WITHOUT_FLIPS)
    assert links or re.search(r"<p[^>]*>\s*\w", part)


def test_level_of_pay_is_kept_in_every_link(published: PublishedEdition) -> None:
    flips = flips_of(replace(AUSTIN, pay=PayLevel.P50), published)

    assert flips.chosen
    for sentence in (*flips.chosen, *flips.others):
        assert "pay=p50" in sentence.address
        assert "salary" not in sentence.address
