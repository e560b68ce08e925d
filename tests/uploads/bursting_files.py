"""Files that burst: small to send, vast or endless to open. ``FILES`` as in ``hostile_files``."""

import struct
import zlib
from functools import cache

import pikepdf
from pikepdf import Array, Dictionary, Name

from tests.uploads import genuine
from tests.uploads.genuine import CATALOG, PAGE, PAGES, chunk, png_of, raw_pdf, stream, written

FILES = {}
AS_IT_IS = {"compress_streams": False, "stream_decode_level": pikepdf.StreamDecodeLevel.none}


def file(name, ending=".pdf"):
    def keep(make):
        FILES[name] = lambda: (name.replace(" ", "-") + ending, make())
        return make

    return keep


@cache
def zeros(blocks):
    """Return deflated zeros, 16 MiB a block, without ever holding them."""
    packer = zlib.compressobj(9, wbits=-15)
    block = packer.compress(bytes(2**24)) + packer.flush(zlib.Z_FULL_FLUSH)
    return b"\x78\xda" + block * blocks


def contents(data, *filters):
    def edit(document):
        shown = document.make_stream(data)
        shown.stream_dict.Filter = Array([Name("/" + name) for name in filters])
        document.pages[0].obj.Contents = shown

    return written(edit, **AS_IT_IS)


@file("deflate to 4 GB")
def _twice():
    return contents(zlib.compress(zeros(256), 9), "FlateDecode", "FlateDecode")


@file("deflate to 4 GB at once")
def _once():
    return contents(zeros(256), "FlateDecode")


@file("deflate thrice")
def _thrice():
    return contents(zlib.compress(zlib.compress(zeros(256), 9), 9), *["FlateDecode"] * 3)


@file("many medium streams")
def _medium():
    def edit(document):
        for number in range(40):
            shown = document.make_stream(zeros(12))
            shown.stream_dict.Filter = Name.FlateDecode
            document.Root[f"/X{number}"] = shown

    return written(edit, **AS_IT_IS)


@file("repeated runs")
def _runs():
    return contents(b"\x81\0" * 2_000_000 + b"\x80", "RunLengthDecode", "RunLengthDecode")


@file("hundred filters")
def _filters():
    return contents(zlib.compress(b"x"), *["FlateDecode"] * 100)


@file("predictor without end")
def _predictor():
    parms = b"/Filter/FlateDecode/DecodeParms<</Predictor 15/Columns 2147483647/Colors 32>>"
    return raw_pdf(CATALOG, PAGES, PAGE, stream(zeros(4), parms))


@file("hundred thousand objects")
def _objects():
    return raw_pdf(CATALOG, PAGES, PAGE, stream(b""), *[b"<</N 1>>"] * 100_000)


@file("objects in streams")
def _packed_objects():
    def edit(document):
        document.Root.X = Array([document.make_indirect(Dictionary(N=n)) for n in range(100_000)])

    return written(edit, object_stream_mode=pikepdf.ObjectStreamMode.generate)


@file("picture of 17 gigapixels in a pdf")
def _huge():
    def edit(document):
        document.Root.X = pikepdf.Stream(
            document, b"", Subtype=Name.Image, Width=2**17, Height=2**17, BitsPerComponent=8
        )

    return written(edit)


for _name, _body in {
    "deep arrays": b"[" * 200_000, "deep dictionaries": b"<</A" * 200_000,
    "closed deep arrays": b"[" * 50_000 + b"]" * 50_000, "endless string": b"(" * 300_000,
}.items():  # fmt: skip

    @file(_name)
    def _deep(body=_body):
        return raw_pdf(CATALOG, PAGES, PAGE, stream(b""), body)


TREES = {
    "pages that hold themselves": b"<</Type/Pages/Kids[2 0 R]/Count 1>>",
    "pages that hold themselves twice": b"<</Type/Pages/Kids[2 0 R 2 0 R 3 0 R]/Count 9>>",
    "a page many times": b"<</Type/Pages/Kids[" + b"3 0 R " * 50_000 + b"]/Count 50000>>",
    "pages counted wrongly": b"<</Type/Pages/Kids[3 0 R]/Count 2147483647>>",
    "pages counted below zero": b"<</Type/Pages/Kids[3 0 R]/Count -1>>",
    "pages without a kind": b"<</Kids[3 0 R 4 0 R 5 0 R]>>",
}
for _name, _tree in TREES.items():

    @file(_name)
    def _pages(tree=_tree):
        return raw_pdf(CATALOG, tree, PAGE, stream(b"", b"/Next 4 0 R"))


@file("deep tree of pages")
def _tree():
    deep = [
        b"<</Type/Pages/Kids[%d 0 R]/Count 1/Parent %d 0 R>>" % (number + 1, number - 1)
        for number in range(2, 10_002)
    ]
    return raw_pdf(CATALOG, *deep, PAGE)


@file("tree of pages that doubles")
def _doubling():
    twice = [
        b"<</Type/Pages/Kids[%d 0 R %d 0 R]/Count 2>>" % (number + 1, number + 1)
        for number in range(2, 34)
    ]
    return raw_pdf(CATALOG, *twice, PAGE)


