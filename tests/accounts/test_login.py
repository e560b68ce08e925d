"""Login, reset, lock-out, sessions, second factor, change of addresses."""

from datetime import timedelta

import pytest
import time_machine
from allauth.mfa.totp.internal.auth import (
    format_hotp_value,
    hotp_value,
    yield_hotp_counters_from_time,
)
from django.utils import timezone

from accounts import contacts
from accounts.models import User
from notifications.models import Message
from tests.accounts.conftest import PASSWORD, log_in

pytestmark = pytest.mark.django_db
NEW = "sawah luas di lembah"


@pytest.mark.kewajiban("PAM-01")
@pytest.mark.parametrize(
    "login", ["siti@contoh.test", "SITI@contoh.test", "0812 3456 7890", "6281234567890"]
)
def test_login_takes_email_and_number_in_any_spelling(client, siti, login):
    assert log_in(client, login).url == "/masuk/"
    assert client.get("/masuk/").url == "/permohonan/"


def test_officers_go_to_their_desk(client, officer):
    log_in(client, "petugas@contoh.test")
    assert client.get("/masuk/").url == "/admin/"


def test_a_wrong_login_gets_the_same_words_as_an_unknown_one(client, siti):
    wrong = log_in(client, "siti@contoh.test", "salah sekali").content.decode()
    for unknown in ("tiada@contoh.test", "081399998888", "bukan apa-apa"):
        assert "tidak cocok" in log_in(client, unknown).content.decode()
    assert "tidak cocok" in wrong


@pytest.mark.parametrize("target", ["//jahat.test", "https://jahat.test/", "/\\jahat.test"])
def test_login_leads_nowhere_else(client, siti, target):
    data = {"login": "siti@contoh.test", "password": PASSWORD, "next": target}
    assert client.post("/akun/masuk/", data).url == "/masuk/"


def test_ten_wrong_passwords_lock_the_login_from_that_address_only(client, siti, joko):
    for _ in range(10):
        last = log_in(client, "0812 3456 7890", "salah sekali")
    assert last.status_code == 429 and "30 menit" in last.content.decode()
    assert log_in(client, "+6281234567890").status_code == 429
    forged = {"login": "+6281234567890", "password": PASSWORD}
    header = {"x-forwarded-for": "203.0.113.9"}
    assert client.post("/akun/masuk/", forged, headers=header).status_code == 429
    assert client.post("/akun/masuk/", forged, REMOTE_ADDR="203.0.113.7").url == "/masuk/"
    client.post("/akun/keluar/")
    assert log_in(client, "joko@contoh.test").url == "/masuk/"


@pytest.mark.parametrize(
    ("login", "address"),
    [("siti@contoh.test", "siti@contoh.test"), ("081234567890", "+6281234567890")],
)
def test_a_password_is_made_anew_by_code(client, siti, code, login, address):
    assert client.post("/akun/lupa-sandi/", {"email": login}).url == "/akun/lupa-sandi/kode/"
    answer = client.post("/akun/lupa-sandi/kode/", {"code": code(address)})
    client.post(answer.url, {"password1": NEW, "password2": NEW})
    assert client.get("/akun/").status_code == 302  # a reset logs nobody in
    assert log_in(client, login, NEW).url == "/masuk/"
    assert Message.objects.filter(template="akun_diubah", user=siti).exists()


def test_a_reset_for_nobody_looks_the_same_and_sends_nothing(client, siti):
    def bodies(login):
        client.cookies.clear()
        answer = client.post("/akun/lupa-sandi/", {"email": login})
        page = client.post(answer.url, {"code": "00000000"}).content.decode()
        return page.replace(login, "").partition("csrfmiddlewaretoken")[0]

    assert bodies("siti@contoh.test") == bodies("tiada@contoh.test")
    assert not Message.objects.filter(address="tiada@contoh.test").exists()


def test_a_new_password_ends_all_other_sessions(client, siti, django_user_model):
    from django.test import Client

    other = Client()
    log_in(other, "siti@contoh.test")
    log_in(client, "siti@contoh.test")
    data = {"oldpassword": PASSWORD, "password1": NEW, "password2": NEW}
    client.post("/akun/sandi/", data)
    assert client.get("/akun/").status_code == 200
    assert other.get("/akun/").status_code == 302


