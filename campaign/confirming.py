"""The head of the unit (thủ trưởng đơn vị) confirms a submission, where the campaign asks for that.

In chat, by the head alone; or by the signed document, which whoever speaks for the unit or runs the campaign brings:
its number and day, or a copy of it. Until then the submission counts nowhere.
"""

from collections.abc import Sequence
from datetime import date, datetime
from zoneinfo import ZoneInfo

from sqlalchemy import select
from sqlalchemy.orm import Session

from campaign.counting import authoritative, is_confirmed, make_stale, submissions_of
from campaign.history import lock, record, require_stage
from campaign.lateness import is_late
from campaign.models import Address, Form, Membership, Person, Submission, Unit
from campaign.outbox import addresses_of, cancel
from campaign.plan import timetable_of
from campaign.receipts import receipt_facts
from campaign.refusal import Refused
from campaign.requests import cancel_reminders, reminder_keys
from campaign.roles import Role
from campaign.signed_copies import NewPage, keep_pages
from campaign.stages import Stage
from campaign.telling import tell, tell_contacts
from words import Text

CONFIRMING = frozenset({Stage.COLLECTING, Stage.VERIFYING, Stage.OFFERED})
LONGEST_DOCUMENT_NUMBER = 60
LONGEST_REASON = 1000
IN_CHAT, BY_COPY = "chat", "copy"


def waits_for_head(session: Session, unit: Unit) -> Submission | None:
    """The submission that the head has yet to say yes or no to: the newest on time, else the newest late one.

    A late one does not wait beside one on time that may still be confirmed, or that counts.
    """
    submissions = submissions_of(session, unit)
    on_time = [each for each in submissions if not is_late(each)]
    late = [] if any(map(is_confirmed, on_time)) else submissions
    return next((each for each in (*on_time[-1:], *late[-1:]) if _waits(each)), None)


def _waits(submission: Submission) -> bool:
    return not is_confirmed(submission) and submission.rejected_at is None


def ask_heads(session: Session, submission: Submission, *, now: datetime, tell_at: datetime | None) -> None:
    """Ask the heads of the unit to confirm the submission; what they were asked of an earlier one is taken back.

    Nobody is asked about a late one in whose place one on time counts or waits. They hear of it at `tell_at`; at once
    where that is None.
    """
    unit = submission.unit
    if unit.campaign.stage not in CONFIRMING or waits_for_head(session, unit) is not submission:
        return
    cancel(session, _questions(unit))
    _ask_all(session, submission, now=now, not_before=tell_at)


def ask_new_head(session: Session, unit: Unit, address: Address, *, now: datetime) -> None:
    """Ask a head who has just joined to confirm what waits for that."""
    waiting = waits_for_head(session, unit)
    if waiting and unit.campaign.stage in CONFIRMING:
        _ask(session, waiting, address, now=now)


def _ask_all(session: Session, submission: Submission, *, now: datetime, not_before: datetime | None = None) -> None:
    for address in addresses_of(session, submission.unit.campaign, Role.HEAD, submission.unit_id):
        _ask(session, submission, address, now=now, not_before=not_before)


def _ask(
    session: Session, submission: Submission, address: Address, *, now: datetime, not_before: datetime | None = None
) -> None:
    unit = submission.unit
    occasion, facts = _question(submission), receipt_facts(submission)
    came_at = submission.came_at.astimezone(ZoneInfo(unit.campaign.zone))
    facts["at"] = Text("campaign.at_too_late", at=came_at) if is_late(submission) else came_at
    tell(
        session,
        unit,
        address,
        "reports.confirm_by_head",
        occasion=occasion,
        now=now,
        not_before=not_before,
        title=unit.campaign.title,
        **facts,
    )


def remind_of_confirmation(
    session: Session, submission: Submission, *, rung: str, last_day: date, days_left: int, now: datetime
) -> None:
    """Remind the heads and the contacts of the unit that nothing counts yet; `rung` names the occasion."""
    unit = submission.unit
    facts = {**receipt_facts(submission), "n": days_left, "last_day": last_day}
    occasion = f"{reminder_keys(unit)}{rung}:{last_day}"
    for address in addresses_of(session, unit.campaign, Role.HEAD, unit.id):
        kind = "reports.reminder_to_confirm"
        tell(session, unit, address, kind, occasion=f"{occasion}:head", now=now, title=unit.campaign.title, **facts)
    tell_contacts(session, unit, "reports.reminder_unconfirmed", occasion=occasion, now=now, **facts)


def confirm(
    session: Session,
    submission: Submission,
    *,
    actor: str,
    person: Person | None,
    document: str | None = None,
    day: date | None = None,
    signed_copy: Sequence[NewPage] = (),
    now: datetime,
) -> None:
    """Record that the head of the unit stands by the submission; it counts from now on. The same again is nothing.

    Without a document or copy it is the head in chat. `person` is None for the administrator, who has it on paper.
    Raises Refused where nobody asks for it, for whoever may not say so, for a document without a number or a likely
    day, for a file that can be no signed copy, and for a submission in whose place a newer one stands.
    """
    unit = submission.unit
    _check_open(session, submission)
    by_paper = document is not None or bool(signed_copy)
    _check_person(session, unit, person, by_paper=by_paper)
    how = _how(unit, document, day, by_copy=bool(signed_copy), now=now)
    if submission.confirmed_at is not None:
        return
    counted = authoritative(session, unit)
    submission.confirmed_at, submission.confirmed_by = now, person.id if person else None
    submission.confirmation = how
    keep_pages(session, submission, signed_copy)
    submission.rejected_at = submission.rejection = None
    session.flush()
    _record(session, submission, "confirmed_by_head", actor=actor, now=now, how=how)
    _ask_what_waits_now(session, submission, now=now)
    cancel_reminders(session, unit)
    _tell_contacts(session, submission, "reports.confirmed_by_head", now=now)
    make_stale(session, unit, counted, actor=actor, now=now)


