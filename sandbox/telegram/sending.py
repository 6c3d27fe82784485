"""sendMessage, sendPhoto, sendDocument and sendChatAction."""

from typing import Annotated, Any, Literal

from sandbox.telegram import files, messages, pace
from sandbox.telegram.call import Call
from sandbox.telegram.chats import writable
from sandbox.telegram.entities import utf16_length
from sandbox.telegram.errors import bad_request
from sandbox.telegram.formatting import formatted
from sandbox.telegram.keyboards import ReplyMarkup, beside_message, under_message
from sandbox.telegram.parameters import MISSING, ChatId, InputFile, Nested, Parameters, Shape
from sandbox.telegram.sent import record_message

Object = dict[str, Any]

LONGEST_TEXT = 4096
LONGEST_CAPTION = 1024


class LinkPreview(Shape):
    """How a link in the text is shown."""

    is_disabled: bool | None = None
    url: str | None = None
    prefer_small_media: bool | None = None
    prefer_large_media: bool | None = None
    show_above_text: bool | None = None


class Reply(Shape):
    """The message that is answered, in the same chat."""

    message_id: int
    allow_sending_without_reply: bool = False


class Outgoing(Parameters):
    """The parameters that every kind of message has."""

    chat_id: ChatId
    message_thread_id: int | None = None
    disable_notification: bool = False
    protect_content: bool = False
    reply_parameters: Annotated[Reply | None, Nested] = None
    reply_markup: ReplyMarkup | None = None
    parse_mode: str | None = None


class SendMessage(Outgoing):
    """Parameters of sendMessage."""

    text: str
    link_preview_options: Annotated[LinkPreview | None, Nested] = None


class SendPhoto(Outgoing):
    """Parameters of sendPhoto."""

    photo: InputFile
    caption: str = ""
    show_caption_above_media: bool = False
    has_spoiler: bool = False


class SendDocument(Outgoing):
    """Parameters of sendDocument."""

    document: InputFile
    caption: str = ""
    disable_content_type_detection: bool = False


class SendChatAction(Parameters):
    """Parameters of sendChatAction."""

    chat_id: ChatId
    message_thread_id: int | None = None
    action: Literal[
        "typing",
        "upload_photo",
        "record_video",
        "upload_video",
        "record_voice",
        "upload_voice",
        "upload_document",
        "choose_sticker",
        "find_location",
        "record_video_note",
        "upload_video_note",
    ]


def send_message(call: Call, given: SendMessage) -> Object:
    """Send a text; the answer is the Message object."""
    preview = given.link_preview_options
    options = {} if preview is None else {"link_preview_options": preview.model_dump(exclude_none=True)}
    return _deliver(call, given, {**text_of(given.text, given.parse_mode), **options})


def send_photo(call: Call, given: SendPhoto) -> Object:
    """Send a picture, from its bytes or by file_id; the answer is the Message object."""
    if not given.photo:
        raise bad_request(MISSING["photo"])
    shown = {"photo": files.photo(call.store, call.bot, given.photo)}
    above = {"show_caption_above_media": True} if given.show_caption_above_media else {}
    hidden = {"has_media_spoiler": True} if given.has_spoiler else {}
    return _deliver(call, given, {**shown, **caption_of(given.caption, given.parse_mode), **above, **hidden})


def send_document(call: Call, given: SendDocument) -> Object:
    """Send a file, from its bytes or by file_id; the answer is the Message object."""
    if not given.document:
        raise bad_request(MISSING["document"])
    shown = {"document": files.document(call.store, call.bot, given.document)}
    return _deliver(call, given, {**shown, **caption_of(given.caption, given.parse_mode)})


def send_chat_action(call: Call, given: SendChatAction) -> bool:
    """Show what the bot is doing; nothing of it is kept."""
    writable(call.store, call.bot, given.chat_id)
    _check_thread(given.message_thread_id)
    return True


def text_of(text: str, parse_mode: str | None) -> Object:
    """The text and entities of a message; Refusal where it is empty or too long."""
    plain, entities = formatted(text, parse_mode)
    if not plain:
        raise bad_request(MISSING["text"])
    if utf16_length(plain) > LONGEST_TEXT:
        raise bad_request("message is too long")
    return {"text": plain, **({"entities": entities} if entities else {})}


def caption_of(caption: str, parse_mode: str | None) -> Object:
    """The caption and its entities, empty where there is none; Refusal where it is too long."""
    plain, entities = formatted(caption, parse_mode)
    if utf16_length(plain) > LONGEST_CAPTION:
        raise bad_request("message caption is too long")
    if not plain:
        return {}
    return {"caption": plain, **({"caption_entities": entities} if entities else {})}


def _deliver(call: Call, given: Outgoing, shown: Object) -> Object:
    chat = writable(call.store, call.bot, given.chat_id)
    _check_thread(given.message_thread_id)
    answered = _answered(call, given)
    pace.count(call.store, call.service.clock.now(), call.bot.id, given.chat_id)
    message = {
        "message_id": messages.next_id(call.store, call.bot, given.chat_id),
        "from": call.bot.user(),
        "chat": chat,
        "date": call.service.date(),
        **answered,
        **({"has_protected_content": True} if given.protect_content else {}),
        **shown,
        **under_message(given.reply_markup),
    }
    beside = beside_message(given.reply_markup)
    messages.keep(call.store, call.bot, "out", message, beside)
    record_message(call, message, beside)
    return message


def _check_thread(thread: int | None) -> None:
    if thread:
        raise bad_request("message thread not found")  # no chat of the sandbox has topics


def _answered(call: Call, given: Outgoing) -> Object:
    """The message that is answered, without what it answered itself."""
    reply = given.reply_parameters
    if reply is None:
        return {}
    found = messages.find(call.store, call.bot, given.chat_id, reply.message_id)
    if found is None and not reply.allow_sending_without_reply:
        raise bad_request("message to be replied not found")
    if found is None:
        return {}
    return {
        "reply_to_message": {name: found["message"][name] for name in found["message"] if name != "reply_to_message"}
    }
