"""Shared passages: found where they were planted, to the character, and nowhere else."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reformtext.texts.read import Document
from reformtext.texts.reuse import reuse, reuse_shares

AGENCY = "青泽县把分散在十二个部门的审批事项归到一个窗口，群众办一件事由跑四趟变为只跑一趟，企业开办由五天压缩到一天。"
OWN = ("白石镇的果农今年头一回把苹果卖到了海外，订单排到了明年开春。", "云溪镇修好了三十里山路，校车开到了每一个村口。")


def found(*texts, **options):
    """Give each passage as the two names and the two texts."""
    documents = [Document(f"d{number}", text) for number, text in enumerate(texts)]
    return [
        (row.doc_id, texts[int(row.doc_id[1:])][row.start : row.end], row.source_id, row.characters)
        for row in reuse(documents, **options).itertuples()
    ]


@pytest.mark.parametrize(
    "copy",
    [
        AGENCY,
        AGENCY.replace("，", ","),
        AGENCY.replace("，", "，\n\n"),
        AGENCY.replace("四", "　四").replace("，", "，\u200b"),
    ],
)
def test_a_reprint_is_found_whatever_its_punctuation_and_line_ends(copy):
    (row,) = found(OWN[0] + AGENCY, f"{OWN[1]}{copy}{OWN[0][:12]}")
    assert row == ("d1", copy.rstrip("。"), "d0", 51)


def test_a_passage_ends_where_the_texts_part():
    changed = AGENCY.replace("跑四趟", "跑五趟")
    assert [words for _, words, _, _ in found(AGENCY, changed, shortest=18)] == [
        changed[: changed.index("五")],
        changed[changed.index("五") + 1 : -1],
    ]


@pytest.mark.parametrize(
    "texts", [(), ("",), (AGENCY,), OWN, (AGENCY, AGENCY[:30]), ("，。", "，。"), (AGENCY + AGENCY,)]
)
def test_nothing_is_shared(texts):
    assert found(*texts) == []


def test_the_earlier_text_is_the_source():
    late, early = Document("late", AGENCY, {"date": "2021-05-02"}), Document("early", AGENCY, {"date": "2021-05-01"})
    assert reuse([late, early])[["doc_id", "source_id"]].values.tolist() == [["late", "early"]]
    undated = Document("undated", AGENCY)
    assert set(reuse([late, undated])["doc_id"]) == {"undated"}


def test_what_many_print_is_found_in_each():
    documents = [Document(f"d{number:02}", f"{number}号院里种了树。" + AGENCY) for number in range(40)]
    shares = reuse_shares(documents, reuse(documents)).set_index("doc_id")["copied"]
    assert shares["d00"] == 0
    assert (shares.iloc[1:] >= 51).all()


def test_shares_count_a_character_once():
    documents = [Document("a", AGENCY), Document("b", AGENCY), Document("c", AGENCY + OWN[0]), Document("d", OWN[1])]
    shares = reuse_shares(documents, reuse(documents)).set_index("doc_id")
    assert shares["copied"].tolist() == [0, 51, 51, 0]
    assert shares.loc["c", "characters"] == 79
    assert shares.loc["c", "share"] == pytest.approx(51 / 79)
    assert shares.loc["b", "main_source"] == "a"


def test_what_cannot_be_done_is_said():
    with pytest.raises(ValueError, match="shortest is 15"):
        reuse([], shortest=15)
    with pytest.raises(ValueError, match="one name"):
        reuse([Document("a", AGENCY), Document("a", AGENCY)])


PIECE = [chr(0x4E00 + 40 * number + i) for number in range(12) for i in range(40)]
PIECES = [
    "".join(PIECE[40 * number : 40 * number + length]) for number, length in enumerate([5, 9, 13, 17, 21, 25] * 2)
]


@settings(max_examples=60, deadline=None)
@given(st.permutations(PIECES), st.permutations(PIECES), st.integers(16, 60))
def test_every_longest_common_run_is_found_and_no_other(left, right, shortest):
    one, two = "".join(left), "".join(right)
    length = [[0] * (len(two) + 1) for _ in range(len(one) + 1)]
    runs = set()
    for i in range(len(one) - 1, -1, -1):
        for j in range(len(two) - 1, -1, -1):
            if one[i] == two[j]:
                length[i][j] = 1 + length[i + 1][j + 1]
                if length[i][j] >= shortest and (i == 0 or j == 0 or one[i - 1] != two[j - 1]):
                    runs.add((j, j + length[i][j], i, i + length[i][j]))
    passages = reuse([Document("one", one), Document("two", two)], shortest=shortest)
    rows = passages[["start", "end", "source_start", "source_end"]].itertuples(index=False)
    assert {tuple(map(int, row)) for row in rows} == runs
