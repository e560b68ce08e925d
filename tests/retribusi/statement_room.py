"""The room "Rekening koran" as its tests use it: files of the bank, lines, and acts."""

import datetime
import html
import random
from contextlib import contextmanager
from types import SimpleNamespace

from apart import apart
from bank_paper import MAPPING, Line, as_csv
from bill_rows import SLUG, fill
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils import timezone

from imbportal.daerah import calendar
from imbportal.demo import people
from retribusi.models import (
    BankFormat,
    Statement,
)
from retribusi.statements import mapping

BACKEND = "allauth.account.auth_backends.AuthenticationBackend"

ROOM = "/admin/rekening-koran/"
ACCOUNT = "0012 3456 789"
DAY = datetime.timedelta(days=1)
COUNTER = (26, 27, 28)
"""Bills that were paid at a counter, on one day."""


@contextmanager
def prepared(blocker):
    """Give thirty bills in bulk, the format of a bank, and the clients of three officers."""
    with apart(blocker):
        ends = calendar.today(SLUG) - 10 * DAY
        bills = fill(30, random.Random(5), ends, counter=COUNTER)
        by = {role: login(role) for role in ("bendahara", "auditor", "petugas")}
        form = BankFormat.objects.create(
            daerah=SLUG, name="Bank Uji", account=ACCOUNT, changed_at=timezone.now(),
            mapping=mapping.Mapping(**MAPPING).model_dump(),
            changed_by=people.officer(SLUG, "bendahara"),
        )  # fmt: skip
        yield SimpleNamespace(bills=bills, ends=ends, form=form, **by)


def login(role, slug=SLUG):
    client = Client(raise_request_exception=True)
    client.force_login(people.officer(slug, role), BACKEND)
    return client


def page(answer, status=200):
    text = html.unescape(answer.content.decode())
    assert answer.status_code == status, text[-3000:]
    return " ".join(text.split())


def upload(world, lines, form=None, name="koran.csv", opening=1_000_000_00):
    data = lines if isinstance(lines, bytes) else as_csv(lines, opening)
    return world.bendahara.post(
        f"{ROOM}unggah/",
        {"daerah": SLUG, "format": (form or world.form).pk, "file": SimpleUploadedFile(name, data)},
    )


def taken(world, lines, **more):
    answer = upload(world, lines, **more)
    assert answer.status_code == 302, page(answer, 422)
    return Statement.objects.order_by("-imported_at").first()


def paid(world, count=1):
    return [bill for bill in world.bills if bill.paid_on and bill.paid_on < world.ends][:count]


def money_of(bill, more=0, day=None, reference="", text=None):
    said = f"TRSF {bill.code}" if text is None else text
    return Line(day or bill.paid_on, (bill.amount + more) * 100, said, reference or bill.number)


def url(line, act=""):
    return f"{ROOM}{line.statement_id}/baris/{line.row}/{act}{'/' if act else ''}"


def do(world, line, act, status=302, who=None, **form):
    answer = (who or world.bendahara).post(url(line, act), form)
    text = page(answer, status)
    line.refresh_from_db()
    return text
