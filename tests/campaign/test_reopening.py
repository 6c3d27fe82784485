"""A unit's own last day: more time, or its form returned to be mended."""

from datetime import date, datetime

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from campaign.counting import authoritative
from campaign.filling import record_reading
from campaign.history import move
from campaign.lateness import is_late
from campaign.models import Campaign, History, Reopening, ReopeningKind, Unit
from campaign.plan import due_of, dues_of, is_open
from campaign.queries import UnitState, board, unit_progress
from campaign.ranking import compute
from campaign.refusal import Refused
from campaign.reopening import extend, give_back
from campaign.roles import Role
from campaign.stages import Stage
from scheduler.reminders import remind_unit
from scoring import Unit as ScoredUnit
from tests.campaign.world import (
    ACCEPTED,
    BY_RECEIPT,
    ROLLED_UP,
    UNITS,
    actions,
    at,
    collecting,
    filled,
    form,
    held,
    join,
    states,
    submitted,
    told,
    unit,
    verifying,
)
from words import Series, Text

NOW = at(11, 5)
UNTIL = date(2026, 11, 20)


def extended(
    session: Session,
    of: Unit,
    until: date = UNTIL,
    *,
    now: datetime = NOW,
    reason: str = "Bão lũ (mẫu)",
    granted_by: str = "Giám đốc Mẫu",
) -> Reopening:
    return extend(
        session,
        of,
        until,
        reason=reason,
        asked_by="Chánh Văn phòng Mẫu",
        granted_by=granted_by,
        actor="administrator",
        now=now,
    )


def returned(session: Session, of: Unit, until: date = UNTIL, *, now: datetime = NOW) -> Reopening:
    return give_back(
        session, of, until, reason="Thiếu phụ lục (mẫu)", granted_by="Giám đốc Mẫu", actor="administrator", now=now
    )


def refusal(session: Session, of: Unit, until: date, *, now: datetime = NOW, reason: str = "Bão lũ (mẫu)") -> Text:
    with pytest.raises(Refused) as refused:
        extended(session, of, until, now=now, reason=reason)
    assert of.reopenings == []
    return refused.value.text


def test_a_unit_with_more_time_has_its_own_deadline_and_the_others_have_theirs(session: Session) -> None:
    campaign = collecting(session)
    extended(session, unit(campaign, "hai"), now=at(10, 20))
    assert {each.code: due_of(each).last_day for each in campaign.units} == {
        "mot": date(2026, 10, 31),
        "hai": UNTIL,
        "ba": date(2026, 10, 31),
    }
    assert [due.last_day for due in dues_of(session, campaign)] == [date(2026, 10, 31), UNTIL]
    assert [is_open(each, at(11, 20, 23, 59)) for each in campaign.units] == [False, True, False]
    assert not is_open(unit(campaign, "hai"), at(11, 21, 0))


def test_late_forms_are_taken_no_shorter_than_by_the_regulation(session: Session) -> None:
    campaign = collecting(session, ACCEPTED)
    hai = unit(campaign, "hai")
    extended(session, hai, date(2026, 11, 10))
    assert (due_of(hai).last_day, due_of(hai).last_late_day) == (date(2026, 11, 10), date(2026, 11, 15))
    extended(session, hai, date(2026, 11, 20))
    assert (due_of(hai).last_day, due_of(hai).last_late_day) == (UNTIL, UNTIL)


def test_more_time_goes_before_the_term_from_receipt(session: Session) -> None:
    campaign = collecting(session, BY_RECEIPT)
    mot = unit(campaign, "mot")
    mot.acknowledged_on = date(2026, 9, 18)
    session.flush()
    assert due_of(mot).last_day == date(2026, 10, 9)
    extended(session, mot, date(2026, 10, 15), now=at(10, 1))
    assert due_of(mot).last_day == date(2026, 10, 15)


