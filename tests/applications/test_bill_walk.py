"""A bill voided and issued anew, a slip used twice, a cashier who is late: as each sees it."""

import datetime
import html
import re

import pytest
import time_machine
from django.test import Client

from applications import clock, lateness
from documents.models import Paper
from imbportal.demo import buildings, drawings, people
from imbportal.demo.driver import Driver
from imbportal.indonesia import rupiah, tanggal
from notifications.models import Message
from retribusi import billing
from retribusi import services as money
from retribusi.models import Payment, PaymentProof, Skrd
from tests.applications.office_cast import BACKEND

pytestmark = pytest.mark.usefixtures("files_drawn_once")
REASON = "Luas lantai salah dicatat."


def words(response):
    text = re.sub(r"<[^>]+>", " ", response.content.decode())
    return " ".join(html.unescape(text).split())


def browser(user):
    client = Client()
    client.force_login(user, backend=BACKEND)
    return client


def noon(day):
    return datetime.datetime(day.year, day.month, day.day, 5, tzinfo=datetime.UTC)


class Walk:
    """One case, its applicant and its officers, each with a browser."""

    def __init__(self, driver):
        self.driver = driver
        self.address, self.desk = (f"/{at}permohonan/{driver.case.pk}/" for at in ("", "admin/"))
        self.applicant = browser(driver.applicant)

    def officer(self, role):
        return browser(self.driver.officers[role])

    def move(self, client, name, **data):
        data |= {"version": self.driver.fresh().version}
        return client.post(f"{self.desk}langkah/{name}/", data)

    def by_code(self, code):
        """Return what the counter that takes the money is told of a payment code."""
        address = f"/admin/pembayaran/?kode={billing.grouped(code)}"
        return words(self.officer("petugas_kecamatan").get(address))


@pytest.fixture
def walk(db, demo):
    """A small house, which the kecamatan serves: it takes the money and hands in the proof."""
    driver = Driver("probolinggo", people.applicant("budi"), buildings.COTTAGE)
    driver.to("AWAITING_PAYMENT")
    return Walk(driver)


def test_a_voided_bill_is_paid_by_nobody_and_its_slip_is_booked_only_when_looked_at(walk):
    old = Skrd.objects.get()
    slip = {
        "amount": old.amount, "paid_on": clock.today(walk.driver.case), "bank": "Bank",
        "reference": "NTB 77",
    }  # fmt: skip
    money.file_proof(walk.driver.fresh(), file=driver_slip(), by=walk.driver.applicant, **slip)
    assert f"SKRD {old.number}: {rupiah(old.amount)}" in walk.by_code(old.payment_code)
    assert "Kode bayar tidak ditemukan" in walk.by_code("123")
    the_head_voids_it_and_says_why(walk, old)
    new = the_next_one_says_what_it_replaces(walk, old)
    the_same_slip_comes_again(walk, old, new, slip)
    a_cashier_who_is_late_is_named(walk)
    it_is_booked_with_his_tick(walk, old, new)


def the_head_voids_it_and_says_why(walk, old):
    """The applicant reads it, and pays nothing by it."""
    driver, applicant = walk.driver, walk.applicant
    head = walk.officer(driver.case.rules.head)
    assert walk.move(head, "void_skrd").status_code == 422
    assert walk.move(head, "void_skrd", note=REASON).status_code == 302
    for place in ("", "bayar/"):
        page = words(applicant.get(walk.address + place))
        assert f"SKRD {old.number} dibatalkan, jangan dibayar" in page and REASON[:-1] in page
    assert applicant.post(f"{walk.address}bayar/", {}).status_code == 409
    news = Message.objects.filter(user=driver.applicant, channel="kotak").latest("created_at")
    assert "jangan dibayar" in news.subject and REASON in news.body
    check = f"/verifikasi/{old.paper.token}/"
    assert "batal" in words(Client().get(check)) and "Jangan dibayar" in words(Client().get(check))
    letter = str(Paper.objects.get(case=driver.case.pk, kind="pembatalan_skrd").content)
    assert old.number in letter and REASON in letter and billing.grouped(old.payment_code) in letter


