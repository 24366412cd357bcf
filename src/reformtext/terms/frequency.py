"""Frequencies: counts, rates and intervals of terms, with their uncertainty over articles."""

from __future__ import annotations

import warnings
from collections.abc import Iterable, Sequence
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import ArrayLike, NDArray
from scipy import sparse, stats
from statsmodels.stats.proportion import proportion_confint
from statsmodels.stats.rates import confint_poisson

from reformtext.errors import InputError

Floats = NDArray[np.float64]
PER = {"tokens": 1_000, "characters": 10_000}
ARTICLE = ["doc_id", "article"]


def require_columns(frame: pd.DataFrame, columns: Iterable[str], name: str) -> None:
    """Raise InputError unless `frame` has the columns."""
    missing = [column for column in columns if column not in frame.columns]
    if missing:
        raise InputError(f"{name} lacks {', '.join(missing)}", way_out=f"its columns are {list(frame.columns)}")


def check_counts(values: ArrayLike, name: str, at_most: ArrayLike | None = None) -> Floats:
    """Return `values` as float64 (no overflow), or raise InputError if any is no count."""
    try:
        array = np.asarray(values, dtype=np.float64)
    except (TypeError, ValueError) as error:
        raise InputError(f"{name} holds something that is no number", way_out=str(error)) from error
    if not np.isfinite(array).all():
        raise InputError(f"{name} holds a missing or infinite value", way_out="give 0 where a term does not occur")
    if (array < 0).any():
        raise InputError(f"{name} holds a negative count")
    if at_most is not None and (array > np.asarray(at_most, dtype=np.float64)).any():
        raise InputError(f"{name} holds a count above the size that it is a part of")
    return array


def warn(message: str) -> None:
    """Warn the caller of the public function that called this one."""
    warnings.warn(message, RuntimeWarning, stacklevel=3)


def proportion_interval(
    count: ArrayLike, size: ArrayLike, confidence: float = 0.95, method: str = "wilson"
) -> tuple[Floats, Floats]:
    """Bound proportions of `size` trials.

    ``wilson`` is the score interval (Wilson 1927; Newcombe 1998, method 3), ``wilson_continuity`` the same with
    continuity correction (Newcombe's method 4; R's ``prop.test``), ``clopper_pearson`` the exact one (1934).

    Parameters
    ----------
    count, size : array-like
        Successes and trials; a size of 0 gives NaN.
    confidence : float
        Coverage, 0.95 by default.
    method : {"wilson", "wilson_continuity", "clopper_pearson"}
        Which interval.

    Returns
    -------
    tuple of ndarray
        Lower and upper bounds, as proportions.

    Raises
    ------
    InputError
        If a count is negative, missing or above its size, or the method is unknown.

    Examples
    --------
    >>> low, high = proportion_interval(81, 263)
    >>> f"{low:.5f} {high:.5f}"
    '0.25529 0.36621'
    """
    size = check_counts(size, "size")
    count = check_counts(count, "count", at_most=size)
    if method not in ("wilson", "wilson_continuity", "clopper_pearson"):
        raise InputError(f"no interval is called {method!r}", way_out="wilson, wilson_continuity or clopper_pearson")
    trials = np.where(size > 0, size, np.nan)
    if method == "wilson_continuity":
        z, p = stats.norm.isf((1 - confidence) / 2), count / trials
        middle, width = 2 * count + z**2, 2 * (trials + z**2)
        spread = trials * p * (1 - p) * 4
        low = (middle - 1 - z * np.sqrt(np.maximum(z**2 - 2 - 1 / trials + spread + 4 * p, 0))) / width
        high = (middle + 1 + z * np.sqrt(np.maximum(z**2 + 2 - 1 / trials + spread - 4 * p, 0))) / width
        low, high = np.where(count == 0, 0.0, low), np.where(count == size, 1.0, high)
    else:
        low, high = proportion_confint(count, trials, 1 - confidence, "beta" if method == "clopper_pearson" else method)
        # statsmodels leaves the open end of the exact interval undefined
        low, high = np.where(count == 0, 0.0, low), np.where(count == size, 1.0, high)
    return np.where(size > 0, np.clip(low, 0, 1), np.nan), np.where(size > 0, np.clip(high, 0, 1), np.nan)


