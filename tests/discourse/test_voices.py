import pytest

from reformtext.discourse.voices import actors, modality
from reformtext.texts.clean import Paragraph
from reformtext.texts.lexicon import load_table


def found(function, text: str) -> list[tuple[str, str]]:
    """Give surface and type of what is found in one body paragraph."""
    table = function([Paragraph(text, range(len(text)), source_text=text)])
    return list(table[["surface", "type"]].itertuples(index=False, name=None))


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
