"""`xephang robustness`."""

from collections.abc import Iterator
from decimal import Decimal
from functools import partial
from random import Random
from typing import Annotated, Any

import typer

from app.arguments import JsonOption, LangOption, RegulationArgument
from app.console import print_json, print_problems, tell, worded
from app.scored_files import AnswersOption, DecimalPointOption, UnitsOption, score_files, stop_at_errors
from scoring import Bounds, Firmness, Regulation, as_decimal, problem_document, robustness
from words import Language, Text, format_number


@worded
def try_ranking(
    regulation: RegulationArgument,
    answers: AnswersOption,
    units: UnitsOption = None,
    *,
    weights: Annotated[
        int | None, typer.Option(min=1, max=99, help="Move the categories' weights by up to so many percent.")
    ] = None,
    values: Annotated[
        int | None, typer.Option(min=1, max=99, help="Move the numeric answers by up to so many percent.")
    ] = None,
    draws: Annotated[int, typer.Option(min=1, max=100_000, help="How often to draw.")] = 500,
    seed: Annotated[int, typer.Option(help="The same seed gives the same result.")] = 1,
    json: JsonOption = False,
    decimal_point: DecimalPointOption = False,
    lang: LangOption = "vi",
) -> None:
    """Say how firm a ranking is: the ranks that units get when weights or data are a little different."""
    scored = score_files(regulation, answers, units, lang, json=json, decimal_point=decimal_point)
    bounds = Bounds(weights, values)
    found, refused = robustness(scored.law, scored.results, bounds, draws, partial(_chance, seed))
    problems = (*scored.problems, *refused)
    stop_at_errors(problems, lang, json=json)
    if json:
        asked = {"draws": draws, "seed": seed, "weights": weights, "values": values}
        listed = [problem_document(problem, lang) for problem in problems]
        units_document = [_document(scored.law, each, draws) for each in found]
        print_json({"problems": listed, **asked, "units": units_document})
        return
    print_problems(problems, lang)
    for text in _heading(bounds, draws):
        tell(text, lang)
    for each in found:
        typer.echo(_row(scored.law, each, draws, lang))


def _chance(seed: int, draw: int) -> Random:
    """Each draw has a chance of its own, so that more draws do not change the first ones."""
    return Random(f"{seed}:{draw}")  # noqa: S311 - to be repeated, not a secret


def _heading(bounds: Bounds, draws: int) -> Iterator[Text]:
    yield Text("app.firm_draws", n=draws)
    if bounds.weights is not None:
        yield Text("app.firm_weights", bound=bounds.weights)
    if bounds.values is not None:
        yield Text("app.firm_values", bound=bounds.values)
    yield Text("app.firm_columns")


def _row(law: Regulation, firmness: Firmness, draws: int, language: Language) -> str:
    place = str(firmness.rank or "–")
    seen = "–" if firmness.best is None else f"{firmness.best}–{firmness.worst}"
    kept = format_number(_percent(law, firmness.kept, draws), language)
    return f"{firmness.unit.group:<10} {place:>4}  {seen:>7}  {kept:>6} %  {firmness.unit.name}"


def _percent(law: Regulation, part: int, draws: int) -> Decimal:
    rounding = law.percent_rounding
    return as_decimal(rounding.of((100 * part, draws)), rounding.digits)


def _document(law: Regulation, firmness: Firmness, draws: int) -> dict[str, Any]:
    return {
        "unit": firmness.unit.id,
        "group": firmness.unit.group,
        "rank": firmness.rank,
        "best": firmness.best,
        "worst": firmness.worst,
        "kept": firmness.kept,
        "kept_percent": str(_percent(law, firmness.kept, draws)),
        "unranked": firmness.unranked,
    }


def add_to(cli: typer.Typer, name: str) -> None:
    """Put this command on the command line."""
    cli.command(name)(try_ranking)
