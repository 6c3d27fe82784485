"""Issuing: a form for every unit, and the request once it stands."""

from datetime import timedelta

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from campaign.changes import forms_to_read, record_listed
from campaign.files import NewFile
from campaign.filling import EXCEL, record_reading
from campaign.issuing import expected_minutes, open_collection, order_for, record_issued, units_to_issue
from campaign.models import Campaign, Form, FormKind, OutboxRow, Unit
from campaign.next_year import draft_next_year
from campaign.people import Invitee, invite
from campaign.ports import ChangedForm, FormError, FormOrder, IssuedForm, Pace
from campaign.requests import send_request
from campaign.roles import Role
from campaign.setup import arm, register_sheet
from campaign.stages import Stage
from campaign.trouble import record_trouble
from campaign.verifying import Verdict, find
from scoring import Answer, By
from scoring import Unit as ScoredUnit
from tests.campaign.world import (
    LETTER,
    UNITS,
    actions,
    armed,
    at,
    collecting,
    draft,
    filled,
    form,
    held,
    join,
    law,
    submitted,
    told,
    unit,
    verifying,
)

START = at(9, 15, 8)
PACE = Pace(forms_a_minute=10, at_once=1)


def opened(session: Session, units: int) -> Campaign:
    campaign = draft(session, units=tuple(ScoredUnit(f"u{n}", f"Sở {n}", "so") for n in range(units)))
    arm(session, campaign, actor="administrator", now=at(9, 1))
    open_collection(session, campaign, now=START)
    session.flush()
    return campaign


def ordered(session: Session, of: Unit) -> FormOrder:
    return order_for(session, of, bot_username="mau_bot", language="vi")


def codes(session: Session, campaign: Campaign, seconds: int) -> list[str]:
    return [each.code for each in units_to_issue(session, campaign, PACE, now=START + timedelta(seconds=seconds))]


def test_on_its_day_every_unit_gets_a_form_to_be_made(session: Session) -> None:
    campaign = opened(session, 3)
    assert (campaign.stage, actions(session)[-1]) == (Stage.COLLECTING, "stage.collecting")
    assert [(each.file_id, each.url) for each in session.scalars(select(Form))] == [(None, None)] * 3


def test_the_units_come_in_order_and_only_as_many_as_a_minute_has_room_for(session: Session) -> None:
    campaign = opened(session, PACE.forms_a_minute + 3)
    first = codes(session, campaign, 0)
    assert first == [f"u{n}" for n in range(PACE.forms_a_minute)]
    for place, code in enumerate(first[:6]):
        record_issued(session, unit(campaign, code), IssuedForm(code, f"https://docs.example/{code}"), now=START)
        session.flush()
        assert len(codes(session, campaign, 30)) == PACE.forms_a_minute - place - 1
    assert codes(session, campaign, 59) == ["u6", "u7", "u8", "u9"]
    assert codes(session, campaign, 60) == ["u6", "u7", "u8", "u9", "u10", "u11", "u12"]


def test_a_form_in_trouble_is_passed_over_until_its_time(session: Session) -> None:
    campaign = opened(session, 3)
    form(session, unit(campaign, "u0")).trouble_until = START + timedelta(minutes=10)
    assert codes(session, campaign, 0) == ["u1", "u2"]
    assert codes(session, campaign, 600) == ["u0", "u1", "u2"]


def test_the_order_says_all_that_a_form_must_say(session: Session) -> None:
    campaign = armed(session)
    order = order_for(session, unit(campaign, "hai"), bot_username="mau_bot", language="vi")
    assert (order.key, order.group, order.unit_name, order.title, order.letter, order.last_day) == (
        "mau-2026/hai",
        "so",
        "Sở Mẫu Hai",
        "Đánh giá mẫu 2026",
        LETTER,
        at(10, 31).date(),
    )
    assert (order.bot_username, order.language, order.share_with, order.regulation.id) == ("mau_bot", "vi", (), "mau")


def test_a_campaign_without_a_letter_orders_no_form(session: Session) -> None:
    following = draft_next_year(session, draft(session), now=at(8, 16, year=2027))
    with pytest.raises(ValueError, match="mau-2027 has no letter"):
        order_for(session, following.units[0], bot_username="mau_bot", language="vi")


def test_a_form_is_shared_with_the_invited_contacts_of_its_unit_and_nobody_else(session: Session) -> None:
    campaign = armed(session)
    join(session, campaign, Role.CONTACT, "Hoa", "mot", "hoa@mau.example")
    join(session, campaign, Role.CONTACT, "Bình", "mot", "binh@mau.example")
    join(session, campaign, Role.CONTACT, "Cúc", "hai", "cuc@mau.example")
    join(session, campaign, Role.OFFICER, "Dung", "", "dung@mau.example")
    order = order_for(session, unit(campaign, "mot"), bot_username="mau_bot", language="vi")
    assert order.share_with == ("binh@mau.example", "hoa@mau.example")


