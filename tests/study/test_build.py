"""The whole chain on invented texts: what comes out, and what is left when something is wrong."""

from pathlib import Path

import pytest

import reformtext as rt
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
    assert sorted(path.name for path in tmp_path.iterdir()) == ["out", "texts"]


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
    ("damage", "named"),
    [
        (empty_file, r"a\.txt: .*empty.*;"),
        (unknown_encoding, r"a\.txt.*encoding.*;"),
        (row_without_file, r"metadata\.csv, line 2: .*a\.txt.*;"),
        (file_without_row, r"c\.txt: .*;"),
        (article_that_is_not_there, r"a\.txt: .*article 2.*;"),
        (row_twice, r"metadata\.csv, line 4: .*;"),
        (no_file_column, r"metadata\.csv, line 1: .*;"),
    ],
)
def test_bad_input_is_named_and_nothing_is_left(texts: Path, tmp_path: Path, damage: object, named: str) -> None:
    damage(texts)  # type: ignore[operator]
    with pytest.raises(rt.InputError, match=named):
        build(texts, tmp_path / "new" / "out", jobs=1)
    assert not (tmp_path / "new" / "out").exists() and not list(tmp_path.glob("new/.*"))


def test_all_faults_are_told_at_once(texts: Path, tmp_path: Path) -> None:
    file_without_row(texts), row_without_file(texts)
    with pytest.raises(rt.InputError) as told:
        build(texts, tmp_path / "out", jobs=1)
    assert len(str(told.value).splitlines()) == 2


def test_a_failed_build_leaves_the_old_study(texts: Path, tmp_path: Path) -> None:
    before = contents(build(texts, tmp_path / "out", jobs=1).folder)
    empty_file(texts)
    with pytest.raises(rt.InputError):
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

    monkeypatch.setattr(Path, "rename", stopped)
    with pytest.raises(stop):
        build(texts, out, jobs=1)
    assert contents(out) == before and sorted(path.name for path in tmp_path.iterdir()) == ["out", "texts"]


def test_a_study_that_a_kill_left_beside_is_put_back(texts: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    before = contents(build(texts, out, jobs=1).folder)
    out.rename(tmp_path / ".out-before")
    empty_file(texts)
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
