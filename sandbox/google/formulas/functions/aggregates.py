"""Functions of many cells."""

import math
from collections.abc import Callable
from itertools import product

from sandbox.google.formulas.functions.criteria import criterion
from sandbox.google.formulas.functions.registry import UNLIMITED, Arguments, Function
from sandbox.google.formulas.values import Block, Failed, Failure, Value, checked, finite, number


def _numbers(arguments: Arguments) -> list[float]:
    """Of ranges only the numbers; of values typed as arguments everything that is like a number."""
    found: list[float] = []
    for value, in_range in arguments.cells():
        if not in_range or isinstance(checked(value), float):
            found.append(number(value, arguments.locale))
    return found


def _of_numbers(name: str, compute: Callable[[list[float]], float]) -> Function:
    return Function(name, 1, UNLIMITED, lambda arguments: finite(compute(_numbers(arguments))), mapped=False)


def _average(numbers: list[float]) -> float:
    if not numbers:
        raise Failed(Failure.DIVIDE_BY_ZERO)
    return math.fsum(numbers) / len(numbers)


def _counted(name: str, counts: Callable[[Value], bool], most: int = UNLIMITED) -> Function:
    def compute(arguments: Arguments) -> Value:
        return float(sum(counts(value) for value, _ in arguments.cells()))

    return Function(name, 1, most, compute, mapped=False)


def _count_if(arguments: Arguments) -> Value:
    fits = criterion(arguments.value(1), arguments.locale)
    return float(sum(fits(value) for row in arguments.block(0) for value in row))


def _sum_if(arguments: Arguments) -> Value:
    fits = criterion(arguments.value(1), arguments.locale)
    tested = arguments.block(0)
    summed = arguments.block(2) if arguments.count > 2 else tested  # noqa: PLR2004 - the third argument
    _same_shape([tested, summed])
    pairs = (
        (test, value) for tests, row in zip(tested, summed, strict=True) for test, value in zip(tests, row, strict=True)
    )
    return finite(math.fsum(_factor(value) for test, value in pairs if fits(test)))


def _count_ifs(arguments: Arguments) -> Value:
    return float(sum(_all_hold(arguments, 0)))


def _sum_ifs(arguments: Arguments) -> Value:
    summed = arguments.block(0)
    _same_shape([summed, arguments.block(1)])
    values = (value for row in summed for value in row)
    return finite(
        math.fsum(_factor(value) for value, holds in zip(values, _all_hold(arguments, 1), strict=True) if holds)
    )


def _all_hold(arguments: Arguments, start: int) -> list[bool]:
    """Cell by cell, whether every range from that argument on fits the criterion behind it."""
    if (arguments.count - start) % 2:
        raise Failed(Failure.NOT_AVAILABLE)
    pairs = range(start, arguments.count, 2)
    blocks = [arguments.block(index) for index in pairs]
    _same_shape(blocks)
    tests = [criterion(arguments.value(index + 1), arguments.locale) for index in pairs]
    cells = zip(*([value for row in block for value in row] for block in blocks), strict=True)
    return [all(fits(value) for fits, value in zip(tests, each, strict=True)) for each in cells]


def _sum_product(arguments: Arguments) -> Value:
    blocks = [arguments.block(index) for index in range(arguments.count)]
    _same_shape(blocks)
    rows, columns = len(blocks[0]), len(blocks[0][0])
    terms = (
        math.prod(_factor(block[row][column]) for block in blocks)
        for row, column in product(range(rows), range(columns))
    )
    return finite(math.fsum(terms))


def _factor(value: Value) -> float:
    # TRUE counts as 0 here, as in Excel: a condition has to be multiplied by 1 to be safe everywhere.
    plain = checked(value)
    return plain if isinstance(plain, float) else 0.0


def _same_shape(blocks: list[Block]) -> None:
    if len({(len(block), len(block[0])) for block in blocks}) > 1:
        raise Failed(Failure.VALUE)


FUNCTIONS = (
    _of_numbers("SUM", math.fsum),
    _of_numbers("MIN", lambda numbers: min(numbers, default=0.0)),
    _of_numbers("MAX", lambda numbers: max(numbers, default=0.0)),
    _of_numbers("AVERAGE", _average),
    _counted("COUNT", lambda value: isinstance(value, float)),
    _counted("COUNTA", lambda value: value is not None),
    _counted("COUNTBLANK", lambda value: value is None or value == "", most=1),
    Function("COUNTIF", 2, 2, _count_if, mapped=False),
    Function("SUMIF", 2, 3, _sum_if, mapped=False),
    Function("COUNTIFS", 2, UNLIMITED, _count_ifs, mapped=False),
    Function("SUMIFS", 3, UNLIMITED, _sum_ifs, mapped=False),
    Function("SUMPRODUCT", 1, UNLIMITED, _sum_product, mapped=False, of_arrays=True),
)
