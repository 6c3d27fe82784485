"""One change of a spreadsheet by somebody: what every kind of change works with."""

from dataclasses import dataclass
from datetime import date, datetime
from zoneinfo import ZoneInfo

from sandbox.google.errors import Invalid
from sandbox.google.formulas.lexer import NotAFormula, translated
from sandbox.google.formulas.parser import Unsupported, parse
from sandbox.google.json_object import JSON
from sandbox.google.number_formats import UnknownPattern, sections
from sandbox.google.sheets import protection
from sandbox.google.sheets.a1 import Area
from sandbox.google.sheets.book import CELL_LIMIT, Book, Tab
from sandbox.google.sheets.display import number_format
from sandbox.google.sheets.entering import Entry, entered

LONGEST = 50_000  # characters in a cell


@dataclass(frozen=True, slots=True)
class Edit:
    """A spreadsheet, its file, and who changes it when; `email` is None for somebody with just the link."""

    book: Book
    file: JSON
    email: str | None
    now: datetime

    @property
    def owner(self) -> str | None:
        """Whose file it is; files of Shared Drives have no owner."""
        found: str | None = self.file.get("owner")
        return found

    @property
    def today(self) -> date:
        """The date where the spreadsheet is."""
        return self.now.astimezone(ZoneInfo(self.book.properties["timeZone"])).date()

    def check_cells(self, tab: Tab, area: Area) -> None:
        """Refuse to change cells that are protected."""
        if protection.guards_any(tab, area, self.email, self.owner):
            raise Invalid(protection.REFUSAL)

    def check_lines(self, tab: Tab, area: Area) -> None:
        """Refuse to insert, delete or move rows or columns that are protected."""
        if protection.guards_lines(tab, area, self.email, self.owner):
            raise Invalid(protection.REFUSAL)

    def check_size(self) -> None:
        """Refuse what made the spreadsheet larger than any may be."""
        if self.book.cell_count() > CELL_LIMIT:
            raise Invalid(
                f"This action would increase the number of cells in the workbook above the limit of {CELL_LIMIT} cells."
            )

    def typed(self, tab: Tab, row: int, column: int, text: str) -> Entry:
        """What a text becomes that is typed into this cell."""
        as_text = (number_format(tab.cell(row, column)) or {}).get("type") == "TEXT"
        return entered(text, self.book.locale, self.today, as_text=as_text)

    def enter(self, tab: Tab, row: int, column: int, entry: Entry) -> None:
        """Put an entry into a cell; a number format that comes with it fills in where the cell has none."""
        tab.put_value(row, column, self.checked(entry.value))
        if entry.format is not None and number_format(tab.cell(row, column)) is None:
            data = tab.cell(row, column)
            look = data.get("userEnteredFormat", {}) | {"numberFormat": entry.format}
            tab.put(row, column, data | {"userEnteredFormat": look})

    def checked(self, value: JSON | None) -> JSON | None:
        """An ExtendedValue as it is stored; refused where it is too long, or a formula that the sandbox cannot compute.

        What is no formula at all in the spreadsheet's locale is stored as it is and shows #ERROR!.
        """
        if not value:
            return None
        text = str(value.get("formulaValue") or value.get("stringValue") or "")
        if len(text) > LONGEST:
            raise Invalid(f"Your input contains more than the maximum of {LONGEST} characters in a single cell.")
        if "formulaValue" not in value:
            return None if text == "" and "stringValue" in value else value
        if not text.startswith("="):
            raise Invalid(f"A formulaValue has to begin with =: {text}")
        self.check_formula(text)
        return {"formulaValue": translated(text, self.book.locale, self.book.locale)}

    def check_formula(self, text: str) -> bool:
        """Refuse a formula that the sandbox cannot compute; False where it is none at all in this locale."""
        try:
            parse(text, self.book.locale)
        except NotAFormula:
            return False
        except Unsupported as unsupported:
            raise Invalid(f"The sandbox does not compute {unsupported}: {text}") from None
        return True


def check_format(look: JSON | None) -> None:
    """Refuse a CellFormat whose number format the sandbox cannot show."""
    given = (look or {}).get("numberFormat", {})
    try:
        sections(given.get("pattern", ""))
    except UnknownPattern as unknown:
        raise Invalid(f"The sandbox does not show numbers under the pattern {unknown}.") from None
    if given.get("type") == "SCIENTIFIC":
        raise Invalid("The sandbox does not show numbers in the scientific format.")
