"""Files that want to run, hide or burst: each is refused, in time, and nothing breaks."""

import struct
import time
import zlib

import pikepdf
import pytest
from pikepdf import Array, Dictionary, Name
from PIL import Image

from imbportal import uploads


def javascript(document):
    document.Root.OpenAction = Dictionary(S=Name.JavaScript, JS="app.alert(1)")


def hex_named_javascript(document):
    document.pages[0].obj.AA = Dictionary(O=Dictionary(S=Name("/JavaScript"), JS="1"))


def launch(document):
    document.Root.OpenAction = Dictionary(S=Name.Launch, F="cmd.exe")


def buried_launch(document):
    action = Dictionary(S=Name.GoTo, D=Array(), Next=Array([Dictionary(S=Name.Launch, F="x")]))
    link = Dictionary(Type=Name.Annot, Subtype=Name.Link, Rect=Array([0, 0, 9, 9]), A=action)
    document.pages[0].obj.Annots = Array([link])


def submit_form(document):
    document.Root.OpenAction = Dictionary(S=Name.SubmitForm, F="http://127.0.0.1/")


def embedded(document):
    document.attachments["x.exe"] = b"MZ"


def xfa(document):
    document.Root.AcroForm = Dictionary(XFA=Array(["datasets", document.make_stream(b"<x/>")]))


def orphan(document):
    """Stands in the file but hangs on nothing, as an older revision would."""
    document.Root.PieceInfo = Dictionary(
        X=document.make_indirect(Dictionary(S=Name.JavaScript, JS="1"))
    )


@pytest.mark.parametrize(
    "edit",
    [javascript, hex_named_javascript, launch, buried_launch, submit_form, embedded, xfa, orphan],
)
def test_a_pdf_that_acts_is_refused(make, edit):
    assert code(make.upload(make.pdf(edit=edit))) == "active"


@pytest.mark.parametrize("key", ["S", "Type", "Subtype"])
@pytest.mark.parametrize("name", ["Launch", "JavaScript", "EmbeddedFile", "Movie"])
def test_whatever_calls_itself_by_the_name_of_what_acts_is_refused(make, key, name):
    def spoil(document):
        font = Dictionary({f"/{key}": Name(f"/{name}")})
        document.pages[0].obj.Resources.Font = Dictionary(F1=font)

    assert code(make.upload(make.pdf(edit=spoil))) == "active"


def test_the_data_in_a_paper_of_the_portal_is_left_out(make):
    def enclose(document):
        document.attachments["izin.json"] = pikepdf.AttachedFileSpec(
            document, b"alamat rahasia", mime_type="application/json"
        )

    def enclose_more(document):
        enclose(document)
        embedded(document)

    kept = uploads.accept(make.upload(make.pdf(edit=enclose))).content
    with pikepdf.open(kept) as document:
        assert not document.attachments
        assert b"rahasia" not in b"".join(
            top.read_bytes() for top in document.objects if isinstance(top, pikepdf.Stream)
        )
    assert code(make.upload(make.pdf(edit=enclose_more))) == "active"


@pytest.mark.parametrize("packed", [zlib.compress(b"0 0 9 9 re f"), zlib.compress(b"9" * 999)[:9]])
def test_bytes_behind_the_end_or_the_damage_of_a_stream_are_not_kept(make, packed):
    def hide(document):
        stream = document.make_stream(b"")
        stream.write(packed + b"\xffalamat rahasia", filter=Name.FlateDecode)
        document.pages[0].obj.Contents = stream

    file = make.pdf(edit=hide, compress_streams=False)
    assert b"rahasia" in file
    kept = uploads.accept(make.upload(file)).content.read()
    assert b"rahasia" not in kept


def test_what_a_spoilt_pdf_still_holds_neither_runs_nor_tells(make):
    """Found by ten thousand spoilt files: keys and data that no reader finds any more."""
    tags = Image.Exif()
    tags[0x010F] = "Kamera Rahasia"
    photo = make.image(exif=tags)

    def spoil(document):
        page = document.pages[0].obj
        page.OpenAction = Dictionary(S=Name.GoTo)
        page.Lost = Dictionary(S=Name.URI, URI="https://contoh.test/")
        page.Photo = document.make_stream(photo)  # without its /Filter
        page.Told = document.make_stream(b"<x:xmpmeta>Kamera Rahasia", Type=Name.Metadata)

    file = make.pdf(edit=spoil, compress_streams=False)
    assert file.count(b"Kamera Rahasia") == 2 and b"/OpenAction" in file
    kept = uploads.accept(make.upload(file)).content.read()
    for word in (b"Kamera Rahasia", b"/OpenAction", b"/URI", b"contoh.test"):
        assert word not in kept


@pytest.mark.parametrize("user", ["", "rahasia"])
def test_an_encrypted_pdf_is_refused(make, user):
    locked = make.pdf(encryption=pikepdf.Encryption(owner="x", user=user))
    assert code(make.upload(locked)) == "locked"


def bomb(document):
    """Two layers of deflate: 4 GiB of zeros in a few kilobytes."""
    packer = zlib.compressobj(9, wbits=-15)
    block = packer.compress(bytes(2**24)) + packer.flush(zlib.Z_FULL_FLUSH)
    once = b"\x78\xda" + block * 256
    stream = document.make_stream(zlib.compress(once, 9))
    stream.stream_dict.Filter = Array([Name.FlateDecode, Name.FlateDecode])
    document.pages[0].obj.Contents = stream


def many_objects(document):
    document.Root.X = Array([document.make_indirect(Dictionary(N=n)) for n in range(100_000)])


def huge_image(document):
    document.Root.X = pikepdf.Stream(
        document, b"", Subtype=Name.Image, Width=2**17, Height=2**17, BitsPerComponent=8
    )


@pytest.mark.parametrize("edit", [bomb, many_objects, huge_image])
def test_a_pdf_that_bursts_is_refused_in_time(make, edit):
    as_it_is = pikepdf.StreamDecodeLevel.none  # else writing the bomb would burst it here
    content = make.pdf(edit=edit, compress_streams=False, stream_decode_level=as_it_is)
    start = time.perf_counter()
    assert code(make.upload(content)) == "complex"
    assert time.perf_counter() - start < 15


def png_of(width, height):
    """A PNG that claims a size in its header and holds nothing."""

    def chunk(kind, data):
        body = kind + data
        return struct.pack(">I", len(data)) + body + struct.pack(">I", zlib.crc32(body))

    header = struct.pack(">IIBBBBB", width, height, 1, 0, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", b"") + chunk(b"IEND", b"")


def test_an_image_of_a_billion_pixels_is_refused_unread(make):
    assert code(make.upload(png_of(30_000, 30_000), "besar.png")) == "pixels"


@pytest.mark.parametrize("body", [b"[" * 200_000, b"<<" * 200_000, b"1 0 obj 1 0 R endobj " * 500])
def test_deep_or_circular_nesting_is_a_refusal(make, body):
    assert code(make.upload(b"%PDF-1.7\n1 0 obj\n" + body + b"\n%%EOF")) in {"broken", "complex"}


def test_every_cut_of_a_genuine_file_is_taken_or_refused(make):
    whole = make.pdf()
    for length in range(5, len(whole), len(whole) // 12):
        try:
            uploads.accept(make.upload(whole[:length]))
        except uploads.UploadRefused as refusal:
            assert refusal.message


def code(file):
    with pytest.raises(uploads.UploadRefused) as caught:
        uploads.accept(file)
    return caught.value.code
