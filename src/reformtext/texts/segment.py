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
from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterable
from functools import cache
from itertools import accumulate, compress, repeat
from operator import add, itemgetter
from pathlib import Path
from typing import NamedTuple

import pandas as pd

from reformtext.texts.lexicon import Lexicon, load_lexicon

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
_start, _end = itemgetter(0), itemgetter(1)
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
        return _reference()
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


def _numbers(text: str, lexicon: Lexicon) -> list[tuple[int, int, str]]:
    """Find numbers, dates and formulas, but those inside a term such as 五位一体, which is more than its number."""
    try:
        from reformtext.texts.numerals import locked
    except ImportError:
        return []
    found = [(start, end, _POS.get(kind, "m")) for start, end, kind in locked(text)]
    for term in lexicon.numeral_pattern.finditer(text):
        begin, stop = term.span()
        first, last = bisect_right(found, begin, key=_end), bisect_left(found, stop, key=_start)
        if first < last and begin <= found[first][0] and found[last - 1][1] <= stop:
            del found[first:last]
    return found


def _terms(text: str, lexicon: Lexicon) -> list[tuple[int, int, str]]:
    """Find the protected terms."""
    pos = lexicon.protected
    return [(*match.span(), pos[match[0]]) for match in lexicon.pattern.finditer(text)]


def _words(text: str) -> list[tuple[int, int, str]]:
    """Find the words in other scripts."""
    return [(*match.span(), _word_pos(match[0])) for match in _WORD.finditer(text)]


def _word_pos(word: str) -> str:
    """Give a word in another script the tag that jieba would."""
    return "m" if word.isnumeric() else "eng" if word[0] < "\u0250" or word[0] > "\uff00" else "x"


def _blank(text: str, locks: Iterable[tuple[int, int, str]]) -> str:
    """Put a mark and blanks in place of each lock, so that the text keeps its length."""
    parts, at = [], 0
    for start, end, _ in locks:
        parts += text[at:start], _MARK, _BLANK * (end - start - 1)
        at = end
    return "".join([*parts, text[at:]])


def tokenize(text: str, lexicon: Lexicon | str | Path | None = None) -> list[Token]:
    """Cut a text into tokens that keep their offsets.

    Parameters
    ----------
    text : str
        A paragraph's text, or any other; punctuation and blanks in it are no tokens.
    lexicon : Lexicon or path-like, optional
        Whose protected terms must stay whole, or the CSV file to load it from; `load_lexicon()` unless given.

    Returns
    -------
    list of Token
        In text order, disjoint; ``text[token.start:token.end] == token.term``. ``pos`` is the dictionary's tag (jieba's
        tag set; ``x`` for a word that it lacks), the lexicon's for a protected term, ``m`` for a number, ``t`` for a
        date and ``formula`` for a formula such as 1+6+N.

    Examples
    --------
    >>> [token.term for token in tokenize("优化营商环境，增长8.3%")]
    ['优化', '营商环境', '增长', '8.3%']
    """
    lexicon = lexicon if isinstance(lexicon, Lexicon) else load_lexicon(lexicon)
    numbers = _numbers(text, lexicon)
    bare = _blank(text.replace(_MARK, _BLANK), numbers)
    protected = _terms(bare, lexicon)
    bare = _blank(bare, protected)
    words = _words(bare)
    locks = sorted([*numbers, *protected, *words])
    cut, tags = _cutter()
    terms = cut(_OTHER.sub(_BLANK, _blank(bare, words)))
    kept = [term != _BLANK for term in terms]
    starts = list(compress(accumulate(map(len, terms), initial=0), kept))
    terms = list(compress(terms, kept))
    ends = list(map(add, starts, map(len, terms)))
    pos = [tags[term] for term in terms]
    at = -1
    for start, end, tag in locks:
        at = terms.index(_MARK, at + 1)
        terms[at], pos[at], ends[at] = text[start:end], tag, end
    return _tokens(terms, pos, starts, ends)


def _tokens(terms: list[str], pos: list[str], starts: list[int], ends: list[int]) -> list[Token]:
    """Make the tokens with the garbage collector at rest: no token can be part of a cycle, and it takes most of the time."""
    enabled = gc.isenabled()
    gc.disable()
    try:
        return list(map(tuple.__new__, repeat(Token), zip(terms, pos, starts, ends, strict=True)))
    finally:
        if enabled:
            gc.enable()
