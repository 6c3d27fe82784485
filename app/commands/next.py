"""`xephang next`."""

from typing import Annotated, Any

import typer

from app.arguments import JsonOption, LangOption, RegulationArgument
from app.console import plain, print_json, print_problems, tell, worded
from app.failures import WrongUseError
from app.scored_files import AnswersOption, DecimalPointOption, UnitsOption, score_files
from scoring import (
    NextGrade,
    Node,
    Points,
    Regulation,
    Shortfall,
    UnitResult,
    next_grade,
    next_level,
    problem_document,
)
from words import Language, Text, format_number, say


@worded
def missing(
    regulation: RegulationArgument,
    answers: AnswersOption,
    unit: Annotated[str, typer.Option(help="The unit, by its code in units.csv.")],
    units: UnitsOption = None,
    *,
    json: JsonOption = False,
    decimal_point: DecimalPointOption = False,
    lang: LangOption = "vi",
) -> None:
    """Say what a unit lacks to its next grade or level, and which indicators would bring it there."""
    scored = score_files(regulation, answers, units, lang, json=json, decimal_point=decimal_point)
    result = next((each for each in scored.results if each.unit.id == unit), None)
    if result is None:
        raise WrongUseError(Text("app.no_such_unit", unit=unit))
    if json:
        problems = [problem_document(problem, lang) for problem in scored.problems]
        print_json({"problems": problems, **_document(scored.law, result, lang)})
    else:
        print_problems(scored.problems, lang)
        _tell(scored.law, result, lang)


def _tell(law: Regulation, result: UnitResult, language: Language) -> None:
    ahead = _ahead(result)
    texts = [each.explanation for each in ahead] or [result.reason or Text("app.next_none")]
    for text in texts:
        typer.echo(f"{result.unit.name}: {plain(say(text, language))}")
    for short in (short for each in ahead for short in each.shortfalls):
        tell(Text("app.next_gains", node=short.node.label), language)
        for gain in short.gains:
            points = format_number(law.printed(short.node, gain.points), language)
            typer.echo(f"  {points:>6}  {gain.node.label}")


def _ahead(result: UnitResult) -> list[NextGrade]:
    """Return the next grade and the next level, as far as there are any."""
    marked = result.assessment
    return [each for each in (next_grade(marked), next_level(marked)) if each] if marked else []


def _document(law: Regulation, result: UnitResult, language: Language) -> dict[str, Any]:
    marked = result.assessment
    return {
        "unit": result.unit.id,
        "group": result.unit.group,
        "status": result.status,
        "reason": None if result.reason is None else say(result.reason, language),
        "next_grade": None if marked is None else _next(law, next_grade(marked), language),
        "next_level": None if marked is None else _next(law, next_level(marked), language),
    }


def _next(law: Regulation, ahead: NextGrade | None, language: Language) -> dict[str, Any] | None:
    if ahead is None:
        return None
    return {
        "label": ahead.label,
        "shortfalls": [_shortfall(law, each) for each in ahead.shortfalls],
        "enough": [node.id for node in ahead.enough],
        "text": say(ahead.explanation, language),
    }


def _shortfall(law: Regulation, short: Shortfall) -> dict[str, Any]:
    def printed(node: Node, points: Points) -> str:
        return str(law.printed(node, points))

    return {
        "node": short.node.id,
        "points": printed(short.node, short.points),
        "minimum": printed(short.node, short.minimum),
        "lacks": printed(short.node, short.lacks),
        "gains": [
            {
                "node": gain.node.id,
                "room": printed(gain.node, gain.room),
                "points": printed(short.node, gain.points),
            }
            for gain in short.gains
        ],
    }


def add_to(cli: typer.Typer, name: str) -> None:
    """Put this command on the command line."""
    cli.command(name)(missing)
