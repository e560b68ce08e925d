"""Reads the QR codes on the pages of one file under limits, in a process of its own.

``main`` prints a JSON line after each page: ``{"page": 1, "codes": ["…"]}``. Like ``child`` it
knows nothing of Django and holds no key; whether a code is one of the portal's is asked elsewhere.
Run by ``parsers.run``.
"""

import json
import re
import time

import zxingcpp
from fork_server import confine
from picture_child import GREY, pages_of

CPU = 12
"""Seconds."""
MEMORY = 984 * 2**20
"""Bytes of address space beyond the libraries', as for drawing the page."""
PLAIN = re.compile(r"[0-9A-Z $%*+./:-]{1,120}")
"""The letters that a QR code packs closest; ours has no others, so no other text comes back."""
MOST = 8
"""Codes of one page that are told."""
WIDTHS = (1600, 1000)
"""Widths at which a page is looked at, until a code is found: one that is blurred at the first may
be whole at the second."""


def codes_of(image):
    """Return the texts of the QR codes of a page, each once."""
    grey = image if image.mode == "L" else image.convert("L")
    for width in WIDTHS:
        size = (width, max(1, round(grey.height * width / grey.width)))
        if found := _read(grey.resize(size) if width < grey.width else grey):
            return found
        if grey.width <= width:
            return []
    return []


def _read(image):
    found = zxingcpp.read_barcodes(image, formats=zxingcpp.BarcodeFormat.QRCode)
    texts = dict.fromkeys(code.text for code in found if code.valid)
    return [text for text in texts if PLAIN.fullmatch(text)][:MOST]


def main(mime, source, pages, seconds):
    """Read so many pages; begin none after so many seconds."""
    confine(0, CPU, MEMORY)
    until = time.monotonic() + seconds
    page = pages_of(mime, source, form=GREY)
    for number in range(1, pages + 1):
        try:
            codes = codes_of(page(number))
        except Exception:  # noqa: BLE001 - parsers raise anything on a broken page
            codes = []
        print(json.dumps({"page": number, "codes": codes}), flush=True)  # noqa: T201
        if time.monotonic() > until:
            break
