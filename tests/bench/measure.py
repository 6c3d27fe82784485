"""One measurement in a process of its own: `python -m tests.bench.measure KIND COMMUNES [FILE]` prints JSON."""

import json
import resource
import sys
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from time import perf_counter, process_time
from typing import TypeAlias

from reports.recomputation import write_recomputation
from scoring import Cohort, rank_cohorts
from tests.bench.communes import answers_of, communes
from tests.bench.law import GROUP, regulation

ROUNDS = 5

Spent: TypeAlias = dict[str, float]
"""Seconds by the clock, processor seconds, and the most memory in MB."""


def ranking(count: int) -> Spent:
    """Time the way from answer columns to ranked results."""
    law = regulation()
    cohort = communes(law, count)
    return _best(lambda: rank_cohorts(law, {GROUP: cohort}))


def reading(count: int) -> Spent:
    """Time the way from answers, one by one as they come from a table, to columns."""
    law = regulation()
    cohort = communes(law, count)
    answers = {unit.id: answers_of(cohort, row) for row, unit in enumerate(cohort.units)}
    return _best(lambda: Cohort.of(law, GROUP, cohort.units, answers))


def workbook(count: int, path: Path) -> Spent:
    """Time the writing of the workbook with all formulas, ranking included."""
    law = regulation()
    cohort = communes(law, count)
    start, processor = perf_counter(), process_time()
    with path.open("wb") as target:
        results = rank_cohorts(law, {GROUP: cohort})
        write_recomputation(target, law, results, "vi", created=datetime(2026, 12, 20, tzinfo=UTC))
    return {"seconds": perf_counter() - start, "processor": process_time() - processor, "megabytes": _peak()}


def _best(measured: Callable[[], object]) -> Spent:
    """Return the shortest time and the least processor time of several rounds."""
    rounds = []
    for _ in range(ROUNDS):
        start, processor = perf_counter(), process_time()
        measured()
        rounds.append((perf_counter() - start, process_time() - processor))
    seconds, processor = map(min, zip(*rounds, strict=True))
    return {"seconds": seconds, "processor": processor, "megabytes": _peak()}


def _peak() -> float:
    """Return the most memory that this process has held, in MB: everything, the loaded regulation and Python too."""
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return peak / (1024 * 1024 if sys.platform == "darwin" else 1024)


def main(kind: str, count: str, *paths: str) -> None:
    """Measure and print."""
    measured = {"ranking": ranking, "reading": reading}
    found = workbook(int(count), Path(paths[0])) if paths else measured[kind](int(count))
    json.dump(found, sys.stdout)


if __name__ == "__main__":
    main(*sys.argv[1:])
