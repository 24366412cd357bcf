"""One document to its rows of every table."""

import gc
import re
from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import compress, pairwise, repeat
from operator import itemgetter
from typing import Any

from reformtext.claims.extract import claims
from reformtext.discourse.firsts import first_finder
from reformtext.discourse.formulas import find_formulas
from reformtext.discourse.phrases import located
from reformtext.discourse.rhythm import rhythm_rows
from reformtext.discourse.themes import theme_finder
from reformtext.discourse.wordlist import word_finder
from reformtext.study.metadata import Source, facts_of
from reformtext.study.tables import SCHEMA
from reformtext.texts.clean import Block, Paragraph, clean, join_blocks
from reformtext.texts.lexicon import Lexicon, load_lexicon, load_stopwords
from reformtext.texts.read import Document
from reformtext.texts.segment import cut

Row = dict[Any, Any]
Word = tuple[str, str]  # a term and its part of speech
# What may carry a collocation: nouns, verbs, adjectives and the lexicon's own terms, two characters or more.
_CONTENT_POS = ("n", "v", "a", "i", "j", "l")
_LONGEST_INDICATOR = 22
_HAN_WORD = re.compile(r"[\u4e00-\u9fff]{2,}")
_SENTENCE_END = re.compile(r"[。！？；!?;]")
_first = itemgetter(0)


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
    rows["blocks"] = list(_block_rows(document, blocks))
    articles: dict[int, tuple[list[Row], list[Paragraph]]] = {block.article: ([], []) for block in blocks}
    for row in rows["blocks"]:
        articles[row["article"]][0].append(row)
    for paragraph in join_blocks(document.text, blocks):
        articles[paragraph.article][1].append(paragraph)
    for article, (stretches, own) in sorted(articles.items()):
        name, about = document.name, _about(source, article, own)
        cells = [_words(paragraph, lexicon) for paragraph in own]
        counts = [Counter(words) for words, _ in cells]
        sentences = [sentence for words, ends in cells for sentence in _sentences(words, ends)]
        beat = rhythm_rows(own)
        sizes = _sizes(stretches, own) | {
            "sentences": len(sentences),
            # Counted only: strings of four stand in rows, and with their places the text could be put together again.
            "four_character_strings": sum(row[4] == "four" for row in beat),
            "tokens": sum(len(words) for words, _ in cells),
        }
        rows["documents"].append({"doc_id": name, "article": article, **about, **sizes})
        # Sorted by term: the order in which words stood must not be in the table.
        rows["terms"] += [
            {"doc_id": name, "article": article, "block": paragraph.block, "term": word[0], "pos": word[1], "count": n}
            for paragraph, count in zip(own, counts, strict=True)
            for word, n in sorted(count.items(), key=_first)
        ]
        rows["pairs"] += [
            {"doc_id": name, "article": article, "term_a": pair[0], "term_b": pair[1], "count": n}
            for pair, n in sorted(Counter(_pairs(sentences, set().union(*counts), lexicon)).items(), key=_first)
        ]
        rows["queries"] += [
            {"doc_id": name, "article": article, "block": paragraph.block, "query": query, "string_count": count}
            for paragraph in own
            for query, count in _queries(paragraph.text, lexicon)
        ]
        rows["phrases"] += [{"doc_id": name, "article": article, **row} for row in _phrase_rows(own, beat)]
        found = claims(own, date=about["date"] or None, place=about["place"] or None, doc_id=name)
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


def _words(paragraph: Paragraph, lexicon: Lexicon) -> tuple[list[Word], list[int]]:
    """Give a paragraph's tokens, each with its part of speech, and how many stand before each end of a sentence."""
    terms, pos, bounds = cut(paragraph.text, lexicon)
    starts = list(compress(bounds, pos))
    ends = [bisect_left(starts, found.end()) for found in _SENTENCE_END.finditer(paragraph.text)]
    return list(zip(compress(terms, pos), filter(None, pos), strict=True)), ends


def _sentences(words: Sequence[Word], ends: Iterable[int]) -> list[Sequence[Word]]:
    """Cut a paragraph's tokens at sentence ends; a sentence has at least one token."""
    return [words[begin:end] for begin, end in pairwise([0, *ends, len(words)]) if begin < end]


def _pairs(sentences: Sequence[Sequence[Word]], kinds: Iterable[Word], lexicon: Lexicon) -> Iterator[tuple[str, str]]:
    """Give each content word of each sentence with itself, and each two of which one is a term of the lexicon.

    The table is about reform discourse, and stays small enough to open. ``kinds`` are all words that there are.
    """
    stop, nodes = load_stopwords(), lexicon.known
    content = {word for word in kinds if _is_content(*word, stop)}
    for sentence in sentences:
        terms = sorted({term for term, _ in content.intersection(sentence)})
        yield from zip(terms, terms, strict=True)
        here = [term for term in terms if term in nodes]
        for i, term in enumerate(terms, 1) if here else ():
            yield from zip(repeat(term), terms[i:] if term in nodes else here[bisect_right(here, term) :], strict=False)


def _is_content(term: str, pos: str, stop: frozenset[str]) -> bool:
    return pos.startswith(_CONTENT_POS) and term not in stop and bool(_HAN_WORD.fullmatch(term))


def _queries(text: str, lexicon: Lexicon) -> Iterator[tuple[str, int]]:
    """Count each term of the lexicon as a string."""
    places = Counter(i for i, _, _ in lexicon.find_all(text))
    for i, count in sorted(places.items()):
        term = lexicon.terms[i]
        yield term, text.count(term) if count > 1 else 1  # a term's places, which may overlap, are counted apart


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
            if (
                "noun" in row
            ):  # a phrase with what it claims stays shorter than a stretch of text that may not be shared
                row["noun"] = row["noun"][: max(_LONGEST_INDICATOR - len(surface), 0)]
            found.append(row)
    return sorted(found, key=itemgetter("start", "end", "kind", "type"))
