"""The file of Probolinggo says what its document says: article 2, four tracks, two signatures."""

import datetime
from decimal import Decimal

import pytest

from imbportal import areas, publik
from imbportal.daerah import conditions, registry, standard, tracks
from retribusi import engine

RULES = registry.current("probolinggo")
CARD = {item.code: item for item in standard.components(RULES)}
POLICY = {item.code: item.text for item in RULES.policy}
SERVED = ["pasal6", "pasal3", "pasal4", "pasal5"]
PLAIN = {
    "kecamatan": "357404", "land_area": Decimal(300), "public_interest": False, "work": "baru",
    "floors": 1, "floor_area": Decimal(60), "by_proxy": False, "applicant_kind": "perorangan",
    "warehouse": False,
}  # fmt: skip
SIMPLE = PLAIN | {"function": "hunian_sederhana", "dwelling": "tunggal"}
HOUSE = PLAIN | {"function": "hunian", "dwelling": "tunggal"}
SHOP = PLAIN | {"function": "usaha"}
STEPS = {"pasal3": 9, "pasal4": 9, "pasal5": 11, "pasal6": 17}
"""Letters of each article."""


def track(facts):
    return tracks.choose(RULES, facts)[0]


def due(facts):
    """Return the documents that somebody with these answers brings."""
    known = facts | {"track": track(facts)}
    found = {item.code: conditions.holds(item.when, known) for item in RULES.requirement}
    assert None not in found.values(), found
    return {code for code, holds in found.items() if holds}


def hands(code, gate):
    """Return (letter, role, act) of the links at a gate of a track."""
    return [(link.steps, link.role, link.act) for link in RULES.chains(code).get(gate, ())]


# -- Words and law -----------------------------------------------------------------------------
@pytest.mark.kewajiban("PRO-01", "PRO-13")
def test_thirteen_words_and_forty_seven_laws_are_shown():
    words = {item.term: item.text for item in RULES.definition}
    assert len(RULES.definition) == 13
    assert [item.cite for item in RULES.definition] == [f"Pasal 1 angka {n}" for n in range(1, 14)]
    assert "persyaratan tata bangunan" in words["Keterangan Rencana Kota (KRK)"]
    assert words["Camat"] == "Kepala kecamatan se-Kota Probolinggo"
    cites = [item.cite for item in RULES.legal_basis]
    assert cites == [f"Mengingat butir {n}" for n in range(1, 48)]
    assert "Nomor 17 Tahun 1950" in RULES.legal_basis[0].text
    assert "Nomor 9 Tahun 2008 tentang Retribusi" in RULES.legal_basis[45].text
    assert "Pelimpahan Sebagian Kewenangan Walikota" in RULES.legal_basis[46].text


@pytest.mark.kewajiban("PRO-13")
def test_five_kinds_of_work_are_offered_and_each_has_its_price():
    fact = RULES.fact_by_code("work")
    assert [choice.label for choice in fact.choices] == [
        "Membangun baru", "Mengubah", "Memperluas", "Mengurangi", "Merawat",
    ]  # fmt: skip
    part = WORKED["bangunan"][0]
    for choice in fact.choices:
        assert total(kegiatan=choice.value, bangunan=[part]) > 0
    assert "pemilik bangunan gedung" in RULES.statement[0].text


@pytest.mark.kewajiban("PRO-16")
def test_it_is_in_force_since_the_day_of_its_promulgation():
    assert RULES.tariff[0].berlaku == datetime.date(2008, 5, 12)
    assert "12 Mei 2008" in RULES.service.decree and "Nomor 13 Tahun 2008" in RULES.source


# -- Article 2 ---------------------------------------------------------------------------------
ALWAYS = {"pbb", "bukti_tanah", "surat_lurah_camat", "gambar_rencana"}
CONSTRUCTION = {"perhitungan_konstruksi", "pernyataan_konstruksi"}
PRIOR = {"ippt", "ijin_lokasi"}


@pytest.mark.kewajiban("PRO-02", "PRO-14")
def test_article_2_has_its_documents_sets_and_scales():
    labels = {item.code: (item.label, item.sets) for item in RULES.requirement}
    assert labels["pbb"] == ("Tanda lunas SPPT PBB tahun terakhir", 2)
    assert "diketahui pejabat yang berwenang" in labels["bukti_tanah"][0]
    assert labels["gambar_rencana"] == ("Gambar rencana bangunan (bestek), skala 1:100", 3)
    assert labels["perhitungan_konstruksi"][1] == 2
    for material, scales in (("kayu", "1:20"), ("beton", "1:20"), ("baja", "1:5")):
        assert labels[f"gambar_konstruksi_{material}"] == (
            f"Gambar konstruksi {material}, skala 1:50 dan {scales}", 2,
        )  # fmt: skip
    letter = RULES.requirement_by_code("surat_lurah_camat")
    assert "Lurah dan Camat" in letter.label and letter.authority  # asked for, so it is tracked
    assert len(CARD["persyaratan"].items) == 8
    assert "Kepala Badan Pelayanan Perijinan" in CARD["persyaratan"].items[0]
    assert "kepada Kepala Badan Pelayanan Perijinan" in RULES.statement[0].text
    assert RULES.statement[0].move == "submit"


