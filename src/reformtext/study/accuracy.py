"""How good the machine is: what it found beside what a careful reader wrote down, row by row."""

import json
import re
from collections import Counter
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pandas as pd

from reformtext.errors import InputError
from reformtext.study.tables import plain
from reformtext.terms.frequency import proportion_interval, require_columns
from reformtext.texts.clean import Paragraph

CORE = ("value", "unit", "kind")
WHOLE = (*CORE, "direction", "indicator", "period", "status")
FIELDS = (*CORE, "direction", "indicator", "period", "basis", "bound", "status", "scope", "rank")
SPAN = ["doc_id", "start", "end"]
_NAMES = {"claims": "", "formulas": ".formulas", "firsts": ".firsts", "blocks": ".blocks"}


def load_gold(folder: str | Path, kind: str, documents: Sequence[str]) -> pd.DataFrame:
    """Load the hand-made tables of some documents as one frame.

    Parameters
    ----------
    folder : path-like
        Where the tables are, such as ``data/gold``.
    kind : {"claims", "formulas", "firsts", "blocks"}
        Which tables.
    documents : sequence of str
        The doc_ids.

    Returns
    -------
    DataFrame
        The columns of ``data/gold/README.md``, offsets as numbers; of blocks one row a span, as in the table blocks.

    Raises
    ------
    InputError
        Where a document has no such table.

    Examples
    --------
    >>> load_gold("data/gold", "firsts", ["shanghe2023"])[["start", "scope"]].values.tolist()  # doctest: +SKIP
    [[1539, 'city'], [1611, 'city']]
    """
    frames = []
    for doc_id in documents:
        path = Path(folder) / f"{doc_id}{_NAMES[kind]}.{'json' if kind == 'blocks' else 'csv'}"
        if not path.is_file():
            raise InputError(f"no hand-made {kind}", file=path, way_out="name documents that have a table there")
        if kind == "blocks":
            blocks = json.loads(path.read_text(encoding="utf-8"))
            rows = [
                (doc_id, block.get("article", 1), number, block["role"], start, end)
                for number, block in enumerate(blocks)
                for start, end in block["spans"]
            ]
            frames.append(pd.DataFrame(rows, columns=["doc_id", "article", "block", "role", "start", "end"]))
        else:
            frame = pd.read_csv(path, dtype="str", keep_default_na=False, encoding="utf-8")
            frames.append(frame.astype({"start": "int64", "end": "int64"}))
    return pd.concat(frames, ignore_index=True)


def locate(surfaces: Sequence[str], paragraphs: Sequence[Paragraph]) -> list[tuple[int, int]]:
    """Find surfaces, written down in reading order, in the paragraphs that they come from.

    Parameters
    ----------
    surfaces : sequence of str
        As they stand in the text; one that begins with a digit is not sought inside a longer number.
    paragraphs : sequence of Paragraph
        In reading order.

    Returns
    -------
    list of (int, int)
        Their offsets in the source.

    Raises
    ------
    InputError
        Where a surface does not follow the one before it.

    Examples
    --------
    >>> from reformtext.texts.clean import paragraphs
    >>> locate(["5项", "5项"], paragraphs("办结15项、5项和25项，剩下5项。"))
    [(6, 8), (15, 17)]
    """
    spans, number, at = [], 0, 0
    for surface in surfaces:
        sought = re.compile(r"(?<![\d.])" * surface[:1].isdigit() + re.escape(surface))
        while number < len(paragraphs) and not (match := sought.search(paragraphs[number].text, at)):
            number, at = number + 1, 0
        if number == len(paragraphs):
            raise InputError(f"{surface!r} is not where it should be", way_out="list surfaces in reading order")
        assert match is not None
        spans.append(paragraphs[number].span(*match.span()))
        at = match.end()
    return spans
