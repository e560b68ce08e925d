"""The signatory's electronic act: one case of the model daerah whose bill is signed on its page."""

import hashlib
import logging
import uuid
from datetime import timedelta

import pytest
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.utils import timezone

from applications import sealing, services, signing
from applications.models import Event
from applications.refusals import Unmet
from documents import holds, invariants, rendering, verification
from documents import services as papers
from documents.models import NumberHold, Paper
from documents.seal import chain, lokal
from documents.seal.faults import Unreachable
from imbportal import stored_files
from imbportal.demo import certificates
from notifications.models import Job

pytestmark = pytest.mark.satu_basis_data  # what a database decides here, tests/races asks of both
BACKEND = "allauth.account.auth_backends.AuthenticationBackend"
PHRASE = "Merpati Kayu Jati 2819"
"""With blanks: a page of refusal shows what was typed as a sentence."""


@pytest.fixture
def case(drive, client, settings, tmp_path_factory):
    """A case whose bill waits for the signature of the head, who is logged in."""
    driver = drive("SKRD_SIGNING")
    while driver.fresh().link.seal != "ttd":
        driver.act()
    driver.head = driver.actor()
    certify(driver.head, settings, tmp_path_factory)
    client.force_login(driver.head, backend=BACKEND)
    return driver


def certify(user, settings, tmp_path_factory):
    """Let papers be sealed from now on, and give an officer a certificate."""
    settings.SEAL, settings.SEAL_FOLDER = "lokal", tmp_path_factory.mktemp("segel")
    root, issuer = chain.make("Kantor Contoh", timezone.now())
    own = chain.end(str(user), "Kantor Contoh", timezone.now(), issuer)
    chain.write(settings.SEAL_FOLDER, f"{user.pk}.p12", own.p12(PHRASE))


def url(case):
    return f"/admin/permohonan/{case.case.pk}/tanda-tangan/issue_skrd/"


def post(client, case, phrase=PHRASE, version=None):
    version = case.case.version if version is None else version
    return client.post(url(case), {"sandi": phrase, "version": version})


def bill(case):
    return Paper.objects.filter(case=case.case.pk, kind="skrd").exclude(number=None)


def faults():
    found = [*invariants.numbers(), *invariants.printed(), *invariants.sealed()]
    return [*found, *stored_files.wrong()]


def test_a_bill_is_signed_on_its_page_and_what_is_given_out_is_sealed(case, client):
    move = f"/admin/permohonan/{case.case.pk}/langkah/issue_skrd/"
    assert client.post(move, {"version": case.case.version}).url == url(case)
    with pytest.raises(Unmet):
        services.perform("issue_skrd", case.case, by=case.head)
    client.force_login(case.officers["petugas"], backend=BACKEND)
    assert client.get(url(case)).status_code in (403, 409)
    client.force_login(case.head, backend=BACKEND)
    page = client.get(url(case)).content.decode()
    assert 'type="password"' in page and 'autocomplete="off"' in page and "SKRD" in page

    assert post(client, case).status_code == 302
    paper, event = bill(case).get(), Event.objects.filter(move="issue_skrd").get()
    assert paper.seal == "ttd" and paper.issued_at == event.at
    sealed, printed = paper.sealed.read(), paper.file.read()
    assert sealed.startswith(printed) and b"ETSI.CAdES.detached" in sealed
    assert hashlib.sha256(sealed).hexdigest() == paper.sealed_sha256
    assert papers.open_file(paper) == paper.sealed
    assert verification.compare(paper, file(sealed)) == verification.EXACT
    assert verification.compare(paper, file(printed)) == verification.UNSEALED
    assert verification.compare(paper, file(sealed + b" ")) == verification.CHANGED
    assert {verification.by_file(file(one)) for one in (sealed, printed)} == {paper}
    assert "tanda tangan elektronik" in dict(verification.shown(paper))["Bentuk"]

    # The worker finds nothing to do; a lost file comes out as it was, before its seal.
    default_storage.delete(paper.file.name)
    assert rendering.render(paper.pk).file.read() == printed
    assert faults() == [] and not list(stored_files.orphans(-1))


