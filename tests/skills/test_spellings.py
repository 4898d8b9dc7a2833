"""Texts in order, and those that one error leads to: against trying every error on every text."""

from __future__ import annotations

from itertools import product

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from skills.places.spellings import CROWD, MIN_LETTERS_TO_MISSPELL, Spellings

#: Enough texts that several letters in every beginning has a crowd, and some that stand alone.
CROWDED = ["".join(letters) for size in (3, 4, 6) for letters in product("ab ", repeat=size)]
CROWDED += [f"aaabc{one}{other}" for one, other in product("abcd ", repeat=2)]
CROWDED += [f"abbaba {''.join(letters)}" for letters in product("abcd", repeat=3)]
ALONE = ["bermuda", "berlin", "berlin mitte", "bernau", "brünn", "москва", "paris", "parma", "palma", "c", "cd"]
TEXTS = sorted({text for text in [*CROWDED, *ALONE] if text == text.strip()})
SPELLINGS = Spellings(TEXTS)


def one_error(text: str) -> set[str]:
    """Slow and obvious: every plain letter at every position, every letter left out, all neighbours swapped."""
    cuts = [(text[:position], text[position:]) for position in range(len(text) + 1)]
    letters = "abcdefghijklmnopqrstuvwxyz "
    return {
        *(before + after[1:] for before, after in cuts if after),
        *(before + after[1] + after[0] + after[2:] for before, after in cuts if len(after) > 1),
        *(before + letter + after for before, after in cuts for letter in letters),
        *(before + letter + after[1:] for before, after in cuts for letter in letters if after),
    } - {text}


def near_by_trying(text: str) -> set[str]:
    """Whole texts one error away; what begins so where the error is not the last letter; but not as typed."""
    near = one_error(text)
    swapped = text[:-2] + text[:-3:-1]
    begun = {other for other in near if other[-1] == text[-1] or other == swapped} if len(text) > 4 else set()
    going_on = {known for known in TEXTS if known.startswith(tuple(begun)) and not known.startswith(text)}
    return going_on | (near & set(TEXTS))


@st.composite
def mistype(draw: st.DrawFn) -> str:
    """The beginning of a text, of four letters or more, with an error at any place, or anything."""
    begun = draw(
        st.sampled_from([*TEXTS, *ALONE * 20]).filter(lambda known: len(known) > 3) | st.text("abceérв ", min_size=5)
    )
    begun = begun[: draw(st.integers(4, len(begun)))]
    place, letter = draw(st.integers(0, len(begun) - 1)), draw(st.sampled_from("abcr é"))
    before, wrong, after = begun[:place], begun[place], begun[place + 1 :]
    changed = [
        before + letter + wrong + after,
        before + letter + after,
        before + wrong + wrong + after,
        before + after[:1] + wrong + after[1:],
        before + after if len(begun) > MIN_LETTERS_TO_MISSPELL else begun,
    ]
    return draw(st.sampled_from(changed))


@given(text=mistype())
@example(text="parii")
@example(text="belrin")
@example(text="berlni")
@example(text="aaacb")
@example(text="abbaba xdd")
@example(text="abbaba add")
def test_one_error_leads_to_what_trying_every_error_does(text: str) -> None:
    near = list(SPELLINGS.one_error_from(text, [len(text)]))

    whole = {item.text for item in near} & set(TEXTS)
    begun = {known for item in near for known in SPELLINGS.texts[item.span.start : item.span.stop]}
    assert whole | {known for known in begun if not known.startswith(text)} == near_by_trying(text)


@pytest.mark.parametrize("text", ["", "b", "ber", "berlin", "berlin m", "z", "\U0010ffff"])
def test_what_begins_so_are_neighbours(text: str) -> None:
    span = SPELLINGS.beginning_with(text)

    assert SPELLINGS.texts[span.start : span.stop] == [known for known in TEXTS if known.startswith(text)]


def test_shorter_readings_of_a_text_are_tried_too() -> None:
    near = list(SPELLINGS.one_error_from("berlim mitte", [3, 6, 12]))

    assert {(item.end, item.text) for item in near} == {(6, "berlin"), (12, "berlin mitte")}


def test_crowds_are_the_beginnings_that_many_have() -> None:
    counted = {text[:size] for text in TEXTS for size in range(len(text) + 1)}
    many = {begun for begun in counted if sum(text.startswith(begun) for text in TEXTS) > CROWD}

    assert set(SPELLINGS.crowds) == many


@pytest.mark.parametrize("texts", [[], [""], ["one"]], ids=["none", "empty", "one"])
def test_few_texts_are_searched_as_well(texts: list[str]) -> None:
    spellings = Spellings(texts)

    assert [item.text for item in spellings.one_error_from("ones", [4])] == [text for text in texts if text == "one"]
