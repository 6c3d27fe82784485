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


def _regex_match(arguments: Arguments) -> Value:
    try:
        return re.search(arguments.text(1), arguments.text(0), re.ASCII) is not None
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
    Function("REGEXMATCH", 2, 2, _regex_match),
)
