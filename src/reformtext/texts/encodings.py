"""Bytes to text: which encoding a file is in, and how that was told.

A byte-order mark is believed unless the bytes after it speak against it; then UTF-8, if every byte fits or most
characters are whole; else the encoding whose characters look most like Chinese print. Bytes that fit nowhere are
*broken*: every run of them becomes one U+FFFD, and is counted. In the two-byte encodings a lost or stray byte shifts
all that follows and few shifted bytes are illegal: there the broken byte is looked for, as the one without which the
text around reads most like Chinese.
"""

import codecs
import re
from collections.abc import Iterator
from functools import lru_cache
from pathlib import PurePath
from typing import NamedTuple

import charset_normalizer

from reformtext.errors import InputError

# The most frequent characters of Chinese print, simplified and traditional; the first line is common to both.
_COMMON = frozenset(
    "的一是在不有人中大上和地市工作我他生到以可主要年出同民日月多成自行方全部分心力下理公高政家定本法面小三化加新于好合正如用等度文安水四第二六五七十改革道"
    "这来为国个们时说学会发对产经动义进种过现实开关业机关间问题农设济领导动战经济点长书记制造坚务区县乡镇党级构资车电门网络项万亿质标准众营调单数据总员与强建创"
    "這來為國個們時說學會發對產經動義進種過現實開關業機間問題農設濟領導戰點長書記務區縣鄉鎮黨級構資車電門網絡項萬億質標準眾營調單數據總員與強建創於後從"
)
_PUNCTUATION = frozenset("，。、；：“”（）《》？！　—…·「」％")
_LIKED = _COMMON | _PUNCTUATION
_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
    (b"\x84\x31\x95\x33", "gb18030"),
)
_DECLARED = re.compile(
    rb"charset\s{0,3}=\s{0,3}[\"']?\s{0,3}([A-Za-z0-9_.:-]{2,30})|encoding=[\"']([A-Za-z0-9_.:-]{2,30})[\"']",
    re.IGNORECASE,
)
_NOT_ASCII = re.compile(rb"[\x80-\xff]")
_ASCII = bytes(range(128))
_HZ = re.compile(rb"~\{(?:[!-}][!-~])+~\}")
_PLAIN = re.compile(r"[\t\n\f\r\x20-\x7e]+")
_PRIVATE = re.compile(r"[\ue000-\uf8ff]")
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0e-\x1f\x7f]")
_WIDE = "utf-16"
_PAIRED = ("gb18030", "big5hkscs", f"{_WIDE}-le", f"{_WIDE}-be")  # two bytes a character
_SAMPLE = 4096  # bytes that the encodings are compared on
_LIKELY = 0.15  # the likeness that a text has at least
_SHOWN = 10  # places that a note lists
_MOST_BROKEN = 1_000_000  # runs of broken bytes, above which a file is no text with a few faults
# A lost byte is looked for piece by piece, in so many pieces of a file at most.
_PIECE, _MOST_MENDED = 1024, 2000

Span = tuple[int, int]


class Decoded(NamedTuple):
    """A file's text, its encoding, how that was told, what was odd, and the byte ranges that are broken."""

    text: str
    encoding: str
    told: str
    odd: tuple[str, ...] = ()
    broken: tuple[Span, ...] = ()


def decode(data: bytes, path: PurePath) -> Decoded:
    """Decode a file's bytes.

    What the mark and the broken ranges leave of the bytes is, range by range, what the text holds between its U+FFFD.

    Raises
    ------
    InputError
        Where no encoding fits, the file is a program's own, or it holds only blanks.
    """
    mark, of_mark = next(((mark, encoding) for mark, encoding in _MARKS if data.startswith(mark)), (b"", ""))
    body = data[len(mark) :]
    declared = _declared(data[:4096])
    encoding, told = _told(body, of_mark, declared, path)
    text, ranges = mend(body, encoding)
    if ranges is None:
        raise InputError(
            f"more than {_MOST_BROKEN:,} broken byte sequences as {encoding}",
            file=path,
            way_out="save it as UTF-8 text",
        )
    broken = tuple((start + len(mark), end + len(mark)) for start, end in ranges)
    odd = [f"starts with the mark of {of_mark}, which the bytes after it are not"] * bool(mark and encoding != of_mark)
    if declared and declared not in (encoding, "ascii") and not encoding.startswith(_WIDE):
        odd.append(f"declares {declared}, is {encoding}")
    odd += [*_broken_note(broken), *_character_notes(text, path)]
    return Decoded(text, encoding, told, tuple(odd), broken)


