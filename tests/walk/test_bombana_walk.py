"""The eighteen steps of Bombana's chart over HTTP, once to the permit and once to a refusal."""

import datetime

import pytest
import rumbia
import time_machine
from outcome import agent_and_officers, all_is_well, events, issued, promised, reads, told
from procedure import Office

from applications.models import Application

pytestmark = pytest.mark.django_db
BEGUN = datetime.datetime(2026, 7, 1, 2, tzinfo=datetime.UTC)
TOLD = [
    "submit", "return_incomplete", "accept", "endorse", "issue_skrd", "issue_permit",
    "update_building", "hand_over",
]  # fmt: skip
"""Moves of which the agent has an e-mail: the survey is the one step that is passed on."""
PAPERS = {
    "tanda_terima", "surat_kekurangan", "surat_pengantar", "bapl", "nota_hitung",
    "rekomendasi_teknis", "skrd", "ssrd", "rekomendasi_persetujuan", "izin", "kode_ambil",
    "lembar_register", "lembar_arsip", "serah_terima", "lembar_ikm",
}  # fmt: skip


@pytest.fixture
def begun(demo):
    with time_machine.travel(BEGUN):
        agent, officers = agent_and_officers(rumbia.DAERAH, "bombana", rumbia.ROLES)
        agent.proxy = []
        office = Office(officers)
        rumbia.apply(agent, office)
        rumbia.survey(office)
        yield agent, office


def steps(case):
    return [step for event in events(case) for step in event.steps]


@pytest.mark.kewajiban("BOM-09", "BOM-18", "BOM-21", "BOM-26")
def test_all_eighteen_steps_lead_to_the_permit(begun):
    agent, office = begun
    assert rumbia.permit(agent, office) == rumbia.BILL
    case = Application.objects.get()
    assert sorted(set(steps(case))) == [*range(1, 19)]
    assert promised(case) == datetime.date(2026, 8, 10)
    assert {paper.kind for paper in issued(case)} == PAPERS
    all_is_well(case)
    assert told(case) == TOLD


@pytest.mark.kewajiban("BOM-25")
def test_a_refusal_goes_through_the_same_hands(begun):
    agent, office = begun
    rumbia.refusal(agent, office)
    case = Application.objects.get()
    assert sorted(set(steps(case))) == [*range(1, 19)]
    papers = {paper.kind: paper for paper in issued(case)}
    reads(agent, papers["penolakan"], ("sempadan sungai", "Kepala Dinas"))
    advice, archive = papers["rekomendasi_penolakan"].content, str(papers["lembar_arsip"].content)
    assert advice["letterhead"]["office"] == case.rules.unit_of("dinas_teknis").title
    assert "sempadan sungai" in str(advice) and papers["penolakan"].number in archive
