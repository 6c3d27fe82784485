"""Forms that cannot be reached: left alone for a while, shown to the officers, never in the way of the others.

That people's right to write in a form could not be taken away or given back is a trouble of its own: such a form is
read all the same.
"""

from collections.abc import Sequence
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from campaign.history import record
from campaign.models import Campaign, Form, History, Unit
from campaign.outbox import addresses_of, enqueue
from campaign.plan import due_of
from campaign.ports import FormError
from campaign.roles import Role
from words import Text

IN_BIN = "in_bin"
"""The form lies in the bin of the service, where it can still be read and nobody can write into it."""
NO_GOOGLE = "no_google"
"""The unit fills in a sheet, and the system has no account to make or reach one."""
NOT_LOCKABLE = "not_lockable"
"""Somebody can write into the form whom we cannot forbid it, such as the owner of a sheet that people made."""
UNAVAILABLE = "unavailable"
"""The service did not answer."""
LOST = frozenset({"deleted", "forbidden", IN_BIN})
"""Reasons for which a form is out of reach until a person mends it."""
NO_ADDRESS = "no_address"
"""Forms are shared by e-mail, and nobody of the unit was invited with an address."""
LASTING = LOST | {NOT_LOCKABLE, NO_ADDRESS}
PAUSE = timedelta(minutes=1), timedelta(minutes=10)
"""A form is left alone for as long as its trouble has lasted, but no shorter and no longer than that."""
LASTING_PAUSE = timedelta(minutes=10), timedelta(minutes=30)
"""The same, where a person has to mend it."""

UNLISTED = "unlisted"
"""In the history: what people changed could not be listed."""
UNLISTED_LASTS = timedelta(minutes=10)
"""After so long without a listing officers hear of it."""


def record_trouble(session: Session, unit: Unit, error: FormError, *, now: datetime) -> None:
    """Note that the unit's form could not be reached. Officers hear of it once for each new reason."""
    form, reason = session.get_one(Form, unit.id), error.reason
    before, form.trouble = form.trouble, reason
    form.trouble_since = form.trouble_since or now
    form.trouble_until = _again_at(unit, reason, form.trouble_since, now)
    if before != reason:
        _tell_officers(session, unit, "form_trouble", reason, form.url, now=now)


def record_rights_trouble(session: Session, unit: Unit, error: FormError, *, now: datetime) -> None:
    """Note that nobody's right to write in the form could be changed. Officers hear of it once for each new reason."""
    form, reason = session.get_one(Form, unit.id), error.reason
    before, form.rights_trouble = form.rights_trouble, reason
    form.rights_since = form.rights_since or now
    form.rights_until = _again_at(unit, reason, form.rights_since, now)
    if before != reason:
        _tell_officers(session, unit, "rights_trouble", reason, form.url, now=now)


def record_untried(session: Session, unit_ids: Sequence[int]) -> None:
    """Note that the rights in these forms wait, because the service answers nobody. They are tried again at once."""
    untried = update(Form).where(Form.unit_id.in_(unit_ids), Form.rights_trouble.is_(None))
    session.execute(untried.values(rights_trouble=UNAVAILABLE))


def record_unlisted(session: Session, campaign: Campaign, error: FormError, *, now: datetime) -> None:
    """Note that the changes in all forms could not be listed. Officers hear of it once a day while that lasts."""
    since, before = campaign.forms_listed_at or campaign.issued_at, _last_unlisted(session, campaign)
    if since is None or now < since + UNLISTED_LASTS:
        return
    zone = ZoneInfo(campaign.zone)
    today = now.astimezone(zone).date()
    if before and before.at.astimezone(zone).date() == today:
        return
    record(session, campaign, UNLISTED, actor="scheduler", now=now, reason=error.reason)
    for address in addresses_of(session, campaign, Role.OFFICER):
        enqueue(
            session,
            address,
            "reports.unlisted",
            key=f"{UNLISTED}:{campaign.id}:{today}:{address.id}",
            now=now,
            campaign=campaign,
            title=campaign.title,
            since=since.astimezone(zone),
            reason=reason_text(error.reason),
        )


def why_unlisted(session: Session, campaign: Campaign) -> Text | None:
    """Why the changes in all forms cannot be listed, or None where they can."""
    last = _last_unlisted(session, campaign)
    return reason_text(last.facts["reason"]) if last else None


def _last_unlisted(session: Session, campaign: Campaign) -> History | None:
    """The last time that this was noted, unless they were listed since."""
    noted = select(History).where(History.campaign_id == campaign.id, History.action == UNLISTED)
    last = session.scalar(noted.order_by(History.id.desc()).limit(1))
    return last if last and (campaign.forms_listed_at is None or last.at > campaign.forms_listed_at) else None


def _again_at(unit: Unit, reason: str, since: datetime, now: datetime) -> datetime:
    """Until when the form is left alone: never beyond an end of the unit's time, when every form is to be tried."""
    shortest, longest = LASTING_PAUSE if reason in LASTING else PAUSE
    due = due_of(unit)
    ends = [end for end in (due.deadline, due.closes_at) if end > now]
    return min([now + min(max(now - since, shortest), longest), *ends])


def _tell_officers(session: Session, unit: Unit, what: str, reason: str, url: str | None, *, now: datetime) -> None:
    # What is wrong with one form is told of each; what is wrong with the service, of the first one that day.
    occasion = f"{unit.id}:{now.isoformat()}" if reason in LASTING else f"{unit.campaign_id}:{reason}:{now.date()}"
    record(session, unit.campaign, what, actor="scheduler", now=now, unit=unit.code, reason=reason)
    for address in addresses_of(session, unit.campaign, Role.OFFICER):
        enqueue(
            session,
            address,
            f"reports.{what}",
            key=f"{what}:{occasion}:{address.id}",
            now=now,
            campaign=unit.campaign,
            unit=unit.name,
            reason=reason_text(reason),
            url=url or "",
        )


def reason_text(reason: str) -> Text:
    """What is wrong with a form, and what to do."""
    return Text(f"campaign.trouble_{reason}")


def left_alone(form: Form, now: datetime) -> bool:
    """Whether the form had trouble a moment ago, and is not to be tried again yet."""
    return form.trouble_until is not None and now < form.trouble_until


def rights_left_alone(form: Form, now: datetime) -> bool:
    """Whether the rights in the form could not be changed a moment ago, and that is not to be tried again yet."""
    return form.rights_until is not None and now < form.rights_until


def is_passing(reason: str | None) -> bool:
    """Whether it is a trouble, and one that may go by itself."""
    return reason is not None and reason not in LASTING


def record_reached(form: Form) -> None:
    """A call succeeded: the trouble is over."""
    form.trouble = form.trouble_since = form.trouble_until = None


def record_rights_changed(form: Form) -> None:
    """The rights in the form are as they should be, so that it is in reach again.

    What was changed in it while it was out of reach was never listed, so that everything is to be listed again.
    """
    if not LOST.isdisjoint({form.trouble, form.rights_trouble}):
        form.unit.campaign.forms_listed_at = None
    form.rights_trouble = form.rights_since = form.rights_until = None
    if form.trouble != IN_BIN:  # there, rights can be changed all the same
        record_reached(form)
