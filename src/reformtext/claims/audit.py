"""Hold reported figures against one another, in interval arithmetic over the rounding they were written with.

`implied` is what the other figures give for the stated one, `low` and `high` what it may be within their rounding (the
conventions stand in `digits`). A check *holds* if the implied value rounds to the stated figure, *holds within
rounding* if the two intervals merely meet, and *does not hold* if no amounts that round to the written figures fit
together. Figures are compared only where the text relates them: the claims table holds no sentences, so nearness of
offsets, indicator, unit, period and basis decide, and in doubt no check is made.
"""

import math
import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import groupby, pairwise
from typing import NamedTuple

import pandas as pd

from reformtext.claims.digits import MEASURED, Interval, Number, interval
from reformtext.errors import InputError

CHECK_COLUMNS = ["doc_id", "relation", "claims", "stated", "implied", "low", "high", "verdict", "reason"]
_REQUIRED = ["doc_id", "start", "end", "surface", "value", "unit", "kind", "direction", "indicator", "period", "basis"]
_OPTIONAL = ["bound", "status", "article", "place", "indicator_code", "scope", "price", "source"]

# Reach in characters between two figures: as near as 从A到B, within a clause, within a sentence.
_TIGHT, _CLAUSE, _SENTENCE = 8, 20, 60
# A sum or a share this far off (as a part of the total) is no misprint but another thing.
_NEAR_MISS = 0.03
_MOST_PARTS = 12
# Two values of an indicator without a code that differ by more are two things'.
_NEAR_VALUE = 0.2
# Growth of value added is by convention at constant prices, its amounts at current ones.
_CONSTANT_PRICES = re.compile(r"生产总值|增加值|GDP|可比价|不变价")
_CURRENT_PRICES = re.compile(r"现价|名义|当年价")
_RANKED = re.compile(r"[市县区省州镇乡村国]$|街道$|企业$|单位$")


@dataclass(frozen=True, slots=True)
class _Claim:
    """One row of the claims table, read for checking."""

    start: int
    end: int
    doc_id: str
    article: str
    surface: str
    unit: str
    kind: str
    direction: str
    indicator: str
    indicator_code: str
    period: str
    basis: str
    bound: str
    status: str
    place: str
    scope: str
    price: str
    source: str
    names: frozenset[str]
    figure: Interval

    @property
    def key(self) -> str:
        return f"{self.doc_id}:{self.start}-{self.end}"

    @property
    def falls(self) -> bool:
        return self.direction == "down"

    def of(self, other: "_Claim") -> bool:
        """Whether both are about one indicator: by name, or by code unless one name narrows the other down."""
        if self.names & other.names:
            return True
        narrower = self.indicator in other.indicator or other.indicator in self.indicator
        return self.indicator_code == other.indicator_code != "" and not narrower

    def gap(self, other: "_Claim") -> int:
        """Characters between the two figures."""
        return max(self.start, other.start) - min(self.end, other.end)


class _Check(NamedTuple):
    relation: str
    claims: tuple[_Claim, ...]  # the claim that is checked comes first
    stated: Interval | None
    implied: Interval | None
    verdict: str
    reason: str = ""


# The levels of every text by indicator, unit and months, to find the level of a year before.
_Levels = Mapping[tuple[str, str, tuple[int, int] | None], Sequence[_Claim]]


def _divide(a: Number, b: Number) -> Number:
    return a / b if b > 0 and a < math.inf else math.inf


def _ratio(top: Interval, bottom: Interval) -> Interval:
    return Interval(_divide(top.value, bottom.value), _divide(top.low, bottom.high), _divide(top.high, bottom.low))


def _map(figure: Interval, scale: float, shift: float = 0) -> Interval:
    """Give scale × figure + shift."""
    value, *ends = (end * scale + shift for end in figure)
    return Interval(value, min(ends), max(ends))


def _minus(a: Interval, b: Interval) -> Interval:
    return Interval(a.value - b.value, a.low - b.high, a.high - b.low)


def _percent(ratio: Interval, falls: bool) -> Interval:
    """Give the change of new ÷ old in per cent, counted in the stated direction."""
    sign = -100 if falls else 100
    return _map(ratio, sign, -sign)


