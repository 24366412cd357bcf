from pathlib import Path

import pytest

from reformtext.discourse.themes import themes
from reformtext.errors import InputError
from reformtext.texts.clean import Paragraph
from reformtext.texts.lexicon import load_table

HEADER = "theme,label_en,rule,exclude,reason\n"


def found(text: str, lexicon: Path | None = None) -> list[tuple[str, str]]:
    """Give surface and theme of what is found in one body paragraph."""
    table = themes([Paragraph(text, range(len(text)), source_text=text)], lexicon)
    return list(table[["surface", "theme"]].itertuples(index=False, name=None))


@pytest.fixture
def lexicon(tmp_path: Path) -> Path:
    path = tmp_path / "own.csv"
    rows = [
        "water,water,河,运河镇,",
        "water,water,河湖,,",
        "school,school,学生 & 课,,",
        "school,school,考 & !工,,",
        "firm,firm,上市 ~3 企业,,",
    ]
    path.write_text(HEADER + "\n".join(rows) + "\n", encoding="utf-8")
    return path


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("河湖长", [("河湖", "water")]),
        ("运河镇的河", [("河", "water")]),
        ("学生上课", [("学生", "school")]),
        ("学生放假", []),
        ("会考", [("考", "school")]),
        ("考工", []),
        ("企业准备上市", [("上市", "firm")]),
        ("企业多年来一直准备上市", []),
    ],
)
def test_rules(lexicon: Path, text: str, expected: list[tuple[str, str]]) -> None:
    assert found(text, lexicon) == expected


@pytest.mark.parametrize(
    "row", ["water,water,河 | 湖,,", "water,water,河 & ,,", "water,water,河,湖泊,", "water,water,河 ~0 湖,,"]
)
def test_a_broken_rule_is_refused_with_its_place(tmp_path: Path, row: str) -> None:
    path = tmp_path / "own.csv"
    path.write_text(HEADER + row + "\n", encoding="utf-8")
    with pytest.raises(InputError, match=r"own\.csv, line 2: "):
        themes("河水清", path)


def test_a_term_may_stand_for_two_themes_and_an_excluded_context_for_none() -> None:
    assert found("村里的双招双引") == [("双招双引", "talent")]
    assert ("农民", "countryside") not in found("农民工返乡")
    assert found("人民生活改善") == []


def test_the_dictionary_gives_every_theme_ten_terms_and_a_reason() -> None:
    table = load_table("themes", ["theme", "label_en", "rule", "exclude", "reason"], key=["theme", "rule"])
    assert table.groupby("theme").size().min() >= 10
    assert (table["reason"] != "").all() and (table.groupby("theme")["label_en"].nunique() == 1).all()
