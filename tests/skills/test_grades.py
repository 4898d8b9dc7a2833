"""What the grades mean is the same on every page and in the methodology."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from django.conf import settings
from django.test import Client
from django.utils.html import escape

from calculator.engine.constants import MODEL_2
from skills.presenters.grades import GRADES

METHODOLOGY = Path(settings.BASE_DIR) / "docs" / "methodology.md"


def test_methodology_has_each_grade_with_its_word_meaning_and_weight() -> None:
    weights = MODEL_2.grade_weights

    rows = re.findall(r"^\| [A-D] \|.*", METHODOLOGY.read_text(), re.MULTILINE)

    assert rows == [f"| {each.letter} | {each.word} | {each.meaning} | {weights[each.letter]:g} |" for each in GRADES]


@pytest.mark.usefixtures("published")
def test_page_of_sources_explains_each_grade(client: Client) -> None:
    page = client.get("/sources/").content.decode()

    texts = [f"<dt>{each.letter}</dt><dd>{each.word.capitalize()}: {escape(each.meaning)}.</dd>" for each in GRADES]
    assert [text for text in texts if text not in page] == []
    assert len(texts) == 4
