"""Gives the pixels of one picture without its empty border, in a process of its own.

``main`` writes them to the target as rows of RGBA bytes and prints ``{"width": w, "height": h}``,
or ``{"refused": code, ...}``. Like ``child`` it knows nothing of Django. Run by ``parsers.run``.
"""

import json

from fork_server import confine
from PIL import Image, ImageChops

CPU = 10
"""Seconds."""
MEMORY = 1000 * 2**20
"""Bytes of address space beyond the libraries': 40 megapixels, in colour and beside white."""
LARGE = 8
"""So many times larger than wanted is looked at: the border of a huge picture takes no time."""
FAINT = 8
"""Steps of 255 from white below which a pixel prints nothing."""


def trimmed(image, most):
    """Return the part that prints something; None where nothing does."""
    image.thumbnail((LARGE * most, LARGE * most))
    white = Image.new("RGBA", image.size, "white")
    printed = Image.alpha_composite(white, image).convert("L")
    box = ImageChops.invert(printed).point(lambda dark: 255 if dark > FAINT else 0).getbbox()
    return image.crop(box) if box else None


def in_colour(image):
    """Return the image as RGBA; of 16 bits of grey the upper eight."""
    if image.mode == "I;16":
        image = image.point(lambda grey: grey / 256).convert("L")
    return image.convert("RGBA")


def main(mime, source, target, least, most):
    """Write the pixels; refuse fewer than ``least`` on the long side, scale down to ``most``."""
    confine(4 * most * most, CPU, MEMORY)
    Image.MAX_IMAGE_PIXELS = None  # the door has measured it
    kind = mime.removeprefix("image/").upper()
    try:
        with Image.open(source, formats=(kind,)) as opened:
            image = trimmed(in_colour(opened), most)
        print(json.dumps(answer(image, target, least, most)))  # noqa: T201
    except Exception:  # noqa: BLE001 - parsers raise anything on broken input
        print(json.dumps({"refused": "broken"}))  # noqa: T201


def answer(image, target, least, most):
    if image is None:
        return {"refused": "blank"}
    if max(image.size) < least:
        return {"refused": "small", "width": image.width, "height": image.height}
    image.thumbnail((most, most), Image.Resampling.LANCZOS)
    with open(target, "wb") as file:
        file.write(image.tobytes())
    return {"width": image.width, "height": image.height}