def test_one_may_end_ones_other_sessions(client, siti):
    from django.test import Client

    other = Client()
    log_in(other, "siti@contoh.test")
    log_in(client, "siti@contoh.test")
    client.post("/akun/keluar-semua/")
    assert client.get("/akun/").status_code == 200
    assert other.get("/akun/").status_code == 302


def test_a_disabled_user_is_out_at_once(client, siti):
    log_in(client, "siti@contoh.test")
    User.objects.filter(pk=siti.pk).update(is_active=False)
    assert client.get("/akun/").status_code == 302
    client.cookies.clear()
    answer = log_in(client, "siti@contoh.test")
    assert answer.url == "/akun/nonaktif/"
    assert "tidak aktif" in client.get(answer.url).content.decode()


def prove(client, code, address="siti@contoh.test"):
    """Give the code by e-mail that the change of a confirmed number asks for."""
    page = client.get("/akun/nomor/").url
    client.post(page, {"send": "1"})
    return client.post(page, {"code": code(address)})


def test_a_confirmed_number_is_not_changed_without_a_code_by_email(client, siti):
    log_in(client, "siti@contoh.test")
    assert client.post("/akun/nomor/", {"phone": "081311112222"}).url == "/akun/nomor/surel/"
    assert client.post("/akun/nomor/surel/", {"code": ""}).status_code == 200
    client.post("/akun/nomor/surel/", {"send": "1"})
    for _ in range(4):
        assert client.post("/akun/nomor/surel/", {"code": "00000000"}).status_code == 200
    assert client.post("/akun/nomor/surel/", {"code": "00000000"}).status_code == 302
    assert client.get("/akun/nomor/").url == "/akun/nomor/surel/"
    assert_indonesian(client.get("/akun/nomor/surel/"))
    assert client.post("/akun/nomor/surel/", {"send": "1"}).status_code == 429


def test_a_number_is_changed_after_all_proofs_and_the_old_ways_are_told(client, siti, code):
    log_in(client, "siti@contoh.test")
    assert prove(client, code).url == "/akun/nomor/"
    answer = client.post("/akun/nomor/", {"phone": "081311112222"})
    assert answer.url.startswith("/akun/ketik-kata-sandi/")
    client.post(answer.url, {"password": PASSWORD})
    assert contacts.confirmed_phone(User.objects.get(pk=siti.pk)) == "+6281234567890"
    client.post("/akun/nomor/kode/", {"code": code("+6281311112222")})
    assert contacts.confirmed_phone(User.objects.get(pk=siti.pk)) == "+6281311112222"
    told = Message.objects.filter(template="nomor_hilang").values_list("address", flat=True)
    assert {"siti@contoh.test", "+6281234567890"} <= set(told)


def test_a_number_of_another_account_cannot_be_taken(client, siti, joko, code):
    log_in(client, "joko@contoh.test")
    answer = client.post("/akun/nomor/", {"phone": "081234567890"})
    client.post(answer.url, {"password": PASSWORD})
    client.post("/akun/nomor/kode/", {"code": code("+6281234567890")})
    assert contacts.phone_owner("+6281234567890") == siti


def test_an_email_is_changed_by_code(client, siti, code):
    log_in(client, "081234567890")
    answer = client.post("/akun/surel/", {"email": "siti2@contoh.test", "action_add": "1"})
    client.post(answer.url, {"password": PASSWORD})
    client.post("/akun/surel/kode/", {"code": code("siti2@contoh.test")})
    user = User.objects.get(pk=siti.pk)
    assert (user.email, contacts.confirmed_email(user)) == ("siti2@contoh.test",) * 2


def test_notices_go_where_the_person_wants_if_confirmed(client, siti, joko):
    log_in(client, "siti@contoh.test")
    client.post("/akun/", {"name": "Siti A.", "notice": "sms"})
    siti.refresh_from_db()
    assert contacts.channels(siti, "email/sms") == [("sms", "+6281234567890")]
    assert contacts.channels(siti, "email") == [("email", "siti@contoh.test")]
    assert contacts.channels(joko, "sms") == [("email", "joko@contoh.test")]


