import json
import socket
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from queue import SimpleQueue
from typing import Any

import pytest

from tests.sandbox.world import World


class Listener:
    """A bot's own web server: notes each update with its secret, and answers as it is told."""

    def __init__(self) -> None:
        self.heard: SimpleQueue[tuple[str | None, dict[str, Any]]] = SimpleQueue()
        self.statuses: list[int] = []
        noted = self

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                body = self.rfile.read(int(self.headers["content-length"]))
                status = noted.statuses.pop(0) if noted.statuses else 200
                self.send_response(status)
                self.end_headers()
                noted.heard.put((self.headers["x-telegram-bot-api-secret-token"], json.loads(body)))

            def log_message(self, *_: object) -> None:
                """Say nothing."""

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.url = f"http://127.0.0.1:{self.server.server_port}/hook"


@pytest.fixture
def listener() -> Iterator[Listener]:
    listening = Listener()
    thread = threading.Thread(target=listening.server.serve_forever, args=(0.02,))
    thread.start()
    yield listening
    listening.server.shutdown()
    listening.server.server_close()
    thread.join()


def test_updates_are_posted_with_the_secret_in_order(world: World, listener: Listener) -> None:
    world.post("people/5/text", text="trước")
    world.bot("setWebhook", url=listener.url, secret_token="bi-mat_1")
    world.post("people/5/text", text="sau")
    heard = [listener.heard.get(timeout=5) for _ in range(2)]
    assert [(secret, update["message"]["text"]) for secret, update in heard] == [
        ("bi-mat_1", "trước"),
        ("bi-mat_1", "sau"),
    ]


def test_an_update_that_was_not_taken_is_posted_again(world: World, listener: Listener) -> None:
    listener.statuses = [500]
    world.bot("setWebhook", url=listener.url)
    world.post("people/5/text", text="x")
    assert listener.heard.get(timeout=5) == listener.heard.get(timeout=5)
    info = world.bot("getWebhookInfo")
    assert info["last_error_message"] == "Wrong response from the webhook: 500 Internal Server Error"


def test_a_bot_that_does_not_listen_is_noted_and_keeps_its_updates(world: World) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        closed = taken.getsockname()[1]
    world.bot("setWebhook", url=f"http://127.0.0.1:{closed}/hook")
    world.post("people/5/text", text="x")
    info = world.bot("getWebhookInfo")
    while "last_error_message" not in info:
        info = world.bot("getWebhookInfo")
    assert (info["last_error_message"], info["pending_update_count"]) == ("Connection failed: ConnectError", 1)


def test_getupdates_and_a_webhook_exclude_each_other(world: World, listener: Listener) -> None:
    world.bot("setWebhook", url=listener.url)
    assert world.refusal("getUpdates") == (
        "Conflict: can't use getUpdates method while webhook is active; use deleteWebhook to delete the webhook first"
    )
    world.bot("deleteWebhook")
    world.post("people/5/text", text="x")
    assert len(world.bot("getUpdates")) == 1


def test_webhook_info_tells_what_is_set_and_keeps_the_secret(world: World) -> None:
    nothing = {"url": "", "has_custom_certificate": False, "pending_update_count": 0}
    assert world.bot("getWebhookInfo") == nothing
    world.bot("setWebhook", url="https://bot.test/hook", secret_token="x", allowed_updates=["message"])
    assert world.bot("getWebhookInfo") == {
        "url": "https://bot.test/hook",
        "max_connections": 40,
        "has_custom_certificate": False,
        "pending_update_count": 0,
        "allowed_updates": ["message"],
    }
    world.bot("setWebhook", url="", allowed_updates=[])
    assert world.bot("getWebhookInfo")["url"] == ""


def test_pending_updates_can_be_dropped(world: World) -> None:
    world.post("people/5/text", text="x")
    world.bot("deleteWebhook", drop_pending_updates=True)
    assert world.bot("getUpdates") == []
    world.post("people/5/text", text="y")
    world.bot("setWebhook", url="https://bot.test/hook", drop_pending_updates=True)
    assert world.bot("getWebhookInfo")["pending_update_count"] == 0


@pytest.mark.parametrize("url", ["http://bot.test/hook", "bot.test", "ftp://127.0.0.1/"])
def test_an_address_that_telegram_would_not_post_to_is_refused(world: World, url: str) -> None:
    refusal = world.refusal("setWebhook", url=url)
    assert refusal == "Bad Request: bad webhook: An HTTPS URL must be provided for webhook"


def test_a_secret_has_only_plain_characters(world: World) -> None:
    assert world.refusal("setWebhook", url="https://bot.test", secret_token="bí mật").startswith("Bad Request: ")
