"""The share image and the meta tags that lead to it: what they say, how they look, and what they keep to themselves."""

from __future__ import annotations

import html
import io
import json
import re
import struct
from collections.abc import Callable
from dataclasses import replace
from itertools import combinations
from operator import attrgetter
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.http import QueryDict
from django.test import Client, RequestFactory
from hypothesis import HealthCheck, given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st
from PIL import Image, ImageFont

from calculator.engine import assess, assessment
from calculator.engine.edition import Edition
from calculator.engine.market import find_market, pay_line
from calculator.engine.profile import PayLevel, Profile
from calculator.engine.verdict import Rating
from calculator.forms import VerdictForm
from calculator.presenters.compare import present_comparison
from calculator.presenters.compare_image import present_compare_image
from calculator.presenters.headline import present_headline
from calculator.presenters.link_preview import LinkPreview, present_link_preview
from calculator.presenters.share import leave_out_pay, present_share_links
from calculator.presenters.share_image import ShareBar, ShareChart, ShareImageText, present_share_image
from calculator.presenters.verdict import VerdictPresenter
from calculator.presenters.verdict_page import present_verdict_page
from calculator.share_image import draw_share_image, layout
from calculator.share_image.layout import MARGIN, Text, lay_out
from calculator.share_image.text_size import FONT
from earnverdict.chart_scale import Scale
from earnverdict.formatting import currency_symbol
from skills.editions.document import PublishedEdition
from tests.calculator.states import STATES

SKILLS = "skill=ai-ml-integration&skill=cloud-architecture&skill=kubernetes&skill=system-design&edition=1"
AUSTIN = f"salary=115000&location=us-austin-tx&{SKILLS}"
AUSTIN_LEVEL = f"location=us-austin-tx&{SKILLS}&pay=p25"
RATED = {
    Rating.FIRM: "location=in-bengaluru&skill=kafka&edition=1&pay=p25",
    Rating.LEAN: "location=in&skill=ci-cd&odds=20&edition=1&pay=p25",
    Rating.TOSS_UP: AUSTIN_LEVEL,
    Rating.STAY_PUT: "location=us-austin-tx&skill=kubernetes&years=1&odds=10&edition=1&pay=p50",
    Rating.NOT_ENOUGH_DATA: "location=al&skill=kubernetes&edition=1&pay=p50",
}
WIDTH, HEIGHT = 1200, 630
PLACE, LEVEL = attrgetter("place"), attrgetter("level")


@pytest.fixture(autouse=True)
def _published(published: PublishedEdition) -> None:
    """Every image needs edition 1."""


def profile_of(query: str, published: PublishedEdition) -> Profile:
    form = VerdictForm(QueryDict(query), published)
    assert form.is_valid()
    return form.profile()


def words_of(query: str, published: PublishedEdition) -> ShareImageText:
    """What the image of an address says, a salary replaced by its level."""
    profile = profile_of(query, published)
    shared = leave_out_pay(profile, find_market(profile.location, profile.pay, published.edition))
    return present_share_image(assess(shared, published.edition), published)


def texts_of(words: ShareImageText) -> list[Text]:
    return [shape for shape in lay_out(words) if isinstance(shape, Text)]


def picture(content: bytes) -> Image.Image:
    return Image.open(io.BytesIO(content)).convert("RGB")


def chunks(content: bytes) -> list[bytes]:
    """The names of a PNG's chunks, in order."""
    names, position = [], 8
    while position < len(content):
        (length,) = struct.unpack(">I", content[position : position + 4])
        names.append(content[position + 4 : position + 8])
        position += length + 12
    return names


def is_blank(image: Image.Image, box: tuple[int, int, int, int]) -> bool:
    return image.crop(box).getcolors() == [((box[2] - box[0]) * (box[3] - box[1]), rgb(layout.SHEET))]


def rgb(colour: str) -> tuple[int, ...]:
    digits = colour.removeprefix("#")
    return tuple(bytes.fromhex(digits if len(digits) == 6 else "".join(digit * 2 for digit in digits)))


