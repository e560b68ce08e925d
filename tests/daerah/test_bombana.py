"""The file of Bombana says what its document says: SOP, components, the chart of 18 steps."""

from decimal import Decimal

import pytest

from imbportal.daerah import conditions, loader, registry, spans, standard, tables
from imbportal.daerah.references import links, moves
from retribusi import engine
from retribusi.inputs import Refused

RULES = registry.current("bombana")
CARD = {item.code: item for item in standard.components(RULES)}
POLICY = {item.code: item.text for item in RULES.policy}
FRONT, KASI, BACK, KABID, KADIS = (
    "Front office", "Kepala Seksi Pelayanan", "Back office", "Kepala Bidang Pelayanan",
    "Kepala Dinas",
)  # fmt: skip
TECHNICAL, SECRETARY, SECRETARIAT = "Dinas PU dan PR", "Sekretaris", "Sekretariat"
HANDS = {
    1: {FRONT}, 2: {FRONT}, 3: {KASI}, 4: {BACK}, 5: {BACK}, 6: {KASI}, 7: {KABID, KADIS},
    8: {KADIS, BACK}, 9: {TECHNICAL}, 10: {KADIS}, 11: {KABID}, 12: {BACK}, 13: {KASI},
    14: {KABID}, 15: {SECRETARY}, 16: {KADIS}, 17: {SECRETARIAT}, 18: {FRONT},
}  # fmt: skip
"""Who acts at each step of the chart, as far as its words tell (policy ``pelaku``)."""
HOUSE = {
    "luas": "120", "fungsi": "hunian", "kompleksitas": "sederhana", "permanensi": "permanen",
    "risiko_kebakaran": "rendah", "zona_gempa": 4, "kepadatan": "sedang", "ketinggian": "rendah",
    "kepemilikan": "perorangan", "waktu_penggunaan": "tetap",
}  # fmt: skip


def total(**given):
    asked = {"tanggal": "2026-07-01", "kegiatan": "baru", "bangunan": [HOUSE]} | given
    return engine.calculate(RULES.tariff, asked).total


def chain(gate, track="pbg"):
    return RULES.chains(track)[gate]


@pytest.mark.kewajiban("BOM-01")
def test_both_lists_of_laws_are_shown_with_what_differs():
    laws = [item.text for item in RULES.legal_basis]
    assert len(laws) == 9 and sum("28 Tahun 2002 tentang Bangunan" in law for law in laws) == 2
    assert sum(law.startswith("Undang-Undang Nomor 28 Tahun 2009") for law in laws) == 1
    notes = [item.note for item in RULES.legal_basis if "Hanya dalam daftar" in item.note]
    assert len(notes) == 2
    for part in ("Izin Lingkungan", "UKL-UPL", "Laik Fungsi", "Pembongkaran", "Gudang"):
        assert part in POLICY["keterkaitan"]
    assert "Nomor 5 tidak tercetak" in POLICY["keterkaitan"]


@pytest.mark.kewajiban("BOM-02")
def test_who_brings_too_little_is_warned_that_it_is_not_processed():
    assert "tidak akan diproses" in CARD["persyaratan"].note
    assert "tidak lengkap tidak diproses" in RULES.statement[0].text
    assert "buku registrasi" in CARD["sarana"].note and "form pendataan" in CARD["sarana"].note


@pytest.mark.kewajiban("BOM-03")
def test_seven_requirements_stand_as_printed_two_of_them_with_the_account():
    assert len(CARD["persyaratan"].items) == 7
    cites = [item.cite.rsplit(" ", 1)[1] for item in RULES.requirement]
    assert cites == ["3", "4", "5", "7", "6"]
    land = RULES.requirement_by_code("bukti_tanah")
    assert "dilegalisasi Lurah dan Camat" in land.label
    assert "PBB tahun terakhir" in RULES.requirement_by_code("pbb").label
    assert {choice.label for choice in RULES.fact_by_code("land_right").choices} == {
        "Sertifikat", "Surat tanah", "Girik",
    }  # fmt: skip
    assert "rusak" in POLICY["formulir_dan_ktp"]


@pytest.mark.kewajiban("BOM-03")
@pytest.mark.parametrize(("owned", "asked"), [(True, False), (False, True)])
def test_who_builds_on_another_s_land_brings_lease_or_consent(owned, asked):
    lease = RULES.requirement_by_code("sewa_atau_izin_pemilik")
    assert conditions.holds(lease.when, {"land_owned": owned}) is asked


@pytest.mark.kewajiban("BOM-04")
@pytest.mark.parametrize(
    "part",
    [
        "peta Badan Pertanahan Nasional", "nama jalan", "peruntukan bangunan", "denah situasi",
        "garis sempadan", "arah mata angin dan skala",
    ],
)  # fmt: skip
def test_the_drawing_is_told_what_it_must_hold(part):
    drawing = RULES.requirement_by_code("gambar_bangunan")
    assert part in drawing.help and drawing.checked_at == "ASSESSMENT"


@pytest.mark.kewajiban("BOM-05")
def test_a_new_building_pays_area_by_index_by_price():
    assert total(tarif={"hsbg": "16000"}) == 120 * 16_000 * 29 // 100


