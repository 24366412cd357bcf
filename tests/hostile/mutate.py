"""Valid files of every kind, and ways to spoil them; a case is told by its seed and its number alone."""

import io
import json
import random
import re
import shutil
import struct
import zipfile
from functools import cache
from pathlib import Path

import openpyxl
import pandas as pd

import reformtext as rt
from reformtext.study.tables import MANIFEST, SCHEMA, write_tables

ROOT = Path(__file__).parents[2]
SAMPLE = ROOT / "data" / "sample" / "texts"
CASE_BYTES = 60_000  # a case is small, so that many can be run; growth with size is measured in `growth.py`

NUMBERS = [
    "0",
    "-1",
    "1",
    "65535",
    "65536",
    "2147483647",
    "4294967295",
    "9" * 20,
    "9" * 400,
    "1e309",
    "-0",
    "0.0",
    "1e-9",
]
NAMES = [
    "../a.txt",
    "/etc/passwd",
    "C:\\a.txt",
    "\\\\host\\a",
    "a/../../b.txt",
    "./a.txt",
    "a//b.txt",
    "CON.txt",
    "a.txt:b",
    "a\x00b.txt",
    "‮txt.a",
    "a" * 300,
]
TOKENS = [
    *("\x00", "\ufeff", "\u202e", "\u200b", "\ufffd", "\U0010ffff", "\x1e\x1d", "\ue000", "\u2028", "\x85", "\x0c", "\r", "\r\n", "\t"),
    *("<div>", "</div>", "<table><tr>", "<!--", "-->", "<![CDATA[", "]]>", "&#0;", "&#xD800;", "&lt;", "<br>", "<pre>", "<script>"),
    *('"', "'", ",", ";", "\\", "{", "}", "[", "]", "null", "NaN", "Infinity", '"\\ud800"', "=1+1", "%00", "正文", "content"),
    *("“", "”", "（", "）", "《", "》", "、", "，", "。", "：", "——", "……", "＋", "·", "%", "％", "‰", "㎡", "℃", "①", "½", "²"),
    *("一", "二", "百", "千", "万", "亿", "万亿", "〇", "零", "两", "半", "多", "余", "第", "前", "成", "倍", "翻番", "个百分点", "元", "项", "家", "位"),
    *("2024年", "9月", "31日", "1—6月", "上半年", "同比", "增长", "下降", "由", "从", "到", "至", "分别", "其中", "占", "居全省第", "截至目前"),
    *("1+6+N", "“132”", "三位一体", "一窗受理", "本报记者", "责任编辑", "上一版", "□", "●", "1.", "（一）", "一、", "全国首个"),
]  # fmt: skip
BYTES = [b"\xff", b"\xfe\xff", b"\xff\xfe", b"\xed\xa0\x80", b"\xf4\x90\x80\x80", b"\xc0\x80", b"\x84\x31\x95\x33", b"\x80", b"\x00\x00", b"\x1a", b"PK\x03\x04", b"PK\x05\x06", b"%PDF-", b"endobj", b"\x81"]  # fmt: skip


def book(*sheets: list[list[object]]) -> bytes:
    """Make a workbook, a list of rows a sheet."""
    workbook, target = openpyxl.Workbook(), io.BytesIO()
    workbook.remove(workbook.active)
    for rows in sheets:
        sheet = workbook.create_sheet()
        for row in rows:
            sheet.append(row)
    workbook.save(target)
    return target.getvalue()


def packed(parts: dict[str, bytes]) -> bytes:
    """Make a ZIP archive."""
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in parts.items():
            archive.writestr(zipfile.ZipInfo(name), data)
    return target.getvalue()


def pdf(objects: list[str]) -> bytes:
    """Make a small PDF of objects, the first its catalogue, with a table of where they stand."""
    out, places = b"%PDF-1.7\n", []
    for number, body in enumerate(objects, 1):
        places.append(len(out))
        out += f"{number} 0 obj\n{body}\nendobj\n".encode()
    start = len(out)
    out += f"xref\n0 {len(objects) + 1}\n0000000000 65535 f \n".encode()
    out += b"".join(f"{place:010d} 00000 n \n".encode() for place in places)
    return out + f"trailer\n<</Size {len(objects) + 1}/Root 1 0 R>>\nstartxref\n{start}\n%%EOF".encode()


