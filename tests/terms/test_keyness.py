import math
from collections import Counter

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reformtext.errors import InputError
from reformtext.terms.frequency import poisson_interval
from reformtext.terms.keyness import comparison_weights, contingency, keyness, word_shift

FIRST = ["count", "reference_count", "ll2", "ll4", "log_ratio", "lrc", "diff_pct", "bic", "odds_ratio", "p", "q"]


def compare(a, c, b, d, **options):
    return keyness(pd.Series({"term": a}), pd.Series({"term": b}), c, d, **options).loc["term"]


# a, c, b, d are the counts and sizes as printed; `ll2` is two-cell, `ll4` four-cell log-likelihood
PUBLISHED = [
    # CLiC's unit test, values from the UCREL wizard
    (540, 116000, 7525, 5451382, {"ll2": 534.64}, 2),
    (227, 116000, 3635, 5451382, {"ll2": 183.53}, 2),
    (29, 116000, 504, 5451382, {"ll2": 20.50}, 2),
    (16, 116000, 650, 5451382, {"ll2": 0.32}, 2),
    (540, 116000, 0, 5451382, {"ll2": 4180.78}, 2),
    (7, 10000, 0, 100000, {"ll2": 33.57}, 2),
    (10, 150, 10, 150, {"ll2": 0, "log_ratio": 0, "lrc": 0, "diff_pct": 0}, 12),
    (0, 10000, 536, 100000, {"ll2": 102.17}, 2),  # its note prints 102.16
    # Key-BNC's doctest
    (1, 2, 3, 4, {"ll2_signed": -0.1313}, 4),
    (200, 80000, 2546, 10000000, {"ll2_signed": 542.1872}, 4),
    # pycorpdiff's sweep
    (12000, 1e6, 10000, 1e6, {"ll2": 182.0695}, 4),
    (100, 1e5, 20, 2e5, {"ll2": 127.8064}, 4),
    (174, 1e6, 29, 1e6, {"ll2": 114.9105}, 4),
    (1000, 1e6, 1, 1e6, {"ll2": 1371.8641}, 4),
    # tells two cells from four
    (547558, 1e7, 1082892, 9e7, {"ll2": 668573.92, "ll4": 685471.36}, 2),
    # quanteda.extras and ruTS
    (10, 100, 5, 200, {"ll4": 7.329812, "ll2": 6.931472}, 6),
    (10, 1000, 5, 2000, {"ll2": 6.931472, "diff_pct": 300, "log_ratio": 2}, 6),
    (10, 1000, 5, 2000, {"ll4": 6.9692, "bic": -1.0749, "odds_ratio": 4.0303}, 4),
    (10, 1000, 5, 2000, {"ell": 0.0014356}, 7),
    (16217, 2796938, 735, 2087946, {"odds_ratio": 16.6}, 1),  # Pojanapunya & Todd 2016
    (35, 112289776, 263, 1559716979, {"simple_maths": 1.1224}, 4),  # Kilgarriff 2009, Sketch Engine's manual
    (18, 1e6, 35, 1e6, {"difference_coefficient": -0.32}, 2),  # Hofland & Johansson 1982
]


@pytest.mark.parametrize(("a", "c", "b", "d", "expected", "digits"), PUBLISHED)
def test_published_values(a, c, b, d, expected, digits):
    row = compare(a, c, b, d)
    assert {name: round(float(row[name]), digits) for name in expected} == pytest.approx(expected, abs=1e-12)


@pytest.mark.parametrize(
    ("a", "b", "expected"),
    [
        (944, 367, {"ll4": 10290.404741, "log_ratio_smoothed": 9.543111, "lrc": 9.132239, "lrc_positive": 9.144484,
                    "simple_maths": 683.420927}),
        (411, 13, {"lrc": 11.530551, "ll4": 4711.916499}),
        (10, 0, {"lrc": 6.648184, "ll4": 113.579095}),
    ],
)  # fmt: skip
def test_evert_corpora_0_6(a, b, expected):
    row = compare(a, 1177, b, 341805, family=20109, smoothing=100)
    assert {name: round(float(row[name]), 6) for name in expected} == expected


