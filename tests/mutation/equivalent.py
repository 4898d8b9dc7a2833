"""Mutants that no test can notice, each with the reason: what they change makes no difference to any answer."""

ADDRESS = "calculator/address.py"
ENGINE = "calculator/engine"
WRITE_ANSWERS = "return _encoded([(name, value) for name, value in _pairs(profile, 0) if name not in left_out])"
AMOUNT = 'return f"{amount:.2f}".rstrip("0").rstrip(".")'
MINUS = 'return plain[:1] in "-−–" and any(character.isdigit() for character in plain)'
CUT = 'digits[: (cut := max(digits.rfind("."), digits.rfind(",")))],'
LPA = '"lpa": 100_000,'
OUTWARD = "for distance in range(1, max(start - values.start, values.stop - 1 - start) + 1):"
BEST = "best, best_last = [0.0] + [-math.inf] * (count - 1), [-1] * count"
WORST = "worst, worst_last = [0.0] + [math.inf] * (count - 1), [-1] * count"
DISCOUNTS = (
    "self.discounts = self.clock.discounts_after(self.hours) if any(self.exam_costs) else [1.0] * len(self.hours)"
)

LETTERS = "letters are never percent-encoded"
NO_X = "a written number has no X"
NO_MARKET = "without a market pay counts as nothing, and nothing is worth learning"
A_YEAR = "“pa”, a year, is taken off before a unit is looked for, and “l” is a lakh too"
FURTHER = "it only looks further, where no value is permitted"
AT_THE_HORIZON = "what is paid from the horizon to the horizon is nothing"
NO_EXAM = "an exam that costs nothing takes nothing at any time"
OVERWRITTEN = "each set is written before it is read"
SAME_LENGTH = "both are always equally long"
SIDES_MEET = "at P50 both sides say the same"

