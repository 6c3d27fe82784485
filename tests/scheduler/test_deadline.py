"""The deadline: locked first, listed, read, listed again after the lag, and only then closed."""

from datetime import date, datetime, timedelta

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from campaign.closing import LOCKING_LASTS
from campaign.ends import LISTING_LAG
from campaign.filling import take_ticked
from campaign.models import Campaign, Form, OutboxRow, Submission, Unit
from campaign.ports import Pace
from campaign.queries import UnitState, board
from campaign.roles import Role
from campaign.stages import Stage
from scheduler.calls import PATIENCE
from tests.campaign import world
from tests.campaign.world import ACCEPTED, at, filled, held, ticked
from tests.scheduler.office import Office
from tests.scheduler.shelf import BUSY, LOST, NO_RIGHT, SILENT
from tests.scheduler.test_tending import many
from words import Series, Text

SECOND, MINUTE = timedelta(seconds=1), timedelta(minutes=1)
MIDNIGHT = at(11, 1, 0)
MOT, HAI, BA = "mau-2026-mot", "mau-2026-hai", "mau-2026-ba"


def states(office: Office) -> dict[str, UnitState]:
    with office.database.transaction() as session:
        campaign = session.scalars(select(Campaign)).one()
        return {each.unit.code: each.state for each in board(session, campaign).units}


def calls_since(office: Office, already: int) -> list[str]:
    return [call.partition(" ")[0] for call in office.shelf.calls[already:]]


def test_the_steps_of_the_deadline_come_in_their_order(office: Office) -> None:
    office.issue()
    office.tick(MIDNIGHT - MINUTE)
    office.shelf.write(MOT, held(can_bo=10), MIDNIGHT - 30 * SECOND)
    already = len(office.shelf.calls)
    office.tick(MIDNIGHT)
    assert calls_since(office, already)[:5] == ["lock", "lock", "lock", "changes", "read"]
    already = len(office.shelf.calls)
    office.tick(MIDNIGHT + LISTING_LAG)
    assert (calls_since(office, already), office.stage) == (["changes"], Stage.VERIFYING)


def test_a_change_one_second_before_the_deadline_that_is_listed_only_after_the_lag_is_on_time(office: Office) -> None:
    office.issue()
    office.shelf.lag = LISTING_LAG
    office.shelf.write(MOT, ticked(filled()), MIDNIGHT - SECOND)
    office.tick(MIDNIGHT, MIDNIGHT + 2 * MINUTE)
    assert (office.stage, office.submissions("mot")) == (Stage.COLLECTING, [])
    office.tick(MIDNIGHT + LISTING_LAG)
    (submission,) = office.submissions("mot")
    assert (office.late("mot"), submission.origin, submission.came_at) == ([False], "sheet", MIDNIGHT - SECOND)
    assert (office.stage, states(office)["mot"]) == (Stage.VERIFYING, UnitState.SUBMITTED)
    assert office.told("reports.closed_missing") == ["Cúc", "Bình"]


def test_a_change_one_second_after_it_is_late(office: Office) -> None:
    office.issue()
    office.shelf.meanwhile["lock"] = lambda: office.shelf.write(MOT, ticked(filled()), MIDNIGHT + SECOND)
    office.tick(MIDNIGHT, MIDNIGHT + LISTING_LAG)
    assert (office.late("mot"), states(office)["mot"]) == ([True], UnitState.LATE)


def test_a_form_that_was_ticked_in_time_and_that_nobody_confirmed_is_taken_at_the_deadline(office: Office) -> None:
    office.issue()
    office.shelf.write(MOT, ticked(filled()), at(10, 31, 20))
    office.tick(at(10, 31, 20, 1), MIDNIGHT)
    assert (office.told("reports.confirm_submission"), office.submissions("mot")) == (["Hoa"], [])
    office.tick(MIDNIGHT + LISTING_LAG)
    (submission,) = office.submissions("mot")
    assert (submission.person_id, submission.origin, office.late("mot")) == (None, "sheet", [False])
    assert office.told("reports.receipt") == ["Hoa"]


def told_when(office: Office, kind: str) -> list[datetime]:
    with office.database.transaction() as session:
        rows = select(OutboxRow.not_before).where(OutboxRow.kind == kind).order_by(OutboxRow.id)
        return list(session.scalars(rows))


