"""Reading: every kind of file and encoding on invented texts, and one clear sentence for what cannot be read."""

import hashlib
import json
import os
import zipfile
from email.message import EmailMessage

import docx
import openpyxl
import pytest

from reformtext.errors import InputError
from reformtext.texts.read import iterate, read

TEXT = "青泽县持续深化农村综合改革，今年以来新增集体收入320万元，增长8.5%。\r\n“一窗受理”覆盖所有乡镇。\n"
TRADITIONAL = "縣政府持續推動農村改革，今年以來新增收入三百萬元，民眾對「一站式服務」表示歡迎。\n"


@pytest.mark.parametrize(
    "encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32", "gb18030", "gbk", "gb2312"]
)
def test_text_is_decoded_with_its_line_ends(tmp_path, encoding):
    file = tmp_path / "青泽.txt"
    file.write_bytes(TEXT.encode(encoding))
    (document,) = read(file)
    assert (document.name, document.text, document.format) == ("青泽", TEXT, "text")
    assert document.sha256 == hashlib.sha256(file.read_bytes()).hexdigest()
    assert document.notes


@pytest.mark.parametrize(
    ("text", "encoding"), [(TRADITIONAL, "big5hkscs"), (TRADITIONAL, "gb18030"), (TEXT, "gb18030")]
)
def test_big5_and_gb18030_are_told_apart(tmp_path, text, encoding):
    (tmp_path / "a.txt").write_bytes(text.encode(encoding))
    (document,) = read(tmp_path)
    assert (document.text, document.encoding) == (text, encoding)


@pytest.mark.parametrize("encoding", ["utf-8", "gb18030"])
def test_broken_bytes_stay_visible_and_are_noted(tmp_path, encoding):
    data = bytearray((TEXT * 9).encode(encoding))
    place = len(TEXT[:40].encode(encoding))
    data[place:place] = b"\xff"
    (tmp_path / "a.txt").write_bytes(bytes(data))
    (document,) = read(tmp_path)
    assert "\ufffd" in document.text
    assert document.encoding == encoding
    assert any(f"byte {place}" in note for note in document.notes)


PAGE = """<html><head><meta charset="utf-8"><title>青泽：改革见效</title><meta name="PubDate" content="2022-03-01">
<script>var x = "<p>不是正文</p>";</script></head><body><ul><li><a>首页</a></li><li><a>要闻</a></li></ul>
<h1>青泽：改革见效</h1><p>　　青泽县办理<b>事项</b>246
项，<br>增长<i>8.5</i>%。</p><img src="a.jpg"><p>图为大厅。</p><table><tr><td>增速</td><td>9%</td></tr></table></body></html>"""


@pytest.mark.parametrize(("encoding", "wrong"), [("utf-8", False), ("gb18030", True)])
def test_html_becomes_lines_and_the_bytes_say_the_encoding(tmp_path, encoding, wrong):
    (tmp_path / "a.html").write_bytes(PAGE.encode(encoding))
    (document,) = read(tmp_path)
    assert document.text.split("\n") == [
        *(
            "首页",
            "要闻",
            "青泽：改革见效",
            "　　青泽县办理事项246 项，",
            "增长8.5%。",
            "",
            "",
            "图为大厅。",
            "增速\t9%",
        )
    ]
    assert document.meta == {"title": "青泽：改革见效", "date": "2022-03-01"}
    assert ("declares utf-8, is gb18030" in document.notes) is wrong


def test_docx_gives_paragraphs_and_tables_in_order(tmp_path):
    source = docx.Document()
    source.add_heading("青泽县改革见成效", 1)
    source.add_paragraph("全县办成实事36件。")
    table = source.add_table(1, 2)
    table.cell(0, 0).text, table.cell(0, 1).text = "增速", "9%"
    source.add_paragraph("群众都说好。")
    source.save(tmp_path / "a.docx")
    (document,) = read(tmp_path)
    assert document.text == "青泽县改革见成效\n全县办成实事36件。\n增速\t9%\n群众都说好。"
    assert (document.format, document.encoding) == ("docx", "")


