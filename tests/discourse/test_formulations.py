from pathlib import Path

import pandas as pd
import pytest

from reformtext.discourse.formulations import formulation_careers, formulations
from reformtext.errors import InputError
from reformtext.texts.clean import Paragraph
from reformtext.texts.lexicon import load_table

HEADER = "term,variants,year,occasion,confidence,gloss,exclude,reason\n"
COLUMNS = HEADER.strip().split(",")


def found(text: str, lexicon: Path | None = None) -> list[tuple[str, str]]:
    """Give surface and formulation of what is found in one body paragraph."""
    table = formulations([Paragraph(text, range(len(text)), source_text=text)], lexicon)
    return list(table[["surface", "formulation"]].itertuples(index=False, name=None))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("落实供给侧改革", [("供给侧改革", "供给侧结构性改革")]),
        ("进一步全面深化改革", [("进一步全面深化改革", "进一步全面深化改革")]),
        ("全面深化改革", [("全面深化改革", "全面深化改革")]),
        ("这件事有两重性", []),
        ("创新发展理念", []),
        ("深化“放管服”改革，培育新质生产力", [("放管服", "放管服"), ("新质生产力", "新质生产力")]),
    ],
)
def test_a_formulation_is_found_in_its_wordings_and_the_longest_wins(
    text: str, expected: list[tuple[str, str]]
) -> None:
    assert found(text) == expected


def test_the_list_dates_sixty_formulations_and_says_how_firmly() -> None:
    table = load_table("formulations", COLUMNS, key=["term", "year", "occasion", "reason"])
    assert len(table) >= 60 and set(table["confidence"]) == {"high", "medium", "low"}
    assert pd.to_numeric(table["year"]).between(1921, 2030).all()


@pytest.mark.parametrize(
    ("rows", "said"),
    [
        ("三新,五新,2001,,low,,,\n五新,,2002,,low,,,", "line 3: 五新 stands there twice"),
        ("三新,,2001,,low,,一新,", "line 2: 一新 does not hold"),
        ("三新,,2001,,low,,,\n三新,,2002,,low,,,", "line 3: .*stands in line 2"),
        (",,2001,,low,,,", "line 2: empty term"),
    ],
)
def test_a_broken_list_is_refused_with_its_line(tmp_path: Path, rows: str, said: str) -> None:
    path = tmp_path / "own.csv"
    path.write_text(HEADER + rows + "\n", encoding="utf-8")
    with pytest.raises(InputError, match=said):
        found("三新", path)


def test_a_career_counts_uses_articles_and_wordings_from_first_to_last() -> None:
    hits = pd.DataFrame(
        [("a", 1, "双创"), ("a", 1, "大众创业万众创新"), ("b", 1, "双创"), ("c", 1, "大众创业、万众创新")],
        columns=["doc_id", "article", "surface"],
    ).assign(type="大众创业、万众创新")
    documents = pd.DataFrame(
        {"doc_id": list("abc"), "article": 1, "date": ["2016-01-02", "2013", ""], "place": ["云河市", "青禾县", ""]}
    )
    row = formulation_careers(hits, documents).loc["大众创业、万众创新"]
    assert row[["year", "uses", "articles", "places", "first_year", "last_year", "lag"]].tolist() == [
        2014, 4, 3, 3, 2013, 2016, -1,
    ]  # fmt: skip
    assert row["variants"] == "双创 (2); 大众创业万众创新 (1)"
    with pytest.raises(InputError, match="not among the documents"):
        formulation_careers(hits, documents.head(1))
    assert formulation_careers(hits.head(0), documents).empty
