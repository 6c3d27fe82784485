"""Receiving the letter: where a unit's term is counted from there.

The letter goes out on Tuesday 15/09/2026 and every unit has 15 working days; who never acknowledges it counts as having
received it on 06/10, and is due on 27/10.
"""

from datetime import date, datetime

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from campaign.closing import close, ends_at, forms_to_lock, settle
from campaign.filling import submit
from campaign.issuing import order_for
from campaign.lateness import is_late
from campaign.models import Campaign, History, Unit
from campaign.plan import awaits_receipt, due_of, timetable_of
from campaign.queries import board, unacknowledged_text
from campaign.ranking import compute
from campaign.receiving import acknowledge
from campaign.refusal import Refused
from campaign.roles import Role
from campaign.stages import Stage
from tests.campaign.world import (
    BY_RECEIPT,
    actions,
    at,
    by,
    collecting,
    draft,
    filled,
    held,
    join,
    person,
    receivers,
    submitted,
    told,
    unit,
)
from words import Series, Text

LATEST, BOUND = date(2026, 10, 6), date(2026, 10, 27)
TERM = Text("campaign.term_working_days", n=15)


def issued(session: Session) -> Campaign:
    """The forms stand; Hoa speaks for `mot` and Cúc for `hai`."""
    campaign = collecting(session, BY_RECEIPT)
    join(session, campaign, Role.CONTACT, "Hoa", "mot")
    join(session, campaign, Role.CONTACT, "Cúc", "hai")
    return campaign


def receive(session: Session, of: Unit, day: date, now: datetime) -> None:
    acknowledge(session, of, day, actor="person:1", now=now)


def refusal_of(session: Session, of: Unit, day: date, now: datetime) -> Text:
    with pytest.raises(Refused) as refusal:
        receive(session, of, day, now)
    return refusal.value.text


def test_the_term_of_a_unit_begins_with_its_own_acknowledgement(session: Session) -> None:
    campaign = issued(session)
    mot, hai = unit(campaign, "mot"), unit(campaign, "hai")
    assert (awaits_receipt(mot), due_of(mot).last_day) == (True, BOUND)
    receive(session, mot, date(2026, 9, 18), at(9, 18))
    assert [(awaits_receipt(each), due_of(each).last_day) for each in (mot, hai)] == [
        (False, date(2026, 10, 9)),
        (True, BOUND),
    ]


def test_it_is_on_record_who_acknowledged_when_and_for_which_day(session: Session) -> None:
    campaign = issued(session)
    acknowledge(session, unit(campaign, "mot"), date(2026, 9, 16), actor="administrator", now=at(9, 18))
    row = session.scalars(select(History).where(History.action == "acknowledged")).one()
    assert (row.actor, row.at, row.facts) == (
        "administrator",
        at(9, 18),
        {"unit": "mot", "day": date(2026, 9, 16)},
    )


def test_the_same_acknowledgement_again_changes_nothing_and_another_day_is_refused(session: Session) -> None:
    campaign = issued(session)
    mot, day = unit(campaign, "mot"), date(2026, 9, 18)
    receive(session, mot, day, at(9, 18))
    receive(session, mot, day, at(9, 19))
    assert refusal_of(session, mot, date(2026, 9, 21), at(9, 21)) == Text(
        "campaign.received_before", unit="Sở Mẫu Một", day=day, last_day=date(2026, 10, 9)
    )
    assert (mot.acknowledged_on, actions(session).count("acknowledged")) == (day, 1)


@pytest.mark.parametrize("day", [date(2026, 9, 14), date(2026, 9, 19)], ids=["before the issue", "tomorrow"])
def test_a_letter_is_received_between_its_issue_and_today(session: Session, day: date) -> None:
    assert refusal_of(session, unit(issued(session), "mot"), day, at(9, 18)) == Text(
        "campaign.no_such_receipt", day=day, issued_on=date(2026, 9, 15), today=date(2026, 9, 18)
    )


def test_where_forms_are_due_by_a_date_nothing_is_acknowledged(session: Session) -> None:
    mot = unit(collecting(session), "mot")
    assert refusal_of(session, mot, date(2026, 9, 18), at(9, 18)) == Text(
        "campaign.no_receipt_wanted", unit="Sở Mẫu Một"
    )
    assert awaits_receipt(mot) is False


@pytest.mark.parametrize("stage", [Stage.ARMED, Stage.VERIFYING, Stage.PUBLISHED])
def test_a_letter_is_acknowledged_while_the_forms_are_collected(session: Session, stage: Stage) -> None:
    campaign = issued(session)
    campaign.stage = stage
    refused = refusal_of(session, unit(campaign, "mot"), date(2026, 9, 18), at(9, 18))
    assert refused.id == "campaign.not_in_this_stage"


def test_the_request_says_how_long_the_term_is_and_from_when_it_counts_in_any_case(session: Session) -> None:
    campaign = issued(session)
    receiver, facts = told(session, "reports.request_to_acknowledge")[0]
    assert (receiver, facts["term"], facts["latest"], facts["last_day"]) == ("Hoa", TERM, LATEST, BOUND)
    assert receivers(session, "reports.request") == []
    receive(session, unit(campaign, "mot"), date(2026, 9, 18), at(9, 18))
    join(session, campaign, Role.CONTACT, "Bình", "mot")
    assert [(name, facts["last_day"]) for name, facts in told(session, "reports.request")] == [
        ("Bình", date(2026, 10, 9))
    ]


