"""Services on a permit that was issued: a copy, a change of data, and who may ask for them."""

import datetime
import re
from decimal import Decimal

import pytest

from accounts.models import Identity, Mandate
from applications import casework, clock, parents, requirements
from applications.models import Application
from applications.refusals import Unmet
from documents import services as documents
from documents.models import Paper
from imbportal.demo import drawings, people
from imbportal.demo.driver import Driver
from retribusi import invariants
from retribusi import services as money
from tests.applications.office_cast import BACKEND, Desk, words

pytestmark = pytest.mark.django_db
FEE = "Administrasi IMB yang sudah terbit"


@pytest.fixture
def permitted(drive):
    """A case of Budi's in Malang whose permit was collected."""
    return drive("COLLECTED", "malang")


@pytest.fixture
def budi(client, permitted):
    client.force_login(permitted.applicant, backend=BACKEND)
    return client


def door(case):
    return f"{case.get_absolute_url()}layanan/"


def begin(client, case, **posted):
    """Begin a service at the door of a case; return its draft."""
    answer = client.post(door(case), posted)
    return Application.objects.get(pk=re.search(r"[0-9a-f-]{36}", answer["Location"])[0])


def changed(permitted, state):
    """Drive a change of data on a permit to a state."""
    driver = Driver("malang", permitted.applicant, service="perubahan_data", on=permitted)
    driver.to(state)
    return driver


class Office:
    """The officers of Malang at one case, each pressing his button in the browser."""

    def __init__(self, client, case):
        self.client, self.case = client, case

    def press(self, role, *rests, **data):
        self.case = Application.objects.get(pk=self.case.pk)
        desk = Desk(self.client, self.case, role)
        for rest in rests:
            answer = desk.post(rest, **data)
            assert answer.status_code == 302, (rest, words(answer)[-900:])
        return desk


# -- A copy ----------------------------------------------------------------------------------
@pytest.mark.kewajiban("MAL-06")
def test_a_copy_is_begun_at_the_permit_paid_with_14000_once_and_handed_over(budi, permitted):
    original, first = parents.permit(permitted.case), permitted.case.get_absolute_url()
    assert door(permitted.case) in budi.get(first).content.decode()
    offer = words(budi.get(door(permitted.case)))
    assert "Duplikat IMB" in offer and "Rp14.000" in offer and original.number in offer

    case = asked_for(budi, permitted)
    office = Office(budi, case)
    billed(office, original, permitted)
    paid_and_handed_over(budi, office, permitted)
    case.refresh_from_db()
    copy = parents.permit(case)
    printed = str(copy.content["sections"])
    assert case.state == "COLLECTED" and copy.title == "Salinan Izin Mendirikan Bangunan"
    assert copy.number != original.number and f"nomor {original.number} tanggal" in printed
    assert "Dokumen ini adalah salinan" in printed and "tetap berlaku" in printed
    original.refresh_from_db()
    assert original.status == Paper.Status.VALID and invariants.faults() == []


def asked_for(budi, permitted):
    """Begin a copy, once however often it is asked for; answer, upload and send it."""
    case = begin(budi, permitted.case, key="0b9d1c38-38a6-4b8c-9d6b-0a5f5a0d3a11")
    again = begin(budi, permitted.case, key="0b9d1c38-38a6-4b8c-9d6b-0a5f5a0d3a11")
    assert again == case and case.address == permitted.case.address
    page = case.get_absolute_url()
    answers = {"layanan": "duplikat", "keadaan_dokumen": "hilang", "version": case.version}
    assert budi.post(f"{page}isian/layanan/", answers).status_code == 302
    case.refresh_from_db()
    assert [slot.code for slot in requirements.due(case)] == ["surat_kehilangan"]
    budi.post(f"{page}berkas/surat_kehilangan/", {"file": drawings.pdf("Kehilangan", pages=1)})
    case.refresh_from_db()
    sent = budi.post(f"{page}kirim/", {"version": case.version, "layanan_benar": "on"})
    assert sent.status_code == 302
    return case


def billed(office, original, permitted):
    """Check it at the desk, and bill the fee that the list of prices gives."""
    case = office.case
    desk = office.press("customer_service")
    shown = desk.words()
    assert original.number in shown and f"/admin/permohonan/{permitted.case.pk}/" in shown
    desk.approve(desk.slot())
    office.press("customer_service", "langkah/accept/")
    office.press("bidang", "langkah/approve_technical/", "hitung/", "langkah/propose_skrd/")
    office.press("kepala", "langkah/issue_skrd/")
    case.refresh_from_db()
    bill = money.live_bill(case)
    lines = bill.paper.content["sections"][0]["table"]
    label = money.newest(case).result["rincian"][0]["label"]
    account, fee, *sums = [row[-3:] for row in lines["rows"]]
    assert account == ["Biaya administrasi", "", "14.000"] and fee == [label, "14.000,00", ""]
    assert FEE in label and sums[0] == ["Jumlah ketetapan pokok", "", "14.000"]
    assert "Standar pelayanan, komponen 4, daftar harga, butir 1" in lines["cites"][1]
    assert bill.amount == 14000 == money.newest(case).total


