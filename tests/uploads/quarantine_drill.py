"""What happens to files of every door while clamd is down, frozen or killed, and once it is back.

``quarantine_drill.py FOLDER`` runs in a process of its own on the database that the environment
names, with a real clamd and a real worker (``manage.py pekerja``), and prints figures as JSON.
"""

import io
import json
import subprocess
import sys
import threading
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
sys.path[:0] = [str(ROOT)]

import django  # noqa: E402

django.setup()

import pikepdf  # noqa: E402
from django.core.files.uploadedfile import SimpleUploadedFile  # noqa: E402
from django.test import Client, override_settings  # noqa: E402

from accounts.models import Identity, Mandate  # noqa: E402
from applications import casework, requirements  # noqa: E402
from applications.models import DocumentVersion  # noqa: E402
from imbportal import indonesia, uploads  # noqa: E402
from imbportal.demo import people  # noqa: E402
from imbportal.demo.driver import Driver  # noqa: E402
from imbportal.demo.once import accepted_once  # noqa: E402
from imbportal.uploads import scanner  # noqa: E402
from notifications.models import Message  # noqa: E402
from retribusi.models import PaymentProof  # noqa: E402
from tests.uploads import real_clamd  # noqa: E402
from tests.uploads.conftest import image, pdf  # noqa: E402
from tests.uploads.test_clamd import spoilt  # noqa: E402

WAIT = 120
INFECTED = pdf(edit=spoilt(real_clamd.MARKER))


