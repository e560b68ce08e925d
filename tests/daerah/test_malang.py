"""The file of Malang says what its document says (components 1 to 14)."""

import datetime

import pytest

from imbportal.daerah import conditions, offers, registry, standard, tracks
from imbportal.daerah.references import links, moves

FILE = registry.current("malang")
RULES, SERVICES = FILE.sides[False], FILE.sides[True]
CARD = {item.code: item for item in standard.components(RULES)}
ALWAYS = {
    "pernyataan_tetangga", "npwpd", "bukti_tanah", "pbb", "gambar_bangunan", "gambar_situasi",
    "gambar_detail",
}  # fmt: skip
PLAIN = {
    "by_proxy": False, "applicant_kind": "perorangan", "river_bank": False, "function": "hunian",
    "floors": 1, "needs_calculation": False,
}  # fmt: skip
CONDITIONAL = [
    ({"by_proxy": True}, "surat_kuasa"),
    ({"river_bank": True}, "izin_sempadan_sungai"),
    ({"function": "usaha", "needs_ippt": True}, "ippt"),
    ({"function": "ganda", "needs_ippt": True}, "ippt"),
    ({"floors": 2}, "perhitungan_konstruksi"),
    ({"needs_calculation": True}, "perhitungan_konstruksi"),
]


def due(answers):
    known = PLAIN | answers
    if known["floors"] > 1:
        del known["needs_calculation"]
    holds = {r.code: r.when is None or conditions.holds(r.when, known) for r in RULES.requirement}
    assert None not in holds.values()
    return {code for code, wanted in holds.items() if wanted}


@pytest.mark.kewajiban("MAL-01", "MAL-02")
@pytest.mark.parametrize(("answers", "code"), CONDITIONAL)
def test_a_requirement_is_due_under_its_condition(answers, code):
    assert due(answers) == ALWAYS | {code}


@pytest.mark.kewajiban("MAL-01", "MAL-02")
@pytest.mark.parametrize(
    "answers", [{}, {"function": "usaha", "needs_ippt": False}, {"function": "keagamaan"}]
)
def test_else_only_what_everyone_brings_is_due(answers):
    assert due(answers) == ALWAYS


@pytest.mark.kewajiban("MAL-01", "MAL-02")
def test_no_requirement_is_a_sample_and_each_names_its_item():
    assert not any(item.contoh for item in RULES.requirement)
    administrative = [r.cite.rsplit(" ", 1)[1] for r in RULES.requirement if r.group[0] == "a"]
    technical = [r.cite.rsplit(" ", 1)[1] for r in RULES.requirement if r.group[0] == "t"]
    assert administrative == list("3456789") and technical == list("1234")
    assert len(CARD["persyaratan"].items) == 13


@pytest.mark.kewajiban("MAL-01")
@pytest.mark.parametrize(
    ("code", "words"),
    [
        ("pernyataan_tetangga", "Surat pernyataan para tetangga, diketahui Lurah dan Camat"),
        ("npwpd", "NPWPD"),
        ("bukti_tanah", "Bukti kepemilikan tanah"),
        ("pbb", "Pelunasan Pajak Bumi dan Bangunan (PBB)"),
        ("surat_kuasa", "Surat kuasa"),
        ("izin_sempadan_sungai", "Izin sempadan sungai"),
        ("ippt", "IPPT"),
    ],
)
def test_an_administrative_document_is_called_as_printed_and_judged_at_the_counter(code, words):
    asked = RULES.requirement_by_code(code)
    assert (asked.label, asked.group, asked.checked_at) == (words, "administrasi", "SUBMITTED")


@pytest.mark.kewajiban("MAL-01")
def test_land_is_proven_by_any_printed_kind_and_form_and_card_come_from_the_account():
    kinds = [choice.label for choice in RULES.fact_by_code("land_right").choices]
    assert kinds[:3] == ["Sertifikat", "Akta jual beli", "Petok D"] and "Lainnya" in kinds
    assert "sewa-menyewa" in kinds[3]
    [policy] = [item.text for item in RULES.policy if item.code == "blanko_dan_ktp"]
    assert "blanko permohonan" in policy and "KTP" in policy


@pytest.mark.kewajiban("MAL-02")
@pytest.mark.parametrize(
    ("code", "words"),
    [
        ("gambar_bangunan", "Gambar bangunan lengkap, skala 1:100"),
        ("gambar_situasi", "Gambar situasi tanah dan bangunan, skala 1:125 atau 1:500"),
        ("gambar_detail", "Gambar detail atau bagian konstruksi yang penting"),
        ("perhitungan_konstruksi", "Perhitungan konstruksi"),
    ],
)
def test_a_technical_document_has_its_scale_and_is_judged_by_the_technical_team(code, words):
    asked = RULES.requirement_by_code(code)
    assert (asked.label, asked.group, asked.checked_at) == (words, "teknis", "ASSESSMENT")


