"""A slow, obvious second opinion on verdicts, which shares no code with the engine.

It takes the visitor's answers and the folder of CSV files, and does every step of the model the plainest way: quantiles
by bisection, pay over time by adding up slices, chances by looking at all cases, plans by trying every order. Premiums
are logs, x = ln(1 + premium), until they are shown.
"""

import bisect as sorted_lists
import csv
import functools
import itertools
import math
import random
from collections.abc import Callable, Collection, Iterator, Sequence
from pathlib import Path
from typing import Any, NamedTuple

type Row = dict[str, str]
type Piece = tuple[float, float, float, float]  # low, mid, high as fractions; weight
type Line = list[tuple[float, float]]  # points (x, y) with both rising
type Order = tuple[str, ...]
type Case = tuple[float, float]  # net gain, weight

DEFAULTS: dict[str, Any] = {
    "salary": None,
    "pay": None,
    "skill": None,  # all that are published
    "have": [],
    "hours": 6,
    "years": 3,
    "odds": 50,
    "experience": None,
    "hour": None,
    "evidence": "measured",  # or "all", "headline"
    "study": {},  # slug: hours
}
GRADE_WEIGHT = {"A": 16.0, "B": 8.0, "C": 4.0, "D": 1.0}
PRIOR: Piece = (0.0, 0.025, 0.05, 12.0)
LEVELS = {"p10": 0.10, "p25": 0.25, "p50": 0.50, "p75": 0.75, "p90": 0.90}
SIGMA = 0.45  # spread of log pay where no ancestor publishes one
POINTS = 40
CAP = math.log(1.25)
DISCOUNT = 0.03  # a year
WAIT = 3.0  # months from the end of study to first pay
MONTHS_A_YEAR = 12.0
WEEKS_A_MONTH = 52 / 12
HOUR_WEIGHTS = (0.3, 0.4, 0.3)
FIRM, LEAN = 2 / 3, 1 / 2
SMALL = 0.005
BITS = 1e-12  # what sums of chances may be off by
PLANNED, RIVALS = 5, 4
NOTHING = ""  # the rival "learning nothing"


class Premium(NamedTuple):
    """A pooled premium in log units, after its shifts."""

    low: float
    high: float
    points: list[float]

    @property
    def mean(self) -> float:
        """The log of the mean of what the points multiply pay by."""
        return math.log(math.fsum(math.exp(x) for x in self.points) / len(self.points))


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
    considered: list[str]
    held: list[str]
    place: Row
    market: Market | None
    salary: float | None  # None without a market
    percentile: float | None
    hour: float | None
    premiums: dict[str, Premium]  # considered skills that have evidence, shifted

    @property
    def horizon(self) -> float:
        return MONTHS_A_YEAR * float(self.answers["years"])

    @property
    def odds(self) -> float:
        return float(self.answers["odds"]) / 100

    def months(self, hours: float) -> float:
        return hours / (float(self.answers["hours"]) * WEEKS_A_MONTH)

    def hours(self, slug: str) -> tuple[float, float, float]:
        """The low, mid and high estimate, or three times the visitor's own."""
        if slug in self.answers["study"]:
            own = float(self.answers["study"][slug])
            return own, own, own
        row = skill_row(self.folder, slug)
        return float(row["hours_low"]), float(row["hours_mid"]), float(row["hours_high"])

    def exam(self, slug: str) -> float:
        usd = float(skill_row(self.folder, slug)["exam_cost_usd"] or 0)
        return usd * units_per_usd(self.folder, self.place["currency"]) if usd else 0.0

    def bundle(self, slug: str) -> set[str]:
        return {slug} | prerequisites(self.folder, slug, self.considered)

    def adds(self, slugs: Collection[str]) -> float:
        """What a set of skills adds up to in logs."""
        return math.fsum(max(0.0, self.premiums[slug].mean) for slug in slugs if slug in self.premiums)

    def years_of_pay(self, study_hours: float) -> float:
        """Today's worth of 1 a year from the first pay to the horizon."""
        return annuity(self.months(study_hours) + WAIT, self.horizon)

    def uplift(self, log_premium: float) -> float:
        if self.market is None or self.salary is None:
            raise ValueError("no market, no money")
        return uplift(self.salary, self.market.pay("p90"), log_premium)


