"""The bot over real HTTP against the sandbox, with a real database, and short words for what people do to it."""

import asyncio
from collections.abc import Callable, Coroutine, Mapping, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from threading import Event
from typing import Any, TypeVar

import httpx
from sqlalchemy.orm import Session

from bot.telegram import TelegramBot
from campaign.database import Database
from campaign.models import Address, OutboxRow, RawUpdate
from campaign.outbox import enqueue
from campaign.people import meet
from campaign.ports import (
    Changes,
    FolderFile,
    FormError,
    FormFiles,
    FormNotes,
    FormOf,
    FormOrder,
    FormReading,
    IssuedForm,
    Pace,
)
from sandbox.server import Sandbox
from scoring import Regulation
from words import Text

OPENING_DAY = datetime(2026, 9, 15, 1, 0, tzinfo=UTC)  # 08:00 in Việt Nam

T = TypeVar("T")


@dataclass(frozen=True)
class SandboxClock:
    """The sandbox's clock as the product's: sleeping moves it, and nobody waits. `meanwhile` happens during a sleep."""

    sandbox: Sandbox
    slept: list[float] = field(default_factory=list)
    meanwhile: list[Callable[[], object]] = field(default_factory=list)

    def now(self) -> datetime:
        return self.sandbox.clock.now()

    async def sleep(self, seconds: float) -> None:
        self.slept.append(seconds)
        self.sandbox.clock.advance(seconds)
        while self.meanwhile:
            self.meanwhile.pop()()


@dataclass
class PaperForms:
    """Forms that lie on the table: what each holds, or why it cannot be read; and beside them the units' folders.

    A form in `slow` comes only when its event happens.
    """

    held: dict[str, FormReading | FormError] = field(default_factory=dict)
    folders: dict[str, tuple[FolderFile, ...] | FormError] = field(default_factory=dict)
    pace: Pace = field(default_factory=lambda: Pace(forms_a_minute=600, at_once=1))
    times_read: int = 0
    slow: dict[str, Event] = field(default_factory=dict)

    def issue(self, order: FormOrder) -> IssuedForm:
        return IssuedForm(order.key, f"https://docs.google.com/spreadsheets/d/{order.key}")

    def changes(self, since: datetime | None) -> Changes:  # noqa: ARG002 - the port's signature
        return Changes()

    def folder_files(self, folder_id: str) -> tuple[FolderFile, ...]:
        held = self.folders[folder_id]
        if isinstance(held, FormError):
            raise held
        return held

    def read(self, file_id: str, key: str, regulation: Regulation, group: str) -> FormReading:  # noqa: ARG002 - the port's signature
        self.times_read += 1
        if file_id in self.slow:
            assert self.slow[file_id].wait(10), "nobody let the form come"
        held = self.held[file_id]
        if isinstance(held, FormError):
            raise held
        return held

    def annotate(self, file_id: str, notes: FormNotes, reading: FormReading, *, untick: bool) -> None:
        """Nobody writes on paper."""

    def lock(self, file_id: str) -> None:
        """Paper has no lock."""

    def unlock(self, file_id: str) -> None:
        """Paper has no lock."""

    def file_id_in(self, link: str) -> str | None:  # noqa: ARG002 - the port's signature
        return None


@dataclass
class PaperFiles:
    """Forms as files that say whose they are, and hold what was put into them."""

    held: dict[bytes, FormReading] = field(default_factory=dict)
    opened: int = 0

    def write(self, order: FormOrder) -> bytes:
        return order.key.encode()

    def fill_in(self, key: str, reading: FormReading) -> bytes:
        """The form of that key with these answers, as a file."""
        content = f"{key} {len(self.held)}".encode()
        self.held[content] = reading
        return content

    def read(self, content: bytes, forms: Sequence[FormOf]) -> tuple[FormReading | Text, ...]:
        self.opened += 1
        return tuple(self._read(content, form.key) for form in forms)

    def _read(self, content: bytes, key: str) -> FormReading | Text:
        if content not in self.held:
            return Text("forms.file_no_form")
        issued_as = content.decode().partition(" ")[0]
        if issued_as != key:
            return Text("forms.other_unit", found=issued_as, wanted=key)
        return self.held[content]


