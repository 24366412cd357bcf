from pathlib import Path

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reformtext.claims.audit import CHECK_COLUMNS, _Claim, audit, checkability
from reformtext.discourse.formulas import formulas
from reformtext.errors import InputError

DEFAULTS = {"direction": "", "period": "", "basis": "", "bound": "exact", "status": "reported", "numeral": "arabic"}
COLUMNS = ["doc_id", "article", "start", "end", "surface", "value", "unit", "kind", "indicator", *DEFAULTS]
COLUMNS += ["place", "indicator_code", "scope", "price"]
FAR = 200
GOLD = Path(__file__).parents[2] / "data" / "gold"


def claim(surface, value, unit, kind="level", indicator="", gap=3, **fields):
    """One invented claim, `gap` characters behind the one before it."""
    named = {"surface": surface, "value": value, "unit": unit, "kind": kind, "indicator": indicator}
    return {"doc_id": "invented", "gap": gap, **DEFAULTS, **named, **fields}


def frame(*claims):
    rows, end, doc_id = [], 0, None
    for row in claims:
        start = (0 if row["doc_id"] != doc_id else end) + row["gap"]
        end, doc_id = start + len(row["surface"]), row["doc_id"]
        rows.append({**row, "start": start, "end": end})
    return pd.DataFrame(rows, columns=COLUMNS)


def results(*claims):
    checks = audit(frame(*claims))
    assert list(checks.columns) == CHECK_COLUMNS
    return [(row.relation, row.verdict) for row in checks.itertuples()]


def change(surface, value, unit="%", indicator="编制", direction="up", basis="from_to", **fields):
    return claim(surface, value, unit, "change", indicator, direction=direction, basis=basis, **fields)


def people(number, **fields):
    return claim(f"{number}人", number, "人", indicator="编制", **fields)


def yuan(surface, indicator="甲乙收入", **fields):
    return claim(surface, int(float(surface.strip("超亿元")) * 10**8), "元", indicator=indicator, **fields)


def schools(*numbers, gap=6):
    """Numbers of schools, the second `gap` characters behind the first, as 其中 and a name need."""
    return [claim(f"{n}所", n, "所", indicator=f"甲{i}类", gap=gap if i == 1 else 3) for i, n in enumerate(numbers)]


def tasks(number, **fields):
    return claim(f"{number}项", number, "项", **{"indicator": "改革任务", **fields})


def share(surface, value, **fields):
    return claim(surface, value, "%", "share", **{"indicator": "改革任务", **fields})


def income(surface, value, basis, direction="up", **fields):
    """A change of 甲乙收入 in %, or by an amount."""
    unit, kind = ("%", "change") if surface.endswith("%") else ("元", "delta")
    return claim(surface, value, unit, kind, "甲乙收入", basis=basis, direction=direction, **fields)


def gdp(*numbers):
    return [yuan(f"{number}亿元", "地区生产总值") for number in numbers]


IN_2021 = {"period": "2021-01-01/2021-12-31"}
X_IN_2021 = {"indicator_code": "x", **IN_2021}
IN_2022 = {"period": "2022-01-01/2022-12-31"}
IN_2024 = {"period": "2024-01-01/2024-12-31"}

