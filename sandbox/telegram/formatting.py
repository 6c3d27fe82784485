"""HTML parse mode: text with tags into plain text with entities, refused where Telegram refuses it.

Tags, attributes, character references and error texts are those of the Bot API ("HTML style" under
"Formatting options") and of TDLib, which parses them; offsets and lengths are in UTF-16 units, the places in
error texts in bytes of UTF-8.
"""

import re
from dataclasses import dataclass, field

from sandbox.telegram.entities import (
    PLAIN_TAGS,
    Entity,
    OpenTag,
    entities_of,
    settled,
    trimmed,
    unparsable,
    utf16_length,
)
from sandbox.telegram.errors import Refusal, bad_request

TAGS = {*PLAIN_TAGS, "a", "tg-emoji"}
REFERENCES = {"lt": "<", "gt": ">", "amp": "&", "quot": '"'}

TAG_NAME = re.compile(r"<([^\s>]*)")
ATTRIBUTE = r"""\s+([^\s=>]+)(?:\s*=\s*("[^"]*"|'[^']*'|[A-Za-z0-9.-]+(?=[\s>])))?"""
START_TAG = re.compile(rf"<([^\s>]+)((?:{ATTRIBUTE})*)\s*>")
END_TAG = re.compile(r"</([^\s>]*)\s*>")
REFERENCE = re.compile(r"&(?:#x(?P<hex>[0-9A-Fa-f]{0,7})|#(?P<decimal>[0-9]{0,7})|(?P<name>[A-Za-z]+));?")
LAST_CHARACTER = 0x10FFFF


def formatted(text: str, parse_mode: str | None) -> tuple[str, list[Entity]]:
    """The plain text and its entities, trimmed as Telegram trims; Refusal for a bad tag or another mode."""
    if parse_mode is None:
        return trimmed(_cleaned(text), [])
    if parse_mode.lower() != "html":
        raise bad_request("unsupported parse_mode")
    plain, entities = _Parser(_cleaned(text)).parse()
    return trimmed(plain, settled(entities))


def _cleaned(text: str) -> str:
    """Without carriage returns, and with spaces in place of other control characters."""
    return re.sub(r"[\x00-\x09\x0b-\x1f]", " ", text.replace("\r", ""))


@dataclass(slots=True)
class _Parser:
    source: str
    plain: str = ""
    offset: int = 0  # the UTF-16 length of what is plain so far
    stack: list[OpenTag] = field(default_factory=list)
    entities: list[Entity] = field(default_factory=list)

    def parse(self) -> tuple[str, list[Entity]]:
        position = 0
        while position < len(self.source):
            following = self.source[position]
            if following == "<":
                position = self._tag(position)
            elif following == "&":
                position = self._reference(position)
            else:
                position = self._plain_run(position)
        if self.stack:
            raise unparsable(f'Can\'t find end tag corresponding to start tag "{self.stack[-1].tag}"')
        return self.plain, self.entities[::-1]  # the outer of two at the same place comes first

    def _plain_run(self, position: int) -> int:
        end = position
        while end < len(self.source) and self.source[end] not in "<&":
            end += 1
        self._add(self.source[position:end])
        return end

    def _add(self, text: str) -> None:
        self.plain += text
        self.offset += utf16_length(text)

    def _reference(self, position: int) -> int:
        character, end = _referred(self.source, position)
        self._add(character)
        return end

    def _tag(self, position: int) -> int:
        if self.source.startswith("</", position):
            return self._end_tag(position)
        return self._start_tag(position)

    def _start_tag(self, position: int) -> int:
        tag = self._tag_name(position)
        match = START_TAG.match(self.source, position)
        if match is None:
            raise self._refusal_at(position, self._flaw_of(tag, position))
        attributes = _attributes(match[2])
        if tag == "span" and attributes.get("class") != "tg-spoiler":
            raise self._refusal_at(position, 'Tag "span" must have class "tg-spoiler"')
        for name, value in attributes.items():
            if value is None and (tag, name) != ("blockquote", "expandable"):
                raise self._refusal_at(position, self._flaw_of(tag, position))
        given = {name: value or "" for name, value in attributes.items()}
        self.stack.append(OpenTag(tag, given, self.offset, len(self.plain)))
        return match.end()

    def _tag_name(self, position: int) -> str:
        match = TAG_NAME.match(self.source, position)
        tag = match[1].lower() if match else ""
        if match is None or match.end() == len(self.source):
            raise self._refusal_at(position, "Unclosed start tag")
        if tag not in TAGS:
            raise self._refusal_at(position, f'Unsupported start tag "{tag}"')
        return tag

    def _flaw_of(self, tag: str, position: int) -> str:
        if ">" not in self.source[position:]:
            return "Unclosed start tag"
        return f'Expected equal sign in declaration of an attribute of the tag "{tag}"'

    def _end_tag(self, position: int) -> int:
        if not self.stack:
            raise self._refusal_at(position, "Unexpected end tag")
        match = END_TAG.match(self.source, position)
        if match is None:
            raise self._refusal_at(position, "Unclosed end tag")
        opened, found = self.stack.pop(), match[1].lower()
        if found not in {"", opened.tag}:
            flaw = f'Unmatched end tag at byte offset {self._bytes(position)}, expected "</{opened.tag}>", '
            raise unparsable(flaw + f'found "</{found}>"')
        if self.offset > opened.offset:
            self.entities += entities_of(opened, self.plain[opened.position :], self.offset - opened.offset)
        return match.end()

    def _refusal_at(self, position: int, flaw: str) -> Refusal:
        return unparsable(f"{flaw} at byte offset {self._bytes(position)}")

    def _bytes(self, position: int) -> int:
        return len(self.source[:position].encode())


def _attributes(declared: str) -> dict[str, str | None]:
    return {
        match[1].lower(): None if match[2] is None else _dereferenced(match[2].strip("\"'"))
        for match in re.finditer(ATTRIBUTE, declared)
    }


def _dereferenced(value: str) -> str:
    return REFERENCE.sub(lambda match: _referred(match[0], 0)[0], value)


def _referred(source: str, position: int) -> tuple[str, int]:
    """What a reference stands for and where it ends; an unknown one stands for itself."""
    match = REFERENCE.match(source, position)
    if match is None:
        return "&", position + 1
    if match["name"] is not None:
        character = REFERENCES.get(match["name"])
        return ("&", position + 1) if character is None else (character, match.end())
    code = int(match["hex"] or "0", 16) if match["hex"] is not None else int(match["decimal"] or "0")
    if not 0 < code < LAST_CHARACTER:
        return "&", position + 1
    if 0xD800 <= code <= 0xDFFF:  # noqa: PLR2004 - the surrogates
        flaw = "Text contains invalid Unicode characters after decoding HTML entities, check for unmatched "
        raise unparsable(flaw + "surrogate code units")
    return chr(code), match.end()
