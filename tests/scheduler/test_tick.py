"""The tick: whatever is due now is done, once, and nothing that goes wrong is in the way of the rest."""

import logging
from datetime import timedelta

import pytest
from sqlalchemy import select

from campaign.counting import authoritative
from campaign.ends import LISTING_LAG
from campaign.lateness import is_late
from campaign.models import Campaign, Draft, History, Unit
from campaign.ranking import approve, compute, mark_published, offer
from campaign.setup import arm
from campaign.stages import Stage
from campaign.trouble import record_trouble
from scoring import Unit as ScoredUnit
from tests.campaign import world
from tests.campaign.world import ACCEPTED, BY_DATE, BY_RECEIPT, at, filled, held, ticked, with_mistake
from tests.scheduler.office import Office
from tests.scheduler.shelf import BUSY, LOST
from words import Text

MINUTE = timedelta(minutes=1)
OPENING, MIDNIGHT = at(9, 15, 8), at(11, 1, 0)
LISTED = MIDNIGHT + LISTING_LAG
YEAR_LATER = ("publish_before: {date: 01-01,", "publish_before: {date: 03-01,")
MOT, HAI, BA = "mau-2026-mot", "mau-2026-hai", "mau-2026-ba"


def troubles(office: Office) -> dict[str, str | None]:
    return {code: form.trouble for code, form in office.forms.items()}


def drafts(office: Office) -> dict[str, int]:
    """How many answers of each unit were read, where there are any."""
    with office.database.transaction() as session:
        codes = {unit.id: unit.code for unit in session.scalars(select(Unit))}
        return {codes[draft.unit_id]: len(draft.answers) for draft in session.scalars(select(Draft)) if draft.answers}


def test_nothing_is_issued_a_moment_before_the_hour_and_everything_from_it_on(office: Office) -> None:
    office.arm()
    office.tick(OPENING - timedelta(seconds=1))
    assert (office.stage, office.shelf.calls) == (Stage.ARMED, [])
    office.tick(OPENING)
    assert (office.stage, office.told("reports.request")) == (Stage.COLLECTING, ["Hoa", "Cúc", "Bình"])


def test_a_draft_is_never_issued(office: Office) -> None:
    with office.database.transaction() as session:
        world.draft(session)
    office.tick(OPENING, OPENING + timedelta(days=1))
    assert (office.stage, office.shelf.calls) == (Stage.DRAFT, [])


def test_a_day_of_issue_that_was_missed_is_caught_up(office: Office) -> None:
    office.arm()
    office.tick(OPENING + timedelta(days=2, seconds=1))
    assert office.told("reports.request") == ["Hoa", "Cúc", "Bình"]


def test_ticking_again_does_nothing_twice(office: Office) -> None:
    office.issue()
    office.tick(*[OPENING + n * MINUTE for n in range(5)])
    assert (office.shelf.count("issue"), office.told("reports.request")) == (3, ["Hoa", "Cúc", "Bình"])


def test_forms_are_made_some_a_minute_until_all_stand(office: Office) -> None:
    with office.database.transaction() as session:
        units = tuple(ScoredUnit(f"u{n}", f"Sở {n}", "so") for n in range(23))
        arm(session, world.draft(session, units=units), actor="administrator", now=at(9, 1))
    made = []
    for second in (0, 30, 60, 61, 120, 121):
        office.tick(OPENING + timedelta(seconds=second))
        made.append(office.shelf.count("issue"))
    assert made == [10, 10, 20, 20, 23, 23]


def test_a_form_that_cannot_be_made_delays_only_its_own_unit(office: Office) -> None:
    office.arm()
    office.shelf.broken[f"issue {HAI}"] = BUSY
    office.tick(OPENING)
    assert office.told("reports.request") == ["Hoa", "Bình"]
    office.shelf.broken.clear()
    office.tick(OPENING + MINUTE / 2)
    assert office.told("reports.request") == ["Hoa", "Bình"]
    office.tick(OPENING + MINUTE)
    assert office.told("reports.request") == ["Hoa", "Bình", "Cúc"]


def test_a_form_made_just_before_a_crash_is_the_same_form_afterwards(office: Office) -> None:
    office.arm()
    office.shelf.broken["changes"] = KeyboardInterrupt()
    with pytest.raises(KeyboardInterrupt):
        office.tick(OPENING)
    office.shelf.broken.clear()
    office.tick(OPENING)
    assert [form.file_id for form in office.forms.values()] == [MOT, HAI, BA]
    assert office.told("reports.request") == ["Hoa", "Cúc", "Bình"]


