"""Themes: which policy fields a text speaks of, by a dictionary of terms and simple rules."""

import re
from collections.abc import Sequence
from functools import cache
from pathlib import Path
from typing import NamedTuple

import pandas as pd

from reformtext.discourse.phrases import Finder, phrase_table
from reformtext.discourse.wordlist import contexts_of, line_of
from reformtext.errors import InputError
from reformtext.texts.clean import Paragraph
from reformtext.texts.lexicon import file_and_state, finder, load_table

_RULE = re.compile(r"(?P<term>[^\s&~!]+)(?:\s+(?P<sign>&|&\s*!|~(?P<near>[1-9]\d{0,2}))\s*(?P<other>[^\s&~!]+))?")


class _Rule(NamedTuple):
    """A term, and what else the paragraph must hold (``near``: within so many characters) or must not (``without``)."""

    term: str
    other: str = ""
    without: bool = False
    near: int = 0

    def holds(self, text: str, start: int, end: int) -> bool:
        """Tell whether the term found at ``start`` counts in this paragraph."""
        if not self.other:
            return True
        if self.near:
            reach = self.near + len(self.other)
            return self.other in text[max(0, start - reach) : start] or self.other in text[end : end + reach]
        return (self.other in text) != self.without


@cache
def _load(path: Path, _state: tuple[int, int]) -> Finder:
    """Read the dictionary once for each state of its file: for each string the themes and rules, none where it is excluded."""
    known: dict[str, dict[str, list[_Rule]]] = {}
    table = load_table(path, ["theme", "label_en", "rule", "exclude", "reason"], key=["theme", "rule"])
    for theme, _, written, exclude, _ in table.itertuples(index=False, name=None):
        match = _RULE.fullmatch(written)
        if not match:
            raise InputError(
                "no rule",
                file=path,
                place=line_of(path, theme, written),
                way_out="a rule is a term, “term & other”, “term & !other” or “term ~10 other”",
            )
        sign = match["sign"] or ""
        rule = _Rule(match["term"], match["other"] or "", "!" in sign, int(match["near"] or 0))
        known.setdefault(rule.term, {}).setdefault(theme, []).append(rule)
        for context in contexts_of(exclude, [rule.term], path, theme, written):
            known.setdefault(context, {}).setdefault(theme, [])
    search, fields = finder(list(known), overlapping=True), [list(rules.items()) for rules in known.values()]

    def find(text: str) -> list[tuple[int, int, str]]:
        free: dict[str, int] = {}  # where the last string of a theme ended, one of its excluded contexts included
        found = []
        for start, back, i in sorted((start, -end, i) for i, start, end in search(text)):
            for theme, rules in fields[i]:
                if start >= free.get(theme, 0):
                    free[theme] = -back
                    if any(rule.holds(text, start, -back) for rule in rules):
                        found.append((start, -back, theme))
        return sorted(found)

    return find


def theme_finder(lexicon: str | Path | None = None) -> Finder:
    """Give what finds the terms of the project's dictionary, or of one's own, and their themes."""
    return _load(*file_and_state(lexicon, "themes"))


def themes(text: str | Sequence[Paragraph], lexicon: str | Path | None = None) -> pd.DataFrame:
    """Find the terms that place a text in a policy field.

    Parameters
    ----------
    text : str or sequence of Paragraph
        A source text, or its paragraphs already made.
    lexicon : path-like, optional
        A dictionary of one's own: CSV with ``theme``, ``label_en``, ``rule``, ``exclude``, ``reason``. A rule is a
        term, or a term that counts only beside another: ``社区 & 治理`` (both in the paragraph), ``学生 & !就业`` (the
        other is not in it), ``上市 ~8 企业`` (at most 8 characters between). ``exclude`` holds longer strings in which
        the term means something else, divided by spaces.

    Returns
    -------
    DataFrame
        One row a hit in the order of the text: ``start``, ``end`` (code points of the source, end exclusive),
        ``surface``, ``theme``. Hits of one theme are disjoint; a term may stand for two themes.

    Raises
    ------
    InputError
        The dictionary is broken; the message names the line.

    Examples
    --------
    >>> themes("清溪县推进医保改革。")[["surface", "theme"]].values.tolist()
    [['医保', 'medicine']]
    """
    return phrase_table(text, theme_finder(lexicon), ["theme"])
