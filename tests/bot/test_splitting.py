"""Long texts cut into messages."""

import html
import re

from hypothesis import given
from hypothesis import strategies as st

from bot.splitting import LONGEST_TEXT, length, split


def plain(part: str) -> str:
    return html.unescape(re.sub(r"<[^>]*>", "", part))


def test_a_text_that_fits_stays_whole() -> None:
    assert split("Sở Mẫu\nđã nộp") == ("Sở Mẫu\nđã nộp",)


def test_a_long_text_is_cut_at_line_ends() -> None:
    line = "x" * 999
    assert split("\n".join([line] * 5)) == ("\n".join([line] * 4), line)


def test_a_long_line_is_cut_at_spaces() -> None:
    word = "y" * 999
    assert split(" ".join([word] * 5)) == (" ".join([word] * 4), word)


def test_a_tag_open_at_the_cut_is_closed_and_opened_again() -> None:
    line = "z" * 999
    first, second = split(f"<b>{line}\n{line}\n{line}\n{line}\n<i>{line}</i></b> ./.")
    assert first == f"<b>{line}\n{line}\n{line}</b>"
    assert second == f"<b>{line}\n<i>{line}</i></b> ./."


def test_a_word_without_end_is_cut_but_never_inside_a_character_reference() -> None:
    parts = split("&amp;" * 1500)
    assert [plain(part) for part in parts] == ["&" * 800, "&" * 700]


def test_letters_beyond_the_basic_plane_count_twice_as_telegram_counts_them() -> None:
    assert length("a😀") == 3


TAGGED = st.lists(
    st.text(st.characters(codec="utf-8", exclude_characters="<>&"), max_size=400).map(
        lambda text: f"<b>{html.escape(text)}</b>\n"
    ),
    max_size=60,
).map("".join)


@given(TAGGED)
def test_every_part_fits_and_no_letter_is_lost(text: str) -> None:
    parts = split(text)
    assert all(length(part) <= LONGEST_TEXT for part in parts)
    assert all(part.count("<b>") == part.count("</b>") for part in parts)
    assert "".join("".join(map(plain, parts)).split()) == "".join(plain(text).split())
