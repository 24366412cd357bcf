"""Faults that are really done: a full disk, a folder that cannot be written, a damaged study; what stood before stands after."""

import os
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

import reformtext as rt
from reformtext.study.tables import MANIFEST

ROOT = Path(__file__).parents[2]
SAMPLE = ROOT / "data" / "sample" / "texts"
posix = pytest.mark.skipif(os.name != "posix", reason="limits and signals of POSIX")
TEXT = "青泽县推进改革，全年办结事项20件，增长8.3%。"


@pytest.fixture(scope="module")
def study(tmp_path_factory):
    folder = tmp_path_factory.mktemp("faults")
    return rt.build(SAMPLE / "01_qingling_half_year.txt", folder / "study", jobs=1)


def contents(folder):
    return {path.relative_to(folder): path.read_bytes() for path in sorted(folder.rglob("*")) if path.is_file()}


def limited(bytes_of_a_file, program, *arguments):
    """Run a program that may write no file beyond a size, as if the disk were full then."""
    opening = (
        "import resource, signal, sys, warnings\n"
        "warnings.simplefilter('ignore')\n"
        "signal.signal(signal.SIGXFSZ, signal.SIG_IGN)\n"
        "import reformtext as rt\n"
        f"resource.setrlimit(resource.RLIMIT_FSIZE, ({bytes_of_a_file}, {bytes_of_a_file}))\n"
    )
    command = [sys.executable, "-c", opening + program, *map(str, arguments)]
    return subprocess.run(command, capture_output=True, text=True, encoding="utf-8", timeout=300)


@posix
def test_a_full_disk_leaves_the_old_study_and_says_so(study, tmp_path):
    copy = Path(shutil.copytree(study.folder, tmp_path / "study"))
    before = contents(tmp_path)
    code = (
        "from reformtext.cli import main\nsys.exit(main(['build', sys.argv[1], '--out', sys.argv[2], '--jobs', '1']))"
    )
    done = limited(3_000, code, SAMPLE / "10_two_articles.txt", copy)
    assert done.returncode == 1 and done.stderr.startswith("reformtext: ") and "Traceback" not in done.stderr
    assert contents(copy) == {path.relative_to("study"): data for path, data in before.items()}
    assert [path.name for path in tmp_path.iterdir() if not path.name.startswith(".")] == ["study"]
    rt.Study(copy).claims.shape  # noqa: B018 -- it opens


@posix
@pytest.mark.parametrize("ending", ["xlsx", "csv"])
def test_a_sheet_for_coders_on_a_full_disk_is_told(tmp_path, ending):
    code = (
        "import pandas as pd\n"
        "try: rt.coding_sheet(pd.DataFrame({'match': ['改革见成效'] * 5000}), sys.argv[1], {'y': 'yes'})\n"
        "except rt.InputError as error: print(error)\n"
    )
    done = limited(2_000, code, tmp_path / f"codes.{ending}")
    assert not done.returncode, done.stderr
    assert "cannot be written (" in done.stdout and "Traceback" not in done.stdout


@posix
def test_figures_that_no_longer_fit_leave_all_that_was_there(tmp_path):
    for folder, size in (("scratch", 5_000), ("checkout", 10)):
        for name in ("notebooks/01_one.ipynb", "figures/a.png", "figures/b.png"):
            (tmp_path / folder / name).parent.mkdir(parents=True, exist_ok=True)
            (tmp_path / folder / name).write_bytes(b"x" * (size if "b.png" in name else 20))
    before = contents(tmp_path / "checkout")
    code = (
        "from pathlib import Path\n"
        "from reformtext.study.notebooks import _install_all\n"
        "try: _install_all(Path(sys.argv[1]), Path(sys.argv[2]), set())\n"
        "except rt.InputError as error: print(error)\n"
    )
    done = limited(2_000, code, tmp_path / "scratch", tmp_path / "checkout")
    assert "b.png: cannot be written (" in done.stdout and "nothing was changed" in done.stdout, done.stderr
    assert contents(tmp_path / "checkout") == before


@posix
def test_a_page_of_places_on_a_full_device_is_told():
    if not Path("/dev/full").exists():
        pytest.skip("no /dev/full here")
    with pytest.raises(rt.InputError, match="No space left"):
        rt.kwic([rt.Document("a", TEXT)], "改革").to_page("/dev/full")


@posix
@pytest.mark.skipif(hasattr(os, "getuid") and os.getuid() == 0, reason="root may write everywhere")
def test_a_folder_that_cannot_be_written_is_told_before_the_work(tmp_path):
    tmp_path.chmod(0o500)
    try:
        with pytest.raises((rt.InputError, OSError), match=str(tmp_path)):
            rt.build(SAMPLE / "01_qingling_half_year.txt", tmp_path / "study", jobs=1)
    finally:
        tmp_path.chmod(0o700)


@pytest.mark.skipif(not Path("/proc/version").exists(), reason="no file system that nobody may write to")
def test_a_place_that_nobody_may_write_to_is_told(capsys):
    from reformtext.cli import main

    status = main(["build", str(SAMPLE / "01_qingling_half_year.txt"), "--out", "/proc/study/x", "--jobs", "1"])
    said = capsys.readouterr().err
    assert status == 1 and "/proc/study" in said and "Traceback" not in said


