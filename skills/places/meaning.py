"""What a typed text may mean, and how sure that is."""

from __future__ import annotations

from dataclasses import dataclass

from calculator.engine import Place


@dataclass(frozen=True, slots=True, kw_only=True)
class Meaning:
    """What a text may mean: the place whose pay answers, and the town or region within it that was named, if any.

    `label` is its name with what it lies in. It is unique, and `find` finds it.
    """

    place: Place
    label: str
    area: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """What may be meant, likeliest first; `is_clear` if the first is meant beyond doubt.

    `is_guess` if nothing has this name: what is found is one error away, or something typed is not accounted for.
    `is_wide` if the text means an area of many labour markets, such as Europe, or none, as remote.
    `is_postal_code` if a postal code was typed and no place around it: what is found is where it is in the US.
    `without_pay` is the name of the country that was meant, if no pay is known there.
    """

    meanings: tuple[Meaning, ...] = ()
    is_clear: bool = False
    is_guess: bool = False
    is_wide: bool = False
    is_postal_code: bool = False
    without_pay: str = ""

    @property
    def places(self) -> tuple[Place, ...]:
        """The places whose pay answers, each once."""
        return tuple({meaning.place.slug: meaning.place for meaning in self.meanings}.values())
