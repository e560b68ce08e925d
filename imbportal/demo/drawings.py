"""Drawings and letters that the demo makes itself: plain pictures as PDF of several pages."""

import io
from functools import cache

from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image, ImageDraw

from imbportal.indonesia import rupiah

SIZE = (827, 1169)
"""A4 at 100 dots per inch."""


def pdf(title: str, lines: tuple[str, ...] = (), pages: int = 2) -> SimpleUploadedFile:
    """Return an upload of a PDF with a title, a plan of a house, and a page number."""
    name = title.lower().replace(" ", "-").replace(",", "")[:60]
    data = _pdf(title, lines, pages)
    return SimpleUploadedFile(f"{name}.pdf", data, content_type="application/pdf")


@cache
def _pdf(title: str, lines: tuple[str, ...], pages: int) -> bytes:
    """Draw each drawing once: the cases of the demo share them."""
    sheets = [_sheet(title, lines, number + 1, pages) for number in range(pages)]
    data = io.BytesIO()
    sheets[0].save(data, "PDF", save_all=True, append_images=sheets[1:], resolution=100)
    return data.getvalue()


def slip(number: str, amount: int) -> SimpleUploadedFile:
    """Return an upload of an invented receipt for a bill, amount in rupiah."""
    image = Image.new("RGB", (620, 420), "white")
    draw = ImageDraw.Draw(image)
    draw.rectangle((10, 10, 609, 409), outline="#555", width=2)
    for index, line in enumerate(("BUKTI SETOR (CONTOH)", number, f"Jumlah {rupiah(amount)}")):
        draw.text((40, 50 + 60 * index), line, fill="#111", font_size=26)
    data = io.BytesIO()
    image.save(data, "JPEG", quality=70)
    return SimpleUploadedFile("bukti-bayar.jpg", data.getvalue(), content_type="image/jpeg")


def card(name: str, nik: str) -> SimpleUploadedFile:
    """Return an upload of an invented identity card, marked as a sample."""
    return SimpleUploadedFile("ktp.jpg", _card(name, nik), content_type="image/jpeg")


@cache
def _card(name: str, nik: str) -> bytes:
    image = Image.new("RGB", (860, 540), "#dfeaf2")
    draw = ImageDraw.Draw(image)
    draw.text((40, 40), "CONTOH KARTU IDENTITAS - BUKAN KTP", fill="#333", font_size=28)
    draw.text((40, 140), f"NIK  {nik}", fill="#111", font_size=30)
    draw.text((40, 200), f"Nama {name}", fill="#111", font_size=30)
    draw.rectangle((640, 130, 810, 350), outline="#555", width=3)
    data = io.BytesIO()
    image.save(data, "JPEG", quality=80)
    return data.getvalue()


def arms(width: int = 360, height: int = 480, colour: str = "#1d6b45") -> SimpleUploadedFile:
    """Return an upload of an invented coat of arms: a shield with a house, within empty space."""
    image = Image.new("RGBA", (width + 80, height + 80), (255, 255, 255, 0))
    draw = ImageDraw.Draw(image)

    def at(*points: float) -> list[tuple[float, float]]:
        """Return points that are given in percent of the shield."""
        pairs = zip(points[::2], points[1::2], strict=True)
        return [(40 + width * x / 100, 40 + height * y / 100) for x, y in pairs]

    draw.polygon(at(0, 0, 100, 0, 100, 55, 50, 100, 0, 55), fill=colour)
    draw.polygon(at(7, 5, 93, 5, 93, 53, 50, 91, 7, 53), fill="#f4d35e")
    draw.polygon(at(18, 40, 50, 18, 82, 40), fill="#7a1f1f")
    draw.polygon(at(26, 40, 74, 40, 74, 62, 26, 62), fill="#ffffff")
    data = io.BytesIO()
    image.save(data, "PNG")
    return SimpleUploadedFile("lambang.png", data.getvalue(), content_type="image/png")


def _sheet(title, lines, number, pages):
    image = Image.new("L", SIZE, 255)
    draw = ImageDraw.Draw(image)
    draw.rectangle((40, 40, SIZE[0] - 40, SIZE[1] - 40), outline=60, width=2)
    draw.text((70, 70), title.upper(), fill=0, font_size=24)
    for index, line in enumerate(lines):
        draw.text((70, 115 + 28 * index), line, fill=40, font_size=18)
    _plan(draw)
    draw.rectangle((40, SIZE[1] - 110, SIZE[0] - 40, SIZE[1] - 40), outline=60)
    draw.text(
        (60, SIZE[1] - 90), f"Skala 1:100   Lembar {number} dari {pages}", fill=0, font_size=18
    )
    return image


def _plan(draw):
    """Draw a plot, a house with rooms, and the road before it."""
    draw.rectangle((160, 330, 667, 900), outline=0, width=3)
    draw.rectangle((230, 420, 597, 760), outline=0, width=6)
    draw.line((230, 590, 430, 590), fill=0, width=4)
    draw.line((430, 420, 430, 680), fill=0, width=4)
    draw.arc((400, 560, 460, 620), 90, 180, fill=0, width=2)
    draw.rectangle((160, 940, 667, 1000), fill=210)
    draw.text((350, 955), "JALAN", fill=40, font_size=20)
