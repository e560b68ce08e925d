"""The file of Sleman says what the page of Kecamatan Depok says: requirements, procedure 1 to 13,
time, cost, products, complaints, forms. Typed from the page, not from the file."""

from decimal import Decimal

import pytest

from applications import handing
from imbportal.daerah import checks, conditions, registry, standard, tracks
from imbportal.daerah.references import links, moves

RULES = registry.current("sleman")
CARD = {item.code: item for item in standard.components(RULES)}
NEED = {item.code: item for item in RULES.requirement}
EITHER = {"pemohon": "email/sms"}
DRAWINGS = [
    "Rencana tapak bangunan", "Denah bangunan", "Tampak depan", "Tampak belakang",
    "Tampak samping kiri", "Tampak samping kanan", "Potongan melintang", "Potongan membujur",
    "Rencana pondasi", "Rencana atap", "Rencana sanitasi dan air bersih",
    "Rencana pintu dan jendela", "Rencana instalasi listrik",
]  # fmt: skip
"""Persyaratan 2 b, in the order of the page; its "potongan melintang dan membujur" are two."""
PLAIN = {
    "land_owned": True, "by_proxy": False, "irrigation": False, "covers_drainage": False,
    "fells_trees": False, "borders_river": False, "opens_pavement": False, "business": False,
    "applicant_kind": "perorangan", "function": "hunian", "kecamatan": "340407",
    "land_status": "pekarangan", "land_area": Decimal(200),
}  # fmt: skip
BUILT = {
    "footprint": 100, "green_area": 40, "covered_area": 120, "infiltration_volume": 3,
    "septic_tank": True, "waste_well": True, "water_tower": True, "water_tower_volume": 2,
    "floor_area": 100,
}  # fmt: skip
"""A house on 200 m² that meets every rule exactly."""


def due(**answers):
    """Return the administrative documents that these answers make due."""
    known = PLAIN | answers
    asked_for = [item for item in RULES.requirement if not item.optional]
    wanted = {r.code: r.when is None or conditions.holds(r.when, known) for r in asked_for}
    assert None not in wanted.values()
    return {code for code, asked in wanted.items() if asked and NEED[code].group[0] == "a"}


def measured(code, **facts):
    """Return whether a check holds for the house with these facts, and what it compared."""
    [found] = [item for item in checks.run(RULES, PLAIN | BUILT | facts) if item.code == code]
    return found.ok, found.text.replace("\N{NO-BREAK SPACE}", " ")


def hand(gate, turn=0):
    link = RULES.stage[gate][turn]
    return link.role, link.act, link.steps


# -- Persyaratan 1 ----------------------------------------------------------------------------
@pytest.mark.kewajiban("SLE-01")
def test_everyone_brings_the_proof_of_land_right_and_the_account_has_the_card():
    assert due() == {"bukti_hak"}
    assert "tanah pekarangan" in NEED["bukti_hak"].label
    [policy] = [item.text for item in RULES.policy if item.code == "kartu_dari_akun"]
    assert "KTP-el pemohon dan KTP-el penerima kuasa" in policy


@pytest.mark.kewajiban("SLE-01")
def test_land_of_another_asks_for_his_card_and_a_proxy_for_a_stamped_letter():
    assert due(land_owned=False) == {"bukti_hak", "ktp_pemilik", "perjanjian_tanah"}
    assert due(by_proxy=True) == {"bukti_hak", "surat_kuasa", "surat_kuasa_ippt"}
    letters = [NEED[code].label for code in ("surat_kuasa", "surat_kuasa_ippt")]
    assert all("bermeterai" in label for label in letters)
    assert "IMB" in letters[0] and "IPPT Non Usaha" in letters[1]
    assert "KTP-el" in NEED["ktp_pemilik"].label


@pytest.mark.kewajiban("SLE-01", "SLE-04")
def test_every_requirement_is_asked_for_in_two_sets():
    assert {item.code for item in RULES.requirement if item.sets != 2} == set()
    assert [text[:40].count("(rangkap 2)") for text in CARD["persyaratan"].items] == [1, 1]


