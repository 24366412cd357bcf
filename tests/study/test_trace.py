from pathlib import Path

import pandas as pd
import pytest

import reformtext as rt

TEXT = "青岭县改革记\n\n全县出口12.5亿元、增长8.3%。新增项目20\n\n条，均已开工；其余在建。\n"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "a.txt").write_bytes(TEXT.encode())
    return tmp_path


def row(surface: str) -> dict[str, object]:
    start = TEXT.index(surface)
    return {"doc_id": "a", "start": start, "end": start + len(surface), "surface": surface}


@pytest.mark.parametrize(
    ("surface", "sentence"),
    [
        ("8.3%", "全县出口12.5亿元、增长【8.3%】。"),
        ("20\n\n条", "新增项目【20条】，均已开工；"),
    ],
)
def test_shows_the_sentence_and_marks_the_figure(folder: Path, surface: str, sentence: str) -> None:
    assert rt.show_claim(row(surface), folder) == sentence


def test_takes_a_row_of_the_claims_table(folder: Path) -> None:
    claims = rt.claims(TEXT, doc_id="a")
    assert [rt.show_claim(claim, folder).count("【") for _, claim in claims.iterrows()] == [1] * len(claims)
    assert isinstance(claims.iloc[0], pd.Series)


@pytest.mark.parametrize(
    ("change", "told"),
    [
        ({"doc_id": "b"}, "the text of b is not here"),
        ({"surface": "9.9%"}, "does not have"),
        ({"end": 9999}, "does not have"),
    ],
)
def test_a_text_that_is_not_there_or_another_one_is_said(folder: Path, change: dict[str, object], told: str) -> None:
    with pytest.raises(rt.InputError, match=told):
        rt.show_claim(row("8.3%") | change, folder)


def test_an_edited_text_is_read_again_and_another_files_fault_is_no_matter(folder: Path) -> None:
    (folder / "b.txt").write_bytes(b"")
    assert "8.3%" in rt.show_claim(row("8.3%"), folder)
    (folder / "a.txt").write_text(TEXT.replace("8.3%", "9.1%"), encoding="utf-8", newline="")
    with pytest.raises(rt.InputError, match=r"does not have 8\.3%"):
        rt.show_claim(row("8.3%"), folder)
