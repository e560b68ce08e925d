"""The bill of ``bills`` drawn with ReportLab: the same words, tables, code and embedded fonts.

As somebody would draw it who knows the library: flowing paragraphs and tables, the fonts loaded
once. It has neither tags nor the data of an archive; the measure is how much those may cost.
"""

from __future__ import annotations

import io
from functools import cache
from typing import Any
from xml.sax.saxutils import escape

import segno
from reportlab.lib import colors, pagesizes
from reportlab.lib.enums import TA_CENTER, TA_RIGHT
from reportlab.lib.styles import ParagraphStyle
from reportlab.lib.units import mm
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.platypus import Flowable, Paragraph, SimpleDocTemplate, Spacer
from reportlab.platypus import Table as Grid

from documents.printout import Printout

FONTS = "/usr/share/fonts/truetype/liberation/LiberationSans-"
WIDTH = 170 * mm


@cache
def _fonts() -> None:
    for name, file in (("Sans", "Regular"), ("Sans-Bold", "Bold")):
        pdfmetrics.registerFont(TTFont(name, f"{FONTS}{file}.ttf"))
    pdfmetrics.registerFontFamily("Sans", normal="Sans", bold="Sans-Bold")


@cache
def _style(size: float = 10, align: int = 0, bold: bool = False) -> ParagraphStyle:
    font = "Sans-Bold" if bold else "Sans"
    return ParagraphStyle("s", fontName=font, fontSize=size, leading=size * 1.25, alignment=align)


def _p(text: str, size: float = 10, align: int = 0, bold: bool = False) -> Paragraph:
    return Paragraph(escape(text), _style(size, align, bold))


class Code(Flowable):
    """A QR code, each row's dark runs as lines."""

    def __init__(self, text: str, side: float):
        super().__init__()
        self.rows, self.width, self.height = segno.make(text, error="m").matrix, side, side

    def draw(self) -> None:
        step = self.width / len(self.rows)
        path = self.canv.beginPath()
        for y, row in enumerate(self.rows):
            x = 0
            while x < len(row):
                end = x
                while end < len(row) and row[end]:
                    end += 1
                if end > x:
                    top = self.height - (y + 1) * step
                    path.rect(x * step, top, (end - x) * step, step)
                x = end + 1
        self.canv.drawPath(path, stroke=0, fill=1)


class Mark(Flowable):
    """The neutral mark of the letterhead."""

    def __init__(self) -> None:
        super().__init__()
        self.width = self.height = 16 * mm

    def draw(self) -> None:
        half = self.width / 2
        self.canv.circle(half, half, half * 0.95)
        self.canv.circle(half, half, half * 0.83)
        scale = self.width / 48
        for points in (((11, 25), (24, 35), (37, 25)), ((14, 27), (14, 13), (34, 13), (34, 27))):
            path = self.canv.beginPath()
            path.moveTo(*(n * scale for n in points[0]))
            for x, y in points[1:]:
                path.lineTo(x * scale, y * scale)
            self.canv.drawPath(path)


def pdf(page: Printout) -> bytes:
    """Return the bill as a PDF."""
    _fonts()
    out = io.BytesIO()
    SimpleDocTemplate(
        out, pagesize=pagesizes.A4, leftMargin=20 * mm, rightMargin=20 * mm, topMargin=10 * mm,
        bottomMargin=14 * mm, title=f"{page.content.title} {page.number}", pageCompression=1,
        lang="id",
    ).build([*_head(page), *_bill(page), *_foot(page)], onFirstPage=_numbered)  # fmt: skip
    return out.getvalue()


def _numbered(canvas: Any, document: Any) -> None:
    canvas.setFont("Sans", 7.5)
    canvas.drawString(20 * mm, 8 * mm, document.title)
    canvas.drawRightString(190 * mm, 8 * mm, "Halaman 1 dari 1")
    canvas.saveState()
    canvas.rotate(90)
    canvas.setFillGray(0.75)
    canvas.setFont("Sans-Bold", 24)
    canvas.drawCentredString(148 * mm, -9 * mm, "CONTOH")
    canvas.restoreState()


def _head(page: Printout) -> list[Any]:
    head, paper = page.content.letterhead, page.content
    words = [
        _p(head.government.upper()), _p(head.office.upper(), 12, bold=True), _p(head.address, 8.5),
        _p(head.contact, 8.5),
    ]  # fmt: skip
    return [
        _grid([[Mark(), words]], (20, 150), ("VALIGN", (0, 0), (-1, -1), "MIDDLE"),
              ("LINEBELOW", (0, 0), (-1, -1), 1.6, colors.black)),
        Spacer(0, 3 * mm),
        _p(paper.title.upper(), 13, TA_CENTER, bold=True),
        _p(f"Nomor {page.number}", 10, TA_CENTER),
        Spacer(0, 2 * mm),
        _grid([[_p(page.sample_note, 9, TA_CENTER, bold=True)]], (170,), BOX),
        Spacer(0, 2 * mm),
        _grid(
            [[_both("Nomor urut", page.serial), _both("Tanggal", page.date),
              _both("Masa retribusi", page.month), _both("Tahun", page.year)]],
            (34, 50, 51, 35), BOX, INNER,
        ),
        Spacer(0, 2 * mm),
        _grid([[_p(label, 9.5), _p(value, 9.5)] for label, value in paper.facts], (45, 125)),
        Spacer(0, 2 * mm),
    ]  # fmt: skip


