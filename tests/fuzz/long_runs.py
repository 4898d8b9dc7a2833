"""Gives long repetitions of a text to all code that reads input; see test_linear_time."""

from __future__ import annotations

import importlib
import inspect
import os
import pkgutil
import re
import string
import sys
from collections.abc import Callable, Iterator, Mapping
from contextlib import suppress
from pathlib import Path

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "earnverdict.settings")
django.setup()

from django.core.exceptions import ValidationError  # noqa: E402 - Django is set up first
from django.http import QueryDict  # noqa: E402
from django.utils.text import smart_split  # noqa: E402

import calculator  # noqa: E402
import earnverdict  # noqa: E402
import skills  # noqa: E402
from calculator.forms import VerdictForm  # noqa: E402
from calculator.money_input import Unreadable, parse_hour_value, parse_salary, parse_whole  # noqa: E402
from calculator.query import Name, parse_study, read_side  # noqa: E402
from calculator.query_repair import MAX_CHARACTERS as MAX_ANSWER_CHARACTERS  # noqa: E402
from calculator.query_repair import repair_query  # noqa: E402
from skills.admin.article_form import PreviewForm  # noqa: E402
from skills.articles.checks import check_article  # noqa: E402
from skills.articles.history import compare_texts  # noqa: E402
from skills.articles.limits import MAX_BLOCK_CHARACTERS, MAX_CHARACTERS, find_excess  # noqa: E402
from skills.articles.rendering import present_article  # noqa: E402
from skills.catalogue.resources import TABLES, BadTable  # noqa: E402
from skills.editions.document import PublishedEdition  # noqa: E402
from skills.editions.site_state import SiteState, site_state  # noqa: E402
from skills.editions.store import Store  # noqa: E402
from skills.imports.upload import BadUpload, check_content  # noqa: E402
from skills.models import Revision  # noqa: E402
from skills.url_suggestions import suggest_urls  # noqa: E402
from tests import real_site  # noqa: E402
from tests.fuzz.extent import IS_LONG  # noqa: E402

TOKENS = (
    *(string.printable if IS_LONG else f"aZ1{string.punctuation}{string.whitespace}"),
    *("\u00a0", "“", "’", "–", "é", "{{", "{{ ", "}}", "{{ a }} ", "![", "![a", "[](", "[a](", "](", "[[]", "[@a] "),
    *("| ", "a|b\n-|-\n", "|a\n", "<!--", "<a ", "&amp;", "&", "1,", "1'00", "a ", "a\n", "**a", "*a_", "a**b**c*"),
    *(
        "> ",
        "- ",
        "- a\n",
        "# a\n",
        "a\n=\n",
        "`a",
        "``a ",
        "'a",
        '"a ',
        "http://",
        "[a]: b\n",
        "[a](<",
        "skill=",
        "a.",
    ),
    *("10% ", "$10k+ ", "Go pays 10%. ", "Go pays $900k. ", "if 10% or more ", ": write ", "1-word ", "[add ", "you "),
    *(
        "[@pooled-2026] ",
        "[a](/b) ",
        "![a](/static/b.png) ",
        "<?",
        "<!a ",
        "</a",
        "<a>",
        "{{ go.uplift us }} ",
        "{{ go.premium }} ",
        "<https://a.b> ",
        "## a {skill=go}\n",
        "\n\n- a\n\n",
    ),
)
#: The words of a way's name, each repeated before the next, or all together with a figure.
NAMES_OF_WAYS = (
    "".join(f"{word} " * 200 for word in ("contract", "with", "foreign", "client", "5% more")),
    "contract with a foreign client 5% more ",
)
#: Patterns of which a text reaches no more than so many characters.
BOUNDED = {
    "skills.articles.amounts._CONDITION": 300,
    "skills.articles.amounts._FROM": 40,
    "skills.articles.amounts._OPEN_BEFORE": 40,
    "earnverdict.formatting._LAKH_MARKS": 20,
}
#: Patterns that are handed on before they are used, always for the whole of a text.
WHOLE = {f"skills.articles.references.{name}" for name in ("_OF_EVIDENCE", "_OF_PLACE", "_OF_SKILL")}
LONG = 60_000 if IS_LONG else 4_000
ANSWERS = 100 if IS_LONG else 20
#: The answers of the form that are typed at once: in `make test` all but the place, which other answers need.
TYPED = [name for name in (*Name, "study.go") if name != Name.LOCATION]
FIELDS = ([Name.LOCATION], *([[name] for name in TYPED] if IS_LONG else [TYPED]))


