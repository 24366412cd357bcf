"""Accuracy: invented tables, each small enough to be scored by hand."""

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from reformtext import InputError
from reformtext.study.accuracy import list_errors, score_roles, score_spans
from reformtext.terms.frequency import proportion_interval

CLAIM = {
    "value": "15.6", "unit": "%", "kind": "change", "direction": "up", "indicator": "出口", "period": "2024-01-01/2024-06-30",
    "basis": "yoy", "bound": "exact", "status": "reported",
}  # fmt: skip


def spans(*rows: tuple[str, int, int], **columns: object) -> pd.DataFrame:
    frame = pd.DataFrame(rows, columns=["doc_id", "start", "end"])
    return frame.assign(surface=["x" * (end - start) for _, start, end in rows], **columns)


def values(table: pd.DataFrame) -> dict[str, tuple[int, int]]:
    return {row.measure: (row.numerator, row.denominator) for row in table.itertuples()}


# a: two pairs (one exact), one missed; b: one missed and one extra, which would overlap were it in a.
GOLD = spans(("a", 0, 4), ("a", 10, 14), ("a", 20, 22), ("b", 30, 32), **CLAIM)
FOUND = spans(("a", 0, 4), ("a", 11, 14), ("b", 20, 22), **CLAIM)


def test_spans_are_counted_within_documents() -> None:
    found = values(score_spans(GOLD, FOUND))
    assert found["span precision"] == (2, 3) and found["span recall"] == (2, 4) and found["span F1"] == (4, 7)
    assert found["exact span"] == (1, 2) and found["core F1"] == found["whole-row F1"] == (4, 7)


@pytest.mark.parametrize(
    ("gold", "found", "pairs"),
    [
        ([(0, 10)], [(0, 4), (4, 10)], {(0, 4): "extra"}),  # the larger overlap is paired
        ([(0, 4), (4, 10)], [(0, 10)], {(0, 4): "missed"}),
        ([(0, 4), (3, 8)], [(3, 4), (2, 9)], {}),  # (3, 8) takes (2, 9), which leaves (3, 4) to (0, 4)
        ([(0, 4)], [(4, 8)], {(0, 4): "missed", (4, 8): "extra"}),  # touching is no overlap
        ([(0, 2), (4, 6)], [(1, 5)], {(4, 6): "missed"}),  # of two alike the first
    ],
)
def test_pairs_one_to_one_largest_overlap_first(gold, found, pairs) -> None:
    errors = list_errors(spans(*(("a", *span) for span in gold)), spans(*(("a", *span) for span in found)))
    lone = errors[errors["class"] != "span"]
    assert {(row.start, row.end): row[1] for row in lone.itertuples()} == pairs


@pytest.mark.parametrize(
    ("field", "gold", "found", "right"),
    [
        ("value", "1200", 1200.0, True),
        ("value", "1,200", "1200", True),
        ("value", "157.3", "157.4", False),
        ("value", "", "", False),
        ("rank", "3", 3, True),
        ("rank", "", pd.NA, True),
        ("rank", "3", pd.NA, False),
        ("indicator", "规上工业增加值", "规模以上工业增加值", True),  # 2 × 7 of 16 characters
        ("indicator", "重点任务", "重点改革任务", True),  # 2 × 4 of 10: just 0.8
        ("indicator", "任务", "改革任务", False),  # 2 × 2 of 6
        ("indicator", "", "", True),
        ("indicator", "任务", "", False),
        ("period", "2024-06-30/2024-06-30", "2024-06-30", True),
        ("period", "2024-06-30", "2024-01-01/2024-06-30", False),
        ("period", "", "", True),
        ("unit", "元", " 元", True),
        ("unit", "元", "万元", False),
        ("scope", "", None, True),
    ],
)
def test_fields_are_compared_by_their_rules(field, gold, found, right) -> None:
    mine, other = spans(("a", 0, 4), **{field: gold}), spans(("a", 0, 4)).assign(**{field: [found]})
    assert values(score_spans(mine, other))[field] == (int(right), 1)
    assert list_errors(mine, other)["class"].tolist() == ([] if right else [field])


@pytest.mark.parametrize(
    ("field", "core", "whole"),
    [("unit", 0, 0), ("kind", 0, 0), ("period", 2, 0), ("status", 2, 0), ("basis", 2, 2), ("bound", 2, 2)],
)
def test_core_and_whole_row(field: str, core: int, whole: int) -> None:
    table = score_spans(spans(("a", 0, 4), **CLAIM), spans(("a", 0, 4), **{**CLAIM, field: "another"}))
    assert values(table)["core F1"] == (core, 2) and values(table)["whole-row F1"] == (whole, 2)
    assert values(table)["span F1"] == (2, 2)


