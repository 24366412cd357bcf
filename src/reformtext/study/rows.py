"""One document to its rows of every table."""

import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import chain, compress, pairwise, repeat
from operator import itemgetter
from typing import Any

import numpy as np

from reformtext.claims.extract import claim_rows
from reformtext.discourse.firsts import first_finder
from reformtext.discourse.formulas import find_formulas
from reformtext.discourse.phrases import located
from reformtext.discourse.rhythm import rhythm_rows
from reformtext.discourse.themes import theme_finder
from reformtext.discourse.wordlist import word_finder
from reformtext.study.metadata import Source, complete, facts_of
from reformtext.study.tables import Columns, columns_of
from reformtext.texts.clean import Block, Paragraph, clean, join_blocks
from reformtext.texts.ledger import ledger_row
from reformtext.texts.lexicon import Lexicon, load_lexicon, load_stopwords
from reformtext.texts.proposals import propose
from reformtext.texts.read import Document
from reformtext.texts.reuse import letters
from reformtext.texts.segment import Cut, cut

Row = dict[Any, Any]
Word = tuple[str, str]  # a term and its part of speech
# What may carry a collocation: nouns, verbs, adjectives and the lexicon's own terms, two characters or more.
_CONTENT_POS = ("n", "v", "a", "i", "j", "l")
_LONGEST_INDICATOR = 22
_HAN_WORD = re.compile(r"[\u4e00-\u9fff]{2,}")
_SENTENCE_END = re.compile(r"[。！？；!?;]")


def document_tables(source: Source, lexicon: Lexicon | None = None) -> dict[str, Columns]:
    """Work one document through to the columns of all tables that tell of it alone, by the project's lexicon or another.

    ``texts`` is no table of the study: it has the document's letters, by which shared passages are found.
    """
    own_lexicon = load_lexicon()
    lexicon, document = lexicon or own_lexicon, source.document
    blocks = clean(document.text)
    made = join_blocks(document.text, blocks)
    rows: dict[str, list[Row]] = {"documents": [], "claims": []}
    rows["files"] = [ledger_row(document)] if document.ledger else []
    rows["blocks"] = list(_block_rows(document, blocks))
    # The tables that are long are made column by column.
    terms, pairs, queries, phrases = map(columns_of, ("terms", "pairs", "queries", "phrases"))
    articles: dict[int, tuple[list[Row], list[Paragraph]]] = {block.article: ([], []) for block in blocks}
    for row in rows["blocks"]:
        articles[row["article"]][0].append(row)
    for paragraph in made:
        articles[paragraph.article][1].append(paragraph)
    for article, (stretches, own) in sorted(articles.items()):
        name, about = document.name, about_article(source, article, own, blocks)
        cuts = [cut(paragraph.text, lexicon) for paragraph in own]
        words = list(map(_words, cuts))
        lengths = [length for found in cuts for length in _sentences(found)]
        beat = rhythm_rows(own)
        sizes = _sizes(stretches, own) | {
            "sentences": len(lengths),
            # Counted only: strings of four stand in rows, and with their places the text could be put together again.
            "four_character_strings": sum(row[4] == "four" for row in beat),
            "tokens": sum(map(len, words)),
        }
        rows["documents"].append({"doc_id": name, "article": article, **about, **sizes})
        for paragraph, found, spoken in zip(own, cuts, words, strict=True):
            # Sorted by term: the order in which words stood must not be in the table.
            counted = Counter(spoken)
            distinct = sorted(counted)
            terms["block"] += [paragraph.block] * len(distinct)
            terms["term"] += map(itemgetter(0), distinct)
            terms["pos"] += map(itemgetter(1), distinct)
            terms["count"] += map(counted.__getitem__, distinct)
            for query, count in _queries(found, paragraph.text, lexicon):
                queries["block"].append(paragraph.block)
                queries["query"].append(query)
                queries["string_count"].append(count)
        for columns, cells in (
            (pairs, _pairs(list(chain(*words)), lengths, lexicon)),
            (phrases, _phrases(own, beat)),
        ):
            for column, own_cells in cells.items():
                columns[column] += own_cells
        for columns, last in ((terms, "count"), (pairs, "count"), (queries, "query"), (phrases, "kind")):
            columns["article"] += [article] * (len(columns[last]) - len(columns["article"]))
        # The lexicon of the claims is the project's own.
        known = cuts if lexicon is own_lexicon else None
        rows["claims"] += claim_rows(own, about["date"] or None, about["place"] or None, name, known)
    long = {"terms": terms, "pairs": pairs, "queries": queries, "phrases": phrases}
    for columns in long.values():
        columns["doc_id"] = [document.name] * len(columns["article"])
    short = {name: columns_of(name, own_rows) for name, own_rows in rows.items()}
    return {**short, **long, "texts": text_columns(source, made, rows["documents"])}


def text_columns(source: Source, made: Sequence[Paragraph], articles: Sequence[Row]) -> Columns:
    """Give a document's letters, where they stand in the source, and the date of its first article."""
    own, offsets = letters(made)
    date = next((row["date"] or "" for row in articles), "")
    cells = {"letters": own, "offsets": offsets.astype(np.int32).tobytes()}
    return {name: [cell] for name, cell in ({"doc_id": source.document.name, "date": date} | cells).items()}


