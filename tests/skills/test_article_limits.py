"""How much text an article may have, and how different two texts may be to be compared line by line."""

from __future__ import annotations

import pytest

from skills.admin.article_form import ArticleForm, PreviewForm
from skills.articles.history import compare_texts
from skills.articles.limits import find_excess
from skills.models import Revision


@pytest.mark.parametrize(
    ("text", "says"),
    [
        pytest.param("a" * 30_001, "The text has 30,001 characters; 30,000 are the maximum.", id="characters"),
        pytest.param("\n" * 1_500, "The text has 1,501 lines; 1,500 are the maximum.", id="lines"),
        pytest.param("{{ a }}\n\n" * 301, "The text names 301 figures; 300 are the maximum.", id="figures"),
        pytest.param("b\n\n" + "a" * 10_001, "From line 3 on there are 10,001 characters", id="block"),
        pytest.param("b\n\n" + "![a\n" * 301, "From line 3 on there are 301 opening brackets", id="brackets"),
        pytest.param("|" * 51, "From line 1 on there are 51 columns", id="columns"),
        pytest.param("|" * 50 + "\na" * 100, "From line 1 on there are 5,050 cells", id="cells"),
    ],
)
def test_text_that_is_too_much_is_refused_with_what_is_too_much(text: str, says: str) -> None:
    excess = find_excess(text)

    assert excess is not None
    assert excess.startswith(says)


def test_text_at_its_limits_is_fine() -> None:
    assert find_excess(("a" * 9_990 + "\n\n") * 3) is None
    assert find_excess("\n" * 1_499) is None
    assert find_excess("{{ a }} " * 300) is None
    assert find_excess("[a] " * 300) is None
    assert find_excess("|" * 50 + "\na" * 99) is None


def test_form_says_what_is_allowed_and_preview_refuses_what_is_too_much() -> None:
    form = PreviewForm({"title": "a" * 121, "text": "a" * 30_001})

    assert "Up to 30,000 characters and 1,500 lines." in ArticleForm.base_fields["text"].help_text
    assert form.excesses() == [
        "Title: Ensure this value has at most 120 characters (it has 121).",
        "Text: The text has 30,002 characters; 30,000 are the maximum. Write two articles.",
    ]


@pytest.mark.parametrize(
    ("before", "after", "shown"),
    [
        pytest.param(
            "a\n" * 50, "a\n" * 51, ["47 lines the same", "a", "a", "a", "+a"], id="one more of many equal lines"
        ),
        pytest.param(
            "a\n" * 5_000 + "b\n",
            "a\n" * 5_000 + "c\n",
            ["4997 lines the same", "a", "a", "a", "-b", "+c"],
            id="one of many lines",
        ),
        pytest.param(
            "1\n2\n3\n4\nold\n5\n6\n7\n8\n9\n",
            "1\n2\n3\n4\nnew\n5\n6\n7\n8\n9\n",
            ["1 line the same", "2", "3", "4", "-old", "+new", "5", "6", "7", "2 lines the same"],
            id="in the middle",
        ),
        pytest.param(
            "a\nb\n" * 5_000,
            "a\nc\n" * 5_000,
            ["Too different to show line by line: 10000 lines became 10000."],
            id="too different",
        ),
    ],
)
def test_difference_shows_changed_lines_unless_there_are_too_many(before: str, after: str, shown: list[str]) -> None:
    older, newer = (Revision(title="A", standfirst="B", author="C", text=text) for text in (before, after))
    marks = {"removed": "-", "added": "+"}

    (field,) = compare_texts(older, newer)

    assert [marks.get(line.kind, "") + line.text for line in field.lines] == shown
