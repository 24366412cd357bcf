"""Texts to tables: read every document, work each one through, and write one study."""

import re
import shutil
import tempfile
import warnings
from collections import Counter
from collections.abc import Mapping, Sequence
from contextlib import ExitStack
from dataclasses import replace
from pathlib import Path

import pandas as pd
from tqdm import tqdm

from reformtext.claims.audit import audit
from reformtext.errors import InputError
from reformtext.study.metadata import Source, facts_of, match, raise_all, read_metadata, tell_notes
from reformtext.study.rows import Row, document_tables, short
from reformtext.study.tables import MANIFEST, SCHEMA, Study, conform, write_tables
from reformtext.texts.read import Document, read
from reformtext.texts.reuse import reuse, reuse_shares


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
    frames["claims"]["indicator"] = frames["claims"]["indicator"].map(short)
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
