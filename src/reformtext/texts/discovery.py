"""New words: strings that hold together inside and stand free outside, which the lexicon lacks."""

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from reformtext.texts.lexicon import STOP_KINDS, Lexicon, load_lexicon, load_stopwords
from reformtext.texts.segment import Token, tokenize

# Parts of speech (jieba's tag set) that no term begins or ends with: numbers, classifiers, times, function words.
_NO_EDGE = frozenset(["m", "q", "t", "p", "c", "u", "ud", "ug", "uj", "ul", "uv", "uz", "d", "r", "y", "f", "ad", "vd"])
_JOINING_KINDS = ("particle", "conjunction")
# A candidate that stands in a longer one in this share of its places is only a part of it.
_NESTED = 0.7
_NO_WORD = frozenset(["m", "t", "formula", "eng"])
Ints = NDArray[np.integer[Any]]
Bools = NDArray[np.bool_]
Floats = NDArray[np.float64]
_MEASURES = ["first", "count", "documents", "cohesion", "left", "right"]
_COLUMNS = ["term", "count", "documents", "cohesion", "left_entropy", "right_entropy", "score"]


def propose_terms(
    texts: Iterable[str],
    lexicon: Lexicon | str | Path | None = None,
    *,
    min_count: int = 5,
    min_documents: int = 2,
    max_length: int = 8,
    min_cohesion: float = 0.3,
    min_entropy: float = 1.5,
) -> pd.DataFrame:
    """Propose terms that a lexicon lacks, by association within and freedom without.

    A string of Han characters is a term where its parts attract each other wherever it is cut (the least normalised
    pointwise mutual information of its two parts, over all cuts) and where any character may stand before and after it
    (the entropy of its neighbours; punctuation counts as a new neighbour each time). Of those, the ones stay whose
    edges are mostly edges of tokens, are no stop words and no numbers, and which `tokenize` mostly cuts. A string that
    mostly stands in a longer candidate is left to that one. The scores order what a reader then judges: they
    tell a phrase that is often used from a term no better than a number can.

    Parameters
    ----------
    texts : iterable of str
        The documents, one string each. All are held in memory at once, at some 150 bytes a character.
    lexicon : Lexicon or path-like, optional
        Whose terms, protected or not, are not proposed; `load_lexicon()` unless given.
    min_count, min_documents : int
        In how many places and documents a candidate stands at least.
    max_length : int
        The longest candidate, in characters.
    min_cohesion : float
        The least normalised mutual information of the weakest cut, -1 to 1.
    min_entropy : float
        The least entropy on the side that has less of it, in bits.

    Returns
    -------
    DataFrame
        One row a candidate, best first: term, count, documents, cohesion, left_entropy, right_entropy (bits) and score,
        which is cohesion × the lesser entropy × log2 of the count.

    References
    ----------
    Jin, Z. & Tanaka-Ishii, K. (2006), Unsupervised segmentation of Chinese text by use of branching entropy, COLING/ACL;
    Bouma, G. (2009), Normalized (pointwise) mutual information in collocation extraction, GSCL.

    Examples
    --------
    >>> texts = [f"各地{verb}春泥工作法，成效明显。" for verb in ("推行", "学习", "推广", "总结", "宣传")]
    >>> propose_terms(texts)["term"].tolist()
    ['春泥工作法']
    """
    lexicon = lexicon if isinstance(lexicon, Lexicon) else load_lexicon(lexicon)
    text, marks = _marked(texts, lexicon)
    rows = []
    for n, table in _levels(marks, min_count, max_length):
        good = (table["documents"] >= min_documents) & (table["cohesion"] >= min_cohesion)
        good &= (table["left"] >= min_entropy) & (table["right"] >= min_entropy)
        good &= (table["free"] > 0.5) & (table["whole"] < 0.5)
        for first, *values in table.loc[good, _MEASURES].itertuples(index=False):
            rows.append((text[first : first + n], *values))
    found = pd.DataFrame(rows, columns=_COLUMNS[:-1])
    longer: dict[str, int] = {}  # of each part of a candidate, how often it stands in the most frequent one
    for term, count in zip(found["term"], found["count"], strict=True):
        for part in {term[i:j] for i in range(len(term)) for j in range(i + 2, len(term) + 1)} - {term}:
            longer[part] = max(longer.get(part, 0), count)
    own = found["term"].map(longer).fillna(0) < _NESTED * found["count"]
    found = found[own & ~found["term"].isin(set(lexicon.table["term"]))]
    lesser = found[["left_entropy", "right_entropy"]].min(axis=1)
    found = found.assign(score=found["cohesion"] * lesser * np.log2(found["count"].astype(float)))
    return found.sort_values(["score", "term"], ascending=[False, True], ignore_index=True)


class _Marks(NamedTuple):
    """What is known of each place of the joined texts."""

    ids: Ints  # the character's number, 0 where no Han word stands
    document: Ints
    opens: Bools  # a token starts here that a term may begin with
    closes: Bools  # a token ends before here that a term may end with
    joins: Ints  # how many particles and conjunctions stand before
    ends: Ints  # where the token of the dictionary that starts here ends, else 0