def columns_of(image: Image.Image, colour: str, y: int) -> tuple[int, int]:
    """The first and the last column of a row that have this colour."""
    found = [x for x in range(WIDTH) if image.getpixel((x, y)) == rgb(colour)]
    return found[0], found[-1]


def test_image_of_staying_put_names_the_skills_and_the_answers(published: PublishedEdition) -> None:
    end = "years=1&odds=10&edition=1&pay=p50"
    two = words_of(f"location=us-austin-tx&skill=cpp&skill=java&hours=2&{end}", published)
    costly = words_of(f"location=us-austin-tx&skill=cpp&skill=java&hours=40&{end}", published)
    three = words_of(f"location=us-austin-tx&skill=cpp&skill=docker&skill=java&hours=40&{end}", published)

    assert two.heading == "1 year is too short for C++ or Java"
    assert costly.heading == "Neither C++ nor Java is worth the hours within 1 year"
    assert two.level.endswith(" At 2\u00a0hours a week and 10% odds.")
    assert three.level.endswith(" At 40\u00a0hours a week and 10% odds.")
    assert three.reason.endswith(" Compared: C++, Docker and Java.")


@pytest.mark.parametrize("rating", Rating)
def test_each_rating_has_its_image(client: Client, published: PublishedEdition, rating: Rating) -> None:
    response = client.get(f"/verdict/card.png?{RATED[rating]}")

    assert assess(profile_of(RATED[rating], published), published.edition).rating == rating
    assert (response.status_code, response.headers["Content-Type"]) == (200, "image/png")
    assert response.content.startswith(b"\x89PNG\r\n\x1a\n")
    assert picture(response.content).size == (WIDTH, HEIGHT)
    assert not is_blank(picture(response.content), (72, 100, 1128, 200))


def test_same_address_gives_the_same_bytes(client: Client) -> None:
    first, second = (client.get(f"/verdict/card.png?{AUSTIN_LEVEL}").content for _ in range(2))

    assert first == second


def test_picture_holds_nothing_but_pixels(client: Client) -> None:
    assert set(chunks(client.get(f"/verdict/card.png?{AUSTIN_LEVEL}").content)) == {b"IHDR", b"IDAT", b"IEND"}


def test_image_says_what_its_page_says(client: Client, published: PublishedEdition) -> None:
    page = html.unescape(re.sub(r"<[^>]+>", " ", client.get(f"/verdict/?{AUSTIN_LEVEL}").content.decode()))

    words = words_of(AUSTIN_LEVEL, published)

    assert words.chart is not None
    claim, measured = words.chart.bars
    assert (words.heading, words.conclusion) == ("Kubernetes and pay", "Learn Kubernetes first. A close call.")
    assert (words.place, words.date) == ("Austin, TX", "30 November 2026")
    assert words.level == "For about $100,000 in Austin, the nearest of five pay levels."
    said = [claim.source, measured.label, words.level]
    said += [bar.amount.removesuffix(" a year") for bar in (claim, measured)]
    assert [text for text in said if text not in page] == []


@pytest.mark.parametrize(
    ("state", "conclusion"),
    [
        pytest.param("firm", "Learn event streaming (Kafka) first. A clear lead.", id="clear lead"),
        pytest.param("lean", "Learn CI/CD and DevOps duties. Probably worth it.", id="one skill"),
        pytest.param("stay-put", "Stay put.", id="stay put"),
        pytest.param("not-enough-data", "Not enough data.", id="no data"),
        pytest.param("ten", "Learn Kubernetes first. A close call.", id="ten skills"),
        pytest.param("too-little", "Learn Redis and caching first. Too little to decide by.", id="too little"),
    ],
)
def test_image_ends_in_the_recommendation_and_its_rating(
    published: PublishedEdition, state: str, conclusion: str
) -> None:
    assert words_of(STATES[state], published).conclusion == conclusion


