"""Links that were damaged on their way lead to the address that was shared; what may mean two things is refused."""

from __future__ import annotations

from urllib.parse import quote, quote_plus

import pytest
from django.http import QueryDict
from django.test import Client

from calculator.query_repair import repair_comparison, repair_query

pytestmark = pytest.mark.usefixtures("published_site")

SHARED = (
    "salary=115000&location=us-austin-tx&skill=cloud-architecture&skill=kubernetes&have=docker"
    "&hours=10&odds=80&study=kubernetes:90&edition=1"
)
START = SHARED.removesuffix("&edition=1")
HTML = SHARED.replace("&", "&amp;")
MAIL = SHARED.replace("=", "=3D")
#: What a visitor says about other ways, after the answers in the address of a verdict.
WAYS = (
    "salary=50000&location=gb-leeds&edition=1"
    "&to=us-san-francisco-ca&to_town=Oakland&side=5&rate=50&odds.switch-employer=40"
)
OTHER = "salary=90000&location=de-berlin&edition=1"
LEVEL = "location=de-berlin&edition=1&pay=p75"

#: What programs and hands leave after a link, as text.
AFTER = (
    *(".", ",", ";", ":", "!", "?", "…", "...", ")", "]", "}", ">", "<", '"', "'", "”", "’", "»", "“", "`", "*", "**"),
    *(
        "_",
        "~",
        "~~",
        "|",
        "/",
        "\\",
        "&",
        "=",
        "#",
        "^",
        "。",
        "，",
        "、",
        "）",
        "」",
        "』",
        "】",
        "》",
        "！",
        "？",
        "；",
    ),
    *(").", ')"', ">,", '".', "**)", "`.", ")...", '">', "'>", ")]", "]]", "\\)", "/)", "?)", "=20", "=0A", "=0D=0A"),
    *(" ", "  ", "\t", "\n", "\r\n", "\xa0", "\u2003", "\u3000", "\u200b", "\ufeff", "\u2060", "\u200e", "\u202c"),
    *(
        "\u00ad",
        "\u200d",
        "\ufe0f",
        "\ufffc",
        "\ufffd",
        " 👍",
        "👀",
        " – EarnVerdict",
        " (shared by mail)",
        " via chat",
    ),
    *(
        '">Get my verdict</a>',
        "](https://example.com/verdict/)",
        "|Get my verdict>",
        "</p>",
        "&quot;",
        "&gt;",
        "&nbsp;",
    ),
    *("&amp;", "&#39;", "&fbclid=x", "&amp;utm_source=mail", "&utm_source=a&utm_medium=b)", "?utm_source=x", "%E2%80"),
)
#: What leaves no doubt after a place or an amount, too: no words.
LITTLE = [text for text in AFTER if text.isascii() and not text.endswith((" (shared by mail)", " via chat"))]
LITTLE += [" 👍", "👀", " 👩‍💻!"]
#: Skills by other names, as people write them in an address.
DAMAGED_SKILLS = (
    *("skill=Cloud+architecture&skill=Kubernetes&have=Docker", "skill=k8s&skill=aws&have=docker"),
    *(
        "skill=K8S,Amazon+Web+Services&have=containers",
        "skill=kube,gcp)&have=DOCKER.",
        "skill[]=azure&skill[]=K8s&have[]=docker",
    ),
    *(
        "skill=Cloud+Architecture+(AWS/GCP)&skill=kubernetes&have=docker",
        "skills=kubernetes+cloud-architecture&have=docker",
    ),
    *("skill=kubernetes;cloud+architecture;&have=Docker", "skill=K%38s&skill=google+cloud&have=%22Docker%22"),
)
#: What is left before a name, as text.
BEFORE = (
    "?",
    "??",
    "&",
    "&&",
    "amp;",
    "&amp;",
    "/?",
    " ",
    "\n",
    "\u200b",
    "(",
    "<",
    '"',
    "*",
    "?&",
    "？",
    "＆",
    "utm_source=x&",
)
DAMAGED = {
    "escaped for HTML": HTML,
    "escaped for HTML twice": HTML.replace("&", "&amp;"),
    "escaped for HTML as numbers": SHARED.replace("&", quote("&#38;")),
    "escaped for HTML as hexadecimal numbers": SHARED.replace("&", quote("&#x26;")),
    "escaped for HTML, cut at the semicolon": SHARED.replace("&", "&amp"),
    "escaped for HTML, then separated by semicolons": SHARED.replace("&", ";amp;"),
    "escaped for HTML twice, then separated by semicolons": SHARED.replace("&", ";amp;amp;"),
    "capital letters in the entity": SHARED.replace("&", "&AMP;"),
    "escaped as a whole": quote(SHARED, safe=""),
    "escaped as a whole twice": quote(quote(SHARED, safe=""), safe=""),
    "escaped as a whole for a form": quote_plus(SHARED),
    "only the separators escaped": SHARED.replace("&", "%26"),
    "only the equal signs escaped": SHARED.replace("=", "%3D"),
    "values escaped twice": SHARED.replace(":", "%253A").replace("us-austin-tx", quote(quote("Austin, TX"))),
    "escaped for HTML, then as a whole": quote(HTML, safe=""),
    "semicolons as separators": SHARED.replace("&", ";"),
    "spaces as separators": SHARED.replace("&", "+"),
    "line breaks as separators": SHARED.replace("&", "%0A"),
    "line breaks after separators": SHARED.replace("&", "&%0A"),
    "line break inside a name": SHARED.replace("location", "loca%0Ation"),
    "line break inside a word": SHARED.replace("skill=kubernetes", "skill=kuber%0D%0Anetes"),
    "line break inside a place": SHARED.replace("us-austin-tx", "Austin,%0ATX"),
    "line break before a number": SHARED.replace("hours=", "hours=%0A"),
    "wide signs": SHARED.replace("&", quote("＆")).replace("=", quote("＝")),
    "wide separators": SHARED.replace("&", quote("＆")),
    "wide digits": SHARED.replace("hours=10", f"hours={quote('１０')}"),
    "wide letters in a name": SHARED.replace("skill", quote("ｓｋｉｌｌ")),
    "wide letters in a word": SHARED.replace("=docker", f"={quote('ｄｏｃｋｅｒ')}"),
    "names in capitals": SHARED.replace("salary", "SALARY").replace("location", "LOCATION").replace("skill", "Skill"),
    "space around names and signs": SHARED.replace("&", "+&+").replace("=", "+=+"),
    "space in a name": SHARED.replace("location", "loca%20tion"),
    "invisible space in a name": SHARED.replace("location", f"loca{quote(chr(0x200B))}tion"),
    "joiner in a name": SHARED.replace("location", f"loca{quote(chr(0x200D))}tion"),
    "invisible space in a word": SHARED.replace("kubernetes", f"kuber{quote(chr(0x200B))}netes"),
    "soft hyphen in a word": SHARED.replace("kubernetes", f"kuber{quote(chr(0xAD))}netes"),
    "joiner in a word": SHARED.replace("=docker", f"=doc{quote(chr(0x200C))}ker"),
    "byte order mark first": quote("\ufeff") + SHARED,
    "marks of direction around": quote("\u202a") + SHARED + quote("\u202c"),
    "quoted-printable": MAIL,
    "quoted-printable, small letters": MAIL.replace("=3D", "=3d"),
    "quoted-printable with a soft line break": MAIL.replace("kubernetes&", "kuber=%0D%0Anetes&", 1),
    "soft line break in a name": SHARED.replace("location", "loca=%0Ation"),
    "equal signs twice": SHARED.replace("=", "=="),
    "equal signs in Markdown": SHARED.replace("=", "\\="),
    "separators in Markdown": SHARED.replace("&", "\\&"),
    "hyphens in Markdown": SHARED.replace("-", "\\-"),
    "link in Markdown": f"{SHARED}](https://example.com/verdict/?{SHARED})",
    "link in a mail": f"{SHARED}<https://example.com/verdict/?{SHARED}>",
    "link in HTML": f'{SHARED}">https://example.com/verdict/?{SHARED}</a>',
    "link twice": f"{SHARED}https://example.com/verdict/?{SHARED}",
    "values in quotes": SHARED.replace("us-austin-tx", "%22us-austin-tx%22").replace("115000", "'115000'"),
    "values in curly quotes": SHARED.replace("us-austin-tx", quote("“Austin”")),
    "values in angle brackets": SHARED.replace("us-austin-tx", "%3Cus-austin-tx%3E"),
    "values in braces": SHARED.replace("skill=kubernetes", "skill={kubernetes}"),
    "values in stars": SHARED.replace("us-austin-tx", "**Austin**"),
    "lists as other programs write them": SHARED.replace("skill=", "skill[]="),
    "escaped lists": SHARED.replace("skill=", "skill%5B%5D="),
    "numbered lists": SHARED.replace("skill=cloud", "skill[0]=cloud").replace("skill=k", "skill[1]=k"),
    "list with commas": SHARED.replace("&skill=kubernetes", ",kubernetes"),
    "list with commas and spaces": SHARED.replace("&skill=kubernetes", ",+kubernetes,+"),
    "list with semicolons": SHARED.replace("&skill=kubernetes", ";kubernetes"),
    "list with bars": SHARED.replace("&skill=kubernetes", "|kubernetes"),
    "list with wide commas": SHARED.replace("&skill=kubernetes", quote("，kubernetes")),
    "list in brackets": SHARED.replace("cloud-architecture&skill=kubernetes", '["cloud-architecture","kubernetes"]'),
    "list in the plural": SHARED.replace(
        "skill=cloud-architecture&skill=kubernetes", "skills=cloud-architecture,kubernetes"
    ),
    "list with a skill twice": SHARED.replace("&have", "&skill=kubernetes&have"),
    "list with a blank": SHARED.replace("&have", "&skill=&have"),
    "number with a decimal": SHARED.replace("hours=10", "hours=10.0"),
    "number with a decimal comma": SHARED.replace("hours=10", "hours=10,00"),
    "number with its unit": SHARED.replace("hours=10", "hours=10+hours"),
    "number with a short unit": SHARED.replace("hours=10", "hours=10h"),
    "per cent": SHARED.replace("odds=80", "odds=80%25"),
    "per cent, not escaped": SHARED.replace("odds=80", "odds=80%"),
    "per cent, escaped twice": SHARED.replace("odds=80", "odds=80%2525"),
    "per cent with a space": SHARED.replace("odds=80", "odds=80+%25"),
    "per cent with a wide sign": SHARED.replace("odds=80", f"odds=80{quote('％')}"),
    "per cent in letters": SHARED.replace("odds=80", "odds=80+percent"),
    "same answers twice": f"{SHARED}&{SHARED}",
    "other order": "&".join(reversed(SHARED.split("&"))),
    "blank answers": f"{SHARED}&years=&experience=&evidence=&period=",
    "blank parameters": SHARED.replace("&", "&&&"),
    "default evidence in capitals": f"{SHARED}&evidence=Measured",
    "period with a full stop": f"period=Year.&{SHARED}",
}
DAMAGED |= {f"{text!r} after": f"{SHARED}{quote(text, safe='&#?/=;')}" for text in AFTER}
DAMAGED |= {f"{text!r} after, escaped": f"{SHARED}{quote(text)}" for text in (")", '"', "&", "&amp;", "?", "=", "#")}
DAMAGED |= {f"{text!r} before": f"{quote(text, safe='&?=;/')}{SHARED}" for text in BEFORE}
DAMAGED |= {
    f"{text!r} after each answer": SHARED.replace("&", f"{quote(text)}&")
    for text in (" ", ",", ";", '"', "\u200b", "*", "\n")
}