class Chance(NamedTuple):
    """Each skill's chance to be best, and that of learning nothing."""

    skills: dict[str, float]
    nothing: float


def verdict(answers: dict[str, Any], folder: Path) -> dict[str, Any]:
    """The whole answer, unrounded. ValueError where every chosen skill is held."""
    situation = look_up(DEFAULTS | answers, folder)
    skills = [skill_outcome(situation, slug) for slug in situation.considered]
    cases = {skill["slug"]: skill.pop("cases") for skill in skills}
    running = {skill["slug"]: cases[skill["slug"]] for skill in skills if skill["net_gain"] is not None}
    in_time = {
        skill["slug"]: running[skill["slug"]] for skill in skills if skill["slug"] in running if skill["in_time"]
    }
    chance = chances(in_time)
    for skill in skills:
        skill["chance"] = chance.skills.get(skill["slug"])
    skills.sort(key=falling)
    return {
        **recommendation(situation, skills, chance),
        "considered": situation.considered,
        "held": situation.held,
        "hour": situation.hour,
        "market": {
            "location": situation.place["slug"],
            "answered_by": situation.market and situation.market.answered_by,
            "currency": situation.place["currency"],
            "percentile": situation.percentile,
            "annual_salary": situation.salary,
        },
        "skills": skills,
    }


def look_up(answers: dict[str, Any], folder: Path) -> Situation:
    held = with_required(folder, answers["have"])
    chosen = published_skills(folder) if answers["skill"] is None else answers["skill"]
    considered = sorted(set(chosen) - held)
    if not considered:
        raise ValueError("every chosen skill is held")
    place = places(folder)[answers["location"]]
    market = market_at(folder, answers["location"])
    salary = percentile = None
    hour = answers["hour"]
    if market is not None:
        salary = answers["salary"] or market.pay(answers["pay"])
        percentile = market.percentile(salary)
        hour = salary / 2080 / 4 if hour is None else hour
    premiums = {}
    for slug in considered:
        shift = tilt_shift(tilt(folder, slug), percentile) + experience_shift(answers["experience"])
        premium = premium_of(folder, slug, answers["evidence"], place["region"], shift=shift)
        if premium is not None:
            premiums[slug] = premium
    return Situation(folder, answers, considered, sorted(held), place, market, salary, percentile, hour, premiums)


def with_required(folder: Path, slugs: Collection[str]) -> set[str]:
    """The skills and what they require, and what that requires."""
    known = set(slugs)
    for slug in slugs:
        known |= with_required(folder, skill_row(folder, slug)["requires"].split())
    return known


# Tables


