"""Files to documents: the text as decoded, and how it was decoded.

What a file is, is told by its bytes (`kinds`), and how they are decoded too (`encodings`). Each format has its
library: lxml for HTML (a news page is mostly navigation; all of it is kept, and `clean` labels it), python-docx for
DOCX, pypdfium2 for PDF, openpyxl for XLSX. What was told, and what was odd, stands in the document's ledger row.
"""

import hashlib
import io
import os
import re
import zipfile
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path, PurePath, PurePosixPath

from reformtext.errors import InputError, require_text
from reformtext.texts.delimited import Rows
from reformtext.texts.encodings import decode
from reformtext.texts.exports import delimited_rows, json_rows, sheet_rows, text_column
from reformtext.texts.formats import DAMAGED, Content, docx_text, html_text, pdf_text
from reformtext.texts.kinds import kind_of, page_of, text_kind


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
    ledger : mapping of str to str or int
        What is known of the file as a whole: a row of `ledger`, without the file's name.
    """

    name: str
    text: str
    meta: Mapping[str, str] = field(default_factory=dict)
    encoding: str = ""
    format: str = "text"
    sha256: str = ""
    file: str = ""
    notes: tuple[str, ...] = ()
    ledger: Mapping[str, str | int] = field(default_factory=dict, repr=False)

    def __post_init__(self) -> None:
        """Refuse what is no text, before a table fails at it."""
        require_text(self.name, "the name")
        require_text(self.text)


SIZE_LIMIT = 200_000_000  # bytes of one file, unpacked
# Of a ZIP archive with those inside it: how many files, how many bytes unpacked in all, and how deep they may lie.
ARCHIVE_ENTRIES, ARCHIVE_BYTES, ARCHIVE_DEPTH = 100_000, 4_000_000_000, 3


def read(
    path: str | Path, *, limit: int = SIZE_LIMIT, on_error: Callable[[InputError], None] | None = None
) -> list[Document]:
    """Read a file, or every file of a folder.

    Plain text, HTML and saved web pages (MHTML), DOCX, PDF with a text layer, exports as CSV, TSV, XLSX, JSON and JSON
    Lines, one document a row, and ZIP archives of any of these.

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
    return list(iterate(path, limit=limit, on_error=on_error))


def iterate(
    path: str | Path, *, limit: int = SIZE_LIMIT, on_error: Callable[[InputError], None] | None = None
) -> Iterator[Document]:
    """Give the documents of a file or folder one at a time, as `read` would list them.

    Only one file is in memory at a time, of an archive one of its files.

    Parameters
    ----------
    path, limit, on_error
        As in `read`; without ``on_error`` the one error that names every file in trouble is raised after the last
        document.

    Yields
    ------
    Document
        In the order of the files' names.

    Raises
    ------
    InputError
        As `read`.

    Examples
    --------
    >>> sum(len(document.text) for document in iterate("data/sample/texts"))    # doctest: +SKIP
    """
    if path == "":  # which Path would take for the folder that one is in
        raise InputError("the path is empty", way_out="name a file or folder")
    path = Path(path)
    errors: list[InputError] = []

    def fail(error: InputError) -> None:
        if on_error is None:
            errors.append(error)
        else:
            on_error(error)

    count = 0
    if path.is_file():
        yield from _guarded(_read_file(path, _shown(path), _shown(path).stem, limit, fail), fail)
    elif path.is_dir():
        files = _files(path, fail)
        count = len(files)
        for name, (inner, file) in zip(_names([inner for inner, _ in files]), files, strict=True):
            for one in _guarded(_read_file(file, path / inner, name, limit, fail), fail):
                yield replace(one, file=(inner.parent / one.file).as_posix())
    elif path.exists():
        raise InputError("neither a file nor a folder", file=path, way_out="give a file of text")
    else:
        raise InputError("there is no such file or folder", file=path, way_out="check the path")
    if len(errors) == 1:
        raise errors[0]
    if errors:
        among = f" of {count}" if count else ""
        raise InputError("\n".join([f"{len(errors)}{among} files cannot be read", *map(str, errors)]), file=path)


_Fail = Callable[[InputError], None]


def _guarded(documents: Iterator[Document], fail: _Fail) -> Iterator[Document]:
    """Give a file's documents; its fault is told and ends them, and whoever goes on goes on with the next file."""
    try:
        yield from documents
    except InputError as error:
        fail(error)


def _files(path: Path, fail: _Fail) -> list[tuple[PurePath, Path]]:
    """List the files of a folder, by their names in it; what is no file is told and left out."""
    files: list[tuple[PurePath, Path]] = []
    for file in sorted(path.rglob("*")):
        try:
            inner = _shown(file.relative_to(path))
        except InputError as error:
            fail(InputError(error.problem, file=path / str(error.file), way_out=error.way_out))
            continue
        if not _is_wanted(inner):
            continue
        if file.is_file():
            files.append((inner, file))
        elif file.is_symlink():
            fail(InputError("a link that leads to no file", file=file, way_out="put the file itself there"))
        elif not file.is_dir():
            fail(InputError("no file: a pipe, a socket or a device", file=file, way_out="take it away"))
    if not files:
        raise InputError("the folder holds no file to read", file=path, way_out="put the articles in it")
    return files


