"""The coat of arms on letterheads: who gives it, what is taken, and what papers print of it."""

import dataclasses
import io

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import Error, transaction
from PIL import Image
from pypdf import PdfReader

from accounts.models import Posting, User
from applications.paper_parts import letterhead
from documents import emblems, invariants, rendering, services, snapshot, typesetting
from documents.models import Emblem, EmblemChoice, Paper
from imbportal import stored_files, uploads
from imbportal.daerah import registry
from imbportal.demo import drawings
from tests.documents.samples import SAMPLES

pytestmark = pytest.mark.django_db
ROOM = "/admin/lambang/"


@pytest.fixture
def post(client):
    """Log a new officer in who holds a role in a daerah."""

    def post(role="admin", slug="contoh"):
        user = User.objects.create_user(f"{role}.{slug}@demo.test", None, "x", name=role.title())
        unit = "" if role in ("admin", "auditor") else next(iter(registry.current(slug).unit))
        Posting.objects.create(
            user=user, daerah=slug, role=role, unit=unit, valid_from="2020-01-01"
        )
        client.force_login(user)
        return user

    return post


@pytest.fixture
def given(post):
    """Return an emblem that the admin has handed in and chosen."""

    def given(colour="#1d6b45", by=None):
        emblem = emblems.take(drawings.arms(colour=colour), daerah="contoh", by=by)
        emblems.choose("contoh", emblem, after=EmblemChoice.objects.count(), by=by)
        return emblem

    return given


def send(client, file, daerah="contoh"):
    return client.post(ROOM, {"file": file, "daerah": daerah})


def with_emblem(kind, emblem):
    """Return a sample of this kind below a letterhead with the emblem."""
    head = dataclasses.replace(
        SAMPLES[kind].letterhead, **emblems.in_head(emblem, "Kabupaten Contoh")
    )
    return dataclasses.replace(SAMPLES[kind], letterhead=head)


def read(paper):
    with paper.file.open() as file:
        return file.read()


def image_of(pdf):
    """Return the picture on the first page of a PDF but its square QR code, None without one."""
    objects = PdfReader(io.BytesIO(pdf)).pages[0]["/Resources"].get("/XObject", {})
    images = [one for one in map(objects.__getitem__, objects)
              if one["/Subtype"] == "/Image" and one["/Width"] != one["/Height"]]  # fmt: skip
    assert len(images) < 2
    return images[0] if images else None


# -- Through the door -----------------------------------------------------------------------
def test_an_admin_hands_in_looks_and_lets_papers_print_it(client, post):
    post()
    assert "belum memberi lambang" in client.get(ROOM).content.decode()
    one = send(client, drawings.arms())["Location"]
    assert letterhead(registry.current("contoh")).emblem == ""  # nothing prints it yet
    assert one in client.get(ROOM).content.decode()  # nor is it lost when the page is left
    page = client.get(one).content.decode()
    assert "Cetak lambang ini mulai sekarang?" in page and f"{one}kop/" in page
    assert client.get(f"{one}kop/")["Content-Type"] in ("image/png", "image/jpeg")
    assert image_of(client.get(f"{one}contoh/").content)
    assert client.post(one, {"version": 0})["Location"] == f"{ROOM}?daerah=contoh"
    head = letterhead(registry.current("contoh"))
    assert head.emblem == Emblem.objects.get().sha256
    assert head.emblem_text == "Lambang Kabupaten Contoh"
    page = client.get(ROOM).content.decode()
    assert "lambang.png, dipilih Admin pada" in page and "Riwayat" in page
    assert "belum dipakai" not in page


def test_the_way_back_leads_to_the_neutral_mark_and_to_older_emblems(client, post, given):
    first = given(by=post())
    given("#204080", by=first.by)
    assert client.post(f"{ROOM}contoh/netral/", {"version": 2}).status_code == 302
    assert letterhead(registry.current("contoh")).emblem == ""
    assert "Tanda netral bawaan portal, dipilih Admin" in client.get(ROOM).content.decode()
    assert client.post(f"{ROOM}contoh/{first.pk}/", {"version": 3}).status_code == 302
    assert emblems.current("contoh") == first
    assert [one.number for one in emblems.choices("contoh")] == [4, 3, 2, 1]


