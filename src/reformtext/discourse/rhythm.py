"""Rhythm: parallel openings, strings of four characters, coinages in quotation marks."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

import pandas as pd

from reformtext.texts.clean import Paragraph, paragraphs_of

_CLAUSE = re.compile("[^，。；！？：、,;!?:\n]+")
_FOUR = re.compile("(?<![\u4e00-\u9fffA-Za-z0-9])[\u4e00-\u9fff]{4}(?![\u4e00-\u9fffA-Za-z0-9])")
_COINAGE = re.compile("“([^“”，。；：！？《》\n]{2,12})”")
# 变“多头管”为“一家管”, 由被动到主动: a frame of two words that each clause fills anew.
_FRAME = re.compile("[“‘]?(变|由|从|化|改|以|让).{1,12}?(为|到|向|转|促|带|推|换|成)")
_FRAMED = frozenset("“‘变由从化改以让")
_OPENING = 2  # characters that clauses must share to be parallel
_LEAST = 3
_GAP = 3
_LONGEST = 12
_NO_OPENING = re.compile("[0-9一二三四五六七八九十]|其中|同时|此外|目前|截至|今年|去年|以及")


def _common(strings: Sequence[str]) -> str:
    """Give the longest beginning that all strings share."""
    first, last = min(strings), max(strings)
    length = next((i for i, (a, b) in enumerate(zip(first, last, strict=False)) if a != b), min(len(first), len(last)))
    return first[:length]


def _parallels(clauses: Sequence[tuple[int, str]]) -> Iterator[tuple[int, int, str, int]]:
    """Find clauses (offset, text) that open alike or fill one frame, three or more with at most two between two."""
    keys = [
        f"{frame[1]}…{frame[2]}" if clause[0] in _FRAMED and (frame := _FRAME.match(clause)) else clause[:_OPENING]
        for _, clause in clauses
    ]
    alike: dict[str, list[tuple[int, int, str]]] = {key: [] for key, times in Counter(keys).items() if times >= _LEAST}
    for number, (key, (start, clause)) in enumerate(zip(keys, clauses, strict=True) if alike else ()):
        if key in alike and len(clause) > _OPENING + 1:
            alike[key].append((number, start, clause))
    for key, members in alike.items():
        run: list[tuple[int, int, str]] = []
        for member in [*(row for row in members if not _NO_OPENING.match(row[2])), None]:
            if member is None or (run and member[0] - run[-1][0] > _GAP):
                if len(run) >= _LEAST:
                    shared = key if "…" in key else _common([row[2] for row in run])[:_LONGEST]
                    yield run[0][1], run[0][1] + (1 if "…" in key else len(shared)), shared, len(run)
                run = []
            if member:
                run.append(member)


def rhythm_rows(own: Iterable[Paragraph]) -> list[tuple[Any, ...]]:
    """Find what gives paragraphs their beat: block, start, end, surface, kind, times."""
    rows: list[tuple[Any, ...]] = []
    # What begins a heading or a paragraph is compared with its like, article by article.
    openings: dict[tuple[int, bool], list[tuple[Paragraph, str]]] = {}
    for paragraph in own:
        clauses = [(match.start(), match.group()) for match in _CLAUSE.finditer(paragraph.text)]
        if clauses and clauses[0][0] == 0:
            openings.setdefault((paragraph.article, paragraph.role == "body"), []).append((paragraph, clauses[0][1]))
        for start, end, shared, times in _parallels(clauses) if len(clauses) >= _LEAST else ():
            rows.append((paragraph.block, *paragraph.span(start, end), shared, "parallel", times))
        for match in _FOUR.finditer(paragraph.text):
            rows.append((paragraph.block, *paragraph.span(*match.span()), match[0], "four", 1))
        for match in _COINAGE.finditer(paragraph.text):
            rows.append((paragraph.block, *paragraph.span(*match.span(1)), match[1], "coinage", 1))
    for first in openings.values():
        for number, length, shared, times in _parallels([(i, clause) for i, (_, clause) in enumerate(first)]):
            paragraph = first[number][0]
            rows.append((paragraph.block, *paragraph.span(0, length - number), shared, "parallel", times))
    return sorted(rows, key=lambda row: row[1:])


def rhythm(text: str | Sequence[Paragraph]) -> pd.DataFrame:
    """Find what gives a text its beat.

    Parameters
    ----------
    text : str or sequence of Paragraph
        A source text, or its paragraphs already made.

    Returns
    -------
    DataFrame
        One row a find in the order of the text: ``start``, ``end`` (code points of the source, end exclusive),
        ``surface``, ``kind``, ``times``.

        - ``parallel``: three or more clauses of a paragraph, headings, or first clauses of paragraphs, at most two
          others between one and the next, that open with the same two characters or more, or fill the same frame
          (变…为…); the surface is the shared opening, at most 12 characters, or the frame, its offsets those of the
          first; ``times`` says how many.
        - ``four``: four Han characters between two marks (，、“” or others); ``times`` is 1.
        - ``coinage``: two to twelve characters in quotation marks, no clause; ``times`` is 1.

    Examples
    --------
    >>> rhythm("坚持问题导向，坚持系统推进，坚持群众参与。")[["surface", "kind", "times"]].values.tolist()
    [['坚持', 'parallel', 3]]
    >>> rhythm("攻坚克难、善作善成，建起“邻里会客厅”。")[["surface", "kind"]].values.tolist()
    [['攻坚克难', 'four'], ['善作善成', 'four'], ['邻里会客厅', 'coinage']]
    """
    rows = [row[1:] for row in rhythm_rows(paragraphs_of(text))]
    return pd.DataFrame(rows, columns=["start", "end", "surface", "kind", "times"])
