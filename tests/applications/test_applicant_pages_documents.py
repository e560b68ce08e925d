"""Uploads, corrections, papers, the bill, the pick-up code and tracking, as the applicant sees."""

import pytest
from django.core.cache import cache
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from applications import casework, papers, requirements, services
from applications.models import Application, DocumentVersion
from applications.views import progress
from documents import services as documents
from documents.models import Paper
from imbportal import indonesia
from imbportal.demo.driver import Driver
from imbportal.indonesia import rupiah, tanggal
from tests.applications import applicant_cast as cast

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def fresh(settings, tmp_path):
    settings.DEMO = True
    settings.STORAGES["default"]["OPTIONS"]["location"] = tmp_path
    cache.clear()


@pytest.fixture
def siti():
    return cast.person("Siti Aminah", "siti@contoh.test", "3528014507900001")


@pytest.fixture
def joko():
    return cast.person("Joko Susilo", "joko@contoh.test", "3528014507900002")


@pytest.fixture
def mine(client, siti):
    client.force_login(siti)
    return client


@pytest.fixture
def draft(siti):
    return casework.create(siti, cast.DAERAH)


def text(response):
    return response.content.decode()


# -- Uploads -------------------------------------------------------------------------------
def test_limits_are_said_beforehand(mine, draft):
    page = text(mine.get(cast.url(draft, "berkas/")))
    assert "25 MB" in page and "300 MB" in page and "100 halaman" in page


def test_a_file_goes_into_its_own_slot(mine, draft):
    mine.post(cast.url(draft, "berkas/bukti_hak/"), {"file": cast.pdf(2, "sertifikat.pdf")})
    version = DocumentVersion.objects.get()
    assert (version.document.requirement, version.number, version.pages) == ("bukti_hak", 1, 2)
    assert "sertifikat.pdf" in text(mine.get(cast.url(draft, "berkas/")))


def test_replacing_keeps_the_older_version(mine, draft):
    for pages, name in ((1, "lama.pdf"), (2, "baru.pdf")):
        mine.post(cast.url(draft, "berkas/bukti_hak/"), {"file": cast.pdf(pages, name)})
    page = text(mine.get(cast.url(draft, "berkas/")))
    assert "Versi sebelumnya (1)" in page and "lama.pdf" in page


@pytest.mark.parametrize("content", [b"", b"bukan pdf"])
def test_a_refused_file_is_explained_at_its_slot(mine, draft, content):
    file = SimpleUploadedFile("denah.pdf", content, "application/pdf")
    answer = mine.post(cast.url(draft, "berkas/bukti_hak/"), {"file": file})
    assert answer.status_code == 422
    assert 'id="bukti_hak-salah"' in text(answer)


def test_a_slot_that_is_not_asked_for_is_404(mine, draft):
    answer = mine.post(cast.url(draft, "berkas/tidak_ada/"), {"file": cast.pdf()})
    assert answer.status_code == 404


def test_a_requirement_of_which_one_does_not_know_says_so(mine, draft):
    assert "Belum tentu perlu" in text(mine.get(cast.url(draft, "berkas/")))


def test_a_file_is_served_to_its_applicant_and_to_nobody_else(mine, draft, joko):
    mine.post(cast.url(draft, "berkas/bukti_hak/"), {"file": cast.pdf()})
    path = f"/berkas/{DocumentVersion.objects.get().pk}/"
    assert mine.get(path)["Content-Type"] == "application/pdf"
    mine.force_login(joko)
    assert mine.get(path).status_code == 404


def test_a_file_in_quarantine_is_not_served(mine, draft):
    mine.post(cast.url(draft, "berkas/bukti_hak/"), {"file": cast.pdf()})
    DocumentVersion.objects.update(scan=DocumentVersion.Scan.WAITING)
    assert mine.get(f"/berkas/{DocumentVersion.objects.get().pk}/").status_code == 409


