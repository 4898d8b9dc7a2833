"""A slow, obvious second opinion on verdicts, which shares no code with the engine.

It takes the visitor's answers and the folder of CSV files, and does every step of the model the plainest way:
quantiles by bisection, chances by counting pairs, paths by trying every order (so ask about seven skills at most: each
further one takes ten times longer). Premiums are logs, x = ln(1 + premium), until they are shown.
"""

import csv
import functools
import itertools
import math
from collections.abc import Callable, Collection, Iterator, Sequence
from pathlib import Path
from typing import Any, NamedTuple

type Row = dict[str, str]
type Piece = tuple[float, float, float, float]  # low, mid, high as fractions; weight
type Line = list[tuple[float, float]]  # points (x, y) with both rising
type Order = tuple[str, ...]

DEFAULTS: dict[str, Any] = {
    "salary": None,
    "pay": None,
    "have": [],
    "hours": 6,
    "years": 3,
    "odds": 50,
    "evidence": "measured",  # or "all", "headline"
    "study": {},  # slug: hours
}
GRADES = {"measured": "ABC", "all": "ABCD", "headline": "D"}
GRADE_WEIGHT = {"A": 16.0, "B": 8.0, "C": 4.0, "D": 1.0}
PRIOR: Piece = (-0.02, 0.025, 0.07, 4.0)
LEVELS = {"p10": 0.10, "p25": 0.25, "p50": 0.50, "p75": 0.75, "p90": 0.90}
SIGMA = 0.45  # spread of log pay where no ancestor publishes one
POINTS = 40
CAP = math.log(1.25)
DISCOUNT = 0.03  # a year
WAIT = 3.0  # months from the end of study to first pay
MONTHS_A_YEAR = 12.0
WEEKS_A_MONTH = 52 / 12
FIRM, LEAN = 0.75, 0.6
NOTHING = ""  # the rival "learning nothing"


class Premium(NamedTuple):
    """A pooled premium in log units."""

    grade: str
    low: float
    high: float
    points: list[float]

    @property
    def mean(self) -> float:
        return sum(self.points) / len(self.points)


class Market(NamedTuple):
    """Pay at a place: `line` runs through its (normal quantile, ln pay)."""

    answered_by: str
    published: dict[str, float]
    line: Line

    def pay(self, level: str) -> float:
        if level in self.published:
            return self.published[level]
        return math.exp(read_off(self.line, normal_quantile(LEVELS[level])))

    def percentile(self, salary: float) -> float:
        turned = [(log_pay, z) for z, log_pay in self.line]
        return clamp(normal_cdf(read_off(turned, math.log(salary))), 0.01, 0.99)


class Situation(NamedTuple):
    """One visitor: the answers, and what the tables say about them."""

    folder: Path
    answers: dict[str, Any]
    chosen: list[str]
    held: list[str]
    place: Row
    market: Market | None
    salary: float | None  # None without a market
    percentile: float | None
    premiums: dict[str, Premium]  # chosen and held skills that have evidence, tilted

    @property
    def horizon(self) -> float:
        return MONTHS_A_YEAR * float(self.answers["years"])

    def odds_of(self, annual: float) -> float:
        return annual * float(self.answers["odds"]) / 100

    def months(self, hours: float) -> float:
        return hours / (float(self.answers["hours"]) * WEEKS_A_MONTH)

    def hours(self, slug: str) -> float:
        typical = skill_row(self.folder, slug)["hours_mid"]
        return float(self.answers["study"].get(slug, typical))

    def exam(self, slug: str) -> float:
        usd = float(skill_row(self.folder, slug)["exam_cost_usd"] or 0)
        return usd * units_per_usd(self.folder, self.place["currency"]) if usd else 0.0

    def gain(self, learned: Collection[str]) -> float:
        means = {slug: premium.mean for slug, premium in self.premiums.items()}
        held = [means[slug] for slug in self.held if slug in means]
        new = [means[slug] for slug in learned if slug in means]
        return stack_gain(held, new, is_capped=self.answers["evidence"] != "headline")

    def uplift(self, log_premium: float) -> float:
        if self.market is None or self.salary is None:
            raise ValueError("no market, no money")
        return uplift(self.salary, self.market.pay("p90"), log_premium)


