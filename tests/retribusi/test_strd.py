"""Interest on a late payment, from the overdue bill to the ledger, through everybody's pages."""

import pytest
from apart import apart, unguarded
from bank_paper import MAPPING, Line, as_csv
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import IntegrityError, connection, transaction
from django.test import Client
from django.utils import timezone
from late_bill import DAY, DUE, SINCE, Late, faults, text, today

from applications import services
from applications.models import Application
from documents.models import Paper
from imbportal.daerah import interest as file
from imbportal.demo import people
from imbportal.demo.driver import Driver
from imbportal.demo.past import past
from notifications import jobs
from retribusi import assessment, ledger
from retribusi.corrections import follow, paying_back
from retribusi.models import BankFormat, LedgerEntry, StatementLine, Strd
from retribusi.statements import invariants as statements
from retribusi.statements import mapping

pytestmark = pytest.mark.django_db


@pytest.fixture(scope="module")
def prepared(django_db_setup, django_db_blocker):
    """One case whose bill is overdue, with its papers printed by the worker."""
    with apart(django_db_blocker):
        driver = Driver("contoh", people.applicant("budi"))
        with past(timezone.now() - SINCE):
            driver.to("AWAITING_PAYMENT")
        people.officers("pamekasan")
        jobs.Job.objects.update(status="selesai")
        yield driver


@pytest.fixture
def late(prepared):
    return Late(prepared)


@pytest.fixture
def interest(late):
    """Return the interest of so many months on the bill, half up."""
    return lambda count: (late.bill.amount * count + 50) // 100


def test_interest_is_billed_told_paid_and_booked(late, interest):
    room = text(late.get("bendahara", "/admin/penagihan/"))
    assert late.bill.number in room and "lewat 45 hari" in room and "belum ditagih" in room
    draft = text(late.get("bendahara", f"{late.desk}usul/"))
    for words in ("KONSEP", "Surat Tagihan Retribusi Daerah (STRD)", "2 bulan × 1 %",
                  "belum ditetapkan", "Kepala Dinas", "Perhatian"):  # fmt: skip
        assert words.replace("1 %", "1\N{NO-BREAK SPACE}%") in draft or words in draft, words
    strd = late.issue()
    assert (strd.amount, strd.months, strd.state) == (interest(2), 2, "terbit")
    assert strd.number.endswith(f"/{today().year}") and strd.due_date == today() + DUE
    assert strd.payment_code != late.bill.payment_code and len(strd.payment_code) == 15
    assert strd.paper.signatures.get().title.startswith("Kepala Dinas")
    told = late.told()
    assert "STRD terbit" in told.subject and "tidak menunggu STRD ini" in told.body
    while jobs.run_one():
        pass
    strd.paper.refresh_from_db()
    assert strd.paper.file.open("rb").read(4) == b"%PDF"
    page = text(late.get("budi", late.mine))
    assert strd.number in page and "Bayar bunga keterlambatan" in page
    assert "Bunga keterlambatan Rp" in text(late.get("budi", f"/permohonan/{late.case.pk}/"))
    check = text(Client().get(f"/verifikasi/{strd.paper.token}/"))
    assert "Surat ini berlaku" in check and "Bunga keterlambatan 2 bulan" in check
    assert late.file(strd.amount - 1).status_code == 302
    refused = late.post("bendahara", "terima", proof=strd.proofs.get().pk)
    assert refused.status_code == 422 and "harus sama" in text(refused)
    wrong = strd.proofs.get().pk
    late.post("bendahara", "tolak", proof=wrong, alasan="Kurang satu rupiah.")
    assert "Kurang satu rupiah." in text(late.get("budi", late.mine))
    assert late.file(strd.amount, "NTB 10").status_code == 302
    proof = strd.proofs.get(status="diajukan")
    assert late.post("bendahara", "terima", proof=wrong).status_code == 409
    assert late.get("bendahara", f"/bukti/{proof.pk}/").status_code == 200
    assert late.post("bendahara", "terima", proof=proof.pk).status_code == 302
    strd.refresh_from_db()
    line = LedgerEntry.objects.get(kind="bunga")
    assert (strd.state, strd.entry, line.amount, line.bill) == (
        "lunas", line, strd.amount, late.bill,
    )  # fmt: skip
    assert strd.number in line.note and faults() == []
    moves = [e.move for e in late.case.events.order_by("seq")][-6:]
    assert moves == ["propose_strd", "issue_strd", "file_strd_proof", "refuse_strd_proof",
                     "file_strd_proof", "pay_strd"]  # fmt: skip
    told = text(late.get("budi", f"/permohonan/{late.case.pk}/"))
    assert f"STRD terbit {strd.number}" in told and f"STRD dibayar {strd.number}" in told
    assert late.case.state == "AWAITING_PAYMENT", "the principal stays payable"
    assert "Pokok belum dibayar" in text(late.get("bendahara", "/admin/penagihan/"))


