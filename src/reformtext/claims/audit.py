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
from functools import lru_cache
from itertools import groupby
from typing import NamedTuple

import pandas as pd

from reformtext.claims.digits import MEASURED, Interval, Number, interval, quotient
from reformtext.errors import InputError
from reformtext.texts.numerals import han_value

CHECK_COLUMNS = ["doc_id", "relation", "claims", "stated", "implied", "low", "high", "verdict", "reason"]
_REQUIRED = ["doc_id", "start", "end", "surface", "value", "unit", "kind", "direction", "indicator", "period", "basis"]
_OPTIONAL = ["bound", "status", "article", "place", "indicator_code", "scope", "price", "source"]

# Reach in characters between two figures: as near as 从A到B, within a clause, within a sentence.
_TIGHT, _CLAUSE, _SENTENCE = 8, 20, 60
_MOST_NEAR = _SENTENCE // 2  # a figure and the sign behind it take two characters
# A sum this far off, as a part of its total, or a share, in points, is no misprint but of another thing.
_NEAR_SUM, _NEAR_SHARE = 0.03, 1
_MOST_PARTS = 12
_TWO_SIDED = ("", "exact", "about")
# Growth of output and incomes is as a rule given at constant prices, their amounts at current ones.
_REAL_GROWTH = re.compile(r"生产总值|增加值|GDP|产值|人均(?:可支配|纯)收入")
_CURRENT_PRICES = re.compile(r"现价|名义|当年价")
_PRICES = "the two amounts of output may be counted at the prices of different years"
_REVISED = "two documents differ; one figure may be preliminary, planned or revised since"
_NUMERAL = re.compile("[0-9]+|[一二两三四五六七八九十百]+")
_RANKED = re.compile(r"[市县区省州镇乡村国]$|街道$|企业$|单位$")


@dataclass(eq=False, slots=True)
class _Claim:
    """One row of the claims table, read for checking."""

    start: int
    end: int
    figure: Interval
    names: frozenset[str]
    doc_id: str
    article: str
    surface: str
    unit: str = ""
    kind: str = ""
    direction: str = ""
    indicator: str = ""
    indicator_code: str = ""
    period: str = ""
    basis: str = ""
    bound: str = ""
    status: str = ""
    place: str = ""
    scope: str = ""
    price: str = ""
    source: str = ""

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


# The reported levels of every text by indicator, unit, months, scope and place, to find the level of a year before.
_Levels = Mapping[tuple[str, str, tuple[int, int] | None, str, str], Sequence[_Claim]]


def _percent(ratio: Interval, falls: bool) -> Interval:
    """Give the change of new ÷ old in per cent, counted in the stated direction."""
    sign = -100 if falls else 100
    return ratio.scaled(sign, -sign)


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
    if check.verdict != "does not hold" or _CURRENT_PRICES.search(change.price):
        return check
    if not change.price and not any(map(_REAL_GROWTH.search, change.names)):
        return check
    reason = "the growth may be at constant prices, the amounts are at current prices"
    return check._replace(verdict="cannot be tested", reason=reason)


# ----------------------------------------------------------------------------------------------- reading the table


def _cells(
    table: pd.DataFrame, name: str, required: Sequence[str], optional: Sequence[str] = ()
) -> list[dict[str, str]]:
    """Read a table as text, row by row and each row once; what is missing is the empty text."""
    if not isinstance(table, pd.DataFrame):
        raise InputError(f"{type(table).__name__} is no {name} table", way_out=f"give what {name}() makes")
    missing = [column for column in required if column not in table.columns]
    if missing:
        raise InputError(
            f"the {name} table lacks the columns {', '.join(missing)}", way_out=f"give what {name}() makes"
        )
    columns = [*required, *optional]
    held = [column for column in columns if column in table.columns]
    texts = (tuple(map(str, row)) for row in table[held].to_numpy(dtype=object, na_value="").tolist())
    absent = dict.fromkeys(columns, "")
    return [absent | dict(zip(held, row, strict=True)) for row in dict.fromkeys(texts)]


def _no_number(row: Mapping[str, str], start: str, end: str, value: str) -> InputError:
    place = f"{row['doc_id']}:{start}-{end}"
    way_out = "write start and end as whole numbers, the value as a decimal"
    return InputError(f"the value {value!r} or its place is no number", place=place, way_out=way_out)


