"""`make bench`: how long a whole country's ranking takes, beside LibreOffice on the same formulas."""

import json
import re
import resource
import subprocess
import sys
from pathlib import Path
from tempfile import TemporaryDirectory
from time import perf_counter
from zipfile import ZIP_DEFLATED, ZipFile

import typer

from tests.bench.law import CATEGORIES, regulation
from tests.bench.measure import Spent
from tests.reports import office

COMMUNES = 10_598
"""Viet Nam's communes before the reform of 2025."""

GROWTH = (1_000, 3_000, COMMUNES, 30_000)


def main() -> None:
    """Measure and print the tables."""
    law = regulation()
    typer.echo(
        f"{len(law.indicators('xa'))} indicators in {CATEGORIES} categories, {len(law.questions)} data a commune"
    )
    typer.echo("\nFrom columns of answers to ranked results, exactly (best of five, each size in a process of its own)")
    typer.echo("    communes   seconds   processor seconds   microseconds a commune   MB at most")
    ranked = {count: _measured("ranking", count) for count in GROWTH}
    for count, found in ranked.items():
        each = found["processor"] / count * 1e6
        spent = f"{found['seconds']:7.3f}   {found['processor']:17.3f}   {each:22.1f}   {found['megabytes']:10.0f}"
        typer.echo(f"    {count:8,}   {spent}")
    read = _measured("reading", COMMUNES)
    typer.echo(f"\nFor information: {COMMUNES:,} communes' answers one by one into columns: {read['processor']:.2f} s")
    if reason := office.missing():
        typer.echo(f"\nNot compared: {reason}")
    else:
        _compare(ranked[COMMUNES]["processor"])


def _measured(kind: str, count: int, *paths: Path) -> Spent:
    command = [sys.executable, "-m", "tests.bench.measure", kind, str(count), *map(str, paths)]
    found: Spent = json.loads(subprocess.run(command, check=True, capture_output=True).stdout)
    return found


def _compare(ours: float) -> None:
    with TemporaryDirectory() as name:
        folder = Path(name)
        book = folder / "book.xlsx"
        written = _measured("workbook", COMMUNES, book)
        size = book.stat().st_size / 1e6
        typer.echo(
            f"\nThe workbook with all formulas ({size:.0f} MB) is written in {written['seconds']:.0f} s, ", nl=False
        )
        typer.echo(f"{written['megabytes']:.0f} MB at most.")
        typer.echo("LibreOffice loads it and saves its first sheet     seconds   processor seconds (least of two)")
        believing, computing = (_profile(folder, computes=computes) for computes in (False, True))
        believed = _loading("with the values that stand in it", book, believing)
        but_ranks = _loading("computing points, totals and grades anew", _without_ranks(book), computing)
        everything = _loading("computing the ranks, too: a COUNTIF a commune", book, computing)
    typer.echo("Computing alone, without loading, in processor seconds, which other work disturbs least:")
    typer.echo(f"    ranks and all        LibreOffice {everything - believed:5.1f}, we {ours:.3f}: ", nl=False)
    typer.echo(f"{(everything - believed) / ours:,.0f} times as long")
    typer.echo(f"    without its ranks    LibreOffice {but_ranks - believed:5.1f}, we {ours:.3f} with ours: ", nl=False)
    typer.echo(f"{(but_ranks - believed) / ours:,.0f} times as long")


def _without_ranks(book: Path) -> Path:
    """Return a copy of the workbook in which ranks are mere numbers."""
    copy = book.with_name("without-ranks.xlsx")
    with ZipFile(book) as source, ZipFile(copy, "w", ZIP_DEFLATED) as target:
        for name in source.namelist():
            target.writestr(name, re.sub(rb"<f>1\+COUNTIF[^<]*</f>", b"", source.read(name)))
    return copy


def _profile(folder: Path, *, computes: bool) -> Path:
    used = office.profile(folder / f"profile-{computes}", computes=computes)
    nothing = folder / "nothing.csv"
    nothing.write_text("1\n")
    # A first start makes the profile complete.
    office.convert([nothing], "csv", folder / "out", used)
    return used


def _loading(what: str, book: Path, used: Path) -> float:
    """Load a workbook twice, print the lesser times, and return the processor's."""
    rounds = []
    for _ in range(2):
        start, processor = perf_counter(), _of_children()
        office.convert([book], "csv", book.parent / "out", used)
        rounds.append((perf_counter() - start, _of_children() - processor))
    seconds, least = map(min, zip(*rounds, strict=True))
    typer.echo(f"    {what:47}{seconds:7.1f}   {least:17.1f}")
    return float(least)


def _of_children() -> float:
    """Return the processor time of all ended processes that were started from here."""
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


if __name__ == "__main__":
    main()
