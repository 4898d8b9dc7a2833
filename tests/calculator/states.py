"""A real profile for every state that a verdict's page can be in; pages, cards and browsers are tested with them."""

from __future__ import annotations

AUSTIN = "salary=115000&location=us-austin-tx"
FOUR = f"{AUSTIN}&skill=ai-ml-integration&skill=cloud-architecture&skill=kubernetes&skill=system-design"
KNOWN = "have=docker&have=postgresql&have=python&have=typescript"

RATINGS = {
    "firm": f"{AUSTIN}&skill=kafka&skill=python",
    "lean": "location=in&skill=ci-cd&odds=20&pay=p25",
    "toss-up": FOUR,
    "stay-put": f"{AUSTIN}&skill=cpp&hours=1&years=1",
    "not-enough-data": "salary=115000&location=us&skill=application-security",
}
STAY_PUT = {
    "no-time": RATINGS["stay-put"],
    "no-gain": f"{FOUR}&years=1",
    "nothing-likelier": "location=ua&skill=java&hours=1&years=5&odds=80&hour=0&pay=p10",
}
OTHERS = {
    "all": f"{AUSTIN}&{KNOWN}",
    "too-little": "salary=59000&location=gb&skill=docker&skill=postgresql&skill=python&skill=redis&skill=typescript"
    "&hours=4&years=1",
    "duties": "location=de-berlin&skill=ci-cd&skill=site-reliability&experience=12&hour=0&pay=p25",
    "no-time-for-one": f"{AUSTIN}&skill=cpp&skill=redis&hours=3&years=2",
    "no-data-for-one": f"{AUSTIN}&skill=application-security&skill=kafka",
    "likelier-for-less": "location=br&skill=rust&skill=site-reliability&hours=3&years=5&odds=20&hour=0&pay=p50",
    "notable-orders": "location=us-austin-tx&skill=cpp&skill=kubernetes&hours=10&odds=10&hour=0&pay=p50",
    "no-plan": "location=us&skill=ai-ml-integration&skill=data-engineering&skill=docker&skill=kotlin"
    "&skill=site-reliability&hours=1&years=2&odds=100&evidence=all&pay=p90",
    "prerequisite": "salary=52000&location=de&skill=docker&skill=kubernetes&experience=3&hour=20",
    "no-market": "salary=900000&location=al&skill=kubernetes",
    "no-market-all": "salary=900000&location=al",
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
STATES = RATINGS | STAY_PUT | OTHERS