def test_phrases_have_the_fields_of_their_table_and_no_core() -> None:
    firsts = spans(("a", 0, 4), kind="rank", scope="nation", rank="3")
    assert [*values(score_spans(firsts, firsts))][4:] == ["kind", "scope", "rank"]


def test_intervals_are_wilsons_and_that_of_f1_lies_about_it() -> None:
    table = score_spans(GOLD, FOUND).set_index("measure")
    low, high = proportion_interval(2, 3)
    assert table.loc["span precision", ["low", "high"]].tolist() == [low, high]
    # F1 4/7 is the Jaccard share 2/5, whose Wilson interval is 0.1176 to 0.7693: by 2J / (1 + J) 0.2104 to 0.8696.
    assert table.loc["span F1", ["low", "high"]].tolist() == pytest.approx([0.2104, 0.8696], abs=1e-4)


def test_errors_say_what_each_side_has() -> None:
    found = list_errors(GOLD, FOUND.assign(unit=["%", "元", "%"]))
    assert found[["class", "doc_id", "start", "gold", "found"]].to_numpy().tolist() == [
        ["span", "a", 10, "xxxx", "xxx"],
        ["unit", "a", 10, "%", "元"],
        ["missed", "a", 20, "xx", ""],
        ["extra", "b", 20, "", "xx"],
        ["missed", "b", 30, "xx", ""],
    ]


def test_nothing_found_and_nothing_to_find() -> None:
    nothing = score_spans(GOLD, FOUND.iloc[:0]).set_index("measure")
    assert nothing.loc["span recall", "value"] == 0 and pd.isna(nothing.loc["span precision", "value"])
    assert list_errors(GOLD.iloc[:0], FOUND)["class"].unique().tolist() == ["extra"]
    assert list_errors(GOLD, GOLD).empty and len(score_spans(GOLD.iloc[:0], GOLD.iloc[:0]))


def test_a_table_without_offsets_is_refused() -> None:
    with pytest.raises(InputError, match="lacks surface"):
        score_spans(GOLD.drop(columns="surface"), FOUND)


@given(st.lists(st.tuples(st.sampled_from("ab"), st.integers(0, 30), st.integers(1, 5)), max_size=12), st.randoms())
def test_a_table_is_right_against_itself_in_any_order(rows, random) -> None:
    frame = spans(*{(doc, start * 6, start * 6 + length) for doc, start, length in sorted(rows)})
    frame = frame.drop_duplicates(["doc_id", "start"])
    order = random.sample(range(len(frame)), len(frame))
    assert list_errors(frame, frame.iloc[order]).empty


@given(*[st.lists(st.tuples(st.integers(0, 20), st.integers(1, 6)), max_size=8, unique=True)] * 2)
def test_missed_and_extra_add_up(gold, found) -> None:
    mine, other = (spans(*(("a", start, start + length) for start, length in rows)) for rows in (gold, found))
    counted, classes = values(score_spans(mine, other)), list_errors(mine, other)["class"].value_counts()
    hits = counted["span precision"][0]
    assert classes.get("missed", 0) == len(gold) - hits and classes.get("extra", 0) == len(found) - hits


def blocks(*rows: tuple[int, int, str, int, int]) -> pd.DataFrame:
    return pd.DataFrame(rows, columns=["article", "block", "role", "start", "end"]).assign(doc_id="a")


PAGE = blocks(
    (1, 0, "title", 0, 4), (1, 1, "body", 5, 11), (1, 2, "body", 12, 14), (1, 2, "body", 20, 22), (2, 3, "body", 15, 19)
)


def test_blocks_alike_are_right_whatever_blanks_they_take_in() -> None:
    wider = PAGE.assign(end=PAGE["end"] + (PAGE["block"] == 0), block=PAGE["block"] + 7)
    assert {measure: right / of for measure, (right, of) in values(score_roles(PAGE, wider)).items()} == dict.fromkeys(
        ["coverage", "role", "article", "body precision", "body recall", "paragraph F1"], 1.0
    )


def test_blocks_are_scored_by_characters_and_by_whole_paragraphs() -> None:
    # The title's last character is body; the cut paragraph is two; one paragraph is lost; one character lies in two blocks.
    found = blocks(
        (1, 0, "title", 0, 3),
        (1, 1, "body", 3, 11),
        (1, 2, "body", 12, 14),
        (1, 3, "body", 20, 22),
        (1, 4, "caption", 21, 22),
    )
    assert values(score_roles(PAGE, found)) == {
        "coverage": (13, 18), "role": (13, 18), "article": (14, 18),
        "body precision": (10, 11), "body recall": (10, 14), "paragraph F1": (0, 6),
    }  # fmt: skip


def test_only_whole_paragraphs_have_an_interval() -> None:
    table = score_roles(PAGE, PAGE).set_index("measure")
    assert table["low"].notna().tolist() == [False] * 5 + [True]
