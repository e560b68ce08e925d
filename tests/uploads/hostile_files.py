"""Some two hundred files made to harm: they act, hide, burst, lie about what they are, or loop.

``FILES`` maps a name to a function that makes (file name, content). Made when asked for: some
are large in memory for a moment.
"""

import io
import zipfile
import zlib

import pikepdf
from pikepdf import Array, Dictionary, Name, String

from tests.uploads import genuine, real_clamd
from tests.uploads.genuine import CATALOG, PAGE, PAGES, chunk, png_of, raw_pdf, stream, written

SCRIPT = b"<script>alert('canary-script')</script>"
FILES = {}


def file(name, ending=".pdf"):
    def keep(make):
        FILES[name] = lambda: (name.replace(" ", "-") + ending, make())
        return make

    return keep


def edited(name, **save):
    """Let a function spoil a PDF that is then written."""

    def keep(edit):
        FILES[name] = lambda: (name.replace(" ", "-") + ".pdf", written(edit, **save))
        return edit

    return keep


# -- Actions at every place where one may stand -----------------------------------------------
ACTIONS = {
    "JavaScript": {"JS": "app.alert('canary-js')"}, "Launch": {"F": "cmd.exe"},
    "URI": {"URI": "https://jahat.test/canary-uri"}, "GoToR": {"F": "lain.pdf", "D": [0]},
    "GoToE": {"F": "lain.pdf"}, "SubmitForm": {"F": "https://jahat.test/canary-form"},
    "ImportData": {"F": "data.fdf"}, "Rendition": {"OP": 0}, "Movie": {"T": "x"},
    "Sound": {"Volume": 1}, "RichMediaExecute": {"CMD": "x"}, "Thread": {"F": "lain.pdf"},
}  # fmt: skip


def action(kind):
    values = {k: Array(v) if isinstance(v, list) else v for k, v in ACTIONS[kind].items()}
    return Dictionary(S=Name("/" + kind), **values)


def annotated(document, **entries):
    entries.setdefault("Subtype", Name.Link)
    note = Dictionary(Type=Name.Annot, Rect=Array([0, 0, 9, 9]), **entries)
    document.pages[0].obj.Annots = Array([note])
    return note


def at_opening(document, act):
    document.Root.OpenAction = act


def at_closing(document, act):
    document.Root.AA = Dictionary(WC=act)


def at_page(document, act):
    document.pages[0].obj.AA = Dictionary(O=act)


def at_link(document, act):
    annotated(document, A=act)


def after_jump(document, act):
    annotated(document, A=Dictionary(S=Name.GoTo, D=Array(), Next=Array([act])))


def at_outline(document, act):
    item = document.make_indirect(Dictionary(Title="Denah", A=document.make_indirect(act)))
    document.Root.Outlines = document.make_indirect(Dictionary(First=item, Last=item, Count=1))


def at_field(document, act):
    note = Dictionary(Type=Name.Annot, Subtype=Name.Widget, FT=Name.Btn, T="a")
    note.AA, note.Rect = Dictionary(D=act), Array([0, 0, 9, 9])
    field = document.make_indirect(note)
    document.Root.AcroForm = Dictionary(Fields=Array([field]))
    document.pages[0].obj.Annots = Array([field])


PLACES = (at_opening, at_closing, at_page, at_link, after_jump, at_outline, at_field)
for _kind in ACTIONS:
    for _place in PLACES:

        @edited(f"{_kind} {_place.__name__}")
        def _acting(document, kind=_kind, place=_place):
            place(document, action(kind))


# -- Other ways to act or to hide -----------------------------------------------------------
@edited("named script")
def _named(document):
    tree = Dictionary(Names=Array([String("a"), action("JavaScript")]))
    document.Root.Names = Dictionary(JavaScript=tree)


@edited("script in an object stream", object_stream_mode=pikepdf.ObjectStreamMode.generate)
def _in_object_stream(document):
    document.Root.OpenAction = document.make_indirect(action("JavaScript"))


@edited("attachment")
def _attached(document):
    document.attachments["x.exe"] = b"MZ canary-exe"


@edited("note with a file")
def _file_note(document):
    inner = document.make_stream(b"MZ canary-exe", Type=Name.EmbeddedFile)
    annotated(document, Subtype=Name.FileAttachment,
              FS=Dictionary(Type=Name.Filespec, F="x.exe", EF=Dictionary(F=inner)))  # fmt: skip


