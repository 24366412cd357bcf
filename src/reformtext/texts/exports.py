"""Exports to rows: CSV, TSV, JSON, JSON Lines and XLSX, and the column that holds the texts."""

import datetime
import io
import json
import re
import zipfile
from collections.abc import Iterator, Sequence
from pathlib import PurePath
from typing import TYPE_CHECKING, Any

from reformtext.errors import InputError
from reformtext.texts.delimited import Rows, delimited, delimiter_of
from reformtext.texts.formats import DAMAGED, refuse_entities

if TYPE_CHECKING:
    import openpyxl

CELL_BYTES = 20  # what a sheet's cell, empty or not, counts of a file's limit

TEXT_COLUMNS = (
    "full_text",
    "fulltext",
    "content",
    "text",
    "body",
    "article",
    "正文",
    "内容",
    "全文",
    "文本",
    "文章内容",
    "文章",
)

# What other columns of an export are called, in Chinese and English.
_OTHER_COLUMNS = """
    id no 序号 编号 title 标题 题目 题名 date publish_date pubdate 日期 时间 发布日期 发布时间 发表时间 年份 year month source
    来源 报纸 报纸名称 媒体 作者 author 记者 url link 链接 网址 版次 版面 栏目 省份 地区 城市 province city place region type
    类型 关键词 keywords
"""
_JSON_START = re.compile(r"\s*(?:\{\s*\"(?:[^\"\\]|\\.){0,200}\"\s*:|\[\s*\{\s*\")")


def told_export(text: str, ending: str) -> tuple[str, str]:
    """Tell an export by its text, its name only helping: the kind (empty where it is none), and how that was told."""
    head = text[:20_000]
    first = next((line for line in head.splitlines() if line.strip()), "")
    if ending in ("json", "jsonl", "ndjson") or _JSON_START.match(head):
        if first.rstrip().endswith("}") and _is_object(first) and (ending != "json" or "\n" in text.strip()):
            return "jsonl", "its first line is a JSON object"
        told = "it opens as JSON" if _JSON_START.match(head) else "its name"
        return ("jsonl" if ending in ("jsonl", "ndjson") else "json"), told
    kind = "tsv" if first.count("\t") > first.count(",") else "csv"
    if ending in ("csv", "tsv", "tab"):
        return kind, "its name"
    cells = [cell.strip().strip('"').strip().lower() for cell in re.split(r"[,\t;]", first)]
    if len(cells) < 2 or not any(cell in TEXT_COLUMNS for cell in cells) or max(map(len, cells)) > 24:
        return "", ""
    # A line of prose may hold a comma and the word 正文: one more name that exports have, or every row of the same length.
    if any(cell in _OTHER_COLUMNS.split() for cell in cells) or _is_table(text, cells):
        return kind, "its first line names columns"
    return "", ""


def _is_object(line: str) -> bool:
    """Tell a line that is one JSON object."""
    try:
        return isinstance(json.loads(line), dict)
    except (ValueError, RecursionError):
        return False


def _is_table(text: str, header: Sequence[str]) -> bool:
    """Tell whether a text has rows, and all have as many cells as its header."""
    try:
        rows = delimited_rows(text, PurePath())
    except InputError:
        return False
    return bool(rows) and len(rows[0][1]) == len(header)


def delimited_rows(text: str, path: PurePath) -> Rows:
    """Read a CSV or TSV export: for each row its line and its cells by column."""
    return delimited(text, path, delimiter_of(text))[1]


def json_rows(text: str, path: PurePath, kind: str) -> Rows:
    """Read JSON Lines, or a JSON file of one object or a list of them."""
    whole = [(1, text)] if kind == "json" else [(n, line) for n, line in enumerate(text.split("\n"), 1) if line.strip()]
    rows: Rows = []
    for number, line in whole:
        try:
            given = json.loads(line)
        except (ValueError, RecursionError) as error:
            place = f"line {number + error.lineno - 1}" if isinstance(error, json.JSONDecodeError) else f"line {number}"
            raise InputError(
                "not well-formed JSON", file=path, place=place, way_out="write the export again"
            ) from error
        for row in given if isinstance(given, list) else [given]:
            if not isinstance(row, dict):
                raise InputError(
                    "not a JSON object",
                    file=path,
                    place=f"line {number}",
                    way_out="give each article as an object with its text in “content”",
                )
            rows.append((number, {str(key): _cell(value) for key, value in row.items()}))
    return rows


