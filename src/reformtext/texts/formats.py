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
from itertools import chain, pairwise
from pathlib import Path, PurePath
from statistics import median
from typing import Any, NamedTuple
from xml.parsers import expat

import docx
from lxml import etree, html

from reformtext.errors import InputError

# What zipfile, python-docx and openpyxl raise on broken parts; they have no error of their own for them.
DAMAGED = (
    *(zipfile.BadZipFile, zlib.error, lzma.LZMAError, struct.error, OverflowError),
    *(NotImplementedError, RuntimeError, OSError, EOFError),
    *(LookupError, ValueError, TypeError, AttributeError, SyntaxError, etree.LxmlError),
)
PDF_SECONDS = 120  # of one PDF
# A page of nothing but small elements takes forty times its size in memory while it is taken apart.
HTML_LIMIT = 30_000_000
_UNSEEN = frozenset(["script", "style", "template", "head", "noscript", "iframe", "svg", "textarea"])
_UNSHOWN = frozenset(["noscript", "template", "textarea"])  # of those, what may hold an article
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


class Content(NamedTuple):
    """What a file holds: its text, the fields that it gives itself, its make-up in words, and what was odd."""

    text: str
    meta: dict[str, str]
    makeup: str
    odd: tuple[str, ...] = ()


def html_text(text: str, path: PurePath) -> Content:
    """Give a page's text with its block elements as lines, and the fields of its head."""
    if len(text) > HTML_LIMIT:
        raise InputError(
            f"an HTML page of more than {HTML_LIMIT:,} characters", file=path, way_out="save its text as .txt"
        )
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
    unseen = frames = 0
    walk = etree.iterwalk(root, events=("start", "end"))
    for event, element in walk:
        tag = element.tag if isinstance(element.tag, str) else ""
        if event == "start":
            if tag in _UNSEEN:
                walk.skip_subtree()
                frames += tag == "iframe"
                unseen += len("".join("".join(element.itertext()).split())) * (tag in _UNSHOWN)
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
    makeup = f"characters shown: {len(shown)} of {len(text)}" + f", pages in frames: {frames}" * bool(frames)
    odd = (f"{unseen} characters that a browser does not show are not in the text",) * (unseen >= 200)
    return Content(shown, _page_fields(root, shown), makeup, odd)


def _inline(text: str) -> str:
    """Collapse blanks as a browser does; the ideographic and the no-break space stay."""
    return re.sub(r"[ \t\r\n\f]+", " ", text)


def _line_end(found: re.Match[str]) -> str:
    """Give one line end for any number of edges, a blank line for two <br>, two where an image stood."""
    return "\n\n\n" if _IMAGE in found[0] else "\n" * min(max(found[0].count("\n"), 1), 2)


_TITLE_PART = re.compile(r"\s*(?:[_|｜丨»>]+|(?<=\s)[-–—]+(?=\s)|--+|—+|(?<=[^\x00-\x7f])-(?=[^\x00-\x7f]))\s*")
_SITE = re.compile(
    r"\w{0,20}(?:网|网站|频道|报|门户|在线|客户端|新闻|要闻|资讯|中心|日报|晚报|平台|首页|正文|电视台|发布|公开|动态|专题|\.com|\.cn)\w{0,4}"
)


def _page_fields(root: Any, shown: str) -> dict[str, str]:
    """Collect title, date, source and author that a page's head gives."""
    given: dict[str, str] = {}
    for element in root.iter("meta"):
        key = (element.get("property") or element.get("name") or "").strip().lower()
        given.setdefault(key, " ".join((element.get("content") or "").split()))
    title = root.findtext(".//title")
    given.setdefault("title", " ".join((title or "").split()))
    found = {name: next((given[key] for key in keys if given.get(key)), "") for name, keys in _PAGE_FIELDS.items()}
    heads = [" ".join(element.itertext()).split() for element in root.iter("h1")]
    found["title"] = _article_title(found["title"], [" ".join(words) for words in heads], shown)
    return {name: value for name, value in found.items() if value}


