"""Files to documents: the text as decoded, and how it was decoded."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path


@dataclass(frozen=True)
class Document:
    """One source text, decoded with its line ends kept.

    Parameters
    ----------
    name : str
        The document's id: the file's name without its ending; for a row of an export, with ``-`` and the row's number.
    text : str
        The text; every offset in every table counts its code points.
    meta : mapping of str to str
        What an export's columns or a page's own fields say: ``title``, ``date``, ``source`` …
    encoding, format : str
        How the bytes were decoded (``utf-8``, ``gb18030``; empty for DOCX and PDF) and what kind of file it was.
    sha256 : str
        Of the file's bytes, hexadecimal.
    file : str
        The file's name.
    notes : tuple of str
        What was odd: a byte-order mark, a declared encoding that was not the real one.
    """

    name: str
    text: str
    meta: Mapping[str, str] = field(default_factory=dict)
    encoding: str = ""
    format: str = "text"
    sha256: str = ""
    file: str = ""
    notes: tuple[str, ...] = ()


def read(path: str | Path) -> list[Document]:
    """Read a file, or every file of a folder."""
    raise NotImplementedError