def test_who_may_what(late):
    for who, path, status in (
        ("petugas", "/admin/penagihan/", 403), ("petugas", late.desk, 403),
        ("auditor", "/admin/penagihan/", 200), ("auditor", late.desk, 200),
        ("auditor", f"{late.desk}usul/", 403), (("pamekasan", "bendahara"), late.desk, 404),
        ("kepala", late.desk, 200), ("kepala", f"{late.desk}usul/", 403),
    ):  # fmt: skip
        assert late.get(who, path).status_code == status, (who, path)
    assert late.post("kepala", "usul").status_code == 403
    old = late.case.version
    assert late.post("bendahara", "usul").status_code == 302
    again = late.post("bendahara", "usul", version=old)
    assert again.status_code == 409 and "sudah tercatat" in text(again)
    assert late.post("bendahara", "usul").status_code == 422
    assert late.post("bendahara", "terbitkan").status_code == 403
    assert late.get("bendahara", f"{late.desk}konsep/").content.startswith(b"%PDF")
    assert late.get("auditor", f"{late.desk}konsep/").status_code == 404
    assert late.post("kepala", "terbitkan", strd=0).status_code == 409
    assert late.file(1).status_code == 409, "a concept asks for nothing"
    assert late.post("kepala", "terbitkan").status_code == 302
    assert late.post("bendahara", "batalkan", alasan="Salah.").status_code == 403
    assert late.post("kepala", "batalkan", alasan=" ").status_code == 422


def test_outside_the_demo_nothing_rests_on_a_sample(late, settings, monkeypatch):
    settings.DEMO = False
    answer = late.post("bendahara", "usul")
    assert answer.status_code == 422 and late.strd is None
    for words in ("Aturan bunga masih contoh", "Kode rekening bunga belum ditetapkan"):
        assert words in text(answer)
    settings.DEMO = True
    late.post("bendahara", "usul")
    settings.DEMO = False
    assert late.post("kepala", "terbitkan").status_code == 422 and late.strd.number == ""


def test_a_rule_that_asks_for_a_warning_first_gets_one(late, monkeypatch):
    known = file.on
    monkeypatch.setattr(file, "on", lambda *of: known(*of).model_copy(update={"warn": True}))
    assert "surat teguran dulu" in text(late.post("bendahara", "usul"))
    assert late.post("auditor", "teguran").status_code == 403
    assert late.post("bendahara", "teguran").status_code == 302
    told = late.told()
    assert "Surat teguran" in told.subject and late.bill.number in told.body
    assert "Surat teguran disampaikan" in text(late.get("bendahara", late.desk))
    assert late.case.events.order_by("-seq").first().data["skrd"] == late.bill.number
    assert late.post("bendahara", "usul").status_code == 302


def test_voided_with_a_reason_and_made_anew_under_another_number(late):
    first = late.issue()
    assert late.post("kepala", "batalkan", alasan="Alamat salah.").status_code == 302
    first.refresh_from_db()
    assert (first.state, first.void_reason) == ("batal", "Alamat salah.")
    assert "jangan dibayar" in late.told().subject
    check = text(Client().get(f"/verifikasi/{first.paper.token}/"))
    assert "Surat ini batal" in check and "Jangan dibayar" in check
    second = late.issue()
    assert second.number != first.number and second.payment_code != first.payment_code
    assert (second.months_before, second.amount) == (0, first.amount) and faults() == []
    with pytest.raises(IntegrityError), transaction.atomic():
        Strd.objects.filter(pk=first.pk).update(state="terbit")
    sql = "retribusi_strd SET amount = 1", "retribusi_strd SET number = 'x'"
    for change in (*(f"UPDATE {one}" for one in sql), "DELETE FROM retribusi_strd"):
        refused = pytest.raises(IntegrityError, match="append-only")
        with refused, transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(change)


def test_a_late_slip_shows_the_interest_and_leaves_it_to_be_billed(late, interest):
    late.pay_principal(today() - 14 * DAY)
    page = text(late.get("bendahara", f"/admin/permohonan/{late.case.pk}/"))
    assert "Terlambat 31 hari: bunga" in page and "Penagihan" in page
    assert "Putuskan dulu bukti itu" in text(late.post("bendahara", "usul"))
    assert late.accept().status_code == 302
    case = Application.objects.get(pk=late.case.pk)
    assert case.state == "PERMIT_SIGNING", "the permit waits for the principal alone"
    room = text(late.get("bendahara", "/admin/penagihan/"))
    assert "belum ditagih" in room and "dibayar" in room
    strd = late.issue()
    count = 2 if strd.months == 2 else 1  # 31 days are a month and a day, or one long month
    assert (strd.amount, strd.unpaid) == (interest(count), 0) and faults() == []
    place = {"paid_on": today().isoformat(), "place": "Loket", "reference": "KW 1"}
    assert late.post("bendahara", "bayar", **place | {"place": ""}).status_code == 422
    assert late.post("bendahara", "bayar", **place).status_code == 302
    assert "Tidak ada yang harus ditagih" in text(late.get("bendahara", "/admin/penagihan/"))
    assert late.post("bendahara", "usul").status_code == 422 and faults() == []


