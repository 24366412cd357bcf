import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import sparse

from reformtext.errors import InputError
from reformtext.terms.dispersion import dispersion, distance_dispersion

FIRST = ["count", "range", "dp", "dp_norm", "juilland_d", "rosengren_s", "kld", "da"]
# the toy corpus of Gries (2008, 2020), parts of 9, 10, 10, 10 and 11 tokens
TOY = "b a m n i b e u p|b a s a t b e w q n|b c a g a b e s t a|b a g h a b e a a t|b a h a a b e a x a t"
PARTS = [part.split() for part in TOY.split("|")]


def of(values, sizes=None):
    return dispersion(pd.DataFrame({"w": values}), [1000] * len(values) if sizes is None else sizes).loc["w"]


def test_the_toy_corpus_of_gries():
    counts = pd.DataFrame([pd.Series(part).value_counts() for part in PARTS]).fillna(0).astype(int)
    table = dispersion(counts.reset_index(drop=True), [len(part) for part in PARTS])
    assert (int(table["count"].sum()), len(table)) == (50, 16)
    assert table.loc["a", FIRST].round(5).tolist() == [15, 5, 0.18, 0.21951, 0.78515, 0.94982, 0.13697, 0.69745]
    assert table.loc["b", FIRST].round(3).tolist() == [10, 5, 0.02, 0.024, 0.968, 0.999, 0.003, 0.960]
    assert table.loc["i", FIRST].round(3).tolist() == [1, 1, 0.82, 1, 0, 0.18, 2.474, 0]


@pytest.mark.parametrize(
    ("values", "expected", "digits"),
    [
        ([1, 2, 3, 4, 5], {"juilland_d": 0.7643, "dp": 0.20, "dp_norm": 0.25}, 4),
        ([1, 2, 3, 4, 5], {"rosengren_s": 0.937, "lyne_d3": 0.944}, 3),
        ([1, 2, 3, 4, 5], {"carroll_d2": 0.92563, "kld": 0.17267}, 5),
        ([2, 1, 0], {"dp_norm": 0.5}, 6),  # Lijffijt & Gries 2012
        ([0, 0, 1, 2, 5], {"dp": 0.475, "dp_norm": 0.59375, "carroll_d2": 0.55936, "rosengren_s": 0.54063,
                           "kld": 1.02313, "da": 0.25}, 5),
        ([0, 0, 1, 2, 5], {"juilland_d": 0.4204}, 4),
        ([2, 1, 1, 1, 0], {"carroll_d2": 0.8277}, 4),  # Carroll 1970
        ([2, 1, 1, 1, 0], {"carroll_um": 4.31}, 2),
        ([4, 2, 1, 1, 0], {"carroll_um": 6.424, "juilland_u": 4.609, "rosengren_kf": 5.863}, 3),
        ([1, 2, 3, 4, 5], {"carroll_um": 14.108, "rosengren_kf": 14.053}, 3),
        ([0, 4, 3, 2, 1], {"juilland_d": 0.6464}, 4),
        ([0, 4, 3, 2, 1], {"juilland_u": 6.46}, 2),
        ([2, 2, 2, 2, 1], {"rosengren_kf": 8.86}, 2),  # Rosengren 1971
        ([2, 1, 1, 1, 0], {"kromer_ur": 4.5}, 6),  # Kromer 2003
    ],
)  # fmt: skip
def test_published_values_for_equal_parts(values, expected, digits):
    row = of(values)
    assert {name: round(float(row[name]), digits) for name in expected} == pytest.approx(expected, abs=1e-12)


def test_the_normalised_forms():
    row = of([3, 1, 0], [50, 30, 20])
    dp = (abs(0.75 - 0.5) + abs(0.25 - 0.3) + 0.2) / 2
    kld = 0.75 * np.log2(0.75 / 0.5) + 0.25 * np.log2(0.25 / 0.3)
    assert row["dp_norm"] == pytest.approx(dp / 0.8)
    assert row["dp_norm_egbert"] == pytest.approx(dp / 0.7)
    assert row[["kld_norm_exp", "kld_norm_odds"]].tolist() == pytest.approx([1 - np.exp(-kld), kld / (1 + kld)])


