"""A case that went through returns to its end, and its file as ZIP."""

import hashlib
import io
import json
import subprocess
import sys
import zipfile

from django.core.files.base import ContentFile

from accounts.models import User
from applications import requirements
from applications.casefile import orders
from applications.models import CaseFile, DocumentVersion
from documents.models import Paper
from imbportal.demo import drawings, people
from imbportal.demo.driver import Driver

SCRIPT = "periksa.py"
PHOTO = "lampiran:penilaian"
LOOSE = "Belum Dipilah"
INTERNAL = "Koreksi indeks dahulu, menurut bendahara."


def walked():
    """Drive a case of Budi's through four returns to the end; its papers have a file each."""
    driver = Driver("contoh", people.applicant("budi"))
    driver.to("INCOMPLETE")
    driver.sideways("resubmit")
    driver.note()
    driver.to("RECORDING")
    driver.sideways("undo_accept")
    driver.to("REVISION")
    driver.sideways("revise")
    driver.to("FEE")
    driver.perform("return_assessment", driver.actor(), INTERNAL)
    driver.to("COLLECTED")
    for number, paper in enumerate(Paper.objects.filter(case=driver.case.pk, file="")):
        data = b"%PDF-1.7 surat " + str(number).encode()
        paper.file.save("x.pdf", ContentFile(data), save=False)
        digest = hashlib.sha256(data).hexdigest()
        Paper.objects.filter(pk=paper.pk).update(file=paper.file.name, file_sha256=digest)
    beside(driver.case, driver.officers["tim_teknis"])
    return driver


def beside(case, by):
    """Lay a photo of the site beside the office's sheet; and one that waits to be sorted."""
    for number, code in enumerate((PHOTO, requirements.HELD)):
        data = drawings.slip("foto", number + 1).read()
        version = DocumentVersion(
            document=case.documents.create(requirement=code), number=1, mime="image/jpeg",
            name=f"{(LOOSE, 'Foto Lokasi (1)')[code == PHOTO]}.jpg", size=len(data),
            sha256=hashlib.sha256(data).hexdigest(), uploaded_by=by,
        )  # fmt: skip
        version.file.save("foto.jpg", ContentFile(data))


def documents(case):
    """Return the versions of documents that were asked for."""
    versions = DocumentVersion.objects.filter(document__application=case)
    return versions.exclude(document__requirement__contains=":").order_by("pk")


def made(case, user, audience="kantor"):
    """Return the order of a case's file, made."""
    order = orders.ask(case, user, audience)
    orders.make(str(order.pk))
    return CaseFile.objects.get(pk=order.pk)


def data_of(order):
    with order.file.open("rb") as file:
        return file.read()


class Inside:
    """What lies in a ZIP, by path below its one folder."""

    def __init__(self, data):
        with zipfile.ZipFile(io.BytesIO(data)) as book:
            assert book.testzip() is None
            every = book.infolist()
            self.infos = every
            self.top = every[0].filename.split("/")[0]
            self.files = {i.filename.partition("/")[2]: book.read(i) for i in every}

    def json(self, path):
        return json.loads(self.files[path])

    def lines(self, path):
        return [json.loads(line) for line in self.files[path].splitlines()]

    @property
    def index(self):
        return self.files["index.html"].decode()

    def without(self, *left_out):
        """Return all its bytes but those of some files."""
        return b"\n".join(data for path, data in self.files.items() if path not in left_out)

    def unpack(self, folder):
        for path, data in self.files.items():
            place = folder / path
            place.parent.mkdir(parents=True, exist_ok=True)
            place.write_bytes(data)
        return folder


def check(place, *arguments):
    """Run the script that lies in the folder, by a Python without anything of ours."""
    done = subprocess.run(
        [sys.executable, "-I", "-S", str(place / SCRIPT), *map(str, arguments)],
        capture_output=True, text=True, cwd="/",
    )  # fmt: skip
    return done.returncode, done.stdout


def names_of_office(case):
    """Return the names of those who worked on a case but signed no paper of it."""
    papers = Paper.objects.filter(case=case.pk).exclude(issued_at=None)
    signed = set(papers.filter(signatures__act="ttd").values_list("signatures__name", flat=True))
    acted = User.objects.filter(act__application=case).distinct()
    return {user.name for user in acted} - signed
