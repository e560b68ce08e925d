"""The thirteen steps of Sleman's document over HTTP: an agent applies, six officers act."""

import datetime

import depok
import pytest
import time_machine
from outcome import agent_and_officers, all_is_well, events, issued, numbered, promised, reads, told
from procedure import Office

from applications.models import Application
from documents import services as documents

pytestmark = pytest.mark.django_db
COUNTER, KASI, TECHNICAL = (
    "Petugas Administrasi", "Kepala Seksi Pelayanan Umum", "Petugas Teknis",
)  # fmt: skip
SEKCAM, CAMAT, CASHIER = "Sekretaris Kecamatan", "Camat Depok", "Bendahara Penerimaan Pembantu"
APPLICANT, PORTAL = "Pemohon", "Sistem"
HANDS = [
    ("submit", APPLICANT, [1]),
    ("return_incomplete", COUNTER, []),
    ("resubmit", APPLICANT, []),
    ("endorse", COUNTER, [2]),
    ("send_back", KASI, []),
    ("endorse", COUNTER, [2]),
    ("accept", KASI, [3]),
    ("record_building", PORTAL, []),
    ("endorse", TECHNICAL, [4]),
    ("request_revision", TECHNICAL, []),
    ("revise", APPLICANT, []),
    ("approve_technical", TECHNICAL, [4, 5]),
    ("propose_skrd", TECHNICAL, [5]),
    ("return_skrd", KASI, []),
    ("propose_skrd", TECHNICAL, [5]),
    ("endorse", KASI, [6]),
    ("send_back", SEKCAM, []),
    ("endorse", KASI, [6]),
    ("endorse", SEKCAM, [7]),
    ("send_back", CAMAT, []),
    ("endorse", SEKCAM, [7]),
    ("endorse", CAMAT, [8]),
    ("issue_skrd", COUNTER, [9]),
    ("report_payment", APPLICANT, []),
    ("submit_payment", APPLICANT, [10]),
    ("confirm_payment", CASHIER, []),
    ("issue_permit", COUNTER, [11]),
    ("update_building", PORTAL, []),
    ("hand_over", COUNTER, [12, 13]),
]
"""Every hand of the walk in the order of the document, with the step that it names."""
TOLD = [
    "submit", "return_incomplete", "endorse", "endorse", "endorse", "request_revision",
    "issue_skrd", "submit_payment", "issue_permit", "hand_over",
]  # fmt: skip
"""Moves of which the agent has an e-mail: twice the receipt's step, once the appointment."""
SINGLE = {
    "surat_permohonan_imb", "surat_permohonan_ippt", "tanda_terima", "tanda_terima_ippt",
    "surat_kekurangan", "surat_perbaikan", "berita_acara", "skrd", "ssrd", "izin", "ippt",
    "pengesahan_sppl", "serah_terima", "lembar_kendali_imb", "lembar_kendali_ippt", "plat_imb",
}  # fmt: skip
"""Papers with a number at the end, one of each."""
ANEW = "perhitungan_retribusi"
"""Paper that was made a second time when the Kasi returned the bill; the first is void."""
SIGNED = {
    "skrd": ["kasi_pelayanan", "sekcam", "camat"],
    "izin": ["kasi_pelayanan", "sekcam", "camat"],
    "ippt": ["kasi_pelayanan", "sekcam", "camat"],
    "pengesahan_sppl": ["kasi_pelayanan", "sekcam", "camat"],
    "berita_acara": ["petugas_teknis"],
}
PRINTED = {
    "izin": ("Maryam Nurhaliza", "Gang Kenari 4", "Camat Depok"),
    "ippt": ("Maryam Nurhaliza", "180"),
    "pengesahan_sppl": ("Maryam Nurhaliza", "LINGKUNGAN HIDUP"),
    "plat_imb": ("Maryam Nurhaliza", "0001/IMB/340407/VII/2026"),
    "perhitungan_retribusi": ("Rp292.320", "PERHITUNGAN RETRIBUSI IMB"),
    "skrd": ("Rp292.320", "dua ratus sembilan puluh dua ribu tiga ratus dua puluh rupiah"),
}
BEGUN = datetime.datetime(2026, 7, 1, 2, tzinfo=datetime.UTC)


@pytest.fixture
def walked(demo):
    """Return the case as it lies after the last step, the agent, and what he paid."""
    with time_machine.travel(BEGUN):
        agent, officers = agent_and_officers(depok.DAERAH, "sleman", depok.ROLES)
        agent.proxy = depok.PROXIES
        amount = depok.walk(agent, Office(officers), "2026-07-02")
        yield Application.objects.get(), agent, amount


@pytest.mark.kewajiban(
    "SLE-01", "SLE-02", "SLE-03", "SLE-04", "SLE-05", "SLE-06", "SLE-07", "SLE-08", "SLE-09",
    "SLE-10", "SLE-11", "SLE-12", "SLE-13", "SLE-14", "SLE-15", "SLE-17", "SLE-18", "SLE-19",
)  # fmt: skip
def test_all_of_the_document_holds_in_one_walk(walked):
    case, agent, amount = walked
    assert amount == depok.BILL
    assert [(event.move, event.capacity, event.steps) for event in events(case)] == HANDS
    assert told(case) == TOLD
    assert promised(case) == datetime.date(2026, 7, 22)  # fifteen working days, none a holiday
    papers = {paper.kind: paper for paper in issued(case)}
    assert sorted(paper.kind for paper in issued(case)) == sorted([*SINGLE, ANEW, ANEW])
    status = issued(case).filter(kind=ANEW).order_by("number").values_list("status", flat=True)
    assert [*status] == ["batal", "berlaku"]
    for kind, roles in SIGNED.items():
        assert [given.role for given in documents.signatures(papers[kind])] == roles, kind
    paid = case.events.get(move="confirm_payment").seq
    for kind in ("izin", "ippt", "pengesahan_sppl"):  # signed before the payment, numbered after
        assert numbered(case, papers[kind]) > paid, kind
    all_is_well(case)
    for kind, parts in PRINTED.items():
        reads(agent, papers[kind], parts)
