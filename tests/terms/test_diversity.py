import math

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from reformtext.errors import InputError
from reformtext.terms.diversity import diversity, heaps_fit, vocabulary_growth, zipf_fit

SHORT = ["one", "one", "two", "one", "one", "two", "one"]
sequences = st.lists(st.sampled_from("abcdefgh"), min_size=1, max_size=60)


@pytest.mark.parametrize(
    ("tokens", "expected", "digits"),
    [
        (SHORT, {"ttr": 0.286, "herdan_c": 0.356}, 3),
        (list("abcde") * 20, {"ttr": 0.05, "guiraud_r": 0.5, "yule_k": 1900}, 9),
        (list("abcde") * 20, {"cttr": 0.35355, "herdan_c": 0.34949}, 5),
        (list("abcde") * 20, {"mtld": 7.142857}, 6),
        ([*range(239), *[239] * (15609 - 239)], {"fisher_alpha": 40.247}, 3),  # 240 types of 15,609 tokens
    ],
)
def test_published_values(tokens, expected, digits):
    row = diversity([str(token) for token in tokens]).iloc[0]
    assert {name: round(float(row[name]), digits) for name in expected} == pytest.approx(expected, abs=1e-12)


@pytest.mark.parametrize(("window", "expected"), [(2, 0.8333), (3, 0.6667), (4, 0.5)])
def test_published_mattr(window, expected):
    assert round(float(diversity(SHORT, window=window)["mattr"].iloc[0]), 4) == expected


@pytest.mark.parametrize(
    ("tokens", "threshold", "expected"),
    [
        ("abca", 0.72, 4 / (0.25 / 0.28)),  # no factor is full: a part, (1 − 0.75)/(1 − 0.72), either way
        ("abca", 0.8, 4),
        ("aab", 0.72, 3),
        ("aab", 0.6, (3 + 3 / ((1 / 3) / 0.4)) / 2),  # one factor forwards, a part backwards
    ],
)
def test_mtld_by_hand(tokens, threshold, expected):
    assert diversity(list(tokens), threshold=threshold)["mtld"].iloc[0] == pytest.approx(expected)


@given(sequences, st.integers(1, 70))
def test_mattr_is_the_mean_over_windows(tokens, window):
    w = min(window, len(tokens))
    mean = np.mean([len(set(tokens[i : i + w])) / w for i in range(len(tokens) - w + 1)])
    assert diversity(tokens, window=window)["mattr"].iloc[0] == pytest.approx(mean)


@given(sequences)
def test_laws(tokens):
    row = diversity(tokens, window=len(tokens)).iloc[0]
    n, v = len(tokens), len(set(tokens))
    assert (row["tokens"], row["types"]) == (n, v)
    assert row["mattr"] == pytest.approx(row["ttr"])
    assert row["cttr"] * math.sqrt(2) == pytest.approx(row["guiraud_r"])
    assert 0 <= row["entropy_bits"] <= math.log2(v) + 1e-9 and 1 / v - 1e-9 <= row["repeat_rate"] <= 1
    assert row["yule_k"] == pytest.approx(1e4 * (row["repeat_rate"] - 1 / n), abs=1e-6)
    if n > v:
        alpha = row["fisher_alpha"]
        assert alpha * math.log1p(n / alpha) == pytest.approx(v)
    assert row["mtld"] == pytest.approx(diversity(tokens[::-1])["mtld"].iloc[0], nan_ok=True)


@given(sequences)
def test_counts_and_sequence_agree(tokens):
    table = pd.DataFrame({"term": tokens, "count": 1})
    counted, ordered = diversity(table).iloc[0], diversity(tokens).iloc[0]
    assert list(counted.index) == list(ordered.index)
    assert counted[["mattr", "mtld"]].isna().all()
    pd.testing.assert_series_equal(counted.iloc[:-2], ordered.iloc[:-2])


def test_within_documents():
    table = pd.DataFrame({"doc_id": ["p", "p", "q"], "term": ["a", "b", "a"], "count": [1, 1, 4]})
    assert diversity(table, by="doc_id")["ttr"].to_dict() == {"p": 1, "q": 0.25}


