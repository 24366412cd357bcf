"""Claims: kind, indicator, period, basis, bound and status of invented sentences."""

import pandas as pd
import pytest

from reformtext import InputError
from reformtext.claims.extract import COLUMNS, claim_rows, claims
from reformtext.texts.clean import Paragraph
from reformtext.texts.lexicon import load_lexicon
from reformtext.texts.segment import cut


def told(text, *columns, date="2022-01-10", **kwargs):
    found = claims(text, date=date, **kwargs)
    return [tuple(row) for row in found[list(columns)].itertuples(index=False)]


def report(*lines):
    """Make the paragraphs of a report whose numbered lines are headings."""
    source, made = "\n".join(lines), []
    for number, line in enumerate(lines):
        start = source.index(line)
        role = "heading" if line[1:2] == "、" else "body"
        made.append(Paragraph(line, range(start, start + len(line)), number, 1, role, source))
    return made


def test_columns_and_offsets():
    text = "2021年，云岭县出口12.5亿元、增长8.3%。\n\n其中民营企业出口9亿多元。"
    found = claims(text, date="2022-01-10", place="云岭县", doc_id="d1")
    assert list(found.columns) == COLUMNS
    assert (
        [text[row.start : row.end] for row in found.itertuples()]
        == list(found["surface"])
        == ["12.5亿元", "8.3%", "9亿多元"]
    )
    assert set(found["doc_id"]) == {"d1"}
    assert found["value"].tolist() == ["1250000000", "8.3", "900000000"]


def test_rows_are_the_same_with_paragraphs_that_were_cut_before():
    made = report(
        "一、2021年回顾", "办成实事。青禾县出口１２亿元。进口9亿元、增长8.3%。", "开通地铁３号线，新增站点18座。"
    )
    rows = claim_rows(made, "2022-01-10", cuts=[cut(paragraph.text, load_lexicon()) for paragraph in made])
    assert len(rows) == 4
    assert rows == claim_rows(made, "2022-01-10") == claims(made, "2022-01-10").to_dict("records")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("青禾县出口12亿元、增长8.3%。", [("出口", "level", ""), ("出口", "change", "up")]),
        ("贷款余额较年初增加24亿元。", [("贷款余额", "delta", "up")]),
        ("一般公共预算收入增长8.3个百分点。", [("一般公共预算收入", "delta", "up")]),
        ("工业投资增长9%、高于全国1.7个百分点。", [("工业投资", "change", "up"), ("工业投资", "delta", "up")]),
        ("内设机构压减75%。", [("内设机构", "change", "down")]),
        ("平均压减时间58%、材料52%。", [("时间", "change", "down"), ("材料", "change", "down")]),
        ("问题解决率、满意率均达98%以上。", [("问题解决率、满意率", "share", "")]),
        ("网办率达到95%，列全省第四位。", [("网办率", "share", ""), ("网办率", "rank", "")]),
        ("茶叶产量增长2.4倍。", [("茶叶产量", "change", "up")]),
        ("营业收入翻一番。", [("营业收入", "change", "up")]),
        ("综合排名前移9位。", [("综合排名", "delta", "up")]),
        ("城镇化率提高到62%。", [("城镇化率", "share", "")]),
        ("居民消费价格涨幅2%左右。", [("居民消费价格涨幅", "change", "up")]),
        ("完成63项改革任务，其中已办结13项。", [("改革任务", "level", ""), ("改革任务", "level", "")]),
    ],
)
def test_kind_direction_and_indicator(text, expected):
    assert told(text, "indicator", "kind", "direction") == expected


