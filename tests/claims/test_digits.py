import math
from fractions import Fraction

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reformtext.claims.digits import first_digits, grim, heaping, interval
from reformtext.errors import InputError


@pytest.mark.parametrize(
    ("surface", "value", "unit", "bound", "low", "high"),
    [
        ("157.3亿元", "15730000000", "元", "exact", 15_725_000_000, 15_735_000_000),
        ("１５７.３亿元", "15730000000", "元", "exact", 15_725_000_000, 15_735_000_000),
        ("157.\n3亿\n元", "15730000000", "元", "exact", 15_725_000_000, 15_735_000_000),
        ("1.27万亿元", "1270000000000", "元", "exact", 1_265_000_000_000, 1_275_000_000_000),
        ("3亿5000万元", "350000000", "元", "exact", 349_995_000, 350_005_000),
        ("500元", "500", "元", "exact", 499.5, 500.5),
        ("3万千瓦", "30000", "千瓦", "exact", 25_000, 35_000),
        ("三千亿元", "300000000000", "元", "exact", 250_000_000_000, 350_000_000_000),
        ("7.4万件", "74000", "件", "exact", 73_500, 74_500),
        ("3459人", "3459", "人", "exact", 3459, 3459),
        ("50,750户", "50750", "户", "exact", 50_750, 50_750),
        ("五个", "5", "个", "exact", 5, 5),
        ("75%", "75", "%", "exact", 74.5, 75.5),
        ("68.90%", "68.9", "%", "exact", 68.895, 68.905),
        ("四成", "40", "%", "exact", 35, 45),
        ("8成", "80", "%", "exact", 75, 85),
        ("百分之七十五", "75", "%", "exact", 74.5, 75.5),
        ("2.4倍", "2.4", "倍", "exact", 2.35, 2.45),
        ("翻两番", "4", "倍", "exact", 4, math.inf),
        ("2000余项", "2000", "项", "about", 2000, 2100),
        ("1200多项", "1200", "项", "about", 1200, 1300),
        ("60余万件", "600000", "件", "about", 600_000, 700_000),
        ("十余项", "10", "项", "about", 10, 20),
        ("近百家", "100", "家", "about", 90, 100),
        ("近3000家", "3000", "家", "about", 2900, 3000),
        ("约250家", "250", "家", "about", 245, 255),
        ("100家左右", "100", "家", "about", 90, 110),
        ("超过1.3万亿元", "1300000000000", "元", "min", 1_300_000_000_000, math.inf),
        ("30天以内", "30", "天", "max", 0, 30),
    ],
)
def test_what_a_written_figure_stands_for(surface, value, unit, bound, low, high):
    assert interval(surface, Fraction(value), unit, "level", bound) == (
        Fraction(value),
        Fraction(str(low)),
        high if high == math.inf else Fraction(str(high)),
    )


def test_a_third_is_said_to_the_point():
    third = interval("三分之一", Fraction("33.3333"), "%", "share", "exact")
    assert (round(float(third.low), 2), round(float(third.high), 2)) == (32.83, 33.83)


def test_a_rank_is_exact_whatever_its_unit():
    assert interval("第3位", Fraction(3), "位", "rank", "exact") == (3, 3, 3)


@settings(derandomize=True)
@given(st.integers(1, 10**9), st.integers(0, 4))
def test_the_amount_that_was_rounded_lies_in_the_interval(amount, places):
    written = f"{amount / 1e4:.{places}f}"
    figure = interval(f"{written}万元", Fraction(written) * 10_000, "元", "level", "exact")
    assert figure.low - Fraction(1, 10**6) <= amount <= figure.high + Fraction(1, 10**6)


def levels(*numbers, **fields):
    row = {"doc_id": "invented", "unit": "家", "kind": "level", "bound": "exact", "status": "reported"} | fields
    rows = [{**row, "surface": f"{n}家", "value": n, "indicator": f"甲{i}"} for i, n in enumerate(numbers)]
    return pd.DataFrame(rows, columns=[*row, "surface", "value", "indicator"])


def test_heaping_finds_round_numbers_and_their_interval():
    counted, rounded = range(101, 161), range(200, 2000, 20)
    table = heaping(levels(*counted, *rounded)).set_index("digit")
    assert (table.loc["0 or 5", "count"], table.loc["0 or 5", "n"]) == (12 + 90, 150)
    assert table.loc["0", "verdict"] == table.loc["0 or 5", "verdict"] == "more often"
    assert table.loc["7", "verdict"] == "less often"
    assert set(heaping(levels(*counted))["verdict"]) == {"as expected"}


