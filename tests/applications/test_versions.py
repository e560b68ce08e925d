"""By which rules a case runs, and which track it is on."""

import hashlib
import re

import pytest
from django.core.management import call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext

from applications import casework, services
from applications.models import Application
from applications.refusals import Conflict, NotVisible, Unmet
from applications.workflow import BY_NAME
from documents.models import Paper
from imbportal import triggers
from imbportal.daerah import loader, registry
from imbportal.daerah.models import DaerahVersion
from imbportal.demo import buildings, people
from imbportal.demo.driver import Driver
from retribusi.models import Skrd
from tests.applications import applicant_cast as cast


@pytest.fixture
def newer_file(monkeypatch):
    """Return a function that puts a changed file into the place of the model file."""

    def change(*pairs):
        text = registry._source("contoh").content
        for old, new in pairs:
            assert old in text
            text = text.replace(old, new)
        changed = registry.Source(
            loader.load(text, "contoh.toml"), text, hashlib.sha256(text.encode()).hexdigest()
        )
        monkeypatch.setattr(registry, "_source", lambda slug: changed)

    return change


def test_a_submitted_case_keeps_its_rules_and_a_draft_follows_the_newest(drive, newer_file):
    sent, draft = drive("SUBMITTED").case, drive("DRAFT").case
    newer_file(('title = "Petugas Pelayanan"', 'title = "Petugas Loket"'))
    sent, draft = (Application.objects.get(pk=case.pk) for case in (sent, draft))
    assert sent.rules.role["petugas"].title == "Petugas Pelayanan"
    assert draft.rules.role["petugas"].title == "Petugas Loket"


# -- A newer file and the draft of an applicant -----------------------------------------------
LETTER = """[[requirement]]
code = "surat_rt"
label = "Surat keterangan RT"
group = "administrasi"
cite = "Contoh"

"""
NEWER = (
    ('[[requirement]]\ncode = "bukti_hak"', f'{LETTER}[[requirement]]\ncode = "bukti_hak"'),
    ('label = "Surat pernyataan pengelolaan lingkungan"', 'label = "SPPL"'),
    ('{ value = "hak_milik", label = "Hak milik" },', ""),
    ('label = "Luas lantai dasar"\nsection = "bangunan"\nunit = "m²"\nmin = 1',
     'label = "Luas lantai dasar"\nsection = "bangunan"\nunit = "m²"\nmin = 80'),
    ("yang saya kirim benar.", "yang saya kirim benar dan lengkap."),
    ("value = 6170000", "value = 6500000"),
)  # fmt: skip
TOLD = (
    "Dokumen baru diminta: Surat keterangan RT.",
    "Jawab lagi Status hak atas tanah: jawaban “Hak milik” tidak berlaku lagi.",
    "Batas Luas lantai dasar sekarang: paling sedikit 80.",
    "Jawab lagi Luas lantai dasar: jawaban “70 m²” tidak berlaku lagi.",
    "Bunyi pernyataan berubah dan harus disetujui lagi: “Saya menyatakan bahwa data dan dokumen "
    "yang saya kirim benar dan lengkap.”",
    "Standar harga satuan tertinggi (SHST): semula Rp6.170.000/m², sekarang Rp6.500.000/m².",
)
NOTICE = "Aturan Kabupaten Contoh berubah"


def page(client, case, path=""):
    answer = client.get(cast.url(case, path))
    assert answer.status_code == 200
    changing = r'(name="csrfmiddlewaretoken" value|data-kunci)="[^"]+"'
    return re.sub(changing, "", answer.content.decode())


@pytest.fixture
def siti(db, demo, client):
    user = cast.person("Siti Aminah", "siti@contoh.test", "3528014507900001")
    client.force_login(user)
    return user


@pytest.fixture
def draft(siti, client):
    """A small house of which all is filled in and uploaded, but nothing sent."""
    case = casework.create(siti, "contoh")
    cast.fill(client, case, plan=cast.SMALL)
    cast.upload_all(client, case)
    return case


def send(client, case, **data):
    return client.post(cast.url(case, "kirim/"), {"data_benar": "on", **data})


