"""The deadline."""

from sqlalchemy import select
from sqlalchemy.orm import Session

from campaign.closing import close, forms_to_lock, record_locked
from campaign.models import Campaign, OutboxRow
from campaign.ports import FormError
from campaign.queries import unit_progress
from campaign.roles import Role
from campaign.stages import Stage
from campaign.trouble import record_trouble
from scheduler.reminders import remind_unit
from tests.campaign.world import (
    actions,
    at,
    collecting,
    draft,
    filled,
    form,
    join,
    receivers,
    states,
    submitted,
    told,
    unit,
)
from words import Series, Text

MIDNIGHT = at(11, 1, 0)
OPENING = at(11, 2, 8)


def ended(session: Session) -> Campaign:
    """`mot` has submitted on time, `hai` late, `ba` not at all; everybody has a contact, and there is an officer."""
    campaign = collecting(session)
    for name, code in (("Hoa", "mot"), ("Cúc", "hai"), ("Bình", "ba")):
        join(session, campaign, Role.CONTACT, name, code)
    join(session, campaign, Role.OFFICER, "Dung")
    submitted(session, unit(campaign, "mot"), filled(), now=at(10, 20))
    submitted(session, unit(campaign, "hai"), filled(), now=MIDNIGHT)
    return campaign


def test_closing_ends_the_collecting(session: Session) -> None:
    campaign = ended(session)
    close(session, campaign, now=MIDNIGHT, tell_at=OPENING)
    assert (campaign.stage, actions(session)[-1]) == (Stage.VERIFYING, "stage.verifying")


def test_only_units_from_which_nothing_came_are_told_that_nothing_came(session: Session) -> None:
    close(session, ended(session), now=MIDNIGHT, tell_at=OPENING)
    assert told(session, "reports.closed_missing") == [
        (
            "Bình",
            {
                "unit": "Sở Đất Mẫu",
                "unit_id": 3,
                "url": "https://docs.example/ba",
                "folder": "",
                "title": "Đánh giá mẫu 2026",
                "last_day": at(10, 31).date(),
                "clause": Text("campaign.late_not_ranked", clause="Điều 2"),
            },
        )
    ]


def test_officers_are_told_who_has_not_submitted_on_time(session: Session) -> None:
    close(session, ended(session), now=MIDNIGHT, tell_at=OPENING)
    silent = Series(("Sở Mẫu Hai", "Sở Đất Mẫu"))
    assert told(session, "reports.closed_board") == [
        ("Dung", {"title": "Đánh giá mẫu 2026", "n": 1, "of": 3, "missing": silent})
    ]


def test_what_is_told_at_closing_waits_until_offices_open(session: Session) -> None:
    close(session, ended(session), now=MIDNIGHT, tell_at=OPENING)
    waiting = session.scalars(select(OutboxRow).where(OutboxRow.kind.like("reports.closed%")))
    assert {row.not_before for row in waiting} == {OPENING}


def test_a_unit_that_submits_late_before_it_is_told_is_not_told_that_nothing_came(session: Session) -> None:
    campaign = ended(session)
    close(session, campaign, now=MIDNIGHT, tell_at=OPENING)
    submitted(session, unit(campaign, "ba"), filled(), now=at(11, 1, 8))
    assert states(session, "reports.closed_missing") == ["cancelled"]


def test_reminders_that_have_not_gone_out_by_the_deadline_never_do(session: Session) -> None:
    campaign = ended(session)
    remind_unit(session, unit_progress(session, unit(campaign, "ba")), days_left=1, rung="0", now=at(10, 30))
    close(session, campaign, now=MIDNIGHT, tell_at=OPENING)
    assert (receivers(session, "reports.reminder"), states(session, "reports.reminder")) == (["Bình"], ["cancelled"])


def test_forms_are_to_be_locked_that_stand_and_are_not_locked(session: Session) -> None:
    campaign = collecting(session)
    record_locked(session, unit(campaign, "mot"), now=MIDNIGHT)
    form(session, unit(campaign, "ba")).issued_at = None
    session.flush()
    assert [each.unit.code for each in forms_to_lock(session, campaign, MIDNIGHT)] == ["hai"]
    assert forms_to_lock(session, draft(session, year=2025), MIDNIGHT) == []


def test_a_locked_form_is_out_of_trouble_and_no_change_is_pretended(session: Session) -> None:
    campaign = collecting(session)
    mot = unit(campaign, "mot")
    record_trouble(session, mot, FormError("quota", retry=True), now=at(10, 31, 23))
    record_locked(session, mot, now=MIDNIGHT)
    after = form(session, mot)
    assert (after.locked_at, after.changed_at, after.trouble) == (MIDNIGHT, None, None)
