"""A small, seeded part of `make fuzz`."""

import subprocess
import sys
from pathlib import Path

RUNNER = Path(__file__).with_name("fuzz.py")


def test_spoiled_files_break_no_law():
    command = [sys.executable, str(RUNNER), "--seed", "9", "--cases", "150", "--jobs", "1", "--seconds", "600"]
    done = subprocess.run(command, capture_output=True, text=True, encoding="utf-8", timeout=900)
    assert not done.returncode, done.stdout
    assert "150 cases, 0 broke a law" in done.stdout
