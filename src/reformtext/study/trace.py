"""From a row of a table back to the sentence in the text, for whoever holds the text."""

import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pandas as pd

from reformtext.errors import InputError
from reformtext.texts.clean import paragraphs
from reformtext.texts.read import read

_SENTENCE = re.compile(r"[^。！？；!?;]*[。！？；!?;]?")


def show_claim(claim: pd.Series | Mapping[str, Any], texts: str | Path = "data/raw/articles") -> str:
    """Show the sentence that a claim, or any row with doc_id, start and end, stands in.

    Parameters
    ----------
    claim : Series or mapping
        A row of claims or phrases.
    texts : path-like, default "data/raw/articles"
        The folder, or the file, that holds the text.

    Returns
    -------
    str
        The sentence, with the row's characters between 【 and 】.

    Raises
    ------
    InputError
        Where the text is not there, or has not the row's characters at the row's place.

    Examples
    --------
    >>> row = {"doc_id": "01_qingling_half_year", "start": 100, "end": 102, "surface": "不同"}
    >>> show_claim(row, "data/sample/texts")    # doctest: +SKIP
    """
    name, start, end = str(claim["doc_id"]), int(claim["start"]), int(claim["end"])
    # Another file's fault is no matter here, and a text that was edited is read again.
    unread: list[InputError] = []
    document = next((found for found in read(texts, on_error=unread.append) if found.name == name), None)
    if document is None:
        raise InputError(
            f"the text of {name} is not here", file=texts, way_out="put its file there, or name its folder"
        )
    surface = claim.get("surface")
    if not 0 <= start < end <= len(document.text) or surface not in (None, document.text[start:end]):
        raise InputError(
            f"{document.file} does not have {surface or 'the row'} at {start}",
            file=texts,
            way_out="build the tables anew",
        )
    for paragraph in paragraphs(document.text):
        inside = [i for i, offset in enumerate(paragraph.offsets) if start <= offset < end]
        if inside:
            first, last = inside[0], inside[-1] + 1
            begin = max((m.start() for m in _SENTENCE.finditer(paragraph.text, 0) if m.start() <= first), default=0)
            stop = min(m.end() for m in _SENTENCE.finditer(paragraph.text) if m.end() >= last)
            text = paragraph.text
            return f"{text[begin:first]}【{text[first:last]}】{text[last:stop]}"
    raise InputError(
        f"{document.file}: {start} lies in no analysed paragraph", file=texts, way_out="build the tables anew"
    )
