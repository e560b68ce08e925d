"""What Bombana's technical office writes, read as who gets it."""

import pytest

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


@pytest.mark.kewajiban("BOM-14", "BOM-26")
def test_recommendation_and_nota_hitung_name_the_whole_fee_though_it_was_paid(demo):
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
