"""Number and date patterns ("0.00", "#,##0", "0%", "dd/mm/yyyy"), and how a number looks under one."""

import re
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import lru_cache

from sandbox.google.formulas.values import fixed, general, rounded
from sandbox.google.locales import Locale

EPOCH = datetime(1899, 12, 30)  # noqa: DTZ001 - serial dates have no zone
DAY = 86_400  # seconds
LAST_DAY = 2_958_465  # 31/12/9999
TOKEN = re.compile(
    r'(?P<quoted>"[^"]*"|\\.)|(?P<digits>[#0?][#0?,]*(?:\.[#0?]*)?|\.[#0?]+)|(?P<percent>%)|(?P<text>@)'
    r"|(?P<date>d{1,2}|m{1,2}|yyyy|yy|h{1,2}|s{1,2})|(?P<plain>[-+/ ():$€₫])",
    re.IGNORECASE,
)


class UnknownPattern(Exception):  # noqa: N818 - says what the pattern is
    """A pattern that the sandbox cannot show."""


@dataclass(frozen=True, slots=True)
class Part:
    """A piece of a pattern: its kind (a group of TOKEN) and its text."""

    kind: str
    text: str


@lru_cache
def sections(pattern: str) -> tuple[tuple[Part, ...], ...]:
    """A pattern's parts: one section for all numbers, or positive; negative; zero. UnknownPattern otherwise."""
    found: list[list[Part]] = [[]]
    at = 0
    while at < len(pattern):
        if pattern[at] == ";":
            found.append([])
            at += 1
            continue
        match = TOKEN.match(pattern, at)
        if match is None or match.lastgroup is None:
            raise UnknownPattern(pattern)
        found[-1].append(Part(match.lastgroup, match[0]))
        at = match.end()
    if len(found) > 3 or any(_digit_runs(section) > 1 for section in found):  # noqa: PLR2004 - see the docstring
        raise UnknownPattern(pattern)
    return tuple(map(tuple, found))


def _digit_runs(section: list[Part]) -> int:
    return sum(part.kind == "digits" for part in section)


def shown(number: float, pattern: str, locale: Locale) -> str:
    """The number under a pattern of the API (which always writes 1,234.5), in the locale's signs."""
    parts = sections(pattern)
    if any(part.kind == "date" for part in parts[0]):
        return _date(number, parts[0], locale)
    return _number(number, parts, locale)


def in_locale(pattern: str, locale: Locale) -> str:
    """A pattern as TEXT() takes it, in the locale's signs, turned into the API's."""
    swapped = {locale.decimal: ".", locale.grouping: ","}
    return "".join(swapped.get(sign, sign) for sign in pattern)


def _number(number: float, parts: tuple[tuple[Part, ...], ...], locale: Locale) -> str:
    own_negative = number < 0 and len(parts) > 1
    section = parts[1] if own_negative else parts[2 if number == 0 and len(parts) > 2 else 0]  # noqa: PLR2004 - zeros'
    scale = 100 if any(part.kind == "percent" for part in section) else 1
    whole = "".join(_piece(part, abs(number) * scale, locale) for part in section)
    visible = any(digit in "123456789" for digit in whole)
    return f"-{whole}" if number < 0 and not own_negative and visible else whole


def _piece(part: Part, number: float, locale: Locale) -> str:
    if part.kind == "digits":
        return _digits(part.text, number, locale)
    if part.kind == "quoted":
        return part.text.removeprefix("\\") if part.text.startswith("\\") else part.text[1:-1]
    return general(number, locale) if part.kind == "text" else part.text


def _digits(places: str, number: float, locale: Locale) -> str:
    before, _, after = places.partition(".")
    plain = f"{fixed(rounded(number, len(after))):f}"
    whole, _, fraction = plain.partition(".")
    whole = whole.lstrip("0").rjust(before.count("0"), "0")
    if "," in before:
        whole = re.sub(r"(?<=\d)(?=(?:\d{3})+$)", locale.grouping, whole)
    fraction = fraction[: len(after)].rstrip("0").ljust(after.count("0"), "0")
    return whole + (locale.decimal + fraction if fraction else "")


def _date(serial: float, parts: tuple[Part, ...], locale: Locale) -> str:
    if not 0 <= serial <= LAST_DAY:
        return general(serial, locale)
    moment = EPOCH + timedelta(seconds=round(serial * DAY))
    return "".join(_date_piece(parts, index, moment, locale) for index in range(len(parts)))


def _date_piece(parts: tuple[Part, ...], index: int, moment: datetime, locale: Locale) -> str:
    part = parts[index]
    if part.kind != "date":
        return _piece(part, 0, locale)
    letters = part.text.lower()
    if letters[0] == "m" and _means_minutes(parts, index):
        letters = letters.replace("m", "i")
    value = {"d": moment.day, "m": moment.month, "h": moment.hour, "i": moment.minute, "s": moment.second}
    if letters[0] == "y":
        return f"{moment:%Y}"[-len(letters) :]
    return str(value[letters[0]]).rjust(len(letters), "0")


def _means_minutes(parts: tuple[Part, ...], index: int) -> bool:
    before = [part.text[0].lower() for part in parts[:index] if part.kind == "date"]
    after = [part.text[0].lower() for part in parts[index + 1 :] if part.kind == "date"]
    return before[-1:] == ["h"] or after[:1] == ["s"]
