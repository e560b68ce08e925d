"""Relief and exemption as a daerah's file states them, through everybody's own pages."""

import datetime

import pytest
from relief_cast import BACKEND, Asking, faults, text
from sixth_daerah import FILE, SLUG

from applications import casework, services
from imbportal.daerah.loader import DaerahError, load
from retribusi import reliefs
from retribusi import services as money

pytestmark = pytest.mark.django_db
ON_THE_LAKE = {
    "over_water": True, "water_depth": "2", "function": "hunian", "land_right": "hak_milik",
    "floor_area": "80", "land_area": "120", "begins_on": datetime.date(2027, 2, 1),
}  # fmt: skip
GROSS = 80 * 2500


@pytest.fixture
def asking(sixth_folder, client):
    def at_the_lake(code="panggung", state="FEE", **answers):
        return Asking(client, SLUG, code, state, **ON_THE_LAKE | answers)

    return at_the_lake


# -- What the applicant does -----------------------------------------------------------------
def test_relief_is_asked_for_granted_told_and_billed_net(asking):
    lake = asking()
    page = text(lake.page())
    assert "Ajukan keringanan retribusi (25 %)" in page and "Diputus oleh Bupati." in page
    assert "Rp200.000" in page and "−Rp50.000" in page and "Rp150.000" in page
    needed = text(lake.page("keringanan/panggung/"))
    assert "Sudah ada di permohonan ini" in needed and "Dilampirkan portal" in needed
    assert "Unggah: Fotokopi KTP pemohon." in text(lake.send())
    relief = lake.ask("ktp")
    assert (relief.state, relief.holder, relief.words) == ("diajukan", "bupati", "Rumah warisan.")
    assert [item["label"] for item in relief.documents][1] == "Restu dewan adat danau"
    assert relief.documents[2]["version"] == "" and faults() == []
    page = text(lake.page())
    assert "Di tangan Bupati sejak" in page and "Bupati memeriksa permohonan keringanan" in page
    queue = text(lake.queue("bupati"))
    assert "Keringanan retribusi menunggu Anda" in queue and lake.case.number in queue
    assert "Permohonan keringanan di tangan Bupati sejak" in text(lake.queue("loket"))
    assert "Rumah warisan." in text(lake.desk("bupati"))
    assert lake.desk("bupati", "kabulkan", alasan="Rumah warisan adat.").status_code == 302
    relief, case = lake.relief, lake.case
    assert (relief.state, relief.holder, money.due(case)) == ("dikabulkan", "", 150_000)
    letter = relief.paper
    assert letter.number.endswith("/RINGAN/2026") and letter.status == "berlaku"
    printed = str(letter.content)
    for words in ("Rp200.000", "-Rp50.000", "Rp150.000", "Rumah warisan adat.", "Contoh pasal 1"):
        assert words in printed, words
    assert letter.signatures.get().title == "Bupati"
    told = lake.told()
    assert "dikabulkan" in told.subject and "menjadi Rp150.000" in told.body
    assert [e.move for e in case.events.order_by("seq")][-2:] == ["ask_relief", "grant_relief"]
    assert "dikabulkan" in text(lake.page()) and case.turn_role == "loket"
    bill = lake.bill()
    assert bill.amount == 150_000 and bill.snapshot["input"]["keringanan"] == "panggung"
    facts = dict(bill.paper.content["facts"])
    assert facts["Sebelum keringanan"] == "Rp200.000"
    assert facts["Keringanan"].startswith("25") and letter.number in facts["Keringanan"]
    assert "Rp150.000" in text(lake.page("bayar/")) and faults() == []


def test_while_it_waits_no_bill_is_proposed(asking, monkeypatch):
    lake = asking()
    lake.ask("ktp")
    answer = lake.press("loket", "propose_skrd")
    assert answer.status_code == 422 and "belum diputus: di tangan Bupati" in text(answer)
    lake.client.force_login(lake.driver.applicant, backend=BACKEND)
    here = f"/permohonan/{lake.pk}/tarik-keringanan/"
    assert "Tarik kembali permohonan ini?" in text(lake.client.get(here))
    lake.client.post(here, {"version": lake.case.version})
    assert lake.relief.state == "ditarik" and lake.bill().amount == GROSS
    monkeypatch.setattr(reliefs, "pending", lambda case: [])  # control: the guard is what holds
    other = asking()
    other.ask("ktp")
    other.press("loket", "propose_skrd")
    other.press("kadis", "issue_skrd")
    assert [fault.check for fault in faults()] == ["keringanan"]


