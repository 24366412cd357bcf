from pathlib import Path

import pytest

import reformtext as rt
from reformtext.study.metadata import Source, complete, facts_of, iso_date, read_metadata, tell_notes
from reformtext.study.rows import document_tables
from reformtext.texts.read import Document


@pytest.mark.parametrize(
    ("written", "iso"),
    [
        ("2024-09-04", "2024-09-04"),
        ("2024/9/4", "2024-09-04"),
        ("2024年9月4日 08:30", "2024-09-04"),
        ("2024年9月", "2024-09"),
        ("20240904", "2024-09-04"),
        ("2024", "2024"),
        ("2024-02-30", ""),
        ("2024/13/45", ""),
        ("soon", ""),
        ("", ""),
    ],
)
def test_iso_date(written: str, iso: str) -> None:
    assert iso_date(written) == iso


@pytest.mark.parametrize(
    ("row", "told"),
    [
        (",,1,,", "line 2: the file's name is missing"),
        ("a.txt,x,1,,", "line 2: row is 'x'"),
        ("a.txt,,0,,", "line 2: article is '0'"),
        ("a.txt,,1,2023-02-31,", "line 2: '2023-02-31' is no date"),
        ("a.txt,,1,last May,", "line 2: 'last May' is no date"),
        ("a.txt,,1,,perhaps", "line 2: use is 'perhaps'"),
        ("a.txt,,2,,no", "line 2: use leaves out a text"),
    ],
)
def test_each_fault_has_its_own_words_and_line(tmp_path: Path, row: str, told: str) -> None:
    path = tmp_path / "m.csv"
    path.write_text(f"file,row,article,date,use\n{row}\n", encoding="utf-8")
    with pytest.raises(rt.InputError, match=told):
        read_metadata(path)


def test_a_misspelt_column_is_said(tmp_path: Path) -> None:
    path = tmp_path / "m.csv"
    path.write_text("file, article ,titel\na.txt,1,x\n", encoding="utf-8")
    with pytest.warns(UserWarning, match="titel are not used"):
        assert list(read_metadata(path)) == [("a.txt", 0, 1)]


def test_an_exports_own_columns_are_taken_under_the_names_that_exports_give_them() -> None:
    document = Document(
        "a-0001", "文", {"标题": "青岭", "Date": "2024/5/3", "来源": "青岭报", "阅读": "9"}, format="csv"
    )
    known = facts_of(Source(document, {}), 1)
    assert (known["title"], known["date"], known["source"]) == ("青岭", "2024-05-03", "青岭报")


def test_what_is_odd_about_an_export_is_told_once() -> None:
    rows = [Document(f"a-{n}", "文", file="a.csv", notes=("1 broken byte, now U+FFFD: byte 7",)) for n in (1, 2)]
    with pytest.warns(UserWarning, match="a.csv: 1 broken") as told:
        tell_notes(rows)
    assert len(told) == 1


@pytest.mark.parametrize(
    ("known", "found", "filled"),
    [
        ({"place": "", "place_code": "", "level": ""}, {"place": "德州市", "place_code": "371400"}, "place|place_code"),
        ({"place": "青岭县", "place_code": "", "level": ""}, {"place": "德州市", "place_code": "371400"}, ""),
        ({"date": "2024", "date_kind": ""}, {"date": "2024-01-02", "date_kind": "event"}, ""),
        ({"author": "", "title": "甲"}, {"author": "王一川", "title": "乙"}, "author"),
    ],
)
def test_only_what_is_missing_is_filled_and_it_is_marked(known, found, filled) -> None:
    whole = complete(known, found)
    assert whole["proposed"] == filled
    assert all(
        whole[name] == (found.get(name, "") if name in filled.split("|") else value) for name, value in known.items()
    )


def test_a_document_without_metadata_tells_what_was_proposed() -> None:
    page = "德州：改革见成效\n\n德州晚报记者 王一川\n\n2024-05-06\n\n　　德州市今年办成改革事项20件，群众都说好，企业也说办事快。"
    columns = document_tables(Source(Document("a", page, {"来源": "某报"}), {}))["documents"]
    row = {name: cell for name, (cell,) in columns.items()}
    assert (row["source"], row["author"], row["date"], row["place_code"]) == ("某报", "王一川", "2024-05-06", "371400")
    assert row["proposed"] == "title|place|place_code|level|author|date|date_kind"
