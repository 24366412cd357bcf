"""Files to documents: the text as decoded, and how it was decoded.

What a file is, is told by its bytes; its name decides only between kinds of plain text. Encodings are tried in the
order byte-order mark, UTF-8, and then GB18030 against Big5 (and what an HTML page declares) by how common the Chinese
characters are that each would give, for nearly any bytes are some GB18030 text. A few broken bytes become U+FFFD, and
`Document.notes` says where they were. Each other format has its library: lxml for HTML (a news page is mostly
navigation; all of it is kept, and `clean` labels it), python-docx for DOCX, pypdfium2 for PDF, openpyxl for XLSX.
"""

import hashlib
import io
import json
import re
import zipfile
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path, PurePath, PurePosixPath

from reformtext.errors import InputError
from reformtext.texts.encodings import decode
from reformtext.texts.exports import TEXT_COLUMNS, Rows, delimited_rows, json_rows, sheet_rows, text_column
from reformtext.texts.formats import DAMAGED, docx_text, html_text, pdf_text


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
        The file's name, with its subfolders where a folder was read.
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


SIZE_LIMIT = 200_000_000  # bytes of one file, unpacked
# Of a ZIP archive with those inside it: how many files, how many bytes unpacked in all, and how deep they may lie.
ARCHIVE_ENTRIES, ARCHIVE_BYTES, ARCHIVE_DEPTH = 100_000, 4_000_000_000, 3


def read(
    path: str | Path, *, limit: int = SIZE_LIMIT, on_error: Callable[[InputError], None] | None = None
) -> list[Document]:
    """Read a file, or every file of a folder.

    Plain text, HTML, DOCX, PDF with a text layer, exports as CSV, TSV, XLSX, JSON and JSON Lines, one document a row,
    and ZIP archives of any of these.

    Parameters
    ----------
    path : str or path-like
        A file, or a folder with its subfolders: files by name, hidden ones and ``metadata.csv`` left out.
    limit : int
        Refuse a file of more bytes. What an archive may hold at most is said by `ARCHIVE_ENTRIES`, `ARCHIVE_BYTES`
        and `ARCHIVE_DEPTH` in this module.
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
    errors: list[InputError] = []

    def fail(error: InputError) -> None:
        errors.append(error)
        if on_error is not None:
            on_error(error)

    if path.is_file():
        documents, count = _read_file(path, path.stem, limit, fail), 0
    elif path.is_dir():
        documents, count = _read_folder(path, limit, fail)
    elif path.exists():
        raise InputError("neither a file nor a folder", file=path, way_out="give a file of text")
    else:
        raise InputError("there is no such file or folder", file=path, way_out="check the path")
    if errors and on_error is None:
        if len(errors) == 1:
            raise errors[0]
        among = f" of {count}" if count else ""
        raise InputError("\n".join([f"{len(errors)}{among} files cannot be read", *map(str, errors)]), file=path)
    return documents


_Fail = Callable[[InputError], None]


def _read_folder(path: Path, limit: int, fail: _Fail) -> tuple[list[Document], int]:
    """Read every file of a folder; what is no file, and what cannot be read, is told and the rest goes on."""
    inside = [(file.relative_to(path), file) for file in sorted(path.rglob("*"))]
    inside = [(inner, file) for inner, file in inside if _is_wanted(inner)]
    files = [(inner, file) for inner, file in inside if file.is_file()]
    for _, file in inside:
        if file.is_symlink() and not file.is_file():
            fail(InputError("a link that leads to no file", file=file, way_out="put the file itself there"))
        elif not (file.is_file() or file.is_dir()):
            fail(InputError("no file: a pipe, a socket or a device", file=file, way_out="take it away"))
    if not files:
        raise InputError("the folder holds no file to read", file=path, way_out="put the articles in it")
    documents: list[Document] = []
    for name, (inner, file) in zip(_names([inner for inner, _ in files]), files, strict=True):
        try:
            found = _read_file(file, name, limit, fail)
            documents += [replace(one, file=(inner.parent / one.file).as_posix()) for one in found]
        except InputError as error:
            fail(error)
    return documents, len(files)


def _is_wanted(inner: PurePath) -> bool:
    """Leave out hidden files, those that systems and programs add, and the metadata beside the texts."""
    return inner.name != "metadata.csv" and not any(
        part.startswith((".", "~$", "__MACOSX")) and part != ".." for part in inner.parts
    )


def _names(files: Sequence[PurePath]) -> list[str]:
    """Name documents after their files; two files of one name keep their endings."""
    names = ["-".join(inner.with_suffix("").parts) for inner in files]
    uses = Counter(names)
    return [name if uses[name] == 1 else "-".join(file.parts) for name, file in zip(names, files, strict=True)]


def _read_file(path: Path, name: str, limit: int, fail: _Fail) -> list[Document]:
    """Read one file into its document, an export into one for each row, an archive into those of its files."""
    try:
        size = path.stat().st_size
        if size > limit:
            raise InputError(
                f"{size:,} bytes are more than the limit of {limit:,}",
                file=path,
                way_out="split the file, or raise the limit",
            )
        data = path.read_bytes()
    except OSError as error:
        raise InputError(f"cannot be opened ({error.strerror})", file=path, way_out="check its permissions") from error
    return _documents(data, path, name, limit, fail)


@dataclass
class _Room:
    """What archives in one another may still hold together."""

    depth: int
    entries: int
    bytes: int


def _documents(
    data: bytes, path: PurePath, name: str, limit: int, fail: _Fail, room: _Room | None = None
) -> list[Document]:
    """Tell what a file's bytes are, and read them."""
    if not data.strip():
        raise InputError("the file is empty", file=path, way_out="put the article's text in it, or take it away")
    kind = _kind(data, path)
    digest = hashlib.sha256(data).hexdigest()
    if kind == "zip":
        room = room or _Room(ARCHIVE_DEPTH, ARCHIVE_ENTRIES, ARCHIVE_BYTES)
        return _unpacked(data, path, name, limit, fail, room)
    if kind == "docx":
        text, meta = docx_text(data, path, limit)
        return [Document(name, text, meta, "", kind, digest, path.name)]
    if kind == "pdf":
        text, meta = pdf_text(data, path)
        return [Document(name, text, meta, "", kind, digest, path.name)]
    if kind == "xlsx":
        return _row_documents(sheet_rows(data, path, limit), name, path, kind, "", ())
    text, encoding, notes = decode(data, path)
    kind = _text_kind(text, path)
    if kind == "html":
        text, meta = html_text(text, path)
        return [Document(name, text, meta, encoding, kind, digest, path.name, notes)]
    if kind == "text":
        return [Document(name, text, {}, encoding, kind, digest, path.name, notes)]
    rows = delimited_rows(text, path) if kind in ("csv", "tsv") else json_rows(text, path, kind)
    return _row_documents(rows, name, path, kind, encoding, notes)


