"""The bot's words: the same in both languages, and within Telegram's rules."""

import re
from string import Formatter

from bot.conversation import MENU, command_names
from words import Language
from words.catalogue import catalogue


def entries(language: Language) -> dict[str, tuple[str, ...]]:
    return {key: forms for key, forms in catalogue(language).items() if key.startswith("bot.")}


def placeholders(forms: tuple[str, ...]) -> set[str]:
    return {name for form in forms for _, name, _, _ in Formatter().parse(form) if name}


def test_both_languages_say_the_same_things_about_the_same_values() -> None:
    vietnamese, english = entries("vi"), entries("en")
    assert list(vietnamese) == list(english)
    assert {key: placeholders(forms) for key, forms in vietnamese.items()} == {
        key: placeholders(forms) for key, forms in english.items()
    }


def test_every_tag_is_one_that_telegram_knows_and_is_closed_where_it_was_opened() -> None:
    for forms in (*entries("vi").values(), *entries("en").values()):
        for form in forms:
            assert re.sub(r"<(b|i|code)>([^<]*)</\1>", r"\2", form).count("<") == 0, form


def test_commands_are_latin_and_lower_case_and_no_two_are_called_the_same() -> None:
    names = command_names()
    assert len(names) == 1 + 2 * len(MENU)
    assert all(re.fullmatch("[a-z0-9_]{1,32}", name) for name in names)