@lru_cache(maxsize=4096)
def names_of(indicator: str) -> frozenset[str]:
    """Give the names that a figure goes by: said of two indicators at once, it goes by either."""
    parts = [part for part in re.split("[、和与及]", indicator) if len(part) >= 2]
    return frozenset([indicator, *(parts if len(parts) > 1 else [])]) - {""}


def _read(claims: pd.DataFrame) -> list[_Claim]:
    """Read the claims table in the order of the texts."""
    rows = []
    figures: dict[tuple[str, ...], Interval] = {}
    for text in _cells(claims, "claims", _REQUIRED, _OPTIONAL):
        start, end, value = (text.pop(name) for name in ("start", "end", "value"))
        written = (text["surface"], value, text["unit"], text["kind"], text["bound"])
        try:
            offsets = int(start), int(end)
            if written not in figures:
                number = int(value) if value.isdecimal() else Fraction(value)
                figures[written] = interval(text["surface"], number, *written[2:])
        except (ValueError, ZeroDivisionError) as problem:
            raise _no_number(text, start, end, value) from problem
        figure, names = figures[written], names_of(text["indicator"])
        rows.append(_Claim(start=offsets[0], end=offsets[1], figure=figure, names=names, **text))
    return sorted(rows, key=_place)


def _place(row: _Claim) -> tuple[str, str, int, int]:
    """Say where a claim stands, as the key that sorts claims."""
    return row.doc_id, row.article, row.start, row.end


@lru_cache(maxsize=4096)
def months_of(period: str, years_back: int = 0) -> tuple[int, int] | None:
    """Give a period's first and last month as counts since year 0, or None where it is not said."""
    ends = re.findall(r"([0-9]{4})-([0-9]{2})", period)
    months = [(int(year) - years_back) * 12 + int(month) for year, month in ends]
    return (months[0], months[-1]) if months else None


def _near(article: Sequence[_Claim], i: int) -> list[_Claim]:
    """Give the claims within a sentence's reach of claim i, on both sides."""
    first, last = i, i + 1
    while max(0, i - _MOST_NEAR) < first and article[first - 1].gap(article[i]) <= _SENTENCE:
        first -= 1
    while last < min(len(article), i + _MOST_NEAR) and article[last].gap(article[i]) <= _SENTENCE:
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
        beside = min(change.gap(old), change.gap(new))
        tight = old.gap(new) <= _TIGHT and beside <= _CLAUSE
        apart = (
            change.kind == "delta" and (old.period, old.place) != (new.period, new.place) and beside <= _SENTENCE / 2
        )
        if change.basis == "from_to" or (change.basis != "yoy" and (tight or apart or "番" in change.surface)):
            return _in_order(old, new, change.falls)
    return None


def _in_order(a: _Claim, b: _Claim, falls: bool) -> tuple[_Claim, _Claim]:
    """Put the earlier figure first, by period or, where none is said, by the stated direction (B, 比A增长)."""
    first, second = months_of(a.period), months_of(b.period)
    if first and second and first[1] != second[1]:
        return (a, b) if first[1] < second[1] else (b, a)
    return (b, a) if (a.figure.value > b.figure.value) != falls else (a, b)


def _from_to(change: _Claim, near: Sequence[_Claim]) -> list[_Check]:
    """Check a change stated beside the figures it leads from and to: in %, 倍, 番, percentage points or units."""
    names = set(change.names)
    if not names and change.basis == "from_to":
        names = {name for row in near if row.gap(change) <= _CLAUSE for name in row.names}
    pairs = [_pair(change, near, name) for name in sorted(names)]
    checks = []
    for old, new in dict.fromkeys(pair for pair in pairs if pair):
        claims, ratio = (change, old, new), new.figure.over(old.figure)
        if change.kind == "delta":
            difference = new.figure.minus(old.figure).scaled(-1 if change.falls else 1)
            checks.append(_each_year(_judge("difference", claims, difference)))
        elif "番" in change.surface:
            checks.append(_judge("doubled", claims, ratio))
        elif change.unit == "倍":
            checks.append(_judge("from_to", claims, ratio.scaled(1, -1)))
        else:
            checks.append(_at_prices(_over_years(claims, ratio)))
    # Without 从 and 到, figures that are far from fitting are not the two meant.
    return [check for check in checks if change.basis == "from_to" or _comparable(check)]


