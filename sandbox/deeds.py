"""What people do over HTTP: write, press a button, send a file, block the bot."""

import re
from functools import partial
from typing import Annotated, Any

from pydantic import Field, model_validator
from starlette.routing import Route

from sandbox.people import seat_of
from sandbox.person_side import Ask, Body, Refused, person_route
from sandbox.telegram import inbox, messages
from sandbox.telegram.call import Service
from sandbox.telegram.entities import utf16_length
from sandbox.telegram.errors import Refusal
from sandbox.telegram.files import Kind
from sandbox.telegram.inbox import Seat
from sandbox.telegram.sending import LONGEST_CAPTION, LONGEST_TEXT

Object = dict[str, Any]

START = re.compile(r"[A-Za-z0-9_-]{1,64}")


class InChat(Body):
    """Where: in the private chat or a group; with the first bot or the one of that username."""

    chat: int | None = None
    bot: str | None = None


class Words(InChat):
    """A text, or the token of a link that opens the bot."""

    text: str | None = None
    start: str | None = None
    reply_to: int | None = None

    @model_validator(mode="after")
    def check(self) -> "Words":
        """Exactly one of the two."""
        if (self.text is None) == (self.start is None):
            raise ValueError('give "text", or "start" with the token of the link, and not both')
        return self


class Press(InChat):
    """A button of a message, by its label or by its data; or the newest button whose data begins so."""

    message_id: int | None = None
    button: str | None = None
    data: str | None = None
    newest: str | None = None

    @model_validator(mode="after")
    def check(self) -> "Press":
        """Exactly one of the three, the first two with their message."""
        if [self.button, self.data, self.newest].count(None) != 2:  # noqa: PLR2004 - two of the three are not given
            raise ValueError('give one of "button" with the label, "data", or "newest" with the beginning of the data')
        if (self.message_id is None) == (self.newest is None):
            raise ValueError('"button" and "data" need the "message_id", and "newest" finds it')
        return self


class Upload(InChat):
    """What stands under an uploaded file, how it is sent, and the album that it is sent in.

    Files that are sent in one go are uploads with the same name of an album: to the bot each is a message.
    """

    caption: Annotated[str, Field(max_length=LONGEST_CAPTION)] = ""
    kind: Kind = "document"
    album: str | None = None


def routes(service: Service) -> list[Route]:
    """The routes below `/sandbox` by which people act."""
    deeds = {"text": write, "press": press, "upload": upload, "block": block, "unblock": unblock}
    return [
        person_route(service.store, "POST", f"/people/{{id:int}}/{name}", partial(deed, service))
        for name, deed in deeds.items()
    ]


def write(service: Service, ask: Ask) -> Object:
    """The person writes to the bot, or opens it by a link; the answer is the message."""
    words = ask.body(Words)
    text = _opening(words.start) if words.start is not None else words.text or ""
    if not text.strip() or utf16_length(text) > LONGEST_TEXT:
        raise Refused(400, f"A message has 1 to {LONGEST_TEXT} characters: this one has {utf16_length(text)}.")
    return inbox.write(_open_seat(service, ask, words), text, words.reply_to)


def press(service: Service, ask: Ask) -> Object:
    """The person presses a button.

    The answer is the `callback_id` by which to ask for the bot's answer, the `url` that a link opens, or
    the `copied` text.
    """
    pressed = ask.body(Press)
    seat = _open_seat(service, ask, pressed)
    message, button = _newest(seat, pressed.newest) if pressed.newest else _named(seat, pressed)
    if "url" in button:
        return {"url": button["url"]}
    if "copy_text" in button:
        return {"copied": button["copy_text"]["text"]}
    return {"callback_id": inbox.press(seat, message, button["callback_data"])}


def _named(seat: Seat, pressed: Press) -> tuple[Object, Object]:
    document = messages.find(seat.service.store, seat.bot, seat.chat, pressed.message_id or 0)
    if document is None:
        raise Refused(404, f"Chat {seat.chat} has no message {pressed.message_id}: look at the person's messages.")
    return document["message"], _button(document["message"], pressed)


def _newest(seat: Seat, begins: str) -> tuple[Object, Object]:
    """The newest button whose data begins so, with its message."""
    for document in reversed(messages.in_chat(seat.service.store, seat.bot, seat.chat)):
        rows = document["message"].get("reply_markup", {}).get("inline_keyboard", [])
        for button in (each for row in rows for each in row):
            if button.get("callback_data", "").startswith(begins):
                return document["message"], button
    raise Refused(404, f"Chat {seat.chat} has no button whose data begins with {begins!r}.")


def upload(service: Service, ask: Ask) -> Object:
    """The person sends a file; the answer is the message."""
    given = ask.body(Upload)
    if list(ask.files) != ["file"]:
        raise Refused(400, 'Send exactly one file, as the field "file" of a multipart form.')
    try:
        return inbox.upload(_open_seat(service, ask, given), ask.files["file"], given.caption, given.kind, given.album)
    except Refusal as refusal:
        raise Refused(refusal.code, refusal.description) from None


def block(service: Service, ask: Ask) -> Object:
    """The person blocks the bot: it can no longer write to them."""
    return _block(service, ask, blocked=True)


def unblock(service: Service, ask: Ask) -> Object:
    """The person lets the bot write again."""
    return _block(service, ask, blocked=False)


def _block(service: Service, ask: Ask, *, blocked: bool) -> Object:
    inbox.block(seat_of(service, ask, None, ask.body(InChat).bot), blocked=blocked)
    return {"blocked": blocked}


def _opening(token: str) -> str:
    if not START.fullmatch(token):
        raise Refused(400, f"A start token has 1 to 64 characters of A-Z a-z 0-9 _ -, unlike {token!r}.")
    return f"/start {token}"


def _open_seat(service: Service, ask: Ask, where: InChat) -> Seat:
    seat = seat_of(service, ask, where.chat, where.bot)
    if seat.private and seat.blocked():
        way = f"POST /sandbox/people/{seat.chat}/unblock"
        raise Refused(409, f"Person {seat.chat} blocks the bot and first has to let it back: {way}.")
    return seat


def _button(message: Object, pressed: Press) -> Object:
    buttons = [each for row in message.get("reply_markup", {}).get("inline_keyboard", []) for each in row]
    for button in buttons:
        if button["text"] == pressed.button or button.get("callback_data", button) == pressed.data:
            return dict(button)
    wanted = f"{pressed.button!r}" if pressed.data is None else f"with the data {pressed.data!r}"
    labels = ", ".join(repr(button["text"]) for button in buttons) or "none"
    raise Refused(404, f"Message {message['message_id']} has no button {wanted}; it has: {labels}.")
