"""Delimited text (CSV, TSV) to rows: exports, word lists and metadata are all read here, each row whole or not at all.

And rows to CSV, so that they can be read again.
"""

import csv
import io
from pathlib import PurePath
from types import SimpleNamespace
from typing import Any, TextIO

from reformtext.errors import InputError

Rows = list[tuple[int, dict[str, str]]]


def csv_writer(file: TextIO) -> Any:
    """Give a writer of lines that end in LF, where cells with CR are quoted too: before Python 3.13 that takes CR LF."""
    return csv.writer(SimpleNamespace(write=lambda row: file.write(row.removesuffix("\r\n") + "\n")))


def delimiter_of(text: str) -> str:
    """Tell what divides the cells of the first line that is not blank: Excel writes ; where the comma is the decimal sign."""
    first = next((line for line in text.splitlines() if line.strip()), "")
    return max(",;\t", key=first.count)


def delimited(text: str, path: PurePath, delimiter: str = ",") -> tuple[list[str], Rows]:
    r"""Give the header of a delimited text, and for each row that is not blank its first line and its cells by column.

    Raises
    ------
    InputError
        Two columns of one name, a row of more or fewer cells than the header, bad quotation marks; each with its line.

    Examples
    --------
    >>> delimited('word,note\n改革,"a, b"\n', PurePath("list.csv"))
    (['word', 'note'], [(2, {'word': '改革', 'note': 'a, b'})])
    """
    before = csv.field_size_limit(len(text) + 1)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    rows: Rows = []
    try:
        header = [cell.strip() for cell in next(reader, [])]
        if len(set(header)) < len(header):
            raise InputError("two columns of one name", file=path, place="line 1", way_out="name them apart")
        line = reader.line_num + 1
        for cells in reader:
            if any(cell.strip() for cell in cells):
                if len(cells) != len(header):
                    raise InputError(
                        f"{len(cells)} cells where the header has {len(header)}",
                        file=path,
                        place=f"line {line}",
                        way_out="give each column a cell; put quotation marks around one that holds the separator",
                    )
                rows.append((line, dict(zip(header, cells, strict=True))))
            line = reader.line_num + 1
    except csv.Error as error:
        raise InputError(
            f"not well-formed CSV ({error})",
            file=path,
            place=f"line {reader.line_num}",
            way_out="save it as “CSV UTF-8” from a spreadsheet",
        ) from error
    finally:
        csv.field_size_limit(before)
    return header, rows
