"""The whole chain on invented texts: what comes out, what is left when something is wrong, and what stops it."""

import os
import shutil
import signal
import subprocess
import sys
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

import reformtext as rt
from reformtext.cli import main
from reformtext.study import across, parts
from reformtext.study.build import build, read_metadata

ROOT = Path(__file__).parents[2]
SAMPLE = ROOT / "data" / "sample" / "texts"
HEADER = "file,row,article,title,place,place_code,level,source,author,date,date_kind\n"
TEXT = "青岭县改革记\n\n今年以来，青岭县深化改革，出口12.5亿元、增长8.3%。\n\n改革进入深水区，全省率先建成3个中心。\n"


@pytest.fixture
def texts(tmp_path: Path) -> Path:
    folder = tmp_path / "texts"
    folder.mkdir()
    (folder / "a.txt").write_text(TEXT, encoding="utf-8")
    (folder / "b.txt").write_text(TEXT.replace("青岭", "云河").replace("12.5", "7.25"), encoding="gb18030")
    (folder / "metadata.csv").write_text(
        HEADER + "a.txt,,1,青岭,青岭县,,county,青岭报,某某,2024-07-01,publication\n"
        "b.txt,,1,云河,云河县,,county,云河报,某某,2024-07-02,publication\n",
        encoding="utf-8",
    )
    return folder


@pytest.fixture(scope="module")
def sample(tmp_path_factory: pytest.TempPathFactory) -> rt.Study:
    return build(SAMPLE, tmp_path_factory.mktemp("built") / "sample", SAMPLE.parent / "metadata.csv", jobs=2)


