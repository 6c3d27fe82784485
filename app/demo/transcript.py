"""The transcript: what went through the sandbox's Telegram, in order of time, readable."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from app.demo.cast import Player

_ZONE = ZoneInfo("Asia/Ho_Chi_Minh")
_ROLES = {"contact": "đầu mối", "officer": "cán bộ thẩm định", "leader": "lãnh đạo", "stranger": "người lạ"}


def transcript(seen: Mapping[Player, list[dict[str, Any]]]) -> str:
    """Tell all chats as one story, a paragraph a message."""
    entries = [
        (message["at"], place, message["message_id"], player, message)
        for place, (player, messages) in enumerate(seen.items())
        for message in messages
    ]
    entries.sort(key=lambda entry: entry[:3])
    return "\n\n".join(paragraph(player, message) for _, _, _, player, message in entries) + "\n"


def paragraph(player: Player, message: dict[str, Any]) -> str:
    """One message: when, between whom, what it says and offers."""
    when = datetime.fromisoformat(message["at"]).astimezone(_ZONE)
    who = f"{player.name} ({_describe(player)})"
    direction = f"{who} → bot" if message["direction"] == "in" else f"bot → {who}"
    return f"[{when:%d/%m/%Y %H:%M:%S}] {direction}\n" + "\n".join(f"    {line}" for line in _lines(message))


def _describe(player: Player) -> str:
    role = _ROLES[player.role]
    return f"{role}, {player.unit.name}" if player.unit else role


def _lines(message: dict[str, Any]) -> list[str]:
    lines = str(message.get("text") or message.get("caption") or "").splitlines()
    if "file" in message:
        lines.append(f"<{message['file']['name'] or 'ảnh'}, {message['file']['size']} byte>")
    rows = message.get("buttons", ())
    return lines + ["  ".join(f"[{button['text']}]" for button in row) for row in rows]
