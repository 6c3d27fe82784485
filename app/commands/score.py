"""`xephang score`."""

from decimal import Decimal
from pathlib import Path
from typing import Annotated

import typer

from app.arguments import DayOption, JsonOption, LangOption, RegulationArgument
from app.console import plain, print_json, print_problems, worded
from app.failures import FOUND_ERRORS
from app.scored_files import AnswersOption, DecimalPointOption, UnitsOption, score_files
from scoring import Regulation, UnitResult, ranking_document
from words import Language, format_number, has_errors, say


@worded
def score(
    regulation: RegulationArgument,
    answers: AnswersOption,
    units: UnitsOption = None,
    *,
    on: DayOption = None,
    workbook: Annotated[
        Path | None, typer.Option(metavar="FILE.xlsx", help="Write a workbook that recomputes every point by formulas.")
    ] = None,
    json: JsonOption = False,
    decimal_point: DecimalPointOption = False,
    keep_going: Annotated[bool, typer.Option("--keep-going", help="Score although some rows are bad.")] = False,
    lang: LangOption = "vi",
) -> None:
    """Score and rank units from CSV files, without any campaign, by the law that holds `--on` a day (the newest)."""
    scored = score_files(
        regulation, answers, units, lang, json=json, decimal_point=decimal_point, keep_going=keep_going, on=on
    )
    if workbook:
        _write_workbook(workbook, scored.law, scored.results, lang)
    if json:
        print_json(ranking_document(scored.law, scored.results, scored.problems, lang))
    else:
        print_problems(scored.problems, lang)
        _print_table(scored.law, scored.results, lang)
    if has_errors(scored.problems):
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
        reason = plain(say(result.reason, language)) if result.reason else ""
        verdict = " · ".join(filter(None, (entry["level"], entry["grade"], reason)))
        total = format_number(Decimal(entry["total"]), language) if entry["total"] else ""
        typer.echo(f"{entry['group']:<10} {place:>4}  {total:>8}  {verdict}  {result.unit.name}")


def add_to(cli: typer.Typer, name: str) -> None:
    """Put this command on the command line."""
    cli.command(name)(score)
