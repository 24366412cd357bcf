"""Dispersion: how evenly terms are spread over the parts of a corpus."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import ArrayLike
from scipy import sparse, special

from reformtext.errors import InputError
from reformtext.terms.frequency import Floats, check_counts, require_columns, warn


def _table(counts: Any, sizes: Any, terms: Any) -> tuple[sparse.csr_array, Floats, pd.Index[Any]]:
    """Return counts as a sparse terms × parts array, the parts' sizes in its order, and the terms."""
    if isinstance(counts, pd.DataFrame):
        if counts.columns.has_duplicates or counts.index.has_duplicates:
            raise InputError("a part or a term stands twice in the counts", way_out="sum its counts first")
        if isinstance(sizes, pd.Series):
            if len(sizes) != len(counts) or not counts.index.isin(sizes.index).all():
                raise InputError("the sizes are not those of the parts", way_out="index both by part")
            sizes = sizes.reindex(counts.index)
        terms = counts.columns
        if len(counts) and all(isinstance(kind, pd.SparseDtype) for kind in counts.dtypes):
            matrix = sparse.csr_array(counts.sparse.to_coo().T)
        else:
            values = counts.to_numpy()
            if values.dtype == object:
                values = check_counts(values, "counts")
            matrix = sparse.csr_array(values.T)
    elif sparse.issparse(counts):
        matrix = sparse.csr_array(counts.T)
        terms = pd.RangeIndex(matrix.shape[0]) if terms is None else pd.Index(terms)
        if len(terms) != matrix.shape[0] or terms.has_duplicates:
            raise InputError("terms does not name each column of the counts once")
    else:
        raise InputError("counts is neither a DataFrame nor a scipy sparse array")
    size = check_counts(sizes, "sizes").ravel()
    if len(size) != matrix.shape[1]:
        raise InputError(f"{len(size)} sizes for {matrix.shape[1]} parts")
    matrix.eliminate_zeros()
    check_counts(matrix.data, "counts", at_most=size[matrix.indices])
    keep = size > 0  # an empty part cannot hold a term and has no rate
    if not keep.all():
        matrix, size = sparse.csr_array(matrix[:, keep]), size[keep]
    return matrix, size, terms.rename("term")


def dispersion(counts: Any, sizes: Any, terms: Any = None) -> pd.DataFrame:
    """Measure how evenly terms are spread over parts of any lengths.

    With n parts, v_i the term's count in part i, f = Σv, s_i the part's share of the corpus, t_i = v_i/f, and
    p_i = v_i/size_i (formulas as in Gries 2008, 2020):

    - dp = ½Σ|t_i − s_i| (Gries 2008), 0 for even; dp_norm = dp/(1 − min s) (Lijffijt & Gries 2012); dp_norm_egbert
      divides by 1 − min{s_i : v_i > 0} (Egbert, Burch & Biber 2020).
    - juilland_d = 1 − (sd(p)/mean(p))/√(n−1), the *population* SD (Juilland et al. 1970), on rates for unequal parts.
    - rosengren_s = (Σ√(s_i v_i))²/f (Rosengren 1971).
    - kld = Σ t_i log2(t_i/s_i), in *bits* (Gries 2020), 0 for even; kld_norm_exp = 1 − e^−kld (Gries 2021);
      kld_norm_odds = kld/(1 + kld) (Gries 2024).
    - da = 1 − mean|p_i − p_j|/(2 mean p) over the pairs of parts (Burch, Egbert & Biber 2017), by sorting.
    - carroll_d2 = entropy of p/Σp over log n (Carroll 1970); lyne_d3 = 1 − χ²/(4f) (Lyne 1985).
    - Adjusted frequencies: juilland_u = f·D; carroll_um = f·D2 + (1 − D2)f/n; rosengren_kf = f·S;
      kromer_ur = Σ(ψ(v_i + 1) + γ) (Kromer 2003).

    Parameters
    ----------
    counts : DataFrame or scipy sparse array
        Parts × terms.
    sizes : Series or array-like
        Length of each part in tokens, all terms counted; a Series is matched by index. Parts of length 0 are left out.
    terms : sequence, optional
        Names of the columns of a sparse array.

    Returns
    -------
    DataFrame
        Indexed by term, in the order of the columns: count, range (parts that have the term), dp, dp_norm, juilland_d,
        rosengren_s, kld, da, then the further measures. A term that does not occur has NaN throughout; with one part
        dp and kld are 0 and what compares parts is NaN.

    Raises
    ------
    InputError
        If a count is missing, negative or above its part's size, or sizes and parts do not match.

    Examples
    --------
    >>> table = dispersion(pd.DataFrame({"a": [1, 2, 3, 4, 5]}), [9, 10, 10, 10, 11])
    >>> table[["dp", "dp_norm", "da"]].round(5).loc["a"].tolist()
    [0.18, 0.21951, 0.69745]
    """
    matrix, size, names = _table(counts, sizes, terms)
    width, n = matrix.shape
    if n == 0 or width == 0:
        warn("the counts have no part of any length or no term: nothing to measure")
    elif n == 1:
        warn("one part shows no spread: measures that compare parts are NaN")
    elif matrix.nnz == 0:
        warn("no term occurs in any part: the measures are NaN")
    v, part, starts = matrix.data.astype(np.float64), matrix.indices, matrix.indptr.astype(np.int64)
    found = np.diff(starts)
    term = np.repeat(np.arange(width), found)

    def total(values: Floats) -> Floats:
        """Sum over each term's parts."""
        return np.bincount(term, weights=values, minlength=width)

    f = total(v)
    share = size / size.sum() if n else size
    with np.errstate(divide="ignore", invalid="ignore"):
        f_or_nan = np.where(f > 0, f, np.nan)
        s, t = share[part], v / f[term]
        # the parts without the term add their share: Σ|t − s| = 1 + Σ over the parts with it of |t − s| − s
        dp = np.clip((1 + total(np.abs(t - s) - s)) / 2, 0, 1) + 0 * f_or_nan
        p = v / size[part]
        mean = total(p) / n if n else f_or_nan
        spread = np.sqrt((total((p - mean[term]) ** 2) + (n - found) * mean**2) / n) / mean if n else f_or_nan
        d = 1 - spread / np.sqrt(n - 1) if n > 1 else np.full(width, np.nan)
        root = total(np.sqrt(s * v)) ** 2
        kld = np.maximum(total(t * np.log2(t / s)), 0) + 0 * f_or_nan
        table = pd.DataFrame({"count": f, "range": found, "dp": dp}, index=names)
        table["dp_norm"] = dp / (1 - share.min()) if n > 1 else np.nan
        table["juilland_d"] = d
        table["rosengren_s"] = np.minimum(root / f_or_nan, 1)
        table["kld"] = kld
        table["da"] = 1 - _pair_differences(p, starts, n) / (n * (n - 1) / 2) / (2 * mean) if n > 1 else np.nan
        total_p = total(p)
        entropy = np.log2(total_p) - total(special.xlogy(p, p)) / np.log(2) / total_p
        d2 = entropy / np.log2(n) if n > 1 else np.full(width, np.nan)
        table["carroll_d2"] = np.clip(d2, 0, 1)
        least = np.full(width, np.nan)
        if matrix.nnz:
            least[found > 0] = np.minimum.reduceat(s, starts[:-1][found > 0])
        table["dp_norm_egbert"] = dp / (1 - least) if n > 1 else np.nan
        table["kld_norm_exp"], table["kld_norm_odds"] = 1 - np.exp(-kld), kld / (1 + kld)
        table["lyne_d3"] = 1 - (total(v**2 / s) - f**2) / f_or_nan / (4 * f_or_nan)
        table["juilland_u"], table["carroll_um"] = f * d, f * d2 + (1 - d2) * f / n if n > 1 else np.nan
        table["rosengren_kf"] = root + 0 * f_or_nan
        table["kromer_ur"] = total(special.digamma(v + 1) + np.euler_gamma) + 0 * f_or_nan
    return table


