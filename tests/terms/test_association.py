import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reformtext.errors import InputError
from reformtext.terms.association import bundles, collocations, count_ngrams, count_pairs

FIRST = ["count", "expected", "pmi", "npmi", "log_dice", "t_score", "ll4", "delta_p_ab", "delta_p_ba"]


def pair(o, fa, fb, n):
    pairs = pd.DataFrame({"term_a": ["x"], "term_b": ["y"], "count": [o]})
    return collocations(pairs, pd.Series({"x": fa, "y": fb}), n).iloc[0]


@pytest.mark.parametrize(
    ("o", "fa", "fb", "n", "expected", "digits"),
    [
        (8, 1105, 44, 15e6, {"pmi": 11.3}, 1),  # Church & Hanks 1990
        (20, 42, 20, 14307668, {"pmi": 18.38}, 2),  # Manning & Schütze 1999
        (8, 15828, 4675, 14307668, {"t_score": 0.999932}, 6),
        (8, 15828, 4675, 14307668, {"chi2": 1.55}, 2),
        (7, 7, 7, 1000, {"log_dice": 14, "npmi": 1, "dice": 1}, 9),  # always together
        (2, 3, 2, 100, {"log_dice": 13.678}, 3),
        # cells 5610, 168938, 2257, 10233063: Gries 2013, "of course"
        (5610, 5610 + 168938, 5610 + 2257, 5610 + 168938 + 2257 + 10233063,
         {"delta_p_ab": 0.032, "delta_p_ba": 0.697}, 3),
        (10, 10, 10, 100, {"npmi": 1}, 9),  # cells 10, 0, 0, 90
        (1, 10, 10, 100, {"npmi": 0}, 9),  # cells 1, 9, 9, 81
        (31950, 31950 + 12004, 31950 + 4793, 31950 + 12004 + 4793 + 848330, {"phi2": 0.62}, 2),
        (130, 3121, 143, 1e6, {"dice": 0.08}, 2),
        (17, 17 + 240, 17 + 1001, 17 + 240 + 1001 + 1298742, {"minimum_sensitivity": 0.016699}, 6),
        (2, 2, 2, 9, {"log_odds_ratio": 4.317488, "log_odds_z": 2.027787}, 6),  # quanteda's lambda and z
        (10**7, 2 * 10**7, 3 * 10**7, 10**13, {"mi3": 63.85}, 2),  # overflows 64-bit integers
        # mclm: cells 4, 25, 1, 11; its t divides by √(O(1 − O/N)) and gives .244
        (4, 29, 5, 41, {"ll4": 0.252, "chi2": 0.236, "pmi": 0.178, "dice": 0.235, "minimum_sensitivity": 0.138,
                        "t_score": 0.232}, 3),
        (110, 110 + 2442, 110 + 111, 110 + 2442 + 111 + 29114, {"ll4": 270.72}, 2),  # Dunning 1993
    ],
)  # fmt: skip
def test_published_values(o, fa, fb, n, expected, digits):
    row = pair(o, fa, fb, n)
    assert {name: round(float(row[name]), digits) for name in expected} == pytest.approx(expected, abs=1e-12)


@st.composite
def cells(draw):
    o, only_a, only_b, neither = (draw(st.integers(least, 10**6)) for least in (1, 0, 0, 1))
    return o, o + only_a, o + only_b, o + only_a + only_b + neither


@settings(max_examples=40)
@given(cells())
def test_bounds_and_symmetry(table):
    o, fa, fb, n = table
    row, turned = pair(o, fa, fb, n), pair(o, fb, fa, n)
    assert -1 - 1e-9 <= row["npmi"] <= 1 + 1e-9 and row["log_dice"] <= 14 and row["ll4"] >= 0
    assert -1 <= row["delta_p_ab"] <= 1 and 0 <= row["minimum_sensitivity"] <= row["dice"] + 1e-12 <= 1 + 1e-9
    np.testing.assert_allclose(
        row.drop(["delta_p_ab", "delta_p_ba"]), turned.drop(["delta_p_ab", "delta_p_ba"]), rtol=1e-9, atol=1e-9
    )
    assert (row["delta_p_ab"], row["delta_p_ba"]) == (turned["delta_p_ba"], turned["delta_p_ab"])


@settings(max_examples=40)
@given(cells(), st.integers(2, 50))
def test_a_scaled_table_keeps_its_effect_sizes(table, times):
    one, more = pair(*table), pair(*(times * cell for cell in table))
    for name in ("pmi", "log_dice", "delta_p_ab", "delta_p_ba", "dice", "phi2"):
        assert one[name] == pytest.approx(more[name], abs=1e-9)
    assert more["ll4"] == pytest.approx(times * one["ll4"], rel=1e-6, abs=1e-6)


@given(st.integers(1, 500), st.integers(1, 500), st.integers(1, 500))
def test_independent_terms_show_nothing(k, a, b):
    row = pair(k * a * b, k * a * b * 7, k * a * b * 9, k * a * b * 63)
    assert row[["pmi", "npmi", "t_score", "ll4", "delta_p_ab", "chi2"]].tolist() == pytest.approx([0] * 6, abs=1e-9)


def test_articles_are_added_up():
    pairs = pd.DataFrame({"doc_id": ["p", "q"], "term_a": "x", "term_b": "y", "count": [3, 5]})
    table = collocations(pairs, pd.Series({"x": 10, "y": 20, "z": 3}), 100)
    assert list(table.columns[: len(FIRST)]) == FIRST and table["count"].to_dict() == {("x", "y"): 8}


