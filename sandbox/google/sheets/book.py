"""A spreadsheet as the sandbox keeps it: tabs of sparse cells, each cell in the API's own shape (CellData)."""

import copy
from collections.abc import Iterator
from dataclasses import dataclass, field
from hashlib import sha256
from typing import Any

import msgspec

from sandbox.google.json_object import JSON
from sandbox.google.locales import LOCALES, Locale
from sandbox.google.sheets.a1 import Area
from sandbox.store import Store

ROWS, COLUMNS = 1_000, 26
CELL_LIMIT = 10_000_000
KIND = "google_book"
FORMAT = "userEnteredFormat"


@dataclass(slots=True)
class Tab:
    """One sheet of a spreadsheet. Rows and columns are counted from zero; `rows` and `columns` hold what is special.

    `merges`, `protections`, `conditional` and `filter` are the API's GridRange, ProtectedRange,
    ConditionalFormatRule and BasicFilter.
    """

    properties: JSON
    cells: dict[tuple[int, int], JSON] = field(default_factory=dict)
    rows: dict[int, JSON] = field(default_factory=dict)
    columns: dict[int, JSON] = field(default_factory=dict)
    merges: list[JSON] = field(default_factory=list)
    protections: list[JSON] = field(default_factory=list)
    conditional: list[JSON] = field(default_factory=list)
    filter: JSON | None = None

    @property
    def id(self) -> int:
        """The number that stays when the title changes."""
        number: int = self.properties["sheetId"]
        return number

    @property
    def title(self) -> str:
        """What its tab says."""
        title: str = self.properties["title"]
        return title

    @property
    def size(self) -> tuple[int, int]:
        """Rows and columns of the grid."""
        grid = self.properties["gridProperties"]
        return grid["rowCount"], grid["columnCount"]

    @property
    def hidden(self) -> bool:
        """Whether people see its tab."""
        return bool(self.properties.get("hidden"))

    def set_size(self, rows: int, columns: int) -> None:
        """Another size; what lies outside must have been taken away."""
        self.properties["gridProperties"] |= {"rowCount": rows, "columnCount": columns}

    def cell(self, row: int, column: int) -> JSON:
        """The cell's data, empty where nothing was ever put."""
        return self.cells.get((row, column), {})

    def put(self, row: int, column: int, data: JSON) -> None:
        """Replace a cell's data."""
        if data:
            self.cells[row, column] = data
        else:
            self.cells.pop((row, column), None)

    def put_value(self, row: int, column: int, value: JSON | None) -> None:
        """Replace what was entered into a cell; its format, note and rule stay."""
        data = {name: part for name, part in self.cell(row, column).items() if name not in VALUE_PARTS}
        self.put(row, column, data | ({"userEnteredValue": value} if value else {}))

    def within(self, area: Area) -> Area:
        """The part of an area that lies in the grid, closed."""
        return area.within(*self.size)


VALUE_PARTS = {"userEnteredValue", "textFormatRuns"}


@dataclass(slots=True)
class Book:
    """A spreadsheet; its title is the file's name, which Drive keeps."""

    id: str
    properties: JSON
    tabs: list[Tab]
    numbers: int = 0

    @property
    def locale(self) -> Locale:
        """How it writes numbers and formulas."""
        return LOCALES[self.properties["locale"]]

    def tab(self, id_: int) -> Tab | None:
        """The tab with that number."""
        return next((tab for tab in self.tabs if tab.id == id_), None)

    def tab_called(self, title: str) -> Tab | None:
        """The tab with that title; capitals make no difference."""
        return next((tab for tab in self.tabs if tab.title.casefold() == title.casefold()), None)

    def first_visible(self) -> Tab:
        """The tab that somebody sees who opens the spreadsheet."""
        return next((tab for tab in self.tabs if not tab.hidden), self.tabs[0])

    def new_number(self) -> int:
        """A number for a tab or a protected range, like Google's, and the same in every run."""
        self.numbers += 1
        digest = sha256(f"{self.id} {self.numbers}".encode()).hexdigest()
        return int(digest, 16) % (2**31)

    def cell_count(self) -> int:
        """The cells of all grids, empty ones too."""
        return sum(rows * columns for rows, columns in (tab.size for tab in self.tabs))

    def formulas(self) -> Iterator[tuple[Tab, JSON, str, str]]:
        """Every formula: its tab, the object that holds it, the key there, its text."""
        for tab in self.tabs:
            for data in tab.cells.values():
                if "formulaValue" in data.get("userEnteredValue", {}):
                    yield tab, data["userEnteredValue"], "formulaValue", data["userEnteredValue"]["formulaValue"]
                yield from _in_condition(tab, data.get("dataValidation"))
            for rule in tab.conditional:
                yield from _in_condition(tab, rule.get("booleanRule"))


