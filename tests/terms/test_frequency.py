import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reformtext.errors import InputError
from reformtext.terms.frequency import (
    cluster_interval,
    count_terms,
    frequency,
    leave_out,
    poisson_interval,
    proportion_interval,
    three_counts,
    tied_ranks,
)

TERMS = pd.DataFrame(
    [
        ("p", 0, 1, "改革", "vn", 3),
        ("p", 0, 2, "改革", "vn", 1),
        ("p", 0, 2, "发展", "vn", 4),
        ("p", 1, 3, "改革", "n", 2),
        ("q", 0, 1, "国企改革", "n", 5),
        ("q", 0, 1, "发展", "vn", 5),
    ],
    columns=["doc_id", "article", "block", "term", "pos", "count"],
)


@pytest.mark.parametrize(
    ("method", "count", "size", "low", "high"),
    [
        ("wilson", 81, 263, 0.25529, 0.36621),  # Newcombe 1998
        ("wilson", 15, 148, 0.06239, 0.16049),
        ("wilson", 0, 20, 0, 0.16113),
        ("wilson", 1, 29, 0.00611, 0.17176),
        ("wilson", 10, 100, 0.05523, 0.17437),
        ("wilson", 19, 100, 0.12515, 0.27779),
        ("clopper_pearson", 19, 100, 0.11844, 0.28070),
        ("wilson_continuity", 19, 100, 0.12107, 0.28332),  # R's prop.test
    ],
)
def test_published_proportion_intervals(method, count, size, low, high):
    bounds = proportion_interval(count, size, method=method)
    assert [round(float(bound), 5) for bound in bounds] == [low, high]


@pytest.mark.parametrize(("count", "low", "high"), [(0, 0, 3.6889), (1, 0.0253, 5.5716), (10, 4.7954, 18.3904)])
def test_published_poisson_intervals(count, low, high):
    assert [round(float(bound), 4) for bound in poisson_interval(count)] == [low, high]


def test_published_poisson_interval_of_100():
    assert [round(float(bound), 3) for bound in poisson_interval(100)] == [81.364, 121.627]


@given(
    st.integers(0, 10**13), st.integers(0, 10**13), st.sampled_from(["wilson", "wilson_continuity", "clopper_pearson"])
)
def test_proportion_intervals_hold_the_proportion(count, rest, method):
    low, high = proportion_interval(count, count + rest, method=method)
    if count + rest == 0:
        assert np.isnan(low) and np.isnan(high)
    else:
        assert 0 <= low <= count / (count + rest) + 1e-12 and count / (count + rest) - 1e-12 <= high <= 1


def test_the_exact_interval_where_scipy_misses_the_quantile():
    # beta.ppf(0.025, 1000, 132578328) gives 1.52e-5; at such sizes the law is nearly Poisson's
    low, high = proportion_interval([1000, 1000], [132579327, 2000], method="clopper_pearson")
    near_low, near_high = poisson_interval(1000, 132579327)
    assert [low[0], high[0]] == pytest.approx([float(near_low), float(near_high)], rel=1e-4)
    assert proportion_interval(1000, 132579327, method="clopper_pearson")[0] == low[0]


@pytest.mark.parametrize("call", [(11, 10), (-1, 10), (np.nan, 10), (1, np.inf), (1, 10, 0.95, "wald")])
def test_bad_intervals(call):
    with pytest.raises(InputError):
        proportion_interval(*call)


def test_counts_within_documents():
    table = frequency(TERMS)
    assert list(table.columns) == [
        "count",
        "documents",
        "rate_per_1000_tokens",
        "low_per_1000_tokens",
        "high_per_1000_tokens",
    ]
    assert table[["count", "documents"]].T.to_dict("list") == {
        ("p", "改革"): [6, 2], ("p", "发展"): [4, 1], ("q", "发展"): [5, 1], ("q", "国企改革"): [5, 1]
    }  # fmt: skip
    assert table.loc[("p", "改革"), "rate_per_1000_tokens"] == 600
    assert list(table.index) == [("p", "改革"), ("p", "发展"), ("q", "发展"), ("q", "国企改革")]


def test_counts_of_the_whole_corpus_per_characters():
    table = frequency(TERMS, by=None, sizes=4000, unit="characters")
    low, high = proportion_interval(9, 4000)
    assert table.loc["发展"].tolist() == pytest.approx([9, 2, 22.5, low * 10000, high * 10000])
    assert table.index.tolist() == ["发展", "改革", "国企改革"]


def test_given_sizes_and_several_groups():
    sizes = pd.Series({("p", 0): 100, ("p", 1): 10, ("q", 0): 50, ("r", 0): 7})
    table = frequency(TERMS, by=["doc_id", "article"], sizes=sizes)
    assert table["rate_per_1000_tokens"].to_dict() == pytest.approx(
        {
            ("p", 0, "发展"): 40,
            ("p", 0, "改革"): 40,
            ("p", 1, "改革"): 200,
            ("q", 0, "发展"): 100,
            ("q", 0, "国企改革"): 100,
        }
    )