def test_what_nobody_confirmed_and_the_deadline_takes_is_told_when_offices_open(office: Office) -> None:
    office.issue()
    office.shelf.write(MOT, ticked(filled()), at(10, 31, 20))
    office.tick(at(10, 31, 20, 1), MIDNIGHT, MIDNIGHT + LISTING_LAG)
    assert told_when(office, "reports.receipt") == [at(11, 2, 7, 30)]  # 01/11/2026 is a Sunday


def test_whoever_goes_on_writing_at_night_is_answered_at_once_and_of_the_earlier_tick_in_the_morning(
    office: Office,
) -> None:
    office.issue()
    office.shelf.write(MOT, ticked(filled(co_may=8)), at(10, 31, 20))
    office.tick(at(10, 31, 20, 1))
    office.shelf.meanwhile["lock"] = lambda: office.shelf.write(MOT, ticked(filled(co_may=1)), MIDNIGHT + SECOND)
    office.tick(MIDNIGHT, MIDNIGHT + LISTING_LAG)
    assert told_when(office, "reports.receipt") == [at(11, 2, 7, 30)]
    assert told_when(office, "reports.late_receipt") == [MIDNIGHT]


def test_a_tick_of_the_last_minute_is_answered_as_soon_as_it_is_read(office: Office) -> None:
    office.issue()
    office.shelf.lag = LISTING_LAG
    office.shelf.write(MOT, ticked(filled()), MIDNIGHT - SECOND)
    office.tick(MIDNIGHT, MIDNIGHT + LISTING_LAG)
    assert told_when(office, "reports.receipt") == [MIDNIGHT + LISTING_LAG]


def test_what_was_ticked_in_time_counts_although_somebody_writes_on_before_the_lock(office: Office) -> None:
    office.issue()
    office.shelf.write(MOT, ticked(filled(co_may=8)), at(10, 31, 20))
    office.tick(at(10, 31, 20, 1))
    office.shelf.meanwhile["lock"] = lambda: office.shelf.write(MOT, ticked(filled(co_may=1)), MIDNIGHT + SECOND)
    office.tick(MIDNIGHT, MIDNIGHT + LISTING_LAG)
    first, _ = office.submissions("mot")
    assert office.late("mot") == [False, True]
    assert {answer["key"]: answer["value"] for answer in first.answers}["co_may"] == 8


def test_our_own_notes_do_not_make_a_form_late(office: Office) -> None:
    office.issue(ACCEPTED)
    office.shelf.write(MOT, ticked(filled()), MIDNIGHT - SECOND)
    office.tick(MIDNIGHT, MIDNIGHT + LISTING_LAG)
    already = office.shelf.count("annotate")
    office.tick(*[MIDNIGHT + LISTING_LAG + n * MINUTE for n in range(1, 6)])  # notes are changes after the deadline
    assert (office.shelf.count("annotate") > already, office.late("mot")) == (True, [False])


def test_nothing_is_noted_on_a_form_from_before_the_deadline_until_it_is_settled(office: Office) -> None:
    office.issue()
    office.tick(at(10, 31, 12))
    with office.database.transaction() as session:
        for form in session.scalars(select(Form)):
            form.notes_due = True
    office.shelf.lag = 2 * MINUTE
    office.shelf.write(MOT, ticked(filled()), MIDNIGHT - 30 * SECOND)
    already = office.shelf.count("annotate")
    office.tick(MIDNIGHT - 20 * SECOND, MIDNIGHT, MIDNIGHT + 2 * MINUTE)
    assert office.shelf.count("annotate") == already
    office.tick(MIDNIGHT + LISTING_LAG, MIDNIGHT + LISTING_LAG + MINUTE)
    (submission,) = office.submissions("mot")
    assert (submission.came_at, office.shelf.count("annotate")) == (MIDNIGHT - 30 * SECOND, already + 3)


def test_what_is_written_between_the_deadline_and_the_lock_is_kept_as_late(office: Office) -> None:
    office.issue()
    office.shelf.lag = LISTING_LAG
    office.shelf.meanwhile["lock"] = lambda: office.shelf.write(MOT, ticked(filled()), MIDNIGHT + MINUTE)
    office.tick(MIDNIGHT, MIDNIGHT + LISTING_LAG, MIDNIGHT + LISTING_LAG + MINUTE)
    assert (office.forms["mot"].locked_at, office.late("mot")) == (MIDNIGHT + MINUTE, [True])
    assert (office.stage, states(office)["mot"]) == (Stage.VERIFYING, UnitState.LATE)