@st.composite
def tables(draw, least=2):
    n, width = draw(st.integers(least, 8)), draw(st.integers(1, 4))
    cells = draw(st.lists(st.lists(st.integers(0, 9), min_size=width, max_size=width), min_size=n, max_size=n))
    sizes = draw(st.lists(st.integers(9, 60), min_size=n, max_size=n))
    counts = pd.DataFrame(cells, columns=list("abcd")[:width])
    counts.iloc[0] = np.maximum(counts.iloc[0], 1)  # every term occurs
    return counts, np.array(sizes)


@given(tables())
def test_bounds_and_shape(table):
    counts, sizes = table
    result = dispersion(counts, sizes)
    assert list(result.columns[:8]) == FIRST and list(result.index) == list(counts.columns)
    for name in ("dp", "dp_norm", "juilland_d", "rosengren_s", "da", "carroll_d2", "kld_norm_exp", "kld_norm_odds"):
        assert result[name].between(0, 1 + 1e-9).all(), name
    assert (result["kld"] >= 0).all() and (result["range"] <= len(counts)).all()


@settings(max_examples=40)
@given(tables(), st.randoms(use_true_random=False))
def test_the_order_of_parts_changes_nothing(table, random):
    counts, sizes = table
    order = list(range(len(sizes)))
    random.shuffle(order)
    pd.testing.assert_frame_equal(dispersion(counts, sizes), dispersion(counts.iloc[order], sizes[order]), rtol=1e-9)
    by_index = pd.Series(sizes, index=counts.index).iloc[order]
    pd.testing.assert_frame_equal(dispersion(counts, sizes), dispersion(counts, by_index))


@given(tables())
def test_da_is_the_mean_over_pairs(table):
    counts, sizes = table
    result = dispersion(counts, sizes)
    for term in counts:
        p = counts[term].to_numpy() / sizes
        pairs = [abs(x - y) for i, x in enumerate(p) for y in p[:i]]
        assert result.loc[term, "da"] == pytest.approx(1 - np.mean(pairs) / (2 * p.mean()), abs=1e-9)


@settings(max_examples=40)
@given(tables())
def test_every_kind_of_table_gives_the_same(table):
    counts, sizes = table
    result = dispersion(counts, sizes)
    thin = sparse.csr_array(counts.to_numpy())
    for other in (
        dispersion(thin, sizes, counts.columns),
        dispersion(counts.astype(pd.SparseDtype("int64", 0)), sizes),
        dispersion(counts.astype(object), sizes),
        dispersion(dict(counts.items()), dict(enumerate(sizes))),
    ):
        pd.testing.assert_frame_equal(result, other, check_dtype=False)


@given(st.lists(st.integers(1, 50), min_size=2, max_size=8), st.integers(2, 9))
def test_even_spread(sizes, times):
    row = of(sizes, [size * times for size in sizes])
    assert row[["dp", "kld", "juilland_d", "rosengren_s", "da"]].tolist() == pytest.approx([0, 0, 1, 1, 1], abs=1e-7)


def test_an_empty_part_is_left_out():
    pd.testing.assert_series_equal(of([3, 0, 1], [10, 0, 20]), of([3, 1], [10, 20]))


