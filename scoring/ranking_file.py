"""A ranking that was written to a file by `xephang score --json`, read back without its regulation."""

from collections import Counter
from collections.abc import Mapping
from decimal import Decimal
from fractions import Fraction
from typing import Annotated

import msgspec

from scoring.ranking import ResultStatus
from words import Place, Problem, Severity, Text

Amount = Annotated[str, msgspec.Meta(pattern=r"^-?[0-9]{1,12}(\.[0-9]{1,9})?$")]
"""An amount as it is printed: "4.00"."""


class RankedBy(msgspec.Struct, frozen=True):
    """The regulation that a ranking follows."""

    id: str


class RankedNode(msgspec.Struct, frozen=True):
    """One line of a unit: `scale` is the maximum that counts after N/A."""

    points: Amount | None
    scale: Amount
    na: str = ""

    @property
    def printed(self) -> Decimal | None:
        """The points, with the digits that they were printed with."""
        return None if self.points is None else Decimal(self.points)

    @property
    def share(self) -> Fraction | None:
        """The exact share of the maximum; None where there are no points or no maximum."""
        if self.points is None or not Fraction(self.scale):
            return None
        return Fraction(self.points) / Fraction(self.scale)


class RankedUnit(msgspec.Struct, frozen=True):
    """One unit; `nodes` is empty where it was not assessed."""

    unit: str
    group: str
    status: ResultStatus
    rank: int | None
    nodes: Mapping[str, RankedNode]


class RankingFile(msgspec.Struct, frozen=True):
    """A ranking: the regulation that it follows, its units in their order, and the file that it was read from."""

    regulation: RankedBy
    results: tuple[RankedUnit, ...]
    file: str = ""


def read_ranking(text: str, file: str) -> tuple[RankingFile | None, tuple[Problem, ...]]:
    """Read a ranking; None where the text is not what `ranking_document` makes."""
    try:
        ranking = msgspec.structs.replace(msgspec.json.decode(text, type=RankingFile), file=file)
    except msgspec.DecodeError as error:
        return None, (_problem("not_a_ranking", file, said=str(error)),)
    times = Counter(each.unit for each in ranking.results)
    doubled = [unit for unit, n in times.items() if n > 1]
    if doubled:
        return None, tuple(_problem("ranked_twice", file, unit=unit) for unit in doubled)
    return ranking, ()


def _problem(code: str, file: str, **values: str) -> Problem:
    return Problem(code, Severity.ERROR, Place(file), Text(f"scoring.problem.{code}", **values))
