"""The process in which somebody's workbook is opened: it gets so much memory and time, and no more.

It is run as a script of its own, without the rest of the product: bytes on stdin, JSON on stdout. Whatever else it
does, it dies, and its parent goes on. It reads the cells and nothing else of a workbook, in one pass over each part.
"""

import json
import re
import resource
import sys
from collections.abc import Iterator, Mapping, Sequence
from datetime import date, timedelta
from decimal import Decimal
from io import BytesIO
from posixpath import join, normpath
from typing import Any, Literal
from xml.etree.ElementTree import Element, XMLPullParser
from zipfile import ZipFile

MEMORY, SECONDS = 512 * 1024 * 1024, 5
"""In bytes; of the processor's time. A form takes a tenth of a second, the most that is let in about two."""
ROWS, COLUMNS = 20_000, 256
SHEETS, CELLS = 40, 300_000
"""The cells in all sheets together, and with the gaps between them. The largest form has 3 sheets and 3,200 cells."""
LETTERS = 5_000_000
"""In all cells together: one text may stand in many of them."""

_BOOK, _RELATED = "xl/workbook.xml", "xl/_rels/workbook.xml.rels"
_CHUNK = 1 << 16
_TRUE, _FALSE = {"1", "true"}, {"0", "false"}
_ROW = re.compile(r"[1-9][0-9]{0,9}")
_CELL = re.compile(r"([A-Z]{1,3})[1-9][0-9]{0,9}")
_INDEX = re.compile(r"[0-9]{1,9}")
_NUMBER = re.compile(r"[+-]?(?:[0-9]+(?:\.[0-9]*)?|\.[0-9]+)(?:[eE][+-]?[0-9]{1,3})?")
_LONGEST_NUMBER, _LARGEST_POWER = 40, 300
_LONGEST_TIME = 10_000
"""In days."""
_WHITE = " \t\r\n"
_DAY = re.compile(r"([0-9]{4}-[0-9]{2}-[0-9]{2})(?:T.*)?")
_MISTAKE = "#VALUE!"
"""Stands for what a cell cannot mean."""

_Parts = dict[str, bytes]
_Kind = Literal["", "percent", "day", "time"]
_BUILT_IN: Mapping[int, _Kind] = {
    **dict.fromkeys((9, 10), "percent"),
    # From 27 on those of Chinese programs.
    **dict.fromkeys((14, 15, 16, 17, 22, 27, 28, 29, 30, 31, 36, 50, 51, 52, 53, 54, 57, 58), "day"),
    **dict.fromkeys((18, 19, 20, 21, 32, 33, 34, 35, 45, 46, 47, 55, 56), "time"),
}
_LONGEST_FORMAT = 255
_PRINTED = re.compile(r'"[^"]*"|\\.|[_*].|\[(?![hms]+\])[^\]]*\]', re.IGNORECASE)
"""What a number format only prints, colours, conditions and currencies."""


class FarCellError(Exception):
    """Something stands in a cell, named in the message, that is beyond any form."""


class OverloadedError(Exception):
    """There is more in the workbook than anybody types."""


def main() -> None:
    """Read a workbook and print its tabs, or what is too much about it."""
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS))
    try:
        found: object = tabs(sys.stdin.buffer.read())
    except FarCellError as far:
        found = {"far_cell": str(far)}
    except OverloadedError:
        found = {"overloaded": True}
    json.dump(found, sys.stdout)


