"""What goes with a file from hand to hand and with a building: the control sheet, the plate."""

from __future__ import annotations

import datetime

from applications import site_sheet, sites
from applications.clock import local_date
from applications.headlines import headline
from applications.models import Application
from applications.paper_parts import base, case_facts, holder_name, location
from documents import services as documents
from documents.content import PaperContent, Section, Table
from imbportal.indonesia import tanggal


def control_sheet(application: Application, note: str, at: datetime.datetime) -> PaperContent:
    """Return the sheet of hands: what was done when and in which capacity, up to now."""
    done = [event for event in application.events.order_by("seq") if not event.hidden]
    rows = tuple(
        (
            ", ".join(map(str, event.steps)),
            tanggal(local_date(application, event.at)),
            headline(application, event),
            event.capacity,
        )
        for event in done
    )
    table = Table(head=("Langkah", "Tanggal", "Yang dikerjakan", "Oleh"), rows=rows, align="llll")
    return base(application, "izin", sections=(Section(title="Perjalanan berkas", table=table),))


def control_sheet_with_visit(
    application: Application, note: str, at: datetime.datetime
) -> PaperContent:
    """Return the sheet of hands together with what was found on the site."""
    sheet = control_sheet(application, note, at)
    visit = application.records.filter(kind=sites.APPOINTMENT).first()
    when = (f"Peninjauan lokasi: {sites.when_and_where(visit.data)}.",) if visit else ()
    visited = Section(title="Tinjau lokasi", paragraphs=when)
    found = sites.sections(application, site_sheet.reason(application))
    return base(application, "izin", sections=(*sheet.sections, visited, *found))


def plate(application: Application, note: str, at: datetime.datetime) -> PaperContent:
    """Return the plate for the building: the number and day of its permit, owner, use, place."""
    permit = documents.standing(application.pk, "izin")
    issued = permit.issued_at if permit and permit.number else None
    wanted = ("Bangunan", "Fungsi", "Luas seluruh lantai")
    return base(
        application,
        "izin",
        facts=(
            ("Pemilik", holder_name(application)),
            ("Lokasi", location(application)),
            *(row for row in case_facts(application) if row[0] in wanted),
        ),
        extra={
            "permit": application.rules.service.permit,
            "permit_number": permit.number if issued else "",
            "permit_date": tanggal(local_date(application, issued)) if issued else "",
        },
    )