def test_a_pair_that_does_not_occur():
    row = pair(0, 5, 5, 100)
    assert row["pmi"] == -np.inf and row["npmi"] == -1 and np.isnan(row["t_score"]) and row["delta_p_ab"] < 0


def test_a_size_of_0():
    with pytest.warns(RuntimeWarning, match="size is 0"):
        assert pair(0, 0, 0, 0).drop("count").isna().all()


def test_no_pairs():
    with pytest.warns(RuntimeWarning, match="no pair"):
        table = collocations(pd.DataFrame({"term_a": [], "term_b": [], "count": []}), pd.Series(dtype=float), 0)
    assert table.empty and list(table.columns[: len(FIRST)]) == FIRST


@pytest.mark.parametrize(
    ("count", "margins", "size"),
    [
        (11, {"x": 10, "y": 20}, 100),
        (-1, {"x": 10, "y": 20}, 100),
        (np.nan, {"x": 10, "y": 20}, 100),
        (5, {"x": 10, "y": 101}, 100),
        (5, {"x": 60, "y": 60}, 100),
        (5, {"x": 60}, 100),
        (5, {"x": 60, "y": np.nan}, 100),
        (5, {"x": 10, "y": 20}, np.nan),
    ],
)
def test_bad_input(count, margins, size):
    with pytest.raises(InputError):
        pair_table = pd.DataFrame({"term_a": ["x"], "term_b": ["y"], "count": [count]})
        collocations(pair_table, pd.Series(margins), size)


# two parts of "a b c a b c a d": the pairs of neighbours, counted by hand
BIGRAMS = pd.DataFrame(
    [("a", "b", 4), ("b", "c", 4), ("c", "a", 4), ("a", "d", 2)], columns=["term_a", "term_b", "count"]
)


def test_bundles():
    counts = pd.DataFrame({"a b c": [2, 2], "c a d": [1, 1], "b c a": [2, 0]})
    table = bundles(counts, [8, 8], BIGRAMS, least_range=2, least_gravity=0.2)
    # a b: ln(4·2/6) + ln(4·1/4); b c: ln(4·1/4) + ln(4·1/4); c a: the same as b c; a d: ln(2·2/6) + ln(2·1/2)
    assert table["gravity"].to_dict() == pytest.approx(
        {"a b c": np.log(8 / 6) / 2, "b c a": 0, "c a d": np.log(4 / 6) / 2}
    )
    assert table["rate_per_million"].to_dict() == {"a b c": 250000, "b c a": 125000, "c a d": 125000}
    assert not table["bundle"].any()
    assert bundles(counts, [8, 8], BIGRAMS, least_range=2, least_gravity=0.1)["bundle"].tolist() == [True, False, False]
    assert bundles(counts, [8, 8], BIGRAMS, least_range=1, least_gravity=-1)["bundle"].all()
    assert bundles(counts, [8, 8], BIGRAMS, least_range=1, least_gravity=-1, most_dp=0.4)["bundle"].sum() == 2


def test_bundles_need_every_pair():
    for ngram, why in (("a c", "lacks"), ("a", "two terms")):
        with pytest.raises(InputError, match=why):
            bundles(pd.DataFrame({ngram: [1, 0]}), [8, 8], BIGRAMS)


SENTENCES = [["a", "b", "a", "c"], ["b"]]


def test_pairs_within_sentences_and_windows():
    pairs, margins, size = count_pairs(SENTENCES)
    assert pairs.to_numpy().tolist() == [["a", "b", 1], ["a", "c", 1], ["b", "c", 1]]
    assert (margins.to_dict(), size) == ({"a": 1, "b": 2, "c": 1}, 2)
    pairs, margins, size = count_pairs(SENTENCES, window=2)  # a b, b a, a c; b c
    assert pairs.to_numpy().tolist() == [["a", "b", 2], ["a", "c", 1], ["b", "c", 1]]
    assert (margins.to_dict(), size) == ({"a": 3, "b": 3, "c": 2}, 4)
    assert collocations(pairs, margins, size).loc[("a", "b"), "expected"] == 9 / 4
    with pytest.raises(InputError):
        count_pairs(SENTENCES, window=0)
    with pytest.warns(RuntimeWarning, match="no two"):
        assert count_pairs([["a"]])[0].empty


def test_every_way_to_give_pairs():
    pairs = pd.DataFrame({"term_a": ["x"], "term_b": ["y"], "count": [5]})
    table = collocations(pairs, pd.Series({"x": 10, "y": 20}), 100)
    for other in (pairs.set_index(["term_a", "term_b"])["count"], {("x", "y"): 5}):
        pd.testing.assert_frame_equal(table, collocations(other, {"x": 10, "y": 20}, 100))
    with pytest.raises(InputError):
        collocations([5], {"x": 10, "y": 20}, 100)


def test_from_sentences_to_bundles():
    parts = [[list("abcabcad")], [list("abcabcad"), ["a"]]]
    bigrams = count_ngrams(parts, 2)
    assert bigrams.sum().to_dict() == {
        f"{row.term_a} {row.term_b}": row.count for row in BIGRAMS.itertuples(index=False)
    }
    table = bundles(count_ngrams(parts, 3), [8, 9], bigrams.sum(), least_range=2)
    same = bundles(count_ngrams(parts, 3), [8, 9], BIGRAMS, least_range=2)
    pd.testing.assert_frame_equal(table, same)
    assert table["count"].to_dict() == {"a b c": 4, "b c a": 4, "c a b": 2, "c a d": 2}
    with pytest.raises(InputError):
        count_ngrams(parts, 1)
