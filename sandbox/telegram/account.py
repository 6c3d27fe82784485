"""What a bot can ask about itself, about a chat and about a file."""

from typing import Any

from sandbox.telegram import files
from sandbox.telegram.call import Call
from sandbox.telegram.chats import known
from sandbox.telegram.parameters import ChatId, Parameters

# Telegram sends these with every full chat; the sandbox gives what its clients cannot do without.
FULL_CHAT = {
    "accent_color_id": 0,
    "max_reaction_count": 11,
    "accepted_gift_types": {
        "unlimited_gifts": False,
        "limited_gifts": False,
        "unique_gifts": False,
        "premium_subscription": False,
        "gifts_from_channels": False,
    },
}


class Nothing(Parameters):
    """A method without parameters."""


class GetChat(Parameters):
    """Parameters of getChat."""

    chat_id: ChatId


class GetFile(Parameters):
    """Parameters of getFile."""

    file_id: str


def get_me(call: Call, _: Nothing) -> dict[str, Any]:
    """The bot as a User object, with what it may do; in groups it reads what is addressed to it."""
    abilities = {"can_join_groups": True, "can_read_all_group_messages": False, "supports_inline_queries": False}
    return {**call.bot.user(), **abilities, "can_connect_to_business": False, "has_main_web_app": False}


def get_chat(call: Call, asked: GetChat) -> dict[str, Any]:
    """A ChatFullInfo object."""
    return {**known(call.store, asked.chat_id), **FULL_CHAT}


def get_file(call: Call, asked: GetFile) -> dict[str, Any]:
    """A File object."""
    return files.described(call.store, call.bot, asked.file_id)
