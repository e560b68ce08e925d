"""What was typed survives an ended session, an old page and a second tab."""

import re

import pytest
from django.test import Client
from lxml import html

from applications import casework
from applications.models import Application
from applications.views import conflict, kept
from imbportal.demo import people
from imbportal.demo.driver import Driver
from tests.applications import applicant_cast as cast

pytestmark = pytest.mark.django_db
PASSWORD = "rumah hijau di bukit"
TYPED = {"land_area": "120,5", "address": "Jl. Kenanga 7 RT 3", "land_document": "SHM 77"}


@pytest.fixture(autouse=True)
def demo(settings, tmp_path):
    settings.DEMO = True
    settings.STORAGES["default"]["OPTIONS"]["location"] = tmp_path


@pytest.fixture
def drive(db):
    def to(state):
        driver = Driver("contoh", people.applicant("budi"))
        driver.to(state)
        return driver

    return to


@pytest.fixture
def siti():
    return cast.person("Siti Aminah", "siti@contoh.test", "3528014507900001")


@pytest.fixture
def joko():
    return cast.person("Joko", "joko@contoh.test", "3528014507900002")


@pytest.fixture
def draft(siti):
    return casework.create(siti, cast.DAERAH)


@pytest.fixture
def place(draft):
    return cast.url(draft, "isian/lokasi/")


def text(response):
    return response.content.decode()


def main(response):
    return html.fromstring(text(response)).get_element_by_id("isi")


def log_in(client, email, page):
    data = {"login": email, "password": PASSWORD, "next": page}
    return client.post("/akun/masuk/", data, follow=True)


def typed_in(response):
    return {
        field.get("name"): field.get("value")
        for field in main(response).xpath(".//input[@type='text']")
    }


# -- An ended session ----------------------------------------------------------------------
def test_a_form_sent_after_the_session_ended_comes_back_filled_in_behind_the_login(
    client, siti, draft, place
):
    answer = client.post(place, TYPED | {"version": draft.version})
    assert answer.url == f"/akun/masuk/?next={place.replace('/', '%2F')}"
    assert "Isian Anda kami simpan" in text(client.get(answer.url))
    page = log_in(client, siti.email, place)
    assert "Isian Anda yang belum tersimpan dipulihkan." in text(page)
    assert TYPED.items() <= typed_in(page).items()
    draft.refresh_from_db()
    assert draft.address == ""  # nothing is saved before he says so
    client.post(place, TYPED | {"version": draft.version, "simpan": "1"})
    draft.refresh_from_db()
    assert draft.address == TYPED["address"]
    assert "dipulihkan" not in text(client.get(place))


def test_another_account_on_the_same_phone_sees_nothing_of_it_and_ends_it(
    client, siti, joko, draft, place
):
    client.post(place, TYPED)
    log_in(client, joko.email, "/permohonan/")
    assert client.get(place).status_code == 404
    assert kept.KEY not in client.session
    client.logout()
    assert "Kenanga" not in text(log_in(client, siti.email, place))


def test_without_the_check_at_login_it_would_wait_on(client, joko, place, monkeypatch):
    """The control of the test before: the session does carry it over a login."""
    from django.contrib.auth.signals import user_logged_in

    assert user_logged_in.disconnect(dispatch_uid="isian_tertunda")
    try:
        client.post(place, TYPED)
        log_in(client, joko.email, "/permohonan/")
        assert kept.KEY in client.session
    finally:
        user_logged_in.connect(kept.forget_of_others, dispatch_uid="isian_tertunda")


def test_it_lies_sealed_and_secrets_are_not_kept_at_all(client, siti, draft, place):
    client.post(place, TYPED | {"nik": "3528014507900001", "kode_ambil": "665370"})
    raw = str(dict(client.session))
    assert kept.KEY in raw and "Kenanga" not in raw
    opened = kept.SEAL.to_python(client.session[kept.KEY])
    assert "Kenanga" in opened and "3528014507900001" not in opened and "665370" not in opened


