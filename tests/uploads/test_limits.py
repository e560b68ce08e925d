"""One person cannot fill the disk, a large body costs no more than the limit, nothing is left."""

import contextlib
import copy
import io
import os
import re
import threading
import time
from pathlib import Path

import pytest
from django.conf import settings as live
from django.core.cache import cache
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import transaction

from applications import casework, pages
from applications.models import Application, DocumentVersion
from imbportal import stored_files, uploads
from imbportal.uploads import acceptance
from notifications import periodic
from tests.applications import applicant_cast as cast
from tests.uploads import bursting_files, genuine
from tests.uploads.conftest import pdf

pytestmark = pytest.mark.django_db
OLD = time.time() - 2 * 86_400


@pytest.fixture(autouse=True)
def folders(settings, tmp_path):
    storages = copy.deepcopy(settings.STORAGES)
    storages["default"]["OPTIONS"]["location"] = tmp_path / "files"
    settings.STORAGES = storages
    settings.FILE_UPLOAD_TEMP_DIR = tmp_path / "sementara"
    for folder in ("files", "sementara"):
        (tmp_path / folder).mkdir()
    cache.clear()


@pytest.fixture
def siti():
    return cast.person("Siti Aminah", "siti@contoh.test", "3528014507900001")


@pytest.fixture
def draft(siti):
    return casework.create(siti, cast.DAERAH)


@pytest.fixture
def send(client, siti, draft):
    """Return a function that sends a file to a slot and gives the status and the page."""
    client.force_login(siti)

    def to(content, code="bukti_hak", case=draft):
        file = SimpleUploadedFile("denah.pdf", content)
        answer = client.post(cast.url(case, f"berkas/{code}/"), {"file": file}, follow=True)
        return answer.status_code, answer.content.decode()

    return to


def test_a_full_case_takes_no_more_and_says_why(send, settings):
    settings.CASE_LIMIT = len(pdf()) + 100
    assert send(pdf())[0] == 200
    status, page = send(pdf(3))
    assert status == 422 and "Perkecil berkas ini" in page
    assert DocumentVersion.objects.count() == 1


def test_drafts_that_are_never_sent_share_one_limit(send, settings, siti):
    settings.DRAFTS_LIMIT = len(pdf()) + 100
    assert send(pdf())[0] == 200
    status, page = send(pdf(), case=casework.create(siti, cast.DAERAH))
    assert status == 422 and "hapus draf" in page


def test_the_quota_of_a_day_is_said_when_it_is_used_up(send, settings):
    settings.UPLOAD_BYTES_A_DAY = len(pdf()) + 100
    assert send(pdf())[0] == 200
    status, page = send(pdf())
    assert status == 422 and "Lanjutkan besok" in page
    settings.UPLOAD_BYTES_A_DAY *= 4
    assert send(pdf())[0] == 200


def test_refused_files_count_as_tries(send, settings):
    settings.UPLOADS_AN_HOUR = 3
    for _ in range(3):
        assert "Jenis berkas" in send(b"bukan pdf")[1]
    assert "Coba lagi satu jam" in send(pdf())[1]


def sizes_kept(client, monkeypatch, size):
    """Send a card of this size and return the bytes that lie on disk, and the page."""
    sizes, taken = [], uploads.accept

    def look(file, **options):
        sizes.append(Path(file.temporary_file_path()).stat().st_size)
        return taken(file, **options)

    monkeypatch.setattr(uploads, "accept", look)
    client.force_login(cast.User.objects.create_user("baru@contoh.test", None, "x", name="Baru"))
    data = {"jenis": "perorangan", "name": "Nama Terketik", "address": "Jl. Terketik 9"}
    answer = client.post("/identitas/", data | {"ktp": io.BytesIO(b"%PDF-" + bytes(size))})
    return sizes[0], answer.content.decode()


def test_a_body_far_over_the_limit_costs_the_limit_on_disk(client, settings, monkeypatch):
    """All of a 24 MB body is read, 1 MB is kept, and what was typed comes back with the page."""
    settings.UPLOAD_LIMIT = 2**20
    kept, page = sizes_kept(client, monkeypatch, 24 * 2**20)
    assert kept == 2**20 + 1
    assert "melebihi 1 MB" in page
    assert "Nama Terketik" in page and "Jl. Terketik 9" in page
    assert not list(settings.FILE_UPLOAD_TEMP_DIR.iterdir())


def test_a_handler_that_keeps_all_would_cost_the_whole_body(client, settings, monkeypatch):
    """The control to the test above."""
    settings.UPLOAD_LIMIT = 2**20
    settings.FILE_UPLOAD_HANDLERS = ["django.core.files.uploadhandler.TemporaryFileUploadHandler"]
    assert sizes_kept(client, monkeypatch, 8 * 2**20)[0] > 8 * 2**20


def test_nginx_lets_through_two_files_and_has_a_page_for_more():
    conf = (live.BASE_DIR / "deploy" / "nginx.conf").read_text()
    [most] = re.findall(r"client_max_body_size (\d+)m;", conf)
    assert int(most) * 2**20 > 2 * live.UPLOAD_LIMIT + live.DATA_UPLOAD_MAX_MEMORY_SIZE
    assert "error_page 413 /413.html;" in conf
    page = (live.BASE_DIR / "deploy" / "pages" / "413.html").read_text()
    assert f"{live.UPLOAD_LIMIT // 2**20} MB" in page and "isian Anda masih ada" in page
    assert (
        "./deploy/pages:/etc/nginx/pages:ro" in (live.BASE_DIR / "docker-compose.yml").read_text()
    )


