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
import warnings
from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from functools import cache
from itertools import accumulate, chain, compress, repeat
from operator import itemgetter
from pathlib import Path
from stat import S_ISDIR
from typing import NamedTuple

import pandas as pd

from reformtext.errors import require_text
from reformtext.texts.lexicon import Finds, Lexicon, load_lexicon, load_stopwords
from reformtext.texts.numerals import Hit, hits, locked

# jieba's own idea of a Han character; rarer ideographs are tokens by themselves, as they are in jieba.
_FIRST_HAN, _LAST_HAN = "\u4e00", "\u9fd5"
_RARE_HAN = "\u2e80-\u2fdf\u3005-\u3007\u3400-\u4dbf\u9fd6-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"
_OWN = rf"[^\W_\u4e00-\u9fd5{_RARE_HAN}]"
# What begins no word in another script, the most common first: a class with \w in it is three times slower to seek.
_NO_LETTER = (
    r"\u4e00-\u9fd5\u3000-\u3004\u3008-\u3040\uff00-\uff0f\u2000-\u206f\x00-/:-@\[-`{-\xa9"
    r"\u2190-\u2bff\u2e00-\u2e7f\u3190-\u31ef\u3200-\u33ff\ud800-\uf8ff\ufb00-\ufeff\U00040000-\U0010ffff"
)
_WORD = re.compile(rf"[^{_NO_LETTER}](?:(?<={_OWN}){_OWN}*(?:[-.&'’+·]{_OWN}+){{0,8}}|(?<=[{_RARE_HAN}]))")
# A lock leaves this mark in the text that is cut, and one of the others for each character more until all are found; a
# blank takes the place of what would join a run of Han characters.
_MARK, _MORE, _BLANK = "\ue000", "\ue001", "\n"
_JOINING = "+#&._%-"
_NO_TEXT = re.compile("[\ud800-\udfff\ue000\ue001]")
_HAN_WORD = re.compile("[\u4e00-\u9fff]{2,}")
_start, _end = itemgetter(0), itemgetter(1)
_POS = {"date": "t", "formula": "formula"}
_MOST_TAGS = 1 << 18


class Token(NamedTuple):
    """A token: the term, its part of speech (jieba's tag set) and its offsets in the text that was cut."""

    term: str
    pos: str
    start: int
    end: int


class _Tags(dict[str, str]):
    """The dictionary tag of each word met so far: ``x`` for one that it lacks or would cut, empty for what is no word."""

    def __init__(self, look_up: Callable[[str], str]) -> None:
        self._look_up = look_up

    def __missing__(self, word: str) -> str:
        """Look a word up once, unless so many were met since that the memory would fill."""
        if len(self) >= _MOST_TAGS:
            self.clear()
        self[word] = tag = self._look_up(word) if _FIRST_HAN <= word[0] <= _LAST_HAN else ""
        return tag


@cache
def _cutter() -> tuple[Callable[[str], list[str]], _Tags]:
    """Give the private tokenizer's cut and its tags: rjieba's, or without it jieba's, which cuts the same."""
    try:
        import rjieba
    except ImportError:
        return _reference()
    private = rjieba.Jieba()

    def look_up(word: str) -> str:
        # Of a word that the dictionary lacks rjieba guesses a tag from its characters, and is mostly wrong.
        tagged = private.tag(word) if private.has_word(word) else []
        return str(tagged[0][1]) if len(tagged) == 1 else "x"

    return private.cut, _Tags(look_up)


@cache
def _reference() -> tuple[Callable[[str], list[str]], _Tags]:
    """Give the same from a private jieba tokenizer, its start-up cache kept where only this user can write."""
    with warnings.catch_warnings():  # its import of pkg_resources warns
        warnings.simplefilter("ignore")
        import jieba

    tokenizer = jieba.Tokenizer()
    tokenizer.tmp_dir = str(cache_folder())
    log = logging.getLogger("jieba")
    level = log.level
    log.setLevel(logging.WARNING)
    try:
        tokenizer.initialize()
    finally:
        log.setLevel(level)
    with jieba.get_module_res("dict.txt") as lines:
        table = {word: tag for word, _, tag in (line.decode("utf-8").split() for line in lines)}
    return tokenizer.lcut, _Tags(lambda word: table.get(word, "x") if tokenizer.lcut(word) == [word] else "x")


