"""The portal by keyboard alone: nobody needs a mouse, sees where he is, and is never caught."""

import pytest
from gallery import Gallery
from hands import Hands
from tour import SIZES, Tour

from imbportal.demo import drawings

pytestmark = pytest.mark.browser
EMAIL = "joko@keluarga.test"
OPEN = ".verdict button[value=sesuai][aria-pressed=false]"
"""A document of a case that was not yet judged."""


@pytest.fixture(scope="module")
def own(tmp_path_factory):
    """A portal of its own, as cases move on."""
    with Gallery(tmp_path_factory.mktemp("portal")) as gallery:
        yield gallery


@pytest.fixture
def tour(own, browser):
    tour = Tour(own, browser, look=None)
    yield tour
    tour.close()


def at_360(tour, path, who=""):
    page = tour.open(path, who)
    width, height = SIZES["360"]
    page.set_viewport_size({"width": width, "height": height})
    return page, Hands(page)


def test_a_person_registers_by_keyboard_and_is_led_to_what_is_wrong(tour):
    page, hands = at_360(tour, "/akun/daftar/")
    hands.write("[name=name]", "Joko Susilo")
    hands.write("[name=email]", EMAIL)
    hands.write("[name=password1]", "12345678")
    hands.enter("main button")
    assert hands.led_to(".errors"), "the focus is not at what is wrong"
    hands.to(".errors a")
    page.keyboard.press("Enter")
    assert hands.led_to("[name=password1]"), "the line does not lead to its field"
    page.keyboard.type("sawah dan sungai kecil")
    hands.enter("main button")
    hands.write("[name=code]", tour.code(EMAIL))
    hands.enter("main form:has([name=code]) button")
    assert "/identitas/" in page.url


def test_a_section_of_the_form_is_filled_and_saved_by_keyboard(tour):
    case = tour.gallery.case("KRK_ISSUED")
    page, hands = at_360(tour, f"/permohonan/{case['id']}/isian/ukuran/", case["applicant"])
    hands.write("[name=footprint]", "banyak")
    hands.enter("main button[name=simpan], main [type=submit]")
    assert hands.led_to(".errors")
    hands.write("[name=footprint]", "118")
    hands.enter("main button[name=simpan], main [type=submit]")
    page.goto(f"/permohonan/{case['id']}/isian/ukuran/")
    assert page.input_value("[name=footprint]").startswith("118")


def test_a_document_is_uploaded_by_keyboard(tour):
    case = tour.gallery.case("INCOMPLETE")
    page, hands = at_360(tour, f"/permohonan/{case['id']}/perbaikan/", case["applicant"])
    hands.to("main input[type=file]")
    with page.expect_file_chooser() as chooser:
        page.keyboard.press("Space")
    picture = drawings.pdf("Denah yang diganti", pages=1)
    upload = {"name": "denah.pdf", "mimeType": "application/pdf", "buffer": picture.read()}
    chooser.value.set_files(upload)
    hands.enter("main form:has(input[type=file]) button")
    assert "denah.pdf" in page.inner_text("main")


@pytest.mark.panjang
def test_photos_are_sent_together_and_sorted_by_keyboard(tour):
    case = tour.gallery.case("INCOMPLETE")
    page, hands = at_360(tour, f"/permohonan/{case['id']}/berkas/", case["applicant"])
    hands.enter("main a[href$='/pilah/']")
    hands.to("main form:has([name=files]) button")
    page.keyboard.press("Enter")
    assert hands.led_to("[name=files]"), "the focus is not at what is missing"
    with page.expect_file_chooser() as chooser:
        page.keyboard.press("Space")
    picture = drawings.pdf("Foto di meja", pages=1)
    chooser.value.set_files(
        {"name": "meja.pdf", "mimeType": "application/pdf", "buffer": picture.read()}
    )
    hands.enter("main form:has([name=files]) button")
    hands.enter("main form:has([name=untuk]) button")
    assert hands.led_to(".errors"), "the focus is not at what is wrong"
    hands.to("main [name=untuk]")
    page.keyboard.type("Bukti hak")
    hands.enter("main form:has([name=untuk]) button")
    assert "meja.pdf masuk ke Bukti hak atas tanah" in page.inner_text("main")


def test_an_officer_goes_from_queue_to_verdict_to_move_by_keyboard(tour):
    case = tour.gallery.case("SUBMITTED", role="petugas")
    page = tour.open("/admin/", "petugas.pamekasan")
    hands = Hands(page, columns=2)
    hands.enter(f"main a[href*='{case['id']}']")
    while page.locator(OPEN).count():
        hands.enter(OPEN, "Space")
    accept = "form[action$='/langkah/accept/']"
    if page.locator(f"{accept} summary").count():
        hands.to(f"{accept} summary")
        page.keyboard.press("Enter")
    hands.enter(f"{accept} button")
    page.goto(f"/admin/permohonan/{case['id']}/")
    assert "Pendataan bangunan" in page.inner_text("main")


@pytest.mark.parametrize("who, path", [
    ("", "/"), ("", "/pamekasan/"), ("", "/pamekasan/hitung/"), ("budi", "/permohonan/"),
    ("budi", "/identitas/"), ("petugas.pamekasan", "/admin/"),
    ("admin.pamekasan", "/admin/accounts/user/"),
])  # fmt: skip
def test_the_skip_link_leads_to_the_content_and_the_focus_passes_through(tour, who, path):
    page, hands = at_360(tour, path, who)
    hands.tab()
    assert hands.led_to("a[href^='#']"), "the first stop is no skip link"
    page.keyboard.press("Enter")
    assert hands.led_to("main, main *, #content-start")
    page.reload()
    assert hands.round() > 3
