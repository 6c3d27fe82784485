"""The form as an Excel file in a contact's hands. The same entries in the same file give the same bytes."""

import io
import re
from collections.abc import Iterator
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from openpyxl import Workbook, load_workbook
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.worksheet import Worksheet
from openpyxl.writer.excel import ExcelWriter

from app.demo.entries import Entries, Written
from app.demo.paper import Paper, read_paper

_REFERENCE = re.compile(r"'?([^'!]+)'?!(\$[A-Z]+\$[0-9]+:\$[A-Z]+\$[0-9]+)")


def filled_in(content: bytes, written: Entries) -> bytes:
    """Open the file, write into the cells, and save it."""
    book = load_workbook(io.BytesIO(content))
    form, documents = (_paper(book, sheet) for sheet in book.worksheets[:2])
    _write(book, form, written.form)
    _write(book, documents, written.documents)
    return _saved(book)


def _paper(book: Workbook, sheet: Worksheet) -> Paper:
    shown = {cell.coordinate: cell.value for row in sheet.iter_rows() for cell in row if 1 in {cell.row, cell.column}}
    offered = {
        cell: choices for rule in sheet.data_validations.dataValidation for cell, choices in _offered(book, rule)
    }
    return read_paper(sheet.title, shown, offered)


def _offered(book: Workbook, rule: DataValidation) -> Iterator[tuple[str, tuple[str, ...]]]:
    """What a drop-down offers in each of its cells; the texts stand in a sheet that nobody sees."""
    found = _REFERENCE.fullmatch(rule.formula1 or "") if rule.type == "list" else None
    if found:
        choices = tuple(str(cell.value) for (cell,) in book[found[1]][found[2].replace("$", "")])
        for area in rule.sqref.ranges:
            yield from ((f"{get_column_letter(column)}{row}", choices) for row, column in area.cells)


def _write(book: Workbook, paper: Paper, written: Written) -> None:
    for spot, text in written.items():
        if paper.has(spot):
            book[paper.title][paper.cell(spot)] = paper.chosen(spot, text)


def _saved(book: Workbook) -> bytes:
    """Save without the time of day: a person who does the same again gets the same file."""
    raw, fixed = io.BytesIO(), io.BytesIO()
    ExcelWriter(book, ZipFile(raw, "w", ZIP_DEFLATED)).save()
    with ZipFile(raw) as source, ZipFile(fixed, "w", ZIP_DEFLATED) as target:
        for name in source.namelist():
            target.writestr(ZipInfo(name), source.read(name), ZIP_DEFLATED)
    return fixed.getvalue()
