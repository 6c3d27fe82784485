"""A form's cells as a program gives them back, without the program."""

from collections.abc import Mapping

from campaign.ports import FormOrder, FormReading
from forms.dialect import GOOGLE
from forms.grid import RawTab
from forms.layout import lay_out
from forms.parse import parse
from forms.sheet import (
    DOCUMENTS,
    FORM,
    AnyColumn,
    Book,
    Column,
    Content,
    DocumentColumn,
    Formula,
    Input,
    Note,
    Row,
    Sample,
)
from tests.forms.samples import order_of, regulation

Table = list[list[object]]
Typed = Mapping[str, Mapping[Column, object]]

KEY = "mau-2026:so-thu"


def tables_of(book: Book) -> dict[int, Table]:
    """The raw cells of every tab, as they are laid out."""
    return {tab.id: [[_raw(row, column) for column in tab.columns] for row in tab.rows] for tab in book.tabs}


def tabs_of(tables: Mapping[int, Table]) -> dict[int, RawTab]:
    """The same under the names that the tabs have in Vietnamese."""
    return {tab_id: RawTab({FORM: "Phiếu", DOCUMENTS: "Tài liệu"}[tab_id], cells) for tab_id, cells in tables.items()}


def read_back(order: FormOrder, tables: Mapping[int, Table]) -> FormReading:
    """Read raw cells as the form of an order."""
    return parse(tabs_of(tables), order.key, order.regulation, order.group)


def cells_of(typed: Typed, order: FormOrder | None = None) -> Table:
    """The small regulation's form with raw values in some cells, by anchor and column."""
    book = lay_out(order or order_of(regulation()), GOOGLE)
    table = tables_of(book)[FORM]
    for row, cells in zip(book.tabs[0].rows, table, strict=True):
        for column, raw in typed.get(row.key, {}).items():
            cells[column.position] = raw
    return table


def answered(**answers: object) -> Table:
    """The same with raw values in the answer cells, by question."""
    return cells_of({f"question:{key}": {Column.ANSWER: value} for key, value in answers.items()})


def documents_of(*rows: Mapping[DocumentColumn, object]) -> Table:
    """The list of documents with some rows filled in."""
    table = tables_of(lay_out(order_of(regulation()), GOOGLE))[DOCUMENTS]
    first = len(table) - 80
    for index, row in enumerate(rows):
        for column, raw in row.items():
            table[first + index][column.position] = raw
    return table


def _raw(row: Row, column: AnyColumn) -> object:
    if column is Column.KEY and row.key:
        return row.key
    return _shown(row.cells.get(column))


def _shown(content: Content | None) -> object:
    match content:
        case Input(value=value):
            return value if value != "" else None
        case Note(text=text, amount=amount):
            return text or (None if amount is None else float(amount))
        case Formula(value=value):
            return value if isinstance(value, str | int) else float(value)
        case None:
            return None
        case Sample(text=text):
            return text
        case str():
            return content or None
    return float(content)
