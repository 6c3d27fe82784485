"""The catalogues: both languages say the same things, and everything the code says is in them."""

import re
import unicodedata
from datetime import date, datetime, timedelta, timezone
from decimal import Decimal
from html import escape
from string import Formatter

import pytest

from tests.words import sources
from words import LANGUAGES, Language, Series, Text, Value, say
from words.catalogue import catalogue

HANOI = timezone(timedelta(hours=7))
CARRIES_ITS_TEXT = {"bot.answer"}
"""The kind of message whose words are one of its facts."""


def placeholders(form: str) -> set[str]:
    return {name for _, name, _, _ in Formatter().parse(form) if name is not None}


def wanted(text_id: str) -> set[str]:
    return {name for form in catalogue("vi")[text_id] for name in placeholders(form)}


def test_both_languages_have_the_same_entries_with_the_same_values() -> None:
    read = {
        language: {
            each: {name for form in forms for name in placeholders(form)} for each, forms in catalogue(language).items()
        }
        for language in LANGUAGES
    }
    assert read["vi"] == read["en"]


def test_every_entry_stands_in_the_file_of_its_package_once() -> None:
    for file in sources.HOME.joinpath("words", "locale").rglob("*.po"):
        ids = re.findall(r'^msgid "(.+)"$', file.read_text("utf-8"), re.MULTILINE)
        assert [each for each in ids if not each.startswith(f"{file.stem}.")] == []
        assert sorted(ids) == sorted(set(ids))


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_entry_is_empty_and_all_letters_are_composed(language: Language) -> None:
    forms = [form for each in catalogue(language).values() for form in each]
    assert [form for form in forms if not form.strip() or form != unicodedata.normalize("NFC", form)] == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_entry_can_be_said(language: Language) -> None:
    for text_id in catalogue(language):
        values: dict[str, Value] = dict.fromkeys(wanted(text_id), "x")
        assert say(Text(text_id, **values), language)


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_tag_of_an_entry_is_closed(language: Language) -> None:
    for text_id, forms in catalogue(language).items():
        for form in forms:
            tags = re.findall(r"<(/?)(b|i|code|a)[ >]", form)
            opened = [name for slash, name in tags if not slash]
            assert (text_id, opened) == (text_id, [name for slash, name in tags if slash])


def test_every_id_in_the_code_is_an_entry() -> None:
    assert sorted(sources.named_ids() - set(catalogue("vi")) - CARRIES_ITS_TEXT) == []


def test_every_id_that_the_code_composes_has_entries() -> None:
    ids = set(catalogue("vi"))
    empty = {
        place: before
        for place, (before, after) in sources.begun_ids().items()
        if not any(each.startswith(before) and each.endswith(after) for each in ids)
    }
    assert empty == {}


def test_every_entry_is_used_somewhere() -> None:
    assert [each for each in catalogue("vi") if each not in sources.strings() and not composed(each)] == []


def composed(text_id: str) -> bool:
    """Whether the code composes the id: the variable part stands in the code as a word of its own."""
    return any(
        text_id.startswith(before)
        and text_id.endswith(after)
        and text_id.removeprefix(before).removesuffix(after) in sources.last_words()
        for before, after in sources.begun_ids().values()
    )


def test_every_text_in_the_code_is_given_the_values_that_its_entry_names() -> None:
    lacking = {
        each.where: wanted(each.id) - each.values
        for each in sources.texts()
        if each.id in catalogue("vi") and wanted(each.id) - each.values
    }
    assert lacking == {}


def test_values_are_escaped_and_the_words_of_the_catalogue_are_not() -> None:
    hostile = Text("campaign.unknown_unit", unit="<b>Sở & Co</b> {campaign}", campaign="x")
    assert say(hostile, "en", escape) == (
        "x has no unit with the code “&lt;b&gt;Sở &amp; Co&lt;/b&gt; {campaign}”. Use the codes of the units file."
    )


def test_values_inside_texts_series_and_lines_are_escaped_once() -> None:
    inner = Text("campaign.late_not_ranked", clause="<Điều 8>")
    told = say(Text("campaign.late_not_ranked", clause=Series((inner, ("a<", "b>")))), "en", escape)
    phrase = "a form that comes late, or not at all, is neither assessed nor ranked ({})"
    assert told == phrase.format(phrase.format("&lt;Điều 8&gt;") + ", a&lt;\nb&gt;")


def spoken(value: Value, language: Language) -> str:
    text = say(Text("campaign.already_approved", decision=value), language)
    return text.removeprefix("Bảng xếp hạng này đã được phê duyệt theo Quyết định số ").removeprefix(
        "This ranking was approved by decision "
    )


def test_numbers_and_days_are_said_in_the_manner_of_the_language() -> None:
    values: list[Value] = [1234, Decimal("8.50"), date(2026, 11, 1), datetime(2026, 11, 1, 8, 5, tzinfo=HANOI)]
    assert [spoken(each, "vi") for each in values] == ["1.234.", "8,50.", "01/11/2026.", "08:05 01/11/2026."]
    assert [spoken(each, "en") for each in values] == ["1,234.", "8.50.", "1 Nov 2026.", "08:05 1 Nov 2026."]


def test_one_is_said_in_the_singular_where_the_language_has_one() -> None:
    assert [len(catalogue(language)["reports.days_left"]) for language in LANGUAGES] == [1, 2]
    told = [say(Text("reports.days_left", n=n), "en") for n in (0, 1, 2)]
    assert (told[0] != told[1].replace("1", "0"), told[2]) == (True, told[0].replace("0", "2"))


def test_a_missing_value_is_a_defect_of_ours() -> None:
    with pytest.raises(KeyError):
        say(Text("campaign.unknown_unit", unit="x"), "vi")
