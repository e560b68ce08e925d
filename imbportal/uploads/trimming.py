"""An accepted picture as a PNG of our own writing: its empty border cut off, its size bounded."""

import io
import json
import tempfile
from pathlib import Path
from typing import NamedTuple

from imbportal.uploads import parsers
from imbportal.uploads.acceptance import Accepted, turn
from imbportal.uploads.refusals import UploadRefused

CHILD = Path(__file__).with_name("trim_child.py")
SECONDS = 15
"""Wall time."""
TOO_SMALL = (
    "Tanpa tepi kosongnya ukurannya {width} x {height} piksel; sisi terpanjangnya paling sedikit "
    "{least} piksel."
)


class Trimmed(NamedTuple):
    png: bytes
    width: int
    height: int


def trim(accepted: Accepted, *, least: int, most: int) -> Trimmed:
    """Return an accepted JPEG or PNG without what prints nothing around it.

    Its long side has ``least`` to ``most`` pixels: fewer are refused (UploadRefused), more are
    scaled down. The child that reads the picture hands over bare pixels; the PNG is written here.
    """
    with tempfile.TemporaryDirectory(prefix="lambang-") as folder:
        source, target = Path(folder, "asal"), Path(folder, "piksel")
        source.write_bytes(accepted.content.read())
        accepted.content.seek(0)
        with turn():
            done = parsers.run(
                CHILD, accepted.mime, str(source), str(target), least, most, seconds=SECONDS
            )
        width, height = _size(done, least, most)
        pixels = target.read_bytes() if target.exists() else b""
    if len(pixels) != 4 * width * height:
        raise UploadRefused("broken")
    return Trimmed(_png(pixels, width, height), width, height)


def _size(done, least, most):
    """Return what the child measured; raise UploadRefused where it refused or told nonsense."""
    if done.code is None:  # nobody can say: the file is not to blame
        raise UploadRefused("busy")
    try:
        told = json.loads(done.told)
        width, height = int(told.get("width", 0)), int(told.get("height", 0))
    except (ValueError, TypeError, AttributeError):
        raise UploadRefused("complex") from None
    if told.get("refused") == "small":
        raise UploadRefused("small", TOO_SMALL.format(width=width, height=height, least=least))
    if "refused" in told or not (0 < width <= most and 0 < height <= most):
        raise UploadRefused("blank" if told.get("refused") == "blank" else "broken")
    return width, height


def _png(pixels, width, height):
    """Return the pixels as a PNG, without the transparency or colour that none of them has."""
    from PIL import Image

    image = Image.frombytes("RGBA", (width, height), pixels)
    red, green, blue, alpha = image.split()
    grey = red.tobytes() == green.tobytes() == blue.tobytes()
    solid = alpha.getextrema() == (255, 255)
    written = io.BytesIO()
    mode = ("L" if grey else "RGB") + ("" if solid else "A")
    image.convert(mode).save(written, "PNG", optimize=True)
    return written.getvalue()
