"""How figures look and how they are saved: one style, one font found by path, files that reproduce byte for byte."""

import hashlib
import importlib.util
import io
import json
import os
import re
import tempfile
import warnings
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from typing import Any

import matplotlib as mpl
import matplotlib.font_manager
import matplotlib.ft2font
import matplotlib.pyplot as plt
import matplotlib.text
import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.transforms import Bbox

from reformtext.errors import InputError
from reformtext.study.layout import LayoutWarning, layout_faults
from reformtext.study.tables import MANIFEST, Study, sha256_of
from reformtext.study.words import Words

# Okabe and Ito's colours that stay apart for every kind of colour vision, in the fixed order of use.
COLOURS = ("#0072B2", "#E69F00", "#009E73", "#D55E00", "#56B4E9", "#CC79A7", "#F0E442", "#000000")
MARKERS = ("o", "s", "^", "D", "v", "P", "X", "*")
WIDTHS_MM = {"single": 85, "medium": 130, "full": 180}
INDEX = "figures.json"
_FORMATS = {
    "pdf": {"CreationDate": None, "Creator": None, "Producer": None},
    "svg": {"Date": None, "Creator": None},
    "png": {"Software": None},
}
_DPI = 600
_SCREEN_SCALE = 4
_CLOUD_DPI = 300
# The smallest letters of a cloud, in points: smaller ones cannot be read in print.
_CLOUD_POINTS = 4.5
_LINE_SPACING = 1.5
_POWER = re.compile(r"\$\\mathdefault\{(?:[\d.]+\\times)?[\d.]+\^\{-?[\d.]+\}\}\$")  # what a logarithmic axis writes
_POINTS_AN_INCH = 72

# Where a label may stand about its point: right, left, above, below, then the corners.
_LABEL_PLACES = (
    *((4, 0, "left", "center"), (-4, 0, "right", "center"), (0, 4, "center", "bottom"), (0, -4, "center", "top")),
    *((3, 3, "left", "bottom"), (3, -3, "left", "top"), (-3, 3, "right", "bottom"), (-3, -3, "right", "top")),
)

_session: dict[str, Any] = {"notebook": "", "inputs": [], "folder": Path("figures"), "words": None}


@cache
def font_path() -> Path:
    """Find Noto Sans SC in the zhplot wheel, by path: importing that package would change matplotlib's settings."""
    spec = importlib.util.find_spec("zhplot")
    path = Path(spec.origin).parent / "fonts" / "NotoSansSC-Regular.ttf" if spec and spec.origin else Path()
    if not path.is_file():
        raise InputError(
            "the font Noto Sans SC was not found in the zhplot package", way_out="install requirements.lock again"
        )
    return path


def figure_size(width: str = "full", height_mm: float = 90) -> tuple[float, float]:
    """Give a figure's size for matplotlib.

    Parameters
    ----------
    width : str, default "full"
        ``single`` 85 mm, ``medium`` 130 mm or ``full`` 180 mm.
    height_mm : float, default 90
        In millimetres.

    Returns
    -------
    tuple of float
        Width and height in inches.

    Raises
    ------
    InputError
        For another width.

    Examples
    --------
    >>> [round(side, 2) for side in figure_size("single", 50.8)]
    [3.35, 2.0]
    """
    if width not in WIDTHS_MM:
        raise InputError(f"no width is called {width!r}", way_out=f"the widths are {', '.join(WIDTHS_MM)}")
    return WIDTHS_MM[width] / 25.4, height_mm / 25.4


