"""What readers are told: the guides name what exists, the data packages are valid, the citation agrees with the package."""

import re
import shlex
import tomllib
import warnings
from pathlib import Path
from typing import Any

import pytest

import reformtext as rt
from reformtext.cli import _parser
from reformtext.study.tables import SCHEMA

ROOT = Path(__file__).parents[1]
STUDIES = sorted(path.parent for path in (ROOT / "data").glob("*/datapackage.json"))
PAGES = [
    *sorted((ROOT / "docs").glob("*.md")),
    *(ROOT / name for name in ("CONTRIBUTING.md", "CORRECTIONS.md", "data/DATASHEET.md")),
]
# Frictionless reads that many rows of a table; it needs minutes for all of a large one in Parquet.
ROWS = 2_000


@pytest.mark.parametrize("page", PAGES, ids=lambda path: path.stem)
def test_pages_name_what_there_is(page: Path) -> None:
    text = page.read_text(encoding="utf-8")
    assert text.startswith("# ")
    assert not [name for name in re.findall(r"\brt\.([A-Za-z_]+)", text) if name not in rt.__all__]
    # Paths into the checkout; a reader's own (my-texts), what git ignores and what a program makes are not there.
    paths = re.findall(r"`((?:src|data|tests|notebooks|docs|figures)(?:/[\w.]+)*)`", text)
    assert not [path for path in paths if not (ROOT / path).exists() and not path.startswith("data/raw")]


@pytest.mark.parametrize("page", PAGES, ids=lambda path: path.stem)
def test_pages_give_commands_and_code_that_parse(page: Path) -> None:
    text = page.read_text(encoding="utf-8")
    commands = re.findall(r"^    reformtext (.+)$", text, re.MULTILINE)
    commands += [" ".join(line.split()) for line in re.findall(r"`reformtext ([^`]+)`", text)]
    for command in commands:
        if len(words := shlex.split(command)) > 1:
            _parser().parse_args(words)
    for code in re.findall(r"```python\n(.*?)```", text, re.DOTALL):
        compile(code, page.name, "exec")
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    assert all(f"\n{verb}:" in makefile for verb in re.findall(r"^    make (\w+)", text, re.MULTILINE))


@pytest.mark.parametrize(
    ("folder", "table"),
    [(folder, name) for folder in STUDIES for name in SCHEMA],
    ids=lambda value: getattr(value, "name", value),
)
def test_tables_are_what_their_data_package_says(folder: Path, table: str) -> None:
    frictionless = pytest.importorskip("frictionless")
    with warnings.catch_warnings():
        # Its own dependencies' deprecations are not ours to mend.
        warnings.simplefilter("ignore")
        resource = frictionless.Package(str(folder / "datapackage.json")).get_resource(table)
        # A Parquet file's bytes it does not count; their number and checksum are held by `Study.faults`.
        parquet = resource.format == "parquet"
        skipped = frictionless.Checklist(skip_errors=["byte-count"] if parquet else [])
        report: Any = resource.validate(skipped, limit_rows=ROWS if parquet else None)
    assert report.valid, report.flatten(["type", "note"])[:5]
    assert report.tasks[0].stats.get("rows", 0) == (ROWS if parquet else rt.Study(folder).table(table).shape[0])


@pytest.mark.parametrize("folder", STUDIES, ids=lambda folder: folder.name)
def test_data_packages_keep_to_the_standard(folder: Path) -> None:
    frictionless = pytest.importorskip("frictionless")
    package = frictionless.Package(str(folder / "datapackage.json"))
    assert not list(frictionless.Package.metadata_validate(package.to_descriptor()))
    assert rt.Study(folder).faults() == {}


def test_citation_agrees_with_the_package() -> None:
    citation = (ROOT / "CITATION.cff").read_text(encoding="utf-8")
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    fields = dict(re.findall(r"^([a-z-]+): *\"?([^\"\n]+)\"?$", citation, re.MULTILINE))
    assert fields["cff-version"] == "1.2.0" and fields["type"] == "software"
    assert {"message", "title", "date-released"} <= set(fields) and "authors:\n  - name:" in citation
    assert (fields["version"], fields["license"]) == (project["version"], project["license"])
    assert rt.__version__ == project["version"]
