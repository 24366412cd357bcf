"""Shared passages: reprints, agency copy and what one text takes from another, exact to the character.

Texts are compared by their Han characters, letters and digits alone, so that other punctuation, widths, line ends and
furniture hide nothing. Every run of 15 is hashed, and the least hash of each window is kept (winnowing: Schleimer,
Wilkerson and Aiken, SIGMOD 2003), which finds every shared passage of the length asked for or more; each is then
compared itself and grown as far as both texts agree. Sorting the hashes takes n log n time. Where more than nine texts
share a run, each is held against the first and the eight before it, so that what a whole press prints costs no more.
"""

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import cache
from itertools import chain

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from reformtext.texts.clean import Paragraph, paragraphs
from reformtext.texts.read import Document

_RUN = 15
SHORTEST = 40
_NEIGHBOURS = 8
_STEP = 16  # characters that are compared at once
_Places = NDArray[np.int64]
# A kept hash: which text (by its rank, earlier texts first) has it where, counted in letters.
PRINT = np.dtype([("hash", "u8"), ("text", "i4"), ("place", "i4")])
# Two places that may begin a shared passage.
PAIR = np.dtype([("later", "i4"), ("earlier", "i4"), ("there", "i4"), ("here", "i4")])


def reuse(documents: Sequence[Document], shortest: int = SHORTEST) -> pd.DataFrame:
    """Find the passages that a document shares with an earlier one.

    Parameters
    ----------
    documents : sequence of Document
        Earlier is what has the earlier ``date`` in its ``meta`` where all have one, and what comes first where not.
    shortest : int
        How many Han characters, letters and digits a passage has at least; 16 or more. Below about 30, set phrases of
        the genre are found, not copies.

    Returns
    -------
    DataFrame
        One row a passage: doc_id, start, end (offsets into the later text, end exclusive), source_id, source_start,
        source_end (into the earlier one), characters (Han characters, letters and digits).

    Raises
    ------
    ValueError
        If `shortest` is below 16, or two documents have one name.

    Examples
    --------
    >>> text = "青泽县办成改革事项二十件，群众办事从跑四趟变为只跑一趟，企业开办一日办结。"
    >>> first, second = Document("a", text), Document("b", "本报讯 " + text.replace("，", ","))
    >>> reuse([first, second], shortest=20)[["doc_id", "start", "end", "source_id", "characters"]].values.tolist()
    [['b', 4, 40, 'a', 34]]
    """
    if shortest <= _RUN:
        raise ValueError(f"shortest is {shortest}; passages of at least {_RUN + 1} characters can be found")
    if len({document.name for document in documents}) < len(documents):
        raise ValueError("two documents have one name, and the passages could not say which of them they mean")
    dates = [document.meta.get("date", "") for document in documents]
    order = sorted(range(len(documents)), key=lambda i: (dates[i] if all(dates) else "", i))
    texts = [letters(paragraphs(documents[i].text)) for i in order]
    prints = [fingerprints(text, rank, shortest) for rank, (text, _) in enumerate(texts)]
    found = candidates(np.concatenate([np.empty(0, PRINT), *prints]))
    rows = []
    for later, earlier, there, here, length in passages(found, lambda rank: texts[rank][0], shortest):
        spans = []
        for rank, place in ((later, there), (earlier, here)):
            offsets = texts[rank][1][place : place + length]
            spans += [documents[order[rank]].name, int(offsets[0]), int(offsets[-1]) + 1]
        rows.append((*spans, length))
    columns = ["doc_id", "start", "end", "source_id", "source_start", "source_end", "characters"]
    table = pd.DataFrame(rows, columns=columns)
    return table.sort_values(["doc_id", "start", "source_id", "source_start"], ignore_index=True)


def reuse_shares(documents: Sequence[Document], passages: pd.DataFrame) -> pd.DataFrame:
    """Give how much of each document stands in an earlier one, every character counted once.

    Parameters
    ----------
    documents : sequence of Document
    passages : DataFrame
        What `reuse` found in them.

    Returns
    -------
    DataFrame
        One row a document, in their order: doc_id, characters (Han characters, letters and digits of its paragraphs),
        copied (how many of them a passage covers), share, main_source (from which most of them come, or empty).

    Examples
    --------
    >>> copy = Document("b", "青泽县办成改革事项二十件，群众办事从跑四趟变为只跑一趟，企业开办一日办结。")
    >>> both = [Document("a", copy.text), copy]
    >>> reuse_shares(both, reuse(both, shortest=20)).values.tolist()
    [['a', 34, 0, 0.0, ''], ['b', 34, 34, 1.0, 'a']]
    """
    rows = []
    taken = dict(tuple(passages.groupby("doc_id")))
    for document in documents:
        _, offsets = letters(paragraphs(document.text))
        copied = np.zeros(len(offsets), bool)
        sources: dict[str, int] = {}
        if document.name in taken:
            own = taken[document.name]
            by_offset = np.argsort(offsets)
            starts = by_offset[np.searchsorted(offsets, own["start"], sorter=by_offset)]
            for start, length, source in zip(starts, own["characters"], own["source_id"], strict=True):
                copied[start : start + length] = True
                sources[source] = sources.get(source, 0) + length
        share = copied.sum() / len(offsets) if len(offsets) else 0.0
        main = max(sources, key=lambda name: (sources[name], name), default="")
        rows.append((document.name, len(offsets), int(copied.sum()), float(share), main))
    return pd.DataFrame(rows, columns=["doc_id", "characters", "copied", "share", "main_source"])


