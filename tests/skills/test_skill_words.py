"""Other names and related words of skills, and what is not measured: as editors keep them and editions hold them."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from skills.catalogue.resources import SkillResource
from skills.catalogue.skill_names import find_clashes, named_skills
from skills.catalogue.skill_search import search_skills
from skills.editions.difference import compare_documents
from skills.editions.document import Sealed, read_edition
from skills.editions.publish import PublishRefused, earlier_documents, publish_edition
from skills.editions.put_back import put_back
from skills.editions.site_state import site_state
from skills.editions.snapshot import read_draft
from skills.models import Skill, UnmeasuredSkill
from tests.golden.files import answers_file, edition_file, read_answers
from tests.skills.admin_pages import fields_of
from tests.skills.factories import make_csv


def make_rows(**words: list[str]) -> list[dict[str, Any]]:
    """Two skills, of which the second has these words."""
    none: dict[str, Any] = {"other_names": [], "related_words": []}
    docker = none | {"slug": "docker", "name": "Docker", "other_names": ["containers"], "related_words": ["podman"]}
    return [docker, none | {"slug": "kubernetes", "name": "Kubernetes (K8s)"} | words]


@pytest.mark.parametrize(
    ("words", "reason"),
    [
        pytest.param({"other_names": ["Docker"]}, "“Docker” is a name of docker too.", id="name"),
        pytest.param({"other_names": ["containers"]}, "“containers” is a name of docker too.", id="other name"),
        pytest.param({"other_names": ["Conta\u00edners"]}, "“Conta\u00edners” is a name of docker too.", id="accent"),
        pytest.param(
            {"related_words": ["containers"]}, "“containers” is a name of docker, not related to it.", id="related word"
        ),
        pytest.param({"other_names": ["k8s", "kubernetes"], "related_words": ["podman"]}, "", id="none"),
    ],
)
def test_name_means_one_skill(words: dict[str, list[str]], reason: str) -> None:
    clashes = find_clashes(named_skills(make_rows(**words), []))

    assert [(clash.row, clash.reason) for clash in clashes] == ([("kubernetes", reason)] if reason else [])


def test_what_is_measured_is_not_among_what_is_not() -> None:
    unmeasured = [{"name": "Container tools", "other_names": ["Docker"]}]

    clashes = list(find_clashes(named_skills(make_rows(), unmeasured)))

    assert [(clash.table, clash.row, clash.reason) for clash in clashes] == [
        ("unmeasured skills", "Container tools", "“Docker” is a name of docker too.")
    ]


def test_name_of_two_skills_stops_publication(small_site: None) -> None:
    UnmeasuredSkill.objects.create(name="Made skill")

    with pytest.raises(
        PublishRefused, match="unmeasured skills · Made skill: “Made skill” is a name of made-skill too"
    ):
        publish_edition(note="Twice.", publisher="an editor")


def test_editor_is_warned_of_a_name_that_another_skill_has(db: None, editor_client: Client) -> None:
    skill = Skill.objects.get(slug="rust")
    address = reverse("admin:skills_skill_change", args=[skill.pk])
    fields = fields_of(editor_client.get(address)) | {"other_names": "Rust lang; golang", "related_words": "Python"}

    response = editor_client.post(address, fields)

    assert response.context["adminform"].form.errors == {
        "other_names": ["“golang” is a name of go too."],
        "related_words": ["“python” is a name of python, not related to it."],
    }


def test_words_of_a_file_are_normalised(small_site: None) -> None:
    SkillResource().load(make_csv("skills.csv", {"other_names": " Makes;MAKER,\nmakes ", "related_words": "Things"}))

    skill = Skill.objects.get()
    assert (skill.other_names, skill.related_words) == ("makes, maker", "things")


def test_edition_holds_the_words_and_readers_see_what_changed(small_site: None, client: Client) -> None:
    Skill.objects.update(other_names="creator, makes")
    publish_edition(note="Names.", publisher="an editor")
    Skill.objects.update(other_names="makes, made", related_words="things")
    UnmeasuredSkill.objects.update(reason="never")
    publish_edition(note="Other names.", publisher="an editor")
    site_state.refresh()

    published = site_state.edition()

    assert published.edition.skills["made-skill"].other_names == ("makes", "made")
    assert [search_skills(published, typed).slugs for typed in ("made", "things", "creator")] == [
        ("made-skill",),
        ("made-skill",),
        (),
    ]
    page = client.get("/changes/3/").content.decode()
    for text in ("other names", "related words", "Skills that are not measured", "never"):
        assert text in page


def test_words_are_put_back_as_the_edition_has_them(small_site: None) -> None:
    Skill.objects.update(other_names="makes, maker", related_words="things")
    publish_edition(note="Names.", publisher="an editor")
    (document,) = [each for each in earlier_documents() if each["edition"]["number"] == 2]
    Skill.objects.update(other_names="", related_words="")
    UnmeasuredSkill.objects.all().delete()

    for change in compare_documents(document, read_draft().document):
        put_back(change)

    skill = Skill.objects.get()
    assert (skill.other_names, skill.related_words) == ("makes, maker", "things")
    assert UnmeasuredSkill.objects.get().other_names == "makeup, make-up"


def test_older_edition_without_words_opens_and_is_searched() -> None:
    checksum = read_answers(answers_file(1, 2))["checksum"]

    published = read_edition(Sealed(content=edition_file(1).read_bytes(), checksum=checksum), 1)

    assert {skill.other_names for skill in published.edition.skills.values()} == {()}
    assert published.unmeasured == ()
    assert search_skills(published, "kube").slugs == ("kubernetes",)
    assert search_skills(published, "react").slugs == ()
