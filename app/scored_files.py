"""What the commands on files read and score: a regulation, units.csv and answers.csv."""

from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Annotated, NoReturn

import typer

from app.arguments import read_file
from app.console import print_json, print_problems
from app.failures import FOUND_ERRORS
from scoring import (
    Regulation,
    UnitResult,
    answers_that_count,
    load_regulation,
    problem_document,
    rank_units,
    read_answers,
    read_units,
    shipped_units,
)
from words import Language, Problem, has_errors

AnswersOption = Annotated[Path, typer.Option(help="answers.csv: unit,key,value,status,evidence,by,previous")]
UnitsOption = Annotated[
    Path | None, typer.Option(help="units.csv: unit,name,group,parent,status,source. Default: the shipped list.")
]
DecimalPointOption = Annotated[bool, typer.Option("--decimal-point", help="Numbers have a decimal point.")]


@dataclass(frozen=True, slots=True)
class Scored:
    """A ranking made from files; `problems` are notices only, unless the command was to keep going."""

    law: Regulation
    results: tuple[UnitResult, ...]
    problems: tuple[Problem, ...]


def score_files(
    regulation: str,
    answers: Path,
    units: Path | None,
    language: Language,
    *,
    json: bool,
    decimal_point: bool,
    keep_going: bool = False,
    on: date | None = None,
) -> Scored:
    """Score the units of the files by the law that holds `on` a day, the newest without it.

    End the command where there is an error in a file; with `keep_going` the bad rows of the tables are left out.
    """
    law = regulation_of(regulation, language, json=json, on=on)
    units_text, units_name = (read_file(units), str(units)) if units else (shipped_units(law.id), f"{law.id}.units.csv")
    listed, in_units = read_units(units_text, units_name, law)
    rows, in_answers = read_answers(read_file(answers), str(answers), law, listed, decimal_point=decimal_point)
    problems = (*in_units, *in_answers)
    if not keep_going:
        stop_at_errors(problems, language, json=json)
    results = rank_units(law, listed, {unit: answers_that_count(each) for unit, each in rows.items()})
    return Scored(law, results, problems)


def regulation_of(name: str, language: Language, *, json: bool, on: date | None = None) -> Regulation:
    """Load a regulation as it holds on a day; end the command where it has errors."""
    law, problems = load_regulation(name, on)
    stop_at_errors(problems, language, json=json)
    if law is None:  # pragma: no cover - then there was an error
        _stop(problems, language, json=json)
    return law


def stop_at_errors(problems: tuple[Problem, ...], language: Language, *, json: bool) -> None:
    """End the command where one of the problems is an error, after all of them were printed."""
    if has_errors(problems):
        _stop(problems, language, json=json)


def _stop(problems: tuple[Problem, ...], language: Language, *, json: bool) -> NoReturn:
    if json:
        print_json({"problems": [problem_document(problem, language) for problem in problems], "results": []})
    else:
        print_problems(problems, language)
    raise typer.Exit(FOUND_ERRORS)
