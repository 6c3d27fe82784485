"""What a receipt says of what counts and of what can still be mended, and when it goes out."""

from collections.abc import Callable
from datetime import datetime

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from campaign.confirming import confirm
from campaign.evidence import keep_file, withdraw
from campaign.files import NewFile
from campaign.filling import CHAT, EXCEL, Origin, record_reading, take_ticked
from campaign.models import Campaign, OutboxRow
from campaign.reopening import extend, give_back
from campaign.roles import Role
from tests.campaign.world import (
    ACCEPTED,
    NO_LIMIT,
    NOT_RANKED_LATE,
    PENALIZED,
    WITH_EVIDENCE,
    at,
    collecting,
    filled,
    form,
    join,
    person,
    submitted,
    tick,
    ticked,
    told,
    unit,
)
from words import Text

BEFORE, MIDNIGHT, WITHIN, AFTER = at(10, 20), at(11, 1, 0), at(11, 10), at(11, 20)
NIGHT, OPENING = at(11, 1, 0, 4), at(11, 2, 7, 30)
COUNTS_LAST, COUNTS = Text("campaign.receipt_counts_last"), Text("campaign.receipt_counts")
KEPT, OVER = Text("campaign.late_receipt_kept"), Text("campaign.late_receipt_over")
WAITS, LATE_WAITS = Text("campaign.receipt_waits"), Text("campaign.late_receipt_waits")


def issued(session: Session, *amendments: tuple[str, str], head_confirms: bool = False) -> Campaign:
    """The forms stand; Hoa speaks for `mot`, Sếp is its head."""
    campaign = collecting(session, *amendments, head_confirms=head_confirms)
    join(session, campaign, Role.CONTACT, "Hoa", "mot")
    join(session, campaign, Role.HEAD, "Sếp", "mot")
    return campaign


def extended(session: Session, campaign: Campaign) -> None:
    """`mot` has time until 08/11, granted on the third."""
    extend(
        session,
        unit(campaign, "mot"),
        at(11, 8).date(),
        reason="Bão lũ (mẫu)",
        asked_by="Sở Mẫu",
        granted_by="Giám đốc Mẫu",
        actor="administrator",
        now=at(11, 3),
    )


def returned(session: Session, campaign: Campaign) -> None:
    """What `mot` submitted is returned on the third, to be mended by 08/11."""
    give_back(
        session,
        unit(campaign, "mot"),
        at(11, 8).date(),
        reason="Thiếu (mẫu)",
        granted_by="Giám đốc Mẫu",
        actor="administrator",
        now=at(11, 3),
    )


def closings(session: Session) -> list[object]:
    """How the receipts end, in their order."""
    rows = select(OutboxRow.facts).where(OutboxRow.key.startswith("receipt:")).order_by(OutboxRow.id)
    return [facts["next"] for facts in session.scalars(rows)]


def told_when(session: Session, kind: str) -> list[datetime]:
    """When the messages of a kind may go out, in their order."""
    return list(session.scalars(select(OutboxRow.not_before).where(OutboxRow.kind == kind).order_by(OutboxRow.id)))


@pytest.mark.parametrize(
    ("law", "moment", "closing"),
    [
        (NOT_RANKED_LATE, BEFORE, COUNTS_LAST),
        (ACCEPTED, BEFORE, COUNTS_LAST),
        (NOT_RANKED_LATE, WITHIN, OVER),
        (ACCEPTED, WITHIN, KEPT),
        (PENALIZED, WITHIN, KEPT),
        (ACCEPTED, AFTER, OVER),
        (NO_LIMIT, AFTER, KEPT),
    ],
)
def test_a_receipt_ends_with_what_can_still_be_done(
    session: Session, law: tuple[str, str], moment: datetime, closing: Text
) -> None:
    campaign = issued(session, law)
    submitted(session, unit(campaign, "mot"), filled(), now=moment)
    assert closings(session) == [closing]


@pytest.mark.parametrize("law", [NOT_RANKED_LATE, ACCEPTED, NO_LIMIT])
def test_what_was_ticked_in_time_and_is_taken_at_the_deadline_counts_and_cannot_be_mended(
    session: Session, law: tuple[str, str]
) -> None:
    campaign = issued(session, law)
    tick(session, campaign, filled(), BEFORE)
    assert take_ticked(session, unit(campaign, "mot"), now=NIGHT, tell_at=OPENING)
    assert closings(session) == [COUNTS]


def test_at_the_end_of_all_time_a_late_receipt_names_the_rule_and_no_day_that_has_passed(session: Session) -> None:
    campaign = issued(session, ACCEPTED)
    tick(session, campaign, filled(), WITHIN)
    assert take_ticked(session, unit(campaign, "mot"), now=at(11, 16, 0, 4), tell_at=at(11, 16, 7, 30))
    ((_, facts),) = told(session, "reports.late_receipt")
    assert (facts["clause"], facts["next"]) == (Text("campaign.late_accepted", clause="Điều 2"), OVER)


