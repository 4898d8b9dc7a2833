"""What the closed page of a verdict shows, in the order in which it is read. Details are pages of their own."""

from __future__ import annotations

from dataclasses import dataclass

from calculator.engine import Assessment
from calculator.presenters.answer_card import AnswerCard, present_answer_card
from calculator.presenters.answers import AnswerText, describe_town, present_answers
from calculator.presenters.headline import HeadlineText, present_headline
from calculator.presenters.pay_question import PayQuestion, ask_about_pay
from calculator.presenters.plan import PlanText, present_plan
from calculator.presenters.share import (
    Invitation,
    ShareLinks,
    describe_level,
    present_invitation,
    present_share_links,
)
from calculator.presenters.skill_comparison import SkillComparison, present_skill_comparison
from calculator.presenters.verdict import VerdictPresenter
from calculator.presenters.ways import EXPERIENCE_GROUPS, WaysText, present_common_ways
from calculator.query import write_amount, write_way_answers


@dataclass(frozen=True, slots=True, kw_only=True)
class VerdictPage:
    """Everything the template prints. A question about pay is in place of the answer: nothing else is shown then.

    `town` says whose pay answers for the town that was named. `experience` are years of work to choose from, until they
    are given. `confirmed` is pay that was called right, which the form of the answers sends along, as it does
    `way_answers`: what was said about other ways.
    """

    title: str
    plain: str
    announcement: str
    headline: HeadlineText
    level: str
    town: str
    invitation: Invitation | None
    card: AnswerCard | PayQuestion
    is_question: bool
    share: ShareLinks | None
    comparison: SkillComparison | None
    plan: PlanText | None
    ways: WaysText | None
    experience: tuple[tuple[str, int], ...]
    has_flips: bool
    answers: tuple[AnswerText, ...]
    confirmed: str
    way_answers: tuple[tuple[str, str], ...]


def present_verdict_page(presenter: VerdictPresenter, assessed: Assessment) -> VerdictPage:
    headline, question = present_headline(presenter), ask_about_pay(presenter)
    return VerdictPage(
        title=question.heading if question else headline.title,
        plain=question.text if question else headline.plain,
        announcement=question.heading if question else headline.announcement,
        headline=headline,
        level=describe_level(presenter),
        town=describe_town(presenter),
        invitation=present_invitation(presenter),
        card=question or present_answer_card(presenter, headline, assessed),
        is_question=question is not None,
        share=None if question else present_share_links(presenter, headline),
        comparison=None if question else present_skill_comparison(presenter, assessed),
        plan=None if question else present_plan(presenter),
        ways=None if question else present_common_ways(presenter),
        experience=EXPERIENCE_GROUPS if presenter.lacks_years else (),
        has_flips=question is None and presenter.verdict.chance_nothing is not None,
        answers=present_answers(presenter),
        confirmed=write_amount(presenter.profile.confirmed_pay or 0.0) if presenter.profile.is_pay_confirmed else "",
        way_answers=tuple(write_way_answers(presenter.ways)),
    )
