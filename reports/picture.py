"""The ranking of one group as a picture for chat: a bar a unit, stacked by category, in the order of rank.

The lengths of bars are the only place where points become floats.
"""

import textwrap
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal

from reports.canvas import INK, Canvas, Line
from reports.chat import NAME_LENGTH, beside, shorten
from reports.ranking import GroupTable, RankedUnit, RankingTable
from words import Language, Text, format_number, say

WIDTH, MARGIN = 1200, 48
RIGHT = WIDTH - MARGIN
MUTED, FAINT, TRACK = "#55636F", "#7C8894", "#EBEFF3"
CATEGORY_COLOURS = ("#27496D", "#3F88A5", "#86B8A5", "#DDBB63", "#C27C5A", "#8C6C8E", "#6F8F4E", "#9AA5B1")
GRADE_COLOURS = ("#2F7D5B", "#2F6690", "#8A6A14", "#A4473F")
UNRANKED_NAMED = 12


@dataclass(frozen=True, slots=True)
class RowLayout:
    """How the row of a unit is laid out, in pixels; `baseline` and `bar_top` count from the top of the row."""

    height: int
    size: int
    baseline: int
    name_left: int
    name_right: int
    bar_left: int
    bar_right: int
    bar_top: int


ROOMY = RowLayout(74, 26, 30, name_left=100, name_right=790, bar_left=MARGIN, bar_right=RIGHT, bar_top=42)
COMPACT = RowLayout(36, 20, 25, name_left=100, name_right=560, bar_left=580, bar_right=880, bar_top=9)
ROOMY_UP_TO = 28
"""With more units the name stands beside its bar, or the picture would be too long to look at."""
BAR_HEIGHT = 18


def ranking_png(table: RankingTable, group: GroupTable, language: Language) -> bytes:
    """Return the picture of a group, 1200 pixels wide and as high as its units need.

    The same table gives the same bytes.
    """
    return draw(table, group, language).png()


def draw(table: RankingTable, group: GroupTable, language: Language) -> Canvas:
    """Draw the head, a row a unit, and below what colours and marks mean."""
    layout = ROOMY if len(group.ranked) <= ROOMY_UP_TO else COMPACT
    head, foot = _head(table, group, language), _foot(table, group, language)
    rows_height = layout.height * len(group.ranked)
    canvas = Canvas(WIDTH, 2 * MARGIN + sum(line.height for line in (*head, *foot)) + rows_height)
    top = canvas.lines(head, MARGIN, MARGIN)
    scale = _Scale.of(group, layout)
    for place, unit in enumerate(group.ranked):
        _draw_unit(canvas, table, unit, scale, top + place * layout.height, language)
    canvas.lines(foot, MARGIN, top + rows_height)
    return canvas


@dataclass(frozen=True, slots=True)
class _Scale:
    """From points to pixels. A group with penalties has its zero further right."""

    layout: RowLayout
    lowest: Decimal
    highest: Decimal

    @classmethod
    def of(cls, group: GroupTable, layout: RowLayout) -> "_Scale":
        lowest = min((_below_zero(unit) for unit in group.ranked), default=Decimal(0))
        highest = max((unit.total - _below_zero(unit) for unit in group.ranked), default=Decimal(0))
        return cls(layout, lowest, max(highest, group.maximum))

    def x(self, points: Decimal) -> float:
        share = float((points - self.lowest) / (self.highest - self.lowest))
        return self.layout.bar_left + share * (self.layout.bar_right - self.layout.bar_left)


def _below_zero(unit: RankedUnit) -> Decimal:
    return sum((points for points in unit.points if points < 0), Decimal(0))


def _draw_unit(
    canvas: Canvas, table: RankingTable, unit: RankedUnit, scale: _Scale, top: float, language: Language
) -> None:
    layout = scale.layout
    baseline, size = top + layout.baseline, layout.size
    name = shorten(unit.name, NAME_LENGTH)
    canvas.words((MARGIN, baseline), str(unit.rank), size, bold=True)
    canvas.words((layout.name_left, baseline), name, size, room=layout.name_right - layout.name_left)
    grade_colour = _grade_colour(table, unit.grade)
    canvas.words((RIGHT - 4.3 * size, baseline), unit.grade, size - 2, colour=grade_colour, align="right")
    canvas.words((RIGHT, baseline), format_number(unit.total, language), size, bold=True, align="right")
    _draw_bar(canvas, unit, scale, top + layout.bar_top)
    for grade in table.grades:
        if grade.at_least is not None:
            canvas.mark(scale.x(grade.at_least), top + layout.bar_top - 3, top + layout.bar_top + BAR_HEIGHT + 3, INK)


