"""What the grades mean is the same on every page and in the methodology."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from django.conf import settings
from django.test import Client
from django.utils.html import escape

from calculator.engine import TYPICAL
from calculator.engine.constants import MODEL_2
from skills.presenters.grades import GRADES, label_measured

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


@pytest.mark.parametrize(
    ("typical", "label"),
    [
        pytest.param(0.0, "Measured and claimed", id="all of it is about the skill"),
        pytest.param(0.49, "Measured and claimed", id="more than half"),
        pytest.param(0.5, "Partly measured and claimed", id="half"),
        pytest.param(0.75, "Partly measured and claimed", id="less than half"),
    ],
)
def test_figure_of_which_half_is_not_about_the_skill_is_partly_measured(typical: float, label: str) -> None:
    assert label_measured("Measured and claimed", {"A": 1 - typical, TYPICAL: typical}) == label
