"""Texts to tables: read document by document, work through part by part, and write one study."""

import hashlib
import json
import os
import re
import shutil
import warnings
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import replace
from itertools import chain, islice
from pathlib import Path, PurePath
from typing import Any

import numpy as np
import pyarrow as pa
from tqdm import tqdm

from reformtext.errors import InputError
from reformtext.study.across import Texts, audit_part, audit_tasks, database, in_order, reuse_pieces
from reformtext.study.metadata import Source, by_text, key_of, read_metadata, tell_notes
from reformtext.study.parts import (
    DOCUMENT_TABLES,
    Parts,
    code_version,
    cut,
    from_bytes,
    lexicon_version,
    part_name,
    work,
    write_whole,
)
from reformtext.study.rows import short
from reformtext.study.tables import MANIFEST, SCHEMA, Study, TableData, arrow_table, columns_of, sha256_of, write_study
from reformtext.texts.lexicon import Lexicon, load_lexicon
from reformtext.texts.read import Document, iterate


class _Reading:
    """The documents of a source with what the metadata says of them; what cannot be used is noted and passed over.

    Parameters
    ----------
    source : Path
        A folder or a file.
    metadata : Path, optional
        The CSV that names them.
    """

    def __init__(self, source: Path, metadata: Path | None) -> None:
        self.source, self.metadata = source, metadata
        self.facts = by_text(read_metadata(metadata)) if metadata else None
        if metadata and not self.facts:
            self.facts = None
            warnings.warn(f"{metadata}: no row in it yet; what the texts themselves say is taken", stacklevel=3)
        self.skipped: list[dict[str, str]] = []
        self.errors: list[InputError] = []
        self.texts = self.characters = self.bytes = self.left_out = 0
        self._last = self._told = ""
        self.size = source.stat().st_size if source.is_file() else 0
        if source.is_dir():
            entries = (entry for folder, _, _ in os.walk(source) for entry in os.scandir(folder))
            self.size = sum(entry.stat(follow_symlinks=False).st_size for entry in entries if entry.is_file())

    def skip(self, error: InputError) -> None:
        """Note what cannot be used."""
        file = PurePath(str(error.file or self.source))
        inside = file.relative_to(self.source) if file.is_relative_to(self.source) else PurePath(file.name)
        name = inside.as_posix() if inside.name else file.name
        self.errors.append(error)
        self.skipped.append({"file": name, "place": error.place, "reason": error.problem, "way_out": error.way_out})

    def __iter__(self) -> Iterator[Source]:
        """Read the documents."""
        # A hash of each name, since the names of millions of documents would fill the memory.
        names: set[int] = set()
        for document in iterate(self.source, on_error=self.skip):
            self._count(document)
            name = int.from_bytes(hashlib.sha256(document.name.encode("utf-8", "surrogatepass")).digest()[:8])
            if name in names:
                way_out = "rename all but one of the files"
                self.skip(InputError(f"two texts have the name {document.name}", file=document.file, way_out=way_out))
                continue
            names.add(name)
            if source := self._with_facts(document):
                tell_notes([document])
                if document.file == self._told:
                    # The rows of an export have one row of the ledger: that of the first.
                    source = source._replace(document=replace(document, ledger={}))
                self._told = document.file
                yield source
        for (file, row), articles in (self.facts or {}).items():
            for cells in articles.values():
                said = f"finds no text in {file}" + f", row {row}" * bool(row)
                way_out = "put the file beside the others or take the line out"
                self.skip(InputError(said, file=self.metadata, place=f"line {cells['line']}", way_out=way_out))

    def _count(self, document: Document) -> None:
        self.texts += 1
        self.characters += len(document.text)
        if document.file != self._last:
            self._last = document.file
            self.bytes += int(document.ledger.get("bytes", 0))

    def _with_facts(self, document: Document) -> Source | None:
        """Give a document its rows of the metadata; without one, and with the word no in it, it is passed over."""
        if self.facts is None:
            return Source(document, {})
        key = key_of(document)
        facts = self.facts.pop(key, None)
        if facts is None:
            said = "no row of the metadata names this text" + f" (row {key[1]})" * bool(key[1])
            way_out = f"add a row to {self.metadata.name if self.metadata else ''} or move the file away"
            self.skip(InputError(said, file=document.file, way_out=way_out))
            return None
        if facts[min(facts)]["use"] == "no":
            self.left_out += 1
            return None
        # The line in the CSV is for messages: a row put in above changes nothing in a study.
        without = {n: {name: cell for name, cell in row.items() if name != "line"} for n, row in facts.items()}
        return Source(document, without)