def _judge(relation: str, claims: tuple[_Claim, ...], implied: Interval) -> _Check:
    """Compare the first claim with what the others imply."""
    stated = claims[0].figure
    if stated.low <= implied.value <= stated.high:
        return _Check(relation, claims, stated, implied, "holds")
    if implied.low <= stated.high and stated.low <= implied.high:
        return _Check(relation, claims, stated, implied, "holds within rounding")
    reason = f"stated {claims[0].surface}, worked out {float(implied.value):.6g}"
    return _Check(relation, claims, stated, implied, "does not hold", reason)


def _at_prices(check: _Check) -> _Check:
    """Withdraw a verdict on real growth that rests on amounts at current prices."""
    change = check.claims[0]
    real = any(_CONSTANT_PRICES.search(text) for text in (change.price, *change.names))
    if check.verdict != "does not hold" or not real or _CURRENT_PRICES.search(change.price):
        return check
    reason = "the growth is at constant prices, the amounts are at current prices"
    return check._replace(verdict="cannot be tested", reason=reason)


# ----------------------------------------------------------------------------------------------- reading the table


def _read(claims: pd.DataFrame) -> list[_Claim]:
    missing = [name for name in _REQUIRED if name not in claims.columns]
    if missing:
        raise InputError(f"the claims table lacks the columns {', '.join(missing)}", way_out="give what claims() makes")
    table = claims.reindex(columns=[*_REQUIRED, *_OPTIONAL]).astype(object)
    rows = []
    for record in table.where(table.notna(), "").to_dict("records"):
        text = {str(name): str(field) for name, field in record.items()}
        start, end, value = (text.pop(name) for name in ("start", "end", "value"))
        try:
            offsets = int(start), int(end)
            figure = interval(text["surface"], Fraction(value), text["unit"], text["kind"], text["bound"])
        except ValueError as problem:
            place = f"{text['doc_id']}:{start}-{end}"
            way_out = "write start and end as whole numbers, the value as a decimal"
            raise InputError(
                f"the value {value!r} or its place is no number", place=place, way_out=way_out
            ) from problem
        # One figure may be said of two indicators at once, and then goes by either name.
        parts = [part for part in re.split("[、和与及]", text["indicator"]) if len(part) >= 2]
        names = {text["indicator"], *(parts if len(parts) > 1 else [])} - {""}
        rows.append(_Claim(start=offsets[0], end=offsets[1], names=frozenset(names), figure=figure, **text))
    return sorted(rows, key=lambda row: (row.doc_id, row.article, row.start, row.end))


def _months(period: str, years_back: int = 0) -> tuple[int, int] | None:
    """Give a period's first and last month as counts since year 0, or None where it is not said."""
    ends = re.findall(r"([0-9]{4})-([0-9]{2})", period)
    months = [(int(year) - years_back) * 12 + int(month) for year, month in ends]
    return (months[0], months[-1]) if months else None


def _near(article: Sequence[_Claim], i: int) -> list[_Claim]:
    """Give the claims within a sentence's reach of claim i, on both sides."""
    first, last = i, i + 1
    while first > 0 and article[first - 1].gap(article[i]) <= _SENTENCE:
        first -= 1
    while last < len(article) and article[last].gap(article[i]) <= _SENTENCE:
        last += 1
    return [*article[first:i], *article[i + 1 : last]]


# --------------------------------------------------------------------------------------------------- the relations


def _pair(change: _Claim, near: Sequence[_Claim], name: str) -> tuple[_Claim, _Claim] | None:
    """Find the two figures of one indicator between which a change is stated, the earlier first."""
    kinds = ("share", "change") if change.unit == "百分点" else ("level",)
    unit = "%" if change.unit == "百分点" else change.unit if change.kind == "delta" else ""
    rows = [row for row in near if row.kind in kinds and name in row.names and row.unit == (unit or row.unit)]
    before = [row for row in rows if row.end <= change.start][-2:]
    after = [row for row in rows if row.start >= change.end][:2]
    for pair in (before, after):
        if len(pair) < 2 or (pair[0].unit, pair[0].kind) != (pair[1].unit, pair[1].kind):
            continue
        old, new = pair
        tight = old.gap(new) <= _TIGHT and min(change.gap(old), change.gap(new)) <= _CLAUSE
        apart = change.kind == "delta" and (old.period, old.place) != (new.period, new.place)
        if change.basis == "from_to" or (change.basis != "yoy" and (tight or apart or "番" in change.surface)):
            first, second = _months(old.period), _months(new.period)
            return (new, old) if first and second and first[1] > second[1] else (old, new)
    return None