ROWS = [("甲", "改革，让群众少跑腿。\r\n第二段"), ("乙", "再深化，让企业得实惠。")]
TABLES = {
    "a.csv": "标题,正文\r\n" + "".join(f'{title},"{text}"\r\n' for title, text in ROWS),
    "a.tsv": "标题\t正文\n" + "".join(f'{title}\t"{text}"\n' for title, text in ROWS),
    "a.jsonl": "".join(json.dumps({"标题": title, "正文": text}, ensure_ascii=False) + "\n" for title, text in ROWS),
    "a.json": json.dumps([{"标题": title, "正文": text} for title, text in ROWS]),
}


@pytest.mark.parametrize("name", TABLES)
@pytest.mark.parametrize("ending", ["", ".txt", ".dat"])
@pytest.mark.parametrize("encoding", ["utf-8-sig", "gb18030"])
def test_an_export_gives_a_document_a_row(tmp_path, name, encoding, ending):
    file = (tmp_path / name).with_suffix(ending) if ending else tmp_path / name
    file.write_bytes(TABLES[name].encode(encoding))
    documents = read(file)
    assert documents[0].format == name[2:]
    assert [(document.name, document.text) for document in documents] == [
        (f"a-{number:04d}", text) for number, (_, text) in enumerate(ROWS, 1)
    ]
    assert documents[1].meta == {"标题": "乙"}
    assert documents[1].sha256 == hashlib.sha256(ROWS[1][1].encode()).hexdigest()


def test_without_a_known_name_the_column_with_the_longest_text_is_read(tmp_path):
    (tmp_path / "a.csv").write_text(f"序号,稿子\n1,{'青泽县推进改革' * 9}\n", encoding="utf-8")
    assert read(tmp_path)[0].text == "青泽县推进改革" * 9


def test_files_come_by_name_and_keep_apart(tmp_path):
    (tmp_path / "sub").mkdir()
    for name in ("b.txt", "a.txt", "b.html", "sub/b.txt"):
        (tmp_path / name).write_text("<html><p>改革</p></html>" if name.endswith("html") else "改革", encoding="utf-8")
    assert [document.name for document in read(tmp_path)] == ["a", "b.html", "b.txt", "sub-b"]


def test_missing_paths_empty_folders_and_large_files_are_refused(tmp_path):
    with pytest.raises(InputError, match="no such file"):
        read(tmp_path / "nothing.txt")
    with pytest.raises(InputError, match="holds no file"):
        read(tmp_path)
    (tmp_path / "a.txt").write_bytes(b"a" * 100)
    with pytest.raises(InputError, match="limit of 99"):
        read(tmp_path, limit=99)


def test_documents_come_one_at_a_time(tmp_path):
    for name in ("a.txt", "b.txt", "c.txt"):
        (tmp_path / name).write_text(TEXT, encoding="utf-8")
    documents = iterate(tmp_path)
    assert next(documents).name == "a"
    (tmp_path / "b.txt").write_bytes(b"")  # not yet read
    with pytest.raises(InputError, match=r"b\.txt: the file is empty"):
        [document.name for document in documents]
    errors = []
    assert [document.name for document in iterate(tmp_path, on_error=errors.append)] == ["a", "c"]
    assert len(errors) == 1


@pytest.mark.parametrize(
    "text",
    [
        "正文,内容\n",
        "标题，正文，日期，都在这里\n今天，改革，明天\n",
        "改革,再改革,内容,都在变\n第一段写了,许多\n第二段。\n",
        "[编者按] 改革见成效\n{一}、{二}\n",
        "内容, 形式, 都要创新,这是会上反复强调的一句话,与会者都记在了本子上,回去要一件一件地落实\na,b,c,d,e,f,g\n",
    ],
)
def test_prose_with_commas_and_brackets_is_no_export(tmp_path, text):
    (tmp_path / "a.txt").write_text(text, encoding="utf-8")
    (document,) = read(tmp_path)
    assert (document.format, document.text) == ("text", text)


def test_json_lines_behind_the_name_of_json(tmp_path):
    (tmp_path / "a.json").write_text(TABLES["a.jsonl"], encoding="utf-8")
    assert [document.format for document in read(tmp_path)] == ["jsonl", "jsonl"]
    (tmp_path / "a.json").write_text(json.dumps({"标题": "甲", "正文": TEXT}, indent=1), encoding="utf-8")
    assert [document.text for document in read(tmp_path)] == [TEXT]


