"""The people and groups of the sandbox, and whether a bot may write to them."""

from typing import Any

from sandbox.store import Store
from sandbox.telegram.bots import Bot
from sandbox.telegram.errors import Refusal, bad_request, forbidden

Object = dict[str, Any]


def user(person: Object) -> Object:
    """A person as a User object."""
    return {"id": person["id"], "is_bot": False, **{name: person[name] for name in person if name != "id"}}


def chat_object(store: Store, chat: int) -> Object | None:
    """A chat as a Chat object; a person's private chat has the person's id."""
    person = store.get("person", str(chat))
    if person is not None:
        names: Object = {name: person[name] for name in ("first_name", "last_name", "username") if name in person}
        return {"id": chat, "type": "private", **names}
    group = store.get("group", str(chat))
    if group is None:
        return None
    return {"id": chat, "type": group["type"], "title": group["title"]}


def title(chat: Object) -> str:
    """What people call a chat: the person's name or the group's title."""
    return str(chat.get("title") or " ".join(filter(None, [chat["first_name"], chat.get("last_name")])))


def contact(store: Store, bot: Bot, person: int) -> Object:
    """How a person stands to a bot: whether they ever wrote to it, whether they block it now."""
    return store.get("contact", f"{bot.id}.{person}") or {"started": False, "blocked": False}


def set_contact(store: Store, bot: Bot, person: int, *, blocked: bool) -> None:
    """A person writes to the bot, or blocks it."""
    store.put("contact", f"{bot.id}.{person}", {"started": True, "blocked": blocked})


def known(store: Store, chat: int) -> Object:
    """A chat as a Chat object; Refusal where there is none, or where the group moved."""
    group = store.get("group", str(chat))
    if group is not None and group.get("moved_to"):
        flaw = "Bad Request: group chat was upgraded to a supergroup chat"
        raise Refusal(400, flaw, {"migrate_to_chat_id": group["moved_to"]})
    found = chat_object(store, chat)
    if found is None:
        raise bad_request("chat not found")
    return found


def writable(store: Store, bot: Bot, chat: int) -> Object:
    """A chat that the bot may write to; Refusal otherwise."""
    found = known(store, chat)
    if found["type"] == "private":
        stands = contact(store, bot, chat)
        if not stands["started"]:
            raise forbidden("bot can't initiate conversation with a user")
        if stands["blocked"]:
            raise forbidden("bot was blocked by the user")
    return found
