"""The treasurer's room "Rekening koran": from the bank's file to the reconciled statement."""

import copy
import datetime
import html
import io
import random
import re
import tempfile
from types import SimpleNamespace

import openpyxl
import pytest
from bank_paper import MAPPING, Line, as_csv, as_mt940
from bill_rows import SLUG, fill
from django.conf import settings as live
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import IntegrityError, connection, transaction
from django.db.models import Sum
from django.test import Client, override_settings
from django.utils import timezone

from imbportal import triggers
from imbportal.daerah import calendar
from imbportal.demo import people
from imbportal.demo.driver import Driver
from imbportal.demo.once import accepted_once
from imbportal.indonesia import rupiah
from notifications.models import Message
from retribusi.models import (
    BankFormat,
    LedgerEntry,
    LineOutcome,
    Payment,
    Refund,
    Skrd,
    Statement,
    StatementLine,
)
from retribusi.statements import invariants, mapping

pytestmark = pytest.mark.django_db
BACKEND = "allauth.account.auth_backends.AuthenticationBackend"
ROOM = "/admin/rekening-koran/"
ACCOUNT = "0012 3456 789"
DAY = datetime.timedelta(days=1)


@pytest.fixture(scope="module")
def world(django_db_setup, django_db_blocker):
    """Thirty bills in bulk, one case that was driven to its bill, and the treasurer's client."""
    storages = copy.deepcopy(live.STORAGES)
    with tempfile.TemporaryDirectory() as folder, django_db_blocker.unblock():
        storages["default"]["OPTIONS"]["location"] = folder
        with override_settings(DEMO=True, STORAGES=storages):
            with transaction.atomic(), accepted_once():
                ends = calendar.today(SLUG) - 10 * DAY
                bills = fill(30, random.Random(5), ends)
                driver = Driver(SLUG, people.applicant("budi"))
                driver.to("AWAITING_PAYMENT")
                by = {role: login(role) for role in ("bendahara", "auditor", "petugas")}
                form = BankFormat.objects.create(
                    daerah=SLUG, name="Bank Uji", account=ACCOUNT, changed_at=timezone.now(),
                    mapping=mapping.Mapping(**MAPPING).model_dump(),
                    changed_by=people.officer(SLUG, "bendahara"),
                )  # fmt: skip
                yield SimpleNamespace(bills=bills, ends=ends, driver=driver, form=form, **by)
                transaction.set_rollback(True)


def login(role, slug=SLUG):
    client = Client(raise_request_exception=True)
    client.force_login(people.officer(slug, role), BACKEND)
    return client


def page(answer, status=200):
    text = html.unescape(answer.content.decode())
    assert answer.status_code == status, text[-3000:]
    return " ".join(text.split())


def upload(world, lines, form=None, name="koran.csv", opening=1_000_000_00):
    data = lines if isinstance(lines, bytes) else as_csv(lines, opening)
    return world.bendahara.post(
        f"{ROOM}unggah/",
        {"daerah": SLUG, "format": (form or world.form).pk, "file": SimpleUploadedFile(name, data)},
    )


def taken(world, lines, **more):
    answer = upload(world, lines, **more)
    assert answer.status_code == 302, page(answer, 422)
    return Statement.objects.order_by("-imported_at").first()


def paid(world, count=1):
    return [bill for bill in world.bills if bill.paid_on and bill.paid_on < world.ends][:count]


def money_of(bill, more=0, day=None, reference="", text=None):
    said = f"TRSF {bill.code}" if text is None else text
    return Line(day or bill.paid_on, (bill.amount + more) * 100, said, reference or bill.number)


def url(line, act=""):
    return f"{ROOM}{line.statement_id}/baris/{line.row}/{act}{'/' if act else ''}"


def do(world, line, act, status=302, who=None, **form):
    answer = (who or world.bendahara).post(url(line, act), form)
    text = page(answer, status)
    line.refresh_from_db()
    return text


