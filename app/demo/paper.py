"""How a person finds their way on a form: by its lines and columns, whatever program shows it."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any, NamedTuple

from scoring import AnswerValue, Question
from words import format_number

DOCUMENT_FOR = "document_for"
UNSEEN = "\u200b"
"""What an Excel file has inside of marks that a program could take for one of its own escapes."""
_CELL = re.compile(r"([A-Z]+)([0-9]+)")


class Spot(NamedTuple):
    """A cell by the marks of its column and its line; a line of the list of documents is known by its place there."""

    column: str
    line: str | int


@dataclass(frozen=True, slots=True)
class Paper:
    """One tab as it lies before a person: where each line and each column stands, and what a drop-down offers."""

    title: str
    rows: Mapping[str, int]
    columns: Mapping[str, str]
    first: int
    choices: Mapping[str, tuple[str, ...]]

    def cell(self, spot: Spot) -> str:
        """The address of a spot."""
        row = self.first + spot.line if isinstance(spot.line, int) else self.rows[spot.line]
        return f"{self.columns[spot.column]}{row}"

    def chosen(self, spot: Spot, text: str | bool) -> str | bool:  # noqa: FBT001 - what a cell holds
        """What the drop-down offers for a question's number; other cells take what is typed."""
        if spot.column != DOCUMENT_FOR:
            return text
        return next(each for each in self.choices[self.cell(spot)] if each.split(" ")[0] == text)

    def has(self, spot: Spot) -> bool:
        """Whether the tab has such a cell."""
        return spot.column in self.columns and (isinstance(spot.line, int) or spot.line in self.rows)


def read_paper(title: str, shown: Mapping[str, Any], choices: Mapping[str, tuple[str, ...]]) -> Paper:
    """Find lines and columns by the marks in the first row and the first column; `choices` are by cell."""
    marks = {name: str(value).replace(UNSEEN, "") for name, value in shown.items() if value not in {None, ""}}
    columns, rows = {}, {}
    for name, mark in marks.items():
        letters, number = _parts(name)
        if number == 1:
            columns[mark] = letters
        elif letters == "A":
            rows[mark] = number
    offered = {name: each for name, each in choices.items() if each}
    return Paper(title, rows, columns, _first_of(offered, columns), offered)


def _first_of(choices: Mapping[str, tuple[str, ...]], columns: Mapping[str, str]) -> int:
    """The first row of the list of documents: the first where a question can be chosen."""
    column = columns.get(DOCUMENT_FOR)
    return min((number for letters, number in map(_parts, choices) if letters == column), default=0)


def _parts(name: str) -> tuple[str, int]:
    found = _CELL.fullmatch(name)
    if found is None:
        raise ValueError(f"{name} is no cell.")
    return found[1], int(found[2])


def typed(question: Question, value: AnswerValue) -> str:
    """A value as a Vietnamese official types it."""
    if isinstance(value, bool):
        return "Có" if value else "Không"
    if isinstance(value, int):
        return str(value)
    if isinstance(value, Decimal):
        return format_number(value, "vi").replace(".", "")
    if isinstance(value, date):
        return f"{value:%d/%m/%Y}"
    return question.choice(value).label if question.type == "choice" else value
