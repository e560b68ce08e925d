"""The file of Pamekasan says what its document says: 22 steps with their notices, time, cost,
product, complaints, publisher. Steps 1 to 3 are the account's."""

import pytest

from imbportal.daerah import registry, standard
from imbportal.daerah.references import links, moves

RULES = registry.current("pamekasan")
CARD = {item.code: item for item in standard.components(RULES)}
STEPS = {step: link for _, link in links(RULES) for step in link.steps}
MOVES = {step: on for _, on in moves(RULES) for step in on.steps}
EITHER = "email/sms"


def test_every_step_of_the_office_and_of_the_cases_moves_stands_in_the_file():
    assert sorted([*STEPS, *MOVES]) == [4, 5, 7, 8, *range(10, 23)]


# -- The office's steps, as the chart and the lists name them -----------------------------------
@pytest.mark.parametrize(
    ("step", "gate", "role", "act", "papers", "notice"),
    [
        pytest.param(5, "KRK_REQUESTED", "petugas", "surat", ["krk"], EITHER,
                     marks=pytest.mark.kewajiban("PAM-05")),
        pytest.param(10, "SUBMITTED", "petugas", "periksa", [], EITHER,
                     marks=pytest.mark.kewajiban("PAM-10")),
        pytest.param(11, "RECORDING", "petugas", "draf", [], None,
                     marks=pytest.mark.kewajiban("PAM-11")),
        pytest.param(12, "ASSESSMENT", "tim_teknis", "surat", ["surat_kelengkapan"], "sms",
                     marks=pytest.mark.kewajiban("PAM-12")),
        pytest.param(13, "ASSESSMENT", "tim_teknis", "periksa", [], EITHER,
                     marks=pytest.mark.kewajiban("PAM-13")),
        pytest.param(14, "ASSESSMENT", "tim_teknis", "ttd", ["persetujuan"], None,
                     marks=pytest.mark.kewajiban("PAM-14")),
        pytest.param(15, "FEE", "petugas", "draf", [], None,
                     marks=pytest.mark.kewajiban("PAM-15")),
        pytest.param(16, "SKRD_SIGNING", "kepala", "ttd", [], EITHER,
                     marks=pytest.mark.kewajiban("PAM-16")),
        pytest.param(19, "PERMIT_SIGNING", "kepala", "ttd", ["izin"], EITHER,
                     marks=pytest.mark.kewajiban("PAM-19")),
        pytest.param(20, "ISSUED", "petugas", "draf", [], None,
                     marks=pytest.mark.kewajiban("PAM-20")),
        pytest.param(21, "ISSUED", "petugas", "surat", ["kode_ambil"], EITHER,
                     marks=pytest.mark.kewajiban("PAM-21")),
        pytest.param(22, "READY", "petugas", "serah", ["serah_terima"], EITHER,
                     marks=pytest.mark.kewajiban("PAM-22")),
    ],
)  # fmt: skip
def test_a_step_of_the_office_has_its_hand_its_paper_and_its_notice(
    step, gate, role, act, papers, notice
):
    link = STEPS[step]
    assert link in RULES.stage[gate]
    assert (link.role, link.act, list(link.issue)) == (role, act, papers)
    assert link.notify == ({"pemohon": notice} if notice else {})


@pytest.mark.parametrize(
    ("step", "record", "words"),
    [
        pytest.param(5, "krk", "KRK", marks=pytest.mark.kewajiban("PAM-05")),
        pytest.param(11, "pendataan", "pendataan bangunan gedung",
                     marks=pytest.mark.kewajiban("PAM-11")),
        pytest.param(13, "penilaian", "dokumen rencana teknis",
                     marks=pytest.mark.kewajiban("PAM-13")),
        pytest.param(20, "pemutakhiran", "pendataan bangunan gedung",
                     marks=pytest.mark.kewajiban("PAM-20")),
        pytest.param(22, "serah_terima", "IMB", marks=pytest.mark.kewajiban("PAM-22")),
    ],
)  # fmt: skip
def test_a_step_whose_output_is_data_waits_for_its_record(step, record, words):
    assert record in STEPS[step].needs and words in STEPS[step].label


