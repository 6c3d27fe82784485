"""How far the collecting is, as text for chat: the board of all units, and one unit."""

from collections.abc import Iterator, Mapping
from zoneinfo import ZoneInfo

from campaign.models import ReopeningKind, Submission
from campaign.queries import Board, UnitProgress, UnitState
from reports.chat import NAME_LENGTH, named, shorten
from words import Text

MISSING_NAMED = 10
"""So many missing items are named; of the others the text gives the number."""
SECTIONS_LENGTH, FEW_SECTIONS = 3300, 4
"""The sections of a board share one message; a single one does not take it all."""
PROBLEMS_LENGTH = 700


def board_text(board: Board) -> Text:
    """Return the counts, who has not submitted, who has mistakes in the form, whose form cannot be reached.

    Where nobody can tell what they changed lately, that stands before the names.
    """
    head = Text(
        "reports.board",
        title=board.campaign.title,
        last_day=board.last_day,
        submitted=len(board.submitted),
        of=len(board.units),
        started=len(board.started),
        untouched=len(board.silent) - len(board.started),
    )
    unlisted = (Text("reports.board_unlisted", reason=board.why_unlisted),) if board.why_unlisted else ()
    return Text("reports.lines", lines=(head, *unlisted, *_sections(board)))


def _sections(board: Board) -> Iterator[Text]:
    """Lists of names, as many of each as there is room for in one message."""
    lists = {title: items for title, items in _lists(board).items() if items}
    room = SECTIONS_LENGTH // max(len(lists), FEW_SECTIONS)
    for title, items in lists.items():
        yield Text(title, n=len(items), items=named(items, room=room))


def _lists(board: Board) -> Mapping[str, list[str] | list[Text]]:
    unlocked = {each.unit.id for each in board.unlocked}
    return {
        "reports.board_untouched": [_name(each) for each in board.silent if not each.filled],
        "reports.board_started": [
            Text("reports.unit_filled", unit=_name(each), filled=each.filled, of=each.of) for each in board.started
        ],
        "reports.board_reopened": [_until(each) for each in board.reopened],
        "reports.board_unconfirmed": [_name(each) for each in board.unconfirmed],
        "reports.board_late": [_name(each) for each in board.late],
        "reports.board_mistakes": [
            Text("reports.unit_mistakes", unit=_name(each), n=len(each.problems))
            for each in board.units
            if each.problems
        ],
        "reports.board_unlocked": [_with_reason(each) for each in board.unlocked],
        "reports.board_unreachable": [_with_reason(each) for each in board.unreachable if each.unit.id not in unlocked],
    }


def _until(progress: UnitProgress) -> Text:
    return Text("campaign.unit_until", unit=_name(progress), last_day=progress.last_day)


def _with_reason(progress: UnitProgress) -> Text:
    return Text("campaign.unit_trouble", unit=_name(progress), reason=progress.why_in_trouble)


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
    yield from _state(progress)
    if progress.is_left_open:
        yield Text("reports.unit_left_open", reason=progress.why_in_trouble)
    elif progress.trouble:
        yield Text("reports.unit_in_trouble", reason=progress.why_in_trouble)
    if progress.missing:
        left_out = max(0, len(progress.missing) - MISSING_NAMED)
        items = named(progress.missing[:MISSING_NAMED], more=left_out)
        yield Text("reports.unit_missing", n=len(progress.missing), items=items)
    if progress.problems:
        yield Text(
            "reports.unit_problems", n=len(progress.problems), items=named(progress.problems, room=PROBLEMS_LENGTH)
        )


def _state(progress: UnitProgress) -> Iterator[Text]:
    """What was submitted, and whether the unit has a day of its own."""
    if progress.reopening:
        kind = {ReopeningKind.EXTENSION: "extended", ReopeningKind.RETURN: "returned"}[progress.reopening.kind]
        yield Text(f"reports.unit_{kind}", until=progress.last_day, reason=progress.reopening.reason)
    if progress.submission:
        yield _submitted("reports.unit_submitted", progress, progress.submission)
    if progress.unconfirmed:
        yield _submitted("reports.unit_unconfirmed", progress, progress.unconfirmed)
    elif not progress.submission:
        yield _not_in_time(progress)


def _not_in_time(progress: UnitProgress) -> Text:
    if progress.late:
        return _submitted("reports.unit_submitted_late", progress, progress.late)
    return Text("reports.unit_over" if progress.state is UnitState.MISSING else "reports.unit_not_submitted")


def _submitted(kind: str, progress: UnitProgress, submission: Submission) -> Text:
    at = submission.at.astimezone(ZoneInfo(progress.unit.campaign.zone))
    return Text(kind, receipt=submission.receipt, number=submission.number, at=at)
