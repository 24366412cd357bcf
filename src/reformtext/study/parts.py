"""Parts: runs of documents that are worked through together and kept in one file each, named by its content.

A part's name is the hash of all that its rows depend on: the texts, what the metadata says of them, the lexicon and the
code. So a build that was stopped, or whose texts changed here and there, finds the parts that are done, whole, and
works through the others. Where a part ends is decided by the names of the documents in it, so that a text put in, taken
out or changed moves no border but those next to it.

The folder of the parts (``.NAME.parts`` beside a study's folder NAME) holds pieces of the texts; it is not for
sharing, and can be removed at any time but during a build.
"""

import gc
import hashlib
import io
import json
import os
import shutil
import sys
import zipfile
from collections.abc import Iterable, Iterator, Sequence
from contextlib import suppress
from functools import cache
from importlib.metadata import version
from pathlib import Path
from types import TracebackType
from typing import Any, Self

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from reformtext.claims.partners import partners
from reformtext.errors import InputError
from reformtext.study.metadata import Source
from reformtext.study.rows import document_tables
from reformtext.study.tables import SCHEMA, arrow_table, columns_of
from reformtext.texts.lexicon import Lexicon, lexicon_folder
from reformtext.texts.reuse import fingerprints

# Characters of a part on average, and at most but for a single document of more.
PART_CHARACTERS = 100_000
_MOST_CHARACTERS = 5 * PART_CHARACTERS
# However short, a document takes as much work as so many characters.
_EACH = 500
# What is worked out of documents one by one; the other two tables hold them against one another.
DOCUMENT_TABLES = tuple(name for name in SCHEMA if name not in {"checks", "reuse"})


def cut(sources: Iterable[Source]) -> Iterator[list[Source]]:
    """Cut a stream of documents into runs, by the names and lengths of the documents alone."""
    run: list[Source] = []
    size = 0
    for source in sources:
        run.append(source)
        length = len(source.document.text) + _EACH
        size += length
        # Of documents that are each a hundredth of a part, each ends one with a chance of one in a hundred.
        digest = hashlib.sha256(source.document.name.encode("utf-8", "surrogatepass")).digest()
        ends = int.from_bytes(digest[:6]) < length / PART_CHARACTERS * 2**48
        if ends or size >= _MOST_CHARACTERS:
            yield run
            run, size = [], 0
    if run:
        yield run


def part_name(run: Sequence[Source], code: str) -> str:
    """Give the hash of all that a part's rows depend on; ``code`` stands for the code and the lexicon."""
    digest = hashlib.sha256(code.encode())
    for document, facts in run:
        about = [document.name, document.file, document.format, document.encoding, document.sha256]
        known = [sorted(document.meta.items()), sorted((n, sorted(row.items())) for n, row in facts.items())]
        for piece in (json.dumps([*about, *known, sorted(document.ledger.items())]), document.text):
            data = piece.encode("utf-8", "surrogatepass")
            digest.update(len(data).to_bytes(8))
            digest.update(data)
    return digest.hexdigest()


@cache
def code_version() -> str:
    """Hash the package's source, its word lists, and the versions of what cuts words and makes tables."""
    digest = hashlib.sha256()
    package = Path(__file__).parents[1]
    files = [(path.relative_to(package), path) for path in package.rglob("*.py")]
    files += [(path.relative_to(lexicon_folder()), path) for path in lexicon_folder().glob("*.csv")]
    for name, path in sorted(files):
        digest.update(f"{name.as_posix()} {hashlib.sha256(path.read_bytes()).hexdigest()}\n".encode())
    for library in ("ahocorasick-rs", "jieba", "rjieba", "numpy", "pandas", "pyarrow"):
        digest.update(f"{library} {version(library)}\n".encode())
    return digest.hexdigest()


def lexicon_version(lexicon: Lexicon | None) -> str:
    """Hash a lexicon of the user's own."""
    return "" if lexicon is None else hashlib.sha256(lexicon.table.to_csv(index=False).encode()).hexdigest()


# ------------------------------------------------------------------------------------------------ one part's content


