"""Period expressions resolved against the document's date."""

from datetime import date

import pytest

from reformtext.claims.periods import document_date, periods

JULY, JANUARY = date(2020, 7, 21), date(2026, 1, 25)


@pytest.mark.parametrize(
    ("text", "when", "iso"),
    [
        ("上半年", JULY, "2020-01-01/2020-06-30"),
        ("1-6月份", JULY, "2020-01-01/2020-06-30"),
        ("前三季度", JULY, "2020-01-01/2020-09-30"),
        ("前两个月", JULY, "2020-01-01/2020-02-29"),
        ("一季度", JULY, "2020-01-01/2020-03-31"),
        ("今年以来", JULY, "2020-01-01/2020-07-21"),
        ("截至目前", JULY, "2020-01-01/2020-07-21"),
        ("截至5月底", JULY, "2020-05-31"),
        ("去年11月", JULY, "2019-11-01/2019-11-30"),
        ("3月27日", JULY, "2020-03-27"),
        ("2019年以来", JULY, "2019-01-01/2020-07-21"),
        ("年内", JULY, "2020-01-01/2020-12-31"),
        ("去年底", JULY, "2019-12-31"),
        ("2021年1月至10月", JULY, "2021-01-01/2021-10-31"),
        ("2013年至2023年", JULY, "2013-01-01/2023-12-31"),
        ("１９８７年", None, "1987-01-01/1987-12-31"),
        ("一九五三年底", None, "1953-12-31"),
        ("“十四五”时期", None, "2021-01-01/2025-12-31"),
        ("“十五五”期末", None, "2030-12-31"),
        ("第一个五年计划期间", None, "1953-01-01/1957-12-31"),
        ("过去五年", JANUARY, "2021-01-01/2025-12-31"),
        ("近三年", JANUARY, "2023-01-01/2025-12-31"),
        ("全年", JANUARY, "2025-01-01/2025-12-31"),
        ("下半年", JANUARY, "2025-07-01/2025-12-31"),
        ("自2019年启动改革以来", JULY, "2019-01-01/2020-07-21"),
        ("自2019年7月起", JULY, "2019-07-01/2020-07-21"),
        ("2019年起", JULY, "2019-01-01/2020-07-21"),
        ("6月28日至7月3日", JULY, "2020-06-28/2020-07-03"),
        ("7月1日至10日", JULY, "2020-07-01/2020-07-10"),
        ("昨天上午", JULY, "2020-07-20"),
        ("今年到目前", JULY, "2020-01-01/2020-07-21"),
        ("连续3年", JULY, "2018-01-01/2020-07-21"),
        ("年底前", JULY, "2020-12-31"),
        ("全年重点任务", date(2020, 3, 2), "2020-01-01/2020-12-31"),
    ],
)
def test_resolved(text, when, iso):
    assert [p.iso() for p in periods(text, when)] == [iso]


@pytest.mark.parametrize(
    "text",
    [
        "连续11个季度",
        "2000余项",
        "3个月",
        "十五个项目",
        "连续4年全国领先",
        "增长5.5%",
        "去年",
        "五年前还没有",
        "6月30日至31日",
    ],
)
def test_no_period_or_none_without_a_date(text):
    assert periods(text) == []


def test_the_years_that_are_not_told():
    assert [p.vague for text in ("两年间", "近两年间") for p in periods(text, JULY)] == [True, False]
    assert [p.iso() for p in periods("自2011年，增速连续7年居首", JULY)][-1] == "2011-01-01/2017-12-31"


@pytest.mark.parametrize(
    "text",
    ["是五年前的3倍", "是1978年（4亿元）的9倍", "比上年", "较2019年", "同一九七八年相比", "是2010年到2015年投入的总和"],
)
def test_what_is_compared_with_is_a_base(text):
    assert [p.base for p in periods(text, JULY)] == [True]


@pytest.mark.parametrize(
    ("kind", "iso"),
    [
        ({"stock": True}, "2025-12-31"),
        ({"last_year": True}, "2025-01-01/2025-12-31"),
        ({}, "2021-01-01/2025-12-31"),
    ],
)
def test_a_stretch_of_years_for_a_stock_a_state_and_a_sum(kind, iso):
    (period,) = periods("“十四五”时期")
    assert period.iso(**kind) == iso


def test_this_year_is_the_whole_year_for_a_plan():
    (period,) = periods("今年", JULY)
    assert (period.iso(), period.iso(planned=True)) == ("2020-01-01/2020-07-21", "2020-01-01/2020-12-31")


@pytest.mark.parametrize(
    ("text", "iso"),
    [
        ("第一个五年计划期间动土，五年内通水", "1953-01-01/1957-12-31"),
        ("一九七七年起步，一九七八年加快，这两年中", "1977-01-01/1978-12-31"),
        ("“十五五”规划编成，五年累计", "2021-01-01/2025-12-31"),
    ],
)
def test_a_count_of_years_is_of_those_just_named(text, iso):
    assert periods(text, JANUARY)[-1].iso() == iso


def test_a_month_is_of_the_year_said_or_of_the_section():
    assert [p.iso() for p in periods("2019年，5月份", JULY)][-1] == "2019-05-01/2019-05-31"
    assert [p.iso() for p in periods("5月份", JULY, year=2018)] == ["2018-05-01/2018-05-31"]


@pytest.mark.parametrize(
    ("text", "found"),
    [("来源：某报 2020-07-21 14:30:00", JULY), ("2020年7月21日 晴", JULY), ("2020-13-41", None), ("本报记者", None)],
)
def test_document_date(text, found):
    assert document_date(text) == found


@pytest.mark.parametrize(
    ("text", "iso"),
    [
        ("上半年出口3亿元，去年同期", "2023-01-01/2023-06-30"),
        ("2月29日以来出口3亿元，去年同期", "2023-02-28/2023-07-21"),
        ("2月份出口3亿元，去年同期", "2023-02-01/2023-02-28"),
        ("2018年底有3家，全年", "2018-01-01/2018-12-31"),
    ],
)
def test_resolved_by_the_period_before(text, iso):
    assert periods(text, date(2024, 7, 21))[-1].iso() == iso
