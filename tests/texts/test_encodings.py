"""Encodings: how they are told, and that every byte of a damaged file is either read or listed as broken."""

import codecs
from itertools import pairwise
from pathlib import PurePath

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reformtext.errors import InputError
from reformtext.texts import encodings
from reformtext.texts.encodings import decode, mend

TEXT = (
    "青泽县持续深化农村综合改革，今年以来新增集体收入320万元，增长8.5%。\r\n"
    "“一窗受理”覆盖所有乡镇，群众办事少跑了一万多趟，企业开办时间压缩到半天。\r\n"
)
TRADITIONAL = "縣政府持續推動農村改革，今年以來新增收入三百萬元，民眾對「一站式服務」表示歡迎。\n"
HONG_KONG = "這裡的居民說，政府的改革做得好，大家都有新屋，佢哋嘅生活亦都好咗。\n"
LATIN = "Qingze county closed 52 of its 86 tasks in the first half of the year.\r\n" * 9 + "改革\r\n"
NAME = PurePath("a.txt")


@pytest.mark.parametrize(
    ("data", "text", "encoding", "said"),
    [
        (TEXT.encode("utf-8-sig"), TEXT, "utf-8", "byte-order mark"),
        (TEXT.encode("gb18030"), TEXT, "gb18030", "likeliest"),
        (TRADITIONAL.encode("big5"), TRADITIONAL, "big5hkscs", "likeliest"),
        (HONG_KONG.encode("big5hkscs"), HONG_KONG, "big5hkscs", "likeliest"),
        (TEXT.encode("hz"), TEXT, "hz", "hz: Chinese between"),
        (b"plain text", "plain text", "utf-8", "ascii"),
        # UTF-16 without a mark: with Latin letters, without any, mostly Latin, nothing but Latin.
        (TEXT.encode("utf-16-le"), TEXT, "utf-16-le", "likeliest"),
        ("青泽县推进改革发展".encode("utf-16-be"), "青泽县推进改革发展", "utf-16-be", "likeliest"),
        (LATIN.encode("utf-16-le"), LATIN, "utf-16-le", "likeliest"),
        (LATIN[:60].encode("utf-16-be"), LATIN[:60], "utf-16-be", "likeliest"),
    ],
)
def test_the_encoding_is_told(data, text, encoding, said):
    found = decode(data, NAME)
    assert (found.text, found.encoding, found.broken) == (text, encoding, ())
    assert said in found.told


@pytest.mark.parametrize("mark", [codecs.BOM_UTF8, codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE])
@pytest.mark.parametrize("encoding", ["utf-8", "gb18030"])
def test_a_mark_that_the_bytes_speak_against_is_noted_and_not_believed(mark, encoding):
    if (mark, encoding) != (codecs.BOM_UTF8, "utf-8"):
        found = decode(mark + TEXT.encode(encoding), NAME)
        assert (found.text, found.encoding, found.broken) == (TEXT, encoding, ())
        assert found.odd[0].startswith("starts with the mark of utf-")


@pytest.mark.parametrize("encoding", ["utf-8", "gb18030", "big5hkscs", "utf-16-le", "utf-16-be"])
@pytest.mark.parametrize("damage", ["lost", "added"])
@pytest.mark.parametrize("place", [10, 37, 82, 101])
def test_a_lost_or_stray_byte_spoils_no_more_than_its_surroundings(encoding, damage, place):
    text = TRADITIONAL * 2 if encoding == "big5hkscs" else TEXT
    data = text.encode(encoding)
    bad = data[:place] + (data[place + 1 :] if damage == "lost" else b"\xff" + data[place:])
    found = decode(bad, NAME)
    assert found.encoding == encoding
    same = next(n for n, (a, b) in enumerate(zip(text, found.text, strict=False)) if a != b)
    assert found.text[-(len(text) - same - 8) :] == text[-(len(text) - same - 8) :]
    # The second byte of Big5 may be a letter's: half a character and what follows may make another one, unseen.
    assert len(found.broken) == found.text.count("\ufffd") == 1 or (encoding, damage) == ("big5hkscs", "lost")
    assert all(abs(start - place) <= 12 for start, _ in found.broken)