@settings(max_examples=40)
@given(
    st.lists(st.tuples(st.sampled_from("pqr"), st.sampled_from("abc"), st.integers(1, 50)), min_size=1),
    st.integers(2, 9),
)
def test_a_scaled_corpus_keeps_its_rates(rows, times):
    terms = pd.DataFrame(rows, columns=["doc_id", "term", "count"])
    one, more = frequency(terms), frequency(terms.assign(count=terms["count"] * times))
    assert one["rate_per_1000_tokens"].to_dict() == pytest.approx(more["rate_per_1000_tokens"].to_dict())
    assert one.groupby("doc_id")["rate_per_1000_tokens"].sum().to_numpy() == pytest.approx(1000)
    assert (one["low_per_1000_tokens"] <= one["rate_per_1000_tokens"] + 1e-9).all()


@pytest.mark.parametrize("by", ["doc_id", None])
def test_no_terms(by):
    with pytest.warns(RuntimeWarning, match="empty") as caught:
        table = frequency(TERMS.iloc[:0], by=by)
    assert len(caught) == 1 and table.empty and list(table.columns) == list(frequency(TERMS).columns)


@pytest.mark.parametrize(
    ("terms", "options"),
    [
        (TERMS.drop(columns="term"), {}),
        (TERMS.assign(count=-1), {}),
        (TERMS.assign(count=np.nan), {}),
        (TERMS.assign(term=None), {}),
        (TERMS, {"by": "place"}),
        (TERMS, {"by": "term"}),
        (TERMS, {"unit": "characters"}),
        (TERMS, {"unit": "pages"}),
        (TERMS, {"sizes": pd.Series({"p": 100})}),
        (TERMS, {"sizes": 100}),
        (TERMS, {"sizes": pd.Series({"p": 1, "q": 1})}),
        (TERMS, {"sizes": pd.Series([99, 99, 99], index=["p", "q", "p"])}),
        (TERMS, {"sizes": pd.Series({("p", 0): 99, ("q", 0): 99})}),
    ],
)
def test_bad_frequency_input(terms, options):
    with pytest.raises(InputError):
        frequency(terms, **options)


def articles(n, seed=0):
    random = np.random.default_rng(seed)
    counts = random.poisson(random.gamma(2, 10, n))
    return pd.DataFrame({"doc_id": [f"d{i}" for i in range(n)] * 2, "term": ["a"] * n + ["b"] * n,
                         "count": [*counts, *(200 - counts)]})  # fmt: skip


def test_the_cluster_interval_is_seeded_and_wider_than_the_one_of_tokens():
    table = cluster_interval(articles(30))
    pd.testing.assert_frame_equal(table, cluster_interval(articles(30)))
    assert not table.equals(cluster_interval(articles(30), seed=1))
    plain = frequency(articles(30), by=None)
    width, plain_width = (
        t.loc["a", "high_per_1000_tokens"] - t.loc["a", "low_per_1000_tokens"] for t in (table, plain)
    )
    assert width > 2 * plain_width
    assert table.loc["a", "rate_per_1000_tokens"] == pytest.approx(plain.loc["a", "rate_per_1000_tokens"])


def test_the_cluster_interval_covers_as_often_as_it_says():
    # 12 articles of 200 tokens, a term whose rate varies between them: mean 20 of 200
    bounds = [cluster_interval(articles(12, seed), draws=600).loc["a"] for seed in range(150)]
    covered = np.mean([row["low_per_1000_tokens"] <= 100 <= row["high_per_1000_tokens"] for row in bounds])
    assert 0.87 <= covered <= 1


def test_percentiles_are_widened_for_few_articles():
    table = cluster_interval(articles(5), draws=3000, seed=4).loc["a"]
    weights = np.random.default_rng(4).multinomial(5, [0.2] * 5, size=3000)
    rates = weights @ articles(5)["count"].to_numpy()[:5]  # per 1,000 tokens: five articles of 200 are drawn each time
    # Φ(√(5/4)·t(0.025; 4)) = Φ(√1.25 · −2.776445) = 0.000955
    assert table.iloc[2:].tolist() == pytest.approx(np.quantile(rates, [0.000955, 1 - 0.000955]).tolist(), rel=1e-3)


def test_articles_without_the_term_count():
    sizes = pd.Series({f"d{i}": 200.0 for i in range(10)})
    table = cluster_interval(articles(5), sizes)
    assert table["articles"].unique().tolist() == [10]
    assert table.loc["a", "rate_per_1000_tokens"] == articles(5)["count"][:5].sum() / 2000 * 1000


def test_cluster_interval_of_too_little():
    with pytest.warns(RuntimeWarning, match="one article"):
        table = cluster_interval(TERMS[(TERMS["doc_id"] == "q")])
    assert table["rate_per_1000_tokens"].notna().all() and table["low_per_1000_tokens"].isna().all()
    with pytest.warns(RuntimeWarning, match="no article"):
        assert cluster_interval(TERMS.iloc[:0]).empty
    for sizes in ({("p", 0): 100.0}, {"p": 100.0, "q": 100.0}):
        with pytest.raises(InputError):
            cluster_interval(TERMS, pd.Series(sizes))