def verdict(answers: dict[str, Any], folder: Path) -> dict[str, Any]:
    """The whole answer, unrounded. ValueError where every chosen skill is held."""
    situation = look_up(DEFAULTS | answers, folder)
    outcomes = [skill_outcome(situation, slug) for slug in situation.chosen]
    skills = sorted((skill for skill, _ in outcomes), key=falling)
    gains = {skill["slug"]: points for skill, points in outcomes if points}
    order = best_path(situation)
    return {
        **ranking(skills, gains),
        "market": {
            "location": situation.place["slug"],
            "answered_by": situation.market and situation.market.answered_by,
            "currency": situation.place["currency"],
            "percentile": situation.percentile,
            "annual_salary": situation.salary,
        },
        "skills": skills,
        "path": path_answer(situation, order),
        "worst_path": path_answer(situation, worst_path(situation, order)),
    }


def look_up(answers: dict[str, Any], folder: Path) -> Situation:
    held = sorted(set(answers["have"]))
    chosen = sorted(set(answers["skill"]) - set(held))
    if not chosen:
        raise ValueError("every chosen skill is held")
    place = places(folder)[answers["location"]]
    market = market_at(folder, answers["location"])
    salary = percentile = None
    if market is not None:
        salary = answers["salary"] or market.pay(answers["pay"])
        percentile = market.percentile(salary)
    premiums = {}
    for slug in chosen + held:
        shift = tilt_shift(tilt(folder, slug), percentile)
        premium = premium_of(folder, slug, answers["evidence"], place["region"], shift=shift)
        if premium is not None:
            premiums[slug] = premium
    return Situation(folder, answers, chosen, held, place, market, salary, percentile, premiums)


# Tables