def _each_year(check: _Check) -> _Check:
    """Let a difference of several years be that of the average year where the whole does not fit (平均每年增加)."""
    _, old, new = check.claims
    first, second = months_of(old.period), months_of(new.period)
    if check.verdict != "does not hold" or check.implied is None:
        return check
    if not first or not second:
        reason = "it may be the increase of an average year, and the years are not told"
        return check if _comparable(check) else check._replace(verdict="cannot be tested", reason=reason)
    years = (second[1] - first[1]) // 12
    yearly = _judge("annual_difference", check.claims, check.implied.scaled(Fraction(1, years))) if years > 1 else check
    return check if yearly.verdict == "does not hold" else yearly


def _comparable(check: _Check, most: float = 1.5) -> bool:
    """Whether the stated and the implied figure are near enough, as a ratio, to be of one thing."""
    if check.stated is None or check.implied is None or check.verdict != "does not hold":
        return True
    stated, implied = float(check.stated.value), float(check.implied.value)
    return stated * implied > 0 and max(stated / implied, implied / stated) <= most


def _over_years(claims: tuple[_Claim, _Claim, _Claim], ratio: Interval) -> _Check:
    """Check a rate between two levels: of the whole span, or where that does not fit, of the average year."""
    change, old, new = claims
    whole = _judge("from_to", claims, _percent(ratio, change.falls))
    if whole.verdict != "does not hold" or not 0 < ratio.low <= ratio.high < math.inf:
        return whole
    # The years between the two levels, or those that the growth is said of: 2021–2025 are five, from the end of 2020.
    first, second, during = months_of(old.period), months_of(new.period), months_of(change.period)
    spans = [second[1] - first[1]] if first and second else []
    spans += [during[1] - during[0] + 1] if during else []
    yearly = [Interval(*(float(end) ** (12 / months) for end in ratio)) for months in spans if months >= 24]
    checks = [_judge("annual_growth", claims, _percent(year, change.falls)) for year in yearly]
    holds = [check for check in checks if check.verdict != "does not hold"]
    if holds or (checks and not change.basis):
        return [*holds, *checks][0]
    if not checks and not _comparable(whole) and change.figure.value < abs(float(ratio.value) - 1) * 100:
        reason = "it may be the growth of an average year, and the years are not told"
        return whole._replace(verdict="cannot be tested", reason=reason)
    return whole


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
    before = months_of(level.period or change.period, years_back=1)
    names = {level.indicator_code, *(name for name in level.names if level.indicator_code or len(name) >= 4)} - {""}
    for name in sorted(names) if before else []:
        for old in levels.get((name, level.unit, before, level.scope, _where(level)), []):
            if old.of(level):
                implied = _percent(level.figure.over(old.figure), change.falls)
                if change.kind == "delta":
                    implied = level.figure.minus(old.figure).scaled(-1 if change.falls else 1)
                check = _at_prices(_judge("year_on_year", (change, old, level), implied))
                # A code may tie a narrower statistic to a wider one: names that differ contradict nothing.
                alike = level.names & old.names or check.verdict != "does not hold"
                return [check] if alike and _comparable(check) else []
    return []


def _where(level: _Claim) -> str:
    """Say what a level may be compared with: without a place, a figure of another document may be another city's."""
    return level.place or f"in {level.doc_id}"


