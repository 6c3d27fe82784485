"""The head of a unit confirms what it submits: Sếp leads `mot`, for which Hoa speaks; officers are Cán Bộ."""

from datetime import date
from typing import Any

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from campaign.confirming import confirm, reject, waits_for_head
from campaign.counting import authoritative, status_of
from campaign.files import NewFile
from campaign.files import sha256_of as hash_of
from campaign.filling import take_ticked
from campaign.models import Address, Campaign, History, Person, StoredFile, Submission
from campaign.people import meet
from campaign.queries import board, unit_progress
from campaign.ranking import compute, offer
from campaign.refusal import Refused
from campaign.roles import Role
from campaign.signed_copies import NewPage, pages_of
from campaign.stages import Stage
from scheduler.reminders import remind_unit
from scoring import UnitStatus
from tests.campaign.world import (
    ACCEPTED,
    HANOI,
    actions,
    at,
    collecting,
    filled,
    form,
    join,
    receivers,
    states,
    submitted,
    tick,
    told,
    unit,
)
from words import Text

COPY = NewFile("Phiếu đã ký (mẫu).pdf", "application/pdf", b"%PDF-1.4 (mau)")
PAPER: dict[str, Any] = {"document": "15/BC-MAU", "day": date(2026, 10, 20)}


def issued(session: Session, *amendments: tuple[str, str]) -> Campaign:
    """The forms stand, and heads confirm."""
    campaign = collecting(session, *amendments, head_confirms=True)
    for role, name, code in (
        (Role.CONTACT, "Hoa", "mot"),
        (Role.HEAD, "Sếp", "mot"),
        (Role.HEAD, "Sếp Khác", "hai"),
        (Role.OFFICER, "Cán Bộ", ""),
    ):
        join(session, campaign, role, name, code)
    return campaign


def of_mot(session: Session, campaign: Campaign, equipped: int = 8, *, day: int = 20) -> Submission:
    return submitted(session, unit(campaign, "mot"), filled(co_may=equipped), now=at(10, day))


def named(session: Session, name: str) -> Person:
    return session.scalars(select(Address).where(Address.value == name)).one().person


def confirm_as(session: Session, submission: Submission, name: str, *, on: int = 21, **how: Any) -> None:  # noqa: ANN401 - see confirm
    someone = named(session, name)
    confirm(session, submission, actor=f"person:{someone.id}", person=someone, now=at(10, on), **how)


def refusal_of(session: Session, submission: Submission, name: str, **how: Any) -> Text:  # noqa: ANN401 - see confirm
    with pytest.raises(Refused) as refusal:
        confirm_as(session, submission, name, **how)
    return refusal.value.text


def test_a_submission_counts_nowhere_until_the_head_has_confirmed_it(session: Session) -> None:
    campaign = issued(session)
    kept, mot = of_mot(session, campaign), unit(campaign, "mot")
    assert (authoritative(session, mot), status_of(session, mot)) == (None, UnitStatus.MISSING)
    assert (waits_for_head(session, mot), board(session, campaign).submitted) == (kept, ())
    assert compute(session, campaign).document["results"][0]["total"] is None
    confirm_as(session, kept, "Sếp")
    assert (authoritative(session, mot), status_of(session, mot)) == (kept, UnitStatus.ON_TIME)
    assert (waits_for_head(session, mot), len(board(session, campaign).submitted)) == (None, 1)
    assert (kept.confirmed_at, kept.confirmed_by, kept.confirmation) == (at(10, 21), named(session, "Sếp").id, "chat")


def test_the_heads_of_the_unit_are_asked_and_the_contacts_receipt_says_that_it_waits(session: Session) -> None:
    campaign = issued(session)
    kept = of_mot(session, campaign)
    ((head, question),) = told(session, "reports.confirm_by_head")
    assert (head, question["submission_id"], question["receipt"], question["filled"]) == (
        "Sếp",
        kept.id,
        "2026-0001-1",
        3,
    )
    assert [(name, facts["waits"]) for name, facts in told(session, "reports.receipt")] == [("Hoa", True)]


def test_where_no_confirmation_is_asked_for_nobody_can_give_one(session: Session) -> None:
    campaign = collecting(session)
    join(session, campaign, Role.HEAD, "Sếp", "mot")
    kept = of_mot(session, campaign)
    assert refusal_of(session, kept, "Sếp") == Text("campaign.no_confirmation_wanted", unit="Sở Mẫu Một")
    assert receivers(session, "reports.confirm_by_head") == []


def test_a_head_who_joins_later_is_asked_what_the_others_were_asked(session: Session) -> None:
    campaign = issued(session)
    of_mot(session, campaign)
    join(session, campaign, Role.HEAD, "Sếp Mới", "mot")
    join(session, campaign, Role.HEAD, "Sếp Hai", "hai")
    assert receivers(session, "reports.confirm_by_head") == ["Sếp", "Sếp Mới"]


