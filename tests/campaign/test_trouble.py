"""Forms that cannot be reached."""

from datetime import datetime, timedelta

import pytest
from sqlalchemy.orm import Session

from campaign.models import Campaign
from campaign.ports import FormError
from campaign.roles import Role
from campaign.trouble import (
    LASTING,
    left_alone,
    record_reached,
    record_rights_changed,
    record_rights_trouble,
    record_trouble,
    record_untried,
    rights_left_alone,
)
from tests.campaign.world import actions, at, collecting, form, join, told, unit
from words import Text, say

NOW = at(10, 20)
HOUR, MINUTE = timedelta(hours=1), timedelta(minutes=1)


def with_officer(session: Session) -> Campaign:
    campaign = collecting(session)
    join(session, campaign, Role.OFFICER, "Dung")
    return campaign


def fail(
    session: Session, campaign: Campaign, code: str, reason: str, now: datetime = NOW, *, retry: bool = False
) -> None:
    record_trouble(session, unit(campaign, code), FormError(reason, retry=retry), now=now)


def reasons(session: Session) -> list[tuple[str, str]]:
    return [(facts["unit"], facts["reason"].id) for _, facts in told(session, "reports.form_trouble")]


def test_officers_are_told_once_for_each_new_reason(session: Session) -> None:
    campaign = with_officer(session)
    for hours, reason in enumerate(("deleted", "deleted", "forbidden", "forbidden", "deleted")):
        fail(session, campaign, "mot", reason, NOW + hours * HOUR)
    assert reasons(session) == [
        ("Sở Mẫu Một", "campaign.trouble_deleted"),
        ("Sở Mẫu Một", "campaign.trouble_forbidden"),
        ("Sở Mẫu Một", "campaign.trouble_deleted"),
    ]
    assert actions(session).count("form_trouble") == 3


def test_the_officer_gets_the_unit_the_reason_with_the_remedy_and_the_link(session: Session) -> None:
    campaign = with_officer(session)
    fail(session, campaign, "mot", "deleted")
    lost = Text("campaign.trouble_deleted")
    assert told(session, "reports.form_trouble") == [
        ("Dung", {"unit": "Sở Mẫu Một", "reason": lost, "url": "https://docs.example/mot"})
    ]


def test_every_lost_form_is_told_but_an_outage_of_the_service_only_once_a_day(session: Session) -> None:
    campaign = with_officer(session)
    for code in ("mot", "hai", "ba"):
        fail(session, campaign, code, "unavailable", retry=True)
    for code in ("mot", "hai"):
        fail(session, campaign, code, "deleted", NOW + HOUR)
    fail(session, campaign, "mot", "unavailable", NOW + 24 * HOUR, retry=True)
    assert reasons(session) == [
        ("Sở Mẫu Một", "campaign.trouble_unavailable"),
        ("Sở Mẫu Một", "campaign.trouble_deleted"),
        ("Sở Mẫu Hai", "campaign.trouble_deleted"),
        ("Sở Mẫu Một", "campaign.trouble_unavailable"),
    ]


def test_a_form_that_was_reached_and_fails_again_is_told_again(session: Session) -> None:
    campaign = with_officer(session)
    fail(session, campaign, "mot", "deleted")
    record_reached(form(session, unit(campaign, "mot")))
    fail(session, campaign, "mot", "deleted", NOW + HOUR)
    assert len(reasons(session)) == 2


def pauses(session: Session, reason: str, minutes: tuple[int, ...]) -> list[float]:
    """How many minutes the form of `mot` is left alone after each of the moments at which it failed."""
    campaign = collecting(session)
    mine, found = form(session, unit(campaign, "mot")), []
    for moment in (NOW + each * MINUTE for each in minutes):
        assert not left_alone(mine, moment)
        fail(session, campaign, "mot", reason, moment)
        assert mine.trouble_until
        found.append((mine.trouble_until - moment) / MINUTE)
    return found


@pytest.mark.parametrize("reason", ["quota", "unavailable", "credentials", "storage", "unexpected"])
def test_a_form_in_trouble_is_tried_again_soon_and_then_less_and_less_often(session: Session, reason: str) -> None:
    assert pauses(session, reason, (0, 1, 2, 4, 8, 16, 26, 600)) == [1, 1, 2, 4, 8, 10, 10, 10]


