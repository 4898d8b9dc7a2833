"""A place as it is typed: what it means, or why that is not clear and which places may be meant."""

from __future__ import annotations

from django.core.exceptions import ValidationError
from django.http import QueryDict

from calculator.form_fields import refuse_several
from calculator.money_input import MAX_ANSWER_CHARACTERS
from calculator.query import Name, WayName
from skills.editions.document import PublishedEdition
from skills.places.meaning import Found, Meaning

_WITHOUT_PAY = "We have no pay for {name}. Enter the country that you are paid in."
_UNKNOWN_PLACE = "We do not know “{typed}”. Try the nearest larger city, or the country in English."
_WIDE_AREA = "“{typed}” is not one labour market. Enter the country that you are paid in."
_POSTAL_CODE = "“{typed}” looks like a postcode, and one postcode may be in several countries. Enter the town."
_AMERICAN_POSTAL_CODE = f"{_POSTAL_CODE} In the United States it is in the area below."
_NEAR_PLACES = "We do not know “{typed}”. Did you mean one of the places below?"
_SEVERAL_PLACES = "“{typed}” may be several places. Choose one below, or add the state or country."


class PlaceFormMixin:
    """A form that asks for a place and, next to it, may be given one of its towns."""

    query: QueryDict
    published: PublishedEdition
    #: The places that may be meant by what was typed: what a mistake offers to choose.
    places_meant: tuple[Meaning, ...] = ()

    def read_place(self, name: Name | WayName, town_name: Name | WayName) -> Meaning:
        """Return the place that is meant beyond doubt. Raises ValidationError, and keeps the places to choose from."""
        refuse_several(self.query, name, "There are two places here. Enter one.")
        typed = self.read_text(name)
        found = self.published.places.find(typed)
        if found.is_clear:
            return self.add_town(found.meanings[0], town_name)
        self.places_meant = found.meanings
        raise ValidationError(_explain(found, typed))

    def add_town(self, meaning: Meaning, town_name: Name | WayName) -> Meaning:
        """Return the town that was given next to the place that answers; it must be one of that place's."""
        town = self.read_text(town_name)
        if not town or meaning.area:
            return meaning
        return self.published.places.find_town(town, meaning.place.slug) or meaning

    def read_text(self, name: Name | WayName) -> str:
        """Return an answer as typed, as long as any may be."""
        return self.query.get(name, "").replace("\x00", "").strip()[:MAX_ANSWER_CHARACTERS]


def _explain(found: Found, typed: str) -> str:
    """Return why a place is not clear, and what helps."""
    if found.without_pay:
        return _WITHOUT_PAY.format(name=found.without_pay)
    if found.is_wide:
        return _WIDE_AREA.format(typed=typed)
    if found.is_postal_code:
        return (_AMERICAN_POSTAL_CODE if found.meanings else _POSTAL_CODE).format(typed=typed)
    if found.meanings:
        return (_NEAR_PLACES if found.is_guess else _SEVERAL_PLACES).format(typed=typed)
    return _UNKNOWN_PLACE.format(typed=typed)
