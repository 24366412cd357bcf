"""Frequencies: counts, rates and intervals of terms, with their uncertainty over articles."""

from __future__ import annotations

import warnings
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from itertools import chain
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import ArrayLike, NDArray
from scipy import optimize, sparse, special, stats
from statsmodels.stats.proportion import proportion_confint
from statsmodels.stats.rates import confint_poisson

from reformtext.errors import InputError

Floats = NDArray[np.float64]
Counts = pd.Series | Mapping[Any, Any]
PER = {"tokens": 1_000, "characters": 10_000}
ARTICLE = ["doc_id", "article"]


def require_columns(frame: pd.DataFrame, columns: Iterable[str], name: str) -> None:
    """Raise InputError unless `frame` has the columns, with a value in each row but for counts."""
    if not isinstance(frame, pd.DataFrame):
        raise InputError(f"{name} is {type(frame).__name__}, no table", way_out="give a pandas DataFrame")
    missing = [column for column in columns if column not in frame.columns]
    if missing:
        raise InputError(f"{name} lacks {', '.join(missing)}", way_out=f"its columns are {list(frame.columns)}")
    for column in columns:
        if column != "count" and frame[column].isna().any():
            raise InputError(f"{name} has a row without {column}", way_out="leave the row out, or name what it is of")


def check_terms(terms: pd.DataFrame, columns: Sequence[str]) -> Floats:
    """Return the counts of a terms table, or raise InputError if it lacks a column or a value."""
    require_columns(terms, [*columns, "term", "count"], "the terms table")
    return check_counts(terms["count"], "the terms table")


def check_counts(values: ArrayLike, name: str, at_most: ArrayLike | None = None) -> Floats:
    """Return `values` as float64 (which does not overflow), or raise InputError if one is no count."""
    try:
        array = np.asarray(values, dtype=np.float64)
    except (TypeError, ValueError) as error:
        raise InputError(f"{name} holds something that is no number", way_out=str(error)) from error
    if not np.isfinite(array).all():
        raise InputError(f"{name} holds a missing or infinite value", way_out="give 0 where a term does not occur")
    if (array < 0).any():
        raise InputError(f"{name} holds a negative value")
    if at_most is not None and (array > np.asarray(at_most, dtype=np.float64)).any():
        raise InputError(f"{name} holds a count above the size that it is a part of")
    return array


def as_series(counts: Any, name: str) -> pd.Series:
    """Return counts by name as a Series; a mapping is taken too, anything else raises InputError."""
    if not isinstance(counts, pd.Series | Mapping):
        raise InputError(f"{name} is neither a Series nor a mapping of counts", way_out="index the counts by term")
    return counts if isinstance(counts, pd.Series) else pd.Series(dict(counts), dtype=None if counts else "float64")


def match_sizes(sizes: pd.Series, wanted: pd.Index[Any]) -> Floats:
    """Return the sizes of what `wanted` names, or raise InputError if one is missing or named twice."""
    if sizes.index.has_duplicates or sizes.index.nlevels != wanted.nlevels:
        raise InputError("sizes is not indexed by what it gives the sizes of", way_out="one row for each, named once")
    missing = wanted[~wanted.isin(sizes.index)]
    if len(missing):
        raise InputError(f"sizes lacks {missing[0]}", way_out="index it like the counts")
    return check_counts(sizes.reindex(wanted), "sizes")


def warn(message: str) -> None:
    """Warn the caller of the public function that called this one."""
    warnings.warn(message, RuntimeWarning, stacklevel=3)


