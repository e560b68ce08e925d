"""Letters that go out beside the moves, sealed by who decides: on the page of each, by HTTP."""

import hashlib
from contextlib import closing

import pytest
from apart import apart
from django.utils import timezone
from late_bill import SINCE, Late, faults, text, today
from lxml import html

from accounts.models import Identity
from applications.models import Application
from applications.refusals import Unmet
from documents import holds, rendering
from documents import invariants as papers
from documents.models import NumberHold, Paper
from documents.seal import chain
from imbportal import stored_files
from imbportal.daerah import registry
from imbportal.demo import certificates, drawings, people
from imbportal.demo.driver import Driver
from imbportal.demo.past import past
from notifications.models import Message
from retribusi import relief, relief_decision
from retribusi.arrears import strd
from retribusi.corrections import objecting, opening, paying_back, ruling
from tests.documents.esign_server import CODE, NIK, PASSWORD, USER, Service
from tests.documents.seal_cast import MISSING, Reader

pytestmark = [pytest.mark.django_db, pytest.mark.satu_basis_data]
PHRASE, WRONG = "Merpati Kayu Jati 2819", "Kata Sandi Yang Keliru 5512"
OFFICE = "Kantor Contoh"


@pytest.fixture(scope="module")
def prepared(django_db_setup, django_db_blocker):
    """A school whose bill is overdue, and to which somebody objected in time."""
    with apart(django_db_blocker):
        driver = Driver("contoh", people.applicant("budi"))
        driver.answers |= {"function": "sosial_budaya"}
        with past(timezone.now() - SINCE):
            driver.to("AWAITING_PAYMENT")
            objecting.ask(driver.fresh(), "Teras ikut dihitung.", by=driver.applicant)
        yield driver


@pytest.fixture(scope="module")
def issued_by():
    """Root and issuer of an office's certificates."""
    return chain.make(OFFICE, timezone.now())


@pytest.fixture
def late(prepared, issued_by, settings, tmp_path):
    settings.SEAL, settings.SEAL_FOLDER = "lokal", tmp_path / "segel"
    for role in ("kepala", "sekretaris"):
        person = prepared.officers[role]
        own = chain.end(str(person), OFFICE, timezone.now(), issued_by[1])
        chain.write(settings.SEAL_FOLDER, f"{person.pk}.p12", own.p12(PHRASE))
    return Late(prepared)


def of_interest(late):
    late.post("bendahara", "usul")
    form = {"strd": late.strd.pk}
    return "kepala", f"{late.desk}terbitkan/", form, (strd.issue, late.bill, late.strd.pk)


def of_relief(late):
    case, driver = late.case, late.driver
    relief.upload(case, "sosial", "permohonan", drawings.slip("s", 1), by=driver.applicant)
    asked = relief.ask(case, "sosial", by=driver.applicant)
    relief_decision.forward(asked, by=driver.officers["petugas"])
    form = {"alasan": "Sekolah dasar,\nmilik yayasan."}
    url = f"/admin/permohonan/{case.pk}/keringanan/kabulkan/"
    return "kepala", url, form, (relief_decision.grant, asked, "Ya.")


def of_objection(late):
    asked = late.case.objections.get()
    ruling.forward(asked, by=late.driver.officers["kasi"])
    url = f"/admin/permohonan/{late.case.pk}/keberatan/sebagian/"
    return "sekretaris", url, {"alasan": "Terasnya saja."}, (ruling.partly, asked, "Ya.")


def of_refund(late):
    keeper, budi = late.driver.officers["bendahara"], late.driver.applicant
    refund = opening.open_by_hand(
        late.case, cause="lebih", amount=5000, received_on=today(), reference="R", note="Ganda.",
        key="k", by=keeper,
    )  # fmt: skip
    paying_back.file_account(refund, bank="Bank", account="123456789", holder="Budi", by=budi)
    url = f"/admin/pengembalian/{refund.pk}/setujui/"
    return "kepala", url, {}, (paying_back.approve, refund)


LETTERS = {
    "strd": of_interest, "keputusan_keringanan": of_relief, "keputusan_keberatan": of_objection,
    "skrdlb": of_refund,
}  # fmt: skip


class Signing:
    """What a signatory sees and posts, as a browser does: each page carries what the next needs."""

    def __init__(self, late, kind):
        self.late, self.kind = late, kind
        role, self.url, form, self.bare = LETTERS[kind](late)
        self.by, self.client = late.driver.officers[role], late.client(("contoh", role))
        self.words = [form["alasan"].split()[0]] if "alasan" in form else []
        version = Application.objects.get(pk=late.case.pk).version
        self.page = self.client.post(self.url, form | {"version": version})

    def send(self, **typed):
        page = html.fromstring(self.page.content)
        (form,) = page.xpath("//form[contains(@class, 'panel--form')]")
        assert form.get("action") is None, "it posts to its own address"
        carried = {name: value or "" for name, value in form.fields.items()}
        self.page = self.client.post(self.url, carried | typed)
        return self.page

    def issued(self):
        return Paper.objects.filter(case=self.late.case.pk, kind=self.kind).exclude(number=None)


def wrong():
    found = [*papers.numbers(), *papers.sealed(), *stored_files.wrong()]
    return [*map(str, found), *faults()]