def _unpacked(data: bytes, path: PurePath, name: str, limit: int, fail: _Fail, room: _Room) -> list[Document]:
    """Read the files of a ZIP archive from memory; nothing is written, so no name in it can lead anywhere."""
    smaller = "unpack it, take out what is no text, and give the folder"
    if room.depth <= 0:
        raise InputError(f"archives in archives, more than {ARCHIVE_DEPTH} deep", file=path, way_out=smaller)
    documents: list[Document] = []
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        entries = _entries(archive, path, fail)
        total = sum(entry.file_size for entry in entries.values())
        room.entries, room.bytes = room.entries - len(entries), room.bytes - total
        if room.entries < 0 or room.bytes < 0:
            size = (
                f"{len(entries):,} files of {total:,} bytes, more than {ARCHIVE_ENTRIES:,} or {ARCHIVE_BYTES:,} in all"
            )
            raise InputError(size, file=path, way_out=smaller)
        files = [inner for inner in sorted(entries) if _is_wanted(inner)]
        if not files:
            raise InputError("an archive without a file to read", file=path, way_out="put the articles in it")
        room.depth -= 1
        for inner, own in zip(files, _names(files), strict=True):
            here = path / inner
            try:
                if ".." in inner.parts or inner.is_absolute() or re.match("[A-Za-z]:", str(inner)):
                    raise InputError(
                        "a name that leads out of the archive", file=path, place=str(inner), way_out="pack it anew"
                    )
                part = _entry_bytes(archive, entries[inner], here, limit)
                found = _documents(part, here, f"{name}-{own}", limit, fail, room)
                documents += [replace(one, file=f"{path.name}/{inner.parent / one.file}") for one in found]
            except InputError as error:
                fail(error)
        room.depth += 1
    return documents