def file(content):
    return SimpleUploadedFile("surat.pdf", content)


def test_a_failed_seal_keeps_the_number_and_shows_nobody_what_was_typed(
    case, client, settings, monkeypatch, caplog
):
    caplog.set_level(logging.DEBUG)
    wrong = "Kata Sandi Yang Keliru 5512"
    answer = post(client, case, wrong)
    assert answer.status_code == 422 and "tidak cocok" in answer.content.decode()
    assert case.fresh().state == "SKRD_SIGNING" and not bill(case).exists()
    hold = NumberHold.objects.get(case=case.case.pk)
    assert hold.trial is None and faults() == []
    seen = [answer, post(client, case, wrong, version=case.case.version - 1)]
    assert seen[-1].status_code == 409

    monkeypatch.setattr(lokal.Local, "seal", _away)
    seen.append(post(client, case))
    assert "tidak menjawab" in seen[-1].content.decode()
    monkeypatch.undo()
    # A try whose process died keeps the others waiting for its lease, and no longer.
    dead = NumberHold.objects.filter(pk=hold.pk)
    dead.update(trial=uuid.uuid4(), trial_until=timezone.now() + timedelta(seconds=60))
    assert post(client, case).status_code == 409
    dead.update(trial_until=timezone.now() - timedelta(seconds=1))
    signed = post(client, case)
    assert signed.status_code == 302 and bill(case).get().number.startswith("0001/")
    hold.refresh_from_db()
    assert hold.paper_id == bill(case).get().pk and NumberHold.objects.count() == 1
    assert faults() == []
    text = caplog.text + "".join(one.content.decode() for one in seen) + everything_stored()
    assert wrong not in text and PHRASE not in text


def _away(self, order, by, secret):
    raise Unreachable()


def everything_stored():
    """Return all that lies in the database, as text, sessions and jobs included."""
    with connection.cursor() as cursor:
        rows = []
        for table in connection.introspection.table_names(cursor):
            cursor.execute(f'SELECT * FROM "{table}"')
            rows.append(repr(cursor.fetchall()))
    assert "csrf" in "".join(rows) or Job.objects.exists()
    return "".join(rows)


def test_two_tabs_make_one_seal(case, client, monkeypatch):
    """While one tab seals, the other is told so."""
    inside, seal, answers = [], lokal.Local.seal, []

    def meanwhile(self, *args):
        inside.append(1)
        if len(inside) == 1:
            answers.append(post(client, case))
        return seal(self, *args)

    monkeypatch.setattr(lokal.Local, "seal", meanwhile)
    assert post(client, case).status_code == 302
    assert [one.status_code for one in answers] == [409] and len(inside) == 1
    assert "halaman lain" in answers[0].content.decode()
    assert post(client, case).status_code == 409, "already done"
    assert bill(case).count() == 1 and faults() == []


def test_without_the_claim_two_tabs_seal_twice(case, client, monkeypatch):
    """The control: the move still is made once, and the loser's file is gone."""
    inside, seal = [], lokal.Local.seal

    def meanwhile(self, *args):
        inside.append(1)
        if len(inside) == 1:
            post(client, case)
        return seal(self, *args)

    monkeypatch.setattr(lokal.Local, "seal", meanwhile)
    monkeypatch.setattr(holds, "claim", lambda hold: uuid.uuid4())
    assert post(client, case).status_code == 409 and len(inside) == 2
    assert bill(case).count() == 1 and not list(stored_files.orphans(-1))


