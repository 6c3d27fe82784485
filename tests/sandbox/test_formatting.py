from html import escape

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sandbox.telegram.entities import Entity, utf16_length
from sandbox.telegram.errors import Refusal
from sandbox.telegram.formatting import formatted


def entity(kind: str, offset: int, length: int, **more: str) -> Entity:
    return {"type": kind, "offset": offset, "length": length, **more}


@pytest.mark.parametrize(
    ("tag", "kind"),
    [
        ("b", "bold"),
        ("strong", "bold"),
        ("i", "italic"),
        ("em", "italic"),
        ("u", "underline"),
        ("ins", "underline"),
        ("s", "strikethrough"),
        ("strike", "strikethrough"),
        ("del", "strikethrough"),
        ("code", "code"),
        ("pre", "pre"),
        ("tg-spoiler", "spoiler"),
        ("blockquote", "blockquote"),
        ("B", "bold"),
    ],
)
def test_each_tag_becomes_its_entity(tag: str, kind: str) -> None:
    assert formatted(f"a <{tag}>chữ</{tag}>", "HTML") == ("a chữ", [entity(kind, 2, 3)])


def test_offsets_count_utf16_units() -> None:
    assert formatted("😀<b>😀ệ</b>", "HTML") == ("😀😀ệ", [entity("bold", 2, 3)])


def test_nested_tags_come_outer_first() -> None:
    parsed = formatted("<b>một <i>hai <u>ba</u></i></b>", "HTML")
    assert parsed == ("một hai ba", [entity("bold", 0, 10), entity("italic", 4, 6), entity("underline", 8, 2)])


def test_a_link_keeps_its_address_with_references_read() -> None:
    source = '<a href="https://example.test/a?x=1&amp;y=2">bảng</a>'
    address = "https://example.test/a?x=1&y=2"
    assert formatted(source, "HTML") == ("bảng", [entity("text_link", 0, 4, url=address)])


def test_a_link_without_address_links_to_its_text() -> None:
    url = "http://example.test/"
    assert formatted("<a>example.test</a>", "HTML") == ("example.test", [entity("text_link", 0, 12, url=url)])


def test_a_link_into_telegram_is_kept_as_written() -> None:
    url = "tg://resolve?domain=some_bot"
    assert formatted(f'<a href="{url}">bot</a>', "HTML") == ("bot", [entity("text_link", 0, 3, url=url)])


@pytest.mark.parametrize(
    "address", ["localhost/x", "javascript:alert(1)", "http://[::1", "tg://user?id=5", "ftp://a.b"]
)
def test_an_address_that_telegram_does_not_take_leaves_plain_text(address: str) -> None:
    assert formatted(f'<a href="{address}">bảng</a>', "HTML") == ("bảng", [])


def test_preformatted_code_names_its_language() -> None:
    source = '<pre><code class="language-python">x = 1</code></pre>'
    assert formatted(source, "HTML") == ("x = 1", [entity("pre", 0, 5, language="python")])


def test_nothing_else_is_formatted_inside_code() -> None:
    assert formatted("<code>a<b>b</b></code>", "HTML") == ("ab", [entity("code", 0, 2)])


def test_the_other_tags_with_attributes() -> None:
    source = (
        '<span class="tg-spoiler">a</span><blockquote expandable>b</blockquote><tg-emoji emoji-id="42">c</tg-emoji>'
    )
    expected = [entity("spoiler", 0, 1), entity("expandable_blockquote", 1, 1)]
    assert formatted(source, "HTML") == ("abc", [*expected, entity("custom_emoji", 2, 1, custom_emoji_id="42")])


def test_character_references_are_read_and_unknown_ones_stay() -> None:
    source = "&lt;b&gt; &amp;amp; &quot;x&quot; &#7879; &#x1ec7; &nbsp; &#0; & &ltx"
    assert formatted(source, "HTML") == ('<b> &amp; "x" ệ ệ &nbsp; &#0; & &ltx', [])


def test_empty_tags_and_surrounding_space_go() -> None:
    assert formatted(" \n <b> chữ </b><i></i>\r\n ", "HTML") == ("chữ", [entity("bold", 0, 3)])


def test_control_characters_become_spaces() -> None:
    assert formatted("a\x00b\tc\r\nd", None) == ("a b c\nd", [])


def test_without_a_parse_mode_tags_are_text() -> None:
    assert formatted("<b>1</b> &lt;", None) == ("<b>1</b> &lt;", [])


@pytest.mark.parametrize(
    ("source", "flaw"),
    [
        ("a < b", 'Unsupported start tag "" at byte offset 2'),
        ("điểm<br>", 'Unsupported start tag "br" at byte offset 7'),
        ("<p>x</p>", 'Unsupported start tag "p" at byte offset 0'),
        ("<b>x", 'Can\'t find end tag corresponding to start tag "b"'),
        ("x</b>", "Unexpected end tag at byte offset 1"),
        ("<b><i>x</b></i>", 'Unmatched end tag at byte offset 7, expected "</i>", found "</b>"'),
        ("<b", "Unclosed start tag at byte offset 0"),
        ("<b ", "Unclosed start tag at byte offset 0"),
        ('<a href="x', "Unclosed start tag at byte offset 0"),
        ("<b>x</b", "Unclosed end tag at byte offset 4"),
        ("<a href>x</a>", 'Expected equal sign in declaration of an attribute of the tag "a" at byte offset 0'),
        ("<span>x</span>", 'Tag "span" must have class "tg-spoiler" at byte offset 0'),
        ('<tg-emoji emoji-id="x">y</tg-emoji>', "Invalid custom emoji identifier specified"),
    ],
)
def test_a_bad_tag_is_refused_with_its_place(source: str, flaw: str) -> None:
    with pytest.raises(Refusal) as refused:
        formatted(source, "HTML")
    assert (refused.value.code, refused.value.description) == (400, f"Bad Request: can't parse entities: {flaw}")


def test_half_a_surrogate_pair_is_refused() -> None:
    with pytest.raises(Refusal, match="check for unmatched surrogate code units"):
        formatted("&#xd800;", "HTML")


@pytest.mark.parametrize("mode", ["Markdown", "MarkdownV2", "x"])
def test_other_parse_modes_are_refused(mode: str) -> None:
    with pytest.raises(Refusal, match="Bad Request: unsupported parse_mode"):
        formatted("x", mode)


@given(st.text())
def test_escaped_text_comes_back_as_plain_text(text: str) -> None:
    assert formatted(escape(text), "HTML") == formatted(text, None)


@given(st.lists(st.sampled_from(["<b>", "</b>", "<i>", "</i>", "<a href='http://a.b'>", "</a>", "&", "ệ", "😀", " "])))
def test_whatever_is_accepted_has_its_entities_inside_the_text(pieces: list[str]) -> None:
    try:
        text, entities = formatted("".join(pieces), "HTML")
    except Refusal:
        return
    assert all(0 <= each["offset"] < each["offset"] + each["length"] <= utf16_length(text) for each in entities)


@given(st.text(alphabet="<>/&;\"'= abiu#x1"))
def test_hostile_text_is_read_or_refused_and_never_breaks(text: str) -> None:
    try:
        plain, _ = formatted(text, "HTML")
    except Refusal as refused:
        plain = refused.description.removeprefix("Bad Request: can't parse entities: ")
    assert "Bad Request" not in plain