@file("length that is its own")
def _length():
    return raw_pdf(CATALOG, PAGES, PAGE, b"<</Length 4 0 R>>stream\nx\nendstream")


@file("contents that are themselves")
def _contents():
    return raw_pdf(CATALOG, PAGES, PAGE, b"[4 0 R 4 0 R]")


@file("table that follows itself")
def _table():
    whole = raw_pdf(CATALOG, PAGES, PAGE, stream(b""), trailer=b"/Prev 0000")
    return whole.replace(b"/Prev 0000", b"/Prev %04d" % whole.rindex(b"xref\n0 "))


@file("table of two billion")
def _size():
    whole = raw_pdf(CATALOG, PAGES, PAGE, stream(b""))
    return whole.replace(b"xref\n0 5", b"xref\n0 2147483647")


@file("table in a bursting stream")
def _bursting_table():
    entries = b"/Type/XRef/W[1 8 8]/Size 2147483647/Root 1 0 R/Filter/FlateDecode"
    return b"%PDF-1.5\n1 0 obj\n" + stream(zeros(200), entries) + b"\nendobj\nstartxref\n9\n%%EOF"


@file("object stream that extends itself")
def _extends():
    entries = b"/Type/ObjStm/N 1/First 4/Extends 5 0 R"
    return raw_pdf(CATALOG, PAGES, PAGE, stream(b""), stream(b"6 0 <<>>", entries))


@file("object stream that bursts")
def _bursting_objects():
    entries = b"/Type/ObjStm/N 999999999/First 999999999/Filter/FlateDecode"
    return raw_pdf(CATALOG, PAGES, PAGE, stream(b""), stream(zeros(200), entries))


@file("references in a ring")
def _ring():
    return raw_pdf(CATALOG, PAGES, PAGE, b"5 0 R", b"6 0 R", b"4 0 R")


# -- Pictures ---------------------------------------------------------------------------------
@file("png of 900 megapixels", ".png")
def _png():
    row = zlib.compressobj(9, wbits=-15)
    block = row.compress(bytes(3751) * 1000) + row.flush(zlib.Z_FULL_FLUSH)
    return png_of(30_000, 30_000, b"\x78\xda" + block * 30, depth=1, colour=0)


@file("png that claims 4 gigapixels", ".png")
def _claims():
    return png_of(65_535, 65_535, b"")


@file("png of no size", ".png")
def _no_size():
    return png_of(0, 0, b"")


@file("png just below the limit in colour", ".png")
def _limit():
    row = zlib.compressobj(9, wbits=-15)
    block = row.compress(bytes(1 + 8 * 6300)) + row.flush(zlib.Z_FULL_FLUSH)
    return png_of(6300, 6300, b"\x78\xda" + block * 6300, depth=16, colour=6)


for _kind, _head in {"iCCP": b"x\0\0", "zTXt": b"x\0\0", "iTXt": b"x\0\1\0\0\0"}.items():

    @file(f"png with a bursting {_kind}", ".png")
    def _chunk(kind=_kind, head=_head):
        data = zlib.compress(b"\0" * 14)
        return png_of(2, 2, data, chunk(kind.encode(), head + zeros(60)))


@file("png of many chunks", ".png")
def _chunks():
    data = zlib.compress(b"\0" * 14)
    return png_of(2, 2, data, *[chunk(b"tEXt", b"x\0" + b"y" * 200)] * 100_000)


@file("png that moves without end", ".png")
def _moving():
    frames = chunk(b"acTL", struct.pack(">II", 2**31 - 1, 0))
    return png_of(2, 2, zlib.compress(b"\0" * 14), frames)


def resized(data, width, height):
    """Write another size into the head of a JPEG."""
    at = max(data.find(b"\xff\xc0"), data.find(b"\xff\xc2"))
    return data[: at + 5] + struct.pack(">HH", height, width) + data[at + 9 :]


@file("jpeg of a billion pixels", ".jpg")
def _billion():
    return resized(genuine.jpeg(), 32_000, 32_000)


@file("jpeg of 4 gigapixels", ".jpg")
def _most():
    return resized(genuine.jpeg(progressive=True), 65_500, 65_500)


@file("jpeg just below the limit in four colours", ".jpg")
def _four():
    return resized(genuine.jpeg(mode="CMYK"), 6300, 6300)


@file("jpeg of thousand scans", ".jpg")
def _scans():
    """Every scan of a large picture is decoded anew: seconds of work for some hundred kilobytes."""
    whole = resized(genuine.jpeg(progressive=True), 6300, 6300)
    start = whole.index(b"\xff\xda")
    scan = whole[start : whole.find(b"\xff\xc4", start)]
    return whole[:start] + scan * 2000 + whole[start:]


@file("jpeg of many segments", ".jpg")
def _segments():
    return genuine.with_segments(genuine.jpeg(), *[(0xFE, b"x" * 40)] * 100_000)


@file("jpeg with a bursting profile", ".jpg")
def _profile():
    parts = [(0xE2, b"ICC_PROFILE\0" + bytes((n, 255)) + bytes(65_000)) for n in range(1, 256)]
    return genuine.with_segments(genuine.jpeg(), *parts)
