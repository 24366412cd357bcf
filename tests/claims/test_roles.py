"""The roles of words: by closed class, by tag, and of what the segmenter joins."""

import pytest

from reformtext.claims.roles import Role, is_deed, role_of, split
from reformtext.texts.segment import Token, tokenize


@pytest.mark.parametrize(
    ("term", "tag", "role"),
    [
        ("完成", "v", Role.GOVERNS),
        ("流转", "v", Role.ACTS),
        ("支出", "v", Role.NAMES),
        ("贷款", "n", Role.NAMES),
        ("旅游", "vn", Role.NAMES),
        ("已经", "d", Role.LINKS),
        ("均达", "x", Role.LINKS),
        ("这方面", "r", Role.LINKS),
        ("2021年", "t", Role.LINKS),
        ("老年", "t", Role.NAMES),
        ("由", "p", Role.TURNS),
        ("期间", "f", Role.FRAMES),
        ("和", "c", Role.JOINS),
        ("的", "uj", Role.OF),
        ("36个", "m", Role.COUNTS),
        ("5G", "m", Role.NAMES),
        ("千亿元", "m", Role.NAMES),
        ("增至", "v", Role.GOVERNS),
        ("转到", "x", Role.ACTS),
        ("硬化", "n", Role.ACTS),
    ],
)
def test_role(term, tag, role):
    assert role_of(term, tag) is role


def test_a_verb_that_clings_to_a_measure_is_cut_off():
    assert [(w.term, w.role, w.start) for w in split(Token("率达", "n", 3, 5))] == [
        ("率", Role.NAMES, 3),
        ("达", Role.GOVERNS, 4),
    ]


@pytest.mark.parametrize(
    ("token", "cut"),
    [
        (Token("下达任务", "l", 0, 4), [("下达", Role.GOVERNS), ("任务", Role.NAMES)]),
        (Token("实施方案", "n", 0, 4), [("实施方案", Role.NAMES)]),
        (Token("已收", "x", 0, 2), [("已", Role.LINKS), ("收", Role.GOVERNS)]),
        (Token("新上", "x", 0, 2), [("新上", Role.GOVERNS)]),
        (Token("率控制", "n", 0, 3), [("率", Role.NAMES), ("控制", Role.GOVERNS)]),
    ],
)
def test_a_verb_in_a_phrase_or_unknown_word_is_cut_off(token, cut):
    assert [(w.term, w.role) for w in split(token)] == cut


@pytest.mark.parametrize("text", ["发达", "表达", "到达地区"])
def test_a_word_of_the_dictionary_stays_whole(text):
    assert [w.term for token in tokenize(text) for w in split(token)] == [token.term for token in tokenize(text)]


def test_what_is_only_a_deed():
    assert is_deed("办结")
    assert is_deed("新签约")
    assert not is_deed("办结率")
