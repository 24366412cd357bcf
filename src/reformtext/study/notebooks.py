"""The notebooks: run them in a scratch folder, install what they made, or compare it with what is there."""

import asyncio
import copy
import hashlib
import json
import os
import re
import shutil
import sys
import tempfile
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, NamedTuple

import matplotlib
import nbformat
from nbclient import NotebookClient
from nbclient.exceptions import CellExecutionError, CellTimeoutError, DeadKernelError
from tqdm import tqdm

from reformtext.errors import InputError
from reformtext.study.build import build
from reformtext.study.plots import INDEX, render_stack
from reformtext.study.tables import MANIFEST, Study, sha256_of

_STAMP = Path(".cache") / "study.json"
_KERNEL = {"display_name": "Python 3", "language": "python", "name": "python3"}
# The language's version is left out: the same outputs come from every Python that the project supports.
_METADATA = {"kernelspec": _KERNEL, "language_info": {"name": "python"}}
_CELL_SECONDS = 600
# A warning is two lines: where and what, and the source line.
_LAYOUT_ONLY = re.compile(r"(?:.*LayoutWarning: figure .*\n(?:  .*\n)?)+")
_COLOUR_CODES = re.compile(r"\x1b\[[0-9;]*m")


class Difference(NamedTuple):
    """One line of a comparison: what was compared and how it came out."""

    thing: str
    verdict: str

    @property
    def bad(self) -> bool:
        """Whether it is a difference, and not sameness or a comparison that cannot be made."""
        return self.verdict in {"differs", "missing", "not made now", "fails"}

    def __str__(self) -> str:
        return f"{self.verdict:16} {self.thing}"


def _normalise(notebook: Any) -> Any:
    """Drop from an executed notebook what the machine, and not the study, put there."""
    notebook.metadata = nbformat.from_dict(copy.deepcopy(_METADATA))
    for cell in notebook.cells:
        cell.metadata.pop("execution", None)
        if cell.cell_type == "code":
            merged: list[Any] = []
            for output in cell.outputs:
                if output.output_type == "stream" and merged and merged[-1].get("name") == output.name:
                    merged[-1].text += output.text
                else:
                    merged.append(output)
            cell.outputs = merged
    return notebook


def _complaints(path: Path, notebook: Any) -> list[str]:
    """Say which cells wrote to stderr; what a figure's layout lacks stands in the manifest, and is told from there."""
    return [
        f"{path.name}, cell {number}: wrote to stderr: {output.text.strip().splitlines()[-1][:200]}"
        for number, cell in enumerate(notebook.cells, 1)
        for output in cell.get("outputs", [])
        if output.output_type == "stream" and output.name == "stderr" and not _LAYOUT_ONLY.fullmatch(output.text)
    ]


def _failed(cell: Any) -> bool:
    return any(output.output_type == "error" for output in cell.get("outputs", []))


def _parameters(notebook: Any, values: dict[str, str]) -> None:
    """Set names in the one cell tagged ``parameters``."""
    cell = next((cell for cell in notebook.cells if "parameters" in cell.metadata.get("tags", [])), None)
    if cell is None:
        raise InputError("no cell is tagged parameters", way_out="tag the cell that sets DATA")
    lines = cell.source.splitlines()
    cell.source = "\n".join(
        next((f"{name} = {value!r}" for name, value in values.items() if line.startswith(f"{name} = ")), line)
        for line in lines
    )