@pytest.mark.parametrize("law", [NOT_RANKED_LATE, ACCEPTED])
def test_beside_one_on_time_a_late_one_is_told_which_one_counts(session: Session, law: tuple[str, str]) -> None:
    campaign = issued(session, law)
    submitted(session, unit(campaign, "mot"), filled(co_may=8), now=BEFORE)
    submitted(session, unit(campaign, "mot"), filled(co_may=9), now=WITHIN, origin=EXCEL)
    assert closings(session) == [
        COUNTS_LAST,
        Text("campaign.late_receipt_beside", number=1, receipt="2026-0001-1"),
    ]


def test_one_that_comes_after_the_second_date_does_not_replace_a_late_one_that_was_taken(session: Session) -> None:
    campaign = issued(session, ACCEPTED)
    for moment, equipped in ((at(11, 9), 7), (WITHIN, 8), (AFTER, 9)):
        submitted(session, unit(campaign, "mot"), filled(co_may=equipped), now=moment)
    assert closings(session) == [KEPT, KEPT, Text("campaign.late_receipt_beside", number=2, receipt="2026-0001-2")]


@pytest.mark.parametrize("grant", [extended, returned])
def test_a_unit_with_a_day_of_its_own_may_submit_again_until_then(
    session: Session, grant: Callable[[Session, Campaign], None]
) -> None:
    campaign = issued(session)
    submitted(session, unit(campaign, "mot"), filled(co_may=8), now=BEFORE)
    grant(session, campaign)
    submitted(session, unit(campaign, "mot"), filled(co_may=9), now=at(11, 8, 23))
    assert closings(session) == [COUNTS_LAST, COUNTS_LAST]


def test_a_receipt_for_what_the_head_has_to_confirm_says_that_it_waits(session: Session) -> None:
    campaign = issued(session, ACCEPTED, head_confirms=True)
    mot = unit(campaign, "mot")
    first = submitted(session, mot, filled(co_may=7), now=BEFORE)
    submitted(session, mot, filled(co_may=8), now=WITHIN)
    confirm(session, first, actor="p", person=None, document="1/BC-MAU", day=at(11, 10).date(), now=WITHIN)
    submitted(session, mot, filled(co_may=9), now=at(11, 11))
    assert closings(session) == [
        WAITS,
        LATE_WAITS,
        Text("campaign.late_receipt_beside", number=1, receipt="2026-0001-1"),
    ]


def test_what_the_deadline_takes_is_told_to_contacts_and_heads_when_offices_open(session: Session) -> None:
    campaign = issued(session, head_confirms=True)
    tick(session, campaign, filled(), BEFORE)
    take_ticked(session, unit(campaign, "mot"), now=NIGHT, tell_at=OPENING)
    assert told_when(session, "reports.receipt") == [OPENING]
    assert told_when(session, "reports.confirm_by_head") == [OPENING]


@pytest.mark.parametrize(
    ("law", "kind"), [(NOT_RANKED_LATE, "reports.ticked_in_vain"), (ACCEPTED, "reports.ticked_too_early")]
)
def test_that_the_deadline_could_not_take_a_tick_is_told_when_offices_open_too(
    session: Session, law: tuple[str, str], kind: str
) -> None:
    campaign = issued(session, law, WITH_EVIDENCE)
    mot = unit(campaign, "mot")
    plan = NewFile("2a.pdf", "application/pdf", b"%PDF-1.4 (mau)")
    row = keep_file(session, mot, person(session), plan, "message 1", key=None, now=at(10, 19))
    tick(session, campaign, filled(), BEFORE)
    withdraw(session, row.id, mot, actor="person:1", now=at(10, 21))
    assert take_ticked(session, mot, now=NIGHT, tell_at=OPENING) is None
    assert told_when(session, kind) == [OPENING]


def test_a_tick_that_was_seen_before_and_is_read_again_after_the_lock_is_told_when_offices_open(
    session: Session,
) -> None:
    campaign = issued(session)
    mot = unit(campaign, "mot")
    tick(session, campaign, filled(), BEFORE)
    form(session, mot).locked_at = MIDNIGHT
    record_reading(session, mot, ticked(filled()), change=BEFORE, now=NIGHT, tell_at=OPENING)
    assert told_when(session, "reports.receipt") == [OPENING]


@pytest.mark.parametrize("origin", [CHAT, EXCEL])
def test_whoever_submits_at_night_is_answered_at_once(session: Session, origin: Origin) -> None:
    campaign = issued(session)
    submitted(session, unit(campaign, "mot"), filled(), now=NIGHT, origin=origin)
    assert told_when(session, "reports.late_receipt") == [NIGHT]
