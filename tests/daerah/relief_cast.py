"""One case whose fee is calculated, at the pages of those who ask for relief and decide on it."""

from django.core.files.uploadedfile import SimpleUploadedFile

from applications import casework
from applications.invariants import history
from imbportal.demo import drawings, people
from imbportal.demo.driver import Driver
from notifications.models import Message
from retribusi import invariants
from retribusi import services as money

BACKEND = "allauth.account.auth_backends.AuthenticationBackend"
OFFICE = {"danau_biru": ("loket", "kadis"), "probolinggo": ("petugas_bpp", "kepala_bpp")}
"""Who proposes a bill and who issues it."""


class Asking:
    def __init__(self, client, slug, code, state="FEE", building=None, **answers):
        self.client, self.slug, self.code = client, slug, code
        more = (building,) if building else ()
        self.driver = Driver(slug, people.applicant("budi"), *more)
        self.driver.answers |= answers
        self.driver.to(state)
        if state == "FEE":
            self.driver.fresh()
            self.driver.write_records()
            casework.assess(self.driver.fresh(), by=self.driver.actor())
        self.pk = self.driver.case.pk

    @property
    def case(self):
        return self.driver.fresh()

    @property
    def relief(self):
        return self.case.reliefs.first()

    def page(self, rest="", who=None):
        self.client.force_login(who or self.driver.applicant, backend=BACKEND)
        return self.client.get(f"/permohonan/{self.pk}/{rest}")

    def post(self, rest, data, who=None):
        self.client.force_login(who or self.driver.applicant, backend=BACKEND)
        return self.client.post(f"/permohonan/{self.pk}/keringanan/{self.code}/{rest}", data)

    def enclose(self, *documents):
        for document in documents:
            self.post(f"berkas/{document}/", {"file": pdf(document)})

    def send(self, version=None, **more):
        version = self.case.version if version is None else version
        return self.post(
            "kirim/", {"version": version, "words": "Rumah warisan.", "true": "on"} | more
        )

    def ask(self, *documents):
        self.enclose(*documents)
        answer = self.send()
        assert answer.status_code == 302, answer.content.decode()
        return self.relief

    def desk(self, role, act="", version=None, **data):
        self.client.force_login(self.driver.officers[role], backend=BACKEND)
        address = f"/admin/permohonan/{self.pk}/keringanan/"
        if not act:
            return self.client.get(address)
        data = {"version": self.case.version if version is None else version} | data
        return self.client.post(f"{address}{act}/", data)

    def press(self, role, move):
        self.client.force_login(self.driver.officers[role], backend=BACKEND)
        address = f"/admin/permohonan/{self.pk}/langkah/{move}/"
        return self.client.post(address, {"version": self.case.version})

    def queue(self, role):
        self.client.force_login(self.driver.officers[role], backend=BACKEND)
        return self.client.get("/admin/")

    def told(self):
        """Return the newest e-mail to the applicant."""
        mine = Message.objects.filter(case=self.pk, user=self.driver.applicant, channel="email")
        return mine.latest("created_at")

    def bill(self):
        """Let the office propose and issue the bill."""
        for role, move in zip(OFFICE[self.slug], ("propose_skrd", "issue_skrd"), strict=True):
            answer = self.press(role, move)
            assert answer.status_code == 302, text(answer)
        return money.live_bill(self.case)


def pdf(name):
    return SimpleUploadedFile(f"{name}.pdf", drawings.pdf(name, pages=1).read(), "application/pdf")


def faults():
    """Return what is wrong with money and history of the cases."""
    checks = (invariants.relief_rows, invariants.bills, invariants.payments, invariants.paid_up)
    return [fault for check in (*checks, history) for fault in check()]


def text(response):
    return " ".join(response.content.decode().split())
