"""A field of words or short phrases, as visitors type them."""

from __future__ import annotations

import re
import unicodedata
from typing import Any

from django.db import models

_SEPARATORS = re.compile(r"[,;\n]")
# A point begins `.net`, and parts `node.js`; C++ and C# keep their signs.
_WORD = re.compile(r"(?:(?<![^\W_])\.)?[^\W_][^\W_+#]*[+#]*")


class WordsField(models.CharField[str, str]):
    """Words with commas between them, in small letters and each once. Python code gets them as one text."""

    def to_python(self, value: Any) -> Any:
        text = super().to_python(value)
        return ", ".join(split_words(text)) if text else text


def split_words(text: str) -> list[str]:
    """Return the words and phrases of a text, each once."""
    words = (" ".join(part.split()).lower() for part in _SEPARATORS.split(text))
    return [*dict.fromkeys(filter(None, words))]


def find_words(text: str) -> list[str]:
    """Return the single words of a text as they are compared: without accents and case; `c++` and `.net` are words."""
    folded = text.lower() if text.isascii() else unicodedata.normalize("NFKD", text).casefold()
    plain = "".join(letter for letter in folded if not unicodedata.combining(letter)).replace("ł", "l")
    return _WORD.findall(plain)