def test_too_little_to_measure():
    with pytest.warns(RuntimeWarning, match="no token") as caught:
        row = diversity([]).iloc[0]
    assert len(caught) == 1 and row["tokens"] == 0 and row.drop(["tokens", "types", "hapaxes"]).isna().all()
    with pytest.warns(RuntimeWarning, match="no row"):
        assert diversity(pd.DataFrame({"term": [], "count": []}))["ttr"].isna().all()
    single = diversity(["a"]).iloc[0]
    assert (
        single["ttr"] == 1 and single["yule_k"] == 0 and math.isnan(single["herdan_c"]) and math.isnan(single["mtld"])
    )


@pytest.mark.parametrize("options", [{"window": 0}, {"threshold": 1}, {"threshold": 0}])
def test_bad_options(options):
    with pytest.raises(InputError):
        diversity(SHORT, **options)


@pytest.mark.parametrize("count", [-1, np.nan, "x"])
def test_bad_counts(count):
    with pytest.raises(InputError):
        diversity(pd.DataFrame({"term": ["a"], "count": [count]}))


paragraphs = st.lists(st.lists(st.sampled_from("abcdef"), min_size=1, max_size=6), min_size=1, max_size=6)


def terms_table(parts):
    rows = [("d", 0, block, term, 1) for block, part in enumerate(parts) for term in part]
    return pd.DataFrame(rows, columns=["doc_id", "article", "block", "term", "count"])


@given(paragraphs)
def test_growth_ends_at_the_whole_vocabulary(parts):
    table = vocabulary_growth(terms_table(parts))
    assert table["types"].tolist() == [len(set().union(*parts[: k + 1])) for k in range(len(parts))]
    assert table["tokens"].tolist() == np.cumsum([len(part) for part in parts]).tolist()
    last = table.iloc[-1]
    assert last["expected_types"] == pytest.approx(last["types"]) and last["expected_tokens"] == last["tokens"]


@given(st.lists(st.lists(st.sampled_from("abcdef"), min_size=1, max_size=4), min_size=1, max_size=4))
def test_expected_growth_is_the_mean_over_all_orders(parts):
    from itertools import permutations

    curves = [[len(set().union(*order[: k + 1])) for k in range(len(order))] for order in permutations(parts)]
    expected = vocabulary_growth(terms_table(parts))["expected_types"]
    np.testing.assert_allclose(expected, np.mean(curves, axis=0), rtol=1e-9)


def test_growth_within_documents_and_of_nothing():
    table = pd.concat([terms_table([["a"], ["b"]]), terms_table([["a"]]).assign(doc_id="e")])
    assert vocabulary_growth(table, by="doc_id")["types"].tolist() == [1, 2, 1]
    with pytest.warns(RuntimeWarning, match="no curve"):
        assert vocabulary_growth(table.iloc[:0]).empty


@given(st.floats(0.5, 20), st.floats(0.2, 0.9))
def test_heaps_fit_recovers_an_exact_law(k, beta):
    tokens = np.array([1e3, 2e3, 5e3, 2e4])
    if (k * tokens**beta > tokens).any():
        return
    assert heaps_fit(tokens, k * tokens**beta)[["k", "beta"]].tolist() == pytest.approx([k, beta])


@given(st.floats(0.1, 3))
def test_zipf_fit_recovers_an_exact_law(exponent):
    fit = zipf_fit(1e9 * np.arange(1, 60) ** -exponent)
    assert fit[["exponent", "log_slope"]].tolist() == pytest.approx([exponent, exponent], rel=1e-6)


def test_fits_of_too_little():
    with pytest.warns(RuntimeWarning, match="two lengths"):
        assert heaps_fit([5], [3]).isna().all()
    with pytest.warns(RuntimeWarning, match="two types"):
        assert math.isnan(zipf_fit([5])["exponent"])
    assert zipf_fit([4, 4, 4])["exponent"] == pytest.approx(0, abs=1e-9)
    with pytest.raises(InputError):
        heaps_fit([5, 6], [7, 8])