def pdf_page(content: str, pages: str = "[3 0 R]", count: int = 1) -> bytes:
    """Make a PDF of one page with its content stream."""
    return pdf(
        [
            "<</Type/Catalog/Pages 2 0 R>>",
            f"<</Type/Pages/Kids{pages}/Count {count}>>",
            "<</Type/Page/Parent 2 0 R/MediaBox[0 0 600 800]/Contents 4 0 R/Resources<</Font<</F 5 0 R>>>>>>",
            f"<</Length {len(content)}>>\nstream\n{content}\nendstream",
            "<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>",
        ]
    )


@cache
def studies() -> tuple[Path, Path]:
    """Build two studies of the sample, one of whose tables are CSV, the other's Parquet, once for this process."""
    import tempfile

    folder = Path(tempfile.mkdtemp(prefix="reformtext-fuzz-"))
    import atexit

    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    rt.build(SAMPLE / "01_qingling_half_year.txt", folder / "csv", jobs=1)
    study = rt.Study(folder / "csv")
    (folder / "parquet").mkdir()
    write_tables({table: study.table(table) for table in SCHEMA}, folder / "parquet", "study")
    package = json.loads((folder / "parquet" / MANIFEST).read_text(encoding="utf-8"))
    for row in package["resources"]:
        frame = study.table(row["name"])
        (folder / "parquet" / row["path"]).unlink()
        row["path"], row["format"] = f"{row['name']}.parquet", "parquet"
        frame.to_parquet(folder / "parquet" / row["path"], index=False)
    (folder / "parquet" / MANIFEST).write_text(json.dumps(package, ensure_ascii=False), encoding="utf-8")
    return folder / "csv", folder / "parquet"


@cache
def samples() -> dict[str, list[bytes]]:
    """Give valid files by their kind."""
    found: dict[str, list[bytes]] = {}
    for path in sorted(SAMPLE.iterdir()):
        found.setdefault(path.suffix[1:], []).append(path.read_bytes())
    rows = pd.read_csv(SAMPLE / "07_export.csv", dtype="str", keep_default_na=False)
    cells = [list(rows), *rows.values.tolist()]
    texts = [data.decode("utf-8") for data in found["txt"] if b"\x00" not in data and _is_utf8(data)]
    found["tsv"] = ["\n".join("\t".join(c.replace("\n", " ") for c in row) for row in cells).encode()]
    found["json"] = [json.dumps(rows.to_dict("records"), ensure_ascii=False, indent=1).encode()]
    found["xlsx"] = [
        book(cells),
        book([["标题", "日期", "正文"], ["甲", 45000, texts[0]], ["乙", None, texts[1]]], cells),
    ]
    found["zip"] = [
        packed(
            {
                "a/甲.txt": found["txt"][0],
                "乙.html": found["html"][0],
                "c.csv": found["csv"][0],
                "d.zip": packed({"e.txt": found["txt"][1]}),
            }
        )
    ]
    found["pdf"] += [
        pdf_page(
            "BT /F 12 Tf 50 700 Td (Reform in numbers: 20 items, 8.3 percent more) Tj 0 -20 Td (A second line of text) Tj ET"
        )
    ]
    lexicon = ROOT / "data" / "lexicon" / "terms.csv"
    found["terms"] = [
        b"\n".join(lexicon.read_bytes().split(b"\n")[:40]) + b"\n",
        "term;protected\n营商环境;yes\n放管服;\n".encode(),
    ]
    found["metadata"] = [(SAMPLE.parent / "metadata.csv").read_bytes()]
    codes = [
        ["item", "match", "coder_a", "coder_b"],
        *([str(i), "改革", "ynn"[i % 3], "yn"[i % 2]] for i in range(1, 9)),
    ]
    found["codes"] = [book(codes, [["code", "meaning"], ["y", "yes"], ["n", "no"]])]
    workbook = openpyxl.load_workbook(io.BytesIO(found["codes"][0]))
    workbook.worksheets[0].title, workbook.worksheets[1].title = "codes", "codebook"
    target = io.BytesIO()
    workbook.save(target)
    found["codes"] = [target.getvalue()]
    return found


