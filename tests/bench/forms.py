"""`make bench`, the second part: thousands of forms made and read over real HTTP, within Google's quotas.

`python -m tests.bench.forms [FORMS] [CHANGED] [ACCOUNTS]`
"""

import sys
from collections import Counter
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from tempfile import TemporaryDirectory
from time import perf_counter

import typer

from campaign.issuing import expected_minutes
from forms.google import pace_of
from tests.bench.country import country
from tests.bench.traffic import REFUSED, counted

FORMS, CHANGED = 3_321, 50
"""The communes of Viet Nam since the reform of 2025, and how many of them write something between two heartbeats."""
ACCOUNTS = 3
MOST_LISTS = 4
TOLERANCE = timedelta(minutes=1)
"""The forms that are left over at the end of a minute are made in the next one."""


@dataclass(frozen=True, slots=True)
class Measured:
    """What making and reading forms took: by the clock of the sandbox, and in requests by kind."""

    expected: int
    issuing: timedelta
    issued: Counter[str]
    sheets: int
    changed: Counter[str]

    @property
    def refused(self) -> int:
        """How often the service said that we were too fast."""
        return self.issued[REFUSED] + self.changed[REFUSED]


def measure(count: int, changed: int, accounts: int, folder: Path) -> Measured:
    """Issue `count` forms, let them come to rest, change some, and tick once more."""
    with country(count, accounts, folder) as under_way:
        with counted() as issued:
            issuing = under_way.issue()
        under_way.clock.wait(600)  # what the making of forms changed is no longer listed as new
        under_way.tick()
        under_way.change(changed)
        with counted() as read:
            under_way.tick()
        expected = expected_minutes(count, pace_of(accounts))
        return Measured(expected, issuing, issued, under_way.sheets(), read)


def main(count: int = FORMS, changed: int = CHANGED, accounts: int = ACCOUNTS) -> None:
    """Measure and print; end with an error where more is asked of Google than allowed."""
    expected = expected_minutes(count, pace_of(accounts))
    typer.echo(f"{count:,} forms as Google Sheets, {accounts} account(s): expected to take {expected} min")
    start = perf_counter()
    with TemporaryDirectory() as folder:
        found = measure(count, changed, accounts, Path(folder))
    typer.echo(f"    by the clock of the sandbox: {found.issuing.total_seconds() / 60:.0f} min")
    typer.echo(f"    here: {perf_counter() - start:.0f} s in all, for time there passes while we wait")
    typer.echo(f"    {_told(found.issued, count)}")
    typer.echo(f"{changed} of them changed, one heartbeat later:")
    typer.echo(f"    {_told(found.changed, 0)}")
    if found.issuing > timedelta(minutes=expected) + TOLERANCE:
        raise SystemExit(f"Making them took {found.issuing}, and not {expected} minutes.")
    if found.sheets != count or found.refused:
        raise SystemExit(f"{found.sheets} sheets for {count} units; {found.refused} requests refused for haste.")
    if found.changed["list"] > MOST_LISTS or found.changed["read a sheet"] > changed:
        raise SystemExit(f"More than {MOST_LISTS} lists or {changed} reads.")


def _told(counts: Counter[str], forms: int) -> str:
    each = f" ({sum(counts.values()) / forms:.1f} a form)" if forms else ""
    return ", ".join(f"{kind}: {number:,}" for kind, number in counts.most_common()) + each


if __name__ == "__main__":
    main(*map(int, sys.argv[1:]))
