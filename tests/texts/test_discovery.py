from itertools import product

import pytest

from reformtext.texts.discovery import propose_terms

BEFORE = ["推行", "学习", "推广", "总结", "宣传", "研究", "完善"]
AFTER = ["成效明显", "深得民心", "已见实效", "全面铺开", "正在总结"]


def corpus(pattern):
    """Five invented documents in which a planted string has changing neighbours."""
    return ["。".join(pattern.format(before=before, after=after) for before in BEFORE) for after in AFTER]


def proposed(texts, **options):
    return propose_terms(texts, **options)["term"].tolist()


@pytest.mark.parametrize("planted", ["春泥工作法", "村账镇审", "先建后补", "云岭山楂合作社"])
def test_a_planted_term_is_found_whole(planted):
    assert [term for term in proposed(corpus(f"各地{{before}}{planted}，{{after}}")) if term in planted] == [planted]


@pytest.mark.parametrize(
    ("pattern", "why"),
    [
        ("各地{before}的春泥{after}", "the left neighbour is always 的"),
        ("各地{before}和平台{after}", "和 is a stop word"),
        ("各地{before}三个园区{after}", "a count"),
        ("各地{before}2023年底{after}", "a date"),
        ("各地{before}营商环境{after}", "the lexicon has it"),
        ("各地{before}干部{after}", "the dictionary has it"),
        ("各地{before}合作社和加工点{after}", "two things joined"),
    ],
)
def test_what_is_no_new_term_is_not_proposed(pattern, why):
    core = pattern.removeprefix("各地{before}").removesuffix("{after}").removeprefix("的")
    assert not [term for term in proposed(corpus(pattern)) if term in core], why


def test_counts_documents_and_scores():
    row = propose_terms(corpus("各地{before}村账镇审，{after}")).set_index("term").loc["村账镇审"]
    assert row[["count", "documents"]].tolist() == [35, 5]
    # Seven words before it, each in five places, all ending in another character; a mark of its own after each.
    assert row["left_entropy"] == pytest.approx(2.807355, abs=1e-6)
    assert row["right_entropy"] == pytest.approx(5.129283, abs=1e-6)
    # 村账镇审 is all that its parts occur in, so its weakest cut attracts as much as is possible.
    assert row["cohesion"] == pytest.approx(1)
    assert row["score"] == pytest.approx(2.807355 * 5.129283, abs=1e-4)


def test_the_thresholds_hold():
    texts = corpus("各地{before}村账镇审，{after}")
    for option in ({"min_count": 36}, {"min_documents": 6}, {"max_length": 3}, {"min_entropy": 2.9}):
        assert "村账镇审" not in proposed(texts, **option)
    assert "村账镇审" in proposed(texts, min_count=35, min_documents=5, max_length=4, min_entropy=2.8)


def test_a_part_is_left_to_the_whole_unless_it_stands_alone_too():
    texts = corpus("各地{before}云岭山楂合作社，{after}")
    assert "云岭山楂" not in proposed(texts)
    alone = [f"{before}云岭山楂，{after}" for before, after in product(BEFORE, AFTER)]
    assert {"云岭山楂", "云岭山楂合作社"} <= set(proposed([*texts, *alone]))


def test_a_term_of_ones_own_lexicon_is_not_proposed(tmp_path):
    own = tmp_path / "own.csv"
    own.write_text("term,protected\n村账镇审,no\n", encoding="utf-8")
    assert "村账镇审" not in proposed(corpus("各地{before}村账镇审，{after}"), lexicon=own)


@pytest.mark.parametrize("texts", [[], [""], ["2023年"], ["改"], ["\ud800改革" * 9]])
def test_there_may_be_nothing_to_propose(texts):
    table = propose_terms(texts)
    assert table.empty
    assert list(table) == ["term", "count", "documents", "cohesion", "left_entropy", "right_entropy", "score"]
