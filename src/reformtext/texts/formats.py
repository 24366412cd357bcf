"""HTML, DOCX and PDF to text in reading order, with the fields that the file itself gives."""

import io
import json
import lzma
import os
import re
import struct
import subprocess
import sys
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path, PurePath
from statistics import median
from typing import Any
from xml.parsers import expat

import docx
from docx.table import Table
from lxml import etree, html

from reformtext.errors import InputError

# What zipfile, python-docx and openpyxl raise on broken parts; they have no error of their own for them.
DAMAGED = (
    *(zipfile.BadZipFile, zlib.error, lzma.LZMAError, struct.error, OverflowError),
    *(NotImplementedError, RuntimeError, OSError, EOFError),
    *(LookupError, ValueError, TypeError, AttributeError, SyntaxError, etree.LxmlError),
)
PDF_SECONDS = 120  # of one PDF
_UNSEEN = frozenset(["script", "style", "template", "head", "noscript", "iframe", "svg", "textarea"])
_EDGE, _IMAGE = "\x1e", "\x1d"
_BLOCKS = """
    address article aside blockquote body caption center dd details dialog div dl dt fieldset figcaption figure footer
    form founder-content h1 h2 h3 h4 h5 h6 header hr li main nav ol option p pre section select summary table tbody
    tfoot thead tr ul
"""
_BREAKS = dict.fromkeys(_BLOCKS.split(), _EDGE) | {"br": "\n", "img": _IMAGE}
_BREAK = re.compile(r"(?<![ \t])[ \t]*[\n\x1d\x1e][ \t\n\x1d\x1e]*")
_PAGE_FIELDS = {
    "title": ("og:title", "articletitle", "title"),
    "date": ("article:published_time", "publishdate", "pubdate", "date", "firstpublishedtime", "createdate"),
    "source": ("contentsource", "source", "og:site_name", "sitename"),
    "author": ("author", "article:author"),
}


def html_text(text: str, path: PurePath) -> tuple[str, dict[str, str]]:
    """Give a page's text with its block elements as lines, and the fields of its head."""
    parser = html.HTMLParser(encoding="utf-8", huge_tree=True, remove_comments=True, remove_pis=True)
    try:
        root = html.document_fromstring(text.replace("\x00", "\ufffd").encode("utf-8"), parser=parser)
    except (etree.ParserError, etree.XMLSyntaxError) as error:
        raise InputError("an HTML page without content", file=path, way_out="save the page again") from error
    if any(entry.type_name == "ERR_RESOURCE_LIMIT" for entry in parser.error_log):
        raise InputError(
            "HTML nested too deeply to be read whole", file=path, way_out="save the page as text in a browser"
        )
    pieces: list[str] = []
    walk = etree.iterwalk(root, events=("start", "end"))
    for event, element in walk:
        tag = element.tag if isinstance(element.tag, str) else ""
        if event == "start":
            if tag in _UNSEEN:
                walk.skip_subtree()
            elif tag in ("td", "th"):
                pieces.append("\t")
            elif tag in _BREAKS:
                pieces.append(_BREAKS[tag])
            if tag not in _UNSEEN and element.text:
                pieces.append(element.text if tag == "pre" else _inline(element.text))
        else:
            if _BREAKS.get(tag) == _EDGE:
                pieces.append(_EDGE)
            if element.tail:
                pieces.append(_inline(element.tail))
            elif tag in ("a", "button"):
                pieces.append(" ")  # links of a menu stand apart on the screen
    shown = _BREAK.sub(_line_end, "".join(pieces)).strip("\n")
    if not shown.strip():
        raise InputError(
            "an HTML page without text", file=path, way_out="save the page from the browser once it shows its text"
        )
    return shown, _page_fields(root)


def _inline(text: str) -> str:
    """Collapse blanks as a browser does; the ideographic and the no-break space stay."""
    return re.sub(r"[ \t\r\n\f]+", " ", text)


def _line_end(found: re.Match[str]) -> str:
    """Give one line end for any number of edges, a blank line for two <br>, two where an image stood."""
    return "\n\n\n" if _IMAGE in found[0] else "\n" * min(max(found[0].count("\n"), 1), 2)


def _page_fields(root: Any) -> dict[str, str]:
    """Collect title, date, source and author that a page's head gives."""
    given: dict[str, str] = {}
    for element in root.iter("meta"):
        key = (element.get("property") or element.get("name") or "").strip().lower()
        given.setdefault(key, (element.get("content") or "").strip())
    title = root.findtext(".//title")
    given.setdefault("title", " ".join((title or "").split()))
    found = {name: next((given[key] for key in keys if given.get(key)), "") for name, keys in _PAGE_FIELDS.items()}
    return {name: value for name, value in found.items() if value}


