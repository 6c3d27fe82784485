"""What units fill in: every way in ends here, in a frozen submission with a receipt.

A notice (NOTICE) among the problems of a form never keeps it from being submitted: it stands on the form, and the unit
is asked for a second look when it asks what its form lacks, when it is asked to confirm the ticked box, and once more
after the receipt, while it can still submit again.
"""

from dataclasses import replace
from datetime import datetime
from zoneinfo import ZoneInfo

from sqlalchemy.orm import Session

from campaign.confirming import ask_heads
from campaign.content import sha256_of
from campaign.counting import authoritative, is_confirmed, make_stale, submissions_of
from campaign.drafts import draft_of, draft_problems, drafted, holds, reading_of, save_draft
from campaign.evidence import with_files
from campaign.freezing import CHAT, EXCEL, SHEET, Origin, Way, freeze, repeats
from campaign.gaps import Shortfall, as_known, findings_of, shortfall_of, worded
from campaign.history import lock, require_stage
from campaign.lateness import is_late
from campaign.models import Draft, Form, FormKind, Submission, Unit
from campaign.notes import note_changes
from campaign.outbox import addresses_of
from campaign.plan import awaits_receipt, due_for, form_kind, is_open
from campaign.ports import FormReading
from campaign.prompts import ask_to_confirm, take_question_back, tell_gaps, tell_in_vain, tell_problems
from campaign.receipts import ask_for_second_look, send_receipt
from campaign.receiving import acknowledge
from campaign.refusal import Refused
from campaign.requests import cancel_reminders
from campaign.roles import Role
from campaign.stages import Stage
from campaign.trouble import record_reached
from words import Text

__all__ = [
    "CHAT",
    "EXCEL",
    "SHEET",
    "Origin",
    "Shortfall",
    "Way",
    "draft_problems",
    "drafted",
    "record_reading",
    "shortfall_of",
    "submit",
    "take_ticked",
]

TAKING_FORMS = frozenset(Stage) - {Stage.DRAFT, Stage.ARMED}


def record_reading(
    session: Session,
    unit: Unit,
    reading: FormReading,
    *,
    change: datetime,
    now: datetime,
    tell_at: datetime | None = None,
) -> bool:
    """Keep what the form holds after the change of that instant; return whether its box is to be unticked.

    While they can still be mended, the contacts hear of mistakes that are new. A box that was ticked on a form with
    gaps is answered with what they are; on a form without, the contacts are asked to confirm, and where there are none
    it is submitted at once. What nobody acted for just now is told at `tell_at`; at once where that is None.
    """
    session.refresh(unit, with_for_update=True)
    form = session.get_one(Form, unit.id)
    form.read_at = change
    record_reached(form)
    reading, before = as_known(session, unit, reading), draft_of(session, unit)
    known, seen = draft_problems(before), holds(before, reading)
    with note_changes(session, unit):
        findings = findings_of(session, unit, reading)
        draft = save_draft(session, unit, reading, findings, change=change, now=now)
    gaps = worded(unit, findings)
    if reading.ticked:
        return _take_tick(session, unit, draft, gaps, seen=seen, now=now, tell_at=tell_at if seen else None)
    if _can_be_mended(unit, form, now) and any(each not in known for each in gaps.problems):
        tell_problems(session, unit, gaps.problems, now=now)
    return False


def _take_tick(
    session: Session,
    unit: Unit,
    draft: Draft,
    gaps: Shortfall,
    *,
    seen: bool,
    now: datetime,
    tell_at: datetime | None,
) -> bool:
    """Answer a ticked box; return whether it has had its answer, and is to be unticked."""
    if _is_served(session, unit, draft):
        return True
    if _can_be_mended(unit, session.get_one(Form, unit.id), now):
        if gaps.stands_in_the_way:
            tell_gaps(session, unit, draft, gaps, now=now)
            return True
        if addresses_of(session, unit.campaign, Role.CONTACT, unit.id):
            if not seen:
                ask_to_confirm(session, unit, draft, gaps.notices, now=now)
            return False
    outcome = submit(session, unit, reading_of(draft), Way(None, SHEET, draft.changed_at), now=now, tell_at=tell_at)
    if isinstance(outcome, Shortfall):
        tell_in_vain(session, unit, draft, outcome, now=now, tell_at=tell_at)
    return True


def take_ticked(session: Session, unit: Unit, *, now: datetime, tell_at: datetime | None = None) -> Submission | None:
    """At the unit's deadline, take the form whose box is ticked and that nobody confirmed, if nothing is missing.

    Nobody acts for that: the unit is told at `tell_at`, when offices are open; at once where that is None.
    """
    session.refresh(unit, with_for_update=True)
    draft = draft_of(session, unit)
    if draft is None or not draft.ticked or _is_served(session, unit, draft):
        return None
    reading = reading_of(draft)
    gaps = worded(unit, findings_of(session, unit, reading, came_at=draft.changed_at))
    if gaps.stands_in_the_way:
        tell_untaken = tell_gaps if _can_be_mended(unit, session.get_one(Form, unit.id), now) else tell_in_vain
        tell_untaken(session, unit, draft, gaps, now=now, tell_at=tell_at)
        return None
    outcome = submit(session, unit, reading, Way(None, SHEET, draft.changed_at), now=now, tell_at=tell_at)
    return outcome if isinstance(outcome, Submission) else None


