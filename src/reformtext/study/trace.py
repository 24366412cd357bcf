"""From a row of a table or a figure back to the characters in the texts, for whoever holds the texts."""

import json
import re
from collections.abc import Iterable, Mapping
from functools import cache
from pathlib import Path
from typing import Any

import pandas as pd

from reformtext.errors import InputError
from reformtext.study.plots import INDEX
from reformtext.study.tables import MANIFEST, Study, sha256_of
from reformtext.texts.clean import Paragraph, paragraphs
from reformtext.texts.read import Document, read

_SENTENCE = re.compile(r"[^。！？；!?;]*[。！？；!?;]?")
_PARAMETER = re.compile(r"\$([a-z_]\w*)")


def trace(
    figure: str,
    row: int,
    texts: str | Path | None = None,
    figures: str | Path = "figures",
    data: str | Path = "data",
) -> pd.DataFrame:
    """List what stands behind a row of a figure's plotted numbers.

    Parameters
    ----------
    figure : str
        The figure's name in ``figures.json``, also that of its CSV without ending.
    row : int
        The row of the CSV, counted from 0 as pandas does.
    texts : path-like, optional
        A folder with a study's texts, or with one in a subfolder of each study's name (``articles``, ``reports``).
        Where it is given, each row gets the sentences that it stands in, in a column ``sentence``.
    figures : path-like, default "figures"
        The folder of the figures and of ``figures.json``.
    data : path-like, default "data"
        The folder of the studies that the figure was drawn from, or one study's own folder.

    Returns
    -------
    DataFrame
        One row a claim, phrase, block or count, as the figure declares it in `save_figure`: the column study, then
        doc_id and, where the table has them, article, block, start and end (offsets in code points, end exclusive).
        Where the figure plots a count, the column of that name adds up to it.

    Raises
    ------
    InputError
        Where there is no such figure or row, the figure declares no trace, or the tables are others than those that it
        was drawn from.

    Examples
    --------
    >>> trace("amounts", 0)[["doc_id", "start", "end", "surface"]]    # doctest: +SKIP
    """
    folder = Path(figures)
    entry = _entry(folder, figure)
    plotted = pd.read_csv(folder / f"{figure}.csv", dtype="str", keep_default_na=False)
    if not 0 <= row < len(plotted):
        raise InputError(f"{figure} has no row {row}", file=folder, way_out=f"its rows are 0 to {len(plotted) - 1}")
    sql = entry["trace"]["sql"]
    if not sql:
        raise InputError(f"{figure} does not say what its rows rest on", way_out="give save_figure a trace")
    found = []
    for number, study in enumerate(_studies(entry, Path(data)), 1):
        given = {**{str(name): value for name, value in plotted.iloc[row].items()}, "study": number}
        rows = study.query(_filled(sql, given))
        if len(rows):
            found.append(rows.assign(**_sentences(rows, study, texts)).assign(study=study.package["name"]))
    if not found:
        return pd.DataFrame(columns=["study", "doc_id"])
    listed = pd.concat(found, ignore_index=True)
    return listed[["study", *listed.columns.drop("study")]]


def _filled(sql: str, given: Mapping[str, Any]) -> str:
    """Put a row's values in their places; as quoted literals, they take the type of what they are compared with."""
    return _PARAMETER.sub(lambda name: "'" + str(given[name[1]]).replace("'", "''") + "'", sql)


def _entry(folder: Path, figure: str) -> dict[str, Any]:
    """Find a figure in the manifest."""
    if not (folder / INDEX).is_file():
        raise InputError(
            "there is no manifest of figures here", file=folder / INDEX, way_out="name the figures' folder"
        )
    entries = {entry["name"]: entry for entry in json.loads((folder / INDEX).read_text(encoding="utf-8"))}
    if figure not in entries:
        raise InputError(f"no figure is called {figure!r}", file=folder, way_out=f"there are {', '.join(entries)}")
    entry: dict[str, Any] = entries[figure]
    return entry


