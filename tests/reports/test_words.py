"""The catalogues of this package: the same entries in both languages, and none without a use."""

import re
from pathlib import Path

import reports
from words.catalogue import catalogue

PACKAGES = ("app", "bot", "campaign", "reports", "scheduler")
"""Kinds of message that the bot chooses by itself."""


def entries(language: str) -> dict[str, set[str]]:
    """The placeholders of every entry of this package."""
    texts = catalogue("vi" if language == "vi" else "en")
    return {
        name: {placeholder for form in forms for placeholder in re.findall(r"{(\w+)}", form)}
        for name, forms in texts.items()
        if name.startswith("reports.")
    }


def test_both_languages_have_the_same_entries_with_the_same_values() -> None:
    assert entries("vi") == entries("en")


def test_every_entry_is_spoken_somewhere_and_everything_spoken_has_an_entry() -> None:
    home = Path(reports.__file__).parents[1]
    code = "".join(path.read_text(encoding="utf-8") for each in PACKAGES for path in (home / each).glob("**/*.py"))
    used = set(re.findall(r"""["'](reports\.\w+)["']""", code))
    used |= {f"reports.button_{name}" for name in re.findall(r'_action\("(\w+)"', code)}

    assert used == set(entries("vi"))