CASES = {
    # from … to, with the change beside them
    "75 % is 73.8": ([people(3459), people(905), change("75%", 75, direction="down")], [("from_to", "does not hold")]),
    "74 % is 73.8": ([people(3459), people(905), change("74%", 74, direction="down")], [("from_to", "holds")]),
    "rise": ([people(400), people(500), change("25%", 25)], [("from_to", "holds")]),
    "wrong way": ([people(400), people(500), change("25%", 25, direction="down")], [("from_to", "does not hold")]),
    "amounts are rounded": (
        [yuan("3亿元"), yuan("4亿元"), income("40%", 40, "from_to")],
        [("from_to", "holds within rounding")],
    ),
    "2.4 times more is 3.4 times": ([people(100), people(340), change("2.4倍", "2.4", "倍")], [("from_to", "holds")]),
    "to 2.4 times is not 2.4 more": (
        [people(100), people(240), change("2.4倍", "2.4", "倍")],
        [("from_to", "does not hold")],
    ),
    "doubled": ([people(100), people(215), change("翻了一番", 2, "倍")], [("doubled", "holds")]),
    "not quite doubled": ([people(1000), people(1990), change("翻一番", 2, "倍")], [("doubled", "does not hold")]),
    "nearly doubled": (
        [people(1000), people(1990), change("翻近一番", 2, "倍", bound="about")],
        [("doubled", "holds")],
    ),
    "tight pair, basis not told": (
        [people(400), people(500), change("26%", 26, basis="")],
        [("from_to", "does not hold")],
    ),
    "loose pair, basis not told": (
        [people(400), people(500, gap=15), change("26%", 26, basis="")],
        [("growth", "cannot be tested")],
    ),
    "average year": (
        [yuan("100亿元", **IN_2021), yuan("133.1亿元", **IN_2024), income("10%", 10, "")],
        [("annual_growth", "holds")],
    ),
    "average year of five, from the end of the year before": (
        [yuan("100亿元"), yuan("161亿元"), income("10%", 10, "", period="2021-01-01/2025-12-31")],
        [("annual_growth", "holds")],
    ),
    "average year wrong": (
        [yuan("100亿元"), yuan("161亿元"), income("12%", 12, "", period="2021-01-01/2025-12-31")],
        [("annual_growth", "does not hold")],
    ),
    "perhaps an average year": (
        [yuan("100亿元"), yuan("161亿元"), income("10%", 10, "")],
        [("from_to", "cannot be tested")],
    ),
    "real growth": (
        [*gdp(100, 150), change("40%", 40, indicator="地区生产总值")],
        [("from_to", "cannot be tested")],
    ),
    "growth said to be real": (
        [people(400), people(500), change("30%", 30, price="可比价格")],
        [("from_to", "cannot be tested")],
    ),
    "growth at current prices": (
        [*gdp(100, 150), change("40%", 40, indicator="地区生产总值", price="现价")],
        [("from_to", "does not hold")],
    ),
    "new before old": ([people(500), people(400), change("25%", 25, basis="")], [("from_to", "holds")]),
    "periods put the older first": (
        [people(500, **IN_2022), people(400, **IN_2021), change("25%", 25)],
        [("from_to", "holds")],
    ),
    "not the two meant": ([people(400), people(500), change("70%", 70, basis="")], [("growth", "cannot be tested")]),
    "two rates of one name": (
        [people(400), people(500), change("25%", 25), change("30%", 30, gap=1)],
        [("from_to", "cannot be tested")] * 2,
    ),
    "partners of another indicator": (
        [yuan("100亿元", "出口"), yuan("150亿元", "出口"), change("40%", 40, indicator="进口")],
        [("from_to", "cannot be tested")],
    ),
    # a difference of several years that is said of the average one
    "difference of the average year": (
        [yuan("100亿元", **IN_2021), yuan("130亿元", **IN_2024), income("10亿元", 10**9, "")],
        [("annual_difference", "holds")],
    ),
    "difference of the average year, falling": (
        [yuan("130亿元", **IN_2021), yuan("100亿元", **IN_2024), income("10亿元", 10**9, "", "down")],
        [("annual_difference", "holds")],
    ),
    "difference of the whole span": (
        [yuan("100亿元", **IN_2021), yuan("130亿元", **IN_2024), income("30亿元", 30 * 10**8, "")],
        [("difference", "holds")],
    ),
    "difference of neither": (
        [yuan("100亿元", **IN_2021), yuan("130亿元", **IN_2024), income("25亿元", 25 * 10**8, "")],
        [("difference", "does not hold")],
    ),
    "difference, years not told": (
        [yuan("100亿元", gap=3), yuan("130亿元"), income("10亿元", 10**9, "")],
        [("difference", "cannot be tested")],
    ),
    "difference of one year": (
        [yuan("100亿元", **IN_2021), yuan("130亿元", **IN_2022), income("25亿元", 25 * 10**8, "")],
        [("difference", "does not hold")],
    ),
    "planned change without partner": ([change("5%", 5, status="planned")], []),
    # percentage points and other differences
    "points": (
        [
            claim("41.5%", "41.5", "%", "share", "绿化率"),
            claim("43%", 43, "%", "share", "绿化率"),
            claim("1.5个百分点", "1.5", "百分点", "delta", "绿化率", direction="up", basis="from_to"),
        ],
        [("difference", "holds")],
    ),
    "points wrong": (
        [
            claim("41.5%", "41.5", "%", "share", "绿化率"),
            claim("43.0%", 43, "%", "share", "绿化率"),
            claim("1.8个百分点", "1.8", "百分点", "delta", "绿化率", direction="up"),
        ],
        [("difference", "does not hold")],
    ),
    "above the province": (
        [
            claim("8.3%", "8.3", "%", "change", "投资", direction="up", basis="from_to"),
            claim("7.7%", "7.7", "%", "change", "投资", direction="up", basis="from_to", place="全省"),
            claim("0.6个百分点", "0.6", "百分点", "delta", "投资", direction="up"),
        ],
        [("difference", "holds")],
    ),
    # increase since the start of the year, increase with its rate
    "since start, no rate": (
        [yuan("110亿元"), income("10亿元", 10**9, "since", "up")],
        [("since_start", "cannot be tested")],
    ),
    "since start, rate": (
        [
            yuan("110亿元"),
            income("10亿元", 10**9, "since", "up"),
            income("10%", 10, "since"),
        ],
        [("since_start", "holds")],
    ),
    "decrease on the year, rate wrong": (
        [
            yuan("90亿元"),
            income("10亿元", 10**9, "yoy", "down"),
            income("12%", 12, "yoy", "down"),
        ],
        [("increase", "does not hold")],
    ),
    # a level and its growth against the level of the year before, said elsewhere
    "year on year": (
        [yuan("100亿元", **IN_2021), yuan("110亿元", gap=FAR, **IN_2022), income("10%", 10, "yoy")],
        [("year_on_year", "holds")],
    ),
    "year on year wrong": (
        [yuan("100亿元", **IN_2021), yuan("110亿元", gap=FAR, **IN_2022), income("15%", 15, "yoy")],
        [("year_on_year", "does not hold")],
    ),
    "year on year, not comparable": (
        [yuan("100亿元", **IN_2021), yuan("110亿元", gap=FAR, **IN_2022), income("45%", 45, "yoy")],
        [("year_on_year", "cannot be tested")],
    ),
    "year on year, the earlier was a plan": (
        [yuan("100亿元", status="planned", **IN_2021), yuan("110亿元", gap=FAR, **IN_2022), income("12%", 12, "yoy")],
        [("year_on_year", "cannot be tested")],
    ),
    "year on year, a plan and then what it was": (
        [
            yuan("105亿元", status="planned", **IN_2021),
            yuan("100亿元", gap=FAR, **IN_2021),
            yuan("110亿元", gap=FAR, **IN_2022),
            income("10%", 10, "yoy"),
        ],
        [("year_on_year", "holds")],
    ),
    "year on year, another scope": (
        [yuan("100亿元", scope="全省", **IN_2021), yuan("110亿元", gap=FAR, **IN_2022), income("15%", 15, "yoy")],
        [("year_on_year", "cannot be tested")],
    ),
    "another year": (
        [yuan("100亿元", **IN_2021), yuan("110亿元", gap=FAR, **IN_2024), income("15%", 15, "yoy")],
        [("year_on_year", "cannot be tested")],
    ),
    "another document, place unknown": (
        [
            yuan("100亿元", doc_id="a", **IN_2021),
            yuan("110亿元", doc_id="b", **IN_2022),
            income("15%", 15, "yoy", doc_id="b"),
        ],
        [("year_on_year", "cannot be tested")],
    ),
    "another document, same place": (
        [
            yuan("100亿元", doc_id="a", place="云岭县", **IN_2021),
            yuan("110亿元", doc_id="b", place="云岭县", **IN_2022),
            income("15%", 15, "yoy", doc_id="b"),
        ],
        [("year_on_year", "does not hold")],
    ),
    # parts, wholes, shares
    "parts add up": (schools(50, 20, 30), [("parts_of_total", "holds")]),
    "total comes last": (schools(20, 30, 50, gap=1), [("parts_of_total", "holds")]),
    "parts miss by one": (schools(50, 20, 31), [("parts_of_total", "does not hold")]),
    "rounded parts": (
        [yuan("5.1亿元", "支出"), yuan("2.3亿元", "甲类", gap=6), yuan("2.7亿元", "乙类")],
        [("parts_of_total", "holds within rounding")],
    ),
    "some of many": (schools(50, 10, 12), []),
    "a sum of small numbers that misses": (schools(6, 3, 4), []),
    "a list of nouns": ([tasks(60), tasks(20, gap=5), tasks(40, gap=5)], []),
    "at least so many": ([claim("50所以上", 50, "所", bound="min"), *schools(20, 10)], []),
    "a plain list": (schools(50, 20, 30, gap=1), []),
    "other units": ([claim("50所", 50, "所"), claim("20家", 20, "家"), claim("30所", 30, "所")], []),
    "part of whole": ([tasks(60), tasks(15, gap=7)], [("part_of_whole", "holds")]),
    "another noun": ([tasks(60), tasks(15, gap=7, indicator="改革措施")], []),
    "more than a verb between": ([tasks(60), tasks(15, gap=12)], []),
    "from 60 to 15, noun before": ([tasks(60), tasks(15)], []),
    "a list of three": ([tasks(60), tasks(15, gap=7), tasks(20, gap=7)], []),
    "share of whole": ([tasks(60), tasks(15, gap=9), share("25%", 25)], [("share_of_whole", "holds")]),
    "share of whole wrong": (
        [tasks(60), tasks(15, gap=9), share("25.8%", "25.8")],
        [("share_of_whole", "does not hold")],
    ),
    "share of another thing": ([tasks(60), tasks(15, gap=9), share("25.8%", "25.8", indicator="满意率")], []),
    "share far off": ([tasks(60), tasks(15, gap=9), share("98%", 98)], []),
    # ranks
    "rank within": (
        [claim("65个", 65, "个", indicator="示范县"), claim("第14位", 14, "位", "rank", "评估")],
        [("rank_of", "holds")],
    ),
    "rank beyond": (
        [claim("12个", 12, "个", indicator="示范县"), claim("第14位", 14, "位", "rank", "评估")],
        [("rank_of", "does not hold")],
    ),
    "count in the scope": (
        [claim("第17位", 17, "位", "rank", "评估", scope="全省16市")],
        [("rank_of", "does not hold")],
    ),
    "last of its scope": (
        [claim("第16位", 16, "位", "rank", "评估", scope="全省16市")],
        [("rank_of", "holds")],
    ),
    "scope without a count": ([claim("第16位", 16, "位", "rank", "评估", scope="全省")], []),
    "among the first of fewer": (
        [claim("12个", 12, "个", indicator="示范县"), claim("前20位", 20, "位", "rank", "评估", bound="max")],
        [("rank_of", "does not hold")],
    ),
    "a measure is no number ranked": (
        [claim("3亿元", 3 * 10**8, "元", indicator="示范县"), claim("第14位", 14, "位", "rank", "评估")],
        [],
    ),
    "the count said right before goes before the scope": (
        [claim("65个", 65, "个", indicator="示范县"), claim("第17位", 17, "位", "rank", "评估", scope="全省16市")],
        [("rank_of", "holds")],
    ),
    "the count is what is ranked": (
        [claim("3家", 3, "家", indicator="示范企业"), claim("第8位", 8, "位", "rank", "示范企业")],
        [],
    ),
    "count of other things": ([claim("3个", 3, "个", indicator="项目"), claim("第8位", 8, "位", "rank", "项目")], []),
    "count too far": ([claim("3个", 3, "个", indicator="县"), claim("第8位", 8, "位", "rank", "评估", gap=7)], []),
    # figures with one end open
    "at least": (
        [people(100), claim("超过500人", 500, "人", indicator="编制", bound="min"), change("30%", 30)],
        [("from_to", "does not hold")],
    ),
    "at least, above": (
        [people(100), claim("超过500人", 500, "人", indicator="编制", bound="min"), change("450%", 450)],
        [("from_to", "holds within rounding")],
    ),
    "fell by at least": (
        [yuan("90亿元"), income("超过10亿元", 10**9, "yoy", "down", bound="min"), income("12%", 12, "yoy", "down")],
        [("increase", "holds within rounding")],
    ),
    "from nothing": ([people(0), people(500), change("30%", 30)], [("from_to", "does not hold")]),
    # one thing said twice
    "said twice": ([yuan("157.3亿元"), yuan("157亿元", gap=FAR)], [("said_twice", "holds")]),
    "said twice, rounded": ([yuan("157亿元"), yuan("157.3亿元", gap=FAR)], [("said_twice", "holds within rounding")]),
    "said twice, differing": (
        [yuan("157亿元", **IN_2021), yuan("175亿元", gap=FAR, **IN_2021)],
        [("said_twice", "does not hold")],
    ),
    "differing, another year": ([yuan("157亿元", **IN_2021), yuan("175亿元", gap=FAR, **IN_2022)], []),
    "differing, one period not told": ([yuan("157亿元", **IN_2021), yuan("175亿元", gap=FAR)], []),
    "too far apart to be one thing": ([yuan("157亿元", **IN_2021), yuan("300亿元", gap=FAR, **IN_2021)], []),
    "coded count": (
        [people(157, **X_IN_2021), people(175, gap=FAR, **X_IN_2021)],
        [("said_twice", "does not hold")],
    ),
    "short name and long name": (
        [yuan("157亿元", "甲收入", **X_IN_2021), yuan("157亿元", "甲方所入", gap=FAR, **X_IN_2021)],
        [("said_twice", "holds")],
    ),
    "names that differ contradict nothing": (
        [yuan("157亿元", "甲收入", **X_IN_2021), yuan("175亿元", "甲方所入", gap=FAR, **X_IN_2021)],
        [],
    ),
    "counts of a long noun": (
        [tasks(n, gap=FAR, indicator="重点改革任务", **IN_2021) for n in (60, 63)],
        [("said_twice", "does not hold")],
    ),
    "one name narrows the other": (
        [yuan("157亿元", "乙县甲收入", **X_IN_2021), yuan("175亿元", "甲收入", gap=FAR, **X_IN_2021)],
        [],
    ),
    "a mark that was passed": ([yuan("157亿元", **IN_2021), yuan("150亿元", gap=FAR, **IN_2021)], []),
    "output at two years' prices": (
        [yuan(f"{n}亿元", "工业总产值", gap=FAR, **IN_2021) for n in (157, 175)],
        [("said_twice", "cannot be tested")],
    ),
    "at least and exactly": ([yuan("157亿元"), yuan("超100亿元", gap=FAR, bound="min")], []),
    "a name of several things": ([yuan(f"{n}亿元", gap=FAR, **IN_2021) for n in (150, 157, 160)], []),
    "counts of one noun": ([claim(f"{n}个", n, "个", indicator="重大项目", gap=FAR, **IN_2021) for n in (18, 20)], []),
    "two documents, two places": (
        [
            yuan("157亿元", doc_id="a", place="云岭县", **IN_2021),
            yuan("175亿元", doc_id="b", place="江口县", **IN_2021),
        ],
        [],
    ),
    "two documents, one place": (
        [
            yuan("157亿元", doc_id="a", place="云岭县", **IN_2021),
            yuan("175亿元", doc_id="b", place="云岭县", **IN_2021),
        ],
        [("said_twice", "cannot be tested")],
    ),
}


