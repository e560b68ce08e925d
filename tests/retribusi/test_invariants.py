"""Each kind of fault, planted behind the portal's back, is found and named with its case."""

import datetime
import io
import json
import os
import shutil
import time
from pathlib import Path

import pytest
import time_machine
from apart import apart, unguarded
from django.core.files.storage import default_storage
from django.core.management import CommandError, call_command
from django.db import connection
from django.db.models import F
from django.utils import timezone

from accounts.models import Identity, User, WalkIn
from applications.models import Act, Application, CaseDuty
from documents import services as papers
from documents.models import Counter, Paper
from imbportal.demo import people
from imbportal.demo.driver import Driver
from notifications import jobs
from notifications.models import Job, Message
from retribusi import invariants
from retribusi.models import Payment, Skrd

pytestmark = pytest.mark.django_db
LATER = datetime.timedelta(minutes=11)


@pytest.fixture(scope="module")
def cases(django_db_setup, django_db_blocker):
    """A case that was handed over and one that waits for money, with all the worker's jobs done."""
    with apart(django_db_blocker):
        budi = people.applicant("budi")
        found = [Driver("contoh", budi).to(end) for end in ("COLLECTED", "AWAITING_PAYMENT")]
        while jobs.run_one():
            pass
        yield found


@pytest.fixture
def done(cases):
    return Application.objects.get(pk=cases[0].pk)


@pytest.fixture
def waiting(cases):
    return Application.objects.get(pk=cases[1].pk)


@pytest.fixture
def files(cases, tmp_path):
    """Let a test spoil the stored files; they are put back after it."""
    root, kept = Path(default_storage.location), tmp_path / "kept"
    shutil.copytree(root, kept)
    yield root
    shutil.rmtree(root)
    shutil.copytree(kept, root)


def sql(statement, *values):
    with connection.cursor() as cursor:
        cursor.execute(statement, values)


def without(index):
    if connection.vendor == "postgresql":
        sql("SET CONSTRAINTS ALL IMMEDIATE")
    sql(f"DROP INDEX {index}")


def again(row, **values):
    """Write the same row once more under a key of its own."""
    row.pk, row._state.adding = None, True
    for name, value in values.items():
        setattr(row, name, value)
    row.save()


def found():
    return {(fault.check, fault.case): fault.text for fault in invariants.faults()}


def test_nothing_is_wrong_where_nothing_was_planted(cases):
    assert invariants.faults() == []
    with time_machine.travel(timezone.now() + LATER, tick=True):
        assert invariants.faults() == []


def test_the_command_says_so_and_names_what_is_wrong(done):
    said = io.StringIO()
    call_command("periksa_invarian", stdout=said)
    assert "2 permohonan diperiksa, semua benar." in said.getvalue()
    Application.objects.filter(pk=done.pk).update(turn=5)
    with pytest.raises(CommandError) as stop:
        call_command("periksa_invarian", stdout=said)
    assert stop.value.returncode == 1
    assert f"riwayat: contoh {done.number}: giliran 5" in said.getvalue()


def test_the_command_speaks_json(done):
    Application.objects.filter(pk=done.pk).update(turn=5)
    said = io.StringIO()
    with pytest.raises(CommandError):
        call_command("periksa_invarian", "--json", stdout=said)
    answer = json.loads(said.getvalue())
    assert answer["cases"] == 2
    assert answer["faults"][0]["case"] == f"contoh {done.number}"


# -- History --------------------------------------------------------------------------------
def test_a_state_that_no_event_led_to(done):
    sql("UPDATE applications_application SET state = 'FEE' WHERE number = %s", done.number)
    assert any("tahap FEE" in fault.text for fault in invariants.faults())


@pytest.mark.parametrize(
    "change, text",
    [
        ("UPDATE applications_event SET capacity = 'Kepala' WHERE seq = 3", "kejadian 3 tidak"),
        ("DELETE FROM applications_event WHERE seq = 4 AND note_hash = ''", "urutan 5"),
        ("UPDATE applications_event SET target = 'FEE' WHERE seq = 2", "kejadian 3 mulai dari"),
    ],
)
def test_a_changed_history(done, change, text):
    unguarded("applications_event")
    sql(change)
    texts = [fault.text for fault in invariants.faults() if fault.case == done.pk]
    assert any(text in one for one in texts), texts