@pytest.mark.kewajiban("SLE-01")
@pytest.mark.parametrize(
    ("facts", "track"),
    [
        ({}, "ippt_imb"),
        ({"land_area": Decimal("200.01")}, "di_luar_layanan"),
        ({"land_status": "lainnya"}, "di_luar_layanan"),
        ({"function": "usaha"}, "di_luar_layanan"),
    ],
)
def test_only_a_yard_of_at_most_200_m2_not_for_business_alone_is_served(facts, track):
    assert tracks.choose(RULES, PLAIN | facts) == (track, set())


@pytest.mark.kewajiban("SLE-02")
@pytest.mark.parametrize(
    ("answers", "letter", "agency"),
    [
        ({"irrigation": True}, "irigasi", "DPUPKP Kabupaten Sleman"),
        ({"covers_drainage": True}, "drainase", "DPUPKP Kabupaten Sleman"),
        ({"fells_trees": True}, "pohon", "DLH Kabupaten Sleman"),
        ({"borders_river": True}, "sungai", "Balai Besar Wilayah Sungai Serayu Opak (BBWSO)"),
        ({"pavement_road": "kabupaten"}, "trotoar_kabupaten", "DPUPKP Kabupaten Sleman"),
        ({"pavement_road": "provinsi"}, "trotoar_provinsi", "DPUP-ESDM Pemda DIY"),
        ({"pavement_road": "nasional"}, "trotoar_nasional", "Balai Pengawasan Jalan Nasional"),
    ],
)
def test_each_trigger_asks_for_the_letter_of_its_agency_alone(answers, letter, agency):
    opens = {"opens_pavement": True} if "pavement_road" in answers else {}
    code = f"rekomendasi_{letter}"
    assert due(**answers, **opens) == {"bukti_hak", code}
    assert NEED[code].authority == agency


@pytest.mark.kewajiban("SLE-02")
def test_the_question_on_irrigation_names_bordering_covering_and_moving():
    label = RULES.fact_by_code("irrigation").label
    assert all(word in label for word in ("berbatasan", "menutupnya", "memindahkannya"))


@pytest.mark.kewajiban("SLE-03")
def test_a_house_with_a_business_brings_the_sppl_and_the_business_fills_half_of_it_at_most():
    assert due(business=True) == {"bukti_hak", "sppl"}
    half = {"business": True, "business_area": 50}
    assert measured("bagian_usaha", **half) == (True, "50 %, paling banyak 50 %")
    assert measured("bagian_usaha", **half | {"business_area": Decimal("50.01")})[0] is False
    assert "bagian_usaha" not in {item.code for item in checks.run(RULES, PLAIN | BUILT)}
    homes = {"function__in": ["hunian_sederhana", "hunian"]}
    assert RULES.paper["pengesahan_sppl"].when == homes | {"business": True}


@pytest.mark.kewajiban("SLE-03")
@pytest.mark.parametrize("function", ["keagamaan", "sosial_budaya"])
def test_what_is_no_dwelling_is_not_asked_for_a_business_and_gets_no_sppl(function):
    known = {code: value for code, value in PLAIN.items() if code != "business"}
    asked = RULES.fact_by_code("business")
    assert conditions.holds(asked.when, known | {"function": function}) is False
    old = PLAIN | {"function": function, "business": True, "business_area": 50}
    assert "sppl" not in due(**old)
    assert conditions.holds(RULES.paper["pengesahan_sppl"].when, old) is False
    assert "bagian_usaha" not in {item.code for item in checks.run(RULES, old | BUILT)}


# -- Persyaratan 2 ----------------------------------------------------------------------------
@pytest.mark.kewajiban("SLE-04")
def test_the_thirteen_drawings_are_asked_for_to_scale_and_signed():
    drawn = [item for item in RULES.requirement if item.code.startswith("gambar_")]
    assert [item.label for item in drawn] == DRAWINGS
    assert all("1:100" in d.help and "ditandatangani pemohon" in d.help for d in drawn)
    assert not any(item.when or item.optional for item in drawn)


