"""Association: which terms stand together more often than chance would have them."""

from __future__ import annotations

import numpy as np
import pandas as pd

from reformtext.errors import InputError
from reformtext.terms.frequency import check_counts, require_columns, warn
from reformtext.terms.keyness import log_likelihood


def collocations(pairs: pd.DataFrame, margins: pd.Series, size: float) -> pd.DataFrame:
    """Measure the association of pairs of terms.

    With O the pair's count, fa and fb the terms' counts, N the size and E = fa·fb/N, the 2 × 2 table is O, fa − O,
    fb − O, N − fa − fb + O (formulas as in Evert 2008):

    - pmi = log2(O/E) (Church & Hanks 1990); npmi = pmi/−log2(O/N) (Bouma 2009), −1 where O = 0 and 1 where O = N;
      mi3 = log2(O³/E) (Daille 1994).
    - log_dice = 14 + log2(2O/(fa + fb)) (Rychlý 2008); dice = 2O/(fa + fb).
    - t_score = (O − E)/√O (Church et al. 1991); z_score = (O − E)/√E.
    - ll4 = Dunning's G² over four cells (1993), without a sign; chi2 is Pearson's, uncorrected; phi2 = chi2/N.
    - delta_p_ab = P(b|a) − P(b|not a), delta_p_ba = P(a|b) − P(a|not b) (Gries 2013).
    - minimum_sensitivity = min(O/fa, O/fb) (Pedersen 1998).
    - log_odds_ratio of the table with ½ added to each cell; log_odds_z, it over its standard error (Blaheta & Johnson
      2001; quanteda's lambda and z for two words).

    Parameters
    ----------
    pairs : DataFrame
        term_a, term_b, count; rows of one pair, as from several articles, are added up.
    margins : Series
        Counts indexed by term, in the unit that the pairs are counted in: for pairs within sentences, the sentences
        that have the term; for pairs within a window, the pairs of any kind that it stands in.
    size : float
        Number of those units in all.

    Returns
    -------
    DataFrame
        Indexed by (term_a, term_b), sorted: count, expected, pmi, npmi, log_dice, t_score, ll4, delta_p_ab, delta_p_ba,
        then the further measures. A pair that does not occur has pmi and log_dice −∞ and t_score NaN.

    Raises
    ------
    InputError
        If a term has no margin or two, or a count is missing, negative, or above its margin or the size.

    Examples
    --------
    >>> pairs = pd.DataFrame({"term_a": ["改革"], "term_b": ["深化"], "count": [8]})
    >>> round(float(collocations(pairs, pd.Series({"改革": 1105, "深化": 44}), 15e6)["pmi"].iloc[0]), 1)
    11.3
    """
    require_columns(pairs, ["term_a", "term_b", "count"], "the table of pairs")
    if margins.index.has_duplicates:
        raise InputError("a term has two margins", way_out="sum them first")
    check_counts(pairs["count"], "the table of pairs")
    n = float(check_counts(size, "size"))
    table = pairs.groupby(["term_a", "term_b"], observed=True)[["count"]].sum()
    if table.empty:
        warn("there is no pair: the table is empty")
    sides = [table.index.get_level_values(level) for level in (0, 1)]
    for side in sides:
        for term in side.difference(margins.index):
            raise InputError(f"{term!r} has no margin", way_out="count every term of a pair")
    fa, fb = (check_counts(margins.reindex(side), "margins", at_most=n) for side in sides)
    o = check_counts(table["count"], "the table of pairs", at_most=np.minimum(fa, fb))
    # the fourth cell must hold something too; rounding at large counts is no mistake of the caller's
    if (fa + fb - o > n * (1 + 1e-12)).any():
        raise InputError("the size is smaller than the units that hold either term of a pair")
    cells = [o, fa - o, fb - o, np.maximum(n - fa - fb + o, 0)]
    expected, excess = fa * fb / n, (o * n - fa * fb) / n
    with np.errstate(divide="ignore", invalid="ignore"):
        pmi = np.log2(o) - np.log2(expected)
        chi2 = (excess * n) ** 2 * n / (fa * fb * (n - fa) * (n - fb))
        halves = [cell + 0.5 for cell in cells]
        log_odds = np.log(halves[0]) - np.log(halves[1]) - np.log(halves[2]) + np.log(halves[3])
        columns = {
            "expected": expected,
            "pmi": pmi,
            "npmi": np.select([o == 0, o == n], [-1.0, 1.0], pmi / (np.log2(n) - np.log2(o))),
            "log_dice": 14 + np.log2(2 * o / (fa + fb)),
            "t_score": excess / np.sqrt(np.where(o > 0, o, np.nan)),
            "ll4": log_likelihood(*cells)[1],
            "delta_p_ab": o / fa - cells[2] / (n - fa),
            "delta_p_ba": o / fb - cells[1] / (n - fb),
            "dice": 2 * o / (fa + fb),
            "minimum_sensitivity": o / np.maximum(fa, fb),
            "mi3": 3 * np.log2(o) - np.log2(expected),
            "z_score": excess / np.sqrt(expected),
            "chi2": chi2,
            "phi2": chi2 / n,
            "log_odds_ratio": log_odds,
            "log_odds_z": log_odds / np.sqrt(sum(1 / half for half in halves)),
        }
    return table.assign(**columns)
