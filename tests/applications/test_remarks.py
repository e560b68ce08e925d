"""Verdicts and points at the desk, the letter that carries them, and what stays inside."""

import re
from decimal import Decimal

import pytest

from applications import casework, papers, requirements, services
from applications.models import Application, DocumentVersion
from documents.models import Paper
from imbportal.demo import drawings, people
from notifications.models import Message
from tests.applications.office_cast import BACKEND, Desk, words

pytestmark = pytest.mark.usefixtures("files_drawn_once")


@pytest.fixture
def desk(client, drive):
    return Desk(client, drive("SUBMITTED", "pamekasan").case)


@pytest.fixture
def second_round(client, drive):
    """A case of which one document was replaced after the letter."""
    driver = drive("SUBMITTED", "pamekasan")
    driver.sideways("return_incomplete")
    driver.sideways("resubmit")
    return Desk(client, driver.fresh())


def test_a_remark_has_its_page_and_its_spot(desk):
    slot = desk.slot()
    answer = desk.refuse(slot, page="2", x="250", y="700")
    assert answer["Location"].endswith(f"?berkas={slot.code}&halaman=2#berkas-{slot.code}")
    point = desk.case.points.get()
    assert (point.page, point.x, point.y, point.file_version) == (2, 250, 700, slot.version)


@pytest.mark.parametrize(
    ("given", "kept"),
    [({"page": "2", "x": "5"}, (2, None, None)),
     ({"page": "2", "x": "2000", "y": "1"}, (2, None, None)),
     ({"page": "", "x": "1", "y": "1"}, (None, None, None)), ({"page": "²"}, (None, None, None))],
)  # fmt: skip
def test_a_crooked_spot_is_left_out(desk, given, kept):
    desk.refuse(desk.slot(), **given)
    point = desk.case.points.get()
    assert (point.page, point.x, point.y) == kept


def test_a_page_that_the_file_does_not_have_is_refused(desk):
    answer = desk.refuse(desk.slot(), page="9")
    assert answer.status_code == 422 and "hanya 2 halaman" in words(answer)
    assert not desk.case.points.exists()


def test_a_document_may_have_several_remarks_and_a_double_click_makes_one(desk):
    slot = desk.slot()
    for reason in ("Tanda tangan tidak ada.", "Tidak terbaca.", "Tidak terbaca."):
        desk.refuse(slot, reason)
    assert desk.case.points.count() == 2
    assert DocumentVersion.objects.get(pk=slot.version.pk).verdict == "tidak"


def test_the_last_remark_taken_back_takes_the_verdict_back(desk):
    slot = desk.slot()
    desk.refuse(slot, "Satu.")
    desk.refuse(slot, "Dua.")
    for point, verdict in zip(desk.case.points.all(), ("tidak", ""), strict=True):
        desk.post(f"butir/{point.pk}/")
        assert DocumentVersion.objects.get(pk=slot.version.pk).verdict == verdict
    desk.refuse(slot, "Tiga.")
    desk.approve(slot)
    assert not desk.case.points.exists()


def test_the_letter_carries_all_points_at_once_with_their_pages(desk):
    first, second = desk.slot(0), desk.slot(1)
    desk.refuse(first, "Tidak terbaca.", page="2")
    desk.refuse(second, "Belum ditandatangani.")
    desk.post("butir/", text="Tulis nama jalan lengkap.")
    assert "Terkirim sekaligus dalam satu surat: 3 catatan." in desk.words()
    desk.send_back()
    letter = Paper.objects.get(case=desk.case.pk, kind="surat_kekurangan")
    lines = [
        f"{first.requirement.label}, halaman 2: Tidak terbaca.",
        f"{second.requirement.label}: Belum ditandatangani.",
        "Tulis nama jalan lengkap.",
    ]
    assert letter.content["sections"][1]["items"] == lines
    message = Message.objects.get(case=desk.case.pk, body__contains=lines[0], channel="kotak")
    assert all(line in message.body for line in lines)
    assert Paper.objects.filter(case=desk.case.pk, kind="surat_kekurangan").count() == 1


def test_the_applicant_reads_the_page_beside_the_remark(desk):
    desk.refuse(desk.slot(), "Tidak terbaca.", page="2")
    desk.send_back()
    for page in ("perbaikan/", "berkas/"):
        assert re.search(r"halaman 2.{1,300}Tidak terbaca\.", applicant(desk, page)), page


def applicant(desk, page=""):
    desk.client.force_login(people.applicant("budi"), backend=BACKEND)
    answer = desk.client.get(f"/permohonan/{desk.case.pk}/{page}" if "/" != page[:1] else page)
    return words(answer)


SECRET = "Zqrahasiazq"


