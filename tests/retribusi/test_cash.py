"""The cashier's day, the closing of days, and corrections of the ledger."""

from types import SimpleNamespace

import pytest
import time_machine
from apart import apart, unguarded
from cash_room import CODE, DAY, OTHER, SLUG, book, close_all, faults, login, page, words
from django.db import IntegrityError, connection, transaction
from django.db.models import F
from django.utils import timezone

from applications import clock
from imbportal.daerah import calendar
from imbportal.demo import people
from imbportal.demo.driver import Driver
from notifications.models import Message
from retribusi import ledger
from retribusi.cash import closing, correction
from retribusi.corrections import refunds
from retribusi.models import CashClosing, LedgerEntry, PaymentProof

pytestmark = pytest.mark.django_db


@pytest.fixture(scope="module")
def paid(django_db_setup, django_db_blocker):
    """A case whose proof waits for the cashier, and the officers of two daerah."""
    with apart(django_db_blocker):
        driver = Driver(SLUG, people.applicant("budi"))
        driver.to("PAYMENT_REVIEW")
        people.officers(OTHER)
        yield driver


@pytest.fixture
def at(client, paid):
    """Return a function that logs an officer in and gives the client."""
    return lambda role, slug=SLUG: login(client, role, slug)


def test_the_day_shows_what_waits_and_turns_red_after_a_working_day(at, paid):
    proof = PaymentProof.objects.get()
    text = page(at("bendahara"))
    assert paid.case.number in text and "Belum ada yang dibukukan" in text
    assert "lewat satu hari kerja" not in text and "tutup/" not in text
    unguarded("retribusi_paymentproof")
    PaymentProof.objects.update(amount=F("amount") - 1)
    with time_machine.travel(timezone.now() + 7 * DAY, tick=True):
        text = page(at("kepala"))
    assert "lewat satu hari kerja" in text and "tagihan Rp" in text
    assert proof.reference in text


def test_a_confirmed_payment_stands_in_the_day_and_in_the_ledger(at, paid):
    case = paid.fresh()
    paid.perform("confirm_payment", people.officers(SLUG)["bendahara"])
    bill = case.bills.get()
    client = at("bendahara")
    text = page(client)
    for found in (f"{bill.amount:,}".replace(",", "."), "Bank, bukti dari pemohon", CODE):
        assert found in text
    code = " ".join(bill.payment_code[n : n + 4] for n in range(0, 20, 4)).strip()
    for search in (bill.number, code, case.number):
        text = page(client, f"/admin/kas/buku/?q={search}")
        assert f"/admin/permohonan/{case.pk}/" in text and f"/dokumen/{bill.paper_id}/" in text
    assert f"1 pembayaran (Rp{bill.amount:,}".replace(",", ".") in page(client)
    assert "Tidak ada baris yang cocok" in page(client, "/admin/kas/buku/?q=tidak-ada")
    assert "Tidak ada baris" in page(client, "/admin/kas/buku/?macam=bunga&dari=2020-01-01")
    text = page(client, "/admin/kas/bulan/")
    assert f"{bill.amount:,}".replace(",", ".") in text and "Belum ditutup sejak" in text


@pytest.mark.parametrize("role", ["petugas", "tim_teknis"])
def test_who_neither_keeps_nor_oversees_the_money_reads_none_of_it(at, role):
    client = at(role)
    assert ">Kas</a>" not in page(client, "/admin/register/")
    for path in ("", "buku/", "bulan/", "tutup/", "penutupan/"):
        page(client, f"/admin/kas/{path}", 403)


def test_the_head_reads_but_does_not_close_and_another_daerah_sees_nothing(at):
    made = book(77_123)
    client = at("kepala")
    assert "77.123" in page(client, "/admin/kas/buku/") and "Koreksi<" not in page(client)
    page(client, "/admin/kas/tutup/", 403)
    page(client, f"/admin/kas/buku/{made.pk}/koreksi/", 403)
    close_all(at("bendahara"))
    done = CashClosing.objects.get()
    away = at("bendahara", OTHER)
    assert "77.123" not in page(away, f"/admin/kas/buku/?daerah={SLUG}")
    for path in (f"buku/{made.pk}/koreksi/", f"penutupan/{done.pk}/"):
        page(away, f"/admin/kas/{path}", 404)
    assert away.post(f"/admin/kas/penutupan/{done.pk}/diketahui/").status_code == 404


# -- Closing ---------------------------------------------------------------------------------