def test_only_forms_that_changed_are_read(office: Office) -> None:
    office.issue()
    office.shelf.write(HAI, held(can_bo=10), OPENING + 5 * MINUTE)
    office.tick(OPENING + 6 * MINUTE, OPENING + 7 * MINUTE, OPENING + 8 * MINUTE)
    assert [call for call in office.shelf.calls if call.startswith("read")] == [f"read {HAI}"]
    assert drafts(office) == {"hai": 1}


def test_a_form_that_changes_again_is_read_again(office: Office) -> None:
    office.issue()
    office.shelf.write(HAI, held(can_bo=10), OPENING + 5 * MINUTE)
    office.tick(OPENING + 6 * MINUTE)
    office.shelf.write(HAI, filled(), OPENING + 7 * MINUTE)
    office.tick(OPENING + 8 * MINUTE)
    assert (office.shelf.count("read"), drafts(office)) == (2, {"hai": 3})


def test_changes_are_listed_from_the_last_listing_on_with_the_lag_of_the_service(office: Office) -> None:
    office.issue()
    office.tick(OPENING + 5 * MINUTE)
    assert office.shelf.listed_since == [None, OPENING - LISTING_LAG]
    office.shelf.write(MOT, held(can_bo=10), OPENING + 4 * MINUTE)  # listed late
    office.tick(OPENING + 6 * MINUTE)
    assert drafts(office) == {"mot": 1}


def test_when_changes_cannot_be_listed_the_next_tick_lists_them_all(
    office: Office, caplog: pytest.LogCaptureFixture
) -> None:
    office.issue()
    office.shelf.write(MOT, held(can_bo=10), OPENING + 1 * MINUTE)
    office.shelf.broken["changes"] = BUSY
    office.tick(OPENING + 20 * MINUTE)
    office.shelf.broken.clear()
    office.tick(OPENING + 40 * MINUTE)
    assert (drafts(office), [each.levelno for each in caplog.records]) == ({"mot": 1}, [logging.WARNING])


def test_a_form_that_is_gone_is_reported_once_and_stops_no_other(office: Office) -> None:
    office.issue()
    for file_id in (MOT, HAI, BA):
        office.shelf.write(file_id, held(can_bo=10), OPENING + MINUTE)
    office.shelf.broken[f"read {HAI}"] = LOST
    office.tick(*[OPENING + n * MINUTE for n in range(2, 6)])
    assert (drafts(office), troubles(office)) == ({"mot": 1, "ba": 1}, {"mot": None, "hai": "deleted", "ba": None})
    assert office.told("reports.form_trouble") == ["Dung"]
    assert office.shelf.count("read") == 3


def test_a_form_that_comes_back_is_read_within_half_an_hour(office: Office) -> None:
    office.issue()
    office.shelf.write(HAI, held(can_bo=10), OPENING + MINUTE)
    office.shelf.broken[f"read {HAI}"] = LOST
    office.tick(*[OPENING + n * MINUTE for n in range(2, 600)])
    office.shelf.broken.clear()
    office.tick(*[OPENING + n * MINUTE for n in range(600, 630)])
    assert (drafts(office), troubles(office)["hai"]) == ({"hai": 1}, None)


def test_a_form_that_is_out_of_reach_is_looked_for_at_once_when_something_new_is_listed(office: Office) -> None:
    office.issue()
    office.shelf.write(HAI, held(can_bo=10), OPENING + MINUTE)
    office.shelf.broken[f"read {HAI}"] = LOST
    office.tick(OPENING + 2 * MINUTE, OPENING + 3 * MINUTE)
    office.shelf.broken.clear()
    office.shelf.write(HAI, filled(), OPENING + 4 * MINUTE)
    office.tick(OPENING + 4 * MINUTE)
    assert (office.shelf.count("read"), drafts(office)) == (2, {"hai": 3})


def test_what_was_changed_in_a_form_while_it_was_out_of_reach_counts_from_when_it_was_changed(office: Office) -> None:
    office.issue()
    office.shelf.write(HAI, held(can_bo=10), MIDNIGHT - 30 * MINUTE)
    office.shelf.broken[HAI] = LOST
    office.tick(MIDNIGHT - 29 * MINUTE)
    unlisted = office.shelf.changed_at.pop(HAI)
    office.tick(MIDNIGHT, LISTED)
    office.shelf.changed_at[HAI] = unlisted
    office.shelf.write(HAI, ticked(filled()), MIDNIGHT + MINUTE)
    office.tick(MIDNIGHT + 9 * MINUTE)  # whatever else is listed in the meantime
    office.shelf.broken.clear()
    office.tick(MIDNIGHT + 30 * MINUTE)
    assert (office.late("hai"), drafts(office)) == ([True], {"hai": 3})


