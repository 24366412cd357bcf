"""A small, seeded part of `make fuzz`."""

import subprocess
import sys
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parent))
from laws import check_text

RUNNER = Path(__file__).with_name("fuzz.py")


def test_spoiled_files_break_no_law():
    command = [sys.executable, str(RUNNER), "--seed", "9", "--cases", "150", "--jobs", "1", "--seconds", "600"]
    done = subprocess.run(command, capture_output=True, text=True, encoding="utf-8", timeout=900)
    assert not done.returncode, done.stdout
    assert "150 cases, 0 broke a law" in done.stdout


FOUND = [
    "前2024年（）第三位",
    "由5项" + " " * 9_000 + "增长到8.3%",
    "5项、" * 300,
]  # each broke a law, or took seconds, once


@pytest.mark.parametrize("text", FOUND)
def test_what_was_found_keeps_to_the_laws(text):
    check_text(text)
