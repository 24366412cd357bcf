"""The tables of a study on disk: one schema, one folder, CSV where a reviewer opens them and Parquet where they are bulky."""

import hashlib
import json
import re
import tempfile
import warnings
from collections.abc import Collection, Iterable, Iterator, Mapping
from contextlib import suppress
from decimal import Decimal
from functools import cached_property
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq

from reformtext.errors import InputError
from reformtext.texts.delimited import csv_writer

MANIFEST = "datapackage.json"
# Above this many rows a table is Parquet: a spreadsheet opens a hundred thousand rows, and no reviewer reads more.
BULK_ROWS = 100_000
# So many rows of a Parquet table are compressed and read together; it bounds the memory that writing takes.
ROW_GROUP = 1 << 19


class Column(NamedTuple):
    """A column: its name, its Frictionless type (string, integer, number) and what it holds."""

    name: str
    type: str
    description: str


def _columns(*rows: str) -> tuple[Column, ...]:
    return tuple(Column(*(part.strip() for part in row.split("|", 2))) for row in rows)


_DOC = "doc_id  | string  | the document: its file's name without the ending; for a row of an export, with - and the row's number"
_ARTICLE = "article | integer | which article of the document, from 1 in reading order"
_BLOCK = "block   | integer | which block of the document, from 0; joins the tables that have it"
_START = "start   | integer | offset of the first character in the decoded source, in code points"
_END = "end     | integer | offset after the last character"

SCHEMA: dict[str, tuple[Column, ...]] = {
    "documents": _columns(
        _DOC,
        _ARTICLE,
        "title | string | headline",
        "place | string | the place that the article is about",
        "place_code | string | its GB/T 2260 code; empty for an invented place",
        "level | string | province, prefecture or county",
        "source | string | newspaper or site",
        "author | string | reporters as named, separated by ;",
        "date | string | ISO 8601",
        "date_kind | string | event (what is reported took place then) or publication",
        "file | string | the file's name",
        "format | string | what kind of file it was",
        "encoding | string | how its bytes were decoded",
        "sha256 | string | of the file's bytes; of a row's text for an export",
        "characters | integer | non-blank characters in all blocks of the article",
        "body_characters | integer | of these, in body blocks",
        "text_characters | integer | characters in the analysed paragraphs (titles, headings, body): what rates per 10,000 characters divide by",
        "paragraphs | integer | body paragraphs",
        "sentences | integer | sentences in the analysed paragraphs",
        "four_character_strings | integer | strings of four Han characters between two marks in the analysed paragraphs",
        "tokens | integer | tokens in the analysed paragraphs",
        "proposed | string | columns that no metadata gave and that were proposed from the text, divided by |",
        "copied | number | share of the document's letters and digits that stand in an earlier document of the study",
    ),
    "blocks": _columns(
        _DOC,
        _ARTICLE,
        _BLOCK,
        "role | string | title, kicker, deck, byline, heading, body, caption or boilerplate",
        _START,
        _END,
        "characters | integer | non-blank characters of this span; a block that a break cuts has a row a span",
    ),
    "terms": _columns(
        _DOC,
        _ARTICLE,
        _BLOCK,
        "term | string | the token as written, after normalisation of width",
        "pos | string | part of speech in jieba's tag set; m number, t date, formula",
        "count | integer | how often in this block",
    ),
    "pairs": _columns(
        _DOC,
        _ARTICLE,
        "term_a | string | a content word; the smaller of the two in code-point order",
        "term_b | string | the other; the same word on the diagonal",
        "count | integer | sentences of the article that have both; on the diagonal, sentences that have the word",
    ),
    "queries": _columns(
        _DOC,
        _ARTICLE,
        _BLOCK,
        "query | string | a term of the lexicon",
        "string_count | integer | occurrences as a string in this block, whatever the tokens",
    ),
    "phrases": _columns(
        _DOC,
        _ARTICLE,
        _BLOCK,
        _START,
        _END,
        "kind | string | formula, first, theme, metaphor, formulation, modality, actor or rhythm",
        "type | string | formula: plus, numeral; first: first, leading, only, rank; rhythm: parallel, coinage; else the theme, the metaphor's domain, the formulation, the type of modality or actor",
        "surface | string | the words",
        "scope | string | of a first: world, nation, province, city, other; else empty",
        "rank | integer | of a rank: its number; else empty",
        "noun | string | of a first: what is claimed, in the text's words, cut short",
        "claimant | string | of a first: the last place, body or firm named before it in its sentence",
        "slots | string | of a formula: its parts, divided by |",
        "meaning | string | of a sum: what the text says each slot stands for, divided by |",
        "listed | string | of a formula: how many the text gives for each slot, divided by |",
        "times | integer | of parallel openings: how many clauses open so",
    ),
    "claims": _columns(
        _DOC,
        _START,
        _END,
        "surface | string | the number with its unit and the bound words that touch it",
        "value | number | in base units: 157.3亿元 is 15730000000; percent as written",
        "unit | string | 元, %, 百分点, 位, 倍, or the classifier or physical unit as written",
        "kind | string | level, change, delta, share or rank",
        "direction | string | up or down for change and delta; else empty",
        "indicator | string | what is measured, in the text's words; cut with … after 21 characters",
        "period | string | what the figure is for, ISO 8601 date or interval; empty where the text does not say",
        "basis | string | what a change is against: yoy, since, from_to; else empty",
        "bound | string | exact, about, min or max",
        "status | string | reported or planned",
        "numeral | string | arabic or han",
        _ARTICLE,
        "place | string | the place that the figure is about",
        "indicator_code | string | the official indicator that the words name; empty where none",
        "scope | string | of a rank: among whom",
        "price | string | comparable or current prices, where said",
        "source | string | whom the sentence names as the source of the figure; empty where none",
    ),
    "reuse": _columns(
        _DOC,
        _START,
        _END,
        "source_id | string | the earlier document that has the same passage",
        "source_start | integer | where it starts there",
        "source_end | integer | where it ends there",
        "characters | integer | Han characters, letters and digits of the passage; 40 at least",
    ),
    "files": _columns(
        "file | string | the file's name, with its folders and the archive that it lay in",
        "format | string | what kind of file it is: text, html, mhtml, docx, pdf, xlsx, csv, tsv, json, jsonl",
        "format_told | string | how that was told",
        "encoding | string | how its bytes were decoded, as Python names it; empty for docx, pdf, xlsx",
        "encoding_told | string | how that was told",
        "bytes | integer | the file's size",
        "sha256 | string | of the file's bytes",
        "content | string | lines, pages, sheets, rows, and which column of an export is the text",
        "odd | string | broken bytes, control characters, mixed line ends, a wrong declaration or mark, unread parts, divided by ;",
    ),
    "checks": _columns(
        _DOC,
        "relation | string | which arithmetic relation was tested",
        "claims | string | the claims concerned as doc_id:start-end, separated by |; the one that is checked comes first; for slots_of_formula the formula",
        "stated | number | what the text says",
        "implied | number | what the other figures imply",
        "low | number | smallest value that their rounding allows",
        "high | number | largest value that their rounding allows",
        "verdict | string | holds, holds within rounding, does not hold or cannot be tested",
        "reason | string | why, in words",
    ),
}