def work(run: Sequence[Source], lexicon: Lexicon | None) -> bytes:
    """Work a run of documents through, and give the content of its part."""
    # No row is part of a cycle: the collector would look through them all again and again for nothing.
    collecting = gc.isenabled()
    gc.disable()
    try:
        return _part(run, lexicon)
    finally:
        if collecting:
            gc.enable()


def _part(run: Sequence[Source], lexicon: Lexicon | None) -> bytes:
    """Put the rows of its documents together."""
    columns = {name: columns_of(name) for name in DOCUMENT_TABLES} | {"texts": {name: [] for name in _TEXTS.names}}
    prints: list[NDArray[np.void]] = []
    skipped: list[dict[str, str]] = []
    notes: list[str] = []
    for source in run:
        document = source.document
        try:
            own = document_tables(source, lexicon)
        except MemoryError:
            raise
        except Exception as error:
            reason = f"the analysis fails on it: {type(error).__name__}: {error}"
            skipped.append({"file": document.file, "reason": reason, "way_out": "report it, with the text if you can"})
            continue
        found = set(own["documents"]["article"])
        if not found:
            way_out = "give its row a text, or take it out" if "row" in "".join(document.notes) else "take it away"
            skipped.append(
                {"file": document.file, "place": document.name, "reason": "no text in it", "way_out": way_out}
            )
        skipped += [
            {
                "file": document.file,
                "place": f"article {article}",
                "reason": f"the metadata lists article {article}, the page has {len(found)}",
                "way_out": "correct the article numbers of its rows",
            }
            for article in sorted(set(source.facts) - found)
            if found
        ]
        notes += [
            f"{document.file}: article {article} has no row in the metadata; it takes the page's facts"
            for article in sorted(found - set(source.facts) if source.facts else ())
        ]
        prints += (fingerprints(text, len(columns["texts"]["letters"])) for text in own["texts"]["letters"])
        own["texts"]["letters"] = [text.encode("utf-8", "surrogatepass") for text in own["texts"]["letters"]]
        for name, together in columns.items():
            for column, cells in together.items():
                cells += own[name][column]
    texts = pa.table(columns.pop("texts"), _TEXTS)
    tables = {name: arrow_table(columns.pop(name), name) for name in DOCUMENT_TABLES}
    head = {
        "rows": {name: table.num_rows for name, table in tables.items()},
        "nulls": {name: [c for c in table.column_names if table[c].null_count] for name, table in tables.items()},
        "skipped": skipped,
        "notes": notes,
    }
    told = partners(tables["claims"].to_pylist())
    tables["formulas"] = tables["phrases"].filter(pc.field("kind") == "formula")
    tables["texts"] = texts
    tables["prints"] = pa.table({"print": [np.concatenate(prints).tobytes() if prints else b""]})
    tables["tells"] = pa.table(dict(zip(("key", "content", "row"), _arrays(told.tells, 3), strict=True)))
    tables["asks"] = pa.table({"key": pa.array(sorted(told.asks), pa.int64())})
    return _packed(tables, head)


_TEXTS = pa.schema(
    {"doc_id": pa.string(), "date": pa.string(), "letters": pa.large_binary(), "offsets": pa.large_binary()}
)


def _arrays(rows: Sequence[Sequence[int]], columns: int) -> list[pa.Array]:
    """Turn rows of numbers into columns."""
    return [pa.array([row[i] for row in rows], pa.int64()) for i in range(columns)]


def to_bytes(table: pa.Table) -> bytes:
    """Write a table as an Arrow stream, compressed."""
    sink = io.BytesIO()
    with pa.ipc.new_stream(sink, table.schema, options=pa.ipc.IpcWriteOptions(compression="zstd")) as writer:
        writer.write_table(table)
    return sink.getvalue()


def from_bytes(data: bytes) -> pa.Table:
    """Read an Arrow stream."""
    return pa.ipc.open_stream(data).read_all()


