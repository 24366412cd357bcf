import csv
import io
import json
from pathlib import Path

import pytest

from reformtext.cli import main

TEXT = "青岭县改革记\n\n今年以来，青岭县出口12.5亿元、增长8.3%。\n"


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "a.txt"
    path.write_bytes(TEXT.encode())
    return path


def test_claims_prints_csv_with_true_offsets(file: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["claims", str(file), "--date", "2024-07-13", "--place", "青岭县"]) == 0
    rows = list(csv.DictReader(io.StringIO(capsys.readouterr().out)))
    assert [(row["surface"], float(row["value"]), row["unit"]) for row in rows] == [
        ("12.5亿元", 12.5e8, "元"),
        ("8.3%", 8.3, "%"),
    ]
    assert all(TEXT[int(row["start"]) : int(row["end"])] == row["surface"] for row in rows)


def told_claims(capsys: pytest.CaptureFixture[str]) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(capsys.readouterr().out)))


@pytest.mark.parametrize("encoding", ["utf-8-sig", "gb18030", "utf-16"])
def test_claims_reads_the_encodings_of_exports(
    encoding: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "a.txt").write_bytes(TEXT.replace("\n", "\r\n").encode(encoding))
    assert main(["claims", str(tmp_path / "a.txt")]) == 0
    assert [row["surface"] for row in told_claims(capsys)] == ["12.5亿元", "8.3%"]


@pytest.mark.parametrize(
    ("date", "period"),
    [("2020-07", "2020-01-01/2020-07-31"), ("2020", "2020-01-01/2020-12-31"), ("2020-07-13", "2020-01-01/2020-07-13")],
)
def test_claims_takes_a_date_without_its_day(
    date: str, period: str, file: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["claims", str(file), "--date", date]) == 0
    assert {row["period"] for row in told_claims(capsys)} == {period}


def test_claims_takes_place_and_date_of_each_row_of_an_export(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    export = tmp_path / "export.csv"
    rows = [f"题{i},临川县,2024-07-{i:02},今年以来，出口增长{i}.3%，全县上下继续努力。" for i in range(1, 29)]
    export.write_text("\n".join(["标题,地区,日期,content", *rows]), encoding="utf-8")
    assert main(["claims", str(export)]) == 0
    found = told_claims(capsys)
    assert len({row["doc_id"] for row in found}) == len(found) == 28
    assert {row["place"] for row in found} == {"临川县"}
    assert [row["period"][-2:] for row in found] == [f"{i:02}" for i in range(1, 29)]
    assert main(["claims", str(export), "--date", "2023-05", "--place", "江口县"]) == 0
    assert {(row["place"], row["period"][-10:]) for row in told_claims(capsys)} == {("江口县", "2023-05-31")}


def test_claims_of_a_folder_and_of_a_text_without_figures(
    file: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "b.txt").write_text("青岭县没有公布数字。\n", encoding="utf-8")
    assert main(["claims", str(tmp_path)]) == 0
    assert {row["doc_id"] for row in told_claims(capsys)} == {"a"}
    assert main(["claims", str(tmp_path / "b.txt")]) == 0
    assert capsys.readouterr().out.startswith("doc_id,start,end,surface,")


@pytest.mark.parametrize(
    ("content", "options", "told"),
    [
        (b"", [], "the file is empty"),
        (bytes(range(256)) * 40, [], "its encoding cannot be told"),
        (TEXT.encode(), ["--date", "2020-13"], "no date: '2020-13'"),
        (TEXT.encode(), ["--date", "heute"], "no date: 'heute'"),
    ],
)
def test_claims_refuses_in_one_plain_line(
    content: bytes, options: list[str], told: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "a.txt").write_bytes(content)
    assert main(["claims", str(tmp_path / "a.txt"), *options]) == 1
    said = capsys.readouterr()
    assert told in said.err and said.err.count("\n") == 1 and said.out == ""


def test_clean_prints_blocks_that_cover_the_text(file: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["clean", str(file)]) == 0
    blocks = json.loads(capsys.readouterr().out)
    covered = sorted(i for block in blocks for start, end in block["spans"] for i in range(start, end))
    assert covered == [i for i, character in enumerate(TEXT) if not character.isspace()]


def test_build_makes_a_study(file: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["build", str(file), "--out", str(tmp_path / "out"), "--jobs", "1"]) == 0
    assert "1 articles, 2 claims" in capsys.readouterr().out


@pytest.mark.parametrize("command", [["claims"], ["clean"], ["build", "--out", "out"]])
def test_a_missing_file_is_one_plain_line_and_status_1(
    command: list[str], tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    assert main([command[0], "nothing.txt", *command[1:]]) == 1
    told = capsys.readouterr()
    assert told.err.startswith("reformtext: nothing.txt: ") and "Traceback" not in told.err
    assert list(tmp_path.iterdir()) == []


def test_help_names_every_command(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        main(["--help"])
    told = capsys.readouterr().out
    assert all(name in told for name in ("build", "study", "verify", "site", "clean", "claims"))


def test_trace_prints_what_stands_behind_a_plotted_number(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(Path(__file__).parents[1])
    assert main(["trace", "word_clouds", "0"]) == 0
    rows = list(csv.DictReader(io.StringIO(capsys.readouterr().out)))
    plotted = next(csv.DictReader(io.StringIO(Path("figures/word_clouds.csv").read_text(encoding="utf-8"))))
    assert sum(int(row["count"]) for row in rows) == int(plotted["count"])
    assert {row["term"] for row in rows} == {plotted["term"]}
    assert main(["trace", "no_figure", "0"]) == 1 and "no figure is called" in capsys.readouterr().err


def test_claims_takes_date_and_place_from_the_text_and_says_so(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    page = "泰安市改革见成效\n\n2021-03-05\n\n泰安市去年出口增长7.5%，全市上下继续努力。"
    (tmp_path / "a.txt").write_text(page, encoding="utf-8")
    assert main(["claims", str(tmp_path / "a.txt")]) == 0
    shown = capsys.readouterr()
    (row,) = csv.DictReader(io.StringIO(shown.out))
    assert (row["place"], row["period"][:4]) == ("泰安市", "2020")
    assert "a.txt: proposed from the text: date 2021-03-05, place 泰安市" in shown.err
