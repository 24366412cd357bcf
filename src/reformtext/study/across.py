"""What documents have to do with one another, worked out in bounded memory: checks across them, and shared passages.

What may meet is found on disk: claims that tell what another part's claims ask (DuckDB, within a memory limit), and
places with one hash (buckets of NumPy records). A part is then audited with the claims that it asks for, and two texts
are compared letter by letter, read from their parts when their turn comes.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from functools import lru_cache
from itertools import groupby, pairwise
from pathlib import Path
from typing import Any, BinaryIO, NamedTuple

import duckdb
import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from reformtext.claims.audit import audit
from reformtext.study.parts import Parts, from_bytes, to_bytes
from reformtext.study.tables import TableData, arrow_table, columns_of
from reformtext.texts.reuse import PAIR, PRINT, candidates, passages

_MEMORY = "256MB"
# Records that are sorted at once; nine times as many candidates at most come of them.
_BUCKET_RECORDS = 500_000
_MOST_BUCKETS = 256
_BATCH_ROWS = 50_000
# Texts that are held at once while they are compared.
_HELD_TEXTS = 256


@contextmanager
def database(scratch: Path) -> Iterator[duckdb.DuckDBPyConnection]:
    """Open a scratch database that takes little memory and sorts on disk what is more."""
    config: dict[str, Any] = {"memory_limit": _MEMORY, "temp_directory": str(scratch / "spilled"), "threads": 1}
    file = scratch / "across.duckdb"
    with duckdb.connect(file, config=config) as connection:
        yield connection
    file.unlink()


# --------------------------------------------------------------------------------------------------------- the audit

# Of each part that asks, the first claim, in the order of the texts, of every kind that another part tells of it.
_ASKED = """
with shared as (
    select key from (select key, part from tells union select key, part from asks) group by key having count(*) > 1
), firsts as (
    select key, min({'d': doc_id, 'a': article::varchar, 's': "start", 'e': "end", 'p': tells.part, 'r': tells.row}) as f
    from tells join claims on tells.part = claims.part and tells.row = claims.row
    where key in (from shared) group by key, content
), pairs as (
    select distinct asks.part as asker, f.p as part, f.r as row from asks join firsts using (key) where f.p <> asks.part
)
select asker, claims.* exclude (part, row) from pairs join claims using (part, row) order by asker
"""


def audit_tasks(parts: Parts, plan: Sequence[str], db: duckdb.DuckDBPyConnection) -> Iterator[tuple[bytes, ...]]:
    """Give what `audit_part` takes for each part, in their order."""
    number = 0
    for number, name in enumerate(plan):
        for table in ("claims", "tells", "asks"):
            piece = parts.table(name, table)
            piece = piece.append_column("part", pa.array(np.full(piece.num_rows, number)))
            if table == "claims":
                piece = piece.append_column("row", pa.array(np.arange(piece.num_rows)))
            db.register("piece", piece)
            db.execute(f"insert into {table} from piece" if number else f"create table {table} as from piece")
            db.unregister("piece")
    asked = _by_asker(db.cursor().sql(_ASKED).to_arrow_reader(_BATCH_ROWS)) if number else iter(())
    due = next(asked, None)
    for number, name in enumerate(plan):
        others = b""
        if due and due[0] == number:
            others, due = to_bytes(due[1]), next(asked, None)
        yield parts.raw(name, "claims"), parts.raw(name, "formulas"), others


def _by_asker(batches: Any) -> Iterator[tuple[int, pa.Table]]:
    """Put rows that are sorted by the part that asks into a table a part."""
    held: list[pa.Table] = []
    asker = -1
    for batch in batches:
        table = pa.Table.from_batches([batch])
        column = table["asker"].to_numpy()
        starts = [0, *(np.flatnonzero(np.diff(column)) + 1).tolist(), len(column)]
        for start, end in pairwise(starts):
            if held and column[start] != asker:
                yield asker, pa.concat_tables(held)
                held = []
            asker = int(column[start])
            held.append(table.slice(start, end - start).drop_columns("asker"))
    if held:
        yield asker, pa.concat_tables(held)


def audit_part(claims: bytes, formulas: bytes, others: bytes) -> bytes:
    """Audit the claims of a part, with those of other parts that it asks for."""
    elsewhere = from_bytes(others).to_pandas() if others else None
    checks = audit(from_bytes(claims).to_pandas(), from_bytes(formulas).to_pandas(), elsewhere)
    return to_bytes(arrow_table({str(name): cells.tolist() for name, cells in checks.items()}, "checks"))


def in_order(db: duckdb.DuckDBPyConnection, pieces: Iterable[pa.Table], table: str, by: Sequence[str]) -> TableData:
    """Sort the rows of pieces by columns, and where they agree leave them as they come."""
    rows = 0
    empty = arrow_table(columns_of(table), table)
    db.register("piece", empty.append_column("n", pa.array([], pa.int64())))
    db.execute(f"create table {table} as from piece")
    for piece in pieces:
        db.register("piece", piece.append_column("n", pa.array(np.arange(rows, rows + piece.num_rows))))
        db.execute(f"insert into {table} from piece")
        rows += piece.num_rows
    names = empty.column_names
    counted = db.execute("select " + ", ".join(f'count("{name}")' for name in names) + f" from {table}").fetchall()[0]
    nulls = [name for name, count in zip(names, counted, strict=True) if count < rows]
    sql = f"select * exclude (n) from {table} order by " + ", ".join(f'"{name}"' for name in (*by, "n"))
    return TableData(rows, nulls, _pieces(db, sql))


def _pieces(db: duckdb.DuckDBPyConnection, sql: str) -> Iterator[pa.Table]:
    """Give a query's rows table by table."""
    batches: Any = db.cursor().sql(sql).to_arrow_reader(_BATCH_ROWS)
    for batch in batches:
        yield pa.Table.from_batches([batch])