def poisson_interval(count: ArrayLike, exposure: ArrayLike = 1.0, confidence: float = 0.95) -> tuple[Floats, Floats]:
    """Bound rates of events per unit of exposure by the exact Poisson interval (Garwood 1936).

    Parameters
    ----------
    count, exposure : array-like
        Events, and the exposure that they were counted in.
    confidence : float
        Coverage.

    Returns
    -------
    tuple of ndarray
        Lower and upper bounds of the rate.

    Raises
    ------
    InputError
        If a count is negative or missing.

    Examples
    --------
    >>> low, high = poisson_interval(10)
    >>> f"{low:.4f} {high:.4f}"
    '4.7954 18.3904'
    """
    count, exposure = check_counts(count, "count"), check_counts(exposure, "exposure")
    exposure = np.where(exposure > 0, exposure, np.nan)
    low, high = confint_poisson(count, exposure, "exact-c", 1 - confidence)
    return np.where(count == 0, 0.0 * exposure, low), np.asarray(high)


def rate_names(unit: str) -> tuple[int, list[str]]:
    """Return the base of a rate and the columns rate, low and high with the unit in their names."""
    if unit not in PER:
        raise InputError(f"no rate is counted per {unit!r}", way_out=f"the unit is one of {', '.join(PER)}")
    return PER[unit], [f"{part}_per_{PER[unit]}_{unit}" for part in ("rate", "low", "high")]


def frequency(
    terms: pd.DataFrame,
    by: str | Sequence[str] | None = "doc_id",
    sizes: Any = None,
    unit: str = "tokens",
    confidence: float = 0.95,
) -> pd.DataFrame:
    """Count terms, with rates and Wilson intervals.

    The interval (Wilson 1927, by statsmodels) takes tokens as independent draws, which words in articles are not:
    read it with `cluster_interval`, which draws articles.

    Parameters
    ----------
    terms : DataFrame
        The terms table: doc_id, article, block, term, pos, count; only doc_id, term, count and `by` are needed.
    by : str, list of str or None
        Columns to count within; None pools the corpus.
    sizes : Series or number, optional
        Size of each group in `unit`, indexed like the groups (a number where `by` is None). Without it a group's size
        is the sum of its counts, which is right only for a table that holds every token.
    unit : {"tokens", "characters"}
        What `sizes` counts: rates are per 1,000 tokens or per 10,000 characters.
    confidence : float
        Coverage of the interval.

    Returns
    -------
    DataFrame
        Indexed by (`by`, term), most frequent first within a group: count, documents (articles that have the term),
        rate, low and high with the unit in their names (``rate_per_1000_tokens`` …).

    Raises
    ------
    InputError
        If a column is missing, a count is no count, or a size is missing or too small.

    Examples
    --------
    >>> table = pd.DataFrame({"doc_id": ["a", "a", "b"], "term": ["改革", "发展", "改革"], "count": [3, 1, 2]})
    >>> frequency(table, by=None)[["count", "documents"]].loc["改革"].tolist()
    [5, 2]
    """
    groups = [by] if isinstance(by, str) else list(by or [])
    require_columns(terms, ["doc_id", "term", "count", *groups], "the terms table")
    base, names = rate_names(unit)
    if unit == "characters" and sizes is None:
        raise InputError("a rate per characters needs sizes", way_out="give the groups' characters as `sizes`")
    check_counts(terms["count"], "the terms table")
    articles = [column for column in ARTICLE if column in terms.columns]
    keys = [*groups, "term"]
    cells = terms[terms["count"] > 0].groupby(list(dict.fromkeys([*keys, *articles])), observed=True, sort=True)
    found = cells["count"].sum().reset_index().groupby(keys, observed=True, sort=True)["count"]
    table = found.agg(["sum", "size"]).set_axis(["count", "documents"], axis=1)
    if table.empty:
        warn("the terms table counts nothing: the frequency table is empty")
    if sizes is None:
        total = table.groupby(level=groups, observed=True)["count"].transform("sum") if groups else table["count"].sum()
    elif groups:
        given = pd.Series(sizes)
        total = table.index.droplevel("term").map(given)
        if pd.isna(total).any():
            raise InputError("sizes lacks a group", way_out=f"index it by {', '.join(groups)}")
    else:
        total = float(np.sum(sizes))
    size = np.broadcast_to(np.asarray(total, dtype=np.float64), len(table))
    low, high = proportion_interval(table["count"], size, confidence)
    for name, value in zip(names, (table["count"] / size, low, high), strict=True):
        table[name] = value * base
    order = table.reset_index().sort_values([*groups, "count", "term"], ascending=[True] * len(groups) + [False, True])
    return order.set_index(keys)


