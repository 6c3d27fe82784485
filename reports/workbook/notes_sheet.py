"""The sheet of notes: which regulation was applied, what was assumed, and how anybody computes the ranking again."""

from reports.ranking import RankingTable
from reports.workbook.page import Book
from words import Text


def write_notes(book: Book, table: RankingTable) -> None:
    """Add the sheet."""
    page = book.page(book.say(Text("reports.notes_sheet")), (50, 90))
    page.sheet.fit_to_pages(1, 0)
    facts = _facts(table)
    for row, (title, words) in enumerate(facts):
        page.text(row, 0, title, "heading")
        page.text(row, 1, words, "note")
    if not table.assumptions:
        return
    head = len(facts) + 1
    page.text(head, 0, Text("reports.assumed_subject", n=len(table.assumptions)), "head")
    page.text(head, 1, Text("reports.assumed_reason"), "head")
    for row, each in enumerate(table.assumptions, start=head + 1):
        page.text(row, 0, each.subject or Text("reports.assumed_in_general"))
        page.text(row, 1, each.reason)


def _facts(table: RankingTable) -> tuple[tuple[Text, str | Text], ...]:
    regulation = table.regulation
    decision = regulation.decision
    issued = Text("reports.decision_of", number=decision.number, day=decision.date, issuer=decision.issuer)
    return (
        (Text("reports.note_status"), table.status),
        (Text("reports.note_regulation"), regulation.title),
        (Text("reports.note_decision"), issued),
        (Text("reports.note_sha256"), regulation.sha256),
        (Text("reports.note_rounding"), Text("reports.rounding", digits=table.digits)),
        (Text("reports.note_recompute"), Text("reports.recompute", regulation=regulation.id)),
    )