def sheet_rows(data: bytes, path: PurePath, limit: int) -> tuple[Rows, str, tuple[str, ...]]:
    """Read the sheets of an Excel workbook; the header of a sheet is its first row that is not empty.

    Beside the rows the sheets and their sizes are given in words, and what was odd. Hidden sheets and rows are read.

    openpyxl reads row by row and keeps no workbook in memory; formulas come as the values that were saved with them.
    """
    import openpyxl  # takes half a second, which a folder without a workbook need not pay

    damaged = "open it in a spreadsheet and save it again, or save its sheet as “CSV UTF-8”"
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            unpacked = sum(entry.file_size for entry in archive.infolist())
            if unpacked > limit:
                raise InputError(f"unpacks to {unpacked:,} bytes", file=path, way_out="split it, or raise the limit")
            refuse_entities(archive, path, damaged)
            odd = tuple(_workbook_told(archive))
        book = openpyxl.load_workbook(io.BytesIO(data), read_only=True, data_only=True)
        rows: Rows = []
        told = []
        for sheet, cells_of in sheets(book, path, limit):
            header: list[str] = []
            before = len(rows)
            for number, cells in cells_of:
                values = ["" if cell is None else _sheet_cell(cell) for cell in cells]
                if not any(values):
                    continue
                if not header:
                    header = [name.strip() or f"column {k}" for k, name in enumerate(values, 1)]
                    if len(set(header)) < len(header):
                        place = f"sheet {sheet}, row {number}"
                        raise InputError("two columns of one name", file=path, place=place, way_out="name them apart")
                else:
                    more = [(f"column {k}", value) for k, value in enumerate(values, 1) if k > len(header) and value]
                    rows.append((number, dict([*zip(header, values, strict=False), *more])))
            told.append(f"rows of sheet {sheet}: {len(rows) - before}")
        book.close()
    except InputError:
        raise
    except DAMAGED as error:
        raise InputError("a damaged Excel workbook", file=path, way_out=damaged) from error
    return rows, ", ".join(told), odd


_FORMULA = re.compile(rb"<c\b[^<>]*>\s*<f\b[^<>]*(?:/>|>[^<]*</f>)\s*(?:<v\s*/>|<v>\s*</v>)?\s*</c>")
_HIDDEN_ROW = re.compile(rb"<row\b[^<>]*\shidden=[\"'](?:1|true)")
_SHEET_BESIDE = {
    "comments": re.compile(r"xl/(?:comments/)?(?:threadedC|c)omments?[^/]*\.xml"),
    "drawings": re.compile(r"xl/drawings/[^/]*\.xml"),
}
_SHEET_WORDS = re.compile(rb"<(?:\w+:)?t\b[^<>]*>([^<]*)<")


def _workbook_told(archive: zipfile.ZipFile) -> Iterator[str]:
    """Say what of a workbook a reader must know: hidden rows and sheets, formulas without values, what is not in cells."""
    hidden = empty = 0
    for name in archive.namelist():
        if name.startswith("xl/worksheets/") and name.endswith(".xml"):
            sheet = archive.read(name)
            hidden, empty = hidden + len(_HIDDEN_ROW.findall(sheet)), empty + len(_FORMULA.findall(sheet))
    sheets = len(
        re.findall(rb"<sheet\b[^<>]*\sstate=[\"'](?:very)?hidden", archive.read("xl/workbook.xml"), re.IGNORECASE)
    )
    if hidden or sheets:
        yield f"read as well: {hidden} hidden rows, {sheets} hidden sheets"
    if empty:
        yield f"no text in {empty} cells whose formulas were saved without values"
    for what, named in _SHEET_BESIDE.items():
        parts = [archive.read(name) for name in archive.namelist() if named.fullmatch(name)]
        size = sum(
            len(words.decode("utf-8", "replace").strip()) for part in parts for words in _SHEET_WORDS.findall(part)
        )
        if size:
            yield f"its {what} ({size} characters) are not read"


def sheets(
    book: "openpyxl.Workbook", path: PurePath, limit: int
) -> Iterator[tuple[str, Iterator[tuple[int, tuple[object, ...]]]]]:
    """Give each sheet's name and its rows that are not empty, with their numbers, as far as all cells are within the limit."""
    room = limit // CELL_BYTES

    def rows(sheet: Any) -> Iterator[tuple[int, tuple[object, ...]]]:
        nonlocal room
        sheet.reset_dimensions()  # what a sheet says of its size may be a billion cells that are not there
        for number, cells in enumerate(sheet.iter_rows(values_only=True), 1):
            room -= 1 + len(cells)  # a row may say that it is the billionth
            if room < 0:
                said = f"more than {limit // CELL_BYTES:,} cells"
                raise InputError(said, file=path, way_out="split it, or raise the limit")
            if cells.count(None) < len(cells):
                yield number, cells

    for sheet in book.worksheets:
        yield sheet.title, rows(sheet)


def _sheet_cell(value: object) -> str:
    """Give a cell as text: dates as ISO 8601, whole numbers without a point."""
    if isinstance(value, datetime.datetime) and not (value.hour or value.minute or value.second):
        return value.date().isoformat()
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    text = str(value).replace("_x000D_", "").strip("\x00")
    return re.sub(r"[\ud800-\udfff]", "\ufffd", text)


def _cell(value: object) -> str:
    """Give a JSON value as text; half a surrogate pair becomes U+FFFD."""
    text = value if isinstance(value, str) else "" if value is None else json.dumps(value, ensure_ascii=False)
    return re.sub(r"[\ud800-\udfff]", "\ufffd", text)


def text_column(rows: Rows, path: PurePath) -> tuple[str, str]:
    """Find the column that holds the texts, and how: by its name, else as the one with the most text."""
    columns = list(dict.fromkeys(key for _, row in rows for key in row))
    for known in TEXT_COLUMNS:
        for column in columns:
            if column.lower() == known:
                return column, "by its name"
    size = {column: sum(len(row.get(column, "")) for _, row in rows) / len(rows) for column in columns}
    longest = max(columns, key=lambda column: size[column], default="")
    if not longest or size[longest] < 30:
        raise InputError(
            f"no column holds texts (columns: {', '.join(columns)[:200]})",
            file=path,
            place="line 1",
            way_out="name the column of the articles “text”",
        )
    return longest, "the one with the longest texts"