def _both(label: str, value: str) -> Paragraph:
    return Paragraph(f"{escape(label)} <b>{escape(value)}</b>", _style(9))


BOX = ("BOX", (0, 0), (-1, -1), 0.8, colors.black)
INNER = ("INNERGRID", (0, 0), (-1, -1), 0.5, colors.black)


def _grid(rows: list[list[Any]], widths: tuple[float, ...], *styles: Any, heads: int = 0) -> Grid:
    padding = [
        (side, (0, 0), (-1, -1), room)
        for side, room in (("TOPPADDING", 1.5), ("BOTTOMPADDING", 1.5), ("LEFTPADDING", 4))
    ]
    columns = [width * mm for width in widths]
    top = ("VALIGN", (0, 0), (-1, -1), "TOP")
    return Grid(rows, columns, style=[top, *padding, *styles], repeatRows=heads)


def _bill(page: Printout) -> list[Any]:
    paper = page.content
    due = [_p("Tanggal jatuh tempo", 8), _p(page.due_date, 11, bold=True), _p(page.due_note, 8)]
    asked = [
        [_p("Jumlah yang harus dibayar", 8), _p(page.amount, 15, bold=True)],
        due,
        [_p("Kode bayar", 8), _p(page.payment_code, 11, bold=True)],
    ]
    return [
        _grid([asked], (70, 50, 50), BOX, INNER),
        Spacer(0, 2 * mm),
        _accounts(page),
        Spacer(0, 2 * mm),
        _both("Dengan huruf:", paper.extra["terbilang"]),
        Spacer(0, 2 * mm),
        _grid([[[_p("PERHATIAN", 8.5, bold=True), *_numbers(paper.closing)]]], (170,), BOX),
        Spacer(0, 2 * mm),
        _p("Dasar hukum", 8.5, bold=True),
        *_numbers(paper.basis),
    ]


def _numbers(texts: tuple[str, ...]) -> list[Paragraph]:
    return [_p(f"{n}. {text}", 8.5) for n, text in enumerate(texts, start=1)]


def _accounts(page: Printout) -> Grid:
    table = page.content.sections[0].table
    assert table is not None
    rows: list[list[Any]] = [
        [_p(cell, 8.5, TA_RIGHT * (n > 2), bold=True) for n, cell in enumerate(table.head)]
    ]
    styles: list[Any] = [("LINEBELOW", (0, 0), (-1, 0), 0.8, colors.black)]
    for style, cells, note in zip(table.styles, table.rows, table.cites, strict=True):
        line = len(rows)
        rows.append(_row(style, cells, note))
        first, last = {"sub": (1, 2), "sum": (0, 3), "main": (2, 3)}[style]
        styles.append(("SPAN", (first, line), (last, line)))
        if style == "main":
            styles.append(("LINEABOVE", (0, line), (-1, line), 0.3, colors.grey))
    rows.append(_sum(table.foot, 10, bold=True))
    styles += [
        ("SPAN", (0, -1), (3, -1)),
        ("LINEABOVE", (0, -1), (-1, -1), 0.8, colors.black),
        ("LINEBELOW", (0, -1), (-1, -1), 1.2, colors.black),
    ]
    return _grid(rows, (10, 38, 68, 27, 27), *styles, heads=1)


def _row(style: str, cells: tuple[str, ...], note: str) -> list[Any]:
    if style == "sum":
        return _sum(cells[2:3] + ("", "", "") + cells[4:], 9)
    if style == "sub":
        below = [_p(note, 7.5)] if note else []
        return ["", [_p(cells[2], 9), *below], "", _p(cells[3], 9, TA_RIGHT), ""]
    number, code, label = (_p(cell, bold=True) for cell in cells[:3])
    return [number, code, label, "", _p(cells[4], 10, TA_RIGHT, bold=True)]


def _sum(cells: tuple[str, ...], size: float, bold: bool = False) -> list[Any]:
    label, amount = (_p(cell, size, TA_RIGHT, bold) for cell in (cells[0], cells[4]))
    return [label, "", "", "", amount]


def _foot(page: Printout) -> list[Any]:
    paper, [mark] = page.content, page.signed
    check = [
        _p("Pindai untuk memeriksa keaslian dan status surat ini.", 8.5),
        _p(f"Atau buka {page.check_page} dan ketik kode {page.token}", 7.5),
    ]
    sign = [
        _p(f"{paper.letterhead.place}, {page.date}"), _p(f"{mark.title},"), Spacer(0, 12 * mm),
        _p(mark.name, bold=True), _p(f"NIP {mark.nip}"),
    ]  # fmt: skip
    tear = [
        ("Nomor", f"{page.number}, jumlah {page.amount}", "Diterima tanggal", ""),
        ("Nama", paper.holder, "Nama penerima", ""),
        ("Alamat", paper.extra["address"], "Tanda tangan", ""),
    ]
    return [
        Spacer(0, 3 * mm),
        _grid([[Code(page.check_url, 21 * mm), check, sign]], (25, 75, 70)),
        Spacer(0, 3 * mm),
        _grid([[_p(f"Tanda terima {paper.title}", 9, bold=True)]], (170,),
              ("LINEABOVE", (0, 0), (-1, 0), 0.8, colors.black)),
        _grid([[_p(cell, 9) for cell in row] for row in tear], (18, 85, 30, 37)),
    ]  # fmt: skip