def test_at_the_deadline_ticked_forms_are_taken_also_where_late_ones_are(office: Office) -> None:
    office.issue(ACCEPTED)
    office.shelf.write(MOT, ticked(filled()), at(10, 31, 20))
    office.tick(at(10, 31, 20, 1), MIDNIGHT)
    assert office.shelf.locked == []
    office.tick(MIDNIGHT + LISTING_LAG, MIDNIGHT + LISTING_LAG + MINUTE)
    assert office.late("mot") == [False]
    assert (office.stage, office.shelf.locked) == (Stage.COLLECTING, [MOT])


def test_only_what_changed_is_read_at_the_deadline(office: Office) -> None:
    office.issue()
    already = len(office.shelf.calls)
    office.tick(MIDNIGHT, MIDNIGHT + LISTING_LAG)
    assert calls_since(office, already) == ["lock", "lock", "lock", "changes", "changes"]


def test_forms_that_could_not_be_locked_are_shown_with_the_reason(office: Office) -> None:
    office.issue()
    office.shelf.broken[f"lock {HAI}"] = BUSY
    office.tick(*[MIDNIGHT + n * LISTING_LAG for n in range(20)])
    assert office.stage is Stage.COLLECTING
    office.tick(MIDNIGHT + LOCKING_LASTS)
    with office.database.transaction() as session:
        (told,) = world.told(session, "reports.closed_board")
        campaign = session.scalars(select(Campaign)).one()
        unlocked = [(each.unit.code, each.why_in_trouble) for each in board(session, campaign).unlocked]
    reason = Text("campaign.trouble_quota")
    assert (office.stage, unlocked) == (Stage.VERIFYING, [("hai", reason)])
    assert told[1]["unlocked"] == Series((Text("campaign.unit_trouble", unit="Sở Mẫu Hai", reason=reason),))


def test_a_form_whose_owner_cannot_be_locked_out_is_read_and_its_tick_in_time_counts(office: Office) -> None:
    office.issue()
    office.shelf.broken[f"lock {HAI}"] = NO_RIGHT
    office.tick(MIDNIGHT - MINUTE)
    office.shelf.write(HAI, ticked(filled()), MIDNIGHT - 30 * SECOND)
    office.tick(MIDNIGHT, MIDNIGHT + LISTING_LAG)
    assert (office.stage, office.late("hai"), states(office)["hai"]) == (
        Stage.VERIFYING,
        [False],
        UnitState.SUBMITTED,
    )
    with office.database.transaction() as session:
        (told,) = world.told(session, "reports.rights_trouble")
        (closed,) = world.told(session, "reports.closed_board")
    reason = Text("campaign.trouble_not_lockable")
    assert (told[0], told[1]["unit"], told[1]["reason"]) == ("Dung", "Sở Mẫu Hai", reason)
    assert closed[1]["unlocked"] == Series((Text("campaign.unit_trouble", unit="Sở Mẫu Hai", reason=reason),))
    assert (office.told("reports.form_trouble"), office.forms["hai"].trouble) == ([], None)


def test_what_an_owner_who_cannot_be_locked_out_goes_on_to_tick_is_late(office: Office) -> None:
    office.issue()
    office.shelf.broken[f"lock {HAI}"] = NO_RIGHT
    office.tick(MIDNIGHT, MIDNIGHT + LISTING_LAG)
    office.shelf.write(HAI, ticked(filled()), MIDNIGHT + 20 * MINUTE)
    office.tick(MIDNIGHT + 20 * MINUTE)
    assert (office.late("hai"), states(office)["hai"]) == ([True], UnitState.LATE)


def test_a_lock_that_fails_for_a_moment_does_not_make_a_tick_in_time_late(office: Office) -> None:
    office.issue()
    office.shelf.broken[f"lock {HAI}"] = BUSY
    office.shelf.write(HAI, ticked(filled()), MIDNIGHT - 30 * SECOND)
    office.tick(MIDNIGHT)
    office.shelf.write(HAI, ticked(filled(co_may=1)), MIDNIGHT + 2 * MINUTE)
    office.shelf.broken.clear()
    office.tick(*[MIDNIGHT + n * MINUTE for n in range(2, 12)])
    first, _ = office.submissions("hai")
    assert office.late("hai") == [False, True]
    assert {answer["key"]: answer["value"] for answer in first.answers}["co_may"] == 8


