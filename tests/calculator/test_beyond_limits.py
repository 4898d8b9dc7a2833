"""What is beyond every limit is refused by every page, and never a failure."""

from __future__ import annotations

from urllib.parse import quote

import pytest
from django.test import Client

from skills.editions.document import PublishedEdition
from tests.calculator.test_query import DIGITS

ODD = {
    "many parameters": "&".join(f"p{number}=1" for number in range(300)),
    "one parameter many times": "skill=go&" * 4_000,
    "hours of many skills": "&".join(f"study.s{number}=9" for number in range(300)),
    "long salary": f"salary={'1%20' * 8_000}",
    "number of many digits": f"salary=1&hours={'9' * 5_000}&odds={'9' * 5_000}",
    "edition of many digits": f"edition={'9' * 5_000}",
    "digits of every script": f"salary={DIGITS}&hours={DIGITS}&edition={DIGITS[7:9]}",
    "nul": "salary=%00&location=%00a&skill=%00&q=%00&a=%00",
    "lone surrogate": "salary=%ED%A0%80&location=%ED%A0%80&skill=%ED%A0%80&edition=%ED%A0%80&a=%ED%A0%80&q=%ED%A0%80",
    "no utf-8": "salary=%FF&location=%FE&skill=%80&a=location=%FF&b=%C0%AF&q=%80",
    "letters that are whole words": f"location={quote('ﷺ' * 120)}&salary={quote('㋿' * 120)}",
}
ROUTES = (
    *("/", "/verdict/", "/verdict/panel/", "/verdict/latest/", "/verdict/changes/", "/compare/", "/compare/with/"),
    *(
        "/verdict/flips/",
        "/verdict/calculation/",
        "/verdict/evidence/",
        "/verdict/market/",
        "/verdict/card.png",
        "/verdict.json",
        "/verdict.csv",
        "/places/suggestions/",
        "/places/currency/",
        "/skills/",
    ),
)


@pytest.mark.parametrize("query", ODD.values(), ids=ODD)
def test_what_is_beyond_every_limit_is_refused_by_every_page(
    client: Client, published: PublishedEdition, query: str
) -> None:
    answers = {path: client.get(f"{path}?{query}", follow=True).status_code for path in ROUTES}

    refused = [path for path in ROUTES if path.startswith("/verdict")]
    refused.remove("/verdict/latest/")  # no part, where nothing is asked
    compared = [path for path in ROUTES if path.startswith("/compare/")]  # a form, where no verdict is named
    assert {answers[path] for path in refused} <= {400, 404, 414, 422}
    assert {answers[path] for path in compared} <= {200, 400, 404, 414, 422}
    assert {answers[path] for path in ROUTES if path not in (*refused, *compared)} <= {200, 204, 400, 404, 414}
