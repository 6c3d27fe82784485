"""What a person did in a chat, read from a Telegram update: the only place that knows the shape of an update."""

import re
from dataclasses import dataclass
from typing import Any

from telegram import (
    CallbackQuery,
    Chat,
    ChatMember,
    ChatMemberUpdated,
    Document,
    Message,
    PhotoSize,
    Update,
    User,
)
from telegram.constants import ChatID, ChatType

from campaign.files import kept_name
from words import clean


@dataclass(frozen=True, slots=True)
class Command:
    """A command without its slash, in lower case, and what follows it."""

    name: str
    argument: str


@dataclass(frozen=True, slots=True)
class Words:
    """Text that is no command."""

    text: str


@dataclass(frozen=True, slots=True)
class Press:
    """A pressed button, by the action it carries."""

    query_id: str
    action: str


@dataclass(frozen=True, slots=True)
class FileSent:
    """A document or a photo that can be fetched as `file_id`; `size` in bytes, None where Telegram does not say.

    `message` is its number in the chat; the files of one `album` came together, with the caption under one of them.
    """

    file_id: str
    name: str
    media_type: str
    size: int | None
    caption: str
    message: int
    album: str
    photo: bool


@dataclass(frozen=True, slots=True)
class Attachment:
    """A voice, a sticker, a place: neither text nor a file that could be evidence."""


@dataclass(frozen=True, slots=True)
class GroupCall:
    """The bot was called in a group."""


@dataclass(frozen=True, slots=True)
class Gone:
    """The bot was blocked, or put out of the chat."""


Deed = Command | Words | Press | FileSent | Attachment | GroupCall | Gone


@dataclass(frozen=True, slots=True)
class Incoming:
    """Who did what. `chat` is the id of the chat, `name` what its person (or group) goes by."""

    chat: str
    name: str
    deed: Deed


_COMMAND = re.compile(r"/([a-z0-9_]+)(@\w+)?(?: (.*))?", re.IGNORECASE)
_NOBODY = frozenset({ChatID.ANONYMOUS_ADMIN, ChatID.FAKE_CHANNEL, ChatID.SERVICE_CHAT})
_OUT = frozenset({ChatMember.BANNED, ChatMember.LEFT})


def read(update: Update, username: str) -> Incoming | None:
    """Return what the bot called `username` has to answer; None for what is not its business.

    Only a private chat with a person of flesh and blood counts as one: its id is the person's own. Whoever writes
    as a channel or as an anonymous administrator cannot be told apart from others and is not answered.
    """
    if update.message:
        return _message(update.message, username)
    if update.callback_query:
        return _press(update.callback_query)
    if update.my_chat_member:
        return _membership(update.my_chat_member)
    return None


def read_again(body: dict[str, Any], chat: str) -> FileSent | None:
    """Return the file that a stored update brought from this private chat; None where it brought none."""
    message = Update.de_json(body).message
    incoming = _message(message, "") if message else None
    return incoming.deed if incoming and incoming.chat == chat and isinstance(incoming.deed, FileSent) else None


def _message(message: Message, username: str) -> Incoming | None:
    if message.chat.type in {ChatType.GROUP, ChatType.SUPERGROUP}:
        called = clean(message.text or "").lower().partition(" ")[0].endswith(f"@{username.lower()}")
        return Incoming(str(message.chat.id), clean(message.chat.title or ""), GroupCall()) if called else None
    return _from_person(message.chat, message.from_user, _said(message))


def _said(message: Message) -> Deed:
    text = clean(message.text or "")
    command = _COMMAND.fullmatch(text)
    if command:
        return Command(command[1].lower(), command[3] or "")
    return Words(text) if text else _file(message)


def _file(message: Message) -> FileSent | Attachment:
    document = message.document
    if document:
        file: Document | PhotoSize = document
        name, media_type = document.file_name, document.mime_type
    elif message.photo:
        file, name, media_type = message.photo[-1], f"photo-{message.message_id}.jpg", "image/jpeg"
    else:
        return Attachment()
    return FileSent(
        file_id=file.file_id,
        name=kept_name(name or ""),
        media_type=clean(media_type or "") or "application/octet-stream",
        size=file.file_size,
        caption=clean(message.caption or ""),
        message=message.message_id,
        album=clean(message.media_group_id or ""),
        photo=bool(message.photo),
    )


def _press(query: CallbackQuery) -> Incoming | None:
    if query.message is None:
        return None
    return _from_person(query.message.chat, query.from_user, Press(query.id, clean(query.data or "")))


def _membership(change: ChatMemberUpdated) -> Incoming | None:
    out = change.new_chat_member.status in _OUT
    return Incoming(str(change.chat.id), "", Gone()) if out else None


def _from_person(chat: Chat, user: User | None, deed: Deed) -> Incoming | None:
    if user is None or user.is_bot or user.id in _NOBODY or user.id != chat.id:
        return None
    return Incoming(str(chat.id), clean(user.full_name) or str(user.id), deed)
