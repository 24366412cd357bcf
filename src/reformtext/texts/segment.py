"""Paragraphs to tokens: what must stay whole is locked first, the rest is cut by jieba's dictionary.

Locked are numbers with their units, dates and formulas (`reformtext.texts.numerals.locked`), then the lexicon's
protected terms (leftmost, longest), then words in other scripts. What is left is cut in runs of Han characters by a
private tokenizer, so that no call, here or elsewhere, changes another's result.
"""

import gc
import logging
import os
import re
import tempfile
from collections.abc import Callable, Iterable
from functools import cache
from itertools import accumulate, compress, repeat
from pathlib import Path
from typing import NamedTuple

import pandas as pd

from reformtext.texts.lexicon import Lexicon, load_lexicon
from reformtext.texts.numerals import locked

# jieba's own idea of a Han character; rarer ideographs are tokens by themselves, as they are in jieba.
_HAN = "\u4e00-\u9fd5"
_WORD = re.compile(
    r"[^\W_\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff]+"
    r"(?:[-.&'’+·][^\W_\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff]+){0,8}"
    r"|[\u3007\u3400-\u4dbf\u9fd6-\u9fff\uf900-\ufaff\U00020000-\U0003ffff]"
)
# What a lock leaves behind in the text to be cut: a mark, then blanks, so that every offset stays what it was.
_MARK, _BLANK = "\ue000", "\n"
_OTHER = re.compile(f"[^{_HAN}{_MARK}]")
_POS = {"date": "t", "formula": "formula"}


class Token(NamedTuple):
    """A token: the term, its part of speech (jieba's tag set) and its offsets in the text that was cut."""

    term: str
    pos: str
    start: int
    end: int


class _Tags(dict[str, str]):
    """The dictionary tag of each word met so far; ``x`` for a word that the dictionary lacks."""

    def __init__(self, tag: Callable[[str], Iterable[tuple[str, str]]]) -> None:
        self._tag = tag

    def __missing__(self, word: str) -> str:
        """Ask the dictionary; a word that it would cut again is none of its own."""
        found = list(self._tag(word))
        self[word] = tag = found[0][1] if len(found) == 1 else "x"
        return tag


@cache
def _cutter() -> tuple[Callable[[str], list[str]], _Tags]:
    """Give the private tokenizer's cut and its tags: rjieba's, or without it jieba's, which cuts the same."""
    try:
        import rjieba
    except ImportError:
        tokenizer, tags = _reference()
        return tokenizer, tags
    private = rjieba.Jieba()
    return private.cut, _Tags(private.tag)


@cache
def _reference() -> tuple[Callable[[str], list[str]], _Tags]:
    """Give the same from a private jieba tokenizer, its start-up cache kept where only this user can write."""
    import jieba
    import jieba.posseg

    tokenizer = jieba.Tokenizer()
    tokenizer.tmp_dir = str(_cache_folder())
    log = logging.getLogger("jieba")
    level = log.level
    log.setLevel(logging.WARNING)
    try:
        tokenizer.initialize()
    finally:
        log.setLevel(level)
    table = {}
    with jieba.get_module_res("dict.txt") as lines:
        for line in lines:
            word, _, tag = line.decode("utf-8").split()
            table[word] = tag
    return tokenizer.lcut, _Tags(lambda word: [(word, table.get(word, "x"))])


def _cache_folder() -> Path:
    """Give a folder that belongs to this user alone, made where it is missing."""
    folder = Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache") / "reformtext"
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        folder.chmod(0o700)
    except OSError:
        folder = Path(tempfile.mkdtemp(prefix="reformtext-"))
    return folder


def _locks(text: str, lexicon: Lexicon) -> list[tuple[int, int, str]]:
    """Find what must stay whole, as (start, end, part of speech), sorted and disjoint."""
    numbers = [(start, end, _POS.get(kind, "m")) for start, end, kind in locked(text)]
    terms = [(*match.span(), lexicon.pos[match[0]]) for match in lexicon.pattern.finditer(text)]
    return sorted(numbers + terms)


def tokenize(text: str, lexicon: Lexicon | None = None) -> list[Token]:
    raise NotImplementedError
