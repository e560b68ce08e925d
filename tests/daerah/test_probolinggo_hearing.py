"""A hearing has been held, whatever the office sends back afterwards."""

import pytest
from django.test import Client

from documents.models import Paper
from imbportal.demo import buildings, people, records
from imbportal.demo.driver import Driver

pytestmark = pytest.mark.django_db
KINDS = ("undangan_dengar", "berita_acara_dengar")


def papers(driver):
    found = Paper.objects.filter(case=driver.case.pk, kind__in=KINDS).order_by("issued_at")
    return {kind: [paper for paper in found if paper.kind == kind] for kind in KINDS}


def again(driver):
    driver.perform("return_assessment", driver.actor(), "Periksa lagi luas lantainya.")
    driver.to("FEE")
    return papers(driver)


def test_its_papers_stay_until_what_was_said_is_written_anew(demo, monkeypatch):
    driver = Driver("probolinggo", people.applicant("budi"), buildings.MARKET)
    driver.to("FEE")
    first = papers(driver)
    assert [len(found) for found in first.values()] == [1, 1]
    assert again(driver) == first
    assert {paper.status for found in papers(driver).values() for paper in found} == {"berlaku"}
    said = records._hearing(driver.case) | {"conclusion": "Pintu masuk dipindah ke utara."}
    monkeypatch.setitem(records.VISIT, "dengar_pendapat", lambda case: said)
    third = again(driver)
    assert third["undangan_dengar"] == first["undangan_dengar"]
    older, newer = third["berita_acara_dengar"]
    assert (older.status, older.replaced_by, newer.status) == ("diganti", newer, "berlaku")
    assert newer.signatures.get().role == "kabid_penataan"
    assert newer.number in Client().get(f"/verifikasi/{older.token}/").text
