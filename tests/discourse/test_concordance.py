import pytest

from reformtext.discourse.concordance import kwic
from reformtext.errors import InputError
from reformtext.texts.read import Document

DOCUMENTS = [
    Document("a", "云岭县推进改革，干部说改革就是改\n作风。\n\n青禾镇的说明书写着：改革为民。"),
    Document("b", "山里没有这个词。"),
]


@pytest.mark.parametrize(
    ("query", "options", "matches"),
    [
        ("改革", {}, [("推进", "改革", "，干"), ("部说", "改革", "就是"), ("着：", "改革", "为民")]),
        ("说", {}, [("干部", "说", "改革"), ("镇的", "说", "明书")]),
        ("改革", {"sort": "right"}, [("着：", "改革", "为民"), ("部说", "改革", "就是"), ("推进", "改革", "，干")]),
        ("改革", {"sort": "left"}, [("部说", "改革", "就是"), ("推进", "改革", "，干"), ("着：", "改革", "为民")]),
        ("改革[就为]", {"regex": True}, [("部说", "改革就", "是改"), ("着：", "改革为", "民。")]),
        ("改革[", {}, []),
        ("没有", {"window": 0}, [("", "没有", "")]),
        (r"(?=改革)", {"regex": True}, []),
    ],
)
def test_places_with_their_context(query, options, matches):
    table = kwic(DOCUMENTS, query, **{"window": 2} | options)
    if options.get("sort") == "left":  # outwards: the neighbour first
        assert [left[::-1] for left in table["left"]] == sorted(left[::-1] for left in table["left"])
    assert sorted(map(tuple, table[["left", "match", "right"]].values)) == sorted(matches)
    if options.get("sort") != "left":
        assert list(map(tuple, table[["left", "match", "right"]].values)) == matches


def test_offsets_walk_back_to_the_source():
    table = kwic(DOCUMENTS, "改革")
    text = DOCUMENTS[0].text
    assert table["doc_id"].tolist() == ["a"] * 3
    assert [text[start:end] for start, end in zip(table["start"], table["end"], strict=True)] == ["改革"] * 3


def test_the_sample_is_seeded_and_keeps_text_order():
    many = [Document("c", "改革。" * 50)]
    drawn = [kwic(many, "改革", sample=5, seed=seed) for seed in (1, 1, 2)]
    assert drawn[0].equals(drawn[1]) and not drawn[0].equals(drawn[2])
    assert len(drawn[0]) == 5 and drawn[0]["start"].is_monotonic_increasing
    assert len(kwic(many, "改革", sample=99)) == 50


def test_no_place_gives_an_empty_table_of_the_same_kind():
    assert kwic(DOCUMENTS, "不存在").dtypes["start"] == kwic(DOCUMENTS, "改革").dtypes["start"]


@pytest.mark.parametrize(
    ("query", "options", "said"),
    [
        ("", {}, "empty"),
        ("(改", {"regex": True}, "no regular expression"),
        ("改*", {"regex": True}, "fits the empty string"),
        ("改", {"sort": "up"}, "sort is 'up'"),
        ("改", {"window": -1}, "window -1"),
        ("改", {"window": "page"}, "window page"),
        ("改", {"sample": 0}, "sample 0"),
    ],
)
def test_a_bad_query_is_refused(query, options, said):
    with pytest.raises(InputError, match=said):
        kwic(DOCUMENTS, query, **options)


def test_a_sentence_may_be_the_window():
    text = "先说甲。青禾县说改革，干部也说！后说乙"
    table = kwic([Document("s", text)], "说", window="sentence")
    assert (table["left"] + table["match"] + table["right"]).tolist() == [
        "先说甲。",
        "青禾县说改革，干部也说！",
        "青禾县说改革，干部也说！",
        "后说乙",
    ]


def test_the_table_shows_itself_aligned_and_escaped(tmp_path):
    table = kwic([Document("<b>", "山里<script>说改革。")], "说")
    for shown in (table._repr_html_(), table.head(1)[["left", "match"]]._repr_html_()):
        assert "text-align: right" in shown and "&lt;script&gt;" in shown and "<script>" not in shown
    page = table.to_page(tmp_path / "page.html", title="a < b").read_text("utf-8")
    assert "a &lt; b" in page and page.count("<script>") == 1 and "//" not in page and len(page) < 4000
    with pytest.raises(InputError, match="cannot be written"):
        table.to_page(tmp_path / "no" / "page.html")