def _from_to(change: _Claim, near: Sequence[_Claim]) -> list[_Check]:
    """Check a change stated beside the figures it leads from and to: in %, 倍, 番, percentage points or units."""
    names = set(change.names)
    if not names and change.basis == "from_to":
        names = {name for row in near if row.gap(change) <= _CLAUSE for name in row.names}
    pairs = [_pair(change, near, name) for name in sorted(names)]
    checks = []
    for old, new in dict.fromkeys(pair for pair in pairs if pair):
        claims, ratio = (change, old, new), _ratio(new.figure, old.figure)
        if change.kind == "delta":
            difference = _minus(new.figure, old.figure)
            falls = difference.value < 0 if old.place != new.place else change.falls
            checks.append(_judge("difference", claims, _map(difference, -1 if falls else 1)))
        elif "番" in change.surface:
            checks.append(_judge("doubled", claims, ratio))
        elif change.unit == "倍":
            checks.append(_judge("from_to", claims, _map(ratio, 1, -1)))
        else:
            checks.append(_at_prices(_over_years(claims, ratio)))
    return checks


def _over_years(claims: tuple[_Claim, _Claim, _Claim], ratio: Interval) -> _Check:
    """Check a rate between two levels: of the whole span, or where that does not fit, of the average year."""
    change, old, new = claims
    percent = _percent(ratio, change.falls)
    whole = _judge("from_to", claims, percent)
    if change.basis == "from_to" or whole.verdict != "does not hold" or not 0 < ratio.low <= ratio.high < math.inf:
        return whole
    # The years between the two levels, or those that the growth is said of: 2021–2025 are five, from the end of 2020.
    first, second, during = _months(old.period), _months(new.period), _months(change.period)
    spans = [second[1] - first[1]] if first and second else []
    spans += [during[1] - during[0] + 1] if during else []
    yearly = [Interval(*(float(end) ** (12 / months) for end in ratio)) for months in spans if months >= 24]
    checks = [_judge("annual_growth", claims, _percent(year, change.falls)) for year in yearly]
    if not checks and change.figure.high < percent.low:
        return whole._replace(
            verdict="cannot be tested", reason="it may be the growth of an average year of some years"
        )
    return min(checks, key=lambda check: check.verdict == "does not hold", default=whole)


def _level_beside(change: _Claim, near: Sequence[_Claim]) -> _Claim | None:
    """Find the level that a change is said of (出口A亿元、增长B%)."""
    unit = change.unit if change.kind == "delta" else ""
    rows = [row for row in near if row.kind == "level" and row.of(change) and row.unit == (unit or row.unit)]
    rows = [row for row in rows if row.gap(change) <= _CLAUSE and row.period in ("", change.period or row.period)]
    return min(rows, key=change.gap, default=None)


def _year_on_year(change: _Claim, near: Sequence[_Claim], levels: _Levels) -> list[_Check]:
    """Check a level with its change on a year before against that year's level, said anywhere."""
    level = _level_beside(change, near)
    if change.basis != "yoy" or level is None or change.unit in ("百分点", "倍"):
        return []
    before = _months(level.period or change.period, years_back=1)
    for name in sorted({*level.names, level.indicator_code} - {""}) if before else []:
        for old in levels.get((name, level.unit, before), []):
            same = (old.place, old.scope) == (level.place, level.scope) and old.of(level)
            # Without a place, a figure of another document may be another city's.
            if same and (old.doc_id == level.doc_id or old.place):
                implied = _percent(_ratio(level.figure, old.figure), change.falls)
                if change.kind == "delta":
                    implied = _map(_minus(level.figure, old.figure), -1 if change.falls else 1)
                return [_at_prices(_judge("year_on_year", (change, old, level), implied))]
    return []


