"""What all that looks for phrases shares: it reads a paragraph's text, and its finds are given places in the source."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Any

import pandas as pd

from reformtext.texts.clean import Paragraph, paragraphs_of

# From a text to its finds in their order: start, end, what else there is to say of them.
Finder = Callable[[str], Iterable[tuple[Any, ...]]]


def located(own: Iterable[Paragraph], find: Finder) -> Iterator[tuple[Any, ...]]:
    """Give each find with its paragraph's block, its span in the source, what stands there, and the rest."""
    for paragraph in own:
        block, offsets, source = paragraph.block, paragraph.offsets, paragraph.source_text
        for start, end, *rest in find(paragraph.text):
            begin, stop = offsets[start], offsets[end - 1] + 1
            yield block, begin, stop, source[begin:stop], *rest


def phrase_table(text: str | Sequence[Paragraph], find: Finder, columns: Sequence[str]) -> pd.DataFrame:
    """Give the finds of a text as a table: start, end, surface and the columns for what else there is to say."""
    rows = [row[1:] for row in located(paragraphs_of(text), find)]
    return pd.DataFrame(rows, columns=["start", "end", "surface", *columns])
