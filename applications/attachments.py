"""What an officer lays beside a record: photos of a site, signed sheets, who came to a hearing.

Kept like the files of a requirement: scanned, drawn, never overwritten. The office reads them.
"""

from __future__ import annotations

from typing import Any

from django.db import transaction

from applications import casework, site_sheet
from applications.evidence import MARK
from applications.holding import on_turn
from applications.models import Application, DocumentVersion
from applications.refusals import Conflict
from imbportal import uploads

PHOTOS = frozenset({site_sheet.SHEET})
"""Records to which nothing but pictures is added."""
TAKES = PHOTOS | {
    "penilaian", "berita_acara", "bapl", "nota_hitung", "kajian", "dengar_pendapat", "nasihat",
    "kertas_khusus",
}  # fmt: skip
"""Records to which something may be added."""


def of(application: Application, kind: str) -> list[DocumentVersion]:
    mine = DocumentVersion.objects.filter(document__application=application)
    return list(mine.filter(document__requirement=f"{MARK}{kind}"))


def by_kind(application: Application) -> dict[str, list[DocumentVersion]]:
    """Return all that lies beside the records of a case, by kind of record."""
    found: dict[str, list[DocumentVersion]] = {}
    mine = DocumentVersion.objects.filter(document__application=application)
    for version in mine.filter(document__requirement__startswith=MARK).select_related("document"):
        found.setdefault(version.document.requirement.removeprefix(MARK), []).append(version)
    return found


def is_attachment(version: DocumentVersion) -> bool:
    return version.document.requirement.startswith(MARK)


def add(application: Application, kind: str, file: Any, *, by: Any) -> DocumentVersion:
    """Keep a file beside the record that the link on turn fills; the same one sent again once.

    Raises UploadRefused; Conflict where the link fills no such record.
    """
    with transaction.atomic():
        _fills(application, kind, by)
    accepted = uploads.accept(file, images=True, owner=by)
    with transaction.atomic():
        case = _fills(application, kind, by)
        known = next((one for one in of(case, kind) if one.sha256 == accepted.sha256), None)
        return known or casework.add_version(case, f"{MARK}{kind}", accepted, by)


def _fills(application: Application, kind: str, by: Any) -> Application:
    application = on_turn(application.pk, by, None)
    if application.link is None or kind not in TAKES & {*application.link.needs}:
        raise Conflict("Lampiran ini tidak ditambahkan pada langkah ini.")
    return application
