"""Entities: what the tags of a text become, sorted, trimmed and cut as Telegram does it."""

import re
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

from sandbox.telegram.errors import Refusal, bad_request

PLAIN_TAGS = {
    "b": "bold",
    "strong": "bold",
    "i": "italic",
    "em": "italic",
    "u": "underline",
    "ins": "underline",
    "s": "strikethrough",
    "strike": "strikethrough",
    "del": "strikethrough",
    "tg-spoiler": "spoiler",
    "span": "spoiler",
    "code": "code",
    "pre": "pre",
    "blockquote": "blockquote",
}
MOST_ENTITIES = 100  # Telegram ignores the rest

Entity = dict[str, Any]


def utf16_length(text: str) -> int:
    """The length that Telegram counts in: characters beyond the basic plane are two units."""
    return len(text.encode("utf-16-le")) // 2


@dataclass(slots=True)
class OpenTag:
    """A tag that still waits for its end."""

    tag: str
    attributes: dict[str, str]
    offset: int
    position: int


def unparsable(flaw: str) -> Refusal:
    """The refusal of a text with a flaw in its tags."""
    return bad_request(f"can't parse entities: {flaw}")


def entities_of(opened: OpenTag, inside: str, length: int) -> list[Entity]:
    """What a closed tag leaves behind, `inside` being its plain text; nothing for a link that is not taken."""
    place = {"offset": opened.offset, "length": length}
    if opened.tag == "a":
        return _link(opened.attributes.get("href") or inside, place)
    if opened.tag == "tg-emoji":
        return [{"type": "custom_emoji", **place, "custom_emoji_id": _emoji_id(opened)}]
    kind = PLAIN_TAGS[opened.tag]
    if kind == "blockquote" and "expandable" in opened.attributes:
        kind = "expandable_blockquote"
    language = re.fullmatch(r"language-(.+)", opened.attributes.get("class", "")) if kind == "code" else None
    return [{"type": kind, **place, **({"language": language[1]} if language else {})}]


def _emoji_id(opened: OpenTag) -> str:
    identifier = opened.attributes.get("emoji-id", "")
    if not re.fullmatch(r"[1-9][0-9]{0,18}", identifier):
        raise unparsable("Invalid custom emoji identifier specified")
    return identifier


def _link(address: str, place: dict[str, int]) -> list[Entity]:
    """A link as an entity; none for an address that Telegram does not take, or that names a person."""
    try:
        parts = urlsplit(address if "://" in address else f"http://{address}")
        host = parts.hostname or ""
    except ValueError:
        return []
    if parts.scheme == "tg" and host != "user":
        return [{"type": "text_link", **place, "url": address}]
    if parts.scheme not in {"http", "https"} or "." not in host:
        return []
    return [{"type": "text_link", **place, "url": parts._replace(path=parts.path or "/").geturl()}]


def settled(entities: list[Entity]) -> list[Entity]:
    """In order of place, outer ones first, without those inside code or inside their own kind."""
    kept: list[Entity] = []
    for entity in sorted(entities, key=lambda each: (each["offset"], -each["length"])):
        block = next((outer for outer in kept if _swallows(outer, entity)), None)
        if block is None:
            kept.append(entity)
        elif {block["type"], entity["type"]} == {"pre", "code"} and _place(block) == _place(entity):
            block.update(entity | block | {"type": "pre"})  # code in a preformatted block names its language
    for entity in kept:
        if entity["type"] == "code":
            entity.pop("language", None)
    return kept[:MOST_ENTITIES]


def _swallows(outer: Entity, inner: Entity) -> bool:
    if outer["type"] not in {"pre", "code", inner["type"]}:
        return False
    return _place(outer)[0] <= _place(inner)[0] and _place(inner)[1] <= _place(outer)[1]


def _place(entity: Entity) -> tuple[int, int]:
    return entity["offset"], entity["offset"] + entity["length"]


def trimmed(text: str, entities: list[Entity]) -> tuple[str, list[Entity]]:
    """Without space around, entities moved and cut accordingly."""
    lead = utf16_length(text[: len(text) - len(text.lstrip())])
    plain = text.strip()
    end = utf16_length(plain)
    return plain, [moved for entity in entities if (moved := _moved(entity, lead, end))]


def _moved(entity: Entity, lead: int, end: int) -> Entity | None:
    start = max(entity["offset"] - lead, 0)
    length = min(entity["offset"] + entity["length"] - lead, end) - start
    return {**entity, "offset": start, "length": length} if length > 0 else None
