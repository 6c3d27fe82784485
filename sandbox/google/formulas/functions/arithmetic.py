"""Functions of numbers."""

import math
from decimal import ROUND_DOWN, ROUND_HALF_UP, ROUND_UP

from sandbox.google.formulas.functions.registry import Arguments, Function
from sandbox.google.formulas.values import Failed, Failure, Value, checked, finite, rounded

MOST_DIGITS = 400  # more decimals than any number has; keeps a mistyped count from costing time


def _rounding(name: str, mode: str) -> Function:
    def compute(arguments: Arguments) -> Value:
        digits = max(-MOST_DIGITS, min(MOST_DIGITS, arguments.whole(1)))
        return rounded(arguments.number(0), digits, mode)

    return Function(name, 1, 2, compute)


def _divisor(arguments: Arguments) -> float:
    divisor = arguments.number(1)
    if divisor == 0:
        raise Failed(Failure.DIVIDE_BY_ZERO)
    return divisor


def _quotient(arguments: Arguments) -> Value:
    return float(math.trunc(finite(arguments.number(0) / _divisor(arguments))))


def _modulo(arguments: Arguments) -> Value:
    return arguments.number(0) % _divisor(arguments)


def _n(arguments: Arguments) -> Value:
    value = checked(arguments.value(0))
    return float(value) if isinstance(value, float | bool) else 0.0


FUNCTIONS = (
    _rounding("ROUND", ROUND_HALF_UP),
    _rounding("ROUNDUP", ROUND_UP),
    _rounding("ROUNDDOWN", ROUND_DOWN),
    Function("INT", 1, 1, lambda arguments: float(math.floor(arguments.number(0)))),
    Function("ABS", 1, 1, lambda arguments: abs(arguments.number(0))),
    Function("QUOTIENT", 2, 2, _quotient),
    Function("MOD", 2, 2, _modulo),
    Function("N", 1, 1, _n),
)