def _told(body: bytes, of_mark: str, declared: str, path: PurePath) -> tuple[str, str]:
    """Tell the encoding of the bytes after a mark, and say how."""
    sample = _sample(body)
    # A wrong mark before UTF-16 shows only in what the characters are.
    believed = of_mark and (not of_mark.startswith(_WIDE) or _likeness(body[:_SAMPLE], of_mark) >= _LIKELY)
    if believed and _fits(body, of_mark):
        return of_mark, f"{of_mark} by its byte-order mark"
    zeros = b"\0" in body[:_SAMPLE]
    if not zeros and _fits(body, "utf-8"):
        if not body.isascii():
            return "utf-8", "utf-8: every byte fits"
        if _HZ.search(body) and _fits(body, "hz") and _likeness(body[:_SAMPLE], "hz") >= _LIKELY:
            return "hz", "hz: Chinese between ~{ and ~}"
        return "utf-8", "ascii, read as utf-8"
    high = len(sample.translate(None, _ASCII))
    whole = len(sample.decode("utf-8", "replace").replace("\ufffd", "").encode()) - len(sample) + high
    if not zeros and high and whole >= 0.7 * high:
        return "utf-8", f"utf-8: {100 * whole / high:.1f} % of its bytes beyond ASCII make whole characters"
    candidates = ["utf-8", "gb18030", "big5hkscs"]
    candidates += [declared] * (declared not in ("", *candidates) and not declared.startswith(_WIDE))
    scores = {encoding: _likeness(sample, encoding) for encoding in candidates}
    if zeros or max(scores.values()) < 2 * _LIKELY:
        scores |= {e: _wide_likeness(body[:_SAMPLE], e) for e in (f"{_WIDE}-le", f"{_WIDE}-be")}
    if max(scores.values()) < _LIKELY:  # few bytes, and some of them broken
        for encoding in ("gb18030", "big5hkscs"):
            scores[encoding] = _likeness(mend(sample[:2048], encoding)[0].encode(encoding, "replace"), encoding)
    best = max(scores, key=lambda encoding: scores[encoding])
    if of_mark and (best == of_mark or scores[best] < _likeness(sample, of_mark) + 0.1):
        return of_mark, f"{of_mark} by its byte-order mark"
    if scores[best] >= _LIKELY:
        others = ", ".join(f"{e} {s:.2f}" for e, s in scores.items() if e != best and s > -1)
        return best, f"{best}: likeliest by its characters ({scores[best]:.2f}; {others or 'no other comes near'})"
    if zeros and _fits(body, "utf-8"):
        return "utf-8", "utf-8: every byte fits"
    guess = charset_normalizer.from_bytes(sample).best()
    if guess is None or guess.encoding.startswith("utf_16"):
        raise InputError("its encoding cannot be told", file=path, way_out="save it as UTF-8 text")
    name = codecs.lookup(guess.encoding).name
    return name, f"{name}: a guess"


def _fits(data: bytes, encoding: str) -> bool:
    """Tell whether every byte fits an encoding."""
    try:
        data.decode(encoding)
    except UnicodeDecodeError:
        return False
    return True


