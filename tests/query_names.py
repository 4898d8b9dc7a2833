"""The names of all parameters that the pages of a verdict read, from the code that reads them."""

from __future__ import annotations

from collections.abc import Iterator

from calculator import query, starting_sets, switches

#: What follows a name that is one for each skill or each way: `study.kubernetes`.
_ABOUT = {query.STUDY_PREFIX: ("go", "kubernetes", "x"), query.WAY_ODDS_PREFIX: ("switch-employer", "consult", "x")}


def _list_names() -> Iterator[str]:
    yield from (*query.Name, *query.WayName, *query.Side)
    for module in (query, starting_sets, switches):
        for constant, text in vars(module).items():
            if constant.isupper() and type(text) is str:
                yield from (f"{text}{each}" for each in _ABOUT[text]) if text.endswith(".") else (text,)


VERDICT_NAMES = tuple(dict.fromkeys(map(str, _list_names())))
