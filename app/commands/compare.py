"""`xephang compare`."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from pathlib import Path
from typing import Annotated, Any, TypeVar

import typer

from app.arguments import JsonOption, LangOption, RegulationArgument, read_file
from app.console import plain, print_json, print_problems, tell, worded
from app.scored_files import DecimalPointOption, UnitsOption, regulation_of, stop_at_errors
from scoring import (
    Answer,
    NodeChange,
    RankingFile,
    Regulation,
    Unit,
    UnitChange,
    UnitStatus,
    Year,
    answers_that_count,
    check_rankings,
    compare,
    problem_document,
    read_answers,
    read_mergers,
    read_ranking,
    read_units,
    sentence,
    shipped,
    shipped_units,
    tally,
    tally_previous,
)
from words import Language, Problem, Text, format_number, say

T = TypeVar("T")


@worded
def compare_years(
    regulation: RegulationArgument,
    this: Annotated[Path, typer.Option(help="This year's ranking, as `xephang score --json` prints it.")],
    previous: Annotated[Path, typer.Option(help="The earlier year's ranking, likewise.")],
    merged: Annotated[Path | None, typer.Option(help="merged.csv: former,unit. Mergers and new names.")] = None,
    answers: Annotated[
        Path | None, typer.Option(help="This year's answers.csv: count the units that have what.")
    ] = None,
    previous_answers: Annotated[
        Path | None, typer.Option(help="The earlier year's answers.csv. Default: the column `previous` of --answers.")
    ] = None,
    units: UnitsOption = None,
    *,
    json: JsonOption = False,
    decimal_point: DecimalPointOption = False,
    lang: LangOption = "vi",
) -> None:
    """Compare a ranking with an earlier year's, also where that one followed other criteria."""
    law = regulation_of(regulation, lang, json=json)
    files = _Files(lang, json=json, decimal_point=decimal_point)
    now, before = (files.taken(read_ranking(read_file(each), str(each))) for each in (this, previous))
    files.note(check_rankings(law, now, before))
    changes = compare(law, now, before, files.mergers(merged, now, before))
    said = list(files.counted(law, now, before, answers, previous_answers)) if answers else []
    if json:
        problems = [problem_document(problem, lang) for problem in files.problems]
        years = {"regulation": law.id, "previous_regulation": before.regulation.id}
        listed = [_document(each, lang) for each in changes]
        print_json({"problems": problems, **years, "units": listed, "sentences": [say(each, lang) for each in said]})
        return
    print_problems(files.problems, lang)
    _tell(changes, _names(law, units), said, lang)


@dataclass(slots=True)
class _Files:
    """Reads files; the first one with an error ends the command, notices are kept."""

    language: Language
    json: bool = field(kw_only=True)
    decimal_point: bool = field(kw_only=True)
    problems: list[Problem] = field(default_factory=list, init=False)

    def note(self, problems: Iterable[Problem]) -> None:
        self.problems += problems
        stop_at_errors(tuple(self.problems), self.language, json=self.json)

    def taken(self, found: tuple[T | None, tuple[Problem, ...]]) -> T:
        """Return what was read; what could not be read has an error among its problems."""
        value, problems = found
        self.note(problems)
        assert value is not None  # noqa: S101 - then the command has ended
        return value

    def mergers(self, file: Path | None, now: RankingFile, before: RankingFile) -> Mapping[str, str]:
        if file is None:
            return {}
        former, present = ({each.unit for each in ranking.results} for ranking in (before, now))
        return self.taken(read_mergers(read_file(file), str(file), former, present))

    def counted(
        self, law: Regulation, now: RankingFile, before: RankingFile, answers: Path, previous: Path | None
    ) -> Iterator[Text]:
        """Say how many units have what, this year and the year before."""
        rows = self.answers(law, now, answers)
        counts, earlier = tally(law, _assessed(now), rows), tally_previous(law, _assessed(now), rows)
        if previous:
            law_before = law
            if before.regulation.id != law.id:
                law_before = regulation_of(before.regulation.id, self.language, json=self.json)
            earlier = tally(law_before, _assessed(before), self.answers(law_before, before, previous))
        for key, count in counts.items():
            yield sentence(count, earlier.get(key))

    def answers(self, law: Regulation, ranking: RankingFile, file: Path) -> dict[str, dict[str, Answer]]:
        found = read_answers(read_file(file), str(file), law, _units(ranking), decimal_point=self.decimal_point)
        return {unit: answers_that_count(rows) for unit, rows in self.taken(found).items()}