def _increase(delta: _Claim, near: Sequence[_Claim]) -> list[_Check]:
    """Work the growth out of a level and its increase (较年初增加, 同比增加), and check the one stated beside them."""
    level = _level_beside(delta, near)
    if delta.kind != "delta" or delta.basis not in ("since", "yoy") or level is None:
        return []
    sign = -1 if delta.falls else 1
    up, now = delta.figure, level.figure
    if not delta.falls and up.high >= now.low:
        return []  # nothing was there at the start, or the two are not of one thing
    # Growth rises with the increase and falls with the level, so that two corners bound it.
    corners = ((up.value, now.value), (up.low, now.high), (up.high, now.low))
    growth = Interval(*(quotient(change * 100, amount - sign * change) for change, amount in corners))
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
        # 分别增长A%和B% under one name: which is said of which figure cannot be told.
        like = [other for other in near if (other.kind, other.unit, other.place) == (row.kind, row.unit, row.place)]
        if any(other.of(row) and other.gap(row) <= _TIGHT for other in like):
            continue
        checks = _from_to(row, near) or _year_on_year(row, near, levels) or _increase(row, near)
        tested.update(claim.key for check in checks for claim in check.claims)
        yield from checks
    for row, _ in changes:
        if row.status != "planned" and row.key not in tested:
            relation, reason = lacking.get(row.basis, lacking[""])
            yield _Check(relation, (row,), row.figure, None, "cannot be tested", reason)


def _parts(article: Sequence[_Claim]) -> Iterator[_Check]:
    """Add up parts that are listed right behind or before their total."""
    taken: set[str] = set()
    for i, total in enumerate(article):
        if total.kind != "level" or total.figure.value <= 0 or total.bound not in _TWO_SIDED:
            continue
        behind, before = article[i + 1 : i + 1 + _MOST_PARTS], article[max(i - _MOST_PARTS, 0) : i][::-1]
        # Behind a total comes 其中 and the first part's name, before one 共 or 合计; a plain list has less between.
        for others, least, most in ((behind, 4, _CLAUSE), (before, 2, 4)):
            parts: list[_Claim] = []
            checks: list[_Check] = []
            summed = Interval(0, 0, 0)
            for part in others:
                gap = part.gap(parts[-1] if parts else total)
                low, high = (0, _TIGHT) if parts else (least, most)
                if not low <= gap <= high:
                    break
                level = part.kind == "level" and part.unit == total.unit and part.bound in _TWO_SIDED
                if not level or part.key in taken or total.key in taken:
                    break
                # With a noun and one sign between them (1500所医院、500所…) the figures are a list.
                plain = not parts and others is behind and 0 <= gap - len(total.indicator) <= 1
                if plain or part.figure.high >= total.figure.low:
                    break
                parts.append(part)
                summed = summed.plus(part.figure)
                if len(parts) > 1:
                    checks.append(_judge("parts_of_total", (total, *parts), summed))
            holds = [check for check in checks if check.verdict != "does not hold"]
            if holds:
                taken.update(row.key for row in holds[0].claims)
                yield holds[0]
            elif checks and total.figure.value >= 20:
                # A wrong sum counts only as a near miss: of all that are listed, of a total too large to be met by
                # chance, and by less than a part, which would rather belong elsewhere.
                error = abs(float(summed.value - total.figure.value))
                smallest = min(float(row.figure.value) for row in parts)
                if error <= min(_NEAR_SUM * float(total.figure.value), smallest / 2):
                    yield checks[-1]


def _shares(article: Sequence[_Claim], taken: set[str]) -> Iterator[_Check]:
    """Check the share that is stated between a part and the whole before it."""
    whole: _Claim | None = None
    for i, part in enumerate(article):
        if part.kind != "level" or part.key in taken:
            continue
        whole, before = part, whole
        if before is None or before.unit != part.unit or before.gap(part) > _SENTENCE:
            continue
        if not 0 < part.figure.value < before.figure.value:
            continue
        near, implied = _near(article, i), part.figure.over(before.figure).scaled(100)
        rates = [row for row in near if row.kind == "share" and row.unit == "%" and row.gap(part) <= _CLAUSE]
        # A share that is off counts only near the one worked out, and where it bears the name of part or whole.
        for share in sorted(rates, key=part.gap):
            check = _judge("share_of_whole", (share, part, before), implied)
            fits = check.verdict != "does not hold" or share.of(part) or share.of(before)
            if fits and abs(float(share.figure.value - implied.value)) <= _NEAR_SHARE:
                yield check
                break
        else:
            yield from _part_of_whole(part, before, near, implied)


