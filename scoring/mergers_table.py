"""merged.csv: which units (đơn vị hợp nhất, đổi tên) this year's ones were made of."""

from collections.abc import Collection, Iterator

from scoring.csv_rows import Row, read_rows
from words import Problem

REQUIRED = ("former", "unit")


def read_mergers(
    text: str, file: str, former: Collection[str], units: Collection[str]
) -> tuple[dict[str, str], tuple[Problem, ...]]:
    """Read merged.csv: the new unit for each former one, and what is wrong with the other rows.

    `former` are the units of the earlier year, `units` those of this year. A new name is a merger of one.
    """
    rows, problems = read_rows(text, file, REQUIRED, ())
    mergers: dict[str, str] = {}
    wrong = list(problems)
    for row in rows:
        found = list(_row_problems(row, mergers, former, units))
        wrong += found
        if not found:
            mergers[row.cells["former"]] = row.cells["unit"]
    return mergers, tuple(wrong)


def _row_problems(
    row: Row, before: Collection[str], former: Collection[str], units: Collection[str]
) -> Iterator[Problem]:
    if row.cells["former"] in before:
        yield row.problem("row_doubled", "former", key=row.cells["former"])
    for column, known in (("former", former), ("unit", units)):
        if row.cells[column] not in known:
            yield row.problem("unknown_unit", column, unit=row.cells[column])