@pytest.mark.parametrize("kind", LETTERS)
def test_a_letter_is_sealed_by_who_decides_and_a_failed_seal_keeps_its_number(
    late, kind, issued_by, tmp_path
):
    signing = Signing(late, kind)
    act, *given = signing.bare
    with pytest.raises(Unmet, match="halaman tanda tangan"):
        act(*given, by=signing.by)
    shown = text(signing.page)
    assert signing.page.status_code == 200 and 'type="password"' in shown
    assert late.case.rules.paper[kind].title in shown and "nomornya diberikan saat" in shown
    assert not signing.issued().exists() and not NumberHold.objects.exists()

    failed = signing.send(sandi=WRONG)
    assert failed.status_code == 422 and "tidak cocok" in text(failed)
    assert not signing.issued().exists() and wrong() == []
    hold = NumberHold.objects.get(case=late.case.pk)
    assert (hold.kind, hold.n, hold.trial) == (kind, 1, None)
    number = holds.printed(late.case.rules, hold, hold.at)
    assert number not in text(late.get("budi", f"/permohonan/{late.case.pk}/"))

    done = signing.send(sandi=PHRASE)
    assert done.status_code == 302, text(done)
    paper, hold = signing.issued().get(), NumberHold.objects.get()
    assert (paper.seal, paper.status, hold.paper) == ("ttd", "berlaku", paper)
    assert paper.number == number and paper.signatures.get().user == signing.by
    assert all(words in str(paper.content) for words in signing.words)
    sealed = paper.sealed.read()
    assert sealed.startswith(paper.file.read())
    assert hashlib.sha256(sealed).hexdigest() == paper.sealed_sha256 and wrong() == []
    assert WRONG not in shown + text(failed)
    told = Message.objects.filter(case=late.case.pk, created_at__gte=paper.issued_at)
    assert told.filter(user=late.driver.applicant).exists()
    if not MISSING:
        (tmp_path / "nss").mkdir()
        said = Reader(tmp_path / "nss", issued_by[0]).says(sealed)
        for words in ("Signature is Valid", "Certificate is Trusted", "Total document signed",
                      f"Common Name: {signing.by}"):  # fmt: skip
            assert words in said, said


def test_a_concept_that_is_dropped_after_its_seal_failed_leaves_its_number_on_a_void_paper(late):
    signing = Signing(late, "strd")
    signing.send(sandi=WRONG)
    assert late.post("kepala", "batalkan", alasan="Salah hitung.").status_code == 302
    spent = signing.issued().get()
    assert (spent.status, spent.number[:5], spent.sealed_sha256) == ("batal", "0001/", None)
    assert late.strd.number == "" and wrong() == []
    assert late.get("budi", f"/dokumen/{spent.pk}/").status_code == 404
    assert spent.number not in text(late.get("budi", f"/permohonan/{late.case.pk}/"))
    again = Signing(late, "strd")
    assert again.send(sandi=PHRASE).status_code == 302
    assert late.strd.number.startswith("0002/") and wrong() == []


def test_a_letter_is_sealed_by_a_one_time_code(late, issued_by, settings):
    from pyhanko.sign.signers import SimpleSigner

    own = chain.end("Sekretaris", OFFICE, timezone.now(), issued_by[1])
    service = Service(SimpleSigner.load_pkcs12_data(own.p12("x"), (), b"x"))
    settings.SEAL, settings.SEAL_URL, settings.SEAL_VERSION = "nasional", service.url, 2
    settings.SEAL_USER, settings.SEAL_PASSWORD = USER, PASSWORD
    Identity.objects.create(user=late.driver.officers["sekretaris"], name="Sekretaris", nik=NIK)
    with closing(service):
        signing = Signing(late, "keputusan_keberatan")
        assert "Kode sekali pakai" in text(signing.page)
        assert "Kode sudah dikirim" in text(signing.send(kirim_kode="1")) and service.codes == 1
        assert signing.send(how="kode", sandi="000000").status_code == 422
        assert signing.send(how="kode", sandi=CODE).status_code == 302
    assert signing.issued().get().sealed_sha256 and "Terasnya saja." in late.told().body
    asked = [one for one in service.seen if "totp" in one]
    assert len(asked) == 2 and not any("passphrase" in one for one in asked)


def test_who_may_not_decide_is_refused_before_he_types_anything(late):
    role, url, form, _ = of_interest(late)
    version = Application.objects.get(pk=late.case.pk).version
    for who, sent, status in (
        ("bendahara", form | {"version": version}, 403),
        ("kepala", form | {"version": version - 1}, 409),
        ("kepala", {"strd": 0, "version": version, "sandi": PHRASE}, 409),
    ):
        answer = late.client(("contoh", who)).post(url, sent)
        assert answer.status_code == status and 'type="password"' not in text(answer)
    assert not NumberHold.objects.exists() and late.strd.number == ""


def test_the_driver_of_the_demo_seals_as_its_officers_do(late, settings):
    settings.SEAL_FOLDER, settings.SEAL_OFFICE_PASSPHRASE = settings.SEAL_FOLDER / "demo", PHRASE
    certificates.prepare()
    late.driver.bill_interest()
    assert late.strd.paper.sealed_sha256 and wrong() == []


def test_the_worker_seals_what_the_file_leaves_to_the_office(
    late, issued_by, settings, monkeypatch
):
    known = registry.version

    def version(pk):
        rules = known(pk)
        paper = rules.paper["skrdlb"].model_copy(update={"seal": "kantor"})
        return rules.model_copy(update={"paper": rules.paper | {"skrdlb": paper}})

    monkeypatch.setattr(registry, "version", version)
    settings.SEAL_OFFICE_PASSPHRASE = PHRASE
    own = chain.end("Segel Kantor", OFFICE, timezone.now(), issued_by[1])
    chain.write(settings.SEAL_FOLDER, "kantor.p12", own.p12(PHRASE))
    signing = Signing(late, "skrdlb")
    assert signing.page.status_code == 302, "nobody is asked for anything"
    paper = signing.issued().get()
    assert (paper.seal, paper.sealed_sha256) == ("kantor", None)
    assert rendering.render(paper.pk).sealed_sha256 and wrong() == []
