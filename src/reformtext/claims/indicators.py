"""Indicators by their official names."""

import re
from functools import cache

from reformtext.texts.lexicon import load_table


@cache
def _known() -> dict[str, tuple[str, str, str]]:
    """Give code, type and unit of each name and alias."""
    rows = load_table("indicators", ["code", "name", "aliases", "english", "unit", "type"], key=["code"]).iterrows()
    return {a: (r["code"], r["type"], r["unit"]) for _, r in rows for a in [r["name"], *r["aliases"].split("|")] if a}


@cache
def _by_opening() -> dict[str, tuple[str, ...]]:
    """Give the names of three characters and more by their first two, the longest first."""
    names = sorted(filter(lambda name: len(name) > 2, _known()), key=len, reverse=True)
    return {key: tuple(n for n in names if n[:2] == key) for key in dict.fromkeys(n[:2] for n in names)}


def known_names(line: str, begin: int, end: int) -> list[tuple[int, int]]:
    """Find the names of official indicators in a stretch, each the longest that begins at its place."""
    found, by_opening = [], _by_opening()
    for at in range(begin, end - 2):
        for name in by_opening.get(line[at : at + 2], ()):
            if line.startswith(name, at, end):
                found.append((at, at + len(name)))
                break
    return found


_STOCK = re.compile(
    r"余额|总数|人口|里程|覆盖率|化率|保有量|装机|总量$|存栏|存量|面积|总资产|库存|人数|家数|户数|储备|蓄水|网点|总规模|市场主体|经营主体|普及率|占有|资产总额"
)


# What may stand around an indicator's name and leave it the same quantity: whose it is, and words of measuring.
_WHOSE = re.compile(
    r"(?:全社会|全[国省市县区州]|我[国省市县区]|[全本]自治区|[一-鿿]{1,7}(?<![园发城都小社灾库])(?:省|市|县|区|州|盟|旗|(?<!贫)(?<!村)地区))?"
    r"(?:累计|全年|年度|完成|实现)?"
)
_MEASURE = re.compile(r"(?:总额|总量|总值|数量|总数|人数|数|增速|增幅|涨幅|增长速度|增长率?|(?:增长)?(?:预期)?目标)?")


@cache
def indicator_code(name: str) -> str | None:
    """Give the code of the official indicator that a name is.

    A name is an indicator if it is one of its aliases, or if before the alias only a place or 全市, 累计 and the like
    stands and after it only a word of measuring (总额, 数量, 增速). Anything else narrows it to another quantity:
    一般公共预算收入 is not 收入, 工业技改投资 not 工业投资.

    Parameters
    ----------
    name : str
        As a text writes it, in simplified characters.

    Returns
    -------
    str or None
        A code of ``data/lexicon/indicators.csv``; None where the name is no known indicator.

    Examples
    --------
    >>> indicator_code("全市社零总额") == indicator_code("社会消费品零售总额")
    True
    >>> indicator_code("园区固定资产投资") is None
    True
    """
    name = re.sub(r"（[A-Za-z][\w.]*）", "", name)  # 地区生产总值（GDP）
    for begin in range(len(name)):
        if not _WHOSE.fullmatch(name, 0, begin):
            continue
        for end in range(len(name), begin, -1):
            if name[begin:end] in _known() and _MEASURE.fullmatch(name, end):
                return _known()[name[begin:end]][0]
    return None


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
    _, kind, unit = _known().get(name, ("", "", ""))
    if unit and unit not in "家户个件项人":
        return kind == "stock"
    return bool(_STOCK.search(name)) and not re.search(r"增量|新增(?!.*余额)|造林", name)