def about_article(source: Source, article: int, own: Sequence[Paragraph], blocks: Sequence[Block]) -> Row:
    """Give what is known of one article, with what is proposed from its text; ``proposed`` names those columns."""
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


def _words(found: Cut) -> list[Word]:
    """Give a paragraph's tokens, each with its part of speech."""
    return list(zip(compress(found.terms, found.pos), filter(None, found.pos), strict=True))


def _sentences(found: Cut) -> Iterable[int]:
    """Give how many tokens each sentence of a paragraph has; none has no token."""
    starts = list(compress(found.bounds, found.pos))
    ends = (bisect_left(starts, end.end()) for end in _SENTENCE_END.finditer(found.text))
    return filter(None, (end - begin for begin, end in pairwise([0, *ends, len(starts)])))


def _pairs(words: Sequence[Word], lengths: Sequence[int], lexicon: Lexicon) -> Columns:
    """Count the sentences of each content word, given with itself, and of each two of which one is a term of the lexicon.

    The table is about reform discourse, and stays small enough to open. ``lengths`` part the words into sentences.
    """
    stop, is_han = load_stopwords(), _HAN_WORD.fullmatch
    content = [
        (term, pos) for term, pos in set(words) if pos.startswith(_CONTENT_POS) and term not in stop and is_han(term)
    ]
    names = sorted({term for term, _ in content})
    rank, size = {term: i for i, term in enumerate(names)}, len(names)
    if not size:
        return {}
    ranks = {word: rank[word[0]] for word in content}
    found = np.fromiter(map(ranks.get, words, repeat(-1)), np.int64, len(words))
    # Each word once a sentence, sentence by sentence; sorted, as np.unique takes four times as long.
    places = np.sort((np.repeat(np.arange(len(lengths)), lengths) * size + found)[found >= 0])
    sentence, term = np.divmod(places[np.diff(places, prepend=-1) > 0], size)
    is_node = np.fromiter(map(lexicon.known.__contains__, names), bool, size)
    nodes = is_node[term]
    begin, end = (np.searchsorted(sentence, sentence[nodes], side) for side in ("left", "right"))
    # Beside each node all words of its sentence; of two nodes one comes first.
    left = np.repeat(term[nodes], end - begin)
    right = term[np.arange(len(left)) + np.repeat(end - np.cumsum(end - begin), end - begin)]
    once = ~is_node[right] | (left < right)
    left, right = left[once], right[once]
    pairs = np.concatenate([term * size + term, np.minimum(left, right) * size + np.maximum(left, right)])
    pairs, counts = np.unique(pairs, return_counts=True)
    first, second = np.divmod(pairs, size)
    spelled = np.array(names, object)
    return {"term_a": spelled[first].tolist(), "term_b": spelled[second].tolist(), "count": counts.tolist()}


def _queries(found: Cut, text: str, lexicon: Lexicon) -> Iterator[tuple[str, int]]:
    """Count each term of the lexicon as a string."""
    for i, count in sorted(Counter(map(itemgetter(0), found.listed)).items()):
        term = lexicon.terms[i]
        yield term, text.count(term) if count > 1 else 1  # a term's places, which may overlap, are counted apart


_SAID = {  # what else there is to say of a find
    "formula": ("slots", "meaning", "listed"),
    "first": ("scope", "rank", "noun", "claimant"),
    "rhythm": ("times",),
}


def _phrases(own: Sequence[Paragraph], beat: Iterable[tuple[Any, ...]]) -> Columns:
    """Find the phrases of an article's paragraphs, in the order of the text."""
    found = sorted(
        (
            (start, end, kind, told, block, surface, said)
            for kind, finds in (
                ("formula", located(own, find_formulas)),
                ("first", located(own, first_finder(own))),
                ("theme", located(own, theme_finder())),
                ("metaphor", located(own, word_finder("metaphors"))),
                ("formulation", located(own, word_finder("formulations"))),
                ("modality", located(own, word_finder("modality"))),
                ("actor", located(own, word_finder("actors"))),
                ("rhythm", (row for row in beat if row[4] != "four")),
            )
            for block, start, end, surface, told, *said in finds
        ),
        key=itemgetter(0, 1, 2, 3),
    )
    names = ("start", "end", "kind", "type", "block", "surface")
    columns: Columns = dict(zip(names, map(list, zip(*(row[:6] for row in found), strict=True)), strict=False))
    blank = columns_of("phrases", [{}])
    columns |= {name: blank[name] * len(found) for names in _SAID.values() for name in names}
    for i, (_, _, kind, _, _, surface, said) in enumerate(found):
        for name, cell in zip(_SAID.get(kind, ()), said, strict=True):
            # A phrase with what it claims stays shorter than a stretch of text that may not be shared.
            columns[name][i] = cell[: max(_LONGEST_INDICATOR - len(surface), 0)] if name == "noun" else cell
    return columns