def _part_of_whole(part: _Claim, whole: _Claim, near: Sequence[_Claim], implied: Interval) -> Iterator[_Check]:
    """Show what share a part is (63项任务已完成13项): the noun behind the whole, then no more than a verb."""
    verb = whole.gap(part) - len(whole.indicator)
    same = all(getattr(part, name) == getattr(whole, name) for name in ("indicator", "period", "place", "status"))
    alone = sum(row.kind == "level" and row.of(part) for row in near) == 1  # a third figure makes it a list
    if part.indicator and same and alone and 0 < verb <= 3 and not MEASURED.search(part.unit):
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
            number = Interval(*[int(scope[0])] * 3)
        else:
            continue
        beyond = row.figure.value > number.high
        verdict, reason = ("does not hold", "the rank is beyond the number ranked") if beyond else ("holds", "")
        yield _Check("rank_of", claims, row.figure, number, verdict, reason)


def _said_twice(rows: Sequence[_Claim], own: set[str]) -> Iterator[_Check]:
    """Compare what two sentences, or two documents, say of one thing."""
    groups: dict[tuple[str, ...], list[_Claim]] = defaultdict(list)
    for row in rows:
        # A short noun (项目, 企业) names many things, a statistic with a code but one.
        if row.kind != "delta" and (row.indicator_code or len(row.indicator) >= 4):
            name = row.indicator_code or row.indicator
            thing = (name, row.unit, row.kind, row.direction, row.basis, row.place, row.scope, row.status, row.price)
            if row.doc_id in own:
                groups["within", row.doc_id, *thing].append(row)
            if row.place and row.period:
                groups["across", row.period, *thing].append(row)
    for (reach, *_), group in groups.items():
        if len(group) == 1:
            continue
        values: dict[str, set[Number]] = defaultdict(set)
        for row in group:
            values[row.period].add(row.figure.value)
        first: dict[Number, _Claim] = {}
        for later in group:
            same = first.setdefault(later.figure.value, later)
            earlier = group[0] if same is later else same
            one_document = earlier.doc_id == later.doc_id
            if one_document != (reach == "within") or (one_document and earlier.gap(later) <= _SENTENCE):
                continue
            if later.doc_id not in own:
                continue
            open_ended = not {earlier.bound, later.bound} <= set(_TWO_SIDED)
            if not earlier.of(later) or (same is later and (open_ended or not earlier.names & later.names)):
                continue
            check = _judge("said_twice", (later, earlier), earlier.figure)
            one_period = later.period == earlier.period
            if check.verdict != "does not hold":
                if one_period or "" in (later.period, earlier.period):
                    yield check
            # A name with three values names several things; so may a short noun counted twice, since the indicator
            # leaves out the verb (新建, 改建); and a round figure may be a mark that was passed (跨越5000亿元大关).
            elif one_period and len(values[later.period]) == 2:
                measured = later.kind != "level" or bool(MEASURED.search(later.unit)) or bool(later.indicator_code)
                exact = min(_digits(earlier.figure.value), _digits(later.figure.value)) > 2
                exact = exact or not MEASURED.search(later.unit)
                if exact and (measured or len(later.indicator) >= 6) and _comparable(check, 1.2):
                    output = later.kind == "level" and any(map(_REAL_GROWTH.search, later.names))
                    reason = _PRICES if one_document and output else "" if one_document else _REVISED
                    yield check._replace(verdict="cannot be tested", reason=reason) if reason else check


def _slots(formulas: pd.DataFrame) -> Iterator[_Check]:
    """Hold each slot of a formula (“1+6+N”, 三大行动) against the number of things that the text lists for it.

    A sum is contradicted by what the text says that its slot means (“6”即五个专班). A list that stands before a set of
    another number is mostly of other things, or open, and contradicts nothing.
    """
    needed = ["doc_id", "start", "end", "surface", "slots", "listed"]
    for row in _cells(formulas, "formulas", needed, ["article", "meaning"]):
        start, end, counts = row["start"], row["end"], row["listed"].split("|")
        slots, meanings = row["slots"].split("|"), row["meaning"].split("|")
        for i, (slot, listed) in enumerate(zip(slots, counts, strict=False)):
            number = _NUMERAL.match(slot)
            if not number or not listed:
                continue
            try:
                offsets, count = (int(start), int(end)), Fraction(listed)
            except ValueError as problem:
                raise _no_number(row, start, end, listed) from problem
            stated = Fraction(number[0]) if number[0].isdecimal() else Fraction(han_value(number[0]))
            surface = slot if len(slots) == 1 else f"{slot} of {row['surface']}"
            figure, names = Interval(stated, stated, stated), frozenset([slot])
            claim = _Claim(offsets[0], offsets[1], figure, names, row["doc_id"], row["article"], surface)
            check = _judge("slots_of_formula", (claim,), Interval(count, count, count))
            several = i < len(meanings) and len(_NUMERAL.findall(meanings[i])) > 1
            if check.verdict == "holds":
                yield check
            elif len(slots) > 1 and not several:
                yield check._replace(reason=f"{surface}: {listed} listed")
            else:
                reason = "another number of things is listed beside the formula, perhaps of something else"
                yield check._replace(verdict="cannot be tested", reason=reason)