# -- Taking a file in ---------------------------------------------------------------------
def test_a_file_is_taken_whole_once_and_each_line_once(world):
    lines = [money_of(bill) for bill in paid(world, 6)]
    broken = as_csv(lines) + b"99/99/2026;X;Y;;1,00;1,00\r\n"
    said = page(upload(world, broken), 422)
    assert "Baris 11: “99/99/2026” bukan tanggal" in said and "Tidak ada satu baris pun" in said
    assert not Statement.objects.exists() and not StatementLine.objects.exists()
    first = taken(world, lines[:4])
    said = page(upload(world, lines[:4]), 422)
    assert "sudah pernah diimpor" in said and f"{ROOM}{first.pk}/" in said
    second = taken(world, lines[2:])
    assert (second.taken, second.known) == (2, 2)
    assert second.known_sum == sum(line.sen for line in lines[2:4])
    assert StatementLine.objects.filter(of_bank=True).count() == 6
    said = page(upload(world, lines[1:5]), 422)
    assert "Semua baris berkas ini sudah pernah diimpor" in said
    assert list(invariants.statements()) == []


def test_the_same_lines_in_the_standard_format_are_known_by_their_reference(world):
    lines = [money_of(bill, reference=f"R{n}") for n, bill in enumerate(paid(world, 3))]
    taken(world, lines)
    swift = BankFormat.objects.create(
        daerah=SLUG, name="Bank Uji MT940", account=ACCOUNT, changed_at=timezone.now(),
        mapping=mapping.Mapping(kind="mt940").model_dump(), changed_by=world.form.changed_by,
    )  # fmt: skip
    more = [*lines, money_of(paid(world, 4)[3], reference="R9")]
    statement = taken(world, as_mt940(more, "00123456789"), form=swift, name="koran.sta")
    assert (statement.taken, statement.known) == (1, 3)
    assert statement.opening + statement.taken_sum + statement.known_sum == statement.closing


def test_a_format_is_made_from_a_sample_and_tried_before_it_is_kept(world):
    new = f"{ROOM}format/baru/"
    sample = as_csv([money_of(bill) for bill in paid(world, 2)])
    form = {"daerah": SLUG, "name": "Bank Baru", "account": "998877"}
    said = page(world.bendahara.post(
        new, form | {"kenali": 1, "sample": SimpleUploadedFile("contoh.csv", sample)}
    ))  # fmt: skip
    fields = dict(re.findall(r'name="(\w+)" value="([^"]*)"', said))
    assert (fields["debit"], fields["credit"], fields["balance"]) == ("4", "5", "6")
    given = form | {
        "kind": "csv", "encoding": "auto", "delimiter": ";", "skip": 3, "header": "on", "day": 1,
        "date_format": "%Y-%m-%d", "texts": "2", "reference": 3, "amounts": "dua", "debit": 4,
        "credit": 5, "balance": 6, "decimal": ",", "out": "BIAYA\n\nPAJAK", "into": "BUNGA",
        "cutoff": 2, "tolerance": 1, "first": sample.decode("cp1252"),
    }  # fmt: skip
    said = page(world.bendahara.post(new, given | {"simpan": 1}), 422)
    assert "bukan tanggal menurut format bank ini" in said and "belum terbaca" in said
    given["date_format"] = "%d/%m/%Y"
    said = page(world.bendahara.post(new, given | {"pratinjau": 1}))
    assert rupiah(paid(world)[0].amount) in said
    assert world.bendahara.post(new, given | {"simpan": 1}).status_code == 302
    kept = BankFormat.objects.get(name="Bank Baru")
    assert kept.mapping["out"] == ["BIAYA", "PAJAK"] and kept.mapping["heading"][3] == "Debet"
    said = page(world.bendahara.post(new, given | {"simpan": 1}), 422)
    assert "sudah ada; ubah yang itu" in said
    said = page(world.bendahara.post(new, given | {"amounts": "satu", "account": "1"}), 422)
    assert "Tulis nomor rekening dengan angka" in said
    change = f"{ROOM}format/{kept.pk}/"
    assert 'value="Bank Baru"' in page(world.bendahara.get(change))
    assert world.auditor.get(change).status_code == 403
    assert "Bank Baru" in page(world.auditor.get(f"{ROOM}format/"))


