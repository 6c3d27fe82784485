"""A sheet of pixels to draw on with matplotlib, which loads only when something is drawn.

Places are in pixels from the top left corner; the place of words is the start (or end) of their base line.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from io import BytesIO
from typing import Literal

DOTS_PER_INCH = 100
FONT = "DejaVu Sans"
"""Comes with matplotlib and has every Vietnamese letter."""
INK = "#1F2D3D"


@dataclass(frozen=True, slots=True)
class Line:
    """A line of words; `swatch` is the colour of a square before it, `space` the pixels left free above it."""

    words: str
    size: int
    colour: str = INK
    bold: bool = False
    swatch: str = ""
    space: int = 0

    @property
    def height(self) -> int:
        """Pixels from the top of the line to the top of the next."""
        return self.space + round(self.size * 1.45)


class Canvas:
    """White paper of a given size."""

    def __init__(self, width: int, height: int) -> None:
        from matplotlib.backends.backend_agg import FigureCanvasAgg  # noqa: PLC0415 - loads only when drawing
        from matplotlib.figure import Figure  # noqa: PLC0415 - loads only when drawing

        size = (width / DOTS_PER_INCH, height / DOTS_PER_INCH)
        self.figure = Figure(figsize=size, dpi=DOTS_PER_INCH, facecolor="white")
        self._agg = FigureCanvasAgg(self.figure)
        self._axes = self.figure.add_axes((0, 0, 1, 1), xlim=(0, width), ylim=(height, 0))
        self._axes.set_axis_off()

    def words(
        self,
        place: tuple[float, float],
        words: str,
        size: int,
        *,
        colour: str = INK,
        bold: bool = False,
        align: Literal["left", "center", "right"] = "left",
        room: float | None = None,
        ending: str = "",
    ) -> None:
        """Write words and their `ending` in one line; words that need more than `room` pixels end in an ellipsis."""
        text = self._axes.text(
            *place,
            words + ending,
            fontsize=size * 72 / DOTS_PER_INCH,
            fontfamily=FONT,
            fontweight="bold" if bold else "normal",
            color=colour,
            horizontalalignment=align,
            verticalalignment="baseline",
            parse_math=False,
        )
        kept = words
        while room and kept and text.get_window_extent().width > room:
            kept = kept[: int(len(kept) * 0.95)]
            text.set_text(f"{kept}…{ending}")

    def lines(self, lines: Sequence[Line], left: float, top: float) -> float:
        """Write lines one below the other from `top` on; return where they end."""
        for line in lines:
            bottom = top + line.height
            baseline = bottom - 0.45 * line.size
            if line.swatch:
                self.bar((left, baseline - 0.8 * line.size), line.size, line.size, line.swatch)
            shift = 1.7 * line.size if line.swatch else 0
            self.words((left + shift, baseline), line.words, line.size, colour=line.colour, bold=line.bold)
            top = bottom
        return top

    def bar(self, corner: tuple[float, float], width: float, height: float, colour: str) -> None:
        """Fill a rectangle; `corner` is the top left one."""
        from matplotlib.patches import Rectangle  # noqa: PLC0415 - loads only when drawing

        self._axes.add_patch(Rectangle(corner, width, height, facecolor=colour, edgecolor="none"))

    def mark(self, x: float, top: float, bottom: float, colour: str) -> None:
        """Draw a thin upright line."""
        self._axes.plot((x, x), (top, bottom), color=colour, linewidth=1.2, solid_capstyle="butt")

    def png(self) -> bytes:
        """Return the picture; the same drawing gives the same bytes."""
        content = BytesIO()
        self._agg.print_png(content, metadata={"Software": None})  # type: ignore[no-untyped-call] # matplotlib leaves it untyped
        return content.getvalue()
