"""The content of a file that somebody sent."""

from bot.downloading import LARGEST_DOWNLOAD
from bot.fetching import DownloadError
from bot.incoming import FileSent
from bot.turn import Turn
from campaign.files import NewFile
from campaign.refusal import Refused
from words import Text

MEGABYTE = 1024 * 1024


def fetched(turn: Turn, sent: FileSent) -> NewFile:
    """The file's content. Raises Refused for one that Telegram gives to no bot, and while it is out of reach."""
    too_large = Text("bot.file_too_large", name=sent.name, megabytes=LARGEST_DOWNLOAD // MEGABYTE)
    if sent.size is not None and sent.size > LARGEST_DOWNLOAD:
        raise Refused(too_large)
    try:
        content = turn.fetch(f"file {sent.file_id}", lambda sources: sources.download(sent.file_id))
    except DownloadError as error:
        raise Refused(too_large if error.too_large else Text("bot.file_later", name=sent.name)) from error
    return NewFile(sent.name, sent.media_type, content)