def _draw_bar(canvas: Canvas, unit: RankedUnit, scale: _Scale, top: float) -> None:
    """Earned points to the right of zero, penalties to its left, on a track that shows the maximum."""
    canvas.bar((scale.layout.bar_left, top), scale.layout.bar_right - scale.layout.bar_left, BAR_HEIGHT, TRACK)
    right, left = Decimal(0), Decimal(0)
    for place, points in enumerate(unit.points):
        start = right if points >= 0 else left + points
        x = scale.x(start)
        canvas.bar((x, top), scale.x(start + abs(points)) - x, BAR_HEIGHT, _category_colour(place))
        right, left = right + max(points, Decimal(0)), left + min(points, Decimal(0))


def _category_colour(place: int) -> str:
    return CATEGORY_COLOURS[place % len(CATEGORY_COLOURS)]


def _grade_colour(table: RankingTable, label: str) -> str:
    place = [grade.label for grade in table.grades].index(label)
    return GRADE_COLOURS[min(place, len(GRADE_COLOURS) - 1)]


def _head(table: RankingTable, group: GroupTable, language: Language) -> Sequence[Line]:
    ranked = Text("reports.units_ranked", n=len(group.ranked))
    return (
        *_wrapped(table.title, 34, language, bold=True),
        *_wrapped(group.label, 28, language, space=6),
        *_wrapped(beside([table.status, ranked]), 24, language, colour=MUTED, space=2),
        Line("", 14),
    )


def _foot(table: RankingTable, group: GroupTable, language: Language) -> Sequence[Line]:
    return (
        Line("", 12),
        *_legend(group, language),
        *_wrapped(_cut_offs(table), 23, language, colour=MUTED, space=14),
        *_unranked(group, language),
        *_wrapped(table.basis, 19, language, colour=FAINT, space=16),
        *_assumptions(table, language),
    )


def _legend(group: GroupTable, language: Language) -> Iterator[Line]:
    for place, category in enumerate(group.categories):
        text = Text("reports.legend", label=category.label, maximum=category.maximum)
        yield Line(say(text, language), 23, swatch=_category_colour(place), space=4)


def _cut_offs(table: RankingTable) -> Text:
    cut_offs = [
        Text("reports.cut_off", grade=grade.label, at_least=grade.at_least)
        for grade in table.grades
        if grade.at_least is not None
    ]
    return Text("reports.cut_offs", grades=beside(cut_offs))


def _unranked(group: GroupTable, language: Language) -> Iterator[Line]:
    if not group.unranked:
        return
    yield Line(say(Text("reports.unranked_heading", n=len(group.unranked)), language), 23, bold=True, space=14)
    for unit in group.unranked[:UNRANKED_NAMED]:
        text = Text("reports.unranked_unit", unit=shorten(unit.name, NAME_LENGTH), reason=unit.reason)
        yield from _wrapped(text, 21, language, colour=MUTED)
    if len(group.unranked) > UNRANKED_NAMED:
        more = Text("reports.more", n=len(group.unranked) - UNRANKED_NAMED)
        yield from _wrapped(more, 21, language, colour=MUTED)


def _assumptions(table: RankingTable, language: Language) -> Iterator[Line]:
    if table.assumptions:
        text = Text("reports.assumptions_line", n=len(table.assumptions))
        yield from _wrapped(text, 19, language, colour=FAINT)


def _wrapped(
    words: str | Text, size: int, language: Language, *, colour: str = INK, bold: bool = False, space: int = 0
) -> Iterator[Line]:
    spoken = say(words, language) if isinstance(words, Text) else words
    # A letter of DejaVu Sans is about 0.56 of its size wide, a bold one about 0.66.
    fitting = int((RIGHT - MARGIN) / (size * (0.66 if bold else 0.56)))
    for place, line in enumerate(_balanced(spoken, fitting)):
        yield Line(line, size, colour, bold=bold, space=space if place == 0 else 0)


def _balanced(words: str, fitting: int) -> list[str]:
    """Wrap into as few lines as can be, and these as even as can be: no single word is left for the last one."""
    lines = textwrap.wrap(words, fitting)
    while len(narrower := textwrap.wrap(words, fitting - 1)) == len(lines) > 1:
        lines, fitting = narrower, fitting - 1
    return lines