def test_what_came_late_is_on_time_once_there_is_more_time(session: Session) -> None:
    campaign = verifying(session)
    ba = unit(campaign, "ba")
    late = submitted(session, ba, filled(), now=at(11, 3))
    assert (is_late(late), authoritative(session, ba)) == (True, None)
    extended(session, ba)
    assert (is_late(late), authoritative(session, ba)) == (False, late)


def test_what_came_late_with_gaps_stays_late_whatever_is_granted_for_in_time_it_would_not_have_been_taken(
    session: Session,
) -> None:
    campaign = verifying(session)
    ba = unit(campaign, "ba")
    half = submitted(session, ba, held(can_bo=10), now=at(11, 3))
    extended(session, ba)
    assert (half.has_gaps, is_late(half), authoritative(session, ba)) == (True, True, None)
    whole = submitted(session, ba, filled(), now=at(11, 6))
    assert (whole.has_gaps, is_late(whole), authoritative(session, ba)) == (False, False, whole)


def test_the_history_says_who_asked_who_granted_and_why(session: Session) -> None:
    campaign = verifying(session)
    extended(session, unit(campaign, "ba"))
    returned(session, unit(campaign, "mot"))
    rows = session.scalars(select(History).order_by(History.id.desc()).limit(2)).all()
    assert [(row.action, dict(row.facts)) for row in reversed(rows)] == [
        (
            "extended",
            {
                "unit": "ba",
                "until": UNTIL,
                "before": date(2026, 10, 31),
                "reason": "Bão lũ (mẫu)",
                "asked_by": "Chánh Văn phòng Mẫu",
                "granted_by": "Giám đốc Mẫu",
            },
        ),
        (
            "returned",
            {
                "unit": "mot",
                "until": UNTIL,
                "before": date(2026, 10, 31),
                "reason": "Thiếu phụ lục (mẫu)",
                "asked_by": "",
                "granted_by": "Giám đốc Mẫu",
            },
        ),
    ]


@pytest.mark.parametrize(
    ("until", "first"),
    [
        (date(2026, 10, 31), date(2026, 11, 5)),  # the last day it has
        (date(2026, 11, 4), date(2026, 11, 5)),  # past
        (date(2027, 1, 1), date(2026, 11, 5)),  # after the ranking is to be published
        (date(2062, 11, 20), date(2026, 11, 5)),  # a slip
    ],
)
def test_more_time_ends_on_a_day_to_come_before_the_publication(session: Session, until: date, first: date) -> None:
    ba = unit(verifying(session), "ba")
    assert refusal(session, ba, until) == Text(
        "campaign.no_such_last_day", unit="Sở Đất Mẫu", day=until, first=first, last=date(2026, 12, 31)
    )


def test_more_time_is_later_than_the_last_day_that_the_unit_has(session: Session) -> None:
    ba = unit(collecting(session), "ba")
    text = refusal(session, ba, date(2026, 10, 31), now=at(10, 20))
    assert text.values["first"] == date(2026, 11, 1)
    extended(session, ba, date(2026, 11, 1), now=at(10, 20))


def test_where_the_publication_is_overdue_a_month_can_still_be_granted(session: Session) -> None:
    ba = unit(verifying(session), "ba")
    text = refusal(session, ba, date(2027, 3, 1), now=at(1, 20, year=2027))
    assert text.values["last"] == date(2027, 2, 20)


@pytest.mark.parametrize(("reason", "granted_by"), [("  ", "Giám đốc Mẫu"), ("Bão lũ (mẫu)", "")])
def test_nothing_is_granted_without_a_reason_and_somebody_who_grants_it(
    session: Session, reason: str, granted_by: str
) -> None:
    ba = unit(verifying(session), "ba")
    with pytest.raises(Refused) as refused:
        extended(session, ba, reason=reason, granted_by=granted_by)
    assert refused.value.text == Text("campaign.reopened_without_reason", unit="Sở Đất Mẫu")


def test_a_unit_that_declares_nothing_needs_no_time(session: Session) -> None:
    units = (*UNITS, ScoredUnit("cum", "Cụm Mẫu", "cum"))
    campaign = collecting(session, *ROLLED_UP, units=units)
    assert refusal(session, unit(campaign, "cum"), UNTIL) == Text("campaign.no_form", unit="Cụm Mẫu")