def _check_out(out: Path, source: Path) -> None:
    """Refuse to replace what is no study, and to write among the texts that are read."""
    if source.is_dir() and source.resolve() in [out.resolve(), *out.resolve().parents]:
        raise InputError(f"lies in the folder of the texts, {source}", file=out, way_out="name a folder outside it")
    if out.is_symlink() or not out.name:
        raise InputError("is a link, or has no name", file=out, way_out="name the folder itself")
    if not out.exists():
        return
    ours = {MANIFEST, *(f"{name}.{ending}" for name in (*SCHEMA, "skipped") for ending in ("csv", "parquet"))}
    others = sorted(path.name for path in out.iterdir() if path.name not in ours) if out.is_dir() else [out.name]
    if others:
        raise InputError(
            f"holds other things than a study ({', '.join(others[:3])})", file=out, way_out="name a new or empty folder"
        )


# How many tasks of a process wait for it; more would lie in memory.
_WAITING = 2


class _Workers:
    """Processes of this machine or of a Dask cluster, by joblib."""

    def __init__(self, jobs: int, scheduler: str | None) -> None:
        self._jobs, self._scheduler = jobs, scheduler

    def __call__(self, function: Callable[..., Any], tasks: Iterable[tuple[Any, ...]], ordered: bool) -> Iterator[Any]:
        """Begin the work, and give the results as they come, or in the order of the tasks; a single task is done here."""
        stream = iter(tasks)
        first = list(islice(stream, 2))
        if len(first) < 2:
            return (function(*task) for task in first)
        import joblib

        failed: list[BaseException] = []

        def told() -> Iterator[Any]:
            # joblib takes the tasks in threads of its own, where an exception would be lost.
            try:
                for task in chain(first, stream):
                    yield joblib.delayed(function)(*task)
            except BaseException as error:
                failed.append(error)

        with joblib.parallel_config("dask") if self._scheduler else ExitStack():
            way = "generator" if ordered else "generator_unordered"
            jobs = -1 if self._scheduler else self._jobs
            parallel = joblib.Parallel(n_jobs=jobs, return_as=way, pre_dispatch=f"{_WAITING}*n_jobs", batch_size=1)
            results = parallel(told())

        def given() -> Iterator[Any]:
            yield from results
            if failed:
                raise failed[0]

        return given()


@contextmanager
def _workers(jobs: int, scheduler: str | None) -> Iterator[_Workers]:
    """Open the way to where the work is done."""
    with ExitStack() as stack:
        if scheduler:
            try:
                from dask.distributed import Client
            except ImportError as error:
                raise InputError(
                    "a scheduler was named, but dask.distributed is not installed",
                    way_out="pip install 'dask[distributed]', or leave --scheduler out",
                ) from error
            try:
                stack.enter_context(Client(scheduler, timeout="20s"))
            except OSError as error:
                way_out = "check the address that `dask scheduler` printed"
                raise InputError(f"no Dask scheduler answers at {scheduler}", way_out=way_out) from error
        yield _Workers(jobs, scheduler)


def _work(name: str, run: Sequence[Source], lexicon: Lexicon | None) -> tuple[str, bytes]:
    """Work a part through, and say which it is."""
    return name, work(run, lexicon)


def _worked(reading: _Reading, parts: Parts, workers: _Workers, lexicon: Lexicon | None) -> list[str]:
    """Read all, and work through what is not done yet; give the names of all parts, in the order of reading."""
    plan: list[str] = []
    sizes: dict[str, int] = {}
    code = code_version() + lexicon_version(lexicon)

    def missing() -> Iterator[tuple[str, Sequence[Source], Lexicon | None]]:
        for run in cut(reading):
            name = part_name(run, code)
            plan.append(name)
            if name not in parts:
                sizes[name] = sum(len(source.document.text) for source in run)
                yield name, run, lexicon

    with tqdm(desc="build", unit=" characters", unit_scale=True, disable=None) as bar:
        for name, data in workers(_work, missing(), ordered=False):
            parts.put(name, data)
            bar.update(sizes.pop(name))
            # What is still to be read is told by its bytes; what was done before is no work.
            ahead = max(reading.size / max(reading.bytes, 1) - 1, 0)
            bar.total = round((bar.n + sum(list(sizes.values()))) * (1 + ahead))
    return plan


