"""`xephang regulation list | show | check`."""

from typing import Any

import typer

from app.arguments import JsonOption, LangOption, RegulationArgument
from app.console import print_json, print_problems, tell, worded
from app.failures import FOUND_ERRORS
from scoring import Node, Question, Regulation, as_decimal, load_regulation, problem_document, shipped
from words import Language, Text, has_errors

commands = typer.Typer(help="Regulations: list the shipped ones, show one, check one.", no_args_is_help=True)


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
    """Show a regulation's questions (key, type, choices, range) and its point table."""
    regulation, problems = load_regulation(name)
    print_problems(problems if not json else (), lang)
    if regulation is None:
        if json:
            print_json({"problems": [problem_document(problem, lang) for problem in problems]})
        raise typer.Exit(FOUND_ERRORS)
    if json:
        print_json(_document(regulation))
        return
    typer.echo(f"{regulation.title}\n{regulation.decision.number}, {regulation.decision.date:%d/%m/%Y}\n")
    for root in regulation.roots:
        _print_node(regulation, root, 0)
    typer.echo("")
    for question in regulation.questions.values():
        typer.echo(f"{question.key}  {_kind(question)}  {question.label}")


def _document(regulation: Regulation) -> dict[str, Any]:
    return {
        "id": regulation.id,
        "title": regulation.title,
        "sha256": regulation.sha256,
        "groups": {group.id: group.label for group in regulation.groups.values()},
        "questions": [_question_document(question) for question in regulation.questions.values()],
        "nodes": [_node_document(regulation, root) for root in regulation.roots],
    }


def _question_document(question: Question) -> dict[str, Any]:
    return {
        "key": question.key,
        "label": question.label,
        "type": question.type,
        "unit": question.unit,
        "minimum": None if question.minimum is None else str(question.minimum),
        "maximum": None if question.maximum is None else str(question.maximum),
        "required": question.required,
        "source": question.source,
        "groups": list(question.groups),
        "choices": [{"id": choice.id, "label": choice.label} for choice in question.choices],
    }


def _node_document(regulation: Regulation, node: Node) -> dict[str, Any]:
    return {
        "id": node.id,
        "number": node.number,
        "label": node.label,
        "level": node.level,
        "clause": node.clause,
        "assumed": node.assumed,
        "maxima": {group: str(as_decimal(points, regulation.digits)) for group, points in node.maxima.items()},
        "questions": list(regulation.questions_of(node)) if node.rule else [],
        "children": [_node_document(regulation, child) for child in node.children],
    }


def _print_node(regulation: Regulation, node: Node, depth: int) -> None:
    maxima = ", ".join(f"{group} {as_decimal(points, regulation.digits)}" for group, points in node.maxima.items())
    typer.echo(f"{'  ' * depth}{node.number or node.id}  {node.label}  [{maxima}]")
    for child in node.children:
        _print_node(regulation, child, depth + 1)


def _kind(question: Question) -> str:
    if question.choices:
        return f"{question.type} {{{' | '.join(choice.id for choice in question.choices)}}}"
    bounds = [str(bound) if bound is not None else "…" for bound in (question.minimum, question.maximum)]
    return f"{question.type} {bounds[0]}–{bounds[1]}" if question.type in {"integer", "decimal"} else question.type