def cluster_interval(
    terms: pd.DataFrame,
    sizes: pd.Series | None = None,
    unit: str = "tokens",
    confidence: float = 0.95,
    draws: int = 5_000,
    seed: int = 0,
) -> pd.DataFrame:
    """Bound pooled rates by a bootstrap that draws whole articles.

    The rate is the ratio of summed counts to summed sizes. Articles are drawn with replacement (Davison & Hinkley
    1997, section 3.8); the percentiles are widened for few articles as in Hesterberg (2015, section 3.3): from
    α/2 to Φ(−√(n/(n−1))·t(α/2, n−1)). Below about ten articles even this is rough, and a term of one article only is
    bounded by 0 from below whatever its count.

    Parameters
    ----------
    terms : DataFrame
        The terms table: doc_id, article (if a document holds several), term, count.
    sizes : Series, optional
        Size of each article in `unit`, indexed by doc_id or (doc_id, article); by default the sum of its counts.
    unit : {"tokens", "characters"}
        What `sizes` counts.
    confidence : float
        Coverage aimed at.
    draws, seed : int
        Bootstrap samples, and the seed that makes them the same each time.

    Returns
    -------
    DataFrame
        Indexed by term: articles (in the corpus), and rate, low and high with the unit in their names. With fewer than
        two articles the bounds are NaN.

    Raises
    ------
    InputError
        If a column is missing, a count is no count, or an article has no size.

    Examples
    --------
    >>> table = pd.DataFrame({"doc_id": ["a", "a", "b", "b"], "term": ["改革", "发展"] * 2, "count": [1, 9, 9, 1]})
    >>> cluster_interval(table).loc["改革"].tolist()
    [2.0, 500.0, 100.0, 900.0]
    """
    require_columns(terms, ["doc_id", "term", "count"], "the terms table")
    base, names = rate_names(unit)
    if unit == "characters" and sizes is None:
        raise InputError("a rate per characters needs sizes", way_out="give the articles' characters as `sizes`")
    counts = check_counts(terms["count"], "the terms table")
    articles = [column for column in ARTICLE if column in terms.columns]
    row, parts = pd.factorize(pd.MultiIndex.from_frame(terms[articles]) if len(articles) > 1 else terms["doc_id"])
    column, words = pd.factorize(terms["term"], sort=True)
    matrix = sparse.csc_array((counts, (row, column)), shape=(len(parts), len(words)))
    if sizes is None:
        size = np.asarray(matrix.sum(axis=1)).ravel()
    else:  # articles without any counted term belong to the corpus too
        size = sizes.reindex(parts).to_numpy(dtype=np.float64)
        rest = sizes.drop(parts, errors="ignore").to_numpy(dtype=np.float64)
        size = check_counts(np.concatenate([size, rest]), "sizes")
        matrix = sparse.csc_array((matrix.data, matrix.indices, matrix.indptr), shape=(len(size), len(words)))
    n = len(size)
    table = pd.DataFrame({"articles": n, **dict.fromkeys(names, np.nan)}, index=pd.Index(words, name="term"))
    if n == 0 or size.sum() == 0:
        warn("there is no article to draw from: the table is empty")
        return table
    table[names[0]] = np.asarray(matrix.sum(axis=0)).ravel() / size.sum() * base
    if n == 1:
        warn("one article cannot show how rates vary between articles: the bounds are NaN")
        return table
    weights = np.random.default_rng(seed).multinomial(n, np.full(n, 1 / n), size=draws).astype(np.float64)
    tail = stats.norm.cdf(np.sqrt(n / (n - 1)) * stats.t.ppf((1 - confidence) / 2, n - 1))
    drawn = weights @ size
    weights, drawn = weights[drawn > 0], drawn[drawn > 0]
    for start in range(0, len(words), 500):  # bounds the memory: draws × 500 rates at a time
        rates = (weights @ matrix[:, start : start + 500].toarray()) / drawn[:, None]
        table.iloc[start : start + 500, 2:] = np.quantile(rates, [tail, 1 - tail], axis=0).T * base
    return table


