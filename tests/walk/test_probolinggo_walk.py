"""Probolinggo's four tracks over HTTP, each with its hands, papers and signatures."""

import datetime

import mayangan
import pytest
import time_machine
from outcome import (
    BACKEND,
    Agent,
    all_is_well,
    charged,
    events,
    issued,
    officers_of,
    reads,
    told,
)
from procedure import Office

from applications import clock
from applications.models import Application
from documents import services as documents
from imbportal.demo import drawings, people
from notifications.models import Message

pytestmark = pytest.mark.django_db
BEGUN = datetime.datetime(2026, 7, 1, 2, tzinfo=datetime.UTC)
SHORT = {
    "krk", "tanda_terima", "skrd", "ssrd", "izin", "lampiran_gambar", "kode_ambil",
    "serah_terima",
}  # fmt: skip
CAMAT, HEAD = "Camat Mayangan", "Kepala Badan Pelayanan Perijinan"
DIVISION = "Kepala Bidang Penataan Kota dan Penataan Bangunan"
WORKS, WALIKOTA = "Kepala Dinas Pekerjaan Umum", "Walikota Probolinggo"
DWELLING, BUSINESS = "Pasal 9 ayat (1) huruf a", "Pasal 9 ayat (2)"
"""What a relief rests on. Before it: area × Rp10.000 × function (0,05 simple dwelling, 0,50 other
dwelling, 3,00 business, 1,00 social) × 0,580 (PLAIN; 0,565 where the region owns it)."""


@pytest.fixture
def office(demo):
    with time_machine.travel(BEGUN):
        yield Office(officers_of("probolinggo", mayangan.ROLES, at_the_door=False))


def begin():
    """Let the demo's agent begin another case for his principal."""
    people.mandate()
    agent = Agent()
    agent.client.force_login(people.applicant("konsultan"), backend=BACKEND)
    agent.open_case(mayangan.DAERAH, **{"Untuk siapa izin ini?": f"Untuk {people.OWNER[0]}"})
    return agent


def ended(track, duties=4):
    """Return the case of a track and its papers by kind; nothing in it is wrong."""
    case = Application.objects.get(track=track)
    assert case.state == "COLLECTED"
    all_is_well(case, duties)
    ends = [(running.deadline.unit, running.end) for running in clock.totals(case, events(case))]
    assert ends[0][0] == "hari_kerja" and ends[1][0] == "hari"
    assert [(end - BEGUN.date()).days for _, end in ends] == [14, 10]
    return case, {paper.kind: paper for paper in issued(case)}


def steps(case):
    return {step for event in events(case) for step in event.steps}


DELEGATED = "Peraturan Walikota Probolinggo Nomor 34 Tahun 2007"


def signed(paper):
    return [given.title for given in documents.signatures(paper)]


def cottage(agent, office):
    """Article 3: KRK and payment at the kecamatan, whose Camat signs the permit."""
    mayangan.ask(agent, office, mayangan.COTTAGE, "petugas_kecamatan")
    mayangan.bring(agent, office, (mayangan.SITE,))
    mayangan.accept(office)
    mayangan.approve(office)
    mayangan.count(office)
    mayangan.relieve(agent, office)
    mayangan.bill(office)
    slip = drawings.pdf("Kuitansi", pages=1)
    paid = mayangan.pay_at(agent, office, "petugas_kecamatan", "bendahara_bpp", slip)
    mayangan.sign(office, "kabid_penataan", "camat")
    mayangan.collect(agent, office, "petugas_kecamatan")
    case, papers = ended("pasal3")
    assert papers.keys() == SHORT | {"keputusan_keringanan"} and steps(case) == {*range(1, 10)}
    assert charged(case) == (15_660, 20, DWELLING, paid) and paid == 12_528
    assert signed(papers["keputusan_keringanan"]) == [WALIKOTA]
    reads(agent, papers["skrd"], ("15.660", "3.132", DWELLING, "12.528"))
    assert signed(papers["izin"]) == [CAMAT] and signed(papers["lampiran_gambar"]) == [DIVISION]
    assert DELEGATED in str(papers["izin"].content)
    heads = {kind: papers[kind].content["letterhead"]["office"] for kind in SHORT}
    assert heads["krk"] == heads["izin"] == "Kecamatan Mayangan"
    assert heads["lampiran_gambar"] == "Dinas Pekerjaan Umum"
    billed = case.events.get(move="issue_skrd")
    clerk = people.email("petugas_kecamatan.probolinggo")
    assert Message.objects.filter(user__email=clerk, key__startswith=f"event:{billed.pk}:").exists()
    reads(
        agent, papers["izin"], (CAMAT, "Kecamatan Mayangan", "mengesahkan dokumen rencana teknis")
    )
    reads(agent, papers["lampiran_gambar"], (DIVISION, "Gambar rencana bangunan", "versi 1"))


