"""Association: which terms stand together more often than chance would have them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from itertools import combinations, pairwise
from typing import Any

import numpy as np
import pandas as pd

from reformtext.errors import InputError
from reformtext.terms.dispersion import dispersion
from reformtext.terms.frequency import Counts, as_series, check_counts, count_terms, require_columns, warn
from reformtext.terms.keyness import log_likelihood


def collocations(pairs: pd.DataFrame | Counts, margins: Counts, size: float) -> pd.DataFrame:
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
    pairs : DataFrame, Series or mapping
        term_a, term_b, count, or counts indexed by (term_a, term_b); rows of one pair, as from several articles, are added up. Rows of a term with itself, which
        hold its margin in the pairs table, are pairs like any other here: take them out first.
    margins : Series or mapping
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
    if not isinstance(pairs, pd.DataFrame):
        pairs = as_series(pairs, "pairs").rename("count").rename_axis(["term_a", "term_b"]).reset_index()
    margins = as_series(margins, "margins")
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
    if n == 0 and len(table):
        warn("the size is 0: the measures are NaN")
    with np.errstate(divide="ignore", invalid="ignore"):
        expected, excess = fa * fb / n, (o * n - fa * fb) / n
        pmi = np.log2(o) - np.log2(expected)
        chi2 = (excess * n) ** 2 * n / (fa * fb * (n - fa) * (n - fb))
        halves = [cell + 0.5 for cell in cells]
        log_odds = np.log(halves[0]) - np.log(halves[1]) - np.log(halves[2]) + np.log(halves[3])
        columns = {
            "expected": expected,
            "pmi": pmi,
            "npmi": np.select(
                [(o == 0) & (n > 0), (o == n) & (n > 0)], [-1.0, 1.0], np.clip(pmi / (np.log2(n) - np.log2(o)), -1, 1)
            ),
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
    table = table.assign(**columns)
    if n == 0:
        table.iloc[:, 1:] = np.nan
    return table


def count_pairs(sentences: Sequence[Sequence[str]], window: int | None = None) -> tuple[pd.DataFrame, pd.Series, float]:
    """Count which terms stand together, in a window or in a sentence, with the margins that `collocations` takes.

    Within a window, every two different terms at most `window` places apart in one sentence are a pair, a term's margin is the
    number of pairs that it stands in, the size that of all pairs. Without one, sentences are counted: those that hold
    both terms, those that hold the one, and all.

    Parameters
    ----------
    sentences : sequence of sequences of str
        Tokens in reading order.
    window : int, optional
        Places to either side; None for the whole sentence.

    Returns
    -------
    tuple of DataFrame, Series, float
        Pairs (term_a, term_b, count; term_a the smaller in code-point order, sorted), margins, size.

    Raises
    ------
    InputError
        If the window is below 1.

    Examples
    --------
    >>> pairs, margins, size = count_pairs([["深化", "改革", "深化"], ["改革"]])
    >>> pairs.to_numpy().tolist(), margins.to_dict(), size
    ([['改革', '深化', 1]], {'改革': 2, '深化': 1}, 2.0)
    """
    if window is not None and window < 1:
        raise InputError("a window reaches one place at least", way_out="leave it out for whole sentences")
    found: Counter[tuple[str, str]] = Counter()
    margins: Counter[str] = Counter()
    for sentence in sentences:
        if window is None:
            kinds = sorted(set(sentence))
            margins.update(kinds)
            found.update(combinations(kinds, 2))
        else:
            near = [
                (a, b) for k in range(1, window + 1) for a, b in zip(sentence, sentence[k:], strict=False) if a != b
            ]
            found.update((min(pair), max(pair)) for pair in near)
            margins.update(term for pair in near for term in pair)
    if not found:
        warn("no two terms stand together: there is no pair")
    rows = [(a, b, count) for (a, b), count in sorted(found.items())]
    size = len(sentences) if window is None else found.total()
    terms = pd.Series(dict(sorted(margins.items())), dtype="int64", name="count")
    return pd.DataFrame(rows, columns=["term_a", "term_b", "count"]), terms, float(size)


def count_ngrams(parts: Iterable[Sequence[Sequence[str]]], n: int) -> pd.DataFrame:
    """Count runs of n neighbouring terms within sentences.

    Parameters
    ----------
    parts : iterable of sequences of sequences of str
        The sentences of each part (article), as tokens in reading order.
    n : int
        Terms in a run.

    Returns
    -------
    DataFrame
        Parts × n-grams, each named by its terms with spaces between: what `bundles` takes, its sum over the parts of
        pairs (n = 2) as `bigrams`.

    Raises
    ------
    InputError
        If n is below 2.

    Examples
    --------
    >>> count_ngrams([[["放", "管", "服"]], [["放", "管"]]], 2).to_dict("list")
    {'放 管': [1, 1], '管 服': [1, 0]}
    """
    if n < 2:
        raise InputError("a run has two terms at least")
    runs = [[" ".join(s[i : i + n]) for s in part for i in range(len(s) - n + 1)] for part in parts]
    counts, names = count_terms(runs)
    return pd.DataFrame(counts.toarray(), columns=names.rename("ngram"))


def bundles(
    counts: pd.DataFrame,
    sizes: Any,
    bigrams: pd.DataFrame | pd.Series,
    least_per_million: float = 20,
    least_range: int = 5,
    most_dp: float = 0.65,
    least_gravity: float = 0,
) -> pd.DataFrame:
    """Tell lexical bundles from other n-grams by frequency, range, dispersion and association.

    The thresholds are those of Hsu & Hsieh (2018) for Chinese. Association is lexical gravity, ln(O·n(a)/f(a)) +
    ln(O·n′(b)/f(b)) for a pair a b that follows O times, f(a) pairs beginning with a and f(b) ending in b, with n(a) and
    n′(b) different partners (Daudaravičius & Marcinkevičienė 2004), its mean over an n-gram's pairs (Gries & Mukherjee
    2010). A corpus far below a million tokens passes rare n-grams by rate: read the count too.

    Parameters
    ----------
    counts : DataFrame
        Parts × n-grams, each named by its terms with spaces between.
    sizes : Series or array-like
        Tokens of each part.
    bigrams : DataFrame or Series
        term_a, term_b, count, or counts indexed by the two terms with a space between: every pair of neighbouring terms of the corpus.
    least_per_million, least_range, most_dp, least_gravity : float
        Thresholds; a bundle meets them all.

    Returns
    -------
    DataFrame
        Indexed by n-gram, most frequent first: count, range, dp, rate_per_million, gravity, bundle (whether it is one).

    Raises
    ------
    InputError
        If a count is no count, or a pair of an n-gram is missing from `bigrams`.

    Examples
    --------
    >>> pairs = pd.DataFrame({"term_a": ["放", "管"], "term_b": ["管", "服"], "count": [9, 9]})
    >>> bundles(pd.DataFrame({"放 管 服": [4, 5]}), [100, 100], pairs, least_range=2)["bundle"].tolist()
    [True]
    """
    if isinstance(bigrams, pd.Series):
        ends = pd.DataFrame([str(name).split() for name in bigrams.index], columns=["term_a", "term_b"])
        bigrams = ends.assign(count=bigrams.to_numpy())
    require_columns(bigrams, ["term_a", "term_b", "count"], "the table of bigrams")
    check_counts(bigrams["count"], "the table of bigrams")
    pairs = bigrams.groupby(["term_a", "term_b"], observed=True, as_index=False)["count"].sum().query("count > 0")
    gravity = 2 * np.log(pairs["count"])
    for side in ("term_a", "term_b"):
        group = pairs.groupby(side, observed=True)["count"]
        gravity += np.log(group.transform("size") / group.transform("sum"))
    known = dict(zip(zip(pairs["term_a"], pairs["term_b"], strict=True), gravity, strict=True))
    table = dispersion(counts, sizes)[["count", "range", "dp"]]
    ngrams = [list(pairwise(str(name).split())) for name in table.index]
    missing = [pair for ngram in ngrams for pair in ngram if pair not in known]
    if missing or not all(ngrams):
        problem = f"the table of bigrams lacks {missing[0]}" if missing else "an n-gram has two terms at least"
        raise InputError(problem, way_out="name n-grams by their terms with spaces between, and count every pair")
    table["rate_per_million"] = table["count"] / float(np.sum(sizes)) * 1e6
    table["gravity"] = [float(np.mean([known[pair] for pair in ngram])) for ngram in ngrams]
    enough = (table["rate_per_million"] >= least_per_million) & (table["range"] >= least_range)
    table["bundle"] = enough & (table["dp"] <= most_dp) & (table["gravity"] >= least_gravity)
    return table.sort_values("count", ascending=False, kind="stable")
