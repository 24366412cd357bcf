"""Every place of a word or pattern with what stands around it, on characters: 说 is found in 说明 too.

The result shows running text. It is for reading, in notebooks on texts that may be shown and at the desk of a reader who
holds the texts; it does not belong in a published table.
"""

import re
from collections.abc import Callable, Iterable

import numpy as np
import pandas as pd

from reformtext.errors import InputError
from reformtext.texts.clean import paragraphs
from reformtext.texts.read import Document

_COLUMNS = ["doc_id", "article", "start", "end", "left", "match", "right"]
# Neighbours are compared outwards from the match, on the left from right to left.
_ORDERS: dict[str, Callable[[pd.Series], pd.Series]] = {
    "left": lambda context: context.str[::-1],
    "right": lambda context: context,
}


def kwic(
    documents: Iterable[Document],
    query: str,
    window: int = 20,
    regex: bool = False,
    sort: str | None = None,
    sample: int | None = None,
    seed: int = 0,
) -> pd.DataFrame:
    """List every place of a query with its left and right context (key word in context).

    Parameters
    ----------
    documents : iterable of Document
        The texts, as `reformtext.read` gives them.
    query : str
        A string of characters, or a regular expression where `regex` is true. It is sought in the cleaned paragraphs
        (see `reformtext.paragraphs`), so that a line break in the source does not hide a place.
    window : int
        How many characters of the paragraph to show on each side.
    regex : bool
        Whether `query` is a regular expression; its places do not overlap, and empty ones are left out.
    sort : {"left", "right"}, optional
        Sort by the left neighbours (read outwards from the match) or by the right ones; in text order unless given.
    sample : int, optional
        Draw that many places at random, all if there are fewer.
    seed : int
        Seed of the draw.

    Returns
    -------
    DataFrame
        One row a place: doc_id, article (from 1), start and end (offsets in the source, end exclusive), left, match and
        right (as in the cleaned paragraph).

    Raises
    ------
    InputError
        For an empty query, a regular expression that is invalid or fits the empty string, an unknown `sort`, a negative
        `window` or a `sample` below 1.

    Examples
    --------
    >>> kwic([Document("a", "改革说明书，群众说好。")], "说", window=2)[["left", "match", "right"]].values.tolist()
    [['改革', '说', '明书'], ['群众', '说', '好。']]
    """
    pattern = _compiled(query, regex)
    if window < 0 or (sample is not None and sample < 1):
        raise InputError(f"window {window}, sample {sample}", way_out="window is at least 0, sample at least 1")
    if sort not in (None, *_ORDERS):
        raise InputError(f"sort is {sort!r}", way_out="it is 'left', 'right' or None")
    rows = []
    for document in documents:
        for paragraph in paragraphs(document.text):
            text = paragraph.text
            for match in pattern.finditer(text):
                start, end = match.span()
                if start < end:
                    left, right = text[max(0, start - window) : start], text[end : end + window]
                    rows.append((document.name, paragraph.article, *paragraph.span(start, end), left, match[0], right))
    if sample is not None and sample < len(rows):
        drawn = np.random.default_rng(seed).choice(len(rows), size=sample, replace=False)
        rows = [rows[i] for i in sorted(drawn)]
    table = pd.DataFrame(rows, columns=_COLUMNS).astype({"article": "int64", "start": "int64", "end": "int64"})
    return table.sort_values(sort, key=_ORDERS[sort], kind="stable", ignore_index=True) if sort and rows else table


def _compiled(query: str, regex: bool) -> re.Pattern[str]:
    """Compile a query, or say what is wrong with it."""
    if not query:
        raise InputError("the query is empty", way_out="give the characters to look for")
    try:
        pattern = re.compile(query if regex else re.escape(query))
    except re.error as error:
        raise InputError(
            f"the query is no regular expression ({error})",
            way_out="mend it, or leave regex=False to take it literally",
        ) from error
    if pattern.fullmatch(""):
        raise InputError("the query fits the empty string", way_out="ask for at least one character")
    return pattern