def _increase(delta: _Claim, near: Sequence[_Claim]) -> list[_Check]:
    """Work the growth out of a level and its increase (较年初增加, 同比增加), and check the one stated beside them."""
    level = _level_beside(delta, near)
    if delta.kind != "delta" or delta.basis not in ("since", "yoy") or level is None:
        return []
    sign = -1 if delta.falls else 1
    up, now = delta.figure, level.figure
    # Growth rises with the increase and falls with the level, so that two corners bound it.
    corners = ((up.value, now.value), (up.low, now.high), (up.high, now.low))
    growth = Interval(*(_divide(change * 100, amount - sign * change) for change, amount in corners))
    relation = "since_start" if delta.basis == "since" else "increase"
    rates = [row for row in near if row.kind == "change" and row.unit == "%" and row.of(delta)]
    rates = [row for row in rates if row.gap(delta) <= _CLAUSE and row.basis in (delta.basis, "")]
    if rates:
        return [_at_prices(_judge(relation, (min(rates, key=delta.gap), level, delta), growth))]
    start = float(now.value - sign * up.value)
    reason = f"no growth is stated: from {start:.10g} {delta.unit} it is the implied one, in %"
    return [_Check(relation, (delta, level), None, growth, "cannot be tested", reason)]


def _growth(article: Sequence[_Claim], levels: _Levels) -> Iterator[_Check]:
    """Check every stated change, and say of the reported ones that lack their partner what they lack."""
    lacking = {
        "yoy": ("year_on_year", "the figure of the year before is not stated"),
        "since": ("since_start", "the figure at the start is not stated"),
        "from_to": ("from_to", "the two figures are not both stated beside it"),
        "": ("growth", "neither a base nor figures to work it out from are stated"),
    }
    tested: set[str] = set()
    changes = [(row, _near(article, i)) for i, row in enumerate(article) if row.kind in ("change", "delta")]
    for row, near in changes:
        checks = _from_to(row, near) or _year_on_year(row, near, levels) or _increase(row, near)
        tested.update(claim.key for check in checks for claim in check.claims)
        yield from checks
    for row, _ in changes:
        if row.status != "planned" and row.key not in tested:
            relation, reason = lacking.get(row.basis, lacking[""])
            yield _Check(relation, (row,), row.figure, None, "cannot be tested", reason)


def _parts(article: Sequence[_Claim]) -> Iterator[_Check]:
    """Add up parts that are listed right behind or before their total."""
    runs: list[list[_Claim]] = []
    for row in article:
        last = runs[-1][-1] if runs else row
        if runs and row.kind == last.kind == "level" and row.unit == last.unit and last.gap(row) <= _TIGHT:
            runs[-1].append(row)
        else:
            runs.append([row])
    for run in (run for run in runs if len(run) > 2):
        best: list[tuple[float, _Check]] = []
        for total, listed in ((run[0], run[1:]), (run[-1], run[-2::-1])):
            for size in range(2, min(len(listed), _MOST_PARTS) + 1):
                figures = [part.figure for part in listed[:size]]
                low, high = (sum((figure[end] for figure in figures), Fraction(0)) for end in (1, 2))
                summed = Interval(sum((figure.value for figure in figures), Fraction(0)), low, high)
                check = _judge("parts_of_total", (total, *listed[:size]), summed)
                error = abs(float(_divide(summed.value, total.figure.value)) - 1)
                # A wrong sum counts only as a near miss of a total large enough not to be met by chance.
                if check.verdict != "does not hold" or (error <= _NEAR_MISS and total.figure.value >= 20):
                    best.append((error, check))
        yield from [check for _, check in sorted(best, key=lambda found: found[0])[:1]]


def _shares(article: Sequence[_Claim], taken: set[str]) -> Iterator[_Check]:
    """Check a share between a part and its whole; without one, show what share a part of the same noun is."""
    levels = [row for row in article if row.kind == "level" and row.key not in taken]
    rates = [row for row in article if row.kind == "share" and row.unit == "%"]
    for whole, part in pairwise(levels):
        if whole.unit != part.unit or whole.gap(part) > _SENTENCE or not 0 < part.figure.value < whole.figure.value:
            continue
        implied = _map(_ratio(part.figure, whole.figure), 100)
        close = [row for row in rates if part.gap(row) <= _CLAUSE]
        close = [row for row in close if abs(float(row.figure.value - implied.value)) <= 100 * _NEAR_MISS]
        found = [_judge("share_of_whole", (row, part, whole), implied) for row in sorted(close, key=part.gap)]
        # A share that is off counts only where it bears the name of the part or the whole.
        found = [c for c in found if c.verdict != "does not hold" or c.claims[0].of(part) or c.claims[0].of(whole)]
        yield from found[:1]
        # 63项任务已完成13项: the noun behind the whole, then no more than a verb; a third figure makes it a list.
        verb = whole.gap(part) - len(whole.indicator)
        alone = sum(row.of(part) and row.gap(part) <= _SENTENCE for row in levels) == 2
        same = all(getattr(part, name) == getattr(whole, name) for name in ("indicator", "period", "place", "status"))
        if not found and part.indicator and same and alone and 0 < verb <= 3 and not MEASURED.search(part.unit):
            reason = "no share is stated; the part is below the whole"
            yield _Check("part_of_whole", (part, whole), None, implied, "holds", reason)


