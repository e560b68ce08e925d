"""The approved drawings on paper: an annex with a signature of its own, or a part of the permit's.

Whoever holds a drawing can compare it with the first letters of its file's SHA-256.
"""

from __future__ import annotations

import datetime

from applications import requirements
from applications.models import Application
from applications.paper_parts import base, holder_name
from documents.content import PaperContent, Section, Table

DRAWINGS = "lampiran_gambar"
"""The paper that endorses the drawings, in a daerah that has one."""
MARK = 16
"""Letters of a file's SHA-256 by which a drawing is known on paper."""
COMPARED = (
    "Tanda berkas adalah huruf pertama SHA-256 berkas yang disetujui. Gambar yang tandanya lain "
    "bukan gambar yang disahkan."
)


def drawings(application: Application, note: str, at: datetime.datetime) -> PaperContent:
    """Return the annex that endorses the drawings: each plan that was approved, by its mark."""
    permit = application.rules.service.permit_long
    said = (
        f"Dokumen rencana teknis di bawah ini telah diperiksa dan disetujui, dan menjadi lampiran "
        f"{permit} atas nama {holder_name(application)}."
    )
    return base(
        application,
        DRAWINGS,
        sections=(
            Section(paragraphs=(said,)),
            Section(table=_plans(application)),
        ),
        closing=(COMPARED,),
    )


def _plans(application: Application) -> Table:
    """Return the technical documents that were approved, each with its version and its mark."""
    slots = [
        slot
        for slot in requirements.due(application)
        if slot.requirement.group == "teknis" and slot.version is not None
    ]
    rows = tuple(
        (
            str(number),
            slot.requirement.label,
            f"{slot.version.pages} halaman",
            f"versi {slot.version.number}",
            slot.version.sha256[:MARK],
        )
        for number, slot in enumerate(slots, start=1)
    )
    head = ("No.", "Dokumen rencana teknis", "Isi", "Versi", "Tanda berkas")
    return Table(head=head, rows=rows, align="lllll")


def endorsed(application: Application) -> tuple[Section, ...]:
    """Return the drawings for the permit's annex, where they have no annex of their own."""
    table = _plans(application)
    if DRAWINGS in application.rules.paper or not table.rows:
        return ()
    title = "Gambar situasi dan dokumen rencana teknis"
    return (Section(title=title, paragraphs=(COMPARED,), table=table),)