def test_what_is_larger_than_any_form_is_not_kept(client, place):
    client.post(place, TYPED | {"address": "x" * kept.MOST})
    assert kept.KEY not in client.session


def test_of_a_case_that_does_not_exist_nothing_is_kept_and_nothing_is_said(client, place):
    missing = re.sub(r"[0-9a-f-]{36}", "00000000-0000-4000-8000-000000000000", place)
    answer = client.post(missing, TYPED)
    assert answer.status_code == 302 and kept.KEY not in client.session
    assert "Isian Anda kami simpan" in text(client.get(answer.url))


def test_the_restored_form_can_be_thrown_away(client, siti, place):
    client.post(place, TYPED)
    log_in(client, siti.email, place)
    page = client.post(place, {"buang_isian": "1"}, follow=True)
    assert "Kenanga" not in text(page) and kept.KEY not in client.session


def test_an_answer_to_a_remark_waits_behind_the_login(client, siti):
    client.force_login(siti)
    application = cast.returned(client, siti)
    point = application.points.filter(requirement="").get()
    client.logout()
    words = "Sudah saya tulis: Jl. Melati Raya nomor 4."
    path = cast.url(application, f"perbaikan/{point.pk}/")
    answer = client.post(path, {f"{point.pk}-text": words})
    assert "perbaikan%2F%23catatan-" in answer.url
    page = log_in(client, siti.email, cast.url(application, "perbaikan/"))
    assert any(words in typed for typed in main(page).xpath(".//textarea/text()"))


def test_the_words_of_a_payment_wait_and_its_file_is_asked_for_again(client, drive):
    driver = drive("AWAITING_PAYMENT")
    path = f"/permohonan/{driver.case.pk}/bayar/"
    slip = {"amount": "1.000", "bank": "Bank Jatim", "reference": "NTB-9", "file": cast.pdf()}
    answer = client.post(path, slip)
    assert "unggah berkasnya sekali lagi" in text(client.get(answer.url))
    driver.applicant.set_password(PASSWORD)
    driver.applicant.save()
    page = log_in(client, driver.applicant.email, path)
    assert typed_in(page)["bank"] == "Bank Jatim" and "dipilih sekali lagi" in text(page)


# -- A page that is older than the session -------------------------------------------------
@pytest.fixture
def old_page(siti, place):
    """A browser that checks tokens, and the token of a page from before it logged in again."""
    client = Client(enforce_csrf_checks=True)
    client.force_login(siti)
    token = main(client.get(place)).xpath(".//input[@name='csrfmiddlewaretoken']/@value")[0]
    client.cookies["csrftoken"] = "x" * 32
    return client, {"csrfmiddlewaretoken": token}


def test_an_old_page_gives_back_what_was_typed_with_a_button_that_sends_it(old_page, draft, place):
    client, token = old_page
    here = {"Origin": "http://testserver"}
    page = client.post(place, TYPED | token | {"version": draft.version}, headers=here)
    assert page.status_code == 403 and "Isian Anda tidak hilang" in text(page)
    form = main(page).xpath(".//form")[0]
    assert dict(form.form_values())["address"] == TYPED["address"]
    answer = client.post(form.get("action"), dict(form.form_values()), headers=here)
    assert answer.status_code == 302
    draft.refresh_from_db()
    assert draft.address == TYPED["address"]


@pytest.mark.parametrize("sender", [{"Origin": "https://jahat.test"}, {}])
def test_what_another_site_posts_is_shown_to_nobody(old_page, place, sender):
    client, token = old_page
    page = client.post(place, TYPED | token, headers=sender)
    assert page.status_code == 403 and "Kenanga" not in text(page)
    assert "Buka lagi halamannya" in text(page)


