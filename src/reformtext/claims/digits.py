"""Read what the written digits of a figure say: how far it was rounded, and whether its digits look counted.

A figure stands for every amount that is written like it:

====================  ==================================================================================
written               stands for
====================  ==================================================================================
157.3亿元, 75%        half a unit of the last place written, on both sides: [157.25, 157.35] 亿, [74.5, 75.5]
3459人, 第3位         itself: a whole count or a rank is exact (7.4万件 is rounded: ±500)
60余万, 2000余项      up to one unit more in the last digit that is not zero: [60万, 70万]; from four written
                      digits on, in the second digit at most: [2000, 2100]
近3000                up to one unit less in that digit, at most a tenth: [2900, 3000]
约250, 100家左右      half a unit of that digit on both sides, at most a tenth: [245, 255], [90, 110]
超, 以上, 翻番        at least the figure; 以内, 不超过: at most
====================  ==================================================================================

The digit tests refuse where their assumptions do not hold, and say why.
"""

import math
import re
import unicodedata
from fractions import Fraction
from typing import NamedTuple

import pandas as pd

from reformtext.errors import InputError

_MULTIPLIERS = {"十": 10, "百": 100, "千": 1000, "万": 10_000, "亿": 100_000_000}
_NUMBER = re.compile(r"([0-9][0-9,]{0,20})(?:\.([0-9]{1,12}))?[余多来几]?([十百千万亿]{0,4})")
# Units that are measured, hence rounded even where no decimal is written; all others count whole things.
MEASURED = re.compile(r"元|[%‰成倍番亩顷米里吨克斤升瓦度方℃]|百分点|平方|立方|小时|标准煤")

_DIGIT_COLUMNS = ["digit", "count", "n", "share", "low", "high", "expected", "verdict", "reason"]
# A share can be told from its expected value only where that value is some five cases.
_LEAST_EXPECTED = 5
# Benford's law describes amounts that spread over orders of magnitude; fewer than three are governed by their scale.
_LEAST_MAGNITUDES = 3


# Whole amounts are ints, whose arithmetic is some ten times as fast; the others are fractions, or infinite.
Number = int | Fraction | float


class Interval(NamedTuple):
    """A figure and the least and greatest amount that it may stand for."""

    value: Number
    low: Number
    high: Number

    def plus(self, other: "Interval") -> "Interval":
        """Add another figure."""
        return Interval(self.value + other.value, self.low + other.low, self.high + other.high)

    def minus(self, other: "Interval") -> "Interval":
        """Subtract another figure."""
        return Interval(self.value - other.value, self.low - other.high, self.high - other.low)

    def over(self, other: "Interval") -> "Interval":
        """Divide by another figure; both are amounts from 0 up."""
        ends = quotient(self.low, other.high), quotient(self.high, other.low)
        return Interval(quotient(self.value, other.value), *ends)

    def scaled(self, factor: Number, shift: Number = 0) -> "Interval":
        """Give factor × figure + shift."""
        value, *ends = (end * factor + shift for end in self)
        return Interval(value, min(ends), max(ends))


def quotient(a: Number, b: Number) -> Number:
    """Divide an amount by another, with no bound where the divisor may be nothing."""
    if b <= 0 or a == math.inf:
        return math.inf
    return a / b if isinstance(a, float) or isinstance(b, float) else Fraction(a) / b


def _head(surface: str, unit: str) -> str:
    """Give the number as written: half-width, without breaks and unit."""
    text, unit = ("".join(unicodedata.normalize("NFKC", part).split()) for part in (surface, unit))
    return text[: text.rfind(unit)] if unit and unit in text else text


def _divided(a: int | Fraction, b: int) -> int | Fraction:
    """Divide, in whole numbers where the result is one."""
    return a // b if a % b == 0 else Fraction(a) / b


def _steps(surface: str, value: int | Fraction, unit: str) -> tuple[int | Fraction, int | Fraction]:
    """Give the size of the last place written, and of the last digit that is not zero."""
    head = _head(surface, unit)
    found = list(_NUMBER.finditer(head))
    if found:
        whole, decimals, multipliers = found[-1].groups(default="")
        digits = whole.replace(",", "") + decimals
        number = int(digits)
        if len(found) == 1 and number and value:
            # The value has taken in what a unit multiplies: 8成 is 80 %.
            step = 1 if number == value else _divided(value if value > 0 else -value, number)
        else:
            step = _divided(math.prod(_MULTIPLIERS[sign] for sign in multipliers), 10 ** len(decimals))
        zeros = len(digits) - len(digits.rstrip("0")) if number else 0
        if len(digits) >= 4 and not decimals:
            zeros = min(zeros, len(digits) - 2)
        return step, step * 10**zeros
    if "分之" in head and not head.startswith("百分之"):
        return 1, 1  # 三分之一: to the point
    last: int | Fraction = 1
    while value and value % (last * 10) == 0:
        last *= 10
    while value % last and last > Fraction(1, 10**6):
        last = _divided(last, 10)
    return (last if re.search("[万亿成]", head) else min(last, 1)), last


