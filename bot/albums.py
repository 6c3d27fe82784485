"""Files that a person sent together: Telegram brings each file of an album as an update of its own, in any order."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select

from bot.incoming import FileSent, read_again
from bot.turn import Turn
from campaign.models import RawUpdate
from campaign.refusal import Refused
from words import Text

APART = 1000
"""So many updates of other people may come between those of an album."""


@dataclass(frozen=True, slots=True)
class Upload:
    """A file that somebody sent, with which update, and when that came."""

    update_id: int
    file: FileSent
    at: datetime


def uploaded(turn: Turn, update_ids: Iterable[int]) -> list[Upload]:
    """The files that came with these updates, and with their albums, as they stand in the chat, as far as they came.

    Raises Refused for an update that brought no file of this person's.
    """
    found = {each.update_id: each for update_id in update_ids for each in _with(turn, update_id)}
    return sorted(found.values(), key=lambda each: each.file.message)


def album_of(turn: Turn, file: FileSent) -> str:
    """What the file's album is called in our rows; empty for a file alone."""
    return f"{turn.address.value}/{file.album}" if file.album else ""


def _with(turn: Turn, update_id: int) -> Iterator[Upload]:
    stored = turn.session.get(RawUpdate, update_id)
    own = _read(turn, stored) if stored else None
    if own is None:
        raise Refused(Text("bot.old_button"))
    yield own
    if own.file.album:
        near = RawUpdate.update_id.between(update_id - APART, update_id + APART)
        same = RawUpdate.body[("message", "media_group_id")].as_string() == own.file.album
        yield from filter(
            None, (_read(turn, each) for each in turn.session.scalars(select(RawUpdate).where(near, same)))
        )


def _read(turn: Turn, stored: RawUpdate) -> Upload | None:
    file = read_again(stored.body, turn.address.value)
    return Upload(stored.update_id, file, stored.received_at) if file else None
