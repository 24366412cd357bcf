"""What a reader could not make out in a figure: text cut, covered or written over, colours without a second cue."""

from collections.abc import Iterable, Iterator, Sequence
from itertools import combinations
from typing import Any, NamedTuple

import numpy as np
from matplotlib.backend_bases import RendererBase
from matplotlib.colors import to_hex
from matplotlib.figure import Figure
from matplotlib.path import Path
from matplotlib.transforms import Bbox

# Overlaps below a quarter of a millimetre are seen by no eye.
_SLACK_MM = 0.25
# Two greys closer than this share of the way from black to white look alike in print.
_GREY_STEP = 0.15
# A line as thin or as pale as this (gridlines, the ties of a network) may cross a label without hiding it.
_THIN_POINTS, _PALE = 0.5, 0.7
_SIDES = 3


class LayoutWarning(UserWarning):
    """A figure was saved although something in it cannot be made out."""


class _Text(NamedTuple):
    """A line of text: its ink's box, and the part of the canvas that it may show in."""

    text: str
    box: Bbox
    frame: Bbox


class _Listener(RendererBase):
    """A renderer that draws nothing and remembers where ink would fall, in the order of drawing."""

    def __init__(self, figure: Figure) -> None:
        super().__init__()
        self.dpi = figure.dpi
        self.canvas = figure.bbox.frozen()
        self.texts: list[_Text] = []
        self.points: list[np.ndarray] = []
        # Each shape with the number of texts that were there before it: it can cover no other.
        self.covers: list[tuple[Path, bool, int]] = []
        # By axes: a colour, and what tells it from the others when colours do not.
        self.cues: set[tuple[int, str, tuple[Any, ...]]] = set()
        self._axes = 0

    def flipy(self) -> bool:
        """Count y from the bottom, as matplotlib's transforms do."""
        return False

    def points_to_pixels(self, points: Any) -> Any:
        """Turn points into pixels of the canvas."""
        return points * self.dpi / 72

    def get_canvas_width_height(self) -> tuple[float, float]:
        """Give the canvas's size in pixels."""
        return self.canvas.width, self.canvas.height

    def open_group(self, s: str, gid: str | None = None) -> None:
        """Count the axes: colours are compared within one."""
        self._axes += s == "axes"

    def draw_text(
        self, gc: Any, x: float, y: float, s: str, prop: Any, angle: float, ismath: Any = False, mtext: Any = None
    ) -> None:
        """Note the box of a line's ink."""
        width, height, descent = self.get_text_width_height_descent(s, prop, ismath)
        turn = np.deg2rad(angle)
        corners = np.array([[0, -descent], [width, -descent], [width, height - descent], [0, height - descent]])
        corners = corners @ np.array([[np.cos(turn), np.sin(turn)], [-np.sin(turn), np.cos(turn)]]) + (x, y)
        self.texts.append(_Text(s, Bbox([corners.min(axis=0), corners.max(axis=0)]), self._frame(gc)))

    def draw_markers(
        self, gc: Any, marker_path: Any, marker_trans: Any, path: Any, trans: Any, rgbFace: Any = None
    ) -> None:
        """Note the markers' centres and their look."""
        self._note_points(trans.transform(path.vertices), self._frame(gc))
        self._note_marker(marker_path, rgbFace)

    def draw_path_collection(
        self, gc: Any, master_transform: Any, paths: Any, all_transforms: Any, offsets: Any, offset_trans: Any,
        facecolors: Any, *rest: Any, **named: Any,
    ) -> None:  # fmt: skip
        """Note the centres and looks of points; a collection of lines or areas has no offsets of its own."""
        if len(offsets) > 1 and len(paths):
            self._note_points(offset_trans.transform(offsets), self._frame(gc))
            for number, colour in enumerate(facecolors):
                self._note_marker(paths[number % len(paths)], colour)

    def draw_quad_mesh(self, *args: Any, **named: Any) -> None:
        """Leave a heat map be: its cells lie under their numbers."""

    def draw_path(self, gc: Any, path: Any, transform: Any, rgbFace: Any = None) -> None:
        """Note a line or area: what it may cover, and its look."""
        filled = rgbFace is not None and (len(rgbFace) < 4 or rgbFace[3] > 0) and (gc.get_alpha() or 1) > _PALE
        line = gc.get_linewidth() > self.points_to_pixels(_THIN_POINTS) and _grey(gc.get_rgb()) < _PALE
        if not filled and not (line and gc.get_rgb()[3] > _PALE):
            return
        shape = path.transformed(transform)
        if filled and min(shape.get_extents().size) < 1:
            return
        self.covers.append((shape, filled, len(self.texts)))
        look = ("area", gc.get_hatch() or "") if filled else ("line", str(gc.get_dashes()))
        self.cues.add((self._axes, to_hex(rgbFace if filled else gc.get_rgb()), look))

    def draw_image(self, gc: Any, x: float, y: float, im: Any, transform: Any = None) -> None:
        """Leave a picture be: a word cloud sets its own words."""

    def _frame(self, gc: Any) -> Bbox:
        """Give what of the canvas the axes let show."""
        clip = gc.get_clip_rectangle()
        return self.canvas if clip is None else Bbox.from_extents(*clip.extents)

    def _note_points(self, centres: np.ndarray, frame: Bbox) -> None:
        self.points += [centre for centre in centres if np.isfinite(centre).all() and frame.contains(*centre)]

    def _note_marker(self, path: Path, colour: Any) -> None:
        corners = np.asarray(path.vertices, dtype=float)
        if colour is not None and len(corners) > _SIDES and (len(colour) < 4 or colour[3] > 0):
            shape = tuple(np.round(corners / (np.abs(corners).max() or 1.0), 2).ravel())
            self.cues.add((self._axes, to_hex(colour), ("marker", shape)))


