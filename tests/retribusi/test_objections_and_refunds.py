"""Objections to a bill, and money that goes back, through everybody's own pages."""

import datetime

import pytest
import time_machine
from apart import apart
from django.db import IntegrityError, connection, transaction
from django.test import Client
from django.utils import timezone

from accounts.models import Identity, Posting
from applications import clock, services
from applications.invariants import history
from applications.models import Record
from applications.refusals import Barred, Unmet
from imbportal.demo import drawings, people
from imbportal.demo.driver import Driver
from imbportal.demo.once import accepted_once
from notifications.models import Message
from retribusi import invariants
from retribusi import services as money
from retribusi.corrections import follow, opening, paying_back, refunds
from retribusi.models import LedgerEntry, Refund

pytestmark = pytest.mark.django_db
BACKEND = "allauth.account.auth_backends.AuthenticationBackend"


@pytest.fixture(scope="module")
def drivers(django_db_setup, django_db_blocker):
    """A case that waits for money and one that has paid, made once and put back after each test."""
    with apart(django_db_blocker):
        budi = people.applicant("budi")
        made = [Driver("contoh", budi), Driver("contoh", budi)]
        for driver, state in zip(made, ("AWAITING_PAYMENT", "PERMIT_SIGNING"), strict=True):
            driver.to(state)
        yield made


class Hands:
    """One case at the pages of its applicant and of each officer."""

    def __init__(self, driver):
        self.driver, self.pk, self.client = driver, driver.case.pk, Client()

    @property
    def case(self):
        return self.driver.fresh()

    def _as(self, role):
        who = self.driver.officers[role] if role else self.driver.applicant
        self.client.force_login(who, backend=BACKEND)
        return self.client

    def see(self, path, role=""):
        return text(self._as(role).get(path.format(self.pk)))

    def post(self, path, role="", **data):
        version = data.pop("version", self.case.version)
        return self._as(role).post(path.format(self.pk), {"version": version} | data)

    def told(self):
        mine = Message.objects.filter(case=self.pk, user=self.driver.applicant, channel="email")
        return mine.latest("created_at", "pk")


@pytest.fixture
def billed(drivers):
    return Hands(drivers[0])


@pytest.fixture
def paid(drivers):
    return Hands(drivers[1])


def text(response):
    return " ".join(response.content.decode().split())


def faults():
    return [str(fault) for check in (*CHECKS, history) for fault in check()]


CHECKS = (
    invariants.bills, invariants.payments, invariants.paid_up, invariants.ledger_lines,
    *invariants.corrections.CHECKS,
)  # fmt: skip


# -- Objection --------------------------------------------------------------------------------
def test_an_objection_is_received_decided_by_another_and_leads_to_a_new_bill(billed):
    page, desk = "/permohonan/{}/", "/admin/permohonan/{}/keberatan/"
    assert "Tidak setuju dengan SKRD ini?" in billed.see(page)
    assert "tidak menunda jatuh tempo" in billed.see(page + "keberatan/")
    bare = billed.post(page + "keberatan/", words=" ")
    assert bare.status_code == 422 and "apa yang keliru" in text(bare)
    version, bill = billed.case.version, money.live_bill(billed.case)
    sent = {"words": "Teras ikut dihitung.", "file": drawings.slip("ukur", 1)}
    assert billed.post(page + "keberatan/", **sent).status_code == 302
    objection = billed.case.objections.get()
    assert objection.receipt.number.endswith("/2026") and objection.holder == "kasi"
    assert objection.due_on and "Tanda terima nomor" in billed.told().body
    twice = billed.post(page + "keberatan/", version=version, words="Teras ikut dihitung.")
    assert twice.status_code == 409 and "Langkah Anda sudah tercatat" in text(twice)
    assert "di tangan Kepala Seksi Perizinan" in billed.see("/admin/permohonan/{}/", "kepala")
    assert "Keberatan dan pengembalian menunggu Anda" in billed.see("/admin/", "kasi")
    assert billed.post(desk + "kabulkan/", "sekretaris", alasan="Ya.").status_code == 409
    assert billed.post(desk + "teruskan/", "kepala").status_code == 403
    assert billed.post(desk + "teruskan/", "kasi").status_code == 302
    assert billed.case.number in billed.see("/admin/keberatan/", "auditor")
    assert billed.post(desk + "kabulkan/", "kasi", alasan="Ya.").status_code == 403
    assert billed.post(desk + "sebagian/", "sekretaris").status_code == 422
    billed.post(desk + "sebagian/", "sekretaris", alasan="Terasnya saja.")
    objection.refresh_from_db()
    assert (objection.state, objection.holder) == ("sebagian", "")
    letter = objection.paper
    assert letter.number.endswith("/2026") and letter.signatures.get().title == "Sekretaris Dinas"
    assert "mengabulkan sebagian" in str(letter.content) and "Terasnya saja." in str(letter.content)
    assert "Terasnya saja." in billed.told().body and "Jangan membayar" in billed.told().body
    assert f"batalkan SKRD {bill.number}" in billed.see(desk, "kepala")
    billed.post("/admin/permohonan/{}/langkah/void_skrd/", "kepala", note="Keberatan dikabulkan.")
    assert billed.case.state == "FEE" and faults() == []
    assert "Dikabulkan sebagian" in billed.see(page)


