"""Where other tools print something else: ours is what the library gives, theirs what the tool's formula gives."""

from collections import Counter
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from reformtext.terms.dispersion import dispersion
from reformtext.terms.diversity import diversity
from reformtext.terms.keyness import contingency

TABLE = pd.read_csv(Path(__file__).parents[2] / "data" / "gold" / "other_tools.csv", dtype="str")


def parts(text):
    return (np.array(side.split(), dtype=float) for side in text.split("/"))


def ours(measure, text):
    if "/" in text:
        counts, sizes = parts(text)
        return dispersion(pd.DataFrame({"a": counts}), sizes).loc["a", measure]
    if measure == "repeat_rate":
        return diversity([token for token in text.split() if token.isalnum()])[measure].iloc[0]
    return contingency(*map(int, text.split()))[measure].iloc[0]


def theirs(row):
    if row.measure == "chi2_williams":
        cells = contingency(*map(int, row.input.split())).iloc[0]
        return cells["chi2"] * cells["williams_q"]
    if row.measure == "repeat_rate":
        tokens = row.input.split()
        return sum((count / len(tokens)) ** 2 for count in Counter(tokens).values())
    counts, sizes = parts(row.input)
    n = len(counts)
    if row.measure == "juilland_d":  # by counts, with the sample's deviation in quanteda.extras
        return 1 - counts.std(ddof=row.tool == "quanteda.extras") / counts.mean() / np.sqrt(n - 1)
    shares = np.full(n, 1 / n) if row.tool == "Wordless" else sizes / sizes.sum()
    return np.abs(counts / counts.sum() - shares).sum() / 2


@pytest.mark.parametrize("row", list(TABLE.itertuples()), ids=lambda row: f"{row.tool} {row.measure}")
def test_both_sides_are_computed(row):
    assert f"{ours(row.measure, row.input):.4f}" == row.ours
    assert f"{theirs(row):.4f}" == row.theirs
