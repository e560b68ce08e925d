"""By which rules a case runs, and which track it is on."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from applications import casework, services
from applications.models import Application
from applications.refusals import Conflict, NotVisible, Unmet
from documents.models import Paper
from imbportal.daerah import registry
from imbportal.demo import buildings, people
from imbportal.demo.driver import Driver
from retribusi.models import Skrd


@pytest.fixture
def newer_file(monkeypatch):
    """Return a function that puts a changed file into the place of the model file."""

    def change(old, new):
        source = registry._source("contoh")
        assert old in source.content
        text = source.content.replace(old, new)
        import hashlib

        from imbportal.daerah import loader

        changed = registry.Source(
            loader.load(text, "contoh.toml"), text, hashlib.sha256(text.encode()).hexdigest()
        )
        monkeypatch.setattr(registry, "_source", lambda slug: changed)

    return change


def test_a_submitted_case_keeps_its_rules_and_a_draft_follows_the_newest(drive, newer_file):
    sent, draft = drive("SUBMITTED").case, drive("DRAFT").case
    newer_file('title = "Petugas Pelayanan"', 'title = "Petugas Loket"')
    sent, draft = (Application.objects.get(pk=case.pk) for case in (sent, draft))
    assert sent.rules.role["petugas"].title == "Petugas Pelayanan"
    assert draft.rules.role["petugas"].title == "Petugas Loket"


@pytest.fixture
def cottage(db, demo):
    """A small house, whose track has no KRK."""
    driver = Driver("contoh", people.applicants()["budi"], buildings.COTTAGE)
    driver.to("INCOMPLETE")
    return driver


def answer(driver, form="krk", **answers):
    casework.save_answers(driver.fresh(), form, answers, by=driver.applicant)


def test_where_there_is_no_krk_its_questions_can_be_corrected(cottage):
    assert cottage.case.track == "rumah_kecil"
    answer(cottage, land_document="SHM 77")
    cottage.sideways("resubmit")
    assert cottage.fresh().land_document == "SHM 77"


def test_the_track_is_chosen_anew_when_a_case_is_sent_again(cottage):
    answer(cottage, function="keagamaan")
    with pytest.raises(Unmet, match="jalur lain"):
        cottage.sideways("resubmit")


def test_an_unknown_fact_blocks_the_way_to_the_office(drive):
    driver = drive("KRK_ISSUED")
    driver.fill("izin")
    driver.accept_statements("submit")
    driver.upload("submit")
    answer(driver, "izin", basement_floors=None)
    with pytest.raises(Unmet, match="basemen"):
        services.perform("submit", driver.fresh(), by=driver.applicant)


def test_a_revision_that_changes_the_track_is_refused(cottage):
    cottage.sideways("resubmit")
    while cottage.fresh().state != "ASSESSMENT":
        cottage.step()
    cottage.sideways("request_revision")
    cottage.answer_points()
    answer(cottage, floors=2)
    with pytest.raises(Unmet, match="jalur lain"):
        services.perform("revise", cottage.fresh(), by=cottage.applicant)


def test_a_refused_move_changes_no_table(drive):
    driver = drive("FEE")
    counts = rows()
    with pytest.raises(Unmet):
        services.perform("propose_skrd", driver.fresh(), by=driver.actor())
    assert rows() == counts


def rows():
    tables = connection.introspection.django_table_names(only_existing=True)
    counts = {}
    with connection.cursor() as cursor:
        for table in tables:
            cursor.execute(f'SELECT COUNT(*) FROM "{table}"')
            counts[table] = cursor.fetchone()
    return counts


def test_a_bill_does_not_outlive_its_case(drive):
    driver = drive("AWAITING_PAYMENT")
    services.perform("withdraw", driver.fresh(), by=driver.applicant)
    bill = Skrd.objects.get(application=driver.case)
    assert bill.voided_at and bill.paper.status == Paper.Status.VOID


def test_reporting_again_and_again_does_not_move_the_limit(drive):
    driver = drive("AWAITING_PAYMENT")
    entered = driver.case.entered_at
    for _ in range(2):
        services.perform("report_payment", driver.fresh(), by=driver.applicant)
    assert driver.fresh().entered_at == entered


def test_a_stranger_learns_nothing_by_uploading(drive):
    case = drive("DRAFT").case
    with pytest.raises(NotVisible):
        casework.upload(case, "bukti_hak", None, by=people.applicants()["siti"])


def test_an_empty_or_late_answer_is_refused(drive):
    driver = drive("INCOMPLETE")
    point = driver.case.points.exclude(sent_at=None).first()
    with pytest.raises(Unmet):
        casework.answer_point(driver.case, point, "  ", by=driver.applicant)
    driver.case.points.update(closed_at=driver.case.entered_at)
    with pytest.raises(Conflict):
        casework.answer_point(driver.case, point, "Sudah.", by=driver.applicant)


@pytest.mark.parametrize("state", ["SUBMITTED", "ASSESSMENT", "FEE", "PERMIT_SIGNING"])
def test_the_buttons_cost_few_queries(drive, state):
    driver = drive(state)
    with CaptureQueriesContext(
        connection,
    ) as queries:
        services.available(driver.fresh(), driver.actor())
    assert len(queries) < 30
