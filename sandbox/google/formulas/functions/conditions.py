"""Functions that choose, and functions that ask what a value is."""

from collections.abc import Callable

from sandbox.google.formulas.functions.registry import UNLIMITED, Arguments, Function
from sandbox.google.formulas.values import Block, Failed, Failure, Value, compare, logical


def _if(arguments: Arguments) -> Value | Block:
    if arguments.logical(0):
        return arguments.result(1)
    return arguments.result(2) if arguments.count > 2 else False  # noqa: PLR2004 - the third argument


def _ifs(arguments: Arguments) -> Value | Block:
    for index in range(0, arguments.count - 1, 2):
        if arguments.logical(index):
            return arguments.result(index + 1)
    raise Failed(Failure.NOT_AVAILABLE)


def _unless(failures: set[Failure]) -> Callable[[Arguments], Value | Block]:
    """The value, or the second argument in place of one of the failures."""

    def compute(arguments: Arguments) -> Value | Block:
        try:
            result = arguments.result(0)
        except Failed as failed:
            result = failed.failure
        if not isinstance(result, Failure) or result not in failures:
            return result
        return arguments.result(1) if arguments.count > 1 else ""

    return compute


def _switch(arguments: Arguments) -> Value | Block:
    wanted = arguments.value(0)
    for index in range(1, arguments.count - 1, 2):
        if compare(wanted, arguments.value(index)) == 0:
            return arguments.result(index + 1)
    if arguments.count % 2:
        raise Failed(Failure.NOT_AVAILABLE)
    return arguments.result(arguments.count - 1)


def _choose(arguments: Arguments) -> Value | Block:
    index = arguments.whole(0)
    if not 0 < index < arguments.count:
        raise Failed(Failure.NUM)
    return arguments.result(index)


def _joined(join: Callable[[list[bool]], bool]) -> Callable[[Arguments], Value]:
    def compute(arguments: Arguments) -> Value:
        told = [
            logical(value)
            for value, in_range in arguments.cells()
            if not (in_range and (value is None or isinstance(value, str)))
        ]
        if not told:
            raise Failed(Failure.VALUE)
        return join(told)

    return compute


def _test(name: str, holds: Callable[[Value], bool]) -> Function:
    def compute(arguments: Arguments) -> Value:
        try:
            return holds(arguments.value(0))
        except Failed as failed:
            return holds(failed.failure)

    return Function(name, 1, 1, compute)


FUNCTIONS = (
    Function("IF", 2, 3, _if),
    Function("IFS", 2, UNLIMITED, _ifs),
    Function("IFERROR", 1, 2, _unless(set(Failure))),
    Function("IFNA", 2, 2, _unless({Failure.NOT_AVAILABLE})),
    Function("SWITCH", 3, UNLIMITED, _switch),
    Function("CHOOSE", 2, UNLIMITED, _choose),
    Function("AND", 1, UNLIMITED, _joined(all), mapped=False),
    Function("OR", 1, UNLIMITED, _joined(any), mapped=False),
    Function("NOT", 1, 1, lambda arguments: not arguments.logical(0)),
    Function("TRUE", 0, 0, lambda _: True),
    Function("FALSE", 0, 0, lambda _: False),
    _test("ISBLANK", lambda value: value is None),
    _test("ISNUMBER", lambda value: isinstance(value, float)),
    _test("ISTEXT", lambda value: isinstance(value, str)),
    _test("ISNONTEXT", lambda value: not isinstance(value, str)),
    _test("ISLOGICAL", lambda value: isinstance(value, bool)),
    _test("ISNA", lambda value: value is Failure.NOT_AVAILABLE),
    _test("ISERROR", lambda value: isinstance(value, Failure)),
)
