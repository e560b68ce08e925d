"""The city-plan information (keterangan rencana kota): its figures, and its paper."""

from __future__ import annotations

import datetime
from decimal import Decimal
from typing import Any

from applications import requirements
from applications.models import Application
from applications.paper_parts import base
from documents.content import PaperContent, Section, Table
from imbportal.indonesia import angka, tanggal

ROWS = (
    ("zone", "Zona dan peruntukan", ""),
    ("allowed_use", "Fungsi yang diizinkan", ""),
    ("kdb_max", "Koefisien dasar bangunan (KDB) paling tinggi", "\N{NO-BREAK SPACE}%"),
    ("klb_max", "Koefisien lantai bangunan (KLB) paling tinggi", "\N{NO-BREAK SPACE}%"),
    ("kdh_min", "Koefisien daerah hijau (KDH) paling rendah", "\N{NO-BREAK SPACE}%"),
    ("ktb_max", "Koefisien tapak basemen (KTB) paling tinggi", "\N{NO-BREAK SPACE}%"),
    ("gsb_min", "Garis sempadan bangunan (GSB) paling sedikit", " m"),
    ("other_setbacks", "Sempadan sungai, irigasi, dan jaringan listrik", ""),
    ("clearance", "Jarak bebas bangunan paling sedikit", " m"),
    ("floors_max", "Jumlah lantai paling banyak", " lantai"),
    ("height_max", "Tinggi bangunan paling tinggi", " m"),
    ("utilities", "Jaringan utilitas kota", ""),
    ("notes", "Ketentuan khusus", ""),
    ("valid_until", "Berlaku sampai", "hari"),
)
"""Key of the record, label, unit; ``hari`` marks a date."""


def rows_of(data: dict[str, Any]) -> tuple[tuple[str, str], ...]:
    """Return the KRK's figures as label and printed value."""
    return tuple((label, _value(data[key], unit)) for key, label, unit in ROWS if data.get(key))


def _value(value: Any, unit: str) -> str:
    if unit == "hari":
        return tanggal(datetime.date.fromisoformat(str(value)))
    return f"{angka(Decimal(str(value)))}{unit}" if unit else str(value)


def paper(application: Application, note: str, at: datetime.datetime) -> PaperContent:
    record = application.records.get(kind="krk")
    rows = (*rows_of(record.data), ("Petugas yang memeriksa", str(record.by)))
    due = tuple(
        slot.requirement.label + ("" if slot.known else " (bila diperlukan)")
        for slot in requirements.due(application)
    )
    return base(
        application,
        "krk",
        sections=(
            Section(
                title="Ketentuan rencana kota untuk lokasi ini",
                table=Table(head=("Ketentuan", "Nilai"), rows=rows, align="ll"),
            ),
            Section(title="Persyaratan administrasi dan teknis", items=due),
        ),
        closing=("Pemohon telah menyatakan akan mengikuti ketentuan rencana kota ini.",),
    )
