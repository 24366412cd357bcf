import pytest
from hypothesis import given
from hypothesis import strategies as st

from reformtext.discourse.formulas import formulas
from reformtext.texts.clean import Paragraph


def found(text: str) -> list[str]:
    """Give the surfaces found in one body paragraph."""
    return formulas([Paragraph(text, range(len(text)), source_text=text)])["surface"].tolist()


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("青石县建成“1+4+N”调度体系。", ["1+4+N"]),
        ("按２＋７＋N的办法", ["２＋７＋N"]),
        ("推行“三加”机制", ["三加"]),
        ("1+1>2的效果", []),
        ("搭起“合作社+农户”的桥", []),
        ("投资12.5+3亿元", []),
    ],
)
def test_plus_needs_two_slots_of_numbers(text: str, expected: list[str]) -> None:
    assert found(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("镇里推行“五链共治”做法", ["五链共治"]),
        ("实施“一户通办、两证联发”改革", ["一户通办", "两证联发"]),
        ("发布“264”行动方案", ["264"]),
        ("全面打响“八大清河行动”", ["八大清河行动"]),
        ("落实“零增地”技改", ["零增地"]),
        ("推广“36小时随叫随到”服务", ["36小时随叫随到"]),
        ("“百校牵手乡村”开始报名", ["百校牵手乡村"]),
        ("办理“高效办成一件事”", ["高效办成一件事"]),
        ("“一刻钟买菜圈”建成", ["一刻钟买菜圈"]),
        ("叫响“河鲜88味”品牌", ["河鲜88味"]),
        ("落实“五公示、一公告”", ["五公示", "一公告"]),
    ],
)
def test_a_quoted_name_is_taken_whole_and_parts_apart(text: str, expected: list[str]) -> None:
    assert found(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("形成三位一体的格局", ["三位一体"]),
        ("县乡村三级联审", ["三级联审"]),
        ("推进多证合一", ["多证合一"]),
        ("坚持一店一档管理", ["一店一档"]),
        ("要求一企业一专班", ["一企业一专班"]),
        ("启动七大强县工程", ["七大强县工程"]),
        ("开展五项整治行动", ["五项整治行动"]),
        ("推行双评双定制度", ["双评双定"]),
        ("落实八项规定", ["八项规定"]),
        ("启动千村改厕行动", ["千村改厕行动"]),
    ],
)
def test_shapes_and_names_are_found_without_quotation_marks(text: str, expected: list[str]) -> None:
    assert found(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "“十四五”期间，“十五五”时期",
        "设有三级医院2所，5A级景区1处",
        "拨打“12345”热线或“0539”开头的号码2026年",
        "四梁八柱已立，打通“最后一公里”，一张蓝图干到底",
        "干部“一对一”帮包，任务“一月一通报”",
        "一批企业、一名干部、“一流”环境",
        "形成“一个领域、一名干事、一抓到底”的做法，办“15个攻势展”",
        "做到“零差错”“零延误”",
        "六大产业、八大领域、12个指挥部",
        "三县两区的二十大代表，一九五八年六月三日",
        "长三角一体化，三天两夜",
        "新增贷款三千六百五十万元",
        "发布“20条”，增长“5%”，种了“3亩”",
    ],
)
def test_counts_dates_grades_idioms_and_manner_are_left_out(text: str) -> None:
    assert found(text) == []


def test_offsets_count_in_the_source_across_a_break() -> None:
    text = "全县实行五\n级联动，一抓到底。"
    offsets = [i for i, character in enumerate(text) if character != "\n"]
    joined = Paragraph(text.replace("\n", ""), offsets, source_text=text)
    row = formulas([joined]).iloc[0]
    assert (row["surface"], text[row["start"] : row["end"]], row["kind"]) == ("五\n级联动", "五\n级联动", "numeral")


@given(st.text(alphabet="一二三六十百双大位体工程行动+＋N15“”、联证合策的零第", max_size=60))
def test_hits_are_disjoint_in_order_and_true_to_the_text(text: str) -> None:
    hits = formulas([Paragraph(text, range(len(text)), source_text=text)]) if text else formulas([])
    assert all(text[row.start : row.end] == row.surface != "" for row in hits.itertuples())
    assert all(end <= start for end, start in zip(hits["end"], hits["start"].iloc[1:], strict=False))
    assert set(hits["kind"]) <= {"plus", "numeral"}


def test_no_text_gives_an_empty_table_with_the_columns() -> None:
    assert formulas("").columns.tolist()[:4] == ["start", "end", "surface", "kind"]


@pytest.mark.parametrize(
    ("text", "slots", "meaning"),
    [
        ("推行“1+3+N”（“1”即县级专班，“3”指三个片区，“N”是各村小组）", "1|3|N", "县级专班|三个片区|各村小组"),
        ("推行“1+3”办法，不作说明", "1|3", ""),
        ("实行“双评双定”", "双评|双定", ""),
        ("坚持三位一体", "三位|一体", ""),
        ("推进多证合一", "多证合一", ""),
    ],
)
def test_slots_and_what_they_stand_for(text: str, slots: str, meaning: str) -> None:
    row = formulas([Paragraph(text, range(len(text)), source_text=text)]).iloc[0]
    assert (row["slots"], row["meaning"]) == (slots, meaning)


@pytest.mark.parametrize(
    ("text", "listed"),
    [
        ("落实摸底、登记、复核“三大行动”", "3"),
        ("推进“四大行动”：修渠、植树、清淤", "3"),
        ("办好摸底、登记等“五大行动”", ""),  # an open list cannot be counted
        ("推行摸底、登记“双评双定”", ""),
        ("推行“1+3+N”（“1”即一个专班，“3”指三个片区，“N”是各村小组）", "1|3|"),
        ("推行“1+3”模式：1个总方案、3个片区", ""),
    ],
)
def test_what_the_text_lists_for_each_slot(text: str, listed: str) -> None:
    row = formulas([Paragraph(text, range(len(text)), source_text=text)]).iloc[0]
    assert row["listed"] == listed


@pytest.mark.parametrize(
    ("text", "meaning"),
    [
        ("推行“1+3”模式：1个总方案、3个片区", "总方案|片区"),
        ("设立1个中心、三个片区及N支小队，建起“1+3+N”体系", "中心|片区|小队"),
        ("构建“1+6+N”格局。即加强领导，抓好水、路、田等六大领域，各村自选事项。", "加强领导|六大领域|各村自选事项"),
        ("构建“1+6+N”格局。即加强领导，抓好修路，各村自选。", ""),  # nothing ties the clauses to the slots
        ("有1个中心。建起“1+3”体系", ""),
    ],
)
def test_counts_in_the_order_of_the_slots_are_meanings(text: str, meaning: str) -> None:
    assert formulas([Paragraph(text, range(len(text)), source_text=text)]).iloc[0]["meaning"] == meaning
