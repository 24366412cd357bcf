"""The ledger of a reading: a row for every file, with what it was, how that was told, and what was odd."""

from pathlib import Path, PurePath

import pandas as pd

from reformtext.errors import InputError
from reformtext.texts.read import SIZE_LIMIT, Document, iterate

LEDGER_COLUMNS = (
    *("file", "format", "format_told", "encoding", "encoding_told"),
    *("bytes", "sha256", "content", "odd"),
)


def ledger_row(document: Document) -> dict[str, str | int]:
    """Give the ledger row of the file that a document comes from; all documents of one export have the same.

    Parameters
    ----------
    document : Document
        As `read` or `iterate` gives it.

    Returns
    -------
    dict of str to str or int
        The columns of `ledger`.

    Examples
    --------
    >>> ledger_row(Document("a", "改革", file="a.txt", ledger={"format": "text"}))
    {'file': 'a.txt', 'format': 'text'}
    """
    return {"file": document.file, **document.ledger}


def ledger(path: str | Path, *, limit: int = SIZE_LIMIT) -> pd.DataFrame:
    r"""Say of every file of a folder what it is, how that was told, and what is odd about it.

    Parameters
    ----------
    path : str or path-like
        A file or folder, as for `read`.
    limit : int
        As for `read`.

    Returns
    -------
    DataFrame
        A row a file, in the order of their names. ``file``; ``format`` and ``format_told``; ``encoding``, as Python
        names it, and ``encoding_told`` (both empty for DOCX, XLSX and PDF); ``bytes`` and ``sha256`` of the file;
        ``content``: lines, pages, sheets, rows and the column that is the text; ``odd``: broken bytes, control
        characters, a wrong declaration or mark, divided by ``;``. A file that cannot be read has only its name and, in
        ``odd``, why.

    Raises
    ------
    InputError
        A path that is not there, or a folder without files.

    Examples
    --------
    >>> import tempfile
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     written = Path(folder, "a.txt").write_bytes("新城改革".encode() + b"\xff")
    ...     ledger(folder)[["file", "format", "encoding", "bytes", "odd"]].values.tolist()
    [['a.txt', 'text', 'utf-8', 13, '1 broken byte, now U+FFFD: byte 12']]
    """
    path = Path(path)
    rows: dict[str, dict[str, str | int]] = {}

    def refuse(error: InputError) -> None:
        file = PurePath(str(error.file))
        name = file.relative_to(path) if path.is_dir() else path.name / file.relative_to(path)
        rows.setdefault(name.as_posix(), {"file": name.as_posix(), "odd": f"not read: {error}"})

    for document in iterate(path, limit=limit, on_error=refuse):
        rows.setdefault(document.file, ledger_row(document))
    frame = pd.DataFrame([rows[name] for name in sorted(rows)], columns=list(LEDGER_COLUMNS))
    frame["bytes"] = frame["bytes"].astype("Int64")
    return frame.fillna({column: "" for column in LEDGER_COLUMNS if column != "bytes"})