def _character_notes(text: str, path: PurePath) -> list[str]:
    """Say which control characters stand where and how line ends differ; refuse what is no text."""
    if not text.strip():
        raise InputError(
            "the file holds only blanks", file=path, way_out="put the article's text in it, or take it away"
        )
    notes = []
    controls = [(found.start(), found[0]) for found in _CONTROL.finditer(text)]
    if len(controls) > 5 and len(controls) > len(text) / 50:
        raise InputError("a binary file, not text", file=path, way_out="give the text, not the program's own file")
    if controls:
        places = ", ".join(f"U+{ord(what):04X} at {place}" for place, what in controls[:_SHOWN])
        more = " …" * (len(controls) > _SHOWN)
        notes.append(f"{len(controls)} control character{'s' * (len(controls) > 1)}: {places}{more}")
    both = text.count("\r\n")
    ends = {"CRLF": both, "LF": text.count("\n") - both, "CR": text.count("\r") - both}
    if sum(map(bool, ends.values())) > 1:
        notes.append("line ends of several kinds: " + ", ".join(f"{n} {name}" for name, n in ends.items() if n))
    return notes


def _declared(head: bytes) -> str:
    """Give the encoding that a page names in its head, by its usual name; empty where it names none that is known."""
    found = _DECLARED.search(head) if b"<" in head else None
    if found is None:
        return ""
    try:
        name = codecs.lookup((found[1] or found[2]).decode("ascii")).name
        b"".decode(name)  # some codecs give no text
    except LookupError:
        return ""
    return {"gb2312": "gb18030", "gbk": "gb18030", "big5": "big5hkscs", "cp950": "big5hkscs"}.get(name, name)


def _sample(data: bytes) -> bytes:
    """Take the first bytes from where they stop being ASCII, from a line's beginning to a line's end."""
    first = _NOT_ASCII.search(data)
    start = data.rfind(b"\n", 0, first.start() if first else 0) + 1
    if first and first.start() - start > _SAMPLE // 2:
        start = first.start()
    if len(data) - start <= _SAMPLE:
        return data[start:]
    cut = data.rfind(b"\n", start, start + _SAMPLE)
    return data[start : cut + 1 if cut > start + 1000 else start + _SAMPLE]


def _likeness(sample: bytes, encoding: str) -> float:
    """Score how much bytes look like Chinese text in an encoding: the share of common characters, less broken ones."""
    try:
        text = sample.decode(encoding, errors="replace")
    except (LookupError, ValueError):
        return 0.0
    written = _PLAIN.sub("", text)
    if not written:
        return 0.3 * bool(text)
    # Several thousand characters make up Chinese print, a few hundred of them half of it.
    good = sum(map(_LIKED.__contains__, written))
    return (good - 5 * (written.count("\ufffd") + len(_CONTROL.findall(written)))) / len(written)


def _wide_likeness(sample: bytes, encoding: str) -> float:
    """Score UTF-16, window by window from an even or an odd byte on: a stray byte shifts what follows."""
    size = 64
    windows = [sample[start : start + size] for start in range(0, len(sample) - 1, size)]
    # Latin letters fit both byte orders, one of them from an odd byte on.
    scores = [
        max(_likeness(window[odd : len(window) - (len(window) - odd) % 2], encoding) - 0.01 * odd for odd in (0, 1))
        for window in windows
    ]
    return sum(scores) / max(len(scores), 1)


# ---- broken bytes --------------------------------------------------------------------------------------------------


def mend(data: bytes, encoding: str) -> tuple[str, list[Span] | None]:
    """Decode, with U+FFFD for each run of broken bytes, and give the runs; None where there are too many."""
    try:
        text = data.decode(encoding)
        if encoding not in _PAIRED or not (encoding.startswith(_WIDE) or _PRIVATE.search(text)):
            return text, []
    except UnicodeDecodeError:
        pass
    broken: list[Span] = []
    for start, end in _faults(data, encoding):
        if broken and broken[-1][1] == start:
            broken[-1] = (broken[-1][0], end)
        elif len(broken) == _MOST_BROKEN:
            return "", None
        else:
            broken.append((start, end))
    edges = [0, *(edge for span in broken for edge in span), len(data)]
    parts = [data[start:end].decode(encoding) for start, end in zip(edges[::2], edges[1::2], strict=True)]
    return "\ufffd".join(parts), broken


