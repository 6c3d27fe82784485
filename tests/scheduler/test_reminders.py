"""The reminder ladder: who is reminded when, of what, and when not."""

from datetime import date, datetime, time, timedelta

import pytest
from sqlalchemy.orm import Session

from campaign.calendars import calendar_for, weekdays_at_least
from campaign.evidence import keep_file
from campaign.files import NewFile
from campaign.filling import record_reading
from campaign.history import record
from campaign.models import Campaign
from campaign.queries import unit_progress
from campaign.roles import Role
from reports.notices import notice
from scheduler.reminders import NAMED_ITEMS, due_rung, next_office_moment, remind, remind_unit
from scoring import Unit as ScoredUnit
from scoring import load_regulation
from tests.campaign.world import (
    HANOI,
    actions,
    at,
    collecting,
    draft,
    filled,
    form,
    held,
    join,
    person,
    receivers,
    submitted,
    told,
    unit,
    with_mistake,
)
from tests.scheduler.office import HOURS

CALENDAR = calendar_for(2026)
LAST_DAY = date(2026, 10, 31)


def local(month: int, day: int, hour: int = 9, minute: int = 0) -> datetime:
    return at(month, day, hour, minute).astimezone(HANOI)


def rung(moment: datetime) -> int | None:
    return due_rung(LAST_DAY, CALENDAR, HOURS, moment)


def test_each_rung_begins_on_its_working_day_and_lasts_until_the_next() -> None:
    days = [date(2026, 10, 14) + timedelta(days=n) for n in range(18)]
    ladder = {day.day: rung(datetime.combine(day, time(9), tzinfo=HANOI)) for day in days}
    assert ladder == {
        14: None,
        15: None,
        16: 14,  # Friday, for Saturday 17/10
        17: None,
        18: None,
        19: 14,
        20: 14,
        21: 14,
        22: 14,
        23: 7,  # Friday, for Saturday 24/10
        24: None,
        25: None,
        26: 7,
        27: 7,
        28: 3,
        29: 3,
        30: 0,  # Friday, for the last day, Saturday 31/10
        31: None,
    }


def test_a_rung_waits_for_the_office_to_open_and_is_not_dropped_when_it_closes() -> None:
    moments = [
        local(10, 28, 7, 29),
        local(10, 28, 7, 30),
        local(10, 28, 17, 29),
        local(10, 28, 17, 30),
        local(10, 29, 7, 30),
    ]
    assert [rung(moment) for moment in moments] == [None, 3, 3, None, 3]


def test_there_are_no_reminders_at_night_at_weekends_and_on_days_off() -> None:
    early = date(2026, 9, 4)
    assert [due_rung(early, CALENDAR, HOURS, local(9, day)) for day in (2, 3)] == [None, 1]  # 02/09 is National Day
    assert [rung(local(10, 28, 3)), rung(local(10, 25)), rung(local(10, 31))] == [None, None, None]


@pytest.mark.parametrize(
    ("moment", "office"),
    [
        (local(11, 1, 0), local(11, 2, 7, 30)),
        (local(11, 2, 7), local(11, 2, 7, 30)),
        (local(11, 2, 10), local(11, 2, 10)),
        (local(11, 6, 18), local(11, 9, 7, 30)),
    ],
)
def test_what_cannot_be_told_now_is_told_when_offices_open(moment: datetime, office: datetime) -> None:
    assert next_office_moment(CALENDAR, HOURS, moment) == office


def test_a_year_without_a_calendar_on_file_has_its_weekends_off() -> None:
    days = [weekdays_at_least(2031).is_working_day(date(2031, 11, day)) for day in (7, 8, 9, 10)]
    assert days == [True, False, False, True]


def test_after_the_deadline_nobody_is_reminded() -> None:
    assert [rung(local(11, 2)), rung(local(11, 1, 8))] == [None, None]


def test_the_hour_is_the_provinces_and_not_the_servers(session: Session) -> None:
    campaign = with_contacts(session)
    remind_at(session, campaign, at(10, 28, 7, 30))  # 00:30 in UTC
    assert receivers(session, "reports.reminder") == ["Hoa", "Cúc", "Bình"]


def with_contacts(session: Session) -> Campaign:
    campaign = collecting(session)
    for name, code in (("Hoa", "mot"), ("Cúc", "hai"), ("Bình", "ba")):
        join(session, campaign, Role.CONTACT, name, code)
    return campaign


def remind_at(session: Session, campaign: Campaign, *moments: datetime) -> None:
    for moment in moments:
        remind(session, campaign, CALENDAR, HOURS, now=moment)


def test_only_units_that_have_not_submitted_are_reminded(session: Session) -> None:
    campaign = with_contacts(session)
    submitted(session, unit(campaign, "mot"), filled(), now=at(10, 1))
    remind_at(session, campaign, at(10, 19))
    assert receivers(session, "reports.reminder") == ["Cúc", "Bình"]


def test_a_rung_reminds_once_however_often_it_ticks(session: Session) -> None:
    campaign = with_contacts(session)
    remind_at(session, campaign, *[at(10, 19) + timedelta(minutes=n) for n in range(5)], at(10, 20), at(10, 21))
    assert receivers(session, "reports.reminder") == ["Hoa", "Cúc", "Bình"]
    assert [each for each in actions(session) if each.startswith("reminded")] == ["reminded.14"]


