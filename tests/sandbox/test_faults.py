import httpx
import pytest

from sandbox.faults import take
from tests.sandbox.world import World


@pytest.mark.parametrize(
    ("status", "description"),
    [
        (400, "Bad Request: chat not found"),
        (403, "Forbidden: bot was blocked by the user"),
        (404, "Not Found"),
        (
            409,
            "Conflict: terminated by other getUpdates request; make sure that only one bot instance is running",
        ),
        (429, "Too Many Requests: retry after 1"),
        (500, "Internal Server Error"),
        (503, "Service Unavailable"),
        (599, "Internal Server Error"),
    ],
)
def test_a_refusal_is_answered_in_telegrams_words_and_nothing_is_done(
    world: World, status: int, description: str
) -> None:
    world.post("faults", service="telegram", status=status)
    answer = world.http.post(f"{world.api}/sendMessage", json={"chat_id": 5, "text": "x"})
    assert (answer.status_code, answer.json()["description"]) == (status, description)
    assert world.get("messages") == []


def test_retry_after_is_as_ordered(world: World) -> None:
    world.post("faults", service="telegram", status=429, retry_after=17)
    answer = world.http.post(f"{world.api}/sendMessage", json={"chat_id": 5, "text": "x"})
    assert answer.json()["parameters"] == {"retry_after": 17}


def test_a_fault_is_used_up_after_its_times_and_the_oldest_comes_first(world: World) -> None:
    world.post("faults", service="telegram", status=500, times=2)
    world.post("faults", service="telegram", status=503)
    answers = [world.http.get(f"{world.api}/getMe").status_code for _ in range(4)]
    assert answers == [500, 500, 503, 200]
    assert world.get("faults") == []


def test_a_fault_waits_for_its_method_and_its_chat(world: World) -> None:
    order = {"service": "telegram", "method": "sendmessage", "status": 500, "chat": 6}
    kept = world.post("faults", **order)
    world.bot("getMe")
    world.bot("sendMessage", chat_id=5, text="x")
    assert world.get("faults") == [kept]
    assert world.refusal("sendMessage", chat_id="6", text="x") == "Internal Server Error"


def test_a_lost_answer_was_done_all_the_same(world: World) -> None:
    world.post("faults", service="telegram", method="sendMessage", effect="lose")
    with pytest.raises(httpx.RemoteProtocolError):
        world.http.post(f"{world.api}/sendMessage", json={"chat_id": 5, "text": "x"})
    world.post("faults", service="telegram", method="sendMessage", effect="lose", status=502)
    assert world.refusal("sendMessage", chat_id=5, text="y") == "Bad Gateway"
    assert [entry["text"] for entry in world.get("messages")] == ["x", "y"]


def test_a_call_that_would_be_refused_is_refused_instead_of_lost(world: World) -> None:
    world.post("faults", service="telegram", method="sendMessage", effect="lose")
    assert world.refusal("sendMessage", chat_id=5) == "Bad Request: message text is empty"


def test_a_hanging_call_does_nothing_until_the_client_gives_up(world: World) -> None:
    world.post("faults", service="telegram", method="sendMessage", effect="hang")
    with pytest.raises(httpx.ReadTimeout):
        world.http.post(f"{world.api}/sendMessage", json={"chat_id": 5, "text": "x"}, timeout=0.2)
    assert world.get("messages") == []
    assert world.bot("sendMessage", chat_id=5, text="x")["message_id"] == 2


def test_a_download_can_fail_too(world: World) -> None:
    path = "documents/file_1.txt"
    world.send_file("sendDocument", "document", "a.txt", b"x")
    world.post("faults", service="telegram", method="download", status=503)
    answers = [world.http.get(f"/telegram/file/bot{world.sandbox.token}/{path}").status_code for _ in range(2)]
    assert answers == [503, 200]


def test_faults_can_be_taken_back(world: World) -> None:
    world.post("faults", service="telegram", status=500, times=9)
    world.post("faults", service="drive", method="files.list", status=429)
    assert world.http.delete("/sandbox/faults").json() == {"forgotten": 2}
    assert world.bot("getMe")["id"] == 7000000001


def test_faults_of_other_services_leave_telegram_alone(world: World) -> None:
    world.post("faults", service="sheets", status=500, file="sheet-1")
    world.bot("getMe")
    store = world.sandbox.store
    assert take(store, "sheets", "values.batchGet", "sheet-2") is None
    fault = take(store, "sheets", "values.batchGet", "sheet-1")
    assert fault is not None
    assert (fault.effect, fault.status, fault.retry_after) == ("refuse", 500, None)


@pytest.mark.parametrize(
    ("order", "error"),
    [
        ({"service": "telegram"}, 'Value error, the effect "refuse" needs a "status"'),
        ({"service": "zalo", "status": 500}, "service: Input should be 'telegram', 'sheets', 'drive' or 'token'"),
        ({"service": "telegram", "status": 200}, "status: Input should be greater than or equal to 400"),
        ({"service": "telegram", "status": 500, "times": 0}, "times: Input should be greater than or equal to 1"),
        (
            {"service": "telegram", "status": 500, "file": "x"},
            'Value error, "file" is for Google; for Telegram filter by "chat"',
        ),
        (
            {"service": "drive", "status": 500, "chat": 5},
            'Value error, "chat" is for Telegram; for Google filter by "file"',
        ),
    ],
)
def test_a_fault_that_makes_no_sense_is_refused(world: World, order: dict[str, object], error: str) -> None:
    assert world.refused("faults", **order) == (400, error)
