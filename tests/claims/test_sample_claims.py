"""The planted figures of the sample corpus are found, and the planted errors among them."""

import csv
from functools import cache
from pathlib import Path

import pytest

import reformtext as rt

SAMPLE = Path(__file__).parents[2] / "data" / "sample"


def rows(name):
    with (SAMPLE / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def key(row):
    return row["file"], row["row"], row["article"]


ARTICLES = {key(row): row for row in rows("metadata.csv")}
PLANTED = {at: [row for row in rows("expected.csv") if key(row) == at] for at in ARTICLES}


@cache
def text_of(at):
    return rt.read(SAMPLE / "texts" / at[0])[int(at[1] or 1) - 1].text


@cache
def found_in(at):
    paragraphs = [p for p in rt.paragraphs(text_of(at)) if p.article == int(at[2])]
    return rt.claims(paragraphs, date=ARTICLES[at]["date"], place=ARTICLES[at]["place"])


def matches(at):
    """Pair each planted row with a found one of the same value and unit, whose surface holds it or lies in it."""
    left, pairs = found_in(at).to_dict("records"), []
    for row in PLANTED[at]:
        for other in left:
            surface = "".join(str(other["surface"]).split())
            near = row["surface"] in surface or surface in row["surface"]
            value = abs(float(other["value"]) - float(row["value"])) <= 1e-9 * float(row["value"])
            if near and value and (other["unit"] or "") == row["unit"]:
                pairs.append((row, other))
                left.remove(other)
                break
    return pairs


def test_planted_figures_are_found_with_value_and_unit():
    pairs, planted = sum(len(matches(at)) for at in ARTICLES), sum(map(len, PLANTED.values()))
    assert pairs / planted >= 0.95


def test_little_else_is_found():
    pairs, found = sum(len(matches(at)) for at in ARTICLES), sum(len(found_in(at)) for at in ARTICLES)
    assert pairs / found >= 0.95


def test_kinds_of_the_planted_figures_are_right():
    kinds = [row["kind"] == other["kind"] for at in ARTICLES for row, other in matches(at)]
    assert sum(kinds) / len(kinds) >= 0.95


@pytest.mark.parametrize("at", ARTICLES, ids="-".join)
def test_surfaces_are_slices_of_the_source(at):
    found = found_in(at)
    assert [text_of(at)[row.start : row.end] for row in found.itertuples()] == list(found["surface"])


@pytest.mark.parametrize("at", ARTICLES, ids="-".join)
def test_only_the_planted_errors_do_not_hold(at):
    checks = rt.audit(found_in(at))
    wrong = checks.loc[checks["verdict"] == "does not hold", "claims"]
    spans = [[int(end) for end in claims.split("|")[0].rsplit(":", 1)[1].split("-")] for claims in wrong]
    planted = {"03_yunhe_epaper.html": ["60%"], "06_jindi_columns.pdf": ["40%"]}
    assert [text_of(at)[start:end] for start, end in spans] == planted.get(at[0], [])
