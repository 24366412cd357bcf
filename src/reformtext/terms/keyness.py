"""Keyness: which terms set one corpus apart from another, and by how much."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import ArrayLike
from scipy import special, stats
from scipy.stats.contingency import odds_ratio
from statsmodels.stats.multitest import fdrcorrection

from reformtext.errors import InputError
from reformtext.terms.frequency import Floats, check_counts, proportion_interval, warn

SMALL = 5.0  # expected count below which the chi-square law is no longer trusted (Cochran 1954)


def _part(observed: Floats, expected: Floats, excess: Floats) -> Floats:
    """Return observed·ln(observed/expected); excess = observed/expected − 1 keeps digits where the two are close."""
    ratio = np.divide(observed, expected, out=np.ones_like(observed), where=expected > 0)
    near = special.xlog1py(observed, np.clip(excess, -0.5, 0.5))
    return np.where(np.abs(excess) < 0.5, near, special.xlogy(observed, ratio))


def log_likelihood(k11: Floats, k12: Floats, k21: Floats, k22: Floats) -> tuple[Floats, Floats]:
    """Return LL2 and LL4 of 2 × 2 tables whose columns are the corpora and whose first row is the term.

    LL2 (Rayson & Garside 2000) sums over the term's row only, LL4 (Dunning 1993, G²) over all four cells.
    """
    row1, row2, col1, col2 = k11 + k12, k21 + k22, k11 + k21, k12 + k22
    size = col1 + col2
    with np.errstate(divide="ignore", invalid="ignore"):
        # ad − bc of the margins is exactly 0 where the rates are equal, which k11·k22 − k12·k21 need not be
        cross = k11 * col2 - k12 * col1
        parts = [
            _part(cell, row * column / size, np.nan_to_num(sign * cross / (row * column)))
            for cell, row, column, sign in (
                (k11, row1, col1, 1), (k12, row1, col2, -1), (k21, row2, col1, -1), (k22, row2, col2, 1)
            )
        ]  # fmt: skip
    two = parts[0] + parts[1]
    return np.maximum(2 * two, 0), np.maximum(2 * (two + parts[2] + parts[3]), 0)


def fisher(k11: ArrayLike, k12: ArrayLike, k21: ArrayLike, k22: ArrayLike) -> pd.DataFrame:
    """Test 2 × 2 tables by Fisher's exact test (1935).

    The two-sided p sums every table with these margins that is no likelier than the one seen, as R and scipy do. All
    tables of one family of margins share one pass over the hypergeometric law, built by its ratio recurrence, which
    keeps its digits at corpus sizes where log-gamma differences do not.

    Parameters
    ----------
    k11, k12, k21, k22 : array-like
        Cells, row by row.

    Returns
    -------
    DataFrame
        One row a table: fisher_p (two-sided), fisher_left (k11 or fewer), fisher_right (k11 or more).

    Raises
    ------
    InputError
        If a cell is no count.

    Examples
    --------
    >>> fisher(1, 3, 3, 1).round(3).iloc[0].tolist()
    [0.486, 0.243, 0.986]
    """
    cells = np.broadcast_arrays(*(np.atleast_1d(check_counts(cell, "the table")) for cell in (k11, k12, k21, k22)))
    a, b, c, d = (np.floor(cell).ravel() for cell in cells)
    margins, family = np.unique(np.stack([a + b, a + c, b + d], axis=1), axis=0, return_inverse=True)
    order = np.argsort(family, kind="stable")
    bounds = np.searchsorted(family[order], np.arange(len(margins) + 1))
    result = np.ones((3, len(a)))
    for (row, col1, col2), start, stop in zip(margins, bounds[:-1], bounds[1:], strict=True):
        which = order[start:stop]
        first = max(0.0, row - col2)
        k = np.arange(first, min(row, col1) + 1)
        if len(k) < 2:
            continue
        before = k[:-1]
        log = np.log((row - before) * (col1 - before) / ((before + 1) * (col2 - row + before + 1)))
        law = np.concatenate([[0.0], np.cumsum(log)])
        law = np.exp(law - law.max())
        law /= law.sum()
        seen = (a[which] - first).astype(np.int64)
        by_size = np.sort(law)
        likely = np.searchsorted(by_size, law[seen] * (1 + 1e-7), side="right")
        result[0, which] = np.cumsum(by_size)[likely - 1]
        result[1, which] = np.cumsum(law)[seen]
        result[2, which] = np.cumsum(law[::-1])[::-1][seen]
    return pd.DataFrame(np.minimum(result, 1).T, columns=["fisher_p", "fisher_left", "fisher_right"])


def contingency(k11: ArrayLike, k12: ArrayLike, k21: ArrayLike, k22: ArrayLike) -> pd.DataFrame:
    """Test 2 × 2 tables in all the usual ways, for comparison with other tools.

    Parameters
    ----------
    k11, k12, k21, k22 : array-like
        Cells, row by row.

    Returns
    -------
    DataFrame
        One row a table: g2 (Dunning 1993, four cells), chi2 (Pearson), chi2_yates (clamped at 0), williams_q (1976),
        g2_williams and chi2_williams (divided by it), phi2 (chi2/N), odds_ratio, conditional_odds_ratio (Fisher's,
        by scipy), and the columns of `fisher`.

    Raises
    ------
    InputError
        If a cell is no count.

    Examples
    --------
    >>> round(contingency(110, 2442, 111, 29114)["g2"][0], 2)
    270.72
    """
    cells = np.broadcast_arrays(*(np.atleast_1d(check_counts(cell, "the table")) for cell in (k11, k12, k21, k22)))
    a, b, c, d = (cell.ravel() for cell in cells)
    size = a + b + c + d
    with np.errstate(divide="ignore", invalid="ignore"):
        margins = (a + b) * (c + d) * (a + c) * (b + d)
        cross = np.abs(a * d - b * c)
        rows, columns = size / (a + b) + size / (c + d) - 1, size / (a + c) + size / (b + d) - 1
        table = pd.DataFrame({"g2": log_likelihood(a, b, c, d)[1], "chi2": size * cross**2 / margins})
        table["chi2_yates"] = size * np.maximum(cross - size / 2, 0) ** 2 / margins
        table["williams_q"] = 1 + rows * columns / (6 * size)
        table["g2_williams"] = table["g2"] / table["williams_q"]
        table["chi2_williams"] = table["chi2"] / table["williams_q"]
        table["phi2"] = table["chi2"] / size
        table["odds_ratio"] = (a * d) / (b * c)
    whole = np.stack([a, b, c, d], axis=1).astype(np.int64)
    table["conditional_odds_ratio"] = [odds_ratio(cell.reshape(2, 2)).statistic for cell in whole]
    return table.join(fisher(a, b, c, d))


def _counts(counts: pd.Series, name: str) -> pd.Series:
    """Return the counts as float64, each term once."""
    if not isinstance(counts, pd.Series):
        raise InputError(f"{name} is no Series of counts indexed by term")
    if counts.index.has_duplicates:
        raise InputError(f"{name} has {counts.index[counts.index.duplicated()][0]!r} twice", way_out="sum its counts first")
    return pd.Series(check_counts(counts, name), index=counts.index)


def _align(target: pd.Series, reference: pd.Series) -> tuple[pd.Index[Any], Floats, Floats]:
    """Return the terms of either corpus, sorted, and their counts in both."""
    target, reference = _counts(target, "target"), _counts(reference, "reference")
    terms = target.index.union(reference.index).rename("term")
    a, b = (counts.reindex(terms, fill_value=0.0).to_numpy() for counts in (target, reference))
    return terms, a, b


def keyness(
    target: pd.Series,
    reference: pd.Series,
    target_size: float | None = None,
    reference_size: float | None = None,
    family: int | None = None,
    confidence: float = 0.95,
    smoothing: float = 1.0,
) -> pd.DataFrame:
    """Compare the terms of two corpora.

    With counts a, b and sizes c, d; E1 = c(a+b)/(c+d), E2 = d(a+b)/(c+d); 0·ln 0 = 0:

    - ll2 = 2(a ln(a/E1) + b ln(b/E2)) (Rayson & Garside 2000); ll4 adds the two cells of all other tokens (Dunning 1993).
    - log_ratio = log2((a/c)/(b/d)), 0 counted as 0.5 (Hardie 2014); 0 where neither corpus has the term.
    - log_ratio_low, log_ratio_high = log2((d/c)·τ/(1−τ)), τ the Clopper–Pearson bounds of a/(a+b) at α/family
      (Bonferroni): bounds for all terms at once. lrc is the bound nearer 0, and 0 where they enclose it; lrc_positive is
      the one-sided lower bound, not clamped (both Evert 2022).
    - diff_pct = 100(a/c − b/d)/(b/d) (Gabrielatos & Marchi 2012), infinite where b = 0.
    - bic = ll2 − ln(c+d) (Wilson 2013); ell = ll2/((c+d) ln min(E1, E2)) (Johnston et al. 2006), NaN where that minimum is 1 or less.
    - odds_ratio = (a/(c−a))/(b/(d−b)); relative_risk = (a/c)/(b/d).
    - p is the chi-square tail (1 d.f.) of ll4, q its Benjamini–Hochberg adjustment over the table (1995); fisher_p is
      Fisher's two-sided p where an expected count is below 5 (there the chi-square law fails), else NaN.
    - simple_maths = (rate + k)/(reference rate + k), rates per million, k = `smoothing` (Kilgarriff 2009).
    - difference_coefficient = (rate − reference rate)/(rate + reference rate) (Hofland & Johansson 1982).

    Parameters
    ----------
    target, reference : Series
        Counts indexed by term, each term once; a term that one of them lacks counts 0 there.
    target_size, reference_size : float, optional
        Sizes of the corpora in tokens; by default the sums of the counts.
    family : int, optional
        Number of comparisons for Bonferroni; by default the number of terms in the table.
    confidence : float
        Coverage of the log ratio's bounds for the whole family.
    smoothing : float
        The k of simple_maths.

    Returns
    -------
    DataFrame
        Indexed by term, sorted by term: count, reference_count, ll2, ll4, log_ratio, lrc, diff_pct, bic, odds_ratio, p,
        q, then the further columns named above, chi2, and the rates per million tokens. ll2 and ll4 have no
        sign: that of log_ratio tells the direction; ll2_signed carries it.

    Raises
    ------
    InputError
        If a count is missing, negative or above its corpus's size, or a term stands twice.

    Examples
    --------
    >>> table = keyness(pd.Series({"改革": 10}), pd.Series({"改革": 5}), 1000, 2000)
    >>> table[["ll2", "ll4", "log_ratio", "diff_pct"]].round(4).loc["改革"].tolist()
    [6.9315, 6.9692, 2.0, 300.0]
    """
    terms, a, b = _align(target, reference)
    c = float(a.sum() if target_size is None else target_size)
    d = float(b.sum() if reference_size is None else reference_size)
    check_counts([c, d], "the corpus sizes")
    check_counts(a, "target", at_most=c)
    check_counts(b, "reference", at_most=d)
    if terms.empty:
        warn("neither corpus has a term: the keyness table is empty")
    elif c == 0 or d == 0:
        warn("one corpus is empty, so that there is no rate to compare with: the measures are NaN")
    elif len(terms) == 1 and target_size is None and reference_size is None:
        warn("both corpora consist of one and the same term: give the corpus sizes")
    alpha = (1 - confidence) / max(family or len(terms), 1)
    with np.errstate(divide="ignore", invalid="ignore", over="ignore"):
        rate, other = a / c if c else a * np.nan, b / d if d else b * np.nan
        smallest = np.minimum(min(c, d) * (a + b), min(c, d) * (c + d - a - b)) / (c + d)
        absent = a + b == 0
        table = pd.DataFrame({"count": a, "reference_count": b}, index=terms)
        table["ll2"], table["ll4"] = log_likelihood(a, b, c - a, d - b)
        # one product over another: the same real number on both sides rounds the same, so equal rates give exactly 0
        ratio = (np.where(a > 0, a, 0.5) * d) / (np.where(b > 0, b, 0.5) * c)
        table["log_ratio"] = np.where(absent, 0.0, np.log2(ratio))
        low, high = _log_ratio_bounds(a, b, c, d, alpha)
        table["lrc"] = np.maximum(low, 0) + np.minimum(high, 0)
        table["diff_pct"] = 100 * (a * d - b * c) / (b * c)
        table["bic"] = table["ll2"] - np.log(c + d)
        table["odds_ratio"] = (a / (c - a)) / (b / (d - b))
        table["p"] = stats.chi2.sf(table["ll4"], 1)
        table["q"] = np.nan
        table["log_ratio_low"], table["log_ratio_high"] = low, high
        table["lrc_positive"] = _log_ratio_bounds(a, b, c, d, 2 * alpha)[0]
        table["ll2_signed"] = table["ll2"] * np.sign(a * d - b * c)
        expected = np.minimum(c, d) * (a + b) / (c + d)
        table["ell"] = table["ll2"] / ((c + d) * np.log(np.where(expected > 1, expected, np.nan)))
        table["relative_risk"] = (a * d) / (b * c)
        table["chi2"] = (a * d - b * c) ** 2 * (c + d) / (c * d * (a + b) * (c + d - a - b))
        table["simple_maths"] = (rate * 1e6 + smoothing) / (other * 1e6 + smoothing)
        table["difference_coefficient"] = (rate - other) / (rate + other)
        table["rate_per_million"], table["reference_rate_per_million"] = rate * 1e6, other * 1e6
    table["fisher_p"] = np.nan
    if c == 0 or d == 0:
        table.iloc[:, 2:] = np.nan
        return table
    table["q"] = fdrcorrection(table["p"])[1] if len(table) else table["p"]
    small = smallest < SMALL
    table.loc[small, "fisher_p"] = fisher(a[small], b[small], c - a[small], d - b[small])["fisher_p"].to_numpy()
    return table


def _log_ratio_bounds(a: Floats, b: Floats, c: float, d: float, alpha: float) -> tuple[Floats, Floats]:
    """Return Clopper–Pearson bounds of a/(a+b) at 1 − alpha, turned into bounds of the log ratio."""
    low, high = proportion_interval(a, a + b, 1 - alpha, "clopper_pearson")
    low, high = np.where(a + b > 0, low, 0.0), np.where(a + b > 0, high, 1.0)
    scale = np.log2(d / c) if c and d else np.nan
    return scale + np.log2(low / (1 - low)), scale + np.log2(high / (1 - high))


def word_shift(target: pd.Series, reference: pd.Series) -> pd.DataFrame:
    """Split the difference of two texts into what each term adds to it.

    The Jensen–Shannon divergence in bits, with equal weights, is a sum over terms of
    ½·(p log2(p/m) + q log2(q/m)), m = (p + q)/2 (Gallagher et al. 2021, Generalized word shift graphs).

    Parameters
    ----------
    target, reference : Series
        Counts indexed by term.

    Returns
    -------
    DataFrame
        Indexed by term, largest part first: share, reference_share, contribution (bits; they sum to the divergence),
        direction (1 where the target uses the term more, −1 where less).

    Raises
    ------
    InputError
        If a count is no count, or a term stands twice.

    Examples
    --------
    >>> float(word_shift(pd.Series({"改革": 2}), pd.Series({"发展": 3}))["contribution"].sum())
    1.0
    """
    terms, a, b = _align(target, reference)
    if a.sum() == 0 or b.sum() == 0:
        warn("one text is empty, so that there is nothing to compare with: the contributions are NaN")
    with np.errstate(divide="ignore", invalid="ignore"):
        p, q = a / a.sum(), b / b.sum()
        bits = (special.rel_entr(p, (p + q) / 2) + special.rel_entr(q, (p + q) / 2)) / (2 * np.log(2))
    table = pd.DataFrame({"share": p, "reference_share": q, "contribution": bits, "direction": np.sign(p - q)}, terms)
    return table.sort_values("contribution", ascending=False, kind="stable")


def comparison_weights(counts: pd.DataFrame) -> pd.DataFrame:
    """Weigh terms for a comparison cloud.

    A term's weight in a corpus is its share there less its mean share over the corpora (Fellows' wordcloud for R);
    it is drawn in the corpus where that is largest.

    Parameters
    ----------
    counts : DataFrame
        Corpora × terms.

    Returns
    -------
    DataFrame
        Indexed by term, heaviest first: corpus, weight.

    Raises
    ------
    InputError
        If a count is no count.

    Examples
    --------
    >>> table = comparison_weights(pd.DataFrame({"改革": [3, 1], "发展": [1, 3]}, index=["a", "b"]))
    >>> table["corpus"].to_dict()
    {'改革': 'a', '发展': 'b'}
    """
    values = check_counts(counts.to_numpy(), "counts")
    if counts.shape[0] < 2 or counts.empty or (values.sum(axis=1) == 0).any():
        warn("a comparison takes two corpora with terms: the table is empty")
        return pd.DataFrame({"corpus": [], "weight": []}, index=pd.Index([], name="term"))
    shares = values / values.sum(axis=1, keepdims=True)
    excess = shares - shares.mean(axis=0)
    best = excess.argmax(axis=0)
    table = pd.DataFrame({"corpus": counts.index.to_numpy()[best], "weight": excess.max(axis=0)}, index=counts.columns)
    return table.rename_axis("term").sort_values("weight", ascending=False, kind="stable")
