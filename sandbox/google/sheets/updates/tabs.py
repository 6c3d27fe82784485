"""The spreadsheet's own properties, and its tabs: updated, added, deleted, duplicated."""

import copy
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from sandbox.google.errors import Invalid
from sandbox.google.formulas.lexer import translated
from sandbox.google.formulas.moving import Deleted, orphaned, retitled
from sandbox.google.json_object import JSON
from sandbox.google.locales import LOCALES
from sandbox.google.masks import updated
from sandbox.google.sheets.a1 import Area
from sandbox.google.sheets.book import Book, Tab, new_tab
from sandbox.google.sheets.edit import Edit
from sandbox.google.sheets.ranges import tab_of
from sandbox.google.sheets.updates.dimensions import restructure
from sandbox.google.sheets.updates.fields import update_mask

OF_SPREADSHEET = frozenset({"title", "locale", "timeZone", "autoRecalc"})
OF_TAB = frozenset({"title", "index", "hidden", "gridProperties", "tabColor", "tabColorStyle", "rightToLeft"})
LONGEST_TITLE = 100


def update_spreadsheet(edit: Edit, request: JSON) -> JSON:
    """Title, locale (formulas are rewritten in its signs) and time zone."""
    mask, given = update_mask(request, "SpreadsheetProperties", OF_SPREADSHEET), request.get("properties", {})
    if "title" in mask:
        if not given.get("title"):
            raise Invalid("The title of a spreadsheet cannot be empty.")
        edit.file["name"] = given["title"]
    for name in mask.keys() - {"title"}:
        check_property(name, given.get(name))
        if name == "locale":
            _translate(edit.book, given["locale"])
        edit.book.properties[name] = given[name]
    return {}


def check_property(name: str, value: object) -> None:
    """Refuse a locale or a time zone that is none."""
    if name == "locale" and value not in LOCALES:
        raise Invalid(f"Unsupported locale: {value}")
    if name == "timeZone":
        try:
            ZoneInfo(str(value))
        except (ZoneInfoNotFoundError, ValueError, OSError):
            raise Invalid(f"Invalid time zone: {value}") from None


def _translate(book: Book, locale: str) -> None:
    for _, holder, key, formula in book.formulas():
        holder[key] = translated(formula, book.locale, LOCALES[locale])


def update(edit: Edit, request: JSON) -> JSON:
    """A tab's title, place, size, colour, and whether it is seen."""
    mask, given = update_mask(request, "SheetProperties", OF_TAB | {"sheetId"}), request.get("properties", {})
    tab = tab_of(edit.book, given.get("sheetId"))
    if "title" in mask:
        rename(edit.book, tab, given.get("title", ""))
    if "index" in mask:
        _move(edit.book, tab, given.get("index", 0))
    if "gridProperties" in mask:
        _resize(edit, tab, updated(tab.properties, given, {"gridProperties": mask["gridProperties"]}))
    rest = {name: below for name, below in mask.items() if name not in {"title", "index", "sheetId", "gridProperties"}}
    tab.properties = updated(tab.properties, given, rest)
    if all(each.hidden for each in edit.book.tabs):
        raise Invalid("You can't hide all the sheets in a document.")
    return {}


def rename(book: Book, tab: Tab, title: str) -> None:
    """Give a tab another title; formulas that name it follow."""
    _check_title(book, title, tab)
    for _, holder, key, formula in book.formulas():
        holder[key] = retitled(formula, book.locale, tab.title, title)
    tab.properties["title"] = title


def _check_title(book: Book, title: str, besides: Tab | None = None) -> None:
    if not title or len(title) > LONGEST_TITLE:
        raise Invalid(f"A sheet's title has from 1 to {LONGEST_TITLE} characters.")
    other = book.tab_called(title)
    if other is not None and other is not besides:
        raise Invalid(f'A sheet with the name "{title}" already exists. Please enter another name.')


