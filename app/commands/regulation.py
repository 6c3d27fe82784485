"""`xephang regulation list | show | check`."""

from typing import Annotated, Any

import typer

from app.console import (
    FOUND_ERRORS,
    JsonOption,
    LangOption,
    language_of,
    print_json,
    print_problems,
    worded,
)
from scoring import Node, Question, Regulation, as_decimal, load_regulation, problem_document, shipped
from words import has_errors

commands = typer.Typer(help="Regulations: list the shipped ones, show one, check one.", no_args_is_help=True)


def add_to(cli: typer.Typer, name: str) -> None:
    """Put these commands on the command line under one word."""
    cli.add_typer(commands, name=name)


Name = Annotated[str, typer.Argument(help="A shipped regulation's id, or the path of a YAML file.")]


@commands.command("list")
def list_shipped() -> None:
    """List the shipped regulations."""
    for name in shipped():
        regulation, _ = load_regulation(name)
        typer.echo(f"{name}  {regulation.title if regulation else ''}")


@commands.command()
@worded
def check(path: Name, *, json: JsonOption = False, lang: LangOption = "vi") -> None:
    """Check a regulation: every problem with its place and what to do; exit 1 when there are errors."""
    language = language_of(lang)
    regulation, problems = load_regulation(path)
    if json:
        print_json({"problems": [problem_document(problem, language) for problem in problems]})
    else:
        print_problems(problems, language)
        if regulation:
            typer.echo(f"{regulation.id}: {len(regulation.questions)} questions, {len(regulation.assumptions)} assumed")
            for assumption in regulation.assumptions:
                typer.echo(f"  assumed {assumption.path}: {assumption.reason}")
    if regulation is None or has_errors(problems):
        raise typer.Exit(FOUND_ERRORS)


@commands.command()
@worded
def show(name: Name, *, json: JsonOption = False, lang: LangOption = "vi") -> None:
    """Show a regulation's questions (key, type, choices, range) and its point table."""
    regulation, problems = load_regulation(name)
    print_problems(problems if not json else (), language_of(lang))
    if regulation is None:
        if json:
            print_json({"problems": [problem_document(problem, language_of(lang)) for problem in problems]})
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
