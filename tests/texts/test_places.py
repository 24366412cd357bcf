"""The gazetteer: codes of GB/T 2260 say the level and the unit above, and an old name leads to a current one."""

import re

import pytest

from reformtext.texts.lexicon import load_table

COLUMNS = ["code", "name", "short", "level", "parent", "now"]
PLACES = load_table("places", COLUMNS, key=["code", "name"])
CURRENT = PLACES[PLACES["now"] == ""].set_index("code")


def test_each_code_says_its_level_and_its_parent():
    for row in PLACES.itertuples():
        assert re.fullmatch(r"[1-8]\d{5}", row.code)
        zeros = "province" if row.code[2:] == "0000" else "prefecture" if row.code[4:] == "00" else "county"
        above = {"province": "", "prefecture": row.code[:2] + "0000", "county": row.code[:4] + "00"}[zeros]
        assert (row.level, row.parent) == (zeros, above), row.name
        assert not row.parent or row.parent in set(PLACES["code"])
        assert row.name.startswith(row.short) or row.short == row.name


def test_a_code_has_one_current_name_and_an_old_name_leads_to_one():
    assert CURRENT.index.is_unique
    assert set(PLACES["now"]) - {""} <= set(CURRENT.index)


# 333 prefecture-level units and the Xiong'an New Area, which has a code of that level.
@pytest.mark.parametrize(("level", "shandong", "china"), [("province", 1, 34), ("prefecture", 16, 334)])
def test_all_units_are_there(level, shandong, china):
    of_level = CURRENT[CURRENT["level"] == level]
    assert len(of_level) == china
    assert of_level.index.str.startswith("37").sum() == shandong


def test_all_counties_of_shandong_are_there():
    assert len(CURRENT[CURRENT["level"] == "county"]) == 136


@pytest.mark.parametrize(
    ("code", "name"),
    [
        ("370126", "商河县"),
        ("371500", "聊城市"),
        ("371700", "菏泽市"),
        ("371400", "德州市"),
        ("370500", "东营市"),
        ("371324", "兰陵县"),
    ],
)
def test_places_have_their_codes(code, name):
    assert CURRENT.loc[code, "name"] == name


def test_a_short_name_means_one_place_where_it_is_not_the_whole_name():
    shortened = CURRENT[CURRENT["short"] != CURRENT["name"]]
    assert shortened["short"].is_unique