def test_an_objection_is_taken_back_has_its_term_and_ends_with_its_case(billed):
    send, back = "/permohonan/{}/keberatan/", "/permohonan/{}/tarik-keberatan/"
    billed.post(send, words="Keliru.")
    assert "Tarik kembali keberatan ini?" in billed.see(back)
    assert billed.post(back).status_code == 302
    assert billed.case.objections.get().state == "ditarik" and faults() == []
    with time_machine.travel(timezone.now() + datetime.timedelta(days=32)):
        late = billed.post(send, words="Keliru sekali.")
    assert late.status_code == 409 and "Batas mengajukan keberatan" in text(late)
    billed.post(send, words="Keliru sekali.")
    services.perform("withdraw", billed.case, by=billed.driver.applicant, note="Ditunda.")
    assert billed.case.objections.first().state == "gugur" and faults() == []


def test_who_signed_the_bill_leaves_the_decision_to_a_colleague(billed):
    desk = "/admin/permohonan/{}/keberatan/"
    billed.post("/permohonan/{}/keberatan/", words="Keliru.")
    billed.post(desk + "teruskan/", "kasi")
    officers = billed.driver.officers
    own = Posting.objects.get(user=officers["sekretaris"], role="sekretaris")
    Posting.objects.create(
        user=officers["kepala"], daerah="contoh", unit=own.unit, role="sekretaris",
        valid_from=own.valid_from,
    )  # fmt: skip
    assert f"Keberatannya diputus oleh {own.user}" in billed.see(desk, "kepala")
    barred = billed.post(desk + "tolak/", "kepala", alasan="Tidak.")
    assert barred.status_code == 403 and "menandatangani SKRD ini" in text(barred)
    own.delete()
    assert "Ya, seluruhnya" in billed.see(desk, "kepala"), "nobody else has the post"
    assert billed.post(desk + "tolak/", "kepala", alasan="Tidak.").status_code == 302
    assert "SKRD tetap berlaku" in billed.told().body and faults() == []


def test_what_is_upheld_after_the_permit_goes_back_by_the_decision_itself(paid):
    desk = "/admin/permohonan/{}/keberatan/"
    with accepted_once():
        while paid.case.state == "PERMIT_SIGNING":
            paid.driver.act()
    whole = paid.case.payments.get().amount
    paid.post("/permohonan/{}/keberatan/", words="Teras ikut dihitung.")
    paid.post(desk + "teruskan/", "kasi")
    assert "Jumlah yang dikembalikan" in paid.see(desk, "sekretaris")
    for typed, said in (("seribu", "rupiah penuh"), (str(whole + 1), "paling banyak Rp")):
        wrong = paid.post(desk + "sebagian/", "sekretaris", alasan="Terasnya.", jumlah=typed)
        assert wrong.status_code == 422 and said in text(wrong)
        assert "Terasnya.</textarea>" in text(wrong) and f'value="{typed}"' in text(wrong)
    before = transaction.savepoint()
    paid.post(desk + "sebagian/", "sekretaris", alasan="Terasnya.", jumlah="25.000")
    refund = paid.case.refunds.get()
    assert (refund.amount, refund.cause, refund.state) == (25_000, "keberatan", "terbuka")
    assert "Rp25.000 dikembalikan" in str(paid.case.objections.get().paper.content)
    assert "Rp25.000 dikembalikan" in paid.told().body + paid.see("/permohonan/{}/")
    assert "Langkah berikutnya" not in paid.see(desk, "kepala") and faults() == []
    assert pay(refund, paid).state == "dibayarkan" and faults() == []
    transaction.savepoint_rollback(before)
    paid.post(desk + "kabulkan/", "sekretaris", alasan="Benar.")
    assert not paid.case.refunds.exists()
    assert "Buka pengembalian sebesar kelebihan" in paid.see(desk, "kepala")


