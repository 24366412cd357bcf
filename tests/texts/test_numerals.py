"""Numbers, their units and bounds, and what is only written like a number."""

import re
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reformtext.texts import numerals
from reformtext.texts.numerals import QUANTITIES, han_value, locked, numbers, plain


def quantities(text):
    return [
        (text[n.start : n.end], str(n.value.normalize().__format__("f")), n.unit)
        for n in numbers(text)
        if n.kind in QUANTITIES
    ]


@pytest.mark.parametrize(
    ("text", "surface", "value", "unit"),
    [
        ("储备资金1.27万亿元", "1.27万亿元", "1270000000000", "元"),
        ("梳理2000余项", "2000余项", "2000", "项"),
        ("登记50,750户", "50,750户", "50750", "户"),
        ("登记50万户", "50万户", "500000", "户"),
        ("结余10.56亿元", "10.56亿元", "1056000000", "元"),
        ("节约2.6亿元", "2.6亿元", "260000000", "元"),
        ("借款100000万美元", "100000万美元", "1000000000", "美元"),
        ("余额4120亿", "4120亿", "412000000000", ""),
        ("投入3亿5000万元", "3亿5000万元", "350000000", "元"),
        ("新增4万多亿元", "4万多亿元", "4000000000000", "元"),
        ("产量１２３４万吨", "１２３４万吨", "12340000", "吨"),
        ("增长４·３％", "４·３％", "4.3", "%"),
        ("增长百分之十三点二", "百分之十三点二", "13.2", "%"),
        ("一萬六千億元", "一萬六千億元", "1600000000000", "元"),
        ("社員二萬餘人", "二萬餘人", "20000", "人"),
        ("兴办一百四十一个项目", "一百四十一个", "141", "个"),
        ("占四成以上", "四成以上", "40", "%"),
        ("减少1/4", "1/4", "25", "%"),
        ("自然增长率4.5‰", "4.5‰", "4.5", "‰"),
        ("收入翻了一番", "翻了一番", "2", "倍"),
        ("收入翻两番", "翻两番", "4", "倍"),
        ("收入实现翻番", "翻番", "2", "倍"),
        ("总规模三千六百六十万千瓦", "三千六百六十万千瓦", "36600000", "千瓦"),
        ("新建水电站十五个，", "十五个", "15", "个"),
        ("承办3届中国陶瓷大会", "3届", "3", "届"),
        ("亿元以上项目", "亿元以上", "100000000", "元"),
        ("增长2.4倍", "2.4倍", "2.4", "倍"),
        ("提高8.3个百分点", "8.3个百分点", "8.3", "百分点"),
        ("装机2100万千瓦", "2100万千瓦", "21000000", "千瓦"),
        ("投资7 4 7 2 亿元", "7 4 7 2 亿元", "747200000000", "元"),
        ("增长1 2 ．5 ％", "1 2 ．5 ％", "12.5", "%"),
        ("周转量32亿人公里", "32亿人公里", "3200000000", "人公里"),
        ("浓度27微克/立方米", "27微克/立方米", "27", "微克/立方米"),
        ("浓度27μg/m3，", "27μg/m3", "27", "μg/m3"),
        ("投放饲料64袋", "64袋", "64", "袋"),
        ("接种9.2万剂次", "9.2万剂次", "92000", "剂次"),
        ("楼高18层", "18层", "18", "层"),
        ("晴好天数共31天", "31天", "31", "天"),
        ("位次前移9位", "9位", "9", "位"),
        ("总量居全市第3位", "第3位", "3", "位"),
        ("总量跃居全国第一", "第一", "1", "位"),
        ("进入前3位", "前3位", "3", "位"),
        ("总量居首位", "首位", "1", "位"),
        ("服务150万外出人员", "150万", "1500000", ""),
        ("聚焦六大领域", "六大", "6", "大"),
        ("推进3827个年度投产项目", "3827个", "3827", "个"),
        ("进城要走60多里路", "60多里", "60", "里"),
        ("落户百亿级项目", "百亿级", "10000000000", "元"),
        ("建设5000吨级泊位", "5000吨级", "5000", "吨"),
        ("层级由6级精简", "6级", "6", "级"),
        ("编成两个医联体", "两个", "2", "个"),
        ("花生、地瓜、小米三大单品", "三大", "3", "大"),
        ("在机制、考核等五方面发力", "五", "5", ""),
        ("城乡收入比降到2.31", "2.31", "2.31", ""),
        ("新订单指数52.3，", "52.3", "52.3", ""),
        ("二者之比为1.7∶1", "1.7∶1", "1.7", ""),
        ("路费只花40多块，", "40多块", "40", "元"),
        ("一顿饭8块钱", "8块钱", "8", "元"),
        ("占比八成五", "八成五", "85", "%"),
        ("能耗降低一成半，", "一成半", "15", "%"),
        ("投资占比过半，", "过半", "50", "%"),
        ("翻了七番", "翻了七番", "128", "倍"),
        ("合同额6亿元人民币", "6亿元人民币", "600000000", "元"),
        ("指数提升2个等级", "2个等级", "2", "等级"),
        ("某市9项目列入", "9", "9", ""),
        ("全省16市均实现", "16市", "16", "市"),
        ("名次前移两位，", "两位", "2", "位"),
        ("产值前10企业", "前10", "10", "位"),
        ("（-2.5%）", "-2.5%", "2.5", "%"),
    ],
)
def test_one_number(text, surface, value, unit):
    assert quantities(text) == [(surface, value, unit)]