def test_evert_documentation_example():
    row = compare(7, 1000, 2, 1000)
    assert row[["ll4", "log_ratio_smoothed", "lrc", "log_ratio_low", "lrc_positive", "simple_maths"]].round(6).tolist() == [
        2.954494, 1.584963, 0, -0.585525, -0.287418, 3.498751
    ]  # fmt: skip


@pytest.mark.parametrize("doublings", range(1, 12))
def test_each_doubling_adds_one_to_the_log_ratio(doublings):
    assert compare(7 * 2**doublings, 30000, 7, 30000)["log_ratio"] == doublings


@pytest.mark.parametrize(
    ("cells", "expected", "digits"),
    [
        ((110, 2442, 111, 29114), {"g2": 270.72}, 2),  # Dunning 1993
        ((29, 13, 123, 31612), {"g2": 263.90}, 2),
        ((31, 23, 139, 31584), {"g2": 256.84}, 2),
        ((10, 0, 3, 31764), {"g2": 167.23}, 2),
        ((3, 0, 0, 31774), {"chi2": 31777}, 6),  # Dunning 1993, p. 73
        ((10, 5, 990, 1995), {"chi2_yates": 6.105528}, 6),  # ruTS
        # quanteda.textstats, the values of its own commented-out test
        ((7, 3, 2, 7), {"chi2": 4.337160, "chi2_yates": 2.632438, "g2": 4.534939, "williams_q": 1.079533,
                        "g2_williams": 4.200833, "chi2_williams": 4.017626, "fisher_p": 0.069779,
                        "conditional_odds_ratio": 7.166306}, 6),
        ((1, 3, 3, 1), {"fisher_p": 0.486, "fisher_left": 0.243, "fisher_right": 0.986}, 3),  # Pedersen 1996
        ((4, 25, 1, 11), {"g2": 0.252, "chi2": 0.236, "fisher_right": 0.539}, 3),  # mclm, whose Fisher test is one-sided
        ((4, 25, 1, 11), {"odds_ratio": 1.76}, 2),
        ((31950, 12004, 4793, 848330), {"phi2": 0.62}, 2),
    ],
)  # fmt: skip
def test_published_contingency_tables(cells, expected, digits):
    row = contingency(*cells).iloc[0]
    assert {name: round(float(row[name]), digits) for name in expected} == pytest.approx(expected, abs=1e-9)


def test_p_is_the_tail_of_four_cells():
    # the two statistics are far apart where a term is a large part of its corpus
    row = compare(30, 60, 20, 60)
    assert row["p"] == pytest.approx(math.erfc(math.sqrt(row["ll4"] / 2)))
    assert row["ll4"] > 1.5 * row["ll2"]


def test_fisher_agrees_with_scipy():
    from scipy.stats import fisher_exact

    cells = np.random.default_rng(3).integers(0, 9, size=(60, 4))
    ours = contingency(*cells.T)
    for name, side in (("fisher_p", "two-sided"), ("fisher_left", "less"), ("fisher_right", "greater")):
        theirs = [fisher_exact(cell.reshape(2, 2), side).pvalue for cell in cells]
        np.testing.assert_allclose(ours[name], theirs, rtol=1e-9)


def test_fisher_stands_where_a_cell_is_small_and_only_there():
    table = keyness(pd.Series({"rare": 1, "common": 500}), pd.Series({"rare": 3, "common": 400}), 1000, 1000)
    assert table["fisher_p"].notna().to_dict() == {"common": False, "rare": True}
    assert table.loc["rare", "fisher_p"] == pytest.approx(contingency(1, 3, 999, 997)["fisher_p"][0])


counts = st.dictionaries(st.sampled_from("abcdefgh"), st.integers(0, 10**6), min_size=2).map(pd.Series)
sizes = st.integers(10**7, 10**9)


