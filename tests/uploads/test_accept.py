import hashlib
import io
import time

import pikepdf
import pytest
from PIL import Image

from imbportal import uploads

GPS, ORIENTATION = 0x8825, 0x0112


def refusal(file, **options):
    with pytest.raises(uploads.UploadRefused) as caught:
        uploads.accept(file, **options)
    return caught.value.code


def exif(**tags):
    data = Image.Exif()
    data[ORIENTATION] = tags.get("orientation", 1)
    data[GPS] = {1: "S", 2: (7.0, 9.0, 1.0)}
    data[0x010F] = "Kamera Rahasia"
    return data


def test_a_pdf_is_copied_with_its_pages_counted(make):
    taken = uploads.accept(make.upload(make.pdf(pages=3), "Denah lantai 1.PDF"))
    assert (taken.mime, taken.pages, taken.scan) == ("application/pdf", 3, "bersih")
    assert taken.name == "Denah lantai 1.pdf"
    content = taken.content.read()
    assert len(content) == taken.size
    assert hashlib.sha256(content).hexdigest() == taken.sha256


def test_a_small_file_is_answered_within_a_second(make):
    assert min(seconds_for(make.upload(make.pdf())) for _ in range(5)) < 1  # others may be at work


def seconds_for(file):
    start = time.perf_counter()
    uploads.accept(file)
    return time.perf_counter() - start


def test_a_photo_loses_where_it_was_taken_and_stands_upright(make):
    photo = make.image(size=(60, 40), exif=exif(orientation=6))
    taken = uploads.accept(make.upload(photo, "ktp.jpeg"))
    with Image.open(taken.content) as copy:
        assert copy.size == (40, 60)
        assert not copy.getexif()
    assert b"Rahasia" in photo
    assert b"Rahasia" not in taken.content.open().read()


@pytest.mark.parametrize("mode", ["1", "L", "LA", "P", "RGB", "RGBA", "I;16"])
def test_png_of_every_mode_is_taken(make, mode):
    taken = uploads.accept(make.upload(make.image("PNG", mode=mode), "denah.png"))
    assert (taken.mime, taken.name) == ("image/png", "denah.png")


def test_a_cmyk_jpeg_is_taken(make):
    assert uploads.accept(make.upload(make.image(mode="CMYK"), "a.jpg")).mime == "image/jpeg"


def test_html_hidden_behind_an_image_is_gone_from_the_copy(make):
    spoilt = make.image() + b"<script>alert(1)</script>"
    taken = uploads.accept(make.upload(spoilt, "foto.jpg"))
    assert b"<script>" not in taken.content.read()


def test_a_pdf_loses_its_metadata_and_where_it_opens(make):
    def edit(document):
        document.docinfo["/Author"] = "Budi Rahasia"
        document.Root.OpenAction = pikepdf.Array([document.pages[0].obj, pikepdf.Name.Fit])
        document.Root.Metadata = document.make_stream(b"<x>Budi Rahasia</x>")

    taken = uploads.accept(make.upload(make.pdf(edit=edit)))
    with pikepdf.open(taken.content) as copy:
        assert {"/OpenAction", "/Metadata"}.isdisjoint(copy.Root.keys())
        assert "/Info" not in copy.trailer


def test_a_photo_inside_a_pdf_loses_where_it_was_taken(make):
    def edit(document):
        document.pages[0].obj.Resources = pikepdf.Dictionary(
            XObject=pikepdf.Dictionary(
                F=pikepdf.Stream(
                    document,
                    make.image(exif=exif()),
                    Subtype=pikepdf.Name.Image,
                    Filter=pikepdf.Name.DCTDecode,
                    Width=60,
                    Height=40,
                )
            )
        )

    taken = uploads.accept(make.upload(make.pdf(edit=edit)))
    assert b"Rahasia" not in taken.content.read()
    with pikepdf.open(taken.content) as copy:
        stream = copy.pages[0].obj.Resources.XObject.F
        assert Image.open(io.BytesIO(stream.read_raw_bytes())).size == (60, 40)


@pytest.mark.parametrize(
    "name, content, code",
    [
        ("kosong.pdf", b"", "empty"),
        ("surat.pdf", b"hanya teks", "type"),
        ("halaman.pdf", b"<html><script>1</script>", "type"),
        ("arsip.pdf", b"PK\x03\x04" + bytes(60), "type"),
        ("gambar.svg", b"<svg xmlns='http://www.w3.org/2000/svg'/>", "type"),
        ("foto.heic", b"\0\0\0\x18ftypheic" + bytes(8) + b"heicmif1", "heic"),
        ("rusak.pdf", b"%PDF-1.7\nrusak", "broken"),
        ("rusak.jpg", b"\xff\xd8\xff\xe0" + bytes(50), "broken"),
    ],
)
def test_what_cannot_be_taken_is_refused(make, name, content, code):
    assert refusal(make.upload(content, name)) == code


def test_a_file_over_the_limit_is_refused_and_the_limit_said(make, settings):
    settings.UPLOAD_LIMIT = 2**20
    with pytest.raises(uploads.UploadRefused, match="1 MB"):
        uploads.accept(make.upload(b"%PDF-" + bytes(2**20)))


def test_images_are_refused_where_only_pdf_is_taken(make):
    assert refusal(make.upload(make.image(), "a.jpg"), images=False) == "pdf_only"


def test_too_many_pages_are_refused(make, settings):
    settings.PAGE_LIMIT = 3
    assert refusal(make.upload(make.pdf(pages=4))) == "pages"


def test_one_person_cannot_send_without_end(make, settings, db, django_user_model):
    settings.UPLOADS_AN_HOUR = 1
    owner = django_user_model(pk=987654)
    uploads.accept(make.upload(make.pdf()), owner=owner)
    assert refusal(make.upload(make.pdf()), owner=owner) == "too_many"
