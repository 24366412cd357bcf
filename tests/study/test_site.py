import json
import re
from pathlib import Path

import nbformat
import pytest

import reformtext as rt
from reformtext.study.site import site


@pytest.fixture
def root(tmp_path: Path) -> Path:
    (tmp_path / "notebooks").mkdir(), (tmp_path / "figures").mkdir()
    book = nbformat.v4.new_notebook(cells=[nbformat.v4.new_markdown_cell("# What is < here?\n\n$x$")])
    nbformat.write(book, tmp_path / "notebooks" / "01_test.ipynb")
    (tmp_path / "figures" / "line.svg").write_text("<svg xmlns='http://www.w3.org/2000/svg'/>", encoding="utf-8")
    row = {"name": "line", "caption": "A <b> line", "alt": 'A "line"', "outputs": [{"path": "line.svg"}]}
    (tmp_path / "figures" / "figures.json").write_text(json.dumps([row]), encoding="utf-8")
    return tmp_path


def test_pages_link_notebooks_and_figures_and_escape_their_text(root: Path) -> None:
    first = site(root, root / "site").read_text("utf-8")
    assert 'href="01_test.html"' in first and "What is &lt; here?" in first
    assert "A &lt;b&gt; line" in first and "A &quot;line&quot;" in first
    assert (root / "site" / "figures" / "line.svg").is_file()


def test_pages_ask_no_other_machine_for_anything(root: Path) -> None:
    folder = site(root, root / "site").parent
    for page in folder.glob("*.html"):
        assert not re.findall(r"""(?:src|href)=["']?https?://[^"'>]*""", page.read_text("utf-8")), page.name


def test_no_figures_is_said(tmp_path: Path) -> None:
    with pytest.raises(rt.InputError, match="make study"):
        site(tmp_path, tmp_path / "site")
