"""Documents to blocks and paragraphs: every non-blank character gets a role, and none is deleted."""

from collections.abc import Sequence
from dataclasses import dataclass, field


@dataclass(frozen=True)
class Block:
    """A stretch of the source with one role; several spans where a column break or a caption cuts a paragraph.

    Parameters
    ----------
    role : str
        ``title``, ``kicker``, ``deck``, ``byline``, ``heading``, ``body``, ``caption`` or ``boilerplate``.
    spans : tuple of (int, int)
        Offsets into the source, end exclusive, in reading order.
    article : int
        Which article of the page it belongs to, from 1.
    """

    role: str
    spans: tuple[tuple[int, int], ...]
    article: int = 1


@dataclass(frozen=True)
class Paragraph:
    """A block's text with its spans joined, and the way back to the source.

    Parameters
    ----------
    text : str
        The text as analysed.
    offsets : sequence of int
        For each character of ``text``, the offset in the source of the character that it came from.
    block : int
        The block's place in the list that `clean` gives, from 0.
    article : int
        Which article of the page, from 1.
    role : str
        The block's role: ``body`` or a heading's, title's … role.
    source_text : str
        The whole source that the offsets count in.
    """

    text: str
    offsets: Sequence[int]
    block: int = 0
    article: int = 1
    role: str = "body"
    source_text: str = field(default="", repr=False)

    def source(self, i: int) -> int:
        """Give the source offset of character ``i``; of ``len(text)``, one past the last."""
        return self.offsets[i] if i < len(self.text) else self.offsets[-1] + 1

    def span(self, start: int, end: int) -> tuple[int, int]:
        """Give the source span of ``text[start:end]``, which is not empty; it covers a break inside."""
        return self.offsets[start], self.offsets[end - 1] + 1

    def surface(self, start: int, end: int) -> str:
        """Give what the source has at ``text[start:end]``, a break inside included."""
        begin, stop = self.span(start, end)
        return self.source_text[begin:stop]


def clean(text: str) -> list[Block]:
    """Label every stretch of a source text. (First sketch: a non-blank line is a body block.)"""
    blocks, at = [], 0
    for line in text.splitlines(keepends=True):
        bare = line.strip()
        if bare:
            start = at + line.index(bare)
            blocks.append(Block("body", ((start, start + len(bare)),)))
        at += len(line)
    return blocks


def paragraphs(text: str) -> list[Paragraph]:
    """Give the paragraphs of a source text in reading order, furniture (captions, boilerplate, bylines) left out."""
    found = []
    for number, block in enumerate(clean(text)):
        offsets = [i for start, end in block.spans for i in range(start, end)]
        found.append(Paragraph("".join(text[i] for i in offsets), offsets, number, block.article, block.role, text))
    return found
