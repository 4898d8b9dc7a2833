"""How long the fuzzing runs: short beside the other tests, long in `make fuzz`; a seed runs a failure again."""

from __future__ import annotations

import os
import secrets

#: Requests for visitors and editors together; examples of each law of parsing.
REQUESTS = int(os.environ.get("FUZZ_REQUESTS", "160"))
EXAMPLES = int(os.environ.get("FUZZ_EXAMPLES", "25"))
IS_LONG = "FUZZ_REQUESTS" in os.environ
#: `make fuzz FUZZ_SEED=…` does the same again; the short run always does the same.
SEED = int(os.environ.get("FUZZ_SEED") or (secrets.randbelow(10**9) if IS_LONG else 1))