def test_one_bad_form_does_not_stop_all_alerts(office: Office, caplog: pytest.LogCaptureFixture) -> None:
    office.issue()
    for file_id in (MOT, HAI, BA):
        office.shelf.write(file_id, held(can_bo=10), at(10, 19))
    office.shelf.broken[f"read {MOT}"] = RuntimeError("nobody expected this")
    office.tick(at(10, 19))
    assert (drafts(office), troubles(office)["mot"]) == ({"hai": 1, "ba": 1}, "unexpected")
    assert office.told("reports.reminder") == ["Hoa", "Cúc", "Bình"]
    assert office.told("reports.form_trouble") == ["Dung"]
    assert [str(each.exc_info[1]) for each in caplog.records if each.exc_info] == ["nobody expected this"]


def test_contacts_hear_of_mistakes_in_the_form_they_are_filling_in(office: Office) -> None:
    office.issue()
    office.shelf.write(MOT, with_mistake(held(can_bo=10)), OPENING + MINUTE)
    office.tick(OPENING + 2 * MINUTE)
    assert office.told("reports.form_problems") == ["Hoa"]


def test_at_the_deadline_forms_are_locked_first_and_then_the_collecting_ends(office: Office) -> None:
    office.issue()
    office.submit("mot", filled(), at(10, 20))
    office.tick(MIDNIGHT - timedelta(seconds=1))
    assert (office.stage, office.shelf.locked) == (Stage.COLLECTING, [])
    office.tick(MIDNIGHT, LISTED - timedelta(seconds=1))
    assert (office.stage, office.shelf.locked) == (Stage.COLLECTING, [MOT, HAI, BA])
    office.tick(LISTED)
    assert office.stage is Stage.VERIFYING
    assert (office.told("reports.closed_missing"), office.told("reports.closed_board")) == (["Cúc", "Bình"], ["Dung"])


def test_the_deadline_that_passed_while_nothing_ran_is_caught_up(office: Office) -> None:
    office.issue()
    office.tick(MIDNIGHT + timedelta(days=3), LISTED + timedelta(days=3))
    assert (office.stage, len(office.shelf.locked)) == (Stage.VERIFYING, 3)


def test_at_the_deadline_only_what_changed_since_it_was_read_is_read(office: Office) -> None:
    office.issue()
    office.shelf.write(MOT, held(can_bo=10), at(10, 31, 23, 50))
    office.tick(at(10, 31, 23, 51))
    office.shelf.write(HAI, filled(), at(10, 31, 23, 59))
    office.tick(MIDNIGHT, LISTED, LISTED + MINUTE)
    assert (office.shelf.count("read"), drafts(office)) == (1 + 1, {"mot": 1, "hai": 3})


def test_what_stands_in_a_form_but_was_not_submitted_is_no_submission(office: Office) -> None:
    office.issue()
    office.shelf.write(MOT, filled(), at(10, 31, 23))
    office.tick(at(10, 31, 23, 5), MIDNIGHT, LISTED)
    with office.database.transaction() as session:
        mot = session.scalars(select(Unit).where(Unit.code == "mot")).one()
        assert authoritative(session, mot) is None
    assert office.told("reports.closed_missing") == ["Hoa", "Cúc", "Bình"]


def test_the_closing_waits_for_forms_that_cannot_be_locked_for_the_moment(office: Office) -> None:
    office.issue()
    office.shelf.broken[f"lock {HAI}"] = BUSY
    office.tick(MIDNIGHT)
    assert (office.stage, office.shelf.locked) == (Stage.COLLECTING, [MOT, BA])
    office.tick(LISTED)
    assert office.stage is Stage.COLLECTING
    office.shelf.broken.clear()
    office.tick(LISTED + MINUTE / 2)
    assert office.shelf.locked == [MOT, BA]
    office.tick(MIDNIGHT + 10 * MINUTE, LISTED + 10 * MINUTE)
    assert (office.stage, office.shelf.locked) == (Stage.VERIFYING, [MOT, BA, HAI])


