"""Sleman's document through the real services: conditions, hands, papers, messages."""

import datetime
import re

import pytest

from accounts.models import Posting, User
from applications import casework, clock, guards, papers, requirements, services, site_sheet
from applications.refusals import Unmet
from documents.models import Paper
from imbportal.demo import drawings
from notifications.models import Message

STEPS = [1, 2, 3, 4, 4, 5, 5, 6, 7, 8, 9, 10, 11, 12, 13]
BOTH = {"izin", "ippt"}
AUTHORITIES = {
    "rekomendasi_irigasi": "DPUPKP",
    "rekomendasi_drainase": "DPUPKP",
    "rekomendasi_pohon": "DLH",
    "rekomendasi_sungai": "BBWSO",
    "rekomendasi_trotoar_kabupaten": "DPUPKP",
    "rekomendasi_trotoar_provinsi": "DPUP-ESDM",
    "rekomendasi_trotoar_nasional": "Balai Pengawasan Jalan Nasional",
}
TRIGGERS = [
    ({"irrigation": True}, "rekomendasi_irigasi"),
    ({"covers_drainage": True}, "rekomendasi_drainase"),
    ({"fells_trees": True}, "rekomendasi_pohon"),
    ({"borders_river": True}, "rekomendasi_sungai"),
    ({"opens_pavement": True, "pavement_road": "kabupaten"}, "rekomendasi_trotoar_kabupaten"),
    ({"opens_pavement": True, "pavement_road": "provinsi"}, "rekomendasi_trotoar_provinsi"),
    ({"opens_pavement": True, "pavement_road": "nasional"}, "rekomendasi_trotoar_nasional"),
]


def answer(driver, **facts):
    """Answer questions of the form; those of other sections stay as they are."""
    casework.save_answers(driver.fresh(), "izin", facts, by=driver.applicant)
    return driver.fresh()


def due(case):
    return {slot.code: slot for slot in requirements.due(case) if slot.known}


@pytest.fixture
def draft(drive):
    driver = drive("DRAFT", "sleman")
    driver.fill("izin")
    return driver


# -- What must be brought ---------------------------------------------------------------------
@pytest.mark.kewajiban("SLE-02")
def test_without_a_trigger_no_letter_of_another_agency_is_asked_for(draft):
    assert not AUTHORITIES.keys() & due(draft.fresh()).keys()


@pytest.mark.kewajiban("SLE-02")
@pytest.mark.parametrize(("facts", "letter"), TRIGGERS, ids=[letter for _, letter in TRIGGERS])
def test_each_trigger_asks_for_exactly_its_letter_of_its_agency(draft, facts, letter):
    slots = due(answer(draft, **facts))
    assert AUTHORITIES.keys() & slots.keys() == {letter}
    assert AUTHORITIES[letter] in slots[letter].requirement.authority


@pytest.mark.kewajiban("SLE-01")
def test_the_land_owner_s_card_is_asked_for_where_the_land_is_another_s(draft):
    assert "ktp_pemilik" not in due(draft.fresh())
    assert "ktp_pemilik" in due(answer(draft, land_owned=False))


@pytest.mark.kewajiban("SLE-03")
def test_a_house_with_a_business_brings_an_sppl_and_gets_it_endorsed(draft):
    answer(draft, business=True, business_area=40)
    assert "sppl" in due(draft.case)
    draft.to("COLLECTED")
    assert BOTH | {"pengesahan_sppl"} <= kinds(draft)
    receipt = str(Paper.objects.get(case=draft.case.pk, kind="tanda_terima").content)
    assert "Pengesahan Surat Pernyataan Pengelolaan Lingkungan Hidup (SPPL), dengan" in receipt


@pytest.mark.kewajiban("SLE-04")
def test_every_drawing_is_asked_for_by_its_name(draft):
    drawn = [code for code in due(draft.fresh()) if code.startswith("gambar_")]
    assert len(drawn) == 13


@pytest.mark.kewajiban("SLE-01")
@pytest.mark.parametrize(
    "facts", [{"land_area": 201}, {"land_status": "lainnya"}, {"kecamatan": "340408"}]
)
def test_other_land_is_outside_this_service_and_is_told_where_to_go(draft, facts):
    answer(draft, **facts)
    assert guards.chosen_track(draft.case)[0] == "di_luar_layanan"
    with pytest.raises(Unmet, match="di luar layanan"):
        services.perform("submit", draft.case, by=draft.applicant)


