"""Rows of a CSV file that people made: any order of columns, semicolons or commas, UTF-8 with or without a mark."""

import csv
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from io import StringIO
from unicodedata import normalize

from words import Place, Problem, Series, Severity, Text, Value

_RISKY = ("=", "+", "-", "@", "\t", "\r", "'")
"""A cell that begins like this would be a formula in a spreadsheet; an apostrophe before it keeps it text."""


@dataclass(frozen=True, slots=True)
class Row:
    """One row by column name, every known column present, and where it begins."""

    file: str
    line: int
    cells: Mapping[str, str]

    def problem(self, code: str, column: str = "", /, **values: Value) -> Problem:
        """Return an error in this row."""
        return csv_problem(self.file, self.line, code, column, **values)


def csv_problem(file: str, line: int, code: str, column: str = "", /, **values: Value) -> Problem:
    """Return an error of a CSV file; its path is the column."""
    return Problem(code, Severity.ERROR, Place(file, line, path=column), Text(f"scoring.problem.{code}", **values))


def read_rows(
    text: str, file: str, required: Sequence[str], optional: Sequence[str]
) -> tuple[tuple[Row, ...], tuple[Problem, ...]]:
    """Read the rows under a header; what is wrong with the file is in the problems, and nothing is raised."""
    found = list(_read(normalize("NFC", text.removeprefix("\ufeff")), file, required, optional))
    rows = tuple(each for each in found if isinstance(each, Row))
    return rows, tuple(each for each in found if isinstance(each, Problem))


def _read(text: str, file: str, required: Sequence[str], optional: Sequence[str]) -> Iterator[Row | Problem]:
    line = 1
    try:
        records = _records(text)
        _, header = next(records, (1, []))
        names = [name.strip().casefold() for name in header]
        wrong = list(_header_problems(names, file, required, optional))
        yield from wrong
        for line, cells in () if wrong else records:
            yield from _row(file, line, names, [_plain(cell) for cell in cells], (*required, *optional))
    except csv.Error as error:
        yield csv_problem(file, line + 1, "csv", said=str(error))


def _records(text: str) -> Iterator[tuple[int, list[str]]]:
    """Yield each record with the line where it begins."""
    header, _, _ = text.partition("\n")
    reader = csv.reader(StringIO(text, newline=""), delimiter=";" if ";" in header else ",")
    begins = 1
    for cells in reader:
        yield begins, cells
        begins = reader.line_num + 1


def _header_problems(
    names: list[str], file: str, required: Sequence[str], optional: Sequence[str]
) -> Iterator[Problem]:
    for name in required:
        if name not in names:
            yield csv_problem(file, 1, "column_missing", name, column=name)
    for place, name in enumerate(names):
        if name in names[:place]:
            yield csv_problem(file, 1, "column_doubled", name, column=name)
        elif name not in (*required, *optional):
            known = Series((*required, *optional))
            yield csv_problem(file, 1, "column_unknown", name, column=name, known=known)


def _row(file: str, line: int, names: list[str], cells: list[str], columns: Sequence[str]) -> Iterator[Row | Problem]:
    if any(cells[len(names) :]):
        yield csv_problem(file, line, "row_too_long", n=len(names))
    elif any(cells):
        yield Row(file, line, dict.fromkeys(columns, "") | dict(zip(names, cells, strict=False)))


def _plain(cell: str) -> str:
    stripped = cell.strip()
    return stripped[1:] if stripped.startswith("'") and stripped[1:].startswith(_RISKY) else stripped


def write_rows(columns: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """Return the CSV text, with commas and a header."""
    written = StringIO(newline="")
    writer = csv.writer(written, lineterminator="\n")
    writer.writerow(columns)
    writer.writerows(rows)
    return written.getvalue()


def as_text(cell: str) -> str:
    """Return a person's text so that a spreadsheet takes it for text; `read_rows` takes the apostrophe off again."""
    return f"'{cell}" if cell.startswith(_RISKY) else cell
