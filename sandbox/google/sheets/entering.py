"""What a typed text becomes: USER_ENTERED in the API, and what people type in the browser."""

import re
from dataclasses import dataclass
from datetime import date

from sandbox.google.formulas.values import read_number
from sandbox.google.json_object import JSON
from sandbox.google.locales import Locale
from sandbox.google.number_formats import DAY, EPOCH

CENTURY = 100


@dataclass(frozen=True, slots=True)
class Entry:
    """An ExtendedValue of the API, None for an empty cell, and the number format that the typing brings along."""

    value: JSON | None
    format: JSON | None = None


def entered(typed: str, locale: Locale, today: date, *, as_text: bool = False) -> Entry:
    """What the typed text is in the locale; `as_text` for cells in the plain text format."""
    if typed == "":
        return Entry(None)
    if as_text:
        return Entry({"stringValue": typed})
    if typed.startswith("'"):
        return Entry({"stringValue": typed[1:]})
    if typed.startswith("=") and len(typed) > 1:
        return Entry({"formulaValue": typed})
    return _plain(typed, locale, today)


def _plain(typed: str, locale: Locale, today: date) -> Entry:
    trimmed = typed.strip()
    if trimmed.upper() in {"TRUE", "FALSE"}:
        return Entry({"boolValue": trimmed.upper() == "TRUE"})
    moment = _moment(trimmed, locale, today)
    if moment is not None:
        return moment
    read = read_number(trimmed, locale)
    if read is not None:
        percent = {"type": "PERCENT", "pattern": "0.00%" if locale.decimal in trimmed else "0%"}
        return Entry({"numberValue": read}, percent if trimmed.endswith("%") else None)
    if trimmed.startswith("+") and len(trimmed) > 1:  # a telephone number with its plus becomes a formula
        return Entry({"formulaValue": "=" + trimmed})
    return Entry({"stringValue": typed})


def _moment(typed: str, locale: Locale, today: date) -> Entry | None:
    found = re.fullmatch(r"(?:(\d+)([-/.])(\d+)(?:\2(\d+))?)?\s*(?:(\d{1,2}):(\d{2})(?::(\d{2}))?)?", typed, re.ASCII)
    if found is None:
        return None
    one, sign, two, three, hour, minute, second = found.groups()
    if (sign is None and hour is None) or (sign == "." and locale.decimal == "."):
        return None
    day = _serial_day(one, two, three, locale, today) if sign else 0
    seconds = _seconds(hour, minute, second)
    if day is None or seconds is None:
        return None
    kind, pattern = _moment_format(has_date=bool(sign), has_time=hour is not None, locale=locale)
    return Entry({"numberValue": day + seconds / DAY}, {"type": kind, "pattern": pattern})


def _moment_format(*, has_date: bool, has_time: bool, locale: Locale) -> tuple[str, str]:
    if not has_date:
        return "TIME", "hh:mm:ss"
    return ("DATE_TIME", f"{locale.date} hh:mm:ss") if has_time else ("DATE", locale.date)


def _serial_day(one: str, two: str, three: str | None, locale: Locale, today: date) -> int | None:
    """3/4/2026, 3/4 (this year), 2026-04-03; where decimals take a comma 8.5 is the eighth of May."""
    if len(one) == 4 and three is not None:  # noqa: PLR2004 - a year with its four digits comes first
        year, month, day = one, two, three
    else:
        year = three or str(today.year)
        day, month = (one, two) if locale.day_first else (two, one)
    if len(year) not in {2, 4} or len(month) > 2 or len(day) > 2:  # noqa: PLR2004 - more digits are no date
        return None
    full_year = int(year) + (2000 if int(year) < CENTURY else 0)
    try:
        return (date(full_year, int(month), int(day)) - EPOCH.date()).days
    except ValueError:
        return None


def _seconds(hour: str | None, minute: str, second: str | None) -> int | None:
    if hour is None:
        return 0
    if int(hour) > 23 or int(minute) > 59 or int(second or 0) > 59:  # noqa: PLR2004 - a clock's last hour, minute, second
        return None
    return int(hour) * 3600 + int(minute) * 60 + int(second or 0)
