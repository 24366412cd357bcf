"""The word lists: CSV files that a scholar edits in a spreadsheet, checked line by line when they are loaded."""

import csv
from collections.abc import Sequence
from functools import cache
from pathlib import Path

import pandas as pd

from reformtext.errors import InputError

_PACKAGED = Path(__file__).parents[1] / "lexicon"
_CHECKOUT = Path(__file__).parents[3] / "data" / "lexicon"


def lexicon_folder() -> Path:
    """Give the folder of the word lists: the one in the installed package, else the checkout's ``data/lexicon``."""
    return _PACKAGED if _PACKAGED.is_dir() else _CHECKOUT


def load_table(name: str | Path, required: Sequence[str], optional: Sequence[str] = (), key: Sequence[str] = ()) -> pd.DataFrame:
    """Load a word list and refuse a broken one with its line number.

    Parameters
    ----------
    name : str or path-like
        A list of this project by its bare name (``"terms"``), or the path of a CSV file of one's own.
    required, optional : sequence of str
        The columns that must be there and that may be; any other is refused. An absent optional column comes out empty.
    key : sequence of str
        Columns that together name a row: each must be filled, and no two rows may agree in all of them.

    Returns
    -------
    DataFrame
        One row a line, every column text, spaces around a value removed, columns in the order required, optional.

    Raises
    ------
    InputError
        Names the file and the line (the header is line 1).

    Examples
    --------
    >>> load_table("stopwords", ["term", "kind", "reason"], key=["term"]).columns.tolist()
    ['term', 'kind', 'reason']
    """
    path = lexicon_folder() / f"{name}.csv" if isinstance(name, str) and not name.endswith(".csv") else Path(name)
    if not path.is_file():
        raise InputError("there is no such word list", file=path, way_out="check the name, or give the path of a CSV file")
    try:
        text = path.read_text(encoding="utf-8-sig")
    except UnicodeDecodeError as error:
        raise InputError("not UTF-8", file=path, place=f"byte {error.start}", way_out="save it as “CSV UTF-8”") from error
    reader = csv.reader(text.splitlines(keepends=True), strict=True)
    columns = [*required, *optional]
    rows: list[list[str]] = []
    seen: dict[tuple[str, ...], int] = {}
    try:
        header = [cell.strip() for cell in next(reader, [])]
        missing, unknown = [c for c in required if c not in header], [c for c in header if c not in columns]
        if missing or unknown or len(set(header)) < len(header):
            said = f"missing {missing}" if missing else f"unknown {unknown}" if unknown else "a column twice"
            raise InputError(f"columns: {said}", file=path, place="line 1", way_out=f"the columns are {', '.join(columns)}")
        for cells in reader:
            line = reader.line_num
            if not any(cell.strip() for cell in cells):
                continue
            if len(cells) != len(header):
                raise InputError(f"{len(cells)} cells where the header has {len(header)}", file=path, place=f"line {line}", way_out="put quotation marks around a cell that holds a comma")
            row = dict(zip(header, (cell.strip() for cell in cells), strict=True))
            name_of_row = tuple(row[c] for c in key)
            if key and not all(name_of_row):
                raise InputError(f"empty {' or '.join(key)}", file=path, place=f"line {line}", way_out="fill it in or take the line out")
            if key and name_of_row in seen:
                raise InputError(f"{'/'.join(name_of_row)} stands in line {seen[name_of_row]} already", file=path, place=f"line {line}", way_out="keep one of them")
            seen[name_of_row] = line
            rows.append([row.get(c, "") for c in columns])
    except csv.Error as error:
        raise InputError(f"not well-formed CSV ({error})", file=path, place=f"line {reader.line_num}", way_out="save it as CSV from a spreadsheet") from error
    if not rows:
        raise InputError("no rows", file=path, way_out="a word list has at least one row below its header")
    return pd.DataFrame(rows, columns=columns, dtype="str")


@cache
def load_stopwords() -> frozenset[str]:
    """Load the stop words (``data/lexicon/stopwords.csv``), each with its kind and reason there."""
    return frozenset(load_table("stopwords", ["term", "kind", "reason"], key=["term"])["term"])
