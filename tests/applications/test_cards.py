"""Sleman's identity cards: judged at the counter beside the form, before the case goes on."""

import pytest

from imbportal.demo import people
from imbportal.demo.driver import Driver

BACKEND = "allauth.account.auth_backends.AuthenticationBackend"
REASON = "Alamat pada kartu lain dari isian."


@pytest.fixture
def counter(demo, db, client):
    """The file of an agent at Sleman's counter, its documents judged, its two cards not yet."""
    letter = people.mandate()
    driver = Driver("sleman", letter.agent, mandate=letter)
    driver.to("SUBMITTED")
    driver.judge_documents()
    return Counter(driver, client)


class Counter:
    def __init__(self, driver, client):
        self.driver, self.client = driver, client
        self.desk = f"/admin/permohonan/{driver.case.pk}/"
        self.officer()

    def officer(self):
        self.client.force_login(self.driver.officers["petugas_administrasi"], BACKEND)

    def applicant(self):
        self.client.force_login(self.driver.applicant, BACKEND)

    def judge(self, whose, verdict, reason=""):
        sent = {"verdict": verdict, "reason": reason, "version": self.driver.fresh().version}
        return self.client.post(f"{self.desk}identitas/{whose}/", sent)

    def move(self, name):
        sent = {"version": self.driver.fresh().version}
        return self.client.post(f"{self.desk}langkah/{name}/", sent)

    def words(self, rest=""):
        return " ".join(self.client.get(self.desk + rest).content.decode().split())


@pytest.mark.kewajiban("SLE-01", "SLE-05", "SLE-19")
def test_the_counter_passes_on_only_what_it_held_against_both_cards(counter):
    refused = counter.move("endorse")
    assert refused.status_code == 422
    for label in ("KTP-el pemohon", "KTP-el penerima kuasa"):
        assert f"Belum sesuai: {label}." in refused.content.decode()
    page = counter.words("identitas/")
    assert page.index("KTP-el pemohon: </span>Sesuai") < page.index("KTP-el penerima kuasa: <")
    assert counter.judge("pemohon", "sesuai").status_code == 302
    assert counter.move("endorse").status_code == 422
    counter.judge("kuasa", "sesuai")
    assert counter.move("endorse").status_code == 302
    assert counter.judge("kuasa", "sesuai").status_code == 409, "the turn is another's"
    history = counter.words()
    assert "KTP-el pemohon: sesuai" in history and "KTP-el penerima kuasa: sesuai" in history
    assert "KTP-el pemohon dinilai sesuai oleh" in counter.words("identitas/")


@pytest.mark.kewajiban("SLE-05")
def test_a_card_that_is_not_in_order_goes_back_with_what_to_do_and_is_judged_anew(counter):
    counter.judge("kuasa", "sesuai")
    assert counter.judge("pemohon", "tidak").status_code == 422, "it needs a reason"
    assert counter.judge("pemohon", "tidak", REASON).status_code == 302
    counter.move("return_incomplete")
    assert "KTP-el pemohon: tidak sesuai" in counter.words()
    counter.applicant()
    case, letter = counter.driver.fresh(), counter.driver.mandate
    page = counter.client.get(f"/permohonan/{case.pk}/perbaikan/").content.decode()
    owner = f"/kuasa/{letter.pk}/pemilik/"
    assert "Catatan 1: KTP-el pemohon" in page and REASON in page and owner in page
    form = {"name": letter.owner.name, "nik": "", "address": "Jalan Cempaka 12"}
    assert counter.client.post(owner, form).status_code == 302
    assert case.points.get().answer == "Kartu atau data diri diganti."
    sent = {"version": counter.driver.fresh().version}
    again = counter.client.post(f"/permohonan/{case.pk}/perbaikan/kirim/", sent)
    assert again.status_code == 302
    counter.officer()
    assert "berubah sejak diperiksa" in counter.words("identitas/")
    assert counter.move("endorse").status_code == 422
    counter.judge("pemohon", "sesuai")
    assert counter.move("endorse").status_code == 302


def test_the_verdict_falls_with_the_last_remark_about_the_card(counter):
    counter.judge("pemohon", "tidak", REASON)
    point = counter.driver.case.points.get()
    assert "1 catatan belum dikirim" in counter.words()
    assert f"1. {REASON}" in counter.words() and REASON in counter.words("identitas/")
    counter.client.post(f"{counter.desk}butir/{point.pk}/")
    page = counter.words("identitas/")
    assert "catatannya dihapus" in page and REASON not in page