# -- Reading it ---------------------------------------------------------------------------
def test_the_page_sums_filters_pages_and_shows_text_as_text(world, monkeypatch):
    from retribusi.statements import listing

    lines = [money_of(bill) for bill in paid(world, 5)]
    evil = "<script>alert(1)</script> =1+1"
    lines.append(Line(lines[-1].day, 77_00, evil, "=cmd()"))
    statement = taken(world, lines)
    place = f"{ROOM}{statement.pk}/"
    answer = world.auditor.get(place)
    said = page(answer)
    assert "0 dari" in said and "<script>alert" not in answer.content.decode()
    assert "&lt;script&gt;" in answer.content.decode() and "Tandai" not in said
    assert "=cmd()" in page(world.auditor.get(place, {"temuan": "tidak_dikenal"}))
    assert "=cmd()" not in page(world.auditor.get(place, {"temuan": "cocok"}))
    assert paid(world)[0].number in page(world.auditor.get(place, {"q": paid(world)[0].code}))
    assert "Tidak ada baris di sini" in page(world.auditor.get(place, {"status": "selesai"}))
    monkeypatch.setattr(listing, "SIZE", 2)
    following = page(world.auditor.get(place, {"sesudah": "2"}))
    assert "sesudah=4" in following and "sebelum=3" in following
    assert "sesudah=2" in page(world.auditor.get(place, {"sebelum": "3"}))
    assert "=cmd()" in page(world.auditor.get(place, {"semua": "1"}))
    file = world.auditor.get(f"{place}xlsx/")
    assert file["Cache-Control"] == "no-store, private"
    book = openpyxl.load_workbook(io.BytesIO(file.content))
    cells = [cell for row in book["Baris"].iter_rows() for cell in row]
    assert not [cell for cell in cells if cell.data_type == "f"]
    assert "=cmd()" in [cell.value for cell in cells] and 77 in [cell.value for cell in cells]


def test_only_who_keeps_the_money_acts_and_others_see_nothing(world):
    statement = taken(world, [money_of(paid(world)[0])])
    place = f"{ROOM}{statement.pk}/"
    line = statement.lines.first()
    stranger = login("bendahara", "pamekasan")
    for path in (place, f"{place}xlsx/", url(line)):
        assert stranger.get(path).status_code == 404
        assert world.petugas.get(path).status_code == 404
        assert world.auditor.get(path).status_code == 200
    assert world.petugas.get(ROOM).status_code == 403
    assert stranger.post(f"{place}tandai/").status_code == 404
    for path in (f"{place}tandai/", url(line, "cocok"), f"{ROOM}unggah/"):
        assert world.auditor.post(path).status_code == 403
    assert stranger.post(
        f"{ROOM}unggah/", {"daerah": SLUG, "format": world.form.pk}
    ).status_code == 422  # fmt: skip
    assert not LineOutcome.objects.exists()


# -- Acts ---------------------------------------------------------------------------------
def test_what_matches_is_settled_at_once_and_the_statement_is_closed_when_all_is_done(world):
    bills = paid(world, len(world.bills))
    stray = Line(bills[0].paid_on, 12_345_00, "TRSF TOKO MAJU", "X1")
    statement = taken(world, [*map(money_of, bills), stray])
    place = f"{ROOM}{statement.pk}/"
    assert not statement.lines.filter(of_bank=False).exists()
    assert world.bendahara.post(f"{place}tandai/").status_code == 302
    assert statement.lines.filter(outcome=None).count() == 1
    said = page(world.bendahara.post(f"{place}selesai/"), 422)
    assert "1 baris belum ditindaklanjuti" in said
    line = statement.lines.get(outcome=None)
    do(world, line, "bukan", 422)
    do(world, line, "bukan", alasan="Sewa gedung, rekening yang sama.")
    said = do(world, line, "bukan", 409, alasan="Sekali lagi.")
    assert "sudah ditindaklanjuti oleh" in said
    assert world.bendahara.post(f"{place}selesai/").status_code == 302
    do(world, line, "urungkan", 409, alasan="Salah.")
    assert world.bendahara.post(f"{place}tandai/").status_code == 409
    assert world.bendahara.post(f"{place}buka/").status_code == 422
    assert world.bendahara.post(f"{place}buka/", {"alasan": "Ada surat bank."}).status_code == 302
    do(world, line, "urungkan", alasan="Ternyata retribusi.")
    assert line.outcome is None and line.outcomes.count() == 2
    assert list(invariants.lines()) == [] == list(invariants.outcomes())