# -- Two tabs ------------------------------------------------------------------------------
def test_the_older_tab_is_shown_both_and_keeps_what_was_typed(client, siti, draft, place):
    client.force_login(siti)
    old = dict(main(client.get(place)).xpath(".//form[@data-kirim]")[0].form_values())
    cast.save(client, draft, "lokasi", {"address": "Jl. Mawar 9"})
    page = client.post(place, old | TYPED)
    assert page.status_code == 409
    row = next(r for r in main(page).xpath(".//tbody/tr") if "lamat" in r.text_content())
    assert [cell.text_content() for cell in row][1:] == ["Jl. Mawar 9", TYPED["address"]]
    form = main(page).xpath(".//form[@data-kirim]")[0]
    assert dict(form.form_values())["address"] == TYPED["address"]
    client.post(place, dict(form.form_values()))
    draft.refresh_from_db()
    assert draft.address == TYPED["address"]


def test_a_tab_on_another_section_does_not_make_this_one_old(client, siti, draft, place):
    client.force_login(siti)
    old = dict(main(client.get(place)).xpath(".//form[@data-kirim]")[0].form_values())
    cast.save(client, draft, "rencana", cast.PLAN)
    assert client.post(place, old | TYPED).status_code == 302
    draft.refresh_from_db()
    assert (draft.address, draft.floors) == (TYPED["address"], 2)


def test_without_the_mark_of_the_section_every_change_would(
    client, siti, draft, place, monkeypatch
):
    client.force_login(siti)
    old = dict(main(client.get(place)).xpath(".//form[@data-kirim]")[0].form_values())
    cast.save(client, draft, "rencana", cast.PLAN)
    monkeypatch.setattr(conflict, "stamp", lambda *args: "other")
    assert client.post(place, old | TYPED).status_code == 409


def test_two_tabs_with_further_buildings_lose_neither_list(client, siti, draft):
    client.force_login(siti)
    cast.fill(client, draft)
    path = cast.url(draft, "isian/bangunan-lain/")
    row = {"bangunan-0-function": "hunian", "bangunan-0-floor_area": "20", "bangunan-0-floors": "1"}
    old = dict(main(client.get(path)).xpath(".//form[@data-kirim]")[0].form_values())
    assert client.post(path, old | row | {"bangunan-0-name": "Garasi"}).status_code == 302
    page = client.post(path, old | row | {"bangunan-0-name": "Gudang"})
    assert page.status_code == 409 and "Garasi, 20 m², 1 lantai" in text(page)
    again = dict(main(page).xpath(".//form[@data-kirim]")[0].form_values())
    assert again["bangunan-0-name"] == "Gudang"
    assert client.post(path, again).status_code == 302
    assert [part.name for part in Application.objects.get().parts.all()] == ["Gudang"]


# -- What is wrong -------------------------------------------------------------------------
def test_errors_stand_at_the_top_with_links_to_fields_that_keep_what_was_typed(client, siti, draft):
    client.force_login(siti)
    page = cast.save(client, draft, "lokasi", {"land_area": "luas", "address": "Jl. Melati"})
    summary = main(page).xpath(".//*[contains(@class, 'errors')]")[0]
    assert summary.get("autofocus") is not None and summary.get("tabindex") == "-1"
    target = summary.xpath(".//a/@href")[0].removeprefix("#")
    field = main(page).xpath(f".//*[@id='{target}']")[0]
    assert field.get("value") == "luas"
    assert "Tulis dengan angka, misalnya 120,5." in summary.text_content()


def test_a_refused_upload_says_why_at_the_top_and_beside_its_slot(client, siti, draft):
    client.force_login(siti)
    slot = cast.requirements.due(draft)[0]
    path = cast.url(draft, f"berkas/{slot.code}/")
    page = client.post(path, {"file": cast.SimpleUploadedFile("denah.dwg", b"AC1027")})
    assert page.status_code == 422
    link = main(page).xpath(".//*[contains(@class, 'errors')]//a/@href")[0]
    assert "Unggah PDF" in main(page).get_element_by_id(link[1:]).text_content()


def test_the_file_field_carries_the_words_of_the_server(client, siti, draft):
    client.force_login(siti)
    page = main(client.get(cast.url(draft, "berkas/")))
    field = page.xpath(".//input[@type='file']")[0]
    slot = cast.requirements.due(draft)[0]
    path = cast.url(draft, f"berkas/{slot.code}/")
    empty = client.post(path, {"file": cast.SimpleUploadedFile("denah.pdf", b"")})
    assert field.get("data-kosong") in text(empty)
    wrong = client.post(path, {"file": cast.SimpleUploadedFile("denah.docx", b"PK\x03\x04xxxx")})
    assert field.get("data-salah-jenis") in main(wrong).text_content()


