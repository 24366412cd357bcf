"""What a file is, told by its bytes; its name decides only between kinds of plain text."""

import email
import io
import re
import zipfile
from email.errors import MessageError
from pathlib import PurePath

from reformtext.errors import InputError
from reformtext.texts.exports import told_export
from reformtext.texts.formats import DAMAGED

_OCR = "recognise its text first (OCR) and save that as .txt"
_SAVE = "open it in its own program and save it as .docx or .txt"
_REFUSED = (
    (
        b"\xd0\xcf\x11\xe0",
        "an old Office file (.doc, .xls, .wps) or one with a password",
        "save it as .docx or .txt, without a password",
    ),
    (b"{\\rtf", "an RTF file", "save it as .docx or .txt"),
    (b"%!PS", "a PostScript file", "make a PDF of it"),
    (b"AT&TFORM", "a DjVu scan", _OCR),
    (b"ITSF", "a help file (CHM)", "save its pages as HTML"),
    (b"bplist00", "a web archive of Safari", "save the page as HTML"),
    (b"PAR1", "a Parquet table", "save it as CSV"),
    (b"SQLite format 3", "a database", "export its texts as CSV"),
    *((magic, "an image", _OCR) for magic in (b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"II*\x00", b"MM\x00*", b"8BPS")),
    *((magic, "an image", _OCR) for magic in (b"\x00\x00\x00\x0cjP", b"\x00\x00\x00\x18ftyphei")),
    *(
        (magic, "a packed file", "unpack it first")
        for magic in (b"\x1f\x8b", b"Rar!", b"7z\xbc\xaf", b"BZh9", b"\xfd7zXZ", b"\x28\xb5\x2f\xfd")
    ),
    *(
        (magic, "a CNKI file (CAJ, KDH, NH)", "open it in CAJViewer and print it to a PDF, or recognise its text (OCR)")
        for magic in (b"CAJ\x00", b"HN\xc8\x00", b"HN\x90\x00", b"KDH ", b"TEB\x00")
    ),
)
_CNKI = frozenset((".caj", ".kdh", ".nh", ".caa", ".teb"))
# ZIP files that are a program's own, by a file that each has inside.
_PACKAGES = {
    "ppt/presentation.xml": ("a presentation (.pptx)", "copy its text into a .docx or .txt"),
    "META-INF/container.xml": ("an e-book (EPUB)", "convert it to .docx, HTML or .txt"),
    "content.xml": ("an OpenDocument file (.odt, .ods)", "save it as .docx or .xlsx"),
    "OFD.xml": ("an OFD document", "print it to a PDF"),
    "Index/Document.iwa": ("a Pages document", "export it as .docx"),
}
_MHTML = re.compile(rb"(?:[\w-]+:[^\r\n]*\r?\n(?:[ \t][^\r\n]*\r?\n)*){1,30}", re.ASCII)
_HTML_START = re.compile(
    r"\s*(?:<\?xml[^>]{0,200}>\s*)?(?:<!--.{0,2000}?-->\s*)?<(?:!doctype\s+html|html|head|body|meta|div|table|"
    r"article)\b",
    re.IGNORECASE | re.DOTALL,
)
_HTML_TAG = re.compile(r"</?(?:p|div|br|span|table|td|a|html|body|script|h[1-6]|li)\b[^<>]{0,500}>", re.IGNORECASE)


def kind_of(data: bytes, path: PurePath) -> tuple[str, str]:
    """Tell ``docx``, ``xlsx``, ``pdf``, ``zip``, ``mhtml`` and ``text``, and how; refuse what is none of them."""
    for magic, what, way_out in _REFUSED:
        if data.startswith(magic):
            raise InputError(f"{what}, which is not read", file=path, way_out=way_out)
    if b"%PDF-" in data[:1024]:
        return "pdf", "%PDF- at its beginning"
    if data.startswith(b"PK"):
        return _package(data, path)
    if data[257:262] == b"ustar":
        raise InputError("a packed file, which is not read", file=path, way_out="unpack it first")
    ending = path.suffix.lower()
    if ending in _CNKI:
        raise InputError(
            "a CNKI file, which is not read",
            file=path,
            way_out="open it in CAJViewer and print it to a PDF, or recognise its text (OCR)",
        )
    if ending in (".docx", ".xlsx"):
        raise InputError(
            f"named {ending}, but it is no {ending[1:].upper()} file",
            file=path,
            way_out="give it the ending of what it is, such as .txt or .html",
        )
    head = _MHTML.match(data[:8000])
    if head and b"mime-version:" in head[0].lower() and b"content-type:" in head[0].lower():
        return "mhtml", "the head of a MIME message"
    return "text", ""


def _package(data: bytes, path: PurePath) -> tuple[str, str]:
    """Tell what a ZIP file is by the files inside."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            inside = set(archive.namelist())
    except DAMAGED as error:
        raise InputError(
            "a DOCX or ZIP file that is cut off or damaged", file=path, way_out="get it again from where it came"
        ) from error
    for kind, part in (("docx", "word/document.xml"), ("xlsx", "xl/workbook.xml")):
        if part in inside:
            return kind, f"a ZIP file with {part}"
    for part, (what, way_out) in _PACKAGES.items():
        if part in inside:
            raise InputError(f"{what}, which is not read", file=path, way_out=way_out)
    return "zip", "PK at its beginning"


def text_kind(text: str, path: PurePath) -> tuple[str, str]:
    """Tell HTML, exports (``csv``, ``tsv``, ``json``, ``jsonl``) and plain text, and how."""
    head = text[:20_000]
    ending = path.suffix.lower().lstrip(".")
    if _HTML_START.match(head):
        return "html", "it opens with an HTML tag"
    if ending in ("html", "htm", "xhtml", "shtml") and len(_HTML_TAG.findall(head)) >= 2:
        return "html", "its name and its tags"
    kind, told = told_export(text, ending)
    return (kind, told) if kind else ("text", "no mark of another kind")


def page_of(data: bytes, path: PurePath) -> bytes:
    """Give the page of a web archive (MHTML)."""
    way_out = "save the page as HTML"
    try:
        message = email.message_from_bytes(data)
        parts = [part for part in message.walk() if part.get_content_type() in ("text/html", "text/plain")]
        pages = [part for part in parts if part.get_content_type() == "text/html"] or parts
        page = pages[0].get_payload(decode=True) if pages else None
    except (MessageError, RecursionError, ValueError, LookupError) as error:
        raise InputError("a damaged web archive", file=path, way_out=way_out) from error
    if not isinstance(page, bytes) or not page.strip():
        raise InputError("a web archive without a page", file=path, way_out=way_out)
    return page
