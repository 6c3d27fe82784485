"""The tables that every picture, workbook and message of a ranking is printed from.

Amounts are Decimals with the digits they are printed with ("8.50"), so each way of printing shows the same figure.
"""

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from scoring import Regulation, Rounding, as_decimal
from scoring.regulation import Operation
from words import Text

SHORT_SHA256 = 12


@dataclass(frozen=True, slots=True)
class Approval:
    """The decision (quyết định) that approved the ranking."""

    number: str
    day: date


@dataclass(frozen=True, slots=True)
class Line:
    """A line of one group's point table: the total, a part, a category (hạng mục), an indicator (tiêu chí), a pillar.

    `parts` are the lines that its `operation` works on and those outside the scale, which are added; an indicator has
    none. Lines that earn no points, and are there to be known, are left out.
    """

    id: str
    number: str
    label: str
    maximum: Decimal
    operation: Operation
    rounding: Rounding
    outside_scale: bool
    parts: tuple["Line", ...]

    @property
    def indicators(self) -> tuple["Line", ...]:
        """The lines below it that have a rule of their own; an indicator is its own."""
        return tuple(each for part in self.parts for each in part.indicators) or (self,)

    @property
    def is_part(self) -> bool:
        """Whether it gathers categories (phần), so that these are columns of the table and it is their subtotal."""
        return self.operation == "sum" and any(part.parts for part in self.parts)

    @property
    def columns(self) -> tuple["Line", ...]:
        """What stands in a table before it, so that it can be added up: categories, each subtotal behind its own."""
        return tuple(each for part in self.parts for each in ((*part.columns, part) if part.is_part else (part,)))

    @property
    def is_rounded_again(self) -> bool:
        """Whether it is printed with fewer digits than what it is the sum of."""
        return any(part.rounding.digits > self.rounding.digits for part in self.parts)

    def adds_up(self, marks: Mapping[str, "Mark"]) -> bool:
        """Whether its points are the sum of its parts' printed points: nothing was converted, capped or taken off."""
        exact = sum((marks[part.id].points for part in self.parts), Decimal(0)).as_integer_ratio()
        added = as_decimal(self.rounding.of(exact), self.rounding.digits)
        return self.operation == "sum" and added == marks[self.id].points


@dataclass(frozen=True, slots=True)
class Mark:
    """What a unit earned for one line, of how many points that count for it (`scale`), and why."""

    points: Decimal
    scale: Decimal
    why: str


@dataclass(frozen=True, slots=True)
class Scored:
    """A unit that was assessed: the marks of all `lines` by id.

    `points` has one amount a category, `marks` the indicators of each category, in order. `remarks` say what is out of
    the ordinary: a late form, points that were converted.
    """

    code: str
    name: str
    total: Decimal
    points: tuple[Decimal, ...]
    marks: tuple[tuple[Mark, ...], ...]
    lines: Mapping[str, Mark]
    remarks: tuple[str | Text, ...]


@dataclass(frozen=True, slots=True)
class RankedUnit(Scored):
    """A row of the table; `rungs` are its grade, its level, or both, as the ladders of the table stand."""

    rank: int
    rungs: tuple[str, ...]

    @property
    def grade(self) -> str:
        """The grade or the level in words."""
        return " · ".join(self.rungs)


@dataclass(frozen=True, slots=True)
class UnrankedUnit:
    """A unit that stands below the table, with the reason; it may have been assessed all the same."""

    code: str
    name: str
    reason: str
    scored: Scored | None


@dataclass(frozen=True, slots=True)
class Rung:
    """A grade or a level, and the lowest total that earns it; None where the total alone does not decide."""

    label: str
    at_least: Decimal | None


@dataclass(frozen=True, slots=True)
class Ladder:
    """Grades (xếp loại) or levels (mức), from the highest, under their head in a table."""

    head: Text
    rungs: tuple[Rung, ...]


@dataclass(frozen=True, slots=True)
class Assumed:
    """What the source text does not say: the line or datum it is about ("" for the whole regulation), and why so."""

    subject: str
    reason: str


@dataclass(frozen=True, slots=True)
class GroupTable:
    """The table of units that are ranked together: a group (nhóm cơ quan), or those of it under one `parent`.

    `parent` is that unit's code and `short_label` its name; for a whole group they are "" and the group's label.
    """

    id: str
    parent: str
    label: str
    short_label: str
    total: Line
    pillars: tuple[Line, ...]
    categories: tuple[Line, ...]
    ranked: tuple[RankedUnit, ...]
    unranked: tuple[UnrankedUnit, ...]

    @property
    def key(self) -> str:
        """What files of this table are called."""
        return f"{self.id}-{self.parent}" if self.parent else self.id

    @property
    def maximum(self) -> Decimal:
        """The maximum of the total."""
        return self.total.maximum

    @property
    def rows(self) -> tuple[RankedUnit | UnrankedUnit, ...]:
        """All units: the ranked ones, then the others."""
        return (*self.ranked, *self.unranked)

    @property
    def assessed(self) -> tuple[Scored, ...]:
        """All units that have points: the ranked ones, then those that are not ranked for their points."""
        return (*self.ranked, *(each.scored for each in self.unranked if each.scored))

    @property
    def explained(self) -> Iterator[tuple[Scored, Line]]:
        """The sums that are not what their parts add up to, by unit."""
        summed = [line for line in (*_with_parts(self.total), *self.pillars) if line.operation == "sum"]
        return ((unit, line) for unit in self.assessed for line in summed if not line.adds_up(unit.lines))

    def count(self, label: str) -> int:
        """How many units have the grade or level."""
        return Counter(label for unit in self.ranked for label in unit.rungs)[label]


def _with_parts(line: Line) -> Iterator[Line]:
    for part in line.parts:
        yield from _with_parts(part)
    if line.parts:
        yield line


@dataclass(frozen=True, slots=True)
class RankingTable:
    """A whole ranking, ready to be printed; `approval` is None while it is a draft."""

    title: str
    approval: Approval | None
    groups: tuple[GroupTable, ...]
    ladders: tuple[Ladder, ...]
    assumptions: tuple[Assumed, ...]
    regulation: Regulation

    @property
    def status(self) -> Text:
        """Under which decision the ranking is published, or that it is a draft."""
        if self.approval is None:
            return Text("reports.draft")
        return Text("reports.published", decision=self.approval.number, day=self.approval.day)

    @property
    def basis(self) -> Text:
        """The regulation that was applied, with the start of the SHA-256 of its text."""
        decision = self.regulation.decision
        return Text(
            "reports.basis",
            title=self.regulation.title,
            decision=decision.number,
            day=decision.date,
            sha256=self.regulation.sha256[:SHORT_SHA256],
        )