def style(*studies: Study, notebook: str = "", figures: str | Path = "figures", lang: str = "en") -> None:
    """Set the look of every figure, and say which studies and notebook the next figures belong to.

    Parameters
    ----------
    *studies : Study
        The tables that the figures are drawn from; their checksums go into the manifest.
    notebook : str, optional
        The notebook's name without ending, for the manifest.
    figures : path-like, default "figures"
        The folder that `save_figure` writes to.
    lang : str, default "en"
        ``en``, or ``zh``: `save_figure` then puts every label, caption and alt text into Chinese by the catalogue
        ``data/lexicon/figure_words.csv``. The plotted numbers' files stay as they are.

    Raises
    ------
    InputError
        For another language.

    Examples
    --------
    >>> style()
    >>> plt.rcParams["font.family"]
    ['Noto Sans SC']
    """
    import seaborn as sns

    # A matplotlibrc of the machine's own must not change a figure.
    mpl.rcdefaults()
    matplotlib.font_manager.fontManager.addfont(str(font_path()))
    sns.set_theme(
        style="ticks",
        context="paper",
        palette=list(COLOURS),
        rc={
            "font.family": ["Noto Sans SC"],
            "font.size": 8,
            "axes.labelsize": 8,
            "axes.titlesize": 8,
            "xtick.labelsize": 7,
            "ytick.labelsize": 7,
            "ytick.alignment": "center",
            "legend.fontsize": 7,
            "legend.title_fontsize": 7,
            "legend.frameon": False,
            "axes.spines.top": False,
            "axes.spines.right": False,
            "axes.linewidth": 0.6,
            "axes.unicode_minus": False,
            "lines.linewidth": 1.0,
            "lines.markersize": 4,
            "figure.dpi": 100,
            "figure.constrained_layout.use": True,
            "savefig.dpi": _DPI,
            "pdf.fonttype": 42,
            "svg.fonttype": "path",
            "svg.hashsalt": "reformtext",
            "text.parse_math": False,  # a text may hold $, and what stands between two is no formula
        },
    )
    # seaborn's jitter draws from numpy's global generator.
    np.random.seed(0)  # noqa: NPY002
    # A box instead of a character is an error, not a warning that scrolls by.
    warnings.filterwarnings("error", message="Glyph .* missing from")
    if lang not in ("en", "zh"):
        raise InputError(f"no figures are drawn in {lang!r}", way_out="the languages are en and zh")
    # What the data call their documents is no word of ours.
    names = {name for study in studies for name in study.documents["doc_id"]} if lang == "zh" else set()
    words = Words(names) if lang == "zh" else None
    _session.update(notebook=notebook, folder=Path(figures), inputs=_inputs(studies), words=words)


def label_points(
    ax: Axes, x: Sequence[float], y: Sequence[float], labels: Sequence[str], fontsize: float = 7
) -> list[str]:
    """Write labels beside points, in the order given, and leave out those that would hit another or leave the axes.

    Parameters
    ----------
    ax : Axes
        With its limits and scales set.
    x, y : sequence of float
        The points, in data coordinates.
    labels : sequence of str
        One a point, the most important first; an empty one is left out, but its point is kept clear.
    fontsize : float, default 7
        In points.

    Returns
    -------
    list of str
        The labels that found a place.

    Examples
    --------
    >>> fig, ax = plt.subplots()
    >>> label_points(ax, [0.2, 0.2], [0.5, 0.5], ["first", "on top of it"])[0]
    'first'
    """
    figure = ax.get_figure(root=True)
    assert figure is not None
    _settle(figure)
    frame = ax.get_window_extent()
    points = ax.transData.transform(np.column_stack([np.asarray(x, float), np.asarray(y, float)]))
    room = 4 * _DPI / _POINTS_AN_INCH
    taken: list[Bbox] = [Bbox.from_bounds(px - room / 2, py - room / 2, room, room) for px, py in points]
    placed = []
    for number, (point, label) in enumerate(zip(zip(x, y, strict=True), labels, strict=True)):
        for dx, dy, ha, va in _LABEL_PLACES if label else ():
            text = ax.annotate(label, point, (dx, dy), textcoords="offset points", ha=ha, va=va, fontsize=fontsize)
            box = text.get_window_extent()
            others = taken[:number] + taken[number + 1 :]
            inside = frame.x0 <= box.x0 and box.x1 <= frame.x1 and frame.y0 <= box.y0 and box.y1 <= frame.y1
            if inside and not any(box.overlaps(other) for other in others):
                taken.append(box)
                placed.append(label)
                break
            text.remove()
    return placed


def word_cloud(ax: Axes, counts: pd.Series, colours: str | Mapping[str, str] = COLOURS[0]) -> list[str]:
    """Draw a cloud that shows a frequency table by letter size and nothing else: no rotation, a fixed layout.

    Parameters
    ----------
    ax : Axes
        Its whole area is filled.
    counts : Series
        Counts or weights by term, above 0.
    colours : str or mapping of str to str
        One colour for all, or one a term.

    Returns
    -------
    list of str
        The terms that found room in letters large enough to be read, the largest first.

    Examples
    --------
    >>> fig, ax = plt.subplots()
    >>> word_cloud(ax, pd.Series({"改革": 8, "创新": 3}))
    ['改革', '创新']
    """
    from wordcloud import WordCloud

    area = ax.get_window_extent()
    width, height = (side / ax.figure.dpi * _CLOUD_DPI for side in (area.width, area.height))
    cloud = WordCloud(
        font_path=str(font_path()),
        width=int(width),
        height=int(height),
        background_color="white",
        color_func=lambda word, **_: colours if isinstance(colours, str) else colours[word],
        prefer_horizontal=1.0,
        min_font_size=round(_CLOUD_POINTS * _CLOUD_DPI / 72),
        max_font_size=int(height / 4),
        relative_scaling=0.6,
        random_state=0,
    )
    ax.imshow(cloud.generate_from_frequencies(counts.to_dict()), interpolation="bilinear")
    ax.set_axis_off()
    return [term for (term, _), *_ in cloud.layout_]


