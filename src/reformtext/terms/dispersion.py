"""Dispersion: how evenly terms are spread over the parts of a corpus."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np
import pandas as pd
from scipy import sparse, special

from reformtext.errors import InputError
from reformtext.terms.frequency import Floats, check_counts, match_sizes, require_columns, warn


def _table(counts: Any, sizes: Any, terms: Any) -> tuple[sparse.csr_array, Floats, pd.Index[Any]]:
    """Return counts as a sparse terms × parts array, the parts' sizes in its order, and the terms."""
    if isinstance(sizes, Mapping):
        sizes = pd.Series(sizes)
    if isinstance(counts, pd.Series | np.ndarray | Mapping):
        counts = pd.DataFrame(counts)
    if isinstance(counts, pd.DataFrame):
        if counts.columns.has_duplicates or counts.index.has_duplicates:
            raise InputError("a part or a term stands twice in the counts", way_out="sum its counts first")
        if isinstance(sizes, pd.Series):
            if len(sizes) != len(counts):
                turned = sizes.index.equals(counts.columns)
                way_out = "give parts as rows and terms as columns: counts.T" if turned else "one size for each part"
                raise InputError(f"{len(sizes)} sizes are given for {len(counts)} parts", way_out=way_out)
            sizes = match_sizes(sizes, counts.index)
        terms = counts.columns
        if len(terms) and all(isinstance(kind, pd.SparseDtype) for kind in counts.dtypes):
            accessor: Any = counts.sparse
            matrix = sparse.csr_array(accessor.to_coo().T)
        else:
            values = counts.to_numpy()
            matrix = _sparse((values if values.dtype.kind in "iuf" else check_counts(values, "counts")).T)
    elif sparse.issparse(counts):
        matrix = sparse.csr_array(counts.T, copy=True)
        matrix.sum_duplicates()
        terms = pd.RangeIndex(matrix.shape[0]) if terms is None else pd.Index(terms)
        if len(terms) != matrix.shape[0] or terms.has_duplicates:
            raise InputError("terms does not name each column of the counts once")
    else:
        raise InputError("counts is neither a table nor a scipy sparse array")
    size = check_counts(sizes, "sizes").ravel()
    if len(size) != matrix.shape[1]:
        raise InputError(f"{len(size)} sizes are given for {matrix.shape[1]} parts")
    matrix.eliminate_zeros()
    check_counts(matrix.data, "counts", at_most=size[matrix.indices])
    keep = size > 0  # an empty part holds no term and has no rate
    if not keep.all():
        matrix, size = sparse.csr_array(matrix[:, keep]), size[keep]
    return matrix, size, terms.rename("term")


def _sparse(dense: Any) -> sparse.csr_array:
    """Return a dense array as a sparse one, in one pass over its cells: twice as fast as scipy's way by coordinates."""
    rows, columns = dense.shape
    flat = dense.ravel()
    cells = np.flatnonzero(flat != 0)
    starts = np.searchsorted(cells, np.arange(rows + 1) * columns)
    return sparse.csr_array((flat[cells], (cells % max(columns, 1)).astype(np.int32), starts), shape=dense.shape)


