"""A virus that the scan finds after the upload: who is told what."""

import pytest

from accounts import quarantine as cards
from accounts.models import Identity
from applications import quarantine
from applications.models import DocumentVersion
from imbportal.demo import people
from imbportal.uploads import quarantine as scans
from imbportal.uploads.scanner import INFECTED
from notifications.models import Message


@pytest.fixture
def infected(monkeypatch):
    """Let the scanner answer again, and find something in all that waits."""
    monkeypatch.setattr(scans.scanner, "answers", lambda: True)
    monkeypatch.setattr(scans, "_scan", lambda file: INFECTED)


def found(driver):
    """Let the newest file of the case be scanned once more; return the messages of it."""
    version = DocumentVersion.objects.filter(document__application=driver.case).last()
    DocumentVersion.objects.filter(pk=version.pk).update(scan="karantina")
    for _ in range(2):
        quarantine.release(str(version.pk))
    label = driver.case.rules.requirement_by_code(version.document.requirement).label
    return label, Message.objects.filter(key__startswith=f"virus:{version.pk}")


@pytest.mark.usefixtures("files_drawn_once")
def test_the_applicant_is_told_what_to_do_and_the_office_where_the_case_lies(drive, infected):
    driver = drive("SUBMITTED")
    label, messages = found(driver)
    mine = messages.filter(user=driver.applicant)
    assert {m.channel for m in mine} > {"kotak"} and mine.count() == 2
    inbox = mine.get(channel="kotak")
    assert inbox.subject == f"Virus ditemukan dalam {label}"
    assert "Siapkan berkas pengganti" in inbox.body and driver.case.number in inbox.body
    told = messages.get(user=driver.actor())
    assert told.channel == "kotak" and "Virus ditemukan dalam" in told.subject

    label, messages = found(returned := drive("INCOMPLETE"))
    inbox = messages.get(channel="kotak")
    assert inbox.user == returned.applicant and "unggah sebagai pengganti" in inbox.body
    assert inbox.url.startswith(f"/permohonan/{returned.case.pk}/berkas/#")


def test_so_is_who_sent_a_card(demo, db, infected):
    siti = people.applicant("siti")
    Identity.objects.filter(user=siti).update(ktp_scan="karantina")
    cards.release()
    message = siti.messages.get(channel="kotak", template="berkas_berbahaya")
    assert "Kirim foto KTP lain." in message.body and message.url == "/identitas/"
    assert not Identity.objects.get(user=siti).ktp