# What could not be read or used: written with every study, and no table of its analysis.
SKIPPED = _columns(
    "file | string | the file that is not in the study, or not wholly",
    "place | string | where in it: a line, a row, an article; empty for the whole file",
    "reason | string | what is wrong",
    "way_out | string | what to do about it",
)
_LAYOUT = {**SCHEMA, "skipped": SKIPPED}


def sha256_of(path: Path) -> str:
    """Give a file's SHA-256 in hexadecimal."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def plain(value: Any) -> str:
    """Write a value for CSV: numbers as plain decimals that read back the same, nothing as the empty string.

    Examples
    --------
    >>> plain(15730000000.0), plain(15.6), plain(float("nan")), plain(2.0)
    ('15730000000', '15.6', '', '2')
    """
    if value is None or value is pd.NA or (isinstance(value, float | np.floating) and np.isnan(value)):
        return ""
    if isinstance(value, float | np.floating):
        return f"{Decimal(repr(float(value))).normalize():f}"
    return str(value)


def conform(frame: pd.DataFrame, table: str) -> pd.DataFrame:
    """Give a frame the columns, order and types of a table of the schema; an absent column is empty."""
    columns: dict[str, Any] = {}
    for column in _LAYOUT[table]:
        values = frame[column.name] if column.name in frame else pd.Series([pd.NA] * len(frame), index=frame.index)
        if column.type == "string":
            known = isinstance(values.dtype, pd.StringDtype) and not values.hasnans
            columns[column.name] = values.astype("str") if known else values.astype("object").map(plain).astype("str")
        else:
            numbers = pd.to_numeric(values.replace("", pd.NA))
            # pandas' nullable integers only where something is missing: numpy and seaborn want plain ones.
            if column.type == "number":
                columns[column.name] = numbers.astype("float64")
            else:
                # A fraction in a column of whole numbers raises here; it is not rounded.
                columns[column.name] = numbers.astype("int64") if numbers.notna().all() else numbers.astype("Int64")
                if not (columns[column.name].dropna() == numbers.dropna()).all():
                    raise ValueError(f"{column.name} holds a number that is not whole")
    return pd.DataFrame(columns, index=frame.index).reset_index(drop=True)


_ARROW = {"string": pa.large_string(), "integer": pa.int64(), "number": pa.float64()}


Columns = dict[str, list[Any]]


def columns_of(table: str, rows: Iterable[Mapping[Any, Any]] = ()) -> Columns:
    """Give the columns of a table of the schema, with the cells of rows; what a row lacks is empty."""
    held, blank = list(rows), {"string": ""}
    return {c.name: [row.get(c.name, blank.get(c.type)) for row in held] for c in _LAYOUT[table]}


def arrow_table(columns: Columns, table: str) -> pa.Table:
    """Give columns the types of a table of the schema, as `conform` does for a frame."""
    return pa.table({c.name: _arrow_column(columns[c.name], c.type) for c in _LAYOUT[table]})


def _arrow_column(values: list[Any], kind: str) -> pa.Array:
    """Make a column: of the values as they are, or, where they are not all of its kind, one by one."""
    with suppress(pa.ArrowInvalid, pa.ArrowTypeError):
        column = pa.array(values, _ARROW[kind], from_pandas=True)
        if kind != "string" or not column.null_count:
            return column
    if kind == "string":
        values = [value if type(value) is str else plain(value) for value in values]
    else:
        number = float if kind == "number" else int
        values = [number(v) if isinstance(v, str) and v else None if pd.isna(v) or v == "" else v for v in values]
    # A fraction in a column of whole numbers raises here; it is not rounded.
    return pa.array(values, _ARROW[kind])


class TableData(NamedTuple):
    """A table on its way to its file: how many rows, the columns with something missing, and the rows in pieces."""

    rows: int
    nulls: Collection[str]
    pieces: Iterable[pa.Table]


def write_tables(frames: dict[str, pd.DataFrame], folder: Path, name: str) -> None:
    """Write frames as the tables of a study, as `write_study` does; an absent one is empty."""
    tables = {}
    for table in _LAYOUT:
        frame = conform(frames.get(table, pd.DataFrame()), table)
        nulls = [column.name for column in _LAYOUT[table] if frame[column.name].isna().any()]
        tables[table] = TableData(len(frame), nulls, [pa.Table.from_pandas(frame, preserve_index=False)])
    write_study(tables.values(), folder, name)


def write_study(tables: Iterable[TableData], folder: Path, name: str) -> None:
    """Write every table of the schema, then what was skipped, and the manifest (a Frictionless data package)."""
    resources = []
    for (table, columns), data in zip(_LAYOUT.items(), tables, strict=True):
        path = folder / f"{table}.{'csv' if data.rows <= BULK_ROWS else 'parquet'}"
        written = (_write_csv if path.suffix == ".csv" else _write_parquet)(path, table, data)
        if written != data.rows:
            raise ValueError(f"{table}: {written} rows written of {data.rows}")
        resources.append(
            {
                "name": table,
                "path": path.name,
                "format": path.suffix[1:],
                "encoding": "utf-8",
                "bytes": path.stat().st_size,
                "hash": f"sha256:{sha256_of(path)}",
                "rows": data.rows,
                "schema": {"fields": [column._asdict() for column in columns], "missingValues": [""]},
            }
        )
    package = {"name": name, "profile": "data-package", "licenses": [{"name": "CC-BY-4.0"}], "resources": resources}
    (folder / MANIFEST).write_text(json.dumps(package, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")


def _write_csv(path: Path, table: str, data: TableData) -> int:
    """Write a small table, numbers as plain decimals."""
    names, count = [column.name for column in _LAYOUT[table]], 0
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv_writer(file)
        writer.writerow(names)
        for piece in data.pieces:
            # Nothing, a text and a whole number are written as they are.
            columns = (
                map(plain, cells.to_pylist()) if pa.types.is_floating(cells.type) else cells.to_pylist()
                for cells in piece.select(names).columns
            )
            writer.writerows(zip(*columns, strict=True))
            count += piece.num_rows
    return count


def _write_parquet(path: Path, table: str, data: TableData) -> int:
    """Write a bulky table; the bytes do not depend on how the rows come in pieces."""
    probe = conform(pd.DataFrame(columns=[column.name for column in _LAYOUT[table]]), table)
    whole = {c.name for c in _LAYOUT[table] if c.type == "integer"} & set(data.nulls)
    schema = pa.Schema.from_pandas(probe.astype(dict.fromkeys(whole, "Int64")), preserve_index=False)
    count = 0
    with pq.ParquetWriter(path, schema, compression="zstd") as writer:
        for group in _row_groups(data.pieces, schema):
            writer.write_table(group, row_group_size=ROW_GROUP)
            count += group.num_rows
    return count


def _row_groups(pieces: Iterable[pa.Table], schema: pa.Schema) -> Iterator[pa.Table]:
    """Put pieces together to tables of one row group each."""
    held: list[pa.Table] = []
    rows = 0
    for piece in pieces:
        held.append(piece.select(schema.names).cast(schema))
        rows += piece.num_rows
        while rows >= ROW_GROUP:
            together = pa.concat_tables(held)
            yield together.slice(0, ROW_GROUP).combine_chunks()
            held, rows = [together.slice(ROW_GROUP)], rows - ROW_GROUP
    if rows:
        yield pa.concat_tables(held).combine_chunks()


class Study:
    """One folder of tables.

    Parameters
    ----------
    folder : path-like
        A folder that `build` made.

    Raises
    ------
    InputError
        Where the folder is no study, or a table is missing or has other columns than the schema.

    Examples
    --------
    >>> study = Study("data/articles")
    >>> study.documents[["doc_id", "place"]]            # doctest: +SKIP
    >>> study.query("select place, sum(tokens) from documents group by place")  # doctest: +SKIP
    """

    def __init__(self, folder: str | Path) -> None:
        self.folder = Path(folder)
        self.package: dict[str, Any]
        self._paths: dict[str, Path]
        try:
            self.package = json.loads((self.folder / MANIFEST).read_text(encoding="utf-8"))
            self._paths = {row["name"]: self.folder / _inside(row) for row in self.package["resources"]}
        except OSError as error:
            raise InputError(
                f"no {MANIFEST} here, so this is no study",
                file=self.folder,
                way_out="name a folder that `reformtext build` made",
            ) from error
        except (ValueError, KeyError, TypeError, RecursionError) as error:
            raise InputError(
                f"not a data package ({error})", file=self.folder / MANIFEST, way_out="build the study again"
            ) from error

    def __repr__(self) -> str:
        return f"Study({self.folder.as_posix()!r})"

    def rows(self, name: str) -> int:
        """Give how many rows a table has, without reading it."""
        return int(next(row["rows"] for row in self.package["resources"] if row["name"] == name))

    def table(self, name: str) -> pd.DataFrame:
        """Read one table and hold its columns to the schema; warn of one that would fill the memory."""
        self._warn_of_size(name)
        path, columns = self._path(name), _LAYOUT[name]
        way_out = "build the study again with this version"
        try:
            if path.suffix == ".csv":
                frame = pd.read_csv(path, dtype="str", keep_default_na=False, encoding="utf-8")
            else:
                frame = pd.read_parquet(path)
        except (OSError, ValueError, KeyError) as error:
            # pandas' and pyarrow's own errors are kinds of the first two; the third comes of damaged pandas metadata.
            raise InputError(f"cannot be read ({error})", file=path, way_out=way_out) from error
        if list(frame.columns) != [column.name for column in columns]:
            raise InputError("the columns are not those of the schema", file=path, place="line 1", way_out=way_out)
        try:
            return conform(frame, name)
        except (ValueError, TypeError, OverflowError) as error:
            raise InputError(f"a value is not of its column's type ({error})", file=path, way_out=way_out) from error

    def _warn_of_size(self, name: str) -> None:
        """Warn before a table is read that would take more than half of the memory."""
        strings = sum(column.type == "string" for column in _LAYOUT[name])
        need = self.rows(name) * (_STRING_BYTES * strings + _NUMBER_BYTES * (len(_LAYOUT[name]) - strings))
        if need > (memory := _memory()) / 2:
            warnings.warn(
                f"{name} has {self.rows(name):,} rows, which take about {need / 1e9:,.1f} GB of the {memory / 1e9:,.1f} GB "
                f"of memory here; ask for what is needed instead: study.query('select … from {name} where … group by …')",
                stacklevel=3,
            )

    def _path(self, name: str) -> Path:
        path = self._paths.get(name)
        if path is None or not path.is_file():
            raise InputError(f"table {name} is missing", file=path or self.folder, way_out="build the study again")
        return path

    @cached_property
    def documents(self) -> pd.DataFrame:
        """An article a row: bibliographic facts and sizes."""
        return self.table("documents")

    @cached_property
    def files(self) -> pd.DataFrame:
        """A source file a row: what it was, how that was told, and what was odd."""
        return self.table("files")

    @cached_property
    def blocks(self) -> pd.DataFrame:
        """A stretch of a source a row: its role and offsets."""
        return self.table("blocks")

    @cached_property
    def terms(self) -> pd.DataFrame:
        """A term in a block a row, with its count."""
        return self.table("terms")

    @cached_property
    def pairs(self) -> pd.DataFrame:
        """Two content words and the number of sentences that have both."""
        return self.table("pairs")

    @cached_property
    def queries(self) -> pd.DataFrame:
        """A lexicon term in an article and how often it stands there as a string; `three_counts` sets tokens beside it."""
        return self.table("queries")

    @cached_property
    def phrases(self) -> pd.DataFrame:
        """A formula, first, theme or metaphor hit a row."""
        return self.table("phrases")

    @cached_property
    def claims(self) -> pd.DataFrame:
        """A reported figure a row."""
        return self.table("claims")

    @cached_property
    def reuse(self) -> pd.DataFrame:
        """A passage a row that a document shares with an earlier one."""
        return self.table("reuse")

    @cached_property
    def checks(self) -> pd.DataFrame:
        """An arithmetic relation between claims a row, with its verdict."""
        return self.table("checks")

    @cached_property
    def skipped(self) -> pd.DataFrame:
        """What is not in the study: a file or part of one a row, with the reason and the way out."""
        return self.table("skipped")

    def query(self, sql: str, memory: str = "50%") -> pd.DataFrame:
        """Run SQL over the tables by their names (DuckDB, which reads the files and needs no memory for them).

        Parameters
        ----------
        sql : str
            One statement, in DuckDB's SQL; an empty text is ``''``, a missing number is null.
        memory : str
            The most memory that it may take, ``"4GB"`` or a share of the machine's; what needs more goes by way of
            the disk, but for the answer, which is a frame.

        Returns
        -------
        DataFrame

        Raises
        ------
        InputError
            Where the statement is wrong, or even with the disk's help does not fit.
        """
        import duckdb

        way_out = f"the tables are {', '.join(SCHEMA)}; their columns stand in the codebook"
        with tempfile.TemporaryDirectory(prefix="reformtext-") as scratch, duckdb.connect() as connection:
            try:
                connection.execute("set autoinstall_known_extensions = false")  # it would fetch them
                connection.execute(f"set temp_directory = {_quoted(scratch)}; set memory_limit = {_quoted(memory)}")
                for name, path in self._paths.items():
                    if path.is_file():
                        connection.execute(f"create view {name} as {_select(path, _LAYOUT[name])}")
                found = connection.sql(sql)
                frame: pd.DataFrame = found.df() if found is not None else pd.DataFrame()
            except duckdb.Error as error:
                raise InputError(f"the query failed: {error}", way_out=way_out) from error
        return frame

    @property
    def content_terms(self) -> pd.DataFrame:
        """The rows of `terms` whose term is a content word: those that have a margin in `pairs`."""
        margins = self.pairs.loc[self.pairs["term_a"] == self.pairs["term_b"], "term_a"]
        return self.terms[self.terms["term"].isin(set(margins))]

    @property
    def labels(self) -> pd.Series:
        """A short name for each article, indexed by doc_id and article: the place, the document, the article's number."""
        several = self.documents.groupby("doc_id")["article"].transform("size") > 1
        names = self.documents["doc_id"].where(
            ~several, self.documents["doc_id"] + "/" + self.documents["article"].astype("str")
        )
        labels = (self.documents["place"] + " " + names).str.strip()
        return labels.set_axis(pd.MultiIndex.from_frame(self.documents[["doc_id", "article"]])).rename("label")

    def faults(self) -> dict[str, str]:
        """Say which tables' files are ``missing`` or have another checksum than the manifest (``differs``)."""
        found = {}
        for row in self.package["resources"]:
            path = self.folder / row["path"]
            if not path.is_file():
                found[row["path"]] = "missing"
            elif f"sha256:{sha256_of(path)}" != row["hash"]:
                found[row["path"]] = "differs"
        return found


