"""Several processes, threads and people at once, on both databases."""

from collections import Counter
from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor, ThreadPoolExecutor, wait
from datetime import datetime, timedelta
from itertools import pairwise
from multiprocessing import get_context
from typing import TypeVar

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from campaign.confirming import confirm
from campaign.content import filled_of, sha256_of
from campaign.counting import submissions_of
from campaign.database import Database
from campaign.delivery_states import DeliveryState
from campaign.evidence import keep_file
from campaign.files import NewFile
from campaign.filling import CHAT, EXCEL, SHEET, Origin, Shortfall, Way, submit, take_ticked
from campaign.folder_files import record_folder_files
from campaign.issuing import open_collection, record_issued
from campaign.leases import hold
from campaign.models import Campaign, EvidenceFile, Membership, OutboxRow, StoredFile, Submission, Unit
from campaign.outbox import MESSAGES_A_SECOND, enqueue
from campaign.people import Invitee, invite, meet, redeem
from campaign.ports import Filled, FolderFile, FormReading, IssuedForm
from campaign.ranking import Computed, compute, offer
from campaign.refusal import Refused
from campaign.roles import Role
from campaign.stages import Stage
from campaign.verifying import Verdict, find
from scoring import Answer
from tests.campaign.sender import START, deliver_all
from tests.campaign.world import (
    NO_LIMIT,
    actions,
    armed,
    at,
    citing,
    collecting,
    filled,
    form,
    join,
    person,
    receivers,
    submitted,
    tick,
    ticked,
    unit,
    verifying,
)
from words import Text

T = TypeVar("T")
U = TypeVar("U")

PROCESSES, CHATS, MESSAGES = 4, 40, 5
SECOND = timedelta(seconds=1)


def test_four_processes_send_every_message_once_in_order_and_at_the_pace(database: Database) -> None:
    with database.transaction() as session:
        for message in range(MESSAGES):
            for number in range(CHATS):
                chat = meet(session, "telegram", f"{number}", name="Hoa", language="vi")
                enqueue(session, chat, "bot.answer", key=f"{number}:{message}", now=START)
    url = database.engine.url.render_as_string(hide_password=False)
    with ProcessPoolExecutor(PROCESSES, get_context("spawn")) as pool:
        sent = [key for keys in pool.map(deliver_all, [url] * PROCESSES) for key in keys]
    assert Counter(sent) == Counter(f"{number}:{message}" for number in range(CHATS) for message in range(MESSAGES))
    with database.transaction() as session:
        rows = session.scalars(select(OutboxRow).order_by(OutboxRow.id)).all()
        assert {(row.state, row.attempts) for row in rows} == {(DeliveryState.SENT, 1)}
    for number in range(CHATS):
        moments = [claimed_at(row) for row in rows if row.key.startswith(f"{number}:")]
        assert all(later - earlier >= SECOND for earlier, later in pairwise(moments))
    moments = sorted(claimed_at(row) for row in rows)
    busiest = max(sum(moment <= each < moment + SECOND for each in moments) for moment in moments)
    assert busiest <= MESSAGES_A_SECOND + PROCESSES - 1


def claimed_at(row: OutboxRow) -> datetime:
    assert row.claimed_at
    return row.claimed_at


def at_once(database: Database, first: Callable[[Session], T], second: Callable[[Session], U]) -> tuple[T, U]:
    """Do the second in a transaction that begins while the first one's is open; return what both gave."""

    def do_second() -> U:
        with database.transaction() as session:
            return second(session)

    with ThreadPoolExecutor(1) as pool:
        with database.transaction() as session:
            gave = first(session)
            session.flush()
            other = pool.submit(do_second)
            wait([other], timeout=0.3)  # as far as it gets before it must wait for the first
        return gave, other.result(timeout=30)


def campaign_in(session: Session) -> Campaign:
    return session.scalars(select(Campaign)).one()


def hold_as(holder: str) -> Callable[[Session], int | None]:
    return lambda session: hold(session, "leader", holder, START, timedelta(seconds=90))


def test_of_two_that_take_a_lease_in_the_same_moment_one_gets_it(database: Database) -> None:
    assert at_once(database, hold_as("first"), hold_as("second")) == (1, None)


def submit_as(name: str, reading: FormReading, origin: Origin = CHAT) -> Callable[[Session], int | Text]:
    """Submit for the unit `mot`; return the number of the revision, or why there is none."""

    def do(session: Session) -> int | Text:
        somebody = meet(session, "telegram", name, name=name, language="vi").person
        mot = unit(campaign_in(session), "mot")
        try:
            outcome = submit(session, mot, reading, Way(somebody, origin, at(10, 20)), now=at(10, 20))
        except Refused as refusal:
            return Text(refusal.text.id)
        assert not isinstance(outcome, Shortfall)
        return outcome.number

    return do