def test_all_fourteen_components_are_known_and_none_is_a_sample():
    assert [code for code, item in CARD.items() if not item.known or item.contoh] == []


@pytest.mark.kewajiban("MAL-03")
@pytest.mark.parametrize(
    ("step", "who"),
    [(2, {"Customer service"}), (3, {"Bidang Perizinan", "Tim Teknis"}), (5, {"Customer service"})],
)
def test_a_step_of_the_office_is_in_the_printed_hands(step, who):
    assert {RULES.role[k.role].title for _, k in links(RULES) if step in k.steps} == who


@pytest.mark.kewajiban("MAL-03")
def test_customer_service_gives_the_receipt_and_the_applicant_hands_in_and_pays():
    assert RULES.stage["SUBMITTED"][0].issue == ("tanda_terima",)
    assert RULES.on["submit"].steps == (1,)
    assert RULES.on["report_payment"].steps == RULES.on["submit_payment"].steps == (4,)


@pytest.mark.kewajiban("MAL-03")
def test_the_steps_are_the_five_of_the_document_without_a_krk():
    numbered = {step for _, link in links(RULES) for step in link.steps}
    numbered |= {step for _, on in moves(RULES) for step in on.steps}
    assert numbered == {1, 2, 3, 4, 5} and len(CARD["prosedur"].items) == 5
    assert not {"KRK_REQUESTED", "ISSUED"} & set(RULES.chains("imb"))
    assert {section.form for section in RULES.section} == {"izin"}


@pytest.mark.kewajiban("MAL-04")
def test_fourteen_days_run_from_the_complete_file():
    (total,) = RULES.total
    assert (total.amount, total.unit, total.start) == (14, "hari", "accept")
    assert CARD["waktu"].text == "Maksimal 14 hari sejak berkas dinyatakan lengkap"


@pytest.mark.kewajiban("MAL-10")
def test_late_means_that_officers_deliver_to_the_address_with_a_receipt():
    assert "mengantarkan sertifikat ke alamat pemohon" in RULES.late.text
    assert RULES.late.deliver and RULES.paper[RULES.late.paper].like == "serah_terima"


@pytest.mark.kewajiban("MAL-10", "MAL-11")
@pytest.mark.parametrize(
    ("code", "words"),
    [
        pytest.param("pengawasan", ["Supervisi atasan langsung", "inspektorat", "terus-menerus"],
                     id="three internal controls"),
        pytest.param("jumlah_pelaksana", ["Paling sedikit 2 orang di setiap bidang"], id="staff"),
    ],
)  # fmt: skip
def test_supervision_and_staff_are_shown(code, words):
    assert said(code, words)


@pytest.mark.kewajiban("MAL-10")
@pytest.mark.parametrize(
    ("code", "words"),
    [
        ("jaminan_pelayanan", ["melewati batas waktu", "mengantarkan sertifikat ke alamat"]),
        ("jaminan_keamanan", ["sesuai persyaratan", "dijamin keabsahannya"]),
        ("evaluasi", ["paling sedikit 1 kali dalam satu tahun", "lalu diperbaiki"]),
    ],
)
def test_guarantees_and_the_yearly_evaluation_are_shown(code, words):
    assert said(code, words)


@pytest.mark.kewajiban("MAL-11")
@pytest.mark.parametrize(
    ("code", "words"),
    [
        ("sarana", ["Peraturan perundangan", "Standar pelayanan", "Peralatan komputer"]),
        ("kompetensi", ["pengetahuan tentang Izin Mendirikan Bangunan",
                        "lengkap, terbuka, bertanggung jawab, dan santun",
                        "Dinas Cipta Karya dan Tata Ruang"]),
    ],
)  # fmt: skip
def test_three_facilities_and_three_competences_are_shown(code, words):
    assert said(code, words) and len(CARD[code].items) == 3


def said(code, words):
    """Return whether each phrase stands in the component's items in this order, or in its text."""
    items = CARD[code].items or [CARD[code].text] * len(words)
    return all(word in item for word, item in zip(words, items, strict=True))


