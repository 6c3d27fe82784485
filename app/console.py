"""What the terminal shows: texts in the chosen language, problems with their places, and the exit codes.

0: fine, or notices only. 1: errors were found, or an action was refused. 2: wrong use or wrong settings.
"""

import json
import re
from collections.abc import Callable, Iterable
from functools import wraps
from pathlib import Path
from typing import Annotated, Any, NoReturn, ParamSpec, TypeVar

import typer

from words import LANGUAGES, Language, Problem, Text, has_errors, say

P = ParamSpec("P")
R = TypeVar("R")

JsonOption = Annotated[bool, typer.Option("--json", help="Print JSON, for programs.")]
LangOption = Annotated[str, typer.Option("--lang", help="Language of the answer: vi or en.")]

FOUND_ERRORS = 1
WRONG_USE = 2


def language_of(lang: str) -> Language:
    """Return the language of that code; ends the command for any other."""
    found: Language | None = next((language for language in LANGUAGES if language == lang), None)
    return found or end_with(f"--lang takes vi or en, not {lang}.", WRONG_USE)


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
        typer.echo(f"{problem.where}: {problem.severity}: {plain(say(problem.text, language))}", err=True)


def require_no_errors(problems: Iterable[Problem], language: Language) -> None:
    """Print the problems; end the command when one of them is an error."""
    listed = tuple(problems)
    print_problems(listed, language)
    if has_errors(listed):
        raise typer.Exit(FOUND_ERRORS)


def end_with(line: str, code: int) -> NoReturn:
    """Print one line to standard error and end the command."""
    typer.echo(line, err=True)
    raise typer.Exit(code)


def read_file(path: Path) -> str:
    """Return the text of a UTF-8 file (with or without BOM); ends the command when it cannot be read."""
    try:
        return path.read_text("utf-8-sig")
    except OSError as error:
        end_with(f"{path}: cannot be read ({error.strerror}). Check the name and the rights.", WRONG_USE)
    except UnicodeDecodeError as error:
        end_with(f"{path}: is not UTF-8 (byte {error.start}). Save it as “CSV UTF-8”.", WRONG_USE)


def worded(command: Callable[P, R]) -> Callable[P, R]:
    """Turn refusals and bad settings into one line each and the right exit code."""

    @wraps(command)
    def wrapped(*args: P.args, **kwargs: P.kwargs) -> R:
        from app.settings import BadSettingsError  # noqa: PLC0415 - pydantic loads slowly
        from campaign.refusal import Refused  # noqa: PLC0415 - SQLAlchemy loads slowly

        try:
            return command(*args, **kwargs)
        except Refused as refusal:
            language = kwargs.get("lang")
            end_with(plain(say(refusal.text, "en" if language == "en" else "vi")), FOUND_ERRORS)
        except BadSettingsError as error:
            end_with("\n".join(error.lines), WRONG_USE)

    return wrapped