def paid_and_handed_over(budi, office, permitted):
    case, page = office.case, office.case.get_absolute_url()
    budi.force_login(permitted.applicant, backend=BACKEND)
    day = clock.today(case).isoformat()
    proof = {"amount": "14.000", "paid_on": day, "bank": "Bank", "reference": "NTB 1"}
    proof["file"] = drawings.pdf("Setoran", pages=1)
    assert budi.post(f"{page}bayar/", proof).status_code == 302
    office.press("bendahara", "langkah/confirm_payment/")
    office.press("kepala", "langkah/issue_permit/")
    case.refresh_from_db()
    receipt = {"code": case.pickup_code, "receiver": "Budi Santosa", "relation": "pemohon"}
    office.press("customer_service", "isian/serah_terima/", **receipt)
    office.press("customer_service", "langkah/hand_over/")


# -- A change of data ------------------------------------------------------------------------
@pytest.mark.kewajiban("MAL-06")
def test_a_change_of_data_replaces_the_permit_when_it_is_issued_and_not_before(budi, permitted):
    original = parents.permit(permitted.case)
    change, rival = changed(permitted, "PERMIT_SIGNING"), changed(permitted, "PERMIT_SIGNING")
    late = changed(permitted, "FEE")
    original.refresh_from_db()
    assert original.status == Paper.Status.VALID and original.replaced_by is None
    change.act()
    original.refresh_from_db()
    newer = parents.permit(change.fresh())
    assert original.status == Paper.Status.REPLACED and original.replaced_by == newer
    assert f"menggantikan IMB nomor {original.number} tanggal" in str(newer.content["sections"])
    assert "tidak berlaku lagi" in str(newer.content["sections"])

    told = words(budi.get(original.get_absolute_url()))
    assert "Surat ini sudah diganti" in told and f"nomor {newer.number} tanggal" in told
    refused = Desk(budi, rival.case, "kepala").post("langkah/issue_permit/")
    said = words(refused)
    assert refused.status_code == 422 and f"sudah diganti dengan IMB nomor {newer.number}" in said
    assert "kembalikan ke penilaian" in said and "penolakan" in said
    assert rival.fresh().state == "PERMIT_SIGNING"
    refused = Desk(budi, late.case, "bidang").post("langkah/propose_skrd/")
    assert refused.status_code == 422 and newer.number in words(refused)

    budi.force_login(permitted.applicant, backend=BACKEND)
    refused = budi.get(door(permitted.case))
    assert refused.status_code == 409 and newer.number in words(refused)
    assert door(permitted.case) not in budi.get(permitted.case.get_absolute_url()).content.decode()
    change.step()  # the counter hands it over: services may be had on it
    assert budi.get(door(change.case)).status_code == 200
    rival.perform("return_permit", rival.actor(), note="IMB induknya sudah diganti.")
    rival.sideways("propose_rejection")
    rival.act()
    assert rival.fresh().state == "REJECTED"
    assert invariants.faults() == []
    Paper.objects.filter(pk=original.pk).update(replaced_by=None)
    assert {fault.check for fault in invariants.faults()} == {"surat"}


def test_what_a_voided_permit_had_replaced_is_in_force_again(permitted):
    original, at = parents.permit(permitted.case), datetime.datetime.now(datetime.UTC)
    change = changed(permitted, "READY")
    documents.void(parents.permit(change.case), reason="Salah ketik", at=at)
    original.refresh_from_db()
    assert original.status == Paper.Status.VALID and original.replaced_by is None


# -- On which permit, and for whom -----------------------------------------------------------
def test_a_later_change_names_the_earlier_one_and_whose_data_it_repeats(permitted):
    first = changed(permitted, "READY")
    older = parents.permit(first.case)
    second = Driver("malang", permitted.applicant, service="perubahan_data", on=first)
    paper = parents.permit(second.to("READY"))
    said = str(paper.content)
    assert "Data tanah dan bangunan menurut IMB asal" in said
    assert "Lokasi menurut IMB asal: " in said
    assert f"Perubahan dengan IMB nomor {older.number} tanggal" in said
    older.refresh_from_db()
    assert older.replaced_by == paper


def test_a_part_is_split_off_and_the_rest_of_the_permit_stays_in_force(permitted):
    driver = Driver("malang", permitted.applicant, service="pemecahan", on=permitted)
    case = driver.to("COLLECTED")
    older, part = parents.permit(permitted.case), parents.permit(case)
    assert (older.status, older.replaced_by, part.status) == ("berlaku", None, "berlaku")
    assert case.bills.get().amount == 14_000 and FEE in str(part.content)
    assert "bagian" in str(part.content) and invariants.faults() == []
    assert "Luas lantai bagian ini" in str(part.content)


