import json
import re
from pathlib import Path

import matplotlib.pyplot as plt
import pandas as pd
import pytest

import reformtext as rt
from reformtext.study import plots

ROOT = Path(__file__).parents[2]
COMMITTED = json.loads((ROOT / "figures" / plots.INDEX).read_text("utf-8"))
DATA = pd.DataFrame({"term": ["改革", "创新"], "rate": [12.5, 1 / 3]})


def draw(label: str = "改革") -> plt.Figure:
    fig, ax = plt.subplots(figsize=plots.figure_size("single", 40))
    ax.bar(DATA["term"], DATA["rate"])
    ax.set_xlabel(label)
    return fig


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    rt.style(notebook="test", figures=tmp_path)
    return tmp_path


def save(folder: Path, name: str = "rates") -> dict[str, bytes]:
    rt.save_figure(draw(), name, "Rates of two terms.", "Bar chart of two invented rates.", DATA)
    return {path.suffix: path.read_bytes() for path in folder.glob(f"{name}.*")}


def test_four_files_and_a_row(folder: Path) -> None:
    files = save(folder)
    assert set(files) == {".pdf", ".svg", ".png", ".csv"}
    rows = json.loads((folder / "figures.json").read_text("utf-8"))
    assert rows[0]["size_mm"] == [85.0, 40.0] and rows[0]["notebook"] == "test"
    assert {row["path"] for row in rows[0]["outputs"]} == {f"rates{ending}" for ending in files}


def test_the_same_figure_gives_the_same_bytes(folder: Path) -> None:
    assert save(folder) == save(folder)


def test_the_csv_holds_the_plotted_numbers_and_no_more_digits_than_mean_something(folder: Path) -> None:
    assert save(folder)[".csv"].decode() == "term,rate\n改革,12.5\n创新,0.3333333333\n"


def test_png_has_the_declared_size_at_600_dpi(folder: Path) -> None:
    png = save(folder)[".png"]
    width, height = int.from_bytes(png[16:20]), int.from_bytes(png[20:24])
    assert abs(width - 85 / 25.4 * 600) <= 1 and abs(height - 40 / 25.4 * 600) <= 1


def test_pdf_embeds_outlines_as_type_42(folder: Path) -> None:
    pdf = save(folder)[".pdf"]
    assert b"/CIDFontType2" in pdf or b"/TrueType" in pdf
    assert b"/Type3" not in pdf


def test_a_missing_glyph_is_an_error(folder: Path) -> None:
    with pytest.raises(UserWarning, match="missing from"):
        rt.save_figure(draw("\U0001f600"), "box", "Caption.", "Alt text.", DATA)
    assert not list(folder.glob("box.*"))
    plt.close("all")


@pytest.mark.parametrize("caption, alt, data", [("", "alt", DATA), ("c", " ", DATA), ("c", "alt", DATA.iloc[:0])])
def test_a_figure_without_caption_alt_or_data_is_refused(
    folder: Path, caption: str, alt: str, data: pd.DataFrame
) -> None:
    with pytest.raises(rt.InputError, match="needs a caption"):
        rt.save_figure(draw(), "bare", caption, alt, data)
    plt.close("all")


def test_two_figures_share_the_manifest_in_order_of_name(folder: Path) -> None:
    save(folder, "second"), save(folder, "first")
    assert [row["name"] for row in json.loads((folder / "figures.json").read_text("utf-8"))] == ["first", "second"]


def test_the_font_is_found_without_importing_its_package() -> None:
    import sys

    assert plots.font_path().name == "NotoSansSC-Regular.ttf" and "zhplot" not in sys.modules


def test_labels_avoid_one_another_and_an_empty_one_takes_no_place(folder: Path) -> None:
    fig, ax = plt.subplots(figsize=plots.figure_size("single", 60))
    ax.set(xlim=(0, 1), ylim=(0, 1))
    placed = rt.label_points(ax, [0.2, 0.2, 0.8, 0.5], [0.5, 0.5, 0.5, 0.9], ["改革", "创新", "", "开放"])
    boxes = [text.get_window_extent() for text in ax.texts]
    assert placed[0] == "改革" and "" not in placed and len(boxes) == len(placed)
    assert not any(a.overlaps(b) for i, a in enumerate(boxes) for b in boxes[i + 1 :])
    plt.close(fig)


def test_a_cloud_is_the_same_every_time(folder: Path) -> None:
    pictures = []
    for _ in range(2):
        fig, ax = plt.subplots(figsize=plots.figure_size("single", 40))
        rt.word_cloud(ax, pd.Series({"改革": 8, "创新": 3}), {"改革": "#000000", "创新": "#0072B2"})
        pictures.append(ax.images[0].get_array())
        plt.close(fig)
    assert (pictures[0] == pictures[1]).all() and pictures[0].min() == 0


def test_a_figure_that_cannot_be_read_is_saved_and_told(folder: Path) -> None:
    fig = draw()
    fig.text(0.5, 0.5, "reform"), fig.text(0.5, 0.5, "change")
    with pytest.warns(rt.LayoutWarning, match="figure crowded: 'reform' and 'change' overlap"):
        rt.save_figure(fig, "crowded", "Caption.", "Alt text.", DATA)
    (entry,) = json.loads((folder / "figures.json").read_text("utf-8"))
    assert entry["faults"] == ["'reform' and 'change' overlap"] and (folder / "crowded.pdf").is_file()


@pytest.mark.parametrize("entry", COMMITTED, ids=[entry["name"] for entry in COMMITTED])
def test_every_committed_figure_is_fit_for_print(entry: dict[str, object]) -> None:
    files = {ending: (ROOT / "figures" / f"{entry['name']}.{ending}").read_bytes() for ending in ("pdf", "svg", "png")}
    width, height = entry["size_mm"]
    assert width in plots.WIDTHS_MM.values() and height <= 275
    box = re.search(rb"/MediaBox \[ 0 0 ([0-9.]+) ([0-9.]+) \]", files["pdf"])
    page = re.search(
        rb'<svg [^>]*height="([0-9.]+)pt"[^>]*width="([0-9.]+)pt"|width="([0-9.]+)pt" height="([0-9.]+)pt"',
        files["svg"],
    )
    assert [float(side) / 72 * 25.4 for side in box.groups()] == pytest.approx([width, height], abs=0.1)
    assert [float(side) / 72 * 25.4 for side in page.groups() if side] == pytest.approx([width, height], abs=0.1)
    pixels = int.from_bytes(files["png"][16:20]), int.from_bytes(files["png"][20:24])
    assert [side / 600 * 25.4 for side in pixels] == pytest.approx([width, height], abs=0.1)
    assert b"/FontFile2" in files["pdf"] and b"/Type3" not in files["pdf"] and b"<text" not in files["svg"]
    # What the look at the drawn figure found: text cut, covered or overlapping, colours without a second cue.
    assert entry["faults"] == []
    assert re.search(r"[0-9]", entry["caption"]) and "Source: " in entry["caption"] and len(entry["alt"]) > 40
