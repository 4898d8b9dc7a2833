"""Adds the golden files of an edition: `python -m tests.golden.write NUMBER`. It never rewrites one."""

from __future__ import annotations

import json
import sys
from typing import Any

from ops.bench.site import temporary_site

PUBLISHED_AT = "2026-11-22T00:00:00+00:00"
TEN = [
    *["ai-ml-integration", "ci-cd", "cloud-architecture", "docker", "infrastructure-as-code", "kafka", "kubernetes"],
    *["python", "site-reliability", "system-design"],
]
FOUR = ["ai-ml-integration", "cloud-architecture", "kubernetes", "system-design"]
AUSTIN = {"salary": 115_000.0, "location": "us-austin-tx"}

PROFILES: list[dict[str, Any]] = [
    # Ratings: a toss-up, firm, lean, stay put for each reason, and not enough data for two; one too small to decide by.
    AUSTIN | {"skill": FOUR},
    AUSTIN | {"skill": ["docker", "kafka"]},
    AUSTIN | {"skill": ["kafka", "redis"]},
    AUSTIN | {"skill": ["docker"], "salary": 300_000.0},
    AUSTIN | {"skill": ["kafka"], "hours": 1, "years": 1},
    AUSTIN | {"skill": FOUR, "years": 1},
    AUSTIN | {"skill": ["application-security"]},
    {"salary": 30_000.0, "location": "ad", "skill": ["go", "kafka"]},
    {"salary": 59_000.0, "location": "gb", "skill": ["docker", "python", "redis"], "hours": 3, "years": 1},
    # Places: a country, a median alone, a parent's median, little pay, pay levels, regional evidence.
    {"salary": 70_000.0, "location": "de", "skill": ["go", "java", "kotlin"], "experience": 3},
    {"salary": 75_000.0, "location": "gb-london", "skill": ["cpp", "rust", "system-design"], "experience": 12},
    {"salary": 82_000.0, "location": "de-berlin", "skill": ["ci-cd", "data-engineering", "site-reliability"]},
    {"pay": "p25", "location": "in", "skill": ["ai-ml-integration", "ci-cd", "python"]},
    {"salary": 1_000.0, "location": "br", "skill": ["elasticsearch", "postgresql", "redis"], "years": 10},
    # Held skills, own study hours, an hour's worth, other odds and times.
    AUSTIN | {"have": ["docker", "postgresql", "python", "typescript"]},
    AUSTIN | {"skill": ["docker", "kubernetes"], "study": {"docker": 10, "kubernetes": 300}, "hours": 12},
    AUSTIN | {"skill": ["ai-ml-integration", "python"], "odds": 100, "years": 5, "hours": 20, "hour": 0},
    # What counts as evidence, and many skills.
    AUSTIN | {"skill": FOUR, "evidence": "all"},
    AUSTIN | {"skill": FOUR, "evidence": "headline", "have": ["application-security"]},
    {"pay": "p50", "location": "us", "skill": TEN, "hours": 10, "years": 4, "hour": 7.5},
]


def main(number: int) -> None:
    with temporary_site():
        _write(number)


def _write(number: int) -> None:
    from calculator.engine import NEWEST_MODEL, assess
    from skills.editions.document import seal
    from skills.editions.snapshot import complete, read_draft
    from tests.golden.answers import as_answer, profile_of, read_golden_edition
    from tests.golden.files import answers_file, edition_file

    files = edition_file(number), answers_file(number, NEWEST_MODEL)
    if existing := [path.name for path in files if path.exists()]:
        sys.exit(f"Golden files are never rewritten: {', '.join(existing)} is there already.")

    document = complete(
        read_draft(), number=number, published_at=PUBLISHED_AT, publisher="EarnVerdict", note="The catalogue's files."
    )
    sealed = seal(document)
    edition_file(number).write_bytes(sealed.content)
    edition = read_golden_edition(number, sealed.checksum)
    golden = {
        "edition": number,
        "model": edition.model,
        "checksum": sealed.checksum,
        "answers": [
            {"profile": answers, "verdict": as_answer(assess(profile_of(answers), edition))} for answers in PROFILES
        ],
    }
    answers_file(number, edition.model).write_text(
        json.dumps(golden, indent=1, ensure_ascii=False) + "\n", encoding="utf-8"
    )
    print("Wrote", *[path.name for path in files])


if __name__ == "__main__":
    if len(sys.argv) != 2 or not sys.argv[1].isdecimal():
        sys.exit("usage: python -m tests.golden.write NUMBER")
    main(int(sys.argv[1]))
