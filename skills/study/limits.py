"""What a strict test leaves of the study's figures, quoted from the study of November 2026."""

from __future__ import annotations

_COULD_BE_ZERO = "under Oster’s strict test it could be zero"
_STAYS = "under Oster’s strict test it stays above zero"
#: Skills of which the strict test may leave nothing.
COULD_BE_ZERO = frozenset({"infrastructure-as-code", "kafka", "kubernetes"})
#: By skill. Oster (2019) supposes that what was not asked about matters as much as what was.
STRICT_TEST = {
    "cloud-architecture": "under Oster’s strict test AWS and Google Cloud stay above zero",
    "infrastructure-as-code": "under Oster’s strict test Terraform could be zero",
    "kafka": _COULD_BE_ZERO,
    "kubernetes": _COULD_BE_ZERO,
    "python": _STAYS,
    "rust": _STAYS,
}
