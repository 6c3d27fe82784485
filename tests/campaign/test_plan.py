"""What a campaign's own row says: the regulation on its day of issue, its timetable, who has a form."""

from datetime import date

import pytest
from sqlalchemy.orm import Session

from campaign.issuing import open_collection
from campaign.models import Campaign, Form
from campaign.plan import due_of, has_form, regulation_of, timetable_of
from campaign.refusal import Refused
from campaign.setup import arm
from campaign.stages import Stage
from scoring import Unit as ScoredUnit
from tests.campaign.world import BY_ISSUE, BY_RECEIPT, ROLLED_UP, UNITS, armed, at, draft, law, unit
from words import Text

AMENDED = (
    ("at_least: 50", "at_least: {2026-01-05: 50, 2026-09-20: 60}"),
    ("below: 50", "below: {2026-01-05: 50, 2026-09-20: 60}"),
)
FOURTH_QUARTER = (
    ("  draft_ahead", "  window: {from: 10-01, to: 12-31, clause: Điều 2}\n  draft_ahead"),
    ("issue_on: {date: 09-15", "issue_on: {date: 10-01"),
)
ISSUED_ANY_DAY = ("  issue_before: {date: 10-01, clause: Điều 2}\n", "")


def refusal_of(session: Session, campaign: Campaign) -> Text:
    with pytest.raises(Refused) as refusal:
        arm(session, campaign, actor="administrator", now=at(9, 1))
    assert campaign.stage is Stage.DRAFT
    return refusal.value.text


def test_values_that_were_amended_hold_from_their_day_on_for_what_is_issued_then(session: Session) -> None:
    campaign = draft(session, regulation=law(*AMENDED), issue_on=date(2026, 9, 19))
    assert regulation_of(campaign).grades[0].at_least == 5000
    campaign.issue_on = date(2026, 9, 20)
    assert regulation_of(campaign).grades[0].at_least == 6000


def test_a_term_in_days_from_the_issue_is_the_same_for_all_units(session: Session) -> None:
    campaign = armed(session, BY_ISSUE)
    assert [due_of(each).last_day for each in campaign.units] == [date(2026, 9, 30)] * 3


def test_a_campaign_that_goes_out_later_than_planned_has_its_term_from_then(session: Session) -> None:
    campaign = armed(session, BY_ISSUE)
    open_collection(session, campaign, now=at(9, 17, 11))
    assert timetable_of(campaign).due.last_day == date(2026, 10, 2)
    assert timetable_of(campaign).issue_at == at(9, 17, 8)


@pytest.mark.parametrize("term", [BY_ISSUE, BY_RECEIPT], ids=["days from the issue", "working days from receipt"])
def test_a_campaign_with_a_term_is_not_armed_in_a_year_whose_days_off_are_unknown(
    session: Session, term: tuple[str, str]
) -> None:
    campaign = draft(session, regulation=law(term), year=2031)
    assert refusal_of(session, campaign) == Text("campaign.no_calendar", year="2031")


def test_nothing_is_issued_before_the_window_of_the_regulation_begins(session: Session) -> None:
    regulation = law(*FOURTH_QUARTER, ISSUED_ANY_DAY)
    campaign = draft(session, regulation=regulation, issue_on=date(2026, 9, 30))
    first = date(2026, 10, 1)
    assert refusal_of(session, campaign) == Text("campaign.issue_too_early", day=date(2026, 9, 30), first=first)
    campaign.issue_on = first
    arm(session, campaign, actor="administrator", now=at(9, 1))
    assert campaign.stage is Stage.ARMED


def test_a_term_that_may_run_out_of_the_window_is_refused(session: Session) -> None:
    regulation = law(*FOURTH_QUARTER, ISSUED_ANY_DAY, BY_RECEIPT)
    campaign = draft(session, regulation=regulation, issue_on=date(2026, 12, 1))
    assert refusal_of(session, campaign).id == "campaign.no_calendar"  # it would end in 2027
    campaign.issue_on = date(2026, 11, 18)
    assert timetable_of(campaign).due.last_day == date(2026, 12, 31)
    arm(session, campaign, actor="administrator", now=at(9, 1))
    assert campaign.stage is Stage.ARMED


def test_a_term_that_may_run_out_of_the_year_is_refused(session: Session) -> None:
    campaign = draft(session, regulation=law(ISSUED_ANY_DAY, BY_ISSUE), year=2025, issue_on=date(2025, 12, 20))
    with pytest.raises(Refused) as refusal:
        arm(session, campaign, actor="administrator", now=at(12, 1, year=2025))
    assert refusal.value.text == Text(
        "campaign.collecting_too_long", day=date(2025, 12, 20), last_day=date(2026, 1, 5), end=date(2025, 12, 31)
    )


def test_a_regulation_need_not_say_until_when_it_is_issued(session: Session) -> None:
    campaign = draft(session, regulation=law(ISSUED_ANY_DAY), issue_on=date(2026, 10, 20))
    assert timetable_of(campaign).issue_before is None
    arm(session, campaign, actor="administrator", now=at(10, 1))
    assert campaign.stage is Stage.ARMED


def test_only_units_that_have_something_to_declare_get_a_form(session: Session) -> None:
    units = (*(ScoredUnit(each.id, each.name, "so", parent="cum") for each in UNITS), ScoredUnit("cum", "Cụm", "cum"))
    campaign = armed(session, *ROLLED_UP, units=units)
    open_collection(session, campaign, now=at(9, 15, 8))
    session.flush()
    assert {each.code: (has_form(each), session.get(Form, each.id) is not None) for each in campaign.units} == {
        "mot": (True, True),
        "hai": (True, True),
        "ba": (True, True),
        "cum": (False, False),
    }
    assert [each.parent for each in campaign.units] == ["cum", "cum", "cum", ""]
    assert unit(campaign, "cum").acknowledged_on is None