def interval(surface: str, value: int | Fraction, unit: str, kind: str, bound: str) -> Interval:
    """Give what a written figure may stand for, by the conventions of the module's table.

    Parameters
    ----------
    surface : str
        The number with its unit, as written.
    value : int or Fraction
        The number in base units.
    unit, kind, bound : str
        As in the claims table.

    Returns
    -------
    Interval
        Value, low and high in base units; whole numbers or exact fractions, or infinity where nothing bounds the figure.

    Examples
    --------
    >>> [float(end) for end in interval("7.4万件", Fraction(74000), "件", "level", "exact")]
    [74000.0, 73500.0, 74500.0]
    """
    value = _divided(value if isinstance(value, int) else Fraction(value), 1)
    step, last = _steps(surface, value, unit)
    if bound == "min" or ("番" in surface and bound != "about"):
        return Interval(value, value, math.inf)
    if bound == "max":
        return Interval(value, 0, value)
    if bound == "about":
        most = _divided(value if value > 0 else -value, 10)
        if "近" in surface:
            return Interval(value, value - min(last, most), value)
        if re.search("[余多来几]", surface):
            return Interval(value, value, value + last)
        slack = min(_divided(last, 2), most)
        return Interval(value, value - slack, value + slack)
    exact = kind == "rank" or (step == 1 and not MEASURED.search(unit))
    half = 0 if exact else _divided(step, 2)
    return Interval(value, value - half, value + half)


def heaping(claims: pd.DataFrame) -> pd.DataFrame:
    """Count how often levels end in each digit, and in a round one.

    Only levels that claim to be exact are counted, once per document, and only those written in Arabic digits, two or
    more, without a decimal point (behind one, a last zero is dropped: 157.0 is written 157). The expected share is that
    of uniform last digits; of two-digit figures Benford's law expects a few more, 0.120 of 0 and 0.216 of 0 or 5.

    Parameters
    ----------
    claims : DataFrame
        Reported figures, as `claims` gives them.

    Returns
    -------
    DataFrame
        Rows ``0`` to ``9`` and ``0 or 5``: digit, count, n, share with its 95 % Wilson interval (low, high), the share
        expected, verdict (``as expected``, ``more often``, ``less often``, ``refused``), reason.

    Raises
    ------
    InputError
        If a column is missing or a value is no number.

    Examples
    --------
    >>> columns = ["doc_id", "surface", "value", "unit", "kind", "indicator", "bound", "status"]
    >>> rows = [("a", "120家", 120, "家", "level", "企业", "exact", "reported")]
    >>> heaping(pd.DataFrame(rows, columns=columns)).tail(1)[["count", "verdict", "reason"]].values.tolist()
    [[1, 'refused', '1 figure where 50 are needed']]
    """
    from statsmodels.stats.proportion import proportion_confint  # half a build's start, if loaded with the module

    last = []
    for row in _levels(claims).itertuples():
        number = _NUMBER.fullmatch(_head(str(row.surface), str(row.unit)))
        digits = number[1].replace(",", "") if number else ""
        if number and not number[2] and len(digits) >= 2:
            last.append(digits[-1])
    n = len(last)
    counts = {digit: last.count(digit) for digit in "0123456789"}
    counts["0 or 5"] = counts["0"] + counts["5"]
    expected = {digit: 0.2 if digit == "0 or 5" else 0.1 for digit in counts}
    needed = round(_LEAST_EXPECTED / 0.1)
    reason = "" if n >= needed else f"{n} figure{'s' * (n != 1)} where {needed} are needed"
    bounds = {} if reason else {digit: proportion_confint(k, n, method="wilson") for digit, k in counts.items()}
    return _digit_table(counts, n, bounds, expected, reason)


