"""Debian's clamd with the settings of deploy/clamd.conf and two signatures of our own.

The signatures are those of the EICAR test file and of a marker of ours: nothing is downloaded, and
what is shown is that the portal heeds the scanner, not how much a scanner knows.
"""

import shutil
import signal
import socket
import subprocess
import time
from pathlib import Path

CONFIG = Path(__file__).resolve().parents[2] / "deploy" / "clamd.conf"
EICAR = b"X5O!P%@AP[4\\PZX54(P^)7CC)7}" + b"$EICAR-STANDARD-ANTIVIRUS-" + b"TEST-FILE!$H+H*"
MARKER = b"penanda-uji-portal-" + b"berbahaya-9f27c1"
PATIENCE = 90
UNHURRIED = 30.0
"""Seconds for which a page waits for a scanner where a test asks what it says, not how soon."""


def installed():
    return shutil.which("clamd") is not None


class Clamd:
    """One clamd on a unix socket below the folder; it may be stopped, frozen and started again."""

    def __init__(self, folder: Path, **changes):
        self.socket, self.process = folder / "clamd.sock", None
        signatures = folder / "tanda"
        signatures.mkdir(parents=True)
        lines = [f"Uji.EICAR:0:*:{EICAR.hex()}", f"Uji.Penanda:0:*:{MARKER.hex()}"]
        (signatures / "uji.ndb").write_text("\n".join(lines) + "\n")
        self.config = folder / "clamd.conf"
        self.config.write_text(self._settings(signatures, changes))
        self.setting = f"unix:{self.socket}"

    def _settings(self, signatures, changes):
        ours = {
            "LocalSocket": self.socket, "DatabaseDirectory": signatures, "User": "root",
            "TCPSocket": None, **changes,
        }  # fmt: skip
        lines = [line for line in CONFIG.read_text().splitlines() if line.split(" ")[0] not in ours]
        lines += [f"{key} {value}" for key, value in ours.items() if value is not None]
        return "\n".join(lines) + "\n"

    def start(self):
        command = ["clamd", "--foreground", f"--config-file={self.config}"]
        self.process = subprocess.Popen(
            command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, cwd=self.config.parent
        )
        until = time.monotonic() + PATIENCE
        while not self._answers():
            assert time.monotonic() < until and self.process.poll() is None, "clamd did not start"
            time.sleep(0.05)
        return self

    def _answers(self):
        with socket.socket(socket.AF_UNIX) as line:
            line.settimeout(1)
            try:
                line.connect(str(self.socket))
                line.sendall(b"nPING\n")
                return line.recv(10) == b"PONG\n"
            except OSError:
                return False

    def freeze(self):
        self.process.send_signal(signal.SIGSTOP)

    def thaw(self):
        self.process.send_signal(signal.SIGCONT)

    def kill(self):
        if self.process:
            self.process.kill()
            self.process.wait()
            self.process = None