def _article_title(title: str, heads: list[str], shown: str) -> str:
    """Take the names of site and channel off a page's title: what the page shows as its headline is the article's."""
    title = title[:300]
    parts = _TITLE_PART.split(title)
    if len(parts) == 1 and not _SITE.fullmatch(title):
        return title
    # The longest beginning that stands on the page on a line of its own.
    lines = {"".join(line.split()) for line in shown.split("\n") if len(line) <= 120}
    ends = [found.start() for found in _TITLE_PART.finditer(title)]
    for end in (len(title), *reversed(ends)):
        if "".join(title[:end].split()) in lines and not _SITE.fullmatch(title[:end]):
            return title[:end].strip()
    named = [head for head in heads if len(head) >= 6 and not _SITE.fullmatch(head)]
    if len(named) == 1:
        return named[0]
    while len(parts) > 1 and (_SITE.fullmatch(parts[-1]) or not parts[-1]):
        parts.pop()
    kept = title[: ends[len(parts) - 1]] if len(parts) <= len(ends) else title
    return "" if _SITE.fullmatch(kept) else kept


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


def docx_text(data: bytes, path: PurePath, limit: int) -> Content:
    """Give the paragraphs, tables (a row a line) and text boxes of a DOCX file in their order.

    Below them stand the footnotes and endnotes, then, as the furniture that they are, each header and footer once.
    """
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            if sum(entry.file_size for entry in archive.infolist()) > limit:
                raise InputError(
                    f"unpacks to more than {limit:,} bytes",
                    file=path,
                    way_out="take out its pictures, or raise the limit",
                )
            refuse_entities(archive, path, "open it in a word processor and save it again")
            beside = {part: _docx_part(archive, part) for part in _DOCX_BESIDE}
            unread = sum(len(_docx_words(archive.read(name))) for name in archive.namelist() if _DOCX_DRAWN.match(name))
        document = docx.Document(io.BytesIO(data))
        body = document.element.body
        lines = list(_docx_lines(body))
        told = list(_docx_told(document, beside.pop("comment"), unread))
        lines += chain.from_iterable(["", *found] for found in beside.values() if found)
        properties = document.core_properties
        meta = {"title": properties.title or "", "author": properties.author or ""}
    except InputError:
        raise
    except DAMAGED as error:
        raise InputError(
            "a damaged DOCX file", file=path, way_out="open it in a word processor and save it again"
        ) from error
    text = "\n".join(lines)
    if not text.strip():
        raise InputError(
            "a DOCX file without text", file=path, way_out="if it holds pictures of text, recognise them first (OCR)"
        )
    counts = {what: sum(1 for _ in body.iter(_W + tag)) for what, tag in _DOCX_PARTS.items()}
    counts |= {f"lines of {part}s": len(found) for part, found in beside.items()}
    makeup = ", ".join(f"{what}: {count}" for what, count in counts.items() if count)
    return Content(text, {k: v for k, v in meta.items() if v and v != "python-docx"}, makeup, tuple(told))


_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_DOCX_PARTS = {"paragraphs": "p", "tables": "tbl", "text boxes": "txbxContent"}
_DOCX_CHARACTERS = {_W + "tab": "\t", _W + "ptab": "\t", _W + "cr": "\n", _W + "noBreakHyphen": "-"}
_DOCX_TEXT = frozenset([_W + "t", "{http://schemas.openxmlformats.org/officeDocument/2006/math}t"])
# What is struck out, how a character is pronounced, and the second copy of a text box for old programs.
_DOCX_UNREAD = frozenset(
    [_W + "del", _W + "moveFrom", _W + "rt", "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"]
)
_DOCX_BESIDE = ("footnote", "endnote", "header", "footer", "comment")
_DOCX_DRAWN = re.compile(r"word/(?:diagrams/data|charts/chart|embeddings/|afchunk)[^/]*$", re.IGNORECASE)


def _docx_tree(data: bytes) -> Any:
    """Take a part of a package apart as far as it is well-formed; None where nothing of it is."""
    return etree.fromstring(data, etree.XMLParser(resolve_entities=False, recover=True))


def _docx_part(archive: zipfile.ZipFile, part: str) -> list[str]:
    """Give the lines of the parts of one kind beside the body, each once: sections repeat their headers."""
    named = re.compile(rf"word/{part}s?\d*\.xml")
    trees = [_docx_tree(archive.read(name)) for name in sorted(archive.namelist()) if named.fullmatch(name)]
    lines = (line for tree in trees if tree is not None for line in _docx_lines(tree))
    return [line for line in dict.fromkeys(lines) if line.strip()]


def _docx_words(data: bytes) -> str:
    """Give what a drawn or embedded part shows, as far as it is XML."""
    tree = _docx_tree(data) if data.lstrip().startswith(b"<") else None
    return "" if tree is None else "".join("".join(tree.itertext(_A + "t")).split())


