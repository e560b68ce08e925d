"""The invented sixth daerah, and its people at browsers that are Django's test client."""

import io
import re
from pathlib import Path
from urllib.parse import urlparse

from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from visitor import Visitor, upload

from applications.models import Application
from imbportal.daerah import calendar
from imbportal.demo import drawings, people

SLUG = "danau_biru"
FILE = Path(__file__).with_name("sixth.toml")
HOUSE = {
    "tapak": {
        "kecamatan": "910301", "village": "Sentani Kota", "address": "Dermaga 5",
        "land_right": "ulayat", "over_water": "ya", "water_depth": "3,5", "land_area": "120",
    },
    "bangunan": {
        "building_name": "Rumah panggung", "function": "hunian", "floors": "1",
        "floor_area": "80", "begins_on": "2027-02-01",
    },
}  # fmt: skip


class Answer:
    """An answer of the test client, as the visitor's pages read one."""

    def __init__(self, response, path):
        chain = getattr(response, "redirect_chain", [])
        self.url = f"http://testserver{chain[-1][0] if chain else path}"
        self.status_code = response.status_code
        self.headers = {"content-type": response.get("content-type", "")}
        streamed = getattr(response, "streaming", False)
        self.content = b"".join(response) if streamed else response.content


class Session:
    """What the visitor wants of ``requests``, without a network."""

    def __init__(self):
        self.client = Client()

    def get(self, url, **_):
        path = self._path(url)
        return Answer(self.client.get(path, follow=True), path)

    def post(self, url, data, files=None, **_):
        sent = {}
        for key, value in data:
            sent.setdefault(key, []).append(value)
        for key, (name, file, mime) in (files or {}).items():
            sent[key] = SimpleUploadedFile(name, file.read(), mime)
        path = self._path(url)
        return Answer(self.client.post(path, sent, follow=True), path)

    @staticmethod
    def _path(url):
        parts = urlparse(url)
        return f"{parts.path}?{parts.query}" if parts.query else parts.path


class Someone(Visitor):
    def __init__(self, login=""):
        self.base, self.session = "http://testserver", Session()
        if login:
            self.log_in(people.email(login))


class Lake:
    """One case of Budi's in the sixth daerah, through everybody's own pages."""

    def __init__(self):
        people.applicant("budi")
        people.officers(SLUG)
        self.budi, self.desks, self.pk = Someone("budi"), {}, ""

    @property
    def case(self):
        return Application.objects.get(pk=self.pk)

    @property
    def place(self):
        return self.case.state, self.case.turn_role

    # -- Applicant --------------------------------------------------------------------------
    def path(self, rest=""):
        return f"/permohonan/{self.pk}/{rest}"

    def open(self):
        page = self.budi.get("/permohonan/baru/")
        page = self.budi.submit(page, having="daerah", daerah=SLUG, holder="")
        self.pk = re.search(r"/permohonan/([0-9a-f-]{36})/", page.url).group(1)

    def answer(self, section, **answers):
        page = self.budi.get(self.path(f"isian/{section}/"))
        return self.budi.submit(page, having="version", button=("simpan", "1"), **answers)

    def fill(self, **changes):
        """Answer both sections; the village can be chosen once its kecamatan is saved."""
        for section, answers in HOUSE.items():
            known = answers | {key: value for key, value in changes.items() if key in answers}
            if "kecamatan" in known:
                self.answer(section, kecamatan=known["kecamatan"], over_water=known["over_water"])
            asked = self.budi.get(self.path(f"isian/{section}/")).form(having="version").inputs
            self.answer(section, **{key: known[key] for key in known if key in asked})

    def asked_documents(self):
        page = self.budi.get(self.path("berkas/"))
        actions = (form.action or "" for form in page.doc.forms)
        return {action.split("/")[-2] for action in actions if "/berkas/" in action}

    def upload_all(self):
        for code in self.asked_documents():
            page = self.budi.get(self.path("berkas/"))
            self.budi.submit(page, f"berkas/{code}/", files=upload(code, pages=1))

    def send(self, status=200):
        page = self.budi.get(self.path("kirim/"))
        return self.budi.submit(page, having="version", jaga_danau="on", status=status)

    def pay(self, amount):
        page = self.budi.get(self.path("bayar/"))
        slip = drawings.pdf(f"Setoran {amount}", pages=1)
        files = {"file": ("setoran.pdf", io.BytesIO(slip.read()), "application/pdf")}
        day = calendar.today(SLUG).isoformat()
        values = {"amount": amount, "paid_on": day, "bank": "Bank Danau", "reference": "NTB-1"}
        return self.budi.submit(page, having="amount", files=files, **values)

    # -- Office -----------------------------------------------------------------------------
    def desk(self, role):
        if role not in self.desks:
            self.desks[role] = Someone(f"{role}.{SLUG}")
        return self.desks[role]

    def at(self, role):
        return self.desk(role).get(f"/admin/permohonan/{self.pk}/")

    def offers(self, move):
        """Return the roles on whose pages the button can be pressed."""
        roles = self.case.rules.role
        return {role for role in roles if self.at(role).has_enabled(f"langkah/{move}/")}

    def press(self, role, move):
        self.desk(role).submit(self.at(role), f"langkah/{move}/")
        return self.place

    def approve_all(self, role):
        forms = self.at(role).doc.forms
        actions = dict.fromkeys(form.action for form in forms if "/berkas/" in (form.action or ""))
        for action in actions:
            self.desk(role).submit(self.at(role), action, having="verdict", verdict="sesuai")
        return len(actions)

    def record(self, role, kind, **answers):
        page = self.desk(role).get(f"/admin/permohonan/{self.pk}/isian/{kind}/")
        return self.desk(role).submit(page, having="version", **answers)

    def calculate(self, role):
        return self.desk(role).submit(self.at(role), "hitung/")