@pytest.mark.parametrize(("claims", "expected"), CASES.values(), ids=CASES.keys())
def test_checks_and_verdicts(claims, expected):
    assert results(*claims) == expected


def test_part_by_part_the_checks_are_those_of_the_whole():
    here = {"place": "云岭县"}
    claims = [
        yuan("100亿元", doc_id="a", **IN_2021, **here),
        yuan("157亿元", doc_id="b", **IN_2022, **here),
        yuan("112亿元", doc_id="c", **IN_2022, **here),
        change("10%", 10, indicator="甲乙收入", basis="yoy", doc_id="c", **IN_2022, **here),
        yuan("157亿元", doc_id="d", **IN_2022, **here),
        yuan("157亿元", gap=FAR, doc_id="d", **IN_2022, **here),
    ]
    table = frame(*claims)
    whole = audit(table)
    assert {"said_twice", "year_on_year"} <= set(whole["relation"])
    parts = [(table[table["doc_id"] == name], table[table["doc_id"] != name]) for name in "abcd"]
    made = pd.concat([audit(part, elsewhere=rest) for part, rest in parts], ignore_index=True)
    assert made.astype(object).equals(whole.astype(object))


def test_two_indicators_doubled_in_one_statement_are_two_checks():
    names = ("地区生产总值", "一般公共预算收入")
    levels = [yuan(f"{n}亿元", name) for n, name in zip((2075, 159.3, 4464, 316.5), names * 2, strict=True)]
    checks = audit(frame(*levels, change("翻了一番", 2, "倍", indicator="、".join(names))))
    assert checks["implied"].round(2).tolist() == [2.15, 1.99]
    assert checks["verdict"].tolist() == ["holds", "does not hold"]
    assert (checks["low"] < checks["implied"]).all() and (checks["implied"] < checks["high"]).all()