# What a cell takes while a frame is read; once read it is about half (measured on the terms and phrases of reports).
_STRING_BYTES, _NUMBER_BYTES = 40, 16


def _memory() -> float:
    """Give the machine's memory in bytes, or the container's: DuckDB finds it on every system, and takes 80 % of it."""
    import duckdb

    with duckdb.connect() as connection:
        said = str(connection.sql("select current_setting('memory_limit')").fetchall()[0][0])
    amount, unit = re.fullmatch(r"([0-9.]+) ?([KMGT]?)i?B|.*", said).groups()  # type: ignore[union-attr]
    return float(amount) * 1024 ** "_KMGT".index(unit or "_") / 0.8 if amount else np.inf


def _quoted(text: str) -> str:
    """Write a text as SQL."""
    return "'" + text.replace("'", "''") + "'"


def _inside(row: Mapping[str, Any]) -> str:
    """Give a resource's path, which is its own name with an ending: it leads nowhere, and stands for itself in SQL."""
    name = row["name"]
    if not str(name).isidentifier() or row["path"] not in (f"{name}.csv", f"{name}.parquet"):
        raise ValueError(f"{row['path']!r} is no file of table {name!r}")
    return str(row["path"])


def _select(path: Path, columns: tuple[Column, ...]) -> str:
    """Write the SQL that reads a table; an empty text is the empty text in CSV as in Parquet, not NULL."""
    file = _quoted(str(path))
    if path.suffix != ".csv":
        return f"select * from read_parquet({file})"
    types = {"string": "VARCHAR", "integer": "BIGINT", "number": "DOUBLE"}
    typed = ", ".join(f"'{column.name}': '{types[column.type]}'" for column in columns)
    texts = ", ".join(f"""coalesce("{c.name}", '') as "{c.name}" """ for c in columns if c.type == "string")
    options = f"""header = true, delim = ',', quote = '"', escape = '"', columns = {{{typed}}}"""
    return f"select * replace ({texts}) from read_csv({file}, {options})"