@pytest.mark.kewajiban("BOM-06")
@pytest.mark.parametrize(
    ("work", "damage"), [("rehabilitasi_sedang", "0.45"), ("rehabilitasi_berat", "0.65")]
)
def test_rehabilitation_pays_by_its_damage(work, damage):
    expected = Decimal(120 * 16_000) * Decimal("0.29") * Decimal(damage)
    assert total(kegiatan=work, tarif={"hsbg": "16000"}) == expected


@pytest.mark.kewajiban("BOM-07")
@pytest.mark.parametrize(
    ("work", "factor"),
    [("baru", "1"), ("rehabilitasi_sedang", "0.45"), ("rehabilitasi_berat", "0.65")],
)
def test_structures_pay_by_their_own_unit_and_damage(work, factor):
    fence = [{"kode": "pagar", "volume": "40"}]
    given = {"bangunan": [], "kegiatan": work, "prasarana": fence}
    assert total(**given, tarif={"prasarana": {"pagar": "1500"}}) == 60_000 * Decimal(factor)
    units = {price.unit for price in RULES.tariff[0].prasarana.values()}
    assert units == {"m", "m²", "unit"}


@pytest.mark.kewajiban("BOM-08")
@pytest.mark.parametrize(
    ("stage", "factor"),
    [
        ("galian", "1.10"), ("pondasi", "1.20"), ("dinding_kolom", "1.30"), ("kap", "1.40"),
        ("atap", "1.50"), ("telah_digunakan", "1.75"),
    ],
)  # fmt: skip
def test_work_begun_multiplies_a_new_building(stage, factor):
    plain = total(tarif={"hsbg": "16000"})
    assert total(kondisi=stage, tarif={"hsbg": "16000"}) == plain * Decimal(factor)
    assert "contoh" in POLICY["kondisi_bangunan"]


@pytest.mark.kewajiban("BOM-08")
def test_one_key_makes_every_stage_a_sample_and_can_switch_all_off():
    tariff = RULES.tariff[0]
    stages = tables.of(tariff).figure["kondisi"].values()
    assert len(stages) == 7 and all(stage.contoh for stage in stages)
    off = tariff.kondisi_berlaku.model_copy(update={"value": False})
    without = tariff.model_copy(update={"kondisi_berlaku": off})
    assert "kondisi" not in tables.of(without).figure
    asked = {"tanggal": "2026-07-01", "kegiatan": "baru", "bangunan": [HOUSE]}
    assert engine.calculate([without], asked).total == total()
    with pytest.raises(Refused):
        engine.calculate([without], asked | {"kondisi": "kap"})


@pytest.mark.parametrize("table", ["[tariff.kondisi_berlaku]", "[tariff.index.kondisi]"])
def test_the_table_of_stages_and_the_key_that_switches_it_come_together(table):
    text = (registry.FOLDER / "bombana.toml").read_text(encoding="utf-8")
    head, _, tail = text.partition(f"{table}\n")
    with pytest.raises(loader.DaerahError, match="tariff.0..kondisi_berlaku: must be given with"):
        loader.load(head + tail.partition("\n\n")[2], "bombana.toml")


@pytest.mark.kewajiban("BOM-09")
def test_twenty_eight_working_days_of_which_twenty_and_one_have_a_hand():
    [whole] = RULES.total
    assert (whole.amount, whole.unit, whole.start) == (28, "hari_kerja", "submit")
    assert "(delapan)" in whole.note and RULES.service.product == ("Persetujuan Bangunan Gedung",)
    found = {
        (gate, number): (span.deadline.amount, span.deadline.unit, len(span.places))
        for gate, hands in RULES.chains("pbg").items()
        for number, link in enumerate(hands)
        if (span := spans.of(RULES, "pbg", (gate, number))) and not span.deadline.ours
    }
    step_9 = [("ASSESSMENT", 5), ("ASSESSMENT", 6), ("FEE", 0)]
    assert [k.steps for gate, number in step_9 for k in chain(gate)[number:][:1]] == [(9,)] * 3
    assert found == dict.fromkeys(step_9, (20, "hari_kerja", 3)) | {
        ("PERMIT_SIGNING", 3): (1, "hari_kerja", 1), ("REJECTION_SIGNING", 3): (1, "hari_kerja", 1),
    }  # fmt: skip


@pytest.mark.kewajiban("BOM-10", "BOM-11", "BOM-12", "BOM-13", "BOM-14")
@pytest.mark.kewajiban("BOM-15", "BOM-16", "BOM-17", "BOM-18")
@pytest.mark.parametrize("step", range(1, 19))
def test_a_step_is_in_the_hands_of_the_chart(step):
    assert {RULES.role[k.role].title for _, k in links(RULES) if step in k.steps} == HANDS[step]
    assert not any(on.steps for _, on in moves(RULES))
    assert len(CARD["prosedur"].items) == 18


@pytest.mark.kewajiban("BOM-11", "BOM-12")
def test_the_kasi_checks_before_the_back_office_registers_and_gives_the_receipt():
    front, kasi, back = chain("SUBMITTED")
    assert (kasi.act, kasi.duty, back.issue) == ("periksa", "verifikasi", ("tanda_terima",))
    assert back.notify == {"pemohon": "email/sms"} and not front.issue