DAMAGED |= {
    text: SHARED.replace("skill=cloud-architecture&skill=kubernetes&have=docker", text) for text in DAMAGED_SKILLS
}
DAMAGED |= {
    "words in capitals": SHARED.replace("kubernetes", "KUBERNETES").replace("=docker", "=Docker"),
    "study hours by another name": SHARED.replace("study=kubernetes:90", "study=K8s:90"),
    "study hours as a form sends them": SHARED.replace("study=kubernetes:90", "study.k8s=90+hours"),
}

REFUSED = [
    pytest.param("salary=100000+120000&location=us", "salary", id="two amounts in one answer"),
    pytest.param("salary=100000&salary=120000&location=us", "salary", id="two amounts"),
    pytest.param("salary=100000,&salary=120000)&location=us", "salary", id="two damaged amounts"),
    pytest.param("salary=100000>120000&location=us", "salary", id="an amount above another"),
    pytest.param("salary=100000]%28120000&location=us", "salary", id="an amount in the text of a link"),
    *(
        pytest.param(f"salary={amount}&location=us", "salary", id=f"{amount} hides a digit")
        for amount in ("10²", "5²0k", "①②③000", "1⁰⁰⁰⁰⁰", "¼00000", "5㋀000")
    ),
    *(
        pytest.param(f"salary=9&location=us&{name}={number}", name, id=f"{name} of {number} hides a digit")
        for name, number in (("hours", "1²"), ("years", "③"), ("odds", "5₀"), ("experience", "1⓪"))
    ),
    pytest.param("salary=9&location=us&study=kubernetes:9⁰", "study", id="study hours hide a digit"),
    pytest.param("salary=9&location=us&location=de", "location", id="two places"),
    pytest.param("salary=9&location=Austin&location=Berlin)", "location", id="two damaged places"),
    pytest.param("salary=115000|my verdict>1&location=us", "salary", id="an amount around the text of a link"),
    pytest.param("salary=115|one>00|two>0&location=us", "salary", id="an amount around two texts of links"),
    pytest.param("salary=9&location=us&hours=1|my verdict>0", "hours", id="hours around the text of a link"),
    pytest.param("salary=9&location=us&study=go:1|my verdict>0", "study", id="study hours around the text of a link"),
    pytest.param("salary=9&location=us&hours=6.5", "hours", id="half an hour"),
    pytest.param("salary=9&location=us&hours=6-8", "hours", id="a range"),
    pytest.param("salary=9&location=us&hours=6+8", "hours", id="two numbers of hours"),
    pytest.param("salary=9&location=us&hours=6+years", "hours", id="years in place of hours"),
    pytest.param("salary=9&location=us&odds=0.5", "odds", id="a share in place of per cent"),
    pytest.param("salary=9&location=us&odds=-50", "odds", id="below zero"),
    pytest.param("salary=9&location=us&skill=kubernetes,cobol", "skill", id="one skill of two is unknown"),
]


