"""Claims as a person reads them: 157.3 亿元 instead of 15730000000 元."""

from decimal import Decimal

import pandas as pd

from reformtext.errors import InputError

_MULTIPLES = ((Decimal(10) ** 12, "万亿"), (Decimal(10) ** 8, "亿"), (Decimal(10) ** 4, "万"))
_BOUNDS = {"min": "≥ ", "max": "≤ ", "about": "≈ "}
_SIGNS = {"up": "+", "down": "−"}
_ASIDE = ("value", "unit", "direction", "bound", "start", "end")


def _figure(value: str, unit: str, kind: str, direction: str, bound: str) -> str:
    """Write one figure with the multiple that leaves one to four digits before the point."""
    amount = Decimal(value)
    multiple = ""
    if unit not in {"%", "百分点", "倍", "位"}:
        size, multiple = next(((s, name) for s, name in _MULTIPLES if abs(amount) >= s), (Decimal(1), ""))
        amount /= size
    digits = f"{amount.normalize():f}"
    if kind == "rank":
        return f"第{digits}位" if bound != "max" else f"前{digits}位"
    sign = _SIGNS.get(direction, "") if kind in {"change", "delta"} else ""
    gap = "" if unit.isascii() and not multiple else " "
    return f"{_BOUNDS.get(bound, '')}{sign}{digits}{gap}{multiple}{unit}"


def readable(claims: pd.DataFrame) -> pd.DataFrame:
    """Show claims in units a person reads; the frame itself keeps its base units.

    Parameters
    ----------
    claims : DataFrame
        Reported figures, as `claims` gives them.

    Returns
    -------
    DataFrame
        The same rows in the same order under the same index: ``figure`` (157.3 亿元, +8.3%, 第3位; ≥, ≤ and ≈ for bounds)
        in the place of value, unit, direction, bound and offsets, the other columns as they are.

    Raises
    ------
    InputError
        If a column is missing or a value is no number.

    Examples
    --------
    >>> from reformtext.claims.extract import claims
    >>> readable(claims("出口157.3亿元、增长15.6%。"))["figure"].tolist()
    ['157.3 亿元', '+15.6%']
    """
    if not isinstance(claims, pd.DataFrame):
        raise InputError(f"{type(claims).__name__} is no claims table", way_out="give what claims() makes")
    needed = ["value", "unit", "kind", "direction", "bound"]
    if missing := [name for name in needed if name not in claims.columns]:
        raise InputError(f"the claims table lacks the columns {', '.join(missing)}", way_out="give what claims() makes")
    cells = claims[needed].astype(object).where(claims[needed].notna(), "").astype(str)
    try:
        figures = [_figure(*row) for row in cells.itertuples(index=False, name=None)]
    except ArithmeticError as error:
        raise InputError("a value of the claims table is no number", way_out="write values as decimals") from error
    shown = claims.drop(columns=[name for name in _ASIDE if name in claims.columns])
    at = [*shown.columns, "surface"].index("surface") + 1
    shown.insert(min(at, shown.shape[1]), "figure", figures)
    return shown
