import html

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reports.chat import LIST_LENGTH, MESSAGE_LIMIT, in_messages, length, named, ranking_lines, shorten
from tests.reports.samples import Absent, Scored, table
from words import LANGUAGES, Text, say

FRAME = Text("reports.ranking_part", title="Đánh giá mẫu 2026", part=1, parts=9, ranking=())


def spoken(lines: tuple[Text, ...]) -> str:
    return say(Text("reports.lines", lines=lines), "vi", html.escape)


def test_the_ranking_reads_as_lines_under_the_counts_by_grade() -> None:
    result = table(
        Scored("Sở Nội vụ", (2500, 1410, 5215)),
        Scored("Sở Y tế", (2000, 1000, 4000)),
        Scored("Sở Xây dựng", (2000, 1000, 4000)),
        Scored("Sở Tư pháp", (0, 0, 4999)),
        Absent("Sở Tài chính", "Nộp muộn (Điều 8.2)"),
        Scored("UBND huyện Mẫu", (3500, 2500, 4000), group="huyen"),
    )

    assert spoken(ranking_lines(result)) == (
        "\n<b>Cơ quan chuyên môn</b> (4 đơn vị được xếp hạng)\n"
        "Tốt 1 · Khá 2 · Trung bình 0 · Dưới trung bình 1\n"
        "1. Sở Nội vụ — <b>91,25</b> · Tốt\n"
        "2. Sở Y tế — <b>70,00</b> · Khá\n"
        "2. Sở Xây dựng — <b>70,00</b> · Khá\n"
        "4. Sở Tư pháp — <b>49,99</b> · Dưới trung bình\n"
        "\n<b>Không xếp hạng (1):</b>\n"
        "– Sở Tài chính: Nộp muộn (Điều 8.2)\n"
        "\n<b>UBND các huyện</b> (1 đơn vị được xếp hạng)\n"
        "Tốt 1 · Khá 0 · Trung bình 0 · Dưới trung bình 0\n"
        "1. UBND huyện Mẫu — <b>100,00</b> · Tốt\n"
        "\nGhi chú: 2 nội dung văn bản không nêu rõ, được áp dụng theo giả định; xem trang “Ghi chú” của bảng tính."
    )


def test_a_province_of_600_units_is_told_in_messages_that_each_fit_and_together_hold_every_line() -> None:
    result = table(*(Scored(f"UBND xã <Mẫu & {number}>", (number, 1, 1)) for number in range(600)))
    lines = ranking_lines(result)

    messages = in_messages(lines, FRAME)

    assert [line for message in messages for line in message] == list(lines)
    for message in messages:
        text = Text("reports.ranking_part", title="Đánh giá mẫu 2026", part=10, parts=12, ranking=message)
        assert [len(say(text, language, html.escape)) <= MESSAGE_LIMIT for language in LANGUAGES] == [True, True]


@settings(max_examples=30)
@given(st.lists(st.text(max_size=300), max_size=40))
def test_whatever_units_are_called_every_message_fits(names: list[str]) -> None:
    lines = ranking_lines(table(*(Scored(name, (1, 1, 1)) for name in names), Absent("&" * 500, "<" * 5000)))

    for message in in_messages(lines, FRAME):
        assert length(Text("reports.ranking_part", title="Đánh giá mẫu 2026", part=1, parts=9, ranking=message)) <= (
            MESSAGE_LIMIT
        )


def test_a_hostile_name_stays_text() -> None:
    lines = ranking_lines(table(Scored("<b>=1+1</b> &\nSở", (0, 0, 6000))))

    assert say(lines[2], "vi", html.escape) == ("1. &lt;b&gt;=1+1&lt;/b&gt; &amp; Sở — <b>60,00</b> · Trung bình")


def test_length_counts_as_telegram_does_in_the_language_that_needs_more() -> None:
    assert length(Text("reports.item", item="😀<")) == len("• ") + 2 + len("&lt;")
    assert length(Text("reports.none")) == len("không có")


@pytest.mark.parametrize(
    ("text", "short"), [("Sở  Nội\nvụ", "Sở Nội vụ"), ("một hai ba", "một hai ba"), ("một hai bốn", "một hai b…")]
)
def test_a_long_text_is_cut_with_an_ellipsis_and_stands_in_one_line(text: str, short: str) -> None:
    assert shorten(text, 10) == short


def test_a_list_names_what_fits_and_counts_the_rest() -> None:
    lines = named([f"Mục {number:03d} {'x' * 90}" for number in range(40)], more=5)

    assert isinstance(lines, tuple)
    *items, last = lines
    assert last == Text("reports.more", n=40 - len(items) + 5)
    assert LIST_LENGTH - 110 < len(say(Text("reports.lines", lines=tuple(items)), "vi")) <= LIST_LENGTH


def test_an_empty_list_says_so() -> None:
    assert named([]) == Text("reports.none")