@pytest.mark.kewajiban("BOM-13")
def test_the_cover_letter_is_drafted_initialled_twice_signed_and_carried():
    acts = [(k.act, k.role) for k in chain("ASSESSMENT") if "surat_pengantar" in k.papers]
    assert acts == [
        ("draf", "back_office"), ("paraf", "kasi_pelayanan"), ("paraf", "kabid_pelayanan"),
        ("ttd", "kadis"),
    ]  # fmt: skip
    [carried] = [k for k in chain("ASSESSMENT") if "surat_pengantar" in k.issue]
    assert (carried.act, carried.role) == ("surat", "back_office")


@pytest.mark.kewajiban("BOM-14", "BOM-26")
def test_the_technical_office_surveys_recommends_and_calculates():
    survey = next(k for k in chain("ASSESSMENT") if k.role == "dinas_teknis")
    assert survey.papers == survey.issue == ("bapl",) and "bapl" in survey.needs
    [counted] = chain("FEE")
    assert counted.role == "dinas_teknis" and "pendataan" in counted.needs
    assert counted.issue == ("nota_hitung", "rekomendasi_teknis")
    assert "nota hitung langkah 9" in POLICY["tagihan"]


@pytest.mark.kewajiban("BOM-15", "BOM-16", "BOM-17", "BOM-18")
def test_the_permit_is_disposed_drafted_initialled_signed_and_then_numbered():
    acts = [(k.act, k.role) for k in chain("PERMIT_SIGNING")]
    assert acts == [
        ("disposisi", "kadis"), ("disposisi", "kabid_pelayanan"), ("draf", "back_office"),
        ("paraf", "kasi_pelayanan"), ("paraf", "kabid_pelayanan"), ("paraf", "sekretaris"),
        ("ttd", "kadis"), ("nomor", "sekretariat"),
    ]  # fmt: skip
    hands = (*chain("PERMIT_SIGNING"), *chain("READY"))
    assert [k.steps for k in hands] == [(step,) for step in range(10, 19)]
    carried = ("rekomendasi_persetujuan", "izin")
    assert [k.papers for k in chain("PERMIT_SIGNING")[2:7]] == [carried] * 5
    assert chain("PERMIT_SIGNING")[-1].issue == carried
    assert chain("ISSUED")[0].issue == ("lembar_register", "lembar_arsip")


@pytest.mark.kewajiban("BOM-19")
def test_complaints_have_six_ways_and_five_days():
    assert (RULES.complaint.amount, RULES.complaint.unit) == (5, "hari")
    ways = " ".join(RULES.complaint.channels)
    assert len(RULES.complaint.channels) == 6
    assert "082331114885" in ways and "info.dpmptsp@gmail.com" in ways and "IKM" in ways


@pytest.mark.kewajiban("BOM-20")
def test_what_is_guaranteed_is_published_and_late_is_brought():
    assert len(CARD["jaminan_pelayanan"].items) == 7
    assert "imbalan apa pun selain tarif" in CARD["jaminan_pelayanan"].items[4]
    assert "sanksi" in CARD["jaminan_pelayanan"].items[6]
    assert RULES.late.deliver and RULES.late.paper == "tanda_antar"


@pytest.mark.kewajiban("BOM-21")
def test_the_sheet_of_the_permit_is_recorded_with_serial_signature_and_stamp():
    assert chain("ISSUED")[0].needs == ("kertas_khusus",)
    assert RULES.original.serial and RULES.original.stamp and RULES.original.scan
    for part in ("kertas khusus", "bernomor seri", "tanda tangan asli", "dicap basah"):
        assert part in CARD["jaminan_keamanan"].text


@pytest.mark.kewajiban("BOM-22")
def test_the_survey_of_satisfaction_goes_to_every_applicant():
    assert "setiap pemohon" in CARD["evaluasi"].text and "IKM" in CARD["evaluasi"].text
    assert chain("READY")[-1].issue == ("serah_terima", "lembar_ikm")


@pytest.mark.kewajiban("BOM-23")
def test_qualifications_equipment_and_twenty_facilities_are_shown():
    assert (len(CARD["kompetensi"].items), len(CARD["sarana"].items)) == (3, 20)
    assert "komputer yang dilengkapi dengan aplikasi" in CARD["sarana"].note


@pytest.mark.kewajiban("BOM-24")
def test_the_authority_is_named_and_the_empty_number_too():
    assert any("Nomor 67 Tahun 2021" in item.text for item in RULES.legal_basis)
    assert "nomor SOP tidak tercantum" in RULES.source


@pytest.mark.kewajiban("BOM-25")
def test_a_refusal_takes_the_same_hands_to_the_front_office():
    granted = [(k.steps, k.role) for k in (*chain("PERMIT_SIGNING"), *chain("READY"))]
    assert [(k.steps, k.role) for k in chain("REJECTION_SIGNING")] == granted
    assert chain("REJECTION_SIGNING")[-2].issue == ("penolakan",)
