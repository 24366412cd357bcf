"""A corpus audited document by document, each with the claims it asks for, has the checks of the corpus as a whole."""

import pandas as pd
from hypothesis import Phase, given, settings
from hypothesis import strategies as st

import reformtext as rt
from reformtext.claims.partners import partners

ROW = st.fixed_dictionaries(
    {
        "doc_id": st.sampled_from("abcd"),
        "start": st.integers(0, 40).map(lambda n: n * 12),
        "surface_value": st.sampled_from([("12.5亿元", 12.5e8, "元"), ("13.5亿元", 13.5e8, "元"), ("8.0%", 8.0, "%")]),
        "kind": st.sampled_from(["level", "level", "change"]),
        "indicator": st.sampled_from(["出口总额", "出口总额和进口", "出口", "进口总额"]),
        "indicator_code": st.sampled_from(["", "", "A1"]),
        "period": st.sampled_from(["", "2022", "2023-01-01/2023-12-31", "2024-01-01/2024-12-31"]),
        "basis": st.sampled_from(["yoy", "yoy", ""]),
        "status": st.sampled_from(["reported", "reported", "planned"]),
        "place": st.sampled_from(["", "青泽县", "青泽县", "云河县"]),
    }
)


def table(rows: list[dict[str, object]]) -> pd.DataFrame:
    for row in rows:
        surface, value, unit = row.pop("surface_value")  # type: ignore[misc]
        row |= {"surface": surface, "value": value, "unit": unit, "end": row["start"] + len(surface)}  # type: ignore[operator]
        row |= {"direction": "up" if row["kind"] == "change" else "", "bound": "exact", "article": 1}
        row |= {"scope": "", "price": "", "source": ""}
        if unit == "%" and row["kind"] == "level":
            row["kind"] = "share"
    return pd.DataFrame(rows).drop_duplicates(["doc_id", "start"]).sort_values(["doc_id", "start"], ignore_index=True)


@settings(max_examples=40, phases=(Phase.explicit, Phase.generate))
@given(st.lists(ROW, min_size=4, max_size=24).map(table))
def test_parts_with_their_partners_give_the_checks_of_the_whole(claims: pd.DataFrame) -> None:
    whole = rt.audit(claims)
    tells = partners(claims.to_dict("records")).tells
    found = []
    for name, own in claims.groupby("doc_id"):
        asks, first = partners(own.to_dict("records")).asks, {}
        for key, content, number in tells:
            if key in asks:
                first.setdefault((key, content), number)
        others = claims.loc[sorted({number for number in first.values() if claims.loc[number, "doc_id"] != name})]
        checks = rt.audit(pd.concat([own, others]))
        found.append(checks[checks["doc_id"] == name])
    assert pd.concat(found).to_csv(index=False) == whole.to_csv(index=False)