#: File, source line without its indent, and change → why the answers stay the same.
EQUIVALENT: dict[tuple[str, str, str], str] = {
    (ADDRESS, 'return quote_plus(value, safe=":")', "':' → ':X'"): LETTERS,
    (ADDRESS, WRITE_ANSWERS, "0 → 1"): "the edition's number is left out of these answers",
    (ADDRESS, 'return urlencode([(Side.A, a), (Side.B, b)], safe=":=")', "':=' → ':=X'"): LETTERS,
    (ADDRESS, AMOUNT, "'0' → '0X'"): NO_X,
    (ADDRESS, AMOUNT, "'.' → '.X'"): NO_X,
    (ADDRESS, MINUS, "'-−–' → '-−–X'"): "what is typed is in small letters by then",
    (ADDRESS, CUT, "rfind → find"): "a mark that is there twice is no decimal mark: both ends of it lead to a refusal",
    (ADDRESS, LPA, "'lpa' → 'lpaX'"): A_YEAR,
    (ADDRESS, LPA, "100000 → 100001"): A_YEAR,
    (ADDRESS, LPA, "100000 → 0"): A_YEAR,
    (f"{ENGINE}/__init__.py", "NEWEST_MODEL = max(MODELS)", "max → min"): "there is one model so far",
    (
        f"{ENGINE}/evidence.py",
        "sigma = self.sigma_below if x < self.mid else self.sigma_above",
        "Lt → LtE",
    ): SIDES_MEET,
    (
        f"{ENGINE}/evidence.py",
        "return self.mid + z * (self.sigma_below if z < 0 else self.sigma_above)",
        "Lt → LtE",
    ): SIDES_MEET,
    (f"{ENGINE}/evidence.py", "if found is None:", "condition → True"): "what is worked out again is the same again",
    (f"{ENGINE}/evidence.py", "if pool_cdf(pieces, middle) < share:", "Lt → LtE"): "they part by the last bit at most",
    (f"{ENGINE}/flips.py", OUTWARD, "Sub → Add"): FURTHER,
    (f"{ENGINE}/flips.py", OUTWARD, "1 → 0"): FURTHER,
    (f"{ENGINE}/flips.py", OUTWARD, "1 → 2"): FURTHER,
    (
        f"{ENGINE}/flips.py",
        "if (month := hours * MONTHS_PER_YEAR / hours_a_year + wait) < horizon",
        "Lt → LtE",
    ): AT_THE_HORIZON,
    (
        f"{ENGINE}/flips.py",
        "gain * (odds * (worth - end) / rate if month < horizon_months else 0.0) - cost",
        "Lt → LtE",
    ): AT_THE_HORIZON,
    **{
        (f"{ENGINE}/flips.py", line, "True → False"): SAME_LENGTH
        for line in (
            "for (gain, cost), hours in zip(self._money, study_hours, strict=True)",
            "for (gain, cost), (month, worth) in zip(self._money, self._first_pays, strict=True)",
            "affected, moved.net_gains_after([taken + more for taken in moved.study_hours]), strict=True",
        )
    },
    (
        f"{ENGINE}/model_1.py",
        "self.capped_salary = self.market.capped_salary if self.market else 0.0",
        "0.0 → 1.0",
    ): "without a market no uplift is asked for",
    (f"{ENGINE}/model_1.py", "if self.market is None:", "condition → False"): NO_MARKET,
    (
        f"{ENGINE}/model_1.py",
        "gain=self._gain(slug, draft, chances) if draft and chances else None,",
        "and ↔ or",
    ): "a skill has both or neither",
    (f"{ENGINE}/net_gain.py", "if first_pay_month >= self.horizon_months:", "GtE → Gt"): AT_THE_HORIZON,
    (
        f"{ENGINE}/net_gain.py",
        "if (month := hours * MONTHS_PER_YEAR / hours_a_year + wait) < horizon",
        "Lt → LtE",
    ): AT_THE_HORIZON,
    (
        f"{ENGINE}/net_gain.py",
        "return tuple([discount(rate, month) for month in range(last_month + 1)])",
        "1 → 2",
    ): "a month that nobody asks for",
    (f"{ENGINE}/path.py", "if step.exam_cost:", "condition → True"): NO_EXAM,
    (f"{ENGINE}/path.py", "if cost:", "condition → True"): NO_EXAM,
    (f"{ENGINE}/path.py", DISCOUNTS, "condition → True"): NO_EXAM,
    (f"{ENGINE}/path.py", DISCOUNTS, "1.0 → 2.0"): NO_EXAM,
    (f"{ENGINE}/path.py", DISCOUNTS, "1.0 → 0.0"): NO_EXAM,
    **{
        (f"{ENGINE}/path.py", line, change): OVERWRITTEN
        for line in (BEST, WORST)
        for change in ("USub left out", "Sub → Add", "1 → 0", "1 → 2")
    },
    (
        f"{ENGINE}/path.py",
        "for index, (needs, cost) in enumerate(zip(self.needs, self.exam_costs, strict=True))",
        "True → False",
    ): SAME_LENGTH,
    (
        f"{ENGINE}/path.py",
        "if mask & bit and needs & mask == needs:",
        "BitAnd → BitOr",
    ): "a larger set has no value yet, and never wins",
    (
        f"{ENGINE}/path.py",
        "stacks = [(0, 0, 0.0)]  # a set, how many premiums it stacks, their sum",
        "0.0 → 1.0",
    ): "what all sets begin with is taken off again with what is held",
    (f"{ENGINE}/path.py", "if beta > 0:", "Gt → GtE"): "zero adds nothing",
    (
        f"{ENGINE}/path.py",
        "gains, held, cap = [0.0] * len(stacks), stacks[0][2], learner.gain_cap",
        "0.0 → 1.0",
    ): OVERWRITTEN,
    (
        f"{ENGINE}/path.py",
        "gains[mask] = total - held if total - held < cap else cap",
        "Lt → LtE",
    ): "at the cap both are the cap",
    (
        f"{ENGINE}/uplift.py",
        "for rank, beta in enumerate(sorted([beta for beta in betas if beta > 0], reverse=True)):",
        "Gt → GtE",
    ): "zero adds nothing",
}
