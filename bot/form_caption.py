"""What stands under a form that is given as a file: until when it is taken, and of what use it is to send it."""

from datetime import datetime

from sqlalchemy.orm import Session

from campaign.counting import authoritative
from campaign.lateness import DECIDED, TimeLeft, is_late, policy_for_late, policy_for_missing, time_left
from campaign.models import ReopeningKind, Unit
from campaign.plan import due_of
from campaign.stages import Stage
from words import Text


def form_caption(session: Session, unit: Unit, now: datetime) -> Text:
    """The caption of the unit's form as it is given out at this instant."""
    left = time_left(unit, now)
    return Text("bot.form_file", unit=unit.name, unit_id=unit.id, due=_due(unit, left), use=_use(session, unit, left))


def _due(unit: Unit, left: TimeLeft) -> Text:
    last_day = due_of(unit).last_day
    if left is TimeLeft.ON_TIME:
        return _open(unit)
    if unit.campaign.stage is Stage.PUBLISHED:
        return Text("bot.form_published")
    if unit.campaign.stage in DECIDED:
        return Text("bot.form_decided", last_day=last_day)
    clause = policy_for_late(unit) if left is TimeLeft.LATE else policy_for_missing(unit)
    return Text("bot.form_too_late", last_day=last_day, clause=clause)


def _open(unit: Unit) -> Text:
    last_day, granted = due_of(unit).last_day, next(reversed(unit.reopenings), None)
    if granted is None:
        return Text("bot.form_due", last_day=last_day)
    if granted.kind is ReopeningKind.EXTENSION:
        return Text("bot.form_extended", last_day=last_day)
    return Text("bot.form_returned", last_day=last_day, reason=granted.reason)


def _use(session: Session, unit: Unit, left: TimeLeft) -> Text:
    """What to do with the file; a late one takes the place of a late one only."""
    counted = authoritative(session, unit)
    if left is TimeLeft.ON_TIME:
        return Text("bot.form_to_send")
    if left is TimeLeft.LATE and not (counted and not is_late(counted)):
        return Text("bot.form_to_send_late")
    if counted:
        return Text("bot.form_gives_way", number=counted.number, receipt=counted.receipt)
    return Text("bot.form_sent_in_vain")
