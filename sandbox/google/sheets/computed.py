"""A spreadsheet's cells with their values: what the evaluation of formulas reads."""

from functools import cached_property

from sandbox.google.formulas.evaluation import Evaluation, Formula, Place
from sandbox.google.formulas.values import Failure, Value
from sandbox.google.json_object import JSON
from sandbox.google.locales import Locale
from sandbox.google.sheets.book import Book, Tab

FAILURES = {
    "ERROR": Failure.ERROR,
    "NULL_VALUE": Failure.NULL,
    "DIVIDE_BY_ZERO": Failure.DIVIDE_BY_ZERO,
    "VALUE": Failure.VALUE,
    "REF": Failure.REF,
    "NAME": Failure.NAME,
    "NUM": Failure.NUM,
    "N_A": Failure.NOT_AVAILABLE,
}
"""By the names of the API."""
TYPES = {failure: name for name, failure in FAILURES.items()}


class Snapshot:
    """A spreadsheet between two changes."""

    def __init__(self, book: Book) -> None:
        self._book = book
        self._tabs = {tab.id: tab for tab in book.tabs}

    @property
    def locale(self) -> Locale:
        """The spreadsheet's."""
        return self._book.locale

    def tab_called(self, title: str) -> int | None:
        """The number of the tab with that title."""
        tab = self._book.tab_called(title)
        return None if tab is None else tab.id

    def size(self, tab: int) -> tuple[int, int]:
        """Rows and columns of a tab."""
        return self._tabs[tab].size

    def content(self, place: Place) -> Value | Formula:
        """What was put into a cell."""
        data = self._tabs[place.tab].cells.get((place.row, place.column))
        return None if data is None else content(data)

    def formulas(self, tab: int) -> list[tuple[int, int]]:
        """The cells of a tab that hold a formula."""
        return self._formulas[tab]

    @cached_property
    def _formulas(self) -> dict[int, list[tuple[int, int]]]:
        return {id_: _formula_cells(tab) for id_, tab in self._tabs.items()}


def _formula_cells(tab: Tab) -> list[tuple[int, int]]:
    return [at for at, data in tab.cells.items() if "formulaValue" in data.get("userEnteredValue", ())]


def content(data: JSON) -> Value | Formula:
    """What a CellData holds."""
    entered = data.get("userEnteredValue")
    if not entered:
        return None
    kind, value = next(iter(entered.items()))
    match kind:
        case "formulaValue":
            return Formula(value)
        case "numberValue":
            return float(value)
        case "errorValue":
            return FAILURES.get(value.get("type"), Failure.ERROR)
    read: Value = value
    return read


def evaluation(book: Book) -> Evaluation:
    """The values of the spreadsheet as it is now."""
    return Evaluation(Snapshot(book))


def extended(value: Value) -> JSON | None:
    """A value as the API's ExtendedValue; None for an empty cell."""
    match value:
        case None:
            return None
        case bool():
            return {"boolValue": value}
        case str():
            return {"stringValue": value}
        case Failure():
            return {"errorValue": {"type": TYPES[value], "message": value.value}}
    return {"numberValue": plain_number(value)}


def plain_number(value: float) -> float | int:
    """A whole number without its point, as JSON shows it."""
    return int(value) if value.is_integer() and abs(value) < 2**53 else value
