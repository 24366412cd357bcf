"""What must hold for any file at all, and for any text: `check` raises AssertionError where it does not."""

import csv
import io
import json
import warnings
import zipfile
from collections.abc import Callable
from pathlib import Path

import pandas as pd

import reformtext as rt
from reformtext.discourse.coding import read_codes
from reformtext.study.metadata import Source, by_text, facts_of, read_metadata
from reformtext.study.rows import document_tables
from reformtext.study.tables import SCHEMA, conform

LONGEST = 4_000  # characters of a text that the slower laws are held to
PHRASES = (rt.formulas, rt.firsts, rt.themes, rt.metaphors, rt.formulations, rt.modality, rt.actors)


def check_cover(text: str) -> list[rt.Paragraph]:
    """Every character that is no blank lies in one block, and every paragraph's offsets lead back."""
    blocks = rt.clean(text)
    covered = [0] * len(text)
    for block in blocks:
        for start, end in block.spans:
            assert 0 <= start < end <= len(text), f"a span {start, end} of {len(text)}"
            assert not text[start].isspace() and not text[end - 1].isspace(), (
                f"a span {start, end} has blanks at an end"
            )
            for i in range(start, end):
                covered[i] += 1
    for i, character in enumerate(text):
        assert covered[i] <= 1, f"character {i} lies in {covered[i]} blocks"
        assert covered[i] or character.isspace(), f"character {i}, {character!r}, lies in no block"
    paragraphs = rt.paragraphs(text)
    for paragraph in paragraphs:
        assert len(paragraph.offsets) == len(paragraph.text)
        assert all(0 <= offset < len(text) for offset in paragraph.offsets)
        assert 0 <= paragraph.block < len(blocks) and blocks[paragraph.block].article == paragraph.article
    return paragraphs


def check_text(text: str) -> None:
    """Hold every step from a text to its tokens, phrases, claims and checks."""
    paragraphs = check_cover(text)
    if len(text) > LONGEST:
        text = text[:LONGEST]
        paragraphs = rt.paragraphs(text)
    for paragraph in paragraphs:
        at = 0
        for token in rt.tokenize(paragraph.text):
            assert at <= token.start < token.end, f"tokens overlap at {token.start}"
            assert token.term == paragraph.text[token.start : token.end]
            at = token.end
    for work in PHRASES:
        check_surfaces(work(paragraphs), text)
    parallels = rt.rhythm(paragraphs)  # its surfaces are as analysed
    assert ((parallels["start"] >= 0) & (parallels["start"] < parallels["end"]) & (parallels["end"] <= len(text))).all()
    claims = rt.claims(paragraphs, date="2024-09-04", doc_id="a")
    check_surfaces(claims, text)
    if len(text) % 3 == 0:
        rt.audit(claims)


def check_surfaces(found: pd.DataFrame, text: str) -> None:
    for start, end, surface in zip(found["start"], found["end"], found["surface"], strict=True):
        assert 0 <= start < end <= len(text) and text[start:end] == surface, f"{surface!r} is not at {start, end}"


def check_documents(path: Path) -> str:
    """Read one file; every fault names it, and nothing is lost without a word."""
    errors: list[rt.InputError] = []
    documents = rt.read(path, on_error=errors.append)
    for error in errors:
        assert path.name in str(error), f"an error that does not name the file: {error}"
        assert "\n" not in str(error).strip(), f"an error of several lines: {error}"
    assert documents or errors, "no document and no word why"
    assert len({document.name for document in documents}) == len(documents), "two documents of one name"
    check_whole(path.read_bytes(), documents, len(errors))
    for document in documents:
        facts_of(Source(document, {}), 1)
    for document in documents[1:4]:
        check_cover(document.text)
    check_text(documents[0].text if documents else "")
    if documents and len(documents[0].text) % 7 == 0:  # the tables take more time than all else
        small = Source(rt.Document("a", documents[0].text[:2_000] or "改", documents[0].meta), {})
        columns = document_tables(small)
        for table in SCHEMA.keys() & columns:
            conform(pd.DataFrame(columns[table]), table)
        rt.reuse([rt.Document("a", documents[0].text[:5_000]), rt.Document("b", documents[-1].text[:5_000])])
    return "read" if documents else "refused"


