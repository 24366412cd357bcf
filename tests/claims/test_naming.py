"""What a number measures, step by step: invented sentences of many kinds of news."""

import pytest

from reformtext.claims.extract import claims
from reformtext.claims.naming import STEPS


def named(text: str) -> list[str]:
    return claims(text, date="2023-01-10")["indicator"].tolist()


def test_the_steps_are_told_apart_by_their_names():
    names = [step.__name__ for step in STEPS]
    assert len(set(names)) == len(names)
    assert all(step.__doc__ for step in STEPS)


@pytest.mark.parametrize(
    ("text", "indicators"),
    [
        # a bare rate of change, or share, in a clause of its own
        ("工业投资增长9%，增速高于全县2个百分点。", ["工业投资", "增速"]),
        ("餐饮营业额下降21%，降幅比一季度收窄9个百分点，居全县第4位。", ["餐饮营业额", "降幅", "降幅"]),
        ("外资项目21个，占比达48%，占比较上年提高3个百分点。", ["外资项目", "占比", "占比"]),
        ("工业投资增长9%，增速提高2个百分点，其中9月当月增长7%。", ["工业投资", "增速", "工业投资"]),
        ("工业增加值增长9%，6月当月增速达7.1%。", ["工业增加值"] * 2),
        # a total, or an average, of what was counted
        ("净增规上企业31家，总数166家。", ["规上企业"] * 2),
        ("公布“就近办”事项889项，区本级平均845项，乡镇平均732项。", ["“就近办”事项"] * 3),
        # thresholds: the measure that they bound, and the noun of what passes them
        ("招引总投资超20亿元项目1个，超10亿元项目5个。", ["总投资", "项目", "项目", "项目"]),
        ("实施了投资500万元以上技改项目3千个。", ["投资", "技改项目"]),
        ("引进总投资5亿美元或30亿元人民币以上的重大产业项目3个。", ["总投资", "总投资", "重大产业项目"]),
        # the whole that a share or multiple is compared with is not the name
        ("公共预算支出完成全年支出的67.5%。", ["公共预算支出"]),
        ("“最多跑一次”事项都达到同级办事事项的80%。", ["“最多跑一次”事项"]),
        ("小麦总产达到邻县总产的2.4倍。", ["小麦总产"]),
        # an amount in 的 is of the noun behind
        ("客商以每公斤6元的价格订购。", ["价格"]),
        ("老两口正在这片2亩多的菜地里吊苗。", ["菜地"]),
        # what becomes of a count keeps its name
        ("梨园面积从最初的500亩发展到现在的3500多亩。", ["梨园面积"] * 2),
        # packages by their words or title
        ("制定了《关于支持夜间经济发展的意见》25条。", ["意见"]),
    ],
)
def test_a_clause_with_little_of_its_own(text, indicators):
    assert named(text) == indicators


@pytest.mark.parametrize(
    ("text", "indicators"),
    [
        (
            "造纸、木器、化学原料等行业，持续保持较高增速，分别增长11%、19%和14%。",
            ["造纸", "木器", "化学原料"],
        ),
        ("酿酒、造纸等行业产销较好，产销率分别为97%、96%。", ["产销率"] * 2),
        ("第一、二、三产业占比分别为15%、40%、45%。", ["第一", "二", "三产业占比"]),
        ("工业增加值增长11%、分别高于全国、全省8个、6个百分点。", ["工业增加值"] * 3),
        ("占比较上半年和上年同期分别提高1.5和1个百分点。", ["占比"] * 2),
        ("美国、日本航线运量分别增长5%、3%。", ["美国", "日本航线运量"]),
        ("财政收入160亿元、税收100亿元，较上半年分别提高2和3个百分点。", ["财政收入", "税收"] * 2),
        ("交通、水利领域分别完成投资30亿元、20亿元。", ["投资"] * 2),
        (
            "生产总值、公共预算收入、外资总量和零售总额增幅，均居全省第三位。",
            ["生产总值、公共预算收入、外资总量和零售总额增幅"],
        ),
    ],
)
def test_names_dealt_out_or_said_of_a_list_as_a_whole(text, indicators):
    assert named(text) == indicators


@pytest.mark.parametrize(
    ("text", "indicators"),
    [
        # a measure begins another name, behind what is counted
        ("有11个行业增速超过全县水平。", ["行业"]),
        ("21个乡镇人均可支配收入全部过线。", ["乡镇"]),
        ("3个区县人均收案超过150件。", ["区县", "人均收案"]),
        ("39个部门单位主要负责同志带头走访。", ["部门单位"]),
        ("听取48个重点项目进展情况的汇报。", ["重点项目"]),
        ("全村677户农户中有511户从事加工。", ["农户"] * 2),
        # a place is no part of what is counted
        ("20家山东企业上榜。", ["企业"]),
        ("柳沟村住户468户，耕地1902亩。", ["住户", "耕地"]),
        # verbs that stand in a counted name
        ("代表提出12件优化营商环境议案。", ["优化营商环境议案"]),
        ("重点突破22个重点突破改革项目。", ["重点突破改革项目"]),
        ("79户入股农民领到分红。", ["入股农民"]),
        ("540亩地交了出来。", ["地"]),
    ],
)
def test_what_is_counted_behind_a_number(text, indicators):
    assert named(text) == indicators


@pytest.mark.parametrize(
    ("text", "indicators"),
    [
        # how something is done is no part of the name
        ("镇里精准培训骨干教师300名，就地解决纠纷91件。", ["骨干教师", "纠纷"]),
        ("全年积极争取上级试点12项。", ["上级试点"]),
        ("网上立案700件。", ["网上立案"]),
        # a verb and its suffix are one noun
        ("主导产业集聚度78%，办结率99%。", ["主导产业集聚度", "办结率"]),
        # verbs inside a name, and of whom it is told
        ("辣椒种植面积居全省第1位，未结案件453件。", ["辣椒种植面积", "未结案件"]),
        ("公交集团新购客车80辆，累计签约项目7个。", ["客车", "项目"]),
        ("新开工纳统项目22个，目标企业30家。", ["新开工纳统项目", "目标企业"]),
        ("全县法院新收各类案件1696件。", ["案件"]),
        # the project that an investment is of
        ("青禾矿业集团梁河码头建设项目总投资13亿元。", ["总投资"]),
        # a step reached is of what was said before
        ("进出口总值达到1126亿元，首次突破千亿元大关。", ["进出口总值"] * 2),
        ("营业收入从改制前的3.6亿元攀升至去年的21亿元。", ["营业收入"] * 2),
        # judged among others
        ("在全市17个县（市、区）综合考核中，青禾县由第12位跃升至第3位。", ["县（市、区）", "综合考核", "综合考核"]),
        ("全县在全省108家开发区综合评价中列第19位。", ["开发区", "综合评价"]),
        ("集装箱吞吐量在全国50家港口排名第一。", ["港口", "集装箱吞吐量"]),
    ],
)
def test_the_topic_before_a_number(text, indicators):
    assert named(text) == indicators