def test_the_form_is_ordered_with_the_term_until_it_has_begun(session: Session) -> None:
    campaign = issued(session)
    mot = unit(campaign, "mot")
    before = order_for(session, mot, bot_username="mau_bot", language="vi")
    receive(session, mot, date(2026, 9, 18), at(9, 18))
    after = order_for(session, mot, bot_username="mau_bot", language="vi")
    assert [(each.term, each.last_day) for each in (before, after)] == [(TERM, BOUND), (None, date(2026, 10, 9))]


def test_who_submits_has_received_the_letter(session: Session) -> None:
    campaign = issued(session)
    mot = unit(campaign, "mot")
    assert not is_late(submitted(session, mot, filled(), now=at(9, 18)))
    assert (mot.acknowledged_on, due_of(mot).last_day) == (date(2026, 9, 18), date(2026, 10, 9))
    row = session.scalars(select(History).where(History.action == "acknowledged")).one()
    assert row.actor == f"person:{person(session).id}"


def test_a_form_is_late_after_the_units_own_last_day(session: Session) -> None:
    campaign = issued(session)
    for code in ("mot", "hai"):
        receive(session, unit(campaign, code), date(2026, 9, 18), at(9, 18))
    moments = {"mot": at(10, 9, 23, 59), "hai": at(10, 10, 0), "ba": at(10, 10, 0)}
    assert {
        code: is_late(submitted(session, unit(campaign, code), filled(), now=now)) for code, now in moments.items()
    } == {"mot": False, "hai": True, "ba": False}


def test_a_unit_that_never_acknowledges_is_late_after_the_last_day_of_all(session: Session) -> None:
    campaign = issued(session)
    assert not is_late(submitted(session, unit(campaign, "ba"), filled(), now=at(10, 27, 23, 59)))
    assert is_late(submitted(session, unit(campaign, "hai"), filled(), now=at(10, 28, 0)))


def test_each_form_is_locked_when_its_own_term_is_over(session: Session) -> None:
    campaign = issued(session)
    receive(session, unit(campaign, "mot"), date(2026, 9, 18), at(9, 18))

    def due(now: datetime) -> list[str]:
        return [each.unit.code for each in forms_to_lock(session, campaign, now)]

    assert [due(at(10, 9, 23, 59)), due(at(10, 10, 0)), due(at(10, 28, 0))] == [[], ["mot"], ["mot", "hai", "ba"]]


def test_the_collecting_ends_with_the_last_term_of_a_unit(session: Session) -> None:
    campaign = issued(session)
    assert ends_at(session, campaign) == at(10, 28, 0)
    for code in ("mot", "hai"):
        receive(session, unit(campaign, code), date(2026, 9, 16), at(9, 18))
    assert ends_at(session, campaign) == at(10, 28, 0)
    receive(session, unit(campaign, "ba"), date(2026, 9, 18), at(9, 18))
    assert ends_at(session, campaign) == at(10, 10, 0)


def test_a_unit_is_told_once_at_the_end_of_its_own_term_that_nothing_came(session: Session) -> None:
    campaign = issued(session)
    for code in ("mot", "hai"):
        receive(session, unit(campaign, code), date(2026, 9, 18), at(9, 18))
    submitted(session, unit(campaign, "hai"), filled(), now=at(10, 1))
    for code in ("mot", "hai"):
        settle(session, unit(campaign, code), now=at(10, 10, 0), tell_at=at(10, 12, 8))
    missing = [(name, facts["last_day"]) for name, facts in told(session, "reports.closed_missing")]
    assert missing == [("Hoa", date(2026, 10, 9))]
    close(session, campaign, now=at(10, 28, 0), tell_at=at(10, 28, 8))
    assert receivers(session, "reports.closed_missing") == ["Hoa"]


def test_the_board_knows_who_has_not_acknowledged(session: Session) -> None:
    campaign = issued(session)
    receive(session, unit(campaign, "mot"), date(2026, 9, 18), at(9, 18))
    state = board(session, campaign)
    assert [each.last_day for each in state.units] == [date(2026, 10, 9), BOUND, BOUND]
    names = Series(("Sở Mẫu Hai", "Sở Đất Mẫu"))
    assert unacknowledged_text(state) == Text("reports.unacknowledged", n=2, units=names, latest=LATEST)


def test_where_all_have_acknowledged_and_where_nobody_has_to_there_is_nothing_to_say(session: Session) -> None:
    campaign = issued(session)
    for each in campaign.units:
        receive(session, each, date(2026, 9, 18), at(9, 18))
    assert unacknowledged_text(board(session, campaign)) is None
    assert unacknowledged_text(board(session, draft(session, year=2025))) is None


def test_what_was_submitted_on_time_is_ranked_whoever_acknowledged(session: Session) -> None:
    campaign = issued(session)
    receive(session, unit(campaign, "mot"), date(2026, 9, 16), at(9, 16))
    for code in ("mot", "hai"):
        submitted(session, unit(campaign, code), filled(), now=at(10, 8))
    close(session, campaign, now=at(10, 28, 0), tell_at=at(10, 28, 8))
    statuses = {each.unit.id: each.status for each in compute(session, campaign).results}
    assert statuses == {"mot": "late", "hai": "ranked", "ba": "missing"}  # mot was due on 07/10


def test_terms_count_from_the_day_on_which_the_letter_really_went_out(session: Session) -> None:
    campaign = issued(session)
    campaign.issued_at = at(9, 17, 11)
    days = timetable_of(campaign)
    assert days.receipt
    assert (days.issue_at, days.receipt.latest) == (at(9, 17, 8), date(2026, 10, 8))


def test_a_form_half_filled_in_is_no_acknowledgement(session: Session) -> None:
    mot = unit(issued(session), "mot")
    submit(session, mot, held(can_bo=10), by(session, at(9, 18)), now=at(9, 18))
    assert mot.acknowledged_on is None
