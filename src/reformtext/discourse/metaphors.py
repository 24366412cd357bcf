"""Metaphor candidates by source domain: conventional images of reform, found as strings and meant to be read."""

import re
from collections.abc import Sequence
from functools import cache
from pathlib import Path

import pandas as pd

from reformtext.errors import InputError
from reformtext.texts.clean import Paragraph, paragraphs
from reformtext.texts.lexicon import file_and_state, load_table

_COLUMNS = ["start", "end", "surface", "domain"]


@cache
def _load(path: Path, _state: tuple[int, int]) -> tuple[re.Pattern[str], dict[str, str]]:
    """Read the list: one pattern, longest first, in which a literal context stands beside the terms and gives nothing."""
    domains: dict[str, str] = {}
    literal: set[str] = set()
    for row in load_table(path, ["term", "domain", "gloss", "exclude", "reason"], key=["term"]).itertuples(index=False):
        term = str(row.term)
        contexts = str(row.exclude).split()
        stray = [context for context in contexts if term not in context or context == term]
        if stray:
            raise InputError(
                f"{' '.join(stray)} does not hold {term} and more",
                file=path,
                place=f"term {term}",
                way_out="an exclusion is a longer string with the term in it; put spaces between several",
            )
        domains[term] = str(row.domain)
        literal.update(contexts)
    strings = sorted({*domains, *literal}, key=lambda string: (-len(string), string))
    return re.compile("|".join(map(re.escape, strings))), domains


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
        The list is broken; the message names the line or the term.

    Examples
    --------
    >>> metaphors("让改革的活水流进每个村。")[["surface", "domain"]].values.tolist()
    [['活水', 'water']]
    """
    pattern, domains = _load(*file_and_state(lexicon, "metaphors"))
    rows = []
    for paragraph in paragraphs(text) if isinstance(text, str) else text:
        for match in pattern.finditer(paragraph.text):
            if match.group() in domains:
                start, end = match.span()
                rows.append((*paragraph.span(start, end), paragraph.surface(start, end), domains[match.group()]))
    return pd.DataFrame(rows, columns=_COLUMNS)