def test_who_decides_on_an_old_page_is_told_and_a_second_click_is_not(client, post, given):
    first = given(by=post())
    second = emblems.take(drawings.arms(colour="#204080"), daerah="contoh", by=first.by)
    assert client.post(f"{ROOM}contoh/{second.pk}/", {"version": 0}).status_code == 409
    assert emblems.current("contoh") == first
    for _ in range(2):
        assert client.post(f"{ROOM}contoh/{second.pk}/", {"version": 1}).status_code == 302
    assert EmblemChoice.objects.count() == 2


@pytest.mark.parametrize(
    ("role", "slug", "status"),
    [
        ("kepala", "contoh", 403),
        ("petugas", "contoh", 403),
        ("auditor", "contoh", 403),
        ("admin", "pamekasan", 404),
    ],
)
def test_nobody_else_looks_or_acts(client, post, given, role, slug, status):
    emblem = given(by=post())
    post(role, slug)
    one = f"{ROOM}contoh/{emblem.pk}/"
    for page in (f"{ROOM}?daerah=contoh", one, f"{one}kop/", f"{one}contoh/"):
        assert client.get(page).status_code == status, page
    netral = client.post(f"{ROOM}contoh/netral/", {"version": 1})
    assert send(client, drawings.arms()).status_code == netral.status_code == status
    assert Emblem.objects.get() == emblems.current("contoh") == emblem


def test_an_emblem_is_not_reached_by_way_of_another_daerah(client, post, given):
    emblem = given(by=post())
    post("admin", "pamekasan")
    assert client.post(f"{ROOM}pamekasan/{emblem.pk}/", {"version": 0}).status_code == 404
    assert not emblems.choices("pamekasan").exists()


def picture(mode="RGBA", size=(400, 400), colour="red", kind="PNG", **more):
    file = io.BytesIO()
    Image.new(mode, size, colour).save(file, kind, **more)
    return file.getvalue()


BAD = {
    "svg": (b'<svg xmlns="http://www.w3.org/2000/svg"/>', "ekspor dahulu SVG"),
    "pdf": (b"%PDF-1.7\n", "PNG atau JPEG"),
    "words": (b"lambang", "PNG atau JPEG"),
    "empty": (b"", "kosong"),
    "cut off": (picture()[:200], "rusak"),
    "small": (picture(size=(299, 120)), "299 x 120 piksel"),
    "white": (picture(colour="white"), "seluruhnya putih"),
    "clear": (picture(colour=(255, 0, 0, 0)), "seluruhnya putih"),
    "many pixels": (picture("1", (8000, 8000), 0), "megapiksel"),
}


@pytest.mark.parametrize(("content", "words"), BAD.values(), ids=BAD)
def test_what_cannot_be_printed_is_refused_with_the_reason(client, post, content, words):
    post()
    answer = send(client, SimpleUploadedFile("lambang.png", content))
    assert answer.status_code == 422 and words in answer.content.decode()
    assert not Emblem.objects.exists()


def test_a_picture_in_quarantine_is_neither_shown_nor_printed(client, post, settings):
    user = post()
    settings.CLAMD = "unix:/nowhere"  # a scanner that is away
    emblem = emblems.take(drawings.arms(), daerah="contoh", by=user)
    one = f"{ROOM}contoh/{emblem.pk}/"
    assert "menunggu pemeriksaan virus" in client.get(one).content.decode()
    assert client.get(f"{one}kop/").status_code == 409
    assert client.post(one, {"version": 0}).status_code == 409
    settings.CLAMD = ""
    emblems.release()
    assert client.post(one, {"version": 0}).status_code == 302


# -- What is kept ---------------------------------------------------------------------------
def kept(content):
    """Return the picture that is kept of an upload."""
    accepted = uploads.accept(SimpleUploadedFile("x", content), pdf=False)
    made = uploads.trim(accepted, least=emblems.LEAST, most=emblems.MOST)
    return Image.open(io.BytesIO(made.png))


def test_of_a_picture_the_printing_pixels_alone_are_kept():
    large = Image.new("RGBA", (3000, 1500), (255, 255, 255, 0))
    large.paste((20, 90, 50, 255), (500, 100, 1500, 1400))
    file = io.BytesIO()
    large.save(file, "PNG", dpi=(72, 72))
    image = kept(file.getvalue())
    assert (image.mode, image.size) == ("RGB", (308, 400))  # the border is off: all is solid
    white = Image.new("RGB", (900, 900), "white")
    white.paste("black", (300, 200, 601, 701))
    file = io.BytesIO()
    white.save(file, "JPEG", quality=95)
    image = kept(file.getvalue())
    assert image.mode == "L" and image.height == emblems.MOST and image.width < 260
    shield = kept(drawings.arms().read())
    assert shield.mode == "RGBA" and shield.size == (300, 400)
    assert shield.getpixel((0, 399))[3] == 0 and not shield.info


