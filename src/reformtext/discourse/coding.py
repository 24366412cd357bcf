"""Coding by hand: a sheet for two coders, read back, with their agreement and the places where they differ."""

import csv
import io
import re
import zipfile
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

import numpy as np
import openpyxl
import pandas as pd
from lxml import etree
from numpy.typing import NDArray

from reformtext.errors import InputError
from reformtext.terms.frequency import require_columns
from reformtext.texts.exports import sheets
from reformtext.texts.formats import DAMAGED
from reformtext.texts.read import SIZE_LIMIT

# A spreadsheet would run a cell that opens so as a formula; an apostrophe before it makes it text.
_FORMULA = re.compile(r"[=+\-@＝＋－＠\t\r\n]")
_NEUTRAL = re.compile(rf"'(?={_FORMULA.pattern})")
_NO_CELL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff]")  # no sheet can hold these
_EPOCH = (1980, 1, 1, 0, 0, 0)


class Agreement(NamedTuple):
    """What two coders' sheets say: the measures, and the items where they differ."""

    measures: pd.DataFrame
    disagreements: pd.DataFrame


def coding_sheet(
    sample: pd.DataFrame,
    path: str | Path,
    codebook: Mapping[str, str],
    coders: Sequence[str] = ("coder_a", "coder_b"),
) -> Path:
    """Write a sample, such as a `kwic` with ``sample`` and ``seed``, as a sheet for coders with a codebook.

    Parameters
    ----------
    sample : DataFrame
        What the coders are to see, one row an item. It gets a column ``item`` from 1 and an empty one for each coder.
    path : path-like
        ``.xlsx``: a sheet “codes” and a sheet “codebook”. ``.csv``: the codebook goes beside it, ``…_codebook.csv``.
        Cells that a spreadsheet would take for formulas get an apostrophe, which `read_codes` takes off again.
    codebook : mapping of str to str
        Each code and what it means.
    coders : sequence of str
        Names of the coders' columns.

    Returns
    -------
    Path

    Raises
    ------
    InputError
        An empty sample or codebook, a column that the sheet needs for itself, another ending, an unwritable file.

    Examples
    --------
    >>> coding_sheet(places, "codes.xlsx", {"yes": "a metaphor", "no": "literal"})    # doctest: +SKIP
    """
    path = Path(path)
    taken = [name for name in ("item", *coders) if name in sample]
    if not len(sample) or not codebook or taken or path.suffix not in (".xlsx", ".csv"):
        said = (
            f"the sample has a column {taken[0]}"
            if taken
            else f"{len(sample)} items, {len(codebook)} codes, {path.suffix}"
        )
        raise InputError(
            said, file=path, way_out="give items and codes, no column item or of a coder's name, .xlsx or .csv"
        )
    rows = [["item", *map(_neutral, sample.columns), *map(_neutral, coders)]]
    rows += [
        [str(i), *map(_neutral, row), *("" for _ in coders)] for i, row in enumerate(sample.itertuples(index=False), 1)
    ]
    book = [["code", "meaning"], *([_neutral(code), _neutral(meaning)] for code, meaning in codebook.items())]
    try:
        if path.suffix == ".csv":
            _write_csv(path, rows)
            _write_csv(_beside(path), book)
        else:
            path.write_bytes(_workbook({"codes": rows, "codebook": book}))
    except (OSError, etree.SerialisationError) as error:  # lxml writes the workbook's parts to a scratch file first
        said = getattr(error, "strerror", "") or str(error)
        raise InputError(f"cannot be written ({said})", file=path, way_out="name another file, make room") from error
    return path


def _neutral(value: object) -> str:
    """Write a cell as text that no spreadsheet runs."""
    text = "" if value is None else _NO_CELL.sub("\ufffd", str(value))
    return f"'{text}" if _FORMULA.match(text) else text