def tick_with(reading: FormReading) -> Callable[[Session], bool]:
    """Read the form of `mot`, for which nobody speaks, with its box ticked."""
    return lambda session: tick(session, campaign_in(session), reading, at(10, 20))


def contents(database: Database) -> list[tuple[int, str, Filled]]:
    """What was submitted, in order: the number, from where, and what it holds."""
    with database.transaction() as session:
        rows = session.scalars(select(Submission).order_by(Submission.number)).all()
        assert [each.sha256 for each in rows] == [sha256_of(filled_of(each)) for each in rows]
        return [(each.number, each.origin, filled_of(each)) for each in rows]


def cited(co_may: int, paper: str) -> FormReading:
    """A form that holds other answers and other papers than any other."""
    return citing(filled(co_may=co_may), "co_may", paper)


def test_a_press_and_a_file_in_the_same_moment_are_two_revisions_and_never_a_mix(database: Database) -> None:
    with database.transaction() as session:
        collecting(session)
    pressed, sent = cited(8, "1/QĐ"), cited(9, "2/QĐ")
    assert at_once(database, submit_as("Hoa", pressed), submit_as("Bình", sent, EXCEL)) == (1, 2)
    assert contents(database) == [(1, CHAT, pressed.filled), (2, EXCEL, sent.filled)]


@pytest.mark.parametrize("press_first", [True, False])
def test_a_press_and_a_ticked_box_in_the_same_moment_are_two_revisions_and_never_a_mix(
    database: Database,
    press_first: bool,  # noqa: FBT001 - pytest passes it by name
) -> None:
    with database.transaction() as session:
        collecting(session)
    pressed, boxed = cited(8, "1/QĐ"), cited(9, "2/QĐ")
    press, box = submit_as("Hoa", pressed), tick_with(boxed)
    if press_first:
        assert at_once(database, press, box) == (1, True)
        assert contents(database) == [(1, CHAT, pressed.filled), (2, SHEET, boxed.filled)]
    else:
        assert at_once(database, box, press) == (True, 2)
        assert contents(database) == [(1, SHEET, boxed.filled), (2, CHAT, pressed.filled)]


@pytest.mark.parametrize("press_first", [True, False])
def test_a_press_and_a_ticked_box_on_the_same_form_are_one_revision(
    database: Database,
    press_first: bool,  # noqa: FBT001 - pytest passes it by name
) -> None:
    with database.transaction() as session:
        collecting(session)
    press, box = submit_as("Hoa", ticked(filled())), tick_with(filled())
    if press_first:
        assert at_once(database, press, box) == (1, True)
    else:
        assert at_once(database, box, press) == (True, Text("campaign.nothing_changed"))
    assert len(contents(database)) == 1


def test_eight_who_submit_at_once_make_eight_revisions_each_whole(database: Database) -> None:
    with database.transaction() as session:
        collecting(session)
    readings = [cited(number, f"{number}/QĐ") for number in range(1, 9)]

    def send(number: int) -> int | Text:
        with database.transaction() as session:
            return submit_as(f"Người {number}", readings[number], EXCEL if number % 2 else CHAT)(session)

    with ThreadPoolExecutor(8) as pool:
        numbers = list(pool.map(send, range(8)))
    kept = contents(database)
    assert sorted(map(str, numbers)) == [str(number) for number in range(1, 9)]
    assert [each for *_, each in kept] == [readings[numbers.index(number)].filled for number, *_ in kept]


def test_a_deadline_that_takes_a_ticked_box_while_it_is_confirmed_takes_it_once(database: Database) -> None:
    with database.transaction() as session:
        campaign = collecting(session)
        join(session, campaign, Role.CONTACT, "Hoa", "mot")
        tick(session, campaign, filled(), at(10, 20))

    def take(session: Session) -> int | None:
        taken = take_ticked(session, unit(campaign_in(session), "mot"), now=at(11, 1, 0))
        return taken.number if taken else None

    assert at_once(database, take, submit_as("Hoa", ticked(filled()))) == (1, Text("campaign.nothing_changed"))
    assert [(number, origin) for number, origin, _ in contents(database)] == [(1, SHEET)]


