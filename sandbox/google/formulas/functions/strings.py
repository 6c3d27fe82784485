"""Functions of text."""

from collections.abc import Callable

from sandbox.google.formulas.functions.registry import UNLIMITED, Arguments, Function
from sandbox.google.formulas.values import Failed, Failure, Value, text
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


FUNCTIONS = (
    Function("CONCATENATE", 1, UNLIMITED, _concatenate, mapped=False),
    Function("LEN", 1, 1, lambda arguments: float(len(arguments.text(0)))),
    Function("TRIM", 1, 1, lambda arguments: " ".join(arguments.text(0).split())),
    Function("LEFT", 1, 2, _piece(lambda whole, length: whole[:length])),
    Function("RIGHT", 1, 2, _piece(lambda whole, length: whole[max(0, len(whole) - length) :])),
    Function("TEXT", 2, 2, _text),
)