def test_bars_are_where_their_amounts_are(published: PublishedEdition) -> None:
    """The picture is read back: from the columns of the bars to the amounts that it prints."""
    words = words_of(AUSTIN_LEVEL, published)
    assert words.chart is not None
    image, scale = picture(draw_share_image(words)), words.chart.scale

    def amount_at(x: float) -> float:
        return scale.low + (x - MARGIN) / (WIDTH - 2 * MARGIN) * (scale.high - scale.low)

    pixel = (scale.high - scale.low) / (WIDTH - 2 * MARGIN)
    places = ((layout.CLAIM_WASH, 285), (layout.MEASURED, 410))
    for bar, (colour, row) in zip(words.chart.bars, places, strict=True):
        left, right = columns_of(image, colour, row)
        assert amount_at(left) == pytest.approx(bar.low, abs=5 * pixel)
        assert amount_at(right + 1) == pytest.approx(bar.high, abs=5 * pixel)


@pytest.mark.parametrize("state", STATES)
def test_no_word_of_an_image_holds_the_salary(published: PublishedEdition, state: str) -> None:
    salary = re.search(r"salary=(\d+)000&", STATES[state])
    odd = f"{salary[1]},137" if salary else "137"
    query = STATES[state].replace("000&", "137&", 1)

    said = " ".join(text.text for text in texts_of(words_of(query, published)))

    assert len(said) > 60
    assert odd not in said
    assert odd.replace(",", "") not in said


def test_zero_is_marked_where_a_bar_reaches_below_it(published: PublishedEdition) -> None:
    words = words_of(f"location=in-bengaluru&{SKILLS}&pay=p50", published)
    assert words.chart is not None
    assert words.chart.bars[-1].low < 0

    image = picture(draw_share_image(words))

    zero = int(MARGIN - words.chart.scale.low / (words.chart.scale.high - words.chart.scale.low) * (WIDTH - 2 * MARGIN))
    assert image.getpixel((zero, 438)) == rgb(layout.INK)


def test_salary_leads_to_the_image_of_its_level(client: Client) -> None:
    response = client.get(f"/verdict/card.png?{AUSTIN}")

    assert (response.status_code, response.headers["Location"]) == (302, f"/verdict/card.png?{AUSTIN_LEVEL}")
    assert response.headers["Cache-Control"] == "no-store"


def find_collisions(words: ShareImageText) -> list[tuple[str, ...]]:
    """Texts that leave the image's margins, and pairs of texts on one line that touch."""
    texts = texts_of(words)
    outside: list[tuple[str, ...]] = [
        (each.text,) for each in texts if each.left < MARGIN / 2 or each.right > WIDTH - MARGIN / 2
    ]
    touching: list[tuple[str, ...]] = [
        (one.text, other.text)
        for one, other in combinations(texts, 2)
        if abs(one.y - other.y) < max(one.size, other.size) / 2
        and one.left < other.right + 8
        and other.left < one.right + 8
    ]
    return outside + touching


def test_picture_names_no_cause(published: PublishedEdition) -> None:
    """A name with "and" is kept apart from the pay."""
    words = words_of("location=us-austin-tx&skill=site-reliability&pay=p50", published)

    assert words.heading == "Site reliability and observability, and pay"


def widest(found: dict[str, ShareImageText], part: Callable[[ShareImageText], str], count: int) -> list[str]:
    """The places whose images have the widest text in one part."""
    font = ImageFont.truetype(FONT, 40)
    return sorted(found, key=lambda slug: font.getlength(part(found[slug])), reverse=True)[:count]