def _inputs(studies: Sequence[Study]) -> list[dict[str, str]]:
    """List the tables that figures are drawn from, as study/file, with their checksums."""
    rows = []
    for study in studies:
        tables = {row["path"]: row["hash"].removeprefix("sha256:") for row in study.package["resources"]}
        for path, digest in {MANIFEST: sha256_of(study.folder / MANIFEST), **tables}.items():
            rows.append({"path": f"{study.package['name']}/{path}", "sha256": digest})
    return rows


def render_stack() -> dict[str, str]:
    """Say what draws the pixels: two machines that agree in this give the same bytes."""
    from importlib.metadata import version

    return {
        "matplotlib": mpl.__version__,
        "freetype": matplotlib.ft2font.__freetype_version__,
        "seaborn": version("seaborn"),
        "wordcloud": version("wordcloud"),
        "pillow": version("pillow"),
        "fonttools": version("fonttools"),
        "font": font_path().name,
        "font_sha256": _font_sha256(),
    }


@cache
def _font_sha256() -> str:
    return sha256_of(font_path())


def save_figure(
    fig: Figure, name: str, caption: str, alt: str, data: pd.DataFrame, trace: str = "", counts: str = ""
) -> Any:
    """Save a figure as PDF, SVG, PNG and the CSV of what is plotted, and give the saved picture for display.

    What a reader could not make out is listed in the manifest and warned of (see `layout_faults`).

    Parameters
    ----------
    fig : Figure
        What was drawn; it is closed afterwards.
    name : str
        The files' name without ending.
    caption : str
        What the reader needs to read it: what is shown, its source, n.
    alt : str
        For whoever cannot see it: kind of chart, of what data, the finding, where the data is.
    data : DataFrame
        The plotted numbers, one row a mark, with the ids that lead back to the tables.
    trace : str, optional
        SQL over the studies' tables that selects what stands behind a row of `data`; ``$column`` is the row's value,
        ``$study`` the number, from 1, of the study in `style`, over which it is run. `trace` (the function) runs it.
    counts : str, optional
        A column of `data` that counts: the column of that name in what `trace` selects adds up to it.

    Returns
    -------
    display object
        The saved PNG, a quarter of its size, with alt text, then the caption.

    Raises
    ------
    InputError
        Where caption, alt text or data is empty.

    Warns
    -----
    LayoutWarning
        Where text is cut, covered or overlaps, or colours have no second cue.

    Examples
    --------
    >>> save_figure(fig, "rates", "Rates of …", "Bar chart of …", frame)   # doctest: +SKIP
    """
    if not name or Path(name).name != name:
        raise InputError(f"{name!r} is no file name", way_out="give a name without folder and ending")
    if not caption.strip() or not alt.strip() or not len(data):
        raise InputError("a figure needs a caption, an alt text and its plotted data", file=name)
    folder: Path = _session["folder"]
    folder.mkdir(parents=True, exist_ok=True)
    faults = []
    if (words := _session["words"]) is not None:
        caption, alt = words(caption), words(alt)
        words.translate_figure(fig)
        faults = [f"no Chinese for {text!r} in figure_words.csv" for text in words.missing()]
    # Laid out as it is printed: at the resolution of a screen each letter is as wide as whole pixels, a line up to 3 % narrower.
    fig.set_dpi(_DPI)
    # Tick labels are there once the figure was drawn; Chinese lines need more room between them than Latin ones.
    fig.draw_without_rendering()
    for text in fig.findobj(mpl.text.Text):
        text.set(linespacing=_LINE_SPACING, parse_math=bool(_POWER.fullmatch(text.get_text())))
    # One layout for all three files, and for the look at it.
    _settle(fig)
    fig.set_layout_engine("none")
    faults += layout_faults(fig, COLOURS)
    contents = {ending: _render(fig, ending, metadata) for ending, metadata in _FORMATS.items()}
    contents["csv"] = data.to_csv(index=False, lineterminator="\n", float_format="%.10g").encode()
    plt.close(fig)
    for ending, content in contents.items():
        _replace(folder / f"{name}.{ending}", content)
    width, height = (round(side * 25.4, 1) for side in fig.get_size_inches())
    _record(
        folder / INDEX,
        {
            "name": name,
            "notebook": _session["notebook"],
            "caption": caption,
            "alt": alt,
            "size_mm": [width, height],
            "faults": faults,
            "trace": {"sql": trace, "counts": counts},
            "inputs": _session["inputs"],
            "outputs": [
                {"path": f"{name}.{ending}", "sha256": hashlib.sha256(content).hexdigest()}
                for ending, content in contents.items()
            ],
            "stack": render_stack(),
        },
    )
    for fault in faults:
        warnings.warn(f"figure {name}: {fault}", LayoutWarning, stacklevel=2)
    return SavedFigure(contents["png"], caption, alt)


