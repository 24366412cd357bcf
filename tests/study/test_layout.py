"""The look at a drawn figure: each fault is found on a figure that has it, and none on one that has not."""

from collections.abc import Callable

import matplotlib.pyplot as plt
import pytest
from matplotlib.axes import Axes

import reformtext as rt


@pytest.fixture
def ax() -> Axes:
    rt.style()
    fig, ax = plt.subplots(figsize=rt.figure_size("single", 50))
    ax.set(xlim=(0, 1), ylim=(0, 1), xlabel="rate", ylabel="改革")
    yield ax
    plt.close(fig)


def beyond_the_canvas(ax: Axes) -> None:
    ax.figure.set_layout_engine("none")
    ax.figure.text(0.95, 0.5, "a long label")


def behind_the_frame(ax: Axes) -> None:
    ax.text(-0.08, 0.5, "a long label", clip_on=True)


def on_one_another(ax: Axes) -> None:
    ax.text(0.3, 0.5, "reform"), ax.text(0.32, 0.52, "change")


def turned_on_one_another(ax: Axes) -> None:
    ax.text(0.5, 0.5, "reform and opening", rotation=90, va="center"), ax.text(0.45, 0.6, "change")


def marker_on_text(ax: Axes) -> None:
    ax.text(0.5, 0.5, "reform", ha="center", va="center"), ax.plot(0.5, 0.5, "o")


def scatter_on_text(ax: Axes) -> None:
    ax.text(0.5, 0.5, "reform", ha="center", va="center"), ax.scatter([0.5, 0.9], [0.5, 0.9], s=[20, 30])


def line_on_text(ax: Axes) -> None:
    ax.text(0.5, 0.5, "reform", ha="center", va="center"), ax.plot([0, 1], [0.5, 0.5], color="black", zorder=5)


def bar_on_text(ax: Axes) -> None:
    ax.text(0.5, 0.5, "reform", ha="center", va="center"), ax.bar([0.5], [0.9], zorder=5)


def alike_in_grey(ax: Axes) -> None:
    ax.plot([0.1], [0.1], "o", color=rt.COLOURS[0]), ax.plot([0.9], [0.9], "o", color=rt.COLOURS[2])


@pytest.mark.parametrize(
    ("draw", "told"),
    [
        (beyond_the_canvas, "'a long label' leaves the canvas"),
        (behind_the_frame, "'a long label' is cut by its axes"),
        (on_one_another, "'reform' and 'change' overlap"),
        (turned_on_one_another, "'reform and opening' and 'change' overlap"),
        (marker_on_text, "a marker lies on 'reform'"),
        (scatter_on_text, "a marker lies on 'reform'"),
        (line_on_text, "a line or area covers 'reform'"),
        (bar_on_text, "a line or area covers 'reform'"),
        (alike_in_grey, "#0072b2 and #009e73 look alike in grey and have the same marker"),
    ],
)
def test_a_fault_is_found(ax: Axes, draw: Callable[[Axes], None], told: str) -> None:
    assert rt.layout_faults(ax.figure, rt.COLOURS) == []
    draw(ax)
    assert told in rt.layout_faults(ax.figure, rt.COLOURS)


def second_cue(ax: Axes) -> None:
    ax.plot([0.1], [0.1], "o", color=rt.COLOURS[0]), ax.plot([0.9], [0.9], "s", color=rt.COLOURS[2])


def hatched(ax: Axes) -> None:
    ax.bar([0.2], [0.5], 0.2, color=rt.COLOURS[0]), ax.bar([0.6], [0.5], 0.2, color=rt.COLOURS[2], hatch="////")


def line_under_text(ax: Axes) -> None:
    ax.plot([0, 1], [0.5, 0.5], color="0.85", linewidth=0.4), ax.text(0.5, 0.5, "reform")


def beside_the_point(ax: Axes) -> None:
    ax.plot(0.5, 0.5, "o"), ax.annotate("reform", (0.5, 0.5), (4, 0), textcoords="offset points")


@pytest.mark.parametrize("draw", [second_cue, hatched, line_under_text, beside_the_point])
def test_what_can_be_read_is_no_fault(ax: Axes, draw: Callable[[Axes], None]) -> None:
    draw(ax)
    assert rt.layout_faults(ax.figure, rt.COLOURS) == []