def _ranks(article: Sequence[_Claim]) -> Iterator[_Check]:
    """Check that a rank lies within the number ranked, said right before it (65个试点市第14位) or in its scope."""
    counted: _Claim | None = None
    for row in article:
        if row.kind == "level":
            counted = row if _RANKED.search(row.indicator) and not MEASURED.search(row.unit) else None
        if row.kind != "rank":
            continue
        scope = re.search("[0-9]{1,6}", row.scope)
        claims: tuple[_Claim, ...] = (row,)
        if counted and 0 <= counted.gap(row) - len(counted.indicator) <= 2:
            number, claims = counted.figure, (row, counted)
        elif scope:
            number = Interval(*[Fraction(scope[0])] * 3)
        else:
            continue
        beyond = row.figure.value > number.high
        verdict, reason = ("does not hold", "the rank is beyond the number ranked") if beyond else ("holds", "")
        yield _Check("rank_of", claims, row.figure, number, verdict, reason)


def _said_twice(rows: Sequence[_Claim]) -> Iterator[_Check]:
    """Compare what two sentences, or two documents, say of one thing."""
    groups: dict[tuple[str, ...], list[_Claim]] = defaultdict(list)
    for row in rows:
        # A short noun (项目, 企业) names many things, a statistic with a code but one.
        if row.kind != "delta" and (row.indicator_code or len(row.indicator) >= 4):
            name = row.indicator_code or row.indicator
            thing = (name, row.unit, row.kind, row.direction, row.basis, row.place, row.scope, row.status, row.price)
            groups["within", row.doc_id, *thing].append(row)
            if row.place and row.period:
                groups["across", row.period, *thing].append(row)
    for (reach, *_), group in groups.items():
        values = {row.figure.value for row in group if row.period}
        first: dict[Number, _Claim] = {}
        for later in group:
            same = first.setdefault(later.figure.value, later)
            earlier = group[0] if same is later else same
            one_document = earlier.doc_id == later.doc_id
            if one_document != (reach == "within") or (one_document and earlier.gap(later) <= _SENTENCE):
                continue
            if not earlier.of(later) or (same is later and {"min", "max"} & {earlier.bound, later.bound}):
                continue
            check = _judge("said_twice", (later, earlier), earlier.figure)
            one_period = later.period == earlier.period
            if check.verdict == "does not hold":
                # A name with three values names several things, and so do counts of one noun, since the indicator
                # leaves out the verb. Without a code, a value far off is taken for another thing's.
                measured = later.kind != "level" or bool(MEASURED.search(later.unit))
                close = abs(float(_divide(later.figure.value, earlier.figure.value)) - 1) <= _NEAR_VALUE
                if later.period and one_period and len(values) == 2 and (later.indicator_code or (measured and close)):
                    yield check
            elif one_period or "" in (later.period, earlier.period):
                yield check