@pytest.mark.parametrize(
    ("text", "surface", "bound"),
    [
        ("奖励1亿元以上", "1亿元以上", "min"),
        ("总额超过1.3万亿元", "超过1.3万亿元", "min"),
        ("过亿元项目", "过亿元", "min"),
        ("占比不低于60%", "不低于60%", "min"),
        ("上百家", "上百家", "about"),
        ("近百家", "近百家", "about"),
        ("100家左右", "100家左右", "about"),
        ("60余万件", "60余万件", "about"),
        ("控制在5.5%以内", "5.5%以内", "max"),
        ("重点突破12项技术", "12项", "exact"),
        ("通过3个平台", "3个", "exact"),
        ("附近5个村", "5个", "exact"),
        ("迈上4个台阶", "4个", "exact"),
        ("翻了近一番", "翻了近一番", "about"),
        ("占比过半，", "过半", "min"),
        ("约有3个百分点", "3个百分点", "about"),
        ("不超过总造价的20%", "20%", "max"),
        ("突破“6万亿”大关", "6万亿", "min"),
    ],
)
def test_bound_words_that_touch_the_number(text, surface, bound):
    (number,) = (n for n in numbers(text) if n.kind in QUANTITIES)
    assert (text[number.start : number.end], number.bound) == (surface, bound)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("明确1-2项事项", [("1", "1", "项"), ("2项", "2", "项")]),
        ("增长5%—5.5%", [("5%", "5", "%"), ("5.5%", "5.5", "%")]),
        ("补贴20—30%", [("20", "20", "%"), ("30%", "30", "%")]),
        ("投资30—50亿元", [("30", "3000000000", "元"), ("50亿元", "5000000000", "元")]),
        ("新增20、30千伏线路", [("20", "20", "千伏"), ("30千伏", "30", "千伏")]),
        ("发电20、30万千瓦时", [("20", "200000", "千瓦时"), ("30万千瓦时", "300000", "千瓦时")]),
        (
            "分别提高2.9、3.2、5个百分点",
            [("2.9", "2.9", "百分点"), ("3.2", "3.2", "百分点"), ("5个百分点", "5", "百分点")],
        ),
        ("高于全国、全省8.1个、6.7个百分点", [("8.1个", "8.1", "百分点"), ("6.7个百分点", "6.7", "百分点")]),
        ("包保两到三个项目", [("两", "2", "个"), ("三个", "3", "个")]),
        ("结构为6.5∶43.0∶50.5", [("6.5", "6.5", ""), ("43.0", "43", ""), ("50.5", "50.5", "")]),
        ("1亿美元或10亿元以上", [("1亿美元", "100000000", "美元"), ("10亿元以上", "1000000000", "元")]),
        ("出台“惠企25条”“稳岗12条”", [("25条", "25", "条"), ("12条", "12", "条")]),
    ],
)
def test_numbers_that_share_a_unit(text, expected):
    assert quantities(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "1+6+N模式", "“十四五”规划", "十五五时期", "党的二十大报告", "十九届四中全会", "一个领导一名专员", "千企改造、百亿县区", "“双50强”企业", "实现“3个第一”，", "位列“双前十”", "960医院",
        "拨打12345热线", "5G网络", "4A级景区", "三位一体", "发生6.2级地震", "某州608所研发", "第A03版", "2021年3月5日", "１—６月份", "一九五三年底", "审批时限3个工作日",
        "自1980年起20多年来", "第一次会议", "第五批试点", "《条例100问》", "〔2020〕5号文", "电话0531-1234567", "7×24小时", "九大攻坚行动", "万吨级码头", "每千人拥有",
        "几十个村", "七八个人", "十分重要", "近零排放", "14:30:00", "比例为1：3", "三级联动", "四个意识", "十分重要", "居第三世界国家之列", "两度来访", "劣五类水体", "三角债", "压缩到3天", "5节能改造", "四面八方", "四个现代化", "写好三篇文章", "抓住两个关键", "两个市场两种资源", "土地二轮延包",
        "前两项", "入选十大考古新发现", "2类新药", "推广“三分之一”工作法", "老人三次来信", "十届三次全会", "1 9 9 7 年",
    ],
)  # fmt: skip
def test_what_is_no_quantity(text):
    assert quantities(text) == []


