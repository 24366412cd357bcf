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