@pytest.mark.parametrize("stage", [Stage.DRAFT, Stage.ARMED, Stage.OFFERED, Stage.APPROVED, Stage.PUBLISHED])
def test_time_is_granted_while_forms_are_collected_or_verified(session: Session, stage: Stage) -> None:
    campaign = collecting(session)
    campaign.stage = stage
    assert refusal(session, unit(campaign, "ba"), UNTIL).id == "campaign.not_in_this_stage"


def test_only_what_was_submitted_can_be_returned(session: Session) -> None:
    campaign = verifying(session)
    with pytest.raises(Refused) as refused:
        returned(session, unit(campaign, "ba"))
    assert refused.value.text == Text("campaign.nothing_to_return", unit="Sở Đất Mẫu")


def test_a_return_never_shortens_the_time_that_a_unit_has(session: Session) -> None:
    campaign = collecting(session)
    mot = unit(campaign, "mot")
    submitted(session, mot, filled(), now=at(10, 10))
    with pytest.raises(Refused) as refused:
        returned(session, mot, date(2026, 10, 20), now=at(10, 12))
    assert refused.value.text.values["first"] == date(2026, 10, 31)
    returned(session, mot, date(2026, 10, 31), now=at(10, 12))
    assert due_of(mot).last_day == date(2026, 10, 31)


def test_until_a_returned_form_comes_again_the_old_one_counts(session: Session) -> None:
    campaign = verifying(session)
    mot = unit(campaign, "mot")
    before = authoritative(session, mot)
    returned(session, mot)
    assert authoritative(session, mot) is before
    after = submitted(session, mot, filled(co_may=9), now=at(11, 20, 23, 59))
    assert (authoritative(session, mot), is_late(after)) == (after, False)


def test_contacts_read_until_when_and_why(session: Session) -> None:
    campaign = verifying(session)
    join(session, campaign, Role.CONTACT, "Hoa", "mot")
    returned(session, unit(campaign, "mot"))
    assert told(session, "reports.returned") == [
        (
            "Hoa",
            {
                "unit": "Sở Mẫu Một",
                "unit_id": unit(campaign, "mot").id,
                "letter": "12/CV-MAU",
                "last_day": UNTIL,
                "reason": "Thiếu phụ lục (mẫu)",
                "granted_by": "Giám đốc Mẫu",
                "url": "https://docs.example/mot",
                "folder": "",
            },
        )
    ]


def test_each_grant_is_told(session: Session) -> None:
    campaign = collecting(session)
    join(session, campaign, Role.CONTACT, "Hoa", "mot")
    for day in (5, 10):
        extended(session, unit(campaign, "mot"), date(2026, 11, day), now=at(10, 20))
    assert [facts["last_day"].day for _, facts in told(session, "reports.extended")] == [5, 10]


def test_reminders_of_the_old_day_are_taken_back(session: Session) -> None:
    campaign = collecting(session)
    join(session, campaign, Role.CONTACT, "Hoa", "mot")
    remind_unit(session, unit_progress(session, unit(campaign, "mot")), days_left=3, rung="3", now=at(10, 28))
    extended(session, unit(campaign, "mot"), now=at(10, 28))
    assert states(session, "reports.reminder") == ["cancelled"]


def test_the_form_is_to_say_it(session: Session) -> None:
    campaign = verifying(session)
    mot = unit(campaign, "mot")
    form(session, mot).notes_due = False
    returned(session, mot)
    assert form(session, mot).notes_due


def states_of(session: Session, campaign: Campaign) -> dict[str, UnitState]:
    return {each.unit.code: each.state for each in board(session, campaign).units}