def _digits(value: Number) -> int:
    """Count the significant digits of a figure."""
    return len(f"{float(value):.12g}".split("e")[0].replace(".", "").strip("0-"))


def audit(
    claims: pd.DataFrame, formulas: pd.DataFrame | None = None, elsewhere: pd.DataFrame | None = None
) -> pd.DataFrame:
    """Check the figures of a text against one another.

    Two relations cross documents, both between claims of one and the same place: ``said_twice``, under the same name or
    code, unit, kind, direction, basis, scope, status, price and period, and ``year_on_year``, with a reported level
    under the same name or code, unit and scope of a year before. A corpus too large for one table is audited part by
    part, each with the claims of the other documents that name its places as `elsewhere`: the rows are the same.

    Parameters
    ----------
    claims : DataFrame
        Reported figures, as `claims` gives them; the columns behind ``basis`` may be absent.
    formulas : DataFrame, optional
        Formulas of governance, as `formulas` gives them, with ``doc_id``.
    elsewhere : DataFrame, optional
        Claims of other documents, which are compared with and not checked.

    Returns
    -------
    DataFrame
        One row per check: doc_id (of the claim that is checked), relation, claims (``doc_id:start-end`` of each claim
        concerned, the checked one first, joined by ``|``), stated, implied, low, high (in the base unit of the checked claim,
        shares and growth in %), verdict (``holds``, ``holds within rounding``, ``does not hold``, ``cannot be
        tested``) and reason. Relations: from_to, annual_growth, doubled, difference, annual_difference, increase, since_start,
        year_on_year, parts_of_total, share_of_whole, part_of_whole, rank_of, said_twice, growth, slots_of_formula. A
        reported change whose partners are missing has a row that says so. ``part_of_whole`` shows a share that the
        text does not state, and always holds. ``slots_of_formula`` has the place of a formula for its claim, and sets
        the number of a slot beside how many things are listed for it.

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
    rows = held = _read(claims)
    own = {row.doc_id for row in rows}
    if elsewhere is not None:
        held = sorted([*rows, *(row for row in _read(elsewhere) if row.doc_id not in own)], key=_place)
    levels: dict[tuple[str, str, tuple[int, int] | None, str, str], list[_Claim]] = defaultdict(list)
    for row in held:
        # What was planned for the year before is not what it was.
        reported = row.kind == "level" and row.status in ("", "reported")
        for name in {*row.names, row.indicator_code} - {""} if reported else set():
            levels[name, row.unit, months_of(row.period), row.scope, _where(row)].append(row)
    checks = [*_said_twice(held, own), *(_slots(formulas) if formulas is not None else [])]
    for _, group in groupby(rows, key=lambda row: (row.doc_id, row.article)):
        article = list(group)
        related = [*_growth(article, levels), *_parts(article)]
        taken = {claim.key for check in related for claim in check.claims}
        checks += [*related, *_shares(article, taken), *_ranks(article)]
    checks.sort(key=lambda check: (check.claims[0].doc_id, [claim.start for claim in check.claims], check.relation))
    records = []
    for check in checks:
        # The claim that is checked comes first, those that it is checked with in text order.
        checked, *others = check.claims
        others.sort(key=lambda row: (row.doc_id, row.article, row.start))
        ids = "|".join(row.key for row in [checked, *others])
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
