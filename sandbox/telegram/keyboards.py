"""Reply markup: inline buttons, keyboards in place of the phone's own, and their removal."""

import re
from typing import Annotated, Any, Literal

from pydantic import BeforeValidator, Discriminator, Field, Tag, model_validator

from sandbox.telegram.errors import bad_request
from sandbox.telegram.parameters import Nested, Shape

LONGEST_DATA = 64  # bytes of UTF-8
MOST_BUTTONS = 100
ADDRESS = re.compile(r"(https?://[^\s/]+\S*|tg://\S+)", re.IGNORECASE)


class CopyText(Shape):
    """What a button copies to the clipboard."""

    text: Annotated[str, Field(min_length=1, max_length=256)]


class InlineButton(Shape):
    """A button under a message, which does exactly one thing."""

    text: str
    url: str | None = None
    callback_data: str | None = None
    copy_text: CopyText | None = None
    style: Literal["danger", "success", "primary"] | None = None

    @model_validator(mode="after")
    def check(self) -> "InlineButton":
        """Refuse what Telegram refuses."""
        deeds = [deed for deed in (self.url, self.callback_data, self.copy_text) if deed is not None]
        if len(deeds) != 1:
            flaw = "Text buttons are unallowed in the inline keyboard"
            raise bad_request(f"can't parse inline keyboard button: {flaw}")
        if not self.text.strip():
            raise bad_request('can\'t parse inline keyboard button: Field "text" must be non-empty')
        if self.callback_data is not None and not 1 <= len(self.callback_data.encode()) <= LONGEST_DATA:
            raise bad_request("BUTTON_DATA_INVALID")
        if self.url is not None and not ADDRESS.fullmatch(self.url):
            raise bad_request(f"inline keyboard button URL '{self.url}' is invalid: Wrong HTTP URL")
        return self


class InlineKeyboard(Shape):
    """Rows of buttons under a message."""

    inline_keyboard: list[list[InlineButton]]

    @model_validator(mode="after")
    def check(self) -> "InlineKeyboard":
        """Refuse more buttons than Telegram shows."""
        if sum(len(row) for row in self.inline_keyboard) > MOST_BUTTONS:
            raise bad_request("reply markup is too long")
        return self


class ReplyButton(Shape):
    """A button that writes its text, or shares what it asks for."""

    text: Annotated[str, Field(min_length=1)]
    request_contact: bool = False
    request_location: bool = False


def _labelled(value: object) -> object:
    return {"text": value} if isinstance(value, str) else value


Placeholder = Annotated[str, Field(min_length=1, max_length=64)]
Button = Annotated[ReplyButton, BeforeValidator(_labelled)]


class ReplyKeyboard(Shape):
    """A keyboard in place of the phone's own."""

    keyboard: Annotated[list[list[Button]], Field(min_length=1)]
    is_persistent: bool = False
    resize_keyboard: bool = False
    one_time_keyboard: bool = False
    input_field_placeholder: Placeholder | None = None
    selective: bool = False


class ReplyKeyboardRemove(Shape):
    """The phone's own keyboard comes back."""

    remove_keyboard: Literal[True]
    selective: bool = False


class ForceReply(Shape):
    """The phone offers to answer this very message."""

    force_reply: Literal[True]
    input_field_placeholder: Placeholder | None = None
    selective: bool = False


# The field by which each kind of markup is known.
KINDS = {
    "inline_keyboard": "InlineKeyboardMarkup",
    "keyboard": "ReplyKeyboardMarkup",
    "remove_keyboard": "ReplyKeyboardRemove",
    "force_reply": "ForceReply",
}


def _kind(value: object) -> str:
    if isinstance(value, dict):
        for field, kind in KINDS.items():
            if field in value:
                return kind
    raise bad_request("object expected as reply markup")


def _inline_only(value: object) -> object:
    if not isinstance(value, dict) or "inline_keyboard" not in value:
        raise bad_request("inline keyboard expected")
    return value


Markup = InlineKeyboard | ReplyKeyboard | ReplyKeyboardRemove | ForceReply
ReplyMarkup = Annotated[
    Annotated[InlineKeyboard, Tag("InlineKeyboardMarkup")]
    | Annotated[ReplyKeyboard, Tag("ReplyKeyboardMarkup")]
    | Annotated[ReplyKeyboardRemove, Tag("ReplyKeyboardRemove")]
    | Annotated[ForceReply, Tag("ForceReply")],
    Discriminator(_kind),
    Nested,
]
InlineMarkup = Annotated[InlineKeyboard, BeforeValidator(_inline_only), Nested]


def under_message(markup: Markup | None) -> dict[str, Any]:
    """The part of a Message object that shows the buttons; empty where there are none."""
    if not isinstance(markup, InlineKeyboard) or not any(markup.inline_keyboard):
        return {}
    rows = [row for row in markup.inline_keyboard if row]
    shown = [[button.model_dump(exclude_none=True) for button in row] for row in rows]
    return {"reply_markup": {"inline_keyboard": shown}}


def beside_message(markup: Markup | None) -> dict[str, Any] | None:
    """The keyboard, removal or forced reply that a message brings without being part of it."""
    if markup is None or isinstance(markup, InlineKeyboard):
        return None
    return markup.model_dump(exclude_none=True, exclude_defaults=True)