def test_a_paper_that_changed_under_its_seal_is_not_issued(case, client, settings, monkeypatch):
    """What was sealed must be what is issued: here the address in its code changes meanwhile."""
    seal, before = lokal.Local.seal, settings.SITE_URL

    def meanwhile(self, *args):
        settings.SITE_URL = "https://lain.contoh.test"
        return seal(self, *args)

    monkeypatch.setattr(lokal.Local, "seal", meanwhile)
    answer = post(client, case)
    assert answer.status_code == 409 and "baru saja berubah" in answer.content.decode()
    assert not bill(case).exists() and not list(stored_files.orphans(-1))
    monkeypatch.undo()

    # The demo's driver signs the same case, with a certificate of the demo's own chain.
    settings.SITE_URL, settings.SEAL_OFFICE_PASSPHRASE = before, PHRASE
    settings.SEAL_FOLDER = settings.SEAL_FOLDER / "demo"
    certificates.prepare()
    case.act()
    assert bill(case).get().sealed_sha256 and case.fresh().state == "AWAITING_PAYMENT"


def test_a_held_number_that_no_paper_will_bear_stays_on_a_void_one(case, client, monkeypatch):
    monkeypatch.setattr(signing, "TRIES", signing.TRIES._replace(most=1, name="segel_uji"))
    post(client, case, "salah")
    answer = post(client, case)
    assert answer.status_code == 422 and "15 menit" in answer.content.decode()
    hold = NumberHold.objects.get()
    later = timezone.now() + timedelta(days=366)
    draft = Paper.objects.get(case=case.case.pk, kind="skrd", number=None)
    newer = holds.reserve(draft, at=later)
    assert newer.series != hold.series and newer.n == 1
    draft.refresh_from_db()
    assert draft.number is None and draft.status == "konsep", "it is what will be signed next"
    spent = bill(case).get()
    assert spent.status == "batal" and spent.number.startswith("0001/") and faults() == []


def test_the_office_seals_in_the_worker(case, settings):
    """A paper that takes its number after its signature: until it is sealed nobody gets it."""
    link = case.case.link
    assert sealing.seal_of(link, "skrd") == "ttd" and sealing.seal_of(link, "izin") == ""
    office = link.model_copy(update={"seal": "kantor"})
    assert sealing.seal_of(office, "izin") == "kantor" and sealing.seal_of(None, "izin") == ""

    settings.SEAL_OFFICE_PASSPHRASE = PHRASE
    paper = Paper.objects.get(case=case.case.pk, kind="skrd")
    papers.issue(paper, at=timezone.now(), seal="kantor")
    with pytest.raises(Exception, match="belum dipasang"):
        rendering.render(paper.pk)
    with pytest.raises(papers.NotPrinted):
        papers.open_file(Paper.objects.get(pk=paper.pk))
    assert list(rendering.missing().filter(pk=paper.pk))
    file = settings.SEAL_FOLDER / f"{case.head.pk}.p12"
    (settings.SEAL_FOLDER / "kantor.p12").write_bytes(file.read_bytes())
    first = rendering.render(paper.pk)
    assert rendering.render(paper.pk).sealed_sha256 == first.sealed_sha256
    assert papers.open_file(first).read().startswith(first.file.read())


def test_who_seals_an_approval_in_spite_of_a_failing_check_says_why_where_he_signs(
    drive, client, settings, tmp_path_factory
):
    driver = drive("ASSESSMENT")
    driver.judge_all()
    driver.write_records()
    krk = driver.fresh().records.get(kind="krk")
    krk.data["kdb_max"] = "30"
    krk.save()
    certify(driver.actor(), settings, tmp_path_factory)
    client.force_login(driver.actor(), backend=BACKEND)
    page = f"/admin/permohonan/{driver.case.pk}/"
    assert "alasan-approve_technical" not in client.get(page).content.decode()
    door = f"{page}tanda-tangan/approve_technical/"
    asked = client.get(door).content.decode()
    assert "Mengapa tetap diteruskan?" in asked and "Koefisien dasar bangunan (KDB)" in asked
    typed = {"sandi": PHRASE, "version": driver.fresh().version}
    assert client.post(door, typed).status_code == 422
    why = "KRK lama; yang baru sedang dicetak."
    assert client.post(door, typed | {"note": why}).status_code == 302
    assert driver.fresh().state == "FEE"
    assert driver.case.events.get(move="approve_technical").note.text == why
    assert why in str(Paper.objects.get(case=driver.case.pk, kind="persetujuan").content)
