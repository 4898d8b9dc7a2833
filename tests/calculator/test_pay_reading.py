"""The line that says how pay is read while the form is filled in."""

from __future__ import annotations

import html
import re

import pytest
from django.test import Client

from skills.editions.document import PublishedEdition


@pytest.fixture(autouse=True)
def _published(published: PublishedEdition) -> None:
    """Every answer needs edition 1."""


@pytest.mark.parametrize(
    ("answers", "line"),
    [
        pytest.param(
            {"salary": "9,500", "period": "month", "location": "Austin"},
            "We read $9,500 a month as $114,000 a year.",
            id="a month",
        ),
        pytest.param({"salary": "9500/month"}, "We read 9,500 a month as 114,000 a year.", id="without a place"),
        pytest.param(
            {"salary": "115000", "location": "Austin"},
            "About $9,583 a month, about $523 a day, about $55 an hour.",
            id="a year",
        ),
        pytest.param({"salary": "lots", "location": "Austin"}, "", id="no amount"),
        pytest.param({"salary": "6.5 a month", "location": "Tokyo"}, "", id="less than any pay"),
        pytest.param({"salary": "78", "location": "Tokyo"}, "", id="less than any pay a year"),
        pytest.param({}, "", id="nothing"),
    ],
)
def test_line_says_how_pay_is_read(client: Client, answers: dict[str, str], line: str) -> None:
    response = client.get("/pay/reading/", answers)

    text = re.sub(r"<[^>]+>", "", response.content.decode()).strip()
    assert html.unescape(text).replace("\u00a0", " ") == line
    assert (" hidden>" in response.content.decode()) is (line == "")
    assert response.headers["Cache-Control"] == "no-store"
