"""Text of a stranger stays text, a stranger's path stays in its folder, and nothing is run or fetched."""

import ast
import csv
import json
import os
import re
import shutil
import stat
import subprocess
import sys
from pathlib import Path

import matplotlib
import matplotlib.pyplot as plt
import openpyxl
import pandas as pd
import pytest

import reformtext as rt
from reformtext.study.tables import MANIFEST
from reformtext.texts.segment import cache_folder

ROOT = Path(__file__).parents[2]
SOURCES = sorted((ROOT / "src").rglob("*.py"))
BODY = "<script>alert(1)</script>改革见成效，<img src=x onerror=alert(1)>全年办结改革事项20件，增长8.3%。"
FORMULAS = ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", "\n=1", "＝1+1", "a\x00b", '=HYPERLINK("http://x")']


def test_no_page_of_places_holds_live_markup(tmp_path):
    found = rt.kwic([rt.Document("<b>a</b>", BODY)], "改革", window=40)
    page = found.to_page(tmp_path / "page.html", title="<script>alert(2)</script>").read_text(encoding="utf-8")
    for shown in (page, found._repr_html_(), pd.DataFrame({"<i>x</i>": [BODY]})._repr_html_()):
        assert "<script>alert" not in shown and "<img" not in shown and "<b>a" not in shown and "<i>x" not in shown
    assert "&lt;script&gt;alert(1)" in page and "&lt;script&gt;alert(2)" in page


@pytest.mark.parametrize("ending", ["xlsx", "csv"])
def test_formulas_are_text_in_a_sheet_and_themselves_again_when_read(tmp_path, ending):
    sample = pd.DataFrame({"match": FORMULAS, "=name": ["改革"] * len(FORMULAS)})
    path = rt.coding_sheet(sample, tmp_path / f"codes.{ending}", {"=y": "=yes"})
    if ending == "xlsx":
        cells = [cell for sheet in openpyxl.load_workbook(path) for row in sheet.iter_rows() for cell in row]
        assert "f" not in {cell.data_type for cell in cells}
        values = [cell.value for cell in cells]
    else:
        with path.open(encoding="utf-8-sig", newline="") as file:
            values = [cell for row in csv.reader(file) for cell in row]
    assert not [value for value in values if value and str(value)[0] in "=+-@＝\t\r\n"]
    codes, book = rt.read_codes(path)
    assert [cell.strip() for cell in codes["match"]] == [cell.strip().replace("\x00", "\ufffd") for cell in FORMULAS]
    assert list(codes)[2] == "=name" and book == {"=y": "=yes"} and sample["match"].tolist() == FORMULAS


@pytest.fixture(scope="module")
def study(tmp_path_factory):
    folder = tmp_path_factory.mktemp("it's; drop table x --")
    (folder / "texts").mkdir()
    (folder / "texts" / "a'b;c.txt").write_text(f"=1+1<b>改革</b>\n本报记者 王一\n\n{BODY}\n", encoding="utf-8")
    return rt.build(folder / "texts", folder / "st\"udy's", jobs=1)


def test_a_folder_of_any_name_is_queried(study):
    assert study.query("select doc_id from documents")["doc_id"].tolist() == ["a'b;c"]
    assert study.query("select doc_id from documents where doc_id = 'a''b;c'")["doc_id"].tolist() == ["a'b;c"]


def test_the_stored_table_keeps_a_name_as_it_is_and_a_notebook_shows_no_markup_of_it(study):
    assert study.documents["file"].tolist() == ["a'b;c.txt"]
    shown = study.documents[["title", "file"]]._repr_html_()
    assert "<b>" not in shown


@pytest.mark.parametrize("path", ["../secret.csv", "/etc/passwd", "https://example.org/a.csv", "C:\\a.csv", "a/../../b.csv", "\\\\host\\a.csv", 7, None])  # fmt: skip
def test_a_package_cannot_lead_out_of_its_folder(study, tmp_path, path):
    copy = Path(shutil.copytree(study.folder, tmp_path / "study"))
    shutil.copy(copy / "claims.csv", tmp_path / "secret.csv")
    shutil.copy(copy / "claims.csv", tmp_path / "b.csv")
    (copy / "a").mkdir()
    package = json.loads((copy / MANIFEST).read_text(encoding="utf-8"))
    next(row for row in package["resources"] if row["name"] == "claims")["path"] = path
    (copy / MANIFEST).write_text(json.dumps(package), encoding="utf-8")
    with pytest.raises(rt.InputError, match=MANIFEST):
        rt.Study(copy).table("claims")


