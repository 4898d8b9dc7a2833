"""What is claimed of a skill against what the evidence says, on one scale."""

from __future__ import annotations

from dataclasses import dataclass

from calculator.engine.edition import EvidenceChoice
from calculator.engine.verdict import Outlook
from calculator.presenters.claims import claimed_range, name_claimants
from calculator.presenters.verdict import VerdictPresenter
from earnverdict.chart_scale import Axis, Bar, Scale
from skills.presenters.grades import label_measured

#: What the second bar is called, by the evidence that counts.
EVIDENCE_LABELS = {
    EvidenceChoice.MEASURED: "Measured",
    EvidenceChoice.ALL: "Measured and claimed",
    EvidenceChoice.HEADLINE: "If claims are right",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class GapChart:
    """Two bars, or one where there is no claim on file (`claim` is None then), and their ruler."""

    claimed_by: str
    claimed: str
    claim: Bar | None
    label: str
    amount: str
    measured: Bar
    axis: Axis


def gap_chart(presenter: VerdictPresenter, slug: str) -> GapChart:
    """For a considered skill with an amount."""
    outlook, money = presenter.verdict.outlook(slug), presenter.money
    assert outlook.gain is not None  # noqa: S101 - the caller has checked
    uplift, claim = presenter.own_uplift(outlook), claimed_range(presenter, slug)
    span = money.span(uplift.low, uplift.high)
    scale = Scale.around([uplift.low, uplift.high, *(claim or ())])
    return GapChart(
        claimed_by=f"Claimed: {name_claimants(presenter, slug)}" if claim else "",
        claimed=money.span(*claim) if claim else "",
        claim=scale.bar(*claim) if claim else None,
        label=describe_evidence(presenter, outlook),
        amount=money.leave_out_code(span) if claim else span,
        measured=scale.bar(uplift.low, uplift.high, uplift.expected),
        axis=scale.money_axis(money),
    )


def describe_evidence(presenter: VerdictPresenter, outlook: Outlook) -> str:
    """Name the second bar: as a claim it is about the skill alone, so say what is not in it and is to be learned."""
    label = label_measured(EVIDENCE_LABELS[presenter.profile.evidence], outlook.grade_shares)
    return f"{label}, without {presenter.listed(outlook.study.added)}" if outlook.study.added else label
