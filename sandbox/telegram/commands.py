"""The commands that a bot puts into people's menus, by scope and language."""

import json
from typing import Annotated, Any, Literal

from pydantic import Field

from sandbox.telegram.call import Call
from sandbox.telegram.chats import known
from sandbox.telegram.parameters import ChatId, Nested, Parameters, Shape


class Command(Shape):
    """A BotCommand."""

    command: Annotated[str, Field(pattern=r"^[a-z0-9_]{1,32}$")]
    description: Annotated[str, Field(min_length=1, max_length=256)]


class GeneralScope(Shape):
    """A scope that is not tied to one chat."""

    type: Literal["default", "all_private_chats", "all_group_chats", "all_chat_administrators"]


class ChatScope(Shape):
    """One chat, or the administrators of one."""

    type: Literal["chat", "chat_administrators"]
    chat_id: ChatId


class MemberScope(Shape):
    """One person in one chat."""

    type: Literal["chat_member"]
    chat_id: ChatId
    user_id: int


Scope = Annotated[GeneralScope | ChatScope | MemberScope, Field(discriminator="type"), Nested]


class Menu(Parameters):
    """Parameters of getMyCommands and deleteMyCommands: which menu."""

    scope: Scope = GeneralScope(type="default")
    language_code: Annotated[str, Field(pattern=r"^([a-z]{2})?$")] = ""


class SetMyCommands(Menu):
    """Parameters of setMyCommands."""

    commands: Annotated[list[Command], Field(max_length=100), Nested]


def set_my_commands(call: Call, given: SetMyCommands) -> bool:
    """Replace one menu; an empty one is no menu."""
    if not given.commands:
        return delete_my_commands(call, given)
    commands = [each.model_dump() for each in given.commands]
    call.store.put("commands", _key(call, given), {"commands": commands})
    return True


def get_my_commands(call: Call, asked: Menu) -> list[dict[str, Any]]:
    """The menu of exactly that scope and language; empty where none was set."""
    kept: dict[str, list[dict[str, Any]]] = call.store.get("commands", _key(call, asked)) or {"commands": []}
    return kept["commands"]


def delete_my_commands(call: Call, asked: Menu) -> bool:
    """Take a menu away."""
    call.store.delete("commands", _key(call, asked))
    return True


def _key(call: Call, menu: Menu) -> str:
    if not isinstance(menu.scope, GeneralScope):
        known(call.store, menu.scope.chat_id)
    return json.dumps([call.bot.id, menu.scope.model_dump(), menu.language_code])
