"""Cutting a long text into messages, at line ends where there are any."""

import re

LONGEST_TEXT = 4096
LONGEST_CAPTION = 1024
_ROOM_FOR_END_TAGS = 96

_ATOM = re.compile(r"<[^>]*>|&[^;\s]*;|.", re.DOTALL)
_TAG = re.compile(r"<(/?)([a-z]+)[^>]*>")


def split(html: str) -> tuple[str, ...]:
    """Cut a text in Telegram's HTML into parts that fit a message each.

    Cut at the last line end that fits, else at a space, else anywhere but in a tag or a character reference. A tag
    that is open at the cut is closed there and opened again in the next part.
    """
    parts = []
    while length(html) > LONGEST_TEXT:
        cut = _cut(html, LONGEST_TEXT - _ROOM_FOR_END_TAGS)
        head, rest = html[:cut].rstrip(), html[cut:].lstrip()
        tags = _open_tags(head)
        parts.append(head + "".join(f"</{name}>" for name, _ in reversed(tags)))
        html = "".join(tag for _, tag in tags) + rest
    return (*parts, html)


def length(html: str) -> int:
    """The length in UTF-16 units, as Telegram counts; tags count too, so it is never too short."""
    return len(html.encode("utf-16-le")) // 2


def _cut(html: str, limit: int) -> int:
    size, line_end, space, end = 0, 0, 0, 0
    for atom in _ATOM.finditer(html):
        size += length(atom[0])
        if size > limit and end:
            break
        end = atom.end()
        if atom[0] == "\n":
            line_end = end
        elif atom[0] == " ":
            space = end
    return line_end or space or end


def _open_tags(html: str) -> list[tuple[str, str]]:
    """The tags still open at the end, outermost first: name, and the whole tag."""
    tags: list[tuple[str, str]] = []
    for tag in _TAG.finditer(html):
        if tag[1]:
            tags.pop()
        else:
            tags.append((tag[2], tag[0]))
    return tags