def _execute(path: Path, values: dict[str, str]) -> list[str]:
    """Run one notebook in place, in its own folder; the lines that come back say what went wrong."""
    notebook = nbformat.read(path, as_version=4)
    if values:
        _parameters(notebook, values)
    client = NotebookClient(
        notebook,
        timeout=_CELL_SECONDS,
        kernel_name="python3",
        record_timing=False,
        extra_arguments=["--IPKernelApp.log_level=40"],
        resources={"metadata": {"path": str(path.parent)}},
    )
    try:
        # This process has found or built matplotlib's font cache: the kernels need not, and have nothing to say of it.
        env = {**os.environ, "MPLCONFIGDIR": matplotlib.get_cachedir()}
        # An event loop of its own, which is closed again: notebooks run in threads.
        asyncio.run(client.async_execute(env=env))
    except (CellTimeoutError, DeadKernelError) as error:
        return [f"{path.name}: {str(error).strip().splitlines()[0]}; open it with `make lab` and run it there"]
    except CellExecutionError as error:
        place = next((n for n, cell in enumerate(notebook.cells, 1) if _failed(cell)), 0)
        told = [line for line in _COLOUR_CODES.sub("", error.evalue).splitlines() if line.strip()]
        said = f"{error.ename}: {told[0].strip() if told else ''}"
        return [f"{path.name}, cell {place}: {said}; open it with `make lab` and run it there"]
    nbformat.write(_normalise(notebook), path)
    return _complaints(path, notebook)


@contextmanager
def _ran(root: Path, data: Path | None = None, lang: str = "en") -> Iterator[tuple[Path, dict[str, list[str]]]]:
    """Run every notebook of a checkout in a scratch copy; give the copy, and what went wrong by notebook."""
    import joblib

    sources = _notebooks(root)
    values = {"DATA": str(data.resolve())} if data else {}
    if lang != "en":
        values["LANG"] = lang
    with tempfile.TemporaryDirectory(prefix="reformtext-") as folder:
        scratch = Path(folder)
        for name in ("notebooks", "data", "figures"):
            (scratch / name).mkdir()
        for study in sorted(path.parent.name for path in (root / "data").glob(f"*/{MANIFEST}")):
            shutil.copytree(root / "data" / study, scratch / "data" / study)
        for name in ("sample", "gold", "lexicon"):
            if (root / "data" / name).is_dir():
                shutil.copytree(root / "data" / name, scratch / "data" / name, dirs_exist_ok=True)
        copies = [Path(shutil.copy(path, scratch / "notebooks")) for path in sources]
        # Threads suffice: each notebook has a kernel process of its own. Without a lock on the manifest, one at a time.
        jobs = min(os.cpu_count() or 1, len(copies)) if sys.platform != "win32" else 1
        parallel = joblib.Parallel(n_jobs=jobs, backend="threading", return_as="generator")
        work = parallel(joblib.delayed(_execute)(path, values) for path in copies)
        told = list(tqdm(work, total=len(copies), desc="notebooks", unit="book", disable=None))
        yield scratch, {path.name: lines for path, lines in zip(copies, told, strict=True) if lines}


def _notebooks(root: Path) -> list[Path]:
    found = sorted((root / "notebooks").glob("[0-9]*.ipynb"))
    if not found:
        raise InputError("no notebooks here", file=root / "notebooks", way_out="run it in the project's folder")
    return found


def run_study(root: Path, data: Path | None = None, out: Path | None = None, lang: str = "en") -> list[Path]:
    """Run the notebooks and install what they made.

    Parameters
    ----------
    root : Path
        The checkout: its ``notebooks`` and ``data``.
    data : Path, optional
        Another study's folder to run them on; ``data/articles`` when left out.
    out : Path, optional
        Where executed notebooks and figures go; the checkout itself when left out.
    lang : str, default "en"
        The language of the figures, ``en`` or ``zh``. Chinese ones go to a folder of their own.

    Returns
    -------
    list of Path
        The files that were written; empty where nothing had changed since the last run.

    Raises
    ------
    InputError
        One line for each notebook that failed or wrote a warning. In place, nothing is changed then; in another folder,
        what the other notebooks made is there.
    """
    if out is None and (data is not None or lang != "en"):
        raise InputError(
            "another study, or another language, needs a folder of its own", way_out="name one with --out FOLDER"
        )
    if data is not None:
        Study(data)
    stamp = root / _STAMP
    if out is None and _up_to_date(root, stamp):
        return []
    before, made_before = _inputs(root), {path: sha256_of(path) for path in _notebooks(root)}
    with _ran(root, data, lang) as (scratch, problems):
        for row in _index(scratch / "figures"):
            for fault in row["faults"]:
                warnings.warn(f"figure {row['name']}: {fault}", UserWarning, stacklevel=2)
        failed = InputError("\n".join(line for lines in problems.values() for line in lines)) if problems else None
        if failed and out is None:
            raise failed
        if out is None and {path: sha256_of(path) for path in _notebooks(root)} != made_before:
            raise InputError(
                "a notebook was saved while the study ran", file=root / "notebooks", way_out="run it again"
            )
        written = _install_all(scratch, out or root, leave=set(problems))
        if failed:
            raise failed
    if out is None and _inputs(root) == before:
        stamp.parent.mkdir(exist_ok=True)
        scratch_stamp = stamp.with_suffix(".new")
        scratch_stamp.write_text(json.dumps({**before, **_outputs(root)}), encoding="utf-8")
        scratch_stamp.replace(stamp)
    return written


