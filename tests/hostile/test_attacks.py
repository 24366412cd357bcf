"""Files made to exhaust: each is read or refused within hard limits of time and memory, in a process of its own."""

import io
import struct
import subprocess
import sys
import warnings
import zipfile
import zlib
from pathlib import Path

import docx

import reformtext as rt
from reformtext.texts import read as reading

sys.path.insert(0, str(Path(__file__).parent))
from mutate import book, packed, pdf, pdf_page

SECONDS, MEMORY = 60, 3 << 30  # quadratic work takes minutes; a busy machine is no fault
PROGRAM = f"""
import sys, warnings
try:
    import resource
    resource.setrlimit(resource.RLIMIT_AS, ({MEMORY}, {MEMORY}))
except ImportError:
    pass
warnings.simplefilter("ignore")
import reformtext as rt
from reformtext.texts import formats
formats.PDF_SECONDS = 3
for path in sys.argv[1:]:
    faults = []
    documents = []
    try:
        documents = rt.read(path, on_error=faults.append)
    except rt.InputError as error:
        faults.append(error)
    for document in documents:
        rt.clean(document.text)
    print(path.rsplit("/", 1)[-1], len(documents), sum(len(d.text) for d in documents), *faults, sep="\\t")
"""
TEXT = "青泽县推进改革，全年办结事项二十件。"
ENTITIES = b'<!DOCTYPE a [<!ENTITY a "' + TEXT.encode() + b'"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;&a;">]>'
OUTSIDE = b'<!DOCTYPE a [<!ENTITY b SYSTEM "file:///etc/hostname">]>'


def parts_of(data):
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def document(declared=b"", body=b""):
    """Make a DOCX whose text part opens with a declaration."""
    target = io.BytesIO()
    made = docx.Document()
    made.add_paragraph(TEXT + "MARK")
    made.save(target)
    parts = parts_of(target.getvalue())
    part = parts["word/document.xml"].replace(b"<w:document", declared + b"<w:document", 1).replace(b"MARK", body)
    return packed({**parts, "word/document.xml": part})


def sheet(change):
    """Make a workbook whose sheet's XML is changed."""
    parts = parts_of(book([["标题", "正文"], ["甲", TEXT * 3]]))
    name = "xl/worksheets/sheet1.xml"
    return packed({**parts, name: change(parts[name].decode()).encode("utf-8")})


def lying(data, size):
    """Claim a size in the header of an archive's first entry."""
    out = bytearray(data)
    struct.pack_into("<I", out, out.find(b"PK\x01\x02") + 24, size)
    return bytes(out)


def nested(depth, inner):
    for _ in range(depth):
        inner = packed({f"{k}.zip": inner for k in range(8)})
    return inner


def overlapping(count):
    """Make an archive of many names for one and the same stretch of bytes (Fifield, WOOT 2019)."""
    data = zlib.compress(TEXT.encode() * 50_000)[2:-4]
    crc, size = zlib.crc32(TEXT.encode() * 50_000), len(TEXT.encode()) * 50_000
    local = struct.pack("<4s5H3I2H", b"PK\x03\x04", 20, 0, 8, 0, 0, crc, len(data), size, 5, 0) + b"0.txt" + data
    central = b"".join(
        struct.pack("<4s6H3I5H2I", b"PK\x01\x02", 20, 20, 0, 8, 0, 0, crc, len(data), size, 9, 0, 0, 0, 0, 0, 0)
        + f"{k:05d}.txt".encode()
        for k in range(count)
    )
    return local + central + struct.pack("<4s4H2IH", b"PK\x05\x06", 0, 0, count, count, len(central), len(local), 0)


def flate(content):
    """Make a PDF whose page is a compressed stream."""
    squeezed = zlib.compress(content).decode("latin-1")
    made = pdf_page("CONTENT").decode("latin-1")
    return made.replace(
        "<</Length 7>>\nstream\nCONTENT", f"<</Length {len(squeezed)}/Filter/FlateDecode>>\nstream\n{squeezed}"
    ).encode("latin-1")


