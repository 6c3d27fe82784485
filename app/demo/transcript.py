"""The transcript: what went through the sandbox's Telegram, in order of time, readable."""

import re
from collections import Counter
from collections.abc import Iterator, Mapping
from datetime import datetime
from typing import Any, NamedTuple
from zoneinfo import ZoneInfo

from app.demo.cast import Player

Message = dict[str, Any]

SHOWN_OF_A_KIND = 2
_ZONE = ZoneInfo("Asia/Ho_Chi_Minh")
_ROLES = {"contact": "đầu mối", "officer": "cán bộ thẩm định", "leader": "lãnh đạo", "stranger": "người lạ"}
_TOKEN = re.compile(r"(/start )[A-Za-z0-9_-]{43}")


class Entry(NamedTuple):
    """One message in one chat."""

    player: Player
    message: Message


def entries(seen: Mapping[Player, list[Message]]) -> list[Entry]:
    """All messages of all chats in order of time."""
    told = [
        (message["at"], place, message["message_id"], Entry(player, message))
        for place, (player, messages) in enumerate(seen.items())
        for message in messages
    ]
    return [entry for *_, entry in sorted(told, key=lambda each: each[:3])]


def transcript(told: list[Entry]) -> str:
    """Tell everything, a paragraph a message."""
    return "\n\n".join(map(paragraph, told)) + "\n"


def digest(told: list[Entry]) -> Iterator[str]:
    """Tell the first messages of each kind, and how many more there are: what a person reads in a terminal."""
    kinds = Counter(map(_kind, told))
    shown: Counter[tuple[str, ...]] = Counter()
    for entry in told:
        kind = _kind(entry)
        shown[kind] += 1
        if shown[kind] <= SHOWN_OF_A_KIND:
            yield paragraph(entry)
        if shown[kind] == SHOWN_OF_A_KIND < kinds[kind]:
            yield f"    … và {kinds[kind] - SHOWN_OF_A_KIND} tin tương tự"


def _kind(entry: Entry) -> tuple[str, ...]:
    """Messages of one kind offer the same buttons and end alike; what people write begins alike."""
    lines = _lines(entry.message)
    buttons = tuple(line for line in lines if line.startswith("["))
    spoken = [line for line in lines if not line.startswith("[")] or [""]
    ends = spoken[0].split(" ")[0] if entry.message["direction"] == "in" else re.sub(r"[0-9a-f]{12}|\d", "", spoken[-1])
    return (entry.player.role, entry.message["direction"], ends, *buttons)


def paragraph(entry: Entry) -> str:
    """One message: when, between whom, what it says and offers."""
    when = datetime.fromisoformat(entry.message["at"]).astimezone(_ZONE)
    who = f"{entry.player.name} ({_describe(entry.player)})"
    direction = f"{who} → bot" if entry.message["direction"] == "in" else f"bot → {who}"
    return "\n".join([f"[{when:%d/%m/%Y %H:%M:%S}] {direction}", *(f"    {line}" for line in _lines(entry.message))])


def _describe(player: Player) -> str:
    role = _ROLES[player.role]
    return f"{role}, {player.unit.name}" if player.unit else role


def _lines(message: Message) -> list[str]:
    text = str(message.get("text") or message.get("caption") or "")
    lines = _TOKEN.sub(r"\1<mã mời>", text).splitlines()  # a token differs from run to run, and is nobody's business
    if "file" in message:
        lines.append(f"<{message['file']['name'] or 'ảnh'}, {message['file']['size']} byte>")
    rows = message.get("buttons", ())
    return lines + ["  ".join(f"[{button['text']}]" for button in row) for row in rows]
