"""Letters that a move brings bear the head of the office whose officer writes them."""

import pytest

from documents.models import Paper
from imbportal.demo import buildings, people
from imbportal.demo.driver import Driver

pytestmark = pytest.mark.django_db


@pytest.fixture
def cottage(demo):
    return Driver("probolinggo", people.applicant("budi"), buildings.COTTAGE)


def letter(driver, kind):
    return Paper.objects.get(case=driver.case.pk, kind=kind, status="berlaku").content


def head(driver, kind):
    return letter(driver, kind)["letterhead"]["office"]


@pytest.mark.kewajiban("PRO-03")
def test_the_kecamatan_writes_what_its_officer_returns_and_refuses(cottage):
    cottage.to("KRK_INCOMPLETE")
    assert head(cottage, "surat_kekurangan") == "Kecamatan Kademangan"
    other = Driver("probolinggo", people.applicant("siti"), buildings.COTTAGE)
    other.to("KRK_REQUESTED")
    other.perform("refuse_krk", other.actor(), note="Di luar kawasan permukiman.")
    assert head(other, "penolakan_krk") == "Kecamatan Kademangan"
    assert "Keberatan" in str(letter(other, "penolakan_krk"))


def test_public_works_writes_what_its_team_wants_revised(cottage):
    cottage.to("REVISION")
    assert head(cottage, "surat_perbaikan") == "Dinas Pekerjaan Umum"


def test_the_slip_says_where_the_permit_lies(cottage):
    cottage.to("READY")
    assert "di loket Kecamatan Kademangan." in str(letter(cottage, "kode_ambil")["sections"])
