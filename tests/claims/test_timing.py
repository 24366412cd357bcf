"""When a figure is of, what a change is against, what is done and what is to come; the sentences are invented."""

import pytest

from reformtext.claims.extract import claims

FIVE_YEARS, LAST_YEAR, LAST_DAY = "2021-01-01/2025-12-31", "2025-01-01/2025-12-31", "2025-12-31"


def told(text, *columns, date="2026-01-20"):
    found = claims(text, date=date)
    return [tuple(row) for row in found[list(columns)].itertuples(index=False)]


@pytest.mark.parametrize(
    ("sentence", "period"),
    [
        ("新增上市企业12家。", FIVE_YEARS),
        ("建成通车隧道12座。", FIVE_YEARS),
        ("改善农家院落超3万户。", FIVE_YEARS),
        ("入选智慧牧场2家、数字车间67家。", FIVE_YEARS),
        ("上市企业增至12家。", LAST_DAY),
        ("上市企业扩大到12家。", LAST_DAY),
        ("规上工业企业超过2万家。", LAST_DAY),
        ("重大科技设施达到8个、重点实验室45家。", LAST_DAY),
        ("在建大桥8座。", LAST_DAY),
        ("港口通过能力突破12亿吨。", LAST_DAY),
        ("累计认定老字号134个。", LAST_DAY),
        ("工业增加值突破7600亿元。", LAST_YEAR),
        ("人均预期寿命超过80岁。", LAST_YEAR),
        ("粮食年产量超过60亿斤。", LAST_YEAR),
        ("创新指数居全国第2位。", LAST_YEAR),
        ("上市企业数量居全国第2位。", LAST_DAY),
        ("创新指数连续5年居全国第2位。", FIVE_YEARS),
        ("高新技术企业数3年翻一番。", "2023-01-01/2025-12-31"),
        ("压减地下水开采量21亿立方米。", FIVE_YEARS),
    ],
)
def test_sums_states_and_yearly_figures_of_a_section_on_five_years(sentence, period):
    assert {p for (p,) in told(f"一、“十四五”时期工作回顾\n\n{sentence}", "period")} == {period}


@pytest.mark.parametrize(
    ("text", "periods"),
    [
        ("一季度，出口3亿元；进口2亿元。", ["2026-01-01/2026-03-31"] * 2),
        ("截至目前，办结12件；新承接试点8项。", ["2026-01-01/2026-05-20"] * 2),
        ("3月底前完成12件；新承接试点8项。", ["2026-03-31", ""]),
        ("指数连续3年居全省首位，新签项目8个。", ["2024-01-01/2026-05-20", ""]),
        (
            "产值从2020年的3亿元增长到2025年的5亿元，税收从2亿元增长到4亿元。",
            ["2020-01-01/2020-12-31", LAST_YEAR] * 2,
        ),
        ("今年新增企业85家，累计302家，其中龙头企业18家。", ["2026-01-01/2026-05-20", "2026-05-20", "2026-05-20"]),
        ("到2028年，企业由现在的138家增加到200家，培育龙头企业12家。", ["", "2028-12-31", "2028-12-31"]),
        ("达标率由年初的82%升至95%。", ["2026-01-01", ""]),
        (
            "门诊量由去年上半年的3万人次增加到今年同期的4万人次；开展手术200台。",
            ["2025-01-01/2025-06-30", *["2026-01-01/2026-06-30"] * 2],
        ),
        ("去年承诺的实事全部兑现，完成投资4亿元。", ["2025-01-01/2025-12-31"]),
        ("这家1958年建厂的老厂，去年销售额4亿元，职工300人。", ["2025-01-01/2025-12-31"]),
        ("4月份出口887亿元，仅次于今年1月份的895亿元，增长10%。", ["2026-04-01/2026-04-30", "2026-01-01/2026-01-31"]),
    ],
)
def test_how_far_a_period_holds(text, periods):
    assert [p for (p,) in told(text, "period", date="2026-05-20")][: len(periods)] == periods


@pytest.mark.parametrize(
    ("text", "bases"),
    [
        ("出口同比增长8%，环比增长3%。", ["yoy", "since"]),
        ("产销率较上半年、一季度分别提高0.3、0.8个百分点。", ["since", "since"]),
        ("增速提高2个百分点，分别高于全国、全省1.5、0.8个百分点。", ["yoy", "", ""]),
        ("拖拉机台数比一九五七年增长四倍，用电量增长二十二倍。", ["since", "since"]),
        ("同一九五七年比较，糖产量增长三成；纸产量增长五成。", ["since", "since"]),
        ("2025年出口比上年增长8%。", ["yoy"]),
    ],
)
def test_what_a_change_is_against(text, bases):
    date = "1964-12-21" if "一九" in text else "2025-10-20"
    assert [b for (b,) in told(text, "basis", date=date)] == bases


@pytest.mark.parametrize(
    ("text", "status"),
    [
        ("力争新增企业20家。", "planned"),
        ("未来三年新增企业20家。", "planned"),
        ("出台发展未来产业10条措施。", "reported"),
        ("抽水蓄能规划建设总规模居全国第1位。", "reported"),
        ("规划建设厂房20万平方米。", "planned"),
        ("企业要再整合，负债率控制在60%以内。", "planned"),
        ("社会预期向好，新增企业20家。", "reported"),
    ],
)
def test_done_or_to_come(text, status):
    assert told(text, "status") == [(status,)]
