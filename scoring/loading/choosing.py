"""Values of which the file has several: what the text states beside what is used, and amendments by date.

They are chosen among before anything else looks at the file, so that they may stand wherever a value may.
"""

from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from typing import cast

from scoring.loading.report import Path, Report
from scoring.loading.yaml_text import Data
from words import Value

_STATED = frozenset({"stated", "used"})
_GROUNDS = frozenset({"clause", "assumed"})


def dates_of(data: Data) -> list[date]:
    """Return the days from which values hold, in order, each once."""
    return sorted(set(_dates(data)))


def _dates(data: Data) -> Iterator[date]:
    if isinstance(data, dict):
        yield from (key for key in data if isinstance(key, date))
    for each in data.values() if isinstance(data, dict) else data if isinstance(data, tuple) else ():
        yield from _dates(each)


def chosen(data: Data, report: Report, on: date | None, path: Path = (), *, tell: bool = True) -> Data:
    """Return the data with each choice made; `on` is the day whose law holds, None for the newest.

    Without `tell` nothing is said of a day before a value's first, where other values were in force already.
    """
    if isinstance(data, tuple):
        return tuple(chosen(item, report, on, (*path, place), tell=tell) for place, item in enumerate(data))
    if not isinstance(data, dict):
        return data
    if data and all(isinstance(key, date) for key in data):
        return _in_force(cast("dict[date, Data]", data), report, on, path, tell=tell)
    if _is_resolved(data):
        return _used(data, report, on, path, tell=tell)
    return {key: chosen(value, report, on, (*path, key), tell=tell) for key, value in data.items()}


def _is_resolved(data: "dict[str | int | date, Data]") -> bool:
    """Tell a value stated and used from a mapping that has such a name among its own, as a choice may be called."""
    return data.keys() >= _STATED or bool(data.keys() & _STATED and data.keys() <= _STATED | _GROUNDS)


def _in_force(dated: dict[date, Data], report: Report, on: date | None, path: Path, *, tell: bool) -> Data:
    """Return the value under the last date that is not after the day; before the first one there is none in force."""
    if tell and on is not None and on < min(dated):
        report.error("not_in_force", path, day=on, first=min(dated))
    day = max((day for day in dated if on is None or day <= on), default=min(dated))
    report.not_in_force |= {(*path, other) for other in dated if other != day}
    return chosen(dated[day], report, on, (*path, day), tell=tell)


def _used(data: "dict[str | int | date, Data]", report: Report, on: date | None, path: Path, *, tell: bool) -> Data:
    """Return what is used, and tell what the text states."""
    for key in sorted(_STATED - data.keys()):
        report.error("missing_key", path, key=key)
    for unknown in data.keys() - _STATED - _GROUNDS:
        report.error("unknown_key", (*path, unknown), key=str(unknown))
    if not data.keys() & _GROUNDS:
        report.error("no_grounds", path)
    said = {key: _said(data.get(key), report.text((*path, key))) for key in sorted(_STATED)}
    report.notice("stated_otherwise", path, **said, reason=str(data.get("assumed") or data.get("clause") or ""))
    return chosen(data.get("used"), report, on, (*path, "used"), tell=tell)


def _said(value: Data, text: str) -> Value:
    """Say a number as people read it, and anything else as the file writes it."""
    return value if isinstance(value, int | Decimal) and not isinstance(value, bool) else text
