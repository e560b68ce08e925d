"""Images, decoded and encoded anew: nothing of the sent bytes remains but the pixels."""

from PIL import Image, ImageOps
from refusal_codes import Refused

PIXELS = 40_000_000
"""A 40-megapixel photo decoded twice (turning it needs a second copy) stays within the memory."""
FORMATS = {"image/jpeg": "JPEG", "image/png": "PNG"}
KEPT = {"JPEG": {"L", "RGB"}, "PNG": {"1", "L", "LA", "RGB", "RGBA", "I;16"}}
"""Modes written as they are; the others (palette, CMYK) become RGB or RGBA."""


def rewrite(source, target, mime) -> int:
    """Write the image without its metadata, turned as its orientation tag says."""
    Image.MAX_IMAGE_PIXELS = None  # measured here, before anything is decoded
    kind = FORMATS[mime]
    with Image.open(source, formats=(kind,)) as image:
        if image.width * image.height > PIXELS:
            raise Refused("pixels")
        upright = ImageOps.exif_transpose(image)
        clean = _plain(upright, kind)
        clean.info = {}
        options = {"quality": 90, "optimize": True} if kind == "JPEG" else {}
        clean.save(target, format=kind, **options)
    return 1


def _plain(image, kind):
    if image.mode in KEPT[kind]:
        return image
    transparent = kind == "PNG" and ("transparency" in image.info or image.mode == "PA")
    return image.convert("RGBA" if transparent else "RGB")