@pytest.mark.kewajiban("PRO-02", "PRO-04")
@pytest.mark.parametrize(
    ("facts", "more"),
    [
        (SIMPLE, {"penelitian_lokasi"}),
        (HOUSE, {"penelitian_lokasi", "bukti_perencana"}),
        (SHOP, {"syarat_zoning", "ippt"}),
        (SHOP | {"warehouse": True, "structure": "baja"},
         {"syarat_zoning", "ippt", "gambar_konstruksi_baja", *CONSTRUCTION}),
        (SHOP | {"floors": 2, "structure": "kayu"},
         {"syarat_zoning", "ippt", "gambar_konstruksi_kayu", *CONSTRUCTION}),
        (SIMPLE | {"floors": 2, "structure": "beton"},
         {"penelitian_lokasi", "bukti_perencana", "gambar_konstruksi_beton", *CONSTRUCTION}),
    ],
)  # fmt: skip
def test_each_condition_of_article_2_asks_for_its_document_alone(facts, more):
    assert due(facts) == ALWAYS | more


@pytest.mark.kewajiban("PRO-02")
def test_zoning_is_met_by_the_krk_of_every_track():
    assert RULES.requirement_by_code("syarat_zoning").optional
    assert all(RULES.chains(code)["KRK_REQUESTED"] for code in SERVED)
    assert "KRK terbit lebih dahulu" in POLICY["zoning_atau_krk"]


# -- Articles 3 to 6: which way ----------------------------------------------------------------
@pytest.mark.kewajiban("PRO-03", "PRO-04", "PRO-05", "PRO-06")
@pytest.mark.parametrize(
    ("facts", "code"),
    [
        (SIMPLE, "pasal3"),
        (SIMPLE | {"floor_area": Decimal("70")}, "pasal3"),
        (SIMPLE | {"floor_area": Decimal("70.01")}, "pasal4"),
        (SIMPLE | {"dwelling": "deret"}, "pasal3"),
        (SIMPLE | {"dwelling": "lainnya"}, "pasal3"),
        (SIMPLE | {"dwelling": "lainnya", "floor_area": Decimal(90)}, "pasal5"),
        (SIMPLE | {"floors": 2}, "pasal4"),
        (SIMPLE | {"floors": 2, "dwelling": "deret"}, "pasal4"),
        (SIMPLE | {"floors": 3}, "pasal5"),
        (HOUSE, "pasal4"),
        (HOUSE | {"dwelling": "deret"}, "pasal4"),
        (HOUSE | {"floors": 2}, "pasal5"),
        (HOUSE | {"floors": 2, "dwelling": "deret"}, "pasal5"),
        (HOUSE | {"floors": 3}, "pasal5"),
        (HOUSE | {"dwelling": "lainnya"}, "pasal5"),
        (SHOP, "pasal5"),
        (SHOP | {"public_interest": True}, "pasal6"),
        (SIMPLE | {"public_interest": True}, "pasal6"),
    ],
)
def test_the_building_decides_its_track(facts, code):
    assert track(facts) == code


@pytest.mark.kewajiban("PRO-03", "PRO-05")
def test_the_overlap_and_the_open_70_square_metres_are_recorded():
    assert "sederhana masuk Pasal 4, yang tidak sederhana masuk Pasal 5" in POLICY["dua_lantai"]
    assert "Kami menerapkannya pada ketiganya" in POLICY["luas_70"]
    assert "tidak menjelaskan" in POLICY["kepentingan_umum"]
    assert [*RULES.track] == [*SERVED, "di_luar_layanan"]


