"""Delimited text: each row whole, with its first line, or one fault with its line."""

from pathlib import PurePath

import pytest

import reformtext as rt
from reformtext.texts.delimited import delimited, delimiter_of

PATH = PurePath("list.csv")


@pytest.mark.parametrize(
    ("text", "rows"),
    [
        ("词,注\n改革,甲\n", [(2, {"词": "改革", "注": "甲"})]),
        ('词,注\r\n"改\n革",甲\r\n\r\n乙,丙', [(2, {"词": "改\n革", "注": "甲"}), (5, {"词": "乙", "注": "丙"})]),
        (" 词 ,注\n,\n", []),
        ("", []),
        ("词\n" + "改" * 200_000 + "\n", [(2, {"词": "改" * 200_000})]),
    ],
)
def test_rows_have_their_first_line(text: str, rows: list[tuple[int, dict[str, str]]]) -> None:
    assert delimited(text, PATH)[1] == rows


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("词,词\n", "line 1: two columns of one name"),
        ("词,注\n改革\n", "line 2: 1 cells where the header has 2"),
        ("词,注\n\n改革,甲,乙\n", "line 3: 3 cells"),
        ('词,注\n"改革,甲\n', "not well-formed CSV"),
    ],
)
def test_a_broken_row_is_told_with_its_line(text: str, said: str) -> None:
    with pytest.raises(rt.InputError, match=said) as told:
        delimited(text, PATH)
    assert str(told.value).startswith("list.csv, line")


@pytest.mark.parametrize(("text", "sign"), [("a,b\n", ","), ("\n a;b;c,d\n", ";"), ("a\tb\n", "\t"), ("", ",")])
def test_the_separator_is_told_by_the_first_line(text: str, sign: str) -> None:
    assert delimiter_of(text) == sign