# ------------------------------------------------------------------------------------------------------ shared passages


class Text(NamedTuple):
    """A document's name, its letters, and where they stand in the source."""

    doc_id: str
    letters: str
    offsets: NDArray[np.int32]


class Texts:
    """The letters of all documents, in one file from which each is read when its turn comes.

    A text meets others from anywhere in the corpus: to read their whole parts anew for each would take most of a large
    build. Ranks are counted from the earliest document: by date where all have one, else in the order of reading.
    """

    def __init__(self, parts: Parts, plan: Sequence[str], file: Path) -> None:
        self._parts, self._plan, self.file = parts, plan, file
        sizes, days, ends = [], [], [0]
        with file.open("wb") as letters:
            for name in plan:
                rows = parts.table(name, "texts").to_pylist()
                sizes.append(len(rows))
                for row in rows:
                    days.append(_day(row["date"]))
                    for piece in (row["letters"], row["offsets"], row["doc_id"].encode("utf-8", "surrogatepass")):
                        ends.append(ends[-1] + letters.write(piece))
        self._ends = np.array(ends, np.int64)
        self.starts = np.cumsum([0, *sizes])
        self.number_of = np.argsort(days if all(days) else np.zeros(len(days)), kind="stable")
        self.rank_of = np.empty(len(days), np.int64)
        self.rank_of[self.number_of] = np.arange(len(days))

    def __len__(self) -> int:
        """Count the documents."""
        return len(self.rank_of)

    def read(self, letters: BinaryIO, rank: int) -> Text:
        """Read one document from the open file."""
        start, own, offsets, end = self._ends[3 * self.number_of[rank] :][:4].tolist()
        letters.seek(start)
        data = letters.read(end - start)
        own, offsets = own - start, offsets - start
        return Text(
            data[offsets:].decode("utf-8", "surrogatepass"),
            data[:own].decode("utf-8", "surrogatepass"),
            np.frombuffer(data[own:offsets], np.int32),
        )

    def prints(self) -> Iterator[NDArray[np.void]]:
        """Give the kept hashes of each part, with the ranks of their documents."""
        for name, start in zip(self._plan, self.starts[:-1], strict=True):
            own = np.frombuffer(self._parts.table(name, "prints")["print"][0].as_py(), PRINT).copy()
            own["text"] = self.rank_of[own["text"] + start]
            yield own