def _marked(texts: Iterable[str], lexicon: Lexicon) -> tuple[str, _Marks]:
    """Join the texts, and mark their words."""
    stop, joining, listed = load_stopwords(STOP_KINDS), load_stopwords(_JOINING_KINDS), lexicon.protected
    parts = [f"{text}\n" for text in texts]
    text = "".join(parts)
    codes = np.frombuffer(text.encode("utf-32-le", "surrogatepass"), dtype="<u4").astype(np.int64)
    size = len(codes) + 1
    han, opens, closes, joins = (np.zeros(size, dtype=bool) for _ in range(4))
    ends = np.zeros(size, dtype=np.int64)
    shift = 0
    for part in parts:
        tokens = [t for t in tokenize(part, lexicon) if t.pos not in _NO_WORD and "\u4e00" <= t.term[0] <= "\u9fff"]
        starts = np.array([t.start for t in tokens], dtype=np.int64) + shift
        stops = np.array([t.end for t in tokens], dtype=np.int64) + shift
        edge = [t.term in listed or not (t.pos in _NO_EDGE or stop & _edge_words(t)) for t in tokens]
        # A verb of two characters in front is the head of a phrase (改善生活), a verb or an adjective at the end that of a
        # clause (收入增长, 成效明显); names such as 退耕还林 come from the lexicon.
        first = [t.term in listed or len(t.term) == 1 or t.pos != "v" for t in tokens]
        last = [t.term in listed or (t.pos != "a" and (len(t.term) == 1 or t.pos != "v")) for t in tokens]
        opens[starts], closes[stops] = np.logical_and(edge, first), np.logical_and(edge, last)
        joins[starts] = [t.term in joining for t in tokens]
        ends[starts] = np.where([t.pos == "x" for t in tokens], 0, stops)
        changes = np.zeros(len(part) + 1, dtype=np.int64)
        np.add.at(changes, starts - shift, 1)
        np.add.at(changes, stops - shift, -1)
        han[shift : shift + len(part)] = changes[:-1].cumsum() > 0
        shift += len(part)
    _, ids = np.unique(np.where(han[:-1], codes, 0), return_inverse=True)
    document = np.repeat(np.arange(len(parts)), [len(part) for part in parts])
    return text, _Marks(ids, document, opens, closes, joins.cumsum(), ends)


def _edge_words(token: Token) -> set[str]:
    """Give what must not be a stop word at a term's edge: the token, or of one that no dictionary has its characters."""
    return {token.term[0], token.term[-1]} if token.pos == "x" else {token.term}


def _levels(marks: _Marks, min_count: int, max_length: int) -> Iterator[tuple[int, pd.DataFrame]]:
    """Measure every frequent string of two characters, then of three, and so on: one row each.

    A string is frequent only if its beginning is, so each level is counted from the places that the one before left.
    """
    ids = np.append(marks.ids, 0)
    kinds = int(ids.max(initial=0)) + 1
    places = np.flatnonzero(ids)
    total = len(places)
    width = int(marks.document.max(initial=0)) + 1
    counts = {1: np.bincount(ids)[ids]}  # by length, how often the string that starts in a place stands in the texts
    gram = ids[places] - 1
    for n in range(1, max_length + 1):
        if not len(places):
            return
        count = np.bincount(gram)
        after, at, size = np.unique(gram * kinds + ids[places + n], return_inverse=True, return_counts=True)
        if n > 1:
            before, repeats = np.unique(gram * kinds + ids[places - 1], return_counts=True)
            first = np.full(len(count), len(ids))
            np.minimum.at(first, gram, places)
            documents = np.bincount(np.unique(gram * width + marks.document[places]) // width)
            free = np.bincount(gram, _free(marks, places, n)) / count
            whole = np.bincount(gram, marks.ends[places] == places + n) / count
            chance = np.max([counts[k][first].astype(float) * counts[n - k][first + k] for k in range(1, n)], axis=0)
            weakest = np.log2(count * total / chance) / -np.log2(count / total)
            columns = {
                "first": first, "count": count, "documents": documents, "cohesion": weakest, "free": free, "whole": whole,
                "left": _entropy(before, repeats, kinds, count), "right": _entropy(after, size, kinds, count),
            }  # fmt: skip
            yield n, pd.DataFrame(columns)
        keep = (size >= min_count) & (after % kinds > 0)
        number = np.cumsum(keep) - 1
        kept = keep[at]
        places, gram, often = places[kept], number[at[kept]], size[at[kept]]
        counts[n + 1] = np.zeros(len(ids), dtype=np.int32)
        counts[n + 1][places] = often


def _free(marks: _Marks, places: Ints, n: int) -> Bools:
    """Say of each place whether a term of this length may stand there."""
    joined = marks.joins[places + n - 1] > marks.joins[places]
    return marks.opens[places] & marks.closes[places + n] & ~joined


def _entropy(pairs: Ints, size: Ints, kinds: int, count: Ints) -> Floats:
    """Give the entropy in bits of each string's neighbours; each mark beside it counts as a neighbour of its own."""
    string, neighbour = pairs // kinds, pairs % kinds
    share = size / count[string]
    bits = np.where(neighbour > 0, -np.log2(share), np.log2(count[string]))
    return np.bincount(string, share * bits, minlength=len(count)).astype(float)
