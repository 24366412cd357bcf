"""Files to documents: the text as decoded, and how it was decoded.

What a file is, is told by its bytes; its name decides only between kinds of plain text. Encodings are tried in the
order byte-order mark, UTF-8, and then GB18030 against Big5 (and what an HTML page declares) by how common the Chinese
characters are that each would give, for nearly any bytes are some GB18030 text. A few broken bytes become U+FFFD, and
`Document.notes` says where they were. Each other format has its library: lxml for HTML (a news page is mostly
navigation; all of it is kept, and `clean` labels it), python-docx for DOCX, pypdfium2 for PDF.
"""

import codecs
import csv
import hashlib
import io
import json
import re
import zipfile
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from itertools import pairwise
from pathlib import Path
from statistics import median
from typing import Any

import charset_normalizer
import docx
import pypdfium2
from docx.table import Table
from lxml import etree, html

from reformtext.errors import InputError


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
        Of the file's bytes, hexadecimal; for a row of an export, of the row's text in UTF-8.
    file : str
        The file's name.
    notes : tuple of str
        How the encoding was told, and what was odd: broken bytes, a declared encoding that was not the real one.
    """

    name: str
    text: str
    meta: Mapping[str, str] = field(default_factory=dict)
    encoding: str = ""
    format: str = "text"
    sha256: str = ""
    file: str = ""
    notes: tuple[str, ...] = ()


SIZE_LIMIT = 200_000_000


def read(
    path: str | Path, *, limit: int = SIZE_LIMIT, on_error: Callable[[InputError], None] | None = None
) -> list[Document]:
    """Read a file, or every file of a folder.

    Plain text, HTML, DOCX, PDF with a text layer, and exports as CSV, TSV, JSON and JSON Lines, one document a row.

    Parameters
    ----------
    path : str or path-like
        A file, or a folder with its subfolders: files by name, hidden ones and ``metadata.csv`` left out.
    limit : int
        Refuse a file of more bytes.
    on_error : callable, optional
        Takes each file's `InputError`, and the other files are read; without it they are read too, and then one error
        is raised that names every file in trouble, one to a line.

    Returns
    -------
    list of Document
        In the order of the files' names. Two files of one name and different endings keep the ending in theirs.

    Raises
    ------
    InputError
        A path that is not there, or a file that cannot be used: its name, the place in it and the way out.

    Examples
    --------
    >>> import tempfile
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     written = Path(folder, "新城.txt").write_text("新城改革见成效", encoding="gb18030")
    ...     [(document.name, document.text, document.encoding) for document in read(folder)]
    [('新城', '新城改革见成效', 'gb18030')]
    """
    path = Path(path)
    if not path.exists():
        raise InputError("there is no such file or folder", file=path, way_out="check the path")
    if path.is_file():
        return _read_file(path, path.stem, limit)
    files = [(file.relative_to(path), file) for file in sorted(path.rglob("*")) if file.is_file()]
    files = [(inner, file) for inner, file in files if not any(part.startswith((".", "~$")) for part in inner.parts)]
    files = [(inner, file) for inner, file in files if inner.name != "metadata.csv"]
    if not files:
        raise InputError("the folder holds no file to read", file=path, way_out="put the articles in it")
    names = ["-".join(inner.with_suffix("").parts) for inner, _ in files]
    uses = Counter(names)
    documents: list[Document] = []
    errors: list[InputError] = []
    for (inner, file), name in zip(files, names, strict=True):
        try:
            documents += _read_file(file, name if uses[name] == 1 else "-".join(inner.parts), limit)
        except InputError as error:
            errors.append(error)
            if on_error is not None:
                on_error(error)
    if errors and on_error is None:
        if len(errors) == 1:
            raise errors[0]
        raise InputError("\n".join([f"{len(errors)} of {len(files)} files cannot be read", *map(str, errors)]), file=path)
    return documents


def _read_file(path: Path, name: str, limit: int) -> list[Document]:
    """Read one file into its document, or an export into one for each row."""
    try:
        size = path.stat().st_size
        if size > limit:
            raise InputError(f"{size:,} bytes are more than the limit of {limit:,}", file=path, way_out="split the file, or raise the limit")
        data = path.read_bytes()
    except OSError as error:
        raise InputError(f"cannot be opened ({error.strerror})", file=path, way_out="check its permissions") from error
    if not data.strip():
        raise InputError("the file is empty", file=path, way_out="put the article's text in it, or take it away")
    kind = _kind(data, path)
    digest = hashlib.sha256(data).hexdigest()
    if kind == "docx":
        text, meta = _docx_text(data, path, limit)
        return [Document(name, text, meta, "", kind, digest, path.name)]
    if kind == "pdf":
        text, meta = _pdf_text(data, path)
        return [Document(name, text, meta, "", kind, digest, path.name)]
    text, encoding, notes = _decode(data, path)
    kind = _text_kind(text, path)
    if kind == "html":
        text, meta = _html_text(text, path)
        return [Document(name, text, meta, encoding, kind, digest, path.name, notes)]
    if kind == "text":
        return [Document(name, text, {}, encoding, kind, digest, path.name, notes)]
    rows = _delimited_rows(text, path) if kind in ("csv", "tsv") else _json_rows(text, path, kind)
    return _row_documents(rows, name, path, kind, encoding, notes)


# ---- what a file is ------------------------------------------------------------------------------------------------

_REFUSED = (
    (b"\xd0\xcf\x11\xe0", "an old Office file (.doc, .xls) or one with a password", "save it as .docx or .txt, without a password"),
    (b"{\\rtf", "an RTF file", "save it as .docx or .txt"),
    (b"\x89PNG", "an image", "recognise its text first (OCR) and save that as .txt"),
    (b"\xff\xd8\xff", "an image", "recognise its text first (OCR) and save that as .txt"),
    (b"GIF8", "an image", "recognise its text first (OCR) and save that as .txt"),
    (b"II*\x00", "an image", "recognise its text first (OCR) and save that as .txt"),
    (b"\x1f\x8b", "a packed file", "unpack it first"),
    (b"Rar!", "a packed file", "unpack it first"),
    (b"7z\xbc\xaf", "a packed file", "unpack it first"),
    (b"SQLite format 3", "a database", "export its texts as CSV"),
)


def _kind(data: bytes, path: Path) -> str:
    """Tell DOCX, PDF and text by their bytes, and refuse what is none of them."""
    for magic, what, way_out in _REFUSED:
        if data.startswith(magic):
            raise InputError(f"{what}, which is not read", file=path, way_out=way_out)
    if b"%PDF-" in data[:1024]:
        return "pdf"
    if data.startswith(b"PK"):
        try:
            with zipfile.ZipFile(io.BytesIO(data)) as archive:
                inside = set(archive.namelist())
        except (zipfile.BadZipFile, ValueError, OverflowError) as error:
            raise InputError("a DOCX or ZIP file that is cut off or damaged", file=path, way_out="get it again from where it came") from error
        if "word/document.xml" in inside:
            return "docx"
        if "xl/workbook.xml" in inside:
            raise InputError("an Excel workbook, which is not read", file=path, way_out="save its sheet as “CSV UTF-8”")
        raise InputError("a ZIP archive, which is not read", file=path, way_out="unpack it and give the folder")
    if path.suffix.lower() == ".docx":
        raise InputError("named .docx, but it is no DOCX file", file=path, way_out="give it the ending of what it is, such as .txt or .html")
    return "text"


_TEXT_COLUMNS = ("full_text", "fulltext", "content", "text", "body", "article", "正文", "内容", "全文", "文本", "文章内容", "文章")
_HTML_START = re.compile(r"\s*(?:<\?xml[^>]{0,200}>\s*)?(?:<!--.{0,2000}?-->\s*)?<(?:!doctype\s+html|html|head|body|meta|div|table|article)\b", re.IGNORECASE | re.DOTALL)
_HTML_TAG = re.compile(r"</?(?:p|div|br|span|table|td|a|html|body|script|h[1-6]|li)\b[^<>]{0,500}>", re.IGNORECASE)


def _text_kind(text: str, path: Path) -> str:
    """Tell HTML, JSON and tables from plain text."""
    head = text[:20_000]
    ending = path.suffix.lower().lstrip(".")
    if _HTML_START.match(head) or (ending in ("html", "htm", "xhtml", "shtml") and len(_HTML_TAG.findall(head)) >= 2):
        return "html"
    if ending in ("jsonl", "ndjson", "json"):
        return "json" if ending == "json" else "jsonl"
    first = next((line for line in head.splitlines() if line.strip()), "")
    if first.startswith("{") and first.rstrip().endswith("}") and _is_json(first):
        return "jsonl"
    cells = [cell.strip().strip('"').lower() for cell in re.split(r"[,\t;]", first)]
    if ending in ("csv", "tsv", "tab") or (len(cells) > 1 and any(cell in _TEXT_COLUMNS for cell in cells)):
        return "tsv" if first.count("\t") > first.count(",") else "csv"
    return "text"


def _is_json(line: str) -> bool:
    """Tell a line that is one JSON object."""
    try:
        return isinstance(json.loads(line), dict)
    except (ValueError, RecursionError):
        return False


# ---- encodings -----------------------------------------------------------------------------------------------------

# The most frequent characters of Chinese print, simplified and traditional; the first line is common to both.
_COMMON = frozenset(
    "的一是在不有人中大上和地市工作我他生到以可主要年出同民日月多成自行方全部分心力下理公高政家定本法面小三化加新于好合正如用等度文安水四第二六五七十改革道"
    "这来为国个们时说学会发对产经动义进种过现实开关业机关间问题农设济领导动战经济点长书记制造坚务区县乡镇党级构资车电门网络项万亿质标准众营调单数据总员与强建创"
    "這來為國個們時說學會發對產經動義進種過現實開關業機間問題農設濟領導戰點長書記務區縣鄉鎮黨級構資車電門網絡項萬億質標準眾營調單數據總員與強建創於後從"
)
_BOMS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
    (b"\x84\x31\x95\x33", "gb18030"),
)
_DECLARED = re.compile(rb"charset\s{0,3}=\s{0,3}[\"']?\s{0,3}([A-Za-z0-9_.:-]{2,30})|encoding=[\"']([A-Za-z0-9_.:-]{2,30})[\"']", re.IGNORECASE)
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0e-\x1f\x7f]")


def _decode(data: bytes, path: Path) -> tuple[str, str, tuple[str, ...]]:
    """Decode a file's bytes: the text, the encoding's name, and notes on how it was told and what was odd."""
    declared = _declared(data[:4096])
    for mark, encoding in _BOMS:
        if data.startswith(mark):
            text, broken = _mended(data[len(mark) :], encoding)
            return _checked(text, encoding, [f"{encoding} by its byte-order mark", *_broken_note(broken, len(mark))], declared, path)
    try:
        text = data.decode("utf-8")
        if not _is_utf16(data):
            how = "ascii, read as utf-8" if text.isascii() else "utf-8: every byte fits"
            return _checked(text, "utf-8", [how], declared, path)
    except UnicodeDecodeError:
        pass
    sample = _sample(data)
    candidates = ["utf-8", "gb18030", "big5hkscs"]
    if _is_utf16(data):
        candidates = ["utf-16-le", "utf-16-be"]
    if declared and declared not in candidates:
        candidates.append(declared)
    scores = {encoding: _likeness(sample, encoding) for encoding in candidates}
    best = max(candidates, key=lambda encoding: scores[encoding])
    if scores[best] < 0.15:
        guess = charset_normalizer.from_bytes(sample[:65_536]).best()
        if guess is None or best.startswith("utf-16"):
            raise InputError("its encoding cannot be told", file=path, way_out="save it as UTF-8 text")
        text, broken = _mended(data, guess.encoding)
        return _checked(text, guess.encoding, [f"{guess.encoding}: a guess", *_broken_note(broken)], declared, path)
    text, broken = _mended(data, best)
    said = f"{best}: likeliest by its characters ({scores[best]:.2f}; " + ", ".join(f"{e} {s:.2f}" for e, s in scores.items() if e != best) + ")"
    return _checked(text, best, [said, *_broken_note(broken)], declared, path)


def _is_utf16(data: bytes) -> bool:
    """Tell UTF-16 without a mark: its line ends and Latin letters hold NULs, all in odd or all in even places."""
    sample = data[:65_536]
    odd, even = sample[1::2].count(0), sample[::2].count(0)
    return len(data) % 2 == 0 and max(odd, even) >= 1 and min(odd, even) <= 0.05 * max(odd, even)


def _checked(text: str, encoding: str, notes: list[str], declared: str, path: Path) -> tuple[str, str, tuple[str, ...]]:
    """Note a wrong declaration and control characters; refuse what is no text."""
    if declared and declared != encoding and not (declared == "ascii" or encoding.startswith("utf-16")):
        notes.append(f"declares {declared}, is {encoding}")
    odd = _CONTROL.findall(text)
    if len(odd) > 5 and len(odd) > len(text) / 50:
        raise InputError("a binary file, not text", file=path, way_out="give the text, not the program's own file")
    if odd:
        notes.append(f"{len(odd)} control characters")
    if not text.strip():
        raise InputError("the file holds only blanks", file=path, way_out="put the article's text in it, or take it away")
    return text, encoding, tuple(notes)


def _declared(head: bytes) -> str:
    """Give the encoding that a page names in its head, by its usual name; empty where it names none that is known."""
    found = _DECLARED.search(head)
    if not found or b"<" not in head:
        return ""
    try:
        name = codecs.lookup((found[1] or found[2]).decode("ascii")).name
    except LookupError:
        return ""
    return {"gb2312": "gb18030", "gbk": "gb18030", "big5": "big5hkscs", "cp950": "big5hkscs"}.get(name, name)


def _sample(data: bytes) -> bytes:
    """Take the first bytes, up to a line's end so that no character is cut."""
    if len(data) <= 65_536:
        return data
    cut = data.rfind(b"\n", 0, 65_536)
    return data[: cut + 1 if cut > 1000 else 65_536]


