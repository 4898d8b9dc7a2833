"""How long laws, searches and fuzzing run: short in `make test`, long in `make fuzz`; a seed repeats a failure."""

from __future__ import annotations

import os
import secrets

#: Requests for visitors and editors together; examples of each law of parsing.
REQUESTS = int(os.environ.get("FUZZ_REQUESTS", "160"))
EXAMPLES = int(os.environ.get("FUZZ_EXAMPLES", "25"))
IS_LONG = "FUZZ_REQUESTS" in os.environ
#: How many times as many examples and searches as with the other tests.
TIMES = 20 if IS_LONG else 1
#: `make fuzz FUZZ_SEED=…` does the same again; the short run always does the same.
SEED = int(os.environ.get("FUZZ_SEED") or (secrets.randbelow(10**9) if IS_LONG else 1))


def examples(few: int = 30) -> int:
    """The number of examples of a law that has `few` in `make test`."""
    return few * TIMES


def seeds(few: int) -> range:
    """The seeds of a random search that is made `few` times in `make test`."""
    return range(few * TIMES)
