"""What is wrong with something people gave us, where, and what to do about it."""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from words.text import Text


class Severity(StrEnum):
    """An error stops what was asked for; a notice is worth knowing."""

    ERROR = "error"
    NOTICE = "notice"


@dataclass(frozen=True, slots=True)
class Place:
    """Where a problem is: a cell of a form, or a spot in a file. Lines and columns count from 1."""

    file: str = ""
    line: int | None = None
    column: int | None = None
    path: str = ""
    tab: str = ""
    cell: str = ""

    def __str__(self) -> str:
        """As people point at it: `Phiếu!E12`, or `units.csv:3:5 groups.so.maximum`."""
        if self.cell:
            return f"{self.tab}!{self.cell}" if self.tab else self.cell
        spot = ":".join(str(part) for part in (self.file, self.line, self.column) if part)
        return " ".join(part for part in (spot, self.path) if part)


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing wrong: a stable `code` for programs, a `text` that says what and what to do for people."""

    code: str
    severity: Severity
    where: Place
    text: Text


def has_errors(problems: Iterable[Problem]) -> bool:
    """Whether any of the problems is an error."""
    return any(problem.severity is Severity.ERROR for problem in problems)