def _likeness(sample: bytes, encoding: str) -> float:
    """Score how much bytes look like Chinese text in an encoding: the share of common characters, less broken ones."""
    try:
        text = sample.decode(encoding, errors="replace")
    except (LookupError, ValueError):
        return 0.0
    written = [character for character in text if character > "\x7f"]
    if not written:
        return 0.0
    # Several thousand characters make up Chinese print, a few hundred of them half of it.
    good = sum(character in _COMMON or character in "，。、；：“”（）《》？！" for character in written)
    return (good - 5 * written.count("\ufffd")) / len(written)


def _mended(data: bytes, encoding: str) -> tuple[str, list[int]]:
    """Decode, with U+FFFD for each stretch of broken bytes, and give where they were."""
    decode = codecs.getdecoder(encoding)
    view = memoryview(data)
    pieces: list[str] = []
    broken: list[int] = []
    at = 0
    while at < len(data):
        try:
            pieces.append(decode(view[at:], "strict")[0])
            break
        except UnicodeDecodeError as error:
            if len(broken) >= 1000:
                pieces.append(decode(view[at:], "replace")[0])
                break
            pieces.append(decode(view[at : at + error.start], "strict")[0] + "\ufffd")
            broken.append(at + error.start)
            at += error.end
    return "".join(pieces), broken