def follow(client: Client, query: str, path: str = "/verdict/") -> str:
    """Where a link leads; its own query where it is the canonical one."""
    response = client.generic("GET", path, QUERY_STRING=query)
    assert response.status_code in (200, 302), response.status_code
    return response.headers.get("Location", f"{path}?{query}")


@pytest.mark.parametrize("query", DAMAGED.values(), ids=DAMAGED)
def test_damaged_link_leads_to_what_was_shared(client: Client, query: str) -> None:
    assert follow(client, query) == f"/verdict/?{SHARED}"


DAMAGED_WAYS = {
    "escaped for HTML": WAYS.replace("&", "&amp;"),
    "only the separators escaped": WAYS.replace("&", "%26"),
    "escaped as a whole": quote(WAYS, safe=""),
    "quoted-printable": WAYS.replace("=", "=3D"),
    "semicolons as separators": WAYS.replace("&", ";"),
    "capital letters": WAYS.replace("&to=", "&TO=").replace("&odds.switch-employer", "&Odds.Switch-Employer"),
    "odds with their sign": f"{WAYS}%25",
    "hours with their unit": WAYS.replace("side=5", "side=5+hours"),
    "a rate with a decimal": WAYS.replace("rate=50", "rate=50.00"),
    "line break in a way": WAYS.replace("switch-employer", "switch-%0Aemployer"),
    "line break in a way alone": WAYS.replace("=Oakland", "=oakland").replace("switch-employer", "switch-%0Aemployer"),
    "the way's odds first": "&".join(reversed(WAYS.split("&"))),
}
DAMAGED_WAYS |= {f"{text!r} after": f"{WAYS}{quote(text, safe='&#?/=;')}" for text in AFTER}
DAMAGED_WAYS |= {f"{text!r} after each answer": WAYS.replace("&", f"{quote(text)}&") for text in (" ", ",", '"', ")")}


