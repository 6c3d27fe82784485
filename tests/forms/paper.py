"""The cells of a form as the service gives them back, without the service."""

from collections.abc import Mapping

from forms.layout import lay_out
from forms.sheet import Column, Row
from tests.forms.samples import order_of, regulation

Typed = Mapping[str, Mapping[Column, object]]


def cells_of(typed: Typed) -> list[list[object]]:
    """The small regulation's form with raw values in some cells, by anchor and column."""
    rows = lay_out(order_of(regulation())).rows
    return [[_raw(row, column, typed.get(row.key, {})) for column in Column] for row in rows]


def answered(**answers: object) -> list[list[object]]:
    """The same with raw values in the answer cells, by question."""
    return cells_of({f"question:{key}": {Column.ANSWER: value} for key, value in answers.items()})


def _raw(row: Row, column: Column, typed: Mapping[Column, object]) -> object:
    if column is Column.KEY and row.key:
        return row.key
    printed = row.cells.get(column)
    return typed.get(column, printed if isinstance(printed, str) else None)