def test_ids_and_interval_of_a_check():
    row = audit(frame(people(400), yuan("9亿元"), people(500), change("25%", 25))).iloc[0]
    assert row["claims"] == "invented:23-26|invented:3-7|invented:16-20"
    assert (row["stated"], row["implied"], row["low"], row["high"]) == (25, 25, 25, 25)


def test_growth_worked_out_of_an_increase():
    increase = income("10亿元", 10**9, "since", "up")
    row = audit(frame(yuan("110亿元"), increase)).iloc[0]
    assert (row["implied"], round(row["low"], 3), round(row["high"], 3)) == (10, 9.406, 10.606)
    assert "from 1e+10 元" in row["reason"]


@pytest.mark.parametrize(
    ("document", "expected"),
    [
        ("heze2024", [("doubled", 2.15, "holds"), ("doubled", 1.99, "does not hold"), ("rank_of", 65, "holds")]),
        ("dongying2020", [("from_to", 73.84, "does not hold")]),
        ("liaocheng2020", [("parts_of_total", 81, "holds")]),
        ("shanghe2023", []),
        ("dezhou2021", []),
    ],
)
def test_hand_checked_tables(document, expected):
    checks = audit(pd.read_csv(GOLD / f"{document}.csv", dtype=str, keep_default_na=False))
    tested = checks[checks["relation"].isin(["doubled", "rank_of", "from_to", "parts_of_total", "share_of_whole"])]
    found = zip(tested["relation"], tested["implied"].round(2), tested["verdict"], strict=True)
    assert list(found) == expected
    assert (checks["verdict"] == "does not hold").sum() == sum(row[2] == "does not hold" for row in expected)