def proportion_interval(
    count: ArrayLike, size: ArrayLike, confidence: float = 0.95, method: str = "wilson"
) -> tuple[Floats, Floats]:
    """Bound proportions by a binomial interval.

    ``wilson`` is the score interval (Wilson 1927), ``wilson_continuity`` the same with continuity correction (Newcombe
    1998, method 4; R's ``prop.test``), ``clopper_pearson`` the exact one (1934).

    Parameters
    ----------
    count, size : array-like
        Successes and trials; a size of 0 gives NaN.
    confidence : float
        Coverage.
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
    trials = np.where(size > 0, size, np.nan)
    if method == "wilson_continuity":
        z, p = stats.norm.isf((1 - confidence) / 2), count / trials
        middle, width, spread = 2 * count + z**2, 2 * (trials + z**2), 4 * trials * p * (1 - p) - 1 / trials
        low = (middle - 1 - z * np.sqrt(np.maximum(z**2 - 2 + spread + 4 * p, 0))) / width
        high = (middle + 1 + z * np.sqrt(np.maximum(z**2 + 2 + spread - 4 * p, 0))) / width
    elif method == "wilson":
        low, high = proportion_confint(count, trials, 1 - confidence, method)
    elif method == "clopper_pearson":
        low, high = proportion_confint(count, trials, 1 - confidence, "beta")
        tail, rest = (1 - confidence) / 2, size - count
        low = checked_quantile(low, special.betainc, count, rest + 1, tail)
        high = checked_quantile(high, special.betaincc, count + 1, rest, tail)
    else:
        raise InputError(f"no interval is called {method!r}", way_out="wilson, wilson_continuity or clopper_pearson")
    low, high = np.where(count == 0, 0.0, low), np.where(count == size, 1.0, high)  # each is exact at its end
    return np.where(size > 0, np.clip(low, 0, 1), np.nan), np.where(size > 0, np.clip(high, 0, 1), np.nan)


def checked_quantile(bound: Floats, law: np.ufunc, a: Floats, b: Floats, tail: float) -> Floats:
    """Return beta quantiles, solved anew where scipy's inverse misses: for a = 1000, b = 132578328 it is twice too large."""
    bound = np.array(bound, dtype=np.float64)
    inner = (a > 0) & (b > 0)
    wrong = inner & ~np.isclose(law(np.where(inner, a, 1), np.where(inner, b, 1), bound), tail, rtol=1e-5, atol=0)
    for place in zip(*np.nonzero(np.atleast_1d(wrong)), strict=True):
        at = place if bound.ndim else ()
        given = float(a[at]), float(b[at])
        logit = optimize.brentq(lambda t, given=given: law(*given, special.expit(t)) - tail, -100, 100, xtol=1e-13)
        bound[at] = special.expit(logit)
    return bound


def poisson_interval(count: ArrayLike, exposure: ArrayLike = 1.0, confidence: float = 0.95) -> tuple[Floats, Floats]:
    """Bound rates of events per unit of exposure by the exact Poisson interval (Garwood 1936).

    Parameters
    ----------
    count, exposure : array-like
        Events, and the exposure that they were counted in; an exposure of 0 gives NaN.
    confidence : float
        Coverage.

    Returns
    -------
    tuple of ndarray
        Lower and upper bounds of the rate.

    Raises
    ------
    InputError
        If a count or an exposure is negative or missing.

    Examples
    --------
    >>> low, high = poisson_interval(10)
    >>> f"{low:.4f} {high:.4f}"
    '4.7954 18.3904'
    """
    count, exposure = check_counts(count, "count"), check_counts(exposure, "exposure")
    exposure = np.where(exposure > 0, exposure, np.nan)
    low, high = confint_poisson(count, exposure, "exact-c", 1 - confidence)
    return np.where(count == 0, 0 * exposure, low), np.asarray(high)


def _rate_names(unit: str, has_sizes: bool) -> tuple[int, list[str]]:
    """Return the base of a rate and the columns rate, low and high with the unit in their names."""
    if unit not in PER:
        raise InputError(f"no rate is counted per {unit!r}", way_out=f"the unit is one of {', '.join(PER)}")
    if unit == "characters" and not has_sizes:
        raise InputError("a rate per characters needs sizes", way_out="give the characters as `sizes`")
    return PER[unit], [f"{part}_per_{PER[unit]}_{unit}" for part in ("rate", "low", "high")]


def _articles(frame: pd.DataFrame) -> list[str]:
    """Return the columns that tell articles apart."""
    return [column for column in ARTICLE if column in frame.columns]


