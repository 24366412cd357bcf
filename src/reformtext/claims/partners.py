"""Which claims of other documents a document's claims are checked with, so that a large corpus is audited in parts.

`audit` holds two relations between documents, both of one place: `said_twice` (one thing of one period) and
`year_on_year` (the level of a year before). Each claim gets keys of what it tells and of what it asks; auditing some
documents together with every claim that tells what they ask gives their checks as auditing the whole corpus does. Of
claims that differ in nothing but where they stand, the first is enough: `audit` takes the first that fits.
"""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from hashlib import blake2b
from typing import Any, NamedTuple

from reformtext.claims.audit import months_of, names_of

_PLACED = {"doc_id", "start", "end", "article", "source", "numeral"}


class Partners(NamedTuple):
    """What claims tell, as (key, content, number of the claim), and the keys of what they ask."""

    tells: list[tuple[int, int, int]]
    asks: set[int]


def partners(claims: Sequence[Mapping[str, Any]]) -> Partners:
    """Give the keys of claims, the rows of a claims table of whole documents with their texts as texts.

    Examples
    --------
    >>> told = dict.fromkeys(("direction", "indicator_code", "basis", "scope", "price", "bound", "surface"), "")
    >>> told |= {"doc_id": "a", "article": 1, "kind": "level", "unit": "元", "indicator": "出口", "status": "reported"}
    >>> old, new = ({**told, "place": "青泽县", "period": year, "value": 1.0} for year in ("2023-12", "2024-12"))
    >>> {key for key, *_ in partners([old]).tells} == partners([new]).asks
    True
    """
    changes: dict[tuple[str, int], set[str]] = defaultdict(set)
    for row in claims:
        if row["kind"] in ("change", "delta") and row["basis"] == "yoy":
            changes[row["doc_id"], row["article"]].add(row["period"])
    tells: list[tuple[int, int, int]] = []
    asks: set[int] = set()
    for number, row in enumerate(claims):
        if not row["place"]:
            continue
        content = _hash(*(str(value) for name, value in row.items() if name not in _PLACED))
        thing = [_hash(*key) for key in _things(row)]
        asks.update(thing)
        level = [_hash(*key) for key in _levels(row, [row["period"]], 0) if row["status"] in ("", "reported")]
        tells += [(key, content, number) for key in (*thing, *level)]
        periods = [row["period"]] if row["period"] else sorted(changes[row["doc_id"], row["article"]])
        asks.update(_hash(*key) for key in _levels(row, periods, 1))
    return Partners(tells, asks)


def _things(row: Mapping[str, Any]) -> Iterator[tuple[str, ...]]:
    """Give the one thing that a claim tells of one period, where two documents could tell it."""
    name = row["indicator_code"] or (row["indicator"] if len(row["indicator"]) >= 4 else "")
    if row["kind"] != "delta" and name and row["period"]:
        rest = ("period", "unit", "kind", "direction", "basis", "place", "scope", "status", "price")
        yield ("thing", name, *(row[column] for column in rest))


def _levels(row: Mapping[str, Any], periods: Sequence[str], years_back: int) -> Iterator[tuple[str, ...]]:
    """Give a level under each of its names and of the months."""
    for months in {months_of(period, years_back) for period in periods} - {None} if row["kind"] == "level" else ():
        for name in {*names_of(row["indicator"]), row["indicator_code"]} - {""}:
            yield ("level", name, row["unit"], str(months), row["scope"], row["place"])


def _hash(*parts: str) -> int:
    """Give 64 bits of a hash, as DuckDB's BIGINT."""
    text = "\x1f".join(parts).encode("utf-8", "surrogatepass")
    return int.from_bytes(blake2b(text, digest_size=8).digest(), signed=True)
