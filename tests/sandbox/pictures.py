"""Pictures made of nothing but their size."""

import struct
import zlib


def png(width: int, height: int) -> bytes:
    """A black PNG picture."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    head = struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0)
    rows = zlib.compress(b"\x00" * (width + 1) * height)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", rows) + chunk(b"IEND", b"")


def jpeg(width: int, height: int) -> bytes:
    """The segments of a JPEG picture up to its frame, which is all that tells its size."""
    application = b"\xff\xe0\x00\x04ab"
    tables = b"\xff\xc4\x00\x03x"
    return b"\xff\xd8" + application + tables + b"\xff\xff\xc2\x00\x11\x08" + struct.pack(">HH", height, width)