def tied_ranks(low: pd.Series, high: pd.Series) -> pd.DataFrame:
    """Rank estimates only as far as their intervals allow.

    A term is ranked below another only where its whole interval lies below the other's; otherwise the two are tied,
    and the ranks that either may hold overlap (Goldstein & Spiegelhalter 1996).

    Parameters
    ----------
    low, high : Series
        Bounds of each estimate, with one index.

    Returns
    -------
    DataFrame
        With that index: rank_best and rank_worst, 1 for the largest estimate.

    Raises
    ------
    InputError
        If the indexes differ or a lower bound is above its upper one.

    Examples
    --------
    >>> tied_ranks(pd.Series([5, 3, 1]), pd.Series([6, 5.5, 2])).to_numpy().tolist()
    [[1, 2], [1, 2], [3, 3]]
    """
    if not low.index.equals(high.index) or (low > high).any():
        raise InputError("low and high are not the bounds of the same intervals")
    lows, highs = np.sort(low.to_numpy()), np.sort(high.to_numpy())
    above = len(low) - np.searchsorted(lows, high.to_numpy(), side="right")
    below = np.searchsorted(highs, low.to_numpy(), side="left")
    return pd.DataFrame({"rank_best": above + 1, "rank_worst": len(low) - below}, index=low.index)


def compounds(terms: pd.DataFrame, queries: Sequence[str]) -> pd.DataFrame:
    """List the longer terms that hold a query inside them.

    Parameters
    ----------
    terms : DataFrame
        The terms table.
    queries : sequence of str
        Strings to look for.

    Returns
    -------
    DataFrame
        query, term, count (occurrences of the term), times (of the query in one term), documents; most frequent first.

    Raises
    ------
    InputError
        If a column is missing.

    Examples
    --------
    >>> table = pd.DataFrame({"doc_id": "a", "term": ["改革", "国企改革"], "count": [2, 3]})
    >>> compounds(table, ["改革"])[["term", "count"]].to_numpy().tolist()
    [['国企改革', 3]]
    """
    found = _inside(terms, queries)
    found = found[found["term"] != found["query"]]
    articles = [column for column in ARTICLE if column in found.columns]
    cells = found.groupby(["query", "term", "times", *articles], as_index=False)["count"].sum()
    table = cells.groupby(["query", "term", "times"])["count"].agg(["sum", "size"]).reset_index()
    table = table.set_axis(["query", "term", "times", "count", "documents"], axis=1)
    table = table.sort_values(["query", "count", "term"], ascending=[True, False, True], ignore_index=True)
    return table[["query", "term", "count", "times", "documents"]]


