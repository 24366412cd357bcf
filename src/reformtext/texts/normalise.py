"""One form for what is written in several: widths, marks, traditional characters, spaces; every character keeps its offset."""

import csv
import re
from bisect import bisect_left
from collections.abc import Sequence
from functools import cache
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

_ASCII_WIDE = {
    chr(code + 0xFEE0): chr(code)
    for code in (*range(0x30, 0x3A), *range(0x41, 0x5B), *range(0x61, 0x7B), *map(ord, "%+-./=#&@*"))
}
_MARKS = dict(
    zip(
        "﹑､『「』」﹁﹂•・･‧∙―─﹪﹢﹣﹐﹒﹔﹕﹖﹗﹙﹚｡",
        "、、““””“”·····——%+-，.；：？！（）。",
        strict=True,
    )
)
_ONE_TO_ONE = {**_ASCII_WIDE, **_MARKS}
_WIDE_POINT = str.maketrans(",;:?!()", "，；：？！（）")
_BLANK = (*range(0x21), *range(0x7F, 0xA1), 0xAD, 0x1680, *range(0x2000, 0x2010), *range(0x2028, 0x2030), 0x205F)

_HAN = r"\u3005\u3007\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"
_CJK = _HAN + r"、。，；：？！（）《》〈〉【】“”‘’…—·"
_SPACE = re.compile(r"\s+")
_INVISIBLE = re.compile(r"(?!\s)[\x00-\x1f\x7f\u00ad\u200b-\u200f\u202a-\u202e\u2060\ufeff]+")
_POINTS = re.compile(r"(?<!\s)\s*[,;:?!()][,;:?!()\s]*")
_THOUSANDS = re.compile(r"(?<![\d.，])\d{1,3}(?:，\d{3}){1,5}(?![\d，])")
_IS_CJK = re.compile(rf"[{_CJK}]")
_BEFORE = re.compile(rf"[{_CJK}%]")
_IS_LATIN = re.compile(r"[A-Za-z\u00c0-\u024f.,;:!?)]")


_Codes = NDArray[np.uint32]


@cache
def _traditional() -> dict[str, str]:
    """Give the simplified character for each traditional one that simplified Chinese does not use itself."""
    # `lexicon` knows the folder too, but would load pandas for every page that is cleaned.
    packaged, checkout = Path(__file__).parents[1] / "lexicon", Path(__file__).parents[3] / "data" / "lexicon"
    folder = packaged if packaged.is_dir() else checkout
    with (folder / "traditional.csv").open(encoding="utf-8", newline="") as file:
        return {row["traditional"]: row["simplified"] for row in csv.DictReader(file)}


@cache
def _table(widths: bool) -> _Codes:
    """Give what each code point becomes: the simplified character and, if asked for, the usual width and mark."""
    table = np.arange(0x110000, dtype=np.uint32)
    pairs = {**_traditional(), **_ONE_TO_ONE} if widths else _traditional()
    table[[ord(old) for old in pairs]] = [ord(new) for new in pairs.values()]
    return table


_RARE, _POINT, _CHINESE, _DIGIT, _PERCENT = 1, 2, 4, 8, 16


@cache
def _kinds() -> NDArray[np.uint8]:
    """Tell for each code point whether it may have to go, is a point with two widths, is Chinese, is a digit."""
    kinds = np.zeros(0x110000, np.uint8)
    for found in re.finditer(rf"[{_CJK}]+", "".join(map(chr, range(0x40000)))):
        kinds[slice(*found.span())] = _CHINESE
    kinds[[*_BLANK, 0x2060, 0x3000, 0xFEFF, ord('"')]] = _RARE
    kinds[list(_WIDE_POINT)] = _POINT
    kinds[list(range(ord("0"), ord("9") + 1))] = _DIGIT
    kinds[ord("%")] = _PERCENT
    return kinds


def _codes(text: str) -> _Codes:
    """Give a text's code points."""
    return np.frombuffer(text.encode("utf-32-le", "surrogatepass"), np.uint32)


def _string(codes: _Codes) -> str:
    """Give the text of code points."""
    return codes.tobytes().decode("utf-32-le", "surrogatepass")


def simplify(text: str) -> str:
    """Give a text in simplified characters, one for one, so that offsets stay.

    Examples
    --------
    >>> simplify("經濟體制改革")
    '经济体制改革'
    """
    return _string(_table(False)[_codes(text)])