def test_a_file_that_is_sent_twice_in_the_same_moment_is_kept_once(database: Database) -> None:
    with database.transaction() as session:
        collecting(session)

    def send(session: Session) -> int:
        mot, file = unit(campaign_in(session), "mot"), NewFile("1b.pdf", "application/pdf", b"x")
        return keep_file(session, mot, person(session), file, "message 5", key=None, now=at(10, 20)).id

    with database.transaction() as session:
        person(session)
    first, second = at_once(database, send, send)
    with database.transaction() as session:
        assert (first == second, list(session.scalars(select(EvidenceFile.id)))) == (True, [first])


def test_the_same_file_from_two_units_in_the_same_moment_is_stored_once(database: Database) -> None:
    with database.transaction() as session:
        collecting(session)
        person(session)

    def send_as(code: str) -> Callable[[Session], str]:
        def send(session: Session) -> str:
            sender, file = unit(campaign_in(session), code), NewFile("1b.pdf", "application/pdf", b"x")
            return keep_file(session, sender, person(session), file, "message 5", key=None, now=at(10, 20)).sha256

        return send

    first, second = at_once(database, send_as("mot"), send_as("hai"))
    with database.transaction() as session:
        assert (list(session.scalars(select(StoredFile.sha256))), second) == ([first], first)
        assert len(list(session.scalars(select(EvidenceFile.id)))) == 2


def test_a_folder_that_is_looked_at_by_two_in_the_same_moment_has_each_file_once(database: Database) -> None:
    with database.transaction() as session:
        campaign = collecting(session)
        join(session, campaign, Role.CONTACT, "Hoa", "mot")
        form(session, unit(campaign, "mot")).folder_id = "folder-mot"

    def look(session: Session) -> None:
        file = FolderFile("file-1", "folder-mot", "1b.pdf", "a" * 64, at(10, 20))
        record_folder_files(session, campaign_in(session), [file], now=at(10, 20))

    at_once(database, look, look)
    with database.transaction() as session:
        assert list(session.scalars(select(EvidenceFile.name))) == ["1b.pdf"]
        assert receivers(session, "reports.files_placed") == ["Hoa"]


def test_a_head_who_confirms_while_a_newer_form_comes_is_told_of_the_newer(
    database: Database,
) -> None:
    with database.transaction() as session:
        campaign = collecting(session, head_confirms=True)
        join(session, campaign, Role.HEAD, "Sếp", "mot")
        submitted(session, unit(campaign, "mot"), filled(co_may=7), now=at(10, 19))

    def confirm_first(session: Session) -> str:
        head = meet(session, "telegram", "Sếp", name="Sếp", language="vi").person
        first = session.scalars(select(Submission).where(Submission.number == 1)).one()
        try:
            confirm(session, first, actor="head", person=head, now=at(10, 20))
        except Refused as refusal:
            return refusal.text.id
        return "confirmed"

    newer, told = at_once(database, submit_as("Hoa", filled(co_may=8)), confirm_first)
    assert (newer, told) == (2, "campaign.newer_submission")


def test_two_submissions_in_the_same_moment_are_two_revisions_in_a_row(database: Database) -> None:
    with database.transaction() as session:
        collecting(session)
    first, second = submit_as("Hoa", filled(co_may=8)), submit_as("Bình", filled(co_may=9))
    assert at_once(database, first, second) == (1, 2)
    with database.transaction() as session:
        assert list(session.scalars(select(Submission.receipt).order_by(Submission.number))) == [
            "2026-0001-1",
            "2026-0001-2",
        ]


def test_parallel_saves_of_the_same_form_do_not_make_two_submissions(database: Database) -> None:
    with database.transaction() as session:
        collecting(session)
    first, second = submit_as("Hoa", filled()), submit_as("Bình", filled())
    assert at_once(database, first, second) == (1, Text("campaign.nothing_changed"))
    with database.transaction() as session:
        assert list(session.scalars(select(Submission.number))) == [1]


def open_as(name: str) -> Callable[[Session], str]:
    """Open the one invitation; return the role that the person got, or why none."""

    def do(session: Session) -> str:
        address = meet(session, "telegram", name, name=name, language="vi")
        try:
            return str(redeem(session, "token", address, now=at(9, 3)).role)
        except Refused as refusal:
            return refusal.text.id

    return do


def test_of_two_people_who_open_one_invitation_in_the_same_moment_one_is_bound(database: Database) -> None:
    with database.transaction() as session:
        invitee = Invitee(Role.CONTACT, "mot", "Hoa", "")
        invite(session, armed(session), invitee, token="token", actor="administrator", now=at(9, 2))
    assert at_once(database, open_as("Hoa"), open_as("Bình")) == ("contact", "campaign.invitation_used")
    with database.transaction() as session:
        assert [each.person.name for each in session.scalars(select(Membership))] == ["Hoa"]