def refuse_entities(archive: zipfile.ZipFile, path: PurePath, way_out: str) -> None:
    """Refuse a package a part of which declares entities: what they stand for would be lost, or grow without bound."""
    refused = InputError("declares entities of its own", file=path, way_out=way_out)

    def refuse(*_: object) -> None:
        raise refused

    for entry in archive.infolist():
        begun: list[object] = []
        parser = expat.ParserCreate()
        parser.StartDoctypeDeclHandler = refuse
        parser.StartElementHandler = lambda *given, begun=begun: begun.append(given)
        with archive.open(entry) as part:
            while not begun and (piece := part.read(4096)):
                try:
                    parser.Parse(piece)
                except InputError:
                    raise
                except (
                    expat.ExpatError,
                    ValueError,
                    LookupError,
                ) as error:  # no XML, or in an encoding that is not XML's own
                    if b"<!DOCTYPE" in piece:
                        raise refused from error
                    break


def docx_text(data: bytes, path: PurePath, limit: int) -> tuple[str, dict[str, str]]:
    """Give the paragraphs, tables (a row a line) and text boxes of a DOCX file in their order."""
    damaged = InputError("a damaged DOCX file", file=path, way_out="open it in a word processor and save it again")
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            if sum(entry.file_size for entry in archive.infolist()) > limit:
                raise InputError(
                    f"unpacks to more than {limit:,} bytes",
                    file=path,
                    way_out="take out its pictures, or raise the limit",
                )
            refuse_entities(archive, path, "open it in a word processor and save it again")
        document = docx.Document(io.BytesIO(data))
    except InputError:
        raise
    except DAMAGED as error:
        raise damaged from error
    try:
        return _docx_lines(document, path)
    except InputError:
        raise
    except DAMAGED as error:
        raise damaged from error


def _docx_lines(document: Any, path: PurePath) -> tuple[str, dict[str, str]]:
    """Give the lines of an opened DOCX file, and its properties."""
    lines: list[str] = []
    for item in document.iter_inner_content():
        if isinstance(item, Table):
            for row in item.rows:
                cells = dict.fromkeys((cell._tc, cell.text) for cell in row.cells)
                lines.append("\t".join(text.replace("\n", " ") for _, text in cells))
            continue
        lines.append(item.text)
        boxes = item._p.xpath(".//*[local-name()='txbxContent'][not(ancestor::*[local-name()='Fallback'])]//w:p")
        lines += ["".join(node.text or "" for node in box.iter() if node.tag.endswith("}t")) for box in boxes]
    text = "\n".join(lines)
    if not text.strip():
        raise InputError(
            "a DOCX file without text", file=path, way_out="if it holds pictures of text, recognise them first (OCR)"
        )
    properties = document.core_properties
    meta = {"title": properties.title or "", "author": properties.author or ""}
    return text, {key: value for key, value in meta.items() if value and value != "python-docx"}


@dataclass(slots=True)
class _Piece:
    """A run of text on a PDF page and its box, in points from the bottom left."""

    text: str
    left: float
    bottom: float
    right: float
    top: float


def pdf_text(data: bytes, path: PurePath) -> tuple[str, dict[str, str]]:
    """Give a PDF's text layer in reading order, column by column."""
    found = _pdf_runs(data, path)
    if "fault" in found:
        said, way_out = {
            "password": ("a PDF with a password", "save it without the password"),
            "file": ("a damaged PDF", "get it again, or save its text as .txt"),
            "page": ("a damaged page", "save its text as .txt"),
        }[found["fault"]]
        raise InputError(said, file=path, place=f"page {found['page']}" if "page" in found else "", way_out=way_out)
    pages = ["\n".join(_page_lines(_lines_of([_Piece(*run) for run in page]))) for page in found["pages"]]
    given = found["meta"]
    text = "\n\f\n".join(pages)
    if len(text.split()) == 0 or sum(not character.isspace() for character in text) < 10:
        raise InputError("a PDF without a text layer (a scan)", file=path, way_out="recognise its text first (OCR)")
    meta = {"title": given.get("Title", ""), "author": given.get("Author", "")}
    return text, {key: value for key, value in meta.items() if value}


