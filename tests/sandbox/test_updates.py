import threading
from typing import Any

import httpx
import pytest

from sandbox.server import Sandbox
from tests.sandbox.world import MONDAY_MORNING, World


def texts(updates: list[dict[str, Any]]) -> list[str]:
    return [update["message"]["text"] for update in updates]


OTHER_POLL = "terminated by other getUpdates request; make sure that only one bot instance is running"


class Poll:
    """A long poll in the background, under way once this is made."""

    def __init__(self, world: World) -> None:
        self._answers: list[dict[str, Any]] = []
        self._address = f"{world.sandbox.url}{world.api}/getUpdates"
        self._thread = threading.Thread(target=self._ask)
        self._thread.start()
        while not world.sandbox._app.state.polls._waiting:
            world.bot("getMe")

    def _ask(self) -> None:
        self._answers.append(httpx.get(self._address, params={"timeout": 30}, timeout=40, trust_env=False).json())

    def answer(self) -> dict[str, Any]:
        self._thread.join()
        return self._answers[0]


def test_updates_come_in_order_until_they_are_confirmed(world: World) -> None:
    for text in ("một", "hai", "ba"):
        world.post("people/5/text", text=text)
    first = world.bot("getUpdates")
    assert texts(first) == ["một", "hai", "ba"]
    assert world.bot("getUpdates") == first
    assert texts(world.bot("getUpdates", offset=first[0]["update_id"] + 1)) == ["hai", "ba"]
    assert texts(world.bot("getUpdates")) == ["hai", "ba"]


def test_a_limit_cuts_and_a_negative_offset_counts_from_the_end(world: World) -> None:
    for text in ("một", "hai", "ba"):
        world.post("people/5/text", text=text)
    assert texts(world.bot("getUpdates", limit=2)) == ["một", "hai"]
    assert texts(world.bot("getUpdates", offset=-1)) == ["ba"]
    assert texts(world.bot("getUpdates")) == ["ba"]
    assert texts(world.bot("getUpdates", offset=-9)) == ["ba"]


def test_an_update_waits_24_hours_of_the_sandboxs_time(world: World) -> None:
    world.post("people/5/text", text="một")
    world.advance(24 * 60 * 60)
    assert texts(world.bot("getUpdates")) == ["một"]
    world.advance(1)
    assert world.bot("getUpdates") == []


def test_allowed_updates_hold_for_what_comes_later(world: World) -> None:
    world.post("people/5/text", text="một")
    assert texts(world.bot("getUpdates", allowed_updates=["callback_query"])) == ["một"]
    world.post("people/5/text", text="hai")
    assert texts(world.bot("getUpdates", allowed_updates=[])) == ["một"]
    world.post("people/5/text", text="ba")
    assert texts(world.bot("getUpdates")) == ["một", "ba"]


def test_a_long_poll_answers_as_soon_as_somebody_writes(world: World) -> None:
    poll = Poll(world)
    world.post("people/5/text", text="một")
    assert texts(poll.answer()["result"]) == ["một"]


def test_a_long_poll_ends_with_nothing_after_its_time(world: World) -> None:
    assert world.bot("getUpdates", timeout=1) == []


def test_a_second_poller_displaces_the_first(world: World) -> None:
    poll = Poll(world)
    assert world.bot("getUpdates") == []
    assert poll.answer() == {
        "ok": False,
        "error_code": 409,
        "description": f"Conflict: {OTHER_POLL}",
    }


def test_setting_a_webhook_ends_a_poll(world: World) -> None:
    poll = Poll(world)
    world.bot("setWebhook", url="https://bot.test/hook")
    assert poll.answer()["description"] == "Conflict: terminated by setWebhook request"


def test_closing_the_sandbox_ends_a_poll_with_nothing() -> None:
    with Sandbox(None, frozen_at=MONDAY_MORNING) as sandbox, httpx.Client(base_url=sandbox.url) as http:
        poll = Poll(World(sandbox, http))
    assert poll.answer() == {"ok": True, "result": []}


@pytest.mark.parametrize(
    ("parameters", "flaw"),
    [
        ({"timeout": -1}, 'can\'t parse parameter "timeout": Input should be greater than or equal to 0'),
        ({"allowed_updates": "message"}, "can't parse JSON object"),
        (
            {"offset": "x"},
            'can\'t parse parameter "offset": Input should be a valid integer, unable to parse string as an integer',
        ),
    ],
)
def test_wrong_parameters_are_refused(world: World, parameters: dict[str, Any], flaw: str) -> None:
    assert world.refusal("getUpdates", **parameters) == f"Bad Request: {flaw}"


def test_each_bot_has_its_own_updates(world: World) -> None:
    token = "7000000002:AAF-another-sandbox-token-012345678"
    world.post("bots", token=token, username="another_bot", first_name="Khác")
    world.post("people/5/text", text="một", bot="another_bot")
    assert world.bot("getUpdates") == []
    other = world.http.get(f"/telegram/bot{token}/getUpdates").json()["result"]
    assert texts(other) == ["một"]
    assert other[0]["update_id"] == 1
