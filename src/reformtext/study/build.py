"""Texts to tables: read every document, label, cut and search it, and write one study."""

import re
import shutil
import tempfile
import warnings
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from contextlib import ExitStack
from dataclasses import replace
from itertools import combinations
from pathlib import Path
from typing import Any

import pandas as pd
from tqdm import tqdm

from reformtext.claims.audit import audit
from reformtext.claims.extract import claims
from reformtext.discourse.firsts import firsts
from reformtext.discourse.formulas import formulas
from reformtext.discourse.formulations import formulations
from reformtext.discourse.metaphors import metaphors
from reformtext.discourse.rhythm import rhythm
from reformtext.discourse.themes import themes
from reformtext.discourse.voices import actors, modality
from reformtext.errors import InputError
from reformtext.study.metadata import Source, facts_of, match, raise_all, read_metadata, tell_notes
from reformtext.study.tables import MANIFEST, SCHEMA, Study, conform, write_tables
from reformtext.texts.clean import Block, Paragraph, clean, paragraphs
from reformtext.texts.lexicon import load_lexicon, load_stopwords
from reformtext.texts.read import Document, read
from reformtext.texts.reuse import reuse, reuse_shares
from reformtext.texts.segment import Token, tokenize

Row = dict[Any, Any]
# What may carry a collocation: nouns, verbs, adjectives and the lexicon's own terms, two characters or more.
_CONTENT_POS = ("n", "v", "a", "i", "j", "l")
_LONGEST_INDICATOR = 22
_HAN_WORD = re.compile(r"[\u4e00-\u9fff]{2,}")
_SENTENCE_END = re.compile(r"[。！？；!?;]")
_NOT_BLANK = re.compile(r"\S")


def document_tables(source: Source) -> dict[str, list[Row]]:
    """Work one document through to its rows of every table but the checks."""
    document = source.document
    blocks, cut = clean(document.text), paragraphs(document.text)
    rows: dict[str, list[Row]] = {name: [] for name in SCHEMA}
    rows["blocks"] = list(_block_rows(document, blocks))
    for article in sorted({block.article for block in blocks}):
        own = [p for p in cut if p.article == article]
        about = _about(source, article, own)
        tokens = [(paragraph, tokenize(paragraph.text)) for paragraph in own]
        where = {"doc_id": document.name, "article": article}
        sentences = [sentence for paragraph, cells in tokens for sentence in _sentences(paragraph, cells)]
        rows["documents"].append({**where, **about, **_sizes(rows["blocks"], article, own, tokens, len(sentences))})
        rows["terms"] += [{**where, **row} for row in _term_rows(tokens)]
        rows["pairs"] += [{**where, **row} for row in _pair_rows(sentences)]
        rows["queries"] += [{**where, **row} for row in _query_rows(own)]
        rows["phrases"] += [{**where, **row} for row in _phrase_rows(own)]
        found = claims(own, date=about["date"] or None, place=about["place"] or None, doc_id=document.name)
        rows["claims"] += [{**row, "article": article} for row in found.to_dict("records")]
    return rows


def _about(source: Source, article: int, own: Sequence[Paragraph]) -> Row:
    document, known = source.document, facts_of(source, article)
    title = known["title"] or "　".join(p.text for p in own if p.role == "title")[:80]
    return {
        **known,
        "title": title,
        "file": document.file,
        "format": document.format,
        "encoding": document.encoding,
        "sha256": document.sha256,
    }


def _short(indicator: str) -> str:
    """Cut an indicator that would repeat a stretch of the text in a table that is shared; offsets lead to the rest."""
    return indicator if len(indicator) <= _LONGEST_INDICATOR else indicator[: _LONGEST_INDICATOR - 1] + "…"


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
        # Counted only: strings of four stand in rows, and with their places the text could be put together again.
        "four_character_strings": int((rhythm(own)["kind"] == "four").sum()),
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
    present = [query for query in sorted(load_lexicon().table["term"]) if query in text]
    for paragraph in own:
        for query in present:
            if count := paragraph.text.count(query):
                yield {"block": paragraph.block, "query": query, "string_count": count}


