import json
import random
from pathlib import Path

import matplotlib.pyplot as plt
import pandas as pd
import pytest

import reformtext as rt

ROOT = Path(__file__).parents[2]
FIGURES = json.loads((ROOT / "figures" / "figures.json").read_text("utf-8"))
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


@pytest.mark.parametrize("entry", FIGURES, ids=[entry["name"] for entry in FIGURES])
def test_rows_of_every_figure_lead_back_to_its_tables(entry: dict[str, object]) -> None:
    name, counts = entry["name"], entry["trace"]["counts"]
    plotted = pd.read_csv(ROOT / "figures" / f"{name}.csv", dtype="str", keep_default_na=False)
    for row in random.Random(name).sample(range(len(plotted)), min(2, len(plotted))):
        found = rt.trace(name, row, figures=ROOT / "figures", data=ROOT / "data")
        if counts and counts in found and found[counts].notna().any():
            assert found[counts].sum() == float(plotted[counts][row])
        else:
            assert len(found) or (counts and float(plotted[counts][row]) == 0)
        assert {"study", "doc_id"} <= set(found.columns)


@pytest.fixture
def traced(folder: Path, tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    """A study of one text and a figure of two of its numbers."""
    home = tmp_path_factory.mktemp("home")
    study = rt.build(folder, home / "data" / "mine")
    rt.style(study, figures=home / "figures")
    plotted = study.claims[["doc_id", "start", "end"]].assign(term="出口", count=1)
    fig, ax = plt.subplots(figsize=rt.figure_size("single", 40))
    ax.plot([1, 2], [1, 1])
    sql = """
        select doc_id, start, "end", surface from claims where doc_id = $doc_id and start = $start
        union all by name select doc_id, article, block, term, count from terms where term = $term and $study = 1"""
    rt.save_figure(fig, "numbers", "Two.", "Two numbers.", plotted, trace=sql, counts="count")
    fig, ax = plt.subplots(figsize=rt.figure_size("single", 40))
    rt.save_figure(fig, "bare", "None.", "No numbers.", plotted)
    return home, folder


def test_traced_rows_have_their_sentences_where_the_text_is(traced: tuple[Path, Path]) -> None:
    home, texts = traced
    found = rt.trace("numbers", 0, texts, home / "figures", home / "data")
    assert found["sentence"].tolist() == ["全县出口【12.5亿元】、增长8.3%。", "全县出口12.5亿元、增长8.3%。"]
    assert found["count"].sum() == 1 and found["study"].unique().tolist() == ["mine"]
    assert "sentence" not in rt.trace("numbers", 0, None, home / "figures", home / "data" / "mine")


@pytest.mark.parametrize(
    ("figure", "row", "told"),
    [
        ("nothing", 0, "no figure is called 'nothing'"),
        ("numbers", 99, "no row 99"),
        ("bare", 0, "what its rows rest on"),
    ],
)
def test_a_trace_that_cannot_be_made_is_said(traced: tuple[Path, Path], figure: str, row: int, told: str) -> None:
    home, _ = traced
    with pytest.raises(rt.InputError, match=told):
        rt.trace(figure, row, None, home / "figures", home / "data")


def test_other_tables_than_the_figures_own_are_refused(traced: tuple[Path, Path]) -> None:
    home, _ = traced
    package = home / "data" / "mine" / "datapackage.json"
    package.write_bytes(package.read_bytes() + b" ")
    with pytest.raises(rt.InputError, match="drawn from other tables of mine"):
        rt.trace("numbers", 0, None, home / "figures", home / "data")
