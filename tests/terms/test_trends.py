import numpy as np
import pandas as pd
import pytest

from reformtext.errors import InputError
from reformtext.terms.trends import trend, trend_forms

YEARS = np.arange(1980, 2020)


def simulate(rate=50.0, growth=1.03, alpha=0.0, seed=1):
    random = np.random.default_rng(seed)
    mean = rate * growth ** (YEARS - YEARS.mean())
    if alpha:
        mean = mean * random.gamma(1 / alpha, alpha, len(mean))
    return random.poisson(mean)


def chosen(table):
    return table[table["chosen"]].set_index("parameter")


def test_a_log_linear_trend_is_found():
    table = trend(simulate(), np.full(40, 1e4), YEARS)
    row = chosen(table).loc["time"]
    assert row["model"] == "poisson" and row["low"] < 1.03 < row["high"] and row["p"] < 0.001
    rate = chosen(table).loc["rate"]
    assert rate["low"] < 50e-4 < rate["high"] and np.isnan(rate["p"])


def test_overdispersion_is_seen_and_widens_the_interval():
    table = trend(simulate(alpha=0.3), np.full(40, 1e4), YEARS).set_index(["model", "parameter"])
    assert table["dispersion"].iloc[0] > 2 and table["dispersion_p"].iloc[0] < 0.05
    assert table["chosen"].groupby("model").all().to_dict() == {
        "poisson": False, "poisson_robust": False, "negative_binomial": True
    }  # fmt: skip
    width = {name: table.loc[(name, "time"), "high"] - table.loc[(name, "time"), "low"] for name, _ in table.index}
    assert width["poisson"] < min(width["poisson_robust"], width["negative_binomial"])
    alpha = table.loc[("negative_binomial", "alpha")]
    assert alpha["low"] < 0.3 < alpha["high"]


def test_the_closed_form_of_two_times():
    # with two times the Poisson model has one rate for each: the ratio, and its error √(1/40 + 1/60), are exact
    table = trend([25, 15, 35, 25], [1000, 1000, 500, 500], [0, 0, 1, 1]).set_index(["model", "parameter"])
    row = table.loc[("poisson", "time")]
    assert row["rate_ratio"] == pytest.approx((60 / 1000) / (40 / 2000))
    assert np.log(row["high"] / row["rate_ratio"]) == pytest.approx(1.959964 * np.sqrt(1 / 40 + 1 / 60), rel=1e-5)


def test_exposure_and_the_unit_of_time():
    counts = simulate()
    one = chosen(trend(counts, np.full(40, 1e4), YEARS))
    longer = chosen(trend(counts, np.full(40, 2e4), YEARS))
    decades = chosen(trend(counts, np.full(40, 1e4), YEARS / 10))
    assert longer.loc["rate", "rate_ratio"] == pytest.approx(one.loc["rate", "rate_ratio"] / 2)
    assert longer.loc["time", "rate_ratio"] == pytest.approx(one.loc["time", "rate_ratio"])
    assert decades.loc["time", "rate_ratio"] == pytest.approx(one.loc["time", "rate_ratio"] ** 10)


def test_the_order_of_observations_changes_nothing():
    counts, order = simulate(alpha=0.3), np.random.default_rng(0).permutation(40)
    one, other = trend(counts, np.full(40, 1e4), YEARS), trend(counts[order], np.full(40, 1e4), YEARS[order])
    pd.testing.assert_frame_equal(one, other, rtol=1e-3)


def test_groups_cluster_the_errors():
    counts = np.repeat([5, 30, 8, 40, 6, 20, 9, 31], 5)
    table = trend(counts, np.full(40, 1e4), np.tile(np.arange(5), 8), groups=np.repeat(np.arange(8), 5))
    plain = trend(counts, np.full(40, 1e4), np.tile(np.arange(5), 8))
    rate = [t.set_index(["model", "parameter"]).loc[("poisson_robust", "rate")] for t in (table, plain)]
    assert rate[0]["high"] - rate[0]["low"] > 1.5 * (rate[1]["high"] - rate[1]["low"])
    assert table["chosen"].sum() in (2, 3) and not table.loc[table["model"] == "poisson", "chosen"].any()


