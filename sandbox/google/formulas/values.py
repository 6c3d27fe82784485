"""What a cell or a formula can be worth, and how one kind of value becomes another."""

import math
import re
from decimal import ROUND_HALF_UP, Decimal
from enum import Enum

from sandbox.google.locales import Locale

DIGITS = 15  # significant digits that a spreadsheet shows of a number


class Failure(Enum):
    """An error that a cell shows in place of a value."""

    ERROR = "#ERROR!"
    NULL = "#NULL!"
    DIVIDE_BY_ZERO = "#DIV/0!"
    VALUE = "#VALUE!"
    REF = "#REF!"
    NAME = "#NAME?"
    NUM = "#NUM!"
    NOT_AVAILABLE = "#N/A"


Plain = float | str | bool | None
"""A value that is no error; None is an empty cell. Numbers are doubles, as in the real service."""

Value = Plain | Failure
"""One value."""

Block = tuple[tuple[Value, ...], ...]
"""The values of a range, by rows."""


class Failed(Exception):  # noqa: N818 - carries a spreadsheet's error through a computation, and is no fault of ours
    """A computation that ends in a spreadsheet's error."""

    def __init__(self, failure: Failure) -> None:
        super().__init__(failure)
        self.failure = failure


def checked(value: Value) -> Plain:
    """The value, unless it is an error."""
    if isinstance(value, Failure):
        raise Failed(value)
    return value


def number(value: Value, locale: Locale) -> float:
    """As a number: empty is 0, TRUE is 1, text counts where the locale reads it as a number."""
    plain = checked(value)
    if plain is None:
        return 0.0
    if isinstance(plain, str):
        read = read_number(plain, locale)
        if read is None:
            raise Failed(Failure.VALUE)
        return read
    return float(plain)


def text(value: Value, locale: Locale) -> str:
    """As text: empty is "", numbers carry the locale's decimal sign."""
    plain = checked(value)
    if plain is None:
        return ""
    if isinstance(plain, bool):
        return "TRUE" if plain else "FALSE"
    return plain if isinstance(plain, str) else general(plain, locale)


def logical(value: Value) -> bool:
    """As TRUE or FALSE: empty is FALSE, every number but 0 is TRUE."""
    value = checked(value)
    if isinstance(value, str):
        if value.upper() not in {"TRUE", "FALSE"}:
            raise Failed(Failure.VALUE)
        return value.upper() == "TRUE"
    return bool(value)


def finite(result: float) -> float:
    """The number, or #NUM! where it left the range of numbers."""
    if not math.isfinite(result):
        raise Failed(Failure.NUM)
    return result


def read_number(typed: str, locale: Locale) -> float | None:
    """The number that the text is in the locale, percent included; None where it is none.

    One sign that groups thousands is dropped wherever it stands between digits: 1,5 is 15 in en_US.
    """
    decimal, group = re.escape(locale.decimal), re.escape(locale.grouping)
    whole = rf"(?:\d{{1,3}}(?:{group}\d{{3}})+|\d+(?:{group}\d+)?)"
    pattern = rf"([+-]?)(?:({whole})(?:{decimal}(\d*))?|{decimal}(\d+))(?:[eE]([+-]?\d{{1,3}}))?(%?)"
    found = re.fullmatch(pattern, typed.strip(), re.ASCII)
    if found is None:
        return None
    sign, digits, fraction, bare, power, percent = found.groups()
    plain = f"{sign}{(digits or '0').replace(locale.grouping, '')}.{fraction or bare or '0'}e{power or 0}"
    read = float(plain) / (100 if percent else 1)
    return read if math.isfinite(read) else None


def fixed(value: float) -> Decimal:
    """The number as its 15 significant digits show it: what a spreadsheet rounds is 8.995, not 8.99499999…."""
    return Decimal(format(value, f".{DIGITS}g"))


def rounded(value: float, digits: int, mode: str = ROUND_HALF_UP) -> float:
    """Rounded at so many decimals (negative: tens, hundreds), halves away from zero unless told otherwise."""
    shown = fixed(value)
    if digits >= -shown.as_tuple().exponent:  # type: ignore[operator]  # the exponent of a finite number is an int
        return float(shown)
    step = Decimal(1).scaleb(-digits)
    return finite(float((shown / step).to_integral_value(mode) * step))


def general(value: float, locale: Locale, decimals: int | None = None) -> str:
    """A number without a format: as many digits as it needs, 15 at most, or rounded at so many decimals."""
    shown = fixed(value if decimals is None else rounded(value, decimals)).normalize()
    if not shown:
        return "0"
    if not -DIGITS < shown.adjusted() < DIGITS:
        mantissa, _, power = f"{shown:E}".partition("E")
        return f"{mantissa.replace('.', locale.decimal)}E{int(power):+03d}"
    return f"{shown:f}".replace(".", locale.decimal)


def order(value: Value) -> tuple[int, float | str]:
    """What comparisons and sorting go by: numbers before text before FALSE and TRUE; case does not count."""
    plain = checked(value)
    if isinstance(plain, bool):
        return 2, float(plain)
    if isinstance(plain, str):
        return 1, plain.casefold()
    return 0, float(fixed(plain or 0.0))  # so that 0.1+0.2 equals 0.3, as on the screen


def compare(left: Value, right: Value) -> int:
    """-1, 0 or 1; an empty cell equals 0, "" and FALSE."""
    first, second = _alike(left, right), _alike(right, left)
    a, b = order(first), order(second)
    return (a > b) - (a < b)


def _alike(value: Value, other: Value) -> Value:
    if value is not None:
        return value
    if isinstance(other, bool):
        return False
    return "" if isinstance(other, str) else 0.0
