"""Functions that find a cell: exact searches only (the parser refuses the others)."""

from sandbox.google.formulas.functions.registry import Arguments, Function
from sandbox.google.formulas.values import Block, Failed, Failure, Value, compare


def _position(wanted: Value, among: list[Value]) -> int:
    for index, value in enumerate(among):
        if type(value) is type(wanted) and not isinstance(value, Failure) and compare(value, wanted) == 0:
            return index
    raise Failed(Failure.NOT_AVAILABLE)


def _v_lookup(arguments: Arguments) -> Value:
    block, column = arguments.block(1), arguments.whole(2)
    if column < 1:
        raise Failed(Failure.VALUE)
    if column > len(block[0]):
        raise Failed(Failure.REF)
    return block[_position(arguments.value(0), [row[0] for row in block])][column - 1]


def _match(arguments: Arguments) -> Value:
    block = arguments.block(1)
    if len(block) > 1 and len(block[0]) > 1:
        raise Failed(Failure.NOT_AVAILABLE)
    return 1.0 + _position(arguments.value(0), [value for row in block for value in row])


def _index(arguments: Arguments) -> Value | Block:
    block = arguments.block(0)
    row, column = arguments.whole(1), arguments.whole(2)
    if len(block) == 1 and arguments.count == 2:  # noqa: PLR2004 - in a single row the one index counts columns
        row, column = 1, row
    if not (0 <= row <= len(block) and 0 <= column <= len(block[0])):
        raise Failed(Failure.NUM)
    rows = block if row == 0 else block[row - 1 : row]
    found = rows if column == 0 else tuple(each[column - 1 : column] for each in rows)
    return found[0][0] if len(found) == len(found[0]) == 1 else found


FUNCTIONS = (
    Function("VLOOKUP", 4, 4, _v_lookup, mapped=False),
    Function("MATCH", 3, 3, _match, mapped=False),
    Function("INDEX", 1, 3, _index, mapped=False),
)