def test_every_rung_reminds_anew(session: Session) -> None:
    campaign = with_contacts(session)
    remind_at(session, campaign, at(10, 16), at(10, 23), at(10, 28), at(10, 30))
    days = [
        (facts["n"], facts["last_day"]) for receiver, facts in told(session, "reports.reminder") if receiver == "Hoa"
    ]
    assert days == [(n, date(2026, 10, 31)) for n in (15, 8, 3, 1)]


def test_after_downtime_there_is_one_reminder_and_no_burst(session: Session) -> None:
    campaign = with_contacts(session)
    remind_at(session, campaign, *[at(10, 29) + timedelta(minutes=n) for n in range(3)])
    assert receivers(session, "reports.reminder") == ["Hoa", "Cúc", "Bình"]


def test_nobody_is_reminded_on_the_day_of_issue(session: Session) -> None:
    campaign = with_contacts(session)
    campaign.issue_on = date(2026, 10, 19)
    remind_at(session, campaign, at(10, 19, 9), at(10, 20, 7, 59))
    assert receivers(session, "reports.reminder") == []
    remind_at(session, campaign, at(10, 20, 8))
    assert receivers(session, "reports.reminder") == ["Hoa", "Cúc", "Bình"]


def test_a_unit_whose_form_does_not_stand_yet_is_not_reminded(session: Session) -> None:
    campaign = with_contacts(session)
    form(session, unit(campaign, "hai")).issued_at = None
    session.flush()
    remind_at(session, campaign, at(10, 19))
    assert receivers(session, "reports.reminder") == ["Hoa", "Bình"]


def test_a_reminder_names_what_is_missing(session: Session) -> None:
    campaign = with_contacts(session)
    record_reading(session, unit(campaign, "mot"), held(can_bo=10), change=at(10, 1), now=at(10, 1))
    remind_at(session, campaign, at(10, 28))
    _, facts = told(session, "reports.reminder")[0]
    assert facts == {
        "unit": "Sở Mẫu Một",
        "unit_id": unit(campaign, "mot").id,
        "letter": "12/CV-MAU",
        "last_day": date(2026, 10, 31),
        "n": 3,
        "url": "https://docs.example/mot",
        "folder": "",
        "filled": 1,
        "of": 3,
        "missing": ("1b – Số cán bộ có máy tính", "2a – Có phần mềm chuyên ngành"),
        "more": 0,
    }


def test_a_reminder_leads_to_the_form_and_to_the_folder_for_evidence(session: Session) -> None:
    campaign = collecting(session)
    join(session, campaign, Role.CONTACT, "Hoa", "mot")
    form(session, unit(campaign, "mot")).folder_url = "https://drive.example/mot"
    remind_at(session, campaign, at(10, 28))
    ((_, facts),) = told(session, "reports.reminder")
    opening, *_ = notice("reports.reminder", facts, None).buttons
    assert [each.url for each in opening] == ["https://docs.example/mot", "https://drive.example/mot"]


def test_of_many_missing_items_eight_are_named_and_the_others_counted(session: Session) -> None:
    cao_bang, _ = load_regulation("cao-bang-2310")
    campaign = draft(session, regulation=cao_bang, units=(ScoredUnit("mot", "Sở Mẫu Một", "so"),))
    join(session, campaign, Role.CONTACT, "Hoa", "mot")
    progress = unit_progress(session, campaign.units[0])
    remind_unit(session, progress, days_left=3, rung="3", now=at(10, 28))
    ((_, facts),) = told(session, "reports.reminder")
    assert (len(facts["missing"]), facts["more"]) == (NAMED_ITEMS, progress.of - NAMED_ITEMS)


def test_who_lacks_only_evidence_is_not_told_that_the_form_is_ready(session: Session) -> None:
    wanted = ("label: Số cán bộ, type: integer,", "label: Số cán bộ, type: integer, evidence: true,")
    campaign = collecting(session, wanted)
    for name, code in (("Hoa", "mot"), ("Cúc", "hai")):
        join(session, campaign, Role.CONTACT, name, code)
        record_reading(session, unit(campaign, code), filled(), change=at(10, 1), now=at(10, 1))
    paper = NewFile("bao-cao.pdf", "application/pdf", b"%PDF-1.7 (mau)")
    keep_file(session, unit(campaign, "hai"), person(session), paper, "file-1", key="can_bo", now=at(10, 2))
    remind_at(session, campaign, at(10, 28))
    assert (receivers(session, "reports.reminder"), receivers(session, "reports.reminder_ready")) == (["Hoa"], ["Cúc"])


def test_who_has_filled_in_everything_is_reminded_to_submit(session: Session) -> None:
    campaign = with_contacts(session)
    record_reading(session, unit(campaign, "mot"), filled(), change=at(10, 1), now=at(10, 1))
    mistaken = with_mistake(filled())
    record_reading(session, unit(campaign, "hai"), mistaken, change=at(10, 1), now=at(10, 1))
    contradictory = filled(can_bo=10, co_may=11)
    record_reading(session, unit(campaign, "ba"), contradictory, change=at(10, 1), now=at(10, 1))
    remind_at(session, campaign, at(10, 28))
    assert receivers(session, "reports.reminder_ready") == ["Hoa"]
    assert receivers(session, "reports.reminder") == ["Cúc", "Bình"]


def test_a_campaign_of_another_year_has_its_own_ladder(session: Session) -> None:
    campaign = with_contacts(session)
    record(session, draft(session, year=2025), "reminded.14", actor="scheduler", now=at(10, 16))
    remind_at(session, campaign, at(10, 19))
    assert receivers(session, "reports.reminder") == ["Hoa", "Cúc", "Bình"]
