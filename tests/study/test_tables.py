import itertools
import json
import math
from decimal import Decimal
from pathlib import Path

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

import reformtext as rt
from reformtext.study import tables


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    claims = pd.DataFrame(
        {"doc_id": ["a"], "start": [3], "end": [9], "surface": ["157.3亿元"], "value": [15730000000.0], "unit": ["元"]}
    )
    tables.write_tables({"claims": claims}, tmp_path, "test")
    return tmp_path


@pytest.mark.parametrize(
    ("value", "written"),
    [(15730000000.0, "15730000000"), (15.6, "15.6"), (1e-7, "0.0000001"), (1e22, "1" + "0" * 22), (3, "3"), ("", "")],
)
def test_plain(value: object, written: str) -> None:
    assert tables.plain(value) == written


@given(st.floats(allow_nan=False, allow_infinity=False))
def test_plain_reads_back_the_same(value: float) -> None:
    assert float(tables.plain(value)) == value
    assert "e" not in tables.plain(value).lower()


def test_a_table_reads_back_as_it_was_written(folder: Path) -> None:
    claims = rt.Study(folder).claims
    assert claims.loc[0, "value"] == 15730000000.0 and claims.loc[0, "start"] == 3
    assert claims.loc[0, "period"] == "" and "157.3亿元,15730000000,元" in (folder / "claims.csv").read_text("utf-8")


def test_every_table_is_there_with_its_columns_even_when_empty(folder: Path) -> None:
    study = rt.Study(folder)
    for name, columns in tables.SCHEMA.items():
        assert list(study.table(name).columns) == [column.name for column in columns]


def test_a_bulky_table_is_parquet_and_reads_the_same(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tables, "BULK_ROWS", 1)
    terms = pd.DataFrame(
        {
            "doc_id": ["a", "a"],
            "article": [1, 1],
            "block": [0, 0],
            "term": ["改革", "开放"],
            "pos": ["n", "v"],
            "count": [2, 1],
        }
    )
    tables.write_tables({"terms": terms}, tmp_path, "test")
    assert (tmp_path / "terms.parquet").is_file()
    study = rt.Study(tmp_path)
    assert study.terms["count"].tolist() == [2, 1]
    assert study.query("select sum(count) as n from terms")["n"].tolist() == [3]


def test_query_reads_csv_with_the_schema_types(folder: Path) -> None:
    assert rt.Study(folder).query("select value / 2 as half from claims")["half"].tolist() == [7865000000.0]


def test_query_error_names_the_tables(folder: Path) -> None:
    with pytest.raises(rt.InputError, match="the tables are documents"):
        rt.Study(folder).query("select nothing from nowhere")


def test_manifest_finds_one_flipped_byte(folder: Path) -> None:
    study = rt.Study(folder)
    assert study.faults() == {}
    path = folder / "claims.csv"
    path.write_bytes(path.read_bytes().replace(b"157.3", b"157.8"))
    assert study.faults() == {"claims.csv": "differs"}


def break_manifest(folder: Path) -> None:
    (folder / tables.MANIFEST).write_text("{", encoding="utf-8")


def remove_manifest(folder: Path) -> None:
    (folder / tables.MANIFEST).unlink()


def rename_column(folder: Path) -> None:
    path = folder / "claims.csv"
    path.write_text(path.read_text("utf-8").replace("surface", "text"), encoding="utf-8")


def put_a_word_for_a_number(folder: Path) -> None:
    path = folder / "claims.csv"
    path.write_text(path.read_text("utf-8").replace("15730000000", "much"), encoding="utf-8")


def remove_table(folder: Path) -> None:
    (folder / "claims.csv").unlink()


@pytest.mark.parametrize(
    "damage", [break_manifest, remove_manifest, rename_column, put_a_word_for_a_number, remove_table]
)
def test_a_damaged_study_is_refused_by_name(folder: Path, damage: object) -> None:
    damage(folder)  # type: ignore[operator]
    with pytest.raises(rt.InputError, match=r"(?s)(datapackage|claims|study).*;.*(build|name)"):
        _ = rt.Study(folder).claims


