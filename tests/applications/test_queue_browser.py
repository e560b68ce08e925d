"""The queue by keys in a real browser, and the register's progress that is told by itself."""

import pytest
from many_cases import fill

from applications import register_file
from applications.models import Application
from imbportal.demo import people
from notifications import jobs
from notifications.models import Job
from tests.within import server  # noqa: F401 - a fixture

BACKEND = "allauth.account.auth_backends.AuthenticationBackend"
pytestmark = [pytest.mark.browser, pytest.mark.usefixtures("demo")]


@pytest.fixture
def at(server, client, context, page):  # noqa: F811
    """Return a function that opens a page of the desk as an officer; broken scripts fail it."""
    wrong = []
    page.on("pageerror", lambda error: wrong.append(str(error)))
    page.on("console", lambda note: wrong.append(note.text) if note.type == "error" else None)

    def opened(role, path):
        client.force_login(people.officers("contoh")[role], backend=BACKEND)
        session = client.cookies["sessionid"].value
        context.add_cookies([{"name": "sessionid", "value": session, "url": server}])
        page.goto(server + path)
        return page

    yield opened
    assert not wrong


def here(page):
    """Return the number of the row on which the keys stand, "" where they stand on none."""
    row = page.locator("tr.is-here .queue__open")
    return row.inner_text() if row.count() else ""


def test_keys_move_over_the_rows_take_and_open(at):
    fill(4)
    page = at("petugas", "/admin/")
    rows = page.locator(".queue__open").all_inner_texts()
    for key, wanted in (("j", 0), ("j", 1), ("J", 2), ("k", 1), ("k", 0), ("k", 0)):
        page.keyboard.press(key)
        assert here(page) == rows[wanted]
    free = Application.objects.filter(claimed_by=None).order_by("due_key", "id").first()
    while here(page) != free.number:
        page.keyboard.press("j")
    page.keyboard.press("a")
    page.wait_for_selector("text=sekarang Anda pegang")
    free.refresh_from_db()
    assert free.claimed_by == people.officers("contoh")["petugas"]
    page.keyboard.press("j")
    page.keyboard.press("Enter")
    page.wait_for_url(f"**/{Application.objects.get(number=rows[0]).pk}/")


def test_keys_are_silent_while_somebody_types_and_when_switched_off(at):
    fill(3)
    page = at("petugas", "/admin/")
    page.locator("#cari").press_sequentially("jaka")
    assert here(page) == "" and page.input_value("#cari") == "jaka"
    page.click("text=Matikan tombol")
    page.reload()
    page.keyboard.press("j")
    assert here(page) == "" and page.locator("text=Nyalakan tombol").is_visible()


def test_the_progress_of_an_export_goes_on_by_itself(at):
    fill(3)
    page = at("admin", "/admin/register/?tahun=semua")
    page.click("text=Buat berkas XLSX")
    page.wait_for_selector("text=Menunggu giliran")
    for job in Job.objects.filter(kind=register_file.JOB):
        jobs.run(job.pk)
    page.wait_for_selector("text=Berkas siap: 3 baris")
    with page.expect_download() as fetched:
        page.click("text=Unduh XLSX")
    assert fetched.value.suggested_filename.endswith(".xlsx")
