"""One chain signs bill and permit before payment; the number follows the signature."""

import hashlib
import re

import pytest

from applications import services
from applications.refusals import Unmet
from documents.models import Paper
from imbportal.daerah import loader, registry
from imbportal.daerah.models import DaerahVersion
from retribusi.models import Skrd

SKRD_SIGNING = """SKRD_SIGNING = [
  { steps = [9], role = "kasi", act = "paraf", papers = ["skrd", "izin"] },
  { steps = [10], role = "sekretaris", act = "paraf", papers = ["skrd", "izin"] },
  { steps = [11], role = "kepala", act = "ttd", papers = ["skrd", "izin"], duty = "keputusan" },
  { steps = [12], role = "petugas", act = "serah" },
]
"""
PERMIT_SIGNING = """PERMIT_SIGNING = [
  { steps = [14], role = "petugas", act = "nomor", issue = ["izin"] },
]
"""


def stage(text, gate, chain):
    found = re.subn(rf"^{gate} = \[\n.*?^\]\n", lambda _: chain, text, flags=re.M | re.S)
    assert found[1] == 1
    return found[0]


def without_fee_free_track(text):
    """Leave out the track that signs no bill, and so would not sign the permit either."""
    return re.sub(r"^\[track\.keagamaan.*?(?=^\[track\.rumah_kecil\])", "", text, flags=re.M | re.S)


def register(text):
    """Return the row of a daerah's file that reads so, checked as every file is."""
    loader.load(text, "contoh.toml")
    sha256 = hashlib.sha256(text.encode()).hexdigest()
    return DaerahVersion.objects.create(slug="contoh", sha256=sha256, content=text)


@pytest.fixture
def chained(drive):
    """Drive a case under a file whose papers are signed before payment and numbered after it."""
    text = (registry.FOLDER / "contoh.toml").read_text(encoding="utf-8")
    text = without_fee_free_track(text)
    text = stage(stage(text, "SKRD_SIGNING", SKRD_SIGNING), "PERMIT_SIGNING", PERMIT_SIGNING)
    version = register(text)
    driver = drive("DRAFT")
    driver.case.version_used = version
    driver.case.save()
    return driver


def permits(driver, status):
    return list(Paper.objects.filter(case=driver.case.pk, kind="izin", status=status))


def until(driver, state, turn=0):
    while (driver.fresh().state, driver.case.turn) != (state, turn):
        driver.step()


def signers(paper):
    return sorted(given.role for given in paper.signatures.filter(voided_at=None))


def test_the_permit_is_signed_before_payment_and_numbered_after_it(chained):
    chained.to("AWAITING_PAYMENT")
    (draft,) = permits(chained, "konsep")
    assert draft.number is None and signers(draft) == ["kasi", "kepala", "sekretaris"]
    chained.to("COLLECTED")
    (permit,) = permits(chained, "berlaku")
    assert permit.pk == draft.pk and permit.number
    assert signers(permit) == ["kasi", "kepala", "sekretaris"]


def test_a_returned_permit_asks_for_the_signature_again(chained):
    chained.to("PERMIT_SIGNING")
    chained.perform("return_permit", chained.actor(), "Luas tidak sama.")
    assert permits(chained, "batal") and not permits(chained, "konsep")
    until(chained, "SKRD_SIGNING", 3)
    services.perform("issue_nil_skrd", chained.fresh(), by=chained.actor())
    chained.to("COLLECTED")
    (permit,) = permits(chained, "berlaku")
    assert signers(permit) == ["kasi", "kepala", "sekretaris"]
    kepala = chained.case.acts.filter(gate="SKRD_SIGNING", act="ttd")
    assert [act.voided_at is None for act in kepala.order_by("pk")] == [False, True]
    assert chained.case.payments.count() == 1


def test_no_permit_without_its_signature(chained):
    chained.to("PERMIT_SIGNING")
    chained.case.acts.filter(act="ttd", gate="SKRD_SIGNING").update(
        voided_at=chained.case.entered_at
    )
    with pytest.raises(Unmet, match="Belum ada ttd"):
        services.perform("issue_permit", chained.fresh(), by=chained.actor())


def test_the_old_bill_keeps_its_signatures_when_a_second_round_signs(chained):
    chained.to("PERMIT_SIGNING")
    paid = Skrd.objects.get(application=chained.case).paper
    before = set(paid.signatures.filter(voided_at=None).values_list("pk", flat=True))
    chained.perform("return_permit", chained.actor(), "Luas tidak sama.")
    until(chained, "SKRD_SIGNING", 3)
    assert set(paid.signatures.filter(voided_at=None).values_list("pk", flat=True)) == before


def test_each_may_send_back_exactly_one_level(chained):
    until(chained, "SKRD_SIGNING", 2)
    (draft,) = permits(chained, "konsep")
    chained.sideways("send_back")
    assert chained.fresh().turn == 1
    draft.refresh_from_db()
    assert draft.status == "konsep" and signers(draft) == ["kasi"]
    chained.sideways("send_back")
    assert chained.fresh().turn == 0
    draft.refresh_from_db()
    assert draft.status == "batal"