def reject(session: Session, submission: Submission, person: Person, reason: str, *, now: datetime) -> None:
    """Record that the head does not stand by the submission, and why; the contacts are told to mend it.

    Raises Refused for whoever is not the head, without a reason, and for a submission that was confirmed or replaced.
    """
    unit = submission.unit
    _check_open(session, submission)
    _check_person(session, unit, person, by_paper=False)
    if submission.confirmed_at is not None:
        raise Refused(Text("campaign.confirmed_before", receipt=submission.receipt))
    if not reason.strip() or len(reason) > LONGEST_REASON:
        raise Refused(Text("campaign.rejection_without_reason", longest=LONGEST_REASON))
    submission.rejected_at, submission.rejection = now, reason.strip()
    _record(session, submission, "rejected_by_head", actor=f"person:{person.id}", now=now, reason=reason.strip())
    session.flush()
    _ask_what_waits_now(session, submission, now=now)
    _tell_contacts(session, submission, "reports.rejected_by_head", now=now)


def _check_open(session: Session, submission: Submission) -> None:
    """Lock the unit, and see that this submission still waits for a word, or that a word on it still matters."""
    unit = submission.unit
    session.refresh(unit, with_for_update=True)
    lock(session, unit.campaign)  # or a ranking could be offered without it in this moment
    session.refresh(submission)
    require_stage(unit.campaign, CONFIRMING)
    if not unit.campaign.head_confirms:
        raise Refused(Text("campaign.no_confirmation_wanted", unit=unit.name))
    newer = [each for each in submissions_of(session, unit) if each.number > submission.number]
    # A newer one that came late does not stand in the place of one that was on time.
    if any(is_late(each) <= is_late(submission) for each in newer):
        raise Refused(Text("campaign.newer_submission", number=newer[-1].number, receipt=newer[-1].receipt))


def _check_person(session: Session, unit: Unit, person: Person | None, *, by_paper: bool) -> None:
    if by_paper and person is None:
        return
    memberships = select(Membership).where(
        Membership.campaign_id == unit.campaign_id, Membership.person_id == (person.id if person else None)
    )
    roles = {each.role for each in session.scalars(memberships) if each.unit_id in {unit.id, None}}
    if Role.HEAD not in roles and not by_paper:
        raise Refused(Text("campaign.heads_confirm", unit=unit.name))
    if not roles & {Role.HEAD, Role.CONTACT, Role.OFFICER}:
        raise Refused(Text("campaign.paper_by_others", unit=unit.name))


def _how(unit: Unit, document: str | None, day: date | None, *, by_copy: bool, now: datetime) -> str:
    if document is None:
        return BY_COPY if by_copy else IN_CHAT
    first = timetable_of(unit.campaign).issue_at.date()
    today = now.astimezone(ZoneInfo(unit.campaign.zone)).date()
    if not document.strip() or len(document) > LONGEST_DOCUMENT_NUMBER or day is None or not first <= day <= today:
        raise Refused(Text("campaign.no_such_document", longest=LONGEST_DOCUMENT_NUMBER, issued_on=first, today=today))
    return f"{document.strip()}, {day:%d/%m/%Y}"


def _record(session: Session, submission: Submission, action: str, *, actor: str, now: datetime, **facts: str) -> None:
    unit = submission.unit
    number, receipt = submission.number, submission.receipt
    record(
        session, unit.campaign, action, actor=actor, now=now, unit=unit.code, number=number, receipt=receipt, **facts
    )
    session.get_one(Form, unit.id).notes_due = True


def _tell_contacts(session: Session, submission: Submission, kind: str, *, now: datetime) -> None:
    tell_contacts(
        session,
        submission.unit,
        kind,
        occasion=f"{kind}:{submission.id}:{now.isoformat()}",
        now=now,
        number=submission.number,
        receipt=submission.receipt,
        reason=submission.rejection or "",
    )


def _ask_what_waits_now(session: Session, answered: Submission, *, now: datetime) -> None:
    """Where the head said no to one on time, a late one may wait instead. What was asked before is not asked again."""
    cancel(session, f"{_question(answered)}:")
    waiting = waits_for_head(session, answered.unit)
    if waiting:
        _ask_all(session, waiting, now=now)


def _questions(unit: Unit) -> str:
    """How the outbox keys begin of the questions to the unit's heads."""
    return f"confirm_by_head:{unit.id}:"


def _question(submission: Submission) -> str:
    """How those begin that are about this submission."""
    return f"{_questions(submission.unit)}{submission.id}"