@pytest.mark.parametrize("query", DAMAGED_WAYS.values(), ids=DAMAGED_WAYS)
def test_damaged_link_keeps_what_was_said_about_ways(client: Client, query: str) -> None:
    assert follow(client, query) == f"/verdict/?{WAYS}"


@pytest.mark.parametrize("last", ["to=us-san-francisco-ca", "to_town=Oakland", "rate=50"])
@pytest.mark.parametrize("text", LITTLE)
def test_damaged_link_may_end_in_any_answer_about_ways(client: Client, text: str, last: str) -> None:
    shared = WAYS[: WAYS.index(last) + len(last)]

    assert follow(client, f"{shared}{quote(text, safe='&#?/=;')}", "/verdict/ways/") == f"/verdict/ways/?{shared}"


@pytest.mark.parametrize("path", ["/verdict/", "/verdict/flips/"])
@pytest.mark.parametrize(
    ("last", "text"),
    [
        ("to=us-san-francisco-ca", " via chat"),
        ("to=us-san-francisco-ca", " or 60"),
        ("rate=50", " – EarnVerdict"),
        ("rate=50", " 💶"),
    ],
)
def test_words_after_the_last_answer_about_ways_are_shown_and_not_dropped(
    client: Client, path: str, last: str, text: str
) -> None:
    shared = WAYS[: WAYS.index(last) + len(last)]

    address = follow(client, f"{shared}{quote(text)}", path)
    if not address.startswith("/verdict/ways/"):
        address = follow(client, address.partition("?")[2])
    page = client.generic("GET", "/verdict/ways/", QUERY_STRING=address.removeprefix("/verdict/ways/?"))

    assert page.status_code == 422
    assert f'value="{last.partition("=")[2]}{text}"' in page.content.decode()