def _inside(terms: pd.DataFrame, queries: Sequence[str]) -> pd.DataFrame:
    """Return the rows of the terms table whose term holds a query, with query and times."""
    require_columns(terms, ["doc_id", "term", "count"], "the terms table")
    check_counts(terms["count"], "the terms table")
    if not queries or len(set(queries)) < len(queries) or "" in queries:
        raise InputError("queries must be given, each once, none of them empty")
    distinct = pd.unique(terms["term"])
    hits = [(query, term, term.count(query)) for query in queries for term in distinct if query in term]
    return pd.DataFrame(hits, columns=["query", "term", "times"]).astype({"times": "int64"}).merge(terms, on="term")


def three_counts(terms: pd.DataFrame, queries: Sequence[str], strings: pd.DataFrame) -> pd.DataFrame:
    """Count queries three ways: as strings, as tokens, and inside longer tokens.

    What neither a token nor a part of a longer token explains lies across a token boundary, and is shown as well:
    string_count = token_count + inside_count + across_count. Occurrences do not overlap (``str.count``).

    Parameters
    ----------
    terms : DataFrame
        The terms table, every token in it: doc_id, article, term, count.
    queries : sequence of str
        Strings to count.
    strings : DataFrame
        doc_id, article, query, string_count: one row for each article and query; may have characters (of the article).

    Returns
    -------
    DataFrame
        One row for each article and query: doc_id, article, query, string_count, token_count, inside_count,
        across_count, compounds (the longer tokens with their counts, most frequent first) and, where `strings` has
        characters, string_per_10000_characters.

    Raises
    ------
    InputError
        If a column is missing, or more occurrences stand in tokens than in the string.

    Examples
    --------
    >>> table = pd.DataFrame({"doc_id": "a", "article": 0, "term": ["改革", "国企改革"], "count": [2, 3]})
    >>> strings = pd.DataFrame({"doc_id": ["a"], "article": 0, "query": "改革", "string_count": 6})
    >>> three_counts(table, ["改革"], strings).iloc[0, 3:].tolist()
    [6, 2, 3, 1, '国企改革 3']
    """
    require_columns(terms, ARTICLE, "the terms table")
    require_columns(strings, [*ARTICLE, "query", "string_count"], "the table of string counts")
    check_counts(strings["string_count"], "the table of string counts")
    keys = [*ARTICLE, "query"]
    if strings.duplicated(keys).any():
        raise InputError("the table of string counts has a row twice", way_out="one row for each article and query")
    found = _inside(terms, queries)
    found["count"] *= found["times"]
    cells = found.groupby([*keys, "term"], as_index=False)["count"].sum()
    whole = cells["term"] == cells["query"]
    inside = cells[~whole].sort_values("count", ascending=False, kind="stable")
    counts = pd.DataFrame(
        {
            "token_count": cells[whole].groupby(keys)["count"].sum(),
            "inside_count": inside.groupby(keys)["count"].sum(),
            "compounds": inside.assign(text=inside["term"] + " " + inside["count"].astype(str)).groupby(keys)["text"].agg("; ".join),
        }
    )
    table = strings[strings["query"].isin(queries)].merge(counts.reset_index(), on=keys, how="outer", sort=True)
    columns = ["string_count", "token_count", "inside_count"]
    table[columns] = table[columns].fillna(0).astype("int64")
    table["compounds"] = table["compounds"].fillna("")
    table["across_count"] = table["string_count"] - table["token_count"] - table["inside_count"]
    short = table[table["across_count"] < 0]
    if len(short):
        where = short.iloc[0]
        raise InputError(
            f"{where['query']} stands more often in the tokens of {where['doc_id']} than in its text",
            way_out="count strings and tokens in the same paragraphs",
        )
    if table.empty:
        warn("no article to count in: the table is empty")
    extra = []
    if "characters" in table.columns:
        table["string_per_10000_characters"] = table["string_count"] / table["characters"] * PER["characters"]
        extra = ["string_per_10000_characters"]
    return table[[*keys, *columns, "across_count", "compounds", *extra]]