def test_heaping_gives_the_wilson_interval():
    # Newcombe 1998: 15 of 148 is (0.06239, 0.16049).
    table = heaping(levels(*[110] * 15, *[111] * 133)).set_index("digit")
    assert table.loc["0", ["low", "high"]].tolist() == pytest.approx([0.06239, 0.16049], abs=1e-5)


@pytest.mark.parametrize(
    "fields",
    [{"kind": "share"}, {"kind": "rank"}, {"bound": "about"}, {"status": "planned"}],
)
def test_digits_count_only_levels_that_claim_to_be_exact(fields):
    assert heaping(levels(*range(100, 160), **fields))["n"].max() == 0
    assert first_digits(levels(*range(100, 160), **fields))["n"].max() == 0


def test_digits_leave_out_what_has_no_last_digit_to_round_and_what_is_said_twice():
    rows = levels(7, 35, 35)
    rows.loc[len(rows)] = {**rows.iloc[0], "surface": "15.5万家", "value": 155_000}
    rows.loc[len(rows)] = {**rows.iloc[1]}
    assert heaping(rows)["n"].iloc[0] == 2
    assert first_digits(rows)["n"].iloc[0] == 3


def test_benford_expectation_and_counts():
    powers = [2**k for k in range(4, 300)]
    table = first_digits(levels(*powers))
    published = [0.30103, 0.17609, 0.12494, 0.09691, 0.07918, 0.06695, 0.05799, 0.05115, 0.04576]
    assert np.allclose(table["expected"], published, atol=5e-6)
    assert table["count"].tolist() == [sum(str(power)[0] == digit for power in powers) for digit in "123456789"]
    assert set(table["verdict"]) == {"as expected"}
    assert (table["low"] < table["share"]).all() and (table["share"] < table["high"]).all()


def test_benford_finds_what_departs_from_it():
    table = first_digits(levels(*[5 * 10 ** (k % 6) + k for k in range(150)])).set_index("digit")
    assert table.loc["5", "verdict"] == "more often"
    assert table.loc["1", "verdict"] == "less often"


@pytest.mark.parametrize(
    ("numbers", "reason"),
    [
        ([], "0 figures where 110 are needed"),
        ([10**k for k in range(8)], "7 figures where 110 are needed"),
        (range(1000, 2000), "they span 0.3 orders of magnitude where 3 are needed"),
        ([*range(1000, 1200), 10**12], "they span 0.1 orders"),
    ],
)
def test_benford_refuses_where_its_assumptions_fail(numbers, reason):
    table = first_digits(levels(*numbers))
    assert set(table["verdict"]) == {"refused"} and table[["share", "low", "high"]].isna().all(axis=None)
    assert table["reason"].str.contains(reason, regex=False).all()


def test_heaping_refuses_few_figures():
    table = heaping(levels(*range(10, 59)))
    assert set(table["verdict"]) == {"refused"} and set(table["reason"]) == {"49 figures where 50 are needed"}


@pytest.mark.parametrize("test", [heaping, first_digits])
def test_digits_need_columns_and_numbers(test):
    with pytest.raises(InputError, match="lacks the columns bound"):
        test(levels(10).drop(columns="bound"))
    with pytest.raises(InputError, match="is no number"):
        test(levels("many"))


# The published answers of scrutiny's tests (Jung), one letter per mean.
@pytest.mark.parametrize(
    ("means", "n", "items", "answers"),
    [
        ([f"5.{i}" for i in range(19, 31)], 28, 1, "FFTFFFTFFFTF"),
        ([f"0.{i}" for i in range(150, 160)], 120, 3, "TFFTFFTFTF"),
        ([f"0.{i}" for i in range(80, 90)], 28, 2, "TFTFTFTTTT"),
        ([f"{i}%" for i in range(6, 17)], 50, 1, "TFTFTFTFTFT"),
        (["5.27"], 43, 1, "F"),
    ],
)
def test_grim(means, n, items, answers):
    assert "".join("FT"[grim(mean, n, items)] for mean in means) == answers


def test_grim_reads_the_last_zeros():
    # 11 / 3 = 3.667: 3.7 is a mean of three, 3.70 is not.
    assert grim("3.7", 3) and not grim("3.70", 3)


@settings(derandomize=True)
@given(st.integers(0, 1000), st.integers(1, 200), st.integers(0, 4))
def test_grim_passes_every_true_mean(total, n, places):
    scaled = (2 * total * 10**places + n) // (2 * n)
    digits = str(scaled).zfill(places + 1)
    assert grim(f"{digits[:-places]}.{digits[-places:]}" if places else digits, n)


@pytest.mark.parametrize("arguments", [(5.19, 28), ("five", 28), ("5.19", 0), ("5.19", 28, 0), ("-1.0", 3)])
def test_grim_refuses(arguments):
    with pytest.raises(InputError):
        grim(*arguments)