@settings(derandomize=True)
@given(st.integers(100, 10**6), st.integers(100, 10**6))
def test_a_change_written_from_its_own_figures_never_fails(old, new):
    direction = "down" if new < old else "up"
    rate = f"{abs(new / old - 1) * 100:.1f}"
    assert results(people(old), people(new), change(f"{rate}%", rate, direction=direction))[0][1] != "does not hold"


@settings(derandomize=True)
@given(st.lists(st.integers(20, 10**7), min_size=2, max_size=6))
def test_rounded_parts_of_a_rounded_total_never_fail(parts):
    written = [sum(parts), *parts]
    texts = [f"{n / 1e4:.2f}" for n in written]
    rows = [claim(f"{n}万户", f"{n}e4", "户", gap=6 if i == 1 else 3) for i, n in enumerate(texts)]
    assert "does not hold" not in {verdict for _, verdict in results(*rows)}


def test_articles_of_one_file_are_kept_apart():
    rows = frame(people(400), people(500), change("30%", 30))
    rows["article"] = [0, 0, 1]
    assert audit(rows)["verdict"].tolist() == ["cannot be tested"]


def test_order_of_rows_does_not_matter():
    rows = frame(people(3459), people(905), change("75%", 75, direction="down"), yuan("157亿元", gap=FAR))
    pd.testing.assert_frame_equal(audit(rows), audit(rows.iloc[::-1]))


