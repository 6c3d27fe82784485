"""The two other ladders: towards acknowledging the letter, and, where late forms are taken, towards submitting late."""

from datetime import date, datetime

from sqlalchemy.orm import Session

from campaign.calendars import calendar_for
from campaign.models import Campaign
from campaign.receiving import acknowledge
from campaign.roles import Role
from scheduler.reminders import remind
from tests.campaign.world import (
    ACCEPTED,
    BY_RECEIPT,
    actions,
    at,
    collecting,
    filled,
    join,
    receivers,
    states,
    submitted,
    told,
    unit,
)
from tests.scheduler.office import HOURS
from words import Text

CALENDAR = calendar_for(2026)


def with_contacts(session: Session, amendment: tuple[str, str]) -> Campaign:
    """Issued on 15/09; Hoa speaks for `mot`, Cúc for `hai`, Bình for `ba`."""
    campaign = collecting(session, amendment)
    for name, code in (("Hoa", "mot"), ("Cúc", "hai"), ("Bình", "ba")):
        join(session, campaign, Role.CONTACT, name, code)
    return campaign


def remind_at(session: Session, campaign: Campaign, *moments: datetime) -> None:
    for moment in moments:
        remind(session, campaign, CALENDAR, HOURS, now=moment)


def receive(session: Session, campaign: Campaign, code: str, day: int) -> None:
    of, when = unit(campaign, code), at(9, day)
    acknowledge(session, of, date(2026, 9, day), actor="person:1", now=when)


def rungs(session: Session) -> list[str]:
    return [each for each in actions(session) if each.startswith("reminded")]


def test_who_has_not_acknowledged_is_asked_to_and_not_yet_to_submit(session: Session) -> None:
    campaign = with_contacts(session, BY_RECEIPT)
    receive(session, campaign, "mot", 18)
    remind_at(session, campaign, at(9, 22), at(9, 22, 10), at(9, 29), at(10, 2))
    told_to = [
        (name, facts["n"], facts["term"], facts["latest"]) for name, facts in told(session, "reports.acknowledge")
    ]
    term, latest = Text("campaign.term_working_days", n=15), date(2026, 10, 6)
    assert told_to == [(name, days, term, latest) for days in (14, 7, 4) for name in ("Cúc", "Bình")]
    assert rungs(session) == [
        "reminded.receipt-14",
        "reminded.14",
        "reminded.receipt-7",
        "reminded.7",
        "reminded.receipt-3",
    ]


def test_each_unit_is_reminded_before_its_own_last_day(session: Session) -> None:
    campaign = with_contacts(session, BY_RECEIPT)
    receive(session, campaign, "mot", 16)  # due on 07/10
    receive(session, campaign, "hai", 18)  # due on 09/10
    remind_at(session, campaign, *[at(10, day) for day in (6, 7, 8, 9)])
    own = [(name, facts["n"], facts["last_day"].day) for name, facts in told(session, "reports.reminder")]
    assert own == [("Hoa", 1, 7), ("Cúc", 3, 9), ("Hoa", 0, 7), ("Cúc", 1, 9), ("Cúc", 0, 9)]


def test_once_the_letter_counts_as_received_the_unit_is_reminded_to_submit(session: Session) -> None:
    campaign = with_contacts(session, BY_RECEIPT)
    remind_at(session, campaign, at(10, 6), at(10, 7), at(10, 13))
    assert receivers(session, "reports.acknowledge") == ["Hoa", "Cúc", "Bình"]
    assert [(name, facts["last_day"]) for name, facts in told(session, "reports.reminder")] == [
        (name, date(2026, 10, 27)) for name in ("Hoa", "Cúc", "Bình")
    ]


def test_who_acknowledges_is_no_longer_asked_to(session: Session) -> None:
    campaign = with_contacts(session, BY_RECEIPT)
    remind_at(session, campaign, at(9, 22))
    acknowledge(session, unit(campaign, "hai"), date(2026, 9, 22), actor="person:1", now=at(9, 22))
    assert states(session, "reports.acknowledge") == ["waiting", "cancelled", "waiting"]


def test_after_the_deadline_who_may_still_submit_is_told_what_it_costs_and_until_when(session: Session) -> None:
    campaign = with_contacts(session, ACCEPTED)
    submitted(session, unit(campaign, "mot"), filled(), now=at(10, 20))
    submitted(session, unit(campaign, "hai"), filled(), now=at(11, 1, 9))
    remind_at(session, campaign, at(11, 1, 9), at(11, 2), at(11, 2, 10), at(11, 13))
    policy = Text("campaign.late_accepted", clause="Điều 2")
    clause = Text("campaign.late_until", policy=policy, last_day=date(2026, 11, 15))
    overdue = [
        (name, facts["last_day"], facts["n"], facts["clause"]) for name, facts in told(session, "reports.overdue")
    ]
    assert overdue == [("Bình", date(2026, 10, 31), 13, clause), ("Bình", date(2026, 10, 31), 2, clause)]
    assert rungs(session) == ["reminded.late-14", "reminded.late-0"]


def test_where_late_forms_are_not_taken_nobody_is_told_to_submit_late(session: Session) -> None:
    campaign = collecting(session)
    join(session, campaign, Role.CONTACT, "Hoa", "mot")
    remind_at(session, campaign, at(11, 2), at(11, 3))
    assert rungs(session) == []