def _packed(tables: dict[str, pa.Table], head: dict[str, Any]) -> bytes:
    """Put a part's tables and what is said of them into one file, the same bytes for the same content."""
    sink = io.BytesIO()
    with zipfile.ZipFile(sink, "w") as archive:
        archive.writestr(zipfile.ZipInfo("head.json"), json.dumps(head, ensure_ascii=False))
        for name, table in tables.items():
            archive.writestr(zipfile.ZipInfo(name), to_bytes(table))
    return sink.getvalue()


# --------------------------------------------------------------------------------------------- the folder of the parts


class Parts:
    """The folder of a study's parts, locked as long as the build goes on.

    Parameters
    ----------
    folder : Path
        Made where it is missing, removed again where no part came to be in it.

    Raises
    ------
    InputError
        Where another build has it. The lock is the system's own: it goes with the process, however that ends.
    """

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._lock: io.TextIOWrapper | None = None

    def __enter__(self) -> Self:
        """Lock the folder, and clear away what a killed build left unfinished."""
        while self._lock is None:
            self.folder.mkdir(exist_ok=True)
            lock = (self.folder / "lock").open("w", encoding="utf-8")
            if not _locked(lock):
                lock.close()
                raise InputError(
                    "another build into this study is under way",
                    file=self.folder,
                    way_out="wait until it is done, or stop it first",
                )
            # Between opening and locking, the build before may have removed the folder.
            with suppress(FileNotFoundError):
                if os.path.samestat(os.fstat(lock.fileno()), (self.folder / "lock").stat()):
                    self._lock = lock
            if self._lock is None:
                lock.close()
        shutil.rmtree(self.scratch, ignore_errors=True)
        self.scratch.mkdir()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Unlock the folder; without a part in it, it goes."""
        shutil.rmtree(self.scratch, ignore_errors=True)
        assert self._lock is not None
        if [path.name for path in self.folder.iterdir()] == ["lock"] and sys.platform != "win32":
            shutil.rmtree(self.folder)
        self._lock.close()

    @property
    def scratch(self) -> Path:
        """A folder for what is under way; empty when a build starts."""
        return self.folder / "scratch"

    def _path(self, name: str) -> Path:
        return self.folder / name[:2] / name[2:]

    def __contains__(self, name: str) -> bool:
        """Whether a part is there; one that is there is whole."""
        return self._path(name).is_file()

    def put(self, name: str, data: bytes) -> None:
        """Keep a part: the whole of it, or, whatever stops this, nothing."""
        path = self._path(name)
        path.parent.mkdir(exist_ok=True)
        write_whole(self.scratch / name, path, data)

    def head(self, name: str) -> dict[str, Any]:
        """Say how many rows a part's tables have, and what was skipped."""
        head: dict[str, Any] = json.loads(self.raw(name, "head.json"))
        return head

    def raw(self, name: str, table: str) -> bytes:
        """Give one of a part's tables as it is in the file."""
        path = self._path(name)
        try:
            with zipfile.ZipFile(path) as archive:
                return archive.read(table)
        except (OSError, zipfile.BadZipFile, KeyError) as error:
            raise InputError(
                f"a part of the study is damaged ({error})", file=path, way_out="remove this file, and build again"
            ) from error

    def table(self, name: str, table: str) -> pa.Table:
        """Read one of a part's tables."""
        return from_bytes(self.raw(name, table))

    def keep(self, names: Iterable[str]) -> None:
        """Remove the parts that the study no longer has."""
        kept = set(names)
        for folder in self.folder.glob("[0-9a-f][0-9a-f]"):
            for path in folder.iterdir():
                if folder.name + path.name not in kept:
                    path.unlink()
            with suppress(OSError):
                folder.rmdir()


def write_whole(scratch: Path, path: Path, data: bytes) -> None:
    """Write a file so that it is there wholly or not at all, also after the machine goes down."""
    with scratch.open("wb") as file:
        file.write(data)
        file.flush()
        os.fsync(file.fileno())
    scratch.replace(path)


def _locked(file: io.TextIOWrapper) -> bool:
    """Lock an open file for this process, or say that another has it."""
    try:
        if sys.platform == "win32":
            import msvcrt

            msvcrt.locking(file.fileno(), msvcrt.LK_NBLCK, 1)
        else:
            import fcntl

            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        return False
    return True