def damage_cut(path):
    data = path.read_bytes()
    path.write_bytes(data[: len(data) // 2])


def damage_byte(path):
    data = bytearray(path.read_bytes())
    data[len(data) // 3] ^= 1
    path.write_bytes(data)


DAMAGE = {"cut": damage_cut, "one bit": damage_byte, "emptied": lambda path: path.write_bytes(b""), "gone": Path.unlink}


@pytest.mark.parametrize("table", ["claims", "terms", "documents", "blocks"])
@pytest.mark.parametrize("damage", DAMAGE)
def test_any_damage_to_a_table_is_found_and_the_others_are_read(study, tmp_path, damage, table):
    copy = Path(shutil.copytree(study.folder, tmp_path / "study"))
    DAMAGE[damage](copy / f"{table}.csv")
    opened = rt.Study(copy)
    assert opened.faults() == {f"{table}.csv": "missing" if damage == "gone" else "differs"}
    other = "phrases" if table != "phrases" else "claims"
    assert len(opened.table(other)) == len(study.table(other))
    if damage in ("gone", "emptied"):
        with pytest.raises(rt.InputError, match=f"{table}"):
            opened.table(table)


def test_a_wrong_checksum_is_found(study, tmp_path):
    copy = Path(shutil.copytree(study.folder, tmp_path / "study"))
    manifest = copy / MANIFEST
    text = manifest.read_text(encoding="utf-8")
    place = text.index("sha256:", text.index('"claims.csv"')) + 7
    manifest.write_text(text[:place] + ("0" if text[place] != "0" else "1") + text[place + 1 :], encoding="utf-8")
    assert rt.Study(copy).faults() == {"claims.csv": "differs"}


def test_a_clock_that_jumps_changes_nothing(study, tmp_path, monkeypatch):
    ticks = iter(range(10**9, 0, -(10**6)))
    monkeypatch.setattr(time, "time", lambda: float(next(ticks)))
    again = rt.build(SAMPLE / "01_qingling_half_year.txt", tmp_path / "study", jobs=1)
    assert contents(again.folder) == contents(study.folder)


def test_two_studies_are_built_at_once(study, tmp_path):
    code = "import sys, warnings; warnings.simplefilter('ignore'); import reformtext as rt; rt.build(sys.argv[1], sys.argv[2], jobs=1)"
    text = SAMPLE / "01_qingling_half_year.txt"
    running = [
        subprocess.Popen([sys.executable, "-c", code, str(text), str(tmp_path / name)]) for name in ("one", "study")
    ]
    assert [process.wait(timeout=300) for process in running] == [0, 0]
    assert contents(tmp_path / "study") == contents(study.folder)
    assert sorted(path.name for path in tmp_path.iterdir() if not path.name.startswith(".")) == ["one", "study"]


NOTEBOOK = """{"cells": [{"cell_type": "code", "execution_count": null, "id": "a", "metadata": {}, "outputs": [], "source": [%s]}],
 "metadata": {"kernelspec": {"display_name": "Python 3", "language": "python", "name": "python3"}}, "nbformat": 4, "nbformat_minor": 5}"""


def checkout(folder, source):
    """Make a small checkout with one notebook."""
    (folder / "notebooks").mkdir(parents=True)
    (folder / "figures").mkdir()
    (folder / "data").mkdir()
    (folder / "notebooks" / "01_one.ipynb").write_text(NOTEBOOK % f'"{source}"', encoding="utf-8")
    return folder


def test_a_kernel_that_dies_is_told_and_nothing_changes(tmp_path, monkeypatch):
    root = checkout(tmp_path / "house", "import os; os._exit(9)")
    before = contents(root)
    done = subprocess.run([sys.executable, "-m", "reformtext.cli", "study"], cwd=root, capture_output=True, text=True, encoding="utf-8", timeout=300)  # fmt: skip
    assert done.returncode == 1 and "01_one.ipynb: " in done.stderr and "Traceback" not in done.stderr
    assert contents(root) == before


@posix
@pytest.mark.parametrize("sent", [signal.SIGINT, signal.SIGTERM])
def test_a_study_that_is_stopped_changes_nothing(tmp_path, sent):
    began = tmp_path / "began"
    root = checkout(tmp_path / "house", f"import time; open('{began}', 'w').close(); time.sleep(60)")
    shutil.copy(root / "notebooks" / "01_one.ipynb", root / "notebooks" / "02_two.ipynb")
    before = contents(root)
    scratch = tmp_path / "scratch"  # two notebooks, so that they run beside the command and not in its place
    scratch.mkdir()
    running = subprocess.Popen([sys.executable, "-m", "reformtext.cli", "study"], cwd=root, stderr=subprocess.PIPE, text=True, env={**os.environ, "TMPDIR": str(scratch)}, start_new_session=True)  # fmt: skip
    end = time.monotonic() + 120
    while not began.exists() and time.monotonic() < end:
        time.sleep(0.1)
    assert began.exists()
    running.send_signal(sent)
    told = running.communicate(timeout=60)[1]
    assert running.returncode == 130
    assert told.startswith("reformtext: stopped; nothing was changed")  # what a kernel says as it ends comes after
    assert contents(root) == before
    assert not [path for path in scratch.iterdir() if path.name.startswith("reformtext-")]
