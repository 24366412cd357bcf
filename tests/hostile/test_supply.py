"""What is installed is what was locked, and every direct dependency is accounted for."""

import re
import tomllib
from pathlib import Path

ROOT = Path(__file__).parents[2]
LOCK = (ROOT / "requirements.lock").read_text(encoding="utf-8")


def test_every_line_of_the_lock_is_a_pinned_package_with_hashes():
    lines = LOCK.splitlines()
    heads = [n for n, line in enumerate(lines) if line and not line.startswith((" ", "#"))]
    assert len(heads) > 100
    for here, there in zip(heads, [*heads[1:], len(lines)], strict=True):
        assert re.match(r"[A-Za-z0-9._-]+(\[[a-z,]+\])?==[^\s]+( ; .+)? \\$", lines[here]), lines[here]
        assert all(
            re.fullmatch(r"\s+(--hash=sha256:[0-9a-f]{64}( \\)?|# .*)", line)
            for line in lines[here + 1 : there]
            if line
        )
        assert "--hash=sha256:" in "".join(lines[here + 1 : there]), lines[here]
    assert "--require-hashes" in (ROOT / "Makefile").read_text(encoding="utf-8")


def test_every_direct_dependency_is_listed_with_its_reason_and_its_bound():
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    declared = [row for rows in (project["dependencies"], *project["optional-dependencies"].values()) for row in rows]
    text = (ROOT / "docs" / "dependencies.md").read_text(encoding="utf-8")
    rows = re.findall(r"^\| ([A-Za-z0-9._-]+) \| ([^|]+) \| ([^|]+) \| ([0-9.]+) \| ([0-9.]+) \|$", text, re.MULTILINE)
    assert [f"{name}>={least}" for name, _, _, least, _ in rows] == declared
    assert all(why.strip() and licence.strip() for _, why, licence, _, _ in rows)
