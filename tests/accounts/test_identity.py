"""Identities and powers of attorney: what is checked, who sees it, what is logged."""

import io
import uuid
from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from PIL import Image

from accounts import identity, quarantine
from accounts.models import Identity, IdentityView, Mandate
from imbportal import indonesia
from notifications.models import Message
from tests.accounts.conftest import NIK, ktp_photo, log_in

pytestmark = pytest.mark.django_db
PERSON = {"jenis": "perorangan", "name": "Siti Aminah", "nik": NIK, "address": "Jl. Kenanga 4"}
ENTITY = {
    "jenis": "badan_hukum",
    "name": "PT Bata Merah",
    "nib": "1234567890123",
    "npwp": "01.234.567.8-901.000",
    "address": "Jl. Raya 1",
    "in_charge": "Siti Aminah",
    "position": "Direktur",
    "nik": NIK,
}
PUBLIC = {
    "jenis": "instansi",
    "name": "Dinas Kesehatan",
    "address": "Jl. Raya 2",
    "in_charge": "Siti Aminah",
    "position": "Kepala Dinas",
    "nik": NIK,
}


@pytest.fixture(autouse=True)
def private_files(settings, tmp_path):
    settings.FILES_ROOT = tmp_path
    settings.STORAGES = {
        **settings.STORAGES,
        "default": {
            "BACKEND": "django.core.files.storage.FileSystemStorage",
            "OPTIONS": {"location": tmp_path, "base_url": None},
        },
    }


@pytest.fixture
def siti_in(client, siti):
    log_in(client, "siti@contoh.test")
    return siti


def send_person(client, **changes):
    return client.post("/identitas/", {**PERSON, "ktp": ktp_photo(), **changes})


@pytest.mark.kewajiban("PAM-03")
def test_a_person_is_ready_once_nik_and_photo_are_there(client, siti_in):
    assert identity.ready(siti_in) == ["Lengkapi data diri Anda."]
    assert send_person(client).status_code == 302
    assert identity.ready(siti_in) == []
    assert siti_in.identity.checked_at


@pytest.mark.kewajiban("PAM-03")
def test_the_notice_of_step_three_goes_out_once(client, siti_in):
    send_person(client)
    client.post("/identitas/", {**PERSON, "nik": "", "address": "Jl. Kenanga 5"})
    message = Message.objects.get(template="identitas_diterima", channel="email")
    assert (message.step, message.address) == (3, "siti@contoh.test")
    assert Identity.objects.get().nik == NIK


@pytest.mark.kewajiban("PAM-03")
@pytest.mark.parametrize(
    ("nik", "says"), [("3404073102000003", "Tanggal lahir"), ("357401710170001", "16 angka")]
)
def test_a_broken_nik_is_refused(client, siti_in, nik, says):
    assert says in send_person(client, nik=nik).content.decode()
    assert not Identity.objects.exists()


def test_a_nik_of_another_region_is_taken(client, siti_in):
    assert send_person(client, nik="9971011708450002").status_code == 302


def test_the_photo_loses_where_it_was_taken(client, siti_in):
    raw = ktp_photo().read()
    assert b"HP MURAH" in raw
    send_person(client)
    with siti_in.identity.ktp.open("rb") as file:
        kept = file.read()
    assert not Image.open(io.BytesIO(kept)).getexif() and b"HP MURAH" not in kept


def test_a_replaced_photo_is_deleted(client, siti_in, django_capture_on_commit_callbacks):
    send_person(client)
    old = Identity.objects.get().ktp
    with django_capture_on_commit_callbacks(execute=True):
        client.post("/identitas/", {**PERSON, "nik": "", "ktp": ktp_photo((600, 380))})
    assert not old.storage.exists(old.name)
    assert Identity.objects.get().ktp.storage.exists(Identity.objects.get().ktp.name)


def test_what_is_no_photo_is_refused_in_words(client, siti_in):
    fake = SimpleUploadedFile("ktp.jpg", b"<html><script>alert(1)</script>", "image/jpeg")
    assert "Jenis berkas ini tidak diterima" in send_person(client, ktp=fake).content.decode()


def test_a_legal_entity_gives_nib_npwp_and_who_is_in_charge(client, siti_in):
    assert client.post("/identitas/", {**ENTITY, "ktp": ktp_photo()}).status_code == 302
    found = Identity.objects.get()
    assert (found.kind, found.nib, found.npwp) == (
        "badan_hukum",
        "1234567890123",
        "012345678901000",
    )


@pytest.mark.parametrize(
    ("field", "value", "says"),
    [
        ("nib", "123456789012", "13 angka"),
        ("npwp", "12345678901234", "15 atau 16 angka"),
        ("in_charge", "", "Isi bagian ini."),
        ("position", "", "Isi bagian ini."),
    ],
)
def test_a_legal_entity_that_lacks_something_is_refused(client, siti_in, field, value, says):
    page = client.post("/identitas/", {**ENTITY, "ktp": ktp_photo(), field: value})
    assert says in page.content.decode()


def test_a_public_body_needs_no_photo(client, siti_in):
    assert client.post("/identitas/", PUBLIC).status_code == 302
    assert identity.ready(siti_in) == []