def _phrase_rows(own: Sequence[Paragraph]) -> list[Row]:
    block_of = {offset: paragraph.block for paragraph in own for offset in paragraph.offsets}
    found: list[Row] = []
    for kind, frame, column in (
        ("formula", formulas(own), "kind"),
        ("first", firsts(own), "kind"),
        ("theme", themes(own), "theme"),
        ("metaphor", metaphors(own), "domain"),
        ("formulation", formulations(own), "formulation"),
        ("modality", modality(own), "type"),
        ("actor", actors(own), "type"),
        ("rhythm", rhythm(own).query("kind != 'four'"), "kind"),
    ):
        for row in frame.to_dict("records"):
            # A phrase with what it claims stays shorter than a stretch of text that may not be shared.
            row["noun"] = row.get("noun", "")[: max(_LONGEST_INDICATOR - len(row["surface"]), 0)]
            found.append({**row, "block": block_of[row["start"]], "kind": kind, "type": row[column]})
    return sorted(found, key=lambda row: (row["start"], row["end"], row["kind"], row["type"]))


def _sources(documents: Sequence[Document], metadata: Path | None) -> list[Source]:
    names = Counter(document.name for document in documents)
    raise_all(
        [
            InputError(f"{count} texts have the name {name}", way_out="rename all but one of the files")
            for name, count in names.items()
            if count > 1
        ]
    )
    tell_notes(documents)
    if metadata is None:
        return [Source(document, {}) for document in documents]
    return match(documents, read_metadata(metadata), metadata)


def _check_out(out: Path, source: Path) -> None:
    """Refuse to replace what is no study, and to write among the texts that are read."""
    if source.is_dir() and source.resolve() in [out.resolve(), *out.resolve().parents]:
        raise InputError(f"lies in the folder of the texts, {source}", file=out, way_out="name a folder outside it")
    if out.is_symlink() or not out.name:
        raise InputError("is a link, or has no name", file=out, way_out="name the folder itself")
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


def _copies(sources: Sequence[Source]) -> tuple[pd.DataFrame, pd.Series]:
    """Find what documents share with earlier ones, by the dates that are known, and the copied share of each."""
    dated = [
        replace(source.document, meta={**source.document.meta, "date": facts_of(source, 1)["date"] or ""})
        for source in sources
    ]
    passages = reuse(dated)
    return passages, reuse_shares(dated, passages).set_index("doc_id")["share"].round(6)


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
    raise_all(problems)
    frames = {
        name: conform(pd.DataFrame([row for result in results for row in result[name]]), name)
        for name in SCHEMA
        if name not in {"checks", "reuse"}
    }
    passages, shares = _copies(sources)
    frames["reuse"] = conform(passages, "reuse")
    frames["documents"]["copied"] = frames["documents"]["doc_id"].map(shares)
    frames["checks"] = audit(frames["claims"], frames["phrases"].query("kind == 'formula'"))
    frames["claims"]["indicator"] = frames["claims"]["indicator"].map(_short)
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
        A CSV with one row an article (columns `METADATA_COLUMNS`; ``use`` is ``no`` for a text to leave out); without
        it, ``metadata.csv`` beside the texts is taken if it is there, and else what the files themselves say.
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
    if jobs == 0:
        raise InputError("jobs is 0", way_out="give a number of processes, or -1 for one a core")
    _check_out(out, source)
    beside = (source if source.is_dir() else source.parent) / "metadata.csv"
    listed = Path(metadata) if metadata else beside if beside.is_file() else None
    _recover(out)
    # The scratch folder is made first: where it cannot be written, that is said before the long work.
    with tempfile.TemporaryDirectory(prefix=f".{out.name}-", dir=_parent(out)) as scratch:
        sources = _sources(read(source), listed)
        frames = _frames(sources, _run(sources, jobs, scheduler))
        folder = Path(scratch) / "study"
        folder.mkdir()
        write_tables(frames, folder, name=re.sub(r"[^a-z0-9._-]+", "-", out.name.lower()).strip("-") or "study")
        _swap(folder, out)
    return Study(out)


def _parent(out: Path) -> Path:
    try:
        out.parent.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise InputError(f"cannot be made ({error.strerror})", file=out.parent, way_out="name another --out") from error
    return out.parent


def _before(out: Path) -> Path:
    return out.with_name(f".{out.name}-before")


def _recover(out: Path) -> None:
    """Put back a study that an earlier run was killed while replacing."""
    if _before(out).exists() and not out.exists():
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