def _units(ranking: RankingFile) -> list[Unit]:
    """Return the units of a ranking, which knows only their codes; who was not assessed counts as missing."""
    ways_in = {True: UnitStatus.ON_TIME, False: UnitStatus.MISSING}
    return [Unit(each.unit, each.unit, each.group, status=ways_in[bool(each.nodes)]) for each in ranking.results]


def _assessed(ranking: RankingFile) -> list[Unit]:
    return [unit for unit in _units(ranking) if unit.status is UnitStatus.ON_TIME]


def _names(law: Regulation, units: Path | None) -> dict[str, str]:
    """Return the names of the units that are known; the others are called by their codes."""
    if units is None and law.id not in shipped():
        return {}
    listed, _ = read_units(read_file(units) if units else shipped_units(law.id), str(units), law)
    return {unit.id: unit.name for unit in listed}


def _tell(changes: Sequence[UnitChange], names: Mapping[str, str], said: Iterable[Text], language: Language) -> None:
    tell(Text("app.compare_columns"), language)
    for change in changes:
        note = f" ({plain(say(change.note, language))})" if change.note else ""
        typer.echo(f"{_row(change, language)}  {names.get(change.unit, change.unit)}{note}")
    for label, reason in _never_compared(changes).items():
        typer.echo(f"{label}: {plain(say(reason, language))}")
    for text in said:
        tell(text, language)


def _never_compared(changes: Iterable[UnitChange]) -> dict[str, Text]:
    """Return the lines that could be compared for no unit, with the first reason; none where no line could."""
    lines = [each for change in changes for each in change.nodes]
    compared = {each.node.id for each in lines if not each.reason}
    if not compared:
        return {}
    reasons: dict[str, Text] = {}
    for each in lines:
        if each.reason and each.node.id not in compared:
            reasons.setdefault(each.node.label, each.reason)
    return reasons


def _row(change: UnitChange, language: Language) -> str:
    """Print group, ranks and the total's percentages, of both years and the change."""
    ranks = (change.rank, change.previous_rank, change.climbed)
    cells = [f"{_cell(each, language):>5}" for each in ranks]
    cells += [f"{_cell(each, language):>8}" for each in _percents(change.nodes)]
    return f"{change.group:<10} {' '.join(cells)}"


def _percents(nodes: tuple[NodeChange, ...]) -> tuple[Decimal | None, Decimal | None, Decimal | None]:
    if not nodes:
        return None, None, None
    total, *_ = nodes
    return total.now.percent, total.previous.percent if total.previous else None, total.change


def _cell(number: int | Decimal | None, language: Language) -> str:
    return "–" if number is None else format_number(number, language)


def _document(change: UnitChange, language: Language) -> dict[str, Any]:
    return {
        "unit": change.unit,
        "group": change.group,
        "fate": change.fate,
        "note": _said(change.note, language),
        "rank": change.rank,
        "previous_rank": change.previous_rank,
        "climbed": change.climbed,
        "nodes": {each.node.id: _node(each, language) for each in change.nodes},
    }


def _node(change: NodeChange, language: Language) -> dict[str, Any]:
    return {
        "now": _year(change.now),
        "previous": None if change.previous is None else _year(change.previous),
        "change": None if change.change is None else str(change.change),
        "reason": _said(change.reason, language),
    }


def _year(year: Year) -> dict[str, str | None]:
    return {
        "points": None if year.points is None else str(year.points),
        "percent": None if year.percent is None else str(year.percent),
    }


def _said(text: Text | None, language: Language) -> str | None:
    return None if text is None else say(text, language)


def add_to(cli: typer.Typer, name: str) -> None:
    """Put this command on the command line."""
    cli.command(name)(compare_years)
