"""Filling in the form, in a real browser: home page, sets, search, Back, chips; with and without scripts."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from playwright.sync_api import BrowserType, Page, expect

from tests.browser.accessibility import find_overflows, find_violations
from tests.browser.conftest import Site
from tests.grouped_pay import GROUPED, LEFT

VERDICT = "/verdict/?salary=115000&location=us-austin-tx&skill=kafka"
FOUR = ["ai-ml-integration", "cloud-architecture", "kubernetes", "system-design"]
MISTAKES = "/verdict/?salary=lots&location=Birmingham&skill=cobol&hours=99"
PAY = "Your pay before tax"
PLACE = "Where you are paid"
BUTTON = "Get my verdict"
PHONE = {"width": 360, "height": 740}


def find_ticked(page: Page, name: str = "skill") -> list[str]:
    values: list[str] = page.locator(f"[name={name}]:checked").evaluate_all("boxes => boxes.map(box => box.value)")
    return sorted(values)


def enter_place(page: Page, place: str) -> None:
    """Type a place and leave the field: the list of places would open over what is pressed next."""
    page.get_by_label(PLACE).fill(place)
    page.get_by_label(PLACE).press("Tab")


def tick(page: Page, name: str, slug: str) -> None:
    """Press the chip of a skill."""
    page.locator(f"label:has(#{name}-{slug})").click()


def open_options(page: Page) -> None:
    page.locator("#options > summary").click()


# What a first visit costs


def test_landing_to_verdict_takes_four_interactions(page: Page) -> None:
    page.goto("/")
    interactions: list[Callable[[], object]] = [
        lambda: page.get_by_label(PAY).fill("115k"),
        lambda: page.get_by_label(PLACE).fill("Austin"),
        lambda: page.get_by_role("option").filter(has_text="Austin-Round Rock").click(),
        lambda: page.get_by_role("button", name=BUTTON).click(),
    ]

    for interact in interactions:
        interact()

    expect(page).to_have_url(re.compile(r"/verdict/\?salary=115000&location=us-austin-tx&edition=\d+$"))
    assert len(interactions) <= 4


def test_press_counts_though_an_answer_comes_in_the_middle_of_it(page: Page) -> None:
    page.set_viewport_size(PHONE)  # type: ignore[arg-type]  # a plain dict is one
    page.goto("/")
    page.get_by_label(PAY).fill("115k")
    page.get_by_label(PLACE).fill("Austin")
    expect(page.get_by_role("listbox")).to_be_visible()
    page.get_by_label(PLACE).press("Escape")
    chip, reading = page.locator("label:has(#have-docker)"), page.locator("#pay-reading")

    chip.hover()
    with page.expect_response(re.compile("pay/reading")):
        page.mouse.down()
    page.wait_for_timeout(100)  # the answer has arrived: it would be in place by now
    expect(reading).to_be_hidden()
    page.mouse.up()

    expect(page.locator("#have-docker")).to_be_checked()
    expect(reading).to_be_visible()


def test_press_without_an_end_does_not_hold_an_answer_back(page: Page) -> None:
    page.goto("/")
    page.get_by_label(PAY).fill("115k")
    page.get_by_label(PLACE).fill("Austin")

    page.locator("h1").hover()
    page.mouse.down()

    expect(page.locator("#pay-reading")).to_be_visible()


def test_twelve_tab_stops_stand_before_the_button(page: Page) -> None:
    page.goto("/")
    button = page.get_by_role("button", name=BUTTON)

    stops = 0
    while not button.evaluate("button => button === document.activeElement"):
        page.keyboard.press("Tab")
        stops += 1
        assert stops <= 30

    assert stops - 1 <= 12


def test_form_and_button_are_in_sight_on_a_phone(page: Page) -> None:
    page.set_viewport_size(PHONE)  # type: ignore[arg-type]  # a plain dict is one
    page.goto("/")

    for part in (page.get_by_label(PAY), page.get_by_label("Period"), page.get_by_label(PLACE)):
        expect(part).to_be_in_viewport(ratio=1)
    expect(page.get_by_role("button", name=BUTTON)).to_be_in_viewport(ratio=1)


def test_home_page_is_read_in_three_screens(page: Page) -> None:
    page.set_viewport_size(PHONE)  # type: ignore[arg-type]  # a plain dict is one
    page.goto("/")

    unseen = " ".join(page.locator("#id_period option:not(:checked)").all_inner_texts())
    words = len(page.locator("body").inner_text().split()) - len(unseen.split())
    assert words <= 300
    assert page.evaluate("document.documentElement.scrollHeight") <= 3.1 * PHONE["height"]


@pytest.mark.parametrize(
    ("pay", "period", "place", "known", "years", "address"),
    [
        ("15 000 zł", "a month", "Warsaw", ["postgresql"], "", "salary=180000&location=pl-warsaw&have=postgresql"),
        ("32k", "a year", "Leeds", ["typescript"], "1", "salary=32000&location=gb-leeds&have=typescript&experience=1"),
        ("115000", "a year", "Austin", [], "", "salary=115000&location=us-austin-tx"),
    ],
    ids=["Warsaw", "Leeds, junior", "pay and place alone"],
)
def test_developer_gets_a_verdict(
    page: Page, plain_page: Page, pay: str, period: str, place: str, known: list[str], years: str, address: str
) -> None:
    """The same without scripts."""
    for each in (page, plain_page):
        each.goto("/")
        each.get_by_label(PAY).fill(pay)
        each.get_by_label("Period").select_option(period)
        enter_place(each, place)
        for slug in known:
            if not each.locator(f"#have-{slug}").is_visible():
                each.locator("#more-have > summary").click()
            tick(each, "have", slug)
        if years:
            open_options(each)
            each.get_by_label("Years of work").fill(years)
        each.get_by_role("button", name=BUTTON).click()

        expect(each).to_have_url(re.compile(rf"/verdict/\?{address}&edition=\d+$"))
        expect(each.get_by_role("heading", level=1)).to_have_text(re.compile("^(Learn .* first|Stay put.*)$"))


# Sets, search, count


def test_set_adds_to_what_is_ticked_and_says_so(page: Page) -> None:
    page.goto("/?skill=rust")
    said = page.locator("[data-added]")

    page.get_by_role("button", name="The usual four").click()
    expect(said).to_have_text(
        "Added 4 skills: AI/ML integration, Cloud architecture (AWS/GCP), Kubernetes and System design."
    )
    assert find_ticked(page) == sorted([*FOUR, "rust"])
    page.get_by_role("button", name="Cloud and operations").click()
    expect(said).to_have_text(
        re.compile(r"^Added 4 skills: Docker, CI/CD .* and Site reliability and observability\.$")
    )
    page.get_by_role("button", name="The usual four").click()

    expect(said).to_have_text("You have chosen all of “The usual four” already.")
    expect(page).to_have_url(re.compile(r"/\?skill=rust$"))


def test_set_without_scripts_adds_too_and_keeps_what_was_typed(plain_page: Page) -> None:
    page = plain_page
    page.goto("/")
    page.get_by_label(PAY).fill("9500")
    page.get_by_label("Period").select_option("a month")
    enter_place(page, "Austin")
    tick(page, "have", "java")
    open_options(page)
    expect(page.get_by_label("Find a skill")).to_have_count(2)
    expect(page.get_by_label("Find a skill").last).to_be_hidden()
    tick(page, "skill", "rust")

    page.get_by_role("button", name="The usual four").click()

    expect(page).to_have_url(re.compile(r"#id_skill$"))
    expect(page.locator("[data-added]")).to_have_text(re.compile("^Added 4.skills: AI/ML integration, "))
    assert find_ticked(page) == sorted([*FOUR, "rust"])
    assert find_ticked(page, "have") == ["java"]
    expect(page.get_by_label(PLACE)).to_have_value("Austin")
    page.get_by_role("button", name=BUTTON).click()
    expect(page).to_have_url(re.compile(r"/verdict/\?salary=114000&location=us-austin-tx&skill=ai.*&skill=rust&"))


def test_too_many_skills_are_counted(page: Page) -> None:
    page.goto("/?skill=rust")
    line = page.locator("[data-most]")
    expect(line).to_be_hidden()

    for name in ("The usual four", "Cloud and operations", "AI and data"):
        page.get_by_role("button", name=name).click()
    expect(line).to_have_text("You chose 13 skills; compare up to 10.")
    for slug in ("rust", "docker", "ci-cd"):
        tick(page, "skill", slug)

    expect(line).to_be_hidden()


def test_search_finds_names_other_names_and_related_words(page: Page) -> None:
    page.goto("/")
    open_options(page)
    search, skills = page.locator("#find-skill"), page.locator("#id_skill label.chip:visible")

    for text, names in {
        "k8s": ["Kubernetes"],
        "GOLANG": ["Go"],
        "sre": ["Site reliability and observability"],
        "llm": ["AI/ML integration"],
        "vector sea": ["AI/ML integration"],
        "gcp": ["Cloud architecture (AWS/GCP)"],
        "kubernets": ["Kubernetes"],
    }.items():
        search.fill(text)
        expect(skills).to_have_count(len(names))
        expect(skills).to_have_text(names)
    expect(search.locator("~ p")).to_have_text("No skill is called “kubernets”. Did you mean Kubernetes?")
    search.fill("react")
    expect(search.locator("~ p")).to_have_text("React is not measured yet: front-end skills come later.")
    expect(skills).to_have_count(23)
    search.press("Escape")

    expect(search).to_have_value("")
    expect(skills).to_have_count(23)
    expect(search.locator("~ p")).to_be_hidden()


def test_search_is_no_answer(page: Page) -> None:
    page.goto("/?salary=115000&location=us-austin-tx&skill=go")
    opened: list[str] = []
    page.on("framenavigated", lambda frame: opened.append(frame.url))

    page.locator("#more-have > summary").click()
    page.locator("#find-have").fill("rust")
    page.locator("#find-have").press("Enter")
    tick(page, "have", "rust")
    page.get_by_role("button", name=BUTTON).click()

    expect(page).to_have_url(
        re.compile(r"/verdict/\?salary=115000&location=us-austin-tx&skill=go&have=rust&edition=\d+$")
    )
    assert [address for address in opened if "/verdict/" in address] == opened[-1:]


# Going back


@pytest.fixture
def caching_page(browser_type: BrowserType, browser_type_launch_args: dict[str, Any], site: Site) -> Iterator[Page]:
    """A page of a browser that keeps whole pages for Back, which Playwright's own does not."""
    browser = browser_type.launch(**browser_type_launch_args, ignore_default_args=["--disable-back-forward-cache"])
    yield browser.new_page(base_url=site.address)
    browser.close()


