"""What lights up on the form while it is filled in."""

from collections.abc import Iterator, Sequence

from forms.dialect import Dialect, quoted
from forms.sheet import Column, Highlight, Input, Row, State, address


def highlights(rows: Sequence[Row], dialect: Dialect) -> tuple[Highlight, ...]:
    """Answers and their evidence by their state, last year's values while unchanged, claims without a reason."""
    return (*_last_year(rows, dialect), *_by_state(rows, dialect), *_unexplained(rows, dialect))


def _by_state(rows: Sequence[Row], dialect: Dialect) -> Iterator[Highlight]:
    first, last = _extent(rows, Column.STATE)
    if last < 0:
        return
    state = _cell(Column.STATE, first)
    # An empty cell equals zero, so that the lines without a state have to be left out by themselves.
    has_state = f"ISNUMBER({state})"
    yield Highlight(Column.ANSWER, first, last, dialect.call("AND", has_state, f"{state}={State.MISSING}"), "missing")
    yield Highlight(Column.ANSWER, first, last, dialect.call("AND", has_state, f"{state}>={State.WRONG}"), "wrong")
    done = dialect.call("AND", has_state, f"{state}>={State.DONE}")  # the first that holds counts
    yield Highlight(Column.ANSWER, first, last, done, "done")
    unlikely = dialect.call("AND", has_state, f"{state}<0")
    yield Highlight(Column.ANSWER, first, last, unlikely, "unlikely")
    remark = f'{_cell(Column.REMARK, first)}<>""'
    yield Highlight(Column.REMARK, first, last, dialect.call("AND", has_state, f"{state}<0", remark), "unlikely")
    bare = dialect.call("OR", *(f"{state}={sign * State.UNEVIDENCED}" for sign in (1, State.UNLIKELY)))
    yield Highlight(Column.EVIDENCE, first, last, bare, "missing")


def _last_year(rows: Sequence[Row], dialect: Dialect) -> Iterator[Highlight]:
    for index, row in enumerate(rows):
        given = row.cells.get(Column.ANSWER)
        if isinstance(given, Input) and given.from_last_year:
            unchanged = _is_unchanged(_cell(Column.ANSWER, index), given, dialect)
            yield Highlight(Column.ANSWER, index, index, unchanged, "last_year")


def _is_unchanged(cell: str, given: Input, dialect: Dialect) -> str:
    """A day may stand there as a date or as text."""
    same = f"{cell}={quoted(str(given.value))}"
    if given.type != "date":
        return same
    day, month, year = (str(int(part)) for part in str(given.value).split("/"))
    return dialect.call("OR", same, f"{cell}={dialect.call('DATE', year, month, day)}")


def _unexplained(rows: Sequence[Row], dialect: Dialect) -> Iterator[Highlight]:
    first, last = _extent(rows, Column.NOT_APPLICABLE)
    if last < 0:
        return
    claim, reason = _cell(Column.NOT_APPLICABLE, first), _cell(Column.EXPLANATION, first)
    told = dialect.call("AND", f'{claim}<>""', f'TRIM({reason})=""')
    yield Highlight(Column.EXPLANATION, first, last, told, "missing")


def _extent(rows: Sequence[Row], column: Column) -> tuple[int, int]:
    """The first and the last row of the table in which the column has something."""
    found = [index for index, row in enumerate(rows) if column in row.cells and row.key]
    return (found[0], found[-1]) if found else (0, -1)


def _cell(column: Column, row: int) -> str:
    """The column stays the same wherever the formula is applied."""
    return f"${address(column.position, row)}"