def test_checks_of_one_claim_with_few_and_many_partners():
    rank = {"kind": "rank", "scope": "20县", "indicator_code": "x"}
    twice = [claim("第4位", 4, "位", gap=gap, indicator="评估", **rank) for gap in (3, FAR)]
    assert results(*twice) == [("rank_of", "holds"), ("rank_of", "holds"), ("said_twice", "holds")]


def test_optional_columns_and_no_rows():
    rows = frame(people(400), people(500), change("25%", 25))
    assert audit(rows.drop(columns=COLUMNS[-7:]))["verdict"].tolist() == ["holds"]
    assert list(audit(rows.iloc[:0]).columns) == CHECK_COLUMNS
    assert audit(rows.iloc[:0]).empty and checkability(rows.iloc[:0]).empty


@pytest.mark.parametrize(
    ("spoil", "message"),
    [
        (lambda rows: rows.drop(columns="basis"), "lacks the columns basis"),
        (lambda rows: rows.assign(value="many"), "'many' or its place is no number"),
        (lambda rows: rows.assign(value=float("nan")), "'' or its place is no number"),
        (lambda rows: rows.assign(end=""), ":3-: "),
    ],
)
def test_what_cannot_be_used_is_refused(spoil, message):
    with pytest.raises(InputError, match=message):
        audit(spoil(frame(people(400))))


