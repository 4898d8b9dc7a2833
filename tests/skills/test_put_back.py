"""What waits for publication: who changed it, what leaves the site, and how a row is put back as it was."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date, datetime
from decimal import Decimal
from typing import Any

import pytest
from django.contrib.admin.models import LogEntry
from django.contrib.auth import get_user
from django.contrib.auth.models import Permission, User
from django.contrib.messages import get_messages
from django.db.models import Model
from django.test import Client, RequestFactory
from django.urls import reverse

from skills.admin.waiting_rows import list_waiting_rows
from skills.editions.preview import read_preview
from skills.editions.publish import publish_edition, withdraw_edition
from skills.models import (
    Edition,
    Evidence,
    ExchangeRate,
    ExperiencePoint,
    Location,
    LocationAlias,
    Skill,
    Source,
    Way,
    WayEvidence,
    WayRange,
)
from skills.presenters.difference import present_difference
from tests.skills.admin_pages import fields_of
from tests.skills.factories import (
    alias_fields,
    evidence_fields,
    make_evidence,
    make_location,
    make_skill,
    make_source,
    way_evidence_fields,
)

PUBLISH = "/admin/skills/edition/publish/"
PUT_BACK = "/admin/skills/edition/put-back/"
BUTTON = re.compile(r'name="row" value="([^"]+)"')

#: Forms and texts; what is marked writes rows of every table.
pytestmark = [pytest.mark.any_database, pytest.mark.usefixtures("published")]


def _remove_evidence() -> None:
    Evidence.objects.get(skill__slug="kafka", source__slug="pooled-2026").delete()


def _change_evidence() -> None:
    row = Evidence.objects.get(skill__slug="kafka", source__slug="pooled-2026")
    Evidence.objects.filter(pk=row.pk).update(mid_percent=row.mid_percent + 1, note="New.", review_on=date(2030, 1, 2))


def _hide_skill() -> None:
    Skill.objects.filter(slug="go").update(is_published=False)


def _change_skill() -> None:
    skill = Skill.objects.get(slug="kubernetes")
    Skill.objects.filter(pk=skill.pk).update(exam_cost_usd=1, tilt_percent=3)
    skill.prerequisites.clear()


def _change_place() -> None:
    place = Location.objects.get(slug="us-austin-tx")
    Location.objects.filter(pk=place.pk).update(population=1, p50=None, p10=None, p25=None, p75=None, p90=None)
    LocationAlias.objects.create(**alias_fields(location=place))


def _change_rate() -> None:
    ExchangeRate.objects.filter(currency="PLN").update(units_per_usd=9, quoted_on=date(2020, 1, 1))


def _change_source() -> None:
    Source.objects.filter(slug="pooled-2026").update(title="Another title")


def _hide_way() -> None:
    Way.objects.filter(slug="stay").update(is_published=False)


def _change_range() -> None:
    row = WayRange.objects.get(way__slug="stay")
    WayRange.objects.filter(pk=row.pk).update(odds_percent=50, odds_basis="A guess", max_years=3)
    row.sources.clear()


def _remove_range() -> None:
    WayRange.objects.get(way__slug="switch-employer", region="us").delete()


def _remove_way_evidence() -> None:
    WayEvidence.objects.get(source__slug="nz-leed").delete()


def _remove_point() -> None:
    ExperiencePoint.objects.get(region="us", years=3).delete()


@pytest.mark.each_database
@pytest.mark.parametrize(
    "change",
    [
        _remove_evidence,
        _change_evidence,
        lambda: make_evidence(**evidence_fields(source=Source.objects.get(slug="so-2025-pay"), region="us")),
        _hide_skill,
        _change_skill,
        _change_place,
        _change_rate,
        _change_source,
        make_source,
        _hide_way,
        _change_range,
        _remove_range,
        _remove_way_evidence,
        lambda: WayEvidence.objects.create(**way_evidence_fields()),
        _remove_point,
    ],
    ids=[
        *("removed", "changed", "added", "hidden", "skill", "place", "rate", "source", "new-source", "hidden-way"),
        *("range", "removed-range", "removed-way-evidence", "new-way-evidence", "removed-point"),
    ],
)
def test_every_row_is_put_back(editor_client: Client, change: Callable[[], Any]) -> None:
    change()
    buttons = _buttons(editor_client)
    button = buttons[0] if change is _hide_way else buttons[-1]  # a way comes before its rows, a skill after its own

    answer = editor_client.post(PUT_BACK, {"row": button})

    assert read_preview().changes == ()
    assert "again." in _message(answer)
    assert LogEntry.objects.latest("pk").change_message.startswith("Put back as in edition 1: ")


def test_price_level_without_a_source_stays_when_its_place_is_put_back(editor_client: Client) -> None:
    Location.objects.filter(slug="de-berlin").update(population=1, price_level=93)
    (button,) = _buttons(editor_client)

    answer = editor_client.post(PUT_BACK, {"row": button})

    place = Location.objects.get(slug="de-berlin")
    assert read_preview().changes == ()
    assert (place.price_level, place.price_source) == (Decimal(93), None)
    assert "again." in _message(answer)
    assert "price level" not in LogEntry.objects.latest("pk").change_message


def test_price_level_is_put_back_with_its_source(editor_client: Client) -> None:
    before = Location.objects.get(slug="de")
    Location.objects.filter(slug="de").update(price_level=93, price_source=None)
    (button,) = _buttons(editor_client)

    editor_client.post(PUT_BACK, {"row": button})

    place = Location.objects.get(slug="de")
    assert (place.price_level, place.price_source) == (before.price_level, before.price_source)
    assert read_preview().changes == ()


@pytest.mark.each_database
def test_new_skill_and_place_are_hidden_and_stay(editor_client: Client) -> None:
    skill = make_skill()
    make_evidence(skill=skill)
    place = make_location()

    while buttons := _buttons(editor_client):
        editor_client.post(PUT_BACK, {"row": buttons[-1]})

    assert read_preview().changes == ()
    assert not Skill.objects.get(pk=skill.pk).is_published
    assert not Location.objects.get(pk=place.pk).is_published


def test_row_that_changed_since_the_page_was_opened_is_left_alone(editor_client: Client) -> None:
    _change_rate()
    (button,) = _buttons(editor_client)
    ExchangeRate.objects.filter(currency="PLN").update(units_per_usd=8)

    answer = editor_client.post(PUT_BACK, {"row": button})

    assert _message(answer) == "Nothing was put back. It changed since you looked."
    assert ExchangeRate.objects.get(currency="PLN").units_per_usd == 8


@pytest.mark.parametrize(
    ("rows", "hidden"),
    [
        (Skill.objects.filter(slug="go"), {"summary": "A colleague’s."}),
        (Location.objects.filter(slug="us-austin-tx"), {"editors_note": "A colleague’s."}),
        (Way.objects.filter(slug="stay"), {"summary": "A colleague’s."}),
    ],
    ids=["skill", "place", "way"],
)
def test_hidden_row_that_changed_meanwhile_is_left_alone(
    editor_client: Client, rows: Any, hidden: dict[str, str]
) -> None:
    rows.update(is_published=False)
    buttons = _buttons(editor_client)
    rows.update(**hidden)

    answers = [editor_client.post(PUT_BACK, {"row": button}) for button in buttons]

    assert "Nothing was put back. It changed since you looked." in _message(answers[-1])
    assert rows.filter(is_published=False, **hidden).exists()


def test_other_names_of_a_hidden_place_that_changed_are_left_alone(editor_client: Client) -> None:
    place = Location.objects.get(slug="us-austin-tx")
    Location.objects.filter(pk=place.pk).update(is_published=False)
    (button,) = _buttons(editor_client)
    LocationAlias.objects.create(**alias_fields(location=place, alias="A colleague’s"))

    answer = editor_client.post(PUT_BACK, {"row": button})

    assert _message(answer) == "Nothing was put back. It changed since you looked."
    assert place.aliases.filter(alias="A colleague’s").exists()


def test_other_names_are_removed_only_with_that_permission(editor_client: Client, client: Client) -> None:
    place = Location.objects.get(slug="us-austin-tx")
    LocationAlias.objects.create(**alias_fields(location=place, alias="A colleague’s"))
    (button,) = _buttons(editor_client)
    clerk = User.objects.create(username="clerk", is_staff=True)
    may_change = Permission.objects.filter(codename__in=["change_location", "publish_edition"])
    clerk.user_permissions.set(may_change)
    client.force_login(clerk)

    shown, refused = _buttons(client), client.post(PUT_BACK, {"row": button})
    clerk.user_permissions.add(Permission.objects.get(codename="delete_locationalias"))
    allowed = client.post(PUT_BACK, {"row": button})

    assert (shown, refused.status_code, allowed.status_code) == ([], 403, 302)
    assert not place.aliases.filter(alias="A colleague’s").exists()


@pytest.mark.parametrize("button", ["", "rubbish"])
def test_invented_button_puts_nothing_back(editor_client: Client, button: str) -> None:
    answer = editor_client.post(PUT_BACK, {"row": button})

    assert _message(answer) == "Nothing was put back: this button is out of date."


def test_button_of_the_page_works_once(editor_client: Client) -> None:
    _change_rate()
    (button,) = BUTTON.findall(editor_client.get(PUBLISH).content.decode())

    first, second = (editor_client.post(PUT_BACK, {"row": button}, follow=True).content.decode() for _ in range(2))

    assert "again." in first
    assert "already" in second


@pytest.mark.each_database
def test_evidence_of_a_hidden_skill_comes_back_with_its_skill(editor_client: Client) -> None:
    _hide_skill()

    answer = editor_client.post(PUT_BACK, {"row": _buttons(editor_client)[0]})

    assert _message(answer) == (
        "Nothing was put back. Its row is as it was, but its skill is not published: put the skill back."
    )


def test_row_whose_source_is_gone_is_not_put_back(editor_client: Client) -> None:
    source = make_source()
    make_evidence(source=source, region="us")
    publish_edition(note="With it.", publisher="an editor")
    source.evidence.all().delete()
    source.delete()

    answers = [editor_client.post(PUT_BACK, {"row": button}) for button in _buttons(editor_client)]

    assert _message(answers[0]) == "Nothing was put back. The source made-source is gone: put it back first."
    assert "again." in _message(answers[1])


def test_only_those_who_may_change_a_row_can_put_it_back(editor_client: Client, client: Client) -> None:
    _change_rate()
    (button,) = _buttons(editor_client)
    publisher = User.objects.create(username="publisher", is_staff=True)
    publisher.user_permissions.set(Permission.objects.filter(codename="publish_edition"))
    client.force_login(publisher)

    assert _buttons(client) == []
    assert client.post(PUT_BACK, {"row": button}).status_code == 403


# Who, and when


def test_each_row_says_who_changed_it_last(editor: User, editor_client: Client) -> None:
    row = Evidence.objects.get(skill__slug="kafka", source__slug="pooled-2026")
    skill = Skill.objects.get(slug="kafka")
    page = fields_of(editor_client.get(_form(skill)))
    number = next(number for number in range(99) if page[f"evidence-{number}-id"] == str(row.pk))
    editor_client.post(_form(skill), page | {"name": "Apache Kafka", f"evidence-{number}-note": "Checked."})
    ExchangeRate.objects.filter(currency="PLN").update(units_per_usd=9)

    tables = editor_client.get(PUBLISH).context["tables"]

    who = {each.text.label: each.who.partition(",")[0] for table in tables for each in table.rows}
    assert who["Apache Kafka"] == "editor"
    assert [name for label, name in who.items() if "PLN" in label or "zł" in label] == [""]
    assert [name for label, name in who.items() if label.startswith("Apache Kafka, ")] == ["editor"]


# What leaves


def test_what_leaves_the_site_is_listed_and_its_name_typed(editor_client: Client) -> None:
    _hide_skill()
    page = editor_client.get(PUBLISH)
    shown = page.context["preview"]
    answers = {"fingerprint": shown.fingerprint, "note": "Without Go."}

    refused = editor_client.post(PUBLISH, answers)
    published = editor_client.post(PUBLISH, answers | {"leaving": " go "})

    assert [change.label for change in shown.leaving] == ["Go"]
    assert "Leaves the site" in page.content.decode()
    assert refused.context["form"].errors == {
        "leaving": ["These leave the site if you publish. Type their names to confirm that."]
    }
    assert published.status_code == 302
    assert Edition.objects.count() == 2


def test_of_many_rows_that_leave_the_number_is_typed(editor_client: Client) -> None:
    places = Location.objects.filter(kind="metro")
    assert places.count() > 5
    count = places.update(is_published=False)

    form = editor_client.get(PUBLISH).context["form"]

    assert form.confirmation == f"{count}\N{NO-BREAK SPACE}rows"


def test_hidden_skill_returns_to_its_address(editor_client: Client) -> None:
    _hide_skill()
    publish_edition(note="Without Go.", publisher="an editor")
    skill = Skill.objects.get(slug="go")
    page = fields_of(editor_client.get(_form(skill)))

    editor_client.post(_form(skill), page | {"is_published": "on"})
    publish_edition(note="With Go.", publisher="an editor")

    assert editor_client.get("/skills/go/").status_code == 200


# Withdrawn editions


def test_withdrawn_edition_looks_withdrawn_in_its_list_and_on_its_page(editor_client: Client) -> None:
    publish_edition(note="A mistake.", publisher="an editor")
    withdraw_edition(2, reason="It was wrong.", by="an editor")
    edition = Edition.objects.get(number=2)

    pages = [editor_client.get(reverse("admin:skills_edition_changelist")), editor_client.get(_form(edition))]

    for page in pages:
        assert '<span class="tag tag--wrong">withdrawn</span> It was wrong.' in page.content.decode()
    assert reverse("admin:skills_edition_withdraw", args=[2]) not in pages[1].content.decode()


def test_slug_of_a_withdrawn_edition_alone_can_be_changed(editor_client: Client) -> None:
    skill = make_skill()
    make_evidence(skill=skill, mid_percent=Decimal("2.5"))
    publish_edition(note="A mistake.", publisher="an editor")
    withdraw_edition(2, reason="It was wrong.", by="an editor")

    page = editor_client.get(_form(skill))

    assert "slug" in page.context["adminform"].form.fields


def _buttons(client: Client) -> list[str]:
    """The buttons of the page that publishes, without the page, which makes hundreds of verdicts too."""
    request = RequestFactory().get(PUBLISH)
    request.user = get_user(client)  # a client has a session too
    preview = read_preview()
    assert preview.older
    since = datetime.fromisoformat(preview.older["edition"]["published_at"])
    tables = list_waiting_rows(request, preview.changes, present_difference(preview.older, preview.newer), since)
    return [row.button for table in tables for row in table.rows if row.button]


def _form(row: Model) -> str:
    return reverse(f"admin:skills_{row._meta.model_name}_change", args=[row.pk])


def _message(answer: Any) -> str:
    return " ".join(str(message) for message in get_messages(answer.wsgi_request))
