"""How large a picture is, read from the first bytes of a PNG or JPEG file."""

import re
import struct

PNG = b"\x89PNG\r\n\x1a\n"
JPEG = b"\xff\xd8"
# The markers that start a frame, and with it tell its height and width.
FRAMES = {*range(0xC0, 0xD0)} - {0xC4, 0xC8, 0xCC}


def dimensions(data: bytes) -> tuple[int, int] | None:
    """Width and height in pixels; None for anything but PNG and JPEG."""
    if data.startswith(PNG) and len(data) >= 24:  # noqa: PLR2004 - signature and head of the first chunk
        width, height = struct.unpack(">II", data[16:24])
        return width, height
    if data.startswith(JPEG):
        return _of_jpeg(data)
    return None


def _of_jpeg(data: bytes) -> tuple[int, int] | None:
    position = 2
    while segment := re.compile(rb"\xff+([^\xff\x00])(..)", re.DOTALL).match(data, position):
        if segment[1][0] in FRAMES:
            frame = data[segment.end() + 1 : segment.end() + 5]
            if len(frame) < 4:  # noqa: PLR2004 - two numbers of two bytes
                return None
            height, width = struct.unpack(">HH", frame)
            return width, height
        position = segment.end() - 2 + int.from_bytes(segment[2], "big")
    return None
