"""The notebooks' house rules, held without an exclude list."""

import ast
import json
import re
from pathlib import Path
from typing import Any

import pytest

import reformtext as rt
from reformtext.study.new import new
from reformtext.study.notebooks import run_study

ROOT = Path(__file__).parents[1]
NOTEBOOKS = sorted((ROOT / "notebooks").glob("*.ipynb"))
MAX_BYTES = 1_000_000


def code(notebook: dict[str, Any]) -> list[dict[str, Any]]:
    return [cell for cell in notebook["cells"] if cell["cell_type"] == "code"]


def source(cell: dict[str, Any]) -> str:
    return "".join(cell["source"])


@pytest.fixture(params=NOTEBOOKS, ids=lambda path: path.stem)
def path(request: pytest.FixtureRequest) -> Path:
    return request.param


@pytest.fixture
def notebook(path: Path) -> dict[str, Any]:
    return json.loads(path.read_text(encoding="utf-8"))


def test_there_are_notebooks() -> None:
    assert len(NOTEBOOKS) >= 5


def test_opens_with_one_question_and_says_data_method_limits(notebook: dict[str, Any]) -> None:
    first = source(notebook["cells"][0])
    assert re.match(r"# .+\?\n", first)
    assert all(f"**{word}" in first for word in ("Data", "Method", "Limits"))
    headings = [
        s
        for c in notebook["cells"]
        if c["cell_type"] == "markdown"
        for s in source(c).splitlines()
        if s.startswith("# ")
    ]
    assert len(headings) == 1


def test_is_executed_top_to_bottom_without_a_warning(notebook: dict[str, Any]) -> None:
    cells = [cell for cell in code(notebook) if source(cell).strip()]
    assert [cell["execution_count"] for cell in cells] == list(range(1, len(cells) + 1))
    outputs = [output for cell in cells for output in cell["outputs"]]
    assert not [o for o in outputs if o["output_type"] == "error" or o.get("name") == "stderr"]


def test_holds_no_machinery(notebook: dict[str, Any]) -> None:
    for cell in code(notebook):
        tree = ast.parse(source(cell))
        assert not [n for n in ast.walk(tree) if isinstance(n, ast.FunctionDef | ast.ClassDef | ast.Lambda)], source(
            cell
        )
        modules = [a.name for n in ast.walk(tree) if isinstance(n, ast.Import) for a in n.names]
        modules += [n.module or "" for n in ast.walk(tree) if isinstance(n, ast.ImportFrom)]
        assert not [m for m in modules if m.startswith("reformtext.")], (
            "notebooks import reformtext as rt and nothing below"
        )


def test_has_one_parameters_cell_and_prose_enough(notebook: dict[str, Any]) -> None:
    tagged = [cell for cell in code(notebook) if "parameters" in cell["metadata"].get("tags", [])]
    assert len(tagged) == 1 and re.search(r"^DATA = ", source(tagged[0]), re.MULTILINE)
    cells = notebook["cells"]
    assert 20 <= len(cells) <= 30
    assert sum(cell["cell_type"] == "markdown" for cell in cells) >= 0.4 * len(cells)


def test_is_small(path: Path) -> None:
    assert path.stat().st_size <= MAX_BYTES


def test_pictures_have_alt_text(notebook: dict[str, Any]) -> None:
    for cell in code(notebook):
        for output in cell["outputs"]:
            if "image/png" in output.get("data", {}):
                assert len(output["metadata"]["image/png"]["alt"]) > 40


@pytest.fixture
def for_the_screen(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Have kernels draw what the notebooks show, and not the print files, which take longer and are tested with plots."""
    startup = tmp_path / "ipython" / "profile_default" / "startup"
    startup.mkdir(parents=True)
    lines = ["import reformtext.study.plots as _plots", "_plots._FORMATS = {'png': _plots._FORMATS['png']}"]
    (startup / "screen.py").write_text("\n".join(lines), encoding="utf-8")
    monkeypatch.setenv("IPYTHONDIR", str(startup.parents[1]))


def drawn(out: Path, notebooks: list[Path]) -> list[dict[str, Any]]:
    """Look at what a run made; give its figures."""
    made = list((out / "notebooks").iterdir())
    assert {path.name for path in made} == {path.name for path in notebooks}
    assert max(path.stat().st_size for path in made) <= MAX_BYTES
    assert not [path.name for path in made if re.search(r"\bnan\b", printed(path))]
    figures = json.loads((out / "figures" / "figures.json").read_text("utf-8"))
    # Nothing cut, covered or overlapping and, where the figures are Chinese, nothing left in English.
    assert {row["name"]: row["faults"] for row in figures if row["faults"]} == {}
    return figures


def printed(path: Path) -> str:
    """Give the sentences and captions that a notebook printed."""
    cells = code(json.loads(path.read_text("utf-8")))
    outputs = [output.get("data", {}) for cell in cells for output in cell["outputs"]]
    return "\n".join("".join(data.get("text/markdown", "")) for data in outputs)


@pytest.mark.usefixtures("for_the_screen")
def test_every_notebook_runs_on_another_study(tmp_path: Path) -> None:
    sample = ROOT / "data" / "sample"
    study = rt.build(sample / "texts", tmp_path / "study", sample / "metadata.csv")
    run_study(ROOT, study.folder, tmp_path / "out", "zh")
    figures = drawn(tmp_path / "out", NOTEBOOKS)
    assert len(figures) >= 30
    assert not [row["name"] for row in figures if not re.search("[\u4e00-\u9fff]", row["caption"])]


@pytest.mark.usefixtures("for_the_screen")
def test_every_notebook_runs_on_two_lines_without_date_place_or_wider_corpus(tmp_path: Path) -> None:
    own = new(tmp_path / "own")
    (own / "texts" / "metadata.csv").unlink()  # it has no row
    (own / "texts" / "weather.txt").write_text("今天天气很好。\n\n我们去公园散步。\n", encoding="utf-8")
    rt.build(own / "texts", own / "data" / "articles")
    run_study(own)
    assert "paragraph_lengths" in {row["name"] for row in drawn(own, [path for path in NOTEBOOKS if path.name < "07"])}
