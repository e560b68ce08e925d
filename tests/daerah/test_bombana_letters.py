"""What Bombana's technical office writes, read as who gets it."""

import pytest

from applications.casefile import contents
from documents.models import Paper
from imbportal.demo import people
from imbportal.demo.driver import REASONS, Driver
from imbportal.indonesia import rupiah

pytestmark = pytest.mark.django_db


def letters(case):
    found = Paper.objects.filter(
        case=case.pk, kind__in=("rekomendasi_teknis", "nota_hitung"), status="berlaku"
    )
    return {paper.kind: paper for paper in found}


INSIDE = {"surat_pengantar", "rekomendasi_teknis", "lembar_register", "lembar_arsip"}


def kinds_of(papers):
    return {paper.kind for paper in papers}


def opened(client, papers, user):
    """Return the kinds whose address answers the user."""
    client.force_login(user)
    return kinds_of(p for p in papers if client.get(f"/dokumen/{p.pk}/").status_code != 404)


@pytest.mark.kewajiban("BOM-14", "BOM-26")
def test_recommendation_and_nota_hitung_name_the_whole_fee_though_it_was_paid(demo, client):
    driver = Driver("bombana", people.applicant("budi"))
    case = driver.to("PERMIT_SIGNING")
    first, fee = letters(case), rupiah(case.assessments.first().total)
    assert all(f"{fee} (" in str(paper.content) for paper in first.values())
    driver.perform("return_permit", driver.actor(), note=REASONS["return_permit"])
    again = letters(driver.to("PERMIT_SIGNING"))
    assert {paper.pk for paper in again.values()}.isdisjoint(p.pk for p in first.values())
    assert len(again) == 2 and all(f"{fee} (" in str(paper.content) for paper in again.values())
    driver.to("READY")
    sheet = Paper.objects.get(case=case.pk, kind="lembar_arsip", status="berlaku")
    void = first["nota_hitung"]
    void.refresh_from_db()
    assert f"{void.title} (batal)" in str(sheet.content) and void.number in str(sheet.content)

    papers = Paper.objects.filter(case=case.pk).exclude(number=None)
    every = kinds_of(papers)
    assert every > INSIDE
    assert opened(client, papers, driver.officers["front_office"]) == every
    assert opened(client, papers, case.applicant) == every - INSIDE
    page = client.get(f"/permohonan/{case.pk}/").text
    assert kinds_of(p for p in papers if f"/dokumen/{p.pk}/" in page) == every - INSIDE
    for audience in ("kantor", "pemohon"):
        places = " ".join(entry.path for entry in contents.of(case, audience).entries)
        lying = {kind for kind in INSIDE if f"-{kind.replace('_', '-')}-" in places}
        assert lying == (INSIDE if audience == "kantor" else set()), audience
