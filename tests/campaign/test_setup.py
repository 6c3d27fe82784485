"""Creating a campaign, its letter, arming it, and the next year's draft."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date, datetime
from functools import partial
from typing import Any

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from campaign.files import NewFile
from campaign.models import Campaign, FormKind, Membership, StoredFile, Unit
from campaign.next_year import confirm_draft, draft_next_year
from campaign.plan import form_kind, regulation_of, timetable_of
from campaign.ports import Letter
from campaign.refusal import Refused
from campaign.roles import Role
from campaign.setup import (
    arm,
    create,
    register_sheet,
    set_form_kind,
    set_letter,
)
from campaign.stages import Stage
from scoring import Unit as ScoredUnit
from scoring import parse_regulation
from tests.campaign.world import (
    LETTER,
    ROLLED_UP,
    UNITS,
    actions,
    armed,
    at,
    collecting,
    draft,
    form,
    join,
    law,
    told,
    unit,
    verifying,
    wanted,
)
from words import Text

SCAN = NewFile("cong-van.pdf", "application/pdf", b"%PDF-1.7 (mau)")


def refusal_of(action: Callable[[], object]) -> Text:
    with pytest.raises(Refused) as refusal:
        action()
    return refusal.value.text


def arm_at(session: Session, campaign: Campaign, now: datetime) -> None:
    arm(session, campaign, actor="administrator", now=now)


def test_a_new_campaign_is_a_draft_with_its_regulation_units_and_letter(session: Session) -> None:
    campaign = draft(session, letter_file=SCAN)
    assert (campaign.code, campaign.title, campaign.stage, campaign.issue_on) == (
        "mau-2026",
        "Đánh giá mẫu 2026",
        Stage.DRAFT,
        date(2026, 9, 15),
    )
    assert [(unit.code, unit.name, unit.group) for unit in campaign.units] == [
        ("mot", "Sở Mẫu Một", "so"),
        ("hai", "Sở Mẫu Hai", "so"),
        ("ba", "Sở Đất Mẫu", "so"),
    ]
    assert session.get_one(StoredFile, campaign.letter_file).content == SCAN.content
    assert actions(session) == ["letter", "created"]


def test_a_campaign_keeps_the_text_of_the_regulation_it_was_created_with(session: Session) -> None:
    campaign = draft(session)
    assert (campaign.regulation_text, campaign.regulation_sha256) == (law().source, law().sha256)
    assert regulation_of(campaign).sha256 == law().sha256


def test_creating_it_again_with_the_same_facts_changes_nothing(session: Session) -> None:
    first = draft(session, letter_file=SCAN)
    assert draft(session, letter_file=SCAN, issue_on=date(2026, 9, 15)) is first
    assert actions(session) == ["letter", "created"]
    assert len(session.scalars(select(Unit)).all()) == len(UNITS)


@pytest.mark.parametrize(
    "other",
    [
        {"units": UNITS[:2]},
        {"units": (*UNITS[:2], replace(UNITS[2], name="Sở Khác"))},
        {"letter": replace(LETTER, number="13/CV-MAU")},
        {"letter_file": SCAN},
        {"issue_on": date(2026, 9, 16)},
        {"zone": "UTC"},
    ],
    ids=["fewer units", "another name", "another letter", "a scan of the letter", "another day", "another zone"],
)
def test_creating_it_again_with_other_facts_is_refused(session: Session, other: dict[str, Any]) -> None:
    draft(session)
    assert refusal_of(lambda: draft(session, **other)) == Text("campaign.exists_otherwise", campaign="mau-2026")


def test_creating_it_again_with_another_text_of_the_regulation_is_refused(session: Session) -> None:
    draft(session)
    amended, _ = parse_regulation(law().source + "# sửa đổi\n", "law.yaml")
    assert refusal_of(lambda: create(session, wanted(regulation=amended), actor="", now=at(9, 1))) == Text(
        "campaign.exists_otherwise", campaign="mau-2026"
    )


def test_the_year_is_the_one_that_is_named_and_not_the_clocks(session: Session) -> None:
    campaign = create(session, wanted(year=2025), actor="administrator", now=at(1, 20))
    assert (campaign.code, timetable_of(campaign).due.last_day) == ("mau-2025", date(2025, 10, 31))


def test_the_letter_can_be_changed_until_it_has_gone_out(session: Session) -> None:
    campaign = armed(session)
    set_letter(
        session, campaign, Letter("15/CV-MAU", date(2026, 9, 5), "Phó Giám đốc Mẫu"), SCAN, actor="", now=at(9, 5)
    )
    assert (campaign.letter_number, campaign.letter_day, campaign.letter_signer) == (
        "15/CV-MAU",
        date(2026, 9, 5),
        "Phó Giám đốc Mẫu",
    )
    campaign.stage = Stage.COLLECTING
    assert refusal_of(lambda: set_letter(session, campaign, LETTER, None, actor="", now=at(9, 15))) == Text(
        "campaign.letter_is_out", campaign="mau-2026"
    )


def test_arming_twice_is_arming_once(session: Session) -> None:
    campaign = armed(session)
    arm_at(session, campaign, at(9, 2))
    assert (campaign.stage, actions(session).count("stage.armed")) == (Stage.ARMED, 1)


def test_a_campaign_without_a_letter_is_not_armed(session: Session) -> None:
    campaign = draft_next_year(session, draft(session), now=at(8, 16))
    assert refusal_of(lambda: arm_at(session, campaign, at(9, 1))) == Text("campaign.no_letter", campaign="mau-2027")


def test_a_campaign_without_units_is_not_armed(session: Session) -> None:
    campaign = draft(session, units=())
    assert refusal_of(lambda: arm_at(session, campaign, at(9, 1))) == Text("campaign.no_units", campaign="mau-2026")


def test_a_day_of_issue_past_the_regulations_limit_is_refused(session: Session) -> None:
    campaign = draft(session, issue_on=date(2026, 10, 1))
    too_late = Text("campaign.issue_too_late", day=date(2026, 10, 1), before=date(2026, 10, 1))
    assert refusal_of(lambda: arm_at(session, campaign, at(9, 1))) == too_late


def test_a_campaign_armed_when_the_limit_for_issuing_has_passed_is_refused(session: Session) -> None:
    too_late = Text("campaign.issue_too_late", day=date(2026, 10, 5), before=date(2026, 10, 1))
    assert refusal_of(lambda: arm_at(session, draft(session), at(10, 5))) == too_late


def test_a_campaign_whose_deadline_is_past_is_not_armed(session: Session) -> None:
    past = Text("campaign.deadline_is_past", last_day=date(2026, 10, 31))
    assert refusal_of(lambda: arm_at(session, draft(session), at(11, 1, 0))) == past


def test_fixed_dates_need_no_calendar_of_days_off_to_be_armed(session: Session) -> None:
    campaign = draft(session, year=2031)
    arm_at(session, campaign, at(9, 1, year=2031))
    assert campaign.stage is Stage.ARMED


def test_a_campaign_that_runs_cannot_be_armed_again(session: Session) -> None:
    assert refusal_of(lambda: arm_at(session, collecting(session), at(9, 16))).id == "campaign.no_such_move"


def test_the_issue_is_at_the_opening_hour_of_its_day(session: Session) -> None:
    campaign = draft(session, issue_on=date(2026, 9, 28))
    assert timetable_of(campaign).issue_at == at(9, 28, 8)


def test_next_years_draft_has_the_same_regulation_units_and_people(session: Session) -> None:
    campaign = verifying(session)
    join(session, campaign, Role.CONTACT, "Hoa", "hai")
    join(session, campaign, Role.LEADER, "Lan")
    following = draft_next_year(session, campaign, now=at(8, 16, year=2027))
    assert (following.code, following.stage, following.previous_id) == ("mau-2027", Stage.DRAFT, campaign.id)
    assert (following.issue_on, following.regulation_sha256, following.letter_day) == (
        date(2027, 9, 15),
        campaign.regulation_sha256,
        None,
    )
    assert [unit.code for unit in following.units] == ["mot", "hai", "ba"]
    people = session.scalars(select(Membership).where(Membership.campaign_id == following.id).order_by(Membership.id))
    assert [(each.person.name, each.role, each.unit.code if each.unit else "") for each in people] == [
        ("Hoa", Role.CONTACT, "hai"),
        ("Lan", Role.LEADER, ""),
    ]
    contact = session.scalars(select(Membership).where(Membership.role == Role.CONTACT).order_by(Membership.id)).all()
    assert [each.unit.campaign_id for each in contact if each.unit] == [campaign.id, following.id]


def test_officers_are_asked_once_to_confirm_the_draft(session: Session) -> None:
    campaign = armed(session)
    join(session, campaign, Role.OFFICER, "Dung")
    first = draft_next_year(session, campaign, now=at(8, 16, year=2027))
    assert draft_next_year(session, campaign, now=at(8, 17, year=2027)) is first
    assert told(session, "reports.draft_next") == [
        ("Dung", {"title": "Đánh giá mẫu 2027", "year": 2027, "issue_on": date(2027, 9, 15), "campaign_id": first.id})
    ]


def test_where_somebody_made_next_years_campaign_no_draft_is_added(session: Session) -> None:
    campaign, made = draft(session), draft(session, year=2027)
    assert draft_next_year(session, campaign, now=at(8, 16, year=2027)) is made
    assert session.scalars(select(Campaign.code).order_by(Campaign.id)).all() == ["mau-2026", "mau-2027"]


def test_a_confirmed_draft_is_on_record_and_waits_for_its_letter(session: Session) -> None:
    following = draft_next_year(session, draft(session), now=at(8, 16, year=2027))
    confirm_draft(session, following, actor="person:4", now=at(8, 17, year=2027))
    assert (following.stage, actions(session)[-1]) == (Stage.DRAFT, "confirmed")


def test_only_a_draft_can_be_confirmed(session: Session) -> None:
    campaign = armed(session)
    assert refusal_of(lambda: confirm_draft(session, campaign, actor="person:4", now=at(9, 2))) == Text(
        "campaign.not_a_draft", campaign="mau-2026"
    )


@pytest.mark.parametrize("letter", [replace(LETTER, number=" "), replace(LETTER, signer="")])
def test_a_letter_without_number_or_signer_is_refused(session: Session, letter: Letter) -> None:
    assert refusal_of(lambda: draft(session, letter=letter)).id == "campaign.no_letter"


@pytest.mark.parametrize("year", [0, 1999, 2101, 99999])
def test_a_year_that_is_a_slip_of_the_finger_is_refused(session: Session, year: int) -> None:
    assert refusal_of(lambda: draft(session, year=year)) == Text("campaign.no_such_year", year=str(year))


def set_kind(session: Session, of: Unit, kind: FormKind) -> None:
    set_form_kind(session, of, kind, actor="administrator", now=at(9, 2))


def register(session: Session, of: Unit, file_id: str) -> None:
    register_sheet(session, of, file_id, actor="administrator", now=at(9, 2))


def test_units_fill_in_what_the_campaign_says_or_what_is_said_of_them(session: Session) -> None:
    campaign = draft(session, forms=FormKind.EXCEL)
    set_kind(session, unit(campaign, "hai"), FormKind.GOOGLE)
    assert [form_kind(each) for each in campaign.units] == [FormKind.EXCEL, FormKind.GOOGLE, FormKind.EXCEL]


def test_the_same_campaign_with_other_forms_contact_or_confirmation_is_another(session: Session) -> None:
    campaign = draft(session, contact="Bà Mẫu")
    assert create(session, wanted(contact="Bà Mẫu"), actor="administrator", now=at(9, 1)) is campaign
    for other in (wanted(), wanted(contact="Bà Mẫu", head_confirms=True), wanted(contact="Ông Mẫu")):
        text = refusal_of(partial(create, session, other, actor="administrator", now=at(9, 1)))
        assert text == Text("campaign.exists_otherwise", campaign="mau-2026")


def test_next_years_forms_are_filled_in_and_confirmed_as_this_years(session: Session) -> None:
    campaign = draft(session, forms=FormKind.EXCEL, contact="Bà Mẫu", head_confirms=True)
    set_kind(session, unit(campaign, "hai"), FormKind.GOOGLE)
    following = draft_next_year(session, campaign, now=at(8, 16, year=2027))
    assert (following.forms, following.contact, following.head_confirms) == (FormKind.EXCEL, "Bà Mẫu", True)
    assert [each.forms for each in following.units] == [None, FormKind.GOOGLE, None]


def test_a_sheet_is_registered_for_one_unit_and_can_be_exchanged_before_the_issue(session: Session) -> None:
    campaign = draft(session, forms=FormKind.EXCEL)
    hai = unit(campaign, "hai")
    for file_id in ("sheet-1", "sheet-2"):
        register(session, hai, file_id)
    assert (form(session, hai).file_id, form_kind(hai)) == ("sheet-2", FormKind.GOOGLE)
    text = refusal_of(lambda: register(session, unit(campaign, "ba"), "sheet-2"))
    assert text == Text("campaign.sheet_of_another", unit="Sở Mẫu Hai", campaign="mau-2026")
    set_kind(session, hai, FormKind.EXCEL)
    assert (form(session, hai).file_id, actions(session)[-1]) == (None, "form_kind")
    register(session, unit(campaign, "ba"), "sheet-2")


def test_once_a_form_is_out_it_is_not_changed_for_another(session: Session) -> None:
    mot = unit(collecting(session), "mot")
    out = Text("campaign.form_is_out", unit="Sở Mẫu Một")
    assert refusal_of(lambda: set_kind(session, mot, FormKind.EXCEL)) == out
    assert refusal_of(lambda: register(session, mot, "sheet-1")) == out


def test_a_unit_that_declares_nothing_needs_no_sheet(session: Session) -> None:
    campaign = draft(session, regulation=law(*ROLLED_UP), units=(*UNITS, ScoredUnit("cum", "Cụm Mẫu", "cum")))
    assert refusal_of(lambda: register(session, unit(campaign, "cum"), "sheet-1")).id == "campaign.no_form"
