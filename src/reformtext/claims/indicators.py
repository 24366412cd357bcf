"""Indicators by their official names."""

import re
from functools import cache

from reformtext.texts.lexicon import load_table


@cache
def _aliases() -> tuple[tuple[str, str, str, str], ...]:
    """List alias, code, type and unit, the longest alias first."""
    table = load_table("indicators", ["code", "name", "aliases", "english", "unit", "type"], key=["code"])
    rows = [
        (a, r["code"], r["type"], r["unit"])
        for _, r in table.iterrows()
        for a in [r["name"], *r["aliases"].split("|")]
        if a
    ]
    return tuple(sorted(rows, key=lambda row: (-len(row[0]), row[0])))


_STOCK = re.compile(
    r"余额|总数|人口|里程|覆盖率|化率|保有量|装机|总量$|存栏|存量|面积|总资产|库存|人数|家数|户数|储备|蓄水|网点|总规模|市场主体|经营主体|普及率|占有"
)


@cache
def indicator_code(name: str) -> str | None:
    """Give the code of the official indicator that a name holds: the longest alias in it decides.

    Parameters
    ----------
    name : str
        As a text writes it, in simplified characters.

    Returns
    -------
    str or None
        A code of ``data/lexicon/indicators.csv``; None where the name holds no known indicator.

    Examples
    --------
    >>> indicator_code("全市社零总额") == indicator_code("社会消费品零售总额")
    True
    """
    return next((code for alias, code, *_ in _aliases() if alias in name), None)


@cache
def is_stock(name: str) -> bool:
    """Say whether an indicator is a state on a day (a stock) and no sum over a period (a flow).

    Parameters
    ----------
    name : str
        As a text writes it, in simplified characters.

    Returns
    -------
    bool
        What the list says of this very name, else what its wording says (余额, 人口, 里程 …).

    Examples
    --------
    >>> is_stock("各项贷款余额"), is_stock("出口")
    (True, False)
    """
    if known := next(
        (kind for alias, _, kind, unit in _aliases() if alias == name and unit not in "家户个件项人"), None
    ):
        return known == "stock"
    return bool(_STOCK.search(name)) and not re.search(r"增量|新增(?!.*余额)|造林", name)
