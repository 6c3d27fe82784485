"""Where everything stands in the file, and everything that is wrong with it."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import TypeAlias

from words import Place, Problem, Severity, Text, Value

Path: TypeAlias = tuple[str | int | date, ...]
"""How to get to a value from the top of the document: keys, and positions in lists counted from 0."""


NAME = re.compile(r"(?<![\w.-])[a-z][a-z0-9_]*(?![\w-])")
"""What may be the id of a question or node in a value, alone or in a quantity."""


@dataclass(slots=True)
class Report:
    """Collects problems while a file is read. `places` has line and column, `scalars` the text of each single value.

    Below `not_in_force` stand the amended values that do not hold on the day.
    """

    file: str
    places: dict[Path, tuple[int, int]] = field(default_factory=dict)
    scalars: dict[Path, str] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)
    not_in_force: set[Path] = field(default_factory=set)

    def error(self, code: str, path: Path, /, **values: Value) -> None:
        """Add what keeps the regulation from being used."""
        self.error_at(self._spot(path), code, path, **values)

    def error_at(self, spot: tuple[int, int], code: str, path: Path, /, **values: Value) -> None:
        """Add an error whose line and column the path does not tell."""
        self._add(Severity.ERROR, spot, code, path, values)

    def notice(self, code: str, path: Path, /, **values: Value) -> None:
        """Add what is worth knowing."""
        self._add(Severity.NOTICE, self._spot(path), code, path, values)

    def _add(
        self, severity: Severity, spot: tuple[int, int], code: str, path: Path, values: Mapping[str, Value]
    ) -> None:
        where = Place(self.file, *spot, ".".join(str(part) for part in path if part != ""))
        self.problems.append(Problem(code, severity, where, Text(f"scoring.problem.{code}", **values)))

    def _spot(self, path: Path) -> tuple[int, int]:
        """Point at the path, or at the nearest thing above it that is in the file."""
        known = (path[:end] for end in range(len(path), -1, -1) if path[:end] in self.places)
        return next((self.places[each] for each in known), (1, 1))

    def near(self, path: Path, word: str) -> Path:
        """Return the path of the first key below a path that is the word, or of a value that is or has it."""
        keys = (each for each in self._below(path) if str(each[-1]) == word)
        values = (each for each in self._below(path) if self.scalars.get(each) == word)
        inside = (each for each in self._below(path) if word in NAME.findall(self.scalars.get(each, "")))
        return next(keys, None) or next(values, None) or next(inside, path)

    def in_force(self) -> Iterator[tuple[Path, str]]:
        """Return every single value that holds, with its path."""
        for path, text in self.scalars.items():
            if not any(path[:end] in self.not_in_force for end in range(len(path))):
                yield path, text

    def text(self, path: Path) -> str:
        """Return a value as the file writes it; of a list or mapping, all that is in it."""
        return self.scalars.get(path) or ", ".join(self.words(path))

    def words(self, path: Path) -> Iterator[str]:
        """Return every single value below a path."""
        return (self.scalars[each] for each in self._below(path) if each in self.scalars)

    def _below(self, path: Path) -> Iterator[Path]:
        return (each for each in self.places if len(each) > len(path) and each[: len(path)] == path)

    def in_order(self) -> tuple[Problem, ...]:
        """Return the problems in the order of the file, each once."""
        once = {(problem.code, problem.where, str(problem.text)): problem for problem in self.problems}
        return tuple(sorted(once.values(), key=lambda problem: (problem.where.line or 0, problem.where.column or 0)))
