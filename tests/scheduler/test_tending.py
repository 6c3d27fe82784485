"""What a tick does about forms: several at once, as Excel files, with notes, within the pace, and without a sweep."""

from datetime import date, timedelta
from functools import partial
from threading import Barrier

import pytest
from sqlalchemy import select

from campaign.ends import LISTING_LAG
from campaign.evidence import unplaced
from campaign.issuing import open_collection
from campaign.models import Campaign, EvidenceFile, Form, FormKind, OutboxRow, StoredFile, Unit
from campaign.ports import FolderFile, FormError, FormOrder, IssuedForm, Pace
from campaign.queries import board
from campaign.setup import arm, register_sheet, set_form_kind
from campaign.stages import Stage
from scheduler.calls import PATIENCE
from scheduler.tending import NOTED_IN_A_TICK
from scoring import Unit as ScoredUnit
from tests.campaign import world
from tests.campaign.world import at, filled, held, ticked
from tests.scheduler.office import Office
from tests.scheduler.shelf import BUSY, SILENT, Shelf
from words import Text

MINUTE = timedelta(minutes=1)
OPENING, MIDNIGHT = at(9, 15, 8), at(11, 1, 0)
MOT, HAI, BA = "mau-2026-mot", "mau-2026-hai", "mau-2026-ba"


def many(office: Office, count: int) -> None:
    """A campaign of so many units waits for its day."""
    units = tuple(ScoredUnit(f"u{n}", f"Xã Mẫu {n}", "so") for n in range(count))
    with office.database.transaction() as session:
        arm(session, world.draft(session, units=units), actor="administrator", now=at(9, 1))


def calls_since(office: Office, already: int) -> list[str]:
    return [call.partition(" ")[0] for call in office.shelf.calls[already:]]


def test_an_idle_campaign_comes_to_rest(office: Office) -> None:
    office.issue()
    office.shelf.write(MOT, ticked(held(can_bo=10)), OPENING + 5 * MINUTE)
    office.shelf.write(HAI, ticked(filled()), OPENING + 5 * MINUTE)
    office.tick(*[OPENING + n * MINUTE for n in range(6, 12)])
    already = len(office.shelf.calls)
    office.tick(*[OPENING + n * MINUTE for n in range(12, 16)])
    assert calls_since(office, already) == ["changes"] * 4


def test_our_own_notes_are_no_news_to_anybody(office: Office) -> None:
    office.issue()
    office.shelf.write(MOT, ticked(held(can_bo=10)), OPENING + 5 * MINUTE)
    office.tick(*[OPENING + n * MINUTE for n in range(6, 12)])
    assert office.shelf.held[MOT].ticked is False
    assert office.told("reports.ticked_too_early") == ["Hoa"]


def test_a_form_is_read_and_noted_once_for_what_somebody_changed(office: Office) -> None:
    office.issue()
    already = len(office.shelf.calls)
    office.shelf.write(MOT, ticked(held(can_bo=10)), OPENING + 5 * MINUTE)
    office.tick(*[OPENING + n * MINUTE for n in range(6, 12)])
    assert calls_since(office, already) == ["changes", "read", "annotate", "changes", "read", *["changes"] * 4]


def test_after_the_deadline_everything_rests_and_nothing_is_listed(office: Office) -> None:
    office.issue()
    office.submit("mot", filled(), at(10, 20))
    office.tick(*[MIDNIGHT + n * MINUTE for n in range(6)])
    already = len(office.shelf.calls)
    office.tick(*[MIDNIGHT + n * MINUTE for n in range(6, 10)])
    assert (office.stage, calls_since(office, already)) == (Stage.VERIFYING, [])


def test_notes_that_could_not_be_written_are_written_later(office: Office) -> None:
    office.issue()
    office.submit("mot", filled(), OPENING + 5 * MINUTE)
    office.shelf.broken["annotate"] = BUSY
    office.tick(OPENING + 6 * MINUTE)
    assert (office.forms["mot"].notes_due, office.shelf.notes) == (True, {})
    office.shelf.broken.clear()
    office.tick(OPENING + 16 * MINUTE)
    assert (office.forms["mot"].notes_due, list(office.shelf.notes)) == (False, [MOT])