def test_money_that_is_no_payment_is_booked_as_a_deposit_and_back(world):
    bill = paid(world)[0]
    double = money_of(bill, day=bill.paid_on + DAY, reference="D2")
    over, unpaid = paid(world, 2)[1], next(b for b in world.bills if not b.paid_on and not b.void)
    short = money_of(unpaid, -1000, world.ends, "K1")
    statement = taken(world, [money_of(bill), double, money_of(over, 500), short])
    lines = {line.reference: line for line in statement.lines.filter(of_bank=True)}
    assert [lines[r].kind for r in ("D2", over.number, "K1")] == ["ganda", "lebih", "kurang"]
    for reference, amount in (
        ("D2", bill.amount),
        (over.number, 500),
        ("K1", unpaid.amount - 1000),
    ):
        line = lines[reference]
        do(world, line, "titipan", alasan="Menunggu kabar.")
        entry = line.outcome.entry
        assert (entry.kind, entry.amount, entry.bill_id) == ("titipan", amount, line.bill_id)
    assert lines[over.number].settles.skrd_id == lines[over.number].bill_id
    told = Message.objects.filter(channel="kotak", case=lines["K1"].bill.application_id).get()
    assert "masih kurang Rp1.000" in told.body
    assert lines["D2"].bill.application.events.get().move == "hold_deposit"
    do(world, lines["D2"], "titipan", 409)
    do(world, lines["D2"], "urungkan", 422)
    do(world, lines["D2"], "urungkan", alasan="Pemohon meminta uangnya kembali.")
    sums = LedgerEntry.objects.filter(bill=lines["D2"].bill).aggregate(sum=Sum("amount"))
    assert sums["sum"] == 0 and lines["D2"].outcome is None
    assert [f for check in invariants.CHECKS for f in check()] == []


def test_money_of_nobody_is_assigned_by_hand_and_judged_again(world):
    bill = paid(world)[0]
    wrong = f"{bill.code[:3]}{(int(bill.code[3]) + 1) % 10}{bill.code[4:]}"
    statement = taken(world, [money_of(bill, text=f"TRSF {wrong}"),
                              Line(world.ends, 99_00, "TRSF", "N1")])  # fmt: skip
    line, nobody = statement.lines.filter(of_bank=True).order_by("sen").reverse()
    assert line.kind == "salah_ketik" and not statement.lines.filter(bill__number=bill.number)
    stored = Skrd.objects.get(number=bill.number)
    assert f'value="{stored.pk}"' in page(world.bendahara.get(url(line)))
    do(world, line, "tetapkan", 422, skrd=stored.pk)
    do(world, line, "tetapkan", 422, skrd="0", alasan="Kata pemohon.")
    do(world, line, "tetapkan", skrd=stored.pk, alasan="Salah satu angka; kata pemohon.")
    assert (line.kind, line.bill, line.assigned) == ("cocok", stored, True)
    do(world, line, "cocok")
    assert line.settles == stored.payment
    assert bill.number in page(world.bendahara.get(url(nobody), {"cari": bill.number}))
    assert "Tidak ada SKRD" in page(world.bendahara.get(url(nobody), {"cari": "tidak ada"}))
    do(world, nobody, "titipan")
    assert (nobody.outcome.entry.application, nobody.outcome.entry.daerah) == (None, SLUG)
    do(world, nobody, "tetapkan", 409, skrd=stored.pk, alasan="x")


def test_trouble_is_written_down_and_the_head_is_told(world):
    bill = paid(world)[0]
    late = money_of(bill, day=bill.paid_on + 4 * DAY, reference="T1")
    debit = Line(world.ends, -bill.amount * 100, f"KOREKSI {bill.code}", "P1")
    statement = taken(world, [late, debit])
    lines = {line.reference: line for line in statement.lines.filter(of_bank=True)}
    assert [lines[r].kind for r in ("T1", "P1")] == ["tanggal", "pembalikan"]
    do(world, lines["T1"], "cocok", 422)
    do(world, lines["T1"], "cocok", alasan="Bank libur bersama.")
    do(world, lines["P1"], "catat", alasan="Bank salah membukukan; dikoreksi.")
    gone = statement.lines.filter(of_bank=False).first()
    do(world, gone, "catat", alasan="Bank diminta menelusuri.")
    head = people.officer(SLUG, "kepala")
    told = Message.objects.filter(user=head, template="rekening_koran", channel="kotak")
    assert {"Pembalikan atau debit" in m.subject for m in told} == {True, False}
    assert "Bank diminta menelusuri." in " ".join(m.body for m in told)