def house(agent, office):
    """Article 4: at the permit office, with the planner's proof; returned once for completeness."""
    mayangan.ask(agent, office, mayangan.HOUSE, "petugas_bpp")
    mayangan.bring(agent, office, (mayangan.SITE, mayangan.PROOF))
    desk = office.at("petugas_bpp")
    desk.reject_document(mayangan.PBB, "PBB tahun lalu.")
    desk.move("Kembalikan untuk dilengkapi")
    agent.mend(mayangan.PBB, "PBB tahun ini", "Kirim perbaikan")
    mayangan.accept(office)
    mayangan.approve(office)
    mayangan.count(office)
    mayangan.relieve(agent, office)
    mayangan.bill(office)
    paid = mayangan.pay(agent, office, "bendahara_bpp")
    mayangan.sign(office, "kadis_pu", "kepala_bpp")
    mayangan.collect(agent, office, "petugas_bpp")
    case, papers = ended("pasal4")
    assert papers.keys() == SHORT | {"surat_kekurangan", "keputusan_keringanan"}
    assert steps(case) == {*range(1, 10)}
    assert charged(case) == (290_000, 20, DWELLING, paid) and paid == 232_000
    assert signed(papers["izin"]) == [HEAD] and signed(papers["lampiran_gambar"]) == [WORKS]


def warehouse(agent, office):
    """Article 5: from one hectare an ijin lokasi; steel wants its drawings; the region is paid."""
    mayangan.ask(agent, office, mayangan.SHOP, "petugas_bpp")
    mayangan.bring(agent, office, (mayangan.LOCATION, *mayangan.STEEL))
    mayangan.accept(office)
    mayangan.approve(office)
    mayangan.count(office)
    mayangan.bill(office)
    paid = mayangan.pay(agent, office, "bendahara_kota")
    mayangan.sign(office, "kadis_pu", "kepala_bpp")
    mayangan.collect(agent, office, "petugas_bpp")
    case, papers = ended("pasal5")
    assert DELEGATED not in str(papers["izin"].content), "the head signs by no delegation"
    assert charged(case) == (6_960_000, 20, BUSINESS, paid) and paid == 5_568_000
    assert papers.keys() == SHORT and steps(case) == {*range(1, 12)}
    assert signed(papers["izin"]) == [HEAD] and signed(papers["lampiran_gambar"]) == [WORKS]


@pytest.mark.kewajiban("PRO-03", "PRO-04", "PRO-05", "PRO-07", "PRO-12", "PRO-17")
def test_a_cottage_a_house_and_a_warehouse_go_their_three_ways(office):
    cottage(begin(), office)
    house(begin(), office)
    warehouse(begin(), office)


HEARD = [
    ("request_revision", 0, 9), ("revise", 0, 0), ("endorse", 1, 9),
    ("endorse", 2, 10), ("endorse", 3, 10), ("endorse", 4, 10),
    ("request_revision", 0, 10), ("revise", 4, 0), ("endorse", 5, 10),
    ("request_revision", 0, 11), ("revise", 5, 0), ("endorse", 6, 11),
    ("approve_technical", 0, 12),
]  # fmt: skip
"""Moves of the technical office with the link whose turn it is after them, and their letter."""
TOLD = [
    "request_krk", "issue_krk", "submit", "accept", "request_revision", "endorse", "endorse",
    "request_revision", "request_revision", "issue_skrd", "issue_permit", "hand_over",
]  # fmt: skip