@pytest.mark.parametrize(
    ("a", "b", "heading", "bars"),
    [
        pytest.param(
            AUSTIN_LEVEL,
            f"location=de-munich&{SKILLS}&pay=p50",
            r"Kubernetes goes with \$1,500 a year more in Austin than in Munich",
            [("Austin", "on about $100,000"), ("Munich", "on about €69,000")],
            id="places",
        ),
        pytest.param(
            AUSTIN_LEVEL,
            AUSTIN_LEVEL.replace("p25", "p90"),
            r"Kubernetes goes with \$[\d,]+ a year more on about \$210,000 than on about \$100,000",
            [("About $100,000", ""), ("About $210,000", "")],
            id="levels",
        ),
        pytest.param(
            AUSTIN_LEVEL,
            RATED[Rating.FIRM],
            "In Austin learn Kubernetes first, in Bengaluru event streaming .*",
            [
                ("Austin", "Kubernetes, on about $100,000"),
                ("Bengaluru", "Event streaming, on about ₹9,00,000"),
            ],
            id="skills",
        ),
        pytest.param(
            RATED[Rating.STAY_PUT], RATED[Rating.NOT_ENOUGH_DATA], "No skill to learn first in either", [], id="neither"
        ),
    ],
)
def test_image_of_a_comparison_begins_with_the_difference(
    published: PublishedEdition, a: str, b: str, heading: str, bars: list[tuple[str, str]]
) -> None:
    one, other = (
        VerdictPresenter(verdict=assess(profile_of(query, published), published.edition), published=published)
        for query in (a, b)
    )

    words = present_compare_image(one, other)

    assert re.fullmatch(heading, words.heading)
    assert [(bar.label, bar.source) for bar in (words.chart.bars if words.chart else ())] == bars
    assert find_collisions(words) == []
    assert min(text.size for text in texts_of(words)) >= 16


def test_names_and_money_of_every_place_fit(published: PublishedEdition) -> None:
    """What fits still does when it is narrower, so the widest are laid out, and a place of each currency."""
    words: dict[str, ShareImageText] = {}
    by_currency: dict[str, str] = {}
    for number, (slug, place) in enumerate(published.edition.places.items()):
        level = list(PayLevel)[number % len(PayLevel)]
        profile = Profile(pay=level, location=slug, skills=("docker", "kubernetes"))
        words[slug] = present_share_image(assess(profile, published.edition), published)
        by_currency[place.currency] = slug

    def amount(image: ShareImageText) -> str:
        return image.chart.bars[0].amount if image.chart else ""

    chosen = {slug for part in (PLACE, LEVEL, amount) for slug in widest(words, part, 15)} | set(by_currency.values())
    smallest = {slug: min(text.size for text in texts_of(words[slug])) for slug in chosen}

    assert len(words) > 500
    assert len(by_currency) > 50
    assert {slug: found for slug in chosen if (found := find_collisions(words[slug]))} == {}
    assert {slug: size for slug, size in smallest.items() if size < 18} == {}


@pytest.mark.parametrize("state", STATES)
def test_words_of_every_state_fit(published: PublishedEdition, state: str) -> None:
    words = words_of(STATES[state], published)

    assert find_collisions(words) == []
    assert min(text.size for text in texts_of(words)) >= 16


def test_every_name_and_sign_of_the_catalogue_can_be_drawn(published: PublishedEdition) -> None:
    edition = published.edition
    currencies = {place.currency for place in edition.places.values()} | set(edition.rates)
    texts = [currency_symbol(currency) for currency in currencies]
    texts += [skill.name for skill in edition.skills.values()] + [
        published.places.label(slug) for slug in edition.places
    ]
    texts += ["+−–—·“”’…%()/.,:;'"]
    font = ImageFont.truetype(FONT, 40)
    missing = font.getmask("\uffff")

    def is_drawn(character: str) -> bool:
        mask = font.getmask(character)
        return (mask.size, bytes(mask)) != (missing.size, bytes(missing))

    assert [character for character in sorted(set("".join(texts))) if not is_drawn(character)] == []


def test_colours_are_those_of_the_page() -> None:
    css = Path(settings.BASE_DIR, "static/css/tokens.css").read_text()
    light = dict(re.findall(r"--([\w-]+): light-dark\((#\w+),", css))

    names = ("paper", "sheet", "ink", "ink-soft", "line", "edge", "accent", "others", "measured", "on-bar", "claim")
    assert {name: light[name] for name in (*names, "claim-wash")} == {
        name: getattr(layout, name.replace("-", "_").upper()) for name in (*names, "claim-wash")
    }