def test_a_returned_form_is_open_for_correction_until_it_comes_again(session: Session) -> None:
    campaign = verifying(session)
    mot, hai = unit(campaign, "mot"), unit(campaign, "hai")
    assert states_of(session, campaign) == {
        "mot": UnitState.SUBMITTED,
        "hai": UnitState.SUBMITTED,
        "ba": UnitState.MISSING,
    }
    granted = returned(session, mot)
    extended(session, unit(campaign, "ba"))
    assert states_of(session, campaign) == {
        "mot": UnitState.REOPENED,
        "hai": UnitState.SUBMITTED,
        "ba": UnitState.REOPENED,
    }
    assert [each.reopening for each in board(session, campaign).reopened] == [
        granted,
        unit(campaign, "ba").reopenings[-1],
    ]
    submitted(session, mot, filled(co_may=9), now=at(11, 6))
    assert states_of(session, campaign)["mot"] is UnitState.SUBMITTED
    assert unit_progress(session, hai).reopening is None


def test_it_is_so_no_longer_once_its_day_is_over_and_settled(session: Session) -> None:
    campaign = verifying(session)
    mot, ba = unit(campaign, "mot"), unit(campaign, "ba")
    returned(session, mot)
    extended(session, ba)
    for each in (mot, ba):
        form(session, each).settled_at = at(11, 21, 0, 3)
    assert states_of(session, campaign) == {
        "mot": UnitState.SUBMITTED,
        "hai": UnitState.SUBMITTED,
        "ba": UnitState.MISSING,
    }


def test_a_unit_with_more_time_that_only_filled_in_is_reopened_not_missing(session: Session) -> None:
    campaign = collecting(session)
    extended(session, unit(campaign, "hai"), now=at(10, 20))
    assert states_of(session, campaign) == {
        "mot": UnitState.WAITING,
        "hai": UnitState.REOPENED,
        "ba": UnitState.WAITING,
    }


def test_nothing_is_ranked_while_somebody_is_mending(session: Session) -> None:
    campaign = verifying(session)
    returned(session, unit(campaign, "mot"))
    extended(session, unit(campaign, "ba"), date(2026, 11, 25))
    with pytest.raises(Refused) as refused:
        compute(session, campaign)
    named = (
        Text("campaign.unit_until", unit="Sở Mẫu Một", last_day=UNTIL),
        Text("campaign.unit_until", unit="Sở Đất Mẫu", last_day=date(2026, 11, 25)),
    )
    assert refused.value.text == Text("campaign.units_are_mending", campaign="mau-2026", n=2, units=Series(named))
    submitted(session, unit(campaign, "mot"), filled(co_may=9), now=at(11, 6))
    submitted(session, unit(campaign, "ba"), filled(), now=at(11, 7))
    assert [each.status for each in compute(session, campaign).results] == ["ranked"] * 3


def test_what_was_submitted_before_the_return_is_not_what_is_waited_for(session: Session) -> None:
    campaign = verifying(session)
    mot = unit(campaign, "mot")
    returned(session, mot)
    returned(session, mot, date(2026, 11, 22), now=at(11, 6))
    assert [each.kind for each in mot.reopenings] == [ReopeningKind.RETURN, ReopeningKind.RETURN]
    assert unit_progress(session, mot).reopening is mot.reopenings[-1]


def test_a_ranking_on_offer_is_first_taken_back_by_a_finding_then_forms_can_be_returned(session: Session) -> None:
    campaign = verifying(session)
    move(session, campaign, Stage.OFFERED, actor="administrator", now=NOW)
    with pytest.raises(Refused):
        returned(session, unit(campaign, "mot"))
    move(session, campaign, Stage.VERIFYING, actor="officer", now=NOW)
    returned(session, unit(campaign, "mot"))
    assert actions(session)[-1] == "returned"


def test_a_form_half_filled_in_does_not_end_the_correction(session: Session) -> None:
    campaign = verifying(session)
    mot = unit(campaign, "mot")
    returned(session, mot)
    record_reading(session, mot, held(can_bo=10), change=at(11, 6), now=at(11, 6))
    assert unit_progress(session, mot).state is UnitState.REOPENED