def test_a_newer_submission_takes_the_question_about_the_older_one_back(session: Session) -> None:
    campaign = issued(session)
    first, second = of_mot(session, campaign, 8), of_mot(session, campaign, 9)
    assert states(session, "reports.confirm_by_head") == ["cancelled", "waiting"]
    assert refusal_of(session, first, "Sếp") == Text("campaign.newer_submission", number=2, receipt="2026-0001-2")
    confirm_as(session, second, "Sếp")
    assert authoritative(session, unit(campaign, "mot")) is second


def test_what_was_confirmed_counts_until_something_newer_is(session: Session) -> None:
    campaign = issued(session)
    mot = unit(campaign, "mot")
    first = of_mot(session, campaign, 8)
    confirm_as(session, first, "Sếp")
    second = of_mot(session, campaign, 9, day=22)
    assert (authoritative(session, mot), waits_for_head(session, mot)) == (first, second)


def test_one_that_came_late_does_not_stand_in_the_place_of_one_that_was_on_time(session: Session) -> None:
    campaign = issued(session, ACCEPTED)
    first = of_mot(session, campaign, 8)
    submitted(session, unit(campaign, "mot"), filled(co_may=9), now=at(11, 2))
    confirm(session, first, actor="p", person=named(session, "Sếp"), now=at(11, 3))
    assert authoritative(session, unit(campaign, "mot")) is first


def test_the_question_about_one_on_time_stands_although_a_late_one_came_after_it(session: Session) -> None:
    campaign = issued(session)
    first, mot = of_mot(session, campaign, 8), unit(campaign, "mot")
    submitted(session, mot, filled(co_may=9), now=at(11, 2))
    assert (waits_for_head(session, mot), states(session, "reports.confirm_by_head")) == (first, ["waiting"])
    confirm(session, first, actor="p", person=named(session, "Sếp"), now=at(11, 3))
    assert (authoritative(session, mot), waits_for_head(session, mot)) == (first, None)
    assert (states(session, "reports.confirm_by_head"), status_of(session, mot)) == (["cancelled"], UnitStatus.ON_TIME)


def test_a_yes_to_a_late_one_leaves_the_question_about_one_on_time(session: Session) -> None:
    campaign = issued(session)
    first, mot = of_mot(session, campaign, 8), unit(campaign, "mot")
    late = submitted(session, mot, filled(co_may=9), now=at(11, 2))
    confirm(session, late, actor="p", person=named(session, "Sếp"), now=at(11, 3))
    assert (waits_for_head(session, mot), states(session, "reports.confirm_by_head")) == (first, ["waiting"])


def test_a_no_to_one_on_time_has_the_head_asked_about_the_late_one_that_came_after_it(session: Session) -> None:
    campaign = issued(session, ACCEPTED)
    first, mot = of_mot(session, campaign, 8), unit(campaign, "mot")
    late = submitted(session, mot, filled(co_may=9), now=at(11, 2))
    reject(session, first, named(session, "Sếp"), "Sai (mẫu)", now=at(11, 3))
    assert (waits_for_head(session, mot), states(session, "reports.confirm_by_head")) == (
        late,
        ["cancelled", "waiting"],
    )
    _, question = told(session, "reports.confirm_by_head")[-1]
    assert (question["submission_id"], question["at"]) == (
        late.id,
        Text("campaign.at_too_late", at=at(11, 2).astimezone(HANOI)),
    )
    confirm(session, late, actor="p", person=named(session, "Sếp"), now=at(11, 4))
    assert (authoritative(session, mot), status_of(session, mot)) == (late, UnitStatus.LATE)


def test_the_head_is_told_when_the_form_came_and_not_when_it_was_taken(session: Session) -> None:
    campaign = issued(session)
    mot = unit(campaign, "mot")
    tick(session, campaign, filled(), at(10, 31, 23, 59))
    take_ticked(session, mot, now=at(11, 1, 0, 3))
    ((_, question),) = told(session, "reports.confirm_by_head")
    assert question["at"] == at(10, 31, 23, 59).astimezone(HANOI)


@pytest.mark.parametrize("name", ["Hoa", "Sếp Khác", "Cán Bộ", "Người Lạ"])
def test_in_chat_only_the_head_of_the_unit_confirms_or_rejects(session: Session, name: str) -> None:
    campaign = issued(session)
    meet(session, "telegram", "Người Lạ", name="Người Lạ", language="vi")
    kept = of_mot(session, campaign)
    assert refusal_of(session, kept, name) == Text("campaign.heads_confirm", unit="Sở Mẫu Một")
    with pytest.raises(Refused) as refusal:
        reject(session, kept, named(session, name), "Sai số liệu (mẫu)", now=at(10, 21))
    assert refusal.value.text == Text("campaign.heads_confirm", unit="Sở Mẫu Một")