def _studies(entry: Mapping[str, Any], data: Path) -> list[Study]:
    """Open the studies that a figure was drawn from, in its order; others of the same name are refused."""
    studies: list[Study] = []
    for item in entry["inputs"]:
        name, _, file = item["path"].rpartition("/")
        if file == MANIFEST:
            folder = data if (data / MANIFEST).is_file() and not studies else data / name
            if not (folder / MANIFEST).is_file() or sha256_of(folder / MANIFEST) != item["sha256"]:
                raise InputError(
                    f"{entry['name']} was drawn from other tables of {name}", file=folder, way_out="run the study again"
                )
            studies.append(Study(folder))
    return studies


def _sentences(rows: pd.DataFrame, study: Study, texts: str | Path | None) -> dict[str, list[str]]:
    """Give the column of sentences, where texts are at hand and the rows say where they stand."""
    if texts is None:
        return {}
    folder = Path(texts) / study.package["name"]
    documents = _documents(folder if folder.is_dir() else Path(texts))
    told = []
    for _, values in rows.iterrows():
        row = {str(name): value for name, value in values.items()}
        document = documents.get(row["doc_id"])
        if document is None:
            told.append("")
        elif pd.notna(row.get("start")):
            told.append(_marked(document, row, folder))
        else:
            told.append(_with_term(document, row))
    return {"sentence": told}


def _documents(folder: str | Path) -> dict[str, Document]:
    """Read the texts of a folder; one file's fault is no matter for the others."""
    unread: list[InputError] = []
    return {document.name: document for document in read(folder, on_error=unread.append)}


@cache
def _paragraphs(text: str) -> list[Paragraph]:
    return paragraphs(text)


def _split(text: str) -> Iterable[re.Match[str]]:
    return (match for match in _SENTENCE.finditer(text) if match[0])


def _with_term(document: Document, row: Mapping[str, Any]) -> str:
    """Give the sentences of a block that hold the row's term; those of the whole block where it names none."""
    term = str(row.get("term", ""))
    inside = [p for p in _paragraphs(document.text) if p.block == row.get("block") and p.article == row.get("article")]
    found = [match[0] for p in inside for match in _split(p.text) if term in match[0]]
    return " ".join(found if term else [])


def _marked(document: Document, row: Mapping[str, Any], place: Path) -> str:
    """Give the sentence that holds a row's characters, with these between 【 and 】."""
    start, end, surface = int(row["start"]), int(row["end"]), row.get("surface")
    if not 0 <= start < end <= len(document.text) or surface not in (None, document.text[start:end]):
        raise InputError(
            f"{document.file} does not have {surface or 'the row'} at {start}",
            file=place,
            way_out="build the tables anew",
        )
    for paragraph in _paragraphs(document.text):
        inside = [i for i, offset in enumerate(paragraph.offsets) if start <= offset < end]
        if inside:
            text, first, last = paragraph.text, inside[0], inside[-1] + 1
            begin = max((m.start() for m in _SENTENCE.finditer(text) if m.start() <= first), default=0)
            stop = min(m.end() for m in _SENTENCE.finditer(text) if m.end() >= last)
            return f"{text[begin:first]}【{text[first:last]}】{text[last:stop]}"
    raise InputError(
        f"{document.file}: {start} lies in no analysed paragraph", file=place, way_out="build the tables anew"
    )


def show_claim(claim: pd.Series | Mapping[str, Any], texts: str | Path = "data/raw/articles") -> str:
    """Show the sentence that a claim, or any row with doc_id, start and end, stands in.

    Parameters
    ----------
    claim : Series or mapping
        A row of claims or phrases.
    texts : path-like, default "data/raw/articles"
        The folder, or the file, that holds the text.

    Returns
    -------
    str
        The sentence, with the row's characters between 【 and 】.

    Raises
    ------
    InputError
        Where the text is not there, or has not the row's characters at the row's place.

    Examples
    --------
    >>> row = {"doc_id": "01_qingling_half_year", "start": 100, "end": 102, "surface": "不同"}
    >>> show_claim(row, "data/sample/texts")    # doctest: +SKIP
    """
    # A text that was edited is read again.
    document = _documents(texts).get(str(claim["doc_id"]))
    if document is None:
        raise InputError(
            f"the text of {claim['doc_id']} is not here", file=texts, way_out="put its file there, or name its folder"
        )
    return _marked(document, dict(claim), Path(texts))
