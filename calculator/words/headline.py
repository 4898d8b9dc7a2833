"""The answer in one glance: best bet, how firm, how much, when, and what headlines say."""

from __future__ import annotations

from dataclasses import dataclass

from calculator.engine.edition import EvidenceChoice
from calculator.engine.verdict import LEARNING_NOTHING, Outlook, Rating, Rival
from calculator.words.speaker import Speaker
from earnverdict import figures

#: A skill whose premium counts for nearly all of itself beside the held ones needs no word about it.
COUNTS_WHOLE = 0.995
RATING_LABELS = {
    Rating.FIRM: "Firm",
    Rating.LEAN: "Lean",
    Rating.TOSS_UP: "Toss-up",
    Rating.STAY_PUT: "Stay put",
    Rating.NOT_ENOUGH_DATA: "Not enough data",
}
EVIDENCE_LABELS = {
    EvidenceChoice.MEASURED: "Measured",
    EvidenceChoice.ALL: "Measured and headlines",
    EvidenceChoice.HEADLINE: "Headlines alone",
}


_NOTHING_KNOWN = {
    EvidenceChoice.MEASURED: (
        "Nothing is measured for these skills",
        "No figure of grade A, B or C is about a skill you chose. Let headlines count too, or choose other skills.",
    ),
    EvidenceChoice.ALL: (
        "Nothing is known of these skills",
        "No figure on file is about a skill you chose. Choose other skills.",
    ),
    EvidenceChoice.HEADLINE: (
        "No headline is on file for these skills",
        "You let headlines alone count, and none is about a skill you chose. Let measured evidence count.",
    ),
}
_GROUNDS = {
    EvidenceChoice.MEASURED: "on the evidence",
    EvidenceChoice.ALL: "on the evidence, headlines included,",
    EvidenceChoice.HEADLINE: "if headlines are right,",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class HeadlineWords:
    """The top of the page. `plain` is the whole of it in one sentence, for titles and announcements."""

    rating: str
    rating_label: str
    title: str
    firmness: str
    amount: str
    amount_note: str
    facts: tuple[tuple[str, str], ...]
    learn_one: str
    learn_all: str
    plain: str
    announcement: str


def headline_words(speaker: Speaker) -> HeadlineWords:
    verdict = speaker.verdict
    if verdict.best_bet is None:
        return _without_best_bet(speaker)
    best, outlook = verdict.best_bet, verdict.outlook(verdict.best_bet)
    name, label, amounts = speaker.skill(best), RATING_LABELS[verdict.rating], speaker.amounts[best]
    assert outlook.gain is not None and outlook.premium is not None  # noqa: S101, PT018 - a best bet has both
    return HeadlineWords(
        rating=verdict.rating.value,
        rating_label=label,
        title=f"Best bet: {name}",
        firmness=_firmness(speaker),
        amount=amounts.span,
        amount_note=f"a year before tax, if an employer pays for it. Expected: {amounts.expected}.",
        facts=tuple(_facts(speaker, outlook)),
        learn_one=name,
        learn_all=_learn_all(speaker),
        plain=figures.plain_text(
            f"{name}: {amounts.span} a year if an employer pays for it. {label}.{_alone(speaker)}"
        ),
        announcement=figures.plain_text(
            f"Best bet {name}, {label.lower()}: {amounts.span} a year after "
            f"{figures.duration(outlook.study.months)}, net gain {speaker.money.signed(outlook.gain.net_gain)}."
        ),
    )


def _firmness(speaker: Speaker) -> str:
    """How firm the ranking is, with its rivals by name."""
    verdict = speaker.verdict
    closest = verdict.rivals[0]
    chance, grounds = _chance(speaker, closest), _GROUNDS[speaker.profile.evidence]
    if verdict.rating is Rating.TOSS_UP:
        edge = speaker.published.edition.constants.lean_from
        rivals = [speaker.rival(rival.slug) for rival in verdict.rivals if rival.chance < edge]
        beating = f"beating {rivals[0]}, its closest rival" if len(rivals) > 1 else "coming out ahead"
        names = figures.listing(rivals)
        return f"It is a toss-up with {names}: {grounds} it has only {chance} chance of {beating}."
    lead = "A lean, not a certainty" if verdict.rating is Rating.LEAN else "A firm answer"
    if closest.slug == LEARNING_NOTHING:
        return f"{lead}: {grounds} it has {chance} chance of bringing in more than it costs."
    rival = speaker.rival(closest.slug)
    return f"{lead}: {grounds} it has {chance} chance of beating {rival}, its closest rival."


def _chance(speaker: Speaker, rival: Rival) -> str:
    constants = speaker.published.edition.constants
    return figures.with_article(figures.chance(rival.chance, (constants.lean_from, constants.firm_from)))


def _facts(speaker: Speaker, outlook: Outlook) -> list[tuple[str, str]]:
    assert outlook.premium is not None  # noqa: S101 - the caller has checked
    study, weekly = outlook.study, figures.plural(speaker.profile.weekly_hours, "hour")
    facts = [
        ("Time", f"{figures.duration(study.months)} at {weekly} a week"),
        ("First extra pay", f"about {figures.month(study.first_pay_month)}"),
        (EVIDENCE_LABELS[speaker.profile.evidence], _measured(speaker, outlook)),
        ("Headlines say", speaker.claims[outlook.slug]),
    ]
    safest = speaker.verdict.safest_bet
    if safest is not None and safest != speaker.verdict.best_bet:
        facts.append(("Safest bet", f"{speaker.skill(safest)}: most likely to bring in anything at all"))
    return facts


def _alone(speaker: Speaker) -> str:
    """What a reader who sees only this must know: that the figures are claims."""
    return " Headlines alone counted." if speaker.profile.evidence is EvidenceChoice.HEADLINE else ""


def _measured(speaker: Speaker, outlook: Outlook) -> str:
    assert outlook.premium is not None  # noqa: S101 - the caller has checked
    premium = figures.signed_percent_range(outlook.premium.low, outlook.premium.high)
    behind = figures.plural(len(outlook.contributions), "figure")
    return f"{premium} of {_pay_counted(speaker, outlook)}, from {behind}, best grade {outlook.grade}"


def _pay_counted(speaker: Speaker, outlook: Outlook) -> str:
    """Of what the premium is a share, where that is not plainly the visitor's pay."""
    market, gain = speaker.verdict.market, outlook.gain
    base = "pay up to P90" if market and market.annual_salary > market.capped_salary else "pay"
    return f"{base}, before your other skills" if gain and gain.stack_ratio < COUNTS_WHOLE else base


def _learn_all(speaker: Speaker) -> str:
    steps = speaker.verdict.path.steps
    return f"start with {speaker.skill(steps[0].slug)}" if len(steps) > 1 else ""


def _without_best_bet(speaker: Speaker) -> HeadlineWords:
    verdict, horizon = speaker.verdict, speaker.horizon()
    if verdict.rating is Rating.STAY_PUT:
        title = "Stay put: none of these is expected to pay"
        firmness = (
            f"With your hours, your odds and {horizon} to look ahead, no skill you chose is expected to bring in more "
            "than it costs. More hours, more years or other skills may change that."
        )
    elif verdict.market is None:
        title = "We do not know what developers earn there"
        firmness = (
            f"No source of this edition gives developer pay for {speaker.place(speaker.profile.location)} or what it "
            "lies in, so we print no amounts. What is measured as a share of pay is shown all the same."
        )
    else:
        title, firmness = _NOTHING_KNOWN[speaker.profile.evidence]
    return HeadlineWords(
        rating=verdict.rating.value,
        rating_label=RATING_LABELS[verdict.rating],
        title=title,
        firmness=firmness,
        amount="",
        amount_note="",
        facts=(),
        learn_one="",
        learn_all="",
        plain=f"{title}.",
        announcement=f"{title}.",
    )
