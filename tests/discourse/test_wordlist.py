from pathlib import Path

import pytest

from reformtext.discourse.wordlist import actors, metaphors, modality
from reformtext.errors import InputError
from reformtext.texts.clean import Paragraph
from reformtext.texts.lexicon import load_table

HEADER = "term,domain,gloss,exclude,reason\n"


def found(function, text: str) -> list[tuple[str, str]]:
    """Give surface and label of what is found in one body paragraph."""
    table = function([Paragraph(text, range(len(text)), source_text=text)])
    return list(table.iloc[:, 2:].itertuples(index=False, name=None))


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
    assert found(metaphors, text) == expected


@pytest.mark.parametrize(
    "text", ["动力电池下线", "群众生活水平", "干细胞实验", "土壤污染防治", "推动能源转型", "去加油站", "处方药"]
)
def test_literal_contexts_and_chance_neighbours_are_left_out(text: str) -> None:
    assert found(metaphors, text) == []


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


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("力争年内完成", [("力争", "aim")]),
        ("坚定不移推进", [("坚定不移", "vow")]),
        ("必须办好", [("必须", "demand")]),
        ("集体所有制、基本农田、统一战线", []),
        ("初步建成，持续用力", [("初步", "hedge"), ("持续", "ongoing")]),
    ],
)
def test_modality(text: str, expected: list[tuple[str, str]]) -> None:
    assert found(modality, text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("青禾县委书记任组长", [("县委书记", "party")]),
        ("成立领导小组和工作专班", [("领导小组", "task force"), ("工作专班", "task force")]),
        ("班主任家访，农民工返乡", []),
        ("记者问，市长答", [("记者", "press"), ("市长", "government")]),
    ],
)
def test_actors(text: str, expected: list[tuple[str, str]]) -> None:
    assert found(actors, text) == expected


@pytest.mark.parametrize(("name", "types"), [("modality", 7), ("actors", 9)])
def test_each_list_gives_every_term_a_type_and_a_reason(name: str, types: int) -> None:
    table = load_table(name, ["term", "type", "gloss", "exclude", "reason"], key=["term", "type", "reason"])
    assert table["type"].nunique() == types
