"""One document to its rows of every table."""

import gc
import re
from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import pairwise, repeat
from operator import attrgetter, itemgetter
from typing import Any

from reformtext.claims.extract import claim_rows
from reformtext.discourse.firsts import first_finder
from reformtext.discourse.formulas import find_formulas
from reformtext.discourse.phrases import located
from reformtext.discourse.rhythm import rhythm_rows
from reformtext.discourse.themes import theme_finder
from reformtext.discourse.wordlist import word_finder
from reformtext.study.metadata import Source, complete, facts_of
from reformtext.study.tables import SCHEMA
from reformtext.texts.clean import Block, Paragraph, clean, join_blocks
from reformtext.texts.ledger import ledger_row
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
_start, _term_and_pos = attrgetter("start"), itemgetter(0, 1)


def document_tables(source: Source, lexicon: Lexicon | None = None) -> dict[str, list[Row]]:
    """Work one document through to its rows of every table but the checks, by the project's lexicon or another."""
    # No row is part of a cycle: the collector would look through them all again and again for nothing.
    collecting = gc.isenabled()
    gc.disable()
    try:
        return _document_tables(source, lexicon or load_lexicon())
    finally:
        if collecting:
            gc.enable()


def _document_tables(source: Source, lexicon: Lexicon) -> dict[str, list[Row]]:
    """Work it through, article by article."""
    document = source.document
    blocks = clean(document.text)
    rows: dict[str, list[Row]] = {name: [] for name in SCHEMA}
    rows["files"] = [ledger_row(document)] if document.ledger else []
    rows["blocks"] = list(_block_rows(document, blocks))
    articles: dict[int, tuple[list[Row], list[Paragraph]]] = {block.article: ([], []) for block in blocks}
    for row in rows["blocks"]:
        articles[row["article"]][0].append(row)
    for paragraph in join_blocks(document.text, blocks):
        articles[paragraph.article][1].append(paragraph)
    for article, (stretches, own) in sorted(articles.items()):
        about = _about(source, article, own, blocks)
        tokens = [tokenize(paragraph.text, lexicon) for paragraph in own]
        sentences = [cut for paragraph, cells in zip(own, tokens, strict=True) for cut in _sentences(paragraph, cells)]
        beat = rhythm_rows(own)
        where = {"doc_id": document.name, "article": article}
        sizes = _sizes(stretches, own) | {
            "sentences": len(sentences),
            # Counted only: strings of four stand in rows, and with their places the text could be put together again.
            "four_character_strings": sum(row[4] == "four" for row in beat),
            "tokens": sum(map(len, tokens)),
        }
        rows["documents"].append({**where, **about, **sizes})
        rows["terms"] += ({**where, **row} for row in _term_rows(own, tokens))
        rows["pairs"] += (
            {**where, "term_a": a, "term_b": b, "count": count}
            for (a, b), count in sorted(Counter(_pairs(sentences, lexicon)).items())
        )
        rows["queries"] += ({**where, **row} for row in _query_rows(own, lexicon))
        rows["phrases"] += ({**where, **row} for row in _phrase_rows(own, beat))
        # Claims are read by the project's own words, whatever lexicon the terms are counted by.
        usual = tokens if lexicon is load_lexicon() else None
        found = claim_rows(own, about["date"] or None, about["place"] or None, document.name, usual)
        rows["claims"] += ({**row, "article": article} for row in found)
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


def _characters(text: str) -> int:
    """Count what is not blank."""
    return sum(map(len, text.split()))


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
                "characters": _characters(document.text[start:end]),
            }


def _sizes(stretches: Sequence[Mapping[str, Any]], own: Sequence[Paragraph]) -> dict[str, int]:
    return {
        "characters": sum(row["characters"] for row in stretches),
        "body_characters": sum(row["characters"] for row in stretches if row["role"] == "body"),
        "text_characters": sum(_characters(paragraph.text) for paragraph in own),
        "paragraphs": sum(paragraph.role == "body" for paragraph in own),
    }


