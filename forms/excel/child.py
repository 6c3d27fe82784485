"""The process in which somebody's workbook is opened: it gets so much memory and time, and no more.

It is run as a script of its own, without the rest of the product: bytes on stdin, JSON on stdout. Whatever else it
does, it dies, and its parent goes on.
"""

import json
import re
import resource
import sys
from collections.abc import Iterable, Iterator
from datetime import date, datetime
from io import BytesIO
from typing import Any

MEMORY, SECONDS = 512 * 1024 * 1024, 20
"""In bytes; of the processor's time."""
ROWS, COLUMNS = 20_000, 256
LETTERS = 5_000_000
"""In all cells together: one text may stand in many of them."""

_SHEETS = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_UNCOMPUTED = object()
_LITERAL = re.compile(r'"[^"]*"|\\.')
"""What a number format only prints."""


def main() -> None:
    """Read a workbook and print its tabs."""
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS))
    for heavy in ("numpy", "lxml", "PIL"):  # openpyxl imports them where they are, and reading cells needs none
        sys.modules[heavy] = None  # type: ignore[assignment] # which is how Python keeps a module from being imported
    json.dump(tabs(sys.stdin.buffer.read()), sys.stdout)


def tabs(content: bytes) -> list[dict[str, Any]]:
    """Every sheet with cells: its title, and its rows without the empty cells at their ends.

    Numbers under a percentage format come as {"percent": 0.85}, days as {"date": "2026-01-31"}; of a formula there is
    what it last came to, or {"uncomputed": true}, of merged cells the first.
    """
    # Here, under the limits, which the parent does not have.
    from openpyxl import load_workbook  # noqa: PLC0415
    from openpyxl.worksheet import _read_only  # noqa: PLC0415

    _read_only.WorkSheetParser = _noticing(_read_only.WorkSheetParser)
    book = load_workbook(BytesIO(content), read_only=True, data_only=True, keep_links=False)
    left = LETTERS
    found = []
    for sheet in book.worksheets:
        sheet.reset_dimensions()  # what the file says of them may be anything
        rows = [*_rows(sheet.iter_rows())]
        left -= sum(len(cell) for row in rows for cell in row if isinstance(cell, str))
        if left < 0:
            raise ValueError("There is more text in this workbook than anybody types.")
        found.append({"title": sheet.title, "rows": rows})
    return found


def _noticing(parser: type[Any]) -> type[Any]:
    """The parser of openpyxl, which would take a formula that nobody has computed for an empty cell."""

    class Noticing(parser):  # type: ignore[misc] # openpyxl has no types
        def parse_cell(self, element: Any) -> dict[str, Any]:  # noqa: ANN401
            cell: dict[str, Any] = super().parse_cell(element)
            is_formula = element.find(f"{{{_SHEETS}}}f") is not None
            if is_formula and cell["value"] is None and cell["data_type"] != "str":  # which may well be empty
                cell |= {"value": _UNCOMPUTED, "data_type": "s"}
            return cell

    return Noticing


def _rows(rows: Iterable[tuple[Any, ...]]) -> Iterator[list[Any]]:
    """The rows down to the last with something in it; programs write empty ones down to the end of the world."""
    empty = 0
    for number, row in enumerate(rows, start=1):
        cells = _trimmed([_value(cell) for cell in row])
        if not cells:
            empty += 1
            continue
        if number > ROWS or len(cells) > COLUMNS:
            raise ValueError("There are cells beyond any form.")
        yield from ([] for _ in range(empty))
        yield cells
        empty = 0


def _trimmed(cells: list[Any]) -> list[Any]:
    while cells and cells[-1] is None:
        cells.pop()
    return cells


def _value(cell: Any) -> Any:  # noqa: ANN401 - openpyxl has no types
    """A cell as JSON has it."""
    value = cell.value
    if value is _UNCOMPUTED:
        return {"uncomputed": True}
    if isinstance(value, datetime):
        return {"date": value.date().isoformat()}
    if isinstance(value, date):
        return {"date": value.isoformat()}
    if value is None or isinstance(value, bool):
        return value
    if isinstance(value, int | float):
        return {"percent": value} if "%" in _LITERAL.sub("", cell.number_format) else value
    return str(value).replace("_x000D_", "")  # so the format writes the half of a line's end


if __name__ == "__main__":
    main()
