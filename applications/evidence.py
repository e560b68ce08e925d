"""What must lie beside a record before its link acts: a photo as proof, the scan of an original."""

from __future__ import annotations

from typing import TYPE_CHECKING

from applications import ports

if TYPE_CHECKING:
    from applications.models import Application

MARK = "lampiran:"
"""Begins the slots of attachments, as no code of a requirement can."""
SITE, MINUTES = "tinjau_lokasi", ("berita_acara", "bapl")
"""The sheet of a visit with its photos, and the minutes by the names that daerah have for them."""
BEGUN = "bukti pekerjaan yang sudah dimulai: foto lokasi atau lampiran berita acara"


def lacking(application: Application) -> list[str]:
    """Return that the minutes which the link on turn writes still lack their proof."""
    link = application.link
    if link is None or not _more_is_owed(application, link.needs):
        return []
    return gap(application, BEGUN, SITE, *MINUTES)


def _more_is_owed(application: Application, needs: tuple[str, ...]) -> bool:
    """Return whether the minutes that are written here tell of work that raises the fee."""
    kinds = {*MINUTES} & {*needs}
    minutes = application.records.filter(kind__in=kinds).first() if kinds else None
    stage = minutes.data.get(ports.STAGE) if minutes else ""
    asked = ports.money.stages(application) if stage else None
    return asked is not None and stage in asked.costly


def gap(application: Application, what: str, *kinds: str) -> list[str]:
    """Return that no clean file lies beside any of these records; nothing where one does."""
    slots = application.documents.filter(requirement__in=[f"{MARK}{kind}" for kind in kinds])
    scans = set(slots.values_list("versions__scan", flat=True)) - {None}
    if "bersih" in scans:
        return []
    if "karantina" in scans:
        return [f"Masih dipindai: {what}. Coba beberapa menit lagi."]
    return [f"Lampirkan {what}."]