def test_a_form_is_not_shared_with_an_address_that_was_replaced(session: Session) -> None:
    campaign = armed(session)
    for number, email in ((1, "sai@mau.example"), (2, "hoa@mau.example")):
        invitee = Invitee(Role.CONTACT, "mot", "Hoa", email)
        invite(session, campaign, invitee, token=f"t{number}", actor="administrator", now=at(9, number))
    order = order_for(session, unit(campaign, "mot"), bot_username="mau_bot", language="vi")
    assert order.share_with == ("hoa@mau.example",)


def test_people_who_came_over_from_last_year_get_this_years_form_too(session: Session) -> None:
    campaign = armed(session)
    join(session, campaign, Role.CONTACT, "Hoa", "mot", "hoa@mau.example")
    following = draft_next_year(session, campaign, now=at(8, 16, year=2027))
    following.letter_day = LETTER.day
    orders = [
        order_for(session, unit(following, code), bot_username="mau_bot", language="vi") for code in ("mot", "hai")
    ]
    assert [each.share_with for each in orders] == [("hoa@mau.example",), ()]


def test_when_the_form_stands_its_contacts_are_asked_once(session: Session) -> None:
    campaign = armed(session)
    for name, code in (("Hoa", "mot"), ("Bình", "mot"), ("Cúc", "hai")):
        join(session, campaign, Role.CONTACT, name, code)
    open_collection(session, campaign, now=START)
    for _ in range(2):  # the second time by another process
        record_issued(session, unit(campaign, "mot"), IssuedForm("f", "https://docs.example/f"), now=START)
    expected = {
        "unit": "Sở Mẫu Một",
        "unit_id": unit(campaign, "mot").id,
        "title": "Đánh giá mẫu 2026",
        "letter": "12/CV-MAU",
        "letter_day": LETTER.day,
        "signer": "Giám đốc Mẫu",
        "last_day": at(10, 31).date(),
        "url": "https://docs.example/f",
        "folder": "",
    }
    assert told(session, "reports.request") == [("Hoa", expected), ("Bình", expected)]
    assert form(session, unit(campaign, "mot")).issued_at == START


def test_a_form_that_stands_is_out_of_trouble(session: Session) -> None:
    campaign = opened(session, 1)
    only = unit(campaign, "u0")
    record_trouble(session, only, FormError("quota", retry=True), now=START)
    record_issued(session, only, IssuedForm("f", "https://docs.example/f"), now=START)
    assert (form(session, only).trouble, form(session, only).trouble_until) == (None, None)


def test_the_making_of_a_form_is_a_change_that_is_known(session: Session) -> None:
    campaign = opened(session, 2)
    for each, made_at in zip(campaign.units, (START, None), strict=True):
        record_issued(session, each, IssuedForm(each.code, f"https://docs.example/{each.code}", at=made_at), now=START)
    record_listed(session, campaign, [ChangedForm("u0", START), ChangedForm("u1", START)])
    assert [each.file_id for each in forms_to_read(session, campaign, most=9, now=START)] == ["u1"]
    record_listed(session, campaign, [ChangedForm("u0", START + timedelta(milliseconds=1))])
    assert [each.file_id for each in forms_to_read(session, campaign, most=9, now=START)] == ["u1", "u0"]


def test_the_history_tells_each_form_that_was_issued(session: Session) -> None:
    collecting(session)
    assert actions(session)[-3:] == ["issued"] * 3


def test_the_scan_of_the_letter_goes_with_the_request(session: Session) -> None:
    campaign = draft(session, letter_file=NewFile("cong-van.pdf", "application/pdf", b"%PDF-1.7 (mau)"))
    arm(session, campaign, actor="administrator", now=at(9, 1))
    open_collection(session, campaign, now=START)
    join(session, campaign, Role.CONTACT, "Hoa", "mot")
    record_issued(session, unit(campaign, "mot"), IssuedForm("f1", "https://docs.example/f1"), now=START)
    (request,) = session.scalars(select(OutboxRow).where(OutboxRow.kind == "reports.request"))
    assert request.file == campaign.letter_file


def test_without_an_account_every_sheet_is_tried_for_somebody_to_say_that_it_cannot_be_made(session: Session) -> None:
    campaign = opened(session, 12)
    assert len(units_to_issue(session, campaign, None, now=START)) == 12


def test_excel_files_need_no_pace(session: Session) -> None:
    campaign = opened(session, 13)
    for each in campaign.units[1:]:
        each.forms = FormKind.EXCEL
    slow = Pace(forms_a_minute=0, at_once=1)
    assert [each.code for each in units_to_issue(session, campaign, slow, now=START)] == [f"u{n}" for n in range(1, 13)]


def test_the_pace_is_one_for_all_campaigns(session: Session) -> None:
    other = collecting(session)
    assert {form(session, each).issued_at for each in other.units} == {START}
    campaign = draft(session, year=2025, units=UNITS)
    campaign.stage = Stage.ARMED
    open_collection(session, campaign, now=START)
    campaign.year = 2026  # so that its time is not over
    session.flush()
    four = Pace(forms_a_minute=4, at_once=1)
    assert [each.code for each in units_to_issue(session, campaign, four, now=START)] == ["mot"]


