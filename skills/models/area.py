"""What a figure about a way is of: the world, a region, or one country."""

from __future__ import annotations

from babel import Locale
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Length
from django.db.models.lookups import Exact

from skills.models.region import Region

_COUNTRIES = Locale("en").territories
_ADVICE = "Leave it empty for the world, or write a region, as western-europe, or a country’s code, as ua."


def validate_area(area: str) -> None:
    """Raise ValidationError for what is neither a region nor a country's code in small letters."""
    is_country = len(area) == 2 and area.islower() and area.upper() in _COUNTRIES
    if not (area in Region.values or is_country):
        raise ValidationError(_ADVICE, code="area")


def name_area(area: str) -> str:
    """Name an area for readers: worldwide, Western Europe, Ukraine."""
    if not area:
        return "worldwide"
    return str(Region(area).label) if area in Region.values else str(_COUNTRIES.get(area.upper(), area))


def list_areas() -> list[tuple[str, str]]:
    """List each region, then each country, with its name."""
    countries = ((code.lower(), str(name)) for code, name in _COUNTRIES.items() if len(code) == 2 and code.isalpha())
    return [*Region.choices, *sorted(countries, key=lambda each: each[1])]


def read_area(text: str) -> str | None:
    """Read an area by its code or its name, in any case: western-europe, Germany, worldwide. None if it is none."""
    typed = " ".join(text.split()).casefold()
    areas = (("", name_area("")), *list_areas())
    return next((area for area, name in areas if typed in (area, name.casefold())), None)


def area_field(help_text: str) -> models.CharField[str, str]:
    return models.CharField(
        "region or country", max_length=20, blank=True, validators=[validate_area], help_text=help_text
    )


def area_known(name: str) -> models.CheckConstraint:
    """The constraint that a table's `region` is a region, two letters, or empty."""
    return models.CheckConstraint(
        name=name,
        condition=Q(region__in=["", *Region.values]) | Q(Exact(Length(F("region")), 2)),
        violation_error_message=_ADVICE,
    )
