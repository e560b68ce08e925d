"""The scan against a small server of ours that speaks clamd's protocol over a real socket."""

import socketserver
import struct
import threading
import time

import pytest

from imbportal import uploads
from tests.uploads.real_clamd import UNHURRIED


class Clamd(socketserver.BaseRequestHandler):
    def handle(self):
        self._exactly(len(b"nINSTREAM\n"))
        while size := struct.unpack("!L", self._exactly(4))[0]:
            self._exactly(size)
        time.sleep(self.server.delay)
        self.request.sendall(self.server.answer)

    def _exactly(self, count):
        data = b""
        while len(data) < count:
            data += self.request.recv(count - len(data))
        return data


@pytest.fixture
def clamd(settings):
    with socketserver.ThreadingTCPServer(("127.0.0.1", 0), Clamd) as server:
        server.daemon_threads = True
        server.answer, server.delay = b"stream: OK\n", 0
        threading.Thread(target=server.serve_forever, daemon=True).start()
        settings.CLAMD = f"127.0.0.1:{server.server_address[1]}"
        yield server
        server.shutdown()


def test_a_clean_file_is_clean(clamd, make):
    assert uploads.accept(make.upload(make.pdf())).scan == "bersih"


def test_an_infected_file_is_refused(clamd, make):
    clamd.answer = b"stream: Eicar-Test-Signature FOUND\n"
    with pytest.raises(uploads.UploadRefused, match="virus"):
        uploads.accept(make.upload(make.pdf()))


@pytest.mark.parametrize(
    "answer", [b"", b"INSTREAM size limit exceeded. ERROR\n", b"omong kosong\n"]
)
def test_without_a_clear_answer_it_waits_in_quarantine(clamd, make, answer):
    clamd.answer = answer
    assert uploads.accept(make.upload(make.pdf())).scan == "karantina"


def test_a_slow_scanner_does_not_hold_the_page(clamd, make, hurried):
    clamd.delay = UNHURRIED
    start = time.perf_counter()
    assert uploads.accept(make.upload(make.pdf())).scan == "karantina"
    assert time.perf_counter() - start < hurried


def test_while_the_scanner_is_down_files_wait(settings, clamd, make, tmp_path):
    address, settings.CLAMD = settings.CLAMD, "127.0.0.1:1"
    taken = uploads.accept(make.upload(make.pdf()))
    assert taken.scan == "karantina"
    stored = tmp_path / "berkas.pdf"
    stored.write_bytes(taken.content.read())
    settings.CLAMD = address
    assert uploads.scan(stored) == "bersih"
