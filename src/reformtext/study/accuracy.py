"""How good the machine is: what it found beside what a careful reader wrote down, row by row. Frames in, frames out."""

from collections import Counter
from typing import Any

import numpy as np
import pandas as pd

from reformtext.study.tables import plain
from reformtext.terms.frequency import proportion_interval, require_columns

CORE = ("value", "unit", "kind")
WHOLE = (*CORE, "direction", "indicator", "period", "status")
FIELDS = (*CORE, "direction", "indicator", "period", "basis", "bound", "status", "scope", "rank")
_SPAN = ["doc_id", "start", "end"]
_Row = dict[Any, Any]


def _same(field: str, gold: str, found: str) -> bool:
    """Compare two cells: numbers as numbers, indicators by the F1 of their characters, else letter by letter."""
    if field == "value" or (field == "rank" and gold and found):
        mine, other = pd.to_numeric(pd.Series([gold, found]).str.replace(",", ""), errors="coerce")
        return bool(np.isclose(mine, other, rtol=1e-9, atol=1e-9))
    if field == "indicator" and gold != found:
        common = (Counter(gold) & Counter(found)).total()
        return 2 * common / (len(gold) + len(found)) >= 0.8
    first, _, last = gold.partition("/")
    return found == (first if field == "period" and first == last else gold)


def _pair(gold: pd.DataFrame, found: pd.DataFrame) -> tuple[list[tuple[_Row, _Row]], list[_Row], list[_Row]]:
    """Pair rows whose spans overlap, the largest share of their union first; give pairs, missed and extra rows."""
    for frame, name in ((gold, "the hand-made table"), (found, "the table of what was found")):
        require_columns(frame, [*_SPAN, "surface"], name)
    a, b = (frame[_SPAN].reset_index(drop=True).rename_axis("row").reset_index() for frame in (gold, found))
    near = a.merge(b, on="doc_id", suffixes=("", "_found"))
    overlap = np.minimum(near["end"], near["end_found"]) - np.maximum(near["start"], near["start_found"])
    union = np.maximum(near["end"], near["end_found"]) - np.minimum(near["start"], near["start_found"])
    near["share"] = -overlap / union
    near = near[overlap > 0].sort_values(["share", "row", "row_found"])
    partner: dict[int, int] = {}
    taken: set[int] = set()
    for i, j in zip(near["row"], near["row_found"], strict=True):
        if i not in partner and j not in taken:
            partner[i] = j
            taken.add(j)
    left, right = gold.to_dict("records"), found.to_dict("records")
    pairs = [(left[i], right[j]) for i, j in partner.items()]
    missed = [row for i, row in enumerate(left) if i not in partner]
    return pairs, missed, [row for j, row in enumerate(right) if j not in taken]


def _cells(field: str, pair: tuple[_Row, _Row]) -> tuple[str, str]:
    return plain(pair[0].get(field)).strip(), plain(pair[1].get(field)).strip()