def made_words(**changed: Any) -> ShareImageText:
    claim = ShareBar(
        label="Claimed",
        source="our own article of April 2026",
        amount="$14,000 to $28,000 a year",
        low=14_100,
        high=28_400,
        is_claim=True,
    )
    measured = ShareBar(label="Measured", source="", amount="$1,800 to $6,400 a year", low=1_800, high=6_400, mid=4_300)
    words = ShareImageText(
        heading="Kubernetes and pay",
        chart=ShareChart(
            bars=(replace(claim, **changed.pop("claim", {})), replace(measured, **changed.pop("measured", {}))),
            scale=Scale.around([1_800, 28_400]),
            steps=((0.0, "$0"), (10_000.0, "$10K"), (20_000.0, "$20K")),
        ),
        reason="",
        conclusion="Learn Kubernetes first. A close call.",
        place="Austin, TX",
        level="For about $100,000 in Austin, the nearest of five pay levels.",
        date="30 November 2026",
    )
    return replace(words, **changed)


LONG: dict[str, dict[str, Any]] = {
    "name": {"heading": "Measuring and observability (Prometheus/OpenTelemetry), and pay"},
    "name of one word": {"heading": "W" * 60},
    "amount": {
        "claim": {"amount": "F\u202fCFA\u00a0120,000,000,000 to F\u202fCFA\u00a0720,000,000,000 a year"},
        "measured": {"label": "Measured and claimed, with Docker and Linux"},
    },
    "source": {
        "claim": {"source": "Technological Forecasting and Social Change 2025 and our own article of April 2026"}
    },
    "place": {"place": f"{'Llanfairpwllgwyngyll-' * 2}on-Sea, Wales, United Kingdom"},
    "level": {
        "level": "For about £44,000 in Llanfairpwllgwyngyllgogerychwyrndrobwllllantysiliogogogoch, "
        "the nearest of five pay levels."
    },
    "no skill": {"chart": None, "heading": "Nothing " * 12, "reason": "Let all " * 40},
}


@pytest.mark.parametrize("changed", LONG.values(), ids=LONG)
def test_long_texts_stay_within_their_part_of_the_image(changed: dict[str, Any]) -> None:
    words = made_words(**changed)

    image = picture(draw_share_image(words))

    assert find_collisions(words) == []
    assert is_blank(image, (0, 95, 70, HEIGHT))
    assert is_blank(image, (1131, 95, WIDTH, HEIGHT))
    assert is_blank(image, (0, 504, WIDTH, 514))
    assert is_blank(image, (0, 615, WIDTH, HEIGHT))


def test_headers_of_an_image(client: Client) -> None:
    level = client.get(f"/verdict/card.png?{AUSTIN_LEVEL}")

    assert level.headers["Cache-Control"].startswith("public, max-age=300, s-maxage=86400")
    assert level.headers["X-Robots-Tag"] == "noindex, nofollow"
    assert "Vary" not in level.headers
    paths = ("/verdict/", "/verdict.json", "/verdict.csv")
    assert level.headers["ETag"] not in {client.get(f"{path}?{AUSTIN_LEVEL}").headers["ETag"] for path in paths}
    unchanged = client.get(f"/verdict/card.png?{AUSTIN_LEVEL}", headers={"If-None-Match": level.headers["ETag"]})
    assert (unchanged.status_code, unchanged.content) == (304, b"")


def test_other_spelling_is_sent_to_the_canonical_image(client: Client) -> None:
    response = client.get(f"/verdict/card.png?{AUSTIN_LEVEL.replace('&edition=1', '')}&utm_source=x")

    assert (response.status_code, response.headers["Location"]) == (302, f"/verdict/card.png?{AUSTIN_LEVEL}")
    assert response.headers["Cache-Control"] == "no-store"


#: The percentiles to which each level is the nearest.
BANDS = {
    PayLevel.P10: (0.02, 0.17),
    PayLevel.P25: (0.18, 0.37),
    PayLevel.P50: (0.38, 0.62),
    PayLevel.P75: (0.63, 0.82),
    PayLevel.P90: (0.83, 0.98),
}