def issue_to_mot(session: Session) -> None:
    mot = session.scalars(select(Unit).where(Unit.code == "mot")).one()
    record_issued(session, mot, IssuedForm("file-mot", "https://docs.example/mot"), now=at(9, 15, 8))


@pytest.mark.parametrize("joins_first", [True, False])
def test_a_contact_who_joins_while_the_form_comes_to_stand_gets_the_request_once(
    database: Database,
    joins_first: bool,  # noqa: FBT001 - pytest passes it by name
) -> None:
    with database.transaction() as session:
        campaign = armed(session)
        open_collection(session, campaign, now=at(9, 15, 8))
        invitee = Invitee(Role.CONTACT, "mot", "Hoa", "")
        invite(session, campaign, invitee, token="token", actor="administrator", now=at(9, 2))
        meet(session, "telegram", "Hoa", name="Hoa", language="vi")
    if joins_first:
        at_once(database, open_as("Hoa"), issue_to_mot)
    else:
        at_once(database, issue_to_mot, open_as("Hoa"))
    with database.transaction() as session:
        assert receivers(session, "reports.request") == ["Hoa"]


def correct(session: Session) -> int:
    verdict = Verdict("mot", Answer("co_may", 7), "Thiếu một máy (mẫu)")
    return find(session, campaign_in(session), [verdict], actor="officer", now=at(11, 20))


def test_a_finding_that_comes_while_the_ranking_is_offered_makes_it_stale(database: Database) -> None:
    with database.transaction() as session:
        verifying(session)

    def propose(session: Session) -> Computed:
        campaign = campaign_in(session)
        computed = compute(session, campaign)
        offer(session, campaign, computed, [], actor="administrator", now=at(11, 20))
        return computed

    at_once(database, propose, correct)
    with database.transaction() as session:
        assert campaign_in(session).stage is Stage.VERIFYING
        assert actions(session)[-3:] == ["stage.offered", "found", "stage.verifying"]


def test_a_ranking_computed_while_a_finding_is_entered_contains_it(database: Database) -> None:
    with database.transaction() as session:
        verifying(session)

    def total_of_mot(session: Session) -> str:
        document = compute(session, campaign_in(session)).document
        return str(next(each["total"] for each in document["results"] if each["unit"] == "mot"))

    assert at_once(database, correct, total_of_mot) == (1, "55.00")


def propose(session: Session) -> int:
    campaign = campaign_in(session)
    return offer(session, campaign, compute(session, campaign), [], actor="administrator", now=at(11, 20)).number


def test_a_confirmation_that_comes_while_the_ranking_is_offered_makes_it_stale(database: Database) -> None:
    with database.transaction() as session:
        verifying(session)
        join(session, campaign_in(session), Role.HEAD, "Sếp", "mot")
        campaign_in(session).head_confirms = True

    def confirm_mot(session: Session) -> None:
        head = meet(session, "telegram", "Sếp", name="Sếp", language="vi").person
        mot = unit(campaign_in(session), "mot")
        confirm(session, submissions_of(session, mot)[-1], actor="head", person=head, now=at(11, 20))

    at_once(database, propose, confirm_mot)
    with database.transaction() as session:
        assert campaign_in(session).stage is Stage.VERIFYING
        assert actions(session)[-3:] == ["stage.offered", "confirmed_by_head", "stage.verifying"]


def test_a_ranking_computed_while_a_late_form_comes_that_counts_contains_it(database: Database) -> None:
    with database.transaction() as session:
        collecting(session, NO_LIMIT).stage = Stage.VERIFYING

    def submit_late(session: Session) -> int:
        return submitted(session, unit(campaign_in(session), "mot"), filled(), now=at(11, 20)).number

    def total_of_mot(session: Session) -> str:
        document = compute(session, campaign_in(session)).document
        return str(next(each["total"] for each in document["results"] if each["unit"] == "mot"))

    assert at_once(database, submit_late, total_of_mot) == (1, "60.00")


def test_two_late_forms_of_two_units_in_the_same_moment_are_both_taken(database: Database) -> None:
    with database.transaction() as session:
        campaign = collecting(session, NO_LIMIT)
        campaign.stage = Stage.VERIFYING
        offer(session, campaign, compute(session, campaign), [], actor="administrator", now=at(11, 19))
        person(session)

    def submit_for(code: str) -> Callable[[Session], int]:
        return lambda session: submitted(session, unit(campaign_in(session), code), filled(), now=at(11, 20)).number

    assert at_once(database, submit_for("mot"), submit_for("hai")) == (1, 1)
    with database.transaction() as session:
        assert campaign_in(session).stage is Stage.VERIFYING