@pytest.mark.parametrize(
    ("text", "indicators"),
    [
        ("新建学校36所、医院4家。", ["学校", "医院"]),
        ("组建17支服务队，结对帮扶121家企业。", ["服务队", "企业"]),
        ("为36个重点项目配备管家17名。", ["重点项目", "管家"]),
        ("生产总值、税收收入分别增长6%和8%。", ["生产总值", "税收收入"]),
        ("实现营业收入56亿元、利润总额2亿元，分别增长11%、19%。", ["营业收入", "利润总额", "营业收入", "利润总额"]),
        ("实施总投资33亿元的7个文旅项目。", ["总投资", "文旅项目"]),
        ("设立3亿元技改资金。", ["技改资金"]),
        ("新签约过亿元项目28个。", ["项目", "新签约过亿元项目"]),
        ("出台稳就业22条、助企纾困15条等政策。", ["稳就业", "助企纾困"]),
        ("出台“惠企25条”“稳岗12条”等措施。", ["惠企", "稳岗"]),
        ("流转土地39万亩，占承包土地的48%。", ["土地", "土地"]),
        ("入境游客24万人次，居全省第2位、全国第17位。", ["入境游客"] * 3),
        ("建立“七大中心”，聚焦四大领域。", ["中心", "领域"]),
        ("1200人入选省级人才计划。", ["省级人才计划"]),
        ("内设机构由原来的28个减为19个。", ["内设机构"] * 2),
        ("权力事项由3816项精简到1892项，减幅达50.4%。", ["权力事项"] * 3),
        ("把54个村党组织归并为31个。", ["村党组织"] * 2),
        ("将23家国企重组为6家集团。", ["国企", "集团"]),
        ("审批时间由120个工作日压缩至45个工作日，压缩62.5%。", ["审批时间"]),
        ("财政收入完成56亿元，为年度预算的102%。", ["财政收入"] * 2),
        ("出口、税收分别增长7%、9%，分别居全市第2位、第4位。", ["出口", "税收"] * 2),
        ("茶油（含毛油，下同）由5万吨增加到8万吨。", ["茶油"] * 2),
        ("今年经济增长预期目标定为6%左右。", ["经济增长"]),
        ("获批示范园区12个、累计达到35个。", ["示范园区"] * 2),
        ("新增上市公司8家、总量达42家。", ["上市公司"] * 2),
        ("建成跨江大桥4座、在建8座。", ["跨江大桥"] * 2),
        ("县财政安排27亿元技改资金。", ["技改资金"]),
        ("拨付1.2亿元引导基金。", ["引导基金"]),
        ("青禾集团50万吨乙醇项目开工。", ["乙醇项目"]),
        ("全县的小学生，1952年有5100人，1957年已经有6400人。", ["小学生"] * 2),
        ("养老补助标准由每人每月70元提高到85元。", ["养老补助标准"] * 2),
        ("油料总产量在上年大幅增长的基础上，又增产2万吨。", ["油料总产量"]),
        ("粮食产量连续5年居全省第1位。", ["粮食产量"]),
        ("出口、税收分别完成年计划的118%、109%。", ["出口", "税收"]),
        ("培育智能车间2家、绿色车间67家，均居全省第1位。", ["智能车间", "绿色车间", "智能车间、绿色车间"]),
        ("其中，陶瓷、家具、食品等行业较好，产销率分别为97.9%、96.5%、95.7%。", ["产销率"] * 3),
        ("工业增加值增长9%，较二季度（5.5%）提高3.5个百分点。", ["工业增加值"] * 3),
        ("地区生产总值迈上3个千亿元台阶、达到3200亿元，增长6%。", ["千亿元台阶", "地区生产总值", "地区生产总值"]),
        ("服务业增加值占地区生产总值比重达52%。", ["服务业增加值占地区生产总值比重"]),
        ("水泥、玻璃、陶瓷等建材产品的产量增长5%。", ["水泥、玻璃、陶瓷等建材产品的产量"]),
        ("参加合作医疗的人口8万人。", ["人口"]),
        ("打造12个乡村旅游提升示范村。", ["乡村旅游提升示范村"]),
        ("实施10大类60项民生实事。", ["民生实事"] * 2),
        ("新增国家级和省级园区3个。", ["国家级和省级园区"]),
        ("已有28个县（市、区）通高铁。", ["县（市、区）"]),
        ("实现利润总额、税收7.7亿元、5.6亿元，分别增长12%、20%。", ["利润总额", "税收"] * 2),
        (
            "3个重点项目、4个技改项目全部开工，投资完成率分别为160%、121%。",
            ["重点项目", "技改项目", "投资完成率", "投资完成率"],
        ),
        ("认定研发中心、总部分别从7家、4家增加到10家、6家。", ["研发中心", "总部"] * 2),
        ("新建30万千瓦以上的火电站四十五个。", ["火电站"] * 2),
        ("扩大人工草场面积，计划由3200万亩增加到4100万亩。", ["人工草场面积"] * 2),
        ("实施校舍改造工程，60%公办学校纳入集团化管理。", ["公办学校"]),
        ("年接待游客超过8万人次。", ["年接待游客"]),
        ("办结率达99%，好评率为97%。", ["办结率", "好评率"]),
        # what a count is said of ends its noun
        ("32名中层干部跨部门轮岗，26名县级医师轮流驻点。", ["中层干部", "县级医师"]),
        ("全区36所小学课后服务全覆盖。", ["小学"]),
        ("机构限额从33个调整为23个。", ["机构限额"] * 2),
        # a verb in the noun of what a verb takes, or that a classifier of things counts
        ("向园区公司划转6类24项开发运营职能。", ["开发运营职能"] * 2),
        ("把9支执法队伍并成1支。", ["执法队伍"] * 2),
        # a verb before 了, 到 is the predicate
        ("食品许可材料就交了9份。", ["食品许可材料"]),
        ("专业服务组织发展到130家。", ["专业服务组织"]),
        ("县里核增基层编制80个。", ["基层编制"]),
        # counts and shares of what was counted before
        ("全市63户企业负债率高达78%，23户连年亏损。", ["企业", "负债率", "企业"]),
        ("新增床位300张，总数由4100张提高到4400张。", ["床位"] * 3),
        ("新认定省级“小巨人”18家，数量居全省第6位。", ["省级“小巨人”"] * 2),
        ("今年上马项目20个，总投资90亿元，过10亿元的3个。", ["项目", "总投资", "项目", "项目"]),
        ("新签约亿元项目26个，其中50亿元1个、10亿元以上的3个。", ["新签约亿元项目", *["项目"] * 4]),
        ("一般性支出连年压减，今年再砍6%。", ["一般性支出"]),
        ("项目完成投资3亿元，超时序进度10.1个百分点。", ["投资"] * 2),
        # the noun behind a share or amount
        ("光纤网络覆盖全部城区和93%以上行政村。", ["行政村"]),
        ("新办法覆盖了72%的城区学校。", ["城区学校"]),
        ("全县职工对应的7.2亿元医保基金打包使用。", ["医保基金"]),
        ("他家种着10多亩地，拿到80万元贷款。", ["地", "贷款"]),
        # the topic without whose it is and what moved it
        ("乡镇卫生院门诊量由去年上半年的31万人次增加到今年同期的40万人次。", ["门诊量"] * 2),
        ("市属企业资产负债率降至65%。", ["资产负债率"]),
        ("生猪存栏受市场波动影响下降14%。", ["生猪存栏"]),
        ("在编人员占常住人口的比例达3.9%。", ["在编人员"]),
        ("13个亿元项目集中签约 总投资262亿元", ["亿元项目", "总投资"]),
        ("审计核减资金3亿元，支持项目22个。", ["资金", "项目"]),
        ("村里硬化胡同34条，栽了树2000棵。", ["胡同", "树"]),
        ("一般公共预算收入8亿元，扣除退税因素后增长5%。", ["一般公共预算收入"] * 2),
        (
            "工资总额9亿元，在全市11个县（市、区）中由第7位升至第4位。",
            ["工资总额", "县（市、区）", "工资总额", "工资总额"],
        ),
        ("教育、卫生健康、社会保障和就业支出分别为4亿元、2亿元、3亿元。", ["教育", "卫生健康", "社会保障和就业支出"]),
        ("惠及农户90户，其中投放贷款600万元，帮带合作社3家，户均6万元。", ["农户", "贷款", "合作社", "贷款"]),
        ("开发区税收收入5亿元，每公里造价3亿元。", ["税收收入", "造价"]),
        ("全县八成的农户入了股，社员领到500元分红。", ["农户", "分红"]),
        ("公司接到800万元的订单，县财政每年列支900万元。", ["订单", "列支"]),
        ("企业平均利率4.2%，新校区占地200亩，可容纳学生4500人。", ["企业平均利率", "占地", "学生"]),
        ("土地流转率平均达到71%，最高的镇达到85%。", ["土地流转率"] * 2),
        ("碳排放强度居全省第2位。", ["碳排放强度"]),
        # a verb hidden in a phrase, in an unknown word, behind an adverb, an agent or whom it is done for
        ("合作社累计盈利90万元，全镇已收小麦3万亩。", ["盈利", "小麦"]),
        ("人均每月减轻负担120元，“三公”经费再减6%。", ["负担", "“三公”经费"]),
        ("河口街道划分网格28个，市场监管部门抽检食品340批次。", ["网格", "食品"]),
        ("城区学校向乡村学校交流教师35名，光伏电站给村集体带来收入7万元。", ["教师", "收入"]),
        ("编制向基层倾斜下沉86名。", ["编制"]),
        # a verb that has its object, or is told of, stays with its noun
        ("栽植绿化苗木5万株，外转病人减少2万人次。", ["绿化苗木", "外转病人"]),
        ("合作社安排10台大型联合收割机同时作业。", ["大型联合收割机"]),
        ("该项目总投资52亿元，每千名老人拥有养老床位增至45张。", ["总投资", "每千名老人拥有养老床位"]),
        # what ends a counted noun
        ("全区74个村生活污水治理到位，29所新建、改扩建学校启用。", ["村", "学校"]),
        ("去年，86名干部全员竞聘，8家企业战略性重组。", ["干部", "企业"]),
        ("投资4亿元的30万吨纸浆项目、投资2亿元的码头建成。", ["投资", "纸浆项目", "投资"]),
        ("全村贫困户32户78人全部脱贫。", ["贫困户"] * 2),
        # names dealt out
        ("其中一产5亿元，二产14亿元，分别比去年同期增长5%、9%。", ["一产", "二产"] * 2),
        ("接待游客60万人次，旅游收入8亿元，分别恢复至2019年同期的112%、98%。", ["游客", "旅游收入"] * 2),
        ("经济总量和增速分别居全省34个区县第1位、第2位。", ["区县", "经济总量", "增速"]),
        ("项目开工率90%，投资完成率118%，分别居全市第2位、第1位。", ["项目开工率", "投资完成率"] * 2),
        # a clause that names nothing of its own, and one that does
        ("63户村民签了约，第二年入股参加的就有301户。", ["村民"] * 2),
        ("村集体以资产入股，占股60%；村民以土地入股，占股40%。", ["村集体", "村民"]),
        ("查处问题213起，处理310人。", ["问题", "处理"]),
        ("用水量只有老厂的四成，农民收入增长8%，高于全省农民平均增速1.1个百分点。", ["用水量", *["农民收入"] * 2]),
    ],
)
def test_indicators_before_after_shared_and_elided(text, indicators):
    assert [name for (name,) in told(text, "indicator")] == indicators


