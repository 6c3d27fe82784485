"""Functions of text."""

import re
from collections.abc import Callable

from sandbox.google.formulas.functions.registry import UNLIMITED, Arguments, Function
from sandbox.google.formulas.values import Failed, Failure, Value, read_number, text
from sandbox.google.number_formats import UnknownPattern, in_locale, shown


def _concatenate(arguments: Arguments) -> Value:
    return "".join(text(value, arguments.locale) for value, _ in arguments.cells())


def _piece(cut: Callable[[str, int], str]) -> Callable[[Arguments], Value]:
    def compute(arguments: Arguments) -> Value:
        length = arguments.whole(1, 1)
        if length < 0:
            raise Failed(Failure.VALUE)
        return cut(arguments.text(0), length)

    return compute


def _text(arguments: Arguments) -> Value:
    value = arguments.value(0)
    if isinstance(value, str):
        return value
    try:
        return shown(arguments.number(0), in_locale(arguments.text(1), arguments.locale), arguments.locale)
    except UnknownPattern:
        raise Failed(Failure.VALUE) from None


def _substitute(arguments: Arguments) -> Value:
    searched = arguments.text(1)
    return arguments.text(0).replace(searched, arguments.text(2)) if searched else arguments.text(0)


def _value(arguments: Arguments) -> Value:
    """Numbers only: the real one reads dates and times, too."""
    value = arguments.value(0)
    read = read_number(value, arguments.locale) if isinstance(value, str) else arguments.number(0)
    if read is None:
        raise Failed(Failure.VALUE)
    return read


def _middle(arguments: Arguments) -> Value:
    start, length = arguments.whole(1), arguments.whole(2)
    if start < 1 or length < 0:
        raise Failed(Failure.VALUE)
    return arguments.text(0)[start - 1 : start - 1 + length]


def _found(fold: Callable[[str], str]) -> Callable[[Arguments], Value]:
    """Where a text begins in another one, counted from 1."""

    def compute(arguments: Arguments) -> Value:
        start = arguments.whole(2, 1)
        at = fold(arguments.text(1)).find(fold(arguments.text(0)), max(start, 1) - 1)
        if at < 0 or start < 1:
            raise Failed(Failure.VALUE)
        return float(at + 1)

    return compute


def _joined_text(arguments: Arguments) -> Value:
    parts = [text(value, arguments.locale) for value, _ in arguments.cells(2)]
    return arguments.text(0).join(part for part in parts if part or not arguments.logical(1))


BEYOND_RE2 = re.compile(r"\(\?<?[=!]|\\[1-9]")
"""What Python's expressions know and the service's do not: looking around, and referring back."""


def _pattern(arguments: Arguments) -> re.Pattern[str]:
    wanted = arguments.text(1)
    try:
        pattern = re.compile(wanted, re.ASCII)
    except re.error:
        raise Failed(Failure.REF) from None
    if BEYOND_RE2.search(wanted):
        raise Failed(Failure.REF)
    return pattern


def _regex_extract(arguments: Arguments) -> Value:
    found = _pattern(arguments).search(arguments.text(0))
    if found is None:
        raise Failed(Failure.NOT_AVAILABLE)
    return found[1] if found.re.groups else found[0]


def _regex_replace(arguments: Arguments) -> Value:
    replacement = re.sub(r"\$(\d)", r"\\\1", arguments.text(2).replace("\\", "\\\\"))
    try:
        return _pattern(arguments).sub(replacement, arguments.text(0))
    except re.error:
        raise Failed(Failure.REF) from None


FUNCTIONS = (
    Function("CONCATENATE", 1, UNLIMITED, _concatenate, mapped=False),
    Function("LEN", 1, 1, lambda arguments: float(len(arguments.text(0)))),
    Function("TRIM", 1, 1, lambda arguments: " ".join(arguments.text(0).split())),
    Function("LEFT", 1, 2, _piece(lambda whole, length: whole[:length])),
    Function("RIGHT", 1, 2, _piece(lambda whole, length: whole[max(0, len(whole) - length) :])),
    Function("TEXT", 2, 2, _text),
    Function("SUBSTITUTE", 3, 3, _substitute),
    Function("VALUE", 1, 1, _value),
    Function("MID", 3, 3, _middle),
    Function("FIND", 2, 3, _found(str)),
    Function("SEARCH", 2, 3, _found(str.casefold)),
    Function("UPPER", 1, 1, lambda arguments: arguments.text(0).upper()),
    Function("LOWER", 1, 1, lambda arguments: arguments.text(0).lower()),
    Function("EXACT", 2, 2, lambda arguments: arguments.text(0) == arguments.text(1)),
    Function("TEXTJOIN", 3, UNLIMITED, _joined_text, mapped=False),
    Function("REGEXMATCH", 2, 2, lambda arguments: _pattern(arguments).search(arguments.text(0)) is not None),
    Function("REGEXEXTRACT", 2, 2, _regex_extract),
    Function("REGEXREPLACE", 3, 3, _regex_replace),
)
