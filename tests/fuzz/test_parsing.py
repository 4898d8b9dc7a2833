"""Laws of what is typed and of addresses: nothing fails but as `Unreadable`, and what is written is read again.

`make fuzz` tries them on tens of thousands of texts, the other tests on a few.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Callable
from urllib.parse import parse_qsl, quote, urlencode

from django.http import QueryDict
from hypothesis import HealthCheck, given, seed, settings
from hypothesis import strategies as st

from calculator.engine.considered import considered_skills
from calculator.engine.profile import HOUR_VALUE
from calculator.forms import VerdictForm
from calculator.money_input import MAX_PAY, Unreadable, parse_hour_value, parse_salary, parse_whole
from calculator.money_input.words import VOCABULARY, Meaning, Period, Sign, Unit
from calculator.query import (
    Name,
    Side,
    is_canonical,
    parse_study,
    read_comparison,
    write_amount,
    write_comparison,
    write_query,
)
from calculator.query_repair import repair_comparison, repair_query
from skills.editions.document import PublishedEdition
from skills.places.names import normalise
from skills.places.search import MAX_SUGGESTIONS
from tests.fuzz.extent import EXAMPLES, SEED
from tests.fuzz.made_requests import DIGITS

LONG = settings(max_examples=EXAMPLES, deadline=None, suppress_health_check=list(HealthCheck))
DIGIT = st.sampled_from("0123456789" * 8 + DIGITS)
AMOUNTS = st.lists(DIGIT | st.sampled_from(" .,'’kKmM$€£₹-+\u00a0\u202f"), min_size=1, max_size=25).map("".join)
WORDS = st.sampled_from(sorted(VOCABULARY)) | st.sampled_from(["USD", "zł", "p.a.", "Rs.", "Kč", "/-", ",-", "mil."])
PARTS = st.lists(AMOUNTS | WORDS, min_size=1, max_size=6)
SALARIES = PARTS.map(" ".join) | PARTS.map("".join) | st.text()
LETTERS = st.text() | st.text("aeilnorstu ,-'\0é🎯мо東", max_size=30)


def is_one(meanings: tuple[Meaning, ...], kind: type) -> bool:
    """Whether a word means one thing, of this kind."""
    return len(meanings) == 1 and isinstance(meanings[0], kind)


@st.composite
def places_typed(draw: st.DrawFn, published: PublishedEdition) -> str:
    """Real names and labels with a few letters changed, and any text."""
    if not draw(st.integers(0, 3)):
        return draw(LETTERS)
    slug = draw(st.sampled_from(sorted(published.edition.places)))
    name = draw(st.sampled_from([slug, published.edition.places[slug].name, published.places.label(slug)]))
    cut, taken = draw(st.integers(0, len(name))), draw(st.integers(0, 3))
    return name[:cut] + draw(st.text("aeinorst é-", max_size=2)) + name[cut + taken :]


@seed(SEED)
@LONG
@given(typed=SALARIES)
def test_salary_is_read_once_and_for_all(typed: str) -> None:
    try:
        pay = parse_salary(typed)
    except Unreadable:
        return

    assert 0 < pay.amount <= MAX_PAY
    assert parse_salary(write_amount(pay.amount)).amount == pay.amount
    assert parse_salary(f" {typed}\u00a0") == pay


@seed(SEED)
@LONG
@given(
    number=st.integers(1, 9_999),
    unit=st.sampled_from(sorted(word for word, meaning in VOCABULARY.items() if is_one(meaning, Unit))),
    sign=st.sampled_from(sorted(word for word, meaning in VOCABULARY.items() if is_one(meaning, Sign))),
    period=st.sampled_from(sorted(word for word, meaning in VOCABULARY.items() if is_one(meaning, Period))),
    order=st.sampled_from(
        ["{sign} {number} {unit} {period}", "{number} {unit} {sign} {period}", "{number}{unit} {sign}"]
    ),
)
def test_words_multiply_or_are_refused(number: int, unit: str, sign: str, period: str, order: str) -> None:
    typed = order.format(number=number, unit=unit, sign=sign, period=period)
    try:
        pay = parse_salary(typed)
    except Unreadable:
        return

    (counted,), (money,), (paid,) = VOCABULARY[unit], VOCABULARY[sign], VOCABULARY[period]
    assert isinstance(counted, Unit)
    assert isinstance(money, Sign)
    assert isinstance(paid, Period)
    times = paid.times_a_year if "{period}" in order else 1
    assert (pay.amount, pay.currencies) == (number * counted.worth * times, money.currencies)


@seed(SEED)
@LONG
@given(typed=SALARIES)
def test_worth_of_an_hour_is_read_once_and_for_all(typed: str) -> None:
    try:
        worth = parse_hour_value(typed)
    except Unreadable:
        return

    assert HOUR_VALUE.accepts(worth.amount)
    assert parse_hour_value(write_amount(worth.amount)).amount == worth.amount
    assert parse_hour_value(f" {typed}\u00a0") == worth


@seed(SEED)
@LONG
@given(typed=st.text() | st.lists(DIGIT, max_size=12).map("".join), slug=st.text(max_size=9))
def test_whole_numbers_and_hours_are_read_or_refused(typed: str, slug: str) -> None:
    try:
        read = parse_whole(typed, 1, 5000, "Study hours")
    except Unreadable:
        read = None
    try:
        study = parse_study(f"{slug}:{typed}")
    except Unreadable:
        study = None

    assert read is None or read == int(unicodedata.normalize("NFKC", typed).strip())
    assert study is None or study == (slug.strip(), read)


@seed(SEED)
@LONG
@given(data=st.data())
def test_place_that_is_found_is_found_again(published: PublishedEdition, data: st.DataObject) -> None:
    typed = data.draw(places_typed(published))
    places = published.places

    found, suggested = places.find(typed), places.suggest(typed)

    assert len({meaning.label for meaning in suggested}) == len(suggested) <= MAX_SUGGESTIONS
    assert normalise(normalise(typed)) == normalise(typed)
    if typed.isascii() and not {typed.strip(), typed.strip().lower()} & set(published.edition.places):
        assert places.find(typed.lower()) == found
    for place in found.places:
        assert places.find(places.label(place.slug)).places == (place,)
    if found.is_clear and typed.strip() not in published.edition.places:
        assert found.meanings[0] in suggested


@st.composite
def queries(draw: st.DrawFn, published: PublishedEdition) -> str:
    """Queries of which many are understood: real answers, odd spellings of them, and what is no answer."""
    skills, places = sorted(published.edition.skills), sorted(published.edition.places)
    answers = {
        Name.SALARY: st.integers(1, 10**7).map(str) | SALARIES,
        Name.PAY: st.sampled_from(["p10", "P50", "p90", "p11", ""]),
        Name.LOCATION: st.sampled_from(places) | st.sampled_from(places).map(published.places.label) | LETTERS,
        Name.SKILL: st.sampled_from(skills) | LETTERS,
        Name.HAVE: st.sampled_from(skills),
        Name.HOURS: st.integers(0, 41).map(str) | st.text(max_size=3),
        Name.YEARS: st.integers(0, 11).map(str),
        Name.ODDS: st.integers(9, 101).map(str),
        Name.EXPERIENCE: st.integers(-1, 51).map(str),
        Name.HOUR: st.sampled_from(["0", "0.00", "12.5", "12,50", "-1", "1000000001"]) | SALARIES,
        Name.EVIDENCE: st.sampled_from(["measured", "all", "headline", "none"]),
        Name.STUDY: st.tuples(st.sampled_from(skills), st.integers(0, 5001)).map(lambda pair: f"{pair[0]}:{pair[1]}"),
    }
    often = [(Name.LOCATION, st.sampled_from(places), 9), (Name.PAY, st.just("p50"), 9)]
    often.append((Name.SKILL, st.sampled_from(skills), 3))
    pairs = [(name, draw(value)) for name, value, times in often if draw(st.integers(0, times))]
    extra = draw(st.lists(st.sampled_from(list(answers)), max_size=6))
    return urlencode(
        draw(st.permutations([*pairs, *((name, draw(answers[name])) for name in extra)])), errors="replace"
    )


@seed(SEED)
@LONG
@given(data=st.data())
def test_written_query_is_read_as_the_same_profile(published: PublishedEdition, data: st.DataObject) -> None:
    query = data.draw(queries(published))
    form = VerdictForm(QueryDict(query), published)
    if not form.is_valid():
        assert all(str(message) for messages in form.errors.values() for message in messages)
        return

    written = write_query(form.profile(), published.number)

    again = VerdictForm(QueryDict(written), published)
    assert again.is_valid()
    assert again.profile() == form.profile()
    assert considered_skills(form.profile(), published.edition)
    assert write_query(again.profile(), published.number) == written
    assert is_canonical(written, written)
    assert {name for name, _ in parse_qsl(written)} <= set(Name)


#: What programs do to a whole link, and what they leave around it: any of them, in any order.
DAMAGE = st.sampled_from(
    [
        lambda query: query.replace("&", "&amp;"),
        lambda query: query.replace("&", "&amp;amp;"),
        lambda query: query.replace("&", ";"),
        lambda query: query.replace("&", "&&"),
        lambda query: query.replace("&", "\n&"),
        lambda query: query.replace("=", "=="),
        lambda query: query.replace("skill=", "SKILL[]="),
        lambda query: query.replace("location=", "loca%E2%80%8Btion="),
        lambda query: quote(query, safe=""),
        lambda query: quote(query),
        lambda query: f"utm_source=x&{query}",
        lambda query: f"{query}&fbclid=x",
        lambda query: f"[{query}](https://example.com/verdict/?{query})",
        lambda query: f"{query}&{query}",
        *(
            (lambda query, sign=sign: f"{query}{sign}")
            for sign in (")", ").", "%22", "…", "*", " ", ",", ">", "%E2%80%8B")
        ),
        *((lambda query, sign=sign: f"{sign}{query}") for sign in ("?", "&", "(", "%EF%BB%BF", "%3C", '"')),
    ]
)


@seed(SEED)
@LONG
@given(data=st.data(), damage=st.lists(DAMAGE, max_size=3))
def test_damaged_address_is_read_as_the_one_it_was(
    published: PublishedEdition, data: st.DataObject, damage: list[Callable[[str], str]]
) -> None:
    form = VerdictForm(repair_query(QueryDict(data.draw(queries(published)))), published)
    if not form.is_valid():
        return
    shared = write_query(form.profile(), published.number)
    assert repair_query(query := QueryDict(shared)) == query

    damaged = shared
    for change in damage:
        damaged = change(damaged)

    again = VerdictForm(repair_query(QueryDict(damaged)), published)
    assert again.is_valid(), (damaged, dict(again.errors))
    assert write_query(again.profile(), published.number) == shared


@seed(SEED)
@LONG
@given(text=st.text() | st.text("aslkil=&;%?[]()<>\"'.,0123456789 \n").map(lambda text: f"skill={text}"))
def test_any_query_is_repaired_and_an_undamaged_one_stays(text: str) -> None:
    query = QueryDict(text)

    repaired = repair_query(query)

    assert all(value in repaired.getlist(name) for name, value in query.items() if name not in Name and "=" not in name)
    assert set(repair_comparison(query, text)) <= set(Side)


@seed(SEED)
@LONG
@given(a=LETTERS, b=LETTERS)
def test_sides_of_a_comparison_are_read_as_they_were_written(a: str, b: str) -> None:
    a, b = (urlencode({"location": text}, errors="replace") for text in (a, b))

    written = write_comparison(a, b)

    assert read_comparison(dict(parse_qsl(written))) == (a, b)
    assert [name for name, _ in parse_qsl(written)] == list(Side)
