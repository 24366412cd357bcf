"""The ledger: a row a file, whatever became of it."""

import docx
import openpyxl
import pytest

import reformtext as rt
from reformtext.study.tables import SCHEMA
from reformtext.texts.ledger import LEDGER_COLUMNS

TEXT = "青泽县推进改革，全年办结事项二十件，群众都说好。\n"


def test_every_file_of_a_folder_has_its_row(tmp_path):
    (tmp_path / "sub").mkdir()
    (tmp_path / "sub/gb.txt").write_bytes((TEXT * 9).encode("gb18030") + b"\xff\n")
    (tmp_path / "export.csv").write_text(
        f"标题,正文\n甲,{TEXT * 2}乙,{TEXT}".replace("。\n青", "。青"), encoding="utf-8"
    )
    (tmp_path / "empty.txt").write_bytes(b"")
    document = docx.Document()
    document.add_paragraph(TEXT)
    document.save(tmp_path / "a.docx")
    book = openpyxl.Workbook()
    book.active.title = "市报"
    book.active.append(["序号", "稿子"])
    book.active.append([1, TEXT * 3])
    book.save(tmp_path / "a.xlsx")
    rows = rt.ledger(tmp_path).set_index("file")
    assert rows.index.tolist() == ["a.docx", "a.xlsx", "empty.txt", "export.csv", "sub/gb.txt"]
    assert rows["format"].tolist() == ["docx", "xlsx", "", "csv", "text"]
    assert rows["encoding"].tolist() == ["", "", "", "utf-8", "gb18030"]
    assert rows["content"].tolist() == [
        "paragraphs: 1",
        "rows of sheet 市报: 1; text in column “稿子” (the one with the longest texts)",
        "",
        "rows: 2; text in column “正文” (by its name)",
        "lines: 11",
    ]
    assert "the file is empty" in rows.loc["empty.txt", "odd"]
    assert rows.loc["sub/gb.txt", "odd"].startswith("1 broken byte, now")
    assert rows.loc["sub/gb.txt", "bytes"] == (tmp_path / "sub/gb.txt").stat().st_size
    assert (rows.drop("empty.txt")[["format_told", "sha256"]] != "").all(axis=None)


def test_a_single_file_and_an_archive_are_told_too(tmp_path):
    import zipfile

    with zipfile.ZipFile(tmp_path / "a.zip", "w") as archive:
        archive.writestr("甲.txt", TEXT)
        archive.writestr("空.txt", "")
    assert rt.ledger(tmp_path / "a.zip")["file"].tolist() == ["a.zip/甲.txt", "a.zip/空.txt"]
    with pytest.raises(rt.InputError, match="no such file"):
        rt.ledger(tmp_path / "b.zip")


def test_the_table_of_a_study_has_the_same_columns():
    assert tuple(column.name for column in SCHEMA["files"]) == LEDGER_COLUMNS
