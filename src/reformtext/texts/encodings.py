"""Bytes to text: which encoding a file is in, and how that was told."""

import codecs
import re
from pathlib import PurePath

import charset_normalizer

from reformtext.errors import InputError

# The most frequent characters of Chinese print, simplified and traditional; the first line is common to both.
_COMMON = frozenset(
    "的一是在不有人中大上和地市工作我他生到以可主要年出同民日月多成自行方全部分心力下理公高政家定本法面小三化加新于好合正如用等度文安水四第二六五七十改革道"
    "这来为国个们时说学会发对产经动义进种过现实开关业机关间问题农设济领导动战经济点长书记制造坚务区县乡镇党级构资车电门网络项万亿质标准众营调单数据总员与强建创"
    "這來為國個們時說學會發對產經動義進種過現實開關業機間問題農設濟領導戰點長書記務區縣鄉鎮黨級構資車電門網絡項萬億質標準眾營調單數據總員與強建創於後從"
)
_BOMS = (
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
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0e-\x1f\x7f]")


def decode(data: bytes, path: PurePath) -> tuple[str, str, tuple[str, ...]]:
    """Decode a file's bytes: the text, the encoding's name, and notes on how it was told and what was odd."""
    declared = _declared(data[:4096])
    for mark, encoding in _BOMS:
        if data.startswith(mark):
            text, broken = _mended(data[len(mark) :], encoding)
            return _checked(
                text, encoding, [f"{encoding} by its byte-order mark", *_broken_note(broken, len(mark))], declared, path
            )
    try:
        text = data.decode("utf-8")
        if not _is_utf16(data):
            how = "ascii, read as utf-8" if text.isascii() else "utf-8: every byte fits"
            return _checked(text, "utf-8", [how], declared, path)
    except UnicodeDecodeError:
        pass
    sample = _sample(data)
    candidates = ["utf-8", "gb18030", "big5hkscs"]
    if _is_utf16(data):
        candidates = ["utf-16-le", "utf-16-be"]
    if declared and declared not in candidates:
        candidates.append(declared)
    scores = {encoding: _likeness(sample, encoding) for encoding in candidates}
    best = max(candidates, key=lambda encoding: scores[encoding])
    if scores[best] < 0.15:
        guess = charset_normalizer.from_bytes(sample[:65_536]).best()
        if guess is None or best.startswith("utf-16"):
            raise InputError("its encoding cannot be told", file=path, way_out="save it as UTF-8 text")
        text, broken = _mended(data, guess.encoding)
        return _checked(text, guess.encoding, [f"{guess.encoding}: a guess", *_broken_note(broken)], declared, path)
    text, broken = _mended(data, best)
    said = (
        f"{best}: likeliest by its characters ({scores[best]:.2f}; "
        + ", ".join(f"{e} {s:.2f}" for e, s in scores.items() if e != best)
        + ")"
    )
    return _checked(text, best, [said, *_broken_note(broken)], declared, path)


def _is_utf16(data: bytes) -> bool:
    """Tell UTF-16 without a mark: its line ends and Latin letters hold NULs, all in odd or all in even places."""
    sample = data[:65_536]
    odd, even = sample[1::2].count(0), sample[::2].count(0)
    return len(data) % 2 == 0 and max(odd, even) >= 1 and min(odd, even) <= 0.05 * max(odd, even)


def _checked(
    text: str, encoding: str, notes: list[str], declared: str, path: PurePath
) -> tuple[str, str, tuple[str, ...]]:
    """Note a wrong declaration and control characters; refuse what is no text."""
    if declared and declared != encoding and not (declared == "ascii" or encoding.startswith("utf-16")):
        notes.append(f"declares {declared}, is {encoding}")
    odd = _CONTROL.findall(text)
    if len(odd) > 5 and len(odd) > len(text) / 50:
        raise InputError("a binary file, not text", file=path, way_out="give the text, not the program's own file")
    if odd:
        notes.append(f"{len(odd)} control characters")
    if not text.strip():
        raise InputError(
            "the file holds only blanks", file=path, way_out="put the article's text in it, or take it away"
        )
    return text, encoding, tuple(notes)


def _declared(head: bytes) -> str:
    """Give the encoding that a page names in its head, by its usual name; empty where it names none that is known."""
    found = _DECLARED.search(head)
    if not found or b"<" not in head:
        return ""
    try:
        name = codecs.lookup((found[1] or found[2]).decode("ascii")).name
    except LookupError:
        return ""
    return {"gb2312": "gb18030", "gbk": "gb18030", "big5": "big5hkscs", "cp950": "big5hkscs"}.get(name, name)


def _sample(data: bytes) -> bytes:
    """Take the first bytes from where they stop being ASCII, from a line's beginning to a line's end."""
    first = next((found.start() for found in _NOT_ASCII.finditer(data)), 0)
    start = data.rfind(b"\n", 0, first) + 1
    if len(data) - start <= 65_536:
        return data[start:]
    cut = data.rfind(b"\n", start, start + 65_536)
    return data[start : cut + 1 if cut > start + 1000 else start + 65_536]


def _likeness(sample: bytes, encoding: str) -> float:
    """Score how much bytes look like Chinese text in an encoding: the share of common characters, less broken ones."""
    try:
        text = sample.decode(encoding, errors="replace")
    except (LookupError, ValueError):
        return 0.0
    written = [character for character in text if character > "\x7f"]
    if not written:
        return 0.0
    # Several thousand characters make up Chinese print, a few hundred of them half of it.
    good = sum(character in _COMMON or character in "，。、；：“”（）《》？！" for character in written)
    return (good - 5 * written.count("\ufffd")) / len(written)


def _mended(data: bytes, encoding: str) -> tuple[str, list[int]]:
    """Decode, with U+FFFD for each stretch of broken bytes, and give where they were."""
    decode = codecs.getdecoder(encoding)
    view = memoryview(data)
    pieces: list[str] = []
    broken: list[int] = []
    at = 0
    while at < len(data):
        try:
            pieces.append(decode(view[at:], "strict")[0])
            break
        except UnicodeDecodeError as error:
            if len(broken) >= 1000:
                pieces.append(decode(view[at:], "replace")[0])
                break
            pieces.append(decode(view[at : at + error.start], "strict")[0] + "\ufffd")
            broken.append(at + error.start)
            at += error.end
    return "".join(pieces), broken


def _broken_note(broken: list[int], shift: int = 0) -> list[str]:
    """Say where broken bytes were."""
    if not broken:
        return []
    places = ", ".join(str(place + shift) for place in broken[:10]) + (" …" if len(broken) > 10 else "")
    return [f"{len(broken)} broken byte sequence{'s' * (len(broken) > 1)}, now U+FFFD, at byte {places}"]
