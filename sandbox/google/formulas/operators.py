"""The operators, on single values and cell by cell on ranges."""

from collections.abc import Callable, Sequence

from sandbox.google.formulas.values import Block, Failed, Failure, Value, finite


def first(result: Value | Block) -> Value:
    """The value itself, or the first one of a range."""
    return result[0][0] if isinstance(result, tuple) else result


def mapped(operands: Sequence[Value | Block], compute: Callable[[Sequence[Value]], Value | Block]) -> Value | Block:
    """Computed cell by cell where an operand is a range; ranges of different shapes do not go together."""
    shapes = {(len(each), len(each[0])) for each in operands if isinstance(each, tuple)}
    if not shapes:
        return compute([first(each) for each in operands])
    if len(shapes) > 1:
        raise Failed(Failure.VALUE)
    [(rows, columns)] = shapes

    def cell(row: int, column: int) -> Value:
        try:
            return first(compute([each[row][column] if isinstance(each, tuple) else each for each in operands]))
        except Failed as failed:
            return failed.failure

    return tuple(tuple(cell(row, column) for column in range(columns)) for row in range(rows))


def arithmetic(operator: str, left: float, right: float) -> float:
    """+, -, *, / and ^; Failed where there is no result."""
    match operator:
        case "+":
            return finite(left + right)
        case "-":
            return finite(left - right)
        case "*":
            return finite(left * right)
        case "/":
            if right == 0:
                raise Failed(Failure.DIVIDE_BY_ZERO)
            return finite(left / right)
    return _power(left, right)


def _power(base: float, exponent: float) -> float:
    try:
        result = base**exponent
    except (OverflowError, ZeroDivisionError):
        raise Failed(Failure.NUM) from None
    if isinstance(result, complex):
        raise Failed(Failure.NUM)
    return finite(result)


COMPARISONS: dict[str, Callable[[int], bool]] = {
    "=": lambda sign: sign == 0,
    "<>": lambda sign: sign != 0,
    "<": lambda sign: sign < 0,
    "<=": lambda sign: sign <= 0,
    ">": lambda sign: sign > 0,
    ">=": lambda sign: sign >= 0,
}
