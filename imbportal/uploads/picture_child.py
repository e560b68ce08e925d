"""Draws pages of one file as pictures under limits, in a process of its own that may crash.

``main`` writes ``1.png`` or ``1.jpg`` and so on into the folder and prints a JSON line after each:
``{"page": 1, "name": "1.png", "width": 1600, "height": 2263}``, or ``{"page": 1}`` where that page
cannot be drawn. Like ``child`` it knows nothing of Django and holds no key. Run by ``parsers.run``.
"""

import json
import time
from pathlib import Path

import pypdfium2
from fork_server import confine
from PIL import Image, ImageChops, ImageOps

MEMORY = 988 * 2**20
"""Bytes of address space beyond the libraries': an A0 scan in colour unpacks to 420 MB."""
FILE = 8 * 2**20
"""Bytes of one picture."""
WIDTH, HEIGHT = 1600, 3200
"""Pixels that a picture has at most: A4 at 190 dots per inch."""
QUALITY = 80
UNCOPIED = {"prefer_bgrx": True, "rev_byteorder": True}
"""The form of a pixel that Pillow takes as PDFium drew it: a copy costs more than most pages."""
GREY = {"grayscale": True}
"""The form of a pixel for who looks at no colour: a quarter of the memory."""


def pages_of(mime, source, *, form=UNCOPIED):
    """Return a function that gives one page as a Pillow image, of a PDF in the form given."""
    if mime == "application/pdf":
        return _of_pdf(source, form)
    return lambda number: _of_image(source)


def _of_pdf(source, form):
    document = pypdfium2.PdfDocument(source)

    def drawn(number):
        page = document[number - 1]
        width, height = page.get_size()
        scale = min((WIDTH - 0.5) / width, (HEIGHT - 0.5) / height)  # pixels are rounded up
        return page.render(scale=scale, may_draw_forms=False, **form).to_pil()

    return drawn


def _of_image(source):
    Image.MAX_IMAGE_PIXELS = None  # the door has measured it
    image = Image.open(source, formats=("JPEG", "PNG"))
    image.draft("RGB", (WIDTH, HEIGHT))
    image.thumbnail((WIDTH, HEIGHT))
    flat = ImageOps.exif_transpose(image).convert("RGBA")
    paper = Image.new("RGB", flat.size, "white")
    paper.paste(flat, mask=flat)
    return paper


def write(image, folder, number):
    """Write a picture the way that makes it smaller, without colour where it has none."""
    red, green, blue = image.split()[:3]
    coloured = any(ImageChops.difference(red, other).getbbox() for other in (green, blue))
    image = image.convert("RGB") if coloured else red
    made = Path(folder, f"{number}.png"), Path(folder, f"{number}.jpg")
    image.save(made[0], "PNG")
    image.save(made[1], "JPEG", quality=QUALITY)
    small, large = sorted(made, key=lambda path: path.stat().st_size)
    large.unlink()
    return {"page": number, "name": small.name, "width": image.width, "height": image.height}


def main(mime, source, folder, first, last, seconds, cpu):
    """Draw these pages; begin none after so many seconds, and use so many of CPU time."""
    confine(FILE, cpu, MEMORY)
    until = time.monotonic() + seconds
    draw = pages_of(mime, source)
    for number in range(first, last + 1):
        try:
            answer = write(draw(number), folder, number)
        except Exception:  # noqa: BLE001 - parsers raise anything on a broken page
            answer = {"page": number}
        print(json.dumps(answer), flush=True)  # noqa: T201
        if time.monotonic() > until:
            break