@pytest.mark.kewajiban("PRO-06", "PRO-07")
def test_a_market_is_reviewed_heard_advised_and_comes_back_where_it_was_returned(office):
    agent = begin()
    mayangan.ask(agent, office, mayangan.MARKET, "petugas_bpp")
    mayangan.bring(agent, office, (mayangan.LAND_USE, mayangan.ENVIRONMENT, mayangan.AGENCIES))
    mayangan.accept(office)
    mayangan.hear(agent, office, "2026-07-06")
    mayangan.approve(office)
    mayangan.count(office)
    mayangan.bill(office)
    paid = mayangan.pay(agent, office, "bendahara_kota")
    mayangan.sign(office, "kadis_pu", "kepala_bpp")
    mayangan.collect(agent, office, "petugas_bpp")
    case, papers = ended("pasal6")
    assert told(case) == TOLD
    assert charged(case) == (15_660_000, 20, BUSINESS, paid) and paid == 12_528_000
    found = [(e.move, e.turn_after, *e.steps) for e in events(case)
             if e.source in ("ASSESSMENT", "REVISION")]  # fmt: skip
    assert found == [
        (move, turn, *([step] if move in ("endorse", "approve_technical") else []))
        for move, turn, step in HEARD
    ]
    assert steps(case) == {*range(1, 18)}
    more = {"undangan_dengar", "berita_acara_dengar", "nasihat_teknis", "surat_perbaikan"}
    assert papers.keys() == SHORT | more
    [invited] = Message.objects.filter(
        case=case.pk, channel="email", body__contains="Siapkan: Maket"
    )
    assert "Dengar pendapat: Senin, 6 Juli 2026 pukul 09.00 di Balai Kelurahan" in invited.body
    assert signed(papers["berita_acara_dengar"]) == [DIVISION]
    assert signed(papers["nasihat_teknis"]) == ["Tim Ahli Bangunan Gedung"]
    reads(agent, papers["undangan_dengar"], ("Balai Kelurahan Mayangan", "Warga RT 03"))
    reads(agent, papers["berita_acara_dengar"], ("jalan masuk terlalu sempit", "menjadi 6 m"))
    reads(agent, papers["nasihat_teknis"], (mayangan.ADVICE,))
    reads(agent, papers["lampiran_gambar"], (WORKS, "versi 4"))


@pytest.mark.kewajiban("PRO-10", "PRO-11")
def test_a_market_of_the_region_is_exempted_and_costs_nothing_to_the_end(office):
    agent = begin()
    mayangan.ask(agent, office, mayangan.PUBLIC_MARKET, "petugas_bpp")
    mayangan.bring(agent, office, (mayangan.LAND_USE, mayangan.ENVIRONMENT, mayangan.AGENCIES))
    mayangan.accept(office)
    mayangan.hear_at_once(office, "2026-07-06")
    mayangan.approve(office)
    mayangan.count(office)
    mayangan.exempt(agent, office)
    mayangan.bill(office, "Terbitkan SKRD nihil")
    mayangan.sign(office, "kadis_pu", "kepala_bpp")
    mayangan.collect(agent, office, "petugas_bpp")
    case, papers = ended("pasal6", duties=3)
    assert charged(case) == (5_085_000, 100, "Pasal 10", 0)
    assert case.bills.get().amount == 0 and not case.payments.exists()
    assert steps(case) == {*range(1, 18)} - {14, 15}
    assert signed(papers["keputusan_pembebasan"]) == [WALIKOTA]
    reads(agent, papers["keputusan_pembebasan"], ("Rp5.085.000", "Pasal 10"))
