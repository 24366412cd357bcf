"""Claims in units a person reads."""

import pandas as pd
import pytest

from reformtext import InputError
from reformtext.claims.readable import readable

COLUMNS = ["surface", "value", "unit", "kind", "direction", "bound"]


@pytest.mark.parametrize(
    ("row", "figure"),
    [
        (("157.3亿元", "15730000000", "元", "level", "", "exact"), "157.3 亿元"),
        (("超1.3万亿元", "1300000000000", "元", "level", "", "min"), "≥ 1.3 万亿元"),
        (("2000余项", "2000", "项", "level", "", "about"), "≈ 2000 项"),
        (("7.4万件", "74000", "件", "level", "", "exact"), "7.4 万件"),
        (("8.3%", "8.3", "%", "change", "up", "exact"), "+8.3%"),
        (("1.13个百分点", "1.13", "百分点", "delta", "down", "exact"), "−1.13 百分点"),
        (("99%", 99, "%", "share", None, "exact"), "99%"),
        (("前3位", "3", "位", "rank", "", "max"), "前3位"),
        (("六大", "6", "大", "level", "", "exact"), "6 大"),
        (("515", "515", "", "level", "", "exact"), "515"),
    ],
)
def test_figure(row, figure):
    frame = pd.DataFrame([row], columns=COLUMNS, index=[7])
    shown = readable(frame)
    assert shown["figure"].to_dict() == {7: figure}
    assert list(shown.columns) == ["surface", "figure", "kind"]
    assert list(frame.columns) == COLUMNS


def test_what_is_no_claims_table():
    with pytest.raises(InputError, match="lacks the columns unit"):
        readable(pd.DataFrame(columns=["value", "kind", "direction", "bound"]))
    with pytest.raises(InputError, match="no number"):
        readable(pd.DataFrame([("a", "viel", "元", "level", "", "exact")], columns=COLUMNS))