@given(st.lists(st.tuples(st.integers(0, 20), st.integers(0, 5)), min_size=1))
def test_ranks_are_tied_exactly_where_intervals_overlap(intervals):
    low = pd.Series([start for start, _ in intervals])
    high = low + [length for _, length in intervals]
    ranks = tied_ranks(low, high)
    for i in range(len(low)):
        assert ranks["rank_best"][i] == 1 + (low > high[i]).sum()
        assert ranks["rank_worst"][i] == len(low) - (high < low[i]).sum()
    assert ranks["rank_best"].min() == 1 and ranks["rank_worst"].max() == len(low)


def test_bad_ranks():
    for low, high in (([2], [1]), ([np.nan], [1])):
        with pytest.raises(InputError):
            tied_ranks(pd.Series(low), pd.Series(high))


STRINGS = pd.DataFrame(
    [("p", 0, "改革", 6, 400), ("p", 1, "改革", 2, 100), ("q", 0, "改革", 5, 200), ("q", 0, "开放", 0, 200)],
    columns=["doc_id", "article", "query", "string_count", "characters"],
)


def test_three_counts():
    table = three_counts(TERMS, ["改革", "开放"], STRINGS)
    assert table[["doc_id", "article", "query", "string_count", "token_count", "inside_count", "across_count"]].to_numpy().tolist() == [
        ["p", 0, "改革", 6, 4, 0, 2],
        ["p", 1, "改革", 2, 2, 0, 0],
        ["q", 0, "开放", 0, 0, 0, 0],
        ["q", 0, "改革", 5, 0, 5, 0],
    ]  # fmt: skip
    assert table["compounds"].tolist() == ["", "", "", "国企改革 5"]
    assert table["string_per_10000_characters"].tolist() == [150, 200, 0, 250]


def test_a_query_twice_in_one_token_counts_twice():
    terms = pd.DataFrame({"doc_id": "p", "article": 0, "term": ["改革再改革", "深化改革"], "count": [2, 9]})
    strings = STRINGS.iloc[:1].assign(string_count=13)
    assert three_counts(terms, ["改革"], strings)[["inside_count", "compounds"]].to_numpy().tolist() == [
        [13, "深化改革 9; 改革再改革 4"]
    ]


@pytest.mark.parametrize(
    ("terms", "queries", "strings"),
    [
        (TERMS, ["改革"], STRINGS.assign(string_count=3)),  # fewer than the tokens hold
        (TERMS, ["改革"], STRINGS.iloc[1:]),  # an article without its row
        (TERMS, ["改革"], pd.concat([STRINGS, STRINGS])),
        (TERMS, [""], STRINGS),
        (TERMS, ["改革"], STRINGS.drop(columns="query")),
        (TERMS.drop(columns="article"), ["改革"], STRINGS),
    ],
)
def test_bad_three_counts(terms, queries, strings):
    with pytest.raises(InputError):
        three_counts(terms, queries, strings)


def test_three_counts_of_nothing():
    with pytest.warns(RuntimeWarning, match="no query"):
        assert three_counts(TERMS.iloc[:0], ["改革"], STRINGS.iloc[:0]).empty


def test_three_counts_by_block_and_without_some():
    by_block = pd.DataFrame({"doc_id": "p", "article": 0, "block": [1, 2], "query": "改革", "string_count": [3, 3]})
    whole = three_counts(TERMS[TERMS["doc_id"] == "p"].query("article == 0"), ["改革"], by_block)
    assert whole[["string_count", "token_count", "across_count"]].to_numpy().tolist() == [[6, 4, 2]]
    blocks = pd.DataFrame({"doc_id": "p", "block": [1, 2, 2], "start": [0, 50, 80], "end": [50, 60, 100]})
    copied = pd.DataFrame({"doc_id": "p", "start": [50, 55, 10], "end": [58, 90, 20]})  # 20 of 30 characters, 10 of 50
    less = [leave_out(table, copied, blocks) for table in (TERMS, by_block)]
    assert less[0]["block"].tolist() == [1, 3, 1, 1]  # what is not named stays
    row = three_counts(less[0].query("doc_id == 'p' and article == 0"), ["改革"], less[1])
    assert row[["string_count", "token_count"]].to_numpy().tolist() == [[3, 3]]
    assert len(leave_out(TERMS, copied, blocks, share=0.7)) == len(TERMS)
    for nothing in (copied.iloc[:0], pd.DataFrame(columns=["doc_id", "start", "end"])):
        pd.testing.assert_frame_equal(leave_out(TERMS, nothing, blocks), TERMS)
    for share in (0, 1.1):
        with pytest.raises(InputError):
            leave_out(TERMS, copied, blocks, share)


@given(st.lists(st.lists(st.sampled_from(["改革", "发展", "a", "b"]), max_size=8), min_size=1, max_size=6))
def test_terms_are_counted(parts):
    if not any(parts):
        with pytest.warns(RuntimeWarning, match="no part"):
            assert count_terms(parts)[0].shape == (len(parts), 0)
        return
    counts, terms = count_terms(parts)
    assert list(terms) == sorted({term for part in parts for term in part})
    assert counts.toarray().tolist() == [[part.count(term) for term in terms] for part in parts]
