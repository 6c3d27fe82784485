"""A spreadsheet in memory that somebody types into, without a server."""

from sandbox.google.formulas.evaluation import Place
from sandbox.google.formulas.values import Failure, Value
from sandbox.google.sheets.a1 import read_reference
from sandbox.google.sheets.book import Book, new_book, new_tab
from sandbox.google.sheets.computed import evaluation
from sandbox.google.sheets.edit import Edit
from tests.sandbox.google.office import MONDAY_MORNING


def paper(cells: dict[str, str], locale: str = "vi_VN") -> Edit:
    """A spreadsheet with the tabs Sheet1 and 'Số liệu' and these texts typed in."""
    book = new_book("paper", locale, "Asia/Ho_Chi_Minh")
    book.tabs.append(new_tab(7, "Số liệu"))
    edit = Edit(book, {}, None, MONDAY_MORNING)
    for name, typed in cells.items():
        tab, row, column = _place(book, name)
        found = book.tab(tab)
        assert found is not None
        edit.enter(found, row, column, edit.typed(found, row, column, typed))
    return edit


def _place(book: Book, name: str) -> Place:
    reference = read_reference(name)
    assert reference is not None
    tab = book.tabs[0] if reference.tab is None else book.tab_called(reference.tab)
    assert tab is not None
    return Place(tab.id, reference.area.top, reference.area.left)


def value(edit: Edit, name: str) -> Value:
    """What a cell is worth; errors as they are shown."""
    found = evaluation(edit.book).value(_place(edit.book, name))
    return found.value if isinstance(found, Failure) else found


def formula(edit: Edit, name: str) -> str:
    """The formula in a cell."""
    tab, row, column = _place(edit.book, name)
    found = edit.book.tab(tab)
    assert found is not None
    return str(found.cell(row, column)["userEnteredValue"]["formulaValue"])