def test_a_tail_that_was_cut_off(done):
    unguarded("applications_event")
    sql("DELETE FROM applications_event WHERE move = 'hand_over'")
    assert "COLLECTED" in found()["riwayat", done.pk]


# -- Numbers --------------------------------------------------------------------------------
@pytest.mark.parametrize(
    "kind, step, text",
    [
        ("skrd", 1, "nomor hilang 3"),
        ("skrd", -1, "nomor di luar pencacah 2"),
        ("permohonan", 1, "nomor hilang 3"),
    ],
)
def test_a_counter_that_does_not_fit_its_numbers(cases, kind, step, text):
    Counter.objects.filter(key__contains=f":{kind}:").update(value=F("value") + step)
    assert text in found()["nomor", None]


def test_a_number_given_twice(done, waiting):
    without("application_number_once")
    Application.objects.filter(pk=waiting.pk).update(number=done.number)
    assert "nomor ganda" in found()["nomor", None]


def test_a_number_of_no_pattern(done):
    Application.objects.filter(pk=done.pk).update(number="417/karangan/2026")
    assert "tidak menurut pola" in found()["nomor", done.pk]


def test_a_voided_paper_keeps_its_place(waiting):
    bill = waiting.bills.get()
    papers.void(bill.paper, reason="salah", at=timezone.now())
    assert not any(fault.check == "nomor" for fault in invariants.faults())


# -- The counter ----------------------------------------------------------------------------
@pytest.mark.parametrize(
    "change, text",
    [
        ({"received_on": datetime.date(2026, 1, 2)}, "bukan dari loket"),
        ({"taken_over_at": timezone.now() + datetime.timedelta(days=1)}, "tanpa catatan"),
    ],
)
def test_a_case_of_the_counter_that_is_not_one(done, change, text):
    Application.objects.filter(pk=done.pk).update(**change)
    assert any(text in one.text for one in invariants.faults() if one.check == "loket")


def test_a_case_left_behind_by_a_claim(done):
    by = people.officer("contoh", "petugas")
    WalkIn.objects.create(user=done.applicant, opened_by=by, closed_at=timezone.now())
    assert "sudah ditutup" in found()["loket", done.pk]


# -- Money ----------------------------------------------------------------------------------
def test_two_bills_that_wait(waiting):
    without("one_open_bill")
    paper = waiting.bills.get().paper
    again(paper, number=None, issued_at=None, token="t" * 32, status="konsep")
    again(waiting.bills.get(), payment_code="1", paper=Paper.objects.get(token="t" * 32))
    assert found()["tagihan", waiting.pk] == "2 SKRD menunggu pembayaran"


def test_a_bill_that_still_waits_for_a_case_that_has_ended(waiting):
    Application.objects.filter(pk=waiting.pk).update(state="WITHDRAWN")
    assert "masih ada SKRD" in found()["tagihan", waiting.pk]


def test_a_payment_that_is_not_its_bills_amount(done):
    unguarded("retribusi_payment")
    Payment.objects.update(amount=F("amount") - 1)
    texts = [fault.text for fault in invariants.faults() if fault.check == "pembayaran"]
    assert any("dibayar Rp" in text for text in texts)
    assert any("kurang bayar Rp1" in text for text in texts)


def test_a_payment_of_which_the_ledger_lacks_a_rupiah(done):
    unguarded("retribusi_ledgerentry")
    first = "(SELECT MIN(id) FROM retribusi_ledgerentry)"
    sql(f"UPDATE retribusi_ledgerentry SET amount = amount - 1 WHERE id = {first}")
    assert "dibukukan Rp" in found()["buku", done.pk]
    sql("UPDATE retribusi_ledgerentry SET payment_id = NULL")
    assert "tanpa pembayaran" in found()["buku", done.pk]