@functools.cache
def read_table(folder: Path, name: str) -> list[Row]:
    with (folder / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


@functools.cache
def places(folder: Path) -> dict[str, Row]:
    return {row["slug"]: row for row in read_table(folder, "locations")}


def published_skills(folder: Path) -> list[str]:
    return [row["slug"] for row in read_table(folder, "skills") if row["is_published"] == "True"]


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


def is_title(row: Row) -> bool:
    return row["about"] == "title"


def does_count(row: Row, choice: str) -> bool:
    if choice == "headline":
        return row["grade"] == "D"
    return choice == "all" or (row["grade"] != "D" and not is_title(row))


def weight_of(row: Row, choice: str) -> float:
    return 1.0 if choice == "headline" or is_title(row) else GRADE_WEIGHT[row["grade"]]


def counting_evidence(folder: Path, slug: str, choice: str, region: str) -> list[Row]:
    """A skill's evidence that counts at a place; its region's figure replaces the worldwide one."""
    rows = [row for row in read_table(folder, "evidence") if row["skill"] == slug and does_count(row, choice)]
    here = [row for row in rows if row["region"] and row["region"] == region]
    replaced = {row["source"] for row in here}
    world = [row for row in rows if not row["region"] and row["source"] not in replaced]
    return here + world


def grade_shares(folder: Path, slug: str, choice: str, region: str) -> dict[str, float]:
    """How much of the pool each grade is, and the typical skill."""
    shares: dict[str, float] = {}
    rows = counting_evidence(folder, slug, choice, region)
    for row in rows:
        shares[row["grade"]] = shares.get(row["grade"], 0.0) + weight_of(row, choice)
    if rows and choice != "headline":
        shares["typical"] = PRIOR[3]
    total = sum(shares.values())
    return {name: weight / total for name, weight in shares.items()}


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
    low, high, points = pool_pieces(tuple(pieces))
    return low, high, list(points)


@functools.cache
def pool_pieces(pieces: tuple[Piece, ...]) -> tuple[float, float, tuple[float, ...]]:
    total = sum(weight for *_, weight in pieces)

    def cdf(x: float) -> float:
        return sum(piece[3] * piece_cdf(piece, x) for piece in pieces) / total

    def quantile(u: float) -> float:
        return bisect(lambda x: cdf(x) - u, -20, 20)

    points = tuple(quantile((i + 0.5) / POINTS) for i in range(POINTS))
    return quantile(0.1), quantile(0.9), points


def pieces_of(folder: Path, slug: str, choice: str, region: str) -> list[Piece]:
    """What is pooled, the prior last; nothing where the skill has no such evidence."""
    rows = counting_evidence(folder, slug, choice, region)
    pieces = [(*fractions(row), weight_of(row, choice)) for row in rows]
    if pieces and choice != "headline":
        pieces.append(PRIOR)
    return pieces


def premium_of(folder: Path, slug: str, choice: str, region: str, *, shift: float = 0.0) -> Premium | None:
    pieces = pieces_of(folder, slug, choice, region)
    if not pieces:
        return None
    low, high, points = pool(pieces)
    return Premium(low + shift, high + shift, [x + shift for x in points])


def headline_range(situation: Situation, slug: str) -> dict[str, float] | None:
    """The claims as they are printed: lowest low and highest high of the grade D."""
    rows = counting_evidence(situation.folder, slug, "headline", situation.place["region"])
    claims = [fractions(row) for row in rows]
    if not claims or situation.salary is None:
        return None
    low, high = min(low for low, _, _ in claims), max(high for _, _, high in claims)
    return {"low": low * situation.salary, "high": high * situation.salary}


# Market, shifts, uplift


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


def move(folder: Path, salary: float, here: str, to: str) -> dict[str, float | None]:
    """A move to a second place with a market: medians in US dollars, a mover's part of their gap, and prices."""
    ends = (places(folder)[here], places(folder)[to])
    paid = [next(place for place in upwards(folder, end["slug"]) if place["p50"]) for end in ends]
    dollars = [float(place["p50"]) / units_per_usd(folder, place["currency"]) for place in paid]
    way = "move-market" if ends[0]["country"] == ends[1]["country"] else "move-country"
    shares = {
        row["region"]: float(row["mid_percent"]) / 100 for row in read_table(folder, "way_ranges") if row["way"] == way
    }
    share = next(shares[area] for area in (ends[0]["country"].lower(), ends[0]["region"], "") if area in shares)
    is_part = any(paid[one] is not ends[one] and paid[one] in upwards(folder, paid[1 - one]["slug"]) for one in (0, 1))
    kept = None if paid[0] is paid[1] or is_part else (dollars[1] / dollars[0]) ** share
    priced = [next((place for place in upwards(folder, end["slug"]) if place["price_source"]), None) for end in ends]
    prices = None
    if priced[0] and priced[1] and priced[0] is not priced[1]:
        prices = float(priced[1]["price_level"]) / float(priced[0]["price_level"])
    is_counted = kept is not None and prices is not None and 0.5 <= prices <= 2 and priced == paid
    return {
        "gap": dollars[1] / dollars[0],
        "annual": None if kept is None else salary * kept - salary,
        "prices": prices,
        "buys": kept / prices if is_counted and kept and prices else None,
    }


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


def experience_shift(years: int | None) -> float:
    if years is None:
        return 0.0
    if years < 5:
        return -0.0065
    return -0.003 if years < 10 else 0.0045


def uplift(salary: float, p90: float, log_premium: float) -> float:
    """Money a year, before tax, once an employer pays for it."""
    return min(salary, p90) * math.expm1(log_premium)


# Time and money


@functools.cache
def annuity(first_month: float, last_month: float) -> float:
    """Value today of 1 a year, paid evenly from one month to another: Simpson's rule on 64 slices."""
    if first_month >= last_month:
        return 0.0
    slices = 64
    width = (last_month - first_month) / slices
    weights = [1.0] + [4.0, 2.0] * (slices // 2 - 1) + [4.0, 1.0]
    heights = [present(first_month + i * width) for i in range(slices + 1)]
    return math.fsum(w * h for w, h in zip(weights, heights, strict=True)) * width / 3 / MONTHS_A_YEAR


def present(month: float) -> float:
    """Value today of 1 paid at a month."""
    return math.exp(-DISCOUNT * month / MONTHS_A_YEAR)


def prerequisites(folder: Path, slug: str, chosen: Collection[str]) -> set[str]:
    """The chosen skills that must come before `slug`, followed through chosen ones."""
    found: set[str] = set()
    for needed in skill_row(folder, slug)["requires"].split():
        if needed in chosen:
            found |= {needed} | prerequisites(folder, needed, chosen)
    return found


def skill_outcome(situation: Situation, slug: str) -> dict[str, Any]:
    """One skill learned alone, after its considered prerequisites; `cases` are all it may bring, with their weights."""
    bundle = situation.bundle(slug)
    estimates = [situation.hours(each) for each in sorted(bundle)]
    hours = [sum(estimate[h] for estimate in estimates) for h in range(3)]
    mid_months = situation.months(hours[1])
    answer: dict[str, Any] = {
        "slug": slug,
        "grade_shares": grade_shares(situation.folder, slug, situation.answers["evidence"], situation.place["region"]),
        "beta": None,
        "premium": None,
        "headline": headline_range(situation, slug),
        "uplift": None,
        "hours": math.fsum(w * H for w, H in zip(HOUR_WEIGHTS, hours, strict=True)),
        "study_months": mid_months,
        "first_pay_month": mid_months + WAIT,
        "exam": None if situation.market is None else sum(situation.exam(each) for each in bundle),
        "years_of_pay": math.fsum(w * situation.years_of_pay(H) for w, H in zip(HOUR_WEIGHTS, hours, strict=True)),
        "net_gain": None,
        "pays_off": None,
        "worth_of_an_hour": None,
        "in_time": mid_months + WAIT < situation.horizon,
        "cases": [],
    }
    if slug not in situation.premiums:
        return answer
    premium = situation.premiums[slug]
    named = {"low": premium.low, "expected": premium.mean, "high": premium.high}
    answer["beta"] = premium.mean
    answer["premium"] = {name: math.expm1(x) for name, x in named.items()}
    if situation.market is None or situation.hour is None:
        return answer

    below = situation.adds(bundle - {slug})
    answer["uplift"] = {name: situation.uplift(below + x) for name, x in named.items()}
    cases, good = [], 0.0
    for x in premium.points:
        annual = situation.uplift(below + x)
        for weight, study in zip(HOUR_WEIGHTS, hours, strict=True):
            years, cost = situation.years_of_pay(study), answer["exam"] + situation.hour * study
            cases.append((annual * situation.odds * years - cost, weight / POINTS))
            good += weight / POINTS if annual * years > cost else 0.0
    answer["cases"] = cases
    answer["net_gain"] = math.fsum(gain * weight for gain, weight in cases)
    answer["pays_off"] = situation.odds * good
    answer["worth_of_an_hour"] = (answer["net_gain"] + situation.hour * answer["hours"]) / answer["hours"]
    return answer


# The answer


def falling(skill: dict[str, Any]) -> tuple[int, float, str]:
    """By net gain; without a market by premium; skills not in time, then without evidence, last."""
    if skill["net_gain"] is not None:
        return 0 if skill["in_time"] else 1, -skill["net_gain"], skill["slug"]
    if skill["premium"] is not None:
        return 0, -skill["premium"]["expected"], skill["slug"]
    return 2, 0.0, skill["slug"]


def chances(cases: dict[str, list[Case]]) -> Chance:
    """Whose case is the highest and above 0: for each case, how much of each other skill is below it."""
    tables = {slug: sorted(own) for slug, own in cases.items()}
    values = {slug: [gain for gain, _ in own] for slug, own in tables.items()}
    sums = {slug: list(itertools.accumulate((w for _, w in own), initial=0.0)) for slug, own in tables.items()}

    def below(slug: str, gain: float, *, or_equal: bool) -> float:
        find = sorted_lists.bisect_right if or_equal else sorted_lists.bisect_left
        return sums[slug][find(values[slug], gain)]

    best = {
        slug: math.fsum(
            weight * math.prod(below(other, gain, or_equal=slug < other) for other in cases if other != slug)
            for gain, weight in own
            if gain > 0
        )
        for slug, own in cases.items()
    }
    return Chance(best, math.prod(below(slug, 0.0, or_equal=True) for slug in cases))


def winner(gains: dict[str, float]) -> str:
    """Who is best of one case of each; nothing wins at 0, then the earlier slug."""
    highest = max(gains.values(), default=0.0)
    return min(slug for slug, gain in gains.items() if gain == highest) if highest > 0 else NOTHING


def chances_by_enumeration(cases: dict[str, list[Case]]) -> Chance:
    """The same over every combination of cases: 120 to the power of the number of skills."""
    found = dict.fromkeys([*cases, NOTHING], 0.0)
    for combination in itertools.product(*cases.values()):
        gains = {slug: gain for slug, (gain, _) in zip(cases, combination, strict=True)}
        found[winner(gains)] += math.prod(weight for _, weight in combination)
    return Chance({slug: found[slug] for slug in cases}, found[NOTHING])


def chances_by_drawing(cases: dict[str, list[Case]], draws: int, seed: int) -> Chance:
    """The same by chance: within a few times sqrt(c(1 − c)/draws)."""
    chooser = random.Random(seed)
    drawn = {
        slug: chooser.choices([gain for gain, _ in own], [weight for _, weight in own], k=draws)
        for slug, own in cases.items()
    }
    found = dict.fromkeys([*cases, NOTHING], 0)
    for gains in zip(*drawn.values(), strict=True):
        found[winner(dict(zip(cases, gains, strict=True)))] += 1
    return Chance({slug: found[slug] / draws for slug in cases}, found[NOTHING] / draws)


def cases_in_time(answers: dict[str, Any], folder: Path) -> dict[str, list[Case]]:
    """The cases that chances are of, by skill."""
    situation = look_up(DEFAULTS | answers, folder)
    outcomes = [skill_outcome(situation, slug) for slug in situation.considered]
    return {each["slug"]: each["cases"] for each in outcomes if each["cases"] and each["in_time"]}


def recommendation(situation: Situation, skills: list[dict[str, Any]], chance: Chance) -> dict[str, Any]:
    """The first skill or none, how sure that is, and what comes close."""
    answer: dict[str, Any] = {
        "rating": "not-enough-data",
        "stay_put_reason": None,
        "is_small": False,
        "first": None,
        "chance_nothing": None,
        "rivals": [],
        "candidates": [],
        "plan": None,
    }
    rated = [skill for skill in skills if skill["net_gain"] is not None]
    if not rated:
        return answer
    candidates = [skill for skill in rated if skill["in_time"] and skill["net_gain"] > 0]
    answer |= {"chance_nothing": chance.nothing, "candidates": [skill["slug"] for skill in candidates]}
    if not candidates or chance.nothing > 0.5 + BITS:
        reason = "nothing-likelier" if candidates else "no-gain"
        if not any(skill["in_time"] for skill in rated):
            reason = "no-time"
        return answer | {"rating": "stay-put", "stay_put_reason": reason}
    first = candidates[0]
    own = first["chance"]
    others = [(skill["chance"], skill["slug"]) for skill in candidates[1:]] + [(chance.nothing, NOTHING)]
    others.sort(key=lambda each: (-each[0], each[1]))
    close = [each for each in others if each[0] > 0 and each[0] >= own / 2 - BITS][:RIVALS] or others[:1]
    assert situation.salary is not None
    return answer | {
        "rating": "firm" if own >= FIRM - BITS else "lean" if own >= LEAN - BITS else "toss-up",
        "is_small": first["net_gain"] < SMALL * situation.salary,
        "first": first["slug"],
        "rivals": [{"slug": slug, "chance": c} for c, slug in close],
        "plan": plan(situation, [skill["slug"] for skill in candidates]),
    }


# The plan


def plan(situation: Situation, candidates: list[str]) -> dict[str, Any] | None:
    """The best of all orders that begin with the first candidate, the worst order of the same, the best of all."""
    first, together = candidates[0], situation.bundle(candidates[0])
    for slug in candidates[1:]:
        if len(together | situation.bundle(slug)) > PLANNED:
            break
        together |= situation.bundle(slug)
    orders = [
        order
        for size in range(len(together) + 1)
        for order in itertools.permutations(sorted(together), size)
        if is_permitted(situation, order)
    ]
    values = {order: order_value(situation, order) for order in orders}
    before_first = prerequisites(situation.folder, first, situation.considered)
    beginning = [order for order in orders if first in order and set(order[: order.index(first)]) <= before_first]
    best = pick(beginning, values)
    if values[best] <= 0:
        return None
    free = pick(orders, values)
    same = [order for order in orders if set(order) == set(best)]
    lowest = min(values[order] for order in same)
    worst = min(order for order in same if is_tie(values[order], lowest))
    return {
        "steps": [
            {"slug": slug, "done_month": done, "annual_uplift": annual}
            for slug, (_, done, annual) in zip(best, order_steps(situation, best), strict=True)
        ],
        "net_gain": values[best],
        "left_out": sorted(together - set(best)),
        "beyond": len(set(candidates) - together),
        "free_order": list(free),
        "free_net_gain": values[free],
        "worst_order": list(worst),
        "worst_net_gain": values[worst],
    }


def pick(orders: list[Order], values: dict[Order, float]) -> Order:
    """The most valuable; of such worth the same the shortest, then by slug."""
    highest = max(values[order] for order in orders)
    return min((order for order in orders if is_tie(values[order], highest)), key=lambda order: (len(order), order))


def is_permitted(situation: Situation, order: Order) -> bool:
    """Every considered prerequisite is there, and comes first."""
    return all(
        prerequisites(situation.folder, slug, situation.considered) <= set(order[:i]) for i, slug in enumerate(order)
    )


def order_steps(situation: Situation, order: Order) -> list[tuple[float, float, float]]:
    """Hours before each step, the month it is done, and money a year from all learned so far."""
    steps = []
    hours = 0.0
    for i, slug in enumerate(order):
        before = hours
        hours += situation.hours(slug)[1]
        added = situation.adds(order[: i + 1])
        capped = added if situation.answers["evidence"] == "headline" else min(CAP, added)
        steps.append((before, situation.months(hours), situation.uplift(capped)))
    return steps


def order_value(situation: Situation, order: Order) -> float:
    """Net gain of learning `order`: what each step adds, minus its exam and its hours."""
    assert situation.hour is not None
    value = earlier = 0.0
    for slug, (hours_before, done, annual) in zip(order, order_steps(situation, order), strict=True):
        value += situation.odds * (annual - earlier) * annuity(done + WAIT, situation.horizon)
        cost = situation.exam(slug) + situation.hour * situation.hours(slug)[1]
        value -= cost * present(situation.months(hours_before))
        earlier = annual
    return value


def is_tie(value: float, other: float) -> bool:
    return abs(value - other) <= 1e-9