def test_datapackage_carries_the_schema(folder: Path) -> None:
    package = json.loads((folder / tables.MANIFEST).read_text("utf-8"))
    fields = next(row for row in package["resources"] if row["name"] == "claims")["schema"]["fields"]
    assert [field["name"] for field in fields][:3] == ["doc_id", "start", "end"]
    assert all(field["description"] for field in fields)


def test_plain_handles_what_pandas_calls_missing() -> None:
    assert [tables.plain(value) for value in (None, pd.NA, math.nan)] == ["", "", ""]
    assert Decimal(tables.plain(0.1)) == Decimal("0.1")


def test_sql_gives_the_same_answers_over_csv_and_parquet(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    frame = pd.DataFrame(
        {"doc_id": ["a", "b"], "start": [1, 2], "end": [2, 3], "value": [1.5, float("nan")], "place": ["", "青岭县"]}
    )
    answers = []
    for rows, name in ((100_000, "csv"), (1, "parquet")):
        monkeypatch.setattr(tables, "BULK_ROWS", rows)
        (tmp_path / name).mkdir()
        tables.write_tables({"claims": frame}, tmp_path / name, "test")
        study = rt.Study(tmp_path / name)
        assert (tmp_path / name / f"claims.{name}").is_file()
        sql = "select count(*) filter (place = '') as e, count(value) as v, sum(start) as s, count(distinct place) as d from claims"
        answers.append(study.query(sql).to_numpy().tolist())
        assert study.claims["place"].tolist() == ["", "青岭县"]
    assert answers[0] == answers[1] == [[1, 1, 3, 2]]


@pytest.mark.parametrize("old, new", [(",3,9,", ",3.5,9,"), ("157.3亿元", "157.3亿元\ud800")])
def test_a_hand_edited_table_is_refused_not_rounded(folder: Path, old: str, new: str) -> None:
    path = folder / "claims.csv"
    path.write_bytes(path.read_text("utf-8").replace(old, new).encode("utf-8", "surrogatepass"))
    with pytest.raises(rt.InputError, match=r"claims\.csv.*build the study again"):
        _ = rt.Study(folder).claims


def test_a_path_with_a_quotation_mark_is_no_sql(tmp_path: Path) -> None:
    folder = tmp_path / "o'brien: x"
    folder.mkdir()
    tables.write_tables({}, folder, "test")
    assert rt.Study(folder).query("select count(*) as n from claims")["n"].tolist() == [0]
    assert rt.Study(folder).faults() == {}


def test_a_table_that_would_fill_the_memory_is_warned_of_before_it_is_read(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert tables._memory() > 1e8
    monkeypatch.setattr(tables, "_memory", lambda: 100.0)
    with pytest.warns(UserWarning, match=r"claims has 1 rows.*study\.query"):
        assert len(rt.Study(folder).claims) == 1


def test_a_query_that_needs_more_than_its_memory_says_so(folder: Path) -> None:
    with pytest.raises(rt.InputError, match="memory"):
        rt.Study(folder).query("select list(i) from range(50000000) as t(i)", memory="20MB")


@pytest.mark.parametrize("sizes", [[0], [1, 1, 1], [3, 0, 7, 4], [9, 2], [4, 4]])
def test_parquet_bytes_do_not_depend_on_the_pieces(
    sizes: list[int], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(tables, "ROW_GROUP", 4)
    rows = [{"doc_id": f"d{n}", "article": 1, "block": n, "kind": "rank", "rank": n or None} for n in range(sum(sizes))]
    ends = [sum(sizes[:n]) for n in range(len(sizes) + 1)]
    pieces = [
        tables.arrow_table(tables.columns_of("phrases", rows[a:b]), "phrases") for a, b in itertools.pairwise(ends)
    ]
    for path, data in (("up", pieces), ("whole", [tables.arrow_table(tables.columns_of("phrases", rows), "phrases")])):
        tables._write_parquet(tmp_path / path, "phrases", tables.TableData(len(rows), {"rank"}, data))
    assert (tmp_path / "up").read_bytes() == (tmp_path / "whole").read_bytes()
    read = tables.conform(pd.read_parquet(tmp_path / "up"), "phrases")
    pd.testing.assert_frame_equal(read, tables.conform(pd.DataFrame(rows, columns=read.columns), "phrases"))