def test_a_package_cannot_name_a_table_of_its_own(study, tmp_path):
    copy = Path(shutil.copytree(study.folder, tmp_path / "study"))
    package = json.loads((copy / MANIFEST).read_text(encoding="utf-8"))
    package["resources"].append({**package["resources"][0], "name": 'x as select 1; drop view "claims"; --'})
    (copy / MANIFEST).write_text(json.dumps(package), encoding="utf-8")
    with pytest.raises(rt.InputError, match=MANIFEST):
        rt.Study(copy)


FORBIDDEN = {"eval", "exec", "compile", "__import__"}
MODULES = {
    "pickle",
    "marshal",
    "shelve",
    "yaml",
    "dill",
    "cloudpickle",
    "requests",
    "urllib",
    "http",
    "socket",
    "ftplib",
}


def test_the_library_runs_no_code_of_a_file_and_has_no_shell():
    found = []
    for path in SOURCES:
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            place = f"{path.name}:{getattr(node, 'lineno', 0)}"
            if isinstance(node, ast.Call):
                name = ast.unparse(node.func)
                if name in FORBIDDEN or name in (
                    "os.system",
                    "os.popen",
                    "subprocess.getoutput",
                    "pd.read_pickle",
                    "yaml.load",
                ):
                    found.append(f"{place} {name}")
                if any(
                    word.arg in ("shell", "allow_pickle") and ast.unparse(word.value) != "False"
                    for word in node.keywords
                ):
                    found.append(f"{place} {name} with a shell or pickle")
            elif isinstance(node, ast.Import):
                found += [f"{place} {a.name}" for a in node.names if a.name.split(".")[0] in MODULES]
            elif isinstance(node, ast.ImportFrom) and (node.module or "").split(".")[0] in MODULES:
                found.append(f"{place} {node.module}")
    assert len(SOURCES) > 40
    assert not found


SHUT = """
import socket, sys
def refuse(*a, **k):
    raise AssertionError("the network was asked for")
for name in ("connect", "connect_ex", "sendto"):
    setattr(socket.socket, name, refuse)
socket.getaddrinfo = socket.create_connection = refuse
import warnings
warnings.simplefilter("ignore")
from pathlib import Path
import reformtext as rt
texts, out = Path(sys.argv[1]), Path(sys.argv[2])
documents = rt.read(texts)
assert len(documents) > 10
study = rt.build(texts, out, jobs=1)
rt.claims(documents[0].text), rt.tokenize(documents[0].text), rt.kwic(documents, "改革")
print(len(study.documents), len(study.query("select * from claims")), oct(out.stat().st_mode & 0o777))
"""


def test_nothing_asks_for_the_network_and_results_follow_the_umask(tmp_path):
    command = [sys.executable, "-c", SHUT, str(ROOT / "data" / "sample" / "texts"), str(tmp_path / "study")]
    done = subprocess.run(command, capture_output=True, text=True, umask=0o022, encoding="utf-8", timeout=300)
    assert not done.returncode, done.stderr[-2_000:]
    documents, claims, _ = done.stdout.split()
    assert int(documents) >= 14 and int(claims) > 20
    if os.name == "posix":
        assert {stat.S_IMODE(path.stat().st_mode) for path in (tmp_path / "study").iterdir()} == {0o644}
        assert stat.S_IMODE((tmp_path / "study").stat().st_mode) == 0o755


@pytest.mark.skipif(os.name != "posix", reason="permissions of POSIX")
@pytest.mark.parametrize("fault", ["link", "open", "other's", "none"])
def test_the_segmenters_cache_is_in_a_folder_of_this_user_alone(tmp_path, monkeypatch, fault):
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    folder = tmp_path / "cache" / "reformtext"
    if fault == "link":
        (tmp_path / "elsewhere").mkdir()
        folder.parent.mkdir()
        folder.symlink_to(tmp_path / "elsewhere")
    elif fault == "open":
        folder.mkdir(parents=True)
        folder.chmod(0o777)
    elif fault == "other's":
        folder.mkdir(parents=True)
        monkeypatch.setattr(os, "getuid", lambda: folder.stat().st_uid + 1)
    given = cache_folder()
    assert stat.S_IMODE(given.stat().st_mode) == 0o700 and not given.is_symlink() and given.is_dir()
    # What others could write to is not trusted: what lies there may have been put there.
    assert (given == folder) == (fault == "none")
    if given != folder:
        given.rmdir()


def test_no_text_of_an_error_spans_lines_for_an_odd_name(tmp_path):
    name = "a\nb‮.txt"
    try:
        (tmp_path / name).write_bytes(b"")
    except OSError:
        pytest.skip("this system has no such names")
    with pytest.raises(rt.InputError) as caught:
        rt.read(tmp_path / name)
    assert len(str(caught.value).splitlines()) == 1
    assert not re.search("[\x00-\x1f\u202a-\u202e]", str(caught.value))


