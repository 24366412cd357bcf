"""One document to its rows of every table."""

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from itertools import combinations
from typing import Any

from reformtext.claims.extract import claims
from reformtext.discourse.firsts import firsts
from reformtext.discourse.formulas import formulas
from reformtext.discourse.formulations import formulations
from reformtext.discourse.metaphors import metaphors
from reformtext.discourse.rhythm import rhythm
from reformtext.discourse.themes import themes
from reformtext.discourse.voices import actors, modality
from reformtext.study.metadata import Source, complete, facts_of
from reformtext.study.tables import SCHEMA
from reformtext.texts.clean import Block, Paragraph, clean, paragraphs
from reformtext.texts.lexicon import Lexicon, load_lexicon, load_stopwords
from reformtext.texts.proposals import propose
from reformtext.texts.read import Document
from reformtext.texts.segment import Token, tokenize

Row = dict[Any, Any]
# What may carry a collocation: nouns, verbs, adjectives and the lexicon's own terms, two characters or more.
_CONTENT_POS = ("n", "v", "a", "i", "j", "l")
_LONGEST_INDICATOR = 22
_HAN_WORD = re.compile(r"[\u4e00-\u9fff]{2,}")
_SENTENCE_END = re.compile(r"[。！？；!?;]")
_NOT_BLANK = re.compile(r"\S")


def document_tables(source: Source, lexicon: Lexicon | None = None) -> dict[str, list[Row]]:
    """Work one document through to its rows of every table but the checks, by the project's lexicon or another."""
    lexicon = lexicon or load_lexicon()
    document = source.document
    blocks, cut = clean(document.text), paragraphs(document.text)
    rows: dict[str, list[Row]] = {name: [] for name in SCHEMA}
    rows["blocks"] = list(_block_rows(document, blocks))
    for article in sorted({block.article for block in blocks}):
        own = [p for p in cut if p.article == article]
        about = _about(source, article, own, blocks)
        tokens = [(paragraph, tokenize(paragraph.text, lexicon)) for paragraph in own]
        where = {"doc_id": document.name, "article": article}
        sentences = [sentence for paragraph, cells in tokens for sentence in _sentences(paragraph, cells)]
        rows["documents"].append({**where, **about, **_sizes(rows["blocks"], article, own, tokens, len(sentences))})
        rows["terms"] += [{**where, **row} for row in _term_rows(tokens)]
        rows["pairs"] += [{**where, **row} for row in _pair_rows(sentences, lexicon)]
        rows["queries"] += [{**where, **row} for row in _query_rows(own, lexicon)]
        rows["phrases"] += [{**where, **row} for row in _phrase_rows(own)]
        found = claims(own, date=about["date"] or None, place=about["place"] or None, doc_id=document.name)
        rows["claims"] += [{**row, "article": article} for row in found.to_dict("records")]
    return rows


def _about(source: Source, article: int, own: Sequence[Paragraph], blocks: Sequence[Block]) -> Row:
    document = source.document
    year = document.meta.get("year", document.meta.get("年份", ""))
    found = propose(document.text, blocks, own, article, document.file, year)
    return {
        **complete(facts_of(source, article), found),
        "file": document.file,
        "format": document.format,
        "encoding": document.encoding,
        "sha256": document.sha256,
    }


def short(indicator: str) -> str:
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


def _pair_rows(sentences: Sequence[Sequence[Token]], lexicon: Lexicon) -> Iterable[Row]:
    stop, nodes = load_stopwords(), set(lexicon.table["term"])
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


def _query_rows(own: Sequence[Paragraph], lexicon: Lexicon) -> Iterable[Row]:
    text = "\n".join(paragraph.text for paragraph in own)
    present = [query for query in sorted(lexicon.table["term"]) if query in text]
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
