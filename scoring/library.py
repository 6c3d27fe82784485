"""The regulations that come with the product, and how any regulation is loaded."""

from datetime import date
from functools import lru_cache
from importlib.resources import files
from pathlib import Path

from scoring.regulation import Regulation
from words import Place, Problem, Series, Severity, Text

_SHIPPED = files("scoring").joinpath("regulations")


def shipped() -> tuple[str, ...]:
    """Return the ids of the regulations that come with the product."""
    names = (file.name for file in _SHIPPED.iterdir())
    return tuple(sorted(name.removesuffix(".yaml") for name in names if name.endswith(".yaml")))


def shipped_units(regulation_id: str) -> str:
    """Return the text of the units.csv that comes with a shipped regulation."""
    return _SHIPPED.joinpath(f"{regulation_id}.units.csv").read_text(encoding="utf-8")


def load_regulation(id_or_path: str, on: date | None = None) -> tuple[Regulation | None, tuple[Problem, ...]]:
    """Load a shipped regulation by its id, or a file by its path; None where there is an error among the problems.

    `on` is the day whose law holds where values were amended; without it the newest do.
    """
    if id_or_path in shipped():
        name = f"{id_or_path}.yaml"
        return parse_regulation(_SHIPPED.joinpath(name).read_text(encoding="utf-8"), name, on)
    try:
        return parse_regulation(Path(id_or_path).read_text(encoding="utf-8-sig"), id_or_path, on)
    except (OSError, ValueError):
        known = Series(shipped())
        text = Text("scoring.problem.no_such_regulation", name=id_or_path, shipped=known)
        return None, (Problem("no_such_regulation", Severity.ERROR, Place(id_or_path), text),)


@lru_cache(maxsize=16)
def parse_regulation(
    text: str, file: str = "", on: date | None = None
) -> tuple[Regulation | None, tuple[Problem, ...]]:
    """Read the text of a regulation as it holds `on` a day; `file` names it in problems.

    The same text, file and day give the same object.
    """
    from scoring.loading import parse  # noqa: PLC0415 - YAML and pydantic are slow to import, and mostly not needed

    return parse(text, file, on)