CHECKABLE = [
    # rows, expected base, period, comparison, place of the last one
    ([change("5%", 5, basis="yoy")], [True, False, False, False]),
    ([change("5%", 5, basis="", place="云岭县", **IN_2021)], [False, True, False, True]),
    ([people(400), change("5%", 5, basis="yoy")], [True, False, True, False]),
    ([people(400, **IN_2021), change("5%", 5, gap=FAR, **IN_2021)], [True, True, True, False]),
    ([people(400, **IN_2021), change("5%", 5, gap=FAR, **IN_2022)], [True, True, False, False]),
    ([yuan("9亿元"), change("5%", 5, scope="全省")], [True, False, False, True]),
    ([claim("9%", 9, "%", "share", "率"), claim("1个百分点", 1, "百分点", "delta", "率")], [False, False, True, False]),
]


@pytest.mark.parametrize(("rows", "expected"), CHECKABLE)
def test_checkability(rows, expected):
    found = checkability(frame(*rows)).iloc[-1]
    assert found[["base", "period", "comparison", "place"]].tolist() == expected
    assert pd.isna(found["source"]) and (found["given"], found["asked"]) == (sum(expected), 4)


def test_checkability_counts_a_source_where_the_table_has_one():
    found = checkability(frame(people(400), change("5%", 5, basis="yoy")).assign(source=["", "统计局"]))
    assert len(found) == 1
    assert found[["source", "given", "asked"]].values.tolist() == [[True, 3, 5]]


FORMULAS = [
    # surface, slots, listed, stated and implied of its checks with their verdicts
    ("1+3+N", "1|3|N", "1|3|", [(1, 1, "holds"), (3, 3, "holds")]),
    ("1+3+N", "1|3|N", "1|4|2", [(1, 1, "holds"), (3, 4, "does not hold")]),
    ("2+12", "2|12", "|12", [(12, 12, "holds")]),
    ("十二大工程", "十二大工程", "12", [(12, 12, "holds")]),
    ("三大行动", "三大行动", "4", [(3, 4, "cannot be tested")]),
    ("三大行动", "三大行动", "", []),
    ("双评双定", "双评|双定", "", []),
    ("双十工程", "双十工程", "10", []),
]


