"""The ranking of one table as a picture for chat: a bar a unit, stacked by category, in the order of rank."""

from dataclasses import dataclass
from decimal import Decimal

from reports.bars import RowLayout, Scale, segments
from reports.canvas import INK, Canvas
from reports.chat import NAME_LENGTH, shorten
from reports.picture_text import MARGIN, MOST_ROWS, REMARKED, RIGHT, WIDTH, cut_offs, foot_lines, head_lines
from reports.ranking import GroupTable, RankedUnit, RankingTable
from words import Language, format_number

TRACK = "#EBEFF3"
GRADE_COLOURS = ("#2F7D5B", "#2F6690", "#8A6A14", "#A4473F")
ROOMY = RowLayout(
    height=74,
    size=26,
    baseline=30,
    name_left=100,
    name_right=RIGHT,
    grade_left=640,
    bar_left=MARGIN,
    bar_right=RIGHT,
    bar_top=42,
)
COMPACT = RowLayout(
    height=36,
    size=20,
    baseline=25,
    name_left=100,
    name_right=560,
    grade_left=890,
    bar_left=580,
    bar_right=880,
    bar_top=9,
)
ROOMY_UP_TO = 28
"""With more units the name stands beside its bar, or the picture would be too long to look at."""
BAR_HEIGHT = 18


def ranking_png(table: RankingTable, group: GroupTable, language: Language) -> bytes:
    """Return the picture of a table, 1200 pixels wide and as high as its units need.

    The same table gives the same bytes.
    """
    return draw(table, group, language).png()


def draw(table: RankingTable, group: GroupTable, language: Language) -> Canvas:
    """Draw the head, a row a unit, and below what colours and marks mean."""
    layout = ROOMY if len(group.ranked) <= ROOMY_UP_TO else COMPACT
    shown = group.ranked[:MOST_ROWS]
    head, foot = head_lines(table, group, language), foot_lines(table, group, language)
    rows_height = layout.height * len(shown)
    canvas = Canvas(WIDTH, 2 * MARGIN + sum(line.height for line in (*head, *foot)) + rows_height)
    top = canvas.lines(head, MARGIN, MARGIN)
    rows = _Rows(canvas, table, group, language, Scale.of(group, layout), _total_width(group, layout, language))
    for place, unit in enumerate(shown):
        rows.draw(unit, top + place * layout.height)
    canvas.lines(foot, MARGIN, top + rows_height)
    return canvas


def _total_width(group: GroupTable, layout: RowLayout, language: Language) -> float:
    """The room for the widest total: a bold digit of DejaVu Sans is about 0.7 of its size wide."""
    widest = max((len(format_number(unit.total, language)) for unit in group.ranked), default=0)
    return 0.7 * layout.size * widest


@dataclass(frozen=True, slots=True)
class _Rows:
    """Draws the rows of units."""

    canvas: Canvas
    table: RankingTable
    group: GroupTable
    language: Language
    scale: Scale
    total_width: float

    def draw(self, unit: RankedUnit, top: float) -> None:
        layout, canvas = self.scale.layout, self.canvas
        baseline, size = top + layout.baseline, layout.size
        grade_right = RIGHT - self.total_width - 0.6 * size
        name_room = min(grade_right - 0.65 * size * (2 + len(unit.grade)), layout.name_right) - layout.name_left
        name, mark = shorten(unit.name, NAME_LENGTH), REMARKED if unit.remarks else ""
        canvas.words((MARGIN, baseline), str(unit.rank), size, bold=True)
        canvas.words((layout.name_left, baseline), name, size, room=name_room, ending=mark)
        colour, room = _grade_colour(self.table, unit), grade_right - layout.grade_left
        canvas.words((grade_right, baseline), unit.grade, size - 2, colour=colour, align="right", room=room)
        canvas.words((RIGHT, baseline), format_number(unit.total, self.language), size, bold=True, align="right")
        self._draw_bar(unit, top + layout.bar_top)
        self._draw_cut_offs(top + layout.bar_top)

    def _draw_bar(self, unit: RankedUnit, top: float) -> None:
        """Earned points to the right of zero, what is taken off to its left, on a track that shows the maximum."""
        layout, x = self.scale.layout, self.scale.x
        self.canvas.bar((layout.bar_left, top), layout.bar_right - layout.bar_left, BAR_HEIGHT, TRACK)
        right, left = Decimal(0), Decimal(0)
        for points, colour in segments(self.group, unit):
            start = right if points >= 0 else left + points
            self.canvas.bar((x(start), top), x(start + abs(points)) - x(start), BAR_HEIGHT, colour)
            right, left = right + max(points, Decimal(0)), left + min(points, Decimal(0))

    def _draw_cut_offs(self, top: float) -> None:
        for _, at_least in cut_offs(self.table):
            self.canvas.mark(self.scale.x(at_least), top - 3, top + BAR_HEIGHT + 3, INK)


def _grade_colour(table: RankingTable, unit: RankedUnit) -> str:
    """From the highest rung to the lowest, however many there are."""
    labels = [rung.label for rung in table.ladders[0].rungs]
    steps = max(len(labels) - 1, 1)
    return GRADE_COLOURS[labels.index(unit.rungs[0]) * (len(GRADE_COLOURS) - 1) // steps]
