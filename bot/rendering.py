"""An outbox message as Telegram shows it: one or more parts, each sent by one call."""

import html
from collections.abc import Mapping
from dataclasses import dataclass

from telegram import InlineKeyboardButton, InlineKeyboardMarkup

from bot.buttons import answer_notice
from bot.splitting import LONGEST_CAPTION, length, split
from reports.notice_buttons import Button, Rows
from reports.notices import Notice, notice
from words import Language, Text, Value, say


@dataclass(frozen=True, slots=True)
class Part:
    """What one call sends: a text in Telegram's HTML, or the message's file with the text as its caption."""

    text: str
    with_file: bool
    keyboard: InlineKeyboardMarkup | None


def parts_of(kind: str, facts: Mapping[str, Value], file: str | None, language: Language) -> tuple[Part, ...]:
    """Render a message of the outbox; `file` is the SHA-256 of what goes with it. Buttons stand under the last part."""
    worded = _notice(kind, facts, file)
    text = say(worded.text, language, html.escape)
    *others, last = (*split(text), "") if file and length(text) > LONGEST_CAPTION else split(text)
    keyboard = _keyboard(worded.buttons, language)
    return (
        *(Part(each, with_file=False, keyboard=None) for each in others),
        Part(last, with_file=file is not None, keyboard=keyboard),
    )


def _notice(kind: str, facts: Mapping[str, Value], file: str | None) -> Notice:
    answer = facts.get("text")
    if kind == "bot.answer" and isinstance(answer, Text):
        return answer_notice(answer)
    return notice(kind, facts, file)


def _keyboard(rows: Rows, language: Language) -> InlineKeyboardMarkup | None:
    if not rows:
        return None
    return InlineKeyboardMarkup([[_button(each, language) for each in row] for row in rows])


def _button(button: Button, language: Language) -> InlineKeyboardButton:
    label = say(button.label, language)
    if button.url:
        return InlineKeyboardButton(label, url=button.url)
    return InlineKeyboardButton(label, callback_data=button.action)
