"""Letters that the applicant asks other agencies for: asked, expected, received, valid until."""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from typing import Any

from django.db import transaction

from applications import requirements
from applications.casework import UPLOAD_OPEN, applicants
from applications.holding import bump
from applications.models import Application, Document
from applications.refusals import Unmet
from imbportal.indonesia import tanggal

FIELDS = ("asked_on", "expected_on", "received_on", "valid_until")


@transaction.atomic
def track(
    application: Application, code: str, dates: Mapping[str, datetime.date | None], *, by: Any
) -> Document:
    """Keep how far a letter is; ``dates`` by FIELDS. Unmet where no letter is asked for there."""
    application = applicants(application.pk, by, UPLOAD_OPEN, None)
    slot = next((s for s in requirements.due(application) if s.code == code), None)
    if slot is None or not slot.requirement.authority:
        raise Unmet(["Surat ini tidak diminta dalam permohonan ini."])
    document, _ = Document.objects.get_or_create(application=application, requirement=code)
    for field in FIELDS:
        setattr(document, field, dates.get(field))
    document.save(update_fields=FIELDS)
    bump(application)
    return document


def told(slot: requirements.Slot) -> str:
    """Return how far a letter is, in one line; empty where nothing is known yet."""
    document = slot.document
    if document is None or not slot.requirement.authority:
        return ""
    words = (
        ("diminta", document.asked_on), ("diperkirakan selesai", document.expected_on),
        ("diterima", document.received_on), ("berlaku sampai", document.valid_until),
    )  # fmt: skip
    shown = ", ".join(f"{word} {tanggal(day)}" for word, day in words if day)
    return f"{shown[:1].upper()}{shown[1:]}." if shown else ""