def _broken_note(broken: list[int], shift: int = 0) -> list[str]:
    """Say where broken bytes were."""
    if not broken:
        return []
    places = ", ".join(str(place + shift) for place in broken[:10]) + (" …" if len(broken) > 10 else "")
    return [f"{len(broken)} broken byte sequence{'s' * (len(broken) > 1)}, now U+FFFD, at byte {places}"]


# ---- HTML ----------------------------------------------------------------------------------------------------------

_UNSEEN = frozenset(["script", "style", "template", "head", "noscript", "iframe", "svg", "textarea"])
_EDGE, _IMAGE = "\x1e", "\x1d"
_BREAKS = dict.fromkeys(
    "address article aside blockquote body center dd details dialog div dl dt fieldset figcaption figure footer form "
    "h1 h2 h3 h4 h5 h6 header hr li main nav ol p pre section summary table tbody tfoot thead tr ul caption option "
    "select founder-content".split(),
    _EDGE,
) | {"br": "\n", "img": _IMAGE}
_BREAK = re.compile(r"[ \t]*[\n\x1d\x1e][ \t\n\x1d\x1e]*")
_PAGE_FIELDS = {
    "title": ("og:title", "articletitle", "title"),
    "date": ("article:published_time", "publishdate", "pubdate", "date", "firstpublishedtime", "createdate"),
    "source": ("contentsource", "source", "og:site_name", "sitename"),
    "author": ("author", "article:author"),
}