@pytest.mark.kewajiban("SLE-01")
def test_two_hundred_square_metres_are_within_it(draft):
    answer(draft, land_area=200)
    assert guards.chosen_track(draft.case)[0] == "ippt_imb"


# -- Hands, papers, messages ------------------------------------------------------------------
def kinds(driver):
    valid = Paper.objects.filter(case=driver.case.pk, status="berlaku")
    return set(valid.values_list("kind", flat=True))


@pytest.mark.kewajiban("SLE-05", "SLE-10", "SLE-12", "SLE-13", "SLE-14", "SLE-17", "SLE-18")
def test_a_straight_walk_takes_the_steps_of_the_document(drive):
    driver = drive("COLLECTED", "sleman")
    steps = [step for event in driver.case.events.order_by("seq") for step in event.steps]
    assert steps == STEPS
    receipts = {"tanda_terima", "tanda_terima_ippt"}
    assert BOTH | receipts | {"surat_permohonan_imb", "surat_permohonan_ippt"} <= kinds(driver)
    assert "pengesahan_sppl" not in kinds(driver)
    receipt = Paper.objects.get(case=driver.case.pk, kind="tanda_terima")
    assert "permohonan Izin Mendirikan Bangunan dan Izin Penggunaan" in str(receipt.content)
    assert "sekaligus bukti pengambilan" in str(receipt.content["closing"])
    assert "bersama bukti pembayaran retribusi" in str(receipt.content["closing"])


@pytest.mark.kewajiban("SLE-05", "SLE-19")
def test_the_counter_says_complete_only_after_it_looked_at_each_document(drive, client):
    driver = drive("SUBMITTED", "sleman")
    told = Message.objects.filter(user=driver.applicant).count()
    client.force_login(driver.actor())
    url = f"/admin/permohonan/{driver.case.pk}/langkah/endorse/"
    refused = client.post(url, {"version": driver.case.version})
    assert refused.status_code == 422
    assert "Belum sesuai: Bukti kepemilikan hak atas tanah" in refused.content.decode()
    assert driver.fresh().turn == 0 and not driver.case.duties.exists()
    assert not {"tanda_terima", "tanda_terima_ippt"} & kinds(driver)
    assert Message.objects.filter(user=driver.applicant).count() == told
    driver.judge_all()
    casework.add_point(driver.fresh(), "Alamat tanpa RT.", by=driver.actor())
    refused = client.post(url, {"version": driver.fresh().version})
    assert refused.status_code == 422
    assert "catatan yang belum dikirim" in refused.content.decode()
    casework.drop_point(driver.case, driver.case.points.get(), by=driver.actor())
    assert client.post(url, {"version": driver.fresh().version}).status_code == 302
    assert driver.fresh().turn_role == "kasi_pelayanan"
    assert {"tanda_terima", "tanda_terima_ippt"} <= kinds(driver)


@pytest.mark.kewajiban("SLE-11", "SLE-13")
def test_permit_and_bill_are_signed_before_payment_and_numbered_after_it(drive):
    driver = drive("AWAITING_PAYMENT", "sleman")
    papers = Paper.objects.filter(case=driver.case.pk)
    signed = {paper.kind for paper in papers if paper.signatures.filter(act="ttd").exists()}
    assert {"skrd", *BOTH} <= signed
    assert not papers.filter(kind__in=BOTH).exclude(number=None).exists()
    words = str(papers.get(kind="izin").content)
    assert "dibayar sesuai SKRD" in words and "lunas" in words and "Tidak ada" not in words
    driver.to("READY")
    assert papers.filter(kind__in=BOTH, status="berlaku").exclude(number=None).count() == 2


@pytest.mark.kewajiban("SLE-11")
@pytest.mark.parametrize(("turn", "role"), [(1, "kasi_pelayanan"), (2, "sekcam")])
def test_sekcam_and_camat_send_back_exactly_one_level(drive, turn, role):
    driver = drive("SKRD_SIGNING", "sleman")
    while driver.fresh().turn < turn:
        driver.act()
    services.perform("send_back", driver.case, by=driver.actor(), note="Luas keliru.")
    assert (driver.fresh().state, driver.case.turn_role) == ("SKRD_SIGNING", role)