def the_next_one_says_what_it_replaces(walk, old):
    """On paper, page and check page."""
    driver, check = walk.driver, f"/verifikasi/{old.paper.token}/"
    driver.to("AWAITING_PAYMENT")
    new = money.live_bill(driver.case)
    assert new.number != old.number and new.payment_code != old.payment_code
    assert Paper.objects.get(pk=old.paper_id).status == "batal"
    day = tanggal(clock.local_date(driver.case, Skrd.objects.get(pk=old.pk).voided_at))
    fact = dict(map(tuple, new.paper.content["facts"]))["Pengganti"]
    assert fact == f"SKRD nomor {old.number}, dibatalkan {day}"
    page = words(walk.applicant.get(f"{walk.address}bayar/"))
    assert f"pengganti SKRD {old.number}" in page and "30 hari sejak" in page
    assert f"Penggantinya SKRD nomor {new.number}" in words(Client().get(check))
    said = words(Client().get(new.paper.get_absolute_url()))
    assert f"SKRD nomor {old.number}, yang dibatalkan" in said
    told = walk.by_code(old.payment_code)
    assert "sudah dibatalkan: jangan terima uangnya" in told
    assert f"kode bayar {billing.grouped(new.payment_code)}" in told
    return new


def the_same_slip_comes_again(walk, old, new, slip):
    """The cashier is told, and books it only with his tick."""
    data = slip | {"file": driver_slip(), "paid_on": slip["paid_on"].isoformat()}
    assert walk.applicant.post(f"{walk.address}bayar/", data).status_code == 302
    case = walk.driver.fresh()
    assert case.state == "PAYMENT_REVIEW"
    assert "menunggu pemeriksaan" in walk.by_code(new.payment_code)
    cashier = walk.officer(case.turn_role)
    assert old.number in words(cashier.get(walk.desk))
    assert walk.move(cashier, "confirm_payment").status_code == 422
    assert not Payment.objects.exists()


def a_cashier_who_is_late_is_named(walk):
    """He has one working day; after it the applicant reads with whom it lies, the head too."""
    driver, case = walk.driver, walk.driver.fresh()
    title = case.rules.role[case.turn_role].title
    limit = clock.of_link(case)
    assert (limit.deadline.amount, limit.deadline.unit) == (1, "hari_kerja") and limit.deadline.ours
    assert f"paling lambat {tanggal(limit.end)}" in words(walk.applicant.get(walk.address))
    with time_machine.travel(noon(limit.end + datetime.timedelta(days=1))):
        lateness.run()
        for place in ("", "bayar/"):
            page = words(browser(driver.applicant).get(walk.address + place))
            assert "Batas ini terlewat. Berkas Anda masih ada pada " + title in page
            assert "sudah kami beri tahu" in page
        told = Message.objects.filter(template="tenggat_kantor", channel="email")
        assert told.filter(user=driver.officers[case.rules.head]).count() == 1
        queue = words(walk.officer(case.turn_role).get(f"/admin/?daerah={driver.slug}"))
        assert re.search(r"lewat \d+ hari", queue)


def it_is_booked_with_his_tick(walk, old, new):
    driver, case = walk.driver, walk.driver.fresh()
    cashier, note = walk.officer(case.turn_role), money.tick(case)
    assert f'value="{note}"' in cashier.get(walk.desk).content.decode()
    assert walk.move(cashier, "confirm_payment", note=note).status_code == 302
    event = driver.fresh().events.get(move="confirm_payment")
    assert event.note.text == note == f"Bukti serupa pada SKRD {old.number} sudah diperiksa."
    assert Payment.objects.get().skrd == new
    receipt = str(Paper.objects.get(case=case.pk, kind="ssrd").content)
    assert all(said in receipt for said in (new.number, rupiah(new.amount), "NTB/NTPD"))
    assert PaymentProof.objects.get(skrd=old).status == "diajukan"
    assert "sudah lunas" in walk.by_code(new.payment_code)
    assert rupiah(new.amount) in words(walk.applicant.get(f"{walk.address}bayar/"))


def driver_slip():
    return drawings.slip("NTB 77", 1)
