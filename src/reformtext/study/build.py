"""Texts to tables: read every document, label, cut and search it, and write one study."""

import csv
import re
import tempfile
import warnings
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from contextlib import ExitStack
from itertools import combinations
from pathlib import Path
from typing import Any, NamedTuple

import pandas as pd
from tqdm import tqdm

from reformtext.claims.audit import audit
from reformtext.claims.extract import claims
from reformtext.discourse.firsts import firsts
from reformtext.discourse.formulas import formulas
from reformtext.discourse.metaphors import metaphors
from reformtext.discourse.themes import themes
from reformtext.errors import InputError
from reformtext.study.tables import MANIFEST, SCHEMA, Study, conform, write_tables
from reformtext.texts.clean import Block, Paragraph, clean, paragraphs
from reformtext.texts.lexicon import load_lexicon, load_stopwords
from reformtext.texts.read import Document, read
from reformtext.texts.segment import Token, tokenize

METADATA_COLUMNS = (
    *("file", "row", "article", "title", "place", "place_code", "level"),
    *("source", "author", "date", "date_kind", "use"),
)
_FACTS = METADATA_COLUMNS[3:-1]
Row = dict[Any, Any]
# What may carry a collocation: nouns, verbs, adjectives and the lexicon's own terms, two characters or more.
_CONTENT_POS = ("n", "v", "a", "i", "j", "l")
_LONGEST_INDICATOR = 22
_HAN_WORD = re.compile(r"[\u4e00-\u9fff]{2,}")
_SENTENCE_END = re.compile(r"[。！？；!?;]")
_NOT_BLANK = re.compile(r"\S")
_ISO_DATE = re.compile(r"\d{4}(?:-(?:0[1-9]|1[0-2])(?:-(?:0[1-9]|[12]\d|3[01]))?)?")
_WRITTEN_DATE = re.compile(r"(\d{4})[-/.年](\d{1,2})[-/.月](\d{1,2})")


class Source(NamedTuple):
    """A document with what the metadata says of its articles."""

    document: Document
    facts: dict[int, dict[str, str]]


def read_metadata(path: Path) -> dict[tuple[str, int], dict[str, str]]:
    """Read a metadata CSV: (document name, article) to the facts of that article.

    Raises
    ------
    InputError
        Names the file and line of a missing column, an empty file name, a bad number or a row that stands twice.
    """
    try:
        with path.open(encoding="utf-8-sig", newline="") as file:
            reader = csv.DictReader(file, strict=True)
            header = reader.fieldnames or []
            rows = [(reader.line_num, row) for row in reader]
    except FileNotFoundError as error:
        raise InputError("there is no such metadata file", file=path, way_out="check its path") from error
    except (UnicodeDecodeError, csv.Error) as error:
        raise InputError(
            f"cannot be read as CSV in UTF-8 ({error})", file=path, way_out="save it as “CSV UTF-8”"
        ) from error
    if "file" not in header:
        raise InputError(
            "no column file", file=path, place="line 1", way_out=f"columns are {', '.join(METADATA_COLUMNS)}"
        )
    found: dict[tuple[str, int], dict[str, str]] = {}
    for line, row in rows:
        cells = {name: (row.get(name) or "").strip() for name in METADATA_COLUMNS}
        numbers = [cells["row"] or "0", cells["article"] or "1"]
        if not cells["file"] or not all(number.isdecimal() for number in numbers):
            raise InputError(
                "file is empty, or row or article is no whole number",
                file=path,
                place=f"line {line}",
                way_out="fill in the file's name; leave row empty for a file that is one document",
            )
        if cells["use"] not in ("", "yes", "no"):
            raise InputError(
                f"use is {cells['use']!r}", file=path, place=f"line {line}", way_out="write yes, no or nothing"
            )
        if cells["date"] and not _ISO_DATE.fullmatch(cells["date"]):
            raise InputError(
                f"{cells['date']!r} is no date",
                file=path,
                place=f"line {line}",
                way_out="write 2024-09-04, 2024-09 or 2024",
            )
        key = (document_name(cells["file"], int(numbers[0])), int(numbers[1]))
        if key in found:
            raise InputError(
                "names the same article as a line above", file=path, place=f"line {line}", way_out="keep one"
            )
        found[key] = cells
    return found