def main(folder: Path) -> None:
    """Read every text, and print each before it is read."""
    store = Store(folder / "state" / "site")
    index = store.read_index()
    assert index is not None
    site = SiteState(folder / "state" / "site", watch_seconds=0)._site_of(index)
    site_state._watch_seconds = 0
    real_site.show(site, folder / "state")
    read_patterns()
    read_articles(site.newest)
    read_history()
    read_answers(site.newest)
    read_damaged_links()
    read_uploads()


def read_patterns() -> None:
    """Every pattern of the site, with the words that it looks for too."""
    for name, pattern in patterns().items():
        read = reader_of(name, pattern)
        size = BOUNDED.get(name, LONG)
        words = sorted(set(re.findall(r"[A-Za-z]{2,}", pattern.pattern)))
        for token in (*TOKENS, *(f"{word} " for word in (words if IS_LONG else words[:6]))):
            text = run(token, size - 10)
            print(name, repr(token), flush=True)
            for typed in (f"{text}\x01", f"pays {text};", f"{{{{{text}x"):
                read(typed)


def reader_of(name: str, pattern: re.Pattern[str]) -> Callable[[str], object]:
    """As its module uses it: from the start of a text alone, or anywhere in it."""
    if name in WHOLE:
        return pattern.fullmatch
    module, _, own_name = name.rpartition(".")
    used = set(re.findall(rf"\b{own_name}\.(\w+)\(", inspect.getsource(sys.modules[module])))
    if used and used <= {"match", "fullmatch"}:
        return pattern.match if "match" in used else pattern.fullmatch
    return lambda text: sum(1 for _ in pattern.finditer(text))


def patterns() -> Mapping[str, re.Pattern[str]]:
    """The patterns of all modules, each once."""
    found: dict[re.Pattern[str], str] = {}
    for package in (calculator, earnverdict, skills):
        for module in pkgutil.walk_packages(package.__path__, f"{package.__name__}."):
            if ".migrations" not in module.name and module.name != "earnverdict.wsgi":
                for name, value in vars(importlib.import_module(module.name)).items():
                    if isinstance(value, re.Pattern) and isinstance(value.pattern, str):
                        found.setdefault(value, f"{module.name}.{name}")
    return {name: pattern for pattern, name in sorted(found.items(), key=lambda item: item[1])}


def read_articles(published: PublishedEdition) -> None:
    """What the preview does with each text; where it is refused, with the longest beginning that is not."""
    for token in (*(TOKENS if IS_LONG else TOKENS[::2]), *NAMES_OF_WAYS):
        for text in articles_of(token):
            print(repr(token), len(text), flush=True)
            form = PreviewForm({"title": "A title", "standfirst": "What it says.", "text": text})
            assert form.is_valid(), form.errors
            article = form.article()
            present_article(article, (), published.edition)
            check_article(
                title=article.title,
                standfirst=article.standfirst,
                text=article.text,
                edition=published.edition,
            )
        for size in (200_000, MAX_CHARACTERS):
            PreviewForm({"text": run(token, size)}).is_valid()