def test_meanwhile_whatever_is_submitted_is_late(office: Office) -> None:
    office.issue()
    office.shelf.broken[f"lock {HAI}"] = BUSY
    office.tick(MIDNIGHT)
    assert (office.stage, is_late(office.submit("hai", filled(), MIDNIGHT + MINUTE))) == (Stage.COLLECTING, True)


def test_after_an_hour_the_collecting_ends_without_them(office: Office) -> None:
    office.issue()
    office.shelf.broken[f"lock {HAI}"] = BUSY
    stages = []
    for minutes in (0, 30, 59, 60):
        office.tick(MIDNIGHT + minutes * MINUTE)
        stages.append(office.stage)
    assert stages == [Stage.COLLECTING] * 3 + [Stage.VERIFYING]


def test_a_lost_form_does_not_hold_up_the_closing_and_is_locked_when_it_comes_back(office: Office) -> None:
    office.issue()
    office.shelf.broken[f"lock {HAI}"] = LOST
    office.tick(MIDNIGHT, LISTED)
    assert (office.stage, office.shelf.locked) == (Stage.VERIFYING, [MOT, BA])
    office.shelf.broken.clear()
    office.tick(MIDNIGHT + 9 * MINUTE)
    assert office.shelf.locked == [MOT, BA]
    office.tick(MIDNIGHT + 13 * MINUTE)
    assert office.shelf.locked == [MOT, BA, HAI]


def test_officers_are_told_once_of_a_form_in_the_bin(office: Office) -> None:
    office.issue()
    office.shelf.thrown_away.append(HAI)
    office.tick(OPENING + timedelta(hours=2), OPENING + timedelta(hours=3))
    with office.database.transaction() as session:
        told = world.told(session, "reports.form_trouble")
        assert [(name, facts["reason"]) for name, facts in told] == [("Dung", Text("campaign.trouble_in_bin"))]


def test_a_form_that_is_taken_out_of_the_bin_is_read_at_once(office: Office) -> None:
    office.issue()
    office.shelf.write(HAI, held(can_bo=10), OPENING + MINUTE)
    office.shelf.thrown_away.append(HAI)
    office.tick(*[OPENING + n * MINUTE for n in range(1, 60)])
    assert (drafts(office), troubles(office)["hai"]) == ({}, "in_bin")
    office.shelf.thrown_away.clear()
    office.tick(OPENING + 60 * MINUTE)
    assert (drafts(office), troubles(office)["hai"]) == ({"hai": 1}, None)


def test_a_trouble_that_a_person_met_in_chat_is_over_once_the_form_can_be_read(office: Office) -> None:
    office.issue()
    with office.database.transaction() as session:
        hai = session.scalars(select(Unit).where(Unit.code == "hai")).one()
        record_trouble(session, hai, BUSY, now=OPENING + MINUTE)
    office.tick(OPENING + 2 * MINUTE)
    assert (office.shelf.count("read"), troubles(office)["hai"], drafts(office)) == (1, None, {})


def test_after_the_deadline_no_forms_are_made_any_more(office: Office) -> None:
    office.arm()
    office.shelf.broken["issue"] = BUSY
    office.tick(OPENING)
    office.shelf.broken.clear()
    office.tick(MIDNIGHT)
    assert (office.stage, office.shelf.held) == (Stage.VERIFYING, {})


def test_a_campaign_that_cannot_be_tended_does_not_stop_the_next(
    office: Office, caplog: pytest.LogCaptureFixture
) -> None:
    with office.database.transaction() as session:
        broken, sound = world.draft(session, year=2025), world.armed(session)
        broken.stage, broken.regulation_text = Stage.ARMED, "no regulation"
        assert broken.id < sound.id
    office.tick(OPENING)
    with office.database.transaction() as session:
        stages = session.scalars(select(Campaign.stage).order_by(Campaign.id)).all()
    assert stages == [Stage.ARMED, Stage.COLLECTING]
    assert ["could not be tended" in each.getMessage() for each in caplog.records] == [True]