def _html_text(text: str, path: Path) -> tuple[str, dict[str, str]]:
    """Give a page's text with its block elements as lines, and the fields of its head."""
    parser = html.HTMLParser(encoding="utf-8", huge_tree=True, remove_comments=True, remove_pis=True)
    try:
        root = html.document_fromstring(text.replace("\x00", "\ufffd").encode("utf-8"), parser=parser)
    except (etree.ParserError, etree.XMLSyntaxError) as error:
        raise InputError("an HTML page without content", file=path, way_out="save the page again") from error
    if any(entry.type_name == "ERR_RESOURCE_LIMIT" for entry in parser.error_log):
        raise InputError("HTML nested too deeply to be read whole", file=path, way_out="save the page as text in a browser")
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
        raise InputError("an HTML page without text", file=path, way_out="save the page from the browser once it shows its text")
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


# ---- DOCX and PDF --------------------------------------------------------------------------------------------------


def _docx_text(data: bytes, path: Path, limit: int) -> tuple[str, dict[str, str]]:
    """Give the paragraphs, tables (a row a line) and text boxes of a DOCX file in their order."""
    damaged = InputError("a damaged DOCX file", file=path, way_out="open it in a word processor and save it again")
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            if sum(entry.file_size for entry in archive.infolist()) > limit:
                raise InputError(f"unpacks to more than {limit:,} bytes", file=path, way_out="take out its pictures, or raise the limit")
        document = docx.Document(io.BytesIO(data))
    except (KeyError, ValueError, etree.XMLSyntaxError, zipfile.BadZipFile, OSError) as error:
        if isinstance(error, InputError):
            raise
        raise damaged from error
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
        raise InputError("a DOCX file without text", file=path, way_out="if it holds pictures of text, recognise them first (OCR)")
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


