"""A scholar's own study: a folder to put texts into, with the lists to fill in and the notebooks to run."""

import csv
import shutil
from pathlib import Path
from typing import Any

import nbformat

from reformtext.errors import InputError
from reformtext.study.metadata import METADATA_COLUMNS

_CHECKOUT = Path(__file__).parents[3]
_NOTE = (
    "> Copied from the study of five local newspaper pages from Shandong. The figures and tables below are made of **your** "
    "texts as soon as it is run; the sentences that state findings are still of those pages: write your own in their place."
)
_README = """# A study of my own

1. Put the texts into `texts/`: plain text, HTML, DOCX, PDF with a text layer, CSV, XLSX or JSON Lines exports, or ZIP
   archives of these.
2. In this folder run

       reformtext build texts --out data/articles --lexicon lexicon.csv
       reformtext study
       jupyter lab notebooks

   The first line makes the tables (`data/articles/`; `skipped.csv` there says what could not be read, and why), the
   second runs the notebooks and draws the figures (`figures/`), the third opens the notebooks to read and change.
3. Change or add texts, run the first two lines again: only what changed is worked through.

| file | what to do with it |
|---|---|
| `texts/metadata.csv` | One row an article: its file, place, date (2024-09-04, 2024-09 or 2024) and what else is known; `row` only for exports, `article` only for pages that hold several, `use` is `no` for a text to leave out. As long as it has no row, what the files themselves say is taken; with rows, a text without one is left out and listed in `skipped.csv`. |
| `lexicon.csv` | The terms to count. `term` is the word; `protected` is `yes` for one that is never cut in two, `no` for one that is only counted; `pos` its part of speech in jieba's tag set (empty: n); `kind`, `pinyin` and `gloss` are for you. Save it as “CSV UTF-8”. |
| `notebooks/` | One question each; the first code cell says which tables it reads. |
| `data/sample`, `data/gold`, `data/lexicon` | Invented texts, hand-checked tables and word lists that the notebooks quote; copies, and no part of your study. |

Notebook 06 holds your texts against a wider corpus where there is one in `data/reports`: copy that folder of the
project's there, or build your own of texts whose level is `province` or `nation`.
"""


def new(folder: str | Path) -> Path:
    """Start a study of one's own in an empty or new folder.

    Parameters
    ----------
    folder : path-like
        Made where it is missing.

    Returns
    -------
    Path
        The folder: ``README.md`` with the three commands, ``texts`` with a metadata template, ``lexicon.csv`` to edit,
        the notebooks without outputs, and what they quote.

    Raises
    ------
    InputError
        Where the folder is not empty, or the library is installed without its notebooks.

    Examples
    --------
    >>> new("my-study")    # doctest: +SKIP
    """
    folder = Path(folder)
    notebooks = sorted((_CHECKOUT / "notebooks").glob("0[1-6]*.ipynb"))
    if not notebooks:
        way_out = "install it from a checkout: pip install --editable ."
        raise InputError("the library is installed without its notebooks", way_out=way_out)
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        raise InputError("is not empty", file=folder, way_out="name a new or empty folder")
    for name in ("texts", "notebooks"):
        (folder / name).mkdir(parents=True)
    for name in ("sample", "gold", "lexicon"):
        shutil.copytree(_CHECKOUT / "data" / name, folder / "data" / name)
    shutil.copyfile(_CHECKOUT / "data" / "lexicon" / "terms.csv", folder / "lexicon.csv")
    with (folder / "texts" / "metadata.csv").open("w", encoding="utf-8", newline="") as file:
        csv.writer(file, lineterminator="\n").writerow(METADATA_COLUMNS)
    for path in notebooks:
        nbformat.write(_emptied(path), folder / "notebooks" / path.name)
    (folder / "README.md").write_text(_README, encoding="utf-8")
    return folder


def _emptied(path: Path) -> Any:
    """Read a notebook without what it printed, and say of whom it speaks."""
    notebook = nbformat.read(path, as_version=4)
    for cell in notebook.cells:
        if cell.cell_type == "code":
            cell.outputs, cell.execution_count = [], None
    notebook.cells.insert(1, nbformat.v4.new_markdown_cell(_NOTE, id="copied"))
    return notebook