@pytest.mark.parametrize(
    ("counts", "sizes", "why"),
    [
        (pd.DataFrame({"a": [3]}), [10], "one part"),
        (pd.DataFrame({"a": [0, 0]}), [10, 5], "no term occurs"),
        (pd.DataFrame(), [], "nothing to measure"),
        (pd.DataFrame({"a": []}, dtype="int64"), [], "nothing to measure"),
        (pd.DataFrame({"a": [0, 0]}), [0, 0], "nothing to measure"),
    ],
)
def test_too_little_to_measure(counts, sizes, why):
    with pytest.warns(RuntimeWarning, match=why) as caught:
        table = dispersion(counts, sizes)
    assert len(caught) == 1
    assert list(table.columns[:8]) == FIRST and len(table) == counts.shape[1]
    assert table[["dp_norm", "juilland_d", "da"]].isna().all(axis=None)


def test_one_part_has_dp_0():
    with pytest.warns(RuntimeWarning, match="one part"):
        assert of([3], [10])[["dp", "kld", "rosengren_s", "range"]].tolist() == pytest.approx([0, 0, 1, 1])


def test_a_term_that_never_occurs_is_nan_beside_others():
    table = dispersion(pd.DataFrame({"a": [1, 2], "b": [0, 0]}), [5, 5])
    assert table.loc["b", "count"] == 0 and table.loc["b", FIRST[2:]].isna().all()
    assert table.loc["a"].notna().all()


@pytest.mark.parametrize(
    ("counts", "sizes"),
    [
        (pd.DataFrame({"a": [3, 11]}), [10, 10]),
        (pd.DataFrame({"a": [3, -1]}), [10, 10]),
        (pd.DataFrame({"a": [3, np.nan]}), [10, 10]),
        (pd.DataFrame({"a": [3, 1]}), [10, np.nan]),
        (pd.DataFrame({"a": [3, 1]}), [10]),
        (pd.DataFrame({"a": [3, "x"]}), [10, 10]),
        (pd.DataFrame({"a": [3, 1]}), pd.Series([10, 10], index=[5, 6])),
        (pd.DataFrame({"a": [3, 1]}), pd.Series([10, 10], index=[0, 0])),
        (pd.DataFrame({"a": [3, 1]}), pd.Series([10, 10, 10])),
        (pd.DataFrame([[1, 2], [1, 2]], columns=["a", "a"]), [10, 10]),
        (pd.DataFrame({"a": [1, 2]}, index=["x", "x"]), [10, 10]),
        ([[1, 2]], [10]),
        (pd.DataFrame([[1, 2, 3]]), pd.Series([10, 10, 10])),
    ],
)
def test_bad_input(counts, sizes):
    with pytest.raises(InputError):
        dispersion(counts, sizes)


def test_distances_of_gries():
    gaps = [2, 10, 2, 9, 2, 5, 2, 3, 3, 1, 3, 2, 1, 3, 2]  # five parts of ten tokens (Gries 2008, p. 406)
    row = distance_dispersion(pd.DataFrame({"term": "a", "position": np.cumsum(gaps)}), 50).loc["a"]
    assert row[["ald", "arf", "awt", "fald", "fawt"]].round(3).tolist() == [0.628, 10.8, 3.18, 11.764, 9.328]


@settings(max_examples=40)
@given(st.sets(st.integers(1, 40), min_size=1), st.integers(0, 39))
def test_turning_the_circle_changes_no_distance(places, turn):
    turned = [(place + turn - 1) % 40 + 1 for place in places]
    one, other = (distance_dispersion(pd.DataFrame({"term": "a", "position": list(p)}), 40) for p in (places, turned))
    pd.testing.assert_frame_equal(one, other)
    assert 1 - 1e-9 <= one["arf"].iloc[0] <= len(places) + 1e-9


@pytest.mark.parametrize("positions", [[1, 1], [51], [-1], [0, 50], [np.nan]])
def test_bad_positions(positions):
    with pytest.raises(InputError):
        distance_dispersion(pd.DataFrame({"term": "a", "position": positions}), 50)


def test_no_positions():
    with pytest.warns(RuntimeWarning, match="no position"):
        assert distance_dispersion(pd.DataFrame({"term": [], "position": []}), 50).empty