def _pair_differences(p: Floats, starts: np.ndarray[Any, np.dtype[np.int64]], n: int) -> Floats:
    """Return Σ|p_i − p_j| over the pairs of all n parts, term by term.

    In ascending order the k-th of n values enters with weight 2k − n − 1, and the parts without the term, all 0, come first.
    """
    ordered = p.copy()
    found = np.diff(starts)
    for j in np.flatnonzero(found > 1):  # sorting short slices in place beats one sort by (term, value)
        ordered[starts[j] : starts[j + 1]].sort()
    place = np.arange(len(p)) - np.repeat(starts[:-1], found)
    weight = 2 * (np.repeat(n - found, found) + place + 1) - n - 1
    return np.bincount(np.repeat(np.arange(len(found)), found), weights=weight * ordered, minlength=len(found))


def distance_dispersion(positions: pd.DataFrame, size: float) -> pd.DataFrame:
    """Measure dispersion by the distances between a term's occurrences.

    With L tokens, f occurrences and d the f distances from each to the next, the corpus taken as a circle (Savický &
    Hlaváčová 2002): arf = Σ min(d, L/f)/(L/f); ald = Σ d log10(d)/L; awt = ½(1 + Σd²/L). The
    frequencies that a perfectly even term of the same value would have: fald = L·10^−ald, fawt = L²/Σd².

    Parameters
    ----------
    positions : DataFrame
        term, position: one row an occurrence, positions counted from 1 to `size` (or 0 to `size` − 1).
    size : float
        Tokens of the corpus.

    Returns
    -------
    DataFrame
        Indexed by term: count, arf, ald, awt, fald, fawt.

    Raises
    ------
    InputError
        If a position lies outside the corpus or is taken twice by one term.

    Examples
    --------
    >>> distance_dispersion(pd.DataFrame({"term": "a", "position": [1, 3, 5, 7]}), 8)["arf"].tolist()
    [4.0]
    """
    require_columns(positions, ["term", "position"], "the table of positions")
    place = check_counts(positions["position"], "positions", at_most=size)
    frame = pd.DataFrame({"term": positions["term"].to_numpy(), "place": place}).sort_values(["term", "place"])
    if frame.duplicated().any() or np.ptp(place, axis=0, where=True) if len(place) and np.ptp(place) >= size else frame.duplicated().any():
        raise InputError("a term stands twice at one position")
    if frame.empty:
        warn("no position is given: the table is empty")
    group = frame.groupby("term", sort=True)["place"]
    gap = group.diff().fillna(frame["place"] - group.transform("max") + size)
    count = gap.groupby(frame["term"]).transform("size")
    cells = pd.DataFrame(
        {
            "term": frame["term"],
            "arf": np.minimum(gap, size / count) * count / size,
            "ald": gap * np.log10(gap) / size,
            "square": gap**2,
        }
    )
    table = cells.groupby("term").agg(count=("arf", "size"), arf=("arf", "sum"), ald=("ald", "sum"), square=("square", "sum"))
    table["awt"] = (1 + table["square"] / size) / 2
    table["fald"] = size * 10.0 ** -table["ald"]
    table["fawt"] = size**2 / table["square"]
    return table.drop(columns="square")