def _entries(archive: zipfile.ZipFile, path: PurePath, fail: _Fail) -> dict[PurePosixPath, zipfile.ZipInfo]:
    """List an archive's files by their names; one that nobody could tell from another is told and left out."""
    entries: dict[PurePosixPath, zipfile.ZipInfo] = {}
    for entry in archive.infolist():
        name = _entry_name(entry)
        if name.endswith("/") and not entry.file_size:
            continue  # a folder
        inner = PurePosixPath(name)
        if inner in entries or not inner.name:
            said = "two files of one name in an archive" if inner.name else "a file without a name in an archive"
            fail(InputError(said, file=path, place=repr(str(inner)), way_out="unpack it and name them apart"))
        else:
            entries[inner] = entry
    return entries


def _entry_name(entry: zipfile.ZipInfo) -> str:
    """Give an entry's name: UTF-8 where it says so, else what Chinese Windows writes (GB18030)."""
    name = entry.filename
    if not entry.flag_bits & 0x800:
        try:
            raw = name.encode("cp437")
        except UnicodeEncodeError:
            return name
        for encoding in ("utf-8", "gb18030"):
            try:
                return raw.decode(encoding).replace("\\", "/")
            except UnicodeDecodeError:
                continue
    return name.replace("\\", "/")


def _entry_bytes(archive: zipfile.ZipFile, entry: zipfile.ZipInfo, path: PurePath, limit: int) -> bytes:
    """Unpack one entry, up to the limit whatever its header says."""
    if entry.flag_bits & 0x1:
        raise InputError("packed with a password", file=path, way_out="unpack it with its password first")
    try:
        with archive.open(entry) as part:
            data = part.read(limit + 1)
    except DAMAGED as error:
        raise InputError("damaged in its archive", file=path, way_out="pack it anew") from error
    if len(data) > limit:
        way_out = "split the file, or raise the limit"
        raise InputError(f"more than the limit of {limit:,} bytes", file=path, way_out=way_out)
    return data


# ---- what a file is ------------------------------------------------------------------------------------------------

_REFUSED = (
    (
        b"\xd0\xcf\x11\xe0",
        "an old Office file (.doc, .xls) or one with a password",
        "save it as .docx or .txt, without a password",
    ),
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


def _kind(data: bytes, path: PurePath) -> str:
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
        except DAMAGED as error:
            raise InputError(
                "a DOCX or ZIP file that is cut off or damaged", file=path, way_out="get it again from where it came"
            ) from error
        if "word/document.xml" in inside:
            return "docx"
        return "xlsx" if "xl/workbook.xml" in inside else "zip"
    if path.suffix.lower() == ".docx":
        raise InputError(
            "named .docx, but it is no DOCX file",
            file=path,
            way_out="give it the ending of what it is, such as .txt or .html",
        )
    return "text"


_HTML_START = re.compile(
    r"\s*(?:<\?xml[^>]{0,200}>\s*)?(?:<!--.{0,2000}?-->\s*)?<(?:!doctype\s+html|html|head|body|meta|div|table|"
    r"article)\b",
    re.IGNORECASE | re.DOTALL,
)
_HTML_TAG = re.compile(r"</?(?:p|div|br|span|table|td|a|html|body|script|h[1-6]|li)\b[^<>]{0,500}>", re.IGNORECASE)


def _text_kind(text: str, path: PurePath) -> str:
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
    named = len(cells) > 1 and any(cell in TEXT_COLUMNS for cell in cells)
    # A line of prose may hold a comma and the word 正文: a file that calls itself text is taken at its word.
    if ending in ("csv", "tsv", "tab") or (named and ending not in ("txt", "md", "text")):
        return "tsv" if first.count("\t") > first.count(",") else "csv"
    return "text"


def _is_json(line: str) -> bool:
    """Tell a line that is one JSON object."""
    try:
        return isinstance(json.loads(line), dict)
    except (ValueError, RecursionError):
        return False


def _row_documents(
    rows: Rows, name: str, path: PurePath, kind: str, encoding: str, notes: Iterable[str]
) -> list[Document]:
    """Make a document of each row; the other columns are its metadata."""
    if not rows:
        raise InputError("an export without rows", file=path, way_out="export it again")
    column = text_column(rows, path)
    documents = []
    for number, (line, row) in enumerate(rows, 1):
        text = row.get(column, "")
        meta = {key: value for key, value in row.items() if key != column and value}
        said = [*notes, f"text in column “{column}”, line {line}"] + ["no text in this row"] * (not text.strip())
        digest = hashlib.sha256(text.encode("utf-8")).hexdigest()
        documents.append(Document(f"{name}-{number:04d}", text, meta, encoding, kind, digest, path.name, tuple(said)))
    return documents
