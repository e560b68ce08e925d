"""The door for files before Debian's own clamd, up, down, frozen, and with its limits."""

import re
import threading
import time

import pikepdf
import pytest
from django.conf import settings as live

from imbportal import uploads
from imbportal.uploads import scanner
from tests.uploads import real_clamd
from tests.uploads.real_clamd import EICAR, MARKER

pytestmark = pytest.mark.skipif(not real_clamd.installed(), reason="needs clamav-daemon")


@pytest.fixture(scope="module")
def daemon(tmp_path_factory):
    running = real_clamd.Clamd(tmp_path_factory.mktemp("clamd")).start()
    yield running
    running.kill()


@pytest.fixture
def clamd(daemon, settings):
    settings.CLAMD = daemon.setting
    return daemon


def spoilt(content):
    """A PDF whose page holds what the scanner looks for."""

    def edit(document):
        document.pages[0].obj.Contents = document.make_stream(b"% " + content)

    return edit


@pytest.mark.parametrize("content", [EICAR, MARKER])
def test_an_infected_pdf_is_refused(clamd, make, content):
    with pytest.raises(uploads.UploadRefused, match="virus"):
        uploads.accept(make.upload(make.pdf(edit=spoilt(content))))


def test_an_infected_photo_is_refused(clamd, make):
    with pytest.raises(uploads.UploadRefused, match="virus"):
        uploads.accept(make.upload(make.image(comment=EICAR), "foto.jpg"))


def test_a_clean_file_is_taken_as_clean(clamd, make):
    assert uploads.accept(make.upload(make.pdf())).scan == "bersih"


def test_the_largest_file_is_scanned_to_its_end(clamd, make, tmp_path, settings):
    largest = tmp_path / "besar"
    largest.write_bytes(bytes(settings.UPLOAD_LIMIT - len(MARKER)) + MARKER)
    assert scanner.scan(largest) == "berbahaya"


def test_what_clamd_will_not_read_waits(make, settings, tmp_path):
    small = real_clamd.Clamd(tmp_path / "clamd", StreamMaxLength="1M").start()
    settings.CLAMD = small.setting
    large = tmp_path / "besar"
    large.write_bytes(bytes(2 * 2**20))
    try:
        assert scanner.scan(large) == "karantina"
    finally:
        small.kill()


def test_the_limits_of_deploy_stand_above_those_of_the_portal():
    limits = dict(re.findall(r"^(\w+) (\d+)M?$", real_clamd.CONFIG.read_text(), re.M))
    for name in ("StreamMaxLength", "MaxFileSize", "MaxScanSize"):
        assert int(limits[name]) * 2**20 > live.UPLOAD_LIMIT
    assert int(limits["MaxScanTime"]) > scanner.PATIENCE * 1000  # a scan cut short counts as clean


@pytest.mark.parametrize("mime", ["pdf", "jpg"])
def test_a_frozen_clamd_holds_no_page(clamd, make, mime, hurried):
    file = make.upload(make.pdf() if mime == "pdf" else make.image(), f"a.{mime}")
    clamd.freeze()
    try:
        start = time.perf_counter()
        assert uploads.accept(file).scan == "karantina"
        assert time.perf_counter() - start < hurried
        assert not scanner.answers()
    finally:
        clamd.thaw()


def test_a_clamd_that_dies_in_the_middle_leaves_the_file_waiting(make, settings, tmp_path):
    daemon = real_clamd.Clamd(tmp_path / "clamd").start()
    settings.CLAMD = daemon.setting
    daemon.freeze()
    timer = threading.Timer(0.5, daemon.kill)
    timer.start()
    try:
        assert uploads.accept(make.upload(make.pdf())).scan == "karantina"
    finally:
        timer.join()
        daemon.kill()


def test_if_silence_counted_as_clean_an_infected_file_would_pass(make, settings, monkeypatch):
    """The control: the guard switched off, the door lets through what it must not."""
    settings.CLAMD = "unix:/nonexistent/clamd.sock"
    infected = make.upload(make.pdf(edit=spoilt(EICAR)))
    assert uploads.accept(infected).scan == "karantina"
    monkeypatch.setattr(scanner, "NO_ANSWER", scanner.CLEAN)
    passed = uploads.accept(make.upload(make.pdf(edit=spoilt(EICAR))))
    assert passed.scan == "bersih"
    with pikepdf.open(passed.content) as copy:
        assert EICAR in copy.pages[0].obj.Contents.read_bytes()