@pytest.mark.parametrize(("surface", "slots", "listed", "expected"), FORMULAS)
def test_slots_of_formulas(surface, slots, listed, expected):
    formula = {"doc_id": "b", "start": 4, "end": 9, "surface": surface, "slots": slots, "listed": listed}
    checks = audit(frame(), pd.DataFrame([formula]))
    assert list(checks[["stated", "implied", "verdict"]].itertuples(index=False, name=None)) == expected
    assert set(checks["relation"]) <= {"slots_of_formula"} and set(checks["claims"]) <= {"b:4-9"}
    assert (checks["low"] == checks["high"]).all()
    assert [bool(reason) for reason in checks["reason"]] == [row[2] != "holds" for row in expected]


def test_formulas_stand_beside_claims_and_missing_cells_are_empty():
    formula = {"doc_id": "invented", "start": 0, "end": 4, "surface": "三大行动", "slots": "三大行动", "listed": "2"}
    table = pd.DataFrame([formula, {**formula, "listed": float("nan")}])
    checks = audit(frame(people(400), people(500), change("25%", 25)), table)
    assert checks["relation"].tolist() == ["slots_of_formula", "from_to"]
    assert checks["verdict"].tolist() == ["cannot be tested", "holds"]


def test_a_slot_is_contradicted_by_one_count_in_its_meaning_not_by_several():
    formula = {"doc_id": "b", "start": 0, "end": 5, "surface": "2+8+N", "slots": "2|8|N", "listed": "|5|"}
    found = [
        audit(frame(), pd.DataFrame([{**formula, "meaning": f"|{meaning}|"}])).iloc[0]
        for meaning in ("五个专班", "五个片区和三个园区")
    ]
    assert [row["verdict"] for row in found] == ["does not hold", "cannot be tested"]
    assert found[0]["reason"] == "8 of 2+8+N: 5 listed"


def test_formulas_that_the_library_finds_can_be_audited():
    found = formulas("全县落实摸底、登记、复核、归档“三大行动”。").assign(doc_id="invented")
    assert audit(frame(), found)[["stated", "implied", "verdict"]].values.tolist() == [[3, 4, "cannot be tested"]]


@pytest.mark.parametrize(
    ("spoil", "message"),
    [({"listed": "viele"}, "'viele' or its place is no number"), ({"start": ""}, "b:-9: ")],
)
def test_formulas_that_cannot_be_used_are_refused(spoil, message):
    formula = {"doc_id": "b", "start": 4, "end": 9, "surface": "三大行动", "slots": "三大行动", "listed": "3"}
    with pytest.raises(InputError, match=message):
        audit(frame(), pd.DataFrame([formula | spoil]))
    with pytest.raises(InputError, match="formulas table lacks the columns listed"):
        audit(frame(), pd.DataFrame([formula]).drop(columns="listed"))


def test_a_claim_given_twice_is_read_once():
    rows = frame(people(400), people(500), change("25%", 25))
    pd.testing.assert_frame_equal(audit(pd.concat([rows, rows])), audit(rows))


def test_work_grows_with_the_table_not_with_its_square(monkeypatch):
    looked = []
    gap = _Claim.gap
    monkeypatch.setattr(_Claim, "gap", lambda self, other: looked.append(1) or gap(self, other))
    rows = frame(change("5%", 5, basis="yoy"))
    for place in (lambda n: 0, lambda n: 4 * n, lambda n: FAR * n):
        spent = []
        for size in (200, 400):
            looked.clear()
            many = pd.concat([rows] * size).assign(value=range(size), start=[place(n) for n in range(size)])
            audit(many.assign(end=many["start"] + 2))
            spent.append(len(looked))
        assert spent[1] <= 2.2 * spent[0]
