"""Papers that the office seals after they took their number, and originals that are signed wet."""

import hashlib

import pytest
from django.utils import timezone

from applications import originals
from applications.models import Record
from applications.office import records
from applications.refusals import Unmet
from documents import services, verification
from documents.models import Paper
from documents.seal import chain
from imbportal.daerah import calendar, loader, registry
from notifications import jobs
from notifications.models import Job

KRK = 'issue = ["krk"], needs = ["krk"]'
PHRASE = "Jati Merpati 771"


@pytest.fixture
def changed(monkeypatch, demo):
    """Put the model file with some words changed into its place."""

    def put(*pairs):
        text = (registry.FOLDER / "contoh.toml").read_text(encoding="utf-8")
        for old, new in pairs:
            assert old in text
            text = text.replace(old, new, 1)
        rules = loader.load(text, "contoh.toml")
        source = registry.Source(rules, text, hashlib.sha256(text.encode()).hexdigest())
        monkeypatch.setattr(registry, "_source", lambda slug: source)

    return put


@pytest.fixture
def office(settings, tmp_path_factory):
    """An office whose certificate waits to be put in; returns the function that does so."""
    folder = tmp_path_factory.mktemp("segel")
    settings.SEAL, settings.SEAL_FOLDER, settings.SEAL_OFFICE_PASSPHRASE = "lokal", folder, PHRASE
    _, issuer = chain.make("Kantor Contoh", timezone.now())
    own = chain.end("Segel Kantor Contoh", "Kantor Contoh", timezone.now(), issuer)
    return lambda: chain.write(folder, "kantor.p12", own.p12(PHRASE))


def test_the_worker_seals_for_the_office_and_tries_again_until_it_can(drive, changed, office):
    changed((KRK, f'{KRK}, seal = "kantor"'))
    driver = drive("KRK_REQUESTED")
    driver.act()
    paper = Paper.objects.get(case=driver.case.pk, kind="krk")
    assert paper.seal == "kantor" and paper.number
    job = Job.objects.get(kind=services.PRINT, ref=str(paper.pk))
    jobs.run(job.pk)
    job.refresh_from_db()
    assert job.status == Job.Status.PENDING and "Sertifikat kantor" in job.error
    with pytest.raises(services.NotPrinted):
        services.open_file(Paper.objects.get(pk=paper.pk))
    office()
    Job.objects.filter(pk=job.pk).update(due_at=timezone.now())
    jobs.run(job.pk)
    paper.refresh_from_db()
    assert services.open_file(paper).read().startswith(paper.file.read())
    assert "segel elektronik kantor" in dict(verification.shown(paper))["Bentuk"]


ORIGINAL = '[original]\nserial = true\nscan = true\ncite = "Uji"\n\n[complaint]'


def test_an_original_has_its_serial_number_alone_and_waits_for_its_scan(drive, changed):
    changed(
        ("[complaint]", ORIGINAL), (KRK, KRK.replace('s = ["krk"]', 's = ["krk", "kertas_khusus"]'))
    )
    first, second = drive("KRK_REQUESTED"), drive("KRK_REQUESTED")
    day = str(calendar.today("contoh"))
    form = records.SpecialPaperForm({"serial": " A  01 ", "signed_on": day}, case=first.case)
    assert form.is_valid() and "stamped" not in form.fields, form.errors
    Record.objects.create(
        application=first.case, kind=originals.RECORD, data=form.as_json(), by=first.actor()
    )
    again = records.SpecialPaperForm({"serial": "A 01", "signed_on": day}, case=second.case)
    assert not again.is_valid() and first.case.number in str(again.errors)
    assert records.SpecialPaperForm(
        {"serial": "A 01", "signed_on": day}, case=first.case
    ).is_valid()
    assert originals.lacking(first.fresh()) == [f"Lampirkan {originals.SCAN}."]
    first.write_records()
    with pytest.raises(Unmet, match="pindaian"):
        first.perform("issue_krk", first.actor())
    first.act()
    assert first.fresh().state == "KRK_ISSUED"


def test_the_check_page_of_a_permit_says_what_to_compare_on_its_sheet(drive):
    driver = drive("READY")
    permit = Paper.objects.get(case=driver.case.pk, kind="izin")
    assert verification.standing(permit).text == verification.STANDINGS["berlaku"].text
    data = {"serial": "PBG-000123", "signed_on": "2026-07-01", "stamped": True}
    Record.objects.create(
        application=driver.case, kind=originals.RECORD, data=data, by=driver.actor()
    )
    said = verification.standing(permit).text
    assert "PBG-000123" in said and "1 Juli 2026" in said and "dicap" in said
