"""Links to spreadsheets, as people copy them from the address bar or from the button "share"."""

import re

_LINK = re.compile(
    r"https?://docs\.google\.com/(?:a/[^/?#]+/)?spreadsheets/(?:u/\d+/)?d/([A-Za-z0-9_-]{20,100})(?:[/?#]\S*)?"
)


def file_id_in(link: str) -> str | None:
    """The id of the sheet that a link leads to; None for a link to something else. Asks nobody.

    A sheet that was published to the web (`/d/e/…`) cannot be written, and is something else.
    """
    found = _LINK.fullmatch(link.strip())
    return found[1] if found else None
