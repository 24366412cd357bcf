"""Indicators by their official names."""

import re
from functools import cache

from reformtext.texts.lexicon import load_table


@cache
def _aliases() -> tuple[tuple[str, str, str, str], ...]:
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
    """Give the code of the indicator that a name holds."""
    return next((code for alias, code, *_ in _aliases() if alias in name), None)


@cache
def is_stock(name: str) -> bool:
    """Say whether an indicator is a state at a day."""
    if known := next(
        (kind for alias, _, kind, unit in _aliases() if alias == name and unit not in "家户个件项人"), None
    ):
        return known == "stock"
    return bool(_STOCK.search(name)) and not re.search(r"增量|新增(?!.*余额)|造林", name)