def test_an_exemption_is_forwarded_and_ends_in_a_bill_of_nothing(asking):
    lake = asking("adat", land_right="ulayat")
    page = text(lake.page())
    assert "Ajukan pembebasan retribusi (100 %)" in page
    assert "Diteruskan oleh Petugas Loket, diputus oleh Bupati." in page
    relief = lake.ask("ktp")
    assert relief.holder == "loket"
    early = lake.desk("bupati", "kabulkan")
    assert early.status_code == 409 and "masih di tangan Petugas Loket" in text(early)
    assert lake.desk("kadis", "teruskan").status_code == 403
    assert lake.desk("loket", "teruskan").status_code == 302
    assert (lake.relief.state, lake.relief.holder) == ("diteruskan", "bupati")
    assert lake.desk("loket", "kabulkan").status_code == 403
    lake.desk("bupati", "kabulkan")
    assert lake.relief.paper.number.endswith("/BEBAS/2026") and money.due(lake.case) == 0
    lake.press("loket", "propose_skrd")
    lake.press("kadis", "issue_nil_skrd")
    bill = lake.case.bills.get()
    assert (bill.amount, lake.case.state) == (0, "PERMIT_SIGNING") and bill.settled_at
    assert bill.paper.number and "due_date" not in bill.paper.content["extra"]
    assert faults() == []


def test_a_refusal_needs_a_reason_and_leaves_the_fee(asking):
    lake = asking()
    lake.ask("ktp")
    bare = lake.desk("bupati", "tolak", alasan="  ")
    assert bare.status_code == 422 and "Tulis alasannya" in text(bare)
    lake.desk("bupati", "tolak", alasan="Bukan rumah pertama.")
    assert lake.relief.state == "ditolak" and money.due(lake.case) == GROSS
    told = lake.told()
    assert "Bukan rumah pertama." in text(lake.page())
    assert "tidak dikabulkan" in told.subject and "Retribusi tetap Rp200.000" in told.body
    assert lake.bill().amount == GROSS and faults() == []


# -- After the bill --------------------------------------------------------------------------
def test_asking_when_the_bill_is_out_voids_it_and_a_new_one_follows_the_decision(asking):
    lake = asking(state="AWAITING_PAYMENT")
    first = lake.case.bills.get()
    assert "SKRD yang sekarang dibatalkan" in text(lake.page())
    lake.ask("ktp")
    first.refresh_from_db()
    assert first.voided_at and first.paper.status == "batal" and lake.case.state == "FEE"
    lake.desk("bupati", "kabulkan")
    second = lake.bill()
    assert second.amount == 150_000 and second.number != first.number and faults() == []


def test_a_later_decision_voids_and_reissues_until_it_is_paid(asking):
    lake = asking()
    lake.ask("ktp")
    lake.desk("bupati", "tolak", alasan="Belum jelas.")
    letter, first = lake.relief.paper, lake.bill()
    again = text(lake.page("keringanan/panggung/"))
    assert "Bupati dapat meninjau keputusannya sebelum Anda membayar" in again
    assert "Tinjau kembali keputusan" in text(lake.desk("bupati"))
    assert lake.desk("bupati", "kabulkan").status_code == 422
    lake.desk("bupati", "kabulkan", alasan="Bukti menyusul.")
    letter.refresh_from_db()
    assert letter.status == "batal" and lake.case.state == "FEE" and lake.relief.paper != letter
    second = lake.bill()
    assert (second.amount, second.number != first.number) == (150_000, True)
    lake.driver.fresh()
    lake.driver.pay()
    busy = lake.desk("bupati", "tolak", alasan="Keliru.")
    assert busy.status_code == 409 and "Pembayaran SKRD sedang diperiksa" in text(busy)
    lake.driver.step()
    late = lake.desk("bupati", "tolak", alasan="Keliru.")
    assert late.status_code == 409 and "Pengembalian diminta pemohon secara tertulis" in text(late)
    assert lake.relief.state == "dikabulkan" and faults() == []


def test_nothing_is_granted_that_no_longer_fits_the_answers(asking):
    lake = asking()
    lake.ask("ktp")
    case = lake.case
    case.facts["over_water"] = False
    case.save()
    gone = lake.desk("bupati", "kabulkan", alasan="Rumah adat.")
    assert gone.status_code == 409 and "syaratnya tidak terpenuhi lagi" in text(gone)
    assert lake.desk("bupati", "tolak", alasan="Tidak di atas air.").status_code == 302
    assert lake.relief.outcome.total == GROSS and faults() == []


def test_a_decision_stays_while_the_money_is_said_to_be_on_its_way(asking):
    lake = asking()
    lake.ask("ktp")
    lake.desk("bupati", "tolak", alasan="Belum jelas.")
    bill = lake.bill()
    services.perform("report_payment", lake.case, by=lake.driver.applicant)
    busy = lake.desk("bupati", "kabulkan", alasan="Bukti menyusul.")
    assert busy.status_code == 409 and "sudah memberi tahu bahwa SKRD ini dibayar" in text(busy)
    bill.refresh_from_db()
    assert bill.voided_at is None and lake.relief.state == "ditolak"


# -- Two at once, and who may not -------------------------------------------------------------
def test_a_second_click_and_a_second_decider_read_what_was_done(asking, monkeypatch):
    lake = asking()
    version = lake.case.version
    lake.ask("ktp")
    twice = lake.send(version=version)
    assert twice.status_code == 409 and "Langkah Anda sudah tercatat" in text(twice)
    version = lake.case.version
    lake.desk("bupati", "tolak", alasan="Tidak lengkap.")
    second = lake.desk("bupati", "kabulkan", version=version)
    assert second.status_code == 409 and "sudah tercatat" not in text(second)
    assert lake.case.reliefs.count() == 1 and lake.relief.state == "ditolak"


