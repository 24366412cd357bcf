"""Word lists sought as strings: the longest entry wins, and a longer string in which a word means something else gives nothing."""

import csv
from collections.abc import Sequence
from functools import cache
from pathlib import Path
from typing import NamedTuple

import pandas as pd

from reformtext.discourse.phrases import Finder, phrase_table
from reformtext.errors import InputError
from reformtext.texts.clean import Paragraph
from reformtext.texts.lexicon import file_and_state, finder, load_table

DOMAINS = ("war", "journey", "building", "body", "machine", "water", "plants", "stage", "game", "exam")


class _List(NamedTuple):
    """A list's columns, the one that is handed on with each hit, and what the project's own may hold there."""

    columns: tuple[str, ...]
    label: str
    allowed: tuple[str, ...] = ()


# ``term`` is sought; ``variants`` holds other ways of writing it and ``exclude`` longer strings in which it means
# something else, both divided by spaces.
_TYPED = _List(("term", "type", "gloss", "exclude", "reason"), "type")
LISTS = {
    "metaphors": _List(("term", "domain", "gloss", "exclude", "reason"), "domain", DOMAINS),
    "formulations": _List(("term", "variants", "year", "occasion", "confidence", "gloss", "exclude", "reason"), "term"),
    "modality": _TYPED,
    "actors": _TYPED,
}


def word_finder(name: str, lexicon: str | Path | None = None) -> Finder:
    """Give what finds the words of one of the `LISTS`, or of a list of one's own with the same columns, and their labels."""
    return _load(*file_and_state(lexicon, name), name, lexicon is None)


def line_of(path: Path, *cells: str) -> str:
    """Name the line of a list in which these cells stand, for a message."""
    with path.open(encoding="utf-8-sig", newline="") as file:
        reader = csv.reader(file)
        for row in reader:
            if set(cells) <= {cell.strip() for cell in row}:
                return f"line {reader.line_num}"
    return " ".join(cells)


def contexts_of(exclude: str, names: Sequence[str], path: Path, *cells: str) -> list[str]:
    """Give a row's exclusions: longer strings that hold one of its names; one that does not is a fault of the list."""
    contexts = exclude.split()
    stray = [context for context in contexts if not any(name in context and name != context for name in names)]
    if stray:
        raise InputError(
            f"{' '.join(stray)} does not hold {names[0]} and more",
            file=path,
            place=line_of(path, *cells),
            way_out="an exclusion is a longer string with the term in it; put spaces between several",
        )
    return contexts


@cache
def _load(path: Path, _state: tuple[int, int], listed: str, own: bool) -> Finder:
    """Read a list once for each state of its file."""
    columns, label, allowed = LISTS[listed]
    labels: dict[str, str] = {}
    silent: set[str] = set()
    table = load_table(path, columns, key=["term"], allowed={label: allowed} if allowed and own else None)
    for row in table.to_dict("records"):
        names = [row["term"], *row.get("variants", "").split()]
        for name in names:
            if name in labels:
                raise InputError(
                    f"{name} stands there twice",
                    file=path,
                    place=line_of(path, *row.values()),
                    way_out="keep it once, as a term or as a variant",
                )
            labels[name] = row[label]
        silent.update(contexts_of(row.get("exclude", ""), names, path, *row.values()))
    search, told = finder([*labels, *sorted(silent - labels.keys())]), list(labels.values())

    def find(text: str) -> list[tuple[int, int, str]]:
        return [(start, end, told[i]) for i, start, end in search(text) if i < len(told)]

    return find


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
    return phrase_table(text, word_finder("metaphors", lexicon), ["domain"])


def modality(text: str | Sequence[Paragraph], lexicon: str | Path | None = None) -> pd.DataFrame:
    """Find the words that say how a measure is meant: aimed at, vowed, demanded, total, ahead, going on, hedged.

    Parameters
    ----------
    text : str or sequence of Paragraph
        A source text, or its paragraphs already made.
    lexicon : path-like, optional
        A list of one's own: CSV with ``term``, ``type``, ``gloss``, ``exclude``, ``reason``.

    Returns
    -------
    DataFrame
        One row a word: ``start``, ``end``, ``surface``, ``type`` (``aim``, ``vow``, ``demand``, ``total``, ``ahead``,
        ``ongoing``, ``hedge`` in the project's list).

    Raises
    ------
    InputError
        The list is broken; the message names the line.

    Examples
    --------
    >>> modality("力争年底完成,确保全面覆盖。")[["surface", "type"]].values.tolist()
    [['力争', 'aim'], ['确保', 'vow'], ['全面', 'total']]
    """
    return phrase_table(text, word_finder("modality", lexicon), ["type"])


def actors(text: str | Sequence[Paragraph], lexicon: str | Path | None = None) -> pd.DataFrame:
    """Find who is named as speaking or acting, by office and body, not by personal name.

    Parameters
    ----------
    text : str or sequence of Paragraph
        A source text, or its paragraphs already made.
    lexicon : path-like, optional
        A list of one's own: CSV with ``term``, ``type``, ``gloss``, ``exclude``, ``reason``.

    Returns
    -------
    DataFrame
        One row a mention: ``start``, ``end``, ``surface``, ``type`` (``centre``, ``party``, ``government``, ``task
        force``, ``cadres``, ``people``, ``firms``, ``experts``, ``press`` in the project's list).

    Raises
    ------
    InputError
        The list is broken; the message names the line.

    Examples
    --------
    >>> actors("市委书记带队,专班驻点,群众打分。")[["surface", "type"]].values.tolist()
    [['市委书记', 'party'], ['专班', 'task force'], ['群众', 'people']]
    """
    return phrase_table(text, word_finder("actors", lexicon), ["type"])