def check_whole(data: bytes, documents: list[rt.Document], faults: int) -> None:
    """Compare with what can be told without the library: a text's characters, an export's rows, an archive's files."""
    kind = documents[0].format if documents else ""
    if kind == "text" and documents[0].encoding == "utf-8" and len(documents) == 1 and not data.startswith(b"PK"):
        assert documents[0].text.encode("utf-8") == data.removeprefix(b"\xef\xbb\xbf") or "broken" in str(documents)
    if kind == "jsonl" and not data.startswith(b"PK") and documents[0].encoding == "utf-8":
        held = [json.loads(line) for line in data.decode("utf-8-sig", "replace").split("\n") if line.strip()]
        assert len(documents) == sum(len(row) if isinstance(row, list) else 1 for row in held), "a row is lost"
    if kind in ("csv", "tsv") and not data.startswith(b"PK") and documents[0].encoding == "utf-8":
        text = data.decode("utf-8-sig", "replace")
        most = max(
            sum(any(map(str.strip, row)) for row in csv.reader(io.StringIO(text, newline=""), delimiter=mark))
            for mark in ",;\t"
        )
        assert len(documents) <= most, "a row is made up"
    if data.startswith(b"PK") and documents and documents[0].file.count("/"):
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            wanted = [
                entry
                for entry in archive.infolist()
                if not entry.filename.endswith("/")  # a name may be empty, which is_dir takes for granted it is not
                and not any(part.startswith((".", "~$", "__MACOSX")) for part in entry.filename.split("/"))
            ]
        assert len({document.file for document in documents}) + faults >= len(wanted), "an archive's file is lost"


def check_terms(path: Path) -> str:
    lexicon = rt.load_lexicon(path)
    text = "全市优化营商环境，推进放管服改革，一季度办结事项20件，增长8.3%。" + "".join(lexicon.table["term"][:20])
    for token in rt.tokenize(text[:2_000], lexicon):
        assert token.term == text[token.start : token.end]
    return "read"


def check_metadata(path: Path) -> str:
    rows = read_metadata(path)
    sources = [
        Source(rt.Document(Path(file).stem, "改革", file=file), facts) for (file, _), facts in by_text(rows).items()
    ]
    for source in sources:
        for article in source.facts:
            facts_of(source, article)
    return "read"


def check_study(folder: Path) -> str:
    """Open a study one of whose files is damaged: each table is read, or its fault told."""
    study = rt.Study(folder)
    study.faults()
    faults = 0
    for table in ("documents", "claims", "blocks"):
        try:
            frame = study.table(table)
            assert list(frame) == [column.name for column in SCHEMA[table]]
        except rt.InputError as error:
            assert folder.name in str(error), f"an error that does not name the study: {error}"
            faults += 1
    for sql in ("select count(*) from documents", "select doc_id, value from claims"):
        try:
            study.query(sql)
        except rt.InputError:
            faults += 1
    return "refused" if faults else "read"


def check_codes(path: Path) -> str:
    codes, book = read_codes(path)
    if {"coder_a", "coder_b"} <= set(codes):
        rt.agreement(codes, book, draws=3)
    return "read"


OF_ONE_FILE: dict[str, Callable[[Path], str]] = {
    "terms": check_terms,
    "metadata": check_metadata,
    "codes": check_codes,
    "study": check_study,
}


def check(kind: str, path: Path) -> str:
    """Hold a file of a kind to the laws, and say whether it was read or refused."""
    work = OF_ONE_FILE.get(kind, check_documents)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", UserWarning)
        try:
            return work(path)
        except rt.InputError as error:
            if kind != "codes":
                assert path.name in str(error), f"an error that does not name the file: {error}"
            return "refused"