def test_an_elided_subject_is_that_of_the_sentence_before():
    assert told("全县清理服务事项61项。如今为38项。", "indicator") == [("服务事项",)] * 2
    assert told("5月完成出口3亿元。增长5%。", "indicator") == [("出口",)] * 2


@pytest.mark.parametrize(
    ("text", "kinds"),
    [
        ("实现10%以上增长。", ["change"]),
        ("经营主体净增2万户。", ["delta"]),
        ("压减地下水开采量21亿立方米。", ["delta"]),
        ("工业增加值增长9%，连续3个月增速高于8%。", ["change", "change"]),
        ("工业增加值增长9%，较二季度（5.5%）提高3.5个百分点。", ["change", "change", "delta"]),
        ("居民收入翻一番，居全省第一。", ["change", "rank"]),
        ("近八成行业正增长。", ["share"]),
        ("放大倍数由2.1倍提升至8.4倍。", ["share", "share"]),
        ("城乡收入比由2.5缩小到2.4。", ["share", "share"]),
        ("订单指数52.3，培育百亿级企业。", ["level", "level"]),
        ("增加学位1.4万个，新增岗位300个。", ["delta", "level"]),
        ("三公经费今年再砍6%，审批提速九成。", ["change", "change"]),
        ("机构从120家减至60家，压减率50%。", ["level", "level", "change"]),
        ("人均减轻负担1260元，成本再降500元。", ["delta", "delta"]),
        ("投入6亿元，比上年多安排1亿元，超额完成年度目标12%。", ["level", "delta", "change"]),
        ("每斤比市价高1.2元，比上一家少盖了5个章。", ["delta", "delta"]),
    ],
)
def test_kinds_that_a_word_at_some_distance_sets(text, kinds):
    assert [kind for (kind,) in told(text, "kind")] == kinds


