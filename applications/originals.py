"""The original of a permit that is signed wet: its sheet, its scan, what the check page says."""

from __future__ import annotations

import datetime
from typing import Any

from applications import evidence
from applications.models import Application, Record
from documents.models import Paper
from documents.verification import advise
from imbportal.daerah.paper_kinds import Original
from imbportal.indonesia import tanggal

RECORD, PERMIT = "kertas_khusus", "izin"
OF_BEFORE = Original(serial=True, stamp=True, cite="Kebijakan portal")
"""What versions without ``[original]`` ran by."""
SCAN = "pindaian lembar asli yang sudah ditandatangani"


def rule(application: Application) -> Original:
    return application.rules.original or OF_BEFORE


def register() -> None:
    advise(PERMIT, advice)


def lacking(application: Application) -> list[str]:
    """Return what the link on turn still lacks of the original: its scan, where that is asked."""
    link = application.link
    if link is None or RECORD not in link.needs or not rule(application).scan:
        return []
    return evidence.gap(application, SCAN, RECORD)


def number_of_other(application: Application, serial: str) -> str:
    """Return the number of another case of the daerah whose sheet bears this serial, "" if none."""
    others = Record.objects.filter(kind=RECORD, application__daerah=application.daerah)
    same = others.exclude(application=application.pk).filter(data__serial=serial)
    found = same.values_list("application__number", flat=True).first()
    return found or ""


def advice(paper: Paper) -> str:
    """Return what to compare on the sheet, for whoever holds a permit that was signed wet."""
    if paper.seal or paper.status != Paper.Status.VALID:
        return ""
    sheet = Record.objects.filter(application=paper.case, kind=RECORD, at__gte=paper.issued_at)
    written = sheet.first()
    return _words(written.data) if written else ""


def _words(data: dict[str, Any]) -> str:
    parts = [f"bernomor seri {data['serial']}"] if data.get("serial") else []
    if data.get("signed_on"):
        day = tanggal(datetime.date.fromisoformat(data["signed_on"]))
        parts.append(f"ditandatangani basah pada {day}")
    if data.get("stamped"):
        parts.append("dan dicap" if parts else "dicap")
    return f"Lembar aslinya {' '.join(parts)}: cocokkan dengan yang Anda pegang." if parts else ""
