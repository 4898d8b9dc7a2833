"""What the forms say of each figure: what it means, in which unit, and who sees it.

The texts stand here and not on the models, so that a better word needs no migration.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.db.models import Model
from django.forms import BaseInlineFormSet
from django.http import HttpRequest
from django.utils.text import capfirst

from skills.models import Evidence, ExchangeRate, Location, Skill, Source

_PART_OF_EDITION = "Part of the next edition. Without the tick the row stays here, and readers do not see it."

HELP: Mapping[type[Model], Mapping[str, str]] = {
    Skill: {
        "name": "As readers see it.",
        "slug": "Its address: kafka is /skills/kafka/. It never changes once published.",
        "hours_low": "Hours of study; one learner in ten needs less.",
        "hours_mid": "Hours of study; half need less. Verdicts count with these.",
        "hours_high": "Hours of study; one learner in ten needs more.",
        "hours_basis": "Where the hours come from. Readers see it.",
        "exam_cost_usd": "What the usual certificate costs, in US dollars; 0 where none is needed.",
        "prerequisites": "Skills to have first: a path learns them before this one.",
        "tilt_percent": "By how many log points the premium is higher at P75 of pay than at P25: 2 lifts it from "
        "about 3% to about 5%, −2 the other way round. Empty counts as 0.",
        "is_published": _PART_OF_EDITION,
    },
    Evidence: {
        "region": "Empty: the figure counts everywhere. With a region it counts only there, instead of the same "
        "source’s worldwide one.",
        "low_percent": "P10, in percent of pay: 3 means +3%. One chance in ten that the difference is smaller.",
        "mid_percent": "P50, in percent of pay: as likely too high as too low.",
        "high_percent": "P90, in percent of pay. One chance in ten that the difference is bigger.",
        "grade": "How far the figure can be trusted, and so how much it weighs. D is shown as a claim.",
        "population": "Whom the figure is about, in a few words. Readers see it.",
        "year": "The year that its data is of, not the year of the publication.",
        "sample_size": "People, answers or adverts behind the figure. Empty where that is not published.",
        "note": "What else a reader should know, in a sentence.",
    },
    Location: {
        "name": "As readers see it, without the country.",
        "slug": "Part of shared addresses, as us-austin-tx. It never changes once published.",
        "currency": "ISO code, as USD. The pay below is in whole units of it, a year, before tax.",
        "p10": "One developer in ten earns less.",
        "p25": "A quarter earn less.",
        "p50": "Half earn less. Empty: the place above answers for this one.",
        "p75": "A quarter earn more.",
        "p90": "One in ten earns more.",
        "year": "The year that the pay is of.",
        "price_level": "Prices here where those of the United States are 100: 85 is 15% cheaper.",
        "latitude": "Degrees; south of the equator below 0.",
        "longitude": "Degrees; west of Greenwich below 0.",
        "population": "How many people live there: of places with the same name the biggest is offered first.",
        "note": "What one should know of the pay.",
        "is_published": _PART_OF_EDITION,
    },
    ExchangeRate: {
        "currency": "ISO code, as EUR.",
        "units_per_usd": "How much of the currency one US dollar buys: 0.92 of EUR means that $100 is €92.",
        "quoted_on": "The day that the rate is of.",
    },
    Source: {
        "slug": "Its short name in CSV files and articles, as [@pooled-2026]. It never changes once published.",
        "title": "Of the publication. Readers see it.",
    },
}


class NamedRows(BaseInlineFormSet):  # type: ignore[type-arg]  # Django's class takes none when it runs
    """Rows whose fields say what they are: the names at the head of a column are not read out with a field."""

    def add_fields(self, form: Any, index: int | None) -> None:
        super().add_fields(form, index)
        for name, field in form.fields.items():
            widget = getattr(field.widget, "widget", field.widget)  # of a related row it is wrapped in its links
            widget.attrs.setdefault("aria-label", capfirst(str(field.label or name)))


class Explained:
    """A form, or the rows of an inline, with the help texts of its table."""

    model: type[Model]

    def get_form(self, request: HttpRequest, obj: Any = None, change: bool = False, **options: Any) -> Any:
        options["help_texts"] = HELP[self.model]
        return super().get_form(request, obj, change=change, **options)  # type: ignore[misc]

    def get_formset(self, request: HttpRequest, obj: Any = None, **options: Any) -> Any:
        options["help_texts"] = HELP[self.model]
        return super().get_formset(request, obj, **options)  # type: ignore[misc]
