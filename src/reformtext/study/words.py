"""Figures in another language: a catalogue of label patterns, English and Chinese, and what puts it to a figure."""

import re
from collections.abc import Collection
from functools import cache

from matplotlib.axis import Axis
from matplotlib.figure import Figure
from matplotlib.text import Text

from reformtext.errors import InputError
from reformtext.texts.lexicon import load_table

# Names of measures, units and signs that a Chinese journal prints as they are.
KEPT = ("DP", "LL4", "CSV", "Wilson", "Clopper", "Pearson", "Louvain", "Jensen", "Shannon", "Dice", "jieba", "rjieba")
_WORD = re.compile(r"[A-Za-z0-9_.-]*[A-Za-z]{2}[A-Za-z0-9_.-]*")
_HOLE = re.compile(r"\{(\d+)\}")
# What a label is put together with: each side is looked up for itself.
_JOINTS = {"\n": "\n", "  ": "  ", "; ": "；", " and in ": "与", ", ": "、", ": ": "："}
# What fills a hole may be put together too, but a pattern that needs no such filling comes first: "3 in A, 4 in B" is
# a list of two, and not 3 in something that is called "A, 4 in B".
_COMPOUND = re.compile("[(（]|" + "|".join(map(re.escape, _JOINTS)))
_LISTED = re.compile(r"(?<=[\u3400-\u9fff]), ")


class Words:
    """A translator of figure texts by ``figure_words.csv``, whose patterns have holes: ``{1} claims``, ``{1}项数据``.

    What fills a hole is translated in turn. Texts without Latin words, names of the data (``kept``) and the names of
    measures in `KEPT` stay as they are.

    Examples
    --------
    >>> Words()("share of all claims")
    '占全部数据的比例'
    """

    def __init__(self, kept: Collection[str] = ()) -> None:
        self._exact, self._patterns = _catalogue()
        self._kept = {*KEPT, *kept}
        self._missing: list[str] = []

    def __call__(self, text: str) -> str:
        """Give the Chinese of a text; one that the catalogue lacks comes back as it is, and is remembered."""
        found = self._find(text)
        if found is None:
            self._missing.append(text)
        return text if found is None else found

    def missing(self) -> list[str]:
        """Give the texts that had no Chinese since this was asked last."""
        told, self._missing = list(dict.fromkeys(self._missing)), []
        return told

    def _find(self, text: str) -> str | None:
        if text in self._exact:
            return self._exact[text]
        if text.startswith("$"):
            return text
        if (found := self._by_pattern(text, compound=False)) is not None:
            return found
        if all(word in self._kept or word.endswith(".csv") for word in _WORD.findall(text)):
            return _LISTED.sub("、", text)
        for joint, chinese in _JOINTS.items():
            if joint in text:
                pieces = [self._find(piece) for piece in text.split(joint)]
                if None not in pieces:
                    return chinese.join(map(str, pieces))
        return self._by_pattern(text, compound=True)

    def _by_pattern(self, text: str, compound: bool) -> str | None:
        """Fill the Chinese of the first pattern that fits and whose holes' fillings have Chinese."""
        for pattern, chinese in self._patterns:
            if (match := pattern.fullmatch(text)) and (compound or not any(map(_COMPOUND.search, match.groups()))):
                parts = {name: self._find(part) for name, part in match.groupdict().items()}
                if None not in parts.values():
                    return chinese.format_map(parts)
        return None

    def translate_figure(self, fig: Figure) -> None:
        """Put every text of a figure into Chinese, in place."""
        fig.draw_without_rendering()
        ticks: set[Text] = set()
        for ax in fig.axes:
            for axis in (ax.xaxis, ax.yaxis):
                ticks |= self._translate_ticks(axis)
        for text in fig.findobj(Text):
            if isinstance(text, Text) and text not in ticks and text.get_text().strip():
                text.set_text(self(text.get_text()))

    def _translate_ticks(self, axis: Axis) -> set[Text]:
        """Fix an axis's tick labels where a word is among them; give the labels' artists, which follow their axis."""
        low, high = sorted(axis.get_view_interval())
        labels = {
            at: tick.label1.get_text()
            for tick in axis.get_major_ticks()
            if low <= (at := float(tick.get_loc())) <= high
        }
        chinese = {at: self(label) if label.strip() else label for at, label in labels.items()}
        if chinese != labels:
            axis.set_ticks(list(chinese), list(chinese.values()))
        every = [*axis.get_major_ticks(), *axis.get_minor_ticks()]
        return {label for tick in every for label in (tick.label1, tick.label2)}


@cache
def _catalogue() -> tuple[dict[str, str], list[tuple[re.Pattern[str], str]]]:
    """Read the catalogue: texts without holes, and patterns, those with most text of their own first."""
    table = load_table("figure_words", ["en", "zh"], key=["en"]).replace(r"\\n", "\n", regex=True)
    exact, patterns = {}, []
    for english, chinese in zip(table["en"], table["zh"], strict=True):
        if not set(_HOLE.findall(chinese)) <= set(_HOLE.findall(english)) or not chinese:
            raise InputError(f"the Chinese of {english!r} is empty or has a hole too many", file="figure_words.csv")
        if not _HOLE.search(english):
            exact[english] = chinese
            continue
        pieces = [f"(?P<h{p}>.+?)" if place % 2 else re.escape(p) for place, p in enumerate(_HOLE.split(english))]
        patterns.append(
            (len(_HOLE.sub("", english)), english, re.compile("".join(pieces), re.DOTALL), _HOLE.sub(r"{h\1}", chinese))
        )
    return exact, [(pattern, chinese) for *_, pattern, chinese in sorted(patterns, key=lambda row: (-row[0], row[1]))]