def submit(
    session: Session,
    unit: Unit,
    reading: FormReading,
    way: Way,
    *,
    now: datetime,
    tell_at: datetime | None = None,
) -> Submission | Shortfall:
    """Freeze what the form holds, with the unit's files, as the unit's next revision and send the receipt.

    While it can still be mended, and for what came in time, a form with gaps or mistakes is not taken: the Shortfall
    says what to mend. What comes late when nothing can be mended is kept as it is and answered with the regulation's
    late policy. Whoever submits has received the letter, and is answered at once; where nobody acted, the receipt goes
    out at `tell_at`. Raises Refused before the campaign is issued, where the unit
    has nothing to declare, and for a form in which nothing has changed since it was last submitted.
    """
    require_stage(unit.campaign, TAKING_FORMS)
    session.refresh(unit, with_for_update=True)  # two at once are taken one after the other
    if unit.campaign.stage is not Stage.COLLECTING:
        lock(session, unit.campaign)  # or a ranking could be offered without it in this moment
    form = session.get(Form, unit.id)
    if form is None:
        raise Refused(Text("campaign.no_form", unit=unit.name))
    counted = authoritative(session, unit)
    reading, way = as_known(session, unit, reading), _dated(session, unit, reading, way)
    findings = findings_of(session, unit, reading, came_at=way.came_at)
    gaps, can_be_mended = worded(unit, findings), _can_be_mended(unit, form, now)
    is_refused = gaps.stands_in_the_way and (can_be_mended or not due_for(unit, way.came_at).is_late(way.came_at))
    # A file says nothing of what stands in the unit's sheet.
    if way.origin != EXCEL or form_kind(unit) is FormKind.EXCEL:
        # The box of a file means nothing: whoever sends the file submits it.
        kept = replace(reading, ticked=reading.ticked and way.origin != EXCEL)
        save_draft(session, unit, kept, findings, change=way.came_at, now=now)
        form.notes_due = True
    if is_refused:
        return gaps
    form.notes_due = True
    submission = freeze(session, unit, reading, way, has_gaps=gaps.stands_in_the_way, now=now)
    _answer(session, unit, submission, way, now=now, tell_at=tell_at)
    if gaps.notices and can_be_mended:
        ask_for_second_look(session, unit, submission, gaps.notices, now=now)
    make_stale(session, unit, counted, actor=way.actor, now=now)
    return submission


def _answer(
    session: Session, unit: Unit, submission: Submission, way: Way, *, now: datetime, tell_at: datetime | None
) -> None:
    """Send the receipt, and take back what the unit no longer needs to hear."""
    if awaits_receipt(unit) and unit.campaign.stage is Stage.COLLECTING:
        acknowledge(session, unit, _local(unit, way.came_at).date(), actor=way.actor, now=now)
    take_question_back(session, unit)
    send_receipt(session, unit, submission, now=now, tell_at=tell_at)
    if is_confirmed(submission):
        cancel_reminders(session, unit)
    else:
        ask_heads(session, submission, now=now, tell_at=tell_at)


def _dated(session: Session, unit: Unit, reading: FormReading, way: Way) -> Way:
    """A press of the button confirms the box that was ticked before, if nothing has changed since: it came then."""
    draft = draft_of(session, unit)
    if way.origin != CHAT or draft is None or not reading.ticked or not holds(draft, reading):
        return way
    return replace(way, origin=SHEET, came_at=draft.changed_at) if draft.changed_at < way.came_at else way


def _can_be_mended(unit: Unit, form: Form, now: datetime) -> bool:
    """Whether people can still write into the form, and submit again to some effect."""
    return form.locked_at is None and is_open(unit, now)


def _is_served(session: Session, unit: Unit, draft: Draft) -> bool:
    """Whether what the draft holds was submitted, or something was that came after its box was ticked.

    What came too late does not stand for what was ticked in time.
    """
    submissions = submissions_of(session, unit)
    if not submissions:
        return False
    ticked_late = due_for(unit, draft.changed_at).is_late(draft.changed_at)
    if any(draft.changed_at < each.came_at and (ticked_late or not is_late(each)) for each in submissions):
        return True
    sha256 = sha256_of(with_files(session, unit, reading_of(draft).filled, came_at=draft.changed_at))
    return repeats(unit, submissions[-1], sha256, draft.changed_at)


def _local(unit: Unit, instant: datetime) -> datetime:
    return instant.astimezone(ZoneInfo(unit.campaign.zone))
