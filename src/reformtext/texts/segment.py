"""Paragraphs to tokens: what must stay whole is locked first, the rest is cut by jieba's dictionary."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Token:
    """A token: the term, its part of speech (jieba's tag set) and its offsets in the text that was cut."""

    term: str
    pos: str
    start: int
    end: int
