"""How far the collecting is, as text for chat: the board of all units, and one unit."""

from collections.abc import Iterable, Iterator
from zoneinfo import ZoneInfo

from campaign.models import Submission
from campaign.queries import Board, UnitProgress
from reports.chat import NAME_LENGTH, named, shorten
from words import Text

MISSING_NAMED = 10
"""So many missing items are named; of the others the text gives the number."""
SECTION_LENGTH = 700
"""The sections of a board share one message."""


def board_text(board: Board) -> Text:
    """Return the counts, who has not submitted, who has mistakes in the form, whose form cannot be reached."""
    head = Text(
        "reports.board",
        title=board.campaign.title,
        last_day=board.last_day,
        submitted=len(board.submitted),
        of=len(board.units),
        started=len(board.started),
        untouched=len(board.silent) - len(board.started),
    )
    return Text("reports.lines", lines=(head, *_sections(board)))


def _sections(board: Board) -> Iterator[Text]:
    untouched = [_name(each) for each in board.silent if not each.filled]
    started = [Text("reports.unit_filled", unit=_name(each), filled=each.filled, of=each.of) for each in board.started]
    mistaken = [
        Text("reports.unit_mistakes", unit=_name(each), n=len(each.problems)) for each in board.units if each.problems
    ]
    yield from _section("reports.board_untouched", untouched)
    yield from _section("reports.board_started", started)
    yield from _section("reports.board_late", [_name(each) for each in board.late])
    yield from _section("reports.board_mistakes", mistaken)
    yield from _section("reports.board_unreachable", [_name(each) for each in board.unreachable])


def _section(title: str, items: list[str] | list[Text]) -> Iterable[Text]:
    return (Text(title, n=len(items), items=named(items, room=SECTION_LENGTH)),) if items else ()


def _name(progress: UnitProgress) -> str:
    return shorten(progress.unit.name, NAME_LENGTH)


def unit_text(progress: UnitProgress) -> Text:
    """Return what a unit has filled in and what it lacks, its deadline and its receipt."""
    return Text("reports.lines", lines=tuple(_unit_lines(progress)))


def _unit_lines(progress: UnitProgress) -> Iterator[Text]:
    yield Text(
        "reports.unit_progress",
        unit=_name(progress),
        filled=progress.filled,
        of=progress.of,
        last_day=progress.last_day,
    )
    yield _receipt(progress)
    if progress.missing:
        left_out = max(0, len(progress.missing) - MISSING_NAMED)
        items = named(progress.missing[:MISSING_NAMED], more=left_out)
        yield Text("reports.unit_missing", n=len(progress.missing), items=items)
    if progress.problems:
        yield Text(
            "reports.unit_problems", n=len(progress.problems), items=named(progress.problems, room=SECTION_LENGTH)
        )


def _receipt(progress: UnitProgress) -> Text:
    if progress.submission:
        return _submitted("reports.unit_submitted", progress, progress.submission)
    if progress.late:
        return _submitted("reports.unit_submitted_late", progress, progress.late)
    return Text("reports.unit_not_submitted")


def _submitted(kind: str, progress: UnitProgress, submission: Submission) -> Text:
    at = submission.at.astimezone(ZoneInfo(progress.unit.campaign.zone))
    return Text(kind, receipt=submission.receipt, number=submission.number, at=at)