@settings(max_examples=40)
@given(counts, counts, sizes, sizes)
def test_swapping_the_corpora(target, reference, c, d):
    one, other = keyness(target, reference, c, d), keyness(reference, target, d, c)
    for name in ("ll2", "ll4", "chi2", "p", "q", "bic", "fisher_p"):
        np.testing.assert_allclose(one[name], other[name], rtol=1e-7, atol=1e-9)
    for name in ("log_ratio", "lrc", "log_ratio_smoothed", "difference_coefficient", "ll2_signed"):
        np.testing.assert_allclose(one[name], -other[name], rtol=1e-7, atol=1e-7)
    np.testing.assert_allclose(one["log_ratio_low"], -other["log_ratio_high"], rtol=1e-6, atol=1e-6)


@settings(max_examples=40)
@given(counts, counts, sizes, sizes)
def test_bounds(target, reference, c, d):
    table = keyness(target, reference, c, d)
    assert list(table.columns[: len(FIRST)]) == FIRST
    assert (table[["ll2", "ll4"]] >= 0).all(axis=None)
    assert table["p"].between(0, 1).all() and (table["q"] >= table["p"]).all() and (table["q"] <= 1).all()
    occurring = table[(table["count"] > 0) & (table["reference_count"] > 0)]
    assert (occurring["log_ratio"] >= occurring["log_ratio_low"] - 1e-9).all()
    assert (occurring["log_ratio"] <= occurring["log_ratio_high"] + 1e-9).all()
    assert (occurring["lrc"].abs() <= occurring["log_ratio"].abs() + 1e-9).all()


@given(st.integers(1, 10**6), st.integers(1, 1000), st.integers(1, 1000), st.integers(2, 10**4))
def test_equal_rates_give_zero(a, k, m, times):
    row = compare(a * k, a * times * k, a * m, a * times * m)
    assert row[["log_ratio", "ll2", "ll4", "lrc", "diff_pct", "ll2_signed"]].tolist() == [0] * 6


@settings(max_examples=40)
@given(counts, counts, sizes, sizes, st.integers(2, 1000))
def test_a_scaled_corpus_keeps_its_rates(target, reference, c, d, times):
    one, more = keyness(target, reference, c, d), keyness(target * times, reference * times, c * times, d * times)
    occurring = (one["count"] > 0) & (one["reference_count"] > 0)
    for name in ("log_ratio", "diff_pct", "odds_ratio", "relative_risk", "rate_per_million", "simple_maths"):
        np.testing.assert_allclose(one[name][occurring], more[name][occurring], rtol=1e-9, atol=1e-9)
    np.testing.assert_allclose(one["ll2"] * times, more["ll2"], rtol=1e-6, atol=1e-6)


def test_nothing_overflows_at_ten_to_the_thirteen():
    big = 10**13
    table = keyness(pd.Series({"a": big, "b": 2}), pd.Series({"a": 2 * big, "b": big}), 3 * big, 5 * big)
    finite = table.drop(columns="fisher_p")
    assert np.isfinite(finite).all(axis=None)
    assert table.loc["a", "ll2"] == pytest.approx(2.258801323757e11, rel=1e-9)
    assert keyness(pd.Series({"a": big}), pd.Series({"a": big}), 3 * big, 3 * big).loc[
        "a", ["ll2", "ll4"]
    ].tolist() == [0, 0]


def test_a_counter_is_a_corpus():
    table = keyness(Counter("aab"), {"a": 1, "c": 2})
    pd.testing.assert_frame_equal(table, keyness(pd.Series({"a": 2, "b": 1}), pd.Series({"a": 1, "c": 2})))