@pytest.mark.kewajiban("SLE-04")
def test_the_location_plan_shows_the_nearest_road_of_a_government():
    plan = NEED["denah_lokasi"]
    assert plan.when is None and plan.group == "teknis"
    assert "jalan terdekat dari jalan kabupaten, provinsi, atau nasional" in plan.help


# -- Prosedur 1 to 3 --------------------------------------------------------------------------
@pytest.mark.kewajiban("SLE-18")
def test_step_1_is_the_applicant_s_letter_with_the_file():
    submitted = RULES.on["submit"]
    assert submitted.steps == (1,)
    assert set(submitted.issue) == {"surat_permohonan_imb", "surat_permohonan_ippt"}
    assert CARD["prosedur"].items[0].startswith("Pemohon mengisi surat permohonan")


@pytest.mark.kewajiban("SLE-05")
def test_step_2_is_the_counter_s_receipt_for_both_or_the_file_comes_back():
    assert hand("SUBMITTED") == ("petugas_administrasi", "periksa", (2,))
    assert set(RULES.stage["SUBMITTED"][0].issue) == {"tanda_terima", "tanda_terima_ippt"}
    back = RULES.on["return_incomplete"]
    assert back.issue == ("surat_kekurangan",) and back.notify == EITHER
    assert "buku register" in CARD["prosedur"].items[1]


@pytest.mark.kewajiban("SLE-05", "SLE-14")
def test_the_receipt_is_kept_and_is_what_the_permit_is_fetched_with():
    assert {"tanda_terima", "tanda_terima_ippt"} <= set(RULES.keep)
    assert RULES.handover.shows == ("tanda_terima", "bukti_bayar")
    assert handing.claimed_with(RULES) == (
        "Lembar ini sekaligus bukti pengambilan: tunjukkan bersama bukti pembayaran retribusi "
        "(bila dikenai retribusi) saat mengambil izin."
    )


@pytest.mark.kewajiban("SLE-06")
def test_step_3_is_the_kasi_who_orders_the_visit():
    assert hand("SUBMITTED", 1) == ("kasi_pelayanan", "disposisi", (3,))
    assert "memerintahkan Petugas Teknis" in CARD["prosedur"].items[2]
    assert RULES.role["kasi_pelayanan"].title == "Kepala Seksi Pelayanan Umum"


@pytest.mark.kewajiban("SLE-19")
def test_the_counter_and_the_kasi_judge_the_administrative_set_and_the_visitor_the_drawings():
    judged = {(item.group, item.checked_at) for item in RULES.requirement}
    assert judged == {("administrasi", "SUBMITTED"), ("teknis", "ASSESSMENT")}
    assert {link.role for link in RULES.stage["ASSESSMENT"]} == {"petugas_teknis"}


# -- Prosedur 4 and 5 -------------------------------------------------------------------------
@pytest.mark.kewajiban("SLE-07")
@pytest.mark.parametrize(
    ("code", "facts", "answer"),
    [
        ("kdb", {}, (True, "50 %, paling banyak 50 %")),
        ("kdb", {"footprint": 101}, (False, "50,5 %, paling banyak 50 %")),
        ("kdh", {}, (True, "20 %, paling sedikit 20 %")),
        ("kdh", {"green_area": 39}, (False, "19,5 %, paling sedikit 20 %")),
    ],
)
def test_half_of_the_land_at_most_is_built_on_and_a_fifth_at_least_is_green(code, facts, answer):
    assert measured(code, **facts) == answer


@pytest.mark.kewajiban("SLE-07")
@pytest.mark.parametrize(
    ("code", "trigger", "name"),
    [
        ("sempadan_sungai", "borders_river", "river"),
        ("sempadan_irigasi", "irrigation", "irrigation"),
        ("sempadan_drainase", "covers_drainage", "drainage"),
    ],
)
def test_a_setback_to_water_follows_the_figure_of_the_letter(code, trigger, name):
    near = {trigger: True, f"{name}_distance": 9, f"{name}_setback": 10}
    assert measured(code, **near) == (False, "9 m, paling sedikit 10 m")
    assert measured(code, **near | {f"{name}_distance": 10})[0] is True