def test_a_newer_file_is_told_and_followed_until_the_draft_is_sent(draft, client, newer_file):
    old = DaerahVersion.objects.get()
    assert NOTICE not in page(client, draft)
    newer_file(*NEWER)
    shown = page(client, draft)
    assert not [sentence for sentence in TOLD if sentence not in shown]
    assert "SPPL" not in shown, "a document that this house does not need"
    for path in ("isian/lokasi/", "isian/bangunan-lain/", "berkas/", "isian/bangunan/"):
        assert f"{NOTICE} sejak" in page(client, draft, path)
    assert 'value="hak_milik"' not in page(client, draft, "isian/lokasi/")
    assert TOLD[-1] in page(client, draft, "kirim/")

    # Words that he has not read are not accepted, and an answer of before is not sent.
    draft.refresh_from_db()
    assert send(client, draft, version=draft.version, aturan=old.pk).status_code == 409
    assert send(client, draft, version=draft.version).status_code == 422
    draft.refresh_from_db()
    assert draft.state == "DRAFT" and not draft.statements

    assert client.post(cast.url(draft, "perubahan/"), {"aturan": old.pk}).status_code == 409
    assert NOTICE in page(client, draft)
    new = registry.current_sha256("contoh")
    assert client.post(cast.url(draft, "perubahan/"), {"aturan": new}).status_code == 302
    assert NOTICE not in page(client, draft) + page(client, draft, "berkas/")

    draft.refresh_from_db()
    right = {"land_right": "hak_pakai", "village": draft.village}
    cast.save(client, draft, "lokasi", cast.LOCATION | right)
    draft.refresh_from_db()
    cast.save(client, draft, "bangunan", cast.BUILDING | {"footprint": "80"})
    cast.upload_all(client, draft)
    draft.refresh_from_db()
    assert services.missing_now(BY_NAME["submit"], draft) == ["Setujui pernyataan pemohon."]
    assert send(client, draft, version=draft.version, aturan=new).status_code == 302
    draft.refresh_from_db()
    assert (draft.state, draft.version_used_id) == ("SUBMITTED", new)


def test_a_case_that_was_sent_shows_and_asks_what_it_did(siti, client, newer_file):
    case = cast.returned(client, siti)
    paths = ("", "isian/lokasi/", "isian/bangunan/", "berkas/", "perbaikan/")
    before = [page(client, case, path) for path in paths]
    newer_file(*NEWER)
    assert [page(client, case, path) for path in paths] == before
    for point in case.points.all():
        casework.answer_point(case, point, "Sudah.", by=siti)
    case.refresh_from_db()
    url = cast.url(case, "perbaikan/kirim/")
    assert client.post(url, {"version": case.version}).status_code == 302
    case.refresh_from_db()
    assert (case.state, case.land_right, case.footprint) == ("SUBMITTED", "hak_milik", 70)


def test_a_statement_is_accepted_in_its_words_only(draft, siti, newer_file):
    casework.accept_statement(draft, "data_benar", by=siti)
    asked = "Setujui pernyataan pemohon."
    draft = Application.objects.get()
    assert asked not in services.missing_now(BY_NAME["submit"], draft)
    newer_file(NEWER[4])
    assert asked in services.missing_now(BY_NAME["submit"], Application.objects.get())
    casework.accept_statement(draft, "data_benar", by=siti)
    assert asked not in services.missing_now(BY_NAME["submit"], Application.objects.get())


def test_what_the_file_offers_no_more_is_asked_again_of_other_buildings_and_files(
    draft, siti, newer_file
):
    part = {"name": "Garasi", "function": "hunian", "floor_area": 20, "floors": 1}
    casework.save_parts(draft, [part], by=siti)
    draft.documents.get(requirement="bukti_hak").versions.update(mime="image/jpeg")
    newer_file(
        ('code = "bukti_hak"', 'code = "bukti_hak"\nimages = false'),
        ('value = "hunian", label', 'value = "rumah", label'),
        ('function = "hunian"', 'function = "rumah"'),
        ('functions = ["hunian"]', 'functions = ["rumah"]'),
    )
    lacking = services.missing_now(BY_NAME["submit"], Application.objects.get())
    assert "Pilih lagi fungsi bangunan: Garasi." in lacking
    assert "Isi: Fungsi bangunan." in lacking
    assert "Bukti hak atas tanah sekarang hanya boleh PDF. Unggah berkas PDF." in lacking


def test_a_content_that_nobody_reads_any_more_still_says_that_the_rules_changed(
    draft, client, newer_file
):
    newer_file(*NEWER)
    with connection.cursor() as cursor:
        for statement in triggers._REMOVE[connection.vendor]("daerah_daerahversion"):
            cursor.execute(statement)
    DaerahVersion.objects.update(content="tidak = [")
    registry.version.cache_clear()
    assert "Periksa lagi isian dan dokumen Anda" in page(client, draft)


def test_the_same_list_is_printed_for_the_office(draft, newer_file, capsys):
    newer_file(*NEWER)
    call_command("bandingkan_daerah", "contoh")
    printed = capsys.readouterr().out
    assert TOLD[0] in printed and TOLD[-1] in printed and "berkas sekarang" in printed
    assert "Bagian berkas yang berbeda: fact, statement, requirement, tariff" in printed
    call_command("bandingkan_daerah", "contoh", DaerahVersion.objects.get().pk[:8])
    assert capsys.readouterr().out == printed


@pytest.fixture
def cottage(db, demo):
    """A small house, whose track has no KRK."""
    driver = Driver("contoh", people.applicant("budi"), buildings.COTTAGE)
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
        casework.upload(case, "bukti_hak", None, by=people.applicant("siti"))


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