def _settle(fig: Figure) -> None:
    """Lay a figure out as it is printed: on a screen a letter is as wide as whole pixels, a line up to 3 % narrower."""
    fig.set_dpi(_DPI)
    # Tick labels are there once the figure was drawn; Chinese lines need more room between them than Latin ones.
    fig.draw_without_rendering()
    for text in fig.findobj(mpl.text.Text):
        text.set(linespacing=_LINE_SPACING)
    fig.draw_without_rendering()


class SavedFigure:
    """A saved picture as a notebook shows it: the PNG file at screen size, its alt text, its caption below."""

    def __init__(self, png: bytes, caption: str, alt: str) -> None:
        self.png, self.caption, self.alt = png, caption, alt

    def _ipython_display_(self) -> None:
        from IPython.display import Image, display

        display(Image(data=_screen_size(self.png)), metadata={"image/png": {"alt": self.alt}})
        display(prose(f"*{self.caption}*"))


def prose(text: str) -> Any:
    r"""Give what a notebook says in words: Markdown, in which text of a corpus stays text.

    Emphasis, lists and quotations work; markup, links, pictures, code and formulas are shown as they are written.

    Parameters
    ----------
    text : str

    Returns
    -------
    IPython.display.Markdown

    Examples
    --------
    >>> print(prose("**Longest**: <script>[a](b)").data)
    **Longest**: &lt;script>\[a\](b)
    """
    from IPython.display import Markdown

    return Markdown(re.sub(r"[\[\]`$]", r"\\\g<0>", text.replace("&", "&amp;").replace("<", "&lt;")))


def _screen_size(png: bytes) -> bytes:
    from PIL import Image

    with Image.open(io.BytesIO(png)) as picture:
        small = picture.convert("RGB").reduce(_SCREEN_SCALE)
    out = io.BytesIO()
    small.quantize(256, method=Image.Quantize.MEDIANCUT, dither=Image.Dither.NONE).save(out, "PNG", optimize=True)
    return out.getvalue()


def _render(fig: Figure, ending: str, metadata: dict[str, None]) -> bytes:
    out = io.BytesIO()
    fig.savefig(out, format=ending, metadata=metadata)
    return out.getvalue()


def _replace(path: Path, content: bytes) -> None:
    """Write a file whole or not at all."""
    handle, scratch = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}-")
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(content)
        Path(scratch).chmod(0o644)
        Path(scratch).replace(path)
    except BaseException:
        Path(scratch).unlink(missing_ok=True)
        raise


def _record(index: Path, row: dict[str, Any]) -> None:
    with _locked(index.parent):
        rows = json.loads(index.read_text(encoding="utf-8")) if index.is_file() else []
        rows = sorted([*(other for other in rows if other["name"] != row["name"]), row], key=lambda r: r["name"])
        _replace(index, (json.dumps(rows, ensure_ascii=False, indent=1) + "\n").encode())


@contextmanager
def _locked(folder: Path) -> Iterator[None]:
    """Hold the figures' folder while the manifest is rewritten: notebooks run side by side."""
    try:
        import fcntl
    except ImportError:
        # Windows has no flock; there the notebooks run one after another.
        yield
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        fcntl.flock(handle, fcntl.LOCK_EX)
        yield
    finally:
        os.close(handle)
