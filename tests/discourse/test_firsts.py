import pytest
from hypothesis import given
from hypothesis import strategies as st

from reformtext.discourse.firsts import firsts
from reformtext.texts.clean import Paragraph


def found(text: str) -> list[tuple[str, str, str, str]]:
    """Give surface, kind, scope and rank of what is found in one body paragraph."""
    table = firsts([Paragraph(text, range(len(text)), source_text=text)])
    return [tuple(row) for row in table[["surface", "kind", "scope", "rank"]].itertuples(index=False, name=None)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("建成全国首个柳编博物馆", ("全国首个", "first", "nation", "")),
        ("在全省首创夜间门诊", ("在全省首创", "first", "province", "")),
        ("首创“邻里议事”", ("首创", "first", "", "")),
        ("列入全国第一批试点", ("全国第一批", "first", "nation", "")),
        ("青石市首家社区食堂开门", ("青石市首家", "first", "city", "")),
        ("入选首批国家级园区", ("首批国家", "first", "nation", "")),
        ("在全市率先完成清查", ("在全市率先", "leading", "city", "")),
        ("率先在全省试行柜台外移", ("率先在全省", "leading", "province", "")),
        ("办件速度居全国前列", ("居全国前列", "leading", "nation", "")),
        ("绿化走在全省前列", ("走在全省前列", "leading", "province", "")),
        ("技术达到国际领先水平", ("国际领先", "leading", "world", "")),
        ("进入全省第一方阵", ("全省第一方阵", "leading", "province", "")),
        ("成为全省便民网点最密集的县", ("最密集", "leading", "province", "")),
        ("是全国唯一的桑皮纸产区", ("全国唯一", "only", "nation", "")),
        ("满意度位居全省第5位", ("居全省第5位", "rank", "province", "5")),
        ("增速列全市第二", ("列全市第二", "rank", "city", "2")),
        ("产量居全国十二个试点县第三名", ("居全国十二个试点县第三名", "rank", "other", "3")),
        ("进入全国前10名", ("全国前10名", "rank", "nation", "10")),
        ("垃圾清运率居青石市第2位", ("居青石市第2位", "rank", "city", "2")),
        ("在全市供水行业评比中排名第一", ("第一", "rank", "city", "1")),
        ("在三十个试点市里首创接力办", ("首创", "first", "other", "")),
        ("出口量居世界首位", ("居世界首位", "rank", "world", "1")),
        ("客流量居全国各城市第2位", ("居全国各城市第2位", "rank", "nation", "2")),
        ("列为国家级首批样板", ("国家级首批", "first", "nation", "")),
        ("云河市率先于全国推出夜校", ("率先于全国", "leading", "nation", "")),
        ("绿化走在全省乃至全国前列", ("走在全省乃至全国前列", "leading", "nation", "")),
        ("产量居9县区前2位", ("居9县区前2位", "rank", "other", "2")),
        ("推动出台大陆首部晒盐条例", ("大陆首部", "first", "nation", "")),
        ("建有全球第三大盐田", ("全球第三大", "rank", "world", "3")),
    ],
)
def test_a_claim_has_its_surface_kind_scope_and_rank(text: str, expected: tuple[str, str, str, str]) -> None:
    assert found(text) == [expected]


@pytest.mark.parametrize(
    "text",
    [
        "第一步先摸底，首先讲清楚，首要的是人，第一时间到场",
        "出口创历史最好水平",
        "争创全省首个示范镇",
        "力争走在全国前列",
        "致力打造全国最大的苗圃",
        "尊重基层首创精神",
        "领导干部率先垂范",
        "首批3宗地块挂牌，首次召开会议",
        "第一季度增长，第三产业向好，前三季度平稳",
        "把安全放在第一位",
        "最低生活保障、最高人民法院、最大限度",
        "前列腺筛查",
    ],
)
def test_order_in_time_ones_own_past_and_aims_are_left_out(text: str) -> None:
    assert found(text) == []


def test_an_enumeration_keeps_the_scope_and_a_comma_ends_it() -> None:
    rows = found("在全省率先启动换证、率先取消押金，率先开设专窗")
    assert [(row[0], row[2]) for row in rows] == [("在全省率先", "province"), ("率先", "province"), ("率先", "")]


def test_own_name_is_the_subject_of_a_lead_but_the_field_of_a_first() -> None:
    assert found("我市率先开通专线")[0][2] == ""
    assert found("我市首条专线开通")[0][2] == "city"


def test_a_whole_region_is_a_province_only_where_the_text_speaks_of_one() -> None:
    texts = ["自治区有关部门", "产量居全区首位"]
    table = firsts([Paragraph(text, range(len(text)), source_text=text) for text in texts])
    assert table["scope"].tolist() == ["province"]
    assert found(texts[1])[0][2] == "other"


@pytest.mark.parametrize(
    ("text", "noun", "claimant"),
    [
        ("青禾县办件量居全省第3位", "青禾县办件量", "青禾县"),
        ("云河市建成全国首个柳编博物馆", "柳编博物馆", "云河市"),
        ("我市绿化水平连续3年走在全省前列", "我市绿化水平", "我市"),
        ("上月公布。首创“邻里议事”", "", ""),
    ],
)
def test_what_is_claimed_and_by_whom(text: str, noun: str, claimant: str) -> None:
    row = firsts([Paragraph(text, range(len(text)), source_text=text)]).iloc[0]
    assert (row["noun"], row["claimant"]) == (noun, claimant)


@given(st.text(alphabet="全省国居第一前列首个率先最大3位，、的之一市县区试点在世界唯创", max_size=60))
def test_hits_are_disjoint_in_order_and_true_to_the_text(text: str) -> None:
    hits = firsts([Paragraph(text, range(len(text)), source_text=text)]) if text else firsts([])
    assert all(text[row.start : row.end] == row.surface != "" for row in hits.itertuples())
    assert all(end <= start for end, start in zip(hits["end"], hits["start"].iloc[1:], strict=False))
    assert all((row.rank != "") == (row.kind == "rank") for row in hits.itertuples())