def _in_condition(tab: Tab, rule: JSON | None) -> Iterator[tuple[Tab, JSON, str, str]]:
    for value in (rule or {}).get("condition", {}).get("values", []):
        if value.get("userEnteredValue", "").startswith("="):
            yield tab, value, "userEnteredValue", value["userEnteredValue"]


def new_book(id_: str, locale: str = "en_US", time_zone: str = "Etc/GMT") -> Book:
    """An empty spreadsheet as Google makes it: one tab of 1000 rows and 26 columns."""
    properties = {"locale": locale, "timeZone": time_zone, "autoRecalc": "ON_CHANGE"}
    return Book(id_, properties, [new_tab(0, "Sheet1")])


def new_tab(id_: int, title: str) -> Tab:
    """An empty tab."""
    grid = {"rowCount": ROWS, "columnCount": COLUMNS}
    return Tab({"sheetId": id_, "title": title, "sheetType": "GRID", "gridProperties": grid})


def copy_of(book: Book, id_: str) -> Book:
    """The same spreadsheet under another id."""
    return Book(id_, copy.deepcopy(book.properties), copy.deepcopy(book.tabs), book.numbers)


def load(store: Store, id_: str) -> Book:
    """The spreadsheet of a file; KeyError where there is none."""
    kept = store.get(KIND, id_)
    if kept is None:
        raise KeyError(id_)
    return Book(id_, kept["properties"], [_tab(tab, kept["formats"]) for tab in kept["tabs"]], kept["numbers"])


def save(store: Store, book: Book) -> None:
    """Keep the spreadsheet."""
    looks = _Looks()
    tabs = [_kept(tab, looks) for tab in book.tabs]
    formats = [msgspec.json.decode(look) for look in looks.by_text]
    store.put(KIND, book.id, {"properties": book.properties, "tabs": tabs, "formats": formats, "numbers": book.numbers})


class _Looks:
    """Formats by number, so that equal ones are written once."""

    def __init__(self) -> None:
        self.by_text: dict[bytes, int] = {}
        self._by_object: dict[int, int] = {}

    def number(self, look: JSON) -> int:
        if id(look) not in self._by_object:
            text = msgspec.json.encode(look, order="sorted")
            self._by_object[id(look)] = self.by_text.setdefault(text, len(self.by_text))
        return self._by_object[id(look)]


def _tab(kept: JSON, formats: list[JSON]) -> Tab:
    cells = {}
    for row, column, look, data in kept["cells"]:
        cells[row, column] = data if look is None else {**data, FORMAT: formats[look]}
    rows, columns = dict(kept["rows"]), dict(kept["columns"])
    lists = (kept["merges"], kept["protections"], kept["conditional"], kept["filter"])
    return Tab(kept["properties"], cells, rows, columns, *lists)


def _kept(tab: Tab, looks: _Looks) -> JSON:
    return {
        "properties": tab.properties,
        "cells": [_kept_cell(at, data, looks) for at, data in tab.cells.items()],
        "rows": list(tab.rows.items()),
        "columns": list(tab.columns.items()),
        "merges": tab.merges,
        "protections": tab.protections,
        "conditional": tab.conditional,
        "filter": tab.filter,
    }


def _kept_cell(at: tuple[int, int], data: JSON, looks: _Looks) -> list[Any]:
    if FORMAT not in data:
        return [*at, None, data]
    return [*at, looks.number(data[FORMAT]), {name: part for name, part in data.items() if name != FORMAT}]
