"""The five steps of Malang's document over HTTP: an agent applies, five officers act."""

import datetime

import kepanjen
import pytest
import time_machine
from outcome import agent_and_officers, all_is_well, events, issued, promised, reads, told
from procedure import Office

from applications.models import Application

pytestmark = pytest.mark.django_db
BEGUN = datetime.datetime(2026, 7, 1, 2, tzinfo=datetime.UTC)
SERVICE, FIELD = "Customer service", "Bidang Perizinan"
HEAD = "Kepala Dinas Penanaman Modal dan Pelayanan Terpadu Satu Pintu"
TECHNICAL, CASHIER, APPLICANT, PORTAL = "Tim Teknis", "Bendahara Penerimaan", "Pemohon", "Sistem"
HANDS = [
    ("submit", APPLICANT, [1]),
    ("return_incomplete", SERVICE, []),
    ("resubmit", APPLICANT, []),
    ("accept", SERVICE, [2]),
    ("record_building", FIELD, [3]),
    ("request_revision", TECHNICAL, []),
    ("revise", APPLICANT, []),
    ("approve_technical", TECHNICAL, [3]),
    ("propose_skrd", FIELD, [3]),
    ("issue_skrd", HEAD, []),
    ("report_payment", APPLICANT, [4]),
    ("submit_payment", APPLICANT, [4]),
    ("refuse_payment", CASHIER, []),
    ("submit_payment", APPLICANT, [4]),
    ("confirm_payment", CASHIER, []),
    ("issue_permit", HEAD, []),
    ("update_building", PORTAL, []),
    ("hand_over", SERVICE, [5]),
]
TOLD = [
    "submit", "return_incomplete", "accept", "request_revision", "issue_skrd", "refuse_payment",
    "issue_permit", "hand_over",
]  # fmt: skip
"""Moves of which the agent has an e-mail."""
PAPERS = [
    "izin", "kode_ambil", "serah_terima", "skrd", "ssrd", "surat_kekurangan", "surat_perbaikan",
    "tanda_terima",
]  # fmt: skip
PRINTED = {
    "izin": ("SERTIFIKAT", "Maryam Nurhaliza", "Jl. Panji 40", "Kepala Dinas"),
    "skrd": ("Rp1.921.000", "5.000", "60.000", "1.856.000", "2211 Pagar"),
    "tanda_terima": ("NPWPD", "Izin sempadan sungai", "Surat kuasa"),
}


@pytest.fixture
def walked(demo):
    """Return the case as it lies after the last step, the agent, and what he paid."""
    with time_machine.travel(BEGUN):
        agent, officers = agent_and_officers(kepanjen.DAERAH, "malang", kepanjen.ROLES)
        agent.proxy = [kepanjen.PROXY]
        amount = kepanjen.walk(agent, Office(officers))
        yield Application.objects.get(), agent, amount


@pytest.mark.kewajiban("MAL-01", "MAL-02", "MAL-03", "MAL-04", "MAL-05", "MAL-06", "MAL-12")
def test_all_of_the_document_holds_in_one_walk(walked):
    case, agent, amount = walked
    assert amount == kepanjen.BILL
    assert [(event.move, event.capacity, event.steps) for event in events(case)] == HANDS
    assert told(case) == TOLD
    assert promised(case) == datetime.date(2026, 7, 15)  # fourteen days after "lengkap"
    papers = {paper.kind: paper for paper in issued(case)}
    assert sorted(paper.kind for paper in issued(case)) == PAPERS
    all_is_well(case)
    for kind, parts in PRINTED.items():
        reads(agent, papers[kind], parts)
