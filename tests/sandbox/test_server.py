import contextlib
import signal
import subprocess
import sys
from pathlib import Path
from typing import Any

import httpx
import pytest

from sandbox.server import Sandbox
from tests.sandbox.world import MONDAY_MORNING, World, button

SERVES_UNTIL_KILLED = """
import sys, threading
from datetime import datetime
from pathlib import Path
from sandbox.server import Sandbox

with Sandbox(Path(sys.argv[1]), frozen_at=datetime.fromisoformat(sys.argv[2])) as sandbox:
    print(sandbox.url, flush=True)
    threading.Event().wait()
"""


def a_small_conversation(world: World) -> list[Any]:
    world.hoa_writes()
    world.bot("sendMessage", chat_id=5, text="Duyệt?", reply_markup=button("Có", callback_data="y"))
    query_id = world.post("people/5/press", message_id=2, button="Có")["callback_id"]
    world.bot("answerCallbackQuery", callback_query_id=query_id)
    file_id = world.send_file("sendDocument", "document", "a.txt", b"x")["document"]["file_id"]
    world.bot("getFile", file_id=file_id)
    return [world.get("messages"), world.get("people/5/messages"), world.bot("getUpdates")]


def test_the_same_requests_in_the_same_order_get_the_same_answers() -> None:
    seen = []
    for _ in range(2):
        with Sandbox(None, frozen_at=MONDAY_MORNING) as sandbox, httpx.Client(base_url=sandbox.url) as http:
            seen.append(a_small_conversation(World(sandbox, http)))
    assert seen[0] == seen[1]


def test_a_killed_server_goes_on_where_it_was(tmp_path: Path) -> None:
    path, key = tmp_path / "sandbox.db", {"Idempotency-Key": "hoa-1"}
    command = [sys.executable, "-c", SERVES_UNTIL_KILLED, str(path), MONDAY_MORNING.isoformat()]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        with httpx.Client(base_url=process.stdout.readline().strip(), trust_env=False) as http:
            http.post("/sandbox/people", json={"id": 5, "first_name": "Hoa"})
            http.post("/sandbox/clock", json={"advance": 60})
            http.post("/sandbox/faults", json={"service": "telegram", "method": "getMe", "status": 500})
            before = http.post("/sandbox/people/5/text", json={"start": "x"}, headers=key).json()
        process.kill()
        assert process.wait() == -signal.SIGKILL
    with Sandbox(path, frozen_at=MONDAY_MORNING) as sandbox, httpx.Client(base_url=sandbox.url) as http:
        world = World(sandbox, http)
        assert http.post("/sandbox/people/5/text", json={"start": "x"}, headers=key).json() == before
        assert world.get("clock")["now"] == "2026-03-02T01:01:00+00:00"
        assert [update["message"]["text"] for update in world.bot("getUpdates")] == ["/start x"]
        assert world.refusal("getMe") == "Internal Server Error"
        assert world.bot("sendMessage", chat_id=5, text="y")["message_id"] == 2


def test_an_idle_connection_does_not_hold_up_the_end() -> None:
    with httpx.Client() as http:
        with Sandbox(None, frozen_at=MONDAY_MORNING) as sandbox:
            assert http.get(f"{sandbox.url}/sandbox/clock").status_code == 200
        with pytest.raises(httpx.ConnectError):
            http.get(f"{sandbox.url}/sandbox/clock")


def test_a_taken_port_is_said_at_once() -> None:
    with Sandbox(None, frozen_at=MONDAY_MORNING) as sandbox:
        port = int(sandbox.url.rpartition(":")[2])
        with pytest.raises(OSError, match="Address already in use"):
            Sandbox(None, port=port)


def test_without_a_moment_the_clock_runs() -> None:
    with Sandbox(None) as sandbox, contextlib.closing(httpx.Client(base_url=sandbox.url)) as http:
        assert http.get("/sandbox/clock").json()["mode"] == "running"