@pytest.mark.parametrize(
    ("head", "title"),
    [
        ("青泽：改革见效_要闻_青泽新闻网", "青泽：改革见效"),
        ("青泽：改革见效 - 青泽日报", "青泽：改革见效"),
        ("青泽：改革见效-新闻频道-青泽在线", "青泽：改革见效"),
        ("青泽：改革见效 | 青泽发布", "青泽：改革见效"),
        ("青泽新闻网", "青泽：改革见效"),
        ("青泽日报_数字报", "青泽：改革见效"),
        ("青泽：改革“一网”见效", "青泽：改革“一网”见效"),
        ("改革-开放-再出发", "改革-开放-再出发"),
    ],
)
def test_the_articles_title_wins_over_the_sites(tmp_path, head, title):
    page = PAGE.replace("<title>青泽：改革见效", f"<title>{head}")
    if title != "青泽：改革见效":
        page = page.replace("<h1>青泽：改革见效", f"<h1>{title}")
    (tmp_path / "a.html").write_text(page, encoding="utf-8")
    assert read(tmp_path)[0].meta["title"] == title


def test_a_saved_page_with_its_pictures_is_read(tmp_path):
    message = EmailMessage()
    message.set_content(PAGE.replace("utf-8", "gb18030"), subtype="html", charset="gb18030", cte="quoted-printable")
    message.add_related(b"GIF8", "image", "gif")
    (tmp_path / "a.mht").write_bytes(b"From: <Saved by Blink>\n" + bytes(message))
    (document,) = read(tmp_path)
    assert (document.format, document.encoding, document.meta["title"]) == ("mhtml", "gb18030", "青泽：改革见效")


def test_docx_keeps_what_was_inserted_and_tells_what_is_not_read(tmp_path):
    source = docx.Document()
    body = source.element.body
    for xml in (
        "<w:p><w:r><w:t>原有</w:t></w:r><w:ins><w:r><w:t>新增</w:t></w:r></w:ins><w:del><w:r><w:delText>删去</w:delText></w:r></w:del></w:p>",
        '<w:p><w:r><w:t>式</w:t><w:sym w:char="00D7"/><w:sym w:char="D800"/></w:r></w:p>',
        "<w:sdt><w:sdtContent><w:p><w:r><w:t>控件里的</w:t><w:tab/><w:t>字</w:t><w:br/><w:t>次行</w:t></w:r></w:p></w:sdtContent></w:sdt>",
        "<w:tbl><w:tr><w:tc><w:p><w:r><w:t>增速</w:t></w:r></w:p><w:tbl><w:tr><w:tc><w:p><w:r><w:t>内</w:t></w:r></w:p></w:tc></w:tr></w:tbl></w:tc>"
        "<w:tc><w:p><w:r><w:t>9%</w:t></w:r></w:p></w:tc></w:tr></w:tbl>",
    ):
        name, rest = xml[1:].split(">", 1)
        space = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
        body.insert(len(body) - 1, docx.oxml.parse_xml(f"<{name} {space}>{rest}"))
    source.sections[0].header.paragraphs[0].text = "青泽日报"
    source.add_paragraph("列出的一项", style="List Number")
    source.save(tmp_path / "b.docx")
    beside = {"footnotes": "注：快报数。", "endnotes": "据县统计局。", "comments": "再核", "header7": "青泽日报"}
    with zipfile.ZipFile(tmp_path / "b.docx") as written, zipfile.ZipFile(tmp_path / "a.docx", "w") as packed:
        for name in written.namelist():
            packed.writestr(name, written.read(name))
        for name, text in beside.items():
            note = f"<w:note {space}><w:p><w:r><w:t>{text}</w:t></w:r></w:p></w:note>"
            packed.writestr(f"word/{name}.xml", note)
    (tmp_path / "b.docx").unlink()
    (document,) = read(tmp_path)
    first, *rest = document.text.split("\n\n")
    assert first == "原有新增\n式×\ufffd\n控件里的\t字\n次行\n增速 内\t9%\n列出的一项"
    assert rest == ["注：快报数。", "据县统计局。", "青泽日报"]
    assert document.notes == (
        "its comments (2 characters) are not read",
        "its struck-out words (2 characters) are not read",
        "the numbers or bullets of 1 paragraphs, which the word processor sets, are not in the text",
    )
    assert "lines of footnotes: 1, lines of endnotes: 1, lines of headers: 1" in document.ledger["content"]