def test_a_lock_that_cannot_be_taken_off_does_not_keep_a_form_from_being_read(office: Office) -> None:
    office.issue()
    office.tick(MIDNIGHT, MIDNIGHT + LISTING_LAG)
    office.shelf.broken[f"unlock {HAI}"] = NO_RIGHT
    office.extend("hai", DAY, at(11, 5))
    office.shelf.write(HAI, ticked(filled()), at(11, 5))  # by the owner of the sheet
    office.tick(at(11, 5, 9, 1))
    assert (office.told("reports.rights_trouble"), office.late("hai")) == (["Dung"], [False])


def test_at_the_deadline_every_form_is_tried_however_long_it_was_to_be_left_alone(office: Office) -> None:
    office.issue()
    office.shelf.write(HAI, ticked(filled()), MIDNIGHT - 5 * MINUTE)
    office.shelf.broken[f"read {HAI}"] = LOST
    office.tick(MIDNIGHT - 4 * MINUTE)
    office.shelf.broken.clear()
    office.tick(MIDNIGHT, MIDNIGHT + LISTING_LAG)
    assert (office.stage, office.late("hai")) == (Stage.VERIFYING, [False])


def test_where_google_answers_nobody_at_the_deadline_a_few_forms_are_tried_and_all_are_named(
    sqlite_office: Office,
) -> None:
    office = sqlite_office
    office.shelf.pace = Pace(forms_a_minute=100, at_once=1)
    many(office, 20)
    with office.database.transaction() as session:
        world.join(session, session.scalars(select(Campaign)).one(), Role.OFFICER, "Dung")
    office.tick(at(9, 15, 8))
    office.shelf.broken = dict.fromkeys(("lock", "changes"), SILENT)
    office.tick(MIDNIGHT)
    assert (office.shelf.count("lock"), office.shelf.count("changes")) == (PATIENCE, 1)
    office.tick(*[MIDNIGHT + n * MINUTE for n in range(1, 61)])
    with office.database.transaction() as session:
        (told,) = world.told(session, "reports.closed_board")
    silent = Text("campaign.trouble_unavailable")
    assert (office.stage, office.told("reports.rights_trouble")) == (Stage.VERIFYING, ["Dung"])
    assert told[1]["unlocked"] == Series(
        tuple(Text("campaign.unit_trouble", unit=f"Xã Mẫu {n}", reason=silent) for n in range(20))
    )
    office.shelf.broken.clear()
    office.tick(*[MIDNIGHT + n * MINUTE for n in range(61, 72)])
    assert len(set(office.shelf.locked)) == 20


def test_a_form_that_comes_back_after_the_closing_is_locked_read_and_what_was_in_time_counts(office: Office) -> None:
    office.issue()
    office.shelf.broken[HAI] = BUSY
    office.shelf.write(HAI, ticked(filled()), MIDNIGHT - SECOND)
    office.tick(MIDNIGHT, MIDNIGHT + LOCKING_LASTS)
    assert (office.stage, states(office)["hai"]) == (Stage.VERIFYING, UnitState.MISSING)
    office.shelf.broken.clear()
    back = at(11, 3)
    office.tick(back, back + LISTING_LAG)
    assert (HAI in office.shelf.locked, office.late("hai")) == (True, [False])


def test_while_nothing_can_be_listed_the_closing_waits_an_hour(office: Office) -> None:
    office.issue()
    office.shelf.broken["changes"] = BUSY
    stages = []
    for moment in (MIDNIGHT, MIDNIGHT + LOCKING_LASTS - SECOND, MIDNIGHT + LOCKING_LASTS):
        office.tick(moment)
        stages.append(office.stage)
    assert stages == [Stage.COLLECTING, Stage.COLLECTING, Stage.VERIFYING]