class _Plan:
    """The parts of a study in their order, and what they hold together."""

    def __init__(self, parts: Parts, names: Sequence[str], skipped: Sequence[dict[str, str]]) -> None:
        self.parts, self.names = parts, names
        self.rows = dict.fromkeys(DOCUMENT_TABLES, 0)
        self.nulls: dict[str, set[str]] = {table: set() for table in DOCUMENT_TABLES}
        self.skipped, self.notes = list(skipped), list[str]()
        for name in names:
            head = parts.head(name)
            self.skipped += head["skipped"]
            self.notes += head["notes"]
            for table in DOCUMENT_TABLES:
                self.rows[table] += head["rows"][table]
                self.nulls[table] |= set(head["nulls"][table])
        self.skipped.sort(key=lambda row: (row["file"], row.get("place", ""), row["reason"]))

    @property
    def digest(self) -> str:
        """Hash what the study is made of."""
        return hashlib.sha256(json.dumps([self.names, self.skipped]).encode()).hexdigest()

    def data(self, table: str) -> TableData:
        """Give a table of all documents, part by part."""
        return TableData(self.rows[table], self.nulls[table], (self._piece(name, table) for name in self.names))

    def _piece(self, name: str, table: str) -> pa.Table:
        piece = self.parts.table(name, table)
        if table == "claims":
            at = piece.column_names.index("indicator")
            cells = pa.array(map(short, piece["indicator"].to_pylist()), pa.large_string())
            piece = piece.set_column(at, "indicator", cells)
        return piece

    def documents(self, texts: Texts, shares: Any) -> TableData:
        """Give the table of the articles, with the copied share of each one's document."""
        return TableData(self.rows["documents"], self.nulls["documents"] - {"copied"}, self._shared(texts, shares))

    def _shared(self, texts: Texts, shares: Any) -> Iterator[pa.Table]:
        for name, start in zip(self.names, texts.starts[:-1], strict=True):
            names = self.parts.table(name, "texts")["doc_id"].to_pylist()
            own = dict(zip(names, shares[start : start + len(names)].tolist(), strict=True))
            piece = self.parts.table(name, "documents")
            copied = pa.array([own[doc_id] for doc_id in piece["doc_id"].to_pylist()], pa.float64())
            yield piece.set_column(piece.column_names.index("copied"), "copied", copied)


def _write(plan: _Plan, workers: _Workers, name: str) -> Path:
    """Put the parts together to a study in a scratch folder, with what its documents have to do with one another."""
    parts, scratch = plan.parts, plan.parts.scratch
    folder = scratch / "study"
    folder.mkdir()
    texts = Texts(parts, plan.names, scratch / "letters")
    shares = np.zeros(len(texts))
    with database(scratch) as db:
        # The workers audit while shared passages are found here and the other tables are written.
        audited = workers(audit_part, audit_tasks(parts, plan.names, db), ordered=True)
        found = reuse_pieces(texts, scratch, shares)
        reuse = in_order(db, found, "reuse", ("doc_id", "start", "source_id", "source_start"))

        def tables() -> Iterator[TableData]:
            for table in SCHEMA:
                if table == "documents":
                    yield plan.documents(texts, shares)
                elif table == "reuse":
                    yield reuse
                elif table == "checks":
                    bar = tqdm(audited, total=len(plan.names), desc="checks", unit=" parts", disable=None)
                    yield in_order(db, map(from_bytes, bar), table, ("doc_id",))
                else:
                    yield plan.data(table)
            yield TableData(len(plan.skipped), (), [arrow_table(columns_of("skipped", plan.skipped), "skipped")])

        write_study(tables(), folder, name)
    for path in folder.iterdir():
        with path.open("rb+") as file:
            os.fsync(file.fileno())
    return folder


_DONE = "done.json"


def _finish(plan: _Plan, out: Path, workers: _Workers) -> None:
    """Write the study, unless the one that is there is made of the same parts and undamaged."""
    done = plan.parts.folder / _DONE
    with suppress(OSError, ValueError, InputError):
        said = json.loads(done.read_text(encoding="utf-8"))
        if said == [plan.digest, sha256_of(out / MANIFEST)] and not Study(out).faults():
            return
    name = re.sub(r"[^a-z0-9._-]+", "-", out.name.lower()).strip("-") or "study"
    _swap(_write(plan, workers, name), out)
    plan.parts.keep(plan.names)
    data = json.dumps([plan.digest, sha256_of(out / MANIFEST)]).encode()
    write_whole(plan.parts.scratch / _DONE, done, data)


