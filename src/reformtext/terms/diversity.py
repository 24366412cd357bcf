"""Diversity: how rich a vocabulary is, and how it grows with length."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pandas as pd
from numpy.typing import ArrayLike
from scipy import optimize, special

from reformtext.errors import InputError
from reformtext.terms.frequency import Floats, check_counts, check_terms, warn

SPECTRUM = ["tokens", "types", "hapaxes", "ttr", "cttr", "guiraud_r", "herdan_c", "yule_k", "entropy_bits", "repeat_rate",
            "fisher_alpha"]  # fmt: skip


def _fisher_alpha(types: float, tokens: float) -> float:
    """Solve types = α·ln(1 + tokens/α); infinite where every token is a type of its own."""
    if types == tokens:
        return float("inf")

    def excess(log_alpha: float) -> float:
        return float(np.exp(log_alpha) * np.log1p(tokens / np.exp(log_alpha)) - types)

    return float(np.exp(optimize.brentq(excess, -40, 80, xtol=1e-14)))


def _spectrum(counts: Floats) -> list[float]:
    """Return the measures of SPECTRUM, which follow from the counts of the types alone."""
    f = counts[counts > 0]
    v, n = float(len(f)), float(f.sum())
    if n == 0:
        return [0.0, 0.0, 0.0, *[np.nan] * (len(SPECTRUM) - 3)]
    p = f / n
    herdan = np.log(v) / np.log(n) if n > 1 else np.nan
    entropy, repeat = special.entr(p).sum() / np.log(2), (p**2).sum()
    yule, alpha = 1e4 * (repeat - 1 / n), _fisher_alpha(v, n)
    return [n, v, (f == 1).sum(), v / n, v / np.sqrt(2 * n), v / np.sqrt(n), herdan, yule, entropy, repeat, alpha]


def _mattr(code: np.ndarray, window: int) -> float:
    """Return the mean type–token ratio of all windows; a shorter text is one window."""
    n, window = len(code), min(window, len(code))
    if n == 0:
        return float("nan")
    # each place adds a type to the windows that reach it and start after the term's previous occurrence
    place = np.arange(n)
    before = pd.Series(place).groupby(code).shift(fill_value=-1).to_numpy()
    first, last = np.maximum(before + 1, place - window + 1), np.minimum(place, n - window)
    return float(np.maximum(last - first + 1, 0).sum() / (n - window + 1) / window)


def _mtld(tokens: Sequence[str], threshold: float) -> float:
    """Return the tokens per factor of one pass; NaN where no part of a factor is completed."""
    factors, length, seen = 0.0, 0, set[str]()
    for token in tokens:
        length += 1
        seen.add(token)
        if len(seen) < threshold * length:
            factors, length, seen = factors + 1, 0, set()
    if length:
        factors += (1 - len(seen) / length) / (1 - threshold)
    return len(tokens) / factors if factors else float("nan")


def diversity(
    terms: pd.DataFrame | Sequence[str], by: str | None = None, window: int = 100, threshold: float = 0.72
) -> pd.DataFrame:
    """Measure lexical diversity.

    From the counts alone, with N tokens, V types and their counts f, p = f/N: ttr = V/N; cttr = V/√(2N) (Carroll 1964);
    guiraud_r = V/√N (1954); herdan_c = ln V/ln N (1960; also LogTTR); yule_k = 10⁴(Σf² − N)/N² (1944); entropy_bits =
    −Σp·log2 p (Shannon 1948); repeat_rate = Σp²; fisher_alpha, the α of V = α·ln(1 + N/α) (Fisher, Corbet & Williams 1943).

    From the order of the tokens, so NaN for a table of counts: mattr, the mean ttr of all windows (Covington & McFall
    2010); mtld, the mean length of stretches until ttr falls below the threshold, the rest counted as the part
    (1 − ttr)/(1 − threshold), over a forward and a backward pass (McCarthy & Jarvis 2010), unstable below some 100 tokens.

    All but mattr and mtld move with length: ttr and herdan_c fall and cttr, guiraud_r, entropy and fisher_alpha rise as a
    text grows; even yule_k drifts. Compare texts of like length, or by mattr.

    Parameters
    ----------
    terms : DataFrame or sequence of str
        The terms table (term, count), or tokens in reading order.
    by : str, optional
        Column of the table to measure within.
    window : int
        Tokens in a window of mattr; a shorter text is one window.
    threshold : float
        The ratio of mtld, between 0 and 1.

    Returns
    -------
    DataFrame
        One row a group (one in all without `by`): tokens, types, hapaxes and the measures named above.

    Raises
    ------
    InputError
        If a column is missing, a count is no count, the window is below 1 or the threshold not between 0 and 1.

    Examples
    --------
    >>> diversity(list("abcde") * 20)[["ttr", "cttr", "yule_k", "mtld"]].round(5).iloc[0].tolist()
    [0.05, 0.35355, 1900.0, 7.14286]
    """
    if window < 1 or not 0 < threshold < 1:
        raise InputError("a window holds one token at least, and a threshold lies between 0 and 1")
    if not isinstance(terms, pd.DataFrame):
        tokens = list(terms)
        if not tokens:
            warn("there is no token: the measures are NaN")
        code, _ = pd.factorize(np.asarray(tokens, dtype=object))
        order = [_mattr(code, window), (_mtld(tokens, threshold) + _mtld(tokens[::-1], threshold)) / 2]
        return pd.DataFrame(
            [[*_spectrum(np.bincount(code).astype(float)), *order]], columns=[*SPECTRUM, "mattr", "mtld"]
        )
    check_terms(terms, [by] if by else [])
    if terms.empty:
        warn("the terms table has no row: nothing to measure")
    groups = list(terms.groupby(by, observed=True)) if by else [(0, terms)]
    rows = [_spectrum(check_counts(part.groupby("term")["count"].sum(), "counts")) for _, part in groups]
    table = pd.DataFrame(rows, columns=SPECTRUM, index=pd.Index([name for name, _ in groups], name=by))
    return table.assign(mattr=np.nan, mtld=np.nan)


def vocabulary_growth(terms: pd.DataFrame, by: str | None = None) -> pd.DataFrame:
    """Trace how the vocabulary grows paragraph by paragraph.

    Beside the curve in reading order stands the one expected if the P paragraphs came in random order, E[V(k)] =
    Σ 1 − C(P − P_t, k)/C(P, k) over the terms t, each in P_t paragraphs (sample-based rarefaction, Colwell, Mao & Chang
    2004): exact, with nothing drawn. Where the curve in order lies below it, themes come in blocks.

    Parameters
    ----------
    terms : DataFrame
        The terms table: doc_id, article, block, term, count, in any order.
    by : str, optional
        Column to grow within, such as doc_id.

    Returns
    -------
    DataFrame
        One row for each paragraph, ordered by doc_id, article, block: `by` if given, paragraphs, tokens, types,
        expected_tokens, expected_types.

    Raises
    ------
    InputError
        If a column is missing or a count is no count.

    Examples
    --------
    >>> table = pd.DataFrame({"doc_id": "a", "article": 0, "block": [0, 1], "term": ["改革", "改革"], "count": 1})
    >>> vocabulary_growth(table)["expected_types"].tolist()
    [1.0, 1.0]
    """
    place = ["doc_id", "article", "block"]
    check_terms(terms, [*place, *([by] if by else [])])
    terms = terms[terms["count"] > 0]
    if terms.empty:
        warn("the terms table counts nothing: there is no curve")
        names = ["paragraphs", "tokens", "types", "expected_tokens", "expected_types"]
        return pd.DataFrame(columns=[*([by] if by else []), *names], dtype=np.float64)
    curves = []
    for name, part in terms.groupby(by, observed=True) if by else [(None, terms)]:
        number = part.groupby(place, observed=True).ngroup().to_numpy()
        p = int(number.max()) + 1
        k = np.arange(1, p + 1)
        tokens = np.bincount(number, weights=part["count"].astype(float), minlength=p).cumsum()
        spread = pd.Series(number).groupby(part["term"].to_numpy()).agg(["min", "nunique"])
        log = special.gammaln(np.arange(p + 1) + 1.0)
        expected = np.zeros(p)
        for held, words in zip(*np.unique(spread["nunique"], return_counts=True), strict=True):  # terms alike at once
            rest = p - held
            absent = np.exp(log[rest] - log[np.maximum(rest - k, 0)] - log[p] + log[p - k])
            expected += words * (1 - np.where(k <= rest, absent, 0))
        types = np.bincount(spread["min"], minlength=p).cumsum()
        curve = {"paragraphs": k, "tokens": tokens, "types": types}
        curve |= {"expected_tokens": k * tokens[-1] / p, "expected_types": expected}
        curves.append(pd.DataFrame({by: name, **curve} if by else curve))
    return pd.concat(curves, ignore_index=True)


def heaps_fit(tokens: ArrayLike, types: ArrayLike) -> pd.Series:
    """Fit Heaps' law V = K·N^β by least squares on logarithms (Herdan 1960; Heaps 1978).

    β falls as a text grows, so that fits compare only over one range of lengths. The points of a curve are sums of one
    another: this regression has no honest interval, and none is given.

    Parameters
    ----------
    tokens, types : array-like
        A growth curve, such as expected_tokens and expected_types of `vocabulary_growth`.

    Returns
    -------
    Series
        k, beta, tokens_low, tokens_high (the range of lengths); NaN with fewer than two lengths.

    Raises
    ------
    InputError
        If a value is no count, or there are more types than tokens.

    Examples
    --------
    >>> heaps_fit([100, 400, 900], [20, 40, 60])[["k", "beta"]].round(6).tolist()
    [2.0, 0.5]
    """
    n = check_counts(tokens, "tokens")
    v = check_counts(types, "types", at_most=n * (1 + 1e-9))
    n, v = n[v > 0], v[v > 0]
    names = ["k", "beta", "tokens_low", "tokens_high"]
    if len(np.unique(n)) < 2:
        warn("a curve takes two lengths at least: there is no fit")
        return pd.Series(np.nan, index=names)
    beta, log_k = np.polyfit(np.log(n), np.log(v), 1)
    return pd.Series([np.exp(log_k), beta, n.min(), n.max()], index=names)


def zipf_fit(counts: ArrayLike) -> pd.Series:
    """Fit Zipf's law p_r ∝ r^−s over the ranks 1 … V by maximum likelihood.

    The law is bounded at the V types seen. Ranks come from the counts that are fitted, which makes s a little too steep
    (Piantadosi 2014), and s moves with length: compare texts of like length. The slope by least squares on logarithms
    stands beside it because many papers print that one.

    Parameters
    ----------
    counts : array-like
        Counts of the types.

    Returns
    -------
    Series
        exponent, log_slope, tokens, types; the first two NaN for fewer than two types.

    Raises
    ------
    InputError
        If a count is no count.

    Examples
    --------
    >>> zipf_fit(1e6 / np.arange(1, 101))[["exponent", "log_slope"]].round(3).tolist()
    [1.0, 1.0]
    """
    f = np.sort(check_counts(counts, "counts"))[::-1]
    f = f[f > 0]
    rank = np.log(np.arange(1, len(f) + 1))
    exponent = slope = np.nan
    if len(f) < 2:
        warn("a law of ranks takes two types at least: there is no fit")
    else:
        mean = float((f * rank).sum() / f.sum())

        # the slope of the likelihood, which is concave: the mean log rank expected less the one seen
        def gap(s: float) -> float:
            return float(np.average(rank, weights=np.exp(-s * rank))) - mean

        exponent = optimize.brentq(gap, 0, 50) if gap(0) > 0 else 0.0
        slope = -np.polyfit(rank, np.log(f), 1)[0]
    return pd.Series([exponent, slope, f.sum(), len(f)], index=["exponent", "log_slope", "tokens", "types"])