def cache_folder() -> Path:
    """Give a folder that belongs to this user alone, made where it is missing; one that others could write to is not used."""
    folder = Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache") / "reformtext"
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        state = folder.lstat()
    except OSError:
        return Path(tempfile.mkdtemp(prefix="reformtext-"))
    # What lies in the folder is unmarshalled: a link, another's folder or an open one may hold what others put there.
    if os.name == "posix" and (not S_ISDIR(state.st_mode) or state.st_uid != os.getuid() or state.st_mode & 0o022):
        return Path(tempfile.mkdtemp(prefix="reformtext-"))
    return folder


def _numbers(text: str, found: Sequence[Hit], listed: Finds, lexicon: Lexicon) -> list[tuple[int, int, str]]:
    """Give numbers, dates and formulas, but those inside a term such as 五位一体, which is more than its number."""
    numbers = [(start, end, _POS.get(kind, "m")) for start, end, kind in locked(text, found)]
    for begin, stop, _ in lexicon.whole(listed, text, numeral=True) if numbers else ():
        first, last = bisect_right(numbers, begin, key=_end), bisect_left(numbers, stop, key=_start)
        if first < last and begin <= numbers[first][0] and numbers[last - 1][1] <= stop:
            del numbers[first:last]
    return numbers


def _word_pos(word: str) -> str:
    """Give a word in another script the tag that jieba would."""
    return "m" if word.isnumeric() else "eng" if word[0] < "\u0250" or word[0] > "\uff00" else "x"


def _fill(text: str, locks: Sequence[tuple[int, int, str]]) -> str:
    """Put marks in place of locks, as many as they have characters."""
    parts: list[str] = []
    at = 0
    for start, end, _ in locks:
        parts += text[at:start], _MARK, _MORE * (end - start - 1)
        at = end
    return "".join([*parts, text[at:]]) if locks else text


def _locks(text: str, found: Sequence[Hit], listed: Finds, lexicon: Lexicon) -> tuple[list[tuple[int, int, str]], str]:
    """Give what must stay whole, as (start, end, part of speech), and the text with a mark in place of each.

    These are numbers, then terms, then words in other scripts.
    """
    numbers = _numbers(text, found, listed, lexicon)
    rest = _fill(text, numbers)
    terms = lexicon.whole(listed, rest)
    rest = _fill(rest, terms)
    words = [(*match.span(), _word_pos(match[0])) for match in _WORD.finditer(rest)]
    return sorted([*numbers, *terms, *words]), _fill(rest, words).replace(_MORE, "")


def _apart(text: str) -> str:
    """Put blanks in place of signs that jieba takes for parts of a run of Han characters."""
    for sign in _JOINING:
        text = text.replace(sign, _BLANK)
    return text


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
    require_text(text, halves=True)
    lexicon = lexicon if isinstance(lexicon, Lexicon) else load_lexicon(lexicon)
    # The collector would take most of the time here, for nothing: no token can be part of a cycle.
    collecting = gc.isenabled()
    gc.disable()
    try:
        return _tokens(text, lexicon)
    finally:
        if collecting:
            gc.enable()


def _tokens(text: str, lexicon: Lexicon) -> list[Token]:
    """Make tokens of what is one."""
    return cut(text, lexicon).tokens(0, len(text))


class Cut(NamedTuple):
    """A text cut whole: its pieces, each one's part of speech, empty for what is no token, and where they begin and end.

    ``hits`` are the numbers and ``listed`` the lexicon's terms (see `Lexicon.find_all`) in ``text``, in which a blank stands
    for what is no character.
    """

    text: str
    hits: Sequence[Hit]
    listed: Finds
    terms: list[str]
    pos: list[str]
    bounds: list[int]

    def tokens(self, start: int, end: int) -> list[Token]:
        """Give the tokens that begin in a stretch."""
        first, last = bisect_left(self.bounds, start), bisect_left(self.bounds, end)
        pos = self.pos[first:last]
        rows = zip(self.terms[first:last], pos, self.bounds[first:last], self.bounds[first + 1 :], strict=False)
        return list(map(tuple.__new__, repeat(Token), compress(rows, pos)))


def cut(text: str, lexicon: Lexicon) -> Cut:
    """Cut the whole text, with its locks as single marks, then put each lock where its mark stands."""
    clear = _NO_TEXT.sub(_BLANK, text)
    found = hits(clear)
    listed = lexicon.find_all(clear)
    locks, rest = _locks(clear, found, listed, lexicon)
    cutter, tags = _cutter()
    # Line by line, as no run of Han characters crosses a line: a fifth faster than at once, and the same tokens.
    terms = list(chain.from_iterable(map(cutter, _apart(rest).splitlines(keepends=True))))
    pos = list(map(tags.__getitem__, terms))
    at = -1
    for start, end, tag in locks:
        at = terms.index(_MARK, at + 1)
        terms[at], pos[at] = text[start:end], tag
    return Cut(clear, found, listed, terms, pos, list(accumulate(map(len, terms), initial=0)))