@cache
def _is_letter() -> NDArray[np.bool_]:
    """Tell for each code point whether it is a letter, a digit or a Han character; from 0x40000 on none is."""
    told = np.zeros(0x110000, bool)
    for found in re.finditer(r"[^\W_]+", "".join(map(chr, range(0x40000)))):
        told[slice(*found.span())] = True
    return told


def letters(own: Iterable[Paragraph]) -> tuple[str, _Places]:
    """Give the Han characters, letters and digits of a document's paragraphs, and where each stands in the source."""
    own = sorted(own, key=lambda paragraph: paragraph.offsets[0])
    codes = np.frombuffer("".join(paragraph.text for paragraph in own).encode("utf-32-le", "surrogatepass"), np.uint32)
    kept = _is_letter()[codes]
    offsets = [np.empty(0, np.int64), *(_array(paragraph.offsets) for paragraph in own)]
    return codes[kept].tobytes().decode("utf-32-le"), np.concatenate(offsets)[kept]


def _array(offsets: Sequence[int]) -> _Places:
    """Make offsets an array; most are a range."""
    return np.arange(offsets.start, offsets.stop) if isinstance(offsets, range) else np.array(offsets, np.int64)


def fingerprints(text: str, rank: int, shortest: int = SHORTEST) -> NDArray[np.void]:
    """Give the least hash of every window of runs, and its place; any shared passage shares one of them."""
    window = shortest - _RUN + 1
    count = len(text) - _RUN + 1
    if count < window:
        return np.empty(0, PRINT)
    codes = np.frombuffer(text.encode("utf-32-le", "surrogatepass"), np.uint32).astype(np.uint64)
    hashes = np.zeros(count, np.uint64)
    for i in range(_RUN):
        hashes = hashes * np.uint64(0x9E3779B97F4A7C15) + codes[i : i + count]  # overflow wraps, as it should
    hashes ^= hashes >> np.uint64(31)
    hashes *= np.uint64(0xD6E8FEB86659FD93)
    places = np.unique(_least(hashes, window))
    prints = np.empty(len(places), PRINT)
    prints["hash"], prints["text"], prints["place"] = hashes[places], rank, places
    return prints


def _least(hashes: NDArray[np.uint64], window: int) -> _Places:
    """Give the place of the least hash of each window, of several the first."""
    places, reach = np.arange(len(hashes)), 1  # of each window of `reach`, which grows by at most as much again
    while reach < window:
        step = min(reach, window - reach)
        left, right = places[:-step], places[step:]
        places = np.where(hashes[right] < hashes[left], right, left)
        reach += step
    return places


def candidates(prints: NDArray[np.void]) -> NDArray[np.void]:
    """Pair each place with the first of its hash and the eight before it; a hash must be here with all its places."""
    prints = prints[np.lexsort((prints["place"], prints["text"], prints["hash"]))]
    first = np.searchsorted(prints["hash"], prints["hash"], side="left")
    numbers = np.arange(len(prints))
    found = [np.empty(0, PAIR)]
    for left in (first, *(numbers - back for back in range(1, _NEIGHBOURS + 1))):
        right = np.flatnonzero(left >= first)
        right = right[prints["text"][left[right]] != prints["text"][right]]
        pairs = np.empty(len(right), PAIR)
        pairs["earlier"], pairs["here"] = prints["text"][left[right]], prints["place"][left[right]]
        pairs["later"], pairs["there"] = prints["text"][right], prints["place"][right]
        found.append(pairs)
    return np.concatenate(found)


def passages(
    pairs: NDArray[np.void], letters_of: Callable[[int], str], shortest: int = SHORTEST
) -> Iterator[tuple[int, int, int, int, int]]:
    """Grow candidates to passages: later and earlier text, place in each, length, in the order of the later text."""
    diagonals = pairs["there"] - pairs["here"]
    pairs = pairs[np.lexsort((pairs["here"], diagonals, pairs["earlier"], pairs["later"]))]
    done, diagonal = 0, (-1, -1, 0)
    # As Python's numbers some at a time: all at once they would take ten times the memory.
    rows = chain.from_iterable(pairs[at : at + 10_000].tolist() for at in range(0, len(pairs), 10_000))
    for later, earlier, there, here in rows:
        if (later, earlier, there - here) == diagonal and here < done:
            continue  # inside the passage before it on this diagonal
        left, right = letters_of(earlier), letters_of(later)
        ahead = _ahead(left, here, right, there)
        if ahead >= _RUN:  # not two runs of one hash
            back = _back(left, here, right, there)
            done, diagonal = here + ahead, (later, earlier, there - here)
            if back + ahead >= shortest:
                yield later, earlier, there - back, here - back, back + ahead


def _ahead(left: str, here: int, right: str, there: int) -> int:
    """Count how many characters two texts have in common from two places on."""
    at, most = 0, min(len(left) - here, len(right) - there)
    while at < most and left[here + at : here + at + _STEP] == right[there + at : there + at + _STEP]:
        at += _STEP
    while at < most and left[here + at] == right[there + at]:
        at += 1
    return min(at, most)


def _back(left: str, here: int, right: str, there: int) -> int:
    """Count how many characters two texts have in common before two places."""
    at, most = 0, min(here, there)
    while at + _STEP <= most and left[here - at - _STEP : here - at] == right[there - at - _STEP : there - at]:
        at += _STEP
    while at < most and left[here - at - 1] == right[there - at - 1]:
        at += 1
    return at
