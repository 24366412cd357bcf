"""What must hold for the repository as a whole: pins that agree, no text of an article, a codebook that is the schema."""

import csv
import hashlib
import json
import re
import subprocess
import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest

from reformtext.study.tables import codebook

ROOT = Path(__file__).parents[1]
SHARED_CHARACTERS = 24
csv.field_size_limit(1 << 30)


def tracked() -> list[Path]:
    names = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, check=True).stdout.decode()
    return [ROOT / name for name in names.split("\0") if name and (ROOT / name).is_file()]


def pins(lock: str) -> dict[str, str]:
    return dict(re.findall(r"^([a-z0-9._-]+)==([^\s;\\]+)", lock, re.MULTILINE))


def normal(name: str) -> str:
    return re.sub(r"[-_.]+", "-", name.lower())


def declared() -> set[str]:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    groups = [project["dependencies"], *project["optional-dependencies"].values()]
    return {normal(re.split(r"[<>=!~ ]", row)[0]) for group in groups for row in group}


def test_lock_has_hashes_and_no_address() -> None:
    lock = (ROOT / "requirements.lock").read_text(encoding="utf-8")
    assert "://" not in lock and "index-url" not in lock and "find-links" not in lock
    blocks = re.split(r"\n(?=\S)", lock)
    assert all("--hash=sha256:" in block for block in blocks if "==" in block.splitlines()[0])


def test_lock_and_conda_environment_pin_every_direct_dependency_alike() -> None:
    locked = pins((ROOT / "requirements.lock").read_text(encoding="utf-8"))
    environment = (ROOT / "environment.yml").read_text(encoding="utf-8")
    conda = {
        normal(n): v for n, v in re.findall(r"^ +- ([A-Za-z0-9._-]+)={1,2}([0-9][^\s]*)$", environment, re.MULTILINE)
    }
    conda.pop("python")
    assert conda == {name: locked[name] for name in declared()}
    assert re.search(r"^name: reformtext$", environment, re.MULTILINE)
    pip_part = environment.split("- pip:")[1]
    assert "matplotlib==" in pip_part


def test_codebook_is_the_schema() -> None:
    assert codebook() in (ROOT / "data" / "README.md").read_text(encoding="utf-8")


def texts() -> Iterator[tuple[str, str]]:
    """Texts that must not be repeated: what a reader holds in data/raw, and what lies beside the checkout."""
    for folder in (ROOT / "data" / "raw", ROOT.parent / "shared"):
        for path in sorted(folder.glob("**/*")):
            if "gold" in path.parts or path.name == "README.md":
                continue
            if path.suffix == ".txt":
                yield path.name, path.read_text(encoding="utf-8")
            elif path.suffix == ".csv":
                with path.open(encoding="utf-8-sig", newline="") as file:
                    for row in csv.DictReader(file):
                        yield path.name, row.get("full_text") or ""
            elif path.suffix == ".jsonl":
                for line in path.read_text(encoding="utf-8").splitlines():
                    yield path.name, json.loads(line).get("content", "")


def squeeze(text: str) -> str:
    return re.sub(r"[\W_]+", "", text)


def titles(files: list[Path]) -> set[str]:
    found = set()
    for path in files:
        if path.name in {"documents.csv", "articles.csv"}:
            with path.open(encoding="utf-8", newline="") as file:
                found |= {squeeze(row["title"]) for row in csv.DictReader(file) if 0 < len(row["title"]) <= 80}
    return found


def readable(path: Path) -> str | None:
    if path.suffix in {".png", ".pdf", ".docx", ".parquet"}:
        return None
    raw = path.read_bytes().decode("utf-8", errors="replace")
    if path.suffix in {".ipynb", ".json"}:
        raw = json.dumps(json.loads(raw), ensure_ascii=False)
        raw = raw.replace("\\n", "")
    return squeeze(re.sub(r"\\u([0-9a-fA-F]{4})", lambda m: chr(int(m[1], 16)), raw))


def around_words(text: str) -> Iterator[int]:
    """Give where stretches begin that hold six Han characters in a row: numbers alone agree by chance."""
    at = 0
    for six in re.finditer(r"(?=[\u4e00-\u9fff]{6})", text):
        begin = max(at, six.start() + 6 - SHARED_CHARACTERS)
        at = six.start() + 1
        yield from range(begin, at)


def test_no_tracked_file_repeats_a_text() -> None:
    seen: dict[str, str] = {}
    for name, text in texts():
        text = squeeze(text)
        seen.update(
            dict.fromkeys((text[i : i + SHARED_CHARACTERS] for i in range(len(text) - SHARED_CHARACTERS + 1)), name)
        )
    if not seen:
        pytest.skip("no articles or reports here to compare with")
    files = tracked()
    allowed, found = titles(files), []
    for path in files:
        text = readable(path)
        if text is None:
            continue
        for title in allowed:
            text = text.replace(title, "|")
        pieces = (text[i : i + SHARED_CHARACTERS] for i in around_words(text))
        if piece := next((piece for piece in pieces if piece in seen), None):
            found.append(f"{path.relative_to(ROOT)} repeats {seen[piece]} at {piece[:8]}…")
    assert not found


def test_no_machine_path_in_tracked_files() -> None:
    here = str(ROOT) + "/"
    binary = {".png", ".pdf", ".docx", ".parquet"}
    found = [
        p for p in tracked() if p.suffix not in binary and here in p.read_bytes().decode("utf-8", errors="replace")
    ]
    assert not found


def test_figures_manifest_holds_every_figure_file() -> None:
    rows = json.loads((ROOT / "figures" / "figures.json").read_text(encoding="utf-8"))
    listed = {file["path"]: file["sha256"] for row in rows for file in row["outputs"]}
    there = {
        path.name: path for path in (ROOT / "figures").iterdir() if path.suffix in {".pdf", ".svg", ".png", ".csv"}
    }
    assert set(listed) == set(there)
    assert all(hashlib.sha256(there[name].read_bytes()).hexdigest() == digest for name, digest in listed.items())
    assert all(row["caption"] and row["alt"] and row["inputs"] and row["stack"] for row in rows)
    assert len(rows) >= 15


def test_readme_lists_every_figure_with_its_notebook() -> None:
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    rows = json.loads((ROOT / "figures" / "figures.json").read_text(encoding="utf-8"))
    assert not [
        row["name"]
        for row in rows
        if f"| [{row['name']}](figures/{row['name']}.png) | {row['notebook']} |" not in readme
    ]


def test_readme_quotes_the_notebooks_own_outputs() -> None:
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    findings = readme.split("<!-- findings -->")[1].split("<!-- /findings -->")[0]
    outputs = ""
    for path in sorted((ROOT / "notebooks").glob("*.ipynb")):
        for cell in json.loads(path.read_text(encoding="utf-8"))["cells"]:
            for output in cell.get("outputs", []):
                outputs += "".join(output.get("data", {}).get("text/markdown", "")) + "\n"
    quoted = [line[2:] for line in findings.splitlines() if line.startswith("> ") and line[2:].strip()]
    assert len(quoted) >= 3
    assert not [line for line in quoted if line not in outputs]