@pytest.mark.parametrize(
    ("text", "indicators"),
    [
        ("培育百亿级企业10家。", ["企业", "百亿级企业"]),
        ("12个千亿级园区建成。", ["千亿级园区", "园区"]),
    ],
)
def test_an_order_of_magnitude_is_a_claim_and_part_of_the_name(text, indicators):
    assert [name for (name,) in told(text, "indicator")] == indicators


def test_dealt_out_from_and_to():
    text = "2013年至2023年，生产总值、税收分别从75亿元、9亿元增长到164亿元、31亿元，双双翻了一番。"
    first, last = "2013-01-01/2013-12-31", "2023-01-01/2023-12-31"
    assert told(text, "indicator", "period", "basis") == [
        ("生产总值", first, ""), ("税收", first, ""), ("生产总值", last, ""), ("税收", last, ""),
        ("生产总值、税收", "2013-01-01/2023-12-31", "from_to"),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("text", "basis"),
    [
        ("零售额同比增长7%。", "yoy"),
        ("零售额增长7%。", "yoy"),
        ("零售额比上年增长7%。", "yoy"),
        ("零售额年均增长7%。", ""),
        ("零售额比前五年增长7%。", ""),
        ("零售额比2012年增长7%。", "since"),
        ("2021年职工9万人，比2012年增加2万人。", "since"),
        ("零售额比上年增加2亿元，即7%。", "yoy"),
        ("“十三五”时期，零售额增长7%。", ""),
        ("贷款余额较年初增长7%。", "since"),
        ("贷款余额较年初增加24亿元，增长7%。", "since"),
        ("改革后，机构压减7%。", "since"),
        ("编制从40名压减到30名，压减25%。", "from_to"),
        ("一九八二年同一九七八年相比，粮食增长百分之十六。", "since"),
    ],
)
def test_basis_of_a_change(text, basis):
    assert told(text, "basis")[-1] == (basis,)


