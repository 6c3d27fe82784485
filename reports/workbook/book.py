"""The workbook as a whole."""

from datetime import datetime
from io import BytesIO

from xlsxwriter import Workbook

from reports.ranking import RankingTable
from reports.workbook.explanations_sheet import write_explanations
from reports.workbook.indicators_sheet import write_indicators
from reports.workbook.notes_sheet import write_notes
from reports.workbook.page import Book
from reports.workbook.ranking_sheet import write_ranking
from reports.workbook.summary_sheet import write_summary
from words import Language


def ranking_xlsx(table: RankingTable, language: Language, *, created: datetime) -> bytes:
    """Return the workbook: for each group its ranking and its indicators, then summary, explanations and notes.

    The same table and `created` give the same bytes.
    """
    content = BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    with Workbook(content, options) as workbook:
        workbook.set_properties({"title": table.title, "created": created.replace(tzinfo=None)})
        book = Book(workbook, language)
        for place, group in enumerate(table.groups, start=1):
            write_ranking(book, table, group, place)
            write_indicators(book, group, place)
        write_summary(book, table)
        write_explanations(book, table)
        write_notes(book, table)
    return content.getvalue()