# -- Too much and too little --------------------------------------------------------------------
def smaller(hands, factor):
    """Bring a paid case back to its assessment, record another area, and let it be billed anew."""
    driver = hands.driver
    driver.fresh()
    driver.sideways("return_permit")
    record = Record.objects.get(application=hands.pk, kind="pendataan")
    part = record.data["bangunan"][0]
    area = str(int(float(part["luas"]) * factor))
    Record.objects.filter(pk=record.pk).update(
        data=record.data | {"bangunan": [part | {"luas": area}]}
    )
    with accepted_once():
        while driver.fresh().state in ("ASSESSMENT", "FEE", "SKRD_SIGNING"):
            driver.act()


def test_what_was_paid_too_much_goes_back_by_two_persons_and_is_booked(paid):
    first = paid.case.payments.get().amount
    smaller(paid, 0.5)
    refund = paid.case.refunds.get()
    total = paid.case.assessments.first().total
    assert (refund.amount, refund.cause, refund.state) == (first - total, "hitung", "terbuka")
    assert "Isi bank dan nomor rekening" in paid.told().body and faults() == []
    account = f"/permohonan/{{}}/pengembalian/{refund.pk}/"
    here = f"/admin/pengembalian/{refund.pk}/"
    assert "Isi rekening" in paid.see("/permohonan/{}/")
    bad = paid.post(account, bank="Bank A", rekening="12-x", atas_nama="Budi")
    assert bad.status_code == 422 and "6 sampai 20 angka" in text(bad)
    paid.post(account, bank="Bank A", rekening="0012 3456 789", atas_nama="Budi Santosa")
    refund.refresh_from_db()
    assert (refund.state, refund.holder, refund.account) == ("diajukan", "kepala", "00123456789")
    assert "00123456789" not in str(raw(refund)) and "Budi Santosa" not in str(raw(refund))
    assert "•••• 6789" in paid.see("/admin/pengembalian/", "bendahara")
    assert "00123456789" in paid.see(here, "kepala")
    assert "00123456789" not in paid.see(here, "auditor")
    assert paid.post(here + "bayar/", "bendahara", **slip(paid)).status_code == 409
    assert paid.post(here + "setujui/", "bendahara").status_code == 403
    assert paid.post(here + "kembalikan/", "kepala").status_code == 422
    paid.post(here + "setujui/", "kepala")
    refund.refresh_from_db()
    assert (refund.state, refund.holder) == ("disetujui", "bendahara")
    assert (
        refund.paper.title.endswith("(SKRDLB)") and refund.paper.signatures.get().role == "kepala"
    )
    assert paid.post(here + "bayar/", "kepala", **slip(paid)).status_code == 403
    version = paid.case.version
    assert paid.post(here + "bayar/", "bendahara", **slip(paid)).status_code == 302
    again = paid.post(here + "bayar/", "bendahara", version=version, **slip(paid))
    assert again.status_code == 409 and "sudah tercatat" in text(again)
    gone = LedgerEntry.objects.filter(application=paid.pk, kind="pengembalian")
    assert sum(line.amount for line in gone) == -refund.amount and faults() == []
    assert "NTB 77" in paid.told().body and "•••• 6789" in paid.told().body
    assert "Pengembalian dibayarkan" in paid.see(here, "auditor")
    assert refunds.left(paid.case, "hitung") == total and money.due(paid.case) == 0
    later(paid, first, total)


def later(paid, first, total):
    """After the pay-out the fee turns out higher: only the rest is billed, as SKRDKB."""
    smaller(paid, 1.6)
    bill, whole = money.live_bill(paid.case), paid.case.assessments.first().total
    assert paid.case.state == "AWAITING_PAYMENT" and bill.amount == whole - total
    printed = dict(bill.paper.content["facts"])
    assert bill.paper.title == "Surat Ketetapan Retribusi Daerah Kurang Bayar (SKRDKB)"
    assert printed["Telah dibayar"] != printed["Kurang bayar"]
    paid.driver.pay()
    with accepted_once():
        paid.driver.act()
    lines = LedgerEntry.objects.filter(application=paid.pk)
    assert sum(line.amount for line in lines) == whole and faults() == []