@pytest.mark.parametrize("name", ["Hoa", "Sếp", "Cán Bộ"])
def test_the_signed_document_is_entered_by_people_of_the_unit_and_by_officers(session: Session, name: str) -> None:
    kept = of_mot(session, issued(session))
    confirm_as(session, kept, name, **PAPER)
    assert (kept.confirmation, kept.confirmed_by) == ("15/BC-MAU, 20/10/2026", named(session, name).id)


def test_the_administrator_enters_a_signed_document_and_cannot_confirm_without_one(session: Session) -> None:
    campaign = issued(session)
    kept = of_mot(session, campaign)
    with pytest.raises(Refused):
        confirm(session, kept, actor="administrator", person=None, now=at(10, 21))
    confirm(session, kept, actor="administrator", person=None, now=at(10, 21), **PAPER)
    assert (kept.confirmation, kept.confirmed_by) == ("15/BC-MAU, 20/10/2026", None)


@pytest.mark.parametrize("name", ["Sếp Khác", "Người Lạ"])
def test_nobody_else_enters_a_signed_document(session: Session, name: str) -> None:
    campaign = issued(session)
    meet(session, "telegram", "Người Lạ", name="Người Lạ", language="vi")
    kept = of_mot(session, campaign)
    assert refusal_of(session, kept, name, **PAPER) == Text("campaign.paper_by_others", unit="Sở Mẫu Một")


def test_a_signed_copy_is_kept_with_the_submission_file_by_file_in_order(session: Session) -> None:
    kept = of_mot(session, issued(session))
    second = NewFile("Trang 2 (mẫu).jpg", "image/jpeg", b"\xff\xd8\xff (mau)")
    confirm_as(session, kept, "Hoa", signed_copy=[NewPage(second, 9), NewPage(COPY, 8)])
    assert kept.confirmation == "copy"
    pages = [(each.name, each.sha256) for each in pages_of(session, kept)]
    assert pages == [(each.name, hash_of(each)) for each in (COPY, second)]
    assert session.get_one(StoredFile, hash_of(COPY)).content == COPY.content


@pytest.mark.parametrize(
    "paper",
    [
        {"document": " ", "day": date(2026, 10, 20)},
        {"document": "15" * 31, "day": date(2026, 10, 20)},
        {"document": "15/BC-MAU"},
        {"document": "15/BC-MAU", "day": date(2026, 9, 14)},
        {"document": "15/BC-MAU", "day": date(2026, 10, 22)},
    ],
    ids=["no number", "too long", "no day", "before the issue", "tomorrow"],
)
def test_a_signed_document_has_a_number_and_a_likely_day(session: Session, paper: dict[str, Any]) -> None:
    kept = of_mot(session, issued(session))
    assert refusal_of(session, kept, "Hoa", **paper) == Text(
        "campaign.no_such_document", longest=60, issued_on=date(2026, 9, 15), today=date(2026, 10, 21)
    )
    assert kept.confirmed_at is None


def test_the_contacts_hear_of_the_confirmation_once_and_it_is_on_record_who_gave_it(session: Session) -> None:
    kept = of_mot(session, issued(session))
    confirm_as(session, kept, "Sếp")
    confirm_as(session, kept, "Sếp", on=22)
    assert receivers(session, "reports.confirmed_by_head") == ["Hoa"]
    row = session.scalars(select(History).where(History.action == "confirmed_by_head")).one()
    assert (row.actor, row.facts["receipt"], row.facts["how"]) == (
        f"person:{named(session, 'Sếp').id}",
        "2026-0001-1",
        "chat",
    )
    assert states(session, "reports.confirm_by_head") == ["cancelled"]


def test_reminders_go_on_until_the_head_has_confirmed(session: Session) -> None:
    campaign = issued(session)
    mot = unit(campaign, "mot")
    remind_unit(session, unit_progress(session, mot), days_left=7, rung="7", now=at(10, 24))
    reminders = [kind for kind in ("reports.reminder", "reports.reminder_ready") if receivers(session, kind)]
    kept = of_mot(session, campaign, day=24)
    assert [states(session, kind) for kind in reminders] == [["waiting"]]
    confirm_as(session, kept, "Sếp", on=25)
    assert [states(session, kind) for kind in reminders] == [["cancelled"]]