@pytest.fixture
def puts(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The names of the parts that were worked through; every document is a part of its own."""
    put, names = parts.Parts.put, list[str]()
    monkeypatch.setattr(parts, "PART_CHARACTERS", 1)
    monkeypatch.setattr(parts.Parts, "put", lambda self, name, data: (names.append(name), put(self, name, data)))
    return names


@pytest.fixture
def many(tmp_path: Path) -> Path:
    """Six texts that have to do with one another: growth on another's level, one thing told twice, and a reprint."""
    folder = tmp_path / "many"
    folder.mkdir()
    copied = "各部门把企业和群众办事的环节、材料、时限和费用一一列出，能减的减，能并的并，能在网上办的不再要人跑腿，办完还要回访。"
    rows = []
    for number, (year, said) in enumerate(
        [
            (2022, "出口12.5亿元"),
            (2023, "出口13.5亿元、增长8.0%"),
            (2023, "出口13.5亿元、增长9.9%"),
            (2024, "出口15.2亿元、增长12.6%"),
            (2024, "出口15.3亿元、增长12.6%"),
            (2024, f"出口15.2亿元。{copied}"),
        ]
    ):
        text = f"青岭县改革记之{number}\n\n{year}年，青岭县{said}。\n\n" + copied * (number == 0) + "改革进入深水区。\n"
        (folder / f"t{number}.txt").write_text(text, encoding="utf-8")
        rows.append(f"t{number}.txt,,1,青岭,青岭县,,county,青岭报,某某,{year + 1}-01-0{number + 1},publication\n")
    (folder / "metadata.csv").write_text(HEADER + "".join(rows), encoding="utf-8")
    return folder


def contents(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in sorted(folder.iterdir())}


def test_tables_of_two_texts(texts: Path, tmp_path: Path) -> None:
    study = build(texts, tmp_path / "out", jobs=1)
    assert study.documents["doc_id"].tolist() == ["a", "b"]
    assert study.documents["encoding"].tolist() == ["utf-8", "gb18030"]
    assert {12.5e8, 8.3} <= set(study.claims["value"])
    reform = rt.three_counts(study.terms, ["改革"], study.queries).iloc[0]
    assert reform["string_count"] == TEXT.count("改革")
    assert reform["string_count"] == reform["token_count"] + reform["inside_count"] + reform["across_count"]


def test_every_token_of_the_texts_is_counted_once(sample: rt.Study) -> None:
    texts = {document.name: document.text for document in rt.read(SAMPLE)}
    expected = {name: sum(len(rt.tokenize(p.text)) for p in rt.paragraphs(text)) for name, text in texts.items()}
    assert sample.terms.groupby("doc_id")["count"].sum().to_dict() == expected
    assert sample.documents.groupby("doc_id")["tokens"].sum().to_dict() == expected


def test_offsets_lead_back_to_the_source(sample: rt.Study) -> None:
    source = {document.name: document.text for document in rt.read(SAMPLE)}
    for table in (sample.claims, sample.phrases):
        assert len(table)
        for row in table.itertuples():
            assert source[row.doc_id][row.start : row.end] == row.surface


def test_pairs_are_bounded_by_their_margins(sample: rt.Study) -> None:
    margins = sample.pairs.query("term_a == term_b").set_index(["doc_id", "article", "term_a"])["count"].to_dict()
    for row in sample.pairs.itertuples():
        key = (row.doc_id, row.article)
        assert row.term_a <= row.term_b and row.count <= min(margins[*key, row.term_a], margins[*key, row.term_b])


def test_bytes_do_not_depend_on_jobs(texts: Path, tmp_path: Path) -> None:
    one, two = (contents(build(texts, tmp_path / f"{jobs}" / "out", jobs=jobs).folder) for jobs in (1, 2))
    assert one == two


def test_a_study_is_replaced_whole(texts: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    before = contents(build(texts, out, jobs=1).folder)
    assert contents(build(texts, out, jobs=1).folder) == before
    assert sorted(path.name for path in tmp_path.iterdir()) == [".out.parts", "out", "texts"]


def empty_file(folder: Path) -> None:
    (folder / "a.txt").write_bytes(b"")


def unknown_encoding(folder: Path) -> None:
    (folder / "a.txt").write_bytes(bytes(range(128, 256)) * 40)


def row_without_file(folder: Path) -> None:
    (folder / "a.txt").unlink()


def file_without_row(folder: Path) -> None:
    (folder / "c.txt").write_text(TEXT, encoding="utf-8")


def article_that_is_not_there(folder: Path) -> None:
    with (folder / "metadata.csv").open("a", encoding="utf-8") as file:
        file.write("a.txt,,2,二,青岭县,,county,青岭报,某某,2024-07-01,publication\n")


def row_twice(folder: Path) -> None:
    with (folder / "metadata.csv").open("a", encoding="utf-8") as file:
        file.write("a.txt,,1,再,青岭县,,county,青岭报,某某,2024-07-01,publication\n")


def no_file_column(folder: Path) -> None:
    (folder / "metadata.csv").write_text("name\na.txt\n", encoding="utf-8")


@pytest.mark.parametrize(
    ("damage", "row", "documents"),
    [
        (empty_file, ["a.txt", "", "empty"], ["b"]),
        (unknown_encoding, ["a.txt", "", "encoding"], ["b"]),
        (row_without_file, ["metadata.csv", "line 2", "a.txt"], ["b"]),
        (file_without_row, ["c.txt", "", "no row"], ["a", "b"]),
        (article_that_is_not_there, ["a.txt", "article 2", "lists article 2"], ["a", "b"]),
    ],
)
def test_what_cannot_be_used_is_listed_and_the_rest_goes_on(
    texts: Path, tmp_path: Path, damage: object, row: list[str], documents: list[str]
) -> None:
    damage(texts)  # type: ignore[operator]
    with pytest.warns(UserWarning, match=rf"(?s)skipped .*{row[0]}.*skipped\.csv"):
        study = build(texts, tmp_path / "out", jobs=1)
    assert study.documents["doc_id"].tolist() == documents
    told = [line for line in study.skipped.to_numpy().tolist() if line[0] == row[0]]
    assert told[0][1] == row[1] and row[2] in told[0][2] and told[0][3]
    assert study.faults() == {}


def test_nothing_skipped_is_a_table_with_a_header_alone(texts: Path, tmp_path: Path) -> None:
    study = build(texts, tmp_path / "out", jobs=1)
    assert (study.folder / "skipped.csv").read_text("utf-8") == "file,place,reason,way_out\n"
    assert study.rows("skipped") == 0 and study.query("select * from skipped").empty


def test_a_text_that_the_analysis_fails_on_stops_no_other(
    texts: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    work = parts.document_tables

    def failing(source: object, lexicon: object) -> object:
        if source.document.name == "a":  # type: ignore[attr-defined]
            raise RecursionError("too deep")
        return work(source, lexicon)  # type: ignore[arg-type]

    monkeypatch.setattr(parts, "document_tables", failing)
    with pytest.warns(UserWarning, match="RecursionError"):
        study = build(texts, tmp_path / "out", jobs=1)
    assert study.documents["doc_id"].tolist() == ["b"] and study.skipped["file"].tolist() == ["a.txt"]


@pytest.mark.parametrize(
    ("damage", "named"),
    [(row_twice, r"metadata\.csv, line 4: .*;"), (no_file_column, r"metadata\.csv, line 1: .*;")],
)
def test_broken_metadata_is_named_and_nothing_is_left(texts: Path, tmp_path: Path, damage: object, named: str) -> None:
    damage(texts)  # type: ignore[operator]
    with pytest.raises(rt.InputError, match=named):
        build(texts, tmp_path / "new" / "out", jobs=1)
    assert not (tmp_path / "new" / "out").exists() and not list(tmp_path.glob("new/.*"))


def no_text_left(folder: Path) -> None:
    empty_file(folder), (folder / "b.txt").write_bytes(b"")


def test_without_any_text_all_faults_are_told_and_the_old_study_stays(texts: Path, tmp_path: Path) -> None:
    before = contents(build(texts, tmp_path / "out", jobs=1).folder)
    no_text_left(texts)
    with pytest.raises(rt.InputError, match=r"(?s)a\.txt: .*empty.*b\.txt: .*empty"):
        build(texts, tmp_path / "out", jobs=1)
    assert contents(tmp_path / "out") == before


def test_a_folder_with_other_things_is_not_replaced(texts: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    out.mkdir()
    (out / "thesis.docx").write_bytes(b"years of work")
    with pytest.raises(rt.InputError, match=r"thesis\.docx"):
        build(texts, out, jobs=1)
    assert (out / "thesis.docx").is_file()


def test_missing_source_and_metadata_are_named(tmp_path: Path) -> None:
    with pytest.raises(rt.InputError, match="nowhere"):
        build(tmp_path / "nowhere", tmp_path / "out")
    with pytest.raises(rt.InputError, match=r"none\.csv"):
        read_metadata(tmp_path / "none.csv")


def test_the_articles_tables_are_as_committed() -> None:
    assert rt.Study(ROOT / "data" / "articles").faults() == {}


def test_a_text_that_the_metadata_leaves_out_is_left_out_and_said(texts: Path, tmp_path: Path) -> None:
    rows = (texts / "metadata.csv").read_text("utf-8").splitlines()
    text = "\n".join([rows[0] + ",use", rows[1] + ",no", rows[2] + ","]) + "\n"
    (texts / "metadata.csv").write_text(text, encoding="utf-8")
    with pytest.warns(UserWarning, match="1 texts are left out"):
        study = build(texts, tmp_path / "out", jobs=1)
    assert study.documents["doc_id"].tolist() == ["b"]


@pytest.mark.parametrize("stop", [KeyboardInterrupt, OSError])
def test_the_old_study_survives_whatever_stops_the_exchange(
    texts: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, stop: type[BaseException]
) -> None:
    out = tmp_path / "out"
    before = contents(build(texts, out, jobs=1).folder)
    rename = Path.rename

    def stopped(path: Path, target: Path) -> Path:
        if path.name == "study":
            raise stop("in the middle")
        return rename(path, target)

    (texts / "a.txt").write_text(TEXT + "改革不停步。\n", encoding="utf-8")
    monkeypatch.setattr(Path, "rename", stopped)
    with pytest.raises(stop):
        build(texts, out, jobs=1)
    assert contents(out) == before and sorted(path.name for path in tmp_path.iterdir()) == [
        ".out.parts",
        "out",
        "texts",
    ]


def test_a_study_that_a_kill_left_beside_is_put_back(texts: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    before = contents(build(texts, out, jobs=1).folder)
    out.rename(tmp_path / ".out-before")
    no_text_left(texts)
    with pytest.raises(rt.InputError):
        build(texts, out, jobs=1)
    assert contents(out) == before


def test_out_among_the_texts_is_refused(texts: Path) -> None:
    with pytest.raises(rt.InputError, match="lies in the folder of the texts"):
        build(texts, texts / "study", jobs=1)


def test_metadata_names_files_in_subfolders_and_with_one_stem(texts: Path, tmp_path: Path) -> None:
    (texts / "sub").mkdir()
    (texts / "b.txt").rename(texts / "sub" / "a.txt")
    (texts / "metadata.csv").write_text(
        (texts / "metadata.csv").read_text("utf-8").replace("b.txt", "sub/a.txt"), "utf-8"
    )
    assert build(texts, tmp_path / "out", jobs=1).documents["file"].tolist() == ["a.txt", "sub/a.txt"]


def test_what_was_odd_in_reading_is_said(texts: Path, tmp_path: Path) -> None:
    (texts / "a.txt").write_bytes(TEXT.encode()[:30] + b"\xff" + TEXT.encode()[30:])
    with pytest.warns(UserWarning, match=r"a\.txt: .*broken"):
        build(texts, tmp_path / "out", jobs=1)


# ---- parts: what is kept, what is done again, what a kill leaves ----------------------------------------------------


def test_bytes_do_not_depend_on_the_parts(
    many: Path, tmp_path: Path, puts: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    # What goes by way of the disk goes there in small pieces, too.
    for name, size in {"_BUCKET_RECORDS": 5, "_BATCH_ROWS": 1, "_HELD_TEXTS": 1}.items():
        monkeypatch.setattr(across, name, size)
    cut_up = build(many, tmp_path / "up" / "out", jobs=1)
    monkeypatch.undo()
    whole = build(many, tmp_path / "whole" / "out", jobs=1)
    assert len(puts) == 6 and contents(cut_up.folder) == contents(whole.folder)
    between = [
        row for row in whole.checks.itertuples() if len({one.split(":")[0] for one in row.claims.split("|")}) > 1
    ]
    assert {"year_on_year", "said_twice"} <= {row.relation for row in between}
    assert whole.reuse[["doc_id", "source_id"]].to_numpy().tolist() == [["t5", "t0"]]
    assert (whole.documents.set_index("doc_id")["copied"] > 0).to_dict() == {f"t{n}": n == 5 for n in range(6)}


def change_a_text(folder: Path) -> None:
    (folder / "t3.txt").write_text((folder / "t3.txt").read_text("utf-8").replace("15.2", "15.4"), "utf-8")


def change_a_row(folder: Path) -> None:
    path = folder / "metadata.csv"
    path.write_text(path.read_text("utf-8").replace("t3.txt,,1,青岭,", "t3.txt,,1,又,"), "utf-8")


def add_a_text(folder: Path) -> None:
    # In front of all others, in the folder and in the metadata.
    shutil.copy(folder / "t3.txt", folder / "a.txt")
    path = folder / "metadata.csv"
    path.write_text(path.read_text("utf-8").replace("t0.txt", "a.txt,,1,新,青岭县,,,,,2024-01-01,\nt0.txt", 1), "utf-8")


@pytest.mark.parametrize(("change", "again"), [(None, 0), (change_a_text, 1), (change_a_row, 1), (add_a_text, 1)])
def test_only_what_changed_is_done_again(
    many: Path, tmp_path: Path, puts: list[str], change: object, again: int
) -> None:
    build(many, tmp_path / "out", jobs=1)
    if change:
        change(many)  # type: ignore[operator]
    del puts[:]
    study = build(many, tmp_path / "out", jobs=1)
    assert len(puts) == again
    kept = list((tmp_path / ".out.parts").glob("??/*"))
    assert len(kept) == study.documents["doc_id"].nunique()
    assert contents(study.folder) == contents(build(many, tmp_path / "fresh" / "out", jobs=1).folder)


def test_another_lexicon_or_other_code_does_all_again(
    many: Path, tmp_path: Path, puts: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    lexicon = tmp_path / "terms.csv"
    lexicon.write_text("term\n深水区\n", encoding="utf-8")
    build(many, tmp_path / "out", jobs=1)
    study = build(many, tmp_path / "out", jobs=1, lexicon=lexicon)
    assert len(puts) == 12 and set(study.queries["query"]) == {"深水区"} and "深水区" in set(study.terms["term"])
    monkeypatch.setattr("reformtext.study.build.code_version", lambda: "another")
    build(many, tmp_path / "out", jobs=1, lexicon=lexicon)
    assert len(puts) == 18


def test_a_damaged_table_is_made_anew_and_a_damaged_part_is_named(many: Path, tmp_path: Path) -> None:
    study = build(many, tmp_path / "out", jobs=1)
    before = contents(study.folder)
    (study.folder / "claims.csv").write_text("doc_id\n", encoding="utf-8")
    assert contents(build(many, tmp_path / "out", jobs=1).folder) == before
    part = next((tmp_path / ".out.parts").glob("??/*"))
    part.write_bytes(part.read_bytes()[:100])
    with pytest.raises(rt.InputError, match=r"part of the study is damaged.*remove this file"):
        build(many, tmp_path / "out", jobs=1)


KILLED = """
import os, signal, sys
from pathlib import Path
from reformtext.study import build, parts
parts.PART_CHARACTERS, done = 1, []
name, after = sys.argv[3], int(sys.argv[4])
method = getattr(Path, name)
def last(path, target):
    done.append(path.name)
    if len(done) > after:
        os.kill(os.getpid(), signal.SIGKILL)
    return method(path, target)
setattr(Path, name, last)
build.build(sys.argv[1], sys.argv[2], jobs=1)
"""


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no SIGKILL")
@pytest.mark.parametrize(
    ("call", "after", "again"),
    [("replace", 3, 3), ("rename", 1, 0)],
    ids=["a part written, not yet in its place", "the old study away, the new one not yet in its place"],
)
def test_a_killed_build_goes_on_where_it_stopped(
    many: Path, tmp_path: Path, puts: list[str], call: str, after: int, again: int
) -> None:
    expected = contents(build(many, tmp_path / "calm" / "out", jobs=1).folder)
    out = tmp_path / "out"
    if call == "rename":
        build(many, out, jobs=1)
        shutil.rmtree(tmp_path / ".out.parts")
        (out / "claims.csv").unlink()
    ended = subprocess.run([sys.executable, "-c", KILLED, many, out, call, str(after)], check=False)
    assert ended.returncode == -signal.SIGKILL
    del puts[:]
    assert contents(build(many, out, jobs=1).folder) == expected
    assert len(puts) == again and not (tmp_path / ".out-before").exists()


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no SIGTERM")
def test_a_build_told_to_stop_says_how_to_go_on(
    many: Path, tmp_path: Path, puts: list[str], monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    put = parts.Parts.put

    def put_then_stop(self: parts.Parts, name: str, data: bytes) -> None:
        put(self, name, data)
        if len(puts) == 2:
            os.kill(os.getpid(), signal.SIGTERM)

    monkeypatch.setattr(parts.Parts, "put", put_then_stop)
    command = ["build", str(many), "--out", str(tmp_path / "out"), "--jobs", "1"]
    assert main(command) == 130
    assert "goes on from there" in capsys.readouterr().err and not (tmp_path / "out").exists()
    assert main(command) == 0 and len(puts) == 6


def test_two_builds_into_one_folder_are_refused_and_a_lock_left_behind_is_not_in_the_way(
    texts: Path, tmp_path: Path
) -> None:
    out = tmp_path / "out"
    with parts.Parts(tmp_path / ".out.parts"), pytest.raises(rt.InputError, match=r"under way.*wait"):
        build(texts, out, jobs=1)
    assert not out.exists()
    (tmp_path / ".out.parts").mkdir()
    (tmp_path / ".out.parts" / "lock").touch()
    assert len(build(texts, out, jobs=1).documents) == 2


@pytest.fixture(scope="module")
def cluster() -> Iterator[object]:
    distributed = pytest.importorskip("distributed")
    with distributed.LocalCluster(
        n_workers=2, threads_per_worker=1, dashboard_address=None, worker_dashboard_address=None
    ) as cluster:
        yield cluster


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no SIGKILL")
def test_a_worker_killed_on_a_cluster_costs_no_row(
    many: Path, tmp_path: Path, puts: list[str], cluster: object, monkeypatch: pytest.MonkeyPatch
) -> None:
    from distributed import Client

    for number in range(6, 18):
        shutil.copy(many / "t1.txt", many / f"t{number}.txt")
    (many / "metadata.csv").unlink()
    expected = contents(build(many, tmp_path / "calm" / "out", jobs=1).folder)
    address = cluster.scheduler_address  # type: ignore[attr-defined]
    with Client(address) as client:
        workers = client.run(os.getpid)
    put, killed = parts.Parts.put, threading.Event()

    def kill_then_put(self: parts.Parts, name: str, data: bytes) -> None:
        if not killed.is_set():
            killed.set()
            os.kill(next(iter(workers.values())), signal.SIGKILL)
        put(self, name, data)

    monkeypatch.setattr(parts.Parts, "put", kill_then_put)
    assert contents(build(many, tmp_path / "spread" / "out", scheduler=address).folder) == expected
    assert killed.is_set()
    with Client(address) as client:
        assert set(client.run(os.getpid).values()) != set(workers.values())
