"""Issuing: a form for every unit, and the request once it stands."""

from datetime import timedelta

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from campaign.files import NewFile
from campaign.issuing import FORMS_A_MINUTE, open_collection, order_for, record_issued, units_to_issue
from campaign.models import Campaign, Form, OutboxRow
from campaign.people import Invitee, invite
from campaign.ports import FormError, IssuedForm
from campaign.roles import Role
from campaign.setup import arm, draft_next_year
from campaign.stages import Stage
from campaign.trouble import record_trouble
from scoring import Unit as ScoredUnit
from tests.campaign.world import LETTER, actions, armed, at, collecting, draft, form, join, told, unit

START = at(9, 15, 8)


def opened(session: Session, units: int) -> Campaign:
    campaign = draft(session, units=tuple(ScoredUnit(f"u{n}", f"Sở {n}", "so") for n in range(units)))
    arm(session, campaign, actor="administrator", now=at(9, 1))
    open_collection(session, campaign, now=START)
    session.flush()
    return campaign


def codes(session: Session, campaign: Campaign, seconds: int) -> list[str]:
    return [each.code for each in units_to_issue(session, campaign, now=START + timedelta(seconds=seconds))]


def test_on_its_day_every_unit_gets_a_form_to_be_made(session: Session) -> None:
    campaign = opened(session, 3)
    assert (campaign.stage, actions(session)[-1]) == (Stage.COLLECTING, "stage.collecting")
    assert [(each.file_id, each.url) for each in session.scalars(select(Form))] == [(None, None)] * 3


def test_the_units_come_in_order_and_only_as_many_as_a_minute_has_room_for(session: Session) -> None:
    campaign = opened(session, FORMS_A_MINUTE + 3)
    first = codes(session, campaign, 0)
    assert first == [f"u{n}" for n in range(FORMS_A_MINUTE)]
    for place, code in enumerate(first[:6]):
        record_issued(session, unit(campaign, code), IssuedForm(code, f"https://docs.example/{code}"), now=START)
        session.flush()
        assert len(codes(session, campaign, 30)) == FORMS_A_MINUTE - place - 1
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
    for _ in range(2):  # the second time after a crash
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
    }
    assert told(session, "reports.request") == [("Hoa", expected), ("Bình", expected)]
    assert form(session, unit(campaign, "mot")).issued_at == START


def test_a_form_that_stands_is_out_of_trouble(session: Session) -> None:
    campaign = opened(session, 1)
    only = unit(campaign, "u0")
    record_trouble(session, only, FormError("quota", retry=True), now=START)
    record_issued(session, only, IssuedForm("f", "https://docs.example/f"), now=START)
    assert (form(session, only).trouble, form(session, only).trouble_until) == (None, None)


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