def _grey(colour: Sequence[float]) -> float:
    """Give a colour's lightness in grey print, 0 to 1 (ITU-R BT.601 luma)."""
    red, green, blue = colour[:3]
    return 0.299 * red + 0.587 * green + 0.114 * blue


def layout_faults(figure: Figure, palette: Iterable[str] = ()) -> list[str]:
    """List what in a figure cannot be made out.

    Parameters
    ----------
    figure : Figure
        As it will be saved.
    palette : iterable of str
        The colours that stand for categories: two of them that look alike in grey need another marker, hatch or dash.

    Returns
    -------
    list of str
        One fault a line: text that leaves the canvas or is cut by its axes, lines of text that overlap, text under a
        marker, line or area, colours without a second cue. Empty where none was found.

    Examples
    --------
    >>> import matplotlib.pyplot as plt
    >>> fig, ax = plt.subplots()
    >>> _ = ax.text(0.5, 0.5, "reform"), ax.text(0.5, 0.5, "change")
    >>> layout_faults(fig)
    ["'reform' and 'change' overlap"]
    """
    listener = _Listener(figure)
    figure.draw(listener)
    slack = _SLACK_MM / 25.4 * figure.dpi
    texts = [text for text in listener.texts if text.text.strip()]
    faults = [*_cut(texts, listener.canvas, slack), *_overlapping(texts, slack)]
    faults += _covered(listener, slack)
    faults += _alike(listener.cues, {to_hex(colour) for colour in palette})
    return list(dict.fromkeys(faults))


def _cut(texts: Sequence[_Text], canvas: Bbox, slack: float) -> Iterator[str]:
    for text, box, frame in texts:
        for area, how in ((canvas, "leaves the canvas"), (frame, "is cut by its axes")):
            seen = area.padded(slack)
            if box.x0 < seen.x0 or box.x1 > seen.x1 or box.y0 < seen.y0 or box.y1 > seen.y1:
                yield f"{text!r} {how}"
                break


def _overlapping(texts: Sequence[_Text], slack: float) -> Iterator[str]:
    for one, other in combinations(texts, 2):
        shared = Bbox.intersection(one.box, other.box)
        if shared is not None and min(shared.width, shared.height) > slack:
            yield f"{one.text!r} and {other.text!r} overlap"


def _covered(listener: _Listener, slack: float) -> Iterator[str]:
    points = np.array(listener.points).reshape(-1, 2)
    for number, (text, box, _) in enumerate(listener.texts):
        inner = box.padded(-slack)
        if not text.strip() or inner.width <= 0 or inner.height <= 0:
            continue
        if ((points > inner.min) & (points < inner.max)).all(axis=1).any():
            yield f"a marker lies on {text!r}"
        if any(number < before and shape.intersects_bbox(inner, filled) for shape, filled, before in listener.covers):
            yield f"a line or area covers {text!r}"


def _alike(cues: Iterable[tuple[int, str, tuple[Any, ...]]], palette: set[str]) -> Iterator[str]:
    from matplotlib.colors import to_rgb

    known = sorted((axes, look, colour) for axes, colour, look in cues if colour in palette)
    for (axes, look, colour), (other_axes, other_look, other) in combinations(known, 2):
        same = axes == other_axes and look == other_look and colour != other
        if same and abs(_grey(to_rgb(colour)) - _grey(to_rgb(other))) < _GREY_STEP:
            yield f"{colour} and {other} look alike in grey and have the same {look[0]}"