def test_what_of_a_workbook_a_reader_must_know_is_told(tmp_path):
    book = openpyxl.Workbook()
    sheet, hidden = book.active, book.create_sheet("旧")
    for row in (["标题", "正文"], ["甲", TEXT], ["=A2", TEXT]):
        sheet.append(row)
    sheet["A2"].comment = openpyxl.comments.Comment("再核", "")
    sheet.row_dimensions[3].hidden, hidden.sheet_state = True, "hidden"
    book.save(tmp_path / "a.xlsx")
    assert [document.meta for document in read(tmp_path)] == [{"标题": "甲"}, {}]
    odd = read(tmp_path)[0].ledger["odd"].split("; ")
    assert odd == [
        "read as well: 1 hidden rows, 1 hidden sheets",
        "no text in 1 cells whose formulas were saved without values",
        "its comments (2 characters) are not read",
    ]


def pdf(*pages, maps=""):
    """Make a PDF of pages of text in Helvetica, with a table of what its letters are."""
    kids = " ".join(f"{5 + 2 * n} 0 R" for n in range(len(pages)))
    objects = ["<</Type/Catalog/Pages 2 0 R>>", f"<</Type/Pages/Kids[{kids}]/Count {len(pages)}>>"]
    objects += ["<</Type/Font/Subtype/Type1/BaseFont/Helvetica/ToUnicode 4 0 R>>"]
    streams = [f"begincmap 1 begincodespacerange <00><FF> endcodespacerange {maps} endcmap"]
    streams += [f"BT /F 12 Tf 50 700 Td ({text}) Tj ET" if text else "" for text in pages]
    for n, stream in enumerate(streams):
        box = f"/MediaBox[0 0 600 800]/Resources<</Font<</F 3 0 R>>>>/Contents {4 + 2 * n} 0 R"
        objects += [f"<</Type/Page/Parent 2 0 R{box}>>"] * bool(n)
        objects += [f"<</Length {len(stream)}>>stream\n{stream}\nendstream"]
    body = "".join(f"{number} 0 obj\n{text}\nendobj\n" for number, text in enumerate(objects, 1))
    return f"%PDF-1.4\n{body}trailer<</Root 1 0 R/Size {len(objects) + 1}>>\n%%EOF".encode()


def test_a_page_of_a_pdf_without_text_is_told_and_letters_without_characters_are_refused(tmp_path):
    (tmp_path / "a.pdf").write_bytes(pdf("Qingze closed 52 tasks", "", "and went on"))
    (document,) = read(tmp_path)
    assert document.text.split() == ["Qingze", "closed", "52", "tasks", "and", "went", "on"]
    assert document.notes == ("no text on page 2: a picture or a scan",)
    private = "1 beginbfrange <41><5A><E041> endbfrange"
    (tmp_path / "a.pdf").write_bytes(pdf("QINGZE CLOSED TASKS", maps=private))
    with pytest.raises(InputError, match=r"letters have no characters.*OCR"):
        read(tmp_path)


@pytest.mark.skipif(os.name == "nt", reason="names are characters there")
def test_a_files_name_need_not_be_utf8(tmp_path):
    for name, text in (("市报.txt", TEXT), ("空.txt", "")):
        (tmp_path / os.fsdecode(name.encode("gb18030"))).write_text(text, encoding="utf-8")
    errors = []
    documents = read(tmp_path, on_error=errors.append)
    assert [(document.name, document.file) for document in documents] == [("市报", "市报.txt")]
    assert "空.txt: the file is empty" in str(errors[0])


def test_notes_on_a_pdf_are_told(tmp_path):
    note = b"/Contents 4 0 R/Annots[<</Type/Annot/Subtype/Text/Rect[9 9 20 20]/Contents(check this)>>]"
    (tmp_path / "a.pdf").write_bytes(
        pdf("Qingze closed 52 tasks").replace(b"/Contents 6 0 R", note.replace(b"4 0", b"6 0"))
    )
    (document,) = read(tmp_path)
    assert document.notes == ("notes and form fields: 1, which are not read",)
