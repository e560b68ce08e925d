"""Joins pages of safe copies into one PDF under limits, in a process of its own.

``main`` prints ``{"pages": n}`` or ``{"refused": code}``. Run by ``parsers.run``.
"""

import errno
import io
import json

import pikepdf
from fork_server import confine
from PIL import Image

CPU = 10
"""Seconds."""
MEMORY = 720 * 2**20
"""Bytes of address space beyond the libraries'."""
A4 = (595, 842)
"""Points."""
QUALITY = 90
PLAIN = {"L": "/DeviceGray", "RGB": "/DeviceRGB"}


def photo_page(pdf, path):
    """Add a photo as a page of A4, upright or across as it is, its pixels untouched if a JPEG."""
    with Image.open(path, formats=("JPEG", "PNG")) as image:
        size, mode, kind = image.size, image.mode, image.format
        data = None if kind == "JPEG" and mode in PLAIN else _packed(image)
        mode = mode if data is None else "RGB"
    if data is None:
        with open(path, "rb") as file:
            data = file.read()
    picture = pikepdf.Stream(pdf, data)
    about = {
        "/Type": pikepdf.Name.XObject, "/Subtype": pikepdf.Name.Image, "/Width": size[0],
        "/Height": size[1], "/ColorSpace": pikepdf.Name(PLAIN[mode]), "/BitsPerComponent": 8,
        "/Filter": pikepdf.Name.DCTDecode,
    }  # fmt: skip
    for key, value in about.items():
        picture[key] = value
    sheet = A4 if size[0] <= size[1] else A4[::-1]
    scale = min(sheet[0] / size[0], sheet[1] / size[1])
    width, height = size[0] * scale, size[1] * scale
    left, low = (sheet[0] - width) / 2, (sheet[1] - height) / 2
    page = pdf.add_blank_page(page_size=sheet)
    page.Resources = pikepdf.Dictionary(XObject=pikepdf.Dictionary(Im=picture))
    drawn = f"q {width:.2f} 0 0 {height:.2f} {left:.2f} {low:.2f} cm /Im Do Q"
    page.Contents = pikepdf.Stream(pdf, drawn.encode())


def _packed(image):
    flat = Image.new("RGB", image.size, "white")
    whole = image.convert("RGBA")
    flat.paste(whole, mask=whole)
    out = io.BytesIO()
    flat.save(out, "JPEG", quality=QUALITY)
    return out.getvalue()


def join(parts, target, most):
    with pikepdf.new() as pdf:
        for mime, path, wanted in parts:
            if mime != "application/pdf":
                photo_page(pdf, path)
                continue
            with pikepdf.open(path, inherit_page_attributes=True) as source:
                for number, page in enumerate(source.pages, 1):
                    if not wanted or number in wanted:
                        pdf.pages.append(page)
        if len(pdf.pages) > most:
            return {"refused": "pages"}
        pdf.save(target, deterministic_id=True)
        return {"pages": len(pdf.pages)}


def main(parts, target, most, file_bytes):
    """Join parts ``[mime, path, pages]`` (no pages: all of them) into a PDF of so many at most."""
    confine(file_bytes, CPU, MEMORY)
    try:
        answer = join(parts, target, most)
    except OSError as error:
        answer = {"refused": "grown" if error.errno == errno.EFBIG else "broken"}
    except (MemoryError, RecursionError):
        answer = {"refused": "complex"}
    except Exception:  # noqa: BLE001 - parsers raise anything; all of it is refusal
        answer = {"refused": "broken"}
    print(json.dumps(answer))  # noqa: T201
