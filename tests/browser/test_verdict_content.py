"""What a verdict asks of its reader: screens, words and room; what is switched and printed."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Page, expect

from tests.browser.accessibility import HEIGHT, Scheme, find_overflows, find_violations
from tests.calculator.states import FOUR, STATES

ALL = "salary=115000&location=us-austin-tx"
QUESTION = "salary=15000&location=pl-warsaw"
MAX_SCREENS, MAX_WORDS = 5, 400
#: The words that a page shows before anything is opened, its header and footer too. A no-break space parts words, too:
#: “PLN 11,000” is two.
COUNT_WORDS = """
() => {
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  let words = 0;
  while (walker.nextNode()) {
    const { parentElement, data } = walker.currentNode;
    const isShown = parentElement.checkVisibility({ visibilityProperty: true });
    if (isShown && !parentElement.closest(".visually-hidden, .skip-link, script, noscript, option"))
      words += data.split(/\\s+/).filter((word) => /[\\p{L}\\p{N}]/u.test(word)).length;
  }
  return words;
}
"""
#: Labels of an axis that are outside of it or over each other.
FIND_CROWDED_LABELS = """
() => [...document.querySelectorAll("svg.axis")].flatMap((axis) => {
  const boxes = [...axis.querySelectorAll("text")].filter((text) => text.checkVisibility())
    .map((text) => [text.textContent, text.getBoundingClientRect()]);
  const isOver = (box, other) => box.left < other.right && box.right > other.left && box.top < other.bottom - 1
    && box.bottom > other.top + 1;
  const over = boxes.filter(([, box], index) => index && isOver(box, boxes[index - 1][1]));
  const outside = boxes.filter(([, box]) => box.left < 0 || box.right > document.documentElement.clientWidth);
  return [...over, ...outside].map(([text]) => text);
})
"""
SEEN = {
    "four": FOUR,
    "all": ALL,
    "19": STATES["all"],
    "years of work": f"{FOUR}&experience=7",
    "19, years of work": f"{STATES['all']}&experience=7",
    "below zero": STATES["nothing-likelier"],
    "one": STATES["firm"],
    "stay put": STATES["no-gain"],
    "no time": STATES["no-time"],
    "question": QUESTION,
    "no market": STATES["no-market-all"],
    "nothing measured": STATES["not-enough-data"],
    "too little": STATES["too-little"],
    "level": STATES["level"],
    "shared": FOUR.replace("salary=115000", "pay=p50"),
    "shared, all": ALL.replace("salary=115000", "pay=p50"),
    "long amounts": "salary=2500000&location=hu",
}
#: What a phone reads in few screens and words.
SHORT = ("four", "all", "19", "stay put", "long amounts", "shared", "shared, all")
#: Together they have every part of the page; the others have some of these parts.
IN_BOTH_SCHEMES = (
    "four",
    "19, years of work",
    "one",
    "stay put",
    "question",
    "no market",
    "nothing measured",
    "shared",
)
#: The longest pages of each kind: a currency may be a word, and years of work add a way.
WORDIEST = {
    "Kraków": "salary=300000&location=pl-krakow",
    "Kraków, 8 years": "salary=300000&location=pl-krakow&experience=8",
    "Kraków, low pay, 12 years": "salary=120000&location=pl-krakow&experience=12",
    "Kraków, three skills": "salary=120000&location=pl-krakow&skill=kafka&skill=kubernetes&skill=site-reliability"
    "&experience=7",
    "Kraków, skills held": "salary=300000&location=pl-krakow&have=docker&have=postgresql&have=python&experience=3",
    "Kraków, stay put": "salary=300000&location=pl-krakow&hours=1&years=1&experience=8",
    "Kraków, nothing measured": "salary=300000&location=pl-krakow&skill=application-security&experience=8",
    "Kraków, shared": "location=pl-krakow&have=docker&have=postgresql&have=python&experience=3&pay=p25",
    "Bengaluru, 12 years": "salary=3500000&location=in-bengaluru&experience=12",
    "Bengaluru, shared": "location=in-bengaluru&skill=kafka&skill=kubernetes&skill=site-reliability&experience=3"
    "&pay=p75",
    "Brazil, 7 years": "salary=220000&location=br&experience=7",
    "Brazil, shared": "location=br&have=docker&have=postgresql&have=python&experience=7&pay=p50",
    "Zürich, 7 years": "salary=85000&location=ch-zurich&experience=7",
    "Zürich, shared": "location=ch-zurich&experience=12&pay=p25",
}


def open_verdict(page: Page, query: str) -> None:
    """Open the verdict of edition 1 as if it were the newest, whatever other tests have published."""
    page.route("**/verdict/latest/*", lambda route: route.fulfill(status=204))
    page.goto(f"/verdict/?{query}&edition=1")
    page.wait_for_load_state("networkidle")


@pytest.mark.parametrize("name", WORDIEST)
def test_phone_reads_a_verdict_in_few_screens_and_words(page: Page, name: str) -> None:
    page.set_viewport_size({"width": 360, "height": HEIGHT})
    open_verdict(page, WORDIEST[name])

    assert page.evaluate("document.documentElement.scrollHeight") / HEIGHT <= MAX_SCREENS
    assert page.evaluate(COUNT_WORDS) <= MAX_WORDS


@pytest.mark.parametrize("name", SEEN)
def test_each_state_is_accessible_and_fits(page: Page, name: str) -> None:
    schemes: tuple[Scheme, ...] = ("light", "dark") if name in IN_BOTH_SCHEMES else ("light",)
    page.set_viewport_size({"width": 360, "height": HEIGHT})
    open_verdict(page, SEEN[name])

    if name in SHORT:
        assert page.evaluate("document.documentElement.scrollHeight") / HEIGHT <= MAX_SCREENS
        assert page.evaluate(COUNT_WORDS) <= MAX_WORDS
    page.set_viewport_size({"width": 320, "height": HEIGHT})
    assert find_violations(page, *schemes) == []
    assert find_overflows(page) == {}
    page.evaluate("document.documentElement.style.fontSize = '200%'")
    assert find_overflows(page, 320) == {}
    assert page.evaluate(FIND_CROWDED_LABELS) == []


def test_switch_considers_the_skill_that_is_not_known_and_back(page: Page) -> None:
    open_verdict(page, FOUR)
    switch = page.get_by_role("switch", name="Assumes you know Docker")

    switch.uncheck()
    expect(page).to_have_url(re.compile(r"&skill=docker&skill=kubernetes&"))
    expect(page.locator("#answer")).to_contain_text("Docker comes first")
    expect(page.locator("#plan .row--first")).to_contain_text("Kubernetes")
    expect(switch).not_to_be_checked()

    switch.check()
    expect(page).to_have_url(re.compile(r"&skill=cloud-architecture&skill=kubernetes&"))
    expect(page.locator("#answer")).not_to_contain_text("Docker comes first")


def test_switch_works_without_javascript(plain_page: Page) -> None:
    plain_page.goto(f"/verdict/?{FOUR}")

    plain_page.get_by_role("switch", name="Assumes you know Docker").uncheck()
    plain_page.locator(".answer").get_by_role("button", name="Update").click()

    expect(plain_page).to_have_url(re.compile(r"&skill=docker&skill=kubernetes&"))


def test_question_is_answered_by_one_tap(page: Page) -> None:
    open_verdict(page, QUESTION)
    expect(page.get_by_role("heading", level=1)).to_have_text("Is PLN\u00a015,000 your pay a month?")

    page.get_by_role("link", name="Yes: PLN 180,000 a year").click()

    expect(page.get_by_role("heading", level=1)).to_have_text(re.compile("^Learn "))
    expect(page).to_have_url(re.compile("salary=180000"))


def test_pay_called_right_stays_right_while_an_answer_changes(page: Page) -> None:
    open_verdict(page, QUESTION)

    page.get_by_role("link", name="No: PLN 15,000 a year is right").click()
    page.get_by_text("6 hours a week", exact=True).click()
    page.get_by_label("Hours of study a week").fill("9")
    page.get_by_label("Hours of study a week").press("Enter")

    expect(page).to_have_url(re.compile("hours=9.*sure=15000"))
    expect(page.get_by_text("One question first")).to_have_count(0)


def test_all_rows_are_behind_their_count(page: Page) -> None:
    open_verdict(page, STATES["all"])
    row = page.get_by_role("row", name=re.compile("Application security"))
    expect(row).to_be_hidden()

    page.get_by_text("The other skills").click()

    expect(row).to_be_visible()
    expect(page.get_by_role("rowheader")).to_have_count(20)


def test_years_of_work_in_one_tap_show_the_next_step_and_staying(page: Page) -> None:
    open_verdict(page, FOUR)
    page.get_by_role("button", name="5–9").click()

    expect(page).to_have_url(re.compile(r"&experience=7&"))
    expect(page.locator("#other-ways")).to_contain_text("Promotion from senior to staff or lead")
    expect(page.locator("#other-ways")).to_contain_text("staying a year: $")
    expect(page.get_by_role("button", name="5–9")).to_have_count(0)


def test_all_ways_are_loaded_in_the_place_of_the_few(page: Page) -> None:
    open_verdict(page, FOUR)
    address = page.url
    page.get_by_role("link", name=re.compile(r"All \d+ ways")).click()

    expect(page.locator("#other-ways #ways")).to_contain_text("Negotiate an offer")
    expect(page.locator("#few-ways")).to_have_count(0)
    assert page.url == address
