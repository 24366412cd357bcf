"""The runner, on small projects of its own: what it installs, what it refuses, what verify finds."""

import json
from pathlib import Path

import nbformat
import pytest

import reformtext as rt
from reformtext.study import notebooks
from reformtext.study.tables import write_tables

PARAMETERS = 'DATA = "../data/articles"'
DRAW = """import matplotlib.pyplot as plt
import pandas as pd
import reformtext as rt
study = rt.Study(DATA)
rt.style(study, notebook="01_test", figures="../figures")
fig, ax = plt.subplots(figsize=(2, 1))
ax.plot([1, 2], [3, 4])
rt.save_figure(fig, "line", "A line.", "Line chart of two points.", pd.DataFrame({"x": [1, 2]}))"""


def notebook(*cells: str) -> nbformat.NotebookNode:
    book = nbformat.v4.new_notebook(metadata=notebooks._METADATA)
    book.cells = [nbformat.v4.new_code_cell(source, id=f"cell-{number}") for number, source in enumerate(cells)]
    book.cells[0].metadata["tags"] = ["parameters"]
    return book


@pytest.fixture
def root(tmp_path: Path) -> Path:
    for name in ("notebooks", "data/articles", "figures"):
        (tmp_path / name).mkdir(parents=True)
    write_tables({}, tmp_path / "data" / "articles", "articles")
    nbformat.write(notebook(PARAMETERS, DRAW), tmp_path / "notebooks" / "01_test.ipynb")
    return tmp_path


