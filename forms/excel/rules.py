"""What Excel lets a person put into a cell, warns about, and says while the cell is chosen."""

from typing import Any

from xlsxwriter import Workbook

from forms.sheet import Input, address
from words import Language, Text, say

_LISTS = "xephang"
"""The sheet, out of sight, with the options of every drop-down: written into the cell itself they may have no comma
and no more than 255 letters."""
_LONGEST_HINT = 255


class Rules:
    """The validations of one workbook; each list of options stands in its hidden sheet once."""

    def __init__(self, workbook: Workbook, language: Language) -> None:
        self._sheet = workbook.add_worksheet(_LISTS)
        self._places: dict[tuple[str, ...], str] = {}
        self._yes = say(Text("forms.yes"), language)

    def shown(self, given: Input) -> str:
        """What stands in the cell already; a ticked box is a yes."""
        return given.value if isinstance(given.value, str) else self._yes if given.value else ""

    def of(self, given: Input, cell: str) -> dict[str, Any]:
        """The rule of a cell as XlsxWriter takes it; empty where there is neither a rule nor a hint."""
        hint = given.hint[:_LONGEST_HINT]
        rule = self._condition(given, cell) | ({"input_message": hint, "error_message": hint} if hint else {})
        return {"validate": "any", **rule} if rule else {}

    def _condition(self, given: Input, cell: str) -> dict[str, Any]:
        """What the cell should hold. Only a list is insisted on: another text has to arrive, to be answered."""
        match given.type:
            case "choice":
                return {"validate": "list", "source": self._place(given.options)}
            case "box":
                return {"validate": "list", "source": self._place((self._yes,))}
            case "integer" | "decimal":
                return {"validate": "custom", "value": _digits_only(cell), "error_type": "warning"}
            case "date":
                return {"validate": "custom", "value": _day_month_year(cell), "error_type": "warning"}
            case "text":
                return {}

    def _place(self, options: tuple[str, ...]) -> str:
        """Where the options stand, as a validation points at them."""
        if options not in self._places:
            column = len(self._places)
            for row, option in enumerate(options):
                self._sheet.write_string(row, column, option)
            letters = address(column, 0).removesuffix("1")
            self._places[options] = f"={_LISTS}!${letters}$1:${letters}${len(options)}"
        return self._places[options]

    def hide(self) -> None:
        """Keep people out of the sheet with the options."""
        self._sheet.very_hidden()
        self._sheet.protect()


def _digits_only(cell: str) -> str:
    """The cell holds digits with points and commas; where exactly they may stand, the column STATE knows better."""
    plain = f'SUBSTITUTE(SUBSTITUTE({cell},".",""),",","")'
    return f"=ISNUMBER({plain}*1)"


def _day_month_year(cell: str) -> str:
    """The cell holds a day as 31/12/2026."""
    day, month, year = f"LEFT({cell},2)", f"MID({cell},4,2)", f"RIGHT({cell},4)"
    meant = f"DATE({year},{month},{day})"
    return f"=AND(LEN({cell})=10,DAY({meant})=VALUE({day}),MONTH({meant})=VALUE({month}))"