def test_what_happens_while_notes_are_written_is_noted_next(office: Office) -> None:
    office.issue()
    office.shelf.write(MOT, filled(), OPENING + 4 * MINUTE)
    office.submit("mot", filled(), OPENING + 5 * MINUTE)
    office.shelf.meanwhile["annotate"] = partial(office.extend, "mot", date(2026, 11, 20), OPENING + 6 * MINUTE)
    office.tick(OPENING + 6 * MINUTE)
    assert office.forms["mot"].notes_due
    office.tick(OPENING + 7 * MINUTE)
    status = office.shelf.notes[MOT].status
    assert status
    assert [line.id for line in status.values["lines"]] == [  # type: ignore[union-attr]
        "campaign.status_submitted",
        "campaign.status_extended",
    ]


def test_forms_are_read_for_their_notes_alone_a_few_a_tick(sqlite_office: Office) -> None:
    office = sqlite_office
    office.shelf.pace = Pace(forms_a_minute=1000, at_once=1)
    many(office, NOTED_IN_A_TICK + 5)
    office.tick(OPENING)
    with office.database.transaction() as session:
        for form in session.scalars(select(Form)):
            form.notes_due = True
    noted = []
    for n in range(1, 4):
        office.tick(OPENING + n * MINUTE)
        noted.append(office.shelf.count("annotate"))
    assert noted == [NOTED_IN_A_TICK, NOTED_IN_A_TICK + 5, NOTED_IN_A_TICK + 5]


def test_what_was_read_for_the_notes_alone_is_not_kept_for_nobody_knows_when_it_was_changed(office: Office) -> None:
    office.issue()
    office.shelf.lag = LISTING_LAG
    office.extend("mot", date(2026, 11, 20), OPENING + 5 * MINUTE)
    office.shelf.write(MOT, ticked(filled()), OPENING + 6 * MINUTE)
    office.tick(OPENING + 6 * MINUTE)
    assert (list(office.shelf.notes), office.told("reports.confirm_submission")) == ([MOT], [])


class Together(Shelf):
    """Each kind of call on three forms is over only when all three are under way."""

    def issue(self, order: FormOrder) -> IssuedForm:
        BARRIER.wait(10)
        return super().issue(order)

    def lock(self, file_id: str) -> None:
        BARRIER.wait(10)
        super().lock(file_id)


BARRIER = Barrier(3)


def test_calls_of_one_kind_are_under_way_at_the_same_time(office: Office) -> None:
    office.shelf = Together(pace=Pace(forms_a_minute=10, at_once=3))
    office.issue()
    office.tick(MIDNIGHT, MIDNIGHT + LISTING_LAG)
    assert (office.stage, sorted(office.shelf.locked)) == (Stage.VERIFYING, sorted([MOT, HAI, BA]))
    assert office.told("reports.request") == ["Hoa", "Cúc", "Bình"]


@pytest.mark.parametrize("at_once", [1, 2])
def test_a_service_that_answers_nobody_is_not_waited_for_again_and_again(sqlite_office: Office, at_once: int) -> None:
    office = sqlite_office
    office.shelf.pace = Pace(forms_a_minute=100, at_once=at_once)
    many(office, 30)
    office.shelf.broken["issue"] = SILENT
    office.tick(OPENING)
    assert office.shelf.count("issue") <= PATIENCE + at_once
    assert (sum(form.trouble == "unavailable" for form in office.forms.values()), office.shelf.count("changes")) == (
        PATIENCE,
        0,
    )
    office.shelf.broken.clear()
    office.tick(OPENING + 2 * MINUTE)
    assert all(form.issued_at for form in office.forms.values())


def test_one_form_that_gets_no_answer_stops_no_other(office: Office) -> None:
    office.shelf.broken[f"issue {HAI}"] = SILENT
    office.issue()
    assert list(office.shelf.held) == [MOT, BA]


def test_a_form_that_fails_late_in_a_long_tick_is_left_alone_from_then_on(office: Office) -> None:
    office.issue()
    for file_id in (MOT, HAI):
        office.shelf.write(file_id, filled(), OPENING + MINUTE)
    office.shelf.broken[HAI] = BUSY
    office.shelf.meanwhile["read"] = lambda: setattr(office.shelf, "now", OPENING + 7 * MINUTE)
    office.tick(OPENING + 2 * MINUTE)
    form = office.forms["hai"]
    assert (form.trouble_since, form.trouble_until) == (OPENING + 7 * MINUTE, OPENING + 8 * MINUTE)