def _pdf_text(data: bytes, path: Path) -> tuple[str, dict[str, str]]:
    """Give a PDF's text layer in reading order, column by column."""
    try:
        document = pypdfium2.PdfDocument(data)
    except pypdfium2.PdfiumError as error:
        if "password" in str(error).lower():
            raise InputError("a PDF with a password", file=path, way_out="save it without the password") from error
        raise InputError("a damaged PDF", file=path, way_out="get it again, or save its text as .txt") from error
    pages: list[str] = []
    try:
        for number in range(len(document)):
            page = document[number]
            text_page = page.get_textpage()
            pieces = []
            for k in range(text_page.count_rects()):
                left, bottom, right, top = text_page.get_rect(k)
                text = text_page.get_text_bounded(left, bottom, right, top).replace("\r\n", "").replace("\n", "")
                if text.strip():
                    pieces.append(_Piece(text, left, bottom, right, top))
            pages.append("\n".join(_page_lines(_lines_of(pieces))))
            text_page.close()
            page.close()
        given = document.get_metadata_dict()
    except pypdfium2.PdfiumError as error:
        raise InputError("a damaged page", file=path, place=f"page {len(pages) + 1}", way_out="save its text as .txt") from error
    finally:
        document.close()
    text = "\n\f\n".join(pages)
    if len(text.split()) == 0 or sum(not character.isspace() for character in text) < 10:
        raise InputError("a PDF without a text layer (a scan)", file=path, way_out="recognise its text first (OCR)")
    meta = {"title": given.get("Title", ""), "author": given.get("Author", "")}
    return text, {key: value for key, value in meta.items() if value}


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
    for side in ([p for p in band if (p.left + p.right) / 2 < gutter], [p for p in band if (p.left + p.right) / 2 >= gutter]):
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
            room = min((p.left for p in pieces if p.left >= x), default=x) - max((p.right for p in pieces if p.right <= x), default=x)
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