# -- Corrections ---------------------------------------------------------------------------
def test_points_are_answered_one_by_one_and_sent_again(mine, siti):
    case = cast.returned(mine, siti)
    page = text(mine.get(cast.url(case, "perbaikan/")))
    assert "Gambar tidak terbaca." in page and "Tulis nama jalan lengkap." in page
    document, whole = case.points.all()
    data = {"file": cast.pdf(), "dari": "perbaikan"}
    answer = mine.post(cast.url(case, f"berkas/{document.requirement}/"), data)
    assert "/perbaikan/" in answer["Location"]
    mine.post(cast.url(case, f"perbaikan/{whole.pk}/"), {f"{whole.pk}-text": "Sudah saya tulis."})
    resend(mine, case)
    assert Application.objects.get(pk=case.pk).state == "SUBMITTED"


def resend(client, case):
    case.refresh_from_db()
    return client.post(cast.url(case, "perbaikan/kirim/"), {"version": case.version})


def test_corrections_cannot_go_out_before_every_point_is_answered(mine, siti):
    case = cast.returned(mine, siti)
    answer = resend(mine, case)
    assert answer.status_code == 422 and "Jawab catatan" in text(answer)


def test_an_empty_answer_is_refused(mine, siti):
    case = cast.returned(mine, siti)
    point = case.points.last()
    answer = mine.post(cast.url(case, f"perbaikan/{point.pk}/"), {f"{point.pk}-text": " "})
    assert answer.status_code == 422


def test_points_that_were_not_sent_stay_in_the_office(mine, siti):
    case = cast.submitted(mine, siti)
    casework.add_point(case, "Rahasia kantor.", by=cast.officer("petugas"))
    assert "Rahasia kantor." not in text(mine.get(cast.url(case)))
    assert mine.get(cast.url(case, "perbaikan/")).status_code == 409


def test_the_verdict_and_its_reason_stand_at_the_document(mine, siti):
    case = cast.returned(mine, siti)
    page = text(mine.get(cast.url(case, "berkas/")))
    assert "Tidak sesuai" in page and "Gambar tidak terbaca." in page


# -- Papers --------------------------------------------------------------------------------
def test_a_paper_that_is_not_printed_yet_says_so_and_can_be_asked_for_again(mine, siti):
    cast.submitted(mine, siti)
    path = f"/dokumen/{Paper.objects.get().pk}/"
    answer = mine.get(path)
    assert answer.status_code == 202 and "sedang disiapkan" in text(answer)
    assert f'href="{path}"' in answer.content.decode()


def test_anothers_paper_is_404(mine, siti, joko):
    cast.submitted(mine, siti)
    mine.force_login(joko)
    assert mine.get(f"/dokumen/{Paper.objects.get().pk}/").status_code == 404


def test_a_draft_paper_stays_in_the_office(mine, siti):
    case = cast.submitted(mine, siti)
    rules, version = case.rules, case.version_used
    content = papers.content(case, "tanda_terima", at=timezone.now())
    concept = documents.draft(
        kind="izin", rules=rules, version=version, case=case.pk, content=content
    )
    assert mine.get(f"/dokumen/{concept.pk}/").status_code == 404


# -- Pick-up -------------------------------------------------------------------------------
def test_there_is_no_pick_up_code_before_the_permit_is_ready(mine, siti):
    assert mine.get(cast.url(cast.submitted(mine, siti), "ambil/")).status_code == 409


def test_there_is_no_bill_page_without_a_bill(mine, siti):
    assert mine.get(cast.url(cast.submitted(mine, siti), "bayar/")).status_code == 404


# -- Tracking ------------------------------------------------------------------------------
def track(client, number, secret):
    return client.post("/lacak/", {"number": number, "secret": secret})


def test_tracking_shows_the_stage_but_no_person(client, mine, siti):
    case = cast.submitted(mine, siti)
    client.logout()
    page = text(track(client, f" {case.number.lower()} ", case.secret.lower()))
    assert "Pemeriksaan kelengkapan" in page and "Petugas Pelayanan" in page
    assert not any(word in page for word in ("Siti", "Melati", "Rumah tinggal", "Anda sejak"))