@pytest.mark.parametrize(
    ("text", "status"),
    [
        ("预计实现产值16亿元。", "planned"),
        ("人均预期寿命达到78岁。", "reported"),
        ("招商远超预期，实现产值16亿元。", "reported"),
        ("力争新建学校36所。", "planned"),
        ("主要预期目标是：生产总值增长5%左右。", "planned"),
        ("计划总投资25亿元。", "planned"),
        ("将12项任务扩容为18项。", "reported"),
        ("已新建学校36所。", "reported"),
        ("全市上下稳预期，新建学校36所。", "reported"),
        ("计划生育服务站36个。", "reported"),
        ("企业争取到的专项债额度3亿元。", "reported"),
        ("今年的政府工作报告提出，生产总值增长6%以上。", "planned"),
    ],
)
def test_status(text, status):
    assert set(told(text, "status")) == {(status,)}


def test_the_section_gives_period_and_outlook():
    text = report("一、2025年工作回顾", "出口增长8%。上半年，新增就业3万人。", "二、2026年重点工作", "新建学校36所。")
    assert told(text, "period", "status", date="2026-01-20") == [
        ("2025-01-01/2025-12-31", "reported"),
        ("2025-01-01/2025-06-30", "reported"),
        ("2026-01-01/2026-12-31", "planned"),
    ]


def test_several_years_give_sums_the_whole_span_and_states_the_last_year():
    text = report("一、“十四五”时期工作回顾", "累计新建学校36所。", "生产总值达到94亿元。")
    assert [p for (p,) in told(text, "period", date="2026-01-20")] == ["2021-01-01/2025-12-31", "2025-01-01/2025-12-31"]


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("地区生产总值突破300亿元、年均增长6%。", ["2025-01-01/2025-12-31", "2021-01-01/2025-12-31"]),
        ("森林覆盖率从21%提高到24%。", ["", "2025-12-31"]),
        ("公路通车里程居全省第2位。", ["2025-12-31"]),
        ("累计建成示范村36个。", ["2025-12-31"]),
        ("新增公路里程90公里，其中高速公路12公里。", ["2021-01-01/2025-12-31"] * 2),
        ("2022年，出口12亿元。", ["2022-01-01/2022-12-31"]),
    ],
)
def test_in_a_section_on_several_years(line, expected):
    text = report("一、“十四五”时期工作回顾", line)
    assert [p for (p,) in told(text, "period", date="2026-01-20")] == expected