def _move(book: Book, tab: Tab, index: int) -> None:
    if not 0 <= index <= len(book.tabs):
        raise Invalid(f"Sheet index {index} is out of range.")
    old = book.tabs.index(tab)
    book.tabs.insert(index, tab)
    del book.tabs[old if index > old else old + 1]


def _resize(edit: Edit, tab: Tab, properties: JSON) -> None:
    grid = properties["gridProperties"]
    rows, columns = grid.get("rowCount", 0), grid.get("columnCount", 0)
    check_grid(grid)
    old_rows, old_columns = tab.size
    if rows < old_rows:
        restructure(edit, tab, Deleted(rows, old_rows), rows=True)
    if columns < old_columns:
        restructure(edit, tab, Deleted(columns, old_columns), rows=False)
    tab.properties = properties
    edit.check_size()


def check_grid(grid: JSON) -> None:
    """Refuse a grid without cells, or without a row or column that is not frozen."""
    for counted, frozen in (("rowCount", "frozenRowCount"), ("columnCount", "frozenColumnCount")):
        if grid.get(counted, 0) < 1:
            raise Invalid(f"gridProperties.{counted} has to be at least 1.")
        if grid.get(frozen, 0) >= grid[counted]:
            raise Invalid("You can't freeze all visible rows or columns on the sheet.")


def add(edit: Edit, request: JSON) -> JSON:
    """A new tab, at the end unless told otherwise."""
    given = request.get("properties", {})
    tab = made(edit.book, given)
    edit.book.tabs.append(tab)
    if "index" in given:
        _move(edit.book, tab, given["index"])
    edit.check_size()
    return {"properties": view(edit.book, tab)}


def made(book: Book, given: JSON) -> Tab:
    """A new tab with these SheetProperties, not yet among the others."""
    if given.get("sheetType", "GRID") != "GRID":
        raise Invalid("The sandbox has sheets of the type GRID only.")
    id_ = given.get("sheetId", book.new_number())
    if book.tab(id_) is not None or id_ < 0:
        raise Invalid(f"Sheet id {id_} cannot be used: it is taken or negative.")
    title = given.get("title", f"Sheet{len(book.tabs) + 1}")
    _check_title(book, title)
    tab = new_tab(id_, title)
    tab.properties["gridProperties"] |= given.get("gridProperties", {})
    check_grid(tab.properties["gridProperties"])
    rest = OF_TAB - {"title", "index", "gridProperties"}
    tab.properties |= {name: value for name, value in given.items() if name in rest}
    return tab


def delete(edit: Edit, request: JSON) -> JSON:
    """A tab less; formulas that name it show #REF!."""
    tab = tab_of(edit.book, request.get("sheetId"))
    if all(other.hidden for other in edit.book.tabs if other is not tab):
        raise Invalid("You can't remove all the visible sheets in a document.")
    edit.check_lines(tab, Area(0, 0, None, None))
    edit.book.tabs.remove(tab)
    for _, holder, key, formula in edit.book.formulas():
        holder[key] = orphaned(formula, edit.book.locale, tab.title)
    return {}


def duplicate(edit: Edit, request: JSON) -> JSON:
    """A copy of a tab; protected ranges are not copied, as in the service."""
    source = tab_of(edit.book, request.get("sourceSheetId"))
    id_ = request.get("newSheetId", edit.book.new_number())
    title = request.get("newSheetName", f"Copy of {source.title}")
    if edit.book.tab(id_) is not None:
        raise Invalid(f"Sheet id {id_} is taken.")
    _check_title(edit.book, title)
    tab = copy.deepcopy(source)
    tab.properties |= {"sheetId": id_, "title": title}
    tab.protections = []
    for given in (*tab.merges, *(each for rule in tab.conditional for each in rule["ranges"])):
        given["sheetId"] = id_
    edit.book.tabs.insert(request.get("insertSheetIndex", 0), tab)
    edit.check_size()
    return {"properties": view(edit.book, tab)}


def view(book: Book, tab: Tab) -> JSON:
    """A tab's SheetProperties, with its place among the others."""
    return tab.properties | {"index": book.tabs.index(tab)}