def tabs(content: bytes) -> list[dict[str, Any]]:
    """Every sheet with cells: its title, and its rows without the empty cells at their ends.

    Numbers under a percentage format come as {"percent": 0.85}, days as {"date": "2026-01-31"}; of a formula there is
    what it last came to, or {"uncomputed": true}, of merged cells the first. What a cell cannot mean is #VALUE!, and
    what is no number comes as the text that it is.
    """
    with ZipFile(BytesIO(content)) as package:
        parts = {name: package.read(name) for name in package.namelist()}
    related = {
        each.attrib["Id"]: (
            each.attrib["Type"].rpartition("/")[2],
            normpath(join("/xl", each.attrib["Target"])).lstrip("/"),
        )
        for each in _elements(parts, _RELATED, "Relationship")
    }
    by_kind = dict(related.values())  # but for the sheets there is one of each kind
    first_day, sheets = _book(parts)
    if len(sheets) > SHEETS:
        raise OverloadedError
    texts, kinds = _texts(parts, by_kind.get("sharedStrings")), _kinds(parts, by_kind.get("styles"))
    cells = _Cells(texts, kinds, first_day)
    found = [(title, *related.get(place, ("", ""))) for title, place in sheets]
    return [
        {"title": title, "rows": cells.rows(_elements(parts, part, "row"))}
        for title, kind, part in found
        if kind == "worksheet"
    ]


def _elements(parts: _Parts, part: str, *names: str) -> Iterator[Element]:
    """The elements of these names, of whatever namespace, each with all that is in it.

    Given as text the part is never taken for another encoding, whatever it says itself. It is taken away, for a large
    one that many sheets share would be read many times.
    """
    text = parts.pop(part).decode("utf-8-sig")
    parser: Any = XMLPullParser(("end",))  # whose events are typed for namespaces and comments too
    for start in range(0, len(text), _CHUNK):
        parser.feed(text[start : start + _CHUNK])
        yield from (element for _, element in parser.read_events() if _name(element) in names)
    parser.close()


def _name(element: Element) -> str:
    return element.tag.rpartition("}")[2]


def _book(parts: _Parts) -> tuple[date, list[tuple[str, str]]]:
    """The day 0 of the workbook's calendar; the title of every sheet, and the id of what it is related to."""
    first_day, sheets = date(1899, 12, 30), []
    for each in _elements(parts, _BOOK, "workbookPr", "sheet"):
        if each.get("date1904") in _TRUE:
            first_day = date(1904, 1, 1)
        if _name(each) == "sheet":
            place = next((value for name, value in each.attrib.items() if name.endswith("}id")), "")
            sheets.append((each.get("name", ""), place))
    return first_day, sheets


def _texts(parts: _Parts, part: str | None) -> list[str]:
    """The texts that cells name by their numbers."""
    return [_text(each) for each in _elements(parts, part, "si")] if part else []


def _text(element: Element) -> str:
    """A text with or without formats; how it is pronounced stands there too, and is left out."""
    runs = (run for each in element for run in (each if _name(each) == "r" else (each,)) if _name(run) == "t")
    text = "".join(run.text or "" for run in runs)
    return text.replace("x005F_", "").replace("_x000D_", "")  # the half of a line's end, as the format writes it


def _kinds(parts: _Parts, part: str | None) -> list[_Kind]:
    """What the numbers are under each of the formats that cells name by their numbers."""
    if part is None:
        return []
    formats, styles = {}, []
    for each in _elements(parts, part, "numFmts", "cellXfs"):
        if _name(each) == "numFmts":
            formats = {code.get("numFmtId"): _kind(code.get("formatCode", "")) for code in each}
        else:
            styles = [style.get("numFmtId", "") for style in each]
    built_in: dict[str | None, _Kind] = {str(number): kind for number, kind in _BUILT_IN.items()}
    known = built_in | formats
    return [known.get(style, "") for style in styles]


def _kind(code: str) -> _Kind:
    letters = set(_PRINTED.sub("", code[:_LONGEST_FORMAT]).partition(";")[0].lower())
    if letters & {"d", "y"} or ("m" in letters and not letters & {"h", "s"}):
        return "day"
    return "time" if letters & {"h", "s"} else "percent" if "%" in letters else ""


