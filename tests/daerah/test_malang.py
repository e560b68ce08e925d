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


@pytest.mark.parametrize(("answers", "code"), CONDITIONAL)
def test_a_requirement_is_due_under_its_condition(answers, code):
    assert due(answers) == ALWAYS | {code}


@pytest.mark.parametrize(
    "answers", [{}, {"function": "usaha", "needs_ippt": False}, {"function": "keagamaan"}]
)
def test_else_only_what_everyone_brings_is_due(answers):
    assert due(answers) == ALWAYS


def test_no_requirement_is_a_sample_and_each_names_its_item():
    assert not any(item.contoh for item in RULES.requirement)
    administrative = [r.cite.rsplit(" ", 1)[1] for r in RULES.requirement if r.group[0] == "a"]
    technical = [r.cite.rsplit(" ", 1)[1] for r in RULES.requirement if r.group[0] == "t"]
    assert administrative == list("3456789") and technical == list("1234")
    assert len(CARD["persyaratan"].items) == 13


def test_all_fourteen_components_are_known_and_none_is_a_sample():
    assert [code for code, item in CARD.items() if not item.known or item.contoh] == []


def test_the_steps_are_the_five_of_the_document_without_a_krk():
    numbered = {step for _, link in links(RULES) for step in link.steps}
    numbered |= {step for _, on in moves(RULES) for step in on.steps}
    assert numbered == {1, 2, 3, 4, 5} and len(CARD["prosedur"].items) == 5
    assert not {"KRK_REQUESTED", "ISSUED"} & set(RULES.chains("imb"))
    assert {section.form for section in RULES.section} == {"izin"}


def test_fourteen_days_run_from_the_complete_file_and_late_means_delivered():
    (total,) = RULES.total
    assert (total.amount, total.unit, total.start) == (14, "hari", "accept")
    assert "mengantarkan sertifikat ke alamat pemohon" in RULES.late.text


def test_office_law_and_complaint_channels_are_as_printed():
    office, channels = RULES.office, " ".join(RULES.complaint.channels)
    assert (office.address, office.phone) == ("Jl. Trunojoyo Kav. 2 Kepanjen", "0341-396633")
    for printed in (office.address, office.phone, office.email, office.website, "082337781113"):
        assert printed in channels
    assert len(RULES.legal_basis) == 7


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


def test_what_the_document_leaves_open_of_the_services_is_recorded_or_a_sample():
    assert all(item.contoh for item in (*SERVICES.requirement, *SERVICES.statement))
    assert all(fact.cite or fact.contoh for fact in SERVICES.fact)
    assert {"biaya_layanan", "layanan_pemutus", "layanan_izin_induk", "layanan_pemecahan"} <= {
        policy.code for policy in FILE.policy
    }
    replaced = {code for code, track in SERVICES.track.items() if track.replaces}
    assert replaced == {"perubahan_data"}
