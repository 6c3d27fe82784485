"""What the terminal shows: texts in the chosen language, problems with their places, and the exit codes."""

import json
import re
from collections.abc import Callable, Iterable
from functools import wraps
from typing import Any, NoReturn, ParamSpec, TypeVar, cast

import typer

from app.failures import FOUND_ERRORS, explain
from words import Language, Problem, Text, has_errors, say

P = ParamSpec("P")
R = TypeVar("R")


def tell(text: Text, language: Language) -> None:
    """Print a text, without the marks that are meant for chats."""
    typer.echo(plain(say(text, language)))


def plain(text: str) -> str:
    """Take away the tags of chat texts."""
    return re.sub(r"</?(?:b|i|code|a)(?: [^>]*)?>", "", text)


def print_json(document: Any) -> None:  # noqa: ANN401 - any JSON document
    """Print a JSON document."""
    typer.echo(json.dumps(document, ensure_ascii=False, indent=2))


def print_problems(problems: Iterable[Problem], language: Language) -> None:
    """Print problems to standard error, a line each: place, severity, what and what to do."""
    for problem in problems:
        line = Text(f"app.problem_{problem.severity}", where=str(problem.where), text=problem.text)
        typer.echo(plain(say(line, language)), err=True)


def require_no_errors(problems: Iterable[Problem], language: Language) -> None:
    """Print the problems; end the command when one of them is an error."""
    listed = tuple(problems)
    print_problems(listed, language)
    if has_errors(listed):
        raise typer.Exit(FOUND_ERRORS)


def end_with(texts: Iterable[Text], code: int, language: Language) -> NoReturn:
    """Print the texts to standard error, a line each, and end the command."""
    for text in texts:
        typer.echo(plain(say(text, language)), err=True)
    raise typer.Exit(code)


def worded(command: Callable[P, R]) -> Callable[P, R]:
    """Turn refusals, wrong use and what the machine does not allow into a line each and the right exit code."""

    @wraps(command)
    def wrapped(*args: P.args, **kwargs: P.kwargs) -> R:
        try:
            return command(*args, **kwargs)
        except Exception as error:
            failure = explain(error)
            if failure is None:
                raise
            end_with(failure.texts, failure.code, cast("Language", kwargs.get("lang", "vi")))

    return wrapped
