"""Opening an account: codes, tries, and the same answer for every address."""

import re
from datetime import timedelta

import pytest
import time_machine
from django.utils import timezone

from accounts import contacts
from accounts.models import User
from imbportal.indonesia import telepon
from notifications.models import Message
from tests.accounts.conftest import PASSWORD, log_in

pytestmark = pytest.mark.django_db


def sign_up(client, email="", phone="", name="Siti Aminah"):
    data = {"name": name, "email": email, "phone": phone, "password1": PASSWORD}
    return client.post("/akun/daftar/", data)


@pytest.mark.kewajiban("PAM-01", "PAM-02")
def test_an_account_is_opened_by_the_code_sent_by_email(client, code):
    assert sign_up(client, "Baru@Contoh.test").url == "/akun/surel/kode/"
    answer = client.post("/akun/surel/kode/", {"code": code("baru@contoh.test")})
    assert answer.url == "/identitas/"
    user = User.objects.get(email="baru@contoh.test")
    assert (user.name, contacts.confirmed_email(user)) == ("Siti Aminah", "baru@contoh.test")
    assert client.get("/akun/").status_code == 200


@pytest.mark.kewajiban("PAM-01", "PAM-02")
def test_an_account_is_opened_by_the_code_sent_by_sms(client, code):
    assert sign_up(client, phone="0812-3456-7890").url == "/akun/nomor/kode/"
    answer = client.post("/akun/nomor/kode/", {"code": code("+6281234567890")})
    assert answer.url == "/identitas/"
    user = User.objects.get(phone="+6281234567890")
    assert user.phone_verified and user.email is None
    assert contacts.channels(user, "email/sms") == [("sms", "+6281234567890")]


def test_both_addresses_are_confirmed_where_both_are_given(client, code):
    sign_up(client, "baru@contoh.test", "081234567890")
    answer = client.post("/akun/nomor/kode/", {"code": code("+6281234567890")})
    assert answer.url == "/akun/surel/kode/"
    assert client.get("/akun/").status_code == 302
    client.post("/akun/surel/kode/", {"code": code("baru@contoh.test")})
    user = User.objects.get(phone="+6281234567890")
    assert contacts.all_confirmed(user) == [
        ("email", "baru@contoh.test"),
        ("sms", "+6281234567890"),
    ]


def test_one_address_at_least_is_asked_for(client):
    assert "paling sedikit satu" in sign_up(client).content.decode()


@pytest.mark.parametrize("phone", ["12345", "0324321234", "+12025550123"])
def test_a_number_that_is_no_indonesian_mobile_is_refused(client, phone):
    assert "Nomor HP tidak dikenali" in sign_up(client, phone=phone).content.decode()


@pytest.mark.parametrize("password", ["pendek", "password123", "baru@contoh.test"])
def test_a_weak_password_is_refused(client, password):
    data = {"name": "Siti", "email": "baru@contoh.test", "password1": password}
    assert client.post("/akun/daftar/", data).status_code == 200
    assert not User.objects.exists()


def test_a_code_dies_after_five_wrong_tries(client, code):
    sign_up(client, "baru@contoh.test")
    right = code("baru@contoh.test")
    for _ in range(4):
        assert client.post("/akun/surel/kode/", {"code": "00000000"}).status_code == 200
    assert client.post("/akun/surel/kode/", {"code": "00000000"}).url == "/akun/masuk/"
    client.post("/akun/surel/kode/", {"code": right})
    assert client.get("/akun/").status_code == 302


def test_a_code_dies_after_ten_minutes(client, code):
    sign_up(client, phone="081234567890")
    with time_machine.travel(timezone.now() + timedelta(minutes=10, seconds=5)):
        client.post("/akun/nomor/kode/", {"code": code("+6281234567890")})
    assert not User.objects.get().phone_verified


def test_a_number_gets_one_code_a_minute_and_five_a_day(client):
    now = timezone.now()
    for minute in range(8):
        client.cookies.clear()
        with time_machine.travel(now + timedelta(minutes=2 * minute)):
            status = sign_up(client, phone="081234567890").status_code
        assert status == (302 if minute < 5 else 429)
    with time_machine.travel(now + timedelta(minutes=2)):
        client.cookies.clear()
        assert sign_up(client, phone="081234567891").status_code == 302
        client.cookies.clear()
        assert sign_up(client, phone="081234567891").status_code == 429
    assert Message.objects.filter(address="+6281234567890").count() == 5