def test_pay_is_read_back_next_to_its_field(page: Page) -> None:
    page.goto("/")

    page.get_by_label(PAY).fill("9500")
    page.get_by_label("Period").select_option("a month")

    expect(page.locator("#pay-reading")).to_have_text("We read 9,500 a month as 114,000 a year.")


@pytest.mark.parametrize("keeps_pages", [False, True], ids=["page loaded again", "page kept"])
def test_back_finds_the_form_as_it_was_left(page: Page, keeps_pages: bool, request: pytest.FixtureRequest) -> None:
    if keeps_pages:
        page = request.getfixturevalue("caching_page")
    page.goto("/")
    page.get_by_label(PAY).fill("9.5k")
    page.get_by_label("Period").select_option("a month")
    enter_place(page, "Austin")
    tick(page, "have", "java")
    open_options(page)
    page.get_by_label("Years of work").fill("7")
    tick(page, "skill", "go")
    page.get_by_role("button", name=BUTTON).click()
    expect(page.locator("#answer-title")).to_be_visible()
    page.wait_for_load_state("networkidle")

    page.go_back()

    expect(page.get_by_label(PAY)).to_have_value("9,500")
    expect(page.get_by_label("Period")).to_have_value("month")
    expect(page.get_by_label(PLACE)).to_have_value("Austin")
    expect(page.locator("#options")).to_have_attribute("open", "")
    expect(page.get_by_label("Years of work")).to_have_value("7")
    assert (find_ticked(page, "have"), find_ticked(page)) == (["java"], ["go"])


