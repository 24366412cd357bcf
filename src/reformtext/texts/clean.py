"""Documents to blocks and paragraphs: every non-blank character gets a role, and none is deleted.

Three steps, each linear in the text, on its simplified characters. (1) Every line is labelled by itself, by layout and
vocabulary (`lines`, with the words in `furniture`): page furniture, reporter, source and date lines, captions; what is
left is text. (2) Text lines are joined to paragraphs (`join`). A line goes on with the open paragraph, past captions
and furniture but never past a reporter line, when the signs for a cut outweigh those for a fresh start. For a cut
speak: the paragraph stops inside a bracket, at a comma or after a full stop in mid-line, or is long; a word of the
dictionary runs over the break; a number stands before it and a unit after; the line opens with what cannot open a
paragraph (a closing mark, a scrap of a sentence) or lacks the indent that paragraphs here have. Against it: a list
mark, an indent, the usual openers. A line between two halves that fit each other better than it fits them is a
caption. A line that ends its sentence closes the paragraph, unless the whole text is wrapped at one width, or parts
its paragraphs by blank lines and this short sentence stands on the line above its own. (3) Notices above and below
the text are found by their words; what stands before the first paragraph is sorted into title, kicker and deck; short
lines between paragraphs are headings; and a headline with a reporter line, a dateline, a deck below a dash, or of the
make of the first headline, after a closed paragraph opens the next article of the page (`layout`).
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from reformtext.errors import require_text
from reformtext.texts.join import join_lines
from reformtext.texts.layout import arrange, two_line_headings
from reformtext.texts.lines import cut_lines, label_lines
from reformtext.texts.normalise import Form, simplify


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
    r"""Label every stretch of a source text.

    Parameters
    ----------
    text : str
        A page as it was read: any string at all.

    Returns
    -------
    list of Block
        In reading order, article by article. Every non-blank character lies in exactly one of them, and no span begins
        or ends with a blank one.

    Examples
    --------
    >>> [block.role for block in clean("新城改革见成效\n\n本报记者 王一 李二\n\n今年以来，新城县办成改革事项20件。")]
    ['title', 'byline', 'body']
    """
    parts = cut_lines(simplify(require_text(text, halves=True)))
    label_lines(parts)
    parts = arrange(join_lines(parts))
    return [Block(part.role, tuple(part.spans), part.article) for part in two_line_headings(parts)]


_ANALYSED = ("title", "kicker", "deck", "heading", "body")


def paragraphs(text: str) -> list[Paragraph]:
    r"""Give the paragraphs of a source text in reading order; captions, furniture and bylines are left out.

    Parameters
    ----------
    text : str
        A page as it was read.

    Returns
    -------
    list of Paragraph
        Titles, kickers, decks, headings and body, each brought to one form (see `normalise`) with its offsets.

    Examples
    --------
    >>> [paragraph.text for paragraph in paragraphs("全市共办成２０\n\n件实事,居全省第3位。")]
    ['全市共办成20件实事，居全省第3位。']
    """
    return join_blocks(text, clean(text))


def paragraphs_of(text: str | Iterable[Paragraph]) -> Sequence[Paragraph]:
    """Give the paragraphs of a source text, or those already made."""
    if not isinstance(text, str) and isinstance(text, Iterable):
        given = list(text)
        if all(isinstance(one, Paragraph) for one in given):
            return given
    return paragraphs(require_text(text))


def join_blocks(text: str, blocks: Sequence[Block]) -> list[Paragraph]:
    """Give the paragraphs of a source text whose blocks are known."""
    found, form = [], Form(text)
    for number, block in enumerate(blocks):
        if block.role in _ANALYSED:
            joined, offsets = form.paragraph(block.spans, keep_spaces=block.role != "body")
            if joined:
                found.append(Paragraph(joined, offsets, number, block.article, block.role, text))
    return found