def test_a_payment_that_comes_with_the_next_statement_is_no_longer_missing(world):
    bill, other = paid(world, 2)
    ends = Line(world.ends, 1_00, "JASA GIRO", "G1")
    first = taken(world, [money_of(other, day=min(bill.paid_on, other.paid_on)), ends])
    gone = first.lines.get(bill__number=bill.number)
    assert (gone.kind, gone.of_bank) == ("hilang", False)
    taken(world, [money_of(bill, day=world.ends + DAY)])
    world.bendahara.post(f"{ROOM}{first.pk}/cocokkan/")
    gone.refresh_from_db()
    assert gone.kind == "menyusul" and gone.is_done


def test_money_without_a_proof_waits_as_a_deposit_until_the_proof_is_accepted(world):
    case, bill = world.driver.fresh(), world.driver.case.bills.get()
    day = calendar.today(SLUG)
    text = f"SETORAN {bill.payment_code[:7]} {bill.payment_code[7:]}"
    statement = taken(world, [Line(day, bill.amount * 100, text, "U1")])
    line = statement.lines.get(reference="U1")
    assert line.kind == "tanpa_bukti"
    do(world, line, "cocok", 409)
    do(world, line, "titipan")
    told = Message.objects.filter(case=case.pk, channel="kotak", subject__contains="kami terima")
    assert "Unggah bukti pembayarannya" in told.get().body
    world.driver.pay()
    world.driver.act()
    line.refresh_from_db()
    payment = Payment.objects.get(skrd=bill)
    assert (line.settles, line.outcome.act, line.kind) == (payment, "cocok", "cocok")
    ledger = LedgerEntry.objects.filter(application=case)
    assert ledger.aggregate(sum=Sum("amount"))["sum"] == bill.amount
    assert ledger.filter(kind="titipan").aggregate(sum=Sum("amount"))["sum"] == 0
    assert [f for check in invariants.CHECKS for f in check()] == []
    assert "hold_deposit" in case.events.values_list("move", flat=True)
    again = taken(world, [Line(day, bill.amount * 100, text, "U2")]).lines.get(reference="U2")
    assert again.kind == "ganda"
    do(world, again, "kembali", alasan="Dibayar dua kali.")
    back = Refund.objects.get(application=case)
    assert (back.amount, back.cause) == (bill.amount, "lebih")
    said = do(world, again, "urungkan", 409, alasan="Salah orang.")
    assert "Batalkan pengembaliannya dahulu" in said
    assert [f for check in invariants.CHECKS for f in check()] == []
    assert "titipan" in page(world.bendahara.get(f"/admin/permohonan/{case.pk}/"))


# -- What must always hold ----------------------------------------------------------------
def sql(statement, *values):
    with connection.cursor() as cursor:
        cursor.execute(statement, values)


def test_nothing_that_the_bank_said_is_changed_or_deleted(world):
    line = taken(world, [money_of(paid(world)[0])]).lines.first()
    do(world, line, "cocok")
    for statement in (
        f"UPDATE retribusi_statementline SET sen = 1 WHERE id = {line.pk}",
        "UPDATE retribusi_statement SET closing = 1", "DELETE FROM retribusi_statementline",
        "UPDATE retribusi_lineoutcome SET reason = 'x'", "DELETE FROM retribusi_statementevent",
    ):  # fmt: skip
        with pytest.raises(IntegrityError), transaction.atomic():
            sql(statement)


def test_planted_faults_are_named(world):
    first, second = (line for line in taken(world, map(money_of, paid(world, 2))).lines.filter(
        of_bank=True))  # fmt: skip
    do(world, first, "cocok")
    vendor = connection.vendor
    for table in ("retribusi_statementline", "retribusi_statement"):
        for statement in triggers._REMOVE[vendor](table):
            sql(statement)
    StatementLine.objects.filter(pk=first.pk).update(sen=1)
    Statement.objects.update(closed_at=timezone.now())
    StatementLine.objects.filter(pk=second.pk).update(settles=Payment.objects.last())
    texts = " ".join(fault.text for check in invariants.CHECKS for fault in check())
    for part in ("untuk pembayaran Rp", "seperti ketika diimpor", "saldo akhir menurut bank",
                 "belum ditindaklanjuti", "pembayaran SKRD lain"):  # fmt: skip
        assert part in texts
    with pytest.raises(IntegrityError), transaction.atomic():
        StatementLine.objects.filter(pk=second.pk).update(settles=first.settles)