def test_a_head_who_does_not_agree_says_why_and_the_contacts_hear_it(session: Session) -> None:
    campaign = issued(session)
    kept = of_mot(session, campaign)
    form(session, unit(campaign, "mot")).notes_due = False
    reject(session, kept, named(session, "Sếp"), " Thiếu số liệu quý 4 (mẫu) ", now=at(10, 21))
    ((receiver, facts),) = told(session, "reports.rejected_by_head")
    assert (receiver, facts["reason"], facts["receipt"], facts["url"]) == (
        "Hoa",
        "Thiếu số liệu quý 4 (mẫu)",
        "2026-0001-1",
        "https://docs.example/mot",
    )
    assert (authoritative(session, kept.unit), waits_for_head(session, kept.unit)) == (None, None)
    assert form(session, kept.unit).notes_due


@pytest.mark.parametrize("reason", ["", "  ", "x" * 1001])
def test_a_rejection_has_a_reason(session: Session, reason: str) -> None:
    kept = of_mot(session, issued(session))
    with pytest.raises(Refused) as refusal:
        reject(session, kept, named(session, "Sếp"), reason, now=at(10, 21))
    assert (refusal.value.text, kept.rejected_at) == (Text("campaign.rejection_without_reason", longest=1000), None)


def test_what_was_confirmed_is_not_rejected_afterwards(session: Session) -> None:
    kept = of_mot(session, issued(session))
    confirm_as(session, kept, "Sếp")
    with pytest.raises(Refused) as refusal:
        reject(session, kept, named(session, "Sếp"), "Sai (mẫu)", now=at(10, 22))
    assert refusal.value.text == Text("campaign.confirmed_before", receipt="2026-0001-1")


def test_a_head_may_think_better_of_a_rejection(session: Session) -> None:
    kept = of_mot(session, issued(session))
    reject(session, kept, named(session, "Sếp"), "Sai (mẫu)", now=at(10, 21))
    confirm_as(session, kept, "Sếp", on=22)
    assert (authoritative(session, kept.unit), kept.rejected_at, kept.rejection) == (kept, None, None)


def test_a_form_that_was_rejected_may_come_back_as_it_was(session: Session) -> None:
    campaign = issued(session)
    kept = of_mot(session, campaign)
    with pytest.raises(Refused):
        of_mot(session, campaign)
    reject(session, kept, named(session, "Sếp"), "Sai (mẫu)", now=at(10, 21))
    assert of_mot(session, campaign, day=22).number == 2


def test_a_confirmation_that_comes_after_the_offer_makes_the_ranking_stale(session: Session) -> None:
    campaign = issued(session)
    kept = of_mot(session, campaign)
    campaign.stage = Stage.VERIFYING
    offer(session, campaign, compute(session, campaign), [], actor="administrator", now=at(12, 1))
    confirm(session, kept, actor="person:1", person=named(session, "Sếp"), now=at(12, 2))
    assert (campaign.stage, actions(session)[-1]) == (Stage.VERIFYING, "stage.verifying")


@pytest.mark.parametrize("stage", [Stage.APPROVED, Stage.PUBLISHED])
def test_once_the_ranking_is_approved_nothing_is_confirmed_any_more(session: Session, stage: Stage) -> None:
    campaign = issued(session)
    kept = of_mot(session, campaign)
    campaign.stage = stage
    assert refusal_of(session, kept, "Sếp").id == "campaign.not_in_this_stage"


def test_reminders_of_what_waits_for_the_head_go_to_the_head_and_to_the_contacts(session: Session) -> None:
    campaign = issued(session)
    mot = unit(campaign, "mot")
    kept = of_mot(session, campaign)
    for _ in range(2):
        remind_unit(session, unit_progress(session, mot), days_left=3, rung="3", now=at(10, 28))
    ((head, to_head),) = told(session, "reports.reminder_to_confirm")
    ((contact, to_contact),) = told(session, "reports.reminder_unconfirmed")
    assert (head, contact) == ("Sếp", "Hoa")
    for facts in (to_head, to_contact):
        assert (facts["submission_id"], facts["n"], facts["last_day"]) == (kept.id, 3, date(2026, 10, 31))
    confirm_as(session, kept, "Sếp", on=29)
    assert states(session, "reports.reminder_to_confirm") == ["cancelled"]
    assert states(session, "reports.reminder_unconfirmed") == ["cancelled"]


def test_a_unit_whose_head_said_no_is_reminded_like_one_that_has_not_submitted(session: Session) -> None:
    campaign = issued(session)
    kept = of_mot(session, campaign)
    reject(session, kept, named(session, "Sếp"), "Sai (mẫu)", now=at(10, 21))
    remind_unit(session, unit_progress(session, kept.unit), days_left=3, rung="3", now=at(10, 28))
    assert receivers(session, "reports.reminder_ready") == ["Hoa"]
