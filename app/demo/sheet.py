"""How a person fills in a sheet: find the row of the question, type into its cell."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from scoring import AnswerValue, Question
from words import format_number


@dataclass(frozen=True, slots=True)
class Paper:
    """A sheet as it lies before a person: where each line and each column stands."""

    rows: Mapping[str, int]
    columns: Mapping[str, str]

    def cell(self, line: str, column: str) -> str:
        """The address of a cell by the marks of its line and its column."""
        return f"{self.columns[column]}{self.rows[line]}"

    def has(self, line: str, column: str) -> bool:
        """Whether the sheet has such a cell."""
        return line in self.rows and column in self.columns


def read_paper(shown: dict[str, Any]) -> Paper:
    """Find lines and columns in what the sandbox shows of a sheet, by the marks in its first row and column."""
    cells: dict[str, Any] = shown["tabs"][0]["cells"]
    marks = {address: cell.get("value") for address, cell in cells.items() if cell.get("value")}
    columns = {str(mark): address[:-1] for address, mark in marks.items() if address[1:] == "1"}
    rows = {
        str(mark): int(address[1:])
        for address, mark in marks.items()
        if address.startswith("A") and address[1:].isdigit()
    }
    return Paper(rows, columns)


def typed(question: Question, value: AnswerValue) -> Any:  # noqa: ANN401 - what JSON carries to a cell
    """A value as a Vietnamese official types it."""
    if isinstance(value, bool):
        return "Có" if value else "Không"
    if isinstance(value, int):
        return value
    if isinstance(value, Decimal):
        return format_number(value, "vi").replace(".", "")
    if isinstance(value, date):
        return f"{value:%d/%m/%Y}"
    return question.choice(value).label if question.type == "choice" else value
