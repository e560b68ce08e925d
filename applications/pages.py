"""Pictures of the pages of uploaded files: made by the worker, a few pages a job.

A page without a row is still to be drawn; one whose row has no file cannot be drawn.
"""

from __future__ import annotations

import hashlib
import uuid
from typing import Any

from django.core.files.base import ContentFile
from django.db import IntegrityError, transaction
from django.db.models import Exists, OuterRef

from applications.models import DocumentVersion, PagePicture
from imbportal import uploads
from notifications import jobs, periodic

KIND = "gambar_halaman"
TRIES = 5
EVERY = 600
AT_ONCE = 50
"""Versions that one sweep takes up."""


def register() -> None:
    jobs.register(KIND, make, failed=give_up, tries=TRIES)
    periodic.register(KIND, EVERY, sweep)


def enqueue(version: DocumentVersion) -> None:
    """Have the pages that lack drawn by the worker; nothing of a file that is not clean."""
    missing = _missing(version)
    if missing and version.scan == DocumentVersion.Scan.CLEAN:
        jobs.enqueue(KIND, f"{KIND}:{version.pk}:{missing[0]}", str(version.pk))


def sweep() -> None:
    """Take up clean versions of which nothing was drawn yet, the newest first."""
    begun = PagePicture.objects.filter(version=OuterRef("pk"))
    waiting = DocumentVersion.objects.filter(~Exists(begun), scan=DocumentVersion.Scan.CLEAN)
    for version in waiting.order_by("-uploaded_at")[:AT_ONCE]:
        enqueue(version)


def make(ref: str) -> None:
    """Draw the next pages of a version, and wish for the rest."""
    version = DocumentVersion.objects.filter(pk=ref, scan=DocumentVersion.Scan.CLEAN).first()
    if version is None or not (missing := _missing(version)):
        return
    for picture in _of_twin(version) or uploads.draw(
        version.file, version.mime, missing[0], version.pages
    ):
        _store(version, picture)
    enqueue(version)


def give_up(ref: str) -> None:
    """Leave the pages that still lack marked as not to be drawn."""
    version = DocumentVersion.objects.filter(pk=ref).first()
    if version is not None:
        rows = [PagePicture(version=version, page=page) for page in _missing(version)]
        PagePicture.objects.bulk_create(rows, ignore_conflicts=True)


def _missing(version: DocumentVersion) -> list[int]:
    done = set(version.pictures.values_list("page", flat=True))
    return [page for page in range(1, version.pages + 1) if page not in done]


def _of_twin(version: DocumentVersion) -> list[uploads.Picture]:
    """Return copies of the pictures of another upload of the same bytes, if it has them all."""
    twins = DocumentVersion.objects.filter(sha256=version.sha256, pages=version.pages)
    for twin in twins.exclude(pk=version.pk)[:3]:
        rows = [row for row in twin.pictures.all() if row.file]
        if len(rows) == version.pages:
            return [_again(row) for row in rows]
    return []


def _again(row: PagePicture) -> uploads.Picture:
    with row.file.open("rb") as file:
        content = file.read()
    ending = "." + row.file.name.rpartition(".")[2]
    return uploads.Picture(row.page, content, ending, row.width, row.height)


def _store(version: DocumentVersion, picture: uploads.Picture) -> None:
    """Keep one picture; where another worker was faster, or the version is gone, keep none."""
    keep(PagePicture(version=version, page=picture.page), picture)


def keep(row: Any, picture: uploads.Picture) -> None:
    """Fill a row with its picture and save both; neither stays where the row is there already."""
    row.width, row.height = picture.width, picture.height
    if picture.content:
        row.sha256 = hashlib.sha256(picture.content).hexdigest()
        name = uuid.uuid4().hex + picture.ending
        row.file.save(name, ContentFile(picture.content), save=False)
    try:
        with transaction.atomic():
            row.save(force_insert=True)
    except IntegrityError:
        if row.file:
            row.file.storage.delete(row.file.name)


def files(versions: Any) -> list[Any]:
    """Return the stored pictures of versions that are about to be deleted."""
    return [row.file for row in PagePicture.objects.filter(version__in=versions) if row.file]