# Keyboard


def test_keyboard_alone_reaches_a_verdict(page: Page) -> None:
    page.goto("/")
    page.keyboard.press("Tab")
    expect(page.get_by_role("link", name="Skip to content")).to_be_focused()
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    expect(page.get_by_label(PAY)).to_be_focused()
    page.keyboard.type("115k")
    page.keyboard.press("Tab")
    expect(page.get_by_label("Period")).to_be_focused()
    page.keyboard.press("Tab")
    expect(page.get_by_label(PLACE)).to_be_focused()
    page.keyboard.type("Austin")
    page.keyboard.press("Tab")
    expect(page.locator("#have-docker")).to_be_focused()
    page.keyboard.press("Space")
    page.keyboard.press("Enter")

    expect(page).to_have_url(re.compile(r"salary=115000&location=us-austin-tx&have=docker&edition=\d+$"))
    expect(page.get_by_role("heading", level=1)).to_have_text(re.compile("^Learn .* first$"))


# The chips below a verdict


def test_chip_is_updated_where_it_is_read(page: Page) -> None:
    page.goto(VERDICT)
    page.evaluate("window.marker = 'same document'")

    page.locator("#chip-hours > summary").click()
    page.get_by_label("Hours of study a week").fill("10")
    page.locator("#chip-hours").get_by_role("button", name="Update").click()

    expect(page).to_have_url(re.compile(r"&hours=10&edition=\d+$"))
    expect(page.locator("#chip-hours > summary")).to_have_text("10 hours a week")
    assert page.evaluate("window.marker") == "same document"


def test_ticked_skill_counts_at_once_and_its_chip_stays_open(page: Page) -> None:
    page.goto(VERDICT)

    page.locator("#chip-have > summary").click()
    tick(page, "have", "java")

    expect(page).to_have_url(re.compile(r"&have=java&edition=\d+$"))
    expect(page.locator("#chip-have")).to_have_attribute("open", "")
    expect(page.locator("#chip-have > summary")).to_have_text("I know: Java")
    expect(page.locator("#have-java")).to_be_focused()