@pytest.mark.kewajiban("SLE-06", "SLE-11")
def test_the_kasi_sends_back_to_the_technical_officer_and_to_the_counter(drive):
    driver = drive("SKRD_SIGNING", "sleman")
    services.perform("return_skrd", driver.case, by=driver.actor(), note="Luas keliru.")
    assert (driver.fresh().state, driver.case.turn_role) == ("FEE", "petugas_teknis")
    other = drive("SUBMITTED", "sleman")
    other.act()
    services.perform("send_back", other.fresh(), by=other.actor(), note="KTP kabur.")
    assert other.fresh().turn_role == "petugas_administrasi"


@pytest.mark.kewajiban("SLE-15")
def test_the_promise_is_fifteen_working_days(drive):
    driver = drive("SUBMITTED", "sleman")
    [total] = driver.case.rules.total
    assert (total.amount, total.unit, total.start) == (15, "hari_kerja", "submit")
    assert driver.case.due_at is not None


@pytest.mark.kewajiban("SLE-10")
def test_the_minutes_of_the_visit_are_signed_by_who_made_it(drive):
    driver = drive("FEE", "sleman")
    minutes = Paper.objects.get(case=driver.case.pk, kind="berita_acara", status="berlaku")
    assert [given.role for given in minutes.signatures.filter(act="ttd")] == ["petugas_teknis"]
    assert "Di lokasi" in str(minutes.content)


@pytest.mark.kewajiban("SLE-07")
def test_the_applicant_is_told_when_and_where_the_visit_is(drive, client):
    driver = drive("ASSESSMENT", "sleman")
    driver.write_records()
    client.force_login(driver.applicant)
    assert "Janji temu" not in client.get(driver.case.get_absolute_url()).content.decode()
    driver.act()
    page = client.get(driver.case.get_absolute_url()).content.decode()
    assert "Janji temu: tinjau lokasi" in page and "pukul 09.00" in page
    mail = Message.objects.filter(user=driver.applicant, channel="email").latest("created_at")
    assert "Tinjau lokasi: " in mail.body and "pukul 09.00" in mail.body


def test_who_visits_declares_himself_disinterested_and_nobody_for_him(drive, client):
    driver = drive("ASSESSMENT", "sleman")
    driver.act()
    driver.fresh()
    driver.write_records()
    colleague = User.objects.create_user(email="rekan@demo.test", name="Rekan", is_staff=True)
    mine = Posting.objects.get(user=driver.actor())
    mine.pk, mine.user = None, colleague
    mine.save()
    with pytest.raises(Unmet) as refused:
        services.perform("approve_technical", driver.fresh(), by=colleague)
    assert "pernyataan tanpa kepentingan" in str(refused.value.missing)
    client.force_login(driver.actor())
    url = f"/admin/permohonan/{driver.case.pk}/isian/tanpa_kepentingan/"
    assert client.post(url, {}).status_code == 422
    assert client.post(url, {"declared": "on"}).status_code == 302


@pytest.mark.satu_basis_data
@pytest.mark.kewajiban("SLE-09")
def test_data_and_documents_that_differ_from_the_site_are_corrected_by_the_applicant(drive):
    driver = drive("ASSESSMENT", "sleman")
    driver.act()
    driver.fresh()
    casework.add_point(driver.case, "Luas tanah berbeda dengan bukti hak.", by=driver.actor())
    services.perform("request_revision", driver.fresh(), by=driver.actor())
    letter = Paper.objects.get(case=driver.case.pk, kind="surat_perbaikan", status="berlaku")
    assert "data atau dokumen" in str(letter.content) and "Luas tanah" in str(letter.content)
    answer(driver, land_area=180)
    casework.upload(driver.case, "bukti_hak", drawings.pdf("Sertifikat"), by=driver.applicant)
    driver.fresh()
    driver.answer_points()
    services.perform("revise", driver.fresh(), by=driver.applicant)
    assert (driver.fresh().state, driver.case.turn_role) == ("ASSESSMENT", "petugas_teknis")
    [slot] = [slot for slot in requirements.due(driver.case) if slot.code == "bukti_hak"]
    assert slot.to_judge("ASSESSMENT") and driver.case.land_area == 180