# ---- exports -------------------------------------------------------------------------------------------------------


def _delimited_rows(text: str, path: Path) -> list[tuple[int, dict[str, str]]]:
    """Read a CSV or TSV export: for each row its line and its cells by column."""
    first = next(line for line in text.splitlines() if line.strip())
    delimiter = max("\t,;", key=first.count)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    before = csv.field_size_limit(len(text) + 1)
    rows: list[tuple[int, dict[str, str]]] = []
    try:
        header = [cell.strip() for cell in next(reader)]
        if len(set(header)) < len(header):
            raise InputError("two columns of one name", file=path, place="line 1", way_out="name them apart")
        line = reader.line_num + 1
        for cells in reader:
            if any(cell.strip() for cell in cells):
                if len(cells) != len(header):
                    raise InputError(f"{len(cells)} cells where the header has {len(header)}", file=path, place=f"line {line}", way_out="put quotation marks around a cell that holds the separator")
                rows.append((line, dict(zip(header, cells, strict=True))))
            line = reader.line_num + 1
    except csv.Error as error:
        raise InputError(f"not well-formed CSV ({error})", file=path, place=f"line {reader.line_num}", way_out="save it as “CSV UTF-8” from a spreadsheet") from error
    finally:
        csv.field_size_limit(before)
    return rows


def _json_rows(text: str, path: Path, kind: str) -> list[tuple[int, dict[str, str]]]:
    """Read JSON Lines, or a JSON file of one object or a list of them."""
    whole = [(1, text)] if kind == "json" else [(n, line) for n, line in enumerate(text.split("\n"), 1) if line.strip()]
    rows: list[tuple[int, dict[str, str]]] = []
    for number, line in whole:
        try:
            given = json.loads(line)
        except (ValueError, RecursionError) as error:
            place = f"line {number + error.lineno - 1}" if isinstance(error, json.JSONDecodeError) else f"line {number}"
            raise InputError("not well-formed JSON", file=path, place=place, way_out="write the export again") from error
        for row in given if isinstance(given, list) else [given]:
            if not isinstance(row, dict):
                raise InputError("not a JSON object", file=path, place=f"line {number}", way_out="give each article as an object with its text in “content”")
            rows.append((number, {str(key): _cell(value) for key, value in row.items()}))
    return rows


def _cell(value: object) -> str:
    """Give a JSON value as text; half a surrogate pair becomes U+FFFD."""
    text = value if isinstance(value, str) else "" if value is None else json.dumps(value, ensure_ascii=False)
    return re.sub(r"[\ud800-\udfff]", "\ufffd", text)


def _row_documents(
    rows: list[tuple[int, dict[str, str]]], name: str, path: Path, kind: str, encoding: str, notes: Iterable[str]
) -> list[Document]:
    """Make a document of each row; the other columns are its metadata."""
    if not rows:
        raise InputError("an export without rows", file=path, way_out="export it again")
    column = _text_column(rows, path)
    documents = []
    for number, (line, row) in enumerate(rows, 1):
        text = row.get(column, "")
        meta = {key: value for key, value in row.items() if key != column and value}
        said = [*notes, f"text in column “{column}”, line {line}"] + ["no text in this row"] * (not text.strip())
        digest = hashlib.sha256(text.encode("utf-8")).hexdigest()
        documents.append(Document(f"{name}-{number:04d}", text, meta, encoding, kind, digest, path.name, tuple(said)))
    return documents


def _text_column(rows: list[tuple[int, dict[str, str]]], path: Path) -> str:
    """Find the column that holds the texts: by its name, else the one with the most text."""
    columns = list(dict.fromkeys(key for _, row in rows for key in row))
    for known in _TEXT_COLUMNS:
        for column in columns:
            if column.lower() == known:
                return column
    size = {column: sum(len(row.get(column, "")) for _, row in rows) / len(rows) for column in columns}
    longest = max(columns, key=lambda column: size[column], default="")
    if not longest or size[longest] < 30:
        raise InputError(f"no column holds texts (columns: {', '.join(columns)[:200]})", file=path, place="line 1", way_out="name the column of the articles “text”")
    return longest
