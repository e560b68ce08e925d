"""A permit that bears its signatory's own seal: so does the letter that freezes it."""

import pytest
from django.core.cache import cache

from applications.invariants import history
from applications.models import SanctionAct
from applications.refusals import Unmet
from applications.sanctions import deciding, invariants
from applications.sanctions.hindrances import Words
from documents import invariants as of_papers
from documents.models import NumberHold, Paper
from imbportal import stored_files
from imbportal.demo import certificates
from imbportal.demo.people import PASSWORD
from tests.applications.office_cast import BACKEND, words

WHY = {"reason": "Menyimpang dari gambar.", "basis": "Berita acara 12/BA/2026"}
WRONG = "Kata Sandi Yang Keliru 5512"


@pytest.fixture
def permit(drive, client, settings, tmp_path_factory):
    """A sealed permit of the model daerah, and its head at the desk."""
    cache.clear()
    driver = drive("PERMIT_SIGNING")
    while driver.fresh().link.seal != "ttd":
        driver.act()
    settings.SEAL, settings.SEAL_FOLDER = "lokal", tmp_path_factory.mktemp("segel")
    settings.SEAL_OFFICE_PASSPHRASE = PASSWORD
    certificates.prepare()
    driver.act()
    client.force_login(driver.officers["kepala"], backend=BACKEND)
    return Paper.objects.get(case=driver.case.pk, kind="izin")


def ask(client, permit, kind="pembekuan", **data):
    return client.post(f"/admin/surat/{permit.pk}/{kind}/", WHY | data)


def faults():
    checks = (*invariants.CHECKS, history, of_papers.numbers, of_papers.printed, of_papers.sealed)
    return [fault for check in (*checks, stored_files.wrong) for fault in check()]


def test_the_letter_on_a_sealed_permit_is_sealed_by_who_decides(permit, client, caplog):
    assert permit.seal == "ttd"
    assert "BELUM DIKIRIM" in words(ask(client, permit))
    head = permit.signatures.get(act="ttd").user
    with pytest.raises(Unmet, match="tanda tangan"):
        deciding.decide("pembekuan", permit, Words(**WHY), by=head)

    asked = words(ask(client, permit, yakin="1"))
    assert 'type="password"' in asked and "Surat Pembekuan" in asked and WHY["reason"] in asked
    wrong = ask(client, permit, yakin="1", sandi=WRONG)
    assert wrong.status_code == 422 and "tidak cocok" in words(wrong)
    assert WRONG not in wrong.content.decode() + caplog.text
    permit.refresh_from_db()
    assert permit.status == "berlaku" and not SanctionAct.objects.exists()
    held = NumberHold.objects.get(kind="pembekuan")
    assert held.trial is None and faults() == []

    assert ask(client, permit, yakin="1", sandi=PASSWORD).status_code == 302
    permit.refresh_from_db()
    letter = SanctionAct.objects.get().letter
    assert (permit.status, letter.seal, letter.kind) == ("dibekukan", "ttd", "pembekuan")
    assert letter.number.startswith("0001/") and letter.issued_at == SanctionAct.objects.get().at
    assert letter.sealed.read().startswith(letter.file.read())
    held.refresh_from_db()
    assert held.paper_id == letter.pk and faults() == [] and not list(stored_files.orphans(-1))

    assert ask(client, permit, "pencairan", yakin="1", sandi=PASSWORD).status_code == 302
    assert ask(client, permit, "penggantian", yakin="1", sandi=PASSWORD).status_code == 302
    newer = Paper.objects.filter(case=permit.case, kind="izin").latest("issued_at")
    assert (newer.seal, newer.status, bool(newer.sealed)) == ("ttd", "berlaku", True)
    assert faults() == []
