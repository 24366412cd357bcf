"""Modality and actors: how firmly a text commits itself, and who speaks and acts in it."""

from collections.abc import Sequence
from pathlib import Path

import pandas as pd

from reformtext.discourse.wordlist import find_words
from reformtext.texts.clean import Paragraph

_COLUMNS = ["term", "type", "gloss", "exclude", "reason"]


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
    return find_words(text, lexicon, "modality", _COLUMNS, "type")


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
    return find_words(text, lexicon, "actors", _COLUMNS, "type")