def document_name(file: str, row: int = 0) -> str:
    """Name a document by its file and, for an export, its row."""
    stem = Path(file).stem
    return f"{stem}-{row:04d}" if row else stem


def match(
    documents: Sequence[Document], metadata: Mapping[tuple[str, int], dict[str, str]], path: Path
) -> list[Source]:
    """Give each document its rows of the metadata; every row must find its document and every document a row."""
    known = {document.name for document in documents}
    problems = [
        InputError(
            f"the row for {facts['file']} finds no text",
            file=path,
            way_out="put the file beside the others or take the row out",
        )
        for (name, _), facts in metadata.items()
        if name not in known
    ]
    problems += [
        InputError(
            "no row of the metadata names this text",
            file=document.file,
            way_out=f"add a row to {path.name} or move the file away",
        )
        for document in documents
        if not any(name == document.name for name, _ in metadata)
    ]
    _raise_all(problems)
    sources = [
        Source(document, {article: facts for (name, article), facts in metadata.items() if name == document.name})
        for document in documents
    ]
    kept = [source for source in sources if source.facts[min(source.facts)]["use"] != "no"]
    if len(kept) < len(sources):
        warnings.warn(f"{len(sources) - len(kept)} texts are left out, as {path.name} says (use: no)", stacklevel=3)
    return kept


def _raise_all(problems: Sequence[InputError]) -> None:
    if problems:
        raise InputError("\n".join(map(str, problems)))


def document_tables(source: Source) -> dict[str, list[Row]]:
    """Work one document through to its rows of every table but the checks."""
    document, facts = source
    blocks, cut = clean(document.text), paragraphs(document.text)
    rows: dict[str, list[Row]] = {name: [] for name in SCHEMA}
    rows["blocks"] = list(_block_rows(document, blocks))
    for article in sorted({block.article for block in blocks}):
        own = [p for p in cut if p.article == article]
        about = _about(document, facts, article, own)
        tokens = [(paragraph, tokenize(paragraph.text)) for paragraph in own]
        where = {"doc_id": document.name, "article": article}
        sentences = [sentence for paragraph, cells in tokens for sentence in _sentences(paragraph, cells)]
        rows["documents"].append({**where, **about, **_sizes(rows["blocks"], article, own, tokens, len(sentences))})
        rows["terms"] += [{**where, **row} for row in _term_rows(tokens)]
        rows["pairs"] += [{**where, **row} for row in _pair_rows(sentences)]
        rows["queries"] += [{**where, **row} for row in _query_rows(own)]
        rows["phrases"] += [{**where, **row} for row in _phrase_rows(own)]
        found = claims(own, date=_last_day(about["date"]), place=about["place"] or None, doc_id=document.name)
        rows["claims"] += [
            {**row, "article": article, "indicator": _short(row["indicator"])} for row in found.to_dict("records")
        ]
    return rows


def _about(
    document: Document, facts: Mapping[int, dict[str, str]], article: int, own: Sequence[Paragraph]
) -> dict[str, Any]:
    # A page may hold an article that the metadata does not list: it shares the page's facts, not its title and author.
    given = facts.get(article) or {**facts.get(1, {}), "title": "", "author": ""}
    about = {name: given.get(name) or (document.meta.get(name, "") if article == 1 else "") for name in _FACTS}
    if not _ISO_DATE.fullmatch(about["date"]):
        # An export writes dates as it likes; what is no date is left out and stays in the file.
        written = _WRITTEN_DATE.search(about["date"])
        about["date"] = f"{written[1]}-{int(written[2]):02d}-{int(written[3]):02d}" if written else ""
    about["title"] = about["title"] or "　".join(p.text for p in own if p.role == "title")[:80]
    return {
        **about,
        "file": document.file,
        "format": document.format,
        "encoding": document.encoding,
        "sha256": document.sha256,
    }


def _short(indicator: str) -> str:
    """Cut an indicator that would repeat a stretch of the text in a table that is shared; offsets lead to the rest."""
    return indicator if len(indicator) <= _LONGEST_INDICATOR else indicator[: _LONGEST_INDICATOR - 1] + "…"


def _last_day(date: str) -> str | None:
    """Give a date's day, or the last one of its month or year: what is reported has happened by then."""
    return pd.Period(date).end_time.date().isoformat() if date else None


