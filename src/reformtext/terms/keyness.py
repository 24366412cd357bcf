"""Keyness: which terms set one corpus apart from another, and by how much."""

from __future__ import annotations

import numpy as np
import pandas as pd
from numpy.typing import ArrayLike
from scipy import special
from scipy.stats.contingency import odds_ratio
from statsmodels.stats.multitest import fdrcorrection

from reformtext.errors import InputError
from reformtext.terms.frequency import Counts, Floats, as_series, check_counts, checked_quantile, warn

SMALL = 5.0  # expected count below which the chi-square law is not trusted (Cochran 1954)


def log_likelihood(k11: Floats, k12: Floats, k21: Floats, k22: Floats) -> tuple[Floats, Floats]:
    """Return LL2 and LL4 of 2 × 2 tables with the term in the first row and the corpora as columns.

    LL2 (Rayson & Garside 2000) sums 2·O·ln(O/E) over the term's row, LL4 (Dunning 1993, G²) over all four cells.
    """
    row1, row2, column1, column2 = k11 + k12, k21 + k22, k11 + k21, k12 + k22
    # a·d − b·c with the margins c, d: both products round alike where the rates are equal, so that it is exactly 0
    cross = k11 * column2 - k12 * column1

    def part(observed: Floats, row: Floats, column: Floats, sign: int) -> Floats:
        """Return O·ln(O/E), by log1p of O/E − 1 where the two are close, which keeps digits at large counts."""
        product = np.where(row * column > 0, row * column, 1.0)
        excess = sign * cross / product
        near = special.xlog1py(observed, np.clip(excess, -0.5, 0.5))
        far = special.xlogy(observed, observed * (row1 + row2) / product)
        return np.asarray(np.where(np.abs(excess) < 0.5, near, far))

    two = part(k11, row1, column1, 1) + part(k12, row1, column2, -1)
    four = two + part(k21, row2, column1, -1) + part(k22, row2, column2, 1)
    return np.maximum(2 * two, 0), np.maximum(2 * four, 0)


def _fisher(a: Floats, b: Floats, c: Floats, d: Floats) -> Floats:
    """Return Fisher's exact p of whole-numbered 2 × 2 tables: rows two-sided, left (a or fewer), right (a or more).

    Two-sided p sums the tables that are no likelier than the one seen, as R and scipy do. Tables with the same margins
    share one pass over the hypergeometric law, built by its ratio recurrence, which keeps its digits where differences
    of log-gammas at corpus sizes lose them.
    """
    margins, family = np.unique(np.stack([a + b, a + c, b + d], axis=1), axis=0, return_inverse=True)
    order = np.argsort(family, kind="stable")
    bounds = np.searchsorted(family[order], np.arange(len(margins) + 1))
    result = np.ones((3, len(a)))
    for (row, column1, column2), start, stop in zip(margins, bounds[:-1], bounds[1:], strict=True):
        which, first = order[start:stop], max(0.0, row - column2)
        k = np.arange(first, min(row, column1))
        steps = np.log((row - k) * (column1 - k)) - np.log((k + 1) * (column2 - row + k + 1))
        law = np.concatenate([[0.0], np.cumsum(steps)])
        law = np.exp(law - law.max())
        law /= law.sum()
        seen, ascending = (a[which] - first).astype(np.int64), np.sort(law)
        likelier = np.searchsorted(ascending, law[seen] * (1 + 1e-7), side="right")
        result[:, which] = np.cumsum(ascending)[likelier - 1], np.cumsum(law)[seen], np.cumsum(law[::-1])[::-1][seen]
    return np.minimum(result, 1)