def first_digits(claims: pd.DataFrame) -> pd.DataFrame:
    """Hold the first digits of levels against Benford's law, where it can be expected to hold.

    The law, ``log10(1 + 1/d)`` (Benford 1938), describes amounts that spread over several orders of magnitude. The
    test refuses fewer than 110 levels (five expected in the rarest digit) and levels whose middle nine tenths span
    less than three orders. Ranks, shares, growth and targets are not amounts, and counts below ten have no digit but
    one: both are left out.

    Parameters
    ----------
    claims : DataFrame
        Reported figures, as `claims` gives them.

    Returns
    -------
    DataFrame
        Rows ``1`` to ``9``, columns as `heaping` has them; the intervals are Goodman's (1965), simultaneous at 95 %.

    Raises
    ------
    InputError
        If a column is missing or a value is no number.

    Examples
    --------
    >>> columns = ["doc_id", "surface", "value", "unit", "kind", "indicator", "bound", "status"]
    >>> rows = [("a", "120家", 120, "家", "level", "企业", "exact", "reported")]
    >>> first_digits(pd.DataFrame(rows, columns=columns)).loc[0, "reason"]
    '1 figure where 110 are needed; they span 0.0 orders of magnitude where 3 are needed'
    """
    from statsmodels.stats.proportion import multinomial_proportions_confint

    values = sorted(float(value) for value in _levels(claims)["value"] if float(value) >= 10)
    n = len(values)
    counts = dict.fromkeys("123456789", 0)
    for value in values:
        counts[f"{value:e}"[0]] += 1
    expected = {digit: math.log10(1 + 1 / int(digit)) for digit in counts}
    needed = math.ceil(_LEAST_EXPECTED / expected["9"])
    span = math.log10(values[math.ceil(0.95 * n) - 1] / values[int(0.05 * n)]) if n else 0.0
    reasons = [f"{n} figure{'s' * (n != 1)} where {needed} are needed"] if n < needed else []
    if span < _LEAST_MAGNITUDES:
        reasons.append(f"they span {span:.1f} orders of magnitude where {_LEAST_MAGNITUDES} are needed")
    bounds = {}
    if not reasons:
        pairs = multinomial_proportions_confint(list(counts.values()), method="goodman")
        bounds = {digit: (float(low), float(high)) for digit, (low, high) in zip(counts, pairs, strict=True)}
    return _digit_table(counts, n, bounds, expected, "; ".join(reasons))


def _levels(claims: pd.DataFrame) -> pd.DataFrame:
    """Give the reported levels that claim to be exact, each said once per document."""
    needed = ["doc_id", "surface", "value", "unit", "kind", "indicator", "bound", "status"]
    missing = [name for name in needed if name not in claims.columns]
    if missing:
        raise InputError(f"the claims table lacks the columns {', '.join(missing)}", way_out="give what claims() makes")
    kept = claims[(claims["kind"] == "level") & (claims["bound"] == "exact") & (claims["status"] == "reported")]
    if pd.to_numeric(kept["value"], errors="coerce").isna().any():
        raise InputError("a level's value is no number", way_out="write a plain decimal")
    return kept.drop_duplicates(["doc_id", "value", "unit", "indicator"])


def _digit_table(
    counts: dict[str, int],
    n: int,
    bounds: dict[str, tuple[float, float]],
    expected: dict[str, float],
    reason: str,
) -> pd.DataFrame:
    rows = []
    for digit, count in counts.items():
        low, high = bounds.get(digit, (math.nan, math.nan))
        verdict = (
            "as expected" if low <= expected[digit] <= high else "more often" if low > expected[digit] else "less often"
        )
        share = count / n if n and not reason else math.nan
        rows.append((digit, count, n, share, low, high, expected[digit], "refused" if reason else verdict, reason))
    return pd.DataFrame(rows, columns=_DIGIT_COLUMNS)


def grim(mean: str, n: int, items: int = 1) -> bool:
    """Say whether a mean or percentage of whole counts can have been written so (GRIM; Brown & Heathers 2017).

    Parameters
    ----------
    mean : str
        The mean as written, its last zeros kept (``"5.20"``); with ``%`` at the end, a percentage of `n`.
    n : int
        Number of cases.
    items : int
        Whole-number items averaged within each case.

    Returns
    -------
    bool
        Whether some whole total, divided by ``n × items``, rounds to `mean`; halves may go up or down.

    Raises
    ------
    InputError
        If `mean` is no text (a float has lost its last zeros) or no number, or if `n` or `items` is below one.

    Examples
    --------
    >>> grim("5.19", 28), grim("5.21", 28)
    (False, True)
    """
    if not isinstance(mean, str) or not re.fullmatch(r"[0-9]{1,15}(\.[0-9]{1,15})?[%％]?", mean):
        raise InputError(f"the mean {mean!r} is no number in a string", way_out='write it as in the text: "5.20"')
    if n < 1 or items < 1:
        raise InputError("a mean needs at least one case and one item", way_out="give n and items from 1 up")
    number = mean.rstrip("%％")
    places = len(number.partition(".")[2]) + 2 * (number != mean)
    written = int(number.replace(".", ""))
    # Whole totals k with |k / (n · items) − mean| ≤ half a unit of the last place, in whole numbers throughout.
    cases, scale = n * items, int(10**places)
    lowest = -(-(2 * written - 1) * cases // (2 * scale))
    return lowest * 2 * scale <= (2 * written + 1) * cases