def test_deep_grey_and_palettes_keep_their_look():
    assert kept(picture("I;16", colour=32768)).getpixel((10, 10)) == 128
    assert kept(picture("P", colour=1, transparency=0)).size == (400, 400)


def test_emblems_and_choices_stay(given, post):
    given(by=post())
    for change in (
        lambda: Emblem.objects.all().delete(),
        lambda: Emblem.objects.update(sha256="0" * 64),
        lambda: Emblem.objects.update(scan="berbahaya"),
        lambda: EmblemChoice.objects.all().delete(),
        lambda: EmblemChoice.objects.update(emblem=None),
    ):
        with pytest.raises(Error), transaction.atomic():
            change()


# -- What papers print ----------------------------------------------------------------------
def test_a_paper_prints_the_emblem_of_its_day_whatever_is_chosen_later(issue, given, post, files):
    older = given(by=post())
    paper = rendering.render(issue("kode_ambil", with_emblem("kode_ambil", older)).pk)
    before = read(paper)
    given("#204080", by=older.by)
    (files / paper.file.name).unlink()
    assert read(rendering.render(paper.pk)) == before
    image = image_of(before)
    assert (image["/Width"], image["/Height"]) == (300, 400) and "/SMask" in image
    assert image["/Interpolate"].value is False  # as PDF/A wants it
    assert b"Lambang Kabupaten Contoh" in before or _alternative(before)


def _alternative(pdf):
    """Tell whether a tag of the PDF says in words what the emblem shows."""
    reader = PdfReader(io.BytesIO(pdf))
    objects = (reader.get_object(number) for number in range(1, reader.trailer["/Size"]))
    return any(
        isinstance(one, dict) and one.get("/Alt") == "Lambang Kabupaten Contoh" for one in objects
    )


def test_what_was_frozen_before_there_were_emblems_prints_the_neutral_mark(draft):
    paper = draft("kode_ambil")
    neutral = rendering.preview(paper)
    for name in ("emblem", "emblem_text"):
        del paper.content["letterhead"][name]
    assert snapshot.load(paper.content).letterhead.emblem == ""
    assert rendering.preview(paper) == neutral and image_of(neutral) is None


@pytest.mark.parametrize("spoil", [lambda file: file.write_bytes(b"x"), lambda file: file.unlink()])
def test_a_spoilt_emblem_is_found_and_never_printed(client, issue, given, post, files, spoil):
    emblem = given(by=post())
    paper = issue("kode_ambil", with_emblem("kode_ambil", emblem))
    assert not list(stored_files.wrong()) and not list(invariants.emblems())
    spoil(files / emblem.file.name)
    with pytest.raises(rendering.Tampered):
        rendering.render(paper.pk)
    assert [row for row, _ in stored_files.wrong()] == [emblem]
    one = f"{ROOM}contoh/{emblem.pk}/"
    assert "Lambang tidak dapat dicetak" in client.get(ROOM).content.decode()
    assert client.get(f"{one}kop/").status_code == 409
    emblems.take(drawings.arms(), daerah="contoh", by=emblem.by)  # the same picture mends it
    assert rendering.render(paper.pk).file_sha256 and not list(stored_files.wrong())


def test_a_paper_that_names_an_unknown_emblem_is_found(draft):
    content = SAMPLES["kode_ambil"]
    head = dataclasses.replace(content.letterhead, emblem="a" * 64)
    paper = services.freeze(draft("kode_ambil", dataclasses.replace(content, letterhead=head)))
    [fault] = invariants.emblems()
    assert fault.case == paper.case and "lambang" in fault.text
    assert Paper.objects.filter(pk=paper.pk).exists()


def test_no_paper_reaches_a_picture_that_was_not_handed_to_it(given, post):
    emblem = given(by=post())
    data = f"data:image/png;base64,{'iVBORw0KGgo='}"
    for url in (f"lambang:{emblem.sha256}", data, emblem.file.path):
        page = f'<html lang="id"><title>x</title><img src="{url}" alt="x"/></html>'
        assert image_of(typesetting.pdf(page, ("paper",))) is None