def _day(date: str) -> int:
    """Turn an ISO date, of a year or month too, into a number that sorts like it; 0 for none."""
    return int(date.replace("-", "").ljust(8, "0")) if date else 0


def reuse_pieces(texts: Texts, scratch: Path, shares: NDArray[np.float64]) -> Iterator[pa.Table]:
    """Give the rows of the reuse table, unsorted, and fill in what share of each document, by its number, is copied."""
    rows: list[dict[str, Any]] = []
    pairs = _bucketed(_candidates(texts, scratch), scratch / "pairs", PAIR, lambda p, n: p["later"] * n // len(texts))
    with texts.file.open("rb") as letters:
        text_of = lru_cache(_HELD_TEXTS)(lambda rank: texts.read(letters, rank))
        found = (row for bucket in pairs for row in passages(bucket, lambda rank: text_of(rank).letters))
        for later, group in groupby(found, key=lambda row: row[0]):
            own = text_of(later)
            copied = np.zeros(len(own.letters), bool)
            for _, earlier, there, here, length in group:
                copied[there : there + length] = True
                source = text_of(earlier)
                rows.append(
                    {
                        "doc_id": own.doc_id,
                        "start": int(own.offsets[there]),
                        "end": int(own.offsets[there + length - 1]) + 1,
                        "source_id": source.doc_id,
                        "source_start": int(source.offsets[here]),
                        "source_end": int(source.offsets[here + length - 1]) + 1,
                        "characters": length,
                    }
                )
            shares[texts.number_of[later]] = round(float(copied.mean()), 6)
            if len(rows) > _BATCH_ROWS:
                yield arrow_table(columns_of("reuse", rows), "reuse")
                rows = []
    yield arrow_table(columns_of("reuse", rows), "reuse")


def _candidates(texts: Texts, scratch: Path) -> Iterator[NDArray[np.void]]:
    """Give the places that may begin a shared passage, some hashes at a time."""
    for bucket in _bucketed(texts.prints(), scratch / "prints", PRINT, lambda p, n: p["hash"] % np.uint64(n)):
        yield candidates(bucket)


def _bucketed(
    pieces: Iterable[NDArray[np.void]],
    folder: Path,
    kind: np.dtype[np.void],
    bucket_of: Callable[[NDArray[np.void], int], NDArray[np.integer[Any]]],
) -> Iterator[NDArray[np.void]]:
    """Put records into as many buckets as they need to be sorted one at a time, by way of the disk."""
    folder.mkdir()
    every, records = folder / "every", 0
    with every.open("wb") as file:
        for piece in pieces:
            file.write(piece.tobytes())
            records += len(piece)
    count = min(-(-records // _BUCKET_RECORDS), _MOST_BUCKETS)
    if count > 1:
        paths = [folder / str(number) for number in range(count)]
        with ExitStack() as stack, every.open("rb") as file:
            files = [stack.enter_context(path.open("wb")) for path in paths]
            while data := file.read(_BUCKET_RECORDS * kind.itemsize):
                piece = np.frombuffer(data, kind)
                buckets = bucket_of(piece, count).astype(np.int64)
                piece = piece[np.argsort(buckets, kind="stable")]
                ends = np.cumsum(np.bincount(buckets, minlength=count))
                for target, own in zip(files, np.split(piece, ends[:-1]), strict=True):
                    target.write(own.tobytes())
        every.unlink()
    else:
        paths = [every]
    for path in paths:
        yield np.fromfile(path, kind)
        path.unlink()