@hypothesis_settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    level=st.sampled_from(PayLevel),
    shares=st.tuples(st.floats(0, 1), st.floats(0, 1)),
    place=st.sampled_from(["us-austin-tx", "de-munich", "in-bengaluru", "pl", "ua", "jp"]),
    skills=st.sampled_from([None, ("kafka",), ("cpp", "docker", "kubernetes")]),
    is_confirmed=st.booleans(),
)
def test_all_salaries_of_one_level_share_the_same(
    published: PublishedEdition,
    level: PayLevel,
    shares: tuple[float, float],
    place: str,
    skills: tuple[str, ...] | None,
    is_confirmed: bool,
) -> None:
    """Nobody can compute a salary from what is shared without it: that is the same for every salary of its level."""
    edition = published.edition

    shared = []
    for share in shares:
        pay = pay_of_level(edition, place, level, share)
        profile = Profile(pay=pay, location=place, skills=skills, confirmed_pay=pay if is_confirmed else None)
        verdict = assess(profile, edition)
        presenter = VerdictPresenter(verdict=verdict, published=published)
        links = present_share_links(presenter, present_headline(presenter))
        image = present_share_image(assess(leave_out_pay(profile, verdict.market), edition), published)
        shared.append((links.page, links.link_title, links.image, links.title, lay_out(image)))

    assert shared[0] == shared[1]
    assert shared[0][0].endswith(f"&pay={level}")
    assert "salary" not in shared[0][0] + shared[0][1]
    assert "sure" not in shared[0][0] + shared[0][1]


@hypothesis_settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    levels=st.tuples(st.sampled_from(PayLevel), st.sampled_from(PayLevel)),
    shares=st.lists(st.tuples(st.floats(0, 1), st.floats(0, 1)), min_size=2, max_size=2),
    places=st.sampled_from(
        [("us-austin-tx", "us-austin-tx"), ("us-austin-tx", "de-munich"), ("in-bengaluru", "in-bengaluru")]
    ),
    skills=st.sampled_from([None, ("kafka",), ("cpp", "docker", "kubernetes")]),
)
def test_all_salaries_of_two_levels_share_the_same_comparison(
    published: PublishedEdition,
    levels: tuple[PayLevel, PayLevel],
    shares: list[tuple[float, float]],
    places: tuple[str, str],
    skills: tuple[str, ...] | None,
) -> None:
    """Also what is sent with the link: the page's title and its description."""
    shared = []
    for pair in shares:
        sides = []
        for level, share, place in zip(levels, pair, places, strict=True):
            profile = Profile(pay=pay_of_level(published.edition, place, level, share), location=place, skills=skills)
            sides.append(VerdictPresenter(verdict=assess(profile, published.edition), published=published))
        words = present_comparison(*sides)
        shared.append((words.title, words.description, words.share, words.image))

    assert shared[0] == shared[1]
    assert "salary" not in shared[0][2] + shared[0][3]


def pay_of_level(edition: Edition, place: str, level: PayLevel, share: float) -> float:
    """A salary there to which the level is the nearest: from the lowest (0) to the highest (1)."""
    market, (low, high) = find_market(place, level, edition), BANDS[level]
    assert market is not None
    return round(pay_line(market.answered_by.quantiles, market.sigma).pay_at(low + (high - low) * share), 2)


def figures_in(value: Any) -> set[float]:
    """Every number anywhere in an answer."""
    if isinstance(value, dict):
        return set().union(*map(figures_in, value.values()))
    if isinstance(value, list):
        return set().union(*map(figures_in, value))
    return {float(value)} if isinstance(value, int | float) and not isinstance(value, bool) else set()


def nearest_level(percentile: float) -> str:
    """The level whose link is shared in place of a salary."""
    return min(PayLevel, key=lambda level: abs(level.share - percentile)).value


def test_two_salaries_of_one_band_share_the_same_bytes_and_no_figure_of_theirs(client: Client) -> None:
    salaries, answers = (108_000, 117_500), "location=us-austin-tx&skill=cloud-architecture&skill=kubernetes&edition=1"
    paths = ("/verdict/", "/verdict.json", "/verdict.csv", "/verdict/card.png")
    exact = [client.get(f"/verdict.json?salary={salary}&{answers}").json() for salary in salaries]
    levels = [nearest_level(data["market"]["percentile"]) for data in exact]

    shared = [[client.get(f"{path}?{answers}&pay={level}") for path in paths] for level in levels]

    assert levels == ["p25", "p25"]
    assert [answer.status_code for answer in shared[0]] == [200] * 4
    assert [answer.content for answer in shared[0]] == [answer.content for answer in shared[1]]
    page, data, table, _ = (answer.content for answer in shared[0])
    cells = {float(cell) for cell in re.findall(r"-?\d+(?:\.\d+)?", table.decode())}
    for salary, own, other in zip(salaries, exact, exact[::-1], strict=True):
        moving = figures_in(own) - figures_in(other)
        personal = {figure for figure in moving if abs(figure) > 1}
        assert len(personal) > 15
        assert personal & (figures_in(json.loads(data)) | cells) == set()
        assert not [text for text in (str(salary), f"{salary:,}") if text in (page + data + table).decode()]


