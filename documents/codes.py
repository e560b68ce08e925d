"""QR codes as they stand on papers."""

from functools import lru_cache

import segno

MODULE = 4
"""Pixels of a square: with one alone some viewers blur the edges on a screen."""


@lru_cache(maxsize=64)
def picture(text: str, error: str = "m") -> str:
    """Return the QR code of a text as ``data:`` address of a PNG without a margin.

    A drawing of its thousand squares would be a tenth of the time that a bill takes.
    """
    code = segno.make(text, error=error, micro=False)
    return str(code.png_data_uri(border=0, scale=MODULE))
