"""A place as it is typed: what it means, or why that is not clear and which places may be meant."""

from __future__ import annotations

from django.core.exceptions import ValidationError

from skills.editions.document import PublishedEdition
from skills.places.meaning import Meaning

_WITHOUT_PAY = "We have no pay for {name}. Enter the country that you are paid in."
_UNKNOWN_PLACE = "We do not know “{typed}”. Try the nearest larger city, or the country in English."
_WIDE_AREA = "“{typed}” is not one labour market. Enter the country that you are paid in."
_POSTAL_CODE = "“{typed}” looks like a postcode, and one postcode may be in several countries. Enter the town."
_AMERICAN_POSTAL_CODE = f"{_POSTAL_CODE} In the United States it is in the area below."
_NEAR_PLACES = "We do not know “{typed}”. Did you mean one of the places below?"
_SEVERAL_PLACES = "“{typed}” may be several places. Choose one below, or add the state or country."


class UnclearPlace(ValidationError):
    """What was typed is no place, or not one alone; `meanings` are the places to choose from."""

    def __init__(self, message: str, meanings: tuple[Meaning, ...]) -> None:
        super().__init__(message)
        self.meanings = meanings


def read_place(typed: str, published: PublishedEdition) -> Meaning:
    """Return what is meant beyond doubt. Raises UnclearPlace."""
    found = published.places.find(typed)
    if found.is_clear:
        return found.meanings[0]
    if found.without_pay:
        message = _WITHOUT_PAY.format(name=found.without_pay)
    elif found.is_wide:
        message = _WIDE_AREA.format(typed=typed)
    elif found.is_postal_code:
        message = (_AMERICAN_POSTAL_CODE if found.meanings else _POSTAL_CODE).format(typed=typed)
    elif found.meanings:
        message = (_NEAR_PLACES if found.is_guess else _SEVERAL_PLACES).format(typed=typed)
    else:
        message = _UNKNOWN_PLACE.format(typed=typed)
    raise UnclearPlace(message, found.meanings)


def add_town(meaning: Meaning, town: str, published: PublishedEdition) -> Meaning:
    """Return the town that was given next to the place that answers; it must be one of that place's."""
    if not town or meaning.area:
        return meaning
    return published.places.find_town(town, meaning.place.slug) or meaning