def test_days_are_closed_in_order_empty_ones_together_and_once(at):
    today = calendar.today(SLUG)
    book(500, today - 6 * DAY), book(-200, today - 6 * DAY), book(7, today - 2 * DAY)
    client = at("bendahara")
    assert "Belum ditutup" in page(client)
    done = close_all(client)
    assert [(one.first - today, one.last - today, one.lines, one.balance) for one in done] == [
        (-6 * DAY, -6 * DAY, 2, 300), (-5 * DAY, -3 * DAY, 0, 300),
        (-2 * DAY, -2 * DAY, 1, 307), (-DAY, -DAY, 0, 307), (0 * DAY, 0 * DAY, 0, 307),
    ]  # fmt: skip
    assert "Tidak ada hari yang perlu ditutup" in page(client, "/admin/kas/tutup/")
    assert "Nihil" in page(client, f"/admin/kas/penutupan/{done[1].pk}/")
    again = client.post("/admin/kas/tutup/", {"daerah": SLUG, "segel": done[-1].seal})
    assert again["Location"] == f"/admin/kas/penutupan/{done[-1].pk}/"
    assert CashClosing.objects.count() == 5 and faults() == []
    listed = page(client, "/admin/kas/penutupan/")
    assert all(f"/penutupan/{one.pk}/" in listed for one in done)


def test_what_is_confirmed_after_the_closing_belongs_to_the_next_day(at):
    today = calendar.today(SLUG)
    book(500)
    close_all(at("bendahara"))
    late = book(40)
    assert late.day == today + DAY and book(1, today - 9 * DAY).day == today + DAY
    text = page(at("bendahara"))
    assert "Hari ini sudah ditutup" in text and "Rp41" in text
    assert closing.due(SLUG) is None and faults() == []
    with time_machine.travel(timezone.now() + 2 * DAY, tick=True):
        assert closing.due(SLUG) == (today + DAY, today + DAY)


def test_nobody_closes_what_he_has_not_seen(at):
    book(500)
    client = at("bendahara")
    seen = client.get("/admin/kas/tutup/").context["made"].seal
    book(1)
    answer = client.post("/admin/kas/tutup/", {"daerah": SLUG, "segel": seen})
    assert answer.status_code == 409 and "Periksa lagi angkanya" in words(answer)
    assert not CashClosing.objects.exists()


def test_the_head_takes_note_once_and_nobody_changes_a_closing(at):
    book(500)
    (done,) = close_all(at("bendahara"))
    path = f"/admin/kas/penutupan/{done.pk}/diketahui/"
    assert at("bendahara").post(path).status_code == 403
    client = at("kepala")
    assert "Ya, saya mengetahui" in page(client, f"/admin/kas/penutupan/{done.pk}/")
    for _ in range(2):
        assert client.post(path).status_code == 302
    done.refresh_from_db()
    assert done.known_by == people.officers(SLUG)["kepala"] and faults() == []
    assert "Diketahui kepala" in page(client, f"/admin/kas/penutupan/{done.pk}/")
    for change in ("UPDATE {} SET balance = 1", "UPDATE {} SET known_at = NULL", "DELETE FROM {}"):
        with pytest.raises(IntegrityError, match="append-only"), transaction.atomic():
            connection.cursor().execute(change.format("retribusi_cashclosing"))


def test_each_way_of_spoiling_closed_days_is_found(at):
    book(500), book(600)
    (done,) = close_all(at("bendahara"))
    late = book(5, calendar.today(SLUG) + DAY)
    unguarded("retribusi_cashclosing", "retribusi_ledgerentry")
    spoilt = (
        (LedgerEntry, late.pk, {"day": done.first, "at": timezone.now()}, "sesudah ditutup"),
        (LedgerEntry, late.pk, {"day": done.first - DAY}, "sebelum penutupan pertama"),
        (LedgerEntry, late.pk - 1, {"amount": 601}, "mencatat Rp1.100"),
        (LedgerEntry, late.pk - 1, {"note": "x"}, "rantai"),
        (CashClosing, done.pk, {"capacity": "Kepala"}, "rantai"),
        (CashClosing, done.pk, {"number": 2}, "seharusnya nomor 1"),
    )
    for model, pk, change, text in spoilt:
        with transaction.atomic():
            model.objects.filter(pk=pk).update(**change)
            assert any(text in found for found in faults()), (change, faults())
            transaction.set_rollback(True)
    assert faults() == []


# -- Corrections -----------------------------------------------------------------------------


