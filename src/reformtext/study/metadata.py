"""What is known of the articles: a CSV beside the texts, else what the files themselves say."""

import re
import warnings
from collections.abc import Iterable, Mapping
from datetime import date
from pathlib import Path
from typing import NamedTuple

from reformtext.errors import InputError
from reformtext.texts.delimited import delimited
from reformtext.texts.read import Document

METADATA_COLUMNS = (
    *("file", "row", "article", "title", "place", "place_code", "level"),
    *("source", "author", "date", "date_kind", "use"),
)
FACTS = METADATA_COLUMNS[3:-1]
# What exports and pages call these facts.
_ALIASES = {
    "标题": "title",
    "地区": "place",
    "来源": "source",
    "报纸": "source",
    "作者": "author",
    "记者": "author",
} | dict.fromkeys(("日期", "发布日期", "发布时间", "publish_date", "pubdate"), "date")
_ISO_DATE = re.compile(r"(\d{4})(?:-(\d\d)(?:-(\d\d))?)?")
_WRITTEN_DATE = re.compile(r"(?<!\d)(\d{4})(?:[-/.年]\s?(\d{1,2})(?:[-/.月]\s?(\d{1,2}))?|(\d\d)(\d\d)(?!\d))")
# What a reader must know of how a text was read: broken bytes, a guess. The rest is told by the columns.
_ODD = re.compile(r"broken|a guess|no text|control|the mark of|not read")
_EXPORTS = ("csv", "tsv", "json", "jsonl", "xlsx")

Key = tuple[str, int, int]


class Source(NamedTuple):
    """A document with what the metadata says of its articles, by their numbers."""

    document: Document
    facts: dict[int, dict[str, str]]


def read_metadata(path: Path) -> dict[Key, dict[str, str]]:
    """Read a metadata CSV: (file, row, article) to the facts of that article.

    Raises
    ------
    InputError
        Names the file and line of a missing column, an empty file name, a bad number or date, or a row that stands twice.
    """
    try:
        text = path.read_bytes().decode("utf-8-sig")
    except OSError as error:
        raise InputError(f"cannot be opened ({error.strerror})", file=path, way_out="check the path") from error
    except UnicodeDecodeError as error:
        raise InputError(
            f"cannot be read as CSV in UTF-8 ({error})", file=path, way_out="save it as “CSV UTF-8”"
        ) from error
    header, rows = delimited(text, path)
    if "file" not in header:
        raise InputError(
            "no column file", file=path, place="line 1", way_out=f"the columns are {', '.join(METADATA_COLUMNS)}"
        )
    if others := [name for name in header if name not in METADATA_COLUMNS]:
        warnings.warn(f"{path}: columns {', '.join(others)} are not used", stacklevel=2)
    found: dict[Key, dict[str, str]] = {}
    for line, row in rows:
        cells = {name: row.get(name, "").strip() for name in METADATA_COLUMNS}
        if fault := _fault(cells):
            raise InputError(fault[0], file=path, place=f"line {line}", way_out=fault[1])
        key = (Path(cells["file"]).as_posix(), int(cells["row"] or 0), int(cells["article"] or 1))
        if key in found:
            raise InputError(
                "names the same article as a line above", file=path, place=f"line {line}", way_out="keep one"
            )
        found[key] = {**cells, "line": str(line)}
    return found


def _fault(cells: Mapping[str, str]) -> tuple[str, str] | None:
    """Say what is wrong with a row, and the way out."""
    if not cells["file"]:
        return "the file's name is missing", "fill it in"
    for name in ("row", "article"):
        if cells[name] and (not cells[name].isdecimal() or int(cells[name]) == 0):
            return f"{name} is {cells[name]!r}", "write a number from 1, or nothing"
    if cells["date"] and not (_ISO_DATE.fullmatch(cells["date"]) and iso_date(cells["date"])):
        return f"{cells['date']!r} is no date", "write 2024-09-04, 2024-09 or 2024"
    if cells["use"] not in ("", "yes", "no"):
        return f"use is {cells['use']!r}", "write yes, no or nothing"
    if cells["use"] == "no" and cells["article"] not in ("", "1"):
        return "use leaves out a text, not one article of its page", "write no in the row of its first article"
    return None


def iso_date(written: str) -> str:
    """Give the first date in a cell as ISO 8601, of a year and month where it has no day; empty where there is none.

    Examples
    --------
    >>> iso_date("2024年9月4日 08:00"), iso_date("2020-07"), iso_date("20240230"), iso_date("soon")
    ('2024-09-04', '2020-07', '', '')
    """
    if _ISO_DATE.fullmatch(written):
        parts = written.split("-")
    elif found := _WRITTEN_DATE.search(written):
        parts = [part for part in found.groups() if part]
    else:
        return ""
    year, month, day = [*map(int, parts), 1, 1][:3]
    try:
        date(year, month, day)
    except ValueError:
        return ""
    return "-".join([f"{year:04d}", f"{month:02d}", f"{day:02d}"][: len(parts)])


def by_text(metadata: Mapping[Key, dict[str, str]]) -> dict[tuple[str, int], dict[int, dict[str, str]]]:
    """Gather the rows of each text, (file, row) to its articles' facts by their numbers."""
    facts: dict[tuple[str, int], dict[int, dict[str, str]]] = {}
    for (file, row, article), cells in metadata.items():
        facts.setdefault((file, row), {})[article] = cells
    return facts


def key_of(document: Document) -> tuple[str, int]:
    """Give a document's file and, for one of an export, its row."""
    return document.file, int(document.name.rsplit("-", 1)[1]) if document.format in _EXPORTS else 0


def facts_of(source: Source, article: int) -> dict[str, str]:
    """Gather what is known of one article: the metadata's word, else the file's own."""
    # A page may hold an article that the metadata does not list: it shares the page's facts, not its title and author.
    given = source.facts.get(article) or {**source.facts.get(1, {}), "title": "", "author": ""}
    own = {_ALIASES.get(name.lower(), name.lower()): value for name, value in source.document.meta.items()}
    known = {name: given.get(name) or (own.get(name, "") if article == 1 else "") for name in FACTS}
    return {**known, "date": iso_date(known["date"])}


def complete(known: Mapping[str, str], found: Mapping[str, str]) -> dict[str, str]:
    """Fill what no metadata gives with what was proposed from the text, and name those columns in ``proposed``.

    Code and level belong to their place, and what a date is to the date: beside a given one, none of another is put.

    Examples
    --------
    >>> complete({"date": "", "date_kind": "", "source": "新城报"}, {"date": "2024-09-04", "source": "旧城报"})
    {'date': '2024-09-04', 'date_kind': '', 'source': '新城报', 'proposed': 'date'}
    """
    belongs = {"place_code": "place", "level": "place", "date_kind": "date"}
    filled = {
        name: found[name]
        for name, value in known.items()
        if not value and found.get(name) and not known.get(belongs.get(name, name))
    }
    return {**known, **filled, "proposed": "|".join(filled)}


def tell_notes(documents: Iterable[Document]) -> None:
    """Warn of what went oddly when the texts were read."""
    # What is odd about an export is noted with each of its documents.
    for told in dict.fromkeys(f"{one.file}: {note}" for one in documents for note in one.notes if _ODD.search(note)):
        warnings.warn(told, stacklevel=4)