def test_the_nik_is_masked_on_its_own_page(client, siti_in):
    send_person(client)
    text = client.get("/identitas/").content.decode()
    assert "352801**********" in text and NIK not in text


def test_the_nik_stands_nowhere_readable_in_the_database(client, siti_in):
    send_person(client)
    with connection.cursor() as cursor:
        cursor.execute("SELECT nik, nik_lookup FROM accounts_identity")
        row = cursor.fetchone()
    assert NIK not in str(row)
    assert Identity.objects.with_nik(NIK).get() == siti_in.identity


def test_hidden_fields_of_the_form_change_nothing_else(client, siti_in, joko):
    send_person(client, user=str(joko.pk), checked_at="2001-01-01", ktp_sha256="x")
    assert Identity.objects.get().user == siti_in


def test_the_owner_sees_the_photo_and_the_look_is_logged(client, siti_in):
    send_person(client)
    answer = client.get(f"/identitas/{siti_in.identity.pk}/ktp/")
    assert answer["Content-Type"] == "image/jpeg" and answer["Cache-Control"] == "no-store, private"
    assert list(IdentityView.objects.values_list("user", "what")) == [(siti_in.pk, "ktp")]


def test_nobody_else_learns_that_the_photo_exists(client, siti_in, joko, officer):
    send_person(client)
    path = f"/identitas/{siti_in.identity.pk}/ktp/"
    for login in ("joko@contoh.test", "petugas@contoh.test"):
        client.post("/akun/keluar/")
        log_in(client, login)
        assert client.get(path).status_code == 404
    assert client.get(f"/identitas/{uuid.uuid4()}/ktp/").status_code == 404
    client.post("/akun/keluar/")
    assert client.get(path).status_code == 302
    assert not IdentityView.objects.exists()


def test_an_officer_sees_the_photo_in_his_case_only_and_is_logged(client, siti_in, officer):
    send_person(client)
    case = uuid.uuid4()
    check = lambda user, found, named: user == officer and named == case  # noqa: E731
    identity.register(check)
    try:
        client.post("/akun/keluar/")
        log_in(client, "petugas@contoh.test")
        path = f"/identitas/{siti_in.identity.pk}/ktp/"
        assert client.get(path).status_code == 404
        assert client.get(path, {"permohonan": "bukan-uuid"}).status_code == 404
        assert client.get(path, {"permohonan": str(case)}).status_code == 200
        assert identity.full_nik(officer, siti_in.identity, case) == NIK
    finally:
        identity.CHECKS.remove(check)
    views = IdentityView.objects.filter(user=officer).values_list("what", "case")
    assert set(views) == {("ktp", case), ("nik", case)}


def test_a_photo_that_no_scanner_saw_is_shown_to_nobody(client, siti_in, settings):
    settings.CLAMD = "unix:/nonexistent/clamd.sock"
    send_person(client)
    path = f"/identitas/{siti_in.identity.pk}/ktp/"
    assert client.get(path).status_code == 409
    quarantine.release()
    assert client.get(path).status_code == 409
    settings.CLAMD = ""
    quarantine.release()
    assert client.get(path).status_code == 200


def letter():
    out = io.BytesIO()
    Image.effect_noise((300, 400), 60).convert("RGB").save(out, "PDF")
    return SimpleUploadedFile("kuasa.pdf", out.getvalue(), "application/pdf")


def add_owner(client, **changes):
    data = {**PERSON, "name": "Pak Karto", "ktp": ktp_photo(), "letter": letter()}
    today = indonesia.today().isoformat()
    return client.post("/kuasa/tambah/", {**data, "valid_from": today, **changes})


def test_an_agent_adds_an_owner_and_ends_the_mandate(client, siti_in):
    assert add_owner(client).url == "/kuasa/"
    mandate = Mandate.objects.in_force().get()
    assert (mandate.agent, mandate.owner.name, mandate.owner.user) == (siti_in, "Pak Karto", None)
    page = f"/kuasa/{mandate.pk}/akhiri/"
    assert "Akhiri kuasa ini?" in client.get(page).content.decode()
    assert Mandate.objects.in_force().exists()
    client.post(page)
    assert not Mandate.objects.in_force().exists()
    assert "diakhiri" in client.get("/kuasa/").content.decode()
    assert client.post(page).status_code == 404


def test_a_mandate_needs_its_letter_and_holds_until_its_last_day(client, siti_in):
    assert "Pilih dulu berkasnya." in add_owner(client, letter="").content.decode()
    today = indonesia.today()
    past = (today - timedelta(days=1)).isoformat()
    assert "sudah berakhir" in add_owner(client, valid_until=past).content.decode()
    add_owner(client, valid_until=today.isoformat())
    assert Mandate.objects.in_force(today).exists()
    assert not Mandate.objects.in_force(today + timedelta(days=1)).exists()


def test_another_cannot_see_or_end_a_mandate(client, siti_in, joko):
    add_owner(client)
    pk = Mandate.objects.get().pk
    assert client.get(f"/kuasa/{pk}/surat/").status_code == 200
    client.post("/akun/keluar/")
    log_in(client, "joko@contoh.test")
    assert client.get(f"/kuasa/{pk}/surat/").status_code == 404
    assert client.post(f"/kuasa/{pk}/akhiri/").status_code == 404
    assert Mandate.objects.in_force().exists()
