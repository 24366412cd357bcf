"""Every place of a word or pattern with what stands around it, on characters: 说 is found in 说明 too.

The result shows running text. It is for reading, in notebooks on texts that may be shown and at the desk of a reader who
holds the texts; it does not belong in a published table.
"""

import html
import re
from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterable
from pathlib import Path

import numpy as np
import pandas as pd

from reformtext.errors import InputError
from reformtext.texts.clean import paragraphs
from reformtext.texts.read import Document

_COLUMNS = ["doc_id", "article", "start", "end", "left", "match", "right"]
# Neighbours are compared outwards from the match, on the left from right to left.
_ORDERS: dict[str, Callable[[pd.Series], pd.Series]] = {
    "left": lambda context: context.str[::-1],
    "right": lambda context: context,
}

_CELL = {"left": "text-align: right", "match": "text-align: center; font-weight: bold", "right": "text-align: left"}
_SENTENCE = re.compile("[。！？；!?;]")
# The page needs no network and no library: a box that filters rows, and heads that sort by their column.
_PAGE = """<!DOCTYPE html>
<html lang="zh"><head><meta charset="utf-8"><title>{title}</title>
<style>body {{ font-family: sans-serif }} td {{ padding: 0 .5em; white-space: nowrap }} th {{ cursor: pointer }}</style></head>
<body><h1>{title}</h1><p><label>Show rows that hold <input id="find"></label> <span id="shown"></span>
(click a column's head to sort; “left” sorts by the characters next to the match)</p>
{table}
<script>
const body = document.querySelector("tbody"), rows = [...body.rows], box = document.getElementById("find");
const show = () => {{ let n = 0; for (const row of rows) {{ const hit = row.textContent.includes(box.value);
  row.hidden = !hit; n += hit; }} document.getElementById("shown").textContent = n + " of " + rows.length; }};
box.oninput = show; show();
document.querySelectorAll("th").forEach((head, i) => head.onclick = () => {{
  const key = row => head.textContent === "left" ? [...row.cells[i].textContent].reverse().join("") : row.cells[i].textContent;
  const down = head.dataset.up ? -1 : 1; head.dataset.up = down > 0 ? "1" : "";
  rows.sort((a, b) => down * key(a).localeCompare(key(b), "zh", {{ numeric: true }})); body.append(...rows); }});
</script></body></html>
"""


class Concordance(pd.DataFrame):
    """A table of places that a notebook shows aligned on the match; otherwise a frame like any other."""

    @property
    def _constructor(self) -> "type[Concordance]":
        """Stay a concordance when rows or columns are chosen."""
        return Concordance

    def _repr_html_(self) -> str:
        """Show the table with every cell escaped, the left context flush right."""
        heads = "".join(f"<th>{html.escape(str(name))}</th>" for name in self.columns)
        rows = "".join(
            "<tr>"
            + "".join(
                f'<td style="{_CELL.get(str(name), "")}">{html.escape(str(value))}</td>'
                for name, value in zip(self.columns, row, strict=True)
            )
            + "</tr>\n"
            for row in self.itertuples(index=False, name=None)
        )
        return f"<table>\n<thead><tr>{heads}</tr></thead>\n<tbody>\n{rows}</tbody></table>"

    def to_page(self, path: str | Path, title: str = "Concordance") -> Path:
        """Write the table as one small HTML file that opens offline and can be searched and sorted.

        Parameters
        ----------
        path : path-like
            The file to write. It shows running text: keep it where the texts may be kept.
        title : str
            The page's heading.

        Returns
        -------
        Path

        Raises
        ------
        InputError
            The file cannot be written.
        """
        path = Path(path)
        try:
            path.write_text(_PAGE.format(title=html.escape(title), table=self._repr_html_()), encoding="utf-8")
        except OSError as error:
            raise InputError(f"cannot be written ({error.strerror})", file=path, way_out="name another file") from error
        return path


def kwic(
    documents: Iterable[Document],
    query: str,
    window: int | str = 20,
    regex: bool = False,
    sort: str | None = None,
    sample: int | None = None,
    seed: int = 0,
) -> Concordance:
    """List every place of a query with its left and right context (key word in context).

    Parameters
    ----------
    documents : iterable of Document
        The texts, as `reformtext.read` gives them.
    query : str
        A string of characters, or a regular expression where `regex` is true. It is sought in the cleaned paragraphs
        (see `reformtext.paragraphs`), so that a line break in the source does not hide a place.
    window : int or "sentence"
        How many characters of the paragraph to show on each side, or all of the sentence.
    regex : bool
        Whether `query` is a regular expression; its places do not overlap, and empty ones are left out.
    sort : {"left", "right"}, optional
        Sort by the left neighbours (read outwards from the match) or by the right ones; in text order unless given.
    sample : int, optional
        Draw that many places at random, all if there are fewer.
    seed : int
        Seed of the draw.

    Returns
    -------
    Concordance
        A data frame that shows itself aligned, and opens for search and sort by its method `to_page`. One row a place: doc_id, article (from 1), start and end (offsets in the source, end exclusive), left, match and
        right (as in the cleaned paragraph).

    Raises
    ------
    InputError
        For an empty query, a regular expression that is invalid or fits the empty string, an unknown `sort`, a negative
        `window` or a `sample` below 1.

    Examples
    --------
    >>> kwic([Document("a", "改革说明书，群众说好。")], "说", window=2)[["left", "match", "right"]].values.tolist()
    [['改革', '说', '明书'], ['群众', '说', '好。']]
    """
    pattern = _compiled(query, regex)
    whole = window == "sentence"
    if not (whole or isinstance(window, int)) or (not whole and int(window) < 0) or (sample is not None and sample < 1):
        raise InputError(
            f"window {window}, sample {sample}", way_out="window is at least 0 or “sentence”, sample at least 1"
        )
    if sort not in (None, *_ORDERS):
        raise InputError(f"sort is {sort!r}", way_out="it is 'left', 'right' or None")
    rows = []
    for document in documents:
        for paragraph in paragraphs(document.text):
            text = paragraph.text
            ends = [0, *(stop.end() for stop in _SENTENCE.finditer(text)), len(text)] if whole else []
            for match in pattern.finditer(text):
                start, end = match.span()
                if start < end:
                    if whole:
                        low, high = ends[bisect_right(ends, start) - 1], ends[bisect_left(ends, end)]
                    else:
                        low, high = max(0, start - int(window)), end + int(window)
                    left, right = text[low:start], text[end:high]
                    rows.append((document.name, paragraph.article, *paragraph.span(start, end), left, match[0], right))
    if sample is not None and sample < len(rows):
        drawn = np.random.default_rng(seed).choice(len(rows), size=sample, replace=False)
        rows = [rows[i] for i in sorted(drawn)]
    table = Concordance(rows, columns=_COLUMNS).astype({"article": "int64", "start": "int64", "end": "int64"})
    if sort and rows:
        table = table.sort_values(sort, key=_ORDERS[sort], kind="stable", ignore_index=True)
    return Concordance(table)


def _compiled(query: str, regex: bool) -> re.Pattern[str]:
    """Compile a query, or say what is wrong with it."""
    if not query:
        raise InputError("the query is empty", way_out="give the characters to look for")
    try:
        pattern = re.compile(query if regex else re.escape(query))
    except re.error as error:
        raise InputError(
            f"the query is no regular expression ({error})",
            way_out="mend it, or leave regex=False to take it literally",
        ) from error
    if pattern.fullmatch(""):
        raise InputError("the query fits the empty string", way_out="ask for at least one character")
    return pattern
