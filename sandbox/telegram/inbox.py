"""What people do in their chats: write, press buttons, send files, block the bot."""

import re
from dataclasses import dataclass
from hashlib import sha256
from typing import Any

from sandbox.body import File
from sandbox.telegram import callbacks, files, messages
from sandbox.telegram.bots import Bot
from sandbox.telegram.call import Service
from sandbox.telegram.chats import chat_object, contact, set_contact, user
from sandbox.telegram.entities import utf16_length
from sandbox.telegram.updates import enqueue

Object = dict[str, Any]

COMMAND = re.compile(r"/[A-Za-z0-9_]{1,64}(@[A-Za-z0-9_]{3,32})?(?![\w/<>])")


@dataclass(frozen=True, slots=True)
class Seat:
    """A person in a chat with a bot; the private chat has the person's id."""

    service: Service
    bot: Bot
    person: Object
    chat: int

    @property
    def private(self) -> bool:
        """Whether nobody else is there."""
        return self.chat == int(self.person["id"])

    def blocked(self) -> bool:
        """Whether the person blocks the bot."""
        return bool(contact(self.service.store, self.bot, self.person["id"])["blocked"])


def write(seat: Seat, text: str, reply_to: int | None = None) -> Object:
    """The person writes; the answer is the kept message."""
    command = COMMAND.match(text)
    length = utf16_length(command[0]) if command else 0
    entities = {"entities": [{"type": "bot_command", "offset": 0, "length": length}]} if command else {}
    return _arrive(seat, {**_answered(seat, reply_to), "text": text, **entities})


def upload(seat: Seat, file: File, caption: str, kind: files.Kind = "document", album: str | None = None) -> Object:
    """The person sends a file or a picture, maybe with others in one album; the answer is the kept message."""
    store, bot = seat.service.store, seat.bot
    shown: Object = (
        {"photo": files.photo(store, bot, file)}
        if kind == "photo"
        else {"document": files.document(store, bot, file, files.LARGEST_OF_PEOPLE)}
    )
    together = {} if album is None else {"media_group_id": _group_id(seat, album)}
    return _arrive(seat, {**together, **shown, **({"caption": caption} if caption else {})})


def _group_id(seat: Seat, album: str) -> str:
    return str(int(sha256(repr([seat.person["id"], seat.chat, album]).encode()).hexdigest(), 16))[:17]


def press(seat: Seat, message: Object, data: str) -> str:
    """The person presses a button under a message of the bot; the answer is the id of the query."""
    return callbacks.ask(seat.service, seat.bot, user(seat.person), message, data)


def block(seat: Seat, *, blocked: bool) -> None:
    """The person blocks the bot or lets it back; the bot hears of a change."""
    if seat.blocked() == blocked:
        return
    set_contact(seat.service.store, seat.bot, seat.person["id"], blocked=blocked)
    kicked: Object = {"status": "kicked", "until_date": 0}
    member: Object = {"status": "member"}
    change = {
        "chat": chat_object(seat.service.store, seat.chat),
        "from": user(seat.person),
        "date": seat.service.date(),
        "old_chat_member": {"user": seat.bot.user(), **(member if blocked else kicked)},
        "new_chat_member": {"user": seat.bot.user(), **(kicked if blocked else member)},
    }
    enqueue(seat.service, seat.bot, "my_chat_member", change)


def _answered(seat: Seat, reply_to: int | None) -> Object:
    if reply_to is None:
        return {}
    found = messages.find(seat.service.store, seat.bot, seat.chat, reply_to)
    return {} if found is None else {"reply_to_message": found["message"]}


def _arrive(seat: Seat, shown: Object) -> Object:
    store = seat.service.store
    if seat.private:
        set_contact(store, seat.bot, seat.person["id"], blocked=False)
    message = {
        "message_id": messages.next_id(store, seat.bot, seat.chat),
        "from": user(seat.person),
        "chat": chat_object(store, seat.chat),
        "date": seat.service.date(),
        **shown,
    }
    messages.keep(store, seat.bot, "in", message)
    if seat.private or _addressed(seat.bot, message):
        enqueue(seat.service, seat.bot, "message", message)
    return messages.seen(store, {"direction": "in", "message": message, "beside": None})


def _addressed(bot: Bot, message: Object) -> bool:
    """Whether a bot in privacy mode gets to read a group's message."""
    said = str(message.get("text") or message.get("caption") or "")
    command = COMMAND.match(said)
    if command is not None:
        return command[1] is None or command[1].lower() == f"@{bot.username}".lower()
    replied = message.get("reply_to_message", {}).get("from", {}).get("id") == bot.id
    return replied or f"@{bot.username}".lower() in said.lower()