def slip(hands):
    return {"paid_on": clock.today(hands.case).isoformat(), "reference": "NTB 77"}


def raw(refund):
    with connection.cursor() as cursor:
        cursor.execute("SELECT * FROM retribusi_refund WHERE id = %s", [refund.pk])
        return cursor.fetchone()


def test_a_rejection_after_payment_gives_all_back_unless_the_case_is_reopened(paid, monkeypatch):
    driver, whole = paid.driver, paid.case.payments.get().amount
    driver.sideways("return_permit")
    driver.sideways("propose_rejection")
    before = transaction.savepoint()
    reject(driver)
    refund = paid.case.refunds.get()
    assert (refund.amount, refund.cause, refund.owed) == (whole, "tolak", 0) and faults() == []
    services.perform("reopen", paid.case, by=driver.officers["kepala"], note="Keliru ditolak.")
    refund.refresh_from_db()
    assert refund.state == "batal" and "diperhitungkan" in paid.told().body
    transaction.savepoint_rollback(before)
    monkeypatch.setattr(follow, "_to_return", lambda case: 0)  # control: nothing opens it
    reject(driver)
    assert any("tanpa pengembalian" in fault for fault in faults())


def reject(driver):
    while driver.fresh().state == "REJECTION_SIGNING":
        driver.act()
    assert driver.case.state == "REJECTED"


def test_no_more_goes_back_than_came_in_and_one_key_opens_one(paid):
    case, keeper = paid.case, paid.driver.officers["bendahara"]
    with pytest.raises(Unmet, match="paling banyak Rp0"):
        refunds.open_refund(case, 1, "lebih", by=keeper, key="a")
    form = {"cause": "lebih", "amount": "25.000", "note": "Masuk dua kali.", "key": "k1"}
    day = clock.today(case).isoformat()
    lacks = paid.post("/admin/permohonan/{}/pengembalian/", "bendahara", **form)
    assert lacks.status_code == 422 and "Isi menurut rekening koran" in text(lacks)
    form |= {"received_on": day, "reference": "NTB 9"}
    for _ in range(2):
        opened = paid.post("/admin/permohonan/{}/pengembalian/", "bendahara", **form)
        assert opened.status_code == 302
    refund = paid.case.refunds.get()
    assert refund.amount == 25_000 and refunds.left(paid.case, "lebih") == 0 and faults() == []
    with pytest.raises(Unmet, match="paling banyak Rp0"):
        refunds.open_refund(paid.case, 1, "lebih", by=keeper, key="b")
    refund = pay(refund, paid)
    assert refund.state == "dibayarkan" and faults() == []
    kept = LedgerEntry.objects.filter(application=paid.pk).exclude(kind="pokok")
    assert sum(line.amount for line in kept) == 0


def pay(refund, hands, payer="bendahara"):
    officers = hands.driver.officers
    paying_back.file_account(
        refund, bank="Bank A", account="123456789", holder="Budi", by=hands.driver.applicant
    )
    paying_back.approve(refund, by=officers["kepala"])
    refund.refresh_from_db()
    day = clock.today(hands.case)
    return paying_back.pay_out(refund, paid_on=day, reference="NTB 1", by=officers[payer])


def test_one_person_in_two_posts_does_not_pay_what_he_approved(paid):
    keeper, head = (paid.driver.officers[role] for role in ("bendahara", "kepala"))
    refund = opening.open_by_hand(
        paid.case, cause="lebih", amount=5000, received_on=clock.today(paid.case), reference="R",
        note="Ganda.", key="k", by=keeper,
    )  # fmt: skip
    Identity.objects.filter(user=keeper).delete()
    Identity.objects.create(user=keeper, name="Satu Orang", nik=people.nik(61), address="Jl. A")
    Identity.objects.update_or_create(
        user=head, defaults={"name": "Satu Orang", "nik": people.nik(61), "address": "Jl. A"}
    )
    Identity.objects.filter(user=head).update(nik_lookup=keeper.identity.nik_lookup)
    with pytest.raises(Barred, match="petugas lain"):
        pay(refund, paid)
    alone = Refund.objects.filter(pk=refund.pk)
    with pytest.raises(IntegrityError), transaction.atomic():
        alone.update(paid_by=head)
    with pytest.raises(IntegrityError, match="append-only"), transaction.atomic():
        alone.update(amount=1)