def test_a_mistake_is_booked_back_with_a_reason_before_the_heads_eyes(at, paid):
    paid.perform("confirm_payment", people.officers(SLUG)["bendahara"])
    case, entry = paid.fresh(), LedgerEntry.objects.order_by("pk").first()
    client, path = at("bendahara"), f"/admin/kas/buku/{entry.pk}/koreksi/"
    assert "tidak dibukukan kembali" in page(client, path)
    assert client.post(path, {"alasan": " "}).status_code == 422
    assert client.post(path, {"alasan": "x", "rekening": "9.9"}).status_code == 422
    assert client.post(path, {"alasan": "Salah kode rekening."}).status_code == 302
    back = LedgerEntry.objects.get(reverses=entry)
    assert (back.amount, back.code, back.kind) == (-entry.amount, entry.code, "koreksi")
    assert client.post(path, {"alasan": "Lagi."}).status_code == 409
    head = people.officers(SLUG)["kepala"]
    mail = Message.objects.filter(user=head, template="kas", channel="email").get()
    assert "Salah kode rekening." in mail.body and f"baris {entry.pk}" in mail.body
    event = paid.fresh().events.order_by("-seq").first()
    assert event.move == "correct_ledger" and event.source == event.target == case.state
    assert "Buku penerimaan dikoreksi" in page(client, f"/admin/permohonan/{case.pk}/")
    assert f"membalik baris {entry.pk}" in page(client, "/admin/kas/buku/?macam=koreksi")
    assert f"dibalik oleh baris {back.pk}" in page(client, "/admin/kas/buku/?macam=pokok")
    (done,) = close_all(client)
    assert "Koreksi pada hari itu" in page(client, f"/admin/kas/penutupan/{done.pk}/")
    assert faults() == []


def test_a_line_may_be_moved_to_the_account_where_it_belongs(at, paid):
    deposit, wrong = book(7, code="1.0"), book(500, code="1.1", kind="bunga")
    path = f"/admin/kas/buku/{deposit.pk}/koreksi/"
    assert at("bendahara").post(path, {"alasan": "Salah."}).status_code == 422
    answer = at("bendahara").post(
        f"/admin/kas/buku/{wrong.pk}/koreksi/", {"alasan": "Salah kode.", "rekening": CODE}
    )
    assert answer.status_code == 302
    sums = LedgerEntry.objects.exclude(pk=deposit.pk).values_list("code", "amount", "kind")
    assert sorted(sums) == [
        ("1.1", -500, "koreksi"),
        ("1.1", 500, "bunga"),
        (CODE, 500, "koreksi"),
    ]
    assert faults() == []
    LedgerEntry.objects.bulk_create([LedgerEntry(
        daerah=SLUG, kind="koreksi", code=CODE, line="x", amount=9, paid_on=wrong.day,
        day=wrong.day, by=wrong.by, at=timezone.now(),
    )])  # fmt: skip
    assert "tanpa yang dibalik" in faults()[0]


def test_a_later_bill_and_a_refund_know_where_a_line_was_moved(paid, monkeypatch):
    by = people.officers(SLUG)["bendahara"]
    paid.perform("confirm_payment", by)
    entry, bill = LedgerEntry.objects.order_by("pk").first(), paid.case.bills.get()
    assert not any(amount for _, _, amount in ledger.shares(bill))
    monkeypatch.setattr(correction, "codes", lambda daerah: ["9.9"])
    correction.reverse(entry, "Kode pada tarif keliru.", by=by, capacity="Bendahara", code="9.9")
    left = {(code, line): amount for code, line, amount in ledger.shares(bill) if amount}
    there = (entry.code, entry.line), ("9.9", entry.line)
    assert left == {there[0]: entry.amount, there[1]: -entry.amount}
    came = refunds.booked(paid.fresh(), "pokok")
    assert (came[there[0]], came[there[1]]) == (0, entry.amount)
    other = LedgerEntry.objects.filter(kind="pokok").exclude(pk=entry.pk).first()
    correction.reverse(other, "Tidak pernah masuk.", by=by, capacity="Bendahara")
    assert len(ledger.moved(paid.case.pk)) == 2


@pytest.mark.satu_basis_data
def test_what_is_written_beside_the_moves_of_a_case_does_not_move_its_end():
    def event(move, source, target):
        place = {"source": source, "target": target, "turn_before": 0, "turn_after": 0}
        return SimpleNamespace(move=move, **place)

    end = event("hand_over", "READY", "COLLECTED")
    after = event("correct_ledger", "COLLECTED", "COLLECTED")
    assert clock._end([end, after]) is end
    assert clock._end([event("submit", "DRAFT", "SUBMITTED")]) is None