def test_both_ends_of_the_log_ratio_keep_their_digits():
    # the share is 1 − 10⁻¹⁰ here: an upper bound from 1 − share would be noise
    row, turned = compare(10**11, 1e13, 10, 1e13), compare(10, 1e13, 10**11, 1e13)
    assert row["log_ratio_high"] == -turned["log_ratio_low"] and row["lrc"] == -turned["lrc"]
    near = [np.log2(1e11 / bound) for bound in poisson_interval(10)]
    assert [row["log_ratio_high"], row["log_ratio_low"]] == pytest.approx(near, abs=1e-4)


@pytest.mark.parametrize("count", [1, 10, 10**6, 10**9, 10**13])
def test_the_bound_of_a_term_that_one_corpus_lacks_has_a_closed_form(count):
    low = compare(count, 10**14, 0, 10**14)["log_ratio_low"]  # τⁿ = 0.025
    log_share = np.log(0.025) / count
    assert low == pytest.approx((log_share - np.log(-np.expm1(log_share))) / np.log(2), rel=1e-9, abs=1e-9)


def test_a_term_of_neither_corpus_shows_nothing():
    row = compare(0, 100, 0, 300)
    assert row[["ll2", "ll4", "log_ratio", "lrc", "p"]].tolist() == [0, 0, 0, 0, 1]


@pytest.mark.parametrize(
    ("target", "reference", "sizes", "why"),
    [
        ({}, {}, (None, None), "neither corpus"),
        ({"a": 3}, {}, (None, None), "one corpus is empty"),
        ({}, {"a": 3, "b": 1}, (None, None), "one corpus is empty"),
        ({"a": 3}, {"a": 5}, (None, None), "one and the same term"),
    ],
)
def test_too_little_to_compare(target, reference, sizes, why):
    with pytest.warns(RuntimeWarning, match=why) as caught:
        table = keyness(pd.Series(target, dtype="int64"), pd.Series(reference, dtype="int64"), *sizes)
    assert len(caught) == 1
    assert list(table.columns[: len(FIRST)]) == FIRST and len(table) == len({*target, *reference})


@pytest.mark.parametrize(
    ("target", "sizes"),
    [
        (pd.Series({"a": -1}), (10, 10)),
        (pd.Series({"a": np.nan}), (10, 10)),
        (pd.Series({"a": np.inf}), (10, 10)),
        (pd.Series({"a": 11}), (10, 10)),
        (pd.Series({"a": 1}), (np.nan, 10)),
        (pd.Series({"a": "many"}), (10, 10)),
        (pd.Series([1, 2], index=["a", "a"]), (10, 10)),
        (pd.Series([1, 2], index=["a", None]), (10, 10)),
        ([1], (10, 10)),
    ],
)
def test_bad_input(target, sizes):
    with pytest.raises(InputError):
        keyness(target, pd.Series({"a": 1}), *sizes)


@given(counts, counts)
def test_word_shift_adds_up(target, reference):
    if not target.sum() or not reference.sum():
        return
    table = word_shift(target, reference)
    p, q = table["share"], table["reference_share"]
    m = (p + q) / 2
    divergence = sum((x[x > 0] * np.log2(x[x > 0] / m[x > 0])).sum() for x in (p, q)) / 2
    assert table["contribution"].sum() == pytest.approx(divergence, abs=1e-12)
    assert (table["contribution"] >= 0).all() and table["contribution"].is_monotonic_decreasing


def test_word_shift_of_an_empty_text():
    with pytest.warns(RuntimeWarning, match="empty"):
        assert word_shift(pd.Series({"a": 1}), pd.Series(dtype=float))["contribution"].isna().all()


def test_comparison_weights():
    table = comparison_weights(pd.DataFrame({"a": [8, 1, 1], "b": [1, 1, 1], "c": [1, 8, 8]}, index=["x", "y", "z"]))
    assert table["corpus"].to_dict() == {"a": "x", "c": "y", "b": "x"}
    assert table["weight"].tolist() == pytest.approx([0.8 - 1 / 3, 0.8 - 1.7 / 3, 0])
    with pytest.warns(RuntimeWarning, match="two corpora"):
        assert comparison_weights(pd.DataFrame({"a": [1]})).empty