def build(
    source: str | Path,
    out: str | Path,
    metadata: str | Path | None = None,
    jobs: int = -1,
    scheduler: str | None = None,
    lexicon: str | Path | None = None,
) -> Study:
    """Build a study from a folder of texts.

    The texts are read and worked through part by part (some 100,000 characters), and each part that is done is kept in
    the folder ``.NAME.parts`` beside the study's folder NAME: a build that was stopped, by whatever, goes on from there
    when it is started again, and a later one works only through what changed. The tables are the same, byte for byte,
    in whatever pieces and on however many processes they came to be.

    Parameters
    ----------
    source : path-like
        A folder of texts, or one file.
    out : path-like
        The study's folder. It is replaced whole, and only when everything went well.
    metadata : path-like, optional
        A CSV with one row an article (columns `METADATA_COLUMNS`; ``use`` is ``no`` for a text to leave out); without
        it, ``metadata.csv`` beside the texts is taken if it is there, and else what the files themselves say.
    jobs : int, default -1
        Processes to use; -1 is one a core.
    scheduler : str, optional
        Address of a Dask scheduler (``tcp://…``) to spread the work on, instead of processes of this machine.
    lexicon : path-like, optional
        A CSV file of terms to use instead of the project's (see `load_lexicon`).

    Returns
    -------
    Study
        The finished study. What could not be read or used is told in a warning and stands, with the reason and the way
        out, in its table ``skipped``: a file that is empty or broken, a text without a row in the metadata, a row
        without a text. The other texts are in the study.

    Raises
    ------
    InputError
        Where there is no text to work through, the metadata or the lexicon cannot be read, ``out`` holds other things,
        or another build into it is under way. Nothing is written then.

    Examples
    --------
    >>> study = build("data/sample", "my-study", jobs=1)    # doctest: +SKIP
    """
    source, out = Path(source), Path(out)
    if jobs == 0:
        raise InputError("jobs is 0", way_out="give a number of processes, or -1 for one a core")
    _check_out(out, source)
    beside = (source if source.is_dir() else source.parent) / "metadata.csv"
    listed = Path(metadata) if metadata else beside if beside.is_file() else None
    terms = load_lexicon(lexicon) if lexicon else None
    # The folder of the parts is made first: where it cannot be written, that is said before the long work.
    with Parts(_parent(out) / f".{out.name}.parts") as parts, _workers(jobs, scheduler) as workers:
        _recover(out)
        reading = _Reading(source, listed)
        names = _worked(reading, parts, workers, terms)
        if not names:
            told = "\n".join(map(str, reading.errors)) or f"{source}: no text is left to work through"
            raise InputError(told)
        plan = _Plan(parts, names, reading.skipped)
        _finish(plan, out, workers)
    _tell(reading, plan)
    return Study(out)


def _tell(reading: _Reading, plan: _Plan) -> None:
    """Warn of what the metadata leaves out or lacks, and of what was skipped."""
    if reading.left_out and reading.metadata:
        warnings.warn(f"{reading.left_out} texts are left out, as {reading.metadata.name} says (use: no)", stacklevel=3)
    for note in plan.notes:
        warnings.warn(note, stacklevel=3)
    if plan.skipped:
        first = [
            ": ".join(filter(None, (row["file"], row.get("place", ""), row["reason"]))) for row in plan.skipped[:3]
        ]
        more = f" and {len(plan.skipped) - 3} more" if len(plan.skipped) > 3 else ""
        said = f"skipped {'; '.join(first)}{more}; skipped.csv in the study says what to do"
        warnings.warn(said, stacklevel=3)


def _parent(out: Path) -> Path:
    """Make the folder that the study's folder is in."""
    try:
        out.parent.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise InputError(f"cannot be made ({error.strerror})", file=out.parent, way_out="name another --out") from error
    return out.parent


def _before(out: Path) -> Path:
    """Name the place of a study while it is replaced."""
    return out.with_name(f".{out.name}-before")


def _recover(out: Path) -> None:
    """Put back a study that an earlier run was killed while replacing, or clear away the one that it replaced."""
    if _before(out).exists():
        if out.exists():
            shutil.rmtree(_before(out))
        else:
            _before(out).rename(out)


def _swap(fresh: Path, out: Path) -> None:
    """Put a finished folder in another's place; whatever stops it, the old study is there or beside it."""
    before = _before(out)
    if before.exists():
        shutil.rmtree(before)
    if out.exists():
        out.rename(before)
    try:
        fresh.rename(out)
    except BaseException:
        if before.exists():
            before.rename(out)
        raise
    if before.exists():
        shutil.rmtree(before)
