"""editMessageText, editMessageCaption, editMessageReplyMarkup and deleteMessage."""

from typing import Annotated, Any

from sandbox.telegram import messages
from sandbox.telegram.call import Call
from sandbox.telegram.chats import writable
from sandbox.telegram.errors import bad_request
from sandbox.telegram.keyboards import InlineMarkup, under_message
from sandbox.telegram.parameters import ChatId, Nested, Parameters
from sandbox.telegram.sending import LinkPreview, caption_of, text_of
from sandbox.telegram.sent import record_deed, record_message

Object = dict[str, Any]

DELETABLE_FOR = 48 * 60 * 60  # seconds


class Edit(Parameters):
    """The parameters that every edit has."""

    chat_id: ChatId
    message_id: int
    reply_markup: InlineMarkup | None = None


class EditMessageText(Edit):
    """Parameters of editMessageText."""

    text: str
    parse_mode: str | None = None
    link_preview_options: Annotated[LinkPreview | None, Nested] = None


class EditMessageCaption(Edit):
    """Parameters of editMessageCaption."""

    caption: str = ""
    parse_mode: str | None = None
    show_caption_above_media: bool = False


class DeleteMessage(Parameters):
    """Parameters of deleteMessage."""

    chat_id: ChatId
    message_id: int


def edit_message_text(call: Call, given: EditMessageText) -> Object:
    """Replace text and buttons; the answer is the new Message object."""
    document = _editable(call, given)
    if "text" not in document["message"]:
        raise bad_request("there is no text in the message to edit")
    preview = given.link_preview_options
    options = {} if preview is None else {"link_preview_options": preview.model_dump(exclude_none=True)}
    shown = {**text_of(given.text, given.parse_mode), **options}
    return _replace(call, given, document, ("text", "entities", "link_preview_options"), shown)


def edit_message_caption(call: Call, given: EditMessageCaption) -> Object:
    """Replace caption and buttons; the answer is the new Message object."""
    document = _editable(call, given)
    if "text" in document["message"]:
        raise bad_request("there is no caption in the message to edit")
    above = {"show_caption_above_media": True} if given.show_caption_above_media else {}
    shown = {**caption_of(given.caption, given.parse_mode), **above}
    return _replace(call, given, document, ("caption", "caption_entities", "show_caption_above_media"), shown)


def edit_message_reply_markup(call: Call, given: Edit) -> Object:
    """Replace the buttons alone; without new ones they go."""
    return _replace(call, given, _editable(call, given), (), {})


def delete_message(call: Call, given: DeleteMessage) -> bool:
    """Take a message out of the chat, the bot's own or a person's, within 48 hours."""
    chat = writable(call.store, call.bot, given.chat_id)
    document = messages.find(call.store, call.bot, given.chat_id, given.message_id)
    if document is None:
        raise bad_request("message to delete not found")
    theirs_in_group = chat["type"] != "private" and document["direction"] == "in"
    if theirs_in_group or call.service.date() - document["message"]["date"] > DELETABLE_FOR:
        raise bad_request("message can't be deleted for everyone")
    messages.remove(call.store, call.bot, given.chat_id, given.message_id)
    record_deed(call, chat, given.message_id, {})
    return True


def _editable(call: Call, given: Edit) -> Object:
    writable(call.store, call.bot, given.chat_id)
    document = messages.find(call.store, call.bot, given.chat_id, given.message_id)
    if document is None:
        raise bad_request("message to edit not found")
    if document["direction"] == "in" or document["beside"] is not None:
        raise bad_request("message can't be edited")
    return document


def _replace(call: Call, given: Edit, document: Object, names: tuple[str, ...], shown: Object) -> Object:
    """The message with other contents under those names and other buttons, kept and recorded."""
    before: Object = document["message"]
    gone = {*names, "reply_markup"}
    after = {name: before[name] for name in before if name not in gone}
    after = {**after, **shown, **under_message(given.reply_markup)}
    if after == before:
        same = "specified new message content and reply markup are exactly the same as a current content"
        raise bad_request(f"message is not modified: {same} and reply markup of the message")
    after["edit_date"] = call.service.date()
    messages.keep(call.store, call.bot, "out", after)
    record_message(call, after, edited=True)
    return after