def _shown(path: PurePath) -> PurePath:
    """Give a path in characters: a name that is no UTF-8 is what Chinese Windows writes (GB18030)."""
    names = [_name_of(os.fsencode(part)) for part in path.parts]
    if not all(names):
        name = os.fsencode(path).decode("utf-8", "backslashreplace")
        raise InputError("a name that is neither UTF-8 nor GB18030", file=name, way_out="give it another")
    return PurePath(*names)


def _name_of(raw: bytes) -> str:
    """Decode a file's name; empty where it is neither UTF-8 nor GB18030."""
    for encoding in ("utf-8", "gb18030"):
        try:
            return raw.decode(encoding)
        except UnicodeDecodeError:
            continue
    return ""


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


def _read_file(file: Path, path: PurePath, name: str, limit: int, fail: _Fail) -> Iterator[Document]:
    """Read one file into its document, an export into one for each row, an archive into those of its files."""
    try:
        size = file.stat().st_size
        if size > limit:
            raise InputError(
                f"{size:,} bytes are more than the limit of {limit:,}",
                file=path,
                way_out="split the file, or raise the limit",
            )
        data = file.read_bytes()
    except OSError as error:
        raise InputError(f"cannot be opened ({error.strerror})", file=path, way_out="check its permissions") from error
    yield from _documents(data, path, name, limit, fail)


@dataclass
class _Room:
    """What archives in one another may still hold together."""

    depth: int
    entries: int
    bytes: int


def _documents(
    data: bytes, path: PurePath, name: str, limit: int, fail: _Fail, room: _Room | None = None
) -> Iterator[Document]:
    """Tell what a file's bytes are, and read them."""
    if not data.strip():
        raise InputError("the file is empty", file=path, way_out="put the article's text in it, or take it away")
    kind, told = kind_of(data, path)
    if kind == "zip":
        room = room or _Room(ARCHIVE_DEPTH, ARCHIVE_ENTRIES, ARCHIVE_BYTES)
        yield from _unpacked(data, path, name, limit, fail, room)
        return
    encoding, encoding_told, rows = "", "", None
    odd: tuple[str, ...] = ()
    if kind == "docx":
        content = docx_text(data, path, limit)
    elif kind == "pdf":
        content = pdf_text(data, path)
    elif kind == "xlsx":
        rows, sheets, odd = sheet_rows(data, path, limit)
        content = Content("", {}, sheets)
    else:
        page = page_of(data, path) if kind == "mhtml" else data
        text, encoding, encoding_told, odd, _ = decode(page, path)
        if kind == "text":
            kind, told = text_kind(text, path)
        if kind in ("html", "mhtml"):
            content = html_text(text, path)
        elif kind == "text":
            content = Content(text, {}, f"lines: {text.count(chr(10)) + 1}")
        else:
            rows = delimited_rows(text, path) if kind in ("csv", "tsv") else json_rows(text, path, kind)
            content = Content("", {}, f"rows: {len(rows)}")
    odd += content.odd
    digest = hashlib.sha256(data).hexdigest()
    ledger: dict[str, str | int] = {
        "format": kind,
        "format_told": told,
        "encoding": encoding,
        "encoding_told": encoding_told,
        "bytes": len(data),
        "sha256": digest,
        "content": content.makeup,
        "odd": "; ".join(odd),
    }
    notes = (*filter(None, [encoding_told]), *odd)
    document = Document(name, content.text, content.meta, encoding, kind, digest, path.name, notes, ledger)
    if rows is None:
        yield document
    else:
        yield from _row_documents(rows, document, path)


def _unpacked(data: bytes, path: PurePath, name: str, limit: int, fail: _Fail, room: _Room) -> Iterator[Document]:
    """Read the files of a ZIP archive from memory; nothing is written, so no name in it can lead anywhere."""
    smaller = "unpack it, take out what is no text, and give the folder"
    if room.depth <= 0:
        raise InputError(f"archives in archives, more than {ARCHIVE_DEPTH} deep", file=path, way_out=smaller)
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
                for one in _documents(part, here, f"{name}-{own}", limit, fail, room):
                    yield replace(one, file=f"{path.name}/{inner.parent / one.file}")
            except InputError as error:
                fail(error)
        room.depth += 1


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
            name = _name_of(name.encode("cp437")) or name
        except UnicodeEncodeError:
            return name
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


def _row_documents(rows: Rows, export: Document, path: PurePath) -> Iterator[Document]:
    """Make a document of each row; the other columns are its metadata."""
    if not rows:
        raise InputError("an export without rows", file=path, way_out="export it again")
    column, told = text_column(rows, path)
    ledger = {**export.ledger, "content": f"{export.ledger['content']}; text in column “{column}” ({told})"}
    for number, (line, row) in enumerate(rows, 1):
        text = row.get(column, "")
        yield replace(
            export,
            name=f"{export.name}-{number:04d}",
            text=text,
            meta={key: value for key, value in row.items() if key != column and value},
            sha256=hashlib.sha256(text.encode("utf-8")).hexdigest(),
            notes=(
                *export.notes,
                f"text in column “{column}”, line {line}",
                *["no text in this row"] * (not text.strip()),
            ),
            ledger=ledger,
        )