@pytest.mark.kewajiban("SLE-07")
def test_step_4_is_a_visit_with_a_sheet_and_the_road_is_judged_there():
    chain = RULES.stage["ASSESSMENT"]
    assert {step for link in chain for step in link.steps} == {4, 5}
    assert "tinjau_lokasi" in chain[1].needs
    assert "front_setback" in {fact.code for fact in RULES.fact}
    assert any(p.code == "sempadan" and "sempadan jalan" in p.text for p in RULES.policy)


@pytest.mark.kewajiban("SLE-08")
@pytest.mark.parametrize(
    ("code", "facts", "answer"),
    [
        ("spah", {}, (True, "3 m³, paling sedikit 3 m³")),
        ("spah", {"covered_area": 121}, (False, "3 m³, paling sedikit 4,5 m³")),
        ("spah", {"covered_area": 60, "infiltration_volume": Decimal("1.4")},
         (False, "1,4 m³, paling sedikit 1,5 m³")),
        ("lahan_tertutup", {"covered_area": 100}, (True, "100 m², paling sedikit 100 m²")),
        ("lahan_tertutup", {"covered_area": 99}, (False, "99 m², paling sedikit 100 m²")),
        ("septik", {"septic_tank": False}, (False, "Tidak ada")),
        ("spal", {"waste_well": False}, (False, "Tidak ada")),
        ("menara_air", {"water_tower": False}, (False, "Tidak ada")),
        ("isi_menara_air", {"water_tower_volume": Decimal("2.1")},
         (False, "2,1 m³, paling banyak 2 m³")),
        ("isi_menara_air", {}, (True, "2 m³, paling banyak 2 m³")),
    ],
)  # fmt: skip
def test_rain_and_waste_water_are_provided_for_as_the_page_says(code, facts, answer):
    assert measured(code, **facts) == answer


@pytest.mark.kewajiban("SLE-09")
def test_where_the_site_differs_the_applicant_is_asked_to_correct():
    asked = RULES.on["request_revision"]
    assert asked.issue == ("surat_perbaikan",) and asked.notify == EITHER
    assert "lokasi" in asked.done and "Data" in RULES.paper["surat_perbaikan"].title


@pytest.mark.kewajiban("SLE-10")
def test_step_5_is_the_minutes_and_the_drafts_of_bill_and_decision():
    minutes = RULES.stage["ASSESSMENT"][1]
    assert 5 in minutes.steps and "berita_acara" in minutes.needs and minutes.act == "ttd"
    assert minutes.papers == minutes.issue == ("berita_acara",)
    assert hand("FEE") == ("petugas_teknis", "draf", (5,))
    assert set(RULES.stage["FEE"][0].papers) == {"skrd", "izin", "ippt", "pengesahan_sppl"}


# -- Prosedur 6 to 13 -------------------------------------------------------------------------
@pytest.mark.kewajiban("SLE-11")
def test_steps_6_to_8_are_two_initials_and_the_signature_of_the_camat_on_bill_and_permit():
    chain = [hand("SKRD_SIGNING", turn) for turn in range(3)]
    assert chain == [
        ("kasi_pelayanan", "paraf", (6,)), ("sekcam", "paraf", (7,)), ("camat", "ttd", (8,))
    ]  # fmt: skip
    for link in RULES.stage["SKRD_SIGNING"][:3]:
        assert set(link.papers) == {"skrd", "izin", "ippt", "pengesahan_sppl"}
    signed = {code for code, paper in RULES.paper.items() if paper.signed_by == "camat"}
    assert {"skrd", "izin", "ippt", "pengesahan_sppl"} <= signed


@pytest.mark.kewajiban("SLE-12")
def test_steps_9_and_10_hand_the_bill_over_and_the_applicant_pays():
    assert hand("SKRD_SIGNING", 3) == ("petugas_administrasi", "serah", (9,))
    assert RULES.stage["SKRD_SIGNING"][3].notify == EITHER
    assert RULES.on["issue_skrd"].issue == ("skrd",)
    assert RULES.on["submit_payment"].steps == (10,)


