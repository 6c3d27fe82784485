"""The outbox: what is decided goes out once, in order, at the pace, and what may have arrived is never repeated."""

from collections.abc import Iterable
from datetime import datetime, timedelta
from itertools import pairwise

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from campaign import outbox
from campaign.database import Database
from campaign.delivery_states import DeliveryState
from campaign.models import Address, OutboxRow
from campaign.outbox import Wait, addresses_of, claim, enqueue
from campaign.people import meet
from campaign.roles import Role
from tests.campaign.world import at, draft, join, unit

START = at(10, 1)
SECOND = timedelta(seconds=1)


def chat(session: Session, name: str = "Hoa") -> Address:
    return meet(session, "telegram", name, name=name, language="vi")


def decide(session: Session, address: Address, *keys: str, now: datetime = START) -> None:
    for key in keys:
        enqueue(session, address, "bot.answer", key=key, now=now)


def claimed(session: Session, now: datetime = START) -> OutboxRow:
    row = claim(session, now)
    assert isinstance(row, OutboxRow)
    return row


def states(session: Session) -> dict[str, str]:
    session.flush()
    rows = select(OutboxRow.key, OutboxRow.state).order_by(OutboxRow.id)
    return {key: str(state) for key, state in session.execute(rows)}


def sent_in_order(session: Session, moments: Iterable[datetime]) -> list[str]:
    """Claim and send at each of the moments; return the keys of what went out."""
    keys = []
    for moment in moments:
        row = claim(session, moment)
        if isinstance(row, OutboxRow):
            outbox.record_sent(session, row.id, "1")
            keys.append(row.key)
    return keys


def test_one_key_decides_one_message(session: Session) -> None:
    hoa = chat(session)
    enqueue(session, hoa, "bot.answer", key="once", now=START, n=1)
    enqueue(session, hoa, "bot.answer", key="once", now=START, n=2)
    assert [row.facts for row in session.scalars(select(OutboxRow))] == [{"n": 1}]


def test_a_dead_address_is_sent_nothing_until_it_lives_again(session: Session) -> None:
    hoa = chat(session)
    hoa.dead_since = START
    decide(session, hoa, "lost")
    assert chat(session) is hoa
    decide(session, hoa, "came back")
    assert states(session) == {"came back": "waiting"}


def test_a_claimed_message_is_on_its_way_and_nobody_else_gets_it(session: Session) -> None:
    decide(session, chat(session), "only")
    row = claimed(session)
    assert (row.key, row.state, row.claimed_at, row.attempts) == ("only", DeliveryState.SENDING, START, 1)
    assert [claim(session, START), claim(session, START + SECOND)] == [None, None]


def test_what_was_decided_for_later_waits_for_its_time_and_is_in_nobodys_way(session: Session) -> None:
    hoa = chat(session)
    enqueue(session, hoa, "bot.answer", key="later", now=START, not_before=START + timedelta(minutes=1))
    decide(session, hoa, "now")
    assert sent_in_order(session, [START, START + 59 * SECOND, START + 60 * SECOND]) == ["now", "later"]


def test_messages_to_one_address_keep_their_order_and_go_a_second_apart(session: Session) -> None:
    decide(session, chat(session), "first", "second")
    assert claimed(session).key == "first"
    outbox.record_sent(session, 1, "1")
    assert claim(session, START + timedelta(milliseconds=400)) == Wait(START + SECOND)
    assert claimed(session, START + SECOND).key == "second"


def test_a_message_still_on_its_way_holds_back_the_next_to_the_same_address(session: Session) -> None:
    hoa, binh = chat(session), chat(session, "Bình")
    decide(session, hoa, "hoa 1", "hoa 2")
    decide(session, binh, "binh 1")
    assert claimed(session).key == "hoa 1"
    assert claimed(session).key == "binh 1"
    assert claim(session, START + 5 * SECOND) is None


def test_a_message_that_is_tried_again_keeps_its_place_before_later_ones(session: Session) -> None:
    decide(session, chat(session), "picture", "result")
    outbox.record_retry(session, claimed(session).id, "RetryAfter", not_before=START + 7 * SECOND)
    assert [claim(session, START + 2 * SECOND), claim(session, START + 6 * SECOND)] == [None, None]
    assert sent_in_order(session, [START + 7 * SECOND, START + 8 * SECOND]) == ["picture", "result"]


def test_over_all_chats_25_messages_go_in_a_second(session: Session) -> None:
    for number in range(60):
        decide(session, chat(session, f"chat {number}"), f"message {number}")
    sent: list[datetime] = []
    now = START
    while (found := claim(session, now)) is not None:
        if isinstance(found, Wait):
            now = found.until
        else:
            sent.append(now)
    assert sent == [START] * 25 + [START + SECOND] * 25 + [START + 2 * SECOND] * 10