def _block_rows(document: Document, blocks: Sequence[Block]) -> Iterable[Row]:
    for number, block in enumerate(blocks):
        for start, end in block.spans:
            yield {
                "doc_id": document.name,
                "article": block.article,
                "block": number,
                "role": block.role,
                "start": start,
                "end": end,
                "characters": len(_NOT_BLANK.findall(document.text, start, end)),
            }


def _sizes(
    blocks: Sequence[Mapping[str, Any]],
    article: int,
    own: Sequence[Paragraph],
    tokens: Sequence[tuple[Paragraph, Sequence[Token]]],
    sentences: int,
) -> dict[str, int]:
    mine = [row for row in blocks if row["article"] == article]
    return {
        "characters": sum(row["characters"] for row in mine),
        "body_characters": sum(row["characters"] for row in mine if row["role"] == "body"),
        "text_characters": sum(len(_NOT_BLANK.findall(paragraph.text)) for paragraph in own),
        "paragraphs": sum(paragraph.role == "body" for paragraph in own),
        "sentences": sentences,
        "tokens": sum(len(cells) for _, cells in tokens),
    }


def _term_rows(tokens: Sequence[tuple[Paragraph, Sequence[Token]]]) -> Iterable[Row]:
    for paragraph, cells in tokens:
        # Sorted by term: the order in which words stood must not be in the table.
        for (term, pos), count in sorted(Counter((token.term, token.pos) for token in cells).items()):
            yield {"block": paragraph.block, "term": term, "pos": pos, "count": count}


def _sentences(paragraph: Paragraph, tokens: Sequence[Token]) -> list[list[Token]]:
    """Cut a paragraph's tokens at sentence ends; a sentence has at least one token."""
    ends = [found.end() for found in _SENTENCE_END.finditer(paragraph.text)]
    sentences: list[list[Token]] = []
    at, current = 0, -1
    for token in tokens:
        while at < len(ends) and token.start >= ends[at]:
            at += 1
        if current != at:
            sentences.append([])
            current = at
        sentences[-1].append(token)
    return sentences


def _pair_rows(sentences: Sequence[Sequence[Token]]) -> Iterable[Row]:
    stop, nodes = load_stopwords(), set(load_lexicon().table["term"])
    counts: Counter[tuple[str, str]] = Counter()
    for sentence in sentences:
        content = sorted({t.term for t in sentence if _is_content(t, stop)})
        counts.update((term, term) for term in content)
        # One of the two is a term of the lexicon: the table is about reform discourse, and stays small enough to open.
        counts.update((a, b) for a, b in combinations(content, 2) if a in nodes or b in nodes)
    for (a, b), count in sorted(counts.items()):
        yield {"term_a": a, "term_b": b, "count": count}


def _is_content(token: Token, stop: frozenset[str]) -> bool:
    return token.pos.startswith(_CONTENT_POS) and token.term not in stop and bool(_HAN_WORD.fullmatch(token.term))


def _query_rows(own: Sequence[Paragraph]) -> Iterable[Row]:
    text = "\n".join(paragraph.text for paragraph in own)
    for query in sorted(load_lexicon().table["term"]):
        count = text.count(query)
        if count:
            yield {"query": query, "string_count": count}


def _phrase_rows(own: Sequence[Paragraph]) -> list[Row]:
    block_of = {offset: paragraph.block for paragraph in own for offset in paragraph.offsets}
    found: list[Row] = []
    for kind, frame, column in (
        ("formula", formulas(own), "kind"),
        ("first", firsts(own), "kind"),
        ("theme", themes(own), "theme"),
        ("metaphor", metaphors(own), "domain"),
    ):
        for row in frame.to_dict("records"):
            found.append({**row, "block": block_of[row["start"]], "kind": kind, "type": row[column]})
    return sorted(found, key=lambda row: (row["start"], row["end"], row["kind"], row["type"]))


def _sources(documents: Sequence[Document], metadata: Path | None) -> list[Source]:
    names = Counter(document.name for document in documents)
    _raise_all(
        [
            InputError(f"{count} texts have the name {name}", way_out="rename all but one of the files")
            for name, count in names.items()
            if count > 1
        ]
    )
    if metadata is None:
        return [Source(document, {}) for document in documents]
    return match(documents, read_metadata(metadata), metadata)


