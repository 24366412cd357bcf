"""Diversity: how rich a vocabulary is, and how it grows with length."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pandas as pd
import statsmodels.api as sm
from numpy.typing import ArrayLike
from scipy import optimize, special

from reformtext.errors import InputError
from reformtext.terms.frequency import Floats, check_counts, require_columns, warn

SEQUENCE = ["mattr", "mtld"]


def fisher_alpha(types: float, tokens: float) -> float:
    """Solve types = α ln(1 + tokens/α) for Fisher's α (Fisher, Corbet & Williams 1943).

    Parameters
    ----------
    types, tokens : float
        Distinct terms, and all of them.

    Returns
    -------
    float
        α; infinite where every token is a type of its own, NaN where there is none.

    Raises
    ------
    InputError
        If there are more types than tokens.

    Examples
    --------
    >>> round(fisher_alpha(240, 15609), 3)
    40.247
    """
    check_counts(types, "types", at_most=tokens)
    if tokens == 0 or types == tokens:
        return float("nan") if tokens == 0 else float("inf")

    def excess(log_alpha: float) -> float:
        alpha = np.exp(log_alpha)
        return float(alpha * np.log1p(tokens / alpha) - types)

    return float(np.exp(optimize.brentq(excess, -40, 80, xtol=1e-14)))


def mattr(tokens: Sequence[str], window: int) -> float:
    """Average the type–token ratio over a moving window (Covington & McFall 2010).

    Parameters
    ----------
    tokens : sequence of str
        Tokens in reading order.
    window : int
        Tokens in a window; a shorter text is one window.

    Returns
    -------
    float
        The mean ratio; NaN for no token.

    Raises
    ------
    InputError
        If the window is below 1.

    Examples
    --------
    >>> round(mattr("one one two one one two one".split(), 2), 4)
    0.8333
    """
    if window < 1:
        raise InputError("a window holds one token at least")
    code, _ = pd.factorize(np.asarray(tokens, dtype=object))
    n = len(code)
    if n == 0:
        return float("nan")
    window = min(window, n)
    # each place adds a type to the windows that start after the term's previous occurrence and reach the place
    place = np.arange(n)
    before = pd.Series(place).groupby(code).shift(fill_value=-1).to_numpy()
    first = np.maximum(before + 1, place - window + 1).clip(min=0)
    last = np.minimum(place, n - window)
    return float(np.maximum(last - first + 1, 0).sum() / (n - window + 1) / window)


def mtld(tokens: Sequence[str], threshold: float = 0.72) -> float:
    """Measure the mean length of stretches that keep a type–token ratio (MTLD, McCarthy & Jarvis 2010).

    A factor ends where the ratio falls below the threshold; the rest counts as the part (1 − ratio)/(1 − threshold). The mean of
    the forward and the backward pass is returned. Unstable below some 100 tokens.

    Parameters
    ----------
    tokens : sequence of str
        Tokens in reading order.
    threshold : float
        The ratio, 0.72 by convention.

    Returns
    -------
    float
        Tokens per factor; NaN where no pass completes any part of a factor.

    Examples
    --------
    >>> round(mtld(list("abcde") * 20), 6)
    7.142857
    """

    def one_way(ordered: Sequence[str]) -> float:
        factors, length, seen = 0.0, 0, set()
        for token in ordered:
            length += 1
            seen.add(token)
            if len(seen) < threshold * length:
                factors, length, seen = factors + 1, 0, set()
        if length:
            factors += (1 - len(seen) / length) / (1 - threshold)
        return len(ordered) / factors if factors else float("nan")

    return (one_way(tokens) + one_way(tokens[::-1])) / 2


def _spectrum(counts: Floats) -> dict[str, float]:
    """Return what follows from the counts of the types alone."""
    f = counts[counts > 0]
    v, n = float(len(f)), float(f.sum())
    nan = float("nan")
    if not n:
        return {"tokens": 0.0, "types": 0.0, **dict.fromkeys(["hapaxes"], 0.0), **dict.fromkeys(_RATIOS, nan)}
    p, log_n = f / n, np.log(n)
    entropy = float(special.entr(p).sum() / np.log(2))
    return {
        "tokens": n,
        "types": v,
        "hapaxes": float((f == 1).sum()),
        "ttr": v / n,
        "cttr": v / np.sqrt(2 * n),
        "guiraud_r": v / np.sqrt(n),
        "herdan_c": np.log(v) / log_n if n > 1 else nan,
        "yule_k": 1e4 * float((f * (f - 1)).sum()) / n**2,
        "entropy_bits": entropy,
        "evenness": entropy / np.log2(v) if v > 1 else nan,
        "repeat_rate": float((p**2).sum()),
        "fisher_alpha": fisher_alpha(v, n),
    }


_RATIOS = ["ttr", "cttr", "guiraud_r", "herdan_c", "yule_k", "entropy_bits", "evenness", "repeat_rate", "fisher_alpha"]


def diversity(terms: pd.DataFrame | Sequence[str], by: str | None = None, window: int = 100) -> pd.DataFrame:
    """Measure lexical diversity.

    From the counts alone (N tokens, V types, f_i the types' counts): ttr = V/N; cttr = V/√(2N) (Carroll 1964);
    guiraud_r = V/√N (1954); herdan_c = ln V/ln N (1960; also LogTTR); yule_k = 10⁴(Σf² − N)/N² (1944);
    entropy_bits = −Σ p log2 p (Shannon 1948); evenness = entropy/log2 V; repeat_rate = Σp²; `fisher_alpha`. In need of
    the order of tokens: `mattr` and `mtld`; they are NaN for a table of counts, which has none.

    All but mattr and mtld move with length: ttr and herdan_c fall, guiraud_r, cttr, entropy and fisher_alpha rise as a text grows, and even
    yule_k drifts. Compare texts of equal length, or by mattr.

    Parameters
    ----------
    terms : DataFrame or sequence of str
        The terms table (term, count), or tokens in reading order.
    by : str, optional
        Column of the table to measure within.
    window : int
        Tokens in a window of mattr.

    Returns
    -------
    DataFrame
        One row a group (one row in all for a sequence): tokens, types, hapaxes and the measures named above.

    Raises
    ------
    InputError
        If a column is missing or a count is no count.

    Examples
    --------
    >>> diversity(list("abcde") * 20)[["ttr", "cttr", "yule_k"]].round(5).iloc[0].tolist()
    [0.05, 0.35355, 1900.0]
    """
    if not isinstance(terms, pd.DataFrame):
        tokens = list(terms)
        if not tokens:
            warn("there is no token: the measures are NaN")
        counts = pd.Series(tokens, dtype=object).value_counts().to_numpy(dtype=np.float64)
        row = {**_spectrum(counts), "mattr": mattr(tokens, window), "mtld": mtld(tokens)}
        return pd.DataFrame([row])
    require_columns(terms, ["term", "count", *([by] if by else [])], "the terms table")
    check_counts(terms["count"], "the terms table")
    if terms.empty:
        warn("the terms table has no row: nothing to measure")
    groups = list(terms.groupby(by, observed=True)) if by else [("", terms)]
    rows = [_spectrum(part.groupby("term")["count"].sum().to_numpy(dtype=np.float64)) for _, part in groups]
    table = pd.DataFrame(rows, columns=["tokens", "types", "hapaxes", *_RATIOS])
    table[SEQUENCE] = np.nan
    return table.set_index(pd.Index([name for name, _ in groups], name=by)) if by else table


def vocabulary_growth(terms: pd.DataFrame, by: str | None = None) -> pd.DataFrame:
    """Trace how the vocabulary grows paragraph by paragraph.

    Beside the curve in reading order stands the one expected if the P paragraphs came in random order,
    E[V(k)] = Σ_t 1 − C(P − P_t, k)/C(P, k) for a term in P_t paragraphs (sample-based rarefaction, Colwell, Mao & Chang 2004):
    exact, so no random order is drawn. Where the curve in order lies below it, themes come in blocks.

    Parameters
    ----------
    terms : DataFrame
        The terms table: doc_id, article, block, term, count, in any order.
    by : str, optional
        Column to grow within, such as doc_id.

    Returns
    -------
    DataFrame
        One row for each paragraph: `by` if given, paragraphs, tokens, types (in the order of doc_id, article, block),
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
    require_columns(terms, [*place, "term", "count", *([by] if by else [])], "the terms table")
    check_counts(terms["count"], "the terms table")
    columns = ["paragraphs", "tokens", "types", "expected_tokens", "expected_types"]
    terms = terms[terms["count"] > 0]
    if terms.empty:
        warn("the terms table counts nothing: there is no curve")
        return pd.DataFrame(columns=[*([by] if by else []), *columns], dtype=np.float64)
    curves = []
    for name, part in terms.groupby(by, observed=True) if by else [(None, terms)]:
        number = part.groupby(place, observed=True, sort=True).ngroup().to_numpy()
        p = int(number.max()) + 1
        k = np.arange(1, p + 1)
        tokens = np.bincount(number, weights=part["count"].to_numpy(dtype=np.float64), minlength=p).cumsum()
        first = pd.Series(number).groupby(part["term"].to_numpy()).agg(["min", "nunique"])
        held, times = np.unique(first["nunique"].to_numpy(), return_counts=True)
        log = special.gammaln(np.arange(p + 2, dtype=np.float64) + 1)
        expected = np.zeros(p)
        for paragraphs, words in zip(held, times, strict=True):  # one pass for all the terms of that many paragraphs
            rest = p - paragraphs
            absent = np.exp(log[rest] - log[np.maximum(rest - k, 0)] - log[p] + log[p - k])
            expected += words * (1 - np.where(k <= rest, absent, 0))
        curve = pd.DataFrame(
            {
                "paragraphs": k,
                "tokens": tokens,
                "types": np.bincount(first["min"].to_numpy(), minlength=p).cumsum(),
                "expected_tokens": k * tokens[-1] / p,
                "expected_types": expected,
            }
        )
        if by:
            curve.insert(0, by, name)
        curves.append(curve)
    return pd.concat(curves, ignore_index=True)


def heaps_fit(tokens: ArrayLike, types: ArrayLike, confidence: float = 0.95) -> pd.Series:
    """Fit Heaps' law V = K·N^β by least squares on logarithms (Herdan 1960; Heaps 1978).

    β falls as a text grows, so that fits compare only over one range of lengths (tokens_low to tokens_high). The points of
    a curve are sums of one another: no honest interval comes from this regression and none is given.

    Parameters
    ----------
    tokens, types : array-like
        A growth curve, such as expected_tokens and expected_types of `vocabulary_growth`.

    Returns
    -------
    Series
        k, beta, r_squared, tokens_low, tokens_high; NaN with fewer than two lengths.

    Raises
    ------
    InputError
        If there are more types than tokens.

    Examples
    --------
    >>> heaps_fit([100, 400, 900], [20, 40, 60])[["k", "beta"]].round(6).tolist()
    [2.0, 0.5]
    """
    n = check_counts(tokens, "tokens")
    v = check_counts(types, "types", at_most=n * (1 + 1e-9))
    n, v = n[v > 0], v[v > 0]
    names = ["k", "beta", "r_squared", "tokens_low", "tokens_high"]
    if len(np.unique(n)) < 2:
        warn("a curve takes two lengths at least: there is no fit")
        return pd.Series(np.nan, index=names)
    fit = sm.OLS(np.log(v), sm.add_constant(np.log(n))).fit()
    return pd.Series([np.exp(fit.params[0]), fit.params[1], fit.rsquared, n.min(), n.max()], index=names)


def zipf_fit(counts: ArrayLike) -> pd.Series:
    """Fit Zipf's law p_r ∝ r^−s over the ranks 1 … V by maximum likelihood.

    The likelihood is that of the law bounded at the V types seen; ranks are assigned by the same counts that are fitted, which makes
    s a little too steep, and s moves with length: compare texts of like size (Piantadosi 2014; Moreno-Sánchez et al. 2016). The
    slope by least squares on logarithms is given beside it because it is what many papers print.

    Parameters
    ----------
    counts : array-like
        Counts of the types.

    Returns
    -------
    Series
        exponent, log_slope, tokens, types; NaN for fewer than two types.

    Raises
    ------
    InputError
        If a count is no count.

    Examples
    --------
    >>> zipf_fit(1e6 / np.arange(1, 101)).round(3)[["exponent", "log_slope"]].tolist()
    [1.0, 1.0]
    """
    f = np.sort(check_counts(counts, "counts"))[::-1]
    f = f[f > 0]
    n, v = f.sum(), len(f)
    if v < 2:
        warn("a law of ranks takes two types at least: there is no fit")
        return pd.Series([np.nan, np.nan, n, v], index=["exponent", "log_slope", "tokens", "types"])
    log_rank = np.log(np.arange(1, v + 1))
    weight = float((f * log_rank).sum()) / n
    fit = optimize.minimize_scalar(lambda s: s * weight + special.logsumexp(-s * log_rank), bounds=(0, 20), method="bounded", options={"xatol": 1e-10})
    slope = -np.polyfit(log_rank, np.log(f), 1)[0]
    return pd.Series([float(fit.x), slope, n, v], index=["exponent", "log_slope", "tokens", "types"])
