"""What every run begins with: people, and a few cases at different points of their way."""

import copy
import datetime
import hashlib
import itertools
import tempfile
from contextlib import ExitStack, contextmanager
from functools import cache
from pathlib import Path
from unittest import mock
from zoneinfo import ZoneInfo

import machine_files
from django.conf import settings as live
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import transaction
from django.test import override_settings
from machine_cast import Cast
from machine_hand import Hand

from applications import casework, pages
from documents import services as papers
from documents.models import Paper
from imbportal.daerah import calendar
from imbportal.demo import buildings, drawings
from imbportal.demo.once import accepted_once
from notifications import jobs

BEGIN = datetime.datetime(2026, 3, 2, 9, tzinfo=ZoneInfo("Asia/Jakarta"))
YEARS = range(2025, 2033)
SHELF = (
    ("dewi", buildings.HOUSE, "KRK_REQUESTED"),
    ("budi", buildings.HOUSE, "SUBMITTED"),
    ("konsultan", buildings.STOREYS, "PERMIT_SIGNING", "return_permit"),
    ("siti", buildings.COTTAGE, "AWAITING_PAYMENT"),
    ("usaha", buildings.SHOP, "PERMIT_SIGNING"),
)


class Clock:
    """Moves a second at each look, and days when told; every run begins on the same day."""

    def __init__(self):
        self.now, self.start = BEGIN, BEGIN

    def __call__(self):
        self.now += datetime.timedelta(milliseconds=5)
        return self.now.astimezone(datetime.UTC)

    def pass_by(self, **span):
        self.now += datetime.timedelta(**span)

    def stay(self):
        self.start = self.now

    def reset(self):
        self.now = self.start


class Shelf:
    """The cast, the clock and the cases, inside a transaction that is rolled back at the end."""

    def __init__(self, name, clock):
        self.name, self.clock = name, clock
        slug, self.version = machine_files.version(name)
        for year in YEARS:
            calendar.seed(year)
        self.cast = Cast(slug, BEGIN.date())
        self.cases = [self._drive(number, *item) for number, item in enumerate(SHELF)]
        while jobs.run_one():
            pass
        clock.stay()
        self.files = self._files()

    def _drive(self, number, who, building, state, back=""):
        user = self.cast.applicants[who]
        mandate = self.cast.mandate if who == "konsultan" else None
        case = casework.create(user, self.cast.slug, mandate=mandate)
        if self.version:
            case.version_used = self.version
            case.save()
        hand = Hand(self.cast, case, building, number)
        if state == "KRK_REQUESTED" and self.name == machine_files.WITHOUT_KRK:
            state = "DRAFT"
        hand.to(state)
        if back:
            hand.perform(back, hand.actor(), "Luas tidak sama dengan gambar.")
        return hand.fresh(), building, number

    def _files(self):
        return {path for path in Path(default_storage.location).rglob("*") if path.is_file()}

    def sweep(self):
        """Remove the files of a run that was rolled back."""
        for path in self._files() - self.files:
            path.unlink()


@contextmanager
def shelf(name):
    """Give the shelf of one daerah's file; nothing of it outlives the block."""
    with ExitStack() as stack:
        enter, clock = stack.enter_context, Clock()
        storages = copy.deepcopy(live.STORAGES)
        storages["default"]["OPTIONS"]["location"] = enter(tempfile.TemporaryDirectory())
        enter(override_settings(DEMO=True, STORAGES=storages))
        enter(mock.patch("django.utils.timezone.now", clock))
        enter(mock.patch.object(drawings, "pdf", _small))
        enter(mock.patch.object(drawings, "slip", _small))
        enter(mock.patch.dict(jobs.KINDS))
        jobs.register(papers.PRINT, _print)
        jobs.register(pages.KIND, lambda ref: None)  # drawing has tests of its own too
        enter(transaction.atomic())
        enter(accepted_once())
        yield Shelf(name, clock)
        transaction.set_rollback(True)


@cache
def _drawing():
    return drawings._pdf.__wrapped__("Gambar", (), 1)


def _small(*_):
    """Return one small drawing: what is on it decides nothing here."""
    return SimpleUploadedFile("gambar.pdf", _drawing(), content_type="application/pdf")


COUNT = itertools.count()


def _print(ref):
    """Stand for typesetting, which has tests of its own: a file with its hash, once."""
    paper = Paper.objects.get(pk=ref)
    if paper.number is None or paper.file_sha256:
        return
    content = f"{paper.pk} {next(COUNT)}".encode()
    paper.file.save(f"{paper.pk}.pdf", ContentFile(content), save=False)
    paper.file_sha256 = hashlib.sha256(content).hexdigest()
    paper.save(update_fields=["file", "file_sha256"])
