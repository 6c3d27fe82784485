"""The first sheet: what the workbook is, on which regulation it rests, how to check it, and who is not in it."""

import textwrap
from collections.abc import Sequence
from dataclasses import dataclass, field

from xlsxwriter.worksheet import Worksheet

from reports.recomputation.paper import Paper
from reports.recomputation.sheet import Sheet
from scoring import Regulation, Rounding, UnitResult
from words import Text, Value, say

WIDTHS = (40, 92, 64)
LINE_HEIGHT = 16
_METHODS = {"half_up": Text("reports.recompute_half_up"), "truncated": Text("reports.recompute_truncated")}


def write_cover(
    paper: Paper, regulation: Regulation, sheets: Sequence[Sheet], not_assessed: Sequence[UnitResult]
) -> None:
    """Add the sheet; `sheets` are those that follow."""
    cover = _Cover(paper, paper.page(paper.wording.say("reports.recompute_cover_sheet")))
    cover.line("title", paper.wording.say("reports.recompute_title"))
    cover.line("hint", paper.wording.say("reports.recompute_subtitle"))
    for title, words in _facts(regulation):
        cover.line("heading", paper.wording.say(title), words)
    cover.skip()
    cover.line("heading", paper.wording.say("reports.recompute_how"))
    for step in _STEPS:
        cover.line("note", "", paper.wording.say(step, regulation=regulation.id))
    cover.skip()
    cover.table(("reports.recompute_sheet", "reports.recompute_content", "reports.recompute_size"))
    for sheet in sheets:
        cover.line("cell", sheet.name, sheet.title, paper.wording.say("reports.recompute_cells", **_size(sheet)))
    if not_assessed:
        cover.skip()
        cover.line("heading", paper.wording.say("reports.recompute_not_assessed", n=len(not_assessed)))
        cover.table(("reports.unit", "reports.recompute_group", "reports.recompute_reason"))
    for each in not_assessed:
        reason = say(each.reason, paper.wording.language) if each.reason else ""
        cover.line("cell", each.unit.name, regulation.groups[each.unit.group].label, reason)


_STEPS = (
    "reports.recompute_step_answers",
    "reports.recompute_step_points",
    "reports.recompute_step_change",
    "reports.recompute_step_recalculate",
    "reports.recompute_step_program",
)


def _facts(regulation: Regulation) -> tuple[tuple[str, str | Text], ...]:
    decision = regulation.decision
    issued = Text("reports.decision_of", number=decision.number, day=decision.date, issuer=decision.issuer)
    roundings = {
        "points": regulation.points_rounding,
        "total": regulation.total_rounding,
        "percent": regulation.percent_rounding,
    }
    rounded = Text("reports.recompute_rounded", **{name: _said(each) for name, each in roundings.items()})
    return (
        ("reports.note_regulation", regulation.title),
        ("reports.note_decision", issued),
        ("reports.note_sha256", regulation.sha256),
        ("reports.note_rounding", rounded),
    )


def _said(rounding: Rounding) -> Text:
    return Text("reports.recompute_rounding", digits=rounding.digits, method=_METHODS[rounding.method])


def _size(sheet: Sheet) -> dict[str, Value]:
    formulas = sum(1 for column in sheet.columns if column.formula)
    return {"rows": sheet.rows, "columns": len(sheet.columns), "formulas": formulas * sheet.rows}


@dataclass(slots=True)
class _Cover:
    """The sheet and the next free row."""

    paper: Paper
    page: Worksheet
    row: int = field(default=0)

    def __post_init__(self) -> None:
        self.page.fit_to_pages(1, 0)
        for place, width in enumerate(WIDTHS):
            self.page.set_column(place, place, width)

    def skip(self) -> None:
        self.row += 1

    def table(self, titles: tuple[str, ...]) -> None:
        self.line("head", *map(self.paper.wording.say, titles))

    def line(self, style: str, *cells: str | Text) -> None:
        """Write texts beside one another; where one is explained by the next, that one is a note."""
        words = [say(each, self.paper.wording.language) if isinstance(each, Text) else each for each in cells]
        styles = [style, "note"] if style == "heading" else [style] * len(words)
        if style not in {"title", "hint"}:
            lines = max(len(textwrap.wrap(each, width - 2)) for each, width in zip(words, WIDTHS, strict=False))
            self.page.set_row(self.row, 18 + (max(lines, 1) - 1) * LINE_HEIGHT)
        for place, (each, name) in enumerate(zip(words, styles, strict=False)):
            self.page.write_string(self.row, place, each, self.paper.style(name))
        self.row += 1
