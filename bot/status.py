"""How far one unit is, in full: what it filled in and submitted, its term, its evidence, the word of its head."""

from collections.abc import Iterator

from sqlalchemy.orm import Session

from campaign.counting import submissions_of
from campaign.drafts import drafted
from campaign.evidence import unplaced
from campaign.gaps import findings_of, numbered_labels
from campaign.models import Unit
from campaign.queries import UnitProgress
from campaign.requests import receipt_facts
from campaign.signed_copies import pages_of
from reports.chat import named
from reports.progress import unit_text
from words import Text


def status_text(session: Session, progress: UnitProgress) -> Text:
    """Return everything there is to say of the unit's form."""
    unit = progress.unit
    lines = (unit_text(progress), *_evidence(session, unit), *_confirmation(session, unit), *_term(progress))
    return Text("reports.lines", lines=lines)


def _evidence(session: Session, unit: Unit) -> Iterator[Text]:
    lacking = numbered_labels(unit, findings_of(session, unit, drafted(session, unit)).unevidenced)
    if lacking:
        yield Text("bot.gaps_unevidenced", n=len(lacking), items=named(lacking))
    waiting = unplaced(session, unit)
    if waiting:
        yield Text("bot.unplaced_files", n=len(waiting), items=named(each.name for each in waiting))


def _confirmation(session: Session, unit: Unit) -> Iterator[Text]:
    """What the head said to the newest revision; that one waits for the head is said with the revision itself."""
    newest = next(reversed(submissions_of(session, unit)), None)
    if newest and newest.confirmed_at:
        pages = len(pages_of(session, newest))
        yield Text("bot.status_confirmed_by_copy" if pages else "bot.status_confirmed", number=newest.number, n=pages)
    elif newest and newest.rejected_at:
        yield Text("bot.status_rejected", number=newest.number, reason=newest.rejection or "")


def _term(progress: UnitProgress) -> Iterator[Text]:
    unit = progress.unit
    if progress.awaits_receipt:
        yield Text("bot.before_receipt", **receipt_facts(unit))
    elif unit.acknowledged_on:
        yield Text("bot.after_receipt", day=unit.acknowledged_on)
