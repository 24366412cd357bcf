from pathlib import Path

import pytest

from reformtext.discourse.metaphors import metaphors
from reformtext.errors import InputError
from reformtext.texts.clean import Paragraph
from reformtext.texts.lexicon import load_table

HEADER = "term,domain,gloss,exclude,reason\n"


def found(text: str) -> list[tuple[str, str]]:
    """Give surface and domain of what is found in one body paragraph."""
    table = metaphors([Paragraph(text, range(len(text)), source_text=text)])
    return list(table[["surface", "domain"]].itertuples(index=False, name=None))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("打一场治水攻坚战", [("攻坚战", "war")]),
        ("改革进入深水区", [("深水区", "water")]),
        ("向着新征程出发", [("新征程", "journey")]),
        ("疏通办事堵点", [("疏通", "water"), ("堵点", "body")]),
        ("筑牢底线，增添动能", [("筑牢", "building"), ("动能", "machine")]),
        ("扎根乡村", [("扎根", "plants")]),
    ],
)
def test_candidates_and_the_longer_term_wins(text: str, expected: list[tuple[str, str]]) -> None:
    assert found(text) == expected


@pytest.mark.parametrize(
    "text", ["动力电池下线", "群众生活水平", "干细胞实验", "土壤污染防治", "推动能源转型", "去加油站", "处方药"]
)
def test_literal_contexts_and_chance_neighbours_are_left_out(text: str) -> None:
    assert found(text) == []


def test_an_exclusion_must_hold_its_term(tmp_path: Path) -> None:
    path = tmp_path / "own.csv"
    path.write_text(HEADER + "引擎,machine,engine,搜索工具,why\n", encoding="utf-8")
    with pytest.raises(InputError, match=r"own\.csv, line 2: "):
        metaphors("增长引擎", path)


def test_the_recall_sample_was_read_whole() -> None:
    gold = Path(__file__).parents[2] / "data" / "gold" / "discourse_recall.csv"
    table = load_table(gold, ["doc_id", "start", "kind", "marked", "found"])
    assert len(table[["doc_id", "start"]].drop_duplicates()) >= 60
    assert set(table["kind"]) == {"metaphor", "theme", "none"} and (table["found"] == "no").any()


@pytest.mark.parametrize("name", ["metaphors", "themes"])
def test_the_checked_sample_is_large_and_reaches_the_precision(name: str) -> None:
    label = "domain" if name == "metaphors" else "theme"
    gold = Path(__file__).parents[2] / "data" / "gold" / f"{name}_checked.csv"
    table = load_table(
        gold, ["doc_id", "start", "end", "surface", label, "correct", "note"], key=["doc_id", "start", label]
    )
    assert len(table) >= 150 and set(table["correct"]) == {"yes", "no"}
    assert (table["correct"] == "yes").mean() >= 0.8