def _pdf_runs(data: bytes, path: PurePath) -> Any:
    """Let a process of its own read a PDF, for as long as it may."""
    command = [sys.executable, "-P", str(Path(__file__).with_name("pdf_runs.py"))]
    way_out = "get it again, or save its text as .txt"
    try:
        done = subprocess.run(
            command,
            input=data,
            capture_output=True,
            timeout=PDF_SECONDS,
            env={**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)},
        )
    except subprocess.TimeoutExpired as error:
        said = f"a PDF that takes more than {PDF_SECONDS} seconds to read"
        raise InputError(said, file=path, way_out="save its text as .txt, or raise the limit") from error
    if done.returncode:
        raise InputError("a damaged PDF, at which the reader broke down", file=path, way_out=way_out)
    return json.loads(done.stdout)


def _lines_of(pieces: list[_Piece]) -> list[_Piece]:
    """Put together the runs that make up a line of one column: on one level, and less than a character and a half apart."""
    levels: list[list[_Piece]] = []
    for piece in sorted(pieces, key=lambda p: -(p.top + p.bottom)):
        first = levels[-1][0] if levels else piece
        shared = min(first.top, piece.top) - max(first.bottom, piece.bottom)
        if levels and shared >= 0.5 * min(first.top - first.bottom, piece.top - piece.bottom):
            levels[-1].append(piece)
        else:
            levels.append([piece])
    lines: list[_Piece] = []
    for level in levels:
        height = max(piece.top - piece.bottom for piece in level)
        line: _Piece | None = None
        for piece in sorted(level, key=lambda p: p.left):
            if line is not None and piece.left - line.right < 1.4 * height:
                line.text += " " * (piece.left - line.right > 0.3 * height) + piece.text.strip()
                line.right, line.top = max(line.right, piece.right), max(line.top, piece.top)
                line.bottom = min(line.bottom, piece.bottom)
            else:
                line = _Piece(piece.text.rstrip(), piece.left, piece.bottom, piece.right, piece.top)
                lines.append(line)
    return lines


def _page_lines(pieces: list[_Piece]) -> Iterator[str]:
    """Give a page's lines: what runs across the columns parts it, and between such lines column follows column."""
    if not pieces:
        return
    height = median(piece.top - piece.bottom for piece in pieces) or 1.0
    gutter = _gutter(pieces, height)
    if gutter is None:
        yield from _column_lines(pieces, height)
        return
    band: list[_Piece] = []
    for piece in sorted(pieces, key=lambda p: (-p.top, p.left)):
        if piece.left < gutter - height and piece.right > gutter + height:
            yield from _band_lines(band, gutter)
            band = []
            yield piece.text
        else:
            band.append(piece)
    yield from _band_lines(band, gutter)


def _band_lines(band: list[_Piece], gutter: float) -> Iterator[str]:
    """Give the lines left of a gutter, then those right of it."""
    for side in (
        [p for p in band if (p.left + p.right) / 2 < gutter],
        [p for p in band if (p.left + p.right) / 2 >= gutter],
    ):
        if side:
            yield from _page_lines(side)


def _gutter(pieces: list[_Piece], height: float) -> float | None:
    """Find a vertical line that next to no text crosses and that has columns on both sides."""
    left, right = min(p.left for p in pieces), max(p.right for p in pieces)
    if right - left < 12 * height or len(pieces) < 8:
        return None
    best: tuple[float, float] | None = None
    for step in range(20, 81):
        x = left + (right - left) * step / 100
        crossing = sum(p.left < x < p.right for p in pieces)
        sides = [sum(p.right <= x for p in pieces), sum(p.left >= x for p in pieces)]
        if min(sides) >= 3 and crossing <= 0.15 * len(pieces) and min(sides) >= 0.2 * len(pieces):
            # The nearest text on both sides: a gutter is as wide as a character at least.
            room = min((p.left for p in pieces if p.left >= x), default=x) - max(
                (p.right for p in pieces if p.right <= x), default=x
            )
            if room >= 0.8 * height and (best is None or (-crossing, room) > best[:2]):
                best, found = (-crossing, room), x
    return found if best is not None else None


def _column_lines(pieces: list[_Piece], height: float) -> Iterator[str]:
    """Give a column's lines from the top; an indent becomes ideographic spaces, a wide gap a blank line."""
    margin = min(piece.left for piece in pieces)
    lines = sorted(pieces, key=lambda p: (-round((p.top + p.bottom) / 2), p.left))
    steps = [above.bottom - below.bottom for above, below in pairwise(lines)]
    usual = median(steps) if steps else height
    for line, step in zip(lines, [0.0, *steps], strict=True):
        if step > 1.6 * usual:
            yield ""
        indent = min(round((line.left - margin) / height), 4) * (not line.text.startswith((" ", "\u3000")))
        yield "\u3000" * indent + line.text
