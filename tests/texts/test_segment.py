import os
import stat
import sys
from itertools import pairwise
from pathlib import Path

import jieba
import pytest
from hypothesis import given
from hypothesis import strategies as st

from reformtext.errors import InputError
from reformtext.texts import segment
from reformtext.texts.lexicon import Lexicon, load_lexicon
from reformtext.texts.read import read
from reformtext.texts.segment import segmentation_audit, tokenize, top_term_changes

ROOT = Path(__file__).parents[2]
NO_TERMS = Lexicon(load_lexicon().table.head(0))
SENTENCES = [
    "云岭县深化放管服改革，推行一窗受理、集成服务，审批时限压减了一半。",
    "改革进入深水区和攻坚期",
    "到2023年底，青禾市规模以上工业企业达到1,234家，增长8.3%；技改投资４５．６亿元。",
    "“双招双引”签约项目37个，5G基站建成2100座，B2B平台上线。",
    "干部说：要把“1+6+N”方案落到村里，让群众少跑腿！",
    "",
    "　\t\n—— ，。",
]


def terms(text, lexicon=None):
    return [token.term for token in tokenize(text, lexicon)]


@pytest.fixture(scope="module")
def reference(tmp_path_factory):
    """The plain jieba tokenizer that takes over where rjieba is missing, its cache in a folder of its own."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("XDG_CACHE_HOME", str(tmp_path_factory.mktemp("cache")))
        segment._reference.cache_clear()
        yield segment._reference()
    segment._reference.cache_clear()


@pytest.mark.parametrize(
    ("text", "whole"),
    [
        ("全面推进供给侧结构性改革和新旧动能转换", ["供给侧结构性改革", "新旧动能转换"]),
        ("坚持中国特色社会主义，搞好顶层设计", ["中国特色社会主义", "顶层设计"]),
        ("社会主义制度下的改革试点", ["社会主义", "试点"]),
        ("规模以上工业、一般公共预算收入和固定资产投资", ["规模以上工业", "一般公共预算收入", "固定资产投资"]),
        ("放管服、双招双引、高质量发展、营商环境", ["放管服", "双招双引", "高质量发展", "营商环境"]),
        ("改革进入深水区和攻坚期", ["改革", "深水区", "攻坚期"]),
        ("增长8.3%，完成1,234.5亿元，居全省第3位", ["8.3%", "1,234.5亿元"]),
        ("投资１２３４亿元", ["１２３４亿元"]),
        ("统筹五位一体总体布局", ["五位一体总体布局"]),
        ("培育创新动能，实现平稳增长", ["创新动能", "平稳增长"]),  # not 创 + 新动能
        ("建设5G基站和AT&T数据中心", ["5G基站", "AT&T", "数据中心"]),
        ("龘字罕见，䶮字更罕见", ["䶮"]),
    ],
)
def test_these_stay_whole(text, whole):
    assert [term for term in terms(text) if term in whole] == whole


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("增长8.3%", [("增长", "v", 0, 2), ("8.3%", "m", 2, 6)]),
        ("2021年改革", [("2021年", "t", 0, 5), ("改革", "vn", 5, 7)]),
        ("推行“1+6+N”方案", [("推行", "v", 0, 2), ("1+6+N", "formula", 3, 8), ("方案", "n", 9, 11)]),
        ("推行1+6+N方案", [("推行", "v", 0, 2), ("1+6+N", "formula", 2, 7), ("方案", "n", 7, 9)]),
        ("改革\r\n开放\u2028改革", [("改革", "vn", 0, 2), ("开放", "v", 4, 6), ("改革", "vn", 7, 9)]),
        ("营商环境（AI）", [("营商环境", "n", 0, 4), ("AI", "eng", 5, 7)]),
        ("\ue000改革\ud800开放", [("改革", "vn", 1, 3), ("开放", "v", 4, 6)]),
        ("AI：Ｂ；C_改", [("AI", "eng", 0, 2), ("Ｂ", "eng", 3, 4), ("C", "eng", 5, 6), ("改", "v", 7, 8)]),
        ("，。 \n", []),
    ],
)
def test_tokens_with_tags_and_offsets(text, expected):
    assert tokenize(text) == expected


def test_the_lexicon_decides(tmp_path):
    own = tmp_path / "own.csv"
    own.write_text("term,pos\n云岭工作法,nz\nCBA,nz\n", encoding="utf-8")
    assert terms("推广云岭工作法", NO_TERMS) != terms("推广云岭工作法", own)
    assert tokenize("云岭工作法", own)[0] == ("云岭工作法", "nz", 0, 5)
    assert terms("CBA和CBAX", own) == ["CBA", "和", "CBAX"]
    with pytest.raises(InputError, match="no such word list"):
        tokenize("改革", tmp_path / "none.csv")


def test_no_call_changes_another_nor_the_global_dictionary():
    jieba.dt.check_initialized()
    state = (len(jieba.dt.FREQ), jieba.dt.total, dict(jieba.dt.user_word_tag_tab))
    before = terms("改革进入深水区和攻坚期", NO_TERMS)
    for sentence in SENTENCES:
        tokenize(sentence)
    assert terms("改革进入深水区和攻坚期", NO_TERMS) == before
    assert (len(jieba.dt.FREQ), jieba.dt.total, dict(jieba.dt.user_word_tag_tab)) == state


def test_the_tags_met_so_far_do_not_fill_the_memory(monkeypatch):
    tags = segment._Tags(str.upper)
    monkeypatch.setattr(segment, "_MOST_TAGS", 2)
    assert [tags[word] for word in ("改革", "开放", "改革", "，", "试点")] == ["改革", "开放", "改革", "", "试点"]
    assert len(tags) <= 2


def agree(text, reference, monkeypatch):
    for lexicon in (None, NO_TERMS):
        fast = tokenize(text, lexicon)
        with monkeypatch.context() as patch:
            patch.setattr(segment, "_cutter", lambda: reference)
            assert tokenize(text, lexicon) == fast


@pytest.mark.parametrize("text", SENTENCES)
def test_rjieba_and_jieba_agree(text, reference, monkeypatch):
    agree(text, reference, monkeypatch)


@pytest.mark.parametrize("place", ["data/sample/texts", "data/raw", "../*/articles"])
def test_rjieba_and_jieba_agree_on_the_texts_at_hand(place, reference, monkeypatch):
    held = [path for path in sorted(ROOT.glob(place + "/*.txt")) if path.is_file()]
    if not held:
        pytest.skip(f"no texts in {place}")
    for path in held:
        for document in read(path):
            agree(document.text, reference, monkeypatch)


def test_without_rjieba_jieba_takes_over(reference, monkeypatch):
    monkeypatch.setitem(sys.modules, "rjieba", None)
    monkeypatch.setattr(segment, "_reference", lambda: reference)
    assert segment._cutter.__wrapped__() is reference


def test_thecache_folder_is_the_users_own(tmp_path, monkeypatch):
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    folder = segment.cache_folder()
    assert folder.parent == tmp_path
    if os.name == "posix":
        assert stat.S_IMODE(folder.stat().st_mode) == 0o700


@given(
    st.text(
        alphabet=st.sampled_from("改革放管服营商环境新旧动能创一三五位体10亿元%年+N，。 \nAé々䶮\ue000"), max_size=40
    )
)
def test_offsets_hold_on_any_text(text):
    tokens = tokenize(text)
    assert all(text[token.start : token.end] == token.term != "" for token in tokens)
    assert all(a.end <= b.start for a, b in pairwise(tokens))
    covered = {i for token in tokens for i in range(token.start, token.end)}
    assert not [c for i, c in enumerate(text) if i not in covered and c.isalnum()]


def test_the_audit_counts_what_plain_jieba_breaks():
    table = segmentation_audit(["营商环境好，优化营商环境", "深化改革的改革"]).set_index("term")
    columns = ["occurrences", "whole", "split", "swallowed", "locked_whole"]
    assert table.loc["营商环境", columns].tolist() == [2, 0, 2, 0, 2]
    assert table.loc["改革", columns].tolist() == [2, 1, 0, 1, 1]
    assert "深化改革" not in table.index


def test_the_changes_name_the_top_terms_that_the_lexicon_moves():
    table = top_term_changes(["优化营商环境"] * 3 + ["改善环境，深化改革"], top=2).set_index("term")
    assert table.loc["营商环境"].tolist() == [3, 0, *table.loc["营商环境", ["rank", "plain_rank"]]]
    assert table.loc["环境", ["count", "plain_count", "plain_rank"]].tolist() == [1, 4, 1]
    assert "改革" not in table.index  # its count is the same
