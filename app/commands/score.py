"""`xephang score`."""

from pathlib import Path
from typing import Annotated, NoReturn

import typer

from app.arguments import JsonOption, LangOption, RegulationArgument, read_file
from app.console import plain, print_json, print_problems, worded
from app.failures import FOUND_ERRORS
from scoring import (
    Regulation,
    UnitResult,
    answers_that_count,
    load_regulation,
    problem_document,
    rank_units,
    ranking_document,
    read_answers,
    read_units,
    shipped_units,
)
from words import Language, Problem, has_errors, say


@worded
def score(
    regulation: RegulationArgument,
    answers: Annotated[Path, typer.Option(help="answers.csv: unit,key,value,status,evidence,by,previous")],
    units: Annotated[
        Path | None, typer.Option(help="units.csv: unit,name,group,parent,status,source. Default: the shipped list.")
    ] = None,
    *,
    workbook: Annotated[
        Path | None, typer.Option(metavar="FILE.xlsx", help="Write a workbook that recomputes every point by formulas.")
    ] = None,
    json: JsonOption = False,
    decimal_point: Annotated[bool, typer.Option("--decimal-point", help="Numbers have a decimal point.")] = False,
    keep_going: Annotated[bool, typer.Option("--keep-going", help="Score although some rows are bad.")] = False,
    lang: LangOption = "vi",
) -> None:
    """Score and rank units from CSV files, without any campaign."""
    law, problems = load_regulation(regulation)
    if law is None or has_errors(problems):
        _stop(problems, lang, json=json)
    units_text, units_name = (read_file(units), str(units)) if units else (shipped_units(law.id), f"{law.id}.units.csv")
    listed, in_units = read_units(units_text, units_name, law)
    rows, in_answers = read_answers(read_file(answers), str(answers), law, listed, decimal_point=decimal_point)
    found = (*in_units, *in_answers)
    if has_errors(found) and not keep_going:
        _stop(found, lang, json=json)
    results = rank_units(law, listed, {unit: answers_that_count(each) for unit, each in rows.items()})
    if workbook:
        _write_workbook(workbook, law, results, lang)
    if json:
        print_json(ranking_document(law, results, found, lang))
    else:
        print_problems(found, lang)
        _print_table(law, results, lang)
    if has_errors(found):
        raise typer.Exit(FOUND_ERRORS)


def _stop(problems: tuple[Problem, ...], language: Language, *, json: bool) -> NoReturn:
    if json:
        print_json({"problems": [problem_document(problem, language) for problem in problems], "results": []})
    else:
        print_problems(problems, language)
    raise typer.Exit(FOUND_ERRORS)


def _write_workbook(path: Path, law: Regulation, results: tuple[UnitResult, ...], language: Language) -> None:
    from app.clock import SystemClock  # noqa: PLC0415 - it knows settings and HTTP, which load slowly
    from reports.recomputation import write_recomputation  # noqa: PLC0415 - XlsxWriter is needed for a workbook only

    with path.open("wb") as target:
        write_recomputation(target, law, results, language, created=SystemClock().now())


def _print_table(law: Regulation, results: tuple[UnitResult, ...], language: Language) -> None:
    document = ranking_document(law, results, (), language)
    for entry, result in zip(document["results"], results, strict=True):
        place = str(entry["rank"] or "–")
        verdict = entry["grade"] or (plain(say(result.reason, language)) if result.reason else entry["status"])
        typer.echo(f"{entry['group']:<10} {place:>4}  {entry['total'] or '':>8}  {verdict}  {result.unit.name}")


def add_to(cli: typer.Typer, name: str) -> None:
    """Put this command on the command line."""
    cli.command(name)(score)
