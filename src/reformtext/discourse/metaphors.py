"""Metaphor candidates by source domain: conventional images of reform, found as strings and meant to be read."""

from collections.abc import Sequence
from pathlib import Path

import pandas as pd

from reformtext.discourse.wordlist import find_words
from reformtext.texts.clean import Paragraph

DOMAINS = ("war", "journey", "building", "body", "machine", "water", "plants", "stage", "game", "exam")


def metaphors(text: str | Sequence[Paragraph], lexicon: str | Path | None = None) -> pd.DataFrame:
    """Find candidates for conventional metaphors of reform.

    A candidate is a string of the list outside the contexts in which it is literal; whether it is a metaphor is for a
    reader to say. The share that is, in a hand-checked sample, stands in ``data/gold/metaphors_checked.csv``.

    Parameters
    ----------
    text : str or sequence of Paragraph
        A source text, or its paragraphs already made.
    lexicon : path-like, optional
        A list of one's own: CSV with ``term``, ``domain``, ``gloss``, ``exclude`` (longer strings in which the term is
        literal, divided by spaces), ``reason``.

    Returns
    -------
    DataFrame
        One row a candidate in the order of the text: ``start``, ``end`` (code points of the source, end exclusive),
        ``surface``, ``domain``. Candidates are disjoint; the longer term wins.

    Raises
    ------
    InputError
        The list is broken; the message names the line.

    Examples
    --------
    >>> metaphors("让改革的活水流进每个村。")[["surface", "domain"]].values.tolist()
    [['活水', 'water']]
    """
    columns = ["term", "domain", "gloss", "exclude", "reason"]
    return find_words(text, lexicon, "metaphors", columns, "domain", DOMAINS if lexicon is None else ())