def test_a_script_is_told_where_to_go_and_whether_all_is_saved(client, siti, draft, place):
    script = {"X-Kirim": "1"}
    told = client.post(place, TYPED, headers=script).json()
    assert told["tersimpan"] is False and told["lanjut"].startswith("/akun/masuk/")
    client.force_login(siti)
    told = client.post(place, TYPED | {"version": draft.version}, headers=script).json()
    assert told == {"lanjut": place, "tersimpan": True}
    wrong = client.post(place, {"land_area": "luas", "version": 99}, headers=script)
    assert wrong.status_code == 422 and "text/html" in wrong["Content-Type"]


def test_an_answer_that_comes_too_late_is_given_back_to_copy(client, siti):
    client.force_login(siti)
    application = cast.returned(client, siti)
    point = application.points.filter(requirement="").get()
    for one in application.points.all():
        casework.answer_point(application, one, "Sudah.", by=siti)
    for slot in cast.requirements.due(application):
        if slot.missing:
            casework.upload(application, slot.code, cast.pdf(), by=siti)
    cast.services.perform("resubmit", application, by=siti)
    words = "Nama jalan sudah saya tulis lengkap."
    path = cast.url(application, f"perbaikan/{point.pk}/")
    page = client.post(path, {f"{point.pk}-text": words})
    assert page.status_code == 409
    assert words in main(page).xpath(".//blockquote")[0].text_content()


def test_what_is_missing_leads_to_the_very_remark(client, siti):
    client.force_login(siti)
    application = cast.returned(client, siti)
    page = main(client.get(cast.url(application, "perbaikan/")))
    links = [link for link in page.xpath(".//a/@href") if "#catatan-" in link]
    assert links and all(page.xpath(f".//*[@id='{link.split('#')[1]}']") for link in links)


@pytest.mark.parametrize(
    ("path", "data"),
    [
        ("/akun/masuk/", {"login": "", "password": ""}),
        ("/akun/masuk/", {"login": "tidak@ada.test", "password": "salah sekali"}),
        ("/akun/daftar/", {"name": "", "email": "bukan-surel", "password1": "x"}),
        ("/lacak/", {"number": "", "secret": ""}),
        ("/verifikasi/", {"code": ""}),
    ],
)
def test_public_forms_sum_up_what_is_wrong_and_link_to_it(client, path, data):
    page = main(client.post(path, data))
    summary = page.xpath(".//*[contains(@class, 'errors')]")
    assert len(summary) == 1 and summary[0].get("autofocus") is not None
    for link in summary[0].xpath(".//a/@href"):
        assert page.xpath(f".//*[@id='{link[1:]}']"), link


def test_the_calculator_says_at_the_top_what_is_wrong(client):
    page = main(client.get("/contoh/hitung/", {"b-TOTAL_FORMS": "1", "b-0-luas": "luas"}))
    link = page.xpath(".//*[contains(@class, 'errors')]//a/@href")[0]
    assert page.xpath(f".//*[@id='{link[1:]}']")


def test_errors_say_what_to_do_instead_of_djangos_words(client, siti, draft):
    page = text(client.post("/akun/daftar/", {"name": "", "email": "bukan-surel"}))
    assert "Isi bagian ini." in page and "misalnya nama@contoh.id" in page
    client.force_login(siti)
    page = text(cast.save(client, draft, "lokasi", {"kecamatan": "tidak ada", "land_area": "-1"}))
    assert "Pilih salah satu yang ada dalam daftar." in page
    assert "Isi angka paling sedikit 0" in page or "Isi angka paling sedikit 1" in page
    page = text(client.post("/permohonan/baru/", {"holder": ""}))
    assert "Isi bagian ini." in page and "Bidang ini" not in page