@given(st.integers(min_value=1, max_value=10**12 - 1))
def test_han_numerals_read_back(number):
    def section(n):
        digits, zero, out = "零一二三四五六七八九", False, ""
        for power, name in ((1000, "千"), (100, "百"), (10, "十"), (1, "")):
            d, n = divmod(n, power)
            out += ("零" if zero and d and out else "") + (digits[d] + name if d else "")
            zero = not d
        return out

    parts = [(number // 10**8 % 10**4, "亿"), (number // 10**4 % 10**4, "万"), (number % 10**4, "")]
    text = "".join(section(n) + name for n, name in parts if n)
    assert han_value(text) == Decimal(number)


@given(st.text(alphabet="一二十百千万亿0123456789.,%元项个年月日第前（）“”、—+N超余以上倍成"))
def test_spans_are_sorted_disjoint_and_inside(text):
    for spans in ([(n.start, n.end) for n in numbers(text)], [(start, end) for start, end, _ in locked(text)]):
        edges = [edge for span in spans for edge in span]
        assert edges == sorted(edges)
        assert all(0 <= start < end <= len(text) for start, end in spans)


@given(st.text())
def test_plain_keeps_every_place(text):
    assert len(plain(text)) == len(text)


def test_locked_gives_numbers_dates_and_formulas():
    text = "2020—2025年，按1+6+N推进，增长8.3%，1,234.5亿元，近百家"
    assert [(text[a:b], kind) for a, b, kind in locked(text)] == [
        ("2020—2025年", "date"), ("1+6+N", "formula"), ("8.3%", "number"), ("1,234.5亿元", "number"), ("百家", "number"),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("text", "formula"),
    [
        ("推行1+6+N方案", "1+6+N"),
        ("实施2+13+N", "2+13+N"),
        ("打造３＋Ｘ体系", None),  # full-width letters are no N or X of a formula
        ("打造３＋4体系", "３＋4"),
        ("构建N+1机制", "N+1"),
        ("每天7×24小时", "7×24小时"),
    ],
)
def test_a_formula_is_locked_without_the_words_around_it(text, formula):
    assert [text[a:b] for a, b, kind in locked(text) if kind == "formula"] == ([formula] if formula else [])


@pytest.mark.parametrize(
    ("text", "kinds"),
    [
        ("为２０、３６个", ["number", "number"]),  # the first has the unit of the second
        ("共２０，另", []),  # a bare number in full-width digits is left to the segmenter
        ("共20，另", ["bare"]),
        ("居第3、5%", ["number", "number"]),
        ("第1234号、12345678901234567", ["ordinal", "bare"]),
        ("超\n8户", ["number"]),  # a bound word ends with its line
        ("4A级景区、三级甲等", ["tier", "tier"]),
    ],
)
def test_what_is_locked_as_what(text, kinds):
    assert [kind for _, _, kind in locked(text)] == kinds


def test_a_bound_word_does_not_cross_a_line():
    (number,) = numbers("突破\n5户")
    assert (number.start, number.bound) == (3, "exact")


@given(
    st.text(alphabet="一二三十百千万亿0123456789.,%元个年月第前（）“”《》〔〕、，—+×NXA超近破以上余多成倍翻几数若首位")
)
def test_locked_is_what_numbers_finds(text):
    kinds = {n.core: "number" if n.kind in QUANTITIES else n.kind for n in numbers(text)}
    assert all(kinds[start, end] == kind for start, end, kind in locked(text))
    quantities = {core for core, kind in kinds.items() if kind == "number"}
    assert quantities <= {(start, end) for start, end, _ in locked(text)}


@given(st.text(alphabet="一十百万两0１9.第前翻首位《〈〔[（几数若N+X×AaP-“「 ，年月"))
def test_the_look_at_the_first_character_hides_nothing(text):
    unguarded = re.compile(numerals._SCAN.pattern.removeprefix(numerals._FIRST))
    line = plain(text)
    assert [m.span() for m in numerals._SCAN.finditer(line)] == [m.span() for m in unguarded.finditer(line)]


@pytest.mark.parametrize("piece", ["一", "9", "万", "（", "“", "1、", "3%", "A-", "第", "前3位"])
def test_hostile_text_ends(piece):
    text = piece * 50_000 + "，建成36所学校"
    last = [n for n in numbers(text) if n.kind in QUANTITIES][-1]
    assert (text[last.start : last.end], last.value) == ("36所", 36)
