"""A study of one's own, from the empty folder to its tables."""

import json
from pathlib import Path

import pytest

import reformtext as rt
from reformtext.cli import main
from reformtext.study.new import new

TEXT = "青岭县改革记\n\n今年以来，青岭县深化改革，出口12.5亿元、增长8.3%。\n\n青岭经验传开。\n"


@pytest.mark.filterwarnings("default")
def test_new_then_two_texts_then_build(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["new", str(tmp_path / "mine")]) == 0
    monkeypatch.chdir(tmp_path / "mine")
    commands = [line.split() for line in Path("README.md").read_text("utf-8").splitlines() if "       reform" in line]
    assert [command[1] for command in commands] == ["build", "study"]
    for name in ("a", "b"):
        Path("texts", f"{name}.txt").write_text(TEXT, encoding="utf-8")
    with Path("lexicon.csv").open("a", encoding="utf-8") as file:
        file.write("青岭经验,,,,,\n")
    assert main([*commands[0][1:], "--jobs", "1"]) == 0
    assert "no row in it yet" in capsys.readouterr().err
    study = rt.Study("data/articles")
    assert study.documents["doc_id"].tolist() == ["a", "b"] and study.skipped.empty
    assert "青岭经验" in set(study.terms["term"]) & set(study.queries["query"])
    with Path("texts", "metadata.csv").open("a", encoding="utf-8") as file:
        file.write("a.txt,,1,青岭,青岭县,,county,青岭报,,2024-07-01,publication,\n")
    assert main([*commands[0][1:], "--jobs", "1"]) == 0
    assert "skipped b.txt" in capsys.readouterr().err
    study = rt.Study("data/articles")
    assert study.documents["place"].tolist() == ["青岭县"] and study.skipped["file"].tolist() == ["b.txt"]


def test_notebooks_are_there_without_outputs_and_with_the_parameters(tmp_path: Path) -> None:
    books = sorted((new(tmp_path) / "notebooks").iterdir())
    assert [path.name[:2] for path in books] == ["01", "02", "03", "04", "05", "06"]
    for path in books:
        cells = json.loads(path.read_text("utf-8"))["cells"]
        code = [cell for cell in cells if cell["cell_type"] == "code"]
        assert all(not cell["outputs"] and cell["execution_count"] is None for cell in code)
        assert "".join(code[0]["source"]).startswith('DATA = "../data/articles"')


def test_a_folder_with_something_in_it_is_refused(tmp_path: Path) -> None:
    (tmp_path / "thesis.docx").write_bytes(b"years of work")
    with pytest.raises(rt.InputError, match=r"not empty; name a new"):
        new(tmp_path)
    assert [path.name for path in tmp_path.iterdir()] == ["thesis.docx"]
