"""The journeys of a visitor and a reader, in a real browser, with and without JavaScript."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, Route, expect

if TYPE_CHECKING:
    from tests.browser.conftest import Site

FOUR = (
    "salary=115000&location=us-austin-tx&skill=ai-ml-integration&skill=cloud-architecture&skill=system-design"
    "&skill=kubernetes"
)
STATES = {
    "home": "/",
    "toss-up": f"/verdict/?{FOUR}",
    "firm": "/verdict/?salary=115000&location=us-austin-tx&skill=kubernetes",
    "stay-put": "/verdict/?salary=115000&location=us-austin-tx&skill=cpp&hours=1&years=1",
    "nothing-measured": "/verdict/?salary=115000&location=us&skill=application-security",
    "no-market": "/verdict/?salary=115000&location=al&skill=kubernetes",
    "mistakes": "/verdict/?salary=lots&location=Birmingham&skill=cobol&hours=99",
    "no-edition": f"/verdict/?{FOUR}&edition=999",
    "skill": "/skills/ai-ml-integration/",
}


def fill_and_ask(page: Page) -> None:
    page.goto("/")
    page.get_by_label("Your pay a year, before tax").fill("115k")
    page.get_by_label("Where you are paid").fill("Austin")
    for name in ("AI/ML integration", "Cloud architecture (AWS/GCP)", "System design", "Kubernetes"):
        page.get_by_role("checkbox", name=name).first.check()
    page.get_by_role("button", name="Get my verdict").click()
    expect(page.locator("#verdict-title")).to_be_visible()
    page.wait_for_load_state()


def test_visitor_gets_a_verdict(page: Page) -> None:
    fill_and_ask(page)

    expect(page.get_by_role("heading", level=1)).to_have_text("Best bet: Kubernetes")
    expect(page).to_have_url(re.compile(r"/verdict/\?salary=115000&location=us-austin-tx&skill=.*&edition=\d+$"))


def test_visitor_without_javascript_gets_the_same_verdict(browser: Browser, site: Site, page: Page) -> None:
    fill_and_ask(page)
    address = page.url

    with browser.new_context(java_script_enabled=False, base_url=site.address) as context:
        plain = context.new_page()
        fill_and_ask(plain)

        assert plain.url == address
        for part in (".headline", "#path", "#flips", ".figures", ".answer-list"):
            assert plain.locator(part).first.inner_text() == page.locator(part).first.inner_text()


def test_changed_answer_swaps_the_panel_and_pushes_its_address(page: Page) -> None:
    page.goto(f"/verdict/?{FOUR}")
    page.evaluate("window.marker = 'same document'")

    page.get_by_label("Study hours a week").fill("10")
    page.get_by_role("button", name="Get my verdict").click()

    expect(page).to_have_url(re.compile(r"&hours=10&edition=\d+$"))
    expect(page.locator(".facts")).to_contain_text("at 10 hours a week")
    expect(page.get_by_role("status")).to_have_text(re.compile("Kubernetes: .* Toss-up|Kubernetes"))
    assert page.evaluate("window.marker") == "same document"


def test_refining_keeps_focus_and_place_and_is_announced_once(page: Page) -> None:
    page.goto(f"/verdict/?{FOUR}")
    page.evaluate(
        """() => {
          window.said = [];
          const announcer = document.getElementById("announcer");
          new MutationObserver(() => window.said.push(announcer.textContent)).observe(announcer, { childList: true });
        }"""
    )
    hours = page.get_by_label("Study hours a week")

    hours.scroll_into_view_if_needed()
    hours.focus()
    before = hours.bounding_box()
    hours.fill("12")

    expect(page.locator(".facts")).to_contain_text("at 12 hours a week")
    expect(page).to_have_url(re.compile("&hours=12&"))
    expect(hours).to_be_focused()
    after = hours.bounding_box()
    assert before is not None
    assert after is not None
    assert abs(after["y"] - before["y"]) < 2
    page.wait_for_timeout(700)
    assert len(page.evaluate("window.said")) == 1


def test_fast_typing_ends_with_the_newest_answer(page: Page) -> None:
    page.goto(f"/verdict/?{FOUR}")
    held_back: list[str] = []

    def delay_the_first(route: Route) -> None:
        held_back.append(route.request.url)
        if len(held_back) == 1:
            page.wait_for_timeout(800)
        route.continue_()

    page.route("**/verdict/panel/**", delay_the_first)
    hours = page.get_by_label("Study hours a week")
    hours.fill("2")
    page.wait_for_timeout(600)
    hours.fill("20")

    expect(page.locator(".facts")).to_contain_text("at 20 hours a week")
    page.wait_for_timeout(1200)
    expect(page.locator(".facts")).to_contain_text("at 20 hours a week")
    expect(hours).to_have_value("20")


def test_changed_place_updates_the_verdict_and_its_currency(page: Page) -> None:
    page.goto(f"/verdict/?{FOUR}")

    page.get_by_label("Where you are paid").fill("Germany")
    page.get_by_label("Where you are paid").blur()

    expect(page).to_have_url(re.compile("location=de&"))
    expect(page.locator(".headline__amount")).to_contain_text("€")
    expect(page.locator("#salary-currency")).to_contain_text("Base pay, in euros (€).")


def test_half_a_number_is_no_mistake_until_the_field_is_left(page: Page) -> None:
    page.goto(f"/verdict/?{FOUR}")
    odds = page.get_by_label("How likely you think it that you get paid for it, in %")

    odds.fill("8")
    page.wait_for_timeout(900)
    expect(odds).to_have_value("8")
    expect(page.get_by_role("heading", level=1)).to_have_text("Best bet: Kubernetes")
    odds.fill("")
    page.wait_for_timeout(900)
    expect(odds).to_have_value("")
    odds.fill("8")
    odds.blur()

    expect(page.locator("#error-summary")).to_contain_text("The odds must be a whole number from 10 to 100.")


def test_ticking_after_the_last_skill_was_unticked_keeps_the_list_open(page: Page) -> None:
    page.goto("/verdict/?salary=115000&location=us-austin-tx&skill=kubernetes")
    page.get_by_text("Skills to choose from: 1 chosen").click()
    page.locator("#skill-kubernetes").uncheck()
    expect(page.get_by_text("Skills to choose from: all are considered")).to_be_visible()

    page.locator("#skill-kafka").check()

    expect(page.get_by_role("heading", level=1)).to_have_text("Best bet: Event streaming (Kafka)")
    expect(page.locator("#skill-kafka")).to_be_focused()
    expect(page.locator("#skill-kafka")).to_be_visible()


def test_refining_after_back_is_announced_too(page: Page) -> None:
    page.goto(f"/verdict/?{FOUR}")
    page.get_by_label("Study hours a week").fill("9")
    expect(page).to_have_url(re.compile("hours=9&"))
    page.go_back()
    expect(page.locator(".facts")).to_contain_text("at 6 hours a week")
    page.wait_for_load_state()

    page.get_by_label("Study hours a week").fill("20")

    expect(page.locator("#announcer")).to_have_text(re.compile("^Best bet Kubernetes, toss-up: .* after 6 weeks"))


def test_every_flip_leads_to_another_best_bet(page: Page) -> None:
    page.goto(f"/verdict/?{FOUR}")
    now = page.get_by_role("heading", level=1).inner_text()
    flips = page.locator(".flips__link").evaluate_all(
        "links => links.map(a => [a.href, a.querySelector('b').textContent])"
    )

    assert len(flips) >= 4
    for address, outcome in flips:
        page.goto(address)
        title = page.get_by_role("heading", level=1).inner_text()
        assert title != now
        assert outcome in title or outcome == "staying put"


def test_verdict_prints_on_two_pages(page: Page) -> None:
    page.goto(f"/verdict/?{FOUR}")

    pdf = page.pdf(format="A4")

    assert len(re.findall(rb"/Type\s*/Page\b(?!s)", pdf)) <= 2


def test_back_and_forward_show_whole_pages(page: Page) -> None:
    page.goto(f"/verdict/?{FOUR}")
    for hours in ("10", "20"):
        page.get_by_label("Study hours a week").fill(hours)
        page.get_by_role("button", name="Get my verdict").click()
        expect(page).to_have_url(re.compile(f"hours={hours}&"))
        expect(page.locator(".htmx-request")).to_have_count(0)  # else the next fill types into a field that is replaced

    page.go_back()
    expect(page.locator(".facts")).to_contain_text("at 10 hours a week")
    expect(page.get_by_role("banner")).to_be_visible()
    page.go_back()
    expect(page.locator(".facts")).to_contain_text("at 6 hours a week")
    page.go_forward()
    expect(page.locator(".facts")).to_contain_text("at 10 hours a week")
    expect(page.get_by_role("banner")).to_be_visible()


def test_mistake_is_focused_and_leads_to_its_field(page: Page) -> None:
    page.goto(f"/verdict/?{FOUR}")

    page.get_by_label("Your pay a year, before tax").fill("lots")
    page.get_by_role("button", name="Get my verdict").click()

    summary = page.locator("#error-summary")
    expect(summary).to_be_focused()
    expect(page).to_have_title(re.compile("^Error"))
    summary.get_by_role("link").click()
    expect(page.get_by_label("Your pay a year, before tax")).to_be_focused()
    expect(page.get_by_label("Your pay a year, before tax")).to_have_value("lots")


def test_place_that_may_be_several_is_chosen_from_a_list(page: Page) -> None:
    page.goto("/verdict/?salary=90000&location=Birmingham&skill=kubernetes")

    page.get_by_role("link", name="Birmingham, AL, United States").click()

    expect(page).to_have_url(re.compile("location=us-birmingham-al"))
    expect(page.locator(".headline__amount")).to_contain_text(re.compile("\\+\u2060?\\$"))


def test_keyboard_alone_reaches_a_verdict(page: Page) -> None:
    page.goto("/")
    page.keyboard.press("Tab")
    expect(page.get_by_role("link", name="Skip to the content")).to_be_focused()
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    page.keyboard.type("115k")
    page.keyboard.press("Tab")
    page.keyboard.type("Austin")
    for _ in range(6):  # past the starting sets and the search
        page.keyboard.press("Tab")
    page.keyboard.press("Space")
    page.keyboard.press("Enter")

    expect(page.get_by_role("heading", level=1)).to_have_text("Best bet: AI/ML integration")


@pytest.mark.parametrize("state", STATES)
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_page_is_accessible_and_fits_a_phone(page: Page, state: str, scheme: str) -> None:
    page.emulate_media(color_scheme=scheme)  # type: ignore[arg-type]  # one of the two it knows
    page.set_viewport_size({"width": 320, "height": 640})
    page.goto(STATES[state])

    results = Axe().run(page)
    assert results.violations_count == 0, results.generate_report()
    assert page.evaluate("document.documentElement.scrollWidth") == 320


def test_old_address_keeps_its_figures_after_a_publication(page: Page, site: Site) -> None:
    page.goto("/verdict/?salary=115000&location=us-austin-tx&skill=kafka&skill=kubernetes")
    old_address, before = page.url, page.locator("#verdict section.block").first.inner_text()

    site.python(
        "from skills.models import Evidence; "
        "Evidence.objects.filter(skill__slug='kafka').update(low_percent=20, mid_percent=25, high_percent=30)"
    )
    site.manage("publish_edition", "--note", "A new figure for Kafka.")
    for _ in range(50):
        page.goto("/verdict/?salary=115000&location=us-austin-tx&skill=kafka&skill=kubernetes")
        if page.url != old_address:
            break
        page.wait_for_timeout(200)

    assert page.url != old_address
    assert page.locator("#verdict section.block").first.inner_text() != before
    page.goto(old_address)
    assert page.locator("#verdict section.block").first.inner_text() == before
    expect(page.locator(".headline__edition")).to_contain_text("Figures of edition")