def test_the_making_of_a_form_is_nobodys_change_and_is_not_read(office: Office) -> None:
    office.issue()
    office.tick(*[OPENING + n * MINUTE for n in range(1, 6)])
    assert (office.shelf.count("changes"), office.shelf.count("read")) == (6, 0)


@pytest.mark.parametrize("at_once", [1, 2])
@pytest.mark.parametrize("error", [BUSY, FormError("unavailable", retry=True), FormError("forbidden", retry=False)])
def test_whatever_goes_wrong_with_one_form_delays_only_its_unit(
    sqlite_office: Office, at_once: int, error: FormError
) -> None:
    office = sqlite_office
    office.shelf.pace = Pace(forms_a_minute=10, at_once=at_once)
    office.issue()
    office.shelf.broken[HAI] = error
    for file_id in (MOT, HAI, BA):
        office.shelf.write(file_id, ticked(filled()), OPENING + MINUTE)
    office.tick(OPENING + 2 * MINUTE)
    assert {code: form.trouble for code, form in office.forms.items()} == {
        "mot": None,
        "hai": error.reason,
        "ba": None,
    }
    assert (office.told("reports.confirm_submission"), office.told("reports.form_trouble")) == (
        ["Hoa", "Bình"],
        ["Dung"],
    )
    office.shelf.broken.clear()
    office.tick(OPENING + timedelta(days=1, minutes=3))
    assert office.told("reports.confirm_submission") == ["Hoa", "Bình", "Cúc"]


def test_the_officers_hear_how_many_forms_are_made_and_until_when(office: Office) -> None:
    office.shelf.pace = Pace(forms_a_minute=2, at_once=1)
    office.issue()
    with office.database.transaction() as session:
        ((name, facts),) = world.told(session, "reports.issuing")
    expected = Text("reports.issuing_online", sheets=3, minutes=2, until=OPENING + 2 * MINUTE)
    assert (name, facts["n"], facts["expected"]) == ("Dung", 3, expected)


def test_where_all_forms_are_files_officers_hear_of_no_quota(office: Office) -> None:
    office.issue(forms=FormKind.EXCEL)
    with office.database.transaction() as session:
        ((_, facts),) = world.told(session, "reports.issuing")
    assert (facts["n"], facts["expected"]) == (3, Text("reports.issuing_in_chat"))


def test_a_form_as_an_excel_file_goes_out_right_after_the_request(office: Office) -> None:
    office.issue(forms="excel")
    with office.database.transaction() as session:
        rows = session.scalars(select(OutboxRow).order_by(OutboxRow.id)).all()
        sent = [(row.kind, row.address.value, row.file) for row in rows if row.kind != "reports.issuing"]
        files = {file.sha256: (file.name, file.content) for file in session.scalars(select(StoredFile))}
    hoa = [(kind, file) for kind, name, file in sent if name == "Hoa"]
    assert [kind for kind, _ in hoa] == ["reports.request", "reports.form_file"]
    assert files[hoa[1][1] or ""] == ("mau-2026-mot.xlsx", b"xlsx mau-2026/mot")
    assert (office.shelf.calls, office.forms["mot"].url) == ([], None)


def test_excel_files_need_no_google(office: Office) -> None:
    office.arm(forms="excel")
    office.tick_without_google(OPENING, OPENING + MINUTE, MIDNIGHT)
    assert (office.told("reports.form_file"), office.stage) == (["Hoa", "Cúc", "Bình"], Stage.VERIFYING)


def test_a_single_unit_can_work_with_excel_among_others_with_sheets(office: Office) -> None:
    office.arm()
    with office.database.transaction() as session:
        hai = session.scalars(select(Unit).where(Unit.code == "hai")).one()
        set_form_kind(session, hai, FormKind.EXCEL, actor="administrator", now=at(9, 2))
    office.tick(OPENING)
    assert (office.told("reports.form_file"), list(office.shelf.held)) == (["Cúc"], [MOT, BA])
    office.tick(MIDNIGHT, MIDNIGHT + LISTING_LAG)
    assert (office.stage, office.shelf.locked) == (Stage.VERIFYING, [MOT, BA])


def test_without_google_a_unit_with_a_sheet_is_in_trouble_and_officers_hear_of_it_once(office: Office) -> None:
    office.arm()
    office.tick_without_google(OPENING, OPENING + MINUTE, OPENING + 20 * MINUTE)
    assert {form.trouble for form in office.forms.values()} == {"no_google"}
    assert office.told("reports.form_trouble") == ["Dung"]
    office.tick(OPENING + 40 * MINUTE)
    assert office.told("reports.request") == ["Hoa", "Cúc", "Bình"]