def _read_sheets(path: Path) -> dict[str, pd.DataFrame]:
    """Read the sheets of a workbook, every cell text."""
    book = openpyxl.load_workbook(path, read_only=True, data_only=True)
    try:
        tables = {}
        for name, rows in sheets(book, path, SIZE_LIMIT):
            cells = [["" if cell is None else str(cell) for cell in row] for _, row in rows]
            width = len(cells[0]) if cells else 0
            if max(map(len, cells), default=0) > width:
                raise ValueError(f"a row of {name} is longer than its header")
            filled = [row + [""] * (width - len(row)) for row in cells[1:]]
            tables[name] = pd.DataFrame(filled, columns=cells[0] if cells else [], dtype="str")
    finally:
        book.close()
    return tables


def _own(cell: str) -> str:
    """Take the apostrophe off again."""
    return _NEUTRAL.sub("", cell, count=1) if _NEUTRAL.match(cell) else cell


def _beside(path: Path) -> Path:
    """Name the codebook of a CSV sheet."""
    return path.with_name(f"{path.stem}_codebook.csv")


def _write_csv(path: Path, rows: Sequence[Sequence[str]]) -> None:
    """Write a sheet that a spreadsheet opens as UTF-8."""
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        csv.writer(file).writerows(rows)


def _workbook(parts: Mapping[str, Sequence[Sequence[str]]]) -> bytes:
    """Make an XLSX file of text cells, the same bytes each time: without the clock in its parts."""
    book = openpyxl.Workbook()
    book.remove(book.active)
    for name, rows in parts.items():
        sheet = book.create_sheet(name)
        for row in rows:
            sheet.append(row)
        sheet.freeze_panes = "A2"
    written, fixed = io.BytesIO(), io.BytesIO()
    book.save(written)
    with zipfile.ZipFile(written) as old, zipfile.ZipFile(fixed, "w", zipfile.ZIP_DEFLATED) as new:
        for part in old.infolist():
            data = old.read(part)
            if part.filename == "docProps/core.xml":
                data = re.sub(rb"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ", b"1980-01-01T00:00:00Z", data)
            new.writestr(zipfile.ZipInfo(part.filename, _EPOCH), data, zipfile.ZIP_DEFLATED)
    return fixed.getvalue()


def read_codes(path: str | Path) -> tuple[pd.DataFrame, dict[str, str]]:
    """Read a filled-in sheet back, and its codebook.

    Parameters
    ----------
    path : path-like
        What `coding_sheet` wrote, with codes filled in.

    Returns
    -------
    codes : DataFrame
        The sheet, every cell text, empty where nothing was filled in.
    codebook : dict
        Each code and what it means.

    Raises
    ------
    InputError
        The file is missing or no such sheet.

    Examples
    --------
    >>> codes, codebook = read_codes("codes.xlsx")    # doctest: +SKIP
    """
    path = Path(path)
    try:
        if path.suffix == ".csv":
            codes, book = (
                pd.read_csv(file, dtype="str", keep_default_na=False, encoding="utf-8-sig")
                for file in (path, _beside(path))
            )
        else:
            codes, book = map(_read_sheets(path).__getitem__, ("codes", "codebook"))
        require_columns(codes, ["item"], str(path))
        require_columns(book, ["code", "meaning"], f"the codebook of {path}")
    except DAMAGED as error:
        raise InputError(
            f"no coding sheet ({error})", file=path, way_out="give a file that coding_sheet wrote"
        ) from error
    codes, book = (frame.map(_own).rename(columns=_own) for frame in (codes, book))
    return codes, dict(zip(book["code"], book["meaning"], strict=True))


def krippendorff_alpha(counts: NDArray[np.float64]) -> float:
    """Measure agreement with Krippendorff's alpha for nominal codes, whatever the number of coders.

    Parameters
    ----------
    counts : array of shape (items, codes)
        How many coders gave an item a code. Items with fewer than two codes say nothing of agreement and are left out.

    Returns
    -------
    float
        1 - observed / expected disagreement; NaN where all codes are one, so that none was expected.

    Notes
    -----
    Krippendorff, K. (2011). Computing Krippendorff's Alpha-Reliability. University of Pennsylvania.

    Examples
    --------
    >>> round(krippendorff_alpha(np.array([[2, 0], [0, 2], [1, 1], [2, 0]])), 2)
    0.53
    """
    counts = np.asarray(counts, float)
    coded = counts.sum(axis=1)
    counts, coded = counts[coded > 1], coded[coded > 1]
    total, of_code = coded.sum(), counts.sum(axis=0)
    expected = total**2 - (of_code**2).sum()
    if not expected:
        return float("nan")
    agreeing = ((counts * (counts - 1)).sum(axis=1) / (coded - 1)).sum()
    return float(1 - (total - 1) * (total - agreeing) / expected)