# -- Letters of other agencies ----------------------------------------------------------------
@pytest.fixture
def river(draft):
    answer(draft, borders_river=True, river_distance=12, river_setback=10)
    return draft


def letter_page(river):
    return f"/permohonan/{river.case.pk}/berkas/rekomendasi_sungai/surat/"


@pytest.mark.kewajiban("SLE-02")
def test_the_applicant_notes_how_far_a_letter_is(river, client):
    client.force_login(river.applicant)
    today = clock.today(river.case)
    dates = {"asked_on": today - datetime.timedelta(days=3), "expected_on": today}
    assert client.post(letter_page(river), dates).status_code == 302
    page = client.get(f"/permohonan/{river.case.pk}/berkas/").content.decode()
    assert "Balai Besar Wilayah Sungai" in page and "Diminta " in page
    wrong = client.post(letter_page(river), dates | {"received_on": today.replace(year=2099)})
    assert wrong.status_code == 422 and "belum tiba" in wrong.content.decode()


@pytest.mark.kewajiban("SLE-02")
def test_a_letter_that_has_ended_must_be_renewed_before_sending(river, client):
    river.upload("submit")
    river.accept_statements("submit")
    casework.upload(river.case, "rekomendasi_sungai", drawings.pdf("Surat"), by=river.applicant)
    client.force_login(river.applicant)
    yesterday = clock.today(river.case) - datetime.timedelta(days=1)
    client.post(letter_page(river), {"valid_until": yesterday})
    with pytest.raises(Unmet) as refused:
        services.perform("submit", river.fresh(), by=river.applicant)
    assert "hanya berlaku sampai" in str(refused.value.missing)


# -- Handing over ------------------------------------------------------------------------------
@pytest.mark.kewajiban("SLE-14")
def test_it_is_handed_over_against_receipt_and_proof_of_payment(drive, client):
    driver = drive("READY", "sleman")
    client.force_login(driver.actor())
    url = f"/admin/permohonan/{driver.case.pk}/isian/serah_terima/"
    page = client.get(url).content.decode()
    assert "Kode pengambilan" not in page and "Bukti pembayaran retribusi ditunjukkan" in page
    given = {"receiver": "Budi", "relation": "pemohon", "receipt": "on"}
    assert client.post(url, given).status_code == 422
    assert client.post(url, given | {"payment": "on"}).status_code == 302


@pytest.mark.kewajiban("SLE-07")
def test_the_sheet_of_the_visit_asks_for_what_was_stated_and_takes_photos(drive, client):
    driver = drive("ASSESSMENT", "sleman")
    driver.act()
    client.force_login(driver.actor())
    url = f"/admin/permohonan/{driver.case.pk}/isian/tinjau_lokasi/"
    page = client.get(url).content.decode()
    assert "Menurut permohonan: 84 m²" in page and "Foto lokasi" in page
    assert "Menurut permohonan: 7 m dari as jalan." in page
    photo = drawings.card("Tampak depan", "0")
    typed = {"file": photo, "lampiran": "1", "footprint": "91,5", "septic_tank": "tidak"}
    kept = client.post(url, typed)
    page = kept.content.decode()
    assert kept.status_code == 200 and "Foto lokasi tersimpan" in page and "Foto 1" in page
    assert 'value="91,5"' in page
    assert re.search(r'name="septic_tank"[^>]*value="tidak"[^>]*checked', page)
    photo.seek(0)
    again = client.post(url, typed).content.decode()
    assert "Foto 2" not in again
    refused = client.post(url, {"lampiran": "1", "footprint": "91,5"})
    assert refused.status_code == 422 and 'value="91,5"' in refused.content.decode()


def test_the_next_hand_sees_the_photos_and_the_applicant_does_not(drive, client):
    driver = drive("ASSESSMENT", "sleman")
    driver.act()
    client.force_login(driver.actor())
    url = f"/admin/permohonan/{driver.case.pk}/isian"
    client.post(f"{url}/tinjau_lokasi/", {"file": drawings.card("Depan", "0"), "lampiran": "1"})
    client.post(f"{url}/berita_acara/", {"file": drawings.pdf("Daftar hadir"), "lampiran": "1"})
    driver.act()
    client.force_login(driver.officers["kasi_pelayanan"])
    page = client.get(f"/admin/permohonan/{driver.case.pk}/").content.decode()
    links = re.findall(r'href="(/berkas/[^"]*/)"[^>]*>(?:Foto 1|daftar)', page)
    assert len(links) == 2 and "Tanggal" in page and "Yang perlu disiapkan pemohon" in page
    assert [client.get(link).status_code for link in links] == [200, 200]
    client.force_login(driver.applicant)
    assert [client.get(link).status_code for link in links] == [404, 404]