KINDS = (
    "txt",
    "html",
    "docx",
    "pdf",
    "xlsx",
    "zip",
    "csv",
    "tsv",
    "json",
    "jsonl",
    "terms",
    "metadata",
    "codes",
    "study",
)
ENDINGS = {"terms": "csv", "metadata": "csv", "codes": "xlsx"}
PACKED = {"docx", "xlsx", "zip", "codes"}


def _is_utf8(data: bytes) -> bool:
    try:
        data.decode("utf-8")
    except UnicodeDecodeError:
        return False
    return True


# ---- ways to spoil bytes -------------------------------------------------------------------------------------------

Random = random.Random


def _place(random: Random, data: bytes) -> int:
    return random.randrange(len(data) + 1)


def flip(random: Random, data: bytes) -> bytes:
    out = bytearray(data)
    for _ in range(random.choice((1, 1, 4, 40))):
        if out:
            out[random.randrange(len(out))] ^= 1 << random.randrange(8)
    return bytes(out)


def cut(random: Random, data: bytes) -> bytes:
    return data[: _place(random, data)]


def drop(random: Random, data: bytes) -> bytes:
    at = _place(random, data)
    return data[:at] + data[at + random.choice((1, 2, 7, 100, 2000)) :]


def double(random: Random, data: bytes) -> bytes:
    at = _place(random, data)
    piece = data[at : at + random.choice((1, 3, 12, 200))]
    return data[:at] + piece * random.choice((2, 2, 3, 50, 2000)) + data[at:]


def splice(random: Random, data: bytes) -> bytes:
    other = random.choice(samples()[random.choice(KINDS[:-1])])
    a, b, c = _place(random, data), _place(random, other), _place(random, data)
    return data[:a] + other[b : b + random.choice((10, 300, 5000))] + data[c:]


def insert(random: Random, data: bytes) -> bytes:
    token = random.choice(BYTES) if random.random() < 0.3 else random.choice(TOKENS).encode()
    at = _place(random, data)
    return data[:at] + token * random.choice((1, 1, 1, 2, 30, 3000)) + data[at:]


def number(random: Random, data: bytes) -> bytes:
    found = [match.span() for match in re.finditer(rb"\d+", data)]
    if not found:
        return data
    start, end = random.choice(found)
    return data[:start] + random.choice(NUMBERS).encode() + data[end:]


def header(random: Random, data: bytes) -> bytes:
    """Write a lie of two, four or eight bytes, mostly where a file's own tables stand."""
    value = random.choice((0, 1, 0x7FFF, 0xFFFF, 0x7FFFFFFF, 0xFFFFFFFE, 0xFFFFFFFF, 2**30))
    lie = struct.pack("<Q", value)[: random.choice((2, 4, 8))]
    marks = [found.start() for found in re.finditer(rb"PK..|PAR1|obj|xref", data)] or [0]
    at = random.choice(marks) + random.randrange(48)
    return data[:at] + lie + data[at + len(lie) :]


def nest(random: Random, data: bytes) -> bytes:
    opening, closing = random.choice(
        (
            (b"<div>", b"</div>"),
            (b"[", b"]"),
            (b'{"a":', b"}"),
            (b"<a><b>", b"</b></a>"),
            ("（".encode(), "）".encode()),
        )
    )
    count = random.choice((3, 200, 3000))
    return opening * count + data + closing * random.choice((0, count))


def lines(random: Random, data: bytes) -> bytes:
    parts = data.split(b"\n")
    way = random.randrange(4)
    if way == 0:
        random.shuffle(parts)
    elif way == 1:
        parts = [random.choice(parts) for _ in range(len(parts) * random.choice((1, 3)))]
    elif way == 2:
        return b"".join(parts)
    else:
        return random.choice((b"\r", b"\r\n", b"\n\n", b"\n\r", b"\xe2\x80\xa8")).join(parts)
    return b"\n".join(parts)


