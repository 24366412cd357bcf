"""The sample corpus comes through reading and cleaning whole."""

import csv
import re
from functools import cache
from pathlib import Path

import pytest

import reformtext as rt

SAMPLE = Path(__file__).parents[2] / "data" / "sample"
EXPORTS = {"07_export.csv", "08_export.jsonl"}


def rows(name):
    with (SAMPLE / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


METADATA, CLAIMS, BLOCKS = rows("metadata.csv"), rows("expected.csv"), rows("expected_blocks.csv")
FILES = sorted({row["file"] for row in METADATA})
ARTICLES = [pytest.param(row, id=f"{row['file']}-{row['row']}-{row['article']}") for row in METADATA]


@cache
def documents(file):
    return rt.read(SAMPLE / "texts" / file)


def document(row):
    return documents(row["file"])[int(row["row"] or 1) - 1]


def letters(text):
    """Keep Han characters, letters and digits, as the expectations count."""
    return re.sub(r"[\W_]+", "", text)


def expected(table, article):
    return [row for row in table if all(row[key] == article[key] for key in ("file", "row", "article"))]


def shape(role, text):
    bare = letters(text)
    return role, bare[:8], bare[-8:], len(bare)


def shapes(article):
    return [(row["role"], row["first"], row["last"], int(row["characters"])) for row in expected(BLOCKS, article)]


def found(article):
    """Give the blocks of one article as shapes."""
    text = document(article).text
    return [
        shape(block.role, "".join(text[start:end] for start, end in block.spans))
        for block in rt.clean(text)
        if block.article == int(article["article"])
    ]


def test_tables_speak_of_the_same_articles_and_files():
    keys = [{(row["file"], row["row"], row["article"]) for row in table} for table in (METADATA, CLAIMS, BLOCKS)]
    assert keys[0] == keys[1] == keys[2]
    assert sorted(path.name for path in (SAMPLE / "texts").iterdir()) == FILES


@pytest.mark.parametrize(
    ("file", "start", "inside"),
    [
        ("02_luquan_gb18030.txt", "优化".encode("gb18030"), b"\r\n"),
        ("03_yunhe_epaper.html", b"<!DOCTYPE", b"charset=gbk"),
        ("07_export.csv", b"\xef\xbb\xbftitle", b'""'),
        ("11_luquan_utf16.txt", b"\xff\xfe", "\r\n".encode("utf-16-le")),
    ],
)
def test_bytes_keep_the_trouble_they_stand_for(file, start, inside):
    raw = (SAMPLE / "texts" / file).read_bytes()
    assert raw.startswith(start)
    assert inside in raw


@pytest.mark.parametrize("file", FILES)
def test_read_gives_one_document_a_record(file):
    assert len(documents(file)) == len({row["row"] for row in METADATA if row["file"] == file})
    assert all("虚构示例" in document.text for document in documents(file))


def test_read_takes_the_folder_in_the_order_of_names():
    names = [document.file for document in rt.read(SAMPLE / "texts")]
    assert names == sorted(file for file in FILES for _ in documents(file))


@pytest.mark.parametrize(
    ("file", "encoding"),
    [
        ("01_qingling_half_year.txt", "utf-8"),
        ("02_luquan_gb18030.txt", "gb18030"),
        ("03_yunhe_epaper.html", "gb18030"),
        ("04_wangchao_news.html", "utf-8"),
        ("11_luquan_utf16.txt", "utf-16"),
    ],
)
def test_read_names_the_encoding(file, encoding):
    assert documents(file)[0].encoding.lower().startswith(encoding)


@pytest.mark.parametrize("article", [param for param in ARTICLES if param.values[0]["file"] in EXPORTS])
def test_export_columns_become_metadata(article):
    meta = document(article).meta
    assert [meta[key] for key in ("title", "date", "source")] == [article[key] for key in ("title", "date", "source")]


@pytest.mark.parametrize("article", ARTICLES)
def test_every_character_lies_in_exactly_one_block(article):
    text = document(article).text
    covered = sorted(i for block in rt.clean(text) for start, end in block.spans for i in range(start, end))
    assert len(covered) == len(set(covered))
    assert {i for i, character in enumerate(text) if not character.isspace()} <= set(covered)


@pytest.mark.parametrize("article", ARTICLES)
def test_body_paragraphs_are_whole(article):
    assert [block for block in found(article) if block[0] == "body"] == [
        block for block in shapes(article) if block[0] == "body"
    ]


@pytest.mark.parametrize("article", ARTICLES)
def test_every_other_block_has_its_role(article):
    assert [block for block in shapes(article) if block not in found(article)] == []


@pytest.mark.parametrize("article", ARTICLES)
def test_nothing_of_the_page_furniture_is_read_as_text(article):
    read = ("title", "kicker", "deck", "heading", "body")
    assert [block for block in found(article) if block[0] in read and block not in shapes(article)] == []


@pytest.mark.parametrize("file", FILES)
def test_cleaning_what_is_clean_changes_nothing(file):
    for document in documents(file):
        body = [p.text for p in rt.paragraphs(document.text) if p.role == "body"]
        assert [p.text for p in rt.paragraphs("\n\n".join(body))] == body


@pytest.mark.parametrize("article", ARTICLES)
def test_planted_figures_stand_in_the_paragraphs_and_walk_back(article):
    paragraphs = [p for p in rt.paragraphs(document(article).text) if p.article == int(article["article"])]
    for row in expected(CLAIMS, article):
        holders = [p for p in paragraphs if row["surface"] in p.text]
        assert holders, row["surface"]
        start = holders[0].text.index(row["surface"])
        surface = holders[0].surface(start, start + len(row["surface"]))
        assert letters(surface) == letters(row["surface"])
