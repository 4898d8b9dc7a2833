"""A restored older backup: numbers are not reused, and shared addresses still open."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.core.management import CommandError, call_command
from django.test import Client

from calculator.query import write_comparison
from skills.editions.copies import with_lost_editions
from skills.editions.document import Sealed, seal, unseal
from skills.editions.publish import CannotSave, publish_edition, withdraw_edition
from skills.editions.site import EditionWithdrawn, NoSuchEdition
from skills.editions.site_state import SiteState, site_state
from skills.editions.store import Index, Store, site_store
from skills.models import Edition, Evidence, SiteRevision, Withdrawal
from tests.skills.test_changes_pages import text_of

VERDICT = "/verdict/?location=made-country&skill=made-skill&edition={}&pay=p50"


def make_process() -> SiteState:
    """A new process of this machine."""
    return SiteState(settings.STATE_FOLDER / "site", watch_seconds=0)


def restore_first_edition() -> None:
    """Put a backup back that was made when there was edition 1 alone."""
    Edition._base_manager.exclude(number=1).delete()
    Withdrawal._base_manager.all().delete()
    SiteRevision.objects.update(number=1)
    site_state.forget()


def read_sealed(edition: Edition) -> Sealed:
    return Sealed(content=bytes(edition.content), checksum=edition.checksum)


@pytest.fixture
def lost_second(small_site: None) -> Edition:
    """Edition 2, which was shown to readers before the database was restored."""
    second = publish_edition(note="The second.", publisher="an editor")
    make_process().site()
    restore_first_edition()
    return second


def test_the_number_of_a_lost_edition_is_not_used_again(lost_second: Edition) -> None:
    make_process().site()  # the index on disk follows the database, and still remembers

    third = publish_edition(note="After the restore.", publisher="an editor")

    assert third.number == 3
    assert unseal(read_sealed(third), 3)["edition"]["number"] == 3


def test_the_index_alone_is_enough_to_know_the_number(lost_second: Edition) -> None:
    site_store().path_of(2, lost_second.checksum).unlink()

    assert publish_edition(note="After the restore.", publisher="an editor").number == 3


def test_a_file_alone_is_enough_to_know_the_number(small_site: None) -> None:
    sealed = seal({"edition": {"number": 7}})
    site_store().write_edition(7, sealed)

    assert publish_edition(note="After the restore.", publisher="an editor").number == 8


def test_the_publish_page_shows_the_number_that_comes(lost_second: Edition, editor_client: Client) -> None:
    assert "edition 3" in text_of_page(editor_client.get("/admin/skills/edition/publish/")).lower()


def text_of_page(response: Any) -> str:
    text: str = response.content.decode()
    return text


def test_an_address_of_a_lost_edition_opens_from_its_file(lost_second: Edition) -> None:
    for process in (make_process(), make_process()):
        assert process.edition().number == 1
        assert process.edition(2).checksum == lost_second.checksum
        assert process.document(2)["edition"]["note"] == "The second."
        assert list(process.site().checksums) == [1]


def test_a_lost_edition_whose_file_is_damaged_is_said_to_be_lost(lost_second: Edition) -> None:
    site_store().path_of(2, lost_second.checksum).write_bytes(b"damaged")

    with pytest.raises(NoSuchEdition, match=r"^Edition 2 was lost when the site’s database was restored"):
        make_process().edition(2)


def test_a_file_that_no_index_remembers_is_not_shown(small_site: None) -> None:
    second = publish_edition(note="The second.", publisher="an editor")
    site_store().write_edition(2, read_sealed(second))
    restore_first_edition()

    with pytest.raises(NoSuchEdition, match=r"^There is no edition 2\.$"):
        make_process().edition(2)


def test_a_lost_edition_that_was_withdrawn_stays_withdrawn(small_site: None) -> None:
    publish_edition(note="The second.", publisher="an editor")
    withdraw_edition(2, reason="It was wrong.", by="an editor")
    make_process().site()
    restore_first_edition()

    with pytest.raises(EditionWithdrawn, match=r"^Edition 2 was withdrawn: It was wrong\.$"):
        make_process().edition(2)


def test_pages_of_a_lost_edition_say_so_and_lists_leave_it_out(lost_second: Edition, client: Client) -> None:
    verdict, changes = client.get(VERDICT.format(2)), client.get("/changes/2/")
    latest = client.get(VERDICT.format(2).replace("/verdict/", "/verdict/changes/"))

    assert (verdict.status_code, changes.status_code, latest.status_code) == (200, 200, 200)
    assert "Lost when the site’s database was restored from a backup." in text_of(changes)
    assert "Edition 2 was lost when the site’s database was restored from a backup." in text_of(latest)
    assert "The newest figures are those of " in text_of(latest)
    for path in ("/changes/", "/changes/feed.atom", "/sitemap.xml"):
        assert "/changes/2/" not in client.get(path).content.decode()


def test_an_edition_after_a_gap_is_compared_with_the_one_before_the_gap(lost_second: Edition, client: Client) -> None:
    Evidence.objects.update(mid_percent=Decimal("2.5"))
    for note in ("After the restore.", "Another.", "And another.", "The last."):
        publish_edition(note=note, publisher="an editor")
    site_state.refresh()

    changes = text_of(client.get("/changes/3/"))
    latest = text_of(client.get(VERDICT.format(1).replace("/verdict/", "/verdict/changes/")))

    assert "1 piece of evidence changed." in changes
    assert "Compared with edition 1" not in changes
    assert client.get("/changes/").status_code == 200
    assert "And 1 earlier edition." in latest
    assert "These figures are from " in text_of(client.get(VERDICT.format(2).replace("/verdict/", "/verdict/changes/")))


@pytest.fixture
def another_second(lost_second: Edition, client: Client, tmp_path: Path) -> Callable[[], None]:
    """Another edition 2, published on a machine whose state folder knows nothing of the first."""

    def publish() -> None:
        folder, settings.STATE_FOLDER = settings.STATE_FOLDER, tmp_path
        Evidence.objects.update(mid_percent=Decimal("2.5"))
        try:
            assert publish_edition(note="Another second.", publisher="an editor").number == 2
        finally:
            settings.STATE_FOLDER = folder

    return publish


def test_two_editions_of_one_number_are_an_error_that_names_both(
    lost_second: Edition, another_second: Callable[[], None], caplog: pytest.LogCaptureFixture
) -> None:
    another_second()
    other = Edition.objects.get(number=2)

    for process in (make_process(), make_process()):
        caplog.clear()
        assert process.edition(2).checksum == other.checksum
        errors = [record.getMessage() for record in caplog.records if record.levelname == "ERROR"]
        assert "\n".join(errors) == (
            f"There are two editions 2: the database has the one with the checksum {other.checksum}, which is shown, "
            f"and the state folder another one, whose checksum begins with {lost_second.checksum[:16]}."
        )


ANSWERS = [
    *(VERDICT.format(2).replace("/verdict/", path) for path in ("/verdict/", "/verdict.json", "/verdict.csv")),
    VERDICT.format(2).replace("/verdict/", "/verdict/card.png"),
]


@pytest.mark.parametrize("address", ANSWERS, ids=lambda address: address.partition("?")[0])
def test_an_answer_of_one_edition_is_not_taken_for_the_others(
    lost_second: Edition, another_second: Callable[[], None], client: Client, address: str
) -> None:
    tag = client.get(address).headers["ETag"]
    assert client.get(address, headers={"If-None-Match": tag}).status_code == 304
    another_second()
    site_state.refresh()

    answer = client.get(address, headers={"If-None-Match": tag})

    assert answer.status_code == 200
    assert answer.headers["ETag"] != tag


def test_a_comparison_changes_with_either_edition(
    lost_second: Edition, another_second: Callable[[], None], client: Client
) -> None:
    sides = (VERDICT.format(number).partition("?")[2] for number in (1, 2))
    address = f"/compare/?{write_comparison(*sides)}"
    tag = client.get(address).headers["ETag"]
    another_second()
    site_state.refresh()

    assert client.get(address, headers={"If-None-Match": tag}).status_code == 200


# What a publication needs is on disk before it is committed


def test_an_edition_is_on_disk_when_it_is_published(transactional_db: None, small_site: None) -> None:
    second = publish_edition(note="The second.", publisher="an editor")

    saved = site_store().read_edition(2, second.checksum)
    assert saved == read_sealed(second)


def test_an_edition_that_cannot_be_saved_is_not_published(
    transactional_db: None, small_site: None, tmp_path: Path, caplog: pytest.LogCaptureFixture, editor_client: Client
) -> None:
    page = editor_client.get("/admin/skills/edition/publish/")
    answers = {"note": "The second.", "unchanged": "on", "fingerprint": page.context["preview"].fingerprint}
    (tmp_path / "file").touch()
    folder, settings.STATE_FOLDER = settings.STATE_FOLDER, tmp_path / "file"
    try:
        with pytest.raises(CannotSave, match=r"^The edition cannot be saved in the state folder \(.*Not a directory\)"):
            publish_edition(note="The second.", publisher="an editor")
        with pytest.raises(CommandError, match=r"^Nothing was published: The edition cannot be saved"):
            call_command("publish_edition", note="The second.")
        refused = editor_client.post("/admin/skills/edition/publish/", answers)
    finally:
        settings.STATE_FOLDER = folder

    assert "Nothing was published. The edition cannot be saved in the state folder" in refused.content.decode()
    assert list(Edition.objects.values_list("number", flat=True)) == [1]
    assert SiteRevision.objects.get().number == 1
    assert any(message.startswith("Edition 2 was not published") for message in caplog.messages)
    assert publish_edition(note="With room again.", publisher="an editor").number == 2


def test_an_edition_is_withdrawn_though_the_folder_cannot_be_written(
    transactional_db: None, small_site: None, tmp_path: Path
) -> None:
    publish_edition(note="The second.", publisher="an editor")
    (tmp_path / "file").touch()
    folder, settings.STATE_FOLDER = settings.STATE_FOLDER, tmp_path / "file"
    try:
        withdraw_edition(2, reason="It was wrong.", by="an editor")
    finally:
        settings.STATE_FOLDER = folder

    assert Withdrawal.objects.get().edition_number == 2


def test_an_index_that_cannot_be_read_is_read_once(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    store = Store(tmp_path)
    store.index_path.write_text("no index")

    with_lost_editions(Index(revision=1, checksums={}, withdrawals={}), store)

    assert [record.getMessage().startswith(f"{store.index_path} is refused") for record in caplog.records] == [True]