def contingency(k11: ArrayLike, k12: ArrayLike, k21: ArrayLike, k22: ArrayLike) -> pd.DataFrame:
    """Test 2 × 2 tables in all the usual ways, for comparison with other tools.

    Parameters
    ----------
    k11, k12, k21, k22 : array-like of int
        Cells, row by row.

    Returns
    -------
    DataFrame
        One row a table: g2 (Dunning 1993, four cells), chi2 (Pearson), chi2_yates (clamped at 0), williams_q (Williams
        1976), g2_williams and chi2_williams (divided by it), phi2 (chi2/N), odds_ratio, conditional_odds_ratio
        (maximum likelihood given the margins, by scipy), fisher_p (two-sided), fisher_left, fisher_right. Measures that an
        empty row or column leaves undefined are NaN.

    Raises
    ------
    InputError
        If a cell is no whole count.

    Examples
    --------
    >>> contingency(1, 3, 3, 1)[["fisher_p", "fisher_left", "fisher_right"]].round(3).iloc[0].tolist()
    [0.486, 0.243, 0.986]
    """
    cells = np.broadcast_arrays(*(np.atleast_1d(check_counts(cell, "the table")) for cell in (k11, k12, k21, k22)))
    a, b, c, d = cells
    if any((cell % 1 > 0).any() for cell in cells):
        raise InputError("the table holds a fraction", way_out="give counts, not rates")
    size = a + b + c + d
    with np.errstate(divide="ignore", invalid="ignore"):
        cross, margins = np.abs(a * d - b * c), (a + b) * (c + d) * (a + c) * (b + d)
        table = pd.DataFrame({"g2": log_likelihood(a, b, c, d)[1], "chi2": size * cross**2 / margins})
        table["chi2_yates"] = size * np.maximum(cross - size / 2, 0) ** 2 / margins
        rows, columns = size / (a + b) + size / (c + d) - 1, size / (a + c) + size / (b + d) - 1
        q = 1 + rows * columns / (6 * size)
        table["williams_q"], table["g2_williams"], table["chi2_williams"] = q, table["g2"] / q, table["chi2"] / q
        table["phi2"], table["odds_ratio"] = table["chi2"] / size, a * d / (b * c)
    tables = np.stack(cells, axis=1).astype(np.int64).reshape(-1, 2, 2)
    table["conditional_odds_ratio"] = [odds_ratio(cell).statistic for cell in tables]
    table["fisher_p"], table["fisher_left"], table["fisher_right"] = _fisher(a, b, c, d)
    return table


def _align(target: Counts, reference: Counts) -> tuple[pd.DataFrame, Floats, Floats]:
    """Return a frame of both corpora's counts by term, sorted by term, and the counts as float64."""
    target, reference = as_series(target, "target"), as_series(reference, "reference")
    for name, counts in (("target", target), ("reference", reference)):
        if counts.index.has_duplicates:
            twice = counts.index[counts.index.duplicated()][0]
            raise InputError(f"{name} has the term {twice!r} twice", way_out="sum its counts first")
        if counts.index.hasnans:
            raise InputError(f"{name} counts a term without a name")
        check_counts(counts, name)
    terms = target.index.union(reference.index).rename("term")
    sides = target.reindex(terms, fill_value=0), reference.reindex(terms, fill_value=0)
    table = pd.DataFrame({"count": sides[0], "reference_count": sides[1]}, index=terms)
    return table, sides[0].to_numpy(dtype=np.float64), sides[1].to_numpy(dtype=np.float64)


