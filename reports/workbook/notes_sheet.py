"""The sheet of notes: which regulation was applied and how, what was assumed, how anybody computes it again."""

from collections.abc import Iterator

from reports.ranking import RankingTable
from reports.wording import how_ranked
from reports.workbook.page import Book, Page
from scoring import Node, Regulation, Rounding
from words import Text

Note = tuple[Text, str | Text]


def write_notes(book: Book, table: RankingTable) -> None:
    """Add the sheet."""
    levels = table.regulation.levels
    page = book.page(book.say(Text("reports.notes_sheet")), (50, 90, *[14] * len(levels)))
    page.sheet.fit_to_pages(1, 0)
    facts = list(_facts(table))
    for row, (title, words) in enumerate(facts):
        page.text(row, 0, title, "heading")
        page.text(row, 1, words, "note")
    row = _write_levels(page, table, len(facts) + 1) if levels else len(facts) + 1
    if not table.assumptions:
        return
    page.text(row, 0, Text("reports.assumed_subject", n=len(table.assumptions)), "head")
    page.text(row, 1, Text("reports.assumed_reason"), "head")
    for place, each in enumerate(table.assumptions, start=row + 1):
        page.text(place, 0, each.subject or Text("reports.assumed_in_general"))
        page.text(place, 1, each.reason)


def _facts(table: RankingTable) -> Iterator[Note]:
    regulation = table.regulation
    decision = regulation.decision
    yield Text("reports.note_status"), table.status
    yield Text("reports.note_regulation"), regulation.title
    issued = Text("reports.decision_of", number=decision.number, day=decision.date, issuer=decision.issuer)
    yield Text("reports.note_decision"), issued
    yield Text("reports.note_sha256"), regulation.sha256
    yield from _policies(table)
    yield Text("reports.note_recompute"), Text("reports.recompute", regulation=regulation.id)


def _policies(table: RankingTable) -> Iterator[Note]:
    regulation = table.regulation
    yield Text("reports.note_rounding"), _rounding(regulation.points_rounding, regulation.total_rounding)
    policy, late = regulation.not_applicable, regulation.late
    if policy.name != "not_allowed":
        text = Text(f"reports.not_applicable_{policy.name}", grounds=policy.grounds)
        yield Text("reports.note_not_applicable"), text
    yield Text("reports.note_late"), Text("reports.rule_with_grounds", rule=late.text, grounds=late.grounds)
    for text in how_ranked(table):
        yield Text("reports.note_order"), text


def _rounding(points: Rounding, total: Rounding) -> Text:
    said = Text(f"reports.rounded_{points.method}", digits=points.digits)
    if total == points:
        return Text("reports.rounding", points=said)
    return Text(
        "reports.rounding_total", points=said, total=Text(f"reports.rounded_{total.method}", digits=total.digits)
    )


def _write_levels(page: Page, table: RankingTable, row: int) -> int:
    """Write what each level asks for, in each group; return the next free row."""
    levels = table.regulation.levels
    page.text(row, 0, Text("reports.group"), "head")
    page.text(row, 1, Text("reports.minimum"), "head")
    for column, level in enumerate(levels, start=2):
        page.text(row, column, level.label, "head")
    for group in dict.fromkeys(table.id for table in table.groups):
        for node in _decisive(table.regulation, group):
            row += 1
            page.text(row, 0, table.regulation.groups[group].label)
            page.text(row, 1, f"{node.number} {node.label}".strip())
            for column, level in enumerate(levels, start=2):
                minimum = level.minima.get(node.id, {}).get(group, 0)
                page.amount(row, column, table.regulation.printed(node, minimum))
    return row + 2


def _decisive(regulation: Regulation, group: str) -> list[Node]:
    """The lines of the group of which some level asks a minimum, in the order of the point table."""
    asked = {node for level in regulation.levels for node, minima in level.minima.items() if group in minima}
    return [node for node in regulation.nodes(group) if node.id in asked]