def _term_rows(own: Sequence[Paragraph], tokens: Sequence[Sequence[Token]]) -> Iterable[Row]:
    for paragraph, cells in zip(own, tokens, strict=True):
        # Sorted by term: the order in which words stood must not be in the table.
        for (term, pos), count in sorted(Counter(map(_term_and_pos, cells)).items()):
            yield {"block": paragraph.block, "term": term, "pos": pos, "count": count}


def _sentences(paragraph: Paragraph, tokens: Sequence[Token]) -> list[Sequence[Token]]:
    """Cut a paragraph's tokens at sentence ends; a sentence has at least one token."""
    ends = (bisect_left(tokens, found.end(), key=_start) for found in _SENTENCE_END.finditer(paragraph.text))
    return [tokens[begin:end] for begin, end in pairwise([0, *ends, len(tokens)]) if begin < end]


def _pairs(sentences: Sequence[Sequence[Token]], lexicon: Lexicon) -> Iterator[tuple[str, str]]:
    """Give each content word of each sentence with itself, and each two of which one is a term of the lexicon.

    The table is about reform discourse, and stays small enough to open.
    """
    stop, nodes = load_stopwords(), lexicon.known
    kinds = {_term_and_pos(token) for sentence in sentences for token in sentence}
    content = {(term, pos) for term, pos in kinds if _is_content(term, pos, stop)}
    for sentence in sentences:
        terms = sorted({token.term for token in sentence if token[:2] in content})
        yield from zip(terms, terms, strict=True)
        here = [term for term in terms if term in nodes]
        for i, term in enumerate(terms, 1) if here else ():
            yield from zip(repeat(term), terms[i:] if term in nodes else here[bisect_right(here, term) :], strict=False)


def _is_content(term: str, pos: str, stop: frozenset[str]) -> bool:
    return pos.startswith(_CONTENT_POS) and term not in stop and bool(_HAN_WORD.fullmatch(term))


def _query_rows(own: Sequence[Paragraph], lexicon: Lexicon) -> Iterable[Row]:
    for paragraph in own:
        counts: Counter[int] = Counter()
        free: dict[int, int] = {}  # where a term's last place ended: as strings, a term's places do not overlap
        for i, start, end in lexicon.find_all(paragraph.text):
            if start >= free.get(i, 0):
                free[i] = end
                counts[i] += 1
        for i, count in sorted(counts.items()):
            yield {"block": paragraph.block, "query": lexicon.terms[i], "string_count": count}


def _phrase_rows(own: Sequence[Paragraph], beat: Iterable[tuple[Any, ...]]) -> list[Row]:
    found: list[Row] = []
    for kind, finds, columns in (
        ("formula", located(own, find_formulas), ("type", "slots", "meaning", "listed")),
        ("first", located(own, first_finder(own)), ("type", "scope", "rank", "noun", "claimant")),
        ("theme", located(own, theme_finder()), ("type",)),
        ("metaphor", located(own, word_finder("metaphors")), ("type",)),
        ("formulation", located(own, word_finder("formulations")), ("type",)),
        ("modality", located(own, word_finder("modality")), ("type",)),
        ("actor", located(own, word_finder("actors")), ("type",)),
        ("rhythm", (row for row in beat if row[4] != "four"), ("type", "times")),
    ):
        for block, start, end, surface, *told in finds:
            row = {"block": block, "start": start, "end": end, "kind": kind, "surface": surface}
            row |= zip(columns, told, strict=True)
            if "noun" in row:
                # A phrase with what it claims stays shorter than a stretch of text that may not be shared.
                row["noun"] = row["noun"][: max(_LONGEST_INDICATOR - len(surface), 0)]
            found.append(row)
    return sorted(found, key=itemgetter("start", "end", "kind", "type"))