@pytest.fixture(scope="module")
def ran(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A project that was run once; tests that use it change nothing but copies."""
    root = tmp_path_factory.mktemp("project")
    for name in ("notebooks", "data/articles", "figures"):
        (root / name).mkdir(parents=True)
    write_tables({}, root / "data" / "articles", "articles")
    nbformat.write(notebook(PARAMETERS, DRAW), root / "notebooks" / "01_test.ipynb")
    notebooks.run_study(root)
    return root


def test_runs_in_place_and_a_second_time_at_once(ran: Path) -> None:
    book = json.loads((ran / "notebooks" / "01_test.ipynb").read_text("utf-8"))
    assert [cell["execution_count"] for cell in book["cells"]] == [1, 2]
    assert {path.suffix for path in (ran / "figures").iterdir()} == {".pdf", ".svg", ".png", ".csv", ".json"}
    assert notebooks.run_study(ran) == []


def flip(content: bytes, at: int) -> bytes:
    return content[:at] + bytes([content[at] ^ 1]) + content[at + 1 :]


def test_verify_passes_then_finds_one_flipped_byte_in_every_file(ran: Path) -> None:
    assert not [line for line in notebooks.verify(ran) if line.bad]
    files = [path for name in ("figures", "data/articles", "notebooks") for path in (ran / name).iterdir()]
    assert {path.suffix for path in files} >= {".pdf", ".svg", ".png", ".csv", ".json", ".ipynb"}
    kept = {path: path.read_bytes() for path in files}
    # In JSON, a letter of a value: a broken file is another fault, and has its own test.
    values = {"datapackage.json": b"articles", "figures.json": b"A line.", "01_test.ipynb": b"A line."}
    for path, content in kept.items():
        at = content.index(values[path.name]) + 2 if path.name in values else len(content) // 2
        path.write_bytes(flip(content, at))
    bad = {line.thing.split(" ")[0] for line in notebooks.verify(ran) if line.bad}
    for path, content in kept.items():
        path.write_bytes(content)
    assert bad == {path.relative_to(ran).as_posix() for path in files}


def test_verify_tells_a_broken_package_and_goes_on(root: Path) -> None:
    (root / "data" / "articles" / "datapackage.json").write_text("{", encoding="utf-8")
    verdicts = {line.thing: line.verdict for line in notebooks.verify(root)}
    assert verdicts["data/articles/datapackage.json"] == "differs"
    assert [verdict for thing, verdict in verdicts.items() if thing.startswith("notebooks/01_test")] == ["fails"]


def test_another_render_stack_is_not_comparable_but_numbers_are(ran: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(notebooks, "render_stack", lambda: {"matplotlib": "0.1"})
    verdicts = {line.thing: line.verdict for line in notebooks.verify(ran)}
    assert verdicts["figures/line.png"] == "not comparable" and verdicts["figures/line.csv"] == "same"


def test_a_failing_cell_names_the_notebook_and_changes_nothing(root: Path) -> None:
    nbformat.write(notebook(PARAMETERS, "1 / 0"), root / "notebooks" / "02_broken.ipynb")
    before = {path: path.read_bytes() for path in root.rglob("*") if path.is_file()}
    with pytest.raises(rt.InputError, match=r"(?s)02_broken\.ipynb.*ZeroDivisionError"):
        notebooks.run_study(root)
    assert {path: path.read_bytes() for path in root.rglob("*") if path.is_file()} == before


def test_verify_goes_on_past_a_failing_notebook_and_a_damaged_manifest(root: Path) -> None:
    nbformat.write(notebook(PARAMETERS, "1 / 0"), root / "notebooks" / "02_broken.ipynb")
    (root / "figures" / "figures.json").write_text("{", encoding="utf-8")
    verdicts = {line.thing.split(",")[0]: line.verdict for line in notebooks.verify(root)}
    assert verdicts["notebooks/02_broken.ipynb"] == "fails" and verdicts["figures/figures.json"] == "differs"
    assert verdicts["figures/line.csv"] == "missing" and verdicts["data/articles/claims.csv (its checksum)"] == "same"


def test_texts_that_are_named_must_be_there(root: Path) -> None:
    with pytest.raises(rt.InputError, match="no such folder"):
        list(notebooks.verify(root, root / "typo"))


def test_tables_are_built_again_from_texts(root: Path) -> None:
    (root / "data" / "raw" / "articles").mkdir(parents=True)
    (root / "data" / "metadata").mkdir()
    (root / "data" / "raw" / "articles" / "a.txt").write_text("青岭县改革记\n\n出口增长8.3%。\n", encoding="utf-8")
    (root / "data" / "metadata" / "articles.csv").write_text("file,title\na.txt,青岭\n", encoding="utf-8")
    verdicts = {line.thing: line.verdict for line in notebooks.verify(root)}
    assert verdicts["data/articles/claims.csv (from its texts)"] == "differs"
    assert verdicts["data/articles/checks.csv (from its texts)"] in ("same", "differs")
    rt.build(
        root / "data" / "raw" / "articles", root / "data" / "articles", root / "data" / "metadata" / "articles.csv"
    )
    assert {line.verdict for line in notebooks.verify(root) if "from its texts" in line.thing} == {"same"}


def test_a_readers_own_file_among_the_figures_stays(root: Path) -> None:
    (root / "figures" / "mine.png").write_bytes(b"mine")
    notebooks.run_study(root)
    nbformat.write(notebook(PARAMETERS, DRAW.replace('"line"', '"curve"')), root / "notebooks" / "01_test.ipynb")
    notebooks.run_study(root)
    names = {path.name for path in (root / "figures").iterdir()}
    assert "mine.png" in names and "curve.svg" in names and "line.svg" not in names


def test_a_notebook_saved_during_the_run_is_not_overwritten(root: Path) -> None:
    path = root / "notebooks" / "01_test.ipynb"
    edit = f"import pathlib; p = pathlib.Path({str(path)!r}); p.write_text(p.read_text() + ' ')"
    nbformat.write(notebook(PARAMETERS, edit), path)
    with pytest.raises(rt.InputError, match="saved while the study ran"):
        notebooks.run_study(root)
    assert path.read_text("utf-8").endswith(" ")


def test_a_warning_in_an_output_is_refused(root: Path) -> None:
    source = "import warnings\nwarnings.warn('careful')"
    nbformat.write(notebook(PARAMETERS, source), root / "notebooks" / "01_test.ipynb")
    with pytest.raises(rt.InputError, match=r"01_test\.ipynb, cell 2: wrote to stderr"):
        notebooks.run_study(root)


def test_another_study_goes_elsewhere_and_leaves_this_one_alone(
    root: Path, tmp_path_factory: pytest.TempPathFactory
) -> None:
    other, out = tmp_path_factory.mktemp("other"), tmp_path_factory.mktemp("out")
    write_tables({}, other, "other")
    nbformat.write(
        notebook(PARAMETERS, "import reformtext as rt\nrt.Study(DATA).package['name']"),
        root / "notebooks" / "01_test.ipynb",
    )
    before = (root / "notebooks" / "01_test.ipynb").read_bytes()
    notebooks.run_study(root, other, out)
    assert "'other'" in (out / "notebooks" / "01_test.ipynb").read_text("utf-8")
    assert (root / "notebooks" / "01_test.ipynb").read_bytes() == before


def test_a_figure_that_cannot_be_read_is_told_and_kept(root: Path, tmp_path_factory: pytest.TempPathFactory) -> None:
    out = tmp_path_factory.mktemp("out")
    crowded = DRAW.replace("ax.plot([1, 2], [3, 4])", "ax.text(0.5, 0.5, 'reform'), ax.text(0.5, 0.5, 'change')")
    nbformat.write(notebook(PARAMETERS, crowded), root / "notebooks" / "01_test.ipynb")
    with pytest.warns(UserWarning, match="figure line: 'reform' and 'change' overlap"):
        notebooks.run_study(root, out=out)
    assert (out / "figures" / "line.svg").is_file() and (out / "notebooks" / "01_test.ipynb").is_file()


@pytest.mark.parametrize("given", [{"lang": "zh"}, {"data": Path("data/articles")}])
def test_another_study_or_language_needs_a_folder_of_its_own(root: Path, given: dict[str, object]) -> None:
    with pytest.raises(rt.InputError, match="a folder of its own"):
        notebooks.run_study(root, **given)


def test_no_notebooks_is_said(tmp_path: Path) -> None:
    with pytest.raises(rt.InputError, match="no notebooks here"):
        notebooks.run_study(tmp_path)