@dataclass
class World:
    """Everything that runs, and the hands of the people in it."""

    sandbox: Sandbox
    http: httpx.Client
    database: Database
    forms: PaperForms
    files: FormFiles
    clock: SandboxClock
    bot: TelegramBot
    runner: asyncio.Runner

    def run(self, work: Coroutine[Any, Any, T]) -> T:
        return self.runner.run(work)

    def transaction(self) -> AbstractContextManager[Session]:
        return self.database.transaction()

    def post(self, path: str, **fields: Any) -> Any:  # noqa: ANN401 - any JSON value
        answer = self.http.post(f"/sandbox/{path}", json=fields)
        assert answer.status_code == 200, answer.text
        return answer.json()

    def person(self, number: int, first_name: str, **names: str) -> None:
        """Somebody who has opened the bot; the bot has answered and the answer is not looked at."""
        self.post("people", id=number, first_name=first_name, **names)
        self.write(number, "/start")

    def write(self, number: int, text: str, **where: int) -> list[str]:
        """The person writes; return the texts that come back."""
        return self._answers(number, f"people/{number}/text", text=text, **where)

    def open_link(self, number: int, token: str) -> list[str]:
        """The person opens an invitation link."""
        return self._answers(number, f"people/{number}/text", start=token)

    def upload(self, number: int, name: str, content: bytes, caption: str = "") -> list[str]:
        """The person sends a file; return the texts that come back."""
        self.send_file(number, name, content, caption)
        return self._settled(number)

    def send_file(self, number: int, name: str, content: bytes, caption: str = "") -> None:
        """The person sends a file, and nobody looks at it yet."""
        answer = self.http.post(
            f"/sandbox/people/{number}/upload", data={"caption": caption}, files={"file": (name, content)}
        )
        assert answer.status_code == 200, answer.text

    def press(self, number: int, button: str) -> list[str]:
        """The person presses a button of the last message that has one of that name."""
        with_it = [each for each in self.messages(number) if button in labels(each)]
        return self._answers(number, f"people/{number}/press", message_id=with_it[-1]["message_id"], button=button)

    def press_data(self, number: int, data: str) -> list[str]:
        """A press that no button offers (any more), as a changed client may send it."""
        query = {"id": "1", "from": self._user(number), "chat_instance": "1", "data": data}
        message = {"message_id": 1, "date": 0, "chat": {"id": number, "type": "private", "first_name": "x"}}
        return self.receive(number, {"callback_query": {**query, "message": message}})

    def receive(self, number: int, update: Mapping[str, Any]) -> list[str]:
        """An update that the sandbox's people cannot make; return the texts that come back to the person."""
        return self.receive_together(number, [update])

    def receive_together(self, number: int, updates: Sequence[Mapping[str, Any]]) -> list[str]:
        """Updates that are all there before the first of them is handled."""
        seen = len(self.messages(number))
        for update in updates:
            self.lay_in(update)
        self.settle()
        return [said(each) for each in self.messages(number)[seen:]]

    def lay_in(self, update: Mapping[str, Any]) -> None:
        """An update that has come, and that nobody looks at yet."""
        with self.transaction() as session:
            update_id = 1_000_000 + session.query(RawUpdate).count()
            session.add(
                RawUpdate(update_id=update_id, body={"update_id": update_id, **update}, received_at=self.clock.now())
            )

    def _answers(self, number: int, path: str, **fields: Any) -> list[str]:  # noqa: ANN401 - any JSON value
        self.post(path, **fields)
        return self._settled(number)

    def _settled(self, number: int) -> list[str]:
        seen = len(self.messages(number))
        self.settle()
        return [said(each) for each in self.messages(number)[seen:] if each["direction"] == "out"]

    def fault(self, method: str, **order: Any) -> None:  # noqa: ANN401 - any JSON value
        """Order a fault of Telegram for the next call of the method."""
        self.post("faults", service="telegram", method=method, **order)

    def settle(self) -> None:
        """Fetch, handle and deliver everything there is."""
        self.run(self.bot.poll(0))
        self.run(self.bot.handle())
        self.run(self.bot.deliver())

    def messages(self, number: int) -> list[dict[str, Any]]:
        """What the person sees in the private chat."""
        answer = self.http.get(f"/sandbox/people/{number}/messages")
        assert answer.status_code == 200, answer.text
        return list(answer.json())

    def last(self, number: int) -> dict[str, Any]:
        """The last message in the person's chat."""
        return self.messages(number)[-1]

    def _user(self, number: int) -> dict[str, Any]:
        people = self.http.get("/sandbox/people").json()
        found = next(each for each in people if each["id"] == number)
        return {"is_bot": False, **found}

    def decide(self, number: int, text: Text, key: str, *, file: str | None = None) -> None:
        """Put a message into the outbox."""
        with self.transaction() as session:
            address = meet(session, "telegram", str(number), name="", language="vi")
            enqueue(session, address, "bot.answer", key=key, now=self.clock.now(), file=file, text=text)

    def row(self, key: str) -> OutboxRow:
        """The outbox row of that key."""
        with self.transaction() as session:
            return session.query(OutboxRow).filter_by(key=key).one()

    def address(self, number: int) -> Address:
        """How the person is reached."""
        with self.transaction() as session:
            return session.query(Address).filter_by(value=str(number)).one()


def labels(message: Mapping[str, Any]) -> list[str]:
    """The buttons under a message."""
    return [each["text"] for row in message.get("buttons", ()) for each in row]


def said(message: Mapping[str, Any]) -> str:
    """The text or the caption of a message."""
    return str(message.get("text", message.get("caption", "")))