@pytest.mark.kewajiban("SLE-07", "SLE-08")
def test_what_was_measured_on_the_site_is_held_against_the_rules(drive, client):
    driver = drive("ASSESSMENT", "sleman")
    driver.act()
    client.force_login(driver.actor())
    url = f"/admin/permohonan/{driver.case.pk}/isian/tinjau_lokasi/"
    sheet = {
        "footprint": "100", "land_area": "180", "green_area": "50,5", "covered_area": "130",
        "infiltration_volume": "3", "septic_tank": "ya", "waste_well": "ya", "water_tower": "ya",
        "water_tower_volume": "1,5", "drawings": "tidak", "road": "sesuai", "note": "Lebih luas.",
    }  # fmt: skip
    assert client.post(url, sheet).status_code == 302
    page = client.get(url).content.decode()
    assert "55,56 %, paling banyak 50 %" in page and "kurangi 10 m²" in page
    assert "tambah 1,5 m³" in page


def sheet_of(driver, **changes):
    """Write the sheet of the visit anew with other findings."""
    found = driver.fresh().records.get(kind="tinjau_lokasi").data
    found["measured"] |= changes.pop("measured", {})
    casework.record(driver.case, "tinjau_lokasi", found | changes, by=driver.actor())
    return driver.fresh()


@pytest.mark.kewajiban("SLE-07", "SLE-08", "SLE-09", "SLE-11")
def test_what_the_visit_found_wanting_is_corrected_or_goes_on_with_a_written_reason(drive, client):
    driver = drive("ASSESSMENT", "sleman")
    driver.act()
    driver.fresh()
    driver.judge_all()
    driver.write_records()
    case = sheet_of(driver, measured={"footprint": "100"}, road="tidak")
    officer, page = driver.actor(), f"/admin/permohonan/{case.pk}/"
    short = ["KDB", "Jarak bangunan ke jalan (sempadan jalan)"]
    assert [text for text, line in zip(short, site_sheet.shortcomings(case), strict=True)
            if text in line] == short  # fmt: skip
    client.force_login(officer)
    seen = client.get(page).content.decode()
    assert "KDB 56\N{NO-BREAK SPACE}% dari 50" in seen and "Menurut hasil tinjau lokasi" in seen
    assert "Mengapa tetap diteruskan?" in seen
    refused = client.post(f"{page}langkah/approve_technical/", {"version": case.version})
    assert refused.status_code == 422 and "Tulis mengapa tetap" in refused.content.decode()
    assert driver.fresh().state == "ASSESSMENT"

    driver.sideways("request_revision")
    answer(driver, footprint=80)
    driver.sideways("revise")
    assert site_sheet.shortcomings(driver.fresh()) == []  # the plan is another one by now
    driver.judge_all()
    driver.write_records()
    case = sheet_of(driver, measured={"footprint": "100"}, road="tidak", note="Teras ikut diukur.")

    why = "Teras tanpa atap terukur; tetangga depan setuju."
    form = {"version": case.version, "note": why}
    assert client.post(f"{page}langkah/approve_technical/", form).status_code == 302
    approved = driver.fresh().events.get(move="approve_technical")
    assert approved.note.text == why and len(approved.data["despite"]) == 2
    minutes = Paper.objects.get(case=case.pk, kind="berita_acara", status="berlaku")
    sheet = papers.content(driver.case, "lembar_kendali_imb", at=approved.at)
    for printed in (str(minutes.content), str(sheet.as_json())):
        for words in ("55,56", "paling banyak 50", "Tidak sesuai", "7 m", why, "Teras ikut diukur"):
            assert words in printed, words
    client.force_login(driver.officers["kasi_pelayanan"])
    seen = client.get(page).content.decode()
    assert "Disetujui meski tidak sesuai" in seen and why in seen
    assert "KDB 56\N{NO-BREAK SPACE}% dari 50" in seen