class Form:
    """A source brought to one form character by character, and from there its paragraphs.

    Parameters
    ----------
    source : str
    """

    def __init__(self, source: str) -> None:
        codes = _table(True)[_codes(source)]
        around = np.zeros(len(codes) + 2, np.uint8)
        around[1:-1] = _kinds()[codes]
        before, here, after = around[:-2], around[1:-1], around[2:]
        wide = (here == _POINT) & (((before & (_CHINESE | _PERCENT)) > 0) | (after == _CHINESE))
        # A point beside another, or beside what may go, is left to the paragraph, as is a full one inside a number.
        left = (here == _POINT) & ~wide & (((before | after) & (_RARE | _POINT)) > 0)
        inside = (codes == ord("，")) & (before == _DIGIT) & (after == _DIGIT)
        codes[wide] = [_WIDE_POINT[code] for code in codes[wide].tolist()]
        self.text = _string(codes)
        self._rare: list[int] = np.flatnonzero((here == _RARE) | left | inside).tolist()

    def paragraph(self, spans: Sequence[tuple[int, int]], keep_spaces: bool = False) -> tuple[str, Sequence[int]]:
        """Join stretches of the source and finish their form; see `normalise`."""
        text, offsets = _joined(self.text, spans)
        if len(spans) == 1 and bisect_left(self._rare, spans[0][0]) == bisect_left(self._rare, spans[0][1]):
            return text, offsets  # most paragraphs hold nothing more that must change
        text, offsets = _kept(text, offsets, [found.span() for found in _INVISIBLE.finditer(text)])
        pieces = text.split('"')
        text = pieces[0] + "".join("“”"[i % 2] + piece for i, piece in enumerate(pieces[1:]))
        text, offsets = _unspaced(_POINTS.sub(_widen, text), offsets, keep_spaces)
        return _THOUSANDS.sub(lambda found: found[0].replace("，", ","), text), offsets


def normalise(source: str, spans: Sequence[tuple[int, int]], keep_spaces: bool = False) -> tuple[str, Sequence[int]]:
    """Join stretches of a source and bring them to one form.

    Traditional characters become simplified ones; full-width digits, letters, ％ ＋ － ． ／ become ASCII; 『』「」 and straight quotation marks become “”; half-width
    points beside Chinese become full-width (not inside a number: 1,234); spaces beside a Chinese character and
    invisible characters go; other runs of spaces become one. Between two spans a space is put only where Latin words
    would run together, and it stands for the break. No character is replaced by two.

    Parameters
    ----------
    source : str
        The text that the spans count in.
    spans : sequence of (int, int)
        Stretches in reading order, end exclusive.
    keep_spaces : bool
        Keep one space between Chinese characters, as headlines use it for a comma.

    Returns
    -------
    text : str
    offsets : sequence of int
        For each character of the text, where in the source it came from.

    Examples
    --------
    >>> text, offsets = normalise("增长８．３％,居 全省第2位", [(0, 14)])
    >>> text
    '增长8.3%，居全省第2位'
    >>> offsets[8]
    9
    """
    return Form(source).paragraph(spans, keep_spaces)


def _widen(found: re.Match[str]) -> str:
    """Give points that stand beside Chinese, or are parted from it by points and blanks alone, their full width."""
    text, (start, end) = found.string, found.span()
    beside = _IS_CJK.match(text, end) or (start > 0 and _BEFORE.match(text, start - 1))
    return found[0].translate(_WIDE_POINT) if beside else found[0]


def _joined(source: str, spans: Sequence[tuple[int, int]]) -> tuple[str, Sequence[int]]:
    """Put the spans together, and a break's blank where two Latin words would touch."""
    if len(spans) == 1:
        start, end = spans[0]
        return source[start:end], range(start, end)
    pieces: list[str] = []
    offsets: list[int] = []
    before = 0
    for start, end in spans:
        if (
            pieces
            and _IS_LATIN.match(source[before - 1])
            and source[start].isascii()
            and source[start].isalpha()
            and start > before
        ):
            pieces.append(" ")
            offsets.append(before)
        pieces.append(source[start:end])
        offsets.extend(range(start, end))
        before = end
    return "".join(pieces), offsets


def _unspaced(text: str, offsets: Sequence[int], keep_spaces: bool) -> tuple[str, Sequence[int]]:
    """Drop the spaces that mean nothing, in text and offsets alike."""
    drop = []
    for found in _SPACE.finditer(text):
        start, end = found.span()
        left, right = text[start - 1 : start], text[end : end + 1]
        beside = bool(_IS_CJK.match(left)) + bool(_IS_CJK.match(right))
        drop.append((start if not left or not right or (beside and not keep_spaces) else start + 1, end))
    text, offsets = _kept(text, offsets, [(start, end) for start, end in drop if start < end])
    return _SPACE.sub(" ", text), offsets


def _kept(text: str, offsets: Sequence[int], drop: list[tuple[int, int]]) -> tuple[str, Sequence[int]]:
    """Give what is left when some stretches go."""
    if not drop:
        return text, offsets
    pieces: list[str] = []
    kept: list[int] = []
    at = 0
    for start, end in [*drop, (len(text), len(text))]:
        pieces.append(text[at:start])
        kept.extend(offsets[at:start])
        at = end
    return "".join(pieces), kept