class Drill:
    def __init__(self, clamd):
        self.clamd, self.seconds, self.wrong = clamd, [], []
        self.waiting, self.infected = {}, set()
        with accepted_once(), override_settings(CLAMD=""):  # a busy machine keeps nobody waiting
            self.people = people.applicants()
            driver = Driver("contoh", self.people["andi"])
            driver.to("AWAITING_PAYMENT")
        self.billed, self.officers = driver.case, driver.officers
        self.draft = casework.create(self.people["budi"], "contoh")
        slots = requirements.due(self.draft)
        self.slots = iter([slot for slot in slots if not slot.requirement.when])

    # -- Doors ------------------------------------------------------------------------------
    def document(self, content=None):
        code = next(self.slots).code
        path = f"/permohonan/{self.draft.pk}/berkas/{code}/"
        answer = self.send("budi", path, {"file": content or pdf()}, 200, "sedang dipindai")
        version = DocumentVersion.objects.latest("uploaded_at")
        if version.document.requirement != code:
            self.wrong.append(f"{path}: {answer.status_code}, not stored")
        self.hold(f"/berkas/{version.pk}/", "budi", version, "scan", content)

    def card(self, who, content=None):
        own = self.people[who].identity
        data = {"jenis": "perorangan", "name": own.name, "address": own.address, "nik": own.nik}
        self.send(who, "/identitas/", data | {"ktp": content or image()}, 200, "sedang dipindai")
        own.refresh_from_db()
        self.hold(f"/identitas/{own.pk}/ktp/", who, own, "ktp_scan", content)

    def letter(self):
        today = indonesia.today().isoformat()
        data = {
            "jenis": "perorangan", "name": "Pak Karto", "address": "Jl. Kayu 1",
            "nik": people.nik(77), "ktp": image(), "letter": pdf(), "valid_from": today,
        }  # fmt: skip
        self.send("konsultan", "/kuasa/tambah/", data, 200, "sedang dipindai")
        mandate = Mandate.objects.latest("pk")
        self.hold(f"/kuasa/{mandate.pk}/surat/", "konsultan", mandate, "letter_scan")
        owner = mandate.owner
        self.hold(f"/identitas/{owner.pk}/ktp/", "konsultan", owner, "ktp_scan")

    def slip(self):
        bill = self.billed.bills.get()
        data = {
            "file": image(), "amount": bill.amount, "bank": "Bank contoh", "reference": "NTB1",
            "paid_on": indonesia.today().isoformat(),
        }  # fmt: skip
        path = f"/permohonan/{self.billed.pk}/bayar/"
        self.send("andi", path, data, 200, "")
        proof = PaymentProof.objects.get()
        self.hold(f"/bukti/{proof.pk}/", "andi", proof, "scan")
        self.expect(self.client("andi").get(path), 200, "sedang dipindai", path)

    # -- Looks ------------------------------------------------------------------------------
    def client(self, who):
        client = Client()
        client.force_login(self.people.get(who) or self.officers[who])
        return client

    def send(self, who, path, data, status, text):
        """Send a form as a browser does and time the answer, the page after it included."""
        files = {
            key: SimpleUploadedFile(f"{key}.x", value)
            for key, value in data.items() if isinstance(value, bytes)
        }  # fmt: skip
        client = self.client(who)
        start = time.monotonic()
        answer = client.post(path, data | files, follow=True)
        self.seconds.append(time.monotonic() - start)
        self.expect(answer, status, text, path)
        return answer

    def expect(self, answer, status, text, path):
        body = b"".join(answer.streaming_content) if answer.streaming else answer.content
        if answer.status_code != status or text.encode() not in body:
            self.wrong.append(f"{path}: {answer.status_code}, wanted {status} {text}")

    def hold(self, path, who, row, column, content=None):
        """Remember a file that waits, and see that nobody may read it meanwhile."""
        self.waiting[path] = (who, type(row), row.pk, column)
        if content:
            self.infected.add(path)
        self.shut(path, who)

    def shut(self, path, who):
        answer = self.client(who).get(path)
        self.expect(answer, 409, "pemeriksaan virus", path)
        officers = [person for person in self.officers if person != who]
        for other in ("dewi", officers[0], "auditor", "kasir" if "kasir" in officers else "admin"):
            answer = self.client(other).get(path)
            if answer.status_code not in (404, 409) or answer.streaming:
                self.wrong.append(f"{path}: {answer.status_code} for {other}")

    def unsent(self):
        """See that what waits is told where the application would go out."""
        path = f"/permohonan/{self.draft.pk}/kirim/"
        self.expect(self.client("budi").get(path), 200, "masih dipindai", path)
        self.draft.refresh_from_db()
        answer = self.client("budi").post(path, {"version": self.draft.version})
        self.expect(answer, 422, "masih dipindai", path)

    # -- Phases -----------------------------------------------------------------------------
    def outage(self):
        self.clamd.kill()
        self.document()
        self.document(INFECTED)
        self.card("budi")
        self.slip()
        self.clamd.start().freeze()
        self.letter()
        self.card("dewi", INFECTED)
        self.card("siti")
        killer = threading.Timer(0.6, self.clamd.kill)
        killer.start()
        self.document()
        killer.join()  # or it would kill the clamd of the recovery
        self.unsent()
        for path, (who, *_) in self.waiting.items():
            self.shut(path, who)

    def recovery(self):
        """Start clamd and return the seconds until nothing waits."""
        self.clamd.kill()
        self.clamd.start()
        start = time.monotonic()
        while self.still_waiting() and time.monotonic() < start + WAIT:
            time.sleep(0.2)
        seconds = time.monotonic() - start
        for path, (who, *_) in self.waiting.items():
            wanted = (404, 409) if path in self.infected else (200,)
            answer = self.client(who).get(path)
            if answer.status_code not in wanted:
                self.wrong.append(f"{path}: {answer.status_code} after the scan")
        return seconds

    def still_waiting(self):
        return [
            path for path, (_, model, pk, column) in self.waiting.items()
            if model.objects.filter(pk=pk, **{column: uploads.WAITING}).exists()
        ]  # fmt: skip

    def control(self):
        """Count silence as clean: the infected document must then be readable."""
        self.clamd.kill()
        scanner.NO_ANSWER = scanner.CLEAN
        case = casework.create(self.people["siti"], "contoh")
        code = requirements.due(case)[0].code
        file = SimpleUploadedFile("a.pdf", INFECTED)
        self.client("siti").post(f"/permohonan/{case.pk}/berkas/{code}/", {"file": file})
        version = DocumentVersion.objects.latest("uploaded_at")
        answer = self.client("siti").get(f"/berkas/{version.pk}/")
        if not answer.streaming:
            return 0
        with pikepdf.open(io.BytesIO(b"".join(answer.streaming_content))) as passed:
            return int(real_clamd.MARKER in passed.pages[0].obj.Contents.read_bytes())


def main(folder):
    clamd = real_clamd.Clamd(Path(folder, "clamd"))
    assert clamd.setting == scanner.settings.CLAMD
    clamd.start()
    drill = Drill(clamd)
    command = [sys.executable, str(ROOT / "manage.py"), "pekerja", "--skip-checks"]
    worker = subprocess.Popen(command, stdout=subprocess.DEVNULL)
    try:
        drill.outage()
        seconds = drill.recovery()
    finally:
        worker.terminate()
        worker.wait(30)
        clamd.kill()
    told = Message.objects.filter(
        template="berkas_berbahaya", channel=Message.Channel.INBOX
    ).count()
    return {
        "files": len(drill.waiting), "sent": len(drill.seconds),
        "slowest_page": round(max(drill.seconds), 2), "rescanned_after": round(seconds, 1),
        "infected": len(drill.infected), "told": told, "wrong": drill.wrong,
        "control": drill.control(),
        "left_photos": Identity.objects.filter(user=drill.people["dewi"]).exclude(ktp="").count(),
    }  # fmt: skip


if __name__ == "__main__":
    sys.stdout.write(json.dumps(main(*sys.argv[1:]), ensure_ascii=False) + "\n")
