"""What several commands take on the command line: options, days and files."""

from datetime import date, datetime
from pathlib import Path
from typing import Annotated
from zoneinfo import ZoneInfo

import typer

from app.console import end_with
from app.failures import WRONG_USE, WrongUseError
from words import Language, Text


def _language(context: typer.Context, lang: Language) -> Language:
    """The language that was asked for, or the settings' one; Vietnamese where they cannot be used."""
    from app.settings import BadSettingsError, read_settings  # noqa: PLC0415 - pydantic loads slowly

    source = context.get_parameter_source("lang")
    if source and source.name == "COMMANDLINE":
        return lang
    try:
        return read_settings().language
    except BadSettingsError:
        return "vi"


def _day(context: typer.Context, text: str | None) -> date | None:
    try:
        return None if text is None else day_of(text)
    except WrongUseError as error:
        end_with(error.texts, WRONG_USE, context.params["lang"])


JsonOption = Annotated[bool, typer.Option("--json", help="Print JSON, for programs.")]
LangOption = Annotated[
    Language,
    # Eager, so that what is wrong with other options is said in it.
    typer.Option(
        "--lang", help="Language of the answer.", callback=_language, is_eager=True, show_default="XEPHANG_LANGUAGE"
    ),
]
DayOption = Annotated[date | None, typer.Option(parser=str, callback=_day, metavar="DATE")]
RequiredDayOption = Annotated[date, typer.Option(parser=str, callback=_day, metavar="DATE")]
CodeArgument = Annotated[str | None, typer.Argument(help="The campaign's code. Default: the newest.")]
CodeOption = Annotated[str | None, typer.Option("--campaign", help="The campaign's code. Default: the newest.")]
RegulationArgument = Annotated[str, typer.Argument(help="A shipped regulation's id, or the path of a YAML file.")]


def day_of(text: str) -> date:
    """Read a day, `2026-09-10` or `10/09/2026`."""
    day = _strict(text, "%Y-%m-%d") or _strict(text, "%d/%m/%Y")
    if day is None:
        raise WrongUseError(Text("app.not_a_day", text=text))
    return day.date()


def instant_of(text: str, zone: ZoneInfo) -> datetime:
    """Read an instant, `2026-09-10T08:00`, or a day for its midnight."""
    instant = _strict(text, "%Y-%m-%dT%H:%M") or datetime.combine(day_of(text), datetime.min.time())
    return instant.replace(tzinfo=zone)


def _strict(text: str, pattern: str) -> datetime | None:
    try:
        return datetime.strptime(text, pattern)  # noqa: DTZ007 - the zone is the caller's
    except ValueError:
        return None


def read_file(path: Path) -> str:
    """Return the text of a UTF-8 file, with or without BOM."""
    try:
        return path.read_text("utf-8-sig")
    except UnicodeDecodeError as error:
        raise WrongUseError(Text("app.not_utf8", file=str(path), n=error.start + 1)) from error
