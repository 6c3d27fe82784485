"""units.csv: the units of a ranking."""

from collections.abc import Iterable, Iterator, Mapping

from scoring.csv_rows import Row, as_text, read_rows, write_rows
from scoring.regulation import Group, Regulation
from scoring.units import Unit, UnitStatus
from words import Problem, Series

REQUIRED = ("unit", "name", "group")
OPTIONAL = ("parent", "status", "source")


def read_units(text: str, file: str, regulation: Regulation) -> tuple[tuple[Unit, ...], tuple[Problem, ...]]:
    """Read units.csv: the units whose rows are right, and what is wrong with the other rows.

    An empty status is on_time. A parent is another unit of the table, of the group that the unit's own is under; it may
    be left out unless the unit is ranked within its parent or its marks are rolled up.
    """
    rows, problems = read_rows(text, file, REQUIRED, OPTIONAL)
    listed = {row.cells["unit"]: row.cells["group"] for row in rows}
    units: dict[str, Unit] = {}
    wrong = list(problems)
    for row in rows:
        found = list(_row_problems(row, regulation, listed, units))
        wrong += found
        if not found:
            units[row.cells["unit"]] = _unit(row)
    return tuple(units.values()), tuple(wrong)


def _row_problems(
    row: Row, regulation: Regulation, listed: Mapping[str, str], before: dict[str, Unit]
) -> Iterator[Problem]:
    cells = row.cells
    for column in REQUIRED:
        if not cells[column]:
            yield row.problem("cell_empty", column, column=column)
    if cells["unit"] in before:
        yield row.problem("row_doubled", "unit", key=cells["unit"])
    if cells["group"] and cells["group"] not in regulation.groups:
        yield row.problem(
            "unknown_group_of_unit", "group", group=cells["group"], groups=Series(tuple(regulation.groups))
        )
    yield from _parent_problems(row, regulation, listed)
    if cells["status"] and cells["status"] not in set(UnitStatus):
        yield row.problem("unknown_word", "status", word=cells["status"], words=Series(tuple(UnitStatus)))


def _parent_problems(row: Row, regulation: Regulation, listed: Mapping[str, str]) -> Iterator[Problem]:
    group, parent = regulation.groups.get(row.cells["group"]), row.cells["parent"]
    if parent and parent not in listed:
        yield row.problem("unknown_unit", "parent", unit=parent)
    elif group is not None and parent and group.under and listed[parent] != group.under:
        yield row.problem("parent_of_other_group", "parent", unit=parent, group=group.under)
    elif group is not None and not parent and _needs_parent(regulation, group):
        yield row.problem("unit_without_parent", "parent", group=group.under)


def _needs_parent(regulation: Regulation, group: Group) -> bool:
    return group.ranked == "within_parent" or any(
        group.id in regulation.rolled_up_from(each) for each in regulation.groups
    )


def _unit(row: Row) -> Unit:
    cells = row.cells
    status = UnitStatus(cells["status"] or UnitStatus.ON_TIME)
    return Unit(cells["unit"], cells["name"], cells["group"], cells["parent"], status, cells["source"])


def write_units(units: Iterable[Unit]) -> str:
    """Return units.csv, which `read_units` reads back."""
    rows = (
        [as_text(cell) for cell in (unit.id, unit.name, unit.group, unit.parent, unit.status, unit.source)]
        for unit in units
    )
    return write_rows((*REQUIRED, *OPTIONAL), rows)