def test_codes_by_sms_stop_at_the_days_budget(client, settings, caplog):
    settings.SMS_CODES_A_DAY = 1
    assert sign_up(client, phone="081234567890").status_code == 302
    client.cookies.clear()
    assert sign_up(client, phone="081234567891").status_code == 429
    assert "Batas harian kode SMS" in caplog.text
    assert sign_up(client, "baru@contoh.test").status_code == 302


@pytest.mark.parametrize(
    ("email", "phone"),
    [
        ("siti@contoh.test", ""),
        ("", "081234567890"),
        ("siti@contoh.test", "081234567890"),
        ("siti@contoh.test", "081298765432"),
        ("lain@contoh.test", "081234567890"),
    ],
)
def test_a_taken_address_gets_the_same_pages_as_a_free_one(client, siti, email, phone):
    taken = pages(client, email, phone)
    client.cookies.clear()
    free = pages(client, email and "bebas@contoh.test", phone and "081311112222")
    assert taken == free


def pages(client, email, phone):
    """Return the page after sign-up, its code page, and what a wrong code gets."""
    answer = sign_up(client, email, phone)
    found = [answer.status_code, answer.url]
    for page in (client.get(answer.url), client.post(answer.url, {"code": "00000000"})):
        found.append(redacted(page.content.decode(), email, phone))
    return found


def redacted(text, email, phone):
    """Leave out the address itself and the token of the form, which differ every time."""
    for address in filter(None, (email, phone and telepon("+62" + phone[1:]))):
        text = text.replace(address, "ALAMAT")
    return re.sub(r'value="\w{64}"', "", text)


def test_the_owner_of_a_taken_address_is_told(client, siti):
    sign_up(client, "siti@contoh.test")
    message = Message.objects.get(template="akun_ada", channel="email")
    assert (message.user, message.address) == (siti, "siti@contoh.test")
    assert User.objects.count() == 1
    client.cookies.clear()
    sign_up(client, phone="081234567890")
    assert Message.objects.filter(template="akun_ada", channel="sms", user=siti).exists()
    assert not Message.objects.filter(template="kode").exists()


def test_a_taken_email_beside_a_free_number_can_never_be_confirmed(client, siti, code):
    sign_up(client, "siti@contoh.test", "081311112222")
    client.post("/akun/nomor/kode/", {"code": code("+6281311112222")})
    assert Message.objects.filter(template="akun_ada", address="siti@contoh.test").exists()
    assert not Message.objects.filter(template="kode", address="siti@contoh.test").exists()
    assert client.get("/akun/").status_code == 302
    assert contacts.email_owner("siti@contoh.test") == siti


def test_an_address_that_was_never_confirmed_blocks_nobody(client, code):
    sign_up(client, "baru@contoh.test", "081234567890", name="Penyerobot")
    client.cookies.clear()
    later = timezone.now() + timedelta(minutes=2)
    with time_machine.travel(later):
        sign_up(client, "baru@contoh.test", "081234567890", name="Pemilik")
        client.post("/akun/nomor/kode/", {"code": code("+6281234567890")})
        client.post("/akun/surel/kode/", {"code": code("baru@contoh.test")})
    assert contacts.phone_owner("+6281234567890").name == "Pemilik"
    assert contacts.email_owner("baru@contoh.test").name == "Pemilik"


def test_an_unfinished_sign_up_goes_on_at_the_next_login(client, code):
    sign_up(client, "baru@contoh.test")
    client.cookies.clear()
    with time_machine.travel(timezone.now() + timedelta(minutes=30)):
        assert log_in(client, "baru@contoh.test").url == "/akun/surel/kode/"
        client.post("/akun/surel/kode/", {"code": code("baru@contoh.test")})
        assert client.get("/akun/").status_code == 200


@pytest.mark.kewajiban("PAM-02")
def test_the_code_stands_for_step_two_and_in_no_inbox(client):
    sign_up(client, "baru@contoh.test")
    message = Message.objects.get()
    assert (message.step, message.secret, message.channel) == (2, True, "email")


def test_nobody_makes_himself_an_officer(client, code):
    data = {"name": "Siti", "email": "baru@contoh.test", "password1": PASSWORD}
    client.post("/akun/daftar/", {**data, "is_staff": "1", "is_superuser": "1", "nip": "1"})
    user = User.objects.get()
    assert not (user.is_staff or user.is_superuser or user.nip)