@pytest.mark.parametrize(("name", "typed"), [("to", "🎉"), ("rate", "🎉"), ("location", "🎉 🎉")])
def test_pictures_alone_are_not_dropped(name: str, typed: str) -> None:
    assert repair_query(QueryDict(f"{name}={quote(typed)}")).getlist(name) == [typed]


@pytest.mark.parametrize(("query", "field"), REFUSED)
def test_what_may_mean_two_things_is_refused(client: Client, query: str, field: str) -> None:
    response = client.generic("GET", "/verdict.json", QUERY_STRING=quote(query, safe="=&+%:>],"))

    assert (response.status_code, list(response.json()["errors"])) == (422, [field])


@pytest.mark.parametrize("query", ["edition=1.5", "edition=1+2", "edition=-1", "edition=1-2", "edition=one"])
def test_edition_that_is_no_number_is_not_guessed(client: Client, query: str) -> None:
    assert client.generic("GET", "/verdict/", QUERY_STRING=f"{START}&{query}").status_code == 404


@pytest.mark.parametrize(
    "path",
    [
        "/verdict/",
        "/verdict/flips/",
        "/verdict/calculation/",
        "/verdict/evidence/",
        "/verdict/market/",
        "/verdict/ways/",
        "/verdict/card.png",
    ],
)
def test_damaged_link_to_a_part_leads_to_the_part(client: Client, path: str) -> None:
    assert follow(client, f"?{HTML}).", path) == follow(client, SHARED, path)


@pytest.mark.parametrize(
    ("damaged", "shared"),
    [
        pytest.param(f"/verdict/{quote('?' + SHARED)}", f"/verdict/?{SHARED}", id="verdict"),
        pytest.param(f"/verdict/%3F{SHARED}", f"/verdict/?{SHARED}", id="only the question mark"),
        pytest.param(f"/verdict/%3F{quote(SHARED)}?utm_source=mail", f"/verdict/?{SHARED}", id="another query behind"),
        pytest.param(
            f"/compare/{quote(f'?a={quote(SHARED)}&b={quote(OTHER)}')}",
            f"/compare/?a={quote(SHARED)}&b={quote(OTHER)}",
            id="comparison",
        ),
    ],
)
def test_link_with_an_escaped_question_mark_leads_to_what_was_shared(client: Client, damaged: str, shared: str) -> None:
    path, _, query = damaged.partition("?")
    response = client.generic("GET", path, QUERY_STRING=query)
    assert response.status_code == 302

    page, _, query = response.headers["Location"].partition("?")
    assert follow(client, query, page) == shared


@pytest.mark.parametrize(
    "path",
    [
        *("/", "/verdict/flips/", "/verdict/calculation/", "/verdict/evidence/", "/verdict/market/", "/verdict/ways/"),
        *("/verdict/changes/", "/verdict/card.png", "/verdict/ways.csv", "/verdict.json", "/verdict.csv"),
        *("/compare/with/", "/compare/card.png"),
    ],
)
def test_each_page_is_found_with_an_escaped_question_mark(client: Client, path: str) -> None:
    response = client.get(f"{path}%3F{quote(LEVEL)}")

    assert (response.status_code, response.headers.get("Location")) == (302, f"{path}?{LEVEL}")