@pytest.mark.parametrize("reason", ["deleted", "forbidden", "in_bin"])
def test_a_form_that_is_out_of_reach_is_looked_for_every_ten_to_thirty_minutes(session: Session, reason: str) -> None:
    assert pauses(session, reason, (0, 10, 20, 40, 70, 600)) == [10, 10, 20, 30, 30, 30]


def test_a_form_that_was_reached_and_fails_again_is_tried_again_soon(session: Session) -> None:
    campaign = collecting(session)
    mine = form(session, unit(campaign, "mot"))
    for moment in (NOW, NOW + HOUR):
        fail(session, campaign, "mot", "quota", moment)
    record_reached(mine)
    fail(session, campaign, "mot", "quota", NOW + 2 * HOUR)
    assert mine.trouble_until == NOW + 2 * HOUR + MINUTE


@pytest.mark.parametrize("reason", ["deleted", "quota"])
def test_no_form_is_left_alone_beyond_the_deadline_of_its_unit(session: Session, reason: str) -> None:
    campaign, last_minute = collecting(session), at(10, 31, 23, 59) + timedelta(seconds=30)
    fail(session, campaign, "mot", reason, last_minute)
    assert form(session, unit(campaign, "mot")).trouble_until == at(11, 1, 0)
    fail(session, campaign, "mot", reason, at(11, 1, 0))
    assert left_alone(form(session, unit(campaign, "mot")), at(11, 1, 0))


def test_that_rights_cannot_be_changed_is_told_for_itself_and_leaves_the_reading_alone(session: Session) -> None:
    campaign = with_officer(session)
    mot = unit(campaign, "mot")
    for minutes in (0, 10):
        record_rights_trouble(session, mot, FormError("not_lockable", retry=False), now=NOW + minutes * MINUTE)
    mine = form(session, mot)
    assert (mine.trouble, left_alone(mine, NOW), mine.rights_until) == (None, False, NOW + 20 * MINUTE)
    assert rights_left_alone(mine, NOW + 19 * MINUTE)
    assert told(session, "reports.rights_trouble") == [
        (
            "Dung",
            {"unit": "Sở Mẫu Một", "reason": Text("campaign.trouble_not_lockable"), "url": "https://docs.example/mot"},
        )
    ]
    record_rights_changed(mine)
    assert (mine.rights_trouble, rights_left_alone(mine, NOW)) == (None, False)


def test_rights_that_wait_because_nobody_answers_are_tried_again_at_once(session: Session) -> None:
    campaign = with_officer(session)
    mot, hai, ba = campaign.units
    record_rights_trouble(session, mot, FormError("not_lockable", retry=False), now=NOW)
    record_untried(session, [mot.id, hai.id])
    session.expire_all()
    assert [form(session, each).rights_trouble for each in (mot, hai, ba)] == ["not_lockable", "unavailable", None]
    assert not rights_left_alone(form(session, hai), NOW)


def test_changes_are_listed_from_the_start_after_a_form_was_out_of_reach(session: Session) -> None:
    campaign = collecting(session)
    for reason, listed_at in (("quota", NOW), ("deleted", None)):
        campaign.forms_listed_at = NOW
        record_rights_trouble(session, unit(campaign, "mot"), FormError(reason, retry=False), now=NOW)
        record_rights_changed(form(session, unit(campaign, "mot")))
        assert campaign.forms_listed_at == listed_at


@pytest.mark.parametrize("reason", [*sorted(LASTING), "quota", "unavailable", "storage", "credentials", "unexpected"])
def test_every_reason_has_words_that_say_what_to_do(reason: str) -> None:
    assert all(";" in say(Text(f"campaign.trouble_{reason}"), language) for language in ("vi", "en"))


def test_the_error_of_a_form_says_its_reason_and_detail_in_the_log() -> None:
    assert [str(FormError("quota", retry=True)), str(FormError("quota", retry=True, detail="429"))] == [
        "quota",
        "quota: 429",
    ]
