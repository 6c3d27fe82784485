"""What the office writes on a unit's form: how far it is, what is to be mended, which files came, the points."""

from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import replace
from datetime import datetime
from decimal import Decimal
from zoneinfo import ZoneInfo

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from campaign.confirming import waits_for_head
from campaign.content import sha256_of
from campaign.counting import submissions_of, that_counts
from campaign.drafts import draft_of, problems_by_key, reading_of
from campaign.evidence import files_of, unplaced, with_files
from campaign.finding import last_ranking
from campaign.gaps import Findings, findings_of
from campaign.lateness import is_late, late_policy
from campaign.models import Campaign, Draft, Finding, Form, ReopeningKind, Submission, Unit
from campaign.plan import due_of
from campaign.ports import FormNotes
from campaign.stages import Stage
from words import Problem, Series, Text

MENDING = frozenset({Stage.COLLECTING, Stage.VERIFYING})
SHOWN_PROBLEMS = 5
"""The status is one cell: of the other problems that belong nowhere else it gives the number."""

SHOWN_FILES = 5
"""The same of the names of files."""


def notes_of(session: Session, unit: Unit) -> FormNotes:
    """What stands on the unit's form besides what people filled in, by what is known now."""
    last_day = due_of(unit).last_day if unit.reopenings else None
    known = FormNotes(received=_received(session, unit), last_day=last_day)
    status = tuple(_status(session, unit))
    if unit.campaign.stage is Stage.PUBLISHED:  # nobody learns points before the decision
        known = replace(known, verified=_points(session, unit), verdicts=_verdicts(session, unit))
    elif draft := draft_of(session, unit):
        findings = findings_of(session, unit, reading_of(draft))
        remarks, doubts = _remarks(draft, findings), _by_key(findings.notices)
        known = replace(known, remarks=_of_rows(remarks), doubts=_of_rows(doubts))
        if unit.campaign.stage in MENDING:
            status += (*_of_no_row(remarks), *(Text("campaign.worth_a_look", what=each) for each in doubts.get("", ())))
    return replace(known, status=Text("campaign.status", lines=status))


@contextmanager
def note_changes(session: Session, unit: Unit) -> Iterator[None]:
    """Let the notes be written anew if what is done meanwhile changes them."""
    before = notes_of(session, unit)
    yield
    if notes_of(session, unit) != before:
        session.get_one(Form, unit.id).notes_due = True


def note_all(session: Session, campaign: Campaign) -> None:
    """Let the notes be written anew on every form that is a sheet."""
    ids = select(Unit.id).where(Unit.campaign_id == campaign.id)
    session.execute(update(Form).where(Form.unit_id.in_(ids), Form.file_id.is_not(None)).values(notes_due=True))


def _status(session: Session, unit: Unit) -> Iterator[Text]:
    submissions = submissions_of(session, unit)
    counted, waiting = that_counts(submissions), waits_for_head(session, unit)
    newest = next(reversed(submissions), None)
    if counted:
        yield _revision(unit, "campaign.status_late" if is_late(counted) else "campaign.status_submitted", counted)
    if waiting:
        yield _revision(unit, "campaign.status_waits_for_head", waiting)
    if newest is None:
        yield Text("campaign.status_nothing")
    elif newest not in {counted, waiting}:
        yield _not_counted(unit, newest)
    if unit.campaign.stage in MENDING:
        yield from _changed_since(session, unit, newest)
        yield from _reopened(unit, newest)
        yield from _unplaced(session, unit)


def _changed_since(session: Session, unit: Unit, newest: Submission | None) -> Iterator[Text]:
    """Nobody has to notice by themselves that what they wrote after submitting does not count yet."""
    draft = draft_of(session, unit)
    if newest is None or draft is None or draft.changed_at <= newest.came_at:
        return
    if sha256_of(with_files(session, unit, reading_of(draft).filled)) != newest.sha256:
        yield Text("campaign.status_changed_since", number=newest.number)