@edited("associated file")
def _associated(document):
    inner = document.make_stream(b"MZ canary-exe", Type=Name.EmbeddedFile)
    document.Root.AF = Array([Dictionary(Type=Name.Filespec, F="x", EF=Dictionary(F=inner))])


@edited("portfolio")
def _portfolio(document):
    document.Root.Collection = Dictionary(View=Name.T)


@edited("xfa array")
def _xfa(document):
    parts = Array(["template", document.make_stream(b"<x:script>canary-js</x:script>")])
    document.Root.AcroForm = Dictionary(XFA=parts)


@edited("xfa stream")
def _xfa_stream(document):
    document.Root.AcroForm = Dictionary(XFA=document.make_stream(b"<xdp/>"))


@edited("rich media")
def _rich(document):
    annotated(document, Subtype=Name.RichMedia, RichMediaContent=Dictionary())


@edited("three dimensions")
def _three(document):
    annotated(document, Subtype=Name("/3D"), **{"3DD": document.make_stream(b"U3D")})


@edited("screen")
def _screen(document):
    annotated(document, Subtype=Name.Screen, A=action("Rendition"))


@edited("print action")
def _print_action(document):
    annotated(document, PA=action("URI"))


@edited("stream from another file")
def _elsewhere(document):
    document.pages[0].obj.Contents = document.make_stream(b"", F="/etc/passwd")


@edited("page of another file")
def _reference(document):
    form = document.make_stream(
        b"",
        Type=Name.XObject,
        Subtype=Name.Form,
        BBox=Array([0, 0, 9, 9]),
        Ref=Dictionary(F="lain.pdf", Page=0),
    )
    document.pages[0].obj.Resources.XObject = Dictionary(X=form)


@file("names in hex")
def _hex():
    return raw_pdf(
        b"<</Type/Catalog/Pages 2 0 R/Open#41ction<</S/J#61vaScript/J#53(app.alert\\(1\\))>>>>",
        PAGES, PAGE, stream(b""),
    )  # fmt: skip


@file("script in the trailer")
def _trailer():
    act = b"/Root2<</S/JavaScript/JS(canary-js)>>"
    return raw_pdf(CATALOG, PAGES, PAGE, stream(b""), trailer=act)


@file("script in an older revision")
def _older():
    first = raw_pdf(
        b"<</Type/Catalog/Pages 2 0 R/OpenAction 5 0 R>>", PAGES, PAGE, stream(b""),
        b"<</S/JavaScript/JS(canary-js)>>",
    )  # fmt: skip
    body = b"1 0 obj\n" + CATALOG + b"\nendobj\n"
    end = len(first) + len(body)
    before = first.rindex(b"xref\n0 ")
    table = b"xref\n1 1\n%010d 00000 n \n" % len(first)
    trailer = b"trailer\n<</Size 6/Root 1 0 R/Prev %d>>\nstartxref\n%d\n%%%%EOF" % (before, end)
    return first + body + table + trailer


for _bits, _user in ((3, ""), (4, ""), (6, ""), (2, "rahasia"), (6, "rahasia")):

    @file(f"encrypted {_bits} {_user}")
    def _locked(bits=_bits, user=_user):
        lock = pikepdf.Encryption(owner="x", user=user, R=bits, aes=bits >= 4, metadata=bits >= 4)
        return written(encryption=lock)


@file("scanner test in a page")
def _eicar():
    return written(
        lambda d: setattr(d.pages[0].obj, "Contents", d.make_stream(b"% " + real_clamd.EICAR))
    )


# -- Two files in one ------------------------------------------------------------------------
def archive(name="canary.exe", content=b"MZ canary-exe"):
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as zipped:
        zipped.writestr(name, content)
    return out.getvalue()