def _faults(data: bytes, encoding: str) -> Iterator[Span]:
    """Give the broken bytes of a file in their order, decoding piece by piece."""
    at = last = tried = 0
    while at < len(data):
        end = min(at + _PIECE, len(data))
        start, stop = _first_fault(data[at:end], encoding)
        if end < len(data) and 0 < start >= end - at - 3:  # only the cut between two pieces
            end, stop = at + start, start
        if start == stop and not _looks_shifted(data[at:end], encoding):
            at = end
        elif encoding in _PAIRED and tried < _MOST_MENDED:
            tried += 1
            spans, at = _unshifted(data, _safe_start(data, at, last, encoding), end, encoding)
            yield from spans
            last = spans[-1][1] if spans else last
        else:
            if start < stop:
                yield at + start, at + stop
            at = at + stop if start < stop else end


def _looks_shifted(piece: bytes, encoding: str) -> bool:
    """Tell legal bytes that are hardly text: unlike Chinese in UTF-16, or with characters for private use."""
    if encoding.startswith(_WIDE):
        return _likeness(piece, encoding) < _LIKELY
    return encoding in _PAIRED and bool(_PRIVATE.search(piece.decode(encoding)))


def _first_fault(piece: bytes, encoding: str) -> Span:
    """Give where the first broken bytes begin and end; twice the piece's length where there are none."""
    try:
        piece.decode(encoding)
    except UnicodeDecodeError as error:
        return error.start, error.end
    return len(piece), len(piece)


def _safe_start(data: bytes, at: int, last: int, encoding: str) -> int:
    """Give where a character surely begins, somewhat before the place where a shift was seen."""
    if not encoding.startswith(_WIDE):
        return data.rfind(b"\n", max(last, at - 1024), at) + 1 or at
    start = max(last, at - 512)
    # Not between the halves of a surrogate pair.
    return start + 2 * (start + 2 <= at and _worth(data[start : start + 2], encoding) is None)


def _unshifted(data: bytes, start: int, end: int, encoding: str) -> tuple[list[Span], int]:
    """Read a stretch at its best (Viterbi): which bytes to leave out, and where the next character begins."""
    best: dict[int, tuple[float, int, bool]] = {start: (0.0, start, False)}
    for at in range(start, end):
        if at not in best:
            continue
        score = best[at][0]
        for size in (2, 4) if encoding.startswith(_WIDE) else (1, 2, 4):
            worth = _worth(data[at : at + size], encoding) if at + size <= len(data) else None
            if worth is not None and (at + size not in best or best[at + size][0] < score + worth):
                best[at + size] = (score + worth, at, False)
        if at + 1 not in best or best[at + 1][0] < score - 3:
            best[at + 1] = (score - 3, at, True)
    stop = max((place for place in best if place >= end), key=lambda place: best[place][0])
    spans: list[Span] = []
    at = stop
    while at > start:
        _, before, broken = best[at]
        if broken:
            spans.append((before, at))
        at = before
    return spans[::-1], stop


@lru_cache(maxsize=65_536)
def _worth(unit: bytes, encoding: str) -> float | None:
    """Say how much one character speaks for a reading; nothing where the bytes are not one character."""
    try:
        character = unit.decode(encoding)
    except UnicodeDecodeError:
        return None
    if len(character) != 1 and (len(unit) > 2 or unit.isascii()):  # two characters; a few of HKSCS are written with two
        return None
    if character in _LIKED or character in "\r\n":
        return 1.0
    return 0.3 if _PLAIN.fullmatch(character) else -0.1 if "\u3040" <= character <= "\u9fff" else -1.0


def _broken_note(broken: tuple[Span, ...]) -> list[str]:
    """Say how many bytes are broken, and where the first ones are."""
    if not broken:
        return []
    total = sum(end - start for start, end in broken)
    places = ", ".join(str(start) if end - start == 1 else f"{start}–{end - 1}" for start, end in broken[:_SHOWN])
    runs = f" in {len(broken)} runs, each" * (len(broken) > 1)
    more = " …" * (len(broken) > _SHOWN)
    return [f"{total} broken byte{'s' * (total > 1)}{runs or ','} now U+FFFD: byte {places}{more}"]