def _check_out(out: Path) -> None:
    """Refuse to replace a folder that holds anything but a study: it would be lost."""
    if not out.exists():
        return
    ours = {MANIFEST, *(f"{name}.{ending}" for name in SCHEMA for ending in ("csv", "parquet"))}
    others = sorted(path.name for path in out.iterdir() if path.name not in ours) if out.is_dir() else [out.name]
    if others:
        raise InputError(
            f"holds other things than a study ({', '.join(others[:3])})", file=out, way_out="name a new or empty folder"
        )


def _run(sources: Sequence[Source], jobs: int, scheduler: str | None) -> list[dict[str, list[Row]]]:
    """Work all documents through, in their order."""
    import joblib

    with ExitStack() as stack:
        if scheduler:
            try:
                from dask.distributed import Client
            except ImportError as error:
                raise InputError(
                    "a scheduler was named, but dask.distributed is not installed",
                    way_out="pip install 'dask[distributed]', or leave --scheduler out",
                ) from error
            stack.enter_context(Client(scheduler))
            stack.enter_context(joblib.parallel_config("dask"))
        parallel = joblib.Parallel(n_jobs=jobs if len(sources) > 1 else 1, return_as="generator")
        work = parallel(joblib.delayed(document_tables)(source) for source in sources)
        return list(tqdm(work, total=len(sources), desc="build", unit="text", disable=None))


def _frames(sources: Sequence[Source], results: Sequence[Mapping[str, list[Row]]]) -> dict[str, pd.DataFrame]:
    """Gather the documents' rows into tables, and hold the articles found to those that the metadata lists."""
    problems = []
    for source, result in zip(sources, results, strict=True):
        found = {row["article"] for row in result["documents"]}
        problems += [
            InputError(
                f"the metadata lists article {article}, the page has {len(found)}",
                file=source.document.file,
                way_out="correct the article numbers of its rows",
            )
            for article in sorted(set(source.facts) - found)
        ]
        for article in sorted(found - set(source.facts) if source.facts else ()):
            warnings.warn(
                f"{source.document.file}: article {article} has no row in the metadata; it takes the page's facts",
                stacklevel=3,
            )
    _raise_all(problems)
    frames = {
        name: conform(pd.DataFrame([row for result in results for row in result[name]]), name)
        for name in SCHEMA
        if name != "checks"
    }
    frames["checks"] = audit(frames["claims"])
    return frames


def build(
    source: str | Path,
    out: str | Path,
    metadata: str | Path | None = None,
    jobs: int = -1,
    scheduler: str | None = None,
) -> Study:
    """Build a study from a folder of texts.

    Parameters
    ----------
    source : path-like
        A folder of texts, or one file.
    out : path-like
        The study's folder. It is replaced whole, and only when everything went well.
    metadata : path-like, optional
        A CSV with one row an article (columns `METADATA_COLUMNS`; ``use`` is ``no`` for a text to leave out); without it, ``metadata.csv`` beside the texts is
        taken if it is there, and else what the files themselves say.
    jobs : int, default -1
        Processes to use; -1 is one a core.
    scheduler : str, optional
        Address of a Dask scheduler (``tcp://…``) to spread the work on, instead of processes of this machine.

    Returns
    -------
    Study
        The finished study.

    Raises
    ------
    InputError
        One line a fault: a missing or empty file, an unknown encoding, a row without a file, a file without a row.
        Nothing is written then.

    Examples
    --------
    >>> study = build("data/sample", "my-study", jobs=1)    # doctest: +SKIP
    """
    source, out = Path(source), Path(out)
    beside = (source if source.is_dir() else source.parent) / "metadata.csv"
    listed = Path(metadata) if metadata else beside if beside.is_file() else None
    _check_out(out)
    sources = _sources(read(source), listed)
    frames = _frames(sources, _run(sources, jobs, scheduler))
    out.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(prefix=f".{out.name}-", dir=out.parent) as scratch:
        folder = Path(scratch) / "study"
        folder.mkdir()
        write_tables(frames, folder, name=re.sub(r"[^a-z0-9._-]+", "-", out.name.lower()) or "study")
        _swap(folder, out, Path(scratch) / "before")
    return Study(out)


def _swap(fresh: Path, out: Path, before: Path) -> None:
    """Put a finished folder in another's place; whatever goes wrong, one of the two is there."""
    if not out.exists():
        fresh.rename(out)
        return
    out.rename(before)
    try:
        fresh.rename(out)
    except OSError:
        before.rename(out)
        raise