def peak(folders, work):
    """Return the most bytes that lay in the folders while the work was done."""
    most, done = [0], threading.Event()

    def look():
        while not done.wait(0.002):
            with contextlib.suppress(FileNotFoundError):
                files = [path for folder in folders for path in folder.rglob("*")]
                most[0] = max(most[0], sum(path.stat().st_size for path in files if path.is_file()))

    watcher = threading.Thread(target=look)
    watcher.start()
    try:
        work()
    finally:
        done.set()
        watcher.join()
    return most[0]


@pytest.mark.parametrize(
    "name", ["largest", "deflate to 4 GB", "many medium streams", "png of 900 megapixels"]
)
def test_one_file_never_takes_more_disk_than_twice_the_limit(send, settings, tmp_path, name):
    content = largest() if name == "largest" else bursting_files.FILES[name]()[1]
    folders = (settings.FILE_UPLOAD_TEMP_DIR, tmp_path / "files")
    status = []
    most = peak(folders, lambda: status.append(send(content)[0]))
    assert most <= 2 * settings.UPLOAD_LIMIT
    assert status == [200 if name == "largest" else 422]


def largest():
    """Return an honest PDF just below the limit: a scan that packs no further."""
    noise = os.urandom(24 * 2**20)
    return genuine.raw_pdf(
        genuine.CATALOG, genuine.PAGES, genuine.PAGE, genuine.stream(b""), genuine.stream(noise),
        trailer=b"/X 5 0 R",
    ).replace(b"/Type/Page/", b"/Type/Page/PieceX 5 0 R/")  # fmt: skip


def old(path, content=b"x"):
    """Write a file and let it be two days old."""
    name = default_storage.save(path, ContentFile(content))
    os.utime(default_storage.path(name), (OLD, OLD))
    return name


def test_a_file_that_no_row_names_is_swept_after_a_day(send):
    send(pdf())
    kept = DocumentVersion.objects.get().file.name
    os.utime(default_storage.path(kept), (OLD, OLD))
    gone, fresh = old("berkas/yatim.pdf"), default_storage.save("berkas/baru", ContentFile(b"x"))
    periodic.perform("sapu_berkas")
    assert [default_storage.exists(name) for name in (kept, gone, fresh)] == [True, False, True]


def test_an_upload_that_is_rolled_back_leaves_a_file_that_is_swept(siti, draft, monkeypatch):
    def fail(*arguments):
        raise RuntimeError("the database went away")

    monkeypatch.setattr(pages, "enqueue", fail)
    with pytest.raises(RuntimeError), transaction.atomic():
        casework.upload(draft, "bukti_hak", cast.pdf(), by=siti)
    [left] = stored_files.orphans(older=-1)
    os.utime(default_storage.path(left), (OLD, OLD))
    assert stored_files.sweep() == 1
    assert not list(stored_files.orphans(older=-1))


def test_behind_a_wrong_database_nothing_is_swept(monkeypatch):
    monkeypatch.setattr(stored_files, "SUSPICIOUS", 3)
    names = [old(f"berkas/{number}.pdf") for number in range(5)]
    assert stored_files.sweep() == 0
    assert all(map(default_storage.exists, names))
    monkeypatch.setattr(stored_files, "SUSPICIOUS", 5)  # the control: the guard lets them go
    assert stored_files.sweep() == 5


def test_what_broken_off_requests_left_is_swept(settings):
    scratch = settings.FILE_UPLOAD_TEMP_DIR
    (scratch / "unggah-abc").mkdir()
    (scratch / "unggah-abc" / "salinan").write_bytes(b"x")
    (scratch / "tmp1.upload.pdf").write_bytes(b"x")
    (scratch / "baru.upload").write_bytes(b"x")
    for name in ("unggah-abc", "tmp1.upload.pdf"):
        os.utime(scratch / name, (OLD, OLD))
    stored_files.sweep()
    assert [path.name for path in scratch.iterdir()] == ["baru.upload"]


SPOILT = """
import child
def rewrite(*words):
    {body}
child.rewrite, main = rewrite, child.main
"""


@pytest.mark.parametrize(
    ("body", "code"),
    [
        ("while True: pass", "complex"),
        ("bytes(2**30)", "complex"),
        ("print('x' * 2**21); return 1", "complex"),
    ],
    ids=["never ends", "takes a gigabyte", "floods"],
)
def test_a_file_that_has_the_parser_run_away_is_refused_and_the_next_taken(
    send, settings, monkeypatch, tmp_path, body, code
):
    runaway = tmp_path / "runaway.py"
    runaway.write_text(SPOILT.format(body=body))
    with monkeypatch.context() as patch:
        patch.setattr(acceptance, "CHILD", runaway)
        patch.setattr(acceptance, "SECONDS", 1)
        status, page = send(pdf())
    assert status == 422 and uploads.UploadRefused(code).message in page
    assert not list(settings.FILE_UPLOAD_TEMP_DIR.iterdir())
    assert send(pdf())[0] == 200


def test_nothing_is_left_of_an_upload_taken_or_refused(send, settings):
    send(pdf())
    send(b"bukan pdf")
    assert not list(settings.FILE_UPLOAD_TEMP_DIR.iterdir())
    assert Application.objects.get().documents.count() == 1