@pytest.mark.kewajiban("PRO-03", "PRO-04", "PRO-05", "PRO-06")
@pytest.mark.parametrize("code", SERVED)
def test_a_track_has_all_letters_of_its_article(code):
    printed = publik.procedure(RULES, code)
    assert [step.number for step in printed] == [*range(1, STEPS[code] + 1)]
    chains = RULES.chains(code).values()
    numbers = {number for chain in chains for link in chain for number in link.steps}
    for move in ("request_krk", "submit", "report_payment", "submit_payment"):
        numbers |= {*RULES.on_move(code, move).steps}
    assert numbers == {*range(1, STEPS[code] + 1)}
    assert f"Pasal {code[-1]}." in RULES.track[code].note
    signing = RULES.chains(code)["PERMIT_SIGNING"]
    titles = ", ".join(RULES.role[link.role].title for link in signing)
    assert printed[signing[0].steps[0] - 1].who == titles


# -- Articles 3 to 6: the hands ----------------------------------------------------------------
@pytest.mark.kewajiban("PRO-03", "PRO-17")
def test_article_3_begins_and_pays_at_the_kecamatan():
    assert hands("pasal3", "KRK_REQUESTED") == [((1,), "petugas_kecamatan", "surat")]
    paid = RULES.on_move("pasal3", "submit_payment")
    assert (paid.role, paid.steps) == ("petugas_kecamatan", (6, 7))
    assert "Badan Pelayanan Perijinan" in paid.done
    assert hands("pasal3", "PAYMENT_REVIEW") == [((7,), "bendahara_bpp", "periksa")]
    assert hands("pasal3", "READY") == [((9,), "petugas_kecamatan", "serah")]
    assert not due(SIMPLE) & PRIOR


@pytest.mark.kewajiban("PRO-04", "PRO-05", "PRO-06")
@pytest.mark.parametrize("code", ["pasal4", "pasal5", "pasal6"])
def test_the_other_tracks_begin_at_the_permit_office(code):
    assert hands(code, "KRK_REQUESTED") == [((1,), "petugas_bpp", "surat")]
    assert RULES.on_move(code, "submit_payment").role is None


@pytest.mark.kewajiban("PRO-04", "PRO-17")
def test_article_4_asks_who_planned_and_for_his_proof():
    fact = RULES.fact_by_code("planner")
    assert conditions.holds(fact.when, {"track": "pasal4"})
    assert not conditions.holds(fact.when, {"track": "pasal5"})
    assert "terdaftar" in fact.choices[0].label and fact.choices[1].label == "Penyedia jasa"
    assert RULES.requirement_by_code("bukti_perencana").contoh
    assert hands("pasal4", "PAYMENT_REVIEW") == [((7,), "bendahara_bpp", "periksa")]


@pytest.mark.kewajiban("PRO-05", "PRO-06")
@pytest.mark.parametrize("facts", [SHOP, SHOP | {"public_interest": True, "environment": "amdal"}])
@pytest.mark.parametrize(
    ("area", "wanted"), [("1", "ippt"), ("9999.99", "ippt"), ("10000", "ijin_lokasi")]
)
def test_land_below_one_hectare_needs_the_land_office_and_from_there_the_walikota(
    facts, area, wanted
):
    assert due(facts | {"land_area": Decimal(area)}) & PRIOR == {wanted}
    offices = {code: RULES.requirement_by_code(code).authority for code in PRIOR}
    assert offices["ippt"].startswith("Kantor Pertanahan")
    assert offices["ijin_lokasi"].startswith("Walikota")


@pytest.mark.kewajiban("PRO-06")
@pytest.mark.parametrize("document", ["amdal", "ukl_upl"])
def test_public_interest_brings_its_environment_document_and_the_agencies_approval(document):
    facts = SHOP | {"public_interest": True, "environment": document}
    assert due(facts) == ALWAYS | {"syarat_zoning", "ippt", document, "persetujuan_instansi"}
    assert RULES.requirement_by_code("persetujuan_instansi").authority == "instansi terkait"


@pytest.mark.kewajiban("PRO-06")
def test_article_6_reviews_hears_advises_and_then_assesses():
    assert hands("pasal6", "ASSESSMENT") == [
        ((9,), "tim_teknis", "periksa"), ((10,), "tim_teknis", "surat"),
        ((10,), "tim_teknis", "dengar"), ((10,), "kabid_penataan", "ttd"),
        ((10,), "tim_teknis", "periksa"), ((11,), "tim_ahli", "ttd"),
        ((12,), "tim_teknis", "periksa"),
    ]  # fmt: skip
    links = RULES.chains("pasal6")["ASSESSMENT"]
    assert [link.needs for link in links] == [
        ("kajian",), ("jadwal_dengar",), ("dengar_pendapat",), (), (), ("nasihat",), ("penilaian",),
    ]  # fmt: skip
    assert [link.issue for link in links if link.issue] == [
        ("undangan_dengar",), ("berita_acara_dengar",), ("nasihat_teknis",),
    ]  # fmt: skip
    assert RULES.on_move("pasal6", "request_revision").issue == ("surat_perbaikan",)