def _rates(rows: list[tuple[str, int, int]]) -> pd.DataFrame:
    """Give proportions with their Wilson intervals; an F1 (Dice) has that of the Jaccard share J, as 2J / (1 + J)."""
    table = pd.DataFrame(rows, columns=["measure", "numerator", "denominator"])
    table["value"] = table["numerator"] / table["denominator"].where(table["denominator"] > 0)
    is_f1 = table["measure"].str.endswith("F1")
    right = table["numerator"].where(~is_f1, table["numerator"] // 2)
    bounds = proportion_interval(right, table["denominator"].where(~is_f1, table["denominator"] - right))
    for name, bound in zip(("low", "high"), bounds, strict=True):
        table[name] = np.where(is_f1, 2 * bound / (1 + bound), bound)
    return table


def score_spans(gold: pd.DataFrame, found: pd.DataFrame) -> pd.DataFrame:
    """Score found claims, formulas or firsts against a hand-made table of the same documents.

    Rows are paired one to one within a document where their spans overlap, the largest overlap (as a share of the two
    spans' union) first. Fields are compared in the pairs, as far as the hand-made table has them: values and ranks as
    numbers; indicators agree where the F1 of their characters is 0.8 or more; a hand-made period of one day is that day.

    Parameters
    ----------
    gold, found : DataFrame
        doc_id, start, end, surface and any of the fields. Leave out of `found` the documents without a hand-made table.

    Returns
    -------
    DataFrame
        measure, numerator, denominator, value, low, high. Span precision, recall and F1; exact spans and each field as
        shares of the pairs; core (value, unit, kind) and whole-row F1 (all fields of a claim but basis and bound), in
        which a pair with an error counts as a missed and an extra row. The 95 % intervals are Wilson's; that of F1 is
        the Wilson interval of J = right / (right + missed + extra), as F1 = 2J / (1 + J). They take rows as independent.

    Raises
    ------
    InputError
        If a table lacks a column, or a row its span.

    Examples
    --------
    >>> gold = pd.DataFrame({"doc_id": "a", "start": [0, 9], "end": [3, 11], "surface": ["5亿元", "8%"], "unit": ["元", "%"]})
    >>> found = pd.DataFrame({"doc_id": ["a"], "start": [1], "end": [3], "surface": ["亿元"], "unit": ["元"]})
    >>> score_spans(gold, found).set_index("measure")["value"].round(3).to_dict()
    {'span precision': 1.0, 'span recall': 0.5, 'span F1': 0.667, 'exact span': 0.0, 'unit': 1.0}
    """
    pairs = _pair(gold, found)[0]
    fields = [field for field in FIELDS if field in gold.columns]
    right = [{field for field in fields if _same(field, *_cells(field, pair))} for pair in pairs]
    exact = sum((g["start"], g["end"]) == (f["start"], f["end"]) for g, f in pairs)
    hits, total = len(pairs), len(gold) + len(found)
    rows = [("span precision", hits, len(found)), ("span recall", hits, len(gold)), ("span F1", 2 * hits, total)]
    rows.append(("exact span", exact, hits))
    for name, wanted in (("core F1", CORE), ("whole-row F1", WHOLE)):
        if set(wanted) <= set(fields):
            rows.append((name, 2 * sum(ok >= set(wanted) for ok in right), total))
    return _rates([*rows, *((field, sum(field in ok for ok in right), hits) for field in fields)])


def list_errors(gold: pd.DataFrame, found: pd.DataFrame) -> pd.DataFrame:
    """List what was missed, what is extra, and where a pair differs in its span or in a field.

    Parameters
    ----------
    gold, found : DataFrame
        As for `score_spans`, whose pairs and comparisons these are.

    Returns
    -------
    DataFrame
        One row an error: class (missed, extra, span or the field), doc_id, start, end, surface (the hand-made row's,
        an extra row's own), and what the hand-made table (gold) and the machine (found) have.

    Examples
    --------
    >>> gold = pd.DataFrame({"doc_id": ["a"], "start": [0], "end": [3], "surface": ["5亿元"], "kind": ["level"]})
    >>> list_errors(gold, gold.assign(kind="delta"))[["class", "gold", "found"]].values.tolist()
    [['kind', 'level', 'delta']]
    """
    pairs, missed, extra = _pair(gold, found)
    fields = [field for field in FIELDS if field in gold.columns]
    rows = [("missed", row, row["surface"], "") for row in missed] + [
        ("extra", row, "", row["surface"]) for row in extra
    ]
    for g, f in pairs:
        if (g["start"], g["end"]) != (f["start"], f["end"]):
            rows.append(("span", g, g["surface"], f["surface"]))
        cells = [(field, *_cells(field, (g, f))) for field in fields]
        rows += [(field, g, mine, other) for field, mine, other in cells if not _same(field, mine, other)]
    listed = [(name, *(row[c] for c in [*_SPAN, "surface"]), mine, other) for name, row, mine, other in rows]
    table = pd.DataFrame(listed, columns=["class", *_SPAN, "surface", "gold", "found"])
    return table.sort_values([*_SPAN, "class"], ignore_index=True)


def _characters(blocks: pd.DataFrame) -> pd.DataFrame:
    """Give a row for each character of each span."""
    rows = blocks.reset_index(drop=True)
    rows = rows.loc[rows.index.repeat(rows["end"] - rows["start"])]
    return rows.assign(at=rows["start"] + rows.groupby(level=0).cumcount())


def score_roles(gold: pd.DataFrame, found: pd.DataFrame) -> pd.DataFrame:
    """Score found blocks against hand-made ones of the same documents, character by character.

    Parameters
    ----------
    gold, found : DataFrame
        The table blocks, a row a span: doc_id, article, block, role, start, end.

    Returns
    -------
    DataFrame
        measure, numerator, denominator, value, low, high: characters that lie in exactly one block (coverage), whose role
        or article is right, body precision and recall, and the F1 of body paragraphs found whole. Only that has an
        interval (as in `score_spans`): the characters of a block are right or wrong together.

    Examples
    --------
    >>> gold = pd.DataFrame({"doc_id": "a", "article": 1, "block": [0, 1], "role": ["title", "body"], "start": [0, 5], "end": [4, 9]})
    >>> score_roles(gold, gold.assign(role="body")).set_index("measure")["value"].round(3)["role"]
    np.float64(0.5)
    """
    columns = ["doc_id", "article", "block", "role", "start", "end"]
    require_columns(gold, columns, "the hand-made table")
    require_columns(found, columns, "the table of what was found")
    place = ["doc_id", "at"]
    mine, other = _characters(gold), _characters(found)
    known = mine.drop_duplicates(place)[[*place, "role", "article"]]
    times = other.groupby(place, as_index=False).size()
    both = known.merge(
        other.drop_duplicates(place)[[*place, "role", "article"]], "left", place, suffixes=("", "_found")
    )
    both = both.merge(times, "left", place)
    is_body, found_body = both["role"] == "body", both["role_found"] == "body"
    whole = [
        Counter((name[0], tuple(rows["at"])) for name, rows in body.groupby(["doc_id", "block"]))
        for body in (frame[frame["role"] == "body"].merge(known[place]) for frame in (mine, other))
    ]
    rows = [
        ("coverage", (both["size"] == 1).sum(), len(both)),
        ("role", (both["role"] == both["role_found"]).sum(), len(both)),
        ("article", (both["article"] == both["article_found"]).sum(), len(both)),
        ("body precision", (is_body & found_body).sum(), found_body.sum()),
        ("body recall", (is_body & found_body).sum(), is_body.sum()),
        ("paragraph F1", 2 * (whole[0] & whole[1]).total(), whole[0].total() + whole[1].total()),
    ]
    table = _rates([(name, int(right), int(total)) for name, right, total in rows])
    table.loc[table["measure"] != "paragraph F1", ["low", "high"]] = np.nan
    return table