def _install_all(scratch: Path, target: Path, leave: set[str]) -> list[Path]:
    """Put notebooks and figures in place, and take away figures that the manifest lists and no notebook makes now."""
    listed = {file["path"] for row in _index(target / "figures") for file in row["outputs"]}
    copies: list[tuple[Path, Path]] = []
    try:
        for name in ("notebooks", "figures"):
            (target / name).mkdir(parents=True, exist_ok=True)
            for path in sorted((scratch / name).iterdir()):
                if not path.name.startswith(".") and path.name not in leave:
                    copies.append((target / name / f".{path.name}.new", target / name / path.name))
                    shutil.copyfile(path, copies[-1][0])
    except BaseException as error:  # a full disk, Ctrl-C: until all are there, none takes its place
        for copied, _ in copies:
            copied.unlink(missing_ok=True)
        if isinstance(error, OSError):
            said = f"cannot be written ({error.strerror or error}); nothing was changed"
            raise InputError(said, file=copies[-1][1] if copies else target, way_out="make room") from error
        raise
    written = [copied.replace(path) for copied, path in copies]
    for stale in sorted(listed - {path.name for path in written}):
        (target / "figures" / stale).unlink(missing_ok=True)
    return written


def _index(folder: Path) -> list[dict[str, Any]]:
    """Read the figures' manifest; an absent or damaged one lists nothing."""
    try:
        rows: list[dict[str, Any]] = json.loads((folder / INDEX).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return []
    return rows


def _figure_files(folder: Path) -> list[str]:
    return [path.name for path in folder.iterdir() if path.suffix in {".pdf", ".svg", ".png", ".csv"}]


def _checksums(root: Path, *patterns: str) -> dict[str, str]:
    files = sorted({path for pattern in patterns for path in root.glob(pattern) if path.is_file()})
    # Texts, and what a build keeps of them, are no part of what a clone has.
    names = [path.relative_to(root) for path in files if (root / "data" / "raw") not in path.parents]
    return {name.as_posix(): sha256_of(root / name) for name in names if not any(x[0] == "." for x in name.parts)}


def _inputs(root: Path) -> dict[str, str]:
    """Checksums of what the study is made of, the notebooks apart: running them changes them."""
    return _checksums(root, "src/**/*.py", "data/**/*.*", "requirements.lock")


def _outputs(root: Path) -> dict[str, str]:
    return _checksums(root, "notebooks/*.ipynb", "figures/*.*")


def _up_to_date(root: Path, stamp: Path) -> bool:
    try:
        known = json.loads(stamp.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return False
    return bool(known == {**_inputs(root), **_outputs(root)})


def verify(root: Path, texts: Path | None = None) -> Iterator[Difference]:
    """Rerun the study in a scratch folder and compare everything with what is committed.

    Parameters
    ----------
    root : Path
        The checkout.
    texts : Path, optional
        A folder with a study's texts in a subfolder of its name (``articles``, ``reports``); ``data/raw`` when left
        out. Where there are none, the tables are compared with their own checksums only, and a line says so.

    Yields
    ------
    Difference
        One a table, notebook and figure file, in a fixed order, as soon as it is known.
    """
    if texts is not None and not texts.is_dir():
        raise InputError("there is no such folder", file=texts, way_out="name the folder that holds articles/")
    _notebooks(root)
    yield from _verify_tables(root, texts or root / "data" / "raw")
    with _ran(root) as (scratch, problems):
        yield from _verify_figures(root / "figures", scratch / "figures")
        same_stack = _stack(root / "figures") == render_stack()
        for path in _notebooks(root):
            if path.name in problems:
                yield from (Difference(f"notebooks/{line}", "fails") for line in problems[path.name])
            else:
                old, new = (_contents(folder / "notebooks" / path.name, same_stack) for folder in (root, scratch))
                yield Difference(f"notebooks/{path.name}", _verdict(old, new))


def _verdict(old: object, new: object) -> str:
    return "same" if old == new else "differs"


def _contents(path: Path, pictures: bool) -> Any:
    """Read a notebook for comparison; pictures are left out where another stack drew them."""
    notebook = json.loads(path.read_text(encoding="utf-8"))
    if not pictures:
        for cell in notebook["cells"]:
            for output in cell.get("outputs", []):
                output.get("data", {}).pop("image/png", None)
    return notebook


def _stack(folder: Path) -> dict[str, str] | None:
    rows = _index(folder)
    return rows[0]["stack"] if rows else None


def _verify_figures(old: Path, new: Path) -> Iterator[Difference]:
    comparable = _stack(old) == render_stack()
    for name in sorted({*_figure_files(old), *_figure_files(new)}):
        thing = f"figures/{name}"
        if not (new / name).is_file():
            yield Difference(thing, "not made now")
        elif not (old / name).is_file():
            yield Difference(thing, "missing")
        elif not comparable and not name.endswith(".csv"):
            yield Difference(thing, "not comparable")
        else:
            yield Difference(thing, _verdict(sha256_of(old / name), sha256_of(new / name)))
    rows = [_index(old), _index(new)]
    if not comparable:
        for row in (row for index in rows for row in index):
            row.pop("stack"), row.pop("outputs")
    yield Difference(f"figures/{INDEX}", _verdict(*rows))


def _verify_tables(root: Path, texts: Path) -> Iterator[Difference]:
    for folder in sorted(path.parent for path in (root / "data").glob(f"*/{MANIFEST}")):
        # The manifest has no checksum of its own: a figure's manifest holds it.
        known = [item for row in _index(root / "figures") for item in row["inputs"]]
        manifest, digest = f"{folder.name}/{MANIFEST}", sha256_of(folder / MANIFEST)
        same = all(item["sha256"] == digest for item in known if item["path"] == manifest)
        try:
            study = Study(folder)
        except InputError:
            yield Difference(f"data/{manifest}", "differs")
            continue
        yield Difference(f"data/{manifest}", "same" if same else "differs")
        faults = study.faults()
        for row in study.package["resources"]:
            thing = f"data/{folder.name}/{row['path']} (its checksum)"
            yield Difference(thing, faults.get(row["path"], "same"))
        yield from _rebuild(folder, root / "data" / "metadata", texts / folder.name)


def _rebuild(committed: Path, metadata: Path, texts: Path) -> list[Difference]:
    """Build a study's tables from its texts, where they are, and compare them byte for byte."""
    name = f"data/{committed.name}"
    if not texts.is_dir() or not any(texts.iterdir()):
        return [Difference(f"{name} from its texts: they are not here", "not comparable")]
    with tempfile.TemporaryDirectory(prefix="reformtext-") as folder, warnings.catch_warnings():
        # What the metadata leaves out was said when the tables were built.
        warnings.simplefilter("ignore", UserWarning)
        study = build(texts, Path(folder) / committed.name, metadata=metadata / f"{committed.name}.csv")
        files = [MANIFEST, *(row["path"] for row in study.package["resources"])]
        return [
            Difference(
                f"{name}/{file} (from its texts)", _verdict(_digest(committed / file), _digest(study.folder / file))
            )
            for file in files
        ]


def _digest(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest() if path.is_file() else ""