def test_the_parts_of_a_permit_are_together_no_larger_than_it(permitted):
    floor, land = permitted.case.floor_area, permitted.case.land_area
    first = Driver("malang", permitted.applicant, service="pemecahan", on=permitted)
    first.answers |= {"luas_lantai_bagian": floor - 20, "luas_tanah_bagian": land - 50}
    first.to("SUBMITTED")
    second = Driver("malang", permitted.applicant, service="pemecahan", on=permitted)
    second.answers |= {"luas_lantai_bagian": Decimal("20.5"), "luas_tanah_bagian": Decimal(50)}
    with pytest.raises(Unmet) as refused:
        second.to("SUBMITTED")
    [text] = refused.value.missing
    assert text.startswith("Luas lantai bagian ini 20,5 m² bersama bagian lain")
    assert text.place == "isian" and "melebihi izin induk" in text
    half = {"luas_lantai_bagian": Decimal(20)}
    casework.save_answers(second.fresh(), "izin", half, by=second.applicant)
    assert second.to("SUBMITTED").state == "SUBMITTED", "to the last square metre"


def test_nobody_gets_a_service_on_anothers_permit(budi, permitted):
    number, day = parents.permit(permitted.case).number, "2020-01-02"
    stranger, officers = people.applicant("siti"), people.officers("malang")
    for user in (*officers.values(), stranger):
        budi.force_login(user, backend=BACKEND)
        assert budi.get(door(permitted.case)).status_code == 404
        assert budi.post(door(permitted.case)).status_code == 404
    typed = {"daerah": "malang", "holder": "", "number": number.lower(), "date": day}
    answer = budi.post("/permohonan/layanan/", typed)
    assert answer.status_code == 422 and "tidak terbit atas nama Anda" in words(answer)
    owner = Identity.objects.create(name="Nenek Karti", address="Jl. Kamboja")
    mandate = Mandate.objects.create(agent=stranger, owner=owner, valid_from="2020-01-01")
    assert budi.post("/permohonan/layanan/", typed | {"holder": mandate.pk}).status_code == 422
    assert not Application.objects.filter(applicant=stranger).exists()
    budi.force_login(permitted.applicant, backend=BACKEND)
    budi.post("/permohonan/layanan/", typed)
    mine = Application.objects.get(parent_permit__number=number)
    assert mine.parent_number == number and mine.holder == permitted.case.holder


@pytest.mark.parametrize(
    ("status", "said"),
    [("dibekukan", "sedang dibekukan"), ("dicabut", "dicabut, jadi tidak ada layanan")],
)
def test_a_permit_that_is_not_in_force_is_refused_with_what_to_do(budi, permitted, status, said):
    parent, _ = parents.for_case(permitted.case, permitted.applicant)
    asked = casework.create(permitted.applicant, "malang", parent=parent)
    Paper.objects.filter(pk=parents.permit(permitted.case).pk).update(status=status)
    answer = budi.get(door(permitted.case))
    assert answer.status_code == 409 and said in words(answer) and "Tanyakan" in words(answer)
    assert said in words(budi.get(f"{asked.get_absolute_url()}kirim/"))


def test_a_permit_older_than_the_portal_is_named_by_number_and_date_and_shown(budi, permitted):
    typed = {
        "daerah": "malang",
        "holder": "",
        "number": " 640/12/  IMB/2009 ",
        "date": "2009-05-04",
    }
    assert budi.post("/permohonan/layanan/", typed | {"date": "2999-01-01"}).status_code == 422
    assert "/permohonan/layanan/" in budi.get("/permohonan/baru/").content.decode()
    budi.post("/permohonan/layanan/", typed)
    case = Application.objects.get(parent_number="640/12/ IMB/2009")
    page = f"{case.get_absolute_url()}isian/layanan/"
    asked = words(budi.get(page))
    assert "Alamat bangunan" in asked and "Terbit sebelum ada portal" in words(
        budi.get(case.get_absolute_url())
    )
    answers = {"layanan": "pemutakhiran_data", "version": case.version}
    budi.post(page, answers)
    case.refresh_from_db()
    assert {s.code for s in requirements.due(case)} == {"imb_lama", "bukti_perubahan"}


def test_where_a_daerah_has_no_services_there_is_no_door(drive, client):
    elsewhere = drive("COLLECTED", "contoh")
    client.force_login(elsewhere.applicant, backend=BACKEND)
    assert "layanan/" not in client.get(elsewhere.case.get_absolute_url()).content.decode()
    assert client.get(door(elsewhere.case)).status_code == 404
