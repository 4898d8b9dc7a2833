"""What changed since a verdict, and two verdicts side by side, in a real browser, with and without JavaScript."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Page, expect

from calculator.query import write_comparison
from tests.browser.accessibility import find_overflows, find_violations
from tests.browser.conftest import Site, turn_cache_off
from tests.browser.test_verdict_content import FIND_CROWDED_LABELS

RUST = "salary=115000&location=us-austin-tx&skill=rust&skill=scala&edition=1"
COUNT_SHIFTS = """
window.shifts = 0;
window.observer = new PerformanceObserver((list) => add(list.getEntries()));
const add = (entries) => entries.forEach((entry) => { window.shifts += entry.value; });
window.observer.observe({ type: "layout-shift", buffered: true });
window.takeShifts = async () => {
  for (let frame = 0; frame < 3; frame += 1) await new Promise(requestAnimationFrame);
  add(window.observer.takeRecords());
  return window.shifts;
};
"""


@pytest.fixture(scope="session")
def without_rust(site: Site) -> None:
    """Publish an edition in which Rust is worth nothing, and wait until it is shown."""
    site.python(
        "from django.core.management import call_command\n"
        "from skills.models import Evidence\n"
        "Evidence.objects.filter(skill__slug='rust').update(low_percent=-9, mid_percent=-8, high_percent=-7)\n"
        "call_command('publish_edition', note='Rust was mismeasured.')"
    )
    site.wait_until_shown(f"/verdict/latest/?{RUST}", "Today’s answer differs: Scala.")


@pytest.fixture(autouse=True)
def _nothing_kept(page: Page) -> None:
    """Show the newest edition, whatever other tests saw before."""
    turn_cache_off(page)


@pytest.mark.parametrize(
    ("width", "max_shift"),
    [
        pytest.param(320, 0.01, id="phone"),
        pytest.param(1280, 0.05, id="desktop"),  # the answers are on the first screen and go down; 0.1 is called good
    ],
)
def test_what_changed_is_filled_in_below_the_answer(
    page: Page, without_rust: None, width: int, max_shift: float
) -> None:
    page.set_viewport_size({"width": width, "height": 900})
    page.add_init_script(COUNT_SHIFTS)
    page.goto(f"/verdict/?{RUST}")

    expect(page.locator("#latest")).to_contain_text("Today’s answer differs: Scala.")
    assert page.evaluate("takeShifts()") <= max_shift


def test_nothing_is_said_of_the_newest_figures(page: Page, without_rust: None) -> None:
    page.goto(f"/verdict/?{RUST.removesuffix('&edition=1')}")
    page.wait_for_load_state("networkidle")

    expect(page.get_by_role("heading", level=1)).to_have_text("Learn Scala first")
    expect(page.locator("#latest")).to_have_count(0)


def test_what_changed_opens_in_place(page: Page, without_rust: None) -> None:
    page.goto(f"/verdict/?{RUST}")

    page.locator("#latest").get_by_text("What changed", exact=True).click()

    latest = page.locator("#latest")
    expect(latest).to_contain_text("Rust was mismeasured.")
    expect(latest.locator("dd").first).to_be_visible()
    expect(latest.locator("dd").first).to_have_text("before Rust, now Scala")
    assert find_overflows(page) == {}
    assert find_violations(page, "light", "dark", part="#latest") == []
    latest.get_by_role("link", name="See today’s answer").click()
    expect(page).to_have_url(re.compile(r"/verdict/\?.*&edition=\d+$"))
    expect(page.get_by_role("heading", level=1)).to_have_text("Learn Scala first")


def test_what_changed_without_javascript_is_a_page(plain_page: Page, without_rust: None) -> None:
    page = plain_page
    page.goto(f"/verdict/?{RUST}")

    page.get_by_text("Downloads", exact=True).click()
    page.get_by_role("link", name=re.compile("^Has anything changed since ")).click()

    expect(page.get_by_role("heading", level=1)).to_have_text(re.compile("^Has anything changed since "))
    expect(page.get_by_text("Rust was mismeasured.")).to_be_visible()
    page.get_by_role("link", name="The verdict", exact=True).click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Learn Rust first")


COMPARED = f"/compare/?{write_comparison(RUST, RUST.replace('115000', '150000'))}"


def test_verdict_is_compared_with_another_place(page: Page) -> None:
    page.goto(f"/verdict/?{RUST}")

    page.get_by_role("link", name="Compare").click()
    page.get_by_role("combobox", name="Place").fill("Birmingham")
    page.get_by_label("Pay a year before tax").fill("70k")
    page.get_by_role("button", name="Compare").first.click()
    expect(page.get_by_role("combobox", name="Place")).to_have_value("Birmingham")
    page.get_by_role("link", name="Birmingham, United Kingdom").click()

    expect(page.get_by_role("heading", level=1)).to_have_text(
        re.compile(r"Rust goes with \$[\d,]+ a year more in Birmingham than in Austin")
    )
    expect(page.get_by_role("table", name="Side by side")).to_contain_text("about $")
    page.get_by_role("link", name="Birmingham, on £70,000").click()
    expect(page).to_have_url(re.compile(r"/verdict/\?salary=70000&location=gb-birmingham&.*&edition=1$"))


def test_verdict_is_compared_with_other_skills(page: Page) -> None:
    page.goto(f"/verdict/?{RUST}")

    page.get_by_role("link", name="Compare").click()
    page.locator("#compare-skills summary").click()
    skills = page.get_by_role("group", name="Skills to compare with")
    skills.get_by_text("Rust", exact=True).click()
    skills.get_by_text("Docker", exact=True).click()
    page.get_by_role("button", name="Compare").first.click()

    expect(page.get_by_role("heading", level=1)).to_have_text(
        "With Rust and Scala learn Rust first, with Docker and Scala Docker"
    )
    page.get_by_text("All skills, side by side").click()
    expect(page.get_by_role("row", name=re.compile("^Docker"))).to_contain_text("not among the skills")


def test_either_side_is_changed_without_javascript(plain_page: Page) -> None:
    page = plain_page
    page.goto(COMPARED)

    page.locator("summary", has_text="$150,000 a year").click()
    page.get_by_label("Pay a year before tax").last.fill("90k")
    page.get_by_role("button", name="Update").last.click()

    expect(page.get_by_role("heading", level=1)).to_have_text(re.compile(r"on \$90,000"))
    expect(page.locator("summary", has_text="$90,000 a year")).to_be_visible()
    expect(page.locator("summary", has_text="$115,000 a year")).to_be_visible()


@pytest.mark.parametrize("name", ["places", "nobody", "mistakes"])
def test_comparison_fits_a_phone_at_twice_the_text(page: Page, name: str) -> None:
    munich = RUST.replace("115000", "68000").replace("us-austin-tx", "de-munich")
    addresses = {
        "places": f"/compare/?{write_comparison(RUST, munich)}",
        "nobody": "/compare/",
        "mistakes": f"/compare/with/?{write_comparison(RUST, '')}&location=Birmingham&salary=lots",
    }
    page.goto(addresses[name])
    page.evaluate("document.documentElement.style.fontSize = '200%'")

    assert find_overflows(page, 320) == {}
    assert page.evaluate(FIND_CROWDED_LABELS) == []