@pytest.mark.kewajiban("SLE-13")
def test_step_11_numbers_stamps_and_archives_after_the_payment():
    assert hand("PERMIT_SIGNING") == ("petugas_administrasi", "nomor", (11,))
    [link] = RULES.stage["PERMIT_SIGNING"]
    assert {"izin", "ippt", "pengesahan_sppl"} <= set(link.issue)
    assert "distempel" in link.done and "diarsipkan" in link.done


@pytest.mark.kewajiban("SLE-14")
def test_steps_12_and_13_hand_the_permit_over_at_the_counter():
    assert hand("READY") == ("petugas_administrasi", "serah", (12, 13))
    assert RULES.stage["READY"][0].issue == ("serah_terima",)
    last = CARD["prosedur"].items[12]
    assert "buku register" in last and "mengarsipkan bukti penerimaan berkas" in last


@pytest.mark.kewajiban("SLE-05", "SLE-06", "SLE-07", "SLE-08", "SLE-09", "SLE-11")
@pytest.mark.parametrize(
    ("step", "told"),
    [
        (2, "mengembalikannya kepada pemohon untuk dilengkapi dan atau diperbaiki"),
        (3, "mengembalikannya kepada petugas administrasi"),
        (4, "KDB paling banyak 50%; KDH paling sedikit 20%"),
        (4, "sempadan sungai, irigasi, dan drainase menurut rekomendasi"),
        (4, "SPAH 1,5 m³ setiap 60 m²"),
        (4, "tempat usaha paling banyak 50%"),
        (4, "Bila data administrasi tidak sesuai dengan kondisi nyata lokasi, pemohon diminta"),
        (6, "mengembalikannya kepada Petugas Teknis"),
        (7, "mengembalikannya kepada Kepala Seksi Pelayanan Umum"),
        (8, "mengembalikannya kepada Sekretaris Kecamatan"),
    ],
)
def test_the_public_procedure_tells_every_return_and_what_the_visit_looks_at(step, told):
    assert told in CARD["prosedur"].items[step - 1]


@pytest.mark.kewajiban("SLE-05", "SLE-11", "SLE-14")
def test_the_office_and_the_applicant_take_the_thirteen_steps():
    taken = {step for _, link in links(RULES) for step in link.steps}
    taken |= {step for _, on in moves(RULES) for step in on.steps}
    assert taken == set(range(1, 14)) and len(CARD["prosedur"].items) == 13


# -- Waktu, biaya, produk, pengaduan, formulir ------------------------------------------------
@pytest.mark.kewajiban("SLE-15")
def test_fifteen_working_days_the_cost_by_skrd_and_three_products():
    assert [(total.amount, total.unit) for total in RULES.total] == [(15, "hari_kerja")]
    assert RULES.service.time == "15 hari kerja" and RULES.service.cost == "Sesuai SKRD"
    assert RULES.service.product == ("IPPT Non Usaha", "Pengesahan SPPL", "IMB")
    assert {"ippt", "pengesahan_sppl", "izin"} <= set(RULES.paper)


@pytest.mark.kewajiban("SLE-16")
@pytest.mark.parametrize(
    "way",
    ["datang langsung", "(0274) 889874", "kotak saran", "lapor sleman",
     "laman depokkec.slemankab.go.id", "kecdepok@slemankab.go.id", "surat"],
)  # fmt: skip
def test_a_complaint_may_come_by_each_way_of_the_page(way):
    assert any(way in channel.lower() for channel in RULES.complaint.channels)


@pytest.mark.kewajiban("SLE-16")
def test_a_team_answers_complaints_or_follows_them_up():
    assert "Ditanggapi atau ditindaklanjuti tim penanganan pengaduan" in RULES.complaint.note
    assert CARD["pengaduan"].note == RULES.complaint.note