def test_what_is_given_unasked_is_in_the_first_calculation(asking):
    lake = asking("usaha", function="usaha", over_water=False)
    assert money.due(lake.case) == 180_000
    assert lake.page("keringanan/usaha/").status_code == 404
    assert lake.bill().amount == 180_000 and faults() == []


def test_a_request_ends_with_its_case(asking):
    lake = asking()
    lake.ask("ktp")
    services.perform("withdraw", lake.case, by=lake.driver.applicant)
    assert (lake.relief.state, lake.relief.holder) == ("gugur", "") and faults() == []


# -- The file --------------------------------------------------------------------------------
PANGGUNG, ADAT, USAHA = "relief[0]", "relief[1]", "relief[2]"
WRONG = [
    # the relief, what is spoilt there (old, new), the key that is named, and words
    (PANGGUNG, 'decided_by = "bupati"', 'decided_by = "raja"', "decided_by", 'role "raja"'),
    (PANGGUNG, 'decided_by = "bupati"', "", "decided_by", "missing"),
    (PANGGUNG, 'paper = "keputusan_keringanan"', "", "paper", "missing"),
    (PANGGUNG, 'signed_by = "bupati"', 'signed_by = "kadis"', "paper", "is signed by kadis"),
    (PANGGUNG, '"restu_adat"', '"restu"', "document[1].requirement", 'requirement "restu"'),
    (PANGGUNG, '"rincian"', '"ktp"', "document[2].code", "stands twice"),
    (PANGGUNG, '"rincian"', f'"{"r" * 50}"', "document[2].code", "too long"),
    (ADAT, 'paper = "keputusan_pembebasan"', 'paper = "sakti"', "paper", 'paper "sakti"'),
    (ADAT, 'forwarded_by = "loket"', 'forwarded_by = "bupati"', "forwarded_by", "to himself"),
    (ADAT, 'forwarded_by = "loket"', 'forwarded_by = "loket"\ncover = "sakti"', "cover",
     'paper "sakti"'),
    (PANGGUNG, 'decided_by = "bupati"', 'decided_by = "bupati"\ncover = "keputusan_keringanan"',
     "cover", "nobody sends it on"),
    (ADAT, 'kind = "pembebasan"', 'kind = "keringanan"', "kind", "100 % is no keringanan"),
    (ADAT, "calculation = true", 'calculation = true, requirement = "gambar"',
     "document[1].requirement", "no upload"),
    (ADAT, "{ land_right =", "{ pemilik =", "when", 'unknown fact "pemilik"'),
    (USAHA, 'code = "usaha"', 'code = "dagang"', "code", "no keringanan.dagang"),
    (USAHA, "automatic = true", 'automatic = true\nforwarded_by = "loket"', "forwarded_by",
     "leave it out"),
]  # fmt: skip


def spoilt(whole, relief, old, new):
    """Return the file with one thing changed in one relief, or in the letter that it names."""
    number = int(relief[-2]) + 1
    parts = whole.split("[[relief]]")
    place = number
    if old not in parts[number]:  # the letter of the first one
        place, old = 0, f'/RINGAN/{{year}}"\n{old}'
        new = f'/RINGAN/{{year}}"\n{new}'
    assert parts[place].count(old) == 1, old
    parts[place] = parts[place].replace(old, new)
    return "[[relief]]".join(parts)


def test_the_loader_refuses_a_relief_that_could_not_be_asked_or_decided():
    whole = FILE.read_text(encoding="utf-8")
    for relief, old, new, key, words in WRONG:
        with pytest.raises(DaerahError) as refused:
            load(spoilt(whole, relief, old, new), f"{SLUG}.toml")
        found = [line for line in refused.value.problems if f": {relief}.{key}: " in line]
        assert found and words in found[0], (key, refused.value.problems)


def test_a_request_ends_by_itself_where_the_case_comes_to_a_track_without_the_charge(
    asking, sixth_folder
):
    free = "\nfee = false\n\n[track.darat.stage]\nFEE = []\nSKRD_SIGNING = []\n"
    when = 'when = { not = { function = "pelabuhan" } }\n'
    path = sixth_folder / f"{SLUG}.toml"
    content = path.read_text()
    assert content.count(when) == 1
    path.write_text(content.replace(when, when.strip() + free))
    lake = asking()
    lake.ask("ktp")
    driver = lake.driver
    driver.perform("return_assessment", driver.actor(), "Periksa lagi letaknya.")
    driver.sideways("undo_accept")
    driver.sideways("return_incomplete")
    casework.save_answers(driver.fresh(), "izin", {"over_water": False}, by=driver.applicant)
    driver.fill("izin")
    driver.upload("submit")
    driver.sideways("resubmit")
    assert lake.case.track == "darat" and lake.relief.state == "gugur"
    said = lake.driver.applicant.messages.filter(subject__contains="berakhir").latest("created_at")
    assert "tanpa retribusi" in said.body and faults() == []
    assert lake.case.number not in text(lake.queue("bupati"))