_A = "{http://schemas.openxmlformats.org/drawingml/2006/main}"


def _docx_told(document: Any, comments: list[str], drawn: int) -> Iterator[str]:
    """Say what of a DOCX file is not in its text."""
    body = document.element.body
    struck = sum(len(node.text or "") for node in body.iter(_W + "delText"))
    sizes = {"comments": sum(map(len, comments)), "struck-out words": struck, "diagrams and charts": drawn}
    yield from (f"its {what} ({size} characters) are not read" for what, size in sizes.items() if size)
    lists = {
        style.get(_W + "styleId") for style in document.styles.element if any(True for _ in style.iter(_W + "numPr"))
    }
    styled = sum(style.get(_W + "val") in lists for style in body.iter(_W + "pStyle"))
    if numbered := styled + sum(1 for _ in body.iter(_W + "numPr")):
        yield f"the numbers or bullets of {numbered} paragraphs, which the word processor sets, are not in the text"
    if chunks := sum(1 for _ in body.iter(_W + "altChunk")):
        yield f"{chunks} documents that are put into it are not read"


def _docx_lines(part: Any) -> Iterator[str]:
    """Give the lines of a DOCX body, table cell or text box; what was inserted under revision or in a field is there."""
    walk = etree.iterwalk(part, events=("start",))
    for _, element in walk:
        if element.tag in _DOCX_UNREAD:
            walk.skip_subtree()
        elif element.tag == _W + "tbl":
            for row in _own(element, "tr"):
                yield "\t".join(" ".join(_docx_lines(cell)).replace("\n", " ") for cell in _own(row, "tc"))
            walk.skip_subtree()
        elif element.tag == _W + "p":
            text, boxes = _docx_paragraph(element)
            yield text
            for box in boxes:
                yield from _docx_lines(box)
            walk.skip_subtree()


def _own(element: Any, tag: str) -> Iterator[Any]:
    """Give the rows of a table or the cells of a row, and not those of tables inside."""
    return (found for found in element.iter(_W + tag) if next(found.iterancestors(element.tag)) is element)


def _docx_paragraph(paragraph: Any) -> tuple[str, list[Any]]:
    """Give a paragraph's text and the text boxes that hang on it."""
    pieces: list[str] = []
    boxes: list[Any] = []
    walk = etree.iterwalk(paragraph, events=("start",))
    for _, element in walk:
        if element.tag in _DOCX_UNREAD:
            walk.skip_subtree()
        elif element.tag == _W + "txbxContent":
            boxes.append(element)
            walk.skip_subtree()
        elif element.tag in _DOCX_TEXT:
            pieces.append(element.text or "")
        elif element.tag == _W + "sym":
            code = int(element.get(_W + "char", "fffd"), 16)
            pieces.append("\ufffd" if 0xD800 <= code < 0xE000 else chr(code))
        elif element.tag == _W + "br" and element.get(_W + "type", "textWrapping") == "textWrapping":
            pieces.append("\n")
        else:
            # The tabs of a paragraph's format are called tab too.
            pieces.append(_DOCX_CHARACTERS.get(element.tag, "") if element.getparent().tag == _W + "r" else "")
    return "".join(pieces), boxes


# What PDF programs give for a letter that the file maps to no character.
_UNMAPPED = re.compile(r"[\ue000-\uf8ff\ufffc-\uffff\x00-\x08]")


@dataclass(slots=True)
class _Piece:
    """A run of text on a PDF page and its box, in points from the bottom left."""

    text: str
    left: float
    bottom: float
    right: float
    top: float


def pdf_text(data: bytes, path: PurePath) -> Content:
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
    shown = "".join(text.split())
    if len(shown) < 10:
        raise InputError("a PDF without a text layer (a scan)", file=path, way_out="recognise its text first (OCR)")
    if len(_UNMAPPED.findall(shown)) > len(shown) / 4:
        raise InputError("a PDF whose letters have no characters", file=path, way_out="recognise its text first (OCR)")
    blank = [str(number) for number, page_text in enumerate(pages, 1) if not page_text.strip()]
    odd = (f"no text on page {', '.join(blank[:10])}{' …' * (len(blank) > 10)}: a picture or a scan",) * bool(blank)
    odd += tuple(f"{what}: {count}, which are not read" for what, count in found["beside"].items() if count)
    meta = {"title": given.get("Title", ""), "author": given.get("Author", "")}
    return Content(text, {key: value for key, value in meta.items() if value}, f"pages: {len(pages)}", odd)


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