def agreement(
    codes: pd.DataFrame,
    codebook: Mapping[str, str],
    coders: Sequence[str] = ("coder_a", "coder_b"),
    draws: int = 1000,
    seed: int = 0,
) -> Agreement:
    """Measure how far two coders agree.

    Parameters
    ----------
    codes : DataFrame
        item and the two coders' columns, as `read_codes` gives them. Items that one has left empty are left out of
        agreement and kappa, and count in alpha as missing.
    codebook : mapping of str to str
        The codes that may stand there.
    coders : sequence of str
        The two columns.
    draws, seed : int
        Bootstrap draws of items for alpha's interval, and their seed.

    Returns
    -------
    Agreement
        ``measures``: indexed by measure (agreement; kappa, Cohen 1960, by statsmodels with its asymptotic interval;
        alpha, Krippendorff's for nominal codes with a bootstrap percentile interval): value, low, high, items.
        ``disagreements``: the rows of `codes` where both coded and differ.

    Raises
    ------
    InputError
        A code that is not in the codebook (with its item), fewer than two items coded by both, not two coders.

    Examples
    --------
    >>> codes = pd.DataFrame({"item": ["1", "2", "3"], "coder_a": ["y", "n", "y"], "coder_b": ["y", "n", "n"]})
    >>> measures, rows = agreement(codes, {"y": "yes", "n": "no"})
    >>> float(round(measures.loc["kappa", "value"], 2)), rows["item"].tolist()
    (0.4, ['3'])
    """
    from statsmodels.stats.inter_rater import cohens_kappa

    from reformtext.terms.frequency import proportion_interval

    if len(coders) != 2:
        raise InputError(f"{len(coders)} coders", way_out="compare two at a time")
    require_columns(codes, ["item", *coders], "the sheet")
    order = list(codebook)
    given = codes[list(coders)].map(str.strip)
    for coder in coders:
        for item, code in zip(codes["item"], given[coder], strict=True):
            if code and code not in codebook:
                raise InputError(
                    f"{code!r} is no code", place=f"item {item}, {coder}", way_out=f"the codes are {', '.join(order)}"
                )
    numbers = given.map(lambda code: order.index(code) if code else np.nan)
    both = numbers.dropna().astype(int)
    if len(both) < 2:
        raise InputError(f"{len(both)} items are coded by both", way_out="let both code two items at least")
    same = int((both[coders[0]] == both[coders[1]]).sum())
    low, high = proportion_interval(same, len(both))
    rows = [("agreement", same / len(both), float(low), float(high), len(both))]
    if len(np.unique(both)) > 1:
        table = np.zeros((len(order), len(order)))
        np.add.at(table, (both[coders[0]], both[coders[1]]), 1)
        kappa = cohens_kappa(table)
        rows.append(("kappa", kappa.kappa, kappa.kappa_low, kappa.kappa_upp, len(both)))
        counts = np.stack([(numbers == code).sum(axis=1) for code in range(len(order))], axis=1)
        rng = np.random.default_rng(seed)
        drawn = (krippendorff_alpha(counts[rng.integers(0, len(counts), len(counts))]) for _ in range(draws))
        alpha, values = krippendorff_alpha(counts), [value for value in drawn if not np.isnan(value)]
        low, high = np.quantile(values or [alpha], [0.025, 0.975])
        rows.append(("alpha", alpha, low, high, int((numbers.notna().sum(axis=1) > 0).sum())))
    else:
        rows += [(name, np.nan, np.nan, np.nan, len(both)) for name in ("kappa", "alpha")]
    measures = pd.DataFrame(rows, columns=["measure", "value", "low", "high", "items"]).set_index("measure")
    differ = both.index[both[coders[0]] != both[coders[1]]]
    return Agreement(measures, codes.loc[differ])