def keyness(
    target: Counts,
    reference: Counts,
    target_size: float | None = None,
    reference_size: float | None = None,
    family: int | None = None,
    confidence: float = 0.95,
    smoothing: float = 1.0,
) -> pd.DataFrame:
    """Compare the terms of two corpora.

    With counts a, b, sizes c, d, rates a/c, b/d; E1 = c(a+b)/(c+d), E2 = d(a+b)/(c+d); 0·ln 0 = 0:

    - ll2 = 2(a ln(a/E1) + b ln(b/E2)) (Rayson & Garside 2000); ll4 adds the cells of all other tokens (Dunning 1993).
      Neither has a sign: log_ratio tells the direction, and ll2_signed carries it.
    - log_ratio = log2((a/c)/(b/d)), a count of 0 taken as 0.5 (Hardie 2014); 0 where neither corpus has the term.
      log_ratio_smoothed = log2(((a+½)/(c+½))/((b+½)/(d+½))).
    - log_ratio_low, log_ratio_high = log2((d/c)·τ/(1−τ)), τ the Clopper–Pearson bounds of a/(a+b) at α/family
      (Bonferroni): bounds for the whole family at once. lrc is the one nearer to 0, and 0 where they enclose it;
      lrc_positive is the one-sided lower bound, not clamped (Evert 2022, R package corpora).
    - diff_pct = 100(a/c − b/d)/(b/d) (Gabrielatos & Marchi 2012) and relative_risk = (a/c)/(b/d), infinite where b = 0;
      odds_ratio = (a/(c−a))/(b/(d−b)).
    - bic = ll2 − ln(c+d) (Wilson 2013); ell = ll2/((c+d) ln min(E1, E2)) (Johnston et al. 2006), NaN where that
      minimum is not above 1.
    - p is the chi-square tail (1 d.f.) of ll4, q its Benjamini–Hochberg adjustment over the table (1995); fisher_p is
      Fisher's two-sided p where an expected cell is below 5, where that tail is not to be trusted, else NaN.
    - chi2 is Pearson's over four cells, without correction; simple_maths = (rate + k)/(reference rate + k) per million,
      k = `smoothing` (Kilgarriff 2009); difference_coefficient = difference of the rates over their sum (Hofland &
      Johansson 1982).

    Parameters
    ----------
    target, reference : Series or mapping
        Counts indexed by term, each term once (a `collections.Counter` will do); a term that one of them lacks counts 0 there.
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
        q, then the further columns named above and both rates per million tokens. 0/0 is NaN.

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
    table, a, b = _align(target, reference)
    sizes = [a.sum() if target_size is None else target_size, b.sum() if reference_size is None else reference_size]
    c, d = check_counts(sizes, "the corpus sizes")
    check_counts(a, "target", at_most=c)
    check_counts(b, "reference", at_most=d)
    if table.empty:
        warn("neither corpus has a term: the keyness table is empty")
    elif c == 0 or d == 0:
        warn("one corpus is empty, so that there is no rate to compare with: the measures are NaN")
    elif len(table) == 1 and target_size is None and reference_size is None:
        warn("both corpora consist of one and the same term: give the corpus sizes")
    size, seen = c + d, a + b
    alpha = (1 - confidence) / max(family or len(table), 1)
    with np.errstate(divide="ignore", invalid="ignore"):
        cross = a * d - b * c
        rate, other = a / c * 1e6, b / d * 1e6
        expected = min(c, d) * seen / size
        table["ll2"], table["ll4"] = log_likelihood(a, b, c - a, d - b)
        # one product over another: equal rates give exactly 0, doublings exactly 1, 2, 3 …
        ratio = np.log2((np.where(a > 0, a, 0.5) * d) / (np.where(b > 0, b, 0.5) * c))
        scale = np.log2(d) - np.log2(c)
        low, high = scale + _lower_log_odds(a, b, alpha / 2), scale - _lower_log_odds(b, a, alpha / 2)
        table["log_ratio"] = np.where(seen > 0, ratio, 0.0)
        table["lrc"] = np.maximum(low, 0) + np.minimum(high, 0)
        table["diff_pct"] = 100 * cross / (b * c)
        table["bic"] = table["ll2"] - np.log(size)
        table["odds_ratio"] = (a / (c - a)) / (b / (d - b))
        table["p"] = special.erfc(np.sqrt(table["ll4"] / 2))
        table["q"] = fdrcorrection(table["p"])[1] if c and d and len(table) else np.nan
        table["log_ratio_low"], table["log_ratio_high"] = low, high
        table["lrc_positive"] = scale + _lower_log_odds(a, b, alpha)
        table["log_ratio_smoothed"] = np.log2((a + 0.5) / (c + 0.5)) - np.log2((b + 0.5) / (d + 0.5))
        table["ll2_signed"] = table["ll2"] * np.sign(cross)
        table["ell"] = table["ll2"] / (size * np.log(np.where(expected > 1, expected, np.nan)))
        table["relative_risk"] = a * d / (b * c)
        table["chi2"] = cross**2 * size / (c * d * seen * (size - seen))
        table["simple_maths"] = (rate + smoothing) / (other + smoothing)
        table["difference_coefficient"] = (rate - other) / (rate + other)
        table["rate_per_million"], table["reference_rate_per_million"] = rate, other
        table["fisher_p"] = np.nan
    if c == 0 or d == 0:
        table.iloc[:, 2:] = np.nan
        return table
    small = (np.minimum(expected, min(c, d) - expected) < SMALL) & (a % 1 == 0) & (b % 1 == 0)
    table.loc[small, "fisher_p"] = _fisher(a[small], b[small], c - a[small], d - b[small])[0]
    return table


def _lower_log_odds(a: Floats, b: Floats, tail: float) -> Floats:
    """Return the lower Clopper–Pearson bound of a/(a+b) as binary log odds; −∞ where a is 0.

    The share and what is left of it are solved for apart: near a share of 1 the difference would lose its digits. Terms
    with the same two counts, of which a vocabulary is full, are solved once.
    """
    distinct, which = np.unique(a + 1j * b, return_inverse=True)
    f, g = np.where(distinct.real > 0, distinct.real, 1), distinct.imag + 1
    share = checked_quantile(special.betaincinv(f, g, tail), special.betainc, f, g, tail)
    rest = checked_quantile(special.betainccinv(g, f, tail), special.betaincc, g, f, tail)
    return np.where(a > 0, (np.log2(share) - np.log2(rest))[which], -np.inf)


def word_shift(target: Counts, reference: Counts) -> pd.DataFrame:
    """Split the difference of two texts into what each term adds to it.

    The Jensen–Shannon divergence in bits, with equal weights, is a sum over the terms of
    ½(p log2(p/m) + q log2(q/m)), m = (p + q)/2 (Gallagher et al. 2021, Generalized word shift graphs).

    Parameters
    ----------
    target, reference : Series
        Counts indexed by term.

    Returns
    -------
    DataFrame
        Indexed by term, largest part first: share, reference_share, contribution (bits; they add up to the
        divergence), direction (1 where the target uses the term more, −1 where less).

    Raises
    ------
    InputError
        If a count is no count, or a term stands twice.

    Examples
    --------
    >>> float(word_shift(pd.Series({"改革": 2}), pd.Series({"发展": 3}))["contribution"].sum())
    1.0
    """
    table, a, b = _align(target, reference)
    if a.sum() == 0 or b.sum() == 0:
        warn("one text is empty, so that there is nothing to compare with: the contributions are NaN")
    with np.errstate(invalid="ignore"):
        p, q = a / a.sum(), b / b.sum()
    bits = (special.rel_entr(p, (p + q) / 2) + special.rel_entr(q, (p + q) / 2)) / (2 * np.log(2))
    shares = {"share": p, "reference_share": q, "contribution": bits, "direction": np.sign(p - q)}
    return pd.DataFrame(shares, table.index).sort_values("contribution", ascending=False, kind="stable")


def comparison_weights(counts: pd.DataFrame) -> pd.DataFrame:
    """Weigh terms for a comparison cloud.

    A term's weight in a corpus is its share there less the mean of its shares over the corpora; it is drawn in the
    corpus where that is largest (Fellows, wordcloud for R).

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
    values = check_counts(counts, "counts")
    if len(counts) < 2 or counts.empty or (values.sum(axis=1) == 0).any():
        warn("a comparison takes two corpora or more, each with terms: the table is empty")
        return pd.DataFrame({"corpus": [], "weight": []}, index=pd.Index([], name="term"))
    shares = values / values.sum(axis=1, keepdims=True)
    excess = shares - shares.mean(axis=0)
    table = pd.DataFrame({"corpus": counts.index[excess.argmax(axis=0)], "weight": excess.max(axis=0)}, counts.columns)
    return table.rename_axis("term").sort_values("weight", ascending=False, kind="stable")
