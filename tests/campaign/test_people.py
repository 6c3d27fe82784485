"""Invitations, the roles they bind to, and addresses."""

from datetime import timedelta

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from campaign.models import Invitation, Membership, Person
from campaign.people import INVITATION_LASTS, Invitee, invite, meet, memberships_of, redeem
from campaign.refusal import Refused
from campaign.roles import Role
from campaign.setup import arm
from tests.campaign.world import actions, armed, at, collecting, draft, join, receivers, sha256, told
from words import Text, say

HOA = Invitee(Role.CONTACT, "mot", "Nguyễn Thị Hoa (mẫu)", "hoa@mau.example")


def test_an_invitation_binds_whoever_opens_it_first_to_its_role(session: Session) -> None:
    campaign = armed(session)
    invite(session, campaign, HOA, token="t", actor="administrator", now=at(9, 2))
    address = meet(session, "telegram", "5", name="hoa_tele", language="vi")
    membership = redeem(session, "t", address, now=at(9, 3))
    assert membership.unit
    assert (membership.role, membership.unit.code, membership.person.name) == (Role.CONTACT, "mot", HOA.name)
    assert actions(session)[-2:] == ["invited", "joined"]


def test_only_the_hash_of_a_token_is_kept(session: Session) -> None:
    invite(session, armed(session), HOA, token="secret", actor="administrator", now=at(9, 2))
    row = session.scalars(select(Invitation)).one()
    kept = [getattr(row, column.name) for column in Invitation.__table__.columns]
    assert row.token_sha256 == sha256("secret")
    assert [each for each in kept if "secret" in str(each)] == []


def refusal_of(session: Session, token: str, chat: str, *, day: int = 3) -> Text:
    address = meet(session, "telegram", chat, name=chat, language="vi")
    with pytest.raises(Refused) as refusal:
        redeem(session, token, address, now=at(9, day))
    return refusal.value.text


def test_an_unknown_invitation_is_refused(session: Session) -> None:
    armed(session)
    assert refusal_of(session, "guessed", "5") == Text("campaign.invitation_unknown")


def test_an_invitation_works_for_one_person_only(session: Session) -> None:
    invite(session, armed(session), HOA, token="t", actor="administrator", now=at(9, 2))
    redeem(session, "t", meet(session, "telegram", "5", name="Hoa", language="vi"), now=at(9, 3))
    assert refusal_of(session, "t", "6") == Text("campaign.invitation_used")
    assert [each.person.name for each in session.scalars(select(Membership))] == [HOA.name]


def test_the_same_person_may_open_it_again(session: Session) -> None:
    invite(session, armed(session), HOA, token="t", actor="administrator", now=at(9, 2))
    address = meet(session, "telegram", "5", name="Hoa", language="vi")
    first, again = redeem(session, "t", address, now=at(9, 3)), redeem(session, "t", address, now=at(9, 4))
    assert first is again
    assert actions(session).count("joined") == 1
    assert session.scalars(select(Invitation.used_at)).one() == at(9, 3)


def test_the_same_person_may_open_it_again_even_after_it_has_expired(session: Session) -> None:
    invite(session, armed(session), HOA, token="t", actor="administrator", now=at(9, 2))
    address = meet(session, "telegram", "5", name="Hoa", language="vi")
    assert redeem(session, "t", address, now=at(9, 3)) is redeem(session, "t", address, now=at(12, 31))


def test_a_newer_invitation_of_the_same_person_replaces_an_unused_one(session: Session) -> None:
    campaign = armed(session)
    for number in (1, 2, 3):
        invite(session, campaign, HOA, token=f"t{number}", actor="administrator", now=at(9, number))
    invite(
        session, campaign, Invitee(Role.CONTACT, "mot", "Trần Văn Bình (mẫu)", ""), token="b", actor="", now=at(9, 3)
    )
    assert refusal_of(session, "t1", "5") == Text("campaign.invitation_replaced")
    rows = session.scalars(select(Invitation.replaced_at).order_by(Invitation.id)).all()
    assert rows == [at(9, 2), at(9, 3), None, None]


def test_an_invitation_expires_after_60_days_and_tells_the_local_day(session: Session) -> None:
    campaign = armed(session)
    invite(session, campaign, HOA, token="t", actor="administrator", now=at(9, 1, 2))  # still 31/08 in UTC
    last = at(9, 1, 2) + INVITATION_LASTS
    address = meet(session, "telegram", "5", name="Hoa", language="vi")
    with pytest.raises(Refused) as refusal:
        redeem(session, "t", address, now=last)
    assert say(refusal.value.text, "vi").startswith("Đường dẫn mời đã hết hạn ngày 31/10/2026.")
    assert redeem(session, "t", address, now=last - timedelta(microseconds=1)).role is Role.CONTACT