def test_what_asks_for_months_after_the_payment_falls_with_it(late):
    strd = late.issue()
    late.pay_principal(late.bill.due_date + 3 * DAY)
    late.accept()
    strd.refresh_from_db()
    assert (strd.state, Paper.objects.get(pk=strd.paper_id).status) == ("batal", "batal")
    event = late.case.events.get(move="confirm_payment")
    assert event.data["voided"] == [f"{strd.paper.title} {strd.number}"]
    assert late.issue().months == 1 and faults() == []


def test_a_slip_that_was_filed_for_the_bill_too_is_taken_only_by_who_says_that_he_looked(late):
    strd = late.issue()
    late.pay_principal(today())
    assert late.file(strd.amount, "NTB 1").status_code == 302
    proof, note = strd.proofs.get(), f"Bukti serupa pada SKRD {late.bill.number} sudah diperiksa."
    assert f'name="note" value="{note}"' in text(late.get("bendahara", late.desk))
    for given in ({}, {"note": "Sudah diperiksa."}):
        refused = late.post("bendahara", "terima", proof=proof.pk, **given)
        assert refused.status_code == 422 and "lalu centang" in text(refused)
    assert late.post("bendahara", "terima", proof=proof.pk, note=note).status_code == 302
    event = late.case.events.get(move="pay_strd")
    assert event.note.text == note
    for change in (
        "UPDATE retribusi_strdproof SET amount = 1", "DELETE FROM retribusi_strdproof",
        "UPDATE retribusi_strdproof SET status = 'ditolak'",
    ):  # fmt: skip
        refused = pytest.raises(IntegrityError, match="append-only")
        with refused, transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(change)


def test_the_next_one_asks_only_for_the_months_after_it(late, interest):
    first = late.issue()
    paid = {"paid_on": today().isoformat(), "place": "Loket", "reference": "KW 1"}
    late.post("bendahara", "bayar", **paid)
    late.clients.clear()  # their sessions end before
    with past(timezone.now() + 40 * DAY):
        second = late.issue()
        assert (second.months_before, second.months) == (2, 3)
        assert first.amount + second.amount == interest(second.months)
        assert "Telah ditagih dengan STRD terdahulu" in str(second.paper.content)
    assert faults() == []


def test_interest_that_turns_out_to_be_owed_no_more_goes_back(late, interest, monkeypatch):
    strd = late.issue()
    paid = {"paid_on": today().isoformat(), "place": "Loket", "reference": "KW 1"}
    late.post("bendahara", "bayar", **paid)
    late.pay_principal(late.bill.due_date + 3 * DAY)
    before = transaction.savepoint()
    late.accept()
    refund = late.case.refunds.get()
    over = strd.amount - interest(1)
    assert (refund.cause, refund.amount, refund.paid) == ("bunga", over, strd.amount)
    assert f"/admin/pengembalian/{refund.pk}/" in text(late.get("bendahara", late.desk))
    assert "Tidak ada yang harus ditagih" in text(late.get("bendahara", "/admin/penagihan/"))
    assert faults() == [] and "Bunga yang dibayar melebihi" in late.told().body
    give_back(refund, late)
    lines = LedgerEntry.objects.filter(application=late.case).exclude(kind="pokok")
    assert [line.amount for line in lines.order_by("pk")] == [strd.amount, -over]
    assert lines.last().code == strd.code and faults() == []
    assert assessment.paid(late.case) == late.bill.amount, "the principal is as it was"
    transaction.savepoint_rollback(before)
    monkeypatch.setattr(follow, "_interest", lambda *_: None)  # control: nothing opens it
    late.accept()
    assert any("bunga lebih dibayar" in fault for fault in faults())


def test_interest_on_a_bill_that_is_voided_goes_back_whole(late):
    strd = late.issue()
    paid = {"paid_on": today().isoformat(), "place": "Loket", "reference": "KW 1"}
    late.post("bendahara", "bayar", **paid)
    head = late.driver.officers["kepala"]
    services.perform("void_skrd", late.case, by=head, note="Salah luas.")
    refund = late.case.refunds.get()
    assert (refund.cause, refund.amount, refund.owed) == ("bunga", strd.amount, 0)
    assert faults() == []