def test_nothing_reaches_the_applicant_before_the_letter(desk):
    """Points, verdicts and notes: on no page, in no message, in no paper and no file list."""
    good, bad = desk.slot(0), desk.slot(1)
    before = {page: applicant(desk, page) for page in PAGES}
    desk = Desk(desk.client, desk.case)
    desk.approve(good)
    desk.refuse(bad, SECRET, page="1")
    desk.post("butir/", text=SECRET)
    desk.post("catatan/", text=SECRET)
    assert desk.words().count(SECRET) >= 3, "the office does see them"
    for page in PAGES:
        after = applicant(desk, page)
        assert SECRET not in after
        assert plain(after) == plain(before[page]), page
    assert not Message.objects.filter(body__contains=SECRET).exists()
    assert not [p for p in Paper.objects.filter(case=desk.case.pk) if SECRET in str(p.content)]
    assert desk.client.get(f"/permohonan/{desk.case.pk}/perbaikan/").status_code == 409
    Desk(desk.client, desk.case).send_back()
    told = applicant(desk, "berkas/")
    assert SECRET in told and "Tidak sesuai" in told and ">Sesuai<" in told
    assert applicant(desk, "perbaikan/").count(SECRET) >= 2


PAGES = ("", "berkas/", "/pesan/", "/permohonan/")


def plain(page):
    """Leave out what differs each time: tokens, nonces and the case's version."""
    page = re.sub(r'data-kunci="[^"]*"', "", page)  # masked anew in each page, as the token is
    return re.sub(r'name="(csrfmiddlewaretoken|version)" value="[^"]*"', "", page)


def test_an_unsent_point_in_the_page_would_be_seen(desk, monkeypatch):
    """Negative control: were verdicts shown as they stand, the same look would find them."""
    from applications import told

    monkeypatch.setattr(told.Told, "verdict", lambda self, version: version.verdict)
    desk.refuse(desk.slot(), SECRET)
    assert "Tidak sesuai" in applicant(desk, "berkas/")


def test_a_verdict_is_told_once_the_case_has_gone_on(desk, drive):
    assert ">Sesuai<" not in applicant(desk, "berkas/")
    driver = drive("RECORDING", "pamekasan")
    assert ">Sesuai<" in applicant(Desk(desk.client, driver.case), "berkas/")


def test_internal_notes_say_for_whom_they_are(desk):
    desk.post("catatan/", text="Pemohon menelepon.")
    page = desk.words()
    inside = page[page.index('id="catatan"') :]
    assert "Hanya untuk kantor" in inside and "Pemohon menelepon." in inside


# -- Second round ---------------------------------------------------------------------------
def test_what_was_replaced_since_bears_a_chip_and_nothing_else_does(second_round):
    replaced = [i["slot"] for i in second_round.page().context["slots"] if i["changed"]]
    assert [slot.version.number for slot in replaced] == [2]
    assert second_round.words().count(">diganti<") == 1


def unchanged(desk):
    due = [i["slot"] for i in desk.page().context["slots"] if i["here"] and not i["changed"]]
    return due[0]


def test_a_point_on_what_did_not_change_is_recorded_as_a_new_finding(second_round):
    desk = second_round
    slot = unchanged(desk)
    assert "temuan baru" in desk.words(f"?berkas={slot.code}"), "the officer knows beforehand"
    desk.refuse(slot, "Baru terlihat.")
    assert desk.case.points.get(text="Baru terlihat.").new_finding
    desk.send_back()
    case = Application.objects.get(pk=desk.case.pk)
    assert case.events.last().data["new_findings"] == 1
    point = case.points.get(text="Baru terlihat.")
    assert papers.point_line(case, point).endswith("Baru terlihat. (temuan baru)")
    assert "Temuan baru: hal ini belum disebut" in applicant(desk, "perbaikan/")
    assert "Temuan baru: 1" in Desk(desk.client, case, "auditor").words()


def test_a_point_on_what_changed_or_stayed_open_is_none(second_round):
    desk = second_round
    slot = next(i["slot"] for i in desk.page().context["slots"] if i["changed"])
    desk.refuse(slot, "Masih tidak terbaca.")
    assert not desk.case.points.get(text="Masih tidak terbaca.").new_finding
    desk.post("butir/", text="Alamat masih belum lengkap.")
    assert not desk.case.points.get(text="Alamat masih belum lengkap.").new_finding


@pytest.mark.parametrize("height", [None, Decimal("8.5")])
def test_a_point_on_the_form_is_new_where_the_form_is_as_it_was_in_the_letter(desk, drive, height):
    """The letter named a document only; what the form said then is compared with what it says."""
    desk.refuse(desk.slot())
    desk.send_back()
    case = Application.objects.get(pk=desk.case.pk)
    told = case.events.last().data
    assert "new_findings" not in told and str(case.height) not in str(told["answers"])
    if height:
        casework.save_answers(case, "izin", {"height": height}, by=case.applicant)
    slot = next(s for s in requirements.due(case) if s.version and s.version.verdict == "tidak")
    casework.upload(case, slot.code, drawings.pdf("Baru"), by=case.applicant)
    case.refresh_from_db()
    services.perform("resubmit", case, by=case.applicant)
    page = desk.words()
    assert ("Isian tidak berubah sejak surat terakhir" in page) is (height is None)
    assert (">diubah<" in page) is (height is not None)
    desk.post("butir/", text="Tinggi bangunan belum masuk akal.")
    assert case.points.get(requirement="").new_finding is (height is None)
    desk.send_back()
    assert ("1 temuan baru" in desk.words()) is (height is None)


def test_in_the_first_round_nothing_is_a_new_finding(desk):
    desk.refuse(desk.slot())
    assert not desk.case.points.get().new_finding
    assert "temuan baru" not in desk.words()
