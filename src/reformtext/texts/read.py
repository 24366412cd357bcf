"""Files to documents: the text as decoded, and how it was decoded.

What a file is, is told by its bytes; its name decides only between kinds of plain text. Encodings are tried in the
order byte-order mark, UTF-8, and then GB18030 against Big5 (and what an HTML page declares) by how common the Chinese
characters are that each would give, for nearly any bytes are some GB18030 text. A few broken bytes become U+FFFD, and
`Document.notes` says where they were. Each other format has its library: lxml for HTML (a news page is mostly
navigation; all of it is kept, and `clean` labels it), python-docx for DOCX, pypdfium2 for PDF.
"""

import csv
import hashlib
import io
import json
import re
import zipfile
from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path

from reformtext.errors import InputError
from reformtext.texts.encodings import decode
from reformtext.texts.formats import docx_text, html_text, pdf_text


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
            found = _read_file(file, name if uses[name] == 1 else "-".join(inner.parts), limit)
            documents += [replace(document, file=inner.as_posix()) for document in found]
        except InputError as error:
            errors.append(error)
            if on_error is not None:
                on_error(error)
    if errors and on_error is None:
        if len(errors) == 1:
            raise errors[0]
        raise InputError(
            "\n".join([f"{len(errors)} of {len(files)} files cannot be read", *map(str, errors)]), file=path
        )
    return documents


def _read_file(path: Path, name: str, limit: int) -> list[Document]:
    """Read one file into its document, or an export into one for each row."""
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
    if not data.strip():
        raise InputError("the file is empty", file=path, way_out="put the article's text in it, or take it away")
    kind = _kind(data, path)
    digest = hashlib.sha256(data).hexdigest()
    if kind == "docx":
        text, meta = docx_text(data, path, limit)
        return [Document(name, text, meta, "", kind, digest, path.name)]
    if kind == "pdf":
        text, meta = pdf_text(data, path)
        return [Document(name, text, meta, "", kind, digest, path.name)]
    text, encoding, notes = decode(data, path)
    kind = _text_kind(text, path)
    if kind == "html":
        text, meta = html_text(text, path)
        return [Document(name, text, meta, encoding, kind, digest, path.name, notes)]
    if kind == "text":
        return [Document(name, text, {}, encoding, kind, digest, path.name, notes)]
    rows = _delimited_rows(text, path) if kind in ("csv", "tsv") else _json_rows(text, path, kind)
    return _row_documents(rows, name, path, kind, encoding, notes)


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
            raise InputError(
                "a DOCX or ZIP file that is cut off or damaged", file=path, way_out="get it again from where it came"
            ) from error
        if "word/document.xml" in inside:
            return "docx"
        if "xl/workbook.xml" in inside:
            raise InputError("an Excel workbook, which is not read", file=path, way_out="save its sheet as “CSV UTF-8”")
        raise InputError("a ZIP archive, which is not read", file=path, way_out="unpack it and give the folder")
    if path.suffix.lower() == ".docx":
        raise InputError(
            "named .docx, but it is no DOCX file",
            file=path,
            way_out="give it the ending of what it is, such as .txt or .html",
        )
    return "text"


_TEXT_COLUMNS = (
    "full_text",
    "fulltext",
    "content",
    "text",
    "body",
    "article",
    "正文",
    "内容",
    "全文",
    "文本",
    "文章内容",
    "文章",
)
_HTML_START = re.compile(
    r"\s*(?:<\?xml[^>]{0,200}>\s*)?(?:<!--.{0,2000}?-->\s*)?<(?:!doctype\s+html|html|head|body|meta|div|table|"
    r"article)\b",
    re.IGNORECASE | re.DOTALL,
)
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
    named = len(cells) > 1 and any(cell in _TEXT_COLUMNS for cell in cells)
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
                    raise InputError(
                        f"{len(cells)} cells where the header has {len(header)}",
                        file=path,
                        place=f"line {line}",
                        way_out="put quotation marks around a cell that holds the separator",
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
            raise InputError(
                "not well-formed JSON", file=path, place=place, way_out="write the export again"
            ) from error
        for row in given if isinstance(given, list) else [given]:
            if not isinstance(row, dict):
                raise InputError(
                    "not a JSON object",
                    file=path,
                    place=f"line {number}",
                    way_out="give each article as an object with its text in “content”",
                )
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
        raise InputError(
            f"no column holds texts (columns: {', '.join(columns)[:200]})",
            file=path,
            place="line 1",
            way_out="name the column of the articles “text”",
        )
    return longest