def _not_counted(unit: Unit, newest: Submission) -> Text:
    """Why the newest revision does not count, and waits for nobody."""
    if newest.rejected_at is not None:
        return _revision(unit, "campaign.status_rejected", newest, reason=newest.rejection or "")
    return _revision(unit, "campaign.status_too_late", newest, clause=late_policy(newest))


def _revision(unit: Unit, text_id: str, submission: Submission, **facts: str | Text) -> Text:
    at = submission.came_at.astimezone(ZoneInfo(unit.campaign.zone))
    return Text(text_id, number=submission.number, receipt=submission.receipt, at=at, **facts)


def _reopened(unit: Unit, newest: Submission | None) -> Iterator[Text]:
    """The unit's own last day; a form that was given back is no longer so once it has come again."""
    if not unit.reopenings:
        return
    last = unit.reopenings[-1]
    if last.kind is ReopeningKind.EXTENSION:
        yield Text("campaign.status_extended", until=last.until)
    elif not _came_after(newest, last.at):
        yield Text("campaign.status_returned", until=last.until, reason=last.reason)


def _unplaced(session: Session, unit: Unit) -> Iterator[Text]:
    """The files that count for nothing as yet; where no contact has joined, nobody is asked about them elsewhere."""
    names = tuple(each.name for each in unplaced(session, unit))
    if names:
        shown = names[:SHOWN_FILES] + ("…",) * (len(names) > SHOWN_FILES)
        yield Text("campaign.status_unplaced_files", n=len(names), names=Series(shown))


def _of_no_row(remarks: Mapping[str, tuple[Text, ...]]) -> Iterator[Text]:
    """What is wrong and belongs to no question beside which it could stand."""
    found = remarks.get("", ())
    yield from found[:SHOWN_PROBLEMS]
    if len(found) > SHOWN_PROBLEMS:
        yield Text("campaign.status_more_problems", n=len(found) - SHOWN_PROBLEMS)


def _came_after(submission: Submission | None, instant: datetime) -> bool:
    return submission is not None and submission.at > instant


def _remarks(draft: Draft, findings: Findings) -> dict[str, tuple[Text, ...]]:
    """What is wrong in the form as it was last read, and the answers whose evidence is missing."""
    remarks = problems_by_key(draft)
    for key in findings.unevidenced:
        remarks[key] = (*remarks.get(key, ()), Text("campaign.evidence_wanted"))
    return remarks


def _by_key(problems: Iterable[Problem]) -> dict[str, tuple[Text, ...]]:
    by_key: dict[str, tuple[Text, ...]] = {}
    for each in problems:
        by_key[each.where.path] = (*by_key.get(each.where.path, ()), each.text)
    return by_key


def _of_rows(told: Mapping[str, tuple[Text, ...]]) -> dict[str, tuple[Text, ...]]:
    return {key: texts for key, texts in told.items() if key}


def _received(session: Session, unit: Unit) -> Mapping[str, tuple[str, ...]]:
    """The names of the unit's files by the question for which they count, the first one first."""
    received: dict[str, tuple[str, ...]] = {}
    for each in files_of(session, unit):
        if each.key and each.name not in received.get(each.key, ()):
            received[each.key] = (*received.get(each.key, ()), each.name)
    return received


def _points(session: Session, unit: Unit) -> Mapping[str, Decimal]:
    """The points of the lines as they were published."""
    ranking = last_ranking(session, unit.campaign, published=True)
    results = ranking.document["results"] if ranking else []
    return {
        key: Decimal(node["points"])
        for each in results
        if each["unit"] == unit.code
        for key, node in each["nodes"].items()
        if node["points"] is not None
    }


def _verdicts(session: Session, unit: Unit) -> Mapping[str, str]:
    findings = session.scalars(select(Finding).where(Finding.unit_id == unit.id).order_by(Finding.key))
    return {each.key: each.reason for each in findings}