def test_a_shift_that_a_letter_ends_is_found_too():
    text = "青泽县持续深化农村综合改革和商事制度改革，CBD里的企业都说好，群众也说好。" * 2
    data = text.encode("gb18030")
    found = decode(data[:11] + data[12:], NAME)
    assert found.text[7:] == text[7:] and found.text.count("\ufffd") == 1


def test_utf16_with_an_odd_byte_at_its_end():
    found = decode(codecs.BOM_UTF16_LE + TEXT.encode("utf-16-le") + b"\n", NAME)
    assert (found.text, found.encoding) == (TEXT + "\ufffd", "utf-16-le")
    assert found.broken == ((len(TEXT) * 2 + 2, len(TEXT) * 2 + 3),)


def test_a_few_broken_bytes_do_not_make_gb18030_of_a_short_utf8_text():
    data = "改革见成效，百姓得实惠".encode()
    found = decode(data[:3] + b"\xff" + data[3:9] + b"\xfe\xfe" + data[9:20] + data[21:], NAME)
    assert found.encoding == "utf-8"
    assert found.text == "改\ufffd革见\ufffd成效，\ufffd姓得实惠"
    assert found.odd == ("5 broken bytes in 3 runs, each now U+FFFD: byte 3, 10–11, 21–22",)


def test_all_broken_bytes_are_counted_and_the_first_are_listed(monkeypatch):
    found = decode((TEXT.encode() + b"\xff\xfe") * 3000, NAME)
    assert len(found.broken) == found.text.count("\ufffd") == 3000
    assert found.odd[0].startswith("6000 broken bytes in 3000 runs") and found.odd[0].endswith(" …")
    monkeypatch.setattr(encodings, "_MOST_BROKEN", 2999)
    with pytest.raises(InputError, match="more than 2,999 broken"):
        decode((TEXT.encode() + b"\xff\xfe") * 3000, NAME)


def test_control_characters_and_line_ends_are_told():
    found = decode((TEXT + "改\x07革\x00\n").encode(), NAME)
    assert f"2 control characters: U+0007 at {len(TEXT) + 1}, U+0000 at {len(TEXT) + 3}" in found.odd
    assert "line ends of several kinds: 2 CRLF, 1 LF" in found.odd


def test_two_unlike_encodings_in_one_file_lose_nothing():
    found = decode((TEXT * 9).encode() + TEXT.encode("gb18030"), NAME)
    assert found.encoding == "utf-8" and found.text.startswith(TEXT * 9)
    assert "broken bytes" in found.odd[0]


@given(
    st.sampled_from(["utf-8", "gb18030", "big5hkscs", "utf-16-le", "utf-16-be", "utf-32-le", "cp1252", "euc_kr"]),
    st.lists(
        st.one_of(st.binary(max_size=9), st.sampled_from([TEXT, TRADITIONAL, "改革", "😀", "\ud800"])), max_size=9
    ),
)
def test_every_byte_is_read_or_broken(encoding, parts):
    data = b"".join(p if isinstance(p, bytes) else p.encode("utf-16-le", "surrogatepass") for p in parts)
    data += b"".join(p.encode("gb18030", "ignore") for p in parts if isinstance(p, str))
    text, broken = mend(data, encoding)
    edges = [0, *(edge for span in broken for edge in span), len(data)]
    assert edges == sorted(edges) and all(start < end for start, end in broken)
    assert all(before[1] < after[0] for before, after in pairwise(broken))
    whole = [data[start:end].decode(encoding) for start, end in zip(edges[::2], edges[1::2], strict=True)]
    assert text == "\ufffd".join(whole)


@given(st.binary(min_size=1, max_size=200))
def test_any_bytes_are_decoded_or_refused(data):
    try:
        found = decode(data, NAME)
    except InputError as error:
        assert "a.txt" in str(error)
    else:
        assert found.text.count("\ufffd") >= len(found.broken)
