"""Telegram's limits, on the sandbox's clock."""

from tests.sandbox.world import World


def test_a_persons_chat_takes_five_at_once_then_one_a_second(world: World) -> None:
    for _ in range(5):
        world.bot("sendMessage", chat_id=5, text="x")
    refused = world.http.post(f"{world.api}/sendMessage", json={"chat_id": 5, "text": "x"})
    assert refused.status_code == 429
    assert refused.json() == {
        "ok": False,
        "error_code": 429,
        "description": "Too Many Requests: retry after 1",
        "parameters": {"retry_after": 1},
    }
    world.advance(1)
    world.bot("sendMessage", chat_id=5, text="x")
    assert world.refusal("sendMessage", chat_id=5, text="x") == "Too Many Requests: retry after 1"


def test_a_quiet_minute_gives_the_whole_burst_back_and_no_more(world: World) -> None:
    for _ in range(2):
        for _ in range(5):
            world.bot("sendMessage", chat_id=5, text="x")
        assert world.refusal("sendMessage", chat_id=5, text="x").startswith("Too Many Requests")
        world.advance(60)


def test_a_bot_sends_30_messages_a_second(world: World) -> None:
    for person in range(10, 41):
        world.post("people", id=person, first_name="Đầu mối")
        world.post(f"people/{person}/text", text="/start")
    for person in range(10, 40):
        world.bot("sendMessage", chat_id=person, text="x")
    assert world.refusal("sendMessage", chat_id=40, text="x") == "Too Many Requests: retry after 1"
    world.advance(1)
    world.bot("sendMessage", chat_id=40, text="x")


def test_a_group_takes_20_messages_a_minute(world: World) -> None:
    world.post("groups", id=-77, title="Tổ thẩm định")
    for _ in range(20):
        world.bot("sendMessage", chat_id=-77, text="x")
    assert world.refusal("sendMessage", chat_id=-77, text="x") == "Too Many Requests: retry after 3"
    world.advance(3)
    world.bot("sendMessage", chat_id=-77, text="x")


def test_edits_and_answers_are_not_counted(world: World) -> None:
    for _ in range(5):
        world.bot("sendMessage", chat_id=5, text="x")
    for number in range(20):
        world.bot("editMessageText", chat_id=5, message_id=2, text=f"{number}")


def test_a_refused_message_does_not_count(world: World) -> None:
    for _ in range(10):
        world.refusal("sendMessage", chat_id=5, text="")
    for _ in range(5):
        world.bot("sendMessage", chat_id=5, text="x")
