"""The share image and the meta tags that lead to it: what they say, how they look, and what they keep to themselves."""

from __future__ import annotations

import html
import io
import json
import re
import struct
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.http import QueryDict
from django.test import Client, RequestFactory
from PIL import Image, ImageFont

from calculator import share_image
from calculator.engine import assess
from calculator.engine.profile import PayLevel
from calculator.engine.verdict import Rating, Verdict
from calculator.forms import VerdictForm
from calculator.presenters.headline import present_headline
from calculator.presenters.link_preview import LinkPreview, ShareImageText, present_link_preview, present_share_image
from calculator.presenters.verdict import VerdictPresenter
from earnverdict.formatting import currency_symbol
from skills.editions.document import PublishedEdition
from skills.presenters.ratings import RATINGS

AUSTIN = (
    "salary=115000&location=us-austin-tx&skill=ai-ml-integration&skill=cloud-architecture&skill=kubernetes"
    "&skill=system-design&edition=1"
)
RATED = {
    Rating.FIRM: "salary=1200000&location=in-bengaluru&skill=kafka&edition=1",
    Rating.LEAN: "location=in&skill=ci-cd&odds=20&edition=1&pay=p25",
    Rating.TOSS_UP: AUSTIN,
    Rating.STAY_PUT: "salary=115000&location=us-austin-tx&skill=kubernetes&years=1&odds=10&edition=1",
    Rating.NOT_ENOUGH_DATA: "salary=900000&location=al&skill=kubernetes&edition=1",
}
FOUR_OTHERS = [f"Measuring observability {number} (Prometheus/OpenTelemetry)" for number in range(4)]


@pytest.fixture(autouse=True)
def _published(published: PublishedEdition) -> None:
    """Every card needs edition 1."""


def verdict_of(query: str, published: PublishedEdition) -> Verdict:
    form = VerdictForm(QueryDict(query), published)
    assert form.is_valid()
    return assess(form.profile(), published.edition)


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
    return image.crop(box).getcolors() == [((box[2] - box[0]) * (box[3] - box[1]), rgb(share_image.PAPER))]


def rgb(colour: str) -> tuple[int, ...]:
    return tuple(bytes.fromhex(colour.removeprefix("#")))


@pytest.mark.parametrize("rating", Rating)
def test_each_rating_has_its_card(client: Client, published: PublishedEdition, rating: Rating) -> None:
    response = client.get(f"/verdict/card.png?{RATED[rating]}")

    image = picture(response.content)
    assert verdict_of(RATED[rating], published).rating == rating
    assert (response.status_code, response.headers["Content-Type"]) == (200, "image/png")
    assert response.content.startswith(b"\x89PNG\r\n\x1a\n")
    assert image.size == (1200, 630)
    assert image.getpixel((600, 5)) == rgb(share_image.RATING_COLOURS[RATINGS[rating].name])
    assert not is_blank(image, (72, 142, 1128, 442))


def test_same_address_gives_the_same_bytes(client: Client) -> None:
    first, second = (client.get(f"/verdict/card.png?{AUSTIN}").content for _ in range(2))

    assert first == second


def test_picture_holds_nothing_but_pixels(client: Client) -> None:
    assert set(chunks(client.get(f"/verdict/card.png?{AUSTIN}").content)) == {b"IHDR", b"IDAT", b"IEND"}


def test_card_says_what_the_page_says_and_no_pay(client: Client, published: PublishedEdition) -> None:
    page = re.sub(r"<[^>]+>|\s+", " ", html.unescape(client.get(f"/verdict/?{AUSTIN}").content.decode()))

    words = present_share_image(verdict_of(AUSTIN, published), published)

    said = [words.rating_label, words.title, words.amount, words.amount_note, words.firmness]
    said += [words.facts[1][0], words.facts[1][1].removesuffix(" a year")]
    assert [text for text in said if re.sub(r"\s+", " ", text) not in re.sub(r"\s+", " ", page)] == []
    assert words.facts == (
        ("First extra pay", "about month\u00a08"),
        ("We claimed in April 2026", "$16,000 to $31,000 a year"),
    )
    assert (words.pay_level, words.edition) == ("", "Edition 1")
    assert "115,000" not in " ".join(said)


def test_card_without_salary_says_whose_pay_it_is_for(published: PublishedEdition) -> None:
    words = present_share_image(verdict_of(RATED[Rating.LEAN], published), published)

    assert words.pay_level == "For pay at which one in four earns less"


def test_every_name_and_sign_of_the_catalogue_can_be_drawn(published: PublishedEdition) -> None:
    edition = published.edition
    currencies = {place.currency for place in edition.places.values()} | set(edition.rates)
    texts = [currency_symbol(currency) for currency in currencies]
    texts += [skill.name for skill in edition.skills.values()] + [
        published.places.label(slug) for slug in edition.places
    ]
    texts += ["+−–—·“”’…%()/.,:;'"]
    font = ImageFont.truetype(share_image.FONT, 40)
    missing = font.getmask("\uffff")

    def is_drawn(character: str) -> bool:
        mask = font.getmask(character)
        return (mask.size, bytes(mask)) != (missing.size, bytes(missing))

    assert [character for character in sorted(set("".join(texts))) if not is_drawn(character)] == []


def test_colours_are_those_of_the_page() -> None:
    css = Path(settings.BASE_DIR, "static/css/tokens.css").read_text()
    light = dict(re.findall(r"--([\w-]+): light-dark\((#\w+),", css))

    assert [light[name] for name in ("paper", "ink", "ink-soft", "line", "accent", "others", "edge")] == (
        [getattr(share_image, name) for name in ("PAPER", "INK", "INK_SOFT", "LINE", "ACCENT", "BAR", "EDGE")]
    )


