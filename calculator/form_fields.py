"""The kinds of answers that a form takes: a text, a whole number, a list of skills."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from calculator.engine.profile import InputSpec
from calculator.money_input import MAX_ANSWER_CHARACTERS, Unreadable, parse_whole


class AnswerField(forms.Field):
    """No answer is asked for by its field alone: what is missing or wrong together is for the form to say."""

    def clean(self, value: Any) -> Any:
        """`to_python` is all there is: nothing is required, and there are no validators."""
        return self.to_python(value)


class TextField(AnswerField):
    """One answer as typed, the last one if it is repeated; without what no answer can hold."""

    widget = forms.TextInput
    longest = MAX_ANSWER_CHARACTERS

    def to_python(self, value: Any) -> str:
        text = str(value or "").replace("\x00", "").strip()
        if len(text) > self.longest:
            raise ValidationError(f"This is too long: {self.longest} characters are the most.")
        return text


class SlugsField(AnswerField):
    """A repeated answer: sorted, unique, none blank."""

    widget = forms.MultipleHiddenInput

    def to_python(self, value: Any) -> tuple[str, ...]:
        return tuple(sorted({text for item in value or () if (text := str(item).replace("\x00", "").strip())}))


class WholeField(TextField):
    """A whole number in the range that the engine takes; blank is its default, or no answer where it has none."""

    def __init__(self, spec: InputSpec, *, what: str, **options: Any) -> None:
        super().__init__(required=False, initial=spec.default, **options)
        self.low, self.high, self.default, self.what = spec.low, spec.high, spec.default, what

    def clean(self, value: Any) -> int | None:
        text = super().clean(value)
        if not text:
            return self.default
        try:
            return parse_whole(text, self.low, self.high, self.what)
        except Unreadable as error:
            raise ValidationError(str(error)) from None