ODD = ["a\rb", "a\tb", "--out", "=1+1", "a'b;c", "\u202etxt.a", "CON", " ", "é", "e\u0301", "😀", "[a]*?", 'a,b"', "$(x)", "A", "a\\b", "C:\\d", "nan", "0001", "1", "\u2028", "改革" * 40]  # fmt: skip


@pytest.mark.skipif(sys.platform != "linux", reason="other systems have no such names")
def test_files_of_odd_names_are_all_read_and_come_back_from_the_tables(tmp_path):
    folder = tmp_path / "texts"
    folder.mkdir()
    for number, name in enumerate(ODD):
        (folder / f"{name}.txt").write_text(
            f"青泽县推进改革{chr(0x4E00 + number)}，全年办结{number + 3}项。", encoding="utf-8"
        )
    (folder / os.fsdecode(b"\xff.txt")).write_text("青泽县推进改革。", encoding="utf-8")
    (folder / "gone.txt").symlink_to("nowhere")
    os.mkfifo(folder / "pipe.txt")
    faults = []
    assert {document.name for document in rt.read(folder, on_error=faults.append)} == set(ODD)
    assert [str(fault).partition(": ")[0].rpartition("/")[2] for fault in faults] == [
        "gone.txt",
        "pipe.txt",
        "\\xff.txt",
    ]
    with pytest.warns(UserWarning, match="skipped"):
        study = rt.build(folder, tmp_path / "study", jobs=1)
    assert set(study.documents["doc_id"]) == set(ODD) and len(study.table("skipped")) == 3 and not study.faults()
    assert set(study.query("select distinct doc_id from claims")["doc_id"]) == set(ODD)


TABLES = (
    rt.claims,
    rt.formulas,
    rt.firsts,
    rt.themes,
    rt.metaphors,
    rt.formulations,
    rt.rhythm,
    rt.modality,
    rt.actors,
)


@pytest.mark.parametrize("text", ["改革\ud83d增长8.3%，全国首个“一窗受理”。", None, 7, float("nan"), b"a", ["a"]])
def test_what_is_no_text_is_refused_where_it_enters(text):
    said = "character 3: half a surrogate pair" if isinstance(text, str) else "no string"
    for work in TABLES:
        with pytest.raises(rt.InputError, match=said):
            work(text)
    with pytest.raises(rt.InputError, match=said):
        rt.Document("a", text)
    for name in ("date", "place", "doc_id"):
        if text is not None:
            with pytest.raises(rt.InputError, match=said):
                rt.claims("增长8.3%。", **{name: text})
    for work in (rt.readable, rt.audit, rt.frequency):
        with pytest.raises(rt.InputError, match=r"no .*table"):
            work(text)


def test_no_query_fetches_an_extension(study):
    with pytest.raises(rt.InputError, match="httpfs"):
        study.query("select * from 'https://127.0.0.1:1/a.parquet'")
    assert study.query("select current_setting('autoinstall_known_extensions') as on")["on"].tolist() == [False]


def test_a_figure_shows_what_stands_between_dollar_signs(tmp_path):
    rt.style(figures=tmp_path)
    figure, ax = plt.subplots()
    ax.set(
        xlabel=r"题$\href{javascript:alert(1)}{x}$",
        yticks=[0, 1],
        yticklabels=["$", r"$\frac{1}$"],
        xlim=(1, 1e6),
        xscale="log",
    )
    rt.save_figure(figure, "a", "caption", "alt", pd.DataFrame({"x": [1]}))
    drawn = {label.get_text(): label.get_parse_math() for label in figure.findobj(matplotlib.text.Text)}
    assert not drawn[r"题$\href{javascript:alert(1)}{x}$"] and drawn[r"$\mathdefault{10^{2}}$"]


def test_what_a_notebook_says_holds_no_live_markup_of_a_text():
    said = rt.prose("**" + BODY + "[a](javascript:alert(1)) ![b](http://x) ```{raw} html **").data
    assert not re.search(r"<|(?<!\\)[\[`]", said) and said.startswith("**&lt;script>")
    for path in sorted((ROOT / "notebooks").glob("*.ipynb")):
        cells = json.loads(path.read_text(encoding="utf-8"))["cells"]
        source = "\n".join("".join(cell["source"]) for cell in cells if cell["cell_type"] == "code")
        assert "rt.prose(" in source and not re.search(r"\b(?:Markdown|HTML|Javascript|SVG)\b\(|escape=False", source)
