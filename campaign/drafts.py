"""Drafts: what a form held when it was last read. Progress, not a submission."""

from datetime import datetime
from typing import cast

from sqlalchemy.orm import Session

from campaign.content import columns_of, filled_of, sha256_of
from campaign.gaps import Findings, numbered_labels
from campaign.models import Draft, Unit
from campaign.ports import FormReading
from words import Place, Problem, Severity, Text, dump, load


def draft_of(session: Session, unit: Unit) -> Draft | None:
    """The unit's draft as it stands now, whatever this transaction has seen of it before."""
    return session.get(Draft, unit.id, populate_existing=True)


def drafted(session: Session, unit: Unit) -> FormReading:
    """What the unit's form held when it was last read; nothing while it never was."""
    draft = draft_of(session, unit)
    return reading_of(draft) if draft else FormReading()


def reading_of(draft: Draft) -> FormReading:
    """The form as it was read: checks find again what only they found."""
    found = [each for each in draft.problems if each["read"]]
    return FormReading(filled_of(draft), tuple(_problem(each["key"], _text(each)) for each in found), draft.ticked)


def _problem(key: str, text: Text) -> Problem:
    return Problem("as_read", Severity.ERROR, Place(path=key), text)


def draft_problems(draft: Draft | None) -> tuple[Text, ...]:
    """The problems of the form as it was last read."""
    return tuple(map(_text, draft.problems)) if draft else ()


def problems_by_key(draft: Draft) -> dict[str, tuple[Text, ...]]:
    """The same, by the question or indicator that they are of; "" where they are of none."""
    by_key: dict[str, tuple[Text, ...]] = {}
    for each in draft.problems:
        by_key[each["key"]] = (*by_key.get(each["key"], ()), _text(each))
    return by_key


def _text(problem: dict[str, object]) -> Text:
    return cast("Text", load(problem["text"]))


def holds(draft: Draft | None, reading: FormReading) -> bool:
    """Whether the form has not changed since the draft was kept, its box included."""
    if draft is None or draft.ticked != reading.ticked:
        return False
    return sha256_of(filled_of(draft)) == sha256_of(reading.filled)


def save_draft(
    session: Session, unit: Unit, reading: FormReading, findings: Findings, *, change: datetime, now: datetime
) -> Draft:
    """Keep what the form holds after the change of that instant; the unit is locked against others who do so."""
    draft = draft_of(session, unit)
    unchanged = holds(draft, reading)
    draft = draft or Draft(unit_id=unit.id)
    for column, value in columns_of(reading.filled).items():
        setattr(draft, column, value)
    draft.ticked, draft.read_at = reading.ticked, now
    draft.changed_at = draft.changed_at if unchanged else change
    draft.missing = list(numbered_labels(unit, findings.missing))
    draft.problems = [
        {"key": each.where.path, "text": dump(each.text), "read": each in reading.problems} for each in findings.errors
    ]
    session.add(draft)
    session.flush()
    return draft