def test_a_contact_can_only_be_invited_for_a_unit_of_the_campaign(session: Session) -> None:
    campaign, stranger = armed(session), Invitee(Role.CONTACT, "khong-co", "Hoa", "")
    with pytest.raises(Refused) as refusal:
        invite(session, campaign, stranger, token="t", actor="administrator", now=at(9, 2))
    assert refusal.value.text == Text("campaign.unknown_unit", campaign="mau-2026", unit="khong-co")


def test_officers_and_leaders_belong_to_no_unit(session: Session) -> None:
    campaign = armed(session)
    for role in (Role.OFFICER, Role.LEADER):
        join(session, campaign, role, str(role), "mot")
    rows = session.execute(select(Membership.role, Membership.unit_id).order_by(Membership.id)).all()
    assert [tuple(row) for row in rows] == [(Role.OFFICER, None), (Role.LEADER, None)]


def test_who_opens_two_invitations_to_the_same_role_has_it_once(session: Session) -> None:
    campaign = armed(session)
    address = meet(session, "telegram", "5", name="Hoa", language="vi")
    for token in ("one", "two"):
        invite(
            session, campaign, Invitee(Role.OFFICER, "", token, ""), token=token, actor="administrator", now=at(9, 2)
        )
        redeem(session, token, address, now=at(9, 3))
    assert len(session.scalars(select(Membership)).all()) == 1


def test_a_contact_who_joins_after_the_issue_gets_the_request_at_once(session: Session) -> None:
    campaign = collecting(session)
    join(session, campaign, Role.CONTACT, "Hoa", "mot")
    ((receiver, facts),) = told(session, "reports.request")
    assert (receiver, facts["unit"], facts["url"], facts["last_day"]) == (
        "Hoa",
        "Sở Mẫu Một",
        "https://docs.example/mot",
        at(10, 31).date(),
    )


def test_a_contact_who_joins_before_the_issue_gets_no_request_yet(session: Session) -> None:
    join(session, armed(session), Role.CONTACT, "Hoa", "mot")
    assert receivers(session, "reports.request") == []


def test_an_address_is_met_once_and_is_somebody_from_then_on(session: Session) -> None:
    first = meet(session, "telegram", "5", name="Hoa", language="vi")
    again = meet(session, "telegram", "5", name="Hoa Nguyễn", language="en")
    other = meet(session, "zalo", "5", name="Bình", language="en")
    assert (first is again, other.person_id == first.person_id) == (True, False)
    assert [(each.name, each.language) for each in session.scalars(select(Person).order_by(Person.id))] == [
        ("Hoa", "vi"),
        ("Bình", "en"),
    ]


def test_a_dead_address_that_writes_lives_again(session: Session) -> None:
    meet(session, "telegram", "5", name="Hoa", language="vi").dead_since = at(9, 1)
    assert meet(session, "telegram", "5", name="Hoa", language="vi").dead_since is None


def test_roles_in_a_draft_do_not_count_yet_and_the_newest_campaign_comes_first(session: Session) -> None:
    old, new = armed(session), draft(session, year=2025)
    hoa = join(session, old, Role.CONTACT, "Hoa", "mot")
    join(session, new, Role.OFFICER, "Hoa")
    assert [each.campaign_id for each in memberships_of(session, hoa)] == [old.id]
    arm(session, new, actor="administrator", now=at(9, 1, year=2025))
    assert [each.campaign_id for each in memberships_of(session, hoa)] == [new.id, old.id]


def test_a_head_is_invited_for_a_unit_and_is_not_asked_to_fill_its_form_in(session: Session) -> None:
    campaign = collecting(session)
    head = join(session, campaign, Role.HEAD, "Sếp", "mot")
    (membership,) = memberships_of(session, head)
    assert membership.unit
    assert (membership.role, membership.unit.code) == (Role.HEAD, "mot")
    assert receivers(session, "reports.request") == []


def test_a_head_of_a_unit_that_there_is_not_is_refused(session: Session) -> None:
    with pytest.raises(Refused) as refusal:
        invite(session, armed(session), Invitee(Role.HEAD, "bon", "Sếp", ""), token="t", actor="a", now=at(9, 2))
    assert refusal.value.text == Text("campaign.unknown_unit", unit="bon", campaign="mau-2026")


def test_whoever_is_contact_and_head_of_a_unit_is_both(session: Session) -> None:
    campaign = collecting(session)
    for role, token in ((Role.CONTACT, "c"), (Role.HEAD, "h")):
        invite(session, campaign, Invitee(role, "mot", "Hoa", ""), token=token, actor="a", now=at(9, 2))
        redeem(session, token, meet(session, "telegram", "5", name="Hoa", language="vi"), now=at(9, 3))
    address = meet(session, "telegram", "5", name="Hoa", language="vi")
    assert [each.role for each in memberships_of(session, address)] == [Role.CONTACT, Role.HEAD]
