"""The desk's list of messages that were given up: who sees it, what it says, and the way out."""

import pytest
from django.core.management import call_command
from django.utils import timezone

from accounts import contacts
from applications.models import Application
from imbportal.demo import people
from notifications import delivery, jobs
from notifications.models import Job, Message

BACKEND = "allauth.account.auth_backends.AuthenticationBackend"
PAGE = "/admin/pesan-gagal/"


@pytest.fixture
def desk(client, demo, db):
    """Return a function that logs an officer in and gives the client."""

    def of(role, slug="contoh"):
        client.force_login(people.officers(slug)[role], backend=BACKEND)
        return client

    return of


@pytest.fixture
def lost(drive, db):
    """The newest e-mail or SMS to the applicant of a case, given up after the last try."""
    case = drive("SUBMITTED").case
    message = Message.objects.filter(case=case.pk, user=case.applicant).exclude(channel="kotak")[0]
    give_up(message, "GatewayError: gateway answered 500", attempts=jobs.TRIES)
    return message


def give_up(message, error, attempts=1):
    Job.objects.filter(key=f"kirim:{message.pk}").update(
        status="gagal", attempts=attempts, error=error, due_at=timezone.now()
    )


def words(response):
    return " ".join(response.content.decode().split())


def test_an_officer_sees_what_was_given_up_and_what_to_do(desk, lost):
    page = words(desk("petugas").get(PAGE))
    case = Application.objects.get(pk=lost.case)
    assert case.number in page and lost.address in page and lost.user.name in page
    assert "selama empat jam" in page and "Hubungi pemohon dengan cara lain" in page


def test_the_queue_says_so_and_leads_there(desk, lost):
    page = words(desk("petugas").get("/admin/"))
    assert "1 pesan gagal terkirim" in page and PAGE in page


@pytest.mark.parametrize(
    "error, said",
    [
        ("GiveUp: the mail server knows no such address", "tidak mengenal alamat"),
        ("GiveUp: gateway answered 422", "menolak nomor"),
        ("GiveUp: SMS_GATEWAY is not set", "belum dipasang"),
    ],
)
def test_the_reason_is_told_in_plain_words(desk, lost, error, said):
    give_up(lost, error)
    assert said in words(desk("petugas").get(PAGE))


def test_another_daerah_sees_nothing_of_it(desk, lost):
    client = desk("petugas", "pamekasan")
    assert "Semua pesan terkirim" in words(client.get(PAGE))
    assert client.post(f"{PAGE}{lost.pk}/kirim/").status_code == 404


def test_an_auditor_reads_and_sends_nothing(desk, lost):
    client = desk("auditor")
    page = words(client.get(PAGE))
    assert lost.address in page and "Kirim lagi<" not in page
    assert client.post(f"{PAGE}{lost.pk}/kirim/").status_code == 403


def test_a_message_goes_out_again_to_the_corrected_address(desk, lost):
    contacts.set_phone(lost.user, "+6281255500077", verified=True)
    Message.objects.filter(pk=lost.pk).update(channel="sms", address="+6281200000000")
    client = desk("petugas")
    assert "Sudah diperbaiki menjadi 0812-5550-0077" in words(client.get(PAGE))
    assert client.post(f"{PAGE}{lost.pk}/kirim/").status_code == 302
    call_command("pekerja", "--once")
    lost.refresh_from_db()
    assert lost.sent_at and lost.address == "+6281255500077"
    assert "Semua pesan terkirim" in words(client.get(PAGE))


def test_pressing_twice_sends_once(desk, lost):
    client = desk("petugas")
    client.post(f"{PAGE}{lost.pk}/kirim/")
    assert client.post(f"{PAGE}{lost.pk}/kirim/").status_code == 409


def test_codes_are_never_listed(desk, lost):
    Message.objects.filter(pk=lost.pk).update(secret=True)
    assert "Semua pesan terkirim" in words(desk("petugas").get(PAGE))
    assert lost.pk in delivery.given_up()
