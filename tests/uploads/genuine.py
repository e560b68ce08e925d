"""Honest files as people's programs make them, built on the spot; ``number`` varies them.

Each is the same in every process and on every day.
"""

import base64
import io
import random
import re
import struct
import time
import zlib

import pikepdf
from pikepdf import Array, Dictionary, Name
from PIL import Image

CANARY = "Kamera Rahasia"
DAY = time.gmtime(1_767_323_045)
GPS, ORIENTATION, MAKE = 0x8825, 0x0112, 0x010F
TEXT = b"BT /F1 12 Tf 72 720 Td (Denah rumah tinggal) Tj ET"


# -- Pictures -------------------------------------------------------------------------------
def photo(size=(80, 60), mode="RGB", seed=0):
    """Return a picture with colours and noise, so that it does not pack to nothing."""
    noise = Image.effect_noise((max(1, size[0] // 4), max(1, size[1] // 4)), 40 + seed % 50)
    return noise.resize(size).convert("RGB").convert(mode)


def exif(orientation=1):
    data = Image.Exif()
    data[ORIENTATION], data[MAKE] = orientation, CANARY
    data[GPS] = {1: "S", 2: (7.0, 9.0, 1.0), 3: "E", 4: (113.0, 28.0, 1.0)}
    return data


def saved(image, kind, **options):
    out = io.BytesIO()
    image.save(out, kind, **options)
    return out.getvalue()


def jpeg(number=0, mode="RGB", size=(80, 60), **options):
    size = (size[0] + number % 7, size[1] + number % 5)
    return saved(photo(size, mode, number), "JPEG", **options)


def with_segments(data, *segments):
    """Put further segments (marker, content) behind the start of a JPEG."""
    extra = b"".join(
        bytes((0xFF, marker)) + struct.pack(">H", len(content) + 2) + content
        for marker, content in segments
    )
    return data[:2] + extra + data[2:]


XMP = b"http://ns.adobe.com/xap/1.0/\0<x:xmpmeta>Kamera Rahasia</x:xmpmeta>"
JPEGS = {
    "baseline": lambda n: jpeg(n),
    "grey": lambda n: jpeg(n, "L"),
    "progressive": lambda n: jpeg(n, progressive=True),
    "cmyk": lambda n: jpeg(n, "CMYK"),
    "optimised": lambda n: jpeg(n, optimize=True, quality=95),
    "subsampled": lambda n: jpeg(n, subsampling=2, quality=40),
    "gps": lambda n: jpeg(n, exif=exif()),
    "turned": lambda n: jpeg(n, exif=exif(3 + n % 6)),
    "mirrored": lambda n: jpeg(n, exif=exif(2)),
    "commented": lambda n: jpeg(n, comment=b"Kamera Rahasia"),
    "xmp": lambda n: with_segments(jpeg(n), (0xE1, XMP), (0xED, b"Photoshop 3.0\0")),
    "restarts": lambda n: jpeg(n, restart_marker_blocks=4),
    "several": lambda n: saved(
        photo((90, 60), seed=n), "MPO", save_all=True, append_images=[photo()]
    ),
    "phone": lambda n: jpeg(n, size=(4000, 3000), exif=exif(6), quality=85),
}


def chunk(kind, data):
    body = kind + data
    return struct.pack(">I", len(data)) + body + struct.pack(">I", zlib.crc32(body))


def png_of(width, height, data, *extra, depth=8, colour=2, interlace=0):
    """Return a PNG of these rows; ``extra`` are chunks before the data."""
    header = struct.pack(">IIBBBBB", width, height, depth, colour, 0, 0, interlace)
    parts = [chunk(b"IHDR", header), *extra, chunk(b"IDAT", data), chunk(b"IEND", b"")]
    return b"\x89PNG\r\n\x1a\n" + b"".join(parts)


def interlaced(number):
    """Return an Adam7 PNG of 16 by 16 pixels."""
    rows = b""
    for x, y, step_x, step_y in (
        (0, 0, 8, 8), (4, 0, 8, 8), (0, 4, 4, 8), (2, 0, 4, 4), (0, 2, 2, 4), (1, 0, 2, 2),
        (0, 1, 1, 2),
    ):  # fmt: skip
        wide = len(range(x, 16, step_x))
        rows += (b"\0" + bytes((number % 256, 90, 7)) * wide) * len(range(y, 16, step_y))
    return png_of(16, 16, zlib.compress(rows), interlace=1)


def png(number=0, mode="RGB", size=(70, 50), **options):
    return saved(photo((size[0] + number % 7, size[1]), mode, number), "PNG", **options)


PNGS = {
    **{
        f"png-{mode}": lambda n, mode=mode: png(n, mode)
        for mode in ("1", "L", "LA", "P", "RGB", "RGBA")
    },
    "png-16": lambda n: saved(Image.new("I;16", (60 + n % 9, 40), 999 + n), "PNG"),
    "png-clear": lambda n: png(n, "P", transparency=0),
    "png-interlaced": interlaced,
    "png-gps": lambda n: png(n, exif=exif()),
    "png-large": lambda n: png(n, "L", (1200, 900)),
    "png-text": lambda n: png_of(
        2, 2, zlib.compress(b"\0\1\2\3\4\5\6" * 2), chunk(b"tEXt", b"Author\0Kamera Rahasia")
    ),
}


# -- PDFs -----------------------------------------------------------------------------------
def written(edit=None, pages=1, **save):
    with pikepdf.new() as document:
        for _ in range(pages):
            document.add_blank_page(page_size=(595, 842))
        for page in document.pages:
            font = Dictionary(Type=Name.Font, Subtype=Name.Type1, BaseFont=Name.Helvetica)
            page.obj.Resources = Dictionary(Font=Dictionary(F1=font))
            page.obj.Contents = document.make_stream(TEXT)
        if edit:
            edit(document)
        out = io.BytesIO()
        document.save(out, **{"deterministic_id": "encryption" not in save} | save)
    return out.getvalue()


def raw_pdf(*objects, trailer=b"", version=b"1.4", tail=b"", root=1):
    """Return a PDF put together by hand: objects 1, 2, … with a classic table."""
    out, places = bytearray(b"%PDF-" + version + b"\n%\xe2\xe3\xcf\xd3\n"), []
    for number, body in enumerate(objects, 1):
        places.append(len(out))
        out += b"%d 0 obj\n%s\nendobj\n" % (number, body)
    table = len(out)
    out += b"xref\n0 %d\n0000000000 65535 f \n" % (len(places) + 1)
    out += b"".join(b"%010d 00000 n \n" % place for place in places)
    out += b"trailer\n<</Size %d/Root %d 0 R%s>>\n" % (len(places) + 1, root, trailer)
    return bytes(out) + b"startxref\n%d\n%%%%EOF\n" % table + tail


def stream(data, entries=b""):
    return b"<</Length %d%s>>stream\n%s\nendstream" % (len(data), entries, data)


CATALOG = b"<</Type/Catalog/Pages 2 0 R>>"
PAGES = b"<</Type/Pages/Kids[3 0 R]/Count 1>>"
PAGE = b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 4 0 R>>"


def minimal(number, version=b"1.4", contents=None):
    return raw_pdf(CATALOG, PAGES, PAGE, contents or stream(b"0 0 %d 9 re f" % (9 + number)),
                   version=version)  # fmt: skip


def updated(number):
    """Return a PDF to which a later revision was appended, as a form filler does."""
    first = minimal(number)
    start, page = len(first), PAGE.replace(b"595 842", b"842 595")
    body = b"3 0 obj\n" + page + b"\nendobj\n"
    table = start + len(body)
    before = first.rindex(b"xref\n0 ")
    return (
        first + body + b"xref\n3 1\n%010d 00000 n \n" % start
        + b"trailer\n<</Size 5/Root 1 0 R/Prev %d>>\nstartxref\n%d\n%%%%EOF\n" % (before, table)
    )  # fmt: skip


def links(document):
    """As a word processor writes them: an address, a jump, an outline."""
    page = document.pages[0].obj
    jump = Dictionary(S=Name.GoTo, D=Array([page, Name.Fit]))
    address = Dictionary(S=Name.URI, URI="https://contoh.test/")
    page.Annots = Array([
        document.make_indirect(Dictionary(Type=Name.Annot, Subtype=Name.Link,
                                          Rect=Array([0, 0, 9, 9]), A=action))
        for action in (jump, address)
    ])  # fmt: skip
    with document.open_outline() as outline:
        outline.root.append(pikepdf.OutlineItem("Denah", 0))


def told(document):
    document.docinfo["/Author"] = CANARY
    with document.open_metadata(set_pikepdf_as_editor=False) as metadata:  # without today's date
        metadata["dc:creator"] = [CANARY]
    document.Root.OpenAction = Array([document.pages[0].obj, Name.Fit])


def fields(document):
    """A form without actions, and a place for a signature."""
    box = Array([0, 0, 90, 20])
    text = Dictionary(Type=Name.Annot, Subtype=Name.Widget, FT=Name.Tx, T="nama", Rect=box, F=4)
    mark = Dictionary(Type=Name.Annot, Subtype=Name.Widget, FT=Name.Sig, T="ttd", Rect=box, F=4)
    found = [document.make_indirect(field) for field in (text, mark)]
    document.Root.AcroForm = Dictionary(Fields=Array(found))
    document.pages[0].obj.Annots = Array(found)


def embedded_photo(data, filters=Name.DCTDecode, colour=Name.DeviceRGB):
    def edit(document):
        shown = pikepdf.Stream(
            document, data, Type=Name.XObject, Subtype=Name.Image, Filter=filters, Width=80,
            Height=60, BitsPerComponent=8, ColorSpace=colour,
        )  # fmt: skip
        document.pages[0].obj.Resources.XObject = Dictionary(F=document.make_indirect(shown))
        document.pages[0].obj.Contents = document.make_stream(b"200 0 0 100 0 0 cm /F Do")

    return edit


def scan(number, mode="RGB", pages=1, size=(300, 420)):
    more = [photo(size, mode, seed) for seed in range(1, pages)]
    dates = {"creationDate": DAY, "modDate": DAY}
    first = photo(size, mode, number)
    return saved(first, "PDF", save_all=True, append_images=more, **dates)


def weasy(number, body="", **options):
    from weasyprint import HTML

    page = f"<h1>Surat pernyataan {number}</h1><p>Saya, Budi.</p>{body}"
    return HTML(string=page).write_pdf(**options)


def of_pypdf(number):
    import pypdf

    writer, out = pypdf.PdfWriter(), io.BytesIO()
    for _ in range(1 + number % 3):
        writer.add_blank_page(595, 842)
    writer.add_metadata({"/Title": "Denah"})
    writer.write(out)
    return out.getvalue()


def of_pdfium(number):
    import pypdfium2

    document, out = pypdfium2.PdfDocument.new(), io.BytesIO()
    document.new_page(595, 842 + number)
    document.save(out)
    undated = re.sub(rb"D:\d{14}", time.strftime("D:%Y%m%d%H%M%S", DAY).encode(), out.getvalue())
    return re.sub(rb"<[0-9A-F]{32}>", b"<%s>" % (b"A5" * 16), undated)


GPS_PHOTO = jpeg(exif=exif())
TABLE = "<table><tr><th>Lantai</th><th>Luas</th></tr><tr><td>1</td><td>70 m²</td></tr></table>"
FORM = "<form><input name=a value=x><textarea name=b></textarea></form>"
PDFS = {
    "pikepdf": lambda n: written(pages=1 + n % 5),
    "objects": lambda n: written(
        pages=2 + n % 3, object_stream_mode=pikepdf.ObjectStreamMode.generate
    ),
    "linear": lambda n: written(pages=2 + n % 3, linearize=True),
    "plain": lambda n: written(qdf=True, pages=1 + n % 2),
    "old": lambda n: written(force_version="1.3", pages=1 + n % 2),
    "links": lambda n: written(links, pages=1 + n % 2),
    "told": lambda n: written(told, pages=1 + n % 2),
    "fields": lambda n: written(fields, pages=1 + n % 2),
    "hundred": lambda n: written(pages=100 - n % 4),
    "photo": lambda n: written(embedded_photo(GPS_PHOTO), pages=1 + n % 2),
    "photo-deflated": lambda n: written(
        embedded_photo(zlib.compress(GPS_PHOTO), Array([Name.FlateDecode, Name.DCTDecode])),
        pages=1 + n % 2, compress_streams=False,
    ),  # fmt: skip
    "minimal": minimal,
    "minimal-2": lambda n: minimal(n, b"2.0"),
    "a85": lambda n: minimal(n, contents=stream(
        base64.a85encode(zlib.compress(TEXT)) + b"~>", b"/Filter[/ASCII85Decode/FlateDecode]"
    )),
    "hex": lambda n: minimal(n, contents=stream(TEXT.hex().encode() + b">",
                                                b"/Filter/ASCIIHexDecode")),
    "updated": updated,
    "scan": scan,
    "scan-grey": lambda n: scan(n, "L", 2),
    "scan-fax": lambda n: scan(n, "1"),
    "scan-many": lambda n: scan(n, pages=5),
    "weasy": weasy,
    "weasy-table": lambda n: weasy(n, TABLE),
    "weasy-form": lambda n: weasy(n, FORM, pdf_forms=True),
    "weasy-archive": lambda n: weasy(n, TABLE, pdf_variant="pdf/a-3b"),
    "pypdf": of_pypdf,
    "pdfium": of_pdfium,
}  # fmt: skip

SEEDS = PDFS | JPEGS | PNGS
"""Fifty kinds of file, each a function of a number."""
HEAVY = {"phone", "png-large", "hundred"}
"""Made a few times only, and not mutated: they cost seconds."""


def endings(name):
    return ".pdf" if name in PDFS else ".jpg" if name in JPEGS else ".png"


def files(count, seed=0):
    """Yield (name, content) of so many genuine files, every kind in turn."""
    names = list(SEEDS)
    for number in range(count):
        name = names[number % len(names)]
        content = SEEDS[name](seed + number // len(names))
        yield f"{name}-{number}{endings(name)}", content


def mutable(seed=0):
    """Return the seeds that are mutated, each one once."""
    made = {name: SEEDS[name](seed) for name in SEEDS if name not in HEAVY}
    return [(name + endings(name), content) for name, content in made.items()]


def shuffled(values, seed):
    random.Random(seed).shuffle(values)
    return values
