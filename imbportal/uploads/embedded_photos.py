"""JPEG and JPEG 2000 that stay as they are inside a PDF, without what a camera writes beside."""

import re

SOI, EOI, SOS = 0xD8, 0xD9, 0xDA
ALONE = {0x01, *range(0xD0, 0xD9)}
"""Markers without a length."""
COMMENT = 0xFE
KEPT = {0xE0: b"JFIF\0", 0xE2: b"ICC_PROFILE\0", 0xEE: b"Adobe"}
"""Application segments that a viewer needs to show the picture right; all others go: EXIF and XMP
with the position, Photoshop's data, further pictures."""
BOXES = b"\0\0\0\x0cjP  "
PRIVATE_BOXES = {b"uuid", b"uinf", b"xml ", b"asoc"}
NEXT = re.compile(rb"\xff[^\x00\xff\xd0-\xd7]")


def without_private(data: bytes) -> bytes:
    """Return the picture up to its end, without EXIF, XMP, comments and what hangs behind it.

    What is no whole JPEG is returned as it stands up to the damage. What lies between the segments
    before the picture itself belongs to none of them, and goes.
    """
    if data.startswith(BOXES):
        return _jpeg_2000(data)
    out, at, shown = [data[:2]], 2, False
    while (start := NEXT.search(data, at)) is not None:
        if shown:
            out.append(data[at : start.start()].rstrip(b"\xff"))  # picture data; fill bytes go
        marker, at = data[start.start() + 1], start.end()
        shown = shown or marker == SOS
        if marker == EOI:
            out.append(b"\xff\xd9")
            break
        if marker in ALONE:
            out.append(bytes((0xFF, marker)))
            continue
        end = at + max(2, int.from_bytes(data[at : at + 2], "big"))
        if _kept(marker, data[at + 2 : at + 16]):
            out.append(bytes((0xFF, marker)) + data[at:end])
        at = end
    else:
        out.append(data[at:] if shown else b"")
    return b"".join(out)


def _kept(marker, content) -> bool:
    if marker == COMMENT:
        return False
    return not 0xE0 <= marker <= 0xEF or content.startswith(KEPT.get(marker, b"\0none"))


def _jpeg_2000(data) -> bytes:
    """Return the boxes that make the picture; EXIF and XMP stand in boxes of their own."""
    out, at = [], 0
    while at + 8 <= len(data):
        size, kind = int.from_bytes(data[at : at + 4], "big"), data[at + 4 : at + 8]
        if size == 1:
            size = int.from_bytes(data[at + 8 : at + 16], "big")
        end = at + size if size >= 8 else len(data)
        if kind not in PRIVATE_BOXES:
            out.append(data[at:end])
        at = end
    return b"".join(out)