@pytest.mark.kewajiban("PAM-12", "PAM-13", "PAM-14")
def test_the_technical_team_tells_that_all_is_there_then_assesses_then_approves_in_writing():
    assert [link.steps for link in RULES.stage["ASSESSMENT"]] == [(12,), (13,), (14,)]
    assert RULES.paper["surat_kelengkapan"].title == "Surat Pemberitahuan Kelengkapan Persyaratan"
    assert RULES.paper["persetujuan"].signed_by == "tim_teknis"


@pytest.mark.kewajiban("PAM-10")
def test_what_lacks_at_the_check_goes_back_with_a_letter_and_a_notice():
    back = RULES.on["return_incomplete"]
    assert (back.issue, back.notify) == (("surat_kekurangan",), {"pemohon": EITHER})
    assert "SUBMITTED" in {item.checked_at for item in RULES.requirement}


@pytest.mark.kewajiban("PAM-16")
def test_the_bill_goes_out_as_an_electronic_letter_signed_by_the_head():
    assert RULES.on["issue_skrd"].issue == ("skrd",)
    assert RULES.paper["skrd"].signed_by == "kepala"


@pytest.mark.kewajiban("PAM-15")
def test_the_retribution_is_set_by_a_tariff_for_building_and_structures():
    (tariff,) = RULES.tariff
    assert tariff.figure["hsbg"].value > 0 and tariff.prasarana
    assert RULES.track["imb"].fee


# -- The applicant's steps ----------------------------------------------------------------------
@pytest.mark.kewajiban("PAM-04")
def test_step_4_is_a_form_of_its_own_with_the_promise_to_follow_the_krk():
    assert MOVES[4] == RULES.on["request_krk"] and MOVES[4].notify == {}
    assert any(section.form == "krk" for section in RULES.section)
    [promise] = [item.text for item in RULES.statement if item.move == "request_krk"]
    assert "mengikuti ketentuan Keterangan Rencana Kota (KRK)" in promise
    assert MOVES[4].issue == ("surat_permohonan_krk",)


@pytest.mark.kewajiban("PAM-06")
def test_step_6_asks_for_administrative_and_technical_documents():
    asked = {(item.group, item.due) for item in RULES.requirement}
    assert asked == {("administrasi", "submit"), ("teknis", "submit")}
    always = [item.code for item in RULES.requirement if not item.when and not item.optional]
    assert always == ["bukti_hak", "pbb", "gambar_situasi", "gambar_arsitektur", "gambar_struktur"]


@pytest.mark.kewajiban("PAM-07")
def test_step_7_sends_the_second_form_with_its_statement():
    assert MOVES[7] == RULES.on["submit"]
    assert any(section.form == "izin" for section in RULES.section)
    assert any("data dan dokumen" in s.text for s in RULES.statement if s.move == "submit")


@pytest.mark.kewajiban("PAM-08")
def test_step_8_answers_with_the_electronic_receipt_and_a_notice():
    assert MOVES[8] == RULES.on["submit"]
    given = ("surat_permohonan_imb", "tanda_terima")
    assert (MOVES[8].issue, MOVES[8].notify) == (given, {"pemohon": EITHER})


@pytest.mark.kewajiban("PAM-09")
def test_step_9_prints_the_receipt_which_stays_valid_whatever_follows():
    assert RULES.paper["tanda_terima"].title == "Tanda Terima Dokumen"
    assert "tanda_terima" in RULES.keep and "tanda_terima" in RULES.on["submit"].issue
    assert CARD["prosedur"].items[8] == "Pemohon mencetak tanda terima dokumen"


@pytest.mark.parametrize(
    ("step", "move"),
    [
        pytest.param(17, "report_payment", marks=pytest.mark.kewajiban("PAM-17")),
        pytest.param(18, "submit_payment", marks=pytest.mark.kewajiban("PAM-18")),
    ],
)
def test_payment_and_proof_are_told_to_the_applicant_and_to_the_office(step, move):
    assert MOVES[step] == RULES.on[move]
    assert MOVES[step].notify == {"pemohon": EITHER, "kantor": EITHER}


@pytest.mark.kewajiban("PAM-18")
def test_the_proof_is_examined_before_the_permit_is_signed():
    (review,) = RULES.stage["PAYMENT_REVIEW"]
    assert (review.act, review.duty) == ("periksa", "bayar")


@pytest.mark.kewajiban("PAM-28")
@pytest.mark.parametrize("step", [4, 11, 14, 15, 20])
def test_no_notice_goes_out_where_the_chart_marks_none(step):
    assert (STEPS | MOVES)[step].notify == {}