@pytest.mark.kewajiban("MAL-11")
@pytest.mark.parametrize(
    ("number", "law"),
    [
        (0, ("Daerah Kabupaten Malang", "Nomor 11 Tahun 2007", "Izin Mendirikan Bangunan")),
        (1, ("Menteri Pekerjaan Umum", "24/PRT/M/2007", "Pedoman Teknis")),
        (2, ("Menteri Dalam Negeri", "Nomor 32 Tahun 2010", "Pedoman Pemberian")),
        (3, ("Daerah Kabupaten Malang", "Nomor 3 Tahun 2010", "Rencana Tata Ruang Wilayah")),
        (4, ("Daerah Kabupaten Malang", "Nomor 9 Tahun 2010", "Retribusi Perizinan Tertentu")),
        (5, ("Daerah Kabupaten Malang", "Nomor 3 Tahun 2012", "Pasar Tradisional")),
        (6, ("Bupati Malang", "Nomor 20 Tahun 2014", "Pelimpahan Sebagian Urusan")),
    ],
)
def test_the_seven_laws_stand_in_the_printed_order(number, law):
    assert len(RULES.legal_basis) == 7
    assert all(words in RULES.legal_basis[number].text for words in law)


@pytest.mark.kewajiban("MAL-12")
def test_the_product_is_the_certificate():
    assert CARD["produk"].items == ("Sertifikat Izin Mendirikan Bangunan",)
    assert RULES.paper["izin"].title == "Sertifikat Izin Mendirikan Bangunan"


@pytest.mark.kewajiban("MAL-09")
@pytest.mark.parametrize(
    "printed",
    ["Surat kepada Kepala Dinas Penanaman Modal", "Jl. Trunojoyo Kav. 2 Kepanjen",
     "Telepon: 0341-396633", "Faksimile: 0341-396633", "SMS: 082337781113",
     "Email: perizinan@malangkab.go.id", "Situs web: www.perizinan.malangkab.go.id"],
)  # fmt: skip
def test_complaints_and_suggestions_come_by_each_printed_way(printed):
    assert printed in "; ".join(CARD["pengaduan"].items)
    assert "Pengaduan, saran, dan masukan" in RULES.complaint.note


def test_the_office_is_as_printed():
    office = RULES.office
    assert (office.address, office.phone) == ("Jl. Trunojoyo Kav. 2 Kepanjen", "0341-396633")
    assert office.email == "perizinan@malangkab.go.id"


def test_the_silences_and_contradictions_of_the_document_are_recorded():
    assert {
        "hari", "akhir_waktu", "waktu_berhenti", "penolakan", "penandatangan", "rumus",
        "harga_bergeser", "kode_di_luar_urutan", "pelestarian_pratama", "lokasi_kuat",
        "belum_ditetapkan", "pelestarian_prasarana", "ippt", "biaya_formulir", "skala_situasi",
    } <= {policy.code for policy in RULES.policy}  # fmt: skip


def test_what_the_document_does_not_give_is_a_sample():
    assert all(kind.contoh for kind in RULES.paper.values())
    assert all(fact.cite or fact.contoh for fact in RULES.fact)
    (tariff,) = RULES.tariff
    assert "Contoh" in tariff.due_cite and "kode rekening" in tariff.note


# -- Services on a permit that was issued ----------------------------------------------------
ASKED = {
    "pemecahan": "pemecahan", "duplikat": "duplikat", "pemutakhiran_data": "perubahan_data",
    "perubahan_nonteknis": "perubahan_data",
}  # fmt: skip
"""The four services of item 1 of the price list, and the track that each takes."""


@pytest.mark.kewajiban("MAL-06")
def test_each_service_that_the_document_names_has_a_track_and_owes_its_14000_alone():
    (layanan, *_) = SERVICES.fact
    assert {choice.value for choice in layanan.choices} == set(ASKED)
    for service, track in ASKED.items():
        assert tracks.choose(SERVICES, {"layanan": service}) == (track, set())
    day = datetime.date(2026, 11, 26)
    assert {(item.code, item.total, item.cites) for item in offers.offered(FILE, day)} == {
        (track, 14000, "Standar pelayanan, komponen 4, daftar harga, butir 1")
        for track in ASKED.values()
    }


@pytest.mark.kewajiban("MAL-06")
def test_what_the_document_leaves_open_of_the_services_is_recorded_or_a_sample():
    assert all(item.contoh for item in (*SERVICES.requirement, *SERVICES.statement))
    assert all(fact.cite or fact.contoh for fact in SERVICES.fact)
    assert {"biaya_layanan", "layanan_pemutus", "layanan_izin_induk", "layanan_pemecahan"} <= {
        policy.code for policy in FILE.policy
    }
    replaced = {code for code, track in SERVICES.track.items() if track.replaces}
    assert replaced == {"perubahan_data"}
