"""The file of Pamekasan says what its document's chart says (pamekasan steps 4 to 22)."""

import pytest

from imbportal.daerah import registry, standard
from imbportal.daerah.references import links, moves

RULES = registry.current("pamekasan")
STEPS = {step: link for _, link in links(RULES) for step in link.steps}
MOVES = {step: on for _, on in moves(RULES) for step in on.steps}
EITHER = "email/sms"
NOTICES = {5: EITHER, 8: EITHER, 10: EITHER, 12: "sms", 13: EITHER, 16: EITHER, 17: EITHER,
           18: EITHER, 19: EITHER, 21: EITHER, 22: EITHER}  # fmt: skip
SILENT = {4, 11, 14, 15, 20}


def test_every_step_of_the_office_and_of_the_cases_moves_stands_in_the_file():
    assert sorted([*STEPS, *MOVES]) == [4, 5, 7, 8, *range(10, 23)]


@pytest.mark.parametrize("step", sorted(NOTICES))
def test_a_notice_goes_out_where_the_chart_marks_one(step):
    assert (STEPS | MOVES)[step].notify["pemohon"] == NOTICES[step]


@pytest.mark.parametrize("step", sorted(SILENT))
def test_no_notice_goes_out_where_the_chart_marks_none(step):
    assert (STEPS | MOVES)[step].notify == {}


@pytest.mark.parametrize("step", [17, 18])
def test_the_office_hears_of_payment_and_proof(step):
    assert MOVES[step].notify["kantor"] == EITHER


@pytest.mark.parametrize(
    ("step", "role", "paper"),
    [
        (5, "petugas", "krk"),
        (12, "tim_teknis", "surat_kelengkapan"),
        (14, "tim_teknis", "persetujuan"),
        (19, "kepala", "izin"),
        (21, "petugas", "kode_ambil"),
        (22, "petugas", "serah_terima"),
    ],
)
def test_who_issues_which_paper(step, role, paper):
    assert STEPS[step].role == role and paper in STEPS[step].issue


def test_the_three_single_days_are_as_printed():
    marked = {step: link.deadline for step, link in STEPS.items() if link.deadline}
    assert {step: (d.amount, d.unit) for step, d in marked.items()} == {
        11: (1, "hari"), 15: (1, "hari"), 20: (1, "hari")
    }  # fmt: skip
    assert [(total.amount, total.unit) for total in RULES.total] == [(3, "hari")]


def test_the_service_is_free_and_the_retribution_is_not():
    assert "tidak dipungut biaya" in RULES.service.cost
    assert RULES.track["imb"].fee


def test_the_contradictions_of_the_document_are_recorded():
    codes = {policy.code for policy in RULES.policy}
    assert {"jumlah_waktu", "gratis_dan_retribusi", "langkah_21", "nama_kantor"} <= codes


def test_the_publisher_and_its_complaint_channels_are_as_printed():
    assert (RULES.publisher.postcode, RULES.publisher.phone) == ("69323", "0324611685")
    assert "ciptakarya.pamekasan@gmail.com" in RULES.complaint.channels[2]


def test_the_standard_lists_the_twenty_two_steps():
    steps = next(item for item in standard.components(RULES) if item.code == "prosedur")
    assert len(steps.items) == 22


@pytest.mark.parametrize("table", ["fact", "requirement", "check", "tariff"])
def test_what_the_document_does_not_give_is_a_sample(table):
    assert all(item.contoh for item in getattr(RULES, table))