@pytest.mark.kewajiban("PRO-17")
@pytest.mark.parametrize("code", ["pasal5", "pasal6"])
def test_proof_of_payment_goes_to_the_regional_government(code):
    [(_, role, _)] = hands(code, "PAYMENT_REVIEW")
    assert role == "bendahara_kota" and RULES.role[role].unit == "pemerintah_kota"
    assert "tanpa disebut kantornya" in POLICY["penerima_bukti"]


# -- Articles 7 and 8 --------------------------------------------------------------------------
@pytest.mark.kewajiban("PRO-07", "PRO-12")
@pytest.mark.parametrize(
    ("code", "drawing", "permit"),
    [
        ("pasal3", "kabid_penataan", "camat"),
        *((code, "kadis_pu", "kepala_bpp") for code in ("pasal4", "pasal5", "pasal6")),
    ],
)
def test_permit_and_drawings_have_the_two_signatures_of_article_7(code, drawing, permit):
    assert RULES.signer(code, "lampiran_gambar") == drawing
    assert RULES.signer(code, "izin") == RULES.signer(code, "penolakan") == permit
    last = RULES.chains(code)["PERMIT_SIGNING"][-1]
    assert {*last.issue} == {"izin", "lampiran_gambar"} and last.role == permit


@pytest.mark.kewajiban("PRO-07")
def test_each_kecamatan_has_its_camat_who_signs_with_its_name():
    places = {RULES.unit[unit].kecamatan for unit in RULES.role["camat"].units}
    assert places == {code for code, _ in areas.kecamatan("35.74")}
    assert RULES.role["camat"].signed("Wonoasih") == "Camat Wonoasih"
    assert RULES.unit_of("camat", "357403").title == "Kecamatan Mayangan"
    title = RULES.role["kabid_penataan"].title
    assert title == "Kepala Bidang Penataan Kota dan Penataan Bangunan"
    drawn = (RULES.writer("pasal3", "lampiran_gambar"), RULES.writer("pasal5", "lampiran_gambar"))
    assert {RULES.unit_of(role).title for role in drawn} == {"Dinas Pekerjaan Umum"}
    assert RULES.unit["dinas_pu"].letterhead and not RULES.unit["bpp"].letterhead


@pytest.mark.kewajiban("PRO-12", "PRO-15")
def test_the_permit_endorses_the_plans_so_that_work_may_begin():
    [clause] = RULES.paper["izin"].clauses
    assert "mengesahkan dokumen rencana teknis" in clause and "konstruksi dapat dimulai" in clause
    assert len(RULES.service.product) == 2 and "Lampiran VI dan VII" in RULES.paper["izin"].note


@pytest.mark.kewajiban("PRO-08")
def test_ten_working_days_and_ten_days_both_stand_from_a_complete_file():
    found = [(total.amount, total.unit, total.start, total.stop) for total in RULES.total]
    assert found == [(10, unit, "accept", "issue_permit") for unit in ("hari_kerja", "hari")]
    assert "Pasal 8 paling lambat 10 hari" in POLICY["hari_dan_hari_kerja"]
    assert RULES.on_move("pasal3", "return_incomplete").issue == ("surat_kekurangan",)


# -- Money -------------------------------------------------------------------------------------
WORKED = {
    "tanggal": "2026-07-01", "kegiatan": "baru", "tarif": {"hsbg": "10000"},
    "bangunan": [{
        "luas": "200", "fungsi": "hunian", "kompleksitas": "sederhana", "permanensi": "permanen",
        "risiko_kebakaran": "rendah", "zona_gempa": 2, "kepadatan": "sedang",
        "ketinggian": "rendah", "kepemilikan": "perorangan", "waktu_penggunaan": "tetap",
    }],
}  # fmt: skip


def total(**given):
    return engine.calculate(RULES.tariff, WORKED | given).total


def test_rates_are_samples_and_say_so():
    assert RULES.tariff[0].contoh and "Nomor 5 Tahun 2011" in RULES.tariff[0].note
    assert "tidak ada dalam salinan kami" in POLICY["tarif"]


@pytest.mark.kewajiban("PRO-09", "PRO-10")
@pytest.mark.parametrize(
    ("code", "percent"), [("hunian", 20), ("sosial_budaya", 30), ("usaha", 20), ("pembebasan", 100)]
)
def test_a_relief_takes_off_its_percent(code, percent):
    assert total(keringanan=code) == total() * Decimal(100 - percent) / 100
