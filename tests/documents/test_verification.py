import pytest
from django.core.cache import cache
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import IntegrityError, transaction

from documents import services, verification
from documents.models import Paper
from tests.documents.conftest import AT

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def nobody_looked_yet():
    cache.clear()


def upload(content):
    return {"file": SimpleUploadedFile("surat.pdf", content, "application/pdf"), "compare": "1"}


def read(paper):
    return default_storage.open(paper.file.name).read()


def test_the_page_says_what_stands_and_masks_the_holder(client, printed):
    paper = printed("skrd")
    page = client.get(f"/verifikasi/{paper.token}/").content.decode()
    for part in ("Surat ini berlaku", paper.number, "16 November 2026", "B*** S******"):
        assert part in page
    assert "Budi" not in page and "Rp175" not in page


def test_search_engines_and_caches_keep_out(client, issue):
    response = client.get(f"/verifikasi/{issue().token}/")
    assert "noindex" in response["X-Robots-Tag"] and response["Cache-Control"] == "no-store"


def test_drafts_and_unknown_codes_are_not_found(client, draft):
    for token in (draft().token, "a" * 32, "x"):
        response = client.get(f"/verifikasi/{token}/")
        assert response.status_code == 404
        assert "Surat tidak ditemukan" in response.content.decode()


def test_a_voided_paper_says_so(client, issue):
    paper = services.void(issue(), reason="Rahasia kantor", at=AT)
    page = client.get(f"/verifikasi/{paper.token}/").content.decode()
    assert "Surat ini batal" in page and "Batal sejak" in page and "Rahasia" not in page


@pytest.mark.parametrize(
    "typed",
    ["{0}", "http://127.0.0.1:8000/verifikasi/{0}/", " {0} ", "{1}"],
)
def test_a_code_may_be_typed_in_many_ways(client, issue, typed):
    token = issue().token
    groups = " ".join(token[i : i + 4] for i in range(0, 32, 4)).upper()
    response = client.post("/verifikasi/", {"code": typed.format(token, groups)})
    assert response.status_code == 302 and response.url == f"/verifikasi/{token}/"


@pytest.mark.parametrize("code", ["", "abc", "https://jahat.test/", "../admin/", "a" * 299])
def test_what_is_no_code_is_refused_kindly(client, code):
    response = client.post("/verifikasi/", {"code": code})
    assert response.status_code == 422
    assert "kode surat" in response.content.decode()


def test_the_issued_file_is_recognised_with_and_without_its_code(client, printed):
    paper = printed()
    for path in ("/verifikasi/", f"/verifikasi/{paper.token}/"):
        page = client.post(path, upload(read(paper))).content.decode()
        assert "Berkas sesuai" in page and paper.number in page


def test_a_changed_file_says_tidak_sesuai(client, printed):
    paper = printed()
    changed = bytearray(read(paper))
    changed[len(changed) // 2] ^= 1
    for path in ("/verifikasi/", f"/verifikasi/{paper.token}/"):
        page = client.post(path, upload(bytes(changed))).content.decode()
        assert "Berkas tidak sesuai" in page and "Berkas sesuai" not in page


def test_the_file_of_another_paper_says_tidak_sesuai(client, printed):
    one, other = printed(), printed()
    page = client.post(f"/verifikasi/{one.token}/", upload(read(other))).content.decode()
    assert "Berkas tidak sesuai" in page and other.number not in page


def test_before_it_is_printed_there_is_nothing_to_compare(client, issue):
    page = client.post(f"/verifikasi/{issue().token}/", upload(b"%PDF")).content.decode()
    assert "belum dapat dibandingkan" in page


def test_no_file_asks_for_one(client, issue):
    for path in ("/verifikasi/", f"/verifikasi/{issue().token}/"):
        response = client.post(path, {"compare": "1"})
        assert response.status_code == 422 and "Pilih berkas PDF" in response.content.decode()


@pytest.mark.usefixtures("one_window")
def test_guessing_is_stopped(client, issue):
    path = f"/verifikasi/{issue().token}/"
    answers = [client.get(path).status_code for _ in range(verification.LOOKS.most + 1)]
    assert answers[-2:] == [200, 429]
    assert client.get(path, REMOTE_ADDR="10.0.0.9").status_code == 200
    assert client.get("/verifikasi/").status_code == 200


def test_a_revoked_paper_stays_revoked_even_at_the_sql_prompt(issue):
    paper = issue()
    services.alter(paper, "dibekukan", reason="", at=AT)
    services.alter(paper, "berlaku", reason="", at=AT)
    services.alter(paper, "dicabut", reason="", at=AT)
    for status in ("berlaku", "dibekukan"):
        with pytest.raises(services.NotInForce):
            services.alter(paper, status, reason="", at=AT)
        with pytest.raises(IntegrityError, match="last value"), transaction.atomic():
            Paper.objects.filter(pk=paper.pk).update(status=status)
    assert Paper.objects.get(pk=paper.pk).status == "dicabut"
