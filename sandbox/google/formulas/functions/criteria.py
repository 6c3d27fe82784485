"""The criteria of COUNTIF and SUMIF: a value to equal, or text such as ">=5", "<>", "Sở*"."""

import operator
import re
from collections.abc import Callable

from sandbox.google.formulas.values import Failure, Value, compare, read_number
from sandbox.google.locales import Locale

OPERATORS: dict[str, Callable[[int, int], bool]] = {
    ">=": operator.ge,
    "<=": operator.le,
    "<>": operator.ne,
    ">": operator.gt,
    "<": operator.lt,
    "=": operator.eq,
}


def criterion(wanted: Value, locale: Locale) -> Callable[[Value], bool]:
    """A test of one cell."""
    if isinstance(wanted, Failure):
        return lambda value: value is wanted
    if not isinstance(wanted, str):
        return lambda value: type(value) is type(wanted) and value == wanted
    sign = next((sign for sign in OPERATORS if wanted.startswith(sign)), "")
    told = wanted.removeprefix(sign)
    if sign in {"", "=", "<>"}:
        equal = _equals(told, locale)
        return lambda value: equal(value) is not (sign == "<>")
    bound = _typed(told, locale)
    holds = OPERATORS[sign]
    return lambda value: _comparable(value, bound) and holds(compare(value, bound), 0)


def _typed(told: str, locale: Locale) -> Value:
    read = read_number(told, locale)
    if read is not None:
        return read
    return told.upper() == "TRUE" if told.upper() in {"TRUE", "FALSE"} else told


def _comparable(value: Value, bound: Value) -> bool:
    return type(value) is type(bound)


def _equals(told: str, locale: Locale) -> Callable[[Value], bool]:
    if not told:
        return lambda value: value is None or value == ""
    wanted = _typed(told, locale)
    if not isinstance(wanted, str):
        return lambda value: type(value) is type(wanted) and value == wanted
    pattern = re.compile(_wildcards(wanted), re.IGNORECASE | re.DOTALL)
    return lambda value: type(value) is str and pattern.fullmatch(value) is not None


def _wildcards(told: str) -> str:
    """* is any text, ? any letter, ~ before one of them takes it as it stands."""
    parts = re.findall(r"~[*?~]|.", told, re.DOTALL)
    return "".join({"*": ".*", "?": "."}.get(part) or re.escape(part.removeprefix("~") or part) for part in parts)