def recode(random: Random, data: bytes) -> bytes:
    encoding = random.choice(("gb18030", "utf-16", "utf-16-be", "utf-32", "big5hkscs", "utf-8-sig", "latin-1"))
    return data.decode("utf-8", "replace").encode(encoding, "replace")


def compose(random: Random, data: bytes) -> bytes:
    """Write a text of the field's own pieces, in no order."""
    words = re.findall(r"[\u4e00-\u9fff]{1,4}|\d+|\W", data.decode("utf-8", "replace"))[:400] or ["改革"]
    pieces = [random.choice(TOKENS if random.random() < 0.5 else words) for _ in range(random.choice((10, 100, 600)))]
    return "".join(pieces).encode("utf-8", "replace")


WAYS = (
    flip,
    flip,
    cut,
    drop,
    double,
    splice,
    insert,
    insert,
    insert,
    number,
    number,
    header,
    nest,
    lines,
    recode,
    compose,
)


def spoil(random: Random, data: bytes, kind: str = "txt") -> bytes:
    """Spoil a file's bytes, or one part of a package, in one to four ways."""
    for _ in range(random.choice((1, 1, 2, 3, 4))):
        if kind in PACKED and random.random() < 0.6:
            data = spoil_package(random, data)
        else:
            data = random.choice(WAYS)(random, data)
        data = data[:CASE_BYTES] if kind not in PACKED else data[: 10 * CASE_BYTES]
    return data


def spoil_package(random: Random, data: bytes) -> bytes:
    """Spoil, rename, double or take out one part of a package."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            parts = [(entry.filename, archive.read(entry)) for entry in archive.infolist()]
    except Exception:
        return flip(random, data)
    if not parts:
        return data
    at, way = random.randrange(len(parts)), random.randrange(8)
    name, part = parts[at]
    if way == 0:
        parts[at] = (random.choice(NAMES), part)
    elif way == 1:
        parts.append((name, random.choice(WAYS)(random, part)))
    elif way == 2:
        parts.pop(at)
    elif way == 3:
        parts.append((random.choice(NAMES), part))
    elif way < 6 and b"<" in part:
        parts[at] = (name, spoil_markup(random, part))
    else:
        parts[at] = (name, random.choice(WAYS)(random, part)[:CASE_BYTES])
    target = io.BytesIO()
    import warnings

    with warnings.catch_warnings(), zipfile.ZipFile(target, "w", random.choice((0, 8, 8, 12, 14))) as archive:
        warnings.simplefilter("ignore")
        for name, part in parts:
            archive.writestr(name, part)
    return target.getvalue()


def spoil_markup(random: Random, part: bytes) -> bytes:
    """Spoil the text between two tags, or an attribute's value, and leave the markup well-formed."""
    places = [found.span(1) for found in re.finditer(rb">([^<>]{1,2000})<", part)]
    places += [found.span(1) for found in re.finditer(rb"=\"([^\"<>]{0,200})\"", part)]
    if not places:
        return part
    start, end = random.choice(places)
    text = random.choice((insert, number, compose, double))(random, part[start:end]).decode("utf-8", "replace")
    text = re.sub("[^\t\n\r -\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]", "", text)
    return part[:start] + text.translate({38: "&amp;", 60: "&lt;", 62: "&gt;", 34: "&quot;"}).encode() + part[end:]


def make(seed: int, number: int, folder: Path) -> tuple[str, Path]:
    """Write the case of a number into a folder: its kind, and the file or the study to open."""
    random = Random(f"{seed}/{number}")
    kind = random.choice(KINDS)
    if kind == "study":
        study = Path(shutil.copytree(random.choice(studies()), folder / "study"))
        file = study / random.choice((MANIFEST, MANIFEST, "documents", "claims", "blocks"))
        file = file if file.name == MANIFEST else next(study.glob(f"{file.name}.*"))
        file.write_bytes(spoil(random, file.read_bytes()))
        return kind, study
    path = folder / f"case.{ENDINGS.get(kind, kind)}"
    path.write_bytes(spoil(random, random.choice(samples()[kind]), kind))
    return kind, path
