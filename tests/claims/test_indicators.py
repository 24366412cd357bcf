"""Indicators by their official names and aliases."""

import pytest

from reformtext.claims.indicators import indicator_code, is_stock
from reformtext.texts.lexicon import load_table


@pytest.mark.parametrize(
    ("name", "code"),
    [
        ("社会消费品零售总额", "retail_sales"),
        ("全市社零总额", "retail_sales"),
        ("规上工业增加值", "industry_value_added"),
        ("规模以上工业增加值", "industry_value_added"),
        ("国内生产总值", "gdp"),
        ("单位国内生产总值能耗", "energy_intensity"),
        ("城镇居民人均可支配收入", "urban_income"),
        ("本外币各项贷款余额", "loans"),
        ("新增城镇就业", "new_jobs"),
        ("石门五地州地区生产总值", "gdp"),
        ("高新技术企业数量", "high_tech_firms"),
        ("工业技改投资", "tech_investment"),
        ("园区固定资产投资", None),
        ("茶叶出口额", None),
        ("产业投资占全部投资比重", None),
        ("银杏树", None),
    ],
)
def test_a_name_is_an_indicator_unless_something_narrows_it(name, code):
    assert indicator_code(name) == code


@pytest.mark.parametrize(
    ("name", "stock"),
    [
        ("各项贷款余额", True),
        ("常住人口", True),
        ("进出口总额", False),
        ("造林面积", False),
        ("充电桩保有量", True),
        ("贷款增量", False),
    ],
)
def test_stock_or_flow(name, stock):
    assert is_stock(name) is stock


def test_the_list_is_whole():
    table = load_table("indicators", ["code", "name", "aliases", "english", "unit", "type"], key=["code"])
    aliases = [a for row in table.itertuples() for a in [row.name, *row.aliases.split("|")] if a]
    assert len(table) >= 150
    assert len(aliases) == len(set(aliases))
    assert set(table["type"]) == {"flow", "stock"}
    assert all(table["english"])