def test_a_wrong_number_and_a_wrong_secret_get_the_same_answer(client, mine, siti):
    case = cast.submitted(mine, siti)
    client.logout()
    wrong = [track(client, case.number, "A" * 10), track(client, "TIDAK-ADA", case.secret)]
    assert {answer.status_code for answer in wrong} == {422}
    assert all("tidak cocok" in text(answer) for answer in wrong)


def test_a_draft_cannot_be_tracked(client, draft):
    assert track(client, "", draft.secret).status_code == 422


@pytest.mark.usefixtures("one_window")
def test_guessing_is_stopped(client):
    answers = [track(client, "X", "A" * 10).status_code for _ in range(12)]
    assert answers[-1] == 429 and answers[0] == 422


# -- What the page tells -------------------------------------------------------------------
def test_stages_are_done_one_after_the_other(mine, siti):
    case = cast.submitted(mine, siti)
    steps = progress.steps(case, list(case.events.all()))
    assert [step.status for step in steps][:3] == ["now", "later", "later"]
    assert steps[0].label == "Kelengkapan dokumen"


def test_a_stage_with_a_return_counts_the_corrections(mine, siti):
    case = cast.returned(mine, siti)
    for point in case.points.all():
        casework.answer_point(case, point, "Sudah.", by=siti)
    resend(mine, case)
    rina = Application.objects.get(pk=case.pk)
    officer = casework.postings.holders(cast.DAERAH, "petugas").get()
    for slot in requirements.due(rina):
        if slot.version and slot.requirement.checked_at == "SUBMITTED":
            casework.judge(rina, slot.version, True, by=officer)
    services.perform("endorse", rina, by=officer)
    services.perform("accept", rina, by=cast.officer("kasi"))
    case.refresh_from_db()
    events = list(case.events.all())
    assert progress.steps(case, events)[0].text.endswith("setelah 1 perbaikan")


# -- The bill ------------------------------------------------------------------------------
@pytest.fixture
def billed(siti):
    return Driver(cast.DAERAH, siti).to("AWAITING_PAYMENT")


def proof(bill, **changes):
    data = {
        "file": cast.pdf(1, "struk.pdf"),
        "amount": str(bill.amount),
        "paid_on": indonesia.today().isoformat(),
        "bank": "Bank contoh",
        "reference": "NTB1",
    }
    return data | changes


def test_the_bill_shows_amount_deadline_and_calculation(mine, billed):
    bill = billed.bills.get()
    page = text(mine.get(cast.url(billed, "bayar/")))
    assert rupiah(bill.amount) in page and tanggal(bill.due_date) in page
    assert "Langkah demi langkah" in page
    assert f"Bayar retribusi {rupiah(bill.amount)}" in text(mine.get(cast.url(billed)))


def test_a_proof_goes_to_the_cashier(mine, billed):
    mine.post(cast.url(billed, "bayar/"), proof(billed.bills.get()))
    billed = Application.objects.get(pk=billed.pk)
    assert billed.state == "PAYMENT_REVIEW"
    assert "Menunggu pemeriksaan" in text(mine.get(cast.url(billed, "bayar/")))


def test_a_bad_proof_keeps_what_was_typed(mine, billed):
    bad = SimpleUploadedFile("struk.pdf", b"bukan pdf", "application/pdf")
    answer = mine.post(cast.url(billed, "bayar/"), proof(billed.bills.get(), file=bad))
    assert answer.status_code == 422 and 'value="NTB1"' in text(answer)
    assert Application.objects.get(pk=billed.pk).state == "AWAITING_PAYMENT"


def test_anothers_bill_is_404(mine, billed, joko):
    mine.force_login(joko)
    assert mine.get(cast.url(billed, "bayar/")).status_code == 404


def test_a_permit_that_is_ready_shows_its_pick_up_code(mine, siti):
    case = Driver(cast.DAERAH, siti).to("READY")
    assert case.pickup_code in text(mine.get(cast.url(case, "ambil/")))
    assert "Ambil PBG Anda" in text(mine.get(cast.url(case)))