def give_back(refund, late):
    officers = late.driver.officers
    paying_back.file_account(
        refund, bank="Bank A", account="123456789", holder="Budi", by=late.driver.applicant
    )
    paying_back.approve(refund, by=officers["kepala"])
    refund.refresh_from_db()
    paying_back.pay_out(refund, paid_on=today(), reference="NTB 1", by=officers["bendahara"])


def test_what_an_strd_is_paid_too_much_is_kept_apart_and_goes_back(late):
    strd = late.issue()
    assert late.file(strd.amount + 700, "NTB 12").status_code == 302
    assert "lebih Rp700 dari STRD" in text(late.get("bendahara", late.desk))
    late.post("bendahara", "terima", proof=strd.proofs.get().pk)
    refund = late.case.refunds.get()
    assert (refund.cause, refund.amount) == ("lebih", 700) and strd.number in refund.note
    lines = LedgerEntry.objects.filter(application=late.case).order_by("pk")
    assert [(line.kind, line.amount) for line in lines] == [
        ("bunga", strd.amount), ("titipan", 700),
    ]  # fmt: skip
    give_back(refund, late)
    assert faults() == []


def test_money_for_an_strd_that_comes_twice_or_too_much_is_seen_in_the_statement(late):
    strd = late.issue()
    paid = {"paid_on": today().isoformat(), "place": "Loket", "reference": "KW 1"}
    late.post("bendahara", "bayar", **paid)
    room, by = "/admin/rekening-koran/", people.officer("contoh", "bendahara")
    form = BankFormat.objects.create(
        daerah="contoh", name="Bank Uji", account="1", changed_at=timezone.now(), changed_by=by,
        mapping=mapping.Mapping(**MAPPING).model_dump(),
    )  # fmt: skip
    wrong = f"{strd.payment_code[:4]}{(int(strd.payment_code[4]) + 1) % 10}{strd.payment_code[5:]}"
    lines = [Line(today(), (strd.amount + more) * 100, f"TRSF {code}", reference)
             for more, code, reference in ((500, strd.payment_code, "A1"), (0, wrong, "A2"),
                                           (0, strd.payment_code, "A3"))]  # fmt: skip
    given = {"daerah": "contoh", "format": form.pk,
             "file": SimpleUploadedFile("k.csv", as_csv(lines))}  # fmt: skip
    client = late.client(("contoh", "bendahara"))
    assert client.post(f"{room}unggah/", given).status_code == 302
    known = {line.reference: line for line in StatementLine.objects.exclude(reference="")}
    assert [known[key].kind for key in ("A1", "A2", "A3")] == ["lebih", "salah_ketik", "ganda"]

    def do(key, act, **data):
        line = known[key]
        place = f"{room}{line.statement_id}/baris/{line.row}/"
        assert strd.number in text(client.get(place))
        answer = client.post(f"{place}{act}/", data)
        line.refresh_from_db()
        assert answer.status_code == 302, text(answer)
        return line

    do("A1", "kembali", alasan="Lebih.")
    refund = late.case.refunds.get()
    assert (refund.cause, refund.amount) == ("lebih", 500)
    do("A3", "titipan")
    assert f"untuk STRD {strd.number} dibayar dua kali" in late.told().body
    chosen = do("A2", "tetapkan", skrd=f"strd-{strd.pk}", alasan="Kata pemohon.")
    assert (chosen.kind, chosen.strd, chosen.assigned) == ("ganda", strd, True)
    do("A2", "kembali", alasan="Dibayar dua kali.")
    booked = LedgerEntry.objects.filter(application=late.case, kind="titipan")
    assert [line.amount for line in booked.order_by("pk")] == [500, strd.amount, strd.amount]
    do("A3", "urungkan", alasan="Salah tekan.")
    assert faults() == [] and [f for check in statements.CHECKS for f in check()] == []


def test_planted_faults_are_found(late):
    strd = late.issue()
    paid = {"paid_on": today().isoformat(), "place": "Loket", "reference": "KW 1"}
    late.post("bendahara", "bayar", **paid)
    assert faults() == []
    ledger.book(
        late.case, kind="bunga", lines=[("", "Bunga", 7)], paid_on=today(), at=timezone.now(),
        by=late.driver.applicant, note="STRD karangan",
    )  # fmt: skip
    with transaction.atomic():
        Paper.objects.filter(pk=strd.paper_id).update(status="batal")
    found = faults()
    for words in ("tanpa STRD", "suratnya batal"):
        assert any(words in one for one in found), found
    unguarded("retribusi_strd")
    Strd.objects.filter(pk=strd.pk).update(amount=strd.amount + 1)
    found = faults()
    for words in ("STRD berjumlah", "buku: Rp"):
        assert any(words in one for one in found), found
