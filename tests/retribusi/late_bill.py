"""An overdue bill at the pages of those who collect it, and of who owes it."""

import datetime

from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from applications.invariants import history
from applications.models import Application
from imbportal.daerah import calendar
from imbportal.demo import drawings, people
from notifications.models import Message
from retribusi import invariants
from retribusi.arrears.invariants import CHECKS
from retribusi.corrections import invariants as corrections

BACKEND = "allauth.account.auth_backends.AuthenticationBackend"
DAY = datetime.timedelta(days=1)
SINCE, DUE = 75 * DAY, 30 * DAY
"""The bill was issued so long ago: 45 days late, so two months have begun."""


class Late:
    """The overdue bill at the pages of those who collect it."""

    def __init__(self, driver):
        self.driver, self.clients = driver, {}
        self.case = Application.objects.get(pk=driver.case.pk)
        self.bill = self.case.bills.get()
        self.desk = f"/admin/penagihan/{self.bill.pk}/"
        self.mine = f"/permohonan/{self.case.pk}/bunga/"

    def client(self, who):
        if who not in self.clients:
            user = self.driver.applicant if who == "budi" else people.officer(*who)
            self.clients[who] = Client()
            self.clients[who].force_login(user, backend=BACKEND)
        return self.clients[who]

    def get(self, who, path):
        return self.client(office(who)).get(path)

    def post(self, who, act, **data):
        version = Application.objects.get(pk=self.case.pk).version
        data = {"version": version, "strd": self.strd and self.strd.pk} | data
        given = {key: value for key, value in data.items() if value is not None}
        return self.client(office(who)).post(f"{self.desk}{act}/", given)

    @property
    def strd(self):
        return self.bill.strds.order_by("-pk").first()

    def issue(self):
        for who, act in (("bendahara", "usul"), ("kepala", "terbitkan")):
            assert self.post(who, act).headers.get("Location") == self.desk
        return self.strd

    def file(self, amount, reference="NTB 9", **more):
        slip = SimpleUploadedFile("b.pdf", drawings.slip("b", 1).read(), "application/pdf")
        form = {"file": slip, "amount": amount, "paid_on": today().isoformat(),
                "bank": "Bank daerah", "reference": reference}  # fmt: skip
        return self.client("budi").post(self.mine, form | more)

    def pay_principal(self, day):
        """File a slip for the principal, dated on a day, and let the cashier take it."""
        slip = SimpleUploadedFile("p.pdf", drawings.slip("p", 2).read(), "application/pdf")
        form = {"file": slip, "amount": self.bill.amount, "paid_on": day.isoformat(),
                "bank": "Bank daerah", "reference": "NTB 1"}  # fmt: skip
        answer = self.client("budi").post(f"/permohonan/{self.case.pk}/bayar/", form)
        assert answer.status_code == 302, text(answer)

    def accept(self):
        address = f"/admin/permohonan/{self.case.pk}/langkah/confirm_payment/"
        version = Application.objects.get(pk=self.case.pk).version
        return self.client(office("bendahara")).post(address, {"version": version})

    def told(self):
        mine = Message.objects.filter(case=self.case.pk, user=self.driver.applicant)
        return mine.exclude(channel="kotak").latest("created_at")


def office(who):
    """Return who is meant: ``budi``, or (daerah, role); a role alone is one of our daerah."""
    return who if who == "budi" or isinstance(who, tuple) else ("contoh", who)


def text(answer):
    """Return what an answer says, white space folded."""
    return " ".join(answer.content.decode().split())


def today():
    """Return the day by the daerah's clock."""
    return calendar.today("contoh")


def faults():
    """Return what the invariants of a case's money find."""
    every = (*CHECKS, *corrections.CHECKS, history, invariants.bills, invariants.payments,
             invariants.ledger_lines)  # fmt: skip
    return [fault.text for check in every for fault in check()]