def segmentation_audit(texts: Iterable[str], lexicon: Lexicon | str | Path | None = None) -> pd.DataFrame:
    """Name every listed term that plain jieba would split or swallow, and how often.

    Parameters
    ----------
    texts : iterable of str
        The texts, best their paragraphs.
    lexicon : Lexicon or path-like, optional
        Whose terms to look for, protected or not; `load_lexicon()` unless given.

    Returns
    -------
    DataFrame
        One row a term that plain jieba does not always keep whole, the most often broken first: term, kind, protected,
        occurrences (as a string, counted wherever it stands), of these whole, split (cut inside or across an end) and
        swallowed (part of a longer token) by plain jieba, and locked_whole (a token of its own in `tokenize`).

    Examples
    --------
    >>> segmentation_audit(["优化营商环境"])[["term", "occurrences", "split"]].values.tolist()
    [['营商环境', 1, 1]]
    """
    lexicon = lexicon if isinstance(lexicon, Lexicon) else load_lexicon(lexicon)
    cutter, _ = _cutter()
    counts = {
        term: dict.fromkeys(("occurrences", "whole", "split", "swallowed", "locked_whole"), 0)
        for term in lexicon.table["term"]
    }
    for text in texts:
        bounds = list(accumulate(map(len, cutter(_apart(text))), initial=0))
        tokens = {(token.start, token.end) for token in tokenize(text, lexicon)}
        for term, count in counts.items():
            start = text.find(term)
            while start >= 0:
                end = start + len(term)
                index = bisect_right(bounds, start)
                whole = bounds[index - 1] == start and bounds[index] == end
                count["occurrences"] += 1
                count["whole" if whole else "swallowed" if bounds[index] >= end else "split"] += 1
                count["locked_whole"] += (start, end) in tokens
                start = text.find(term, end)
    table = lexicon.table[["term", "kind", "protected"]].join(pd.DataFrame.from_dict(counts, orient="index"), on="term")
    broken = (table["split"] + table["swallowed"]).sort_values(ascending=False, kind="stable")
    return table.loc[broken[broken > 0].index].reset_index(drop=True)


def top_term_changes(texts: Iterable[str], lexicon: Lexicon | str | Path | None = None, top: int = 30) -> pd.DataFrame:
    """Say which of the most frequent terms change when the lexicon's terms are kept whole.

    Parameters
    ----------
    texts : iterable of str
        The texts, best their paragraphs.
    lexicon : Lexicon or path-like, optional
        Whose protected terms are kept whole; `load_lexicon()` unless given.
    top : int
        How many terms, from the most frequent on.

    Returns
    -------
    DataFrame
        One row a term of two Han characters or more, no stop word, that is among the `top` with the lexicon or without
        it and whose count changes: term, count and rank with the lexicon, plain_count and plain_rank without (numbers are
        kept whole in both). Equal counts rank in the order of their characters.

    Examples
    --------
    >>> top_term_changes(["优化营商环境"])[["term", "count", "plain_count"]].values.tolist()
    [['营商环境', 1, 0], ['环境', 0, 1], ['营商', 0, 1]]
    """
    lexicon = lexicon if isinstance(lexicon, Lexicon) else load_lexicon(lexicon)
    plain, stop, held = Lexicon(lexicon.table.head(0)), load_stopwords(), list(texts)
    columns = {}
    for name, choice in (("count", lexicon), ("plain_count", plain)):
        found = Counter(token.term for text in held for token in tokenize(text, choice))
        columns[name] = {term: n for term, n in found.items() if _HAN_WORD.fullmatch(term) and term not in stop}
    table = pd.DataFrame(columns).fillna(0).astype(int).rename_axis("term").sort_index().reset_index()
    for rank, count in (("rank", "count"), ("plain_rank", "plain_count")):
        table[rank] = table[count].rank(method="first", ascending=False).astype(int)
    changed = (table[["rank", "plain_rank"]].min(axis=1) <= top) & (table["count"] != table["plain_count"])
    return table[changed].sort_values(["rank", "term"], ignore_index=True)