def test_a_heading_of_two_periods_leaves_the_choice_to_the_paragraph():
    text = report(
        "一、“十四五”时期成绩与“十五五”时期目标",
        "新建学校36所。",
        "“十五五”时期，新建学校40所。",
        "新建医院4家。",
    )
    past, ahead = ("2021-01-01/2025-12-31", "reported"), ("2026-01-01/2030-12-31", "planned")
    assert told(text, "period", "status", date="2026-01-20") == [past, ahead, ahead]


def test_a_part_of_a_total_has_its_period():
    assert told("2021年，实有企业4万户，其中民营企业3万户。", "period") == [("2021-12-31",)] * 2


def test_a_bare_year_is_the_last_day_for_a_stock():
    assert told("2021年，贷款余额94亿元，出口3亿元。", "period") == [("2021-12-31",), ("2021-01-01/2021-12-31",)]


def test_without_a_date_the_byline_gives_one_or_the_period_stays_open():
    assert told("今年以来，新建学校36所。", "period", date=None) == [("",)]
    assert claims("来源：山河报\n\n2020-07-21 14:30:00\n\n今年以来，新建学校36所。")["period"].tolist() == [
        "2020-01-01/2020-07-21"
    ]


def test_a_number_cut_from_its_unit_by_a_break():
    source = "完成投资12\n亿元，新建学校36所。"
    offsets = [i for i, c in enumerate(source) if c != "\n"]
    paragraph = Paragraph("".join(source[i] for i in offsets), offsets, source_text=source)
    found = claims([paragraph], date="2022-01-10")
    assert found["surface"].tolist() == ["12\n亿元", "36所"]
    assert found["value"].tolist() == ["1200000000", "36"]


@pytest.mark.parametrize(
    "text",
    [
        "深入推进九大攻坚行动，构建“1+6+N”体系。", "“十四五”规划明确，一个园区一名管家。", "做好谋、引、建三篇文章，实行五级联动。",
        "株洲608所与960医院合作，拨打12345热线。", "十分重视第三世界国家的朋友两度来访。", "落实市委十届三次、四次全会部署。", "百亿县区、千企转型，最后一公里畅通。", "每增长1个百分点都不易。",
    ],
)  # fmt: skip
def test_what_is_no_claim(text):
    assert claims(text, date="2022-01-10").empty


def test_scope_and_price_are_told():
    assert told("生产总值按可比价格计算增长5%，居全省第2位。", "scope", "price") == [("", "可比价格"), ("全省", "")]
    assert told("考核得分在全市11个县市区中排名第二。", "scope") == [("",), ("全市11个县市区",)]


def test_places_gained_are_counted_in_places():
    assert told("外贸居全省第5位，前移3个位次。", "unit", "kind") == [("位", "rank"), ("位", "delta")]


def test_a_wrong_date_is_refused():
    with pytest.raises(InputError, match="no date"):
        claims("出口3亿元。", date="昨天")


@pytest.mark.parametrize("piece", ["一", "9", "万", "（", "“", "增长3%，", "（3个", "3%", "3个学校"])
def test_hostile_text_ends_with_sane_rows(piece):
    times = 100_000 // len(piece) // (10 if "3" in piece else 1)
    found = claims(piece * times + "。新建学校36所。", date="2022-01-10")
    assert isinstance(found, pd.DataFrame)
    assert found.iloc[-1][["surface", "indicator"]].tolist() == ["36所", "学校"]


def test_a_hostile_megabyte_ends_with_sane_rows():
    lines = [piece * (200_000 // len(piece)) for piece in ("一", "9", "万", "（", "、的，")]
    found = claims("\n\n".join([*lines, "新建学校36所。"]), date="2022-01-10")
    assert found[["surface", "indicator"]].values.tolist() == [["36所", "学校"]]


@pytest.mark.parametrize(
    ("written", "day"),
    [("2024-09-04", "2024-09-04"), ("2020-07", "2020-07-31"), ("2024-02", "2024-02-29"), ("2021", "2021-12-31")],
)
def test_a_date_without_its_day_is_the_last_of_its_month_or_year(written, day):
    assert told("今年以来办结12件。", "period", date=written) == [(f"{day[:4]}-01-01/{day}",)]
