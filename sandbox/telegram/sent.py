"""The record of everything that bots did in chats, in the order in which they did it."""

from typing import Any

from sandbox.telegram.call import Call
from sandbox.telegram.chats import title
from sandbox.telegram.messages import content

Object = dict[str, Any]


def record_message(call: Call, message: Object, beside: Object | None = None, *, edited: bool = False) -> None:
    """One entry for a message that was sent, or for the new state of one that was edited."""
    _record(call, message["chat"], message["message_id"], content(call.store, message, beside), edited=edited)


def record_deed(call: Call, chat: Object, message_id: int, deed: Object) -> None:
    """One entry for what is not a message: an answer to a pressed button, a deletion."""
    _record(call, chat, message_id, deed, edited=False)


def _record(call: Call, chat: Object, message_id: int, what: Object, *, edited: bool) -> None:
    number = call.store.next("sent")
    entry = {
        "n": number,
        "at": call.service.clock.now().isoformat(),
        "bot": call.bot.username,
        "chat": chat["id"],
        "person": title(chat),
        "method": call.method,
        "message_id": message_id,
        **what,
        "edited": edited,
    }
    call.store.put("sent", str(number), entry)