def test_a_permit_for_which_nobody_paid(done):
    for table in ("retribusi_ledgerentry", "retribusi_payment"):
        unguarded(table)
        sql(f"DELETE FROM {table}")
    texts = [fault.text for fault in invariants.faults() if fault.case == done.pk]
    assert any("lunas tanpa pembayaran" in text for text in texts)
    assert any("kurang bayar" in text for text in texts)


def test_a_settled_bill_that_was_voided(done):
    unguarded("retribusi_skrd")
    Skrd.objects.filter(application=done).update(voided_at=timezone.now())
    assert "batal" in found()["pembayaran", done.pk]


# -- Duties and acts ------------------------------------------------------------------------
def test_an_applicant_who_holds_a_duty(done):
    row = done.duties.first()
    CaseDuty.objects.filter(pk=row.pk).update(person=done.applicant)
    texts = [fault.text for fault in invariants.faults() if fault.case == done.pk]
    assert any("pemohon, tetapi memegang tugas" in text for text in texts)
    assert any("berlaku tanpa tugas" in text for text in texts)


def test_one_person_who_acts_under_two_accounts_in_one_duty_is_right(done):
    row, nik = done.duties.order_by("pk").first(), "9999990101800999"
    other = User.objects.create_user(email="kedua@demo.test", name="Kedua")
    for user in (row.person, other):
        Identity.objects.create(user=user, name="Sama", nik=nik, address="-")
    CaseDuty.objects.filter(pk=row.pk).update(person=other)
    texts = [fault.text for fault in invariants.faults() if fault.case == done.pk]
    assert any("berlaku tanpa tugas" in text for text in texts), "the row knows no NIK yet"
    CaseDuty.objects.filter(pk=row.pk).update(nik_lookup=other.identity.nik_lookup)
    assert [fault for fault in invariants.faults() if fault.case == done.pk] == []


def test_one_person_with_two_accounts_and_two_duties(done):
    for row in done.duties.order_by("pk")[:2]:
        Identity.objects.create(user=row.person, name="Sama", nik="9999990101800999", address="-")
    assert "memegang tugas" in found()["tugas", done.pk]


def test_two_acts_on_one_link(done):
    without("one_standing_act")
    again(Act.objects.filter(application=done, voided_at=None).first())
    assert found()["tindakan", done.pk].startswith("2 tindakan berlaku")


# -- Files and work -------------------------------------------------------------------------
def test_a_file_that_is_gone(done, files):
    name = done.documents.first().current.file.name
    default_storage.delete(name)
    assert f"{name} hilang" in found()["berkas", done.pk]


def test_a_permit_whose_file_was_exchanged(done, files):
    permit = papers.standing(done.pk, "izin")
    Path(permit.file.path).write_bytes(b"%PDF-1.7 palsu")
    assert "bukan yang disimpan" in found()["berkas", done.pk]


@pytest.mark.parametrize("age, told", [(2 * 3600, True), (60, False)])
def test_a_file_without_a_row_once_it_is_old(files, age, told):
    stray = files / "berkas" / "yatim"
    stray.write_bytes(b"x")
    os.utime(stray, (time.time() - age,) * 2)
    assert (("berkas", None) in found()) is told


@pytest.mark.parametrize("after, told", [(LATER, True), (LATER / 2, False)])
def test_a_paper_that_nobody_printed(done, files, after, told):
    unguarded("documents_paper")
    permit = papers.standing(done.pk, "izin")
    Paper.objects.filter(pk=permit.pk).update(file="", file_sha256=None)
    default_storage.delete(permit.file.name)
    with time_machine.travel(permit.issued_at + after, tick=True):
        assert (("surat", done.pk) in found()) is told


def test_a_job_that_no_worker_takes(cases):
    Job.objects.update(status=Job.Status.PENDING, due_at=timezone.now() - LATER)
    assert "tertahan" in found()["pekerjaan", None]


def test_a_message_that_nobody_sends(done):
    old = Message.objects.filter(case=done.pk).exclude(channel=Message.Channel.INBOX)
    old.update(sent_at=None, created_at=timezone.now() - LATER)
    assert "tidak terkirim" in found()["pesan", done.pk]
