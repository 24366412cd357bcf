"""Word lists sought as strings: the longest entry wins, and a longer string in which a word means something else gives nothing."""

import csv
import re
from collections.abc import Sequence
from functools import cache
from pathlib import Path

import pandas as pd

from reformtext.errors import InputError
from reformtext.texts.clean import Paragraph, paragraphs
from reformtext.texts.lexicon import file_and_state, load_table


def line_of(path: Path, *cells: str) -> str:
    """Name the line of a list in which these cells stand, for a message."""
    with path.open(encoding="utf-8-sig", newline="") as file:
        reader = csv.reader(file)
        for row in reader:
            if set(cells) <= {cell.strip() for cell in row}:
                return f"line {reader.line_num}"
    return " ".join(cells)


def find_words(
    text: str | Sequence[Paragraph],
    lexicon: str | Path | None,
    name: str,
    columns: Sequence[str],
    label: str,
    allowed: Sequence[str] = (),
) -> pd.DataFrame:
    """Find the words of a list in a text.

    Parameters
    ----------
    text : str or sequence of Paragraph
        A source text, or its paragraphs already made.
    lexicon : path-like, optional
        A list of one's own; else the project's list ``name``.
    name : str
        The list's bare name.
    columns : sequence of str
        Its columns. ``term`` is sought; ``variants``, if there is one, holds other ways of writing it and ``exclude``
        longer strings in which it means something else, both divided by spaces.
    label : str
        The column that is handed on with each hit.
    allowed : sequence of str
        The values that the label may have; any unless given.

    Returns
    -------
    DataFrame
        ``start``, ``end`` (code points of the source, end exclusive), ``surface`` and the label, in the order of the
        text; hits are disjoint.

    Raises
    ------
    InputError
        The list is broken; the message names the line.
    """
    pattern, labels = _load(*file_and_state(lexicon, name), tuple(columns), label, tuple(allowed))
    rows = []
    for paragraph in paragraphs(text) if isinstance(text, str) else text:
        for match in pattern.finditer(paragraph.text):
            if match.group() in labels:
                span = match.span()
                rows.append((*paragraph.span(*span), paragraph.surface(*span), labels[match.group()]))
    return pd.DataFrame(rows, columns=["start", "end", "surface", label])


@cache
def _load(
    path: Path, _state: tuple[int, int], columns: tuple[str, ...], label: str, allowed: tuple[str, ...]
) -> tuple[re.Pattern[str], dict[str, str]]:
    """Read a list once for each state of its file."""
    labels: dict[str, str] = {}
    silent: set[str] = set()
    table = load_table(path, columns, key=["term"], allowed={label: allowed} if allowed else None)
    for row in table.to_dict("records"):
        names = [row["term"], *row.get("variants", "").split()]
        contexts = row.get("exclude", "").split()
        for name in names:
            if name in labels:
                raise InputError(
                    f"{name} stands there twice",
                    file=path,
                    place=line_of(path, *row.values()),
                    way_out="keep it once, as a term or as a variant",
                )
            labels[name] = row[label]
        stray = [context for context in contexts if not any(name in context and name != context for name in names)]
        if stray:
            raise InputError(
                f"{' '.join(stray)} does not hold {row['term']} and more",
                file=path,
                place=line_of(path, *row.values()),
                way_out="an exclusion is a longer string with the term in it; put spaces between several",
            )
        silent.update(contexts)
    by_opening: dict[str, list[str]] = {}
    for string in sorted({*labels, *silent}, key=lambda string: (-len(string), string)):
        by_opening.setdefault(string[0], []).append(re.escape(string[1:]))
    # One branch a first character: an alternation of all entries would try hundreds at every place.
    branches = (f"{re.escape(opening)}(?:{'|'.join(rest)})" for opening, rest in sorted(by_opening.items()))
    return re.compile("|".join(branches)), labels