def made_words(**changed: Any) -> ShareImageText:
    words = ShareImageText(
        rating="close-call",
        rating_label="Close call",
        title="Learn Kubernetes first",
        amount="$1,800 to $6,800 a year",
        amount_note="more, once an employer pays for it, after 5 months at 6 hours a week. We expect $4,500.",
        firmness="It has a 47% chance to be the best of your four; Cloud architecture has 35%.",
        facts=(("First extra pay", "about month 8"), ("We claimed in April 2026", "$16,000–31,000 a year")),
        place="Austin, TX",
        pay_level="",
        edition="Edition 1",
    )
    return replace(words, **changed)


LONG: dict[str, dict[str, Any]] = {
    "name": {"title": f"Learn {FOUR_OTHERS[0]} first"},
    "name of one word": {"title": f"Learn {'W' * 60} first"},
    "others": {
        "title": f"Learn {FOUR_OTHERS[0]} first",
        "firmness": "It has a 21% chance to be the best of all 19; "
        f"{', '.join(f'{name} has 11%' for name in FOUR_OTHERS)}.",
    },
    "amount": {
        "amount": "F\u202fCFA\u00a0120,000,000,000 to F\u202fCFA\u00a0720,000,000,000 a year",
        "facts": (
            ("First extra pay", "about month 1,234"),
            ("Headlines claim", "F\u202fCFA\u00a0120,000,000,000–720,000,000,000 a year"),
        ),
    },
    "place": {
        "place": f"{'Llanfairpwllgwyngyll-' * 4}on-Sea, Wales, United Kingdom",
        "pay_level": "For pay at P75 of …",
    },
    "edition": {"edition": "Edition 999999"},
    "no skill": {
        "amount": "",
        "amount_note": "",
        "facts": (),
        "title": "Nothing " * 12,
        "firmness": "Let all " * 40,
    },
}


@pytest.mark.parametrize("changed", LONG.values(), ids=LONG)
def test_long_texts_stay_within_their_part_of_the_card(changed: dict[str, Any]) -> None:
    words = made_words(**changed)

    image = picture(share_image.draw_share_image(words))

    assert is_blank(image, (0, 31, 70, 630))
    assert is_blank(image, (1131, 31, 1200, 630))
    assert is_blank(image, (0, 116, 1200, 136))
    assert is_blank(image, (0, 445, 1200, 465) if words.facts else (0, 540, 1200, 565))
    assert is_blank(image, (0, 605, 1200, 630))


def test_place_and_edition_do_not_touch() -> None:
    image = picture(share_image.draw_share_image(made_words(**LONG["place"])))

    columns = [is_blank(image, (x, 560, x + 1, 605)) for x in range(72, 1128)]
    assert re.search("10{40,}1", "".join("01"[not blank] for blank in columns))


def test_headers_of_a_card(client: Client) -> None:
    exact, level = (client.get(f"/verdict/card.png?{RATED[rating]}") for rating in (Rating.TOSS_UP, Rating.LEAN))

    assert exact.headers["Cache-Control"] == "private, max-age=300"
    assert level.headers["Cache-Control"].startswith("public, max-age=300, s-maxage=86400")
    assert exact.headers["X-Robots-Tag"] == "noindex, nofollow"
    assert "Vary" not in exact.headers
    tags = {client.get(f"{path}?{AUSTIN}").headers["ETag"] for path in ("/verdict/", "/verdict.json", "/verdict.csv")}
    assert exact.headers["ETag"] not in tags
    unchanged = client.get(f"/verdict/card.png?{AUSTIN}", headers={"If-None-Match": exact.headers["ETag"]})
    assert (unchanged.status_code, unchanged.content) == (304, b"")


def test_other_spelling_is_sent_to_the_canonical_card(client: Client) -> None:
    response = client.get(f"/verdict/card.png?{AUSTIN.replace('&edition=1', '')}&utm_source=x")

    assert (response.status_code, response.headers["Location"]) == (302, f"/verdict/card.png?{AUSTIN}")
    assert response.headers["Cache-Control"] == "no-store"


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
    presenter = VerdictPresenter(verdict=verdict_of(query, published), published=published)
    return present_link_preview(presenter, present_headline(presenter), absolute)


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
    words = present_share_image(verdict_of(query, published), published)
    assert tags["og:title"] == words.title
    assert words.rating_label in tags["og:image:alt"]
    assert f"<title>{tags['og:title']} | EarnVerdict</title>" in page
    assert f'<meta name="description" content="{tags["og:description"]}">' in page


@pytest.mark.usefixtures("_known_host")
def test_meta_tags_of_a_verdict(published: PublishedEdition) -> None:
    social = social_of(AUSTIN, published)

    assert social.description == (
        "Learn Kubernetes first: $1,800 to $6,800 more a year once an employer pays for it. Close call."
    )
    assert social.image_alt == (
        "Learn Kubernetes first. Close call. $1,800 to $6,800 a year once an employer pays for it, after "
        "5 months at 6 hours a week. "
        "Austin-Round Rock-San Marcos, TX, United States, edition 1."
    )


def test_mistake_is_not_shown_to_others(client: Client) -> None:
    tags = meta_tags(client.get("/verdict/?salary=lots&location=us&skill=go").content.decode())

    assert tags == {"og:site_name": "EarnVerdict"}