class _Cells:
    """Cells as JSON has them, and how many more there may be."""

    def __init__(self, texts: Sequence[str], kinds: Sequence[_Kind], first_day: date) -> None:
        self._texts = texts
        self._kinds = kinds
        self._first_day = first_day
        self._left, self._letters_left = CELLS, LETTERS

    def rows(self, elements: Iterator[Element]) -> list[list[Any]]:
        """The rows down to the last with something in it; programs write empty ones down to the end of the world."""
        found: dict[int, list[Any]] = {}
        number = 0
        for element in elements:
            placed = element.get("r", "")
            number = int(placed) if _ROW.fullmatch(placed) else number + 1
            cells = self._row(element, number)
            element.clear()
            if cells:
                found[number] = cells
        last = max(found, default=0)
        self._take(last)
        return [found.get(number, []) for number in range(1, last + 1)]

    def _row(self, element: Element, row: int) -> list[Any]:
        found: dict[int, Any] = {}
        column = 0
        for cell in element:
            if _name(cell) != "c":
                continue
            placed = _CELL.fullmatch(cell.get("r", ""))
            column = _number(placed[1]) if placed else column + 1
            value = self._value(cell)
            if value is None or value == "":
                continue
            if row > ROWS or column > COLUMNS:
                raise FarCellError(f"{_letters(column)}{row}")
            found[column] = value
        last = max(found, default=0)
        self._take(last)
        return [found.get(column) for column in range(1, last + 1)]

    def _take(self, count: int) -> None:
        self._left -= count
        if self._left < 0:
            raise OverloadedError

    def _value(self, cell: Element) -> Any:  # noqa: ANN401 - what JSON has
        within = {_name(each): each for each in cell}
        kind = cell.get("t", "n")
        if kind == "inlineStr" and "is" in within:
            return self._counted(_text(within["is"]))
        text = within["v"].text or "" if "v" in within else ""
        if not text:
            return {"uncomputed": True} if "f" in within and kind != "str" else None
        match kind:
            case "n":
                return self._number(text.strip(_WHITE), cell.get("s", ""))
            case "s":
                index = int(text) if _INDEX.fullmatch(text) else len(self._texts)
                return self._counted(self._texts[index]) if index < len(self._texts) else _MISTAKE
            case "b":
                return text in _TRUE if text in _TRUE | _FALSE else _MISTAKE
            case "e":
                return self._counted(text) if text.startswith("#") else _MISTAKE
            case "d":
                day = _DAY.fullmatch(text)
                return {"date": day[1]} if day and _is_day(day[1]) else self._counted(text)
        return self._counted(text.replace("_x000D_", ""))

    def _counted(self, text: str) -> str:
        self._letters_left -= len(text)
        if self._letters_left < 0:
            raise OverloadedError
        return text

    def _number(self, text: str, style: str) -> Any:  # noqa: ANN401 - what JSON has
        if len(text) > _LONGEST_NUMBER or not _NUMBER.fullmatch(text):
            return self._counted(text)
        exact = Decimal(text)
        if exact and abs(exact.adjusted()) > _LARGEST_POWER:
            return self._counted(text)
        value = float(text) if set(text) & set(".eE") else int(text)
        index = int(style) if _INDEX.fullmatch(style) else len(self._kinds)
        match self._kinds[index] if index < len(self._kinds) else "":
            case "percent":
                return {"percent": value}
            case "day" if value >= 1:
                return self._day(int(value))
            case "day" | "time":
                return _time(value)
        return value

    def _day(self, number: int) -> Any:  # noqa: ANN401 - what JSON has
        try:
            return {"date": (self._first_day + timedelta(days=number)).isoformat()}
        except OverflowError:
            return _MISTAKE


def _time(value: float) -> str:
    """Hours, minutes and seconds of this part of a day."""
    if not 0 <= value <= _LONGEST_TIME:
        return _MISTAKE
    seconds = round(value * 86_400)
    return f"{seconds // 3600}:{seconds // 60 % 60:02}:{seconds % 60:02}"


def _is_day(text: str) -> bool:
    try:
        date.fromisoformat(text)
    except ValueError:
        return False
    return True


def _number(letters: str) -> int:
    """A column's number, counted from 1."""
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - ord("A") + 1
    return number


def _letters(number: int) -> str:
    """A column's letters."""
    letters = ""
    while number:
        number, place = divmod(number - 1, 26)
        letters = chr(ord("A") + place) + letters
    return letters


if __name__ == "__main__":
    main()
