"""What is done with the lines of a bank, and what must always hold of them."""

import pytest
from apart import unguarded
from bank_paper import Line
from bill_rows import SLUG
from django.db import IntegrityError, connection, transaction
from django.db.models import Sum
from django.utils import timezone
from statement_room import COUNTER, DAY, ROOM, do, money_of, page, paid, prepared, taken, url

from imbportal.daerah import calendar
from imbportal.demo import people
from imbportal.demo.driver import Driver
from notifications.models import Message
from retribusi.models import (
    LedgerEntry,
    LineReceipt,
    Payment,
    Refund,
    Skrd,
    Statement,
    StatementLine,
)
from retribusi.statements import invariants

pytestmark = pytest.mark.django_db


@pytest.fixture(scope="module")
def world(django_db_setup, django_db_blocker):
    with prepared(django_db_blocker) as made:
        made.driver = Driver(SLUG, people.applicant("budi"))
        made.driver.to("AWAITING_PAYMENT")
        yield made


# -- Acts ------------------------------------------------------------------------------------


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


def test_the_cash_of_a_counter_is_settled_with_its_receipts_and_undone(world):
    bills = [world.bills[n] for n in COUNTER]
    day, whole = bills[0].paid_on, sum(bill.amount for bill in bills)
    others = [money_of(bill) for bill in paid(world, 40) if bill not in bills]
    cash = Line(day + DAY, whole * 100, "SETORAN TUNAI KECAMATAN", "S1")
    statement = taken(world, [*others, cash])
    line = statement.lines.get(reference="S1")
    assert line.kind == "kas_loket" and not statement.lines.filter(of_bank=False).exists()
    said = page(world.auditor.get(url(line)))
    assert "Setoran kas loket" in said and all(bill.number in said for bill in bills)
    do(world, line, "cocok", 409)
    do(world, line, "kas", 403, who=world.auditor)
    do(world, line, "kas")
    assert line.outcome.receipts.count() == 3 and line.settles is None
    assert "sudah ditindaklanjuti oleh" in do(world, line, "kas", 409)
    late = taken(world, [money_of(bills[0], day=day + 2 * DAY, reference="S2")])
    second = late.lines.get(reference="S2")
    assert second.kind == "ganda", "its money came with the cash"
    do(world, second, "titipan")
    assert "sudah dicocokkan oleh" in do(world, second, "cocok", 409)
    assert [f for check in invariants.CHECKS for f in check()] == []
    with pytest.raises(IntegrityError, match="append-only"), transaction.atomic():
        sql("DELETE FROM retribusi_linereceipt")
    do(world, line, "urungkan", alasan="Slip setorannya lain.")
    world.bendahara.post(f"{ROOM}{statement.pk}/cocokkan/")
    line.refresh_from_db()
    assert line.kind == "kas_loket" and line.outcome is None
    LineReceipt.objects.create(outcome=second.outcome, payment=Payment.objects.last())
    LineReceipt.objects.create(outcome=second.outcome, payment=Payment.objects.last())
    texts = " ".join(fault.text for check in invariants.CHECKS for fault in check())
    assert "dalam 2 baris" in texts


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


# -- What must always hold -------------------------------------------------------------------


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
    unguarded("retribusi_statementline", "retribusi_statement")
    StatementLine.objects.filter(pk=first.pk).update(sen=1)
    Statement.objects.update(closed_at=timezone.now())
    StatementLine.objects.filter(pk=second.pk).update(settles=Payment.objects.last())
    texts = " ".join(fault.text for check in invariants.CHECKS for fault in check())
    for part in ("untuk pembayaran Rp", "seperti ketika diimpor", "saldo akhir menurut bank",
                 "belum ditindaklanjuti", "pembayaran SKRD lain"):  # fmt: skip
        assert part in texts
    with pytest.raises(IntegrityError), transaction.atomic():
        StatementLine.objects.filter(pk=second.pk).update(settles=first.settles)
