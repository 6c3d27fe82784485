"""`xephang doctor`."""

from typing import Any

import typer

from app.arguments import JsonOption, LangOption
from app.console import plain, print_json, worded
from app.doctor import examine
from app.failures import FOUND_ERRORS
from app.settings import read_settings
from words import say


@worded
def doctor(*, json: JsonOption = False, lang: LangOption = "vi") -> None:
    """Check each setting, account and permission; say what to mend. Exit 1 when something is wrong."""
    checks = examine(read_settings())
    if json:
        print_json({"checks": [_document(check, plain(say(check.hint, lang))) for check in checks]})
    else:
        for check in checks:
            typer.echo(f"{'✓' if check.ok else '✗'} {check.id:<22} {plain(say(check.hint, lang))}")
    if not all(check.ok for check in checks):
        raise typer.Exit(FOUND_ERRORS)


def _document(check: Any, hint: str) -> dict[str, Any]:  # noqa: ANN401 - checks of several packages, alike in shape
    return {"id": check.id, "ok": check.ok, "hint": hint}


def add_to(cli: typer.Typer, name: str) -> None:
    """Put this command on the command line."""
    cli.command(name)(doctor)