def articles_of(token: str) -> Iterator[str]:
    """The longest text of a token that is not refused: in one block, and in many."""
    size = MAX_BLOCK_CHARACTERS
    while find_excess(text := f"## Go {{skill=go}}\n\n{run(token, size)}x"):
        size //= 2
    yield text
    if IS_LONG:
        blocks = MAX_CHARACTERS // size
        while find_excess(text := "\n\n".join([f"{run(token, size)}x"] * blocks)):
            blocks //= 2
        yield text


def read_history() -> None:
    for token in TOKENS if IS_LONG else ("", "a", "- a", "{{"):
        print("lines of", repr(token), flush=True)
        for size in (5_000, 50_000):
            lines = [f"{token}\n"] * size
            for other in (lines[:-7], ["first\n", *lines, "last\n"], [*lines[9:], "b\n", *lines[:50]], ["b\n"] * size):
                compare_texts(revision("".join(lines)), revision("".join(other)))
    print("lines that return", flush=True)
    compare_texts(revision("a\nb\n" * 5_000), revision("a\nc\n" * 5_000))
    compare_texts(revision("\n".join(map(str, range(9_000)))), revision("\n".join(map(str, range(9_000, 0, -1)))))


def revision(text: str) -> Revision:
    return Revision(title="A title", standfirst="What it says.", author="A. Author", text=text)


def read_answers(published: PublishedEdition) -> None:
    """Each answer of the form, the search for places, addresses that lead nowhere, the admin's search."""
    for token in TOKENS:
        for size in (118, 8_000):
            text = run(token, size)
            print(repr(token), size, flush=True)
            for read in readers(published):
                read(text)
            for names in FIELDS:
                query = QueryDict(mutable=True)
                query.update({"salary": "1", "location": "us", "skill": "go"})
                for name in names:
                    query[name] = text
                VerdictForm(query, published).is_valid()
    for name in (Name.SKILL, Name.HAVE, Name.STUDY):
        print("unknown", name, flush=True)
        query = QueryDict("&".join(f"{name}=unknown{number}:9" for number in range(300)))
        for _ in range(50):
            VerdictForm(query, published).is_valid()


def read_damaged_links() -> None:
    """Many answers as long as they are repaired, of what is around an answer."""
    for token in ("(", ")", "(]", "{)", "(a", ".", "..(", "“)", "|a>"):
        print("damaged", repr(token), flush=True)
        text = run(token, MAX_ANSWER_CHARACTERS)
        query = QueryDict(mutable=True)
        query.setlist("skill", [text] * ANSWERS)
        query.setlist("salary", [text] * ANSWERS)
        repair_query(query)


def readers(published: PublishedEdition) -> tuple[Callable[[str], object], ...]:
    return (
        refusable(parse_salary),
        refusable(lambda text: parse_salary(f"1{text}x1")),
        refusable(parse_hour_value),
        refusable(lambda text: parse_whole(text, 1, 5_000, "Hours")),
        refusable(parse_study),
        lambda text: read_side({"a": text}, Name.SALARY),  # type: ignore[arg-type]  # any name will do
        published.places.find,
        published.places.suggest,
        suggest_urls,
        lambda text: list(smart_split(text)),
    )


def read_uploads() -> None:
    """Whether each file may be a table, and what is wrong with its rows."""
    table = next(table for table in TABLES if table.file == "sources.csv")
    header = ",".join(table().get_export_headers())
    for token in TOKENS if IS_LONG else TOKENS[1::2]:
        print(repr(token), flush=True)
        for text in (run(token, 10_000), f"{header}\n{run(token, 10_000)}\n"):
            refusable(lambda text: check_content(text.encode(), table))(text)
            refusable(table().read)(text)


def refusable(read: Callable[[str], object]) -> Callable[[str], object]:
    """Reads a text that may be refused."""

    def reading(text: str) -> None:
        with suppress(Unreadable, BadUpload, BadTable, ValidationError):
            read(text)

    return reading


def run(token: str, size: int) -> str:
    return token * (size // len(token))


if __name__ == "__main__":
    main(Path(sys.argv[1]))