def test_nothing_is_made_for_units_whose_time_is_over(session: Session) -> None:
    campaign = opened(session, 3)
    assert units_to_issue(session, campaign, PACE, now=at(11, 1, 0)) == []


def test_how_long_it_takes_to_make_all_forms() -> None:
    three = Pace(forms_a_minute=45, at_once=3)
    assert [expected_minutes(n, three) for n in (0, 1, 45, 46, 3321)] == [0, 1, 1, 2, 74]


def test_the_order_holds_what_was_filled_in_so_far(session: Session) -> None:
    mot = unit(collecting(session), "mot")
    submitted(session, mot, filled(co_may=8), now=at(10, 20))
    assert ordered(session, mot).filled == filled(co_may=8).filled
    record_reading(session, mot, held(can_bo=12), change=at(10, 21), now=at(10, 21))
    assert ordered(session, mot).filled == held(can_bo=12).filled
    submitted(session, mot, filled(co_may=9), now=at(10, 22), origin=EXCEL)
    assert ordered(session, mot).filled == filled(co_may=9).filled


def test_the_order_says_whom_to_ask_and_whether_the_head_confirms(session: Session) -> None:
    campaign = armed(session, contact="Bà Mẫu, 0123 456 789", head_confirms=True)
    order = ordered(session, unit(campaign, "mot"))
    assert (order.contact, order.head_confirms, order.file_id) == ("Bà Mẫu, 0123 456 789", True, "")
    register_sheet(session, unit(campaign, "mot"), "sheet-1", actor="administrator", now=at(9, 2))
    assert ordered(session, unit(campaign, "mot")).file_id == "sheet-1"


def following(session: Session, *amendments: tuple[str, str]) -> Unit:
    """`mot` in 2027, after a year in which it had 8 of 10 with a computer, with the regulation amended."""
    campaign = verifying(session)
    answer = Answer("co_may", 7, by=By.VERIFIED)
    find(session, campaign, [Verdict("mot", answer, "Đếm lại (mẫu)")], actor="officer", now=at(11, 3))
    next_year = draft_next_year(session, campaign, now=at(8, 16, year=2027))
    next_year.regulation_text = law(*amendments).source
    next_year.letter_day = LETTER.day
    return unit(next_year, "mot")


def test_the_order_says_who_has_a_folder_for_evidence(session: Session) -> None:
    campaign = armed(session)
    by_file, registered, made = campaign.units
    by_file.forms = FormKind.EXCEL
    register_sheet(session, registered, "sheet-of-theirs", actor="administrator", now=at(9, 1))

    def folders(*units: Unit) -> list[bool]:
        return [order_for(session, each, bot_username="mau_bot", language="vi").has_folder for each in units]

    before = folders(by_file, registered, made)
    open_collection(session, campaign, now=at(9, 15, 8))
    record_issued(session, made, IssuedForm("f", "https://f.example", "folder", "https://d.example"), now=at(9, 15))
    record_issued(session, registered, IssuedForm("sheet-of-theirs", "https://s.example"), now=at(9, 15))
    assert (before, folders(by_file, registered, made)) == ([False, False, True], [False, False, True])


def test_last_years_values_stand_in_the_order_as_they_counted(session: Session) -> None:
    order = ordered(session, following(session))
    assert (order.previous, order.previous_year) == ({"can_bo": 10, "co_may": 7, "co_phan_mem": True}, 2026)


def test_a_question_that_is_not_the_same_any_more_gets_no_value_of_last_year(session: Session) -> None:
    order = ordered(session, following(session, ("Số cán bộ có máy tính", "Số cán bộ có máy tính riêng")))
    assert order.previous == {"can_bo": 10, "co_phan_mem": True}


def test_a_form_that_holds_last_years_values_is_read_once_for_what_it_holds(session: Session) -> None:
    mot = following(session)
    session.add(Form(unit_id=mot.id))
    session.flush()
    record_issued(session, mot, IssuedForm("f", "https://docs.example/f", at=START), now=START)
    assert (form(session, mot).changed_at, form(session, mot).read_at) == (START, None)


def test_in_the_first_year_there_is_no_year_before(session: Session) -> None:
    order = ordered(session, unit(armed(session), "mot"))
    assert (order.previous, order.previous_year) == ({}, None)


def test_a_contact_who_joins_later_gets_the_excel_file_too_while_the_unit_has_time(session: Session) -> None:
    campaign = armed(session, forms=FormKind.EXCEL)
    open_collection(session, campaign, now=START)
    session.flush()
    record_issued(session, unit(campaign, "mot"), IssuedForm(content=b"xlsx"), now=START)
    hoa = join(session, campaign, Role.CONTACT, "Hoa", "mot")
    assert [name for name, _ in told(session, "reports.form_file")] == ["Hoa"]
    send_request(session, campaign, unit(campaign, "mot"), hoa, now=START)
    assert [facts["url"] for _, facts in told(session, "reports.request")] == [""]
    send_request(
        session, campaign, unit(campaign, "mot"), join(session, campaign, Role.OFFICER, "Dung"), now=at(11, 1, 0)
    )
    assert len(told(session, "reports.form_file")) == 1