@functools.cache
def read_table(folder: Path, name: str) -> list[Row]:
    with (folder / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


@functools.cache
def places(folder: Path) -> dict[str, Row]:
    return {row["slug"]: row for row in read_table(folder, "locations")}


def skill_row(folder: Path, slug: str) -> Row:
    return next(row for row in read_table(folder, "skills") if row["slug"] == slug)


def tilt(folder: Path, slug: str) -> float:
    return float(skill_row(folder, slug)["tilt_percent"] or 0) / 100


def units_per_usd(folder: Path, currency: str) -> float:
    rates = read_table(folder, "exchange_rates")
    row = next(row for row in rates if row["currency"] == currency)
    return float(row["units_per_usd"])


# The normal distribution, and straight lines


def bisect(rising: Callable[[float], float], low: float, high: float) -> float:
    """Where `rising` crosses 0 between `low` and `high`."""
    for _ in range(200):
        middle = (low + high) / 2
        if rising(middle) < 0:
            low = middle
        else:
            high = middle
    return (low + high) / 2


def normal_cdf(z: float) -> float:
    return math.erfc(-z / math.sqrt(2)) / 2


@functools.cache
def normal_quantile(u: float) -> float:
    return bisect(lambda z: normal_cdf(z) - u, -10, 10)


def clamp(value: float, low: float, high: float) -> float:
    return max(low, min(high, value))


def read_off(line: Line, x: float) -> float:
    """The height of `line` at `x`; beyond its ends the outer slopes go on."""
    for (x1, y1), (x2, y2) in itertools.pairwise(line):
        if x <= x2 or x2 == line[-1][0]:
            return y1 + (y2 - y1) * (x - x1) / (x2 - x1)
    raise ValueError("a line needs two points")


# Evidence to premium


def counting_evidence(folder: Path, slug: str, region: str) -> list[Row]:
    """A skill's evidence at a place; its region's figure replaces the worldwide one."""
    rows = [row for row in read_table(folder, "evidence") if row["skill"] == slug]
    here = [row for row in rows if row["region"] and row["region"] == region]
    replaced = {row["source"] for row in here}
    world = [row for row in rows if not row["region"] and row["source"] not in replaced]
    return here + world


def fractions(row: Row) -> tuple[float, float, float]:
    low, mid, high = (float(row[name]) for name in ("low_percent", "mid_percent", "high_percent"))
    return low / 100, mid / 100, high / 100


def piece_cdf(piece: Piece, x: float) -> float:
    """A two-piece normal on the log scale: half its probability each side of mid."""
    low, mid, high = (math.log1p(figure) for figure in piece[:3])
    side = mid - low if x < mid else high - mid
    return normal_cdf((x - mid) / side * normal_quantile(0.9))


def pool(pieces: Sequence[Piece]) -> tuple[float, float, list[float]]:
    """P10, P90 and 40 equal-probability points of the linear opinion pool, as logs."""
    low, high, points = pooled(tuple(pieces))
    return low, high, list(points)


@functools.cache
def pooled(pieces: tuple[Piece, ...]) -> tuple[float, float, tuple[float, ...]]:
    total = sum(weight for *_, weight in pieces)

    def cdf(x: float) -> float:
        return sum(piece[3] * piece_cdf(piece, x) for piece in pieces) / total

    def quantile(u: float) -> float:
        return bisect(lambda x: cdf(x) - u, -20, 20)

    points = tuple(quantile((i + 0.5) / POINTS) for i in range(POINTS))
    return quantile(0.1), quantile(0.9), points


def pieces_of(folder: Path, slug: str, choice: str, region: str) -> list[Piece]:
    """What is pooled, the prior last; nothing where the skill has no such evidence."""
    rows = counting_evidence(folder, slug, region)
    rows = [row for row in rows if row["grade"] in GRADES[choice]]
    pieces = [(*fractions(row), GRADE_WEIGHT[row["grade"]]) for row in rows]
    if pieces and choice != "headline":
        pieces.append(PRIOR)
    return pieces


def premium_of(folder: Path, slug: str, choice: str, region: str, *, shift: float = 0.0) -> Premium | None:
    pieces = pieces_of(folder, slug, choice, region)
    if not pieces:
        return None
    rows = counting_evidence(folder, slug, region)
    grade = min(row["grade"] for row in rows if row["grade"] in GRADES[choice])
    low, high, points = pool(pieces)
    return Premium(grade, low + shift, high + shift, [x + shift for x in points])


def headline_range(situation: Situation, slug: str) -> dict[str, float] | None:
    """The claims as they are printed: lowest low and highest high of the grade D."""
    rows = counting_evidence(situation.folder, slug, situation.place["region"])
    claims = [fractions(row) for row in rows if row["grade"] == "D"]
    if not claims or situation.salary is None:
        return None
    low, high = min(low for low, _, _ in claims), max(high for _, _, high in claims)
    return {"low": low * situation.salary, "high": high * situation.salary}


# Market, tilt, stack, uplift


def upwards(folder: Path, slug: str) -> Iterator[Row]:
    """A place, its parent, and so on."""
    while slug:
        yield places(folder)[slug]
        slug = places(folder)[slug]["parent"]


def quantiles(place: Row) -> dict[str, float]:
    return {level: float(place[level]) for level in LEVELS if place[level]}


def quantile_line(published: dict[str, float]) -> Line:
    return [(normal_quantile(LEVELS[level]), math.log(pay)) for level, pay in published.items()]


def market_at(folder: Path, slug: str) -> Market | None:
    for place in upwards(folder, slug):
        if place["p50"]:
            published = quantiles(place)
            line = quantile_line(published)
            if len(line) == 1:
                sigma = borrowed_sigma(folder, place["parent"])
                ((z, log_pay),) = line
                line = [(z - 1, log_pay - sigma), (z + 1, log_pay + sigma)]
            return Market(place["slug"], published, line)
    return None


def borrowed_sigma(folder: Path, parent: str) -> float:
    """Outermost slope of the nearest ancestor that publishes at least two quantiles."""
    for place in upwards(folder, parent):
        line = quantile_line(quantiles(place))
        if len(line) > 1:
            (z1, log_pay1), (z2, log_pay2) = line[0], line[-1]
            return (log_pay2 - log_pay1) / (z2 - z1)
    return SIGMA


def tilt_shift(tilt: float, percentile: float | None) -> float:
    if percentile is None:
        return 0.0
    return tilt * (clamp(percentile, 0.1, 0.9) - 0.5) / 0.5


def depth_weight(position: int) -> float:
    return (1.0, 1.0, 0.9)[position] if position < 3 else 0.6


def stack(means: Collection[float]) -> float:
    """L: what a set of mean premiums is worth together."""
    falling_means = sorted((max(0.0, mean) for mean in means), reverse=True)
    return sum(depth_weight(i) * mean for i, mean in enumerate(falling_means))


def stack_gain(held: list[float], new: list[float], *, is_capped: bool) -> float:
    """G: what learning `new` adds to what is held."""
    gain = stack(held + new) - stack(held)
    return min(CAP, gain) if is_capped else gain


def uplift(salary: float, p90: float, log_premium: float) -> float:
    """Money a year, before tax, if an employer pays for it."""
    return min(salary, p90) * math.expm1(log_premium)


# Time and money


def annuity(first_month: float, last_month: float) -> float:
    """Value today of 1 a year, paid evenly from one month to another."""
    if first_month >= last_month:
        return 0.0
    return (present(first_month) - present(last_month)) / DISCOUNT


def annuity_by_sum(first_month: float, last_month: float) -> float:
    """The same by fine numeric integration, to check the formula."""
    steps = 100_000
    width = max(0.0, last_month - first_month) / steps
    middles = (first_month + (i + 0.5) * width for i in range(steps))
    return math.fsum(present(month) for month in middles) * width / MONTHS_A_YEAR


def present(month: float) -> float:
    """Value today of 1 paid at a month."""
    return math.exp(-DISCOUNT * month / MONTHS_A_YEAR)


def break_even_month(paid: float, first_month: float, last_month: float, exam: float) -> float | None:
    """When `paid` a year, discounted, has brought in the exam; None if never."""
    if paid <= 0 or first_month >= last_month:
        return None
    if exam == 0:
        return first_month
    if paid * annuity(first_month, last_month) < exam:
        return None
    return bisect(lambda month: paid * annuity(first_month, month) - exam, first_month, last_month)


def prerequisites(folder: Path, slug: str, chosen: Collection[str]) -> set[str]:
    """The chosen skills that must come before `slug`, followed through chosen ones."""
    found: set[str] = set()
    for needed in skill_row(folder, slug)["requires"].split():
        if needed in chosen:
            found |= {needed} | prerequisites(folder, needed, chosen)
    return found


def skill_outcome(situation: Situation, slug: str) -> tuple[dict[str, Any], list[float]]:
    """One skill learned alone, after its chosen prerequisites; and its 40 net gains."""
    together = prerequisites(situation.folder, slug, situation.chosen) | {slug}
    hours = sum(situation.hours(each) for each in sorted(together))
    months = situation.months(hours)
    answer: dict[str, Any] = {
        "slug": slug,
        "grade": None,
        "premium": None,
        "headline": headline_range(situation, slug),
        "uplift": None,
        "study_months": months,
        "break_even_month": None,
        "net_gain": None,
        "net_gain_low": None,
        "net_gain_per_hour": None,
        "chance_against_best": None,
    }
    if slug not in situation.premiums:
        return answer, []
    premium = situation.premiums[slug]
    named = {"low": premium.low, "expected": premium.mean, "high": premium.high}
    answer["grade"] = premium.grade
    answer["premium"] = {name: math.expm1(x) for name, x in named.items()}
    if situation.market is None:
        return answer, []

    ratio = situation.gain([slug]) / premium.mean if premium.mean > 0 else 1.0
    first, last = months + WAIT, situation.horizon
    exam = sum(situation.exam(each) for each in sorted(together))
    uplifts = {name: situation.uplift(x * ratio) for name, x in named.items()}

    def net_gain(annual: float) -> float:
        return situation.odds_of(annual) * annuity(first, last) - exam

    paid = situation.odds_of(uplifts["expected"])
    answer["uplift"] = uplifts
    answer["break_even_month"] = break_even_month(paid, first, last, exam)
    answer["net_gain"] = net_gain(uplifts["expected"])
    answer["net_gain_low"] = net_gain(uplifts["low"])
    answer["net_gain_per_hour"] = answer["net_gain"] / hours
    return answer, [net_gain(situation.uplift(x * ratio)) for x in premium.points]


# Ranking


def falling(skill: dict[str, Any]) -> tuple[int, float, str]:
    """By net gain; without a market by premium; skills without evidence last."""
    if skill["net_gain"] is not None:
        return 0, -skill["net_gain"], skill["slug"]
    if skill["premium"] is not None:
        return 0, -skill["premium"]["expected"], skill["slug"]
    return 1, 0.0, skill["slug"]


def chance(gains: Sequence[float], others: Sequence[float]) -> float:
    """How often one of `gains` is above one of `others`, over all pairs; ties half."""
    wins = 0.0
    for gain in gains:
        for other in others:
            if gain > other:
                wins += 1
            elif gain == other:
                wins += 0.5
    return wins / (len(gains) * len(others))


def ranking(skills: list[dict[str, Any]], gains: dict[str, list[float]]) -> dict[str, Any]:
    """Rating, confidence and bets; fills in each skill's chance against the best."""
    answer: dict[str, Any] = {
        "rating": "not-enough-data",
        "confidence": None,
        "best_bet": None,
        "safest_bet": None,
        "rivals": [],
    }
    if not gains:
        return answer
    rated = [skill for skill in skills if skill["slug"] in gains]
    best = rated[0]["slug"]
    is_stay_put = rated[0]["net_gain"] <= 0
    for skill in rated:
        against = [0.0] if is_stay_put else gains[best]
        skill["chance_against_best"] = chance(gains[skill["slug"]], against)
    if is_stay_put:
        return answer | {"rating": "stay-put"}

    rated[0]["chance_against_best"] = 0.5
    rivals = {skill["slug"]: gains[skill["slug"]] for skill in rated[1:]}
    rivals[NOTHING] = [0.0]
    beaten = {rival: chance(gains[best], rivals[rival]) for rival in rivals}
    confidence = min(beaten.values())
    rating = "firm" if confidence >= FIRM else "lean"
    if confidence < LEAN:
        rating = "toss-up"
        answer["rivals"] = [rival for rival in beaten if beaten[rival] < LEAN]
    answer |= {"rating": rating, "confidence": confidence, "best_bet": best}
    return answer | {"safest_bet": safest(rated, gains)}


def safest(rated: list[dict[str, Any]], gains: dict[str, list[float]]) -> str:
    """Most points above 0 among positive net gains; then net gain, then slug."""

    def rank(skill: dict[str, Any]) -> tuple[int, float, str]:
        above = sum(gain > 0 for gain in gains[skill["slug"]])
        return -above, -skill["net_gain"], skill["slug"]

    positive = [skill for skill in rated if skill["net_gain"] > 0]
    return str(min(positive, key=rank)["slug"])


# Path


def is_permitted(situation: Situation, order: Order) -> bool:
    """Every chosen prerequisite is there, and comes first."""
    return all(
        prerequisites(situation.folder, slug, situation.chosen) <= set(order[:i]) for i, slug in enumerate(order)
    )


def path_steps(situation: Situation, order: Order) -> list[tuple[float, float]]:
    """Month each step is done, and money a year from all learned so far."""
    steps = []
    hours = 0.0
    for i, slug in enumerate(order):
        hours += situation.hours(slug)
        annual = situation.uplift(situation.gain(order[: i + 1]))
        steps.append((situation.months(hours), annual))
    return steps


def path_value(situation: Situation, order: Order) -> float:
    """Net gain of learning `order`: what each step adds, minus its exam."""
    value = start = before = 0.0
    for slug, (done, annual) in zip(order, path_steps(situation, order), strict=True):
        paid_for = annuity(done + WAIT, situation.horizon)
        value += situation.odds_of(annual - before) * paid_for
        value -= situation.exam(slug) * present(start)
        start, before = done, annual
    return value


def best_path(situation: Situation) -> Order:
    """The most valuable of all permitted orders; ties: the shorter, then by slug."""
    if situation.market is None:
        return ()
    values = {
        order: path_value(situation, order)
        for size in range(len(situation.chosen) + 1)
        for order in itertools.permutations(situation.chosen, size)
        if is_permitted(situation, order)
    }
    highest = max(values.values())
    best = [order for order in values if is_tie(values[order], highest)]
    return min(best, key=lambda order: (len(order), order))


def worst_path(situation: Situation, order: Order) -> Order:
    """The least valuable permitted order of the same skills; ties by slug."""
    if not order:
        return ()
    others = [other for other in itertools.permutations(order) if is_permitted(situation, other)]
    values = {other: path_value(situation, other) for other in others}
    lowest = min(values.values())
    return min(other for other in values if is_tie(values[other], lowest))


def is_tie(value: float, other: float) -> bool:
    return math.isclose(value, other, rel_tol=1e-9, abs_tol=1e-9)


def path_answer(situation: Situation, order: Order) -> dict[str, Any]:
    left_out = sorted(set(situation.chosen) - set(order))
    if situation.market is None:
        return {"steps": [], "net_gain": None, "left_out": left_out}
    steps = path_steps(situation, order)
    return {
        "steps": [
            {"slug": slug, "done_month": done, "annual_uplift": annual}
            for slug, (done, annual) in zip(order, steps, strict=True)
        ],
        "net_gain": path_value(situation, order),
        "left_out": left_out,
    }
