"""The messages of each chat, and what a person sees of one."""

from datetime import UTC, datetime
from typing import Any, Literal

from sandbox.store import Store
from sandbox.telegram.bots import Bot

Object = dict[str, Any]
Direction = Literal["in", "out"]


def next_id(store: Store, bot: Bot, chat: int) -> int:
    """Count on to the id of a chat's next message."""
    return store.next(f"message {bot.id} {chat}")


def keep(store: Store, bot: Bot, direction: Direction, message: Object, beside: Object | None = None) -> None:
    """Keep a Message object with its direction ("out" of the bot) and the keyboard it brought along."""
    document = {"direction": direction, "message": message, "beside": beside}
    store.put(_kind(bot, message["chat"]["id"]), str(message["message_id"]), document)


def find(store: Store, bot: Bot, chat: int, message_id: int) -> Object | None:
    """A kept message: {"direction", "message", "beside"}."""
    return store.get(_kind(bot, chat), str(message_id))


def remove(store: Store, bot: Bot, chat: int, message_id: int) -> None:
    """A message disappears from its chat."""
    store.delete(_kind(bot, chat), str(message_id))


def in_chat(store: Store, bot: Bot, chat: int) -> list[Object]:
    """All kept messages of a chat, in order."""
    return [document for _, document in store.all(_kind(bot, chat))]


def _kind(bot: Bot, chat: int) -> str:
    return f"message {bot.id} {chat}"


def seen(store: Store, document: Object) -> Object:
    """A kept message as a person sees it, with where it stands, who wrote it and when."""
    message = document["message"]
    edited = {"edited_at": _iso(message["edit_date"])} if "edit_date" in message else {}
    return {
        "message_id": message["message_id"],
        "direction": document["direction"],
        "from": message["from"]["first_name"],
        "at": _iso(message["date"]),
        **content(store, message, document["beside"]),
        **edited,
    }


def content(store: Store, message: Object, beside: Object | None) -> Object:
    """What a message says and offers: text or caption, entities, file, buttons, keyboard."""
    shown: Object = {name: message[name] for name in ("text", "caption") if name in message}
    entities = message.get("entities") or message.get("caption_entities")
    if entities:
        shown["entities"] = entities
    if "photo" in message or "document" in message:
        shown["file"] = _file(store, message)
    if "reply_markup" in message:
        shown["buttons"] = [[_button(each) for each in row] for row in message["reply_markup"]["inline_keyboard"]]
    if beside is not None:
        shown["keyboard"] = beside
    if "reply_to_message" in message:
        shown["reply_to"] = message["reply_to_message"]["message_id"]
    return shown


def _button(button: Object) -> Object:
    if "callback_data" in button:
        return {"text": button["text"], "data": button["callback_data"]}
    if "copy_text" in button:
        return {"text": button["text"], "copies": button["copy_text"]["text"]}
    return {"text": button["text"], "url": button["url"]}


def _file(store: Store, message: Object) -> Object:
    file_id = message["document"]["file_id"] if "document" in message else message["photo"][-1]["file_id"]
    file = store.get("file", file_id) or {}
    return {
        "kind": file["kind"],
        **{name: file[name] for name in ("name", "mime_type", "size", "sha256")},
        "file_id": file_id,
    }


def _iso(date: int) -> str:
    return datetime.fromtimestamp(date, UTC).isoformat()
