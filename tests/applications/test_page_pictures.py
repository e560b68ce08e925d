"""Pictures of uploaded pages: made by the worker, kept with their version, served to few."""

import hashlib

import pytest

from applications import drafts, pages, quarantine
from applications.models import DocumentVersion, PagePicture
from imbportal import stored_files, uploads
from imbportal.demo import people
from imbportal.demo.driver import Driver
from notifications import jobs
from notifications.models import Job

BACKEND = "allauth.account.auth_backends.AuthenticationBackend"


@pytest.fixture
def draft(demo, db):
    driver = Driver("contoh", people.applicant("budi"))
    driver.open()
    driver.fill("krk")
    driver.upload("request_krk", "submit")
    return driver


def version_of(driver):
    return DocumentVersion.objects.filter(document__application=driver.case).first()


def work():
    """Do the picture jobs that are due."""
    while waiting := Job.objects.filter(kind=pages.KIND, status=Job.Status.PENDING).first():
        assert jobs.run(waiting.pk)


def address(version, page=1):
    return f"/berkas/{version.pk}/halaman/{page}/"


def test_the_worker_draws_every_page_of_a_clean_upload(draft, client):
    version = version_of(draft)
    client.force_login(draft.applicant, BACKEND)
    assert client.get(address(version)).status_code == 404, "not made yet"
    work()
    assert [row.page for row in version.pictures.all()] == [1, 2]
    answer = client.get(address(version, 2))
    body = b"".join(answer)
    assert answer.status_code == 200
    assert set(answer["Cache-Control"].split(", ")) == {"private", "no-store"}
    assert answer["Content-Type"] == "image/png" and "sandbox" in answer["Content-Security-Policy"]
    assert hashlib.sha256(body).hexdigest() == version.pictures.get(page=2).sha256
    assert client.get(address(version, 3)).status_code == 404


def test_only_who_may_see_the_case_sees_its_pages(draft, client):
    version = version_of(draft)
    work()
    for user in (people.officers("contoh")["petugas"], people.applicant("siti")):
        client.force_login(user, BACKEND)
        assert client.get(address(version)).status_code == 404, "a draft is its applicant's alone"
    draft.send()
    client.force_login(people.officers("contoh")["petugas"], BACKEND)
    assert client.get(address(version)).status_code == 200
    client.force_login(people.officers("pamekasan")["petugas"], BACKEND)
    assert client.get(address(version)).status_code == 404


def test_a_file_in_quarantine_is_drawn_once_it_is_clean(draft, client):
    version = version_of(draft)
    DocumentVersion.objects.filter(pk=version.pk).update(scan="karantina")
    work()
    assert not version.pictures.exists()
    DocumentVersion.objects.filter(pk=version.pk).update(scan="bersih")
    Job.objects.all().delete()
    pages.sweep()
    work()
    assert version.pictures.count() == version.pages
    DocumentVersion.objects.filter(pk=version.pk).update(scan="berbahaya")
    client.force_login(draft.applicant, BACKEND)
    assert client.get(address(version)).status_code == 404


def test_what_the_scanner_releases_is_drawn_at_once(draft):
    version = version_of(draft)
    Job.objects.all().delete()
    DocumentVersion.objects.filter(pk=version.pk).update(scan="karantina")
    quarantine.release(str(version.pk))
    work()
    assert version.pictures.count() == version.pages


def test_the_sweep_asks_for_nothing_that_is_there(draft):
    work()
    before = Job.objects.count()
    pages.sweep()
    assert Job.objects.count() == before


def test_a_long_file_is_drawn_in_several_jobs(draft, monkeypatch):
    version, real = version_of(draft), uploads.draw
    monkeypatch.setattr(uploads, "draw", lambda *args: real(*args)[:1])
    work()
    assert version.pictures.exclude(file="").count() == version.pages == 2
    assert Job.objects.filter(kind=pages.KIND, ref=str(version.pk)).count() == 2


def test_the_same_bytes_are_drawn_once(draft, monkeypatch):
    first = version_of(draft)
    work()
    twin = DocumentVersion(
        document=first.document, number=9, mime=first.mime, size=1, pages=first.pages,
        sha256=first.sha256, uploaded_by=draft.applicant, name="x.pdf",
    )  # fmt: skip
    twin.file.save("x.pdf", first.file)
    monkeypatch.delattr(uploads, "draw")
    pages.make(str(twin.pk))
    assert [p.sha256 for p in twin.pictures.all()] == [p.sha256 for p in first.pictures.all()]
    assert not {p.file.name for p in twin.pictures.all()} & {
        p.file.name for p in first.pictures.all()
    }


def test_pages_that_cannot_be_drawn_are_marked_after_the_last_try(draft, monkeypatch):
    version = version_of(draft)

    def broken(*args):
        raise OSError("disk")

    monkeypatch.setattr(uploads, "draw", broken)
    job = Job.objects.filter(kind=pages.KIND, ref=str(version.pk)).get()
    Job.objects.filter(pk=job.pk).update(attempts=pages.TRIES)
    jobs.run(job.pk)
    assert list(version.pictures.values_list("page", "file")) == [(1, ""), (2, "")]


def test_two_workers_leave_one_picture_and_no_stray_file(draft):
    version = version_of(draft)
    picture = uploads.draw(version.file, version.mime, 1, 1)[0]
    pages._store(version, picture)
    pages._store(version, picture)
    assert version.pictures.count() == 1
    assert not [name for name in stored_files.orphans(-1) if name.startswith("halaman/")]


def test_pictures_go_with_the_draft_they_belong_to(draft, django_capture_on_commit_callbacks):
    work()
    assert PagePicture.objects.exists()
    with django_capture_on_commit_callbacks(execute=True):
        drafts.delete(draft.fresh(), by=draft.applicant)
    assert not PagePicture.objects.exists()
    assert not [name for name in stored_files.orphans(-1) if name.startswith("halaman/")]