def test_the_pace_is_read_from_the_rows_and_so_survives_a_restart(database: Database) -> None:
    with database.transaction() as session:
        for number in range(26):
            decide(session, chat(session, f"chat {number}"), f"message {number}")
        decide(session, chat(session, "chat 0"), "second to chat 0")
    for _ in range(25):
        with database.transaction() as session:
            outbox.record_sent(session, claimed(session).id, "1")
    restarted = Database(database.engine.url.render_as_string(hide_password=False))
    with restarted.transaction() as session:
        assert claim(session, START + timedelta(milliseconds=999)) == Wait(START + SECOND)
        assert sent_in_order(session, [START + SECOND]) == ["message 25"]
    with restarted.transaction() as session:
        assert sent_in_order(session, [START + SECOND]) == ["second to chat 0"]
    restarted.close()


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=15, deadline=None)
@given(st.lists(st.integers(0, 3), min_size=1, max_size=12), st.lists(st.integers(0, 1500), min_size=1, max_size=30))
def test_whenever_claims_come_no_chat_gets_two_in_a_second_or_out_of_order(
    session: Session, chats: list[int], pauses: list[int]
) -> None:
    session.execute(delete(OutboxRow))
    for place, number in enumerate(chats):
        decide(session, chat(session, f"chat {number}"), f"{number}:{place:02}")
    now, went = START, []
    for pause in pauses:
        now += timedelta(milliseconds=pause)
        went += [(key.partition(":")[0], key, now) for key in sent_in_order(session, [now])]
    for name in {each[0] for each in went}:
        keys = [key for chat_name, key, _ in went if chat_name == name]
        moments = [moment for chat_name, _, moment in went if chat_name == name]
        assert keys == sorted(keys)
        assert all(later - earlier >= SECOND for earlier, later in pairwise(moments))


def test_a_message_that_may_have_arrived_is_never_sent_again(session: Session) -> None:
    decide(session, chat(session), "doubtful")
    outbox.record_uncertain(session, claimed(session).id, "TimedOut")
    assert claim(session, START + timedelta(days=30)) is None
    row = session.scalars(select(OutboxRow)).one()
    assert (row.state, row.error, row.attempts) == (DeliveryState.UNCERTAIN, "TimedOut", 1)


def test_a_message_that_certainly_did_not_arrive_goes_again(session: Session) -> None:
    decide(session, chat(session), "refused for now")
    outbox.record_retry(session, claimed(session).id, "ConnectError", not_before=START + 2 * SECOND)
    assert claim(session, START + SECOND) is None
    again = claimed(session, START + 2 * SECOND)
    outbox.record_sent(session, again.id, "77")
    assert (again.attempts, again.state, again.reference, again.error) == (2, DeliveryState.SENT, "77", None)


def test_a_message_refused_for_good_fails_alone(session: Session) -> None:
    decide(session, chat(session), "bad", "good")
    outbox.record_failed(session, claimed(session).id, "BadRequest")
    assert sent_in_order(session, [START + SECOND]) == ["good"]
    assert states(session) == {"bad": "failed", "good": "sent"}


def test_what_waits_for_an_address_that_died_is_taken_back(session: Session) -> None:
    hoa, binh = chat(session), chat(session, "Bình")
    decide(session, hoa, "hoa 1", "hoa 2")
    decide(session, binh, "binh")
    outbox.record_failed(session, claimed(session).id, "Forbidden", dead_since=START)
    assert hoa.dead_since == START
    assert states(session) == {"hoa 1": "failed", "hoa 2": "cancelled", "binh": "waiting"}


def test_only_what_still_waits_can_be_taken_back(session: Session) -> None:
    decide(session, chat(session), "reminder:1:7", "reminder:1:3", "reminder:12:7", "receipt:1")
    claimed(session)
    outbox.cancel(session, "reminder:1:")
    assert states(session) == {
        "reminder:1:7": "sending",
        "reminder:1:3": "cancelled",
        "reminder:12:7": "waiting",
        "receipt:1": "waiting",
    }


def test_what_was_claimed_and_never_recorded_becomes_uncertain_after_two_minutes(session: Session) -> None:
    decide(session, chat(session), "crashed")
    decide(session, chat(session, "Bình"), "waits")
    claimed(session)
    assert outbox.give_up_claims(session, START + timedelta(seconds=119)) == 0
    assert outbox.give_up_claims(session, START + timedelta(seconds=120)) == 1
    assert states(session) == {"crashed": "uncertain", "waits": "waiting"}


def test_at_a_start_whatever_is_claimed_is_given_up_at_once(session: Session) -> None:
    decide(session, chat(session), "crashed")
    claimed(session)
    assert outbox.give_up_claims(session, START, older_than=timedelta(0)) == 1
    session.expire_all()
    assert session.scalars(select(OutboxRow.error)).one() == "interrupted"


def test_marked_as_sent_only_once_the_channel_has_taken_it(session: Session) -> None:
    decide(session, chat(session), "message")
    row = claimed(session)
    assert (row.state, row.reference) == (DeliveryState.SENDING, None)
    outbox.record_sent(session, row.id, "4711")
    assert (row.state, row.reference) == (DeliveryState.SENT, "4711")


def test_everybody_with_a_role_is_reached_once_at_their_first_living_address(session: Session) -> None:
    campaign = draft(session)
    hoa = join(session, campaign, Role.CONTACT, "Hoa", "mot")
    second = Address(channel="telegram", value="Hoa, máy thứ hai", person_id=hoa.person_id)
    session.add(second)
    binh = join(session, campaign, Role.CONTACT, "Bình", "mot")
    join(session, campaign, Role.CONTACT, "Cúc", "hai")
    join(session, campaign, Role.OFFICER, "Dung")
    mot = unit(campaign, "mot").id
    assert addresses_of(session, campaign, Role.CONTACT, mot) == [hoa, binh]
    hoa.dead_since = START
    assert addresses_of(session, campaign, Role.CONTACT, mot) == [second, binh]


@pytest.mark.parametrize("unknown", [Role.LEADER, Role.OFFICER])
def test_nobody_is_reached_where_nobody_has_the_role(session: Session, unknown: Role) -> None:
    assert addresses_of(session, draft(session), unknown) == []