@pytest.mark.kewajiban("SLE-17")
@pytest.mark.parametrize(
    ("number", "title"),
    [
        (1, "Surat Permohonan IMB"),
        (2, "Surat Permohonan IPPT Non Usaha"),
        (7, "Bukti Penerimaan Berkas IMB"),
        (8, "Bukti Penerimaan Berkas IPPT Non Usaha"),
        (9, "Lembar Kendali dan Tinjau Lokasi IMB"),
        (10, "Lembar Kendali IPPT Non Usaha"),
        (11, "Berita Acara Peninjauan Lokasi IMB"),
        (11, "Pemberitahuan Kekurangan Syarat IMB"),
        (12, "Perhitungan Retribusi IMB"),
        (13, "Surat Ketetapan Retribusi Daerah (SKRD) IMB"),
        (14, "Izin Mendirikan Bangunan"),
        (15, "Izin Penggunaan Pemanfaatan Tanah (IPPT) Non Usaha"),
        (16, "Plat IMB"),
    ],
)
def test_a_form_that_the_office_writes_is_a_paper_of_its_name(number, title):
    named = [p.title for p in RULES.paper.values() if p.cite.split(" dan ")[-1].endswith(
        f"Formulir {number}"
    )]  # fmt: skip
    assert title in named


@pytest.mark.kewajiban("SLE-17")
def test_the_calculation_is_a_paper_of_its_own_when_the_bill_is_drafted():
    [link] = RULES.stage["FEE"]
    assert link.issue == ("perhitungan_retribusi",)
    assert RULES.paper["perhitungan_retribusi"].like == "nota_hitung"


@pytest.mark.kewajiban("SLE-17")
def test_control_sheets_and_plate_are_made_when_the_permit_gets_its_number():
    made = {kind for link in RULES.stage["PERMIT_SIGNING"] for kind in link.issue}
    assert {"lembar_kendali_imb", "lembar_kendali_ippt", "plat_imb"} <= made


@pytest.mark.kewajiban("SLE-17")
@pytest.mark.parametrize(
    ("number", "title", "requirement", "hands"),
    [
        (3, "Surat Kuasa Permohonan IMB", "surat_kuasa", 2),
        (4, "Surat Pernyataan Kepemilikan Tanah dan atau Bangunan", "pernyataan_kepemilikan", 1),
        (5, "Surat Kuasa Pengurusan IPPT Non Usaha", "surat_kuasa_ippt", 2),
        (6, "Surat Perjanjian Penggunaan dan Pemanfaatan Tanah untuk Pendirian Bangunan",
         "perjanjian_tanah", 2),
    ],
)  # fmt: skip
def test_a_form_that_the_applicant_writes_is_a_blank_of_its_document(
    number, title, requirement, hands
):
    given = {blank.title: blank for blank in RULES.blanks_of(NEED[requirement])}
    assert given[title].cite.endswith(f"Formulir {number}")
    assert len(given[title].hands) == hands and any(one.stamp for one in given[title].hands)


@pytest.mark.kewajiban("SLE-17")
@pytest.mark.parametrize(
    ("number", "title", "sections"),
    [
        (1, "Surat Permohonan IMB", {"lokasi", "tanah", "sekitar", "rencana", "ruang", "air"}),
        (2, "Surat Permohonan IPPT Non Usaha", {"lokasi", "tanah", "sekitar"}),
    ],
)
def test_the_two_applications_are_blanks_with_the_questions_of_theirs(number, title, sections):
    [form] = [blank for blank in RULES.blank if blank.title == title]
    assert form.cite.endswith(f"Formulir {number}") and set(form.sections) == sections


@pytest.mark.kewajiban("SLE-17")
def test_ownership_is_declared_and_the_use_of_another_s_land_agreed():
    declared = {item.cite.rpartition(", ")[2]: item.text for item in RULES.statement}
    assert "kepemilikan tanah dan bangunan" in declared["Formulir 4"]
    agreement = NEED["perjanjian_tanah"]
    assert "penggunaan dan pemanfaatan tanah" in agreement.label and "Formulir 6" in agreement.cite
