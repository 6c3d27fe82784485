"""`xephang regulation list | show | check | schema`."""

import typer

from app.arguments import JsonOption, LangOption, RegulationArgument
from app.console import print_json, print_problems, tell, worded
from app.failures import FOUND_ERRORS
from app.regulation_document import regulation_document
from app.regulation_lines import regulation_lines
from scoring import Question, Regulation, load_regulation, problem_document, shipped
from scoring.loading.schema import regulation_schema
from words import Language, Text, has_errors

commands = typer.Typer(
    help="Regulations: list the shipped ones, show one, check one, print the schema.", no_args_is_help=True
)


def add_to(cli: typer.Typer, name: str) -> None:
    """Put these commands on the command line under one word."""
    cli.add_typer(commands, name=name)


@commands.command("list")
@worded
def list_shipped(*, lang: LangOption = "vi") -> None:
    """List the shipped regulations."""
    del lang  # a regulation's title is in its own language
    for name in shipped():
        regulation, _ = load_regulation(name)
        typer.echo(f"{name}  {regulation.title if regulation else ''}")


@commands.command()
@worded
def check(path: RegulationArgument, *, json: JsonOption = False, lang: LangOption = "vi") -> None:
    """Check a regulation: every problem with its place and what to do; exit 1 when there are errors."""
    regulation, problems = load_regulation(path)
    if json:
        print_json({"problems": [problem_document(problem, lang) for problem in problems]})
    else:
        print_problems(problems, lang)
        if regulation:
            _tell_checked(regulation, lang)
    if regulation is None or has_errors(problems):
        raise typer.Exit(FOUND_ERRORS)


def _tell_checked(regulation: Regulation, language: Language) -> None:
    assumed = regulation.assumptions
    tell(Text("app.checked", regulation=regulation.id, n=len(regulation.questions), assumed=len(assumed)), language)
    for each in assumed:
        tell(Text("app.assumed", path=each.path, reason=each.reason), language)


@commands.command()
@worded
def show(name: RegulationArgument, *, json: JsonOption = False, lang: LangOption = "vi") -> None:
    """Show a regulation: groups, point table, grades, levels, timetable, checks, and questions (key, type, range)."""
    regulation, problems = load_regulation(name)
    print_problems(problems if not json else (), lang)
    if regulation is None:
        if json:
            print_json({"problems": [problem_document(problem, lang) for problem in problems]})
        raise typer.Exit(FOUND_ERRORS)
    if json:
        print_json(regulation_document(regulation))
        return
    typer.echo(f"{regulation.title}\n{regulation.decision.number}, {regulation.decision.date:%d/%m/%Y}\n")
    for line in regulation_lines(regulation):
        tell(line, lang)
    typer.echo("")
    for question in regulation.questions.values():
        typer.echo(f"{question.key}  {_kind(question)}  {question.label}")


@commands.command()
@worded
def schema(*, lang: LangOption = "vi") -> None:
    """Print the JSON Schema of a regulation file, so that an editor helps while it is written."""
    del lang  # the schema's help is for those who write regulations, in English as their manual
    print_json(regulation_schema())


def _kind(question: Question) -> str:
    if question.choices:
        return f"{question.type} {{{' | '.join(choice.id for choice in question.choices)}}}"
    bounds = [str(bound) if bound is not None else "…" for bound in (question.minimum, question.maximum)]
    return f"{question.type} {bounds[0]}–{bounds[1]}" if question.type in {"integer", "decimal"} else question.type
