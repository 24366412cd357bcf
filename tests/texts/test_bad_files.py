"""Broken, hostile and misnamed files: one clear line for each, and the rest of the folder is read."""

import io
import os
import struct
import zipfile

import openpyxl
import pytest

from reformtext import InputError
from reformtext.texts import formats
from reformtext.texts import read as reading
from reformtext.texts.read import read

TEXT = "青泽县推进改革，全年办结事项二十件。\n"


def packed(**files):
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w") as archive:
        for name, content in files.items():
            archive.writestr(name.replace("__", "/"), content)
    return target.getvalue()


def book(*rows):
    target = io.BytesIO()
    workbook = openpyxl.Workbook()
    for row in rows:
        workbook.active.append(row)
    workbook.save(target)
    return target.getvalue()


def repacked(data, name, content):
    """Give a package with one of its parts exchanged."""
    parts = zipfile.ZipFile(io.BytesIO(data))
    return packed(**{entry.replace("/", "__"): parts.read(entry) for entry in parts.namelist()} | {name: content})


def locked(data):
    """Set the flag that says that every entry is encrypted."""
    out = bytearray(data)
    for magic, at in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        place = out.find(magic)
        while place >= 0:
            out[place + at] |= 1
            place = out.find(magic, place + 1)
    return bytes(out)


def lying(data, size):
    """Write another size into the headers of an archive's entries."""
    out = bytearray(data)
    place = out.find(b"PK\x01\x02")
    struct.pack_into("<I", out, place + 24, size)
    return bytes(out)


