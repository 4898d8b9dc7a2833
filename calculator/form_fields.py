"""The kinds of answers that a form takes: a text, one of a few words, a whole number, a list of skills."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Any, Self

from django import forms
from django.core.exceptions import ValidationError
from django.http import QueryDict

from calculator.engine.profile import ChoiceSpec, InputSpec
from calculator.money_input import MAX_ANSWER_CHARACTERS, Unreadable, parse_whole
from earnverdict.formatting import listing


class AnswerField(forms.Field):
    """No answer is asked for by its field alone: what is missing or wrong together is for the form to say."""

    def __init__(self, **options: Any) -> None:
        super().__init__(required=False, **options)

    def __deepcopy__(self, memo: dict[int, Any]) -> Self:
        """All forms share their fields, for nothing changes one; Django's copies take 0.1 ms a form."""
        return self

    def clean(self, value: Any) -> Any:
        """`to_python` is all there is: nothing is required, and there are no validators."""
        return self.to_python(value)


class TextField(AnswerField):
    """One answer as typed, the last one if it is repeated; without what no answer can hold.

    `keyboard` is the one that a phone shows. A short field takes a few letters. `options` are all that may be answered.
    """

    widget = forms.TextInput
    longest = MAX_ANSWER_CHARACTERS
    options: Mapping[str, str] = MappingProxyType({})

    def __init__(self, *, keyboard: str = "text", is_short: bool = False, **options: Any) -> None:
        super().__init__(**options)
        self.keyboard, self.is_short = keyboard, is_short

    def to_python(self, value: Any) -> str:
        text = str(value or "").replace("\x00", "").strip()
        if len(text) > self.longest:
            raise ValidationError(f"This is too long. Use up to {self.longest} characters.")
        return text


class OptionField(TextField):
    """One of a few words, given with what a page calls each; blank is the first."""

    def __init__(self, options: Mapping[str, str], **others: Any) -> None:
        super().__init__(initial=next(iter(options)), **others)
        self.options = options

    def clean(self, value: Any) -> str:
        text: str = super().clean(value) or self.initial
        if text not in self.options:
            raise ValidationError(f"Choose {listing(list(self.options), 'or')}.")
        return text


class ChoiceField(OptionField):
    """One of the answers that the engine takes; `labels` has what a page calls each."""

    def __init__(self, spec: ChoiceSpec, labels: Mapping[Any, str], **others: Any) -> None:
        super().__init__({word: labels[value] for word, value in spec.options.items()}, **others)
        self.spec = spec

    def clean(self, value: Any) -> Any:
        return self.spec.options[super().clean(value)]


class SlugsField(AnswerField):
    """A repeated answer: sorted, unique, none blank."""

    widget = forms.MultipleHiddenInput

    def to_python(self, value: Any) -> tuple[str, ...]:
        return tuple(sorted({text for item in value or () if (text := str(item).replace("\x00", "").strip())}))


class WholeField(TextField):
    """A whole number in the range that the engine takes; blank is its default, or no answer where it has none.

    `hint` comes before the range. `what` names the field in a message, where its label is a question.
    """

    def __init__(self, spec: InputSpec, *, label: str, hint: str = "", what: str = "") -> None:
        help_text = f"{hint}{spec.low} to {spec.high}"
        super().__init__(keyboard="numeric", is_short=True, initial=spec.default, label=label, help_text=help_text)
        self.spec, self.what = spec, what or label

    def clean(self, value: Any) -> int | None:
        text = super().clean(value)
        if not text:
            return self.spec.default
        try:
            return parse_whole(text, self.spec.low, self.spec.high, self.what)
        except Unreadable as error:
            raise ValidationError(str(error)) from None


def refuse_several(query: QueryDict, name: str, reason: str) -> None:
    """Raise ValidationError if an answer that decides everything is given twice, in different words.

    Of other answers the last one counts, as a form may send a field twice.
    """
    if len({text for each in query.getlist(name) if (text := each.strip())}) > 1:
        raise ValidationError(reason)