POLYGLOTS = {
    "pdf and zip": (".pdf", lambda: written() + archive()),
    "zip and pdf": (".pdf", lambda: archive() + written()),
    "pdf and html": (".html", lambda: written() + SCRIPT),
    "html and pdf": (".pdf", lambda: SCRIPT + written()),
    "pdf and script": (".js", lambda: written() + b"\n/*canary-script*/alert(1)"),
    "pdf and exe": (".exe", lambda: written() + b"MZ canary-exe"),
    "html in a comment of a pdf": (".pdf", lambda: minimal_with(b"%" + SCRIPT + b"\n")),
    "jpeg and html": (".jpg", lambda: genuine.jpeg() + SCRIPT),
    "jpeg with html inside": (".html", lambda: genuine.jpeg(comment=SCRIPT)),
    "jpeg and zip": (".jpg", lambda: genuine.jpeg() + archive()),
    "jpeg and pdf": (".pdf", lambda: genuine.jpeg() + written(_attached)),
    "jpeg with script in its tags": (".php", lambda: genuine.with_segments(
        genuine.jpeg(), (0xE1, b"Exif\0\0<?php canary-script ?>"))),
    "png and html": (".png", lambda: genuine.png() + SCRIPT),
    "png with html inside": (".png", lambda: png_of(
        2, 2, zlib.compress(b"\0" * 14), chunk(b"tEXt", b"x\0" + SCRIPT))),
    "png and zip": (".png", lambda: genuine.png() + archive()),
    "gifar": (".gif", lambda: gif() + archive("A.class")),
    "gif as jpeg": (".jpg", lambda: gif() + SCRIPT),
    "pdf and php": (".php", lambda: written() + b"<?php canary-script ?>"),
}  # fmt: skip


def gif():
    return genuine.saved(genuine.photo((9, 9)), "GIF")


def minimal_with(comment):
    whole = genuine.minimal(1)
    return whole[:9] + comment + whole[9:]


for _name, (_ending, _make) in POLYGLOTS.items():
    file(_name, _ending)(_make)


# -- Not what it says ------------------------------------------------------------------------
OTHERS = {
    "empty": (".pdf", lambda: b""),
    "scanner test": (".pdf", lambda: real_clamd.EICAR),
    "scanner test as text": (".com", lambda: real_clamd.EICAR),
    "html": (".pdf", lambda: b"<!DOCTYPE html><html>" + SCRIPT),
    "svg": (".svg", lambda: b"<svg xmlns='http://www.w3.org/2000/svg'>" + SCRIPT + b"</svg>"),
    "svg as png": (".png", lambda: b"<?xml version='1.0'?><svg>" + SCRIPT + b"</svg>"),
    "docx": (".docx", lambda: archive("word/document.xml", b"<w:document/>")),
    "docx as pdf": (".pdf", lambda: archive("[Content_Types].xml", b"<Types/>")),
    "exe": (".exe", lambda: b"MZ\x90\0" + bytes(200)),
    "exe as pdf": (".pdf.exe", lambda: b"MZ\x90\0" + bytes(200)),
    "elf": (".jpg", lambda: b"\x7fELF" + bytes(200)),
    "zip": (".pdf", archive),
    "gif": (".gif", gif),
    "tiff": (".tif", lambda: genuine.saved(genuine.photo(), "TIFF")),
    "webp": (".webp", lambda: genuine.saved(genuine.photo(), "WEBP")),
    "bmp": (".bmp", lambda: genuine.saved(genuine.photo(), "BMP")),
    "heic": (".heic", lambda: b"\0\0\0\x18ftypheic" + bytes(8) + b"heicmif1"),
    "postscript": (".pdf", lambda: b"%!PS-Adobe-3.0\n(canary) run"),
    "rich text": (".rtf", lambda: b"{\\rtf1 canary}"),
    "words": (".pdf", lambda: b"hanya teks"),
    "zeros": (".pdf", lambda: bytes(5000)),
    "only a head": (".pdf", lambda: b"%PDF-1.7\n"),
    "only the start of a jpeg": (".jpg", lambda: b"\xff\xd8\xff\xe0\0\x10JFIF\0"),
    "only the start of a png": (".png", lambda: b"\x89PNG\r\n\x1a\n"),
    "half a pdf": (".pdf", lambda: written(pages=9)[:900]),
    "half a jpeg": (".jpg", lambda: genuine.jpeg()[:700]),
    "half a png": (".png", lambda: genuine.png()[:700]),
    "no pages": (".pdf", lambda: raw_pdf(CATALOG, b"<</Type/Pages/Kids[]/Count 0>>")),
    "hundred and one pages": (".pdf", lambda: written(pages=101)),
}
for _name, (_ending, _make) in OTHERS.items():
    file(_name, _ending)(_make)