def audit(claims: pd.DataFrame) -> pd.DataFrame:
    """Check the figures of a text against one another.

    Parameters
    ----------
    claims : DataFrame
        Reported figures, as `claims` gives them; the columns behind ``basis`` may be absent.

    Returns
    -------
    DataFrame
        One row per check: doc_id, relation, claims (``doc_id:start-end`` of each claim concerned, the checked one
        first, joined by ``|``), stated, implied, low, high (in the base unit of the checked claim, shares and growth
        in %), verdict (``holds``, ``holds within rounding``, ``does not hold``, ``cannot be tested``) and reason.
        Relations: from_to, annual_growth, doubled, difference, increase, since_start, year_on_year, parts_of_total,
        share_of_whole, part_of_whole, rank_of, said_twice, growth. A reported change whose partners are missing has
        a row that says so. ``part_of_whole`` shows a share that the text does not state, and always holds.

    Raises
    ------
    InputError
        If a column is missing or a value is no number.

    Examples
    --------
    >>> columns = ["doc_id", "start", "end", "surface", "value", "unit", "kind"]
    >>> columns += ["direction", "indicator", "period", "basis"]
    >>> rows = [("a", 0, 4, "400人", 400, "人", "level", "", "编制", "", ""),
    ...         ("a", 5, 9, "300人", 300, "人", "level", "", "编制", "", ""),
    ...         ("a", 12, 15, "30%", 30, "%", "change", "down", "编制", "", "from_to")]
    >>> audit(pd.DataFrame(rows, columns=columns))[["relation", "stated", "implied", "verdict"]].values.tolist()
    [['from_to', 30.0, 25.0, 'does not hold']]
    """
    rows = _read(claims)
    levels: dict[tuple[str, str, tuple[int, int] | None], list[_Claim]] = defaultdict(list)
    for row in rows:
        for name in {*row.names, row.indicator_code} - {""} if row.kind == "level" else set():
            levels[name, row.unit, _months(row.period)].append(row)
    checks = list(_said_twice(rows))
    for _, group in groupby(rows, key=lambda row: (row.doc_id, row.article)):
        article = list(group)
        related = [*_growth(article, levels), *_parts(article)]
        taken = {claim.key for check in related for claim in check.claims}
        checks += [*related, *_shares(article, taken), *_ranks(article)]
    checks.sort(key=lambda check: (check.claims[0].doc_id, [claim.start for claim in check.claims], check.relation))
    records = []
    for check in checks:
        ids = "|".join(claim.key for claim in check.claims)
        stated = math.nan if check.stated is None else float(check.stated.value)
        implied = map(float, check.implied or (math.nan,) * 3)
        records.append((check.claims[0].doc_id, check.relation, ids, stated, *implied, check.verdict, check.reason))
    return pd.DataFrame(records, columns=CHECK_COLUMNS)


def checkability(claims: pd.DataFrame) -> pd.DataFrame:
    """Say what each growth claim gives a reader to check it with.

    Parameters
    ----------
    claims : DataFrame
        Reported figures, as `claims` gives them.

    Returns
    -------
    DataFrame
        One row per claim of kind change or delta: doc_id, start, end, surface, indicator, status, then five nullable
        booleans: base (what it is against), period (what it is for), comparison (a level, or for percentage points a
        rate, of the same indicator is said for the same period or within a sentence's reach, so that the amount it
        grew from can be worked out), place (a place or scope) and source. `given` counts those that are stated,
        `asked` those that the table can tell: where it has no column for place or source, they are missing values.

    Raises
    ------
    InputError
        If a column is missing or a value is no number.

    Examples
    --------
    >>> columns = ["doc_id", "start", "end", "surface", "value", "unit", "kind"]
    >>> columns += ["direction", "indicator", "period", "basis"]
    >>> rows = [("a", 0, 5, "80亿元", 8e9, "元", "level", "", "出口", "", ""),
    ...         ("a", 8, 12, "9.5%", 9.5, "%", "change", "up", "出口", "", "yoy")]
    >>> checkability(pd.DataFrame(rows, columns=columns))[["base", "period", "comparison", "given"]].values.tolist()
    [[True, False, True, 2]]
    """
    placed, sourced = bool({"place", "scope"} & set(claims.columns)), "source" in claims.columns
    records = []
    for _, group in groupby(_read(claims), key=lambda row: (row.doc_id, row.article)):
        article = list(group)
        said = {(name, row.kind, row.period) for row in article for name in row.names if row.period}
        for i, row in enumerate(article):
            if row.kind not in ("change", "delta"):
                continue
            kinds = ("share", "change") if row.unit == "百分点" else ("level",)
            compared = any(other.kind in kinds and other.of(row) for other in _near(article, i))
            compared |= any((name, kind, row.period) in said for name in row.names for kind in kinds)
            place = bool(row.place or row.scope) if placed else None
            answers = (bool(row.basis), bool(row.period), compared, place, bool(row.source) if sourced else None)
            records.append((row.doc_id, row.start, row.end, row.surface, row.indicator, row.status, *answers))
    asked = ["base", "period", "comparison", "place", "source"]
    table = pd.DataFrame(records, columns=["doc_id", "start", "end", "surface", "indicator", "status", *asked])
    table = table.astype(dict.fromkeys(asked, "boolean"))
    return table.assign(given=table[asked].sum(axis=1).astype(int), asked=table[asked].notna().sum(axis=1))