def test_a_sheet_that_people_made_is_used_and_not_another(office: Office) -> None:
    office.arm()
    with office.database.transaction() as session:
        hai = session.scalars(select(Unit).where(Unit.code == "hai")).one()
        register_sheet(session, hai, "sheet-of-hai", actor="administrator", now=at(9, 2))
    office.tick(OPENING)
    assert list(office.shelf.held) == [MOT, "sheet-of-hai", BA]
    assert (office.forms["hai"].file_id, office.told("reports.request")) == ("sheet-of-hai", ["Hoa", "Cúc", "Bình"])


def test_files_in_a_units_folder_become_evidence(office: Office) -> None:
    office.issue()
    folder = office.forms["mot"].folder_id
    assert folder == f"folder-{MOT}"
    found = FolderFile("file-1", folder, "ảnh chụp.png", "a" * 64, OPENING + 5 * MINUTE)
    office.shelf.files.append(found)
    office.tick(OPENING + 6 * MINUTE, OPENING + 7 * MINUTE)
    with office.database.transaction() as session:
        (file,) = session.scalars(select(EvidenceFile))
        mot = session.scalars(select(Unit).where(Unit.code == "mot")).one()
        assert (file.reference, file.unit_id, len(unplaced(session, mot))) == ("file-1", mot.id, 1)


def test_everything_is_listed_anew_each_day_for_nobody_may_have_been_shown_what_changed(office: Office) -> None:
    office.issue()
    office.shelf.listed_since.clear()
    day = at(9, 20)
    office.tick(day, day + MINUTE)
    hidden = office.shelf.changed_at.pop(MOT)  # the sheet was shared with nobody of us for a while
    office.tick(day + 2 * MINUTE)
    office.shelf.write(MOT, held(can_bo=10), day + MINUTE)
    assert hidden < office.shelf.changed_at[MOT]
    office.tick(day + timedelta(hours=5), at(9, 21))
    assert office.shelf.listed_since == [
        None,
        day - LISTING_LAG,
        day + MINUTE - LISTING_LAG,
        day + 2 * MINUTE - LISTING_LAG,
        None,
    ]
    assert office.forms["mot"].read_at == day + MINUTE


def test_of_3321_forms_of_which_50_changed_50_are_read_with_one_listing(sqlite_office: Office) -> None:
    office, made, later = sqlite_office, at(9, 30), at(10, 1)
    many(office, 3321)
    with office.database.transaction() as session:
        campaign = session.scalars(select(Campaign)).one()
        open_collection(session, campaign, now=OPENING)
        campaign.forms_listed_at = made
        session.flush()
        for form in session.scalars(select(Form)):
            form.file_id, form.issued_at, form.changed_at, form.read_at = f"file-{form.unit_id}", made, made, made
            office.shelf.write(f"file-{form.unit_id}", held(can_bo=10), later if form.unit_id % 66 == 0 else made)
    office.tick(later)
    calls = calls_since(office, 0)
    assert (calls.count("changes"), calls.count("read"), len(calls)) == (1, 50, 51)


def test_where_changes_cannot_be_listed_officers_hear_of_it_once_a_day(office: Office) -> None:
    office.issue()
    office.shelf.broken["changes"] = FormError("credentials", retry=False)
    office.tick(at(9, 15, 8, 5))
    assert office.told("reports.unlisted") == []
    office.tick(*[at(9, day, hour) for day in (16, 17, 18) for hour in (9, 10, 15)])
    with office.database.transaction() as session:
        told = world.told(session, "reports.unlisted")
    reason = Text("campaign.trouble_credentials")
    expected = {"title": told[0][1]["title"], "since": at(9, 15, 8), "reason": reason}
    assert [(name, facts) for name, facts in told] == [("Dung", expected)] * 3


def test_that_changes_cannot_be_listed_stands_on_the_board_until_they_are(office: Office) -> None:
    office.issue()
    office.shelf.broken["changes"] = BUSY
    shown = []
    for moment in (at(9, 16), at(9, 16, 11)):
        office.tick(moment)
        with office.database.transaction() as session:
            shown.append(board(session, session.scalars(select(Campaign)).one()).why_unlisted)
        office.shelf.broken.clear()
    assert shown == [Text("campaign.trouble_quota"), None]
