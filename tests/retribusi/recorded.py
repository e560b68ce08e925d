"""A case whose building is recorded, its bill by the engine, and slips for it; whole rupiah."""

import datetime
import io

import billed
from billed import SLUG
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone
from PIL import Image

from applications.models import Record
from documents import services as papers
from imbportal.daerah import calendar
from retribusi import services
from retribusi.slip_form import PaymentProofForm

PART = billed.HOUSE | {"nama": "Rumah"}
DATA = {
    "kegiatan": "baru", "bangunan": [PART], "prasarana": [{"kode": "pagar", "volume": "30"}],
    "biaya": [],
}  # fmt: skip
TOTAL = 499_770 + 756_000
"""What the house and its fence come to."""


def recorded(by, number="REG-1"):
    """Return a case of an applicant with the building recorded, and nothing billed yet."""
    case = billed.case(by, number=number)
    Record.objects.create(application=case, kind="pendataan", data=DATA, by=by)
    return case


def issue(case, at=None):
    """Return the bill over what a case was assessed to."""
    at = at or timezone.now()
    paper = papers.issue(billed.draft(case, at), at=at, kecamatan="352801")
    services.bill(case, paper, at)
    return services.live_bill(case)


def slip(colour="white"):
    """Return the picture of a slip, another one for each colour."""
    file = io.BytesIO()
    Image.new("RGB", (300, 200), colour).save(file, "PNG")
    return SimpleUploadedFile("struk.png", file.getvalue(), "image/png")


def file(case, by, **more):
    """Hand in a slip that pays the bill, but for what is said otherwise."""
    given = {
        "file": slip(), "amount": TOTAL, "paid_on": calendar.today(SLUG), "bank": "Bank Daerah",
        "reference": "NTB 001",
    }  # fmt: skip
    return services.file_proof(case, by=by, **given | more)


def form(bill, **more):
    """Return the form of a slip as it was filled in on 2 July 2026."""
    data = {"amount": "Rp1.255.770", "paid_on": "2026-07-01", "bank": "B", "reference": "1"} | more
    return PaymentProofForm(data, {"file": slip()}, bill=bill, today=datetime.date(2026, 7, 2))