def test_forms_that_wait_their_turn_to_be_read_are_waited_for(office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    office.issue()
    for file_id in (MOT, HAI, BA):
        office.shelf.write(file_id, ticked(filled()), MIDNIGHT - SECOND)
    monkeypatch.setattr("scheduler.tending.READ_IN_A_TICK", 1)
    office.tick(MIDNIGHT, MIDNIGHT + LISTING_LAG)
    assert (office.stage, office.late("ba")) == (Stage.COLLECTING, [])
    office.tick(*[MIDNIGHT + n * MINUTE for n in range(4, 12)])
    assert (office.stage, [office.late(code) for code in ("mot", "hai", "ba")]) == (Stage.VERIFYING, [[False]] * 3)


def test_a_deadline_during_an_outage_is_caught_up_with_everything_that_was_ticked_in_time(office: Office) -> None:
    office.issue()
    office.shelf.write(MOT, ticked(filled()), at(10, 30))
    office.shelf.write(HAI, ticked(filled()), at(11, 2))
    back = at(11, 4)
    office.tick(back, back + LISTING_LAG)
    assert office.stage is Stage.VERIFYING
    assert {code: office.late(code) for code in ("mot", "hai", "ba")} == {
        "mot": [False],
        "hai": [True],
        "ba": [],
    }


def test_a_unit_that_cannot_be_settled_does_not_hold_up_the_others(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    office.issue()

    def fails_for_one(session: Session, unit: Unit, *, now: datetime, tell_at: datetime) -> Submission | None:
        if unit.code == "hai":
            raise RuntimeError("nobody expected this")
        return take_ticked(session, unit, now=now, tell_at=tell_at)

    monkeypatch.setattr("campaign.closing.take_ticked", fails_for_one)
    office.tick(MIDNIGHT, MIDNIGHT + LISTING_LAG)
    assert (office.stage, office.forms["hai"].trouble) == (Stage.VERIFYING, "unexpected")


def test_a_campaign_that_nobody_has_a_sheet_in_closes_at_once(office: Office) -> None:
    office.issue(forms="excel")
    office.tick(MIDNIGHT)
    assert (office.stage, [form.locked_at for form in office.forms.values()]) == (Stage.VERIFYING, [MIDNIGHT] * 3)
    assert office.shelf.calls == []


DAY = date(2026, 11, 20)
OVER = at(11, 21, 0)


def test_more_time_granted_before_the_deadline_keeps_the_form_open(office: Office) -> None:
    office.issue()
    office.extend("hai", DAY, at(10, 30))
    office.tick(MIDNIGHT, MIDNIGHT + LISTING_LAG)
    assert (office.stage, office.shelf.locked) == (Stage.VERIFYING, [MOT, BA])
    assert (office.told("reports.closed_missing"), states(office)["hai"]) == (["Hoa", "Bình"], UnitState.REOPENED)
    with office.database.transaction() as session:
        (told,) = world.told(session, "reports.closed_board")
    assert told[1]["missing"] == Series(("Sở Mẫu Một", "Sở Đất Mẫu"))
    assert told[1]["reopened"] == Series((Text("campaign.unit_until", unit="Sở Mẫu Hai", last_day=DAY),))


def test_more_time_granted_after_the_lock_unlocks_reads_on_and_locks_again(office: Office) -> None:
    office.issue()
    office.tick(MIDNIGHT, MIDNIGHT + LISTING_LAG)
    office.extend("hai", DAY, at(11, 5))
    office.tick(at(11, 5, 9, 1))
    assert (office.shelf.unlocked, office.forms["hai"].locked_at) == ([HAI], None)
    office.shelf.write(HAI, ticked(filled()), at(11, 10))
    office.tick(at(11, 10, 9, 1))
    assert office.told("reports.confirm_submission") == ["Cúc"]
    office.tick(OVER - SECOND)
    assert office.shelf.locked == [MOT, HAI, BA]
    office.tick(OVER, OVER + LISTING_LAG)
    assert office.shelf.locked == [MOT, HAI, BA, HAI]
    assert office.late("hai") == [False]
    assert states(office)["hai"] is UnitState.SUBMITTED


def test_a_unit_that_lets_its_own_day_pass_is_told_then(office: Office) -> None:
    office.issue()
    office.tick(MIDNIGHT, MIDNIGHT + LISTING_LAG)
    office.extend("hai", DAY, at(11, 5))
    office.tick(at(11, 5, 9, 1), OVER, OVER + LISTING_LAG)
    with office.database.transaction() as session:
        last = [facts["last_day"] for name, facts in world.told(session, "reports.closed_missing") if name == "Cúc"]
    assert (last, states(office)["hai"]) == ([date(2026, 10, 31), DAY], UnitState.MISSING)


def test_a_form_returned_during_the_verification_is_mended_by_the_box(office: Office) -> None:
    office.issue()
    office.shelf.write(MOT, ticked(filled(co_may=5)), at(10, 20))
    office.tick(at(10, 20, 9, 1))
    office.submit("mot", ticked(filled(co_may=5)), at(10, 20, 9, 2))
    office.tick(at(10, 20, 9, 3), at(10, 20, 9, 4), at(10, 20, 9, 5), MIDNIGHT, MIDNIGHT + LISTING_LAG)
    assert office.shelf.held[MOT].ticked is False  # so that it can be ticked anew
    office.give_back("mot", DAY, at(11, 5))
    office.tick(at(11, 5, 9, 1))
    assert (office.shelf.unlocked, states(office)["mot"]) == ([MOT], UnitState.REOPENED)
    status = office.shelf.notes[MOT].status
    assert status
    assert status.values["lines"][-1].id == "campaign.status_returned"  # type: ignore[index, union-attr]
    office.shelf.write(MOT, ticked(filled(co_may=8)), at(11, 6))
    office.tick(at(11, 6, 9, 1), OVER, OVER + LISTING_LAG)
    assert office.late("mot") == [False, False]
    assert office.shelf.locked == [MOT, HAI, BA, MOT]


def test_reminders_go_on_for_units_with_a_day_of_their_own(office: Office) -> None:
    office.issue()
    office.submit("mot", filled(), at(10, 20))
    office.tick(MIDNIGHT, MIDNIGHT + LISTING_LAG)
    office.extend("hai", DAY, at(11, 6))
    office.give_back("mot", DAY, at(11, 6))
    office.tick(*[at(11, day) for day in range(6, 21)])
    with office.database.transaction() as session:
        reminded = {
            kind: [(name, facts["n"]) for name, facts in world.told(session, kind)]
            for kind in ("reports.reminder", "reports.reminder_returned")
        }
    assert reminded == {
        "reports.reminder": [("Cúc", 7), ("Cúc", 3), ("Cúc", 1), ("Cúc", 0)],
        "reports.reminder_returned": [("Hoa", 7), ("Hoa", 3), ("Hoa", 1), ("Hoa", 0)],
    }


def test_a_unit_whose_form_never_stood_gets_one_when_it_gets_more_time(office: Office) -> None:
    office.arm()
    office.shelf.broken[f"issue {HAI}"] = BUSY
    office.tick(at(9, 15, 8), MIDNIGHT, MIDNIGHT + LISTING_LAG)
    office.shelf.broken.clear()
    office.tick(at(11, 4))
    assert (office.stage, HAI in office.shelf.held) == (Stage.VERIFYING, False)
    office.extend("hai", DAY, at(11, 5))
    office.tick(at(11, 5))
    assert (HAI in office.shelf.held, office.told("reports.request")) == (True, ["Hoa", "Bình", "Cúc"])


@pytest.mark.parametrize("failing", [f"read {HAI}", "changes"])
def test_a_form_that_is_locked_and_stays_unread_for_hours_counts_from_when_it_was_changed(
    office: Office, failing: str
) -> None:
    office.issue()
    office.shelf.write(HAI, ticked(filled()), MIDNIGHT - SECOND)
    office.shelf.broken[failing] = BUSY
    office.tick(*[MIDNIGHT + n * 5 * MINUTE for n in range(16)])
    assert (office.stage, states(office)["hai"]) == (Stage.VERIFYING, UnitState.MISSING)
    office.shelf.broken.clear()
    back = MIDNIGHT + 3 * LOCKING_LASTS
    office.tick(*[back + n * MINUTE for n in range(6)])
    (submission,) = office.submissions("hai")
    assert (submission.came_at, states(office)["hai"]) == (MIDNIGHT - SECOND, UnitState.SUBMITTED)
    assert office.told("reports.receipt") == ["Cúc"]


@pytest.mark.parametrize("failing", [f"read {HAI}", "changes"])
def test_once_a_form_that_stayed_unread_is_read_its_campaign_is_at_rest(office: Office, failing: str) -> None:
    office.issue()
    office.shelf.write(HAI, ticked(filled()), MIDNIGHT - SECOND)
    office.shelf.broken[failing] = BUSY
    office.tick(*[MIDNIGHT + n * 5 * MINUTE for n in range(16)])
    office.shelf.broken.clear()
    back = MIDNIGHT + 3 * LOCKING_LASTS
    office.tick(*[back + n * MINUTE for n in range(16)])
    already = len(office.shelf.calls)
    office.tick(*[back + n * MINUTE for n in range(16, 30)])
    assert calls_since(office, already) == []