def totp(secret, drift=0):
    return format_hotp_value(hotp_value(secret, list(yield_hotp_counters_from_time())[1] + drift))


def activate(client):
    """Set up the authenticator app and return its secret."""
    answer = client.get("/akun/pengaman/pasang/")
    if answer.status_code == 302:
        client.post(answer.url, {"password": PASSWORD})
    page = client.get("/akun/pengaman/pasang/")
    secret = page.context["form"].secret
    client.post("/akun/pengaman/pasang/", {"code": totp(secret)})
    return secret


def test_an_officer_sees_nothing_before_the_second_factor(client, officer, settings):
    settings.OFFICER_MFA = True
    log_in(client, "petugas@contoh.test")
    for path in ("/admin/", "/permohonan/", "/pesan/", "/identitas/"):
        assert client.get(path).url == "/akun/pengaman/pasang/"
    assert client.get("/akun/").status_code == 200
    secret = activate(client)
    assert client.get("/pesan/").status_code == 200

    client.post("/akun/keluar/")
    assert log_in(client, "petugas@contoh.test").url == "/akun/pengaman/kode/"
    assert client.get("/pesan/").status_code == 302
    with time_machine.travel(timezone.now() + timedelta(minutes=2)):
        client.post("/akun/pengaman/kode/", {"code": totp(secret)})
        assert client.get("/pesan/").status_code == 200


def test_a_session_that_never_gave_a_code_stays_shut(client, officer, settings):
    settings.OFFICER_MFA = True
    log_in(client, "petugas@contoh.test")
    activate(client)
    officer.refresh_from_db()
    client.force_login(officer, "allauth.account.auth_backends.AuthenticationBackend")
    session = client.session
    session.pop("account_authentication_methods", None)
    session.save()
    assert client.get("/pesan/").url == "/akun/pengaman/ulang/"


def test_applicants_need_no_second_factor(client, siti, settings):
    settings.OFFICER_MFA = True
    log_in(client, "siti@contoh.test")
    assert client.get("/pesan/").status_code == 200


def test_an_authenticators_secret_is_not_readable_in_the_database(client, officer):
    from allauth.mfa.models import Authenticator

    log_in(client, "petugas@contoh.test")
    secret = activate(client)
    assert secret not in str(Authenticator.objects.get(type="totp").data)


def test_an_officers_session_ends_after_half_an_hour_away(client, officer):
    log_in(client, "petugas@contoh.test")
    now = timezone.now()
    assert client.get("/pesan/").status_code == 200
    with time_machine.travel(now + timedelta(minutes=29)):
        assert client.get("/pesan/").status_code == 200
    with time_machine.travel(now + timedelta(minutes=60)):
        assert client.get("/pesan/").url.startswith("/akun/masuk/")


PAGES = """
/akun/ /akun/surel/ /akun/nomor/ /akun/sandi/ /akun/keluar/ /akun/pengaman/ /identitas/
/identitas/?jenis=badan_hukum /identitas/?jenis=instansi /kuasa/ /kuasa/tambah/
/akun/ketik-kata-sandi/
""".split()
ENGLISH = ["Password", "Email address", "Sign ", "Phone", "Change ", "Verif", "Submit", "Log"]


@pytest.mark.parametrize("path", PAGES)
def test_every_page_is_indonesian(client, siti, path):
    log_in(client, "siti@contoh.test")
    assert_indonesian(client.get(path, follow=True))


@pytest.mark.parametrize(
    "path", ["/akun/masuk/", "/akun/daftar/", "/akun/lupa-sandi/", "/akun/nonaktif/"]
)
def test_every_public_page_is_indonesian(client, path):
    assert_indonesian(client.get(path, follow=True))


def assert_indonesian(response):
    assert response.status_code == 200
    text = response.content.decode().partition("<main")[2].partition("</main>")[0]
    assert [word for word in ENGLISH if word in text] == []
    assert "style=" not in text and "<script" not in text
