"""Photos, alone and in albums, which the sandbox's people cannot send."""

from typing import Any

from tests.bot.world import World
from tests.bot.year import HOA, LAN


def file_of(world: World, content: bytes) -> str:
    """Telegram's id of a file that nobody has sent to the bot yet."""
    answer = world.http.post(
        f"/telegram/bot{world.sandbox.token}/sendDocument",
        data={"chat_id": LAN},
        files={"document": ("invented.bin", content)},
    )
    return str(answer.json()["result"]["document"]["file_id"])


def content_of(number: int) -> bytes:
    return b"\xff\xd8\xff picture %d" % number


def photo(world: World, *, number: int, album: str = "", caption: str = "") -> dict[str, Any]:
    """An update with a photo from Hoa."""
    size = {"file_id": file_of(world, content_of(number)), "width": 9, "height": 9}
    chat, sender = {"id": HOA, "type": "private"}, {"id": HOA, "is_bot": False, "first_name": "Hoa"}
    sent = {"photo": [{**size, "file_unique_id": f"u{number}"}], "caption": caption}
    beside = {"media_group_id": album} if album else {}
    return {"message": {"message_id": number, "date": 0, "chat": chat, "from": sender, **sent, **beside}}