def test_set_asks_for_the_new_verdict_once(page: Page) -> None:
    page.add_init_script(
        "window.asked = 0;"
        "document.addEventListener('htmx:beforeRequest', ({ detail }) => { asked += detail.target.id === 'verdict'; });"
    )
    page.goto(VERDICT)
    page.locator("#chip-skill > summary").click()

    page.get_by_role("button", name="The usual four").click()

    expect(page).to_have_url(re.compile("&".join(f"skill={slug}" for slug in sorted([*FOUR, "kafka"]))))
    expect(page.get_by_role("button", name="The usual four")).to_be_focused()
    expect(page.locator("#chip-skill > summary")).to_have_text("5 skills")
    assert page.evaluate("asked") == 1


def test_one_chip_is_open_at_a_time(page: Page) -> None:
    page.goto(VERDICT)

    page.locator("#chip-hours > summary").click()
    page.locator("#chip-years > summary").click()

    expect(page.locator("details[name=answer][open]")).to_have_attribute("id", "chip-years")


def test_chips_without_scripts_send_the_answers_of_the_closed_ones_too(plain_page: Page) -> None:
    page = plain_page
    page.goto(f"{VERDICT}&have=java&odds=80")

    page.locator("#chip-years > summary").click()
    page.get_by_label("Years to look ahead").fill("5")
    page.locator("#chip-years").get_by_role("button", name="Update").click()

    expect(page).to_have_url(re.compile(r"location=us-austin-tx&skill=kafka&have=java&years=5&odds=80&edition=\d+$"))


def test_mistake_in_a_chip_is_put_right_there(page: Page) -> None:
    page.goto(VERDICT)

    page.locator("#chip-hours > summary").click()
    page.get_by_label("Hours of study a week").fill("99")
    page.locator("#chip-hours").get_by_role("button", name="Update").click()

    expect(page.locator("#id_hours-error")).to_contain_text(
        "Hours of study a week must be a whole number from 1 to 40."
    )
    expect(page.get_by_label("Hours of study a week")).to_be_focused()
    expect(page.get_by_label("Hours of study a week")).to_have_value("99")
    page.get_by_label("Hours of study a week").fill("9")
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile(r"skill=kafka&hours=9&edition=\d+$"))


def test_empty_form_moves_the_focus_to_the_summary_of_mistakes(page: Page) -> None:
    page.goto("/#how")

    page.get_by_role("button", name=BUTTON).click()

    expect(page.locator("#error-summary")).to_be_focused()
    expect(page.locator("#error-summary")).to_be_in_viewport()
    expect(page.get_by_role("link", name="pay")).to_be_visible()


@pytest.mark.parametrize(
    "path",
    [
        pytest.param(MISTAKES, id="verdict"),
        pytest.param("/compare/?a=salary%3Dlots&b=salary%3Dlots", id="comparison"),
        pytest.param("/compare/with/?a=salary%3D115000%26location%3Dus-austin-tx&b=&location=Birmingham", id="compare"),
    ],
)
def test_summary_of_mistakes_has_the_focus_without_a_script_too(plain_page: Page, base_url: str, path: str) -> None:
    plain_page.goto(f"{base_url}{path}")

    expect(plain_page.locator("#error-summary")).to_be_focused()
    expect(plain_page.locator("#error-summary")).to_be_in_viewport()


# Looks


@pytest.mark.parametrize(
    ("path", "opened"),
    [
        pytest.param("/", ["#options", "#more-have"], id="home"),
        pytest.param(MISTAKES, [], id="mistakes"),
        pytest.param(VERDICT, ["#chip-have", "#more-have"], id="what you know"),
        pytest.param(VERDICT, ["#chip-skill"], id="skills"),
        pytest.param(VERDICT, ["#chip-more"], id="more"),
        pytest.param(VERDICT, ["#chip-salary"], id="pay"),
        pytest.param(VERDICT, ["#chip-location"], id="place"),
    ],
)
def test_open_form_is_accessible_and_fits(page: Page, path: str, opened: list[str]) -> None:
    page.goto(path)
    for part in opened:
        page.locator(f"{part} > summary").click()

    part = "main" if path != VERDICT else "#answers"
    assert find_violations(page, "light", "dark", part=part) == []
    assert find_overflows(page) == {}
    page.evaluate("document.documentElement.style.fontSize = '200%'")
    assert find_overflows(page, 320) == {}


def test_pay_is_grouped_when_its_field_is_left(page: Page) -> None:
    page.goto("/")
    pay = page.get_by_label(PAY)

    for typed, shown in [*GROUPED.items(), *((text, text) for text in LEFT)]:
        pay.fill(typed)
        pay.blur()
        expect(pay).to_have_value(shown)