def versions(study: Study) -> pd.DataFrame:
    """Say what a notebook's numbers rest on: the packages' versions and the tables' checksums.

    Python's own version is left out: the numbers are the same on every one that the project supports.

    Parameters
    ----------
    study : Study
        The study whose tables were used.

    Returns
    -------
    DataFrame
        Indexed by package or table.

    Examples
    --------
    >>> versions(Study("data/articles")).loc["jieba"].item()    # doctest: +SKIP
    '0.42.1'
    """
    from importlib.metadata import version

    names = [
        "reformtext",
        "jieba",
        "rjieba",
        "numpy",
        "pandas",
        "scipy",
        "statsmodels",
        "seaborn",
        "matplotlib",
        "wordcloud",
    ]
    rows = [(name, version(name)) for name in names]
    rows += [(row["path"], row["hash"].removeprefix("sha256:")[:16]) for row in study.package["resources"]]
    return pd.DataFrame(rows, columns=["what", "version or SHA-256"]).set_index("what")


def codebook() -> str:
    """Write the schema as Markdown tables, one a table of the study."""
    parts = []
    for table, columns in SCHEMA.items():
        rows = "\n".join(f"| {c.name} | {c.type} | {c.description.replace('|', chr(92) + '|')} |" for c in columns)
        parts.append(f"### {table}\n\n| column | type | definition |\n|---|---|---|\n{rows}\n")
    return "\n".join(parts)


def write_codebook(readme: Path) -> None:
    """Put the schema's tables between the codebook marks of a Markdown file."""
    begin, end = "<!-- codebook -->\n", "<!-- /codebook -->\n"
    text = readme.read_text(encoding="utf-8")
    if begin not in text or end not in text:
        raise InputError(f"no line {begin.strip()} or {end.strip()}", file=readme, way_out="put both back in")
    readme.write_text(text.split(begin)[0] + begin + codebook() + end + text.split(end)[1], encoding="utf-8")