ENTITIES = '<?xml version="1.0"?><!DOCTYPE a [<!ENTITY b "ha"><!ENTITY c "&b;&b;&b;">]><a>&c;</a>'
SHEET = book(["标题", "正文"], ["甲", "青泽县推进改革，事项办结二十件。" * 3])
BAD = {
    "empty.txt": (b"", "empty"),
    "blank.txt": (b" \n\n ", "empty"),
    "wide_blank.txt": ("　\n".encode(), "only blanks"),
    "noise.txt": (bytes((i * i * 7 + i * 131) % 251 for i in range(4000)), "encoding|binary"),
    "program.txt": (bytes(range(1, 32)) * 99, "binary"),
    "old.doc": (b"\xd0\xcf\x11\xe0" + bytes(600), "old Office file"),
    "text.docx": (b"plain text", "no DOCX"),
    "cut.docx": (packed(word__document="<a/>")[:40], "cut off"),
    "damaged.docx": (packed(**{"word__document.xml": "<bad"}), "damaged DOCX"),
    "none.xlsx": (packed(**{"xl__workbook.xml": "<a/>"}), "damaged Excel"),
    "cut.xlsx": (SHEET[: len(SHEET) // 2], "cut off or damaged"),
    "entities.xlsx": (repacked(SHEET, "xl__sharedStrings.xml", ENTITIES), "entities of its own"),
    "broken.xlsx": (
        repacked(SHEET, "xl__worksheets__sheet1.xml", "<worksheet><sheetData><row>"),
        "damaged Excel|without rows",
    ),
    "numbers.xlsx": (book(["a", "b"], [1, 2]), "no column holds texts"),
    "twice.xlsx": (book(["正文", "正文"], ["甲", "乙"]), "row 1: two columns"),
    "head.xlsx": (book(["标题", "正文"]), "without rows"),
    "blank.xlsx": (book(), "without rows"),
    "locked.xlsx": (b"\xd0\xcf\x11\xe0" + b"EncryptedPackage" * 40, "password"),
    "old.xls": (b"\xd0\xcf\x11\xe0" + bytes(600), "old Office file"),
    "old.wps": (b"\xd0\xcf\x11\xe0" + bytes(900), "old Office file"),
    "entities.docx": (packed(**{"word__document.xml": ENTITIES, "[Content_Types].xml": "<a/>"}), "entities of its own"),
    "empty.docx": (packed(**{"word__document.xml": ""}), "damaged DOCX"),
    "empty.zip": (packed(), "without a file"),
    "hidden.zip": (packed(**{".a": "a", "~$b.txt": "b"}), "without a file"),
    "cut.zip": (packed(**{"a.txt": "改革" * 500})[:200], "cut off or damaged"),
    "locked.zip": (locked(packed(**{"a.txt": "改革"})), "locked.zip/a.txt: packed with a password"),
    "slip.zip": (packed(**{"..__..__a.txt": "改革"}), "leads out of the archive"),
    "rooted.zip": (packed(**{"__etc__a.txt": "改革"}), "leads out of the archive"),
    "drive.zip": (packed(**{"C:__a.txt": "改革"}), "leads out of the archive"),
    "inner.zip": (packed(**{"a.txt": b""}), "inner.zip/a.txt: the file is empty"),
    "inner_doc.zip": (packed(**{"a.doc": b"\xd0\xcf\x11\xe0" + bytes(600)}), "inner_doc.zip/a.doc: an old Office"),
    "nested.zip": (
        packed(**{"b.zip": packed(**{"c.zip": packed(**{"d.zip": packed(**{"a.txt": "改"})})})}),
        "more than 3 deep",
    ),
    "lying.zip": (lying(packed(**{"a.txt": "改革" * 500}), 4_294_967_294), "bytes, more than"),
    "front.zip": (packed(**{"a.txt": "改革"})[10:], "front.zip"),
    "back.zip": (b"PK" + packed(**{"a.txt": "改革"})[12:], "damaged"),
    "photo.jpg": (b"\xff\xd8\xff\xe0" + bytes(99), "image"),
    "photo.tif": (b"II*\x00" + bytes(99), "image"),
    "photo.gif": (b"GIF89a" + bytes(99), "image"),
    "packed.gz": (b"\x1f\x8b" + bytes(99), "packed file"),
    "packed.rar": (b"Rar!\x1a\x07" + bytes(99), "packed file"),
    "packed.7z": (b"7z\xbc\xaf\x27\x1c" + bytes(99), "packed file"),
    "texts.db": (b"SQLite format 3\x00" + bytes(99), "database"),
    "zeros.txt": (bytes(5000), "empty|binary|encoding"),
    "scan.pdf": (b"%PDF-1.4\n%%EOF", "damaged PDF"),
    "tail.pdf": (b"junk" * 9 + b"%PDF-1.7\n1 0 obj", "damaged PDF"),
    "quote.csv": ('题,正文\n甲,"改革"发展\n'.encode(), "not well-formed CSV"),
    "narrow.csv": ("题,正文,日期\n甲,改革\n".encode(), "line 2: 2 cells"),
    "void.json": (b"[]", "without rows"),
    "number.json": (b"7", "not a JSON object"),
    "null.jsonl": (b"null\n", "not a JSON object"),
    "half.json": ('{"正文": "改'.encode(), "not well-formed JSON"),
    "tags.html": (b"<html></html>", "without"),
    "scan.png": (b"\x89PNG\r\n\x1a\n" + bytes(99), "image"),
    "letter.rtf": (rb"{\rtf1 a}", "RTF"),
    "broken.pdf": (b"%PDF-1.7\nnothing", "damaged PDF"),
    "numbers.csv": (b"a,b\n1,2\n", "line 1: no column holds texts"),
    "open.csv": ('题,正文\n"甲,改革\n'.encode(), "line 2"),
    "wide.csv": ("题,正文\n甲,改革,发展\n".encode(), "line 2: 3 cells"),
    "twice.csv": ("正文,正文\n甲,改革\n".encode(), "line 1: two columns"),
    "head.csv": ("题,正文\n".encode(), "without rows"),
    "broken.jsonl": ('{"正文": "改革"}\n{"正文":\n'.encode(), "line 2"),
    "list.jsonl": (b"[1, 2]\n", "line 1: not a JSON object"),
    "deep.json": (b"[" * 99_999, "not well-formed JSON"),
    "deep.html": (("<html><body>" + "<div>" * 9999 + "改革").encode(), "nested too deeply"),
    "scan.caj": (b"CAJ\x00" + bytes(range(256)) * 9, "CNKI file.*CAJViewer"),
    "paper.caj": (b"HN\xc8\x00" + bytes(range(256)) * 9, "CNKI file.*CAJViewer"),
    "thesis.kdh": (b"KDH 2.00" + bytes(range(256)) * 9, "CNKI file.*CAJViewer"),
    "thesis.nh": (b"\xc8\x01" + bytes(range(256)) * 9, "CNKI file.*CAJViewer"),
    "book.djvu": (b"AT&TFORM" + bytes(99), "DjVu scan.*OCR"),
    "photo.psd": (b"8BPS" + bytes(99), "image"),
    "page.ps": (b"%!PS-Adobe-3.0", "PostScript.*PDF"),
    "help.chm": (b"ITSF" + bytes(99), "CHM"),
    "page.webarchive": (b"bplist00" + bytes(99), "web archive of Safari"),
    "rows.parquet": (b"PAR1" + bytes(99), "Parquet.*CSV"),
    "packed.tar": (b"a.txt".ljust(257, b"\x00") + b"ustar" + bytes(300), "packed file"),
    "packed.xz": (b"\xfd7zXZ" + bytes(99), "packed file"),
    "slides.pptx": (packed(**{"ppt__presentation.xml": "<a/>"}), "presentation"),
    "novel.epub": (packed(**{"META-INF__container.xml": "<a/>"}), "e-book"),
    "letter.odt": (packed(**{"content.xml": "<a/>"}), "OpenDocument"),
    "decree.ofd": (packed(**{"OFD.xml": "<a/>"}), "OFD.*PDF"),
    "text.xlsx": (b"a,b", "no XLSX"),
    "bare.mht": (b"MIME-Version: 1.0\nContent-Type: image/png\n\nabc", "without a page"),
    "empty.mht": (b"MIME-Version: 1.0\nContent-Type: text/html\n\n \n", "without a page"),
    "array.txt": ('[{"正文": "改革"}, {"正文":'.encode(), "not well-formed JSON"),
    "table.dat": ("标题,正文,日期\n甲,改革\n".encode(), "line 2: 2 cells"),
    "mark.txt": (b"\xff\xfe", "only blanks|encoding"),
    "deep.mht": (b"MIME-Version: 1.0\nContent-Type: multipart/mixed; boundary=a\n\n--a\n" * 9, "without a page"),
    "bare.html": (b"<html><body><script>1</script></body></html>", "without text"),
}


@pytest.mark.parametrize("name", BAD)
def test_what_cannot_be_read_is_refused_in_one_line(tmp_path, name):
    data, said = BAD[name]
    (tmp_path / name).write_bytes(data)
    with pytest.raises(InputError, match=said) as caught:
        read(tmp_path / name)
    assert name in str(caught.value) and "\n" not in str(caught.value)


def test_the_table_is_long():
    assert len(BAD) >= 60


def test_a_folder_is_read_whole_before_its_errors_are_raised(tmp_path):
    for name, (data, _) in BAD.items():
        (tmp_path / name).write_bytes(data)
    (tmp_path / "z.txt").write_text(TEXT, encoding="utf-8")
    (tmp_path / ".hidden").write_bytes(b"")
    (tmp_path / "metadata.csv").write_bytes(b"")
    errors = []
    assert [document.name for document in read(tmp_path, on_error=errors.append)] == ["z"]
    assert len(errors) == len(BAD)
    with pytest.raises(InputError) as caught:
        read(tmp_path)
    assert len(str(caught.value).splitlines()) == 1 + len(BAD)


def test_what_is_no_file_is_told(tmp_path):
    (tmp_path / "a.txt").write_text(TEXT, encoding="utf-8")
    (tmp_path / "folder.txt").mkdir()
    (tmp_path / "gone.txt").symlink_to(tmp_path / "nothing")
    (tmp_path / "loop.txt").symlink_to(tmp_path / "loop.txt")
    os.mkfifo(tmp_path / "pipe.txt")
    errors = []
    assert [document.name for document in read(tmp_path, on_error=errors.append)] == ["a"]
    assert sorted(str(error).split(": ")[0].rsplit("/", 1)[1] for error in errors) == [
        "gone.txt",
        "loop.txt",
        "pipe.txt",
    ]
    with pytest.raises(InputError, match="neither a file nor a folder"):
        read(tmp_path / "pipe.txt")


@pytest.mark.parametrize("encoding", ["utf-8", "gb18030"])
def test_an_archive_is_read_like_a_folder(tmp_path, encoding):
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w") as archive:
        for name in ("市报/甲.txt", "市报/乙.txt", "空.txt"):
            archive.writestr(
                zipfile.ZipInfo(chr(97 + len(archive.namelist())) * len(name.encode(encoding))),
                TEXT if "空" not in name else "",
            )
    data = target.getvalue()
    for number, name in enumerate(("市报/甲.txt", "市报/乙.txt", "空.txt")):
        raw = name.encode(encoding)  # as Chinese Windows writes names: its own bytes and no flag
        data = data.replace(bytes([97 + number]) * len(raw), raw)
    (tmp_path / "many.zip").write_bytes(data)
    errors = []
    documents = read(tmp_path / "many.zip", on_error=errors.append)
    assert sorted(document.file for document in documents) == ["many.zip/市报/乙.txt", "many.zip/市报/甲.txt"]
    assert sorted(document.name for document in documents) == ["many-市报-乙", "many-市报-甲"]
    assert {document.text for document in documents} == {TEXT}
    assert [str(error).split(": ")[0].rsplit("/", 1)[1] for error in errors] == ["空.txt"]


def test_archives_are_bounded(tmp_path, monkeypatch):
    (tmp_path / "bomb.zip").write_bytes(packed(**{f"{k}.txt": "改" * 9999 for k in range(9)}))
    monkeypatch.setattr(reading, "ARCHIVE_BYTES", 99_999)
    with pytest.raises(InputError, match="more than"):
        read(tmp_path / "bomb.zip")
    monkeypatch.setattr(reading, "ARCHIVE_BYTES", 10**9)
    monkeypatch.setattr(reading, "ARCHIVE_ENTRIES", 8)
    with pytest.raises(InputError, match="9 files"):
        read(tmp_path / "bomb.zip")


def test_a_page_is_bounded(tmp_path, monkeypatch):
    (tmp_path / "a.html").write_text("<html><p>" + TEXT * 9, encoding="utf-8")
    assert len(read(tmp_path)) == 1
    monkeypatch.setattr(formats, "HTML_LIMIT", 99)
    with pytest.raises(InputError, match="more than 99 characters"):
        read(tmp_path)


def test_a_workbook_gives_a_document_a_row(tmp_path):
    import datetime

    rows = [[None], ["标题", "日期", "正文"], ["甲", datetime.datetime(2024, 9, 4), TEXT], ["乙", 45000.0, TEXT * 2]]
    (tmp_path / "a.xlsx").write_bytes(book(*rows))
    documents = read(tmp_path / "a.xlsx")
    assert [(document.name, document.format) for document in documents] == [("a-0001", "xlsx"), ("a-0002", "xlsx")]
    assert [document.meta for document in documents] == [
        {"标题": "甲", "日期": "2024-09-04"},
        {"标题": "乙", "日期": "45000"},
    ]
    assert "column “正文”, line 3" in documents[0].notes[0]
