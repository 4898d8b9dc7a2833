"""A real profile for every state that a verdict's page can be in; pages, cards and browsers are tested with them."""

from __future__ import annotations

AUSTIN = "salary=115000&location=us-austin-tx"
FOUR = f"{AUSTIN}&skill=ai-ml-integration&skill=cloud-architecture&skill=kubernetes&skill=system-design"

RATINGS = {
    "firm": f"{AUSTIN}&skill=kafka&skill=python",
    "lean": "salary=70000&location=de-berlin&skill=go&skill=kafka&skill=kubernetes",
    "toss-up": FOUR,
    "stay-put": f"{AUSTIN}&skill=cpp&hours=1&years=1",
    "not-enough-data": "salary=115000&location=us&skill=application-security",
}
OTHERS = {
    "no-market": "salary=900000&location=al&skill=kubernetes",
    "level": "location=in-bengaluru&skill=go&skill=kafka&pay=p75",
    "held": "salary=1800000&location=in&skill=kafka&skill=kubernetes&have=docker&have=go&study=kafka:40",
    "median-alone": "salary=50000&location=uy&skill=kafka&skill=rust",
    "above-p90": "salary=900000&location=us&skill=go&skill=kafka&skill=rust",
    "headline": f"{FOUR}&evidence=headline",
    "ten": "salary=90000&location=ch-zurich&"
    + "&".join(
        f"skill={slug}"
        for slug in (
            "ai-ml-integration",
            "cloud-architecture",
            "docker",
            "go",
            "java",
            "kafka",
            "kubernetes",
            "python",
            "rust",
            "system-design",
        )
    ),
}
STATES = RATINGS | OTHERS
