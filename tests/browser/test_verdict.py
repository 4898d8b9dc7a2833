"""The journeys of a visitor and a reader, in a real browser, with and without JavaScript."""

from __future__ import annotations

import re

from playwright.sync_api import Page, Route, expect

FOUR = (
    "salary=115000&location=us-austin-tx&skill=ai-ml-integration&skill=cloud-architecture&skill=system-design"
    "&skill=kubernetes"
)
#: Longer than a form waits before it asks.
MILLISECONDS = 1000


def fill_and_ask(page: Page) -> None:
    page.goto("/")
    page.get_by_label("Your pay a year, before tax").fill("115k")
    page.get_by_label("Where you are paid").fill("Austin")
    for name in ("AI/ML integration", "Cloud architecture (AWS/GCP)", "System design", "Kubernetes"):
        page.get_by_role("checkbox", name=name).first.check()
    page.get_by_role("button", name="Get my verdict").click()
    expect(page.locator("#verdict-title")).to_be_visible()
    page.wait_for_load_state()


def test_visitor_gets_the_same_verdict_without_javascript(page: Page, plain_page: Page) -> None:
    fill_and_ask(page)
    fill_and_ask(plain_page)

    expect(page.get_by_role("heading", level=1)).to_have_text("Best bet: Kubernetes")
    expect(page).to_have_url(re.compile(r"/verdict/\?salary=115000&location=us-austin-tx&skill=.*&edition=\d+$"))
    assert plain_page.url == page.url
    for part in (".headline", "#path", "#flips", ".figures", ".answer-list"):
        assert plain_page.locator(part).first.inner_text() == page.locator(part).first.inner_text()


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
    page.clock.install()
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
    expect(page.locator(".htmx-request")).to_have_count(0)
    page.clock.run_for(MILLISECONDS)
    expect(page.locator(".htmx-request")).to_have_count(0)
    assert len(page.evaluate("window.said")) == 1


def test_fast_typing_ends_with_the_newest_answer(page: Page) -> None:
    page.goto(f"/verdict/?{FOUR}")
    held_back: list[Route] = []

    def hold_the_first_back(route: Route) -> None:
        if held_back:
            route.continue_()
        else:
            held_back.append(route)

    page.route("**/verdict/panel/**", hold_the_first_back)
    hours = page.get_by_label("Study hours a week")
    with page.expect_request("**/verdict/panel/**"):
        hours.fill("2")
    with page.expect_event("requestfailed", lambda request: request == held_back[0].request):
        hours.fill("20")

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
    page.clock.install()
    page.goto(f"/verdict/?{FOUR}")
    odds = page.get_by_label("Chance that it turns into pay, in %")

    for typed in ("8", ""):
        with page.expect_response("**/verdict/panel/**") as answered:
            odds.fill(typed)
            page.clock.run_for(MILLISECONDS)
        answered.value.finished()
        expect(page.locator(".htmx-request")).to_have_count(0)
        expect(odds).to_have_value(typed)
        expect(page.locator("#error-summary")).to_have_count(0)
        expect(page.get_by_role("heading", level=1)).to_have_text("Best bet: Kubernetes")
    odds.fill("8")
    odds.blur()

    expect(page.locator("#error-summary")).to_contain_text("The chance must be a whole number from 10 to 100.")


def test_ticking_after_the_last_skill_was_unticked_keeps_the_list_open(page: Page) -> None:
    page.goto("/verdict/?salary=115000&location=us-austin-tx&skill=kubernetes")
    page.get_by_text("Skills to choose from: 1 chosen").click()
    page.locator("#skill-kubernetes").uncheck()
    expect(page.locator("#error-summary")).to_contain_text("Choose 1 to 10 skills to compare.")

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