def dispersion(counts: Any, sizes: Any, terms: Any = None) -> pd.DataFrame:
    """Measure how evenly terms are spread over parts of any lengths.

    With n parts, v the term's count in a part, f = Σv, s the part's share of the corpus, t = v/f and p = v/size (formulas
    as in Gries 2008, 2020):

    - dp = ½Σ|t − s| (Gries 2008), 0 for even; dp_norm = dp/(1 − min s) (Lijffijt & Gries 2012); dp_norm_egbert divides
      by 1 − min{s : v > 0} (Egbert, Burch & Biber 2020).
    - juilland_d = 1 − (sd(p)/mean(p))/√(n−1), with the *population* SD, on rates because parts are unequal (Juilland et
      al. 1970); rosengren_s = (Σ√(s·v))²/f (Rosengren 1971).
    - kld = Σt·log2(t/s), in *bits* (Gries 2020), 0 for even; kld_norm_exp = 1 − e^−kld (Gries 2021); kld_norm_odds =
      kld/(1 + kld) (Gries 2024).
    - da = 1 − mean|p_i − p_j|/(2 mean p) over the pairs of parts (Burch, Egbert & Biber 2017), by sorting.
    - carroll_d2 = entropy of p/Σp over log n (Carroll 1970); lyne_d3 = 1 − χ²/(4f) (Lyne 1985).
    - Adjusted frequencies: juilland_u = f·D; carroll_um = f·D2 + (1 − D2)f/n; rosengren_kf = f·S;
      kromer_ur = Σ(ψ(v + 1) + γ) (Kromer 2003).

    Parameters
    ----------
    counts : DataFrame or scipy sparse array
        Parts × terms; a Series, a mapping or an array is read as `pandas.DataFrame` reads it.
    sizes : Series, mapping or array-like
        Length of each part in tokens, with all its terms; a Series is matched by index to a DataFrame's parts. Parts of
        length 0 are left out.
    terms : sequence, optional
        Names of the columns of a sparse array.

    Returns
    -------
    DataFrame
        Indexed by term, in the order of the columns: count, range (parts that have the term), dp, dp_norm, juilland_d,
        rosengren_s, kld, da, then the further measures. A term that does not occur has NaN; with one part dp and kld
        are 0, S is 1, and what compares parts is NaN.

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
        warn("the counts have no term, or no part of any length: nothing to measure")
    elif matrix.nnz == 0:
        warn("no term occurs in any part: the measures are NaN")
    elif n == 1:
        warn("one part shows no spread: the measures that compare parts are NaN")
    v, part, starts = matrix.data.astype(np.float64), matrix.indices, matrix.indptr.astype(np.int64)
    found = np.diff(starts)
    term = np.repeat(np.arange(width), found)

    def total(values: Floats, ufunc: np.ufunc = np.add) -> Floats:
        """Sum (or reduce otherwise) over each term's parts; NaN for a term that has none."""
        result = np.full(width, np.nan)
        if len(values):
            result[found > 0] = ufunc.reduceat(values, starts[:-1][found > 0])
        return result

    f, several = total(v), n if n > 1 else np.nan
    s = (size / size.sum() if n else size)[part]
    with np.errstate(divide="ignore", invalid="ignore"):
        t, p = v / f[term], v / size[part]
        sum_p = total(p)
        mean = sum_p / several
        # the parts without the term add their share: Σ|t − s| = 1 + Σ over the parts with it of |t − s| − s
        dp = np.clip((1 + total(np.abs(t - s) - s)) / 2, 0, 1)
        sd = np.sqrt((total((p - mean[term]) ** 2) + (n - found) * mean**2) / several)
        kld = np.maximum(total(t * np.log2(t / s)), 0)
        root = total(np.sqrt(s * v)) ** 2
        d = np.clip(1 - sd / mean / np.sqrt(several - 1), 0, 1)
        d2 = np.clip((np.log(sum_p) - total(special.xlogy(p, p)) / sum_p) / np.log(several), 0, 1)
        pairs = several * (several - 1) / 2
        columns = {
            "count": np.nan_to_num(f).astype(matrix.dtype),
            "range": found,
            "dp": dp,
            "dp_norm": dp / (1 - size.min() / size.sum()) if n > 1 else np.full(width, np.nan),
            "juilland_d": d,
            "rosengren_s": np.minimum(root / f, 1),
            "kld": kld,
            "da": np.clip(1 - total(_weigh(p, term, starts, n)) / pairs / (2 * mean), 0, 1),
            "carroll_d2": d2,
            "dp_norm_egbert": dp / (1 - total(s, np.minimum)) if n > 1 else np.full(width, np.nan),
            "kld_norm_exp": 1 - np.exp(-kld),
            "kld_norm_odds": kld / (1 + kld),
            "lyne_d3": 1 - (total(v**2 / s) / f - f) / (4 * f),
            "juilland_u": f * d,
            "carroll_um": f * d2 + (1 - d2) * f / several,
            "rosengren_kf": root,
            "kromer_ur": total(special.digamma(v + 1) + np.euler_gamma),
        }
    return pd.DataFrame(columns, index=names)


def _weigh(p: Floats, term: Any, starts: Any, n: int) -> Floats:
    """Return the parts of Σ|p_i − p_j| over the pairs of all n parts, term by term.

    In ascending order the k-th of n values enters with the weight 2k − n − 1; the parts without the term, all 0, come
    first.
    """
    ordered, found = p.copy(), np.diff(starts)
    for j in np.flatnonzero(found > 1):  # sorting short slices in place beats one sort by (term, value)
        ordered[starts[j] : starts[j + 1]].sort()
    weight: Floats = 2.0 * np.arange(1, len(p) + 1) + (n - 1 - 2 * (found + starts[:-1]))[term]
    return ordered * weight


def distance_dispersion(positions: pd.DataFrame, size: float) -> pd.DataFrame:
    """Measure dispersion by the distances between a term's occurrences.

    With L tokens, f occurrences and d the f distances from each to the next, the corpus taken as a circle: arf =
    Σ min(d, L/f)/(L/f); ald = Σ d·log10(d)/L; awt = ½(1 + Σd²/L) (Savický & Hlaváčová 2002). The counts that a perfectly
    even term of that value would have: fald = L·10^−ald, fawt = L²/Σd².

    Parameters
    ----------
    positions : DataFrame
        term, position: one row an occurrence; positions run from 1 to `size`, or from 0 to `size` − 1.
    size : float
        Tokens of the corpus.

    Returns
    -------
    DataFrame
        Indexed by term: count, arf, ald, awt, fald, fawt.

    Raises
    ------
    InputError
        If a position is missing or lies outside the corpus, or a term stands twice at one.

    Examples
    --------
    >>> distance_dispersion(pd.DataFrame({"term": "a", "position": [1, 3, 5, 7]}), 8)["arf"].tolist()
    [4.0]
    """
    require_columns(positions, ["term", "position"], "the table of positions")
    place = check_counts(positions["position"], "the table of positions", at_most=size)
    frame = pd.DataFrame({"term": positions["term"].to_numpy(), "place": place}).sort_values(["term", "place"])
    if frame.duplicated().any() or {0.0, float(size)} <= set(place):
        raise InputError("two occurrences stand at one position", way_out="count from 1 to size, or from 0 to size − 1")
    if frame.empty:
        warn("no position is given: the table is empty")
    group = frame.groupby("term")["place"]
    gap = group.diff().fillna(frame["place"] - group.transform("max") + size)
    short = np.minimum(gap, size / group.transform("size"))
    cells = pd.DataFrame({"arf": short, "ald": gap * np.log10(gap) / size, "square": gap**2})
    table = cells.groupby(frame["term"]).sum()
    table.insert(0, "count", group.size())
    table["arf"] *= table["count"] / size
    table["awt"] = (1 + table["square"] / size) / 2
    table["fald"] = size * 10.0 ** -table["ald"]
    table["fawt"] = size**2 / table["square"]
    return table.drop(columns="square")