@pytest.mark.kewajiban("PAM-28")
def test_the_account_s_step_1_and_the_applicant_s_6_and_9_are_no_moves_that_could_tell():
    assert not {1, 6, 9} & {*STEPS, *MOVES}
    assert MOVES[7].steps == (7, 8)  # one sending: its one notice is step 8's


# -- Lists 21 and 22, time, cost, product, complaints, publisher --------------------------------
@pytest.mark.kewajiban("PAM-21")
def test_step_21_sends_receipt_and_pick_up_code_in_one_paper():
    assert RULES.paper["kode_ambil"].title == "Tanda Terima dan Kode Pengambilan IMB"
    assert "kode" in RULES.handover.shows
    assert "tanda terima dengan kode pengambilan" in policy("langkah_21")


@pytest.mark.kewajiban("PAM-22")
def test_step_22_lets_the_permit_be_fetched_and_sends_it_through_the_portal():
    assert "dapat diambil" in policy("langkah_22") and "dikirim melalui portal" in policy(
        "langkah_22"
    )


def policy(code):
    return next(item.text for item in RULES.policy if item.code == code)


@pytest.mark.kewajiban("PAM-11", "PAM-15", "PAM-20")
def test_the_three_single_days_are_as_printed():
    marked = {step: link.deadline for step, link in STEPS.items() if link.deadline}
    assert {step: (d.amount, d.unit) for step, d in marked.items()} == {
        11: (1, "hari"), 15: (1, "hari"), 20: (1, "hari")
    }  # fmt: skip


@pytest.mark.kewajiban("PAM-23")
def test_three_days_in_all_are_shown_with_the_twenty_two_steps_they_contradict():
    assert [(total.amount, total.unit) for total in RULES.total] == [(3, "hari")]
    assert RULES.total[0].stop == "update_building"  # so that step 20's day is within
    assert CARD["waktu"].text == "3 hari"
    assert "3 hari untuk 22 langkah" in policy("jumlah_waktu")


@pytest.mark.kewajiban("PAM-24")
def test_the_service_is_free_and_the_retribution_is_not():
    assert "Pelayanan tidak dipungut biaya. Retribusi IMB dibayar" in CARD["biaya"].text
    assert RULES.track["imb"].fee
    assert "Pelayanannya gratis. Retribusi IMB tetap dibayar" in policy("gratis_dan_retribusi")


@pytest.mark.kewajiban("PAM-25")
def test_the_product_is_the_service_of_the_imb_and_three_groups_are_required():
    assert RULES.service.product == ("Pelayanan Perizinan IMB",)
    groups = ("Permohonan", "Kelengkapan administrasi", "Kelengkapan teknis")
    assert CARD["persyaratan"].items == groups


@pytest.mark.kewajiban("PAM-26")
@pytest.mark.parametrize(
    ("number", "words"),
    [
        (0, "Ruang Pengaduan DPKP di Jalan Jokotole No. 143"),
        (1, "Kotak dan Buku Pengaduan"),
        (2, "ciptakarya.pamekasan@gmail.com"),
    ],
)
def test_complaints_come_by_room_by_box_and_book_and_by_mail(number, words):
    assert words in CARD["pengaduan"].items[number]


@pytest.mark.kewajiban("PAM-27")
def test_the_publisher_is_as_printed_and_the_number_of_the_decree_empty():
    publisher = RULES.publisher
    assert publisher.name == "Dinas Perumahan dan Kawasan Pemukiman"
    assert publisher.address == "Jl. Jokotole 143"
    assert (publisher.postcode, publisher.phone) == ("69323", "0324611685")
    assert RULES.service.decree == "" and "Nomor SK standar pelayanan kosong" in RULES.service.note


def test_the_contradictions_of_the_document_are_recorded():
    codes = {item.code for item in RULES.policy}
    assert {"jumlah_waktu", "gratis_dan_retribusi", "langkah_21", "nama_kantor"} <= codes


def test_the_standard_lists_the_twenty_two_steps():
    assert len(CARD["prosedur"].items) == 22


@pytest.mark.parametrize("table", ["fact", "requirement", "check", "tariff"])
def test_what_the_document_does_not_give_is_a_sample(table):
    assert all(item.contoh for item in getattr(RULES, table))