@pytest.mark.parametrize("path", ["/verdict.json", "/verdict.csv"])
def test_damaged_link_to_data_gets_the_data(client: Client, path: str) -> None:
    damaged, shared = (client.generic("GET", path, QUERY_STRING=query) for query in (f"{HTML}).", SHARED))

    assert (damaged.status_code, damaged.content) == (200, shared.content)


@pytest.mark.parametrize(
    "query",
    [
        pytest.param(f"a={quote(SHARED, safe='=:')}&amp;b={quote(OTHER, safe='=')})", id="escaped for HTML"),
        pytest.param(f"A={quote(SHARED)}&B={quote(OTHER)}.", id="names in capitals"),
        pytest.param(f"?a={quote(SHARED)}&b={quote(OTHER)}", id="second question mark"),
        pytest.param(f"a={SHARED}&b={OTHER}", id="not escaped"),
        pytest.param(f"a={HTML}&amp;b={OTHER}%22", id="not escaped, but for HTML"),
        pytest.param(f"b={OTHER}&a={SHARED}", id="not escaped, other order"),
        pytest.param(f"a={quote(quote(SHARED))}&b={quote(quote(OTHER))}", id="escaped twice"),
        pytest.param(quote(f"a={quote(SHARED)}&b={quote(OTHER)}"), id="escaped as a whole"),
        pytest.param(
            f"a=https://example.com/verdict/?{quote(SHARED)}&b=%3C/verdict/?{quote(OTHER)}%3E", id="addresses"
        ),
        pytest.param(f"a={quote(SHARED)};b={quote(OTHER)}", id="semicolon"),
    ],
)
def test_damaged_link_to_a_comparison_leads_to_the_comparison(client: Client, query: str) -> None:
    sides = (quote(text, safe=":=") for text in (SHARED, OTHER))

    assert follow(client, query, "/compare/") == "/compare/?a={}&b={}".format(*sides)


@pytest.mark.parametrize("query", [f"a={SHARED}", f"a={quote(SHARED)}", f"?a={quote(SHARED)}."])
def test_one_side_of_a_comparison_is_not_taken_for_two(query: str) -> None:
    sides = repair_comparison(QueryDict(query), query)

    assert {side: repair_query(QueryDict(text)).urlencode(safe=":") for side, text in sides.items() if text} == {
        "a": SHARED
    }


def test_level_of_pay_is_read(client: Client) -> None:
    assert follow(client, f"{LEVEL}).") == f"/verdict/?{LEVEL}"
    assert follow(client, LEVEL.replace("p75", "P75")) == f"/verdict/?{LEVEL}"


def test_home_fills_its_form_from_a_damaged_link(client: Client) -> None:
    page = client.generic("GET", "/", QUERY_STRING=HTML.replace("us-austin-tx", "Austin")).content.decode()

    assert 'name="location" inputmode="text" autocomplete="off" value="Austin"' in page


@pytest.mark.parametrize(
    "place",
    [
        "Trinidad & Tobago",
        "Portland (Maine)",
        "St. John's",
        "Washington, D.C.",
        "Winston-Salem",
        "Bosnia & Herzegovina",
    ],
)
def test_signs_in_a_place_stay(place: str) -> None:
    query = QueryDict(f"location={quote_plus(place)}&salary=1")

    assert repair_query(query).getlist("location") == [place]


@pytest.mark.parametrize("skill", ["C++", ".net", "C#", "CI/CD", "Cloud architecture (AWS/GCP)", "Node.js"])
def test_signs_in_the_name_of_a_skill_stay(skill: str) -> None:
    assert repair_query(QueryDict(f"skill={quote_plus(skill)}")).getlist("skill") == [skill]


@pytest.mark.parametrize("typed", ["<b>Leeds</b>", " <a href='x'>Leeds</a>", "<B>Leeds</b >"])
def test_markup_around_an_answer_stays(typed: str) -> None:
    assert repair_query(QueryDict(f"salary={quote(typed)}&location={quote(typed)}")).dict() == {
        "salary": typed,
        "location": typed,
    }


def test_other_parameters_stay_as_they_came() -> None:
    query = QueryDict("set=cloud&was=salary%3D1%26location%3Dus&assumed=docker&utm_source=x%26y&Skill=go)")

    repaired = repair_query(query)

    assert repaired.dict() == {
        "set": "cloud",
        "was": "salary=1&location=us",
        "assumed": "docker",
        "utm_source": "x&y",
        "skill": "go",
    }