@pytest.mark.parametrize(
    ("counts", "exposure", "time"),
    [([], [], []), ([3], [10], [1]), ([3, 4, 5], [10, 10, 10], [1, 1, 1]), ([0, 0, 0], [10, 10, 10], [1, 2, 3])],
)
def test_too_little_for_a_trend(counts, exposure, time):
    with pytest.warns(RuntimeWarning, match="a trend takes") as caught:
        table = trend(counts, exposure, time)
    assert len(caught) == 1 and table["rate_ratio"].isna().all() and not table["chosen"].any()
    assert list(table.columns) == list(trend([1, 2, 4], [9, 9, 9], [1, 2, 3]).columns)


@pytest.mark.parametrize(
    ("counts", "exposure", "time"),
    [
        ([1, 2, -1], [10, 10, 10], [1, 2, 3]),
        ([1, 2, np.nan], [10, 10, 10], [1, 2, 3]),
        ([1, 2, 3], [10, 10, 0], [1, 2, 3]),
        ([1, 2, 3], [10, 10, 10], [1, 2, np.nan]),
        ([1, 2, 3], [10, 10], [1, 2, 3]),
        ([1, 2, 3], [10, 10, 10], ["1990", "1991", "spring"]),
        ([1, 2, 3], [10, 10, 10], pd.date_range("1990", periods=3, freq="YS")),
    ],
)
def test_bad_input(counts, exposure, time):
    for model in (trend, trend_forms):
        with pytest.raises(InputError):
            model(counts, exposure, time)


def test_series_in_different_orders():
    counts = pd.Series([1, 2, 4], index=[1990, 1991, 1992])
    with pytest.raises(InputError, match="order"):
        trend(counts, pd.Series([9, 8, 7], index=[1992, 1991, 1990]), [1990, 1991, 1992])


def test_bad_groups():
    with pytest.raises(InputError):
        trend([1, 2, 3], [9, 9, 9], [1, 2, 3], groups=["a", "b"])


@pytest.mark.parametrize(
    ("mean", "form"),
    [
        (np.full(40, 200.0), "constant"),
        (200 * 1.02 ** (YEARS - 2000.0), "linear"),
        (200 * 1.15 ** np.maximum(YEARS - 2005.0, 0), "break"),
        (50 + 400 * np.exp(-((YEARS - 2000.0) ** 2) / 150), "smooth"),
    ],
)
def test_the_form_that_made_the_counts_is_found(mean, form):
    table = trend_forms(np.random.default_rng(5).poisson(mean), np.full(40, 1e4), YEARS)
    assert table.loc[table["qaicc"].idxmin(), "form"] == form
    weights = table.groupby("form")["weight"].first()
    assert weights.sum() == pytest.approx(1) and weights.idxmax() == form
    assert (table["low"] <= table["rate"]).all() and (table["rate"] <= table["high"]).all()
    if form == "break":
        row = table[table["form"] == "break"].iloc[0]
        assert row["break_low"] <= 2005 <= row["break_high"] and abs(row["break_at"] - 2005) <= 2


def test_counts_beyond_any_count_model():
    with pytest.warns(RuntimeWarning, match="does not converge"):
        table = trend([10**12, 2 * 10**12, 3 * 10**12, 5 * 10**12], [10**13] * 4, [1, 2, 3, 4])
    assert chosen(table).loc["time", "model"] == "poisson_robust"


def test_a_form_that_runs_into_the_edge_does_no_harm():
    table = trend_forms([0] * 15 + [30, 60, 80, 90, 120], [1000] * 20, range(20))
    assert {"constant", "linear"} <= set(table["form"]) and np.isfinite(table["qaicc"]).all()


def test_forms_have_rows_for_observed_times_only():
    seen = np.delete(YEARS, [5, 6, 20])
    table = trend_forms(np.delete(simulate(), [5, 6, 20]), np.full(37, 1e4), seen)
    assert table.groupby("form")["time"].agg(list).map(lambda times: times == seen.tolist()).all()
    with pytest.warns(RuntimeWarning, match="eight times"):
        assert trend_forms([1, 2, 3], [9, 9, 9], [1, 2, 3]).empty
