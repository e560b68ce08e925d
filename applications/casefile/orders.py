"""Orders of a case's file: who may ask, how the worker makes it, how long it lies there."""

from __future__ import annotations

import datetime
import hashlib
import os
import shutil
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from functools import partial
from typing import Any

from django.conf import settings
from django.core.files import File
from django.core.files.storage import default_storage
from django.db import transaction
from django.utils import timezone

from accounts import postings
from applications.casefile import archive, contents, naming
from applications.models import Application, CaseFile
from imbportal.indonesia import angka
from notifications import jobs, periodic

JOB = "berkas_digital"
KEPT = datetime.timedelta(days=7)
"""How long the ZIP can be fetched."""
AGAIN = datetime.timedelta(minutes=10)
"""Within which asking again gives the order that is being made."""
MOST = 2 << 30
"""Bytes that one ZIP may have."""
RESERVE = 512 << 20
"""Bytes that the disk keeps free beside it."""
STEP = 1.0
"""Seconds between two looks how much is written."""
FOLDER = "berkas-digital"


class Full(RuntimeError):
    """The disk has no room for this ZIP now."""


def setup() -> None:
    """Let the worker make the ZIPs, and take them away."""
    jobs.register(JOB, make, failed=_failed, tries=5)
    periodic.register("hapus_berkas_digital", periodic.DAY, remove_old)


# -- Who may ------------------------------------------------------------------------------------
def case_for(user: Any, pk: Any, audience: str) -> Application | None:
    """Return the case whose file somebody may take along as what he is in it; None otherwise.

    The applicant takes his own, officers what their posting lets them see; never as both.
    """
    cases = Application.objects.exclude(state="DRAFT").select_related("holder", "mandate")
    if audience == CaseFile.For.APPLICANT:
        return cases.applied_for_by(user).one(pk)
    case = cases.visible_to(user).exclude(applicant=user).one(pk)
    return case if case and postings.of(user, case.daerah).exists() else None


def latest(case: Application, user: Any, audience: str) -> CaseFile | None:
    mine = CaseFile.objects.filter(application=case, by=user, audience=audience)
    found: CaseFile | None = mine.order_by("-created_at").first()
    return found


@transaction.atomic
def ask(case: Application, user: Any, audience: str) -> CaseFile:
    """Write down that somebody takes a case's file along, and let the worker make it.

    One of a case lies there for a person: an older one goes, and what is being made is not begun
    again.
    """
    Application.objects.select_for_update().get(pk=case.pk)
    last = latest(case, user, audience)
    if last and _is_under_way(last):
        return last
    _remove(CaseFile.objects.filter(application=case, by=user, removed_at=None).exclude(file=""))
    order = CaseFile.objects.create(application=case, by=user, audience=audience)
    jobs.enqueue(JOB, f"{JOB}:{order.pk}", str(order.pk))
    return order


def _is_under_way(order: CaseFile) -> bool:
    open_ = order.ready_at is None and order.failed_at is None
    return open_ and order.created_at > timezone.now() - AGAIN


# -- Making it --------------------------------------------------------------------------------
def make(pk: str) -> None:
    """Write the ZIP of an order, once; what its asker may no longer see is not written."""
    order = CaseFile.objects.select_related("by").get(pk=pk)
    if order.ready_at or order.removed_at:
        return
    case = case_for(order.by, order.application_id, order.audience)
    if case is None:
        raise jobs.GiveUp("no longer allowed to see the case")
    folder = _gathered(case, order.audience)
    _fits(order, folder.size)
    with _scratch() as path:
        archive.write(folder, top(case), path, Progress(order, folder.size))
        _keep(order, path)


def _gathered(case: Application, audience: str) -> Any:
    """Gather under the lock of the case, so that nobody changes it meanwhile."""
    with transaction.atomic():
        Application.objects.select_for_update().get(pk=case.pk)
        case.refresh_from_db()
        return contents.of(case, audience)


def _fits(order: CaseFile, size: int) -> None:
    """Raise GiveUp where the ZIP would be too large, Full where the disk has no room now."""
    if size > MOST:
        most = angka(MOST >> 20)
        _say(order, f"Berkas permohonan ini lebih besar dari {most} MB. Hubungi pengelola portal.")
        raise jobs.GiveUp("larger than a ZIP may be")
    if shutil.disk_usage(settings.FILE_UPLOAD_TEMP_DIR).free < size + RESERVE:
        _say(order, "Tempat penyimpanan portal penuh. Hubungi pengelola portal.")
        raise Full(f"{size} bytes")
    _say(order, "")


def _say(order: CaseFile, why: str) -> None:
    CaseFile.objects.filter(pk=order.pk).update(why=why)


class Progress:
    """Writes down how far the ZIP is, not oftener than every second."""

    def __init__(self, order: CaseFile, total: int):
        self.order, self.written, self.last = order, 0, time.monotonic()
        CaseFile.objects.filter(pk=order.pk).update(total=total, written=0)

    def __call__(self, count: int) -> None:
        self.written += count
        if time.monotonic() - self.last > STEP:
            self.last = time.monotonic()
            CaseFile.objects.filter(pk=self.order.pk).update(written=self.written)


@contextmanager
def _scratch() -> Iterator[str]:
    """Give a file where uploads come in; what a killed worker leaves there is swept."""
    handle, path = tempfile.mkstemp(dir=settings.FILE_UPLOAD_TEMP_DIR, suffix=".zip")
    os.close(handle)
    try:
        yield path
    finally:
        with suppress(FileNotFoundError):
            os.unlink(path)


class Made(File):
    """A finished file that the storage moves where it can, instead of copying it."""

    def temporary_file_path(self) -> str:
        return str(self.file.name)


def _keep(order: CaseFile, path: str) -> None:
    """Store the ZIP; of two workers that made it, the first one's counts."""
    name = f"{FOLDER}/{order.pk}.zip"
    with open(path, "rb") as made:
        digest = hashlib.file_digest(made, "sha256").hexdigest()
        size = made.seek(0, os.SEEK_END)
        made.seek(0)
        with transaction.atomic():
            if CaseFile.objects.select_for_update().get(pk=order.pk).ready_at:
                return
            default_storage.delete(name)  # of a try that died before it could be written down
            name = default_storage.save(name, Made(made, name=path))
            CaseFile.objects.filter(pk=order.pk).update(
                file=name, file_sha256=digest, written=size, total=size, ready_at=timezone.now()
            )


def top(case: Application) -> str:
    """Return the folder in which all lies."""
    return f"berkas-{naming.safe(case.number or str(case.pk))}"


def file_name(order: CaseFile) -> str:
    case = order.application
    mine = "-pemohon" if order.audience == CaseFile.For.APPLICANT else ""
    return f"{top(case)}{mine}.zip"


def _failed(pk: str) -> None:
    CaseFile.objects.filter(pk=pk, ready_at=None).update(failed_at=timezone.now())


# -- Taking it away ---------------------------------------------------------------------------
def remove_old() -> int:
    """Take away the ZIPs that are old enough; return how many. Who took what stays told."""
    old = CaseFile.objects.filter(removed_at=None, created_at__lt=timezone.now() - KEPT)
    return _remove(old.exclude(file=""))


def _remove(orders: Any) -> int:
    count = 0
    for order in orders:
        rows = CaseFile.objects.filter(pk=order.pk)
        count += rows.update(file="", removed_at=timezone.now())
        # A file whose row was let go and that is still there is swept with all that have none.
        transaction.on_commit(partial(default_storage.delete, order.file.name))
    return count
