"""Association: which terms stand together more often than chance would have them."""

from __future__ import annotations

import numpy as np
import pandas as pd

from reformtext.errors import InputError
from reformtext.terms.frequency import check_counts, require_columns, warn
from reformtext.terms.keyness import log_likelihood


def collocations(pairs: pd.DataFrame, margins: pd.Series, size: float) -> pd.DataFrame:
    """Measure the association of pairs of terms.

    With O the pair's count, fa and fb the terms' counts, N the size and E = fa·fb/N; the 2 × 2 table is O, fa − O, fb − O, N − fa − fb + O
    (formulas as in Evert 2008):

    - pmi = log2(O/E) (Church & Hanks 1990), npmi = pmi/−log2(O/N) (Bouma 2009), mi3 = log2(O³/E) (Daille 1994).
    - log_dice = 14 + log2(2O/(fa + fb)) (Rychlý 2008), dice = 2O/(fa + fb).
    - t_score = (O − E)/√O (Church et al. 1991), z_score = (O − E)/√E.
    - ll4 = Dunning's G² over four cells (1993), chi2 Pearson's, without a correction; phi2 = chi2/N.
    - delta_p_ab = P(b|a) − P(b|not a), delta_p_ba = P(a|b) − P(a|not b) (Gries 2013).
    - minimum_sensitivity = min(O/fa, O/fb) (Pedersen 1998).
    - log_odds_ratio of the table with ½ added to each cell, and log_odds_z, it over its standard error (Blaheta & Johnson
      2001; quanteda's lambda and z for two words).

    Parameters
    ----------
    pairs : DataFrame
        term_a, term_b, count; rows of one pair (as from several articles) are added up.
    margins : Series
        Counts indexed by term, in the same unit as the pairs: where pairs are counted within sentences, the
        sentences that have the term.
    size : float
        Number of those units in all.

    Returns
    -------
    DataFrame
        Indexed by (term_a, term_b): count, expected, pmi, npmi, log_dice, t_score, ll4, delta_p_ab, delta_p_ba, then the
        further measures. A pair that does not occur has NaN for the logarithms.

    Raises
    ------
    InputError
        If a term has no margin, or a count is missing, negative or above its margin or the size.

    Examples
    --------
    >>> pairs = pd.DataFrame({"term_a": ["honorary"], "term_b": ["doctor"], "count": [8]})
    >>> round(float(collocations(pairs, pd.Series({"honorary": 1105, "doctor": 44}), 15e6)["pmi"].iloc[0]), 1)
    11.3
    """
    require_columns(pairs, ["term_a", "term_b", "count"], "the table of pairs")
    if margins.index.has_duplicates:
        raise InputError("a term has two margins", way_out="sum them first")
    check_counts(pairs["count"], "the table of pairs")
    table = pairs.groupby(["term_a", "term_b"], observed=True, sort=True)[["count"]].sum()
    if table.empty:
        warn("there is no pair: the table is empty")
    sides = [table.index.get_level_values(level) for level in (0, 1)]
    for side in sides:
        if not side.isin(margins.index).all():
            raise InputError(f"{side[~side.isin(margins.index)][0]!r} has no margin", way_out="count every term of a pair")
    n = float(check_counts(size, "size"))
    fa, fb = (check_counts(margins.reindex(side), "margins", at_most=n) for side in sides)
    o = check_counts(table["count"], "the table of pairs", at_most=np.minimum(fa, fb))
    rest = check_counts(n - fa - fb + o, "the units with neither term (size is too small for the margins)")
    k12, k21 = fa - o, fb - o
    with np.errstate(divide="ignore", invalid="ignore"):
        expected = fa * fb / n
        known = np.where(o > 0, o, np.nan)
        cross = (o * n - fa * fb) / n  # O − E
        table["expected"] = expected
        table["pmi"] = np.log2(known) - np.log2(expected)
        # a pair that is always there is always together: the limit of NPMI is 1
        table["npmi"] = np.where(o == n, 1.0, table["pmi"] / -np.log2(known / n))
        table["log_dice"] = 14 + np.log2(2 * known / (fa + fb))
        table["t_score"] = cross / np.sqrt(known)
        table["ll4"] = log_likelihood(o, k12, k21, rest)[1]
        table["delta_p_ab"] = o / fa - k21 / (n - fa)
        table["delta_p_ba"] = o / fb - k12 / (n - fb)
        table["dice"] = 2 * o / (fa + fb)
        table["minimum_sensitivity"] = o / np.maximum(fa, fb)
        table["mi3"] = 3 * np.log2(known) - np.log2(expected)
        table["z_score"] = cross / np.sqrt(expected)
        table["chi2"] = cross**2 * n / (expected * (n - fa) * (n - fb) / n)
        table["phi2"] = table["chi2"] / n
        cells = [cell + 0.5 for cell in (o, k12, k21, rest)]
        table["log_odds_ratio"] = np.log(cells[0]) - np.log(cells[1]) - np.log(cells[2]) + np.log(cells[3])
        table["log_odds_z"] = table["log_odds_ratio"] / np.sqrt(sum(1 / cell for cell in cells))
    return table
