"""Forms that cannot be reached."""

from datetime import datetime, timedelta

import pytest
from sqlalchemy.orm import Session

from campaign.models import Campaign
from campaign.ports import FormError
from campaign.roles import Role
from campaign.trouble import CHECK_AGAIN_AFTER, RETRY_AFTER, record_reached, record_trouble
from tests.campaign.world import actions, at, collecting, form, join, told, unit
from words import Text, say

NOW = at(10, 20)
HOUR = timedelta(hours=1)


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


@pytest.mark.parametrize(
    ("reason", "pause"),
    [
        ("deleted", CHECK_AGAIN_AFTER),
        ("forbidden", CHECK_AGAIN_AFTER),
        ("quota", RETRY_AFTER),
        ("unavailable", RETRY_AFTER),
        ("credentials", RETRY_AFTER),  # whoever mends the account must not wait until tomorrow
        ("storage", RETRY_AFTER),
        ("unexpected", RETRY_AFTER),
    ],
)
def test_a_lost_form_is_looked_for_once_a_day_and_everything_else_soon(
    session: Session, reason: str, pause: timedelta
) -> None:
    campaign = collecting(session)
    fail(session, campaign, "mot", reason)
    mine = form(session, unit(campaign, "mot"))
    assert (mine.trouble, mine.trouble_until) == (reason, NOW + pause)


def test_a_form_that_could_not_be_made_is_tried_again_soon_whatever_the_reason(session: Session) -> None:
    campaign = collecting(session)
    form(session, unit(campaign, "mot")).issued_at = None
    fail(session, campaign, "mot", "forbidden")
    assert form(session, unit(campaign, "mot")).trouble_until == NOW + RETRY_AFTER


@pytest.mark.parametrize(
    "reason", ["deleted", "forbidden", "quota", "unavailable", "storage", "credentials", "unexpected"]
)
def test_every_reason_has_words_that_say_what_to_do(reason: str) -> None:
    assert all(";" in say(Text(f"campaign.trouble_{reason}"), language) for language in ("vi", "en"))


def test_the_error_of_a_form_says_its_reason_and_detail_in_the_log() -> None:
    assert [str(FormError("quota", retry=True)), str(FormError("quota", retry=True, detail="429"))] == [
        "quota",
        "quota: 429",
    ]