def meta_tags(page: str) -> dict[str, str]:
    tags = re.findall(r'<meta (?:name|property)="((?:og|twitter):[^"]+)" content="([^"]*)">', page)
    assert len(tags) == len(dict(tags))
    return {name: html.unescape(content) for name, content in tags}


def social_of(query: str, published: PublishedEdition) -> LinkPreview:
    absolute = RequestFactory().get("/", headers={"host": "earn.example"}, secure=True).build_absolute_uri
    assessed = assessment(profile_of(query, published), published.edition)
    presenter = VerdictPresenter(verdict=assessed.verdict(), published=published)
    preview = present_link_preview(presenter, present_verdict_page(presenter, assessed), absolute)
    assert preview is not None
    return preview


@pytest.fixture
def _known_host(settings: Any) -> None:
    settings.ALLOWED_HOSTS = ["earn.example"]


@pytest.mark.usefixtures("_known_host")
@pytest.mark.parametrize("rating", Rating)
def test_meta_tags_agree_with_the_page(client: Client, published: PublishedEdition, rating: Rating) -> None:
    query = RATED[rating]

    page = client.get(f"/verdict/?{query}", headers={"host": "earn.example"}, secure=True).content.decode()

    tags = meta_tags(page)
    assert tags["og:url"] == f"https://earn.example/verdict/?{query}"
    assert tags["og:image"] == tags["twitter:image"] == f"https://earn.example/verdict/card.png?{query}"
    assert (tags["og:image:width"], tags["og:image:height"]) == ("1200", "630")
    assert (tags["og:site_name"], tags["twitter:card"]) == ("EarnVerdict", "summary_large_image")
    assert f"<title>{tags['og:title']} | EarnVerdict</title>" in page
    assert tags["og:image:alt"].startswith(tags["og:title"])
    assert f'<meta name="description" content="{tags["og:description"]}">' in page


@pytest.mark.usefixtures("_known_host")
def test_meta_tags_of_a_pay_level_say_what_the_image_shows(published: PublishedEdition) -> None:
    social = social_of(AUSTIN_LEVEL, published)

    assert social.description == (
        "Learn Kubernetes first: $1,800 to $6,400 more a year once an employer pays for it. Close call."
    )
    assert social.image_alt == (
        "Learn Kubernetes first. Close call. Claimed: our own article of April 2026, $14,000 to $28,000 a year. "
        "Measured: $1,800 to $6,400 a year. Austin-Round Rock-San Marcos, TX, United States."
    )


@pytest.mark.usefixtures("_known_host")
def test_meta_tags_of_a_salary_hold_neither_it_nor_amounts_made_of_it(published: PublishedEdition) -> None:
    social = social_of(AUSTIN, published)

    assert social.address == f"https://earn.example/verdict/?{AUSTIN_LEVEL}"
    assert social.image == f"https://earn.example/verdict/card.png?{AUSTIN_LEVEL}"
    assert social.title == "What should a developer in Austin learn first?"
    assert social.description == "What is claimed, what is measured, and how sure that is."
    assert social.image_alt == (
        "What is claimed and what is measured, in money a year, and what to learn first. "
        "Austin-Round Rock-San Marcos, TX, United States."
    )


def test_mistake_is_not_shown_to_others(client: Client) -> None:
    tags = meta_tags(client.get("/verdict/?salary=lots&location=us&skill=go").content.decode())

    assert tags == {"og:site_name": "EarnVerdict"}