def test_next_year_is_drafted_once_on_its_day_and_the_officers_are_asked(office: Office) -> None:
    office.issue()
    office.tick(MIDNIGHT, LISTED)
    with office.database.transaction() as session:
        campaign = session.scalars(select(Campaign)).one()
        ranking = offer(session, campaign, compute(session, campaign), [], actor="administrator", now=at(12, 9))
        approve(session, ranking, None, decision_number="1/QĐ", decision_day=at(12, 9).date(), now=at(12, 9))
        mark_published(session, ranking, actor="administrator", now=at(12, 9))
    office.tick(at(8, 16, 7, 59, year=2027))
    assert office.told("reports.draft_next") == []
    office.tick(*[at(8, 16, 8, year=2027) + n * MINUTE for n in range(3)])
    assert office.told("reports.draft_next") == ["Dung"]
    with office.database.transaction() as session:
        campaigns = session.scalars(select(Campaign).order_by(Campaign.id)).all()
        assert [(each.code, each.stage) for each in campaigns] == [
            ("mau-2026", Stage.PUBLISHED),
            ("mau-2027", Stage.DRAFT),
        ]


def test_a_year_that_was_never_concluded_does_not_hold_up_the_next(office: Office) -> None:
    office.issue()
    office.tick(MIDNIGHT, LISTED, at(8, 16, 8, year=2027))
    assert (office.stage, office.told("reports.draft_next")) == (Stage.VERIFYING, ["Dung"])


def test_the_history_tells_the_year_in_order(office: Office) -> None:
    office.issue()
    office.tick(at(10, 19), MIDNIGHT, LISTED)
    with office.database.transaction() as session:
        rows = session.scalars(select(History).where(History.actor == "scheduler").order_by(History.id)).all()
    assert [(row.action, row.at) for row in rows] == [
        ("stage.collecting", OPENING),
        *[("issued", OPENING)] * 3,
        ("reminded.14", at(10, 19)),
        ("stage.verifying", LISTED),
    ]


def test_a_tick_keeps_nothing_in_memory(office: Office) -> None:
    office.arm()
    office.tick(OPENING)
    restarted = Office(office.database, office.shelf)
    restarted.shelf.write(MOT, held(can_bo=10), OPENING + MINUTE)
    restarted.tick(OPENING + 2 * MINUTE)
    assert (office.shelf.count("issue"), drafts(office)) == (3, {"mot": 1})


def test_each_form_is_locked_and_its_unit_told_at_the_end_of_its_own_term(office: Office) -> None:
    office.issue(BY_RECEIPT)
    office.acknowledge("mot", at(9, 18))  # due on 09/10
    office.acknowledge("hai", at(9, 21))  # due on 12/10
    office.tick(at(10, 10, 0), at(10, 10, 0, 3))
    assert (office.stage, office.shelf.locked, office.told("reports.closed_missing")) == (
        Stage.COLLECTING,
        [MOT],
        ["Hoa"],
    )
    office.submit("hai", filled(), at(10, 12))
    office.tick(at(10, 13, 0), at(10, 13, 0, 3))
    assert (office.shelf.locked, office.told("reports.closed_missing")) == ([MOT, HAI], ["Hoa"])
    office.tick(at(10, 27, 23, 59))
    assert office.stage is Stage.COLLECTING
    office.tick(at(10, 28, 0), at(10, 28, 0, 3))
    assert (office.stage, office.shelf.locked) == (Stage.VERIFYING, [MOT, HAI, BA])
    assert office.told("reports.closed_missing") == ["Hoa", "Bình"]


def test_a_form_that_is_taken_late_stays_open_until_the_second_date(office: Office) -> None:
    office.issue(ACCEPTED)
    office.submit("mot", filled(), at(10, 20))
    office.tick(MIDNIGHT)
    assert (office.stage, office.shelf.locked, office.told("reports.closed_board")) == (Stage.COLLECTING, [MOT], [])
    office.shelf.write(HAI, filled(), at(11, 3))
    office.tick(at(11, 3, 10))
    assert drafts(office) == {"mot": 3, "hai": 3}
    office.tick(at(11, 16, 0), at(11, 16, 0, 3))
    assert (office.stage, office.shelf.locked) == (Stage.VERIFYING, [MOT, HAI, BA])
    assert (office.told("reports.closed_missing"), office.told("reports.closed_board")) == (["Cúc", "Bình"], ["Dung"])


def test_reminders_know_the_next_year_where_forms_are_due_in_it(office: Office) -> None:
    office.issue((BY_DATE, "collect_before: {date: 01-16, years_later: 1, clause: Điều 2}"), YEAR_LATER)
    office.tick(at(1, 4, year=2027), at(1, 15, year=2027))
    with office.database.transaction() as session:
        days = [facts["n"] for name, facts in world.told(session, "reports.reminder") if name == "Hoa"]
    assert days == [11, 0]
