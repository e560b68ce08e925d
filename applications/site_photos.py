"""Photos of the site, kept like the files of a requirement: scanned, drawn, never overwritten."""

from __future__ import annotations

from typing import Any

from django.db import transaction

from applications import casework, sites
from applications.holding import on_turn
from applications.models import Application, DocumentVersion
from applications.refusals import Conflict
from imbportal import uploads

SLOT = "foto_lokasi"
"""No code of a requirement, as no applicant fills it."""


def of(application: Application) -> list[DocumentVersion]:
    mine = DocumentVersion.objects.filter(document__application=application)
    return list(mine.filter(document__requirement=SLOT))


def add(application: Application, file: Any, *, by: Any) -> DocumentVersion:
    """Keep a photo of the site, for who fills the sheet now; the same one sent again once.

    Raises UploadRefused.
    """
    with transaction.atomic():
        _fills_sheet(application, by)
    accepted = uploads.accept(file, images=True, owner=by)
    with transaction.atomic():
        case = _fills_sheet(application, by)
        known = next((one for one in of(case) if one.sha256 == accepted.sha256), None)
        return known or casework.add_version(case, SLOT, accepted, by)


def _fills_sheet(application: Application, by: Any) -> Application:
    """Return the locked case. Conflict where the link on turn visits no site."""
    application = on_turn(application.pk, by, None)
    if application.link is None or sites.SHEET not in application.link.needs:
        raise Conflict("Foto lokasi tidak diambil pada langkah ini.")
    return application