def frequency(
    terms: pd.DataFrame,
    by: str | Sequence[str] | None = "doc_id",
    sizes: pd.Series | float | None = None,
    unit: str = "tokens",
    confidence: float = 0.95,
) -> pd.DataFrame:
    """Count terms, with rates and Wilson intervals.

    The interval (Wilson 1927, by statsmodels) takes tokens as independent draws, which words in articles are not: set
    it beside `cluster_interval`, which draws articles.

    Parameters
    ----------
    terms : DataFrame
        The terms table: doc_id, article, block, term, pos, count; only doc_id, term, count and `by` are needed.
    by : str, list of str or None
        Columns to count within; None pools the corpus.
    sizes : Series or number, optional
        Size of each group in `unit`, indexed like the groups (one number where `by` is None). Without it a group's
        size is the sum of its counts, which is right only for a table that holds every token.
    unit : {"tokens", "characters"}
        What `sizes` counts: rates are per 1,000 tokens or per 10,000 characters.
    confidence : float
        Coverage of the interval.

    Returns
    -------
    DataFrame
        Indexed by (`by`, term), most frequent first within a group: count, documents (articles that have the term),
        and rate, low and high with the unit in their names (``rate_per_1000_tokens`` …).

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
    check_terms(terms, ["doc_id", *groups])
    if "term" in groups:
        raise InputError("terms cannot be counted within terms", way_out="give `by` other columns")
    base, names = _rate_names(unit, sizes is not None)
    keys = [*groups, "term"]
    cells = terms[terms["count"] > 0].groupby(list(dict.fromkeys([*keys, *_articles(terms)])), observed=True)
    table = cells["count"].sum().reset_index().groupby(keys, observed=True)["count"].agg(["sum", "size"])
    table.columns = pd.Index(["count", "documents"])
    if table.empty:
        warn("the terms table counts nothing: the frequency table is empty")
    if sizes is None and groups:
        sizes = table.groupby(level=groups, observed=True)["count"].sum()
    if groups:
        if not isinstance(sizes, pd.Series):
            raise InputError("one size is given for several groups", way_out=f"index sizes by {', '.join(groups)}")
        within = table.reset_index()[groups]
        size = match_sizes(sizes, pd.MultiIndex.from_frame(within) if len(groups) > 1 else pd.Index(within[groups[0]]))
    else:
        size = np.full(len(table), float(table["count"].sum() if sizes is None else np.sum(sizes)))
    low, high = proportion_interval(table["count"], size, confidence)
    table[names] = np.stack([table["count"] / size, low, high], axis=1) * base
    order = table.reset_index().sort_values([*groups, "count", "term"], ascending=[*[True] * len(groups), False, True])
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

    The rate is the ratio of summed counts to summed sizes; articles are drawn with replacement. The percentiles are
    widened for few articles, from α/2 to Φ(√(n/(n−1))·t(α/2; n−1)) (Hesterberg 2015, "expanded percentile"). Below about
    ten articles even this is rough; a term of one article only is bounded by 0 from below whatever its count.

    Parameters
    ----------
    terms : DataFrame
        The terms table: doc_id, article (if a document holds several), term, count.
    sizes : Series, optional
        Size of every article in `unit`, indexed by doc_id, or by (doc_id, article) where the table has article; articles
        without any of the terms count. By default the sum of an article's counts.
    unit : {"tokens", "characters"}
        What `sizes` counts.
    confidence : float
        Coverage aimed at.
    draws, seed : int
        Bootstrap samples, and the seed that makes them the same each time.

    Returns
    -------
    DataFrame
        Indexed by term: articles (of the corpus), and rate, low and high with the unit in their names. With fewer than
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
    counts = check_terms(terms, ["doc_id"])
    base, names = _rate_names(unit, sizes is not None)
    keys = _articles(terms)
    held = pd.MultiIndex.from_frame(terms[keys]) if len(keys) > 1 else pd.Index(terms["doc_id"])
    parts = held.unique().sort_values() if sizes is None else sizes.index
    if sizes is not None:
        match_sizes(sizes, held.unique())
    row, (column, words) = parts.get_indexer(held), pd.factorize(terms["term"], sort=True)
    matrix = sparse.csc_array((counts, (row, column)), shape=(len(parts), len(words)))
    total = np.asarray(matrix.sum(axis=1)).ravel()
    size = total if sizes is None else check_counts(sizes, "sizes")
    n = len(size)
    table = pd.DataFrame({"articles": n, **dict.fromkeys(names, np.nan)}, index=pd.Index(words, name="term"))
    if n == 0 or size.sum() == 0:
        warn("there is no article to draw from: the table is empty or NaN")
        return table
    table[names[0]] = np.asarray(matrix.sum(axis=0)).ravel() / size.sum() * base
    if n == 1:
        warn("one article cannot show how rates vary between articles: the bounds are NaN")
        return table
    tail = stats.norm.cdf(np.sqrt(n / (n - 1)) * stats.t.ppf((1 - confidence) / 2, n - 1))
    weights = np.random.default_rng(seed).multinomial(n, np.full(n, 1 / n), size=draws).astype(np.float64)
    weights = weights[weights @ size > 0]
    for start in range(0, len(words), 500):  # bounds the memory: draws × 500 rates at a time
        rates = (weights @ matrix[:, start : start + 500].toarray()) / (weights @ size)[:, None]
        table.iloc[start : start + 500, 2:] = np.quantile(rates, [tail, 1 - tail], axis=0).T * base
    return table


def tied_ranks(low: pd.Series, high: pd.Series) -> pd.DataFrame:
    """Rank estimates only as far as their intervals allow.

    A term ranks below another only where its whole interval lies below the other's; else the two are tied, and the
    ranks that either may hold overlap (Goldstein & Spiegelhalter 1996).

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
        If the indexes differ, or a bound is missing or above its upper one.

    Examples
    --------
    >>> tied_ranks(pd.Series([5, 3, 1]), pd.Series([6, 5.5, 2])).to_numpy().tolist()
    [[1, 2], [1, 2], [3, 3]]
    """
    if not low.index.equals(high.index) or not (low <= high).all():
        raise InputError("low and high are not the bounds of the same intervals")
    above = len(low) - np.searchsorted(np.sort(low), high, side="right")
    below = np.searchsorted(np.sort(high), low, side="left")
    return pd.DataFrame({"rank_best": above + 1, "rank_worst": len(low) - below}, index=low.index)


def count_terms(parts: Iterable[Sequence[str]]) -> tuple[sparse.csr_array, pd.Index[Any]]:
    """Count the terms of tokenised texts.

    Parameters
    ----------
    parts : iterable of sequences of str
        The tokens of each part (paragraph, article).

    Returns
    -------
    tuple of scipy sparse array and Index
        Counts, parts × terms, and the terms in code-point order: what `dispersion` takes.

    Examples
    --------
    >>> counts, terms = count_terms([["改革", "发展", "改革"], ["发展"]])
    >>> pd.DataFrame(counts.toarray(), columns=terms).to_dict("list")
    {'发展': [1, 1], '改革': [2, 0]}
    """
    parts = list(parts)
    vocabulary: defaultdict[str, int] = defaultdict()
    vocabulary.default_factory = vocabulary.__len__
    codes = np.fromiter(map(vocabulary.__getitem__, chain.from_iterable(parts)), dtype=np.int32)
    if not len(codes):
        warn("no part has a token: the table has no term")
    terms, seen = np.unique(np.array(list(vocabulary), dtype=object), return_index=True)
    column = np.empty(len(terms), dtype=np.int32)
    column[seen] = np.arange(len(terms))
    starts = np.concatenate([[0], np.cumsum([len(part) for part in parts], dtype=np.int64)])
    shape = (len(parts), len(terms))
    counts = sparse.csr_array((np.ones(len(codes), np.int64), column[codes], starts), shape=shape)
    counts.sum_duplicates()
    return counts, pd.Index(terms, name="term")


def leave_out(table: pd.DataFrame, passages: pd.DataFrame, blocks: pd.DataFrame, share: float = 0.5) -> pd.DataFrame:
    """Leave out the blocks that are mostly copied, or mostly anything else that has offsets.

    Parameters
    ----------
    table : DataFrame
        Any table with doc_id and block, such as the terms table.
    passages : DataFrame
        doc_id, start, end: stretches of the sources, such as those that another text shares; they may overlap.
    blocks : DataFrame
        The blocks table: doc_id, block, start, end.
    share : float
        The part of a block's length from which on it is left out.

    Returns
    -------
    DataFrame
        The rows of the other blocks, in their order; sizes must be counted anew from them.

    Raises
    ------
    InputError
        If a column is missing, or the share is not above 0 and at most 1.

    Examples
    --------
    >>> blocks = pd.DataFrame({"doc_id": "a", "block": [0, 1], "start": [0, 10], "end": [10, 20]})
    >>> copied = pd.DataFrame({"doc_id": ["a"], "start": [8], "end": [20]})
    >>> leave_out(pd.DataFrame({"doc_id": "a", "block": [0, 1], "term": "改革"}), copied, blocks)["block"].tolist()
    [0]
    """
    spans = ["doc_id", "start", "end"]
    require_columns(passages, spans, "the table of passages")
    require_columns(blocks, [*spans, "block"], "the blocks table")
    require_columns(table, ["doc_id", "block"], "the table")
    if not 0 < share <= 1:
        raise InputError("the share is not above 0 and at most 1")
    union = passages[spans].astype({"start": "float64", "end": "float64"}).sort_values(["doc_id", "start"])
    reached = union.groupby("doc_id")["end"].cummax().groupby(union["doc_id"]).shift()
    union["start"] = union["start"].where(~(reached > union["start"]), reached)  # what overlaps counts once
    cells = blocks.merge(union, on="doc_id", suffixes=("", "_other"))
    shared = cells[["end", "end_other"]].min(axis=1) - cells[["start", "start_other"]].max(axis=1)
    covered = shared.clip(lower=0).groupby([cells["doc_id"], cells["block"]]).sum()
    length = (blocks["end"] - blocks["start"]).groupby([blocks["doc_id"], blocks["block"]]).sum()
    gone = covered.index[covered >= share * length.reindex(covered.index)]
    return table[~pd.MultiIndex.from_frame(table[["doc_id", "block"]]).isin(gone)]


def three_counts(terms: pd.DataFrame, queries: Sequence[str], strings: pd.DataFrame) -> pd.DataFrame:
    """Count queries three ways: as strings, as tokens, and inside longer tokens.

    What neither a token nor a part of a longer token explains lies across a token boundary and is shown as well:
    string_count = token_count + inside_count + across_count. Occurrences do not overlap (``str.count``).

    Parameters
    ----------
    terms : DataFrame
        The terms table with every token in it: doc_id, article, term, count.
    queries : sequence of str
        Strings to count.
    strings : DataFrame
        doc_id, article, query, string_count: one row for each article and query, or with block for each block too;
        with characters (of the article), a rate is added. To count without some blocks, as those that are copied, take
        them out of `terms` and `strings` first (`leave_out`).

    Returns
    -------
    DataFrame
        One row for each article and query: doc_id, article, query, string_count, token_count, inside_count,
        across_count, compounds (the longer tokens and how often the query stands in them, most frequent first) and,
        where `strings` has characters, string_per_10000_characters.

    Raises
    ------
    InputError
        If a column is missing, a row stands twice, or more occurrences stand in the tokens than in the text.

    Examples
    --------
    >>> table = pd.DataFrame({"doc_id": "a", "article": 0, "term": ["改革", "国企改革"], "count": [2, 3]})
    >>> strings = pd.DataFrame({"doc_id": ["a"], "article": 0, "query": "改革", "string_count": 6})
    >>> three_counts(table, ["改革"], strings).iloc[:, 3:].to_numpy().tolist()
    [[6, 2, 3, 1, '国企改革 3']]
    """
    check_terms(terms, ARTICLE)
    require_columns(strings, [*ARTICLE, "query", "string_count"], "the table of string counts")
    check_counts(strings["string_count"], "the table of string counts")
    keys = [*ARTICLE, "query"]
    if strings.duplicated([*keys, *(["block"] if "block" in strings else [])]).any():
        raise InputError("the table of string counts has a row twice", way_out="one row for each article and query")
    if "block" in strings:
        strings = strings.groupby(keys, as_index=False).agg(
            {
                name: "first" if name == "characters" else "sum"
                for name in strings
                if name in ("string_count", "characters")
            }
        )
    if "" in queries:
        raise InputError("an empty query stands everywhere and nowhere")
    distinct = terms["term"].unique().tolist()  # going through pandas' own array costs ten times as much
    hits = [(query, term, term.count(query)) for query in dict.fromkeys(queries) for term in distinct if query in term]
    found = pd.DataFrame(hits, columns=["query", "term", "times"]).merge(terms[[*ARTICLE, "term", "count"]], on="term")
    found["count"] *= found["times"].astype("int64")
    cells = found.groupby([*keys, "term"])["count"].sum().reset_index()
    cells = cells.sort_values("count", ascending=False, kind="stable")
    whole, inside = cells[cells["term"] == cells["query"]], cells[cells["term"] != cells["query"]]
    texts = inside.assign(text=inside["term"] + " " + inside["count"].astype(str))
    counts = texts.groupby(keys).agg(inside_count=("count", "sum"), compounds=("text", "; ".join))
    counts = counts.join(whole.set_index(keys)["count"].rename("token_count"), how="outer")
    table = strings[strings["query"].isin(queries)].merge(counts.reset_index(), on=keys, how="outer", sort=True)
    columns = ["string_count", "token_count", "inside_count"]
    table[columns] = table[columns].fillna(0).astype("int64")
    table["compounds"] = table["compounds"].fillna("")
    table["across_count"] = table["string_count"] - table["token_count"] - table["inside_count"]
    short = table.loc[table["across_count"] < 0, "query"]
    if len(short):
        problem = f"{short.iloc[0]} stands more often in an article's tokens than in its text"
        raise InputError(problem, way_out="count strings and tokens in the same paragraphs")
    if table.empty:
        warn("no query is counted in any article: the table is empty")
    columns = [*keys, *columns, "across_count", "compounds"]
    if "characters" in table.columns:
        columns.append("string_per_10000_characters")
        table[columns[-1]] = table["string_count"] / table["characters"] * PER["characters"]
    return table[columns]