FONT = "<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>"
LOOP = [
    *("<</Type/Catalog/Pages 2 0 R>>", "<</Type/Pages/Kids[3 0 R]/Count 1>>"),
    "<</Type/Page/Parent 2 0 R/MediaBox[0 0 600 800]/Contents 4 0 R/Resources<</XObject<</X 5 0 R>>/Font<</F 6 0 R>>>>>>",
    "<</Length 60>>\nstream\nBT /F 12 Tf 50 700 Td (Twenty items in all) Tj ET /X Do /X Do \nendstream",
    "<</Type/XObject/Subtype/Form/BBox[0 0 9 9]/Resources<</XObject<</X 5 0 R>>>>/Length 12>>\nstream\n/X Do /X Do \nendstream",
    FONT,
]
ATTACKS = {
    "entities.docx": document(ENTITIES, b"&b;"),
    "outside.docx": document(OUTSIDE, b"&b;"),
    "utf16.xlsx": packed({**parts_of(sheet(str)), "xl/worksheets/sheet1.xml": ('<?xml version="1.0" encoding="utf-16"?>' + ENTITIES.decode() + "<a>&b;</a>").encode("utf-16")}),
    "comment.xlsx": sheet(lambda xml: "<!--" + "x" * 5_000 + "-->" + OUTSIDE.decode() + xml),
    "outside.html": b"<!DOCTYPE html [<!ENTITY b SYSTEM 'file:///etc/hostname'>]><html><body><p>" + TEXT.encode() + b"&b;</p></body></html>",
    "picture.docx": lying(document(), 2**31),
    "size.xlsx": sheet(lambda xml: xml.replace("A1:B2", "A1:XFD1048576").replace("</sheetData>", '<row r="1048576"><c r="A1048576"><v>1</v></c></row></sheetData>')),
    "cells.xlsx": sheet(lambda xml: xml.replace("</sheetData>", "".join(f'<row r="{k}"><c r="XFD{k}"><v>1</v></c></row>' for k in range(3, 900)) + "</sheetData>")),
    "deep.zip": nested(4, b"a"),
    "wide.zip": nested(2, packed({f"{k}.txt": TEXT.encode() for k in range(8)})),
    "overlap.zip": overlapping(2_000),
    "deep.json": b'{"a":' * 90_000,
    "deep.jsonl": b"[" * 90_000 + b"]" * 90_000,
    "number.json": b'{"content": ' + b"9" * 500_000 + b"}",
    "deep.html": b"<html><body>" + b"<div><span>" * 40_000 + TEXT.encode(),
    "blanks.html": b"<html><body><pre>" + b" \t" * 200_000 + b"</pre><p>" + TEXT.encode() + b"<i> </i>" * 50_000 + b"</p></body></html>",
    "tags.html": b"<html><body>" + b"<" * 300_000 + TEXT.encode(),
    "comment.html": b"<html><body>" + b"<!--" * 100_000 + TEXT.encode(),
    "pages.pdf": pdf_page("BT ET", count=2_000_000_000),
    "own_page.pdf": pdf_page("BT ET", pages="[2 0 R 2 0 R 3 0 R]", count=3),
    "own_form.pdf": pdf(LOOP),
    "self_root.pdf": pdf(["1 0 R"]),
    "long_stream.pdf": pdf_page("BT /F 12 Tf (a) Tj ET").replace(b"/Length 21", b"/Length 1073741824"),
    "flate.pdf": flate(b"BT /F 12 Tf 50 700 Td (Twenty items in all) Tj ET" + b" " * 100_000_000),
    "runs.pdf": pdf_page("BT /F 4 Tf " + "".join(f"1 0 0 1 {9 + 60 * (k % 9)} {790 - k // 9} Tm (item {k}) Tj " for k in range(500)) + "ET"),
    "line.txt": ("１，" * 100_000).encode(),
    "nul.txt": ("改革\x00" * 3).encode() + TEXT.encode() * 60,
    "quotes.csv": "题,正文\n".encode() + b'"' * 300_000 + b"\n",
    "columns.csv": b",".join(b"c%d" % k for k in range(50_000)) + b",content\n" + b"," * 50_000 + TEXT.encode() + b"\n",
}  # fmt: skip


def test_each_attack_ends_with_its_text_or_one_clear_line(tmp_path):
    for name, data in ATTACKS.items():
        (tmp_path / name).write_bytes(data)
    paths = [str(tmp_path / name) for name in ATTACKS]
    done = subprocess.run([sys.executable, "-c", PROGRAM, *paths], capture_output=True, text=True, timeout=SECONDS * 5, encoding="utf-8")  # fmt: skip
    assert not done.returncode, done.stderr[-2_000:]
    rows = {row[0]: row[1:] for row in (line.split("\t") for line in done.stdout.splitlines())}
    assert list(rows) == list(ATTACKS)
    for name, (documents, _, *faults) in rows.items():
        assert int(documents) or faults
        assert all(str(tmp_path / name) in fault for fault in faults)
    host = Path("/etc/hostname")
    if host.is_file():
        assert host.read_text().strip() not in done.stdout.replace(str(tmp_path), "")


def test_no_file_of_an_archive_is_lost_for_its_name(tmp_path):
    target = io.BytesIO()
    with warnings.catch_warnings(), zipfile.ZipFile(target, "w") as archive:
        warnings.simplefilter("ignore")  # zipfile's own: two entries of one name
        for name in ("./a.txt", "b//c.txt", "d.txt", "d.txt", "e.txt"):
            archive.writestr(name, TEXT)
    (tmp_path / "odd.zip").write_bytes(target.getvalue())
    faults = []
    documents = rt.read(tmp_path / "odd.zip", on_error=faults.append)
    files = [document.file for document in documents]
    assert files == ["odd.zip/a.txt", "odd.zip/b/c.txt", "odd.zip/d.txt", "odd.zip/e.txt"]
    assert len(faults) == 1 and "two files of one name" in str(faults[0])


def test_archives_in_one_another_share_their_bounds(tmp_path, monkeypatch):
    (tmp_path / "bomb.zip").write_bytes(nested(2, packed({"a.txt": TEXT.encode()})))
    monkeypatch.setattr(reading, "ARCHIVE_ENTRIES", 40)
    faults = []
    documents = rt.read(tmp_path / "bomb.zip", on_error=faults.append)
    assert 0 < len(documents) <= 40
    assert faults and all("40" in str(fault) for fault in faults)
