"""What papers of all kinds share: the daerah's head, the case's facts, answers as printed."""

from __future__ import annotations

from typing import Any

from applications import facts, parents, requirements
from applications.models import Application
from applications.rules import ANY, FIRST, LAST, NOT_FIRST, NOT_LAST
from applications.workflow import MOVES
from documents import emblems
from documents.content import Letterhead, PaperContent, Section, Table
from imbportal import areas
from imbportal.daerah.schema import Daerah, Unit
from imbportal.indonesia import angka, tanggal

OF_LINKS = (FIRST | LAST | ANY | NOT_FIRST | NOT_LAST).ways
"""Ways in which who is on turn makes a move."""


def letterhead(rules: Daerah, unit: Unit | None = None) -> Letterhead:
    """Return the head of the daerah's papers, or of a unit that writes under its own name.

    Either prints the coat of arms that stands at the moment.
    """
    office, emblem = rules.office, emblems.current(rules.slug)
    mark = emblems.in_head(emblem, rules.name)
    if unit is not None and unit.letterhead:
        return Letterhead(
            government=rules.government,
            office=unit.title,
            place=office.place,
            timezone=rules.timezone,
            page_size=office.page_size,
            **mark,
        )
    contact = " · ".join(
        part for part in (office.phone and f"Telepon {office.phone}", office.email) if part
    )
    address = " ".join(part for part in (office.address, office.postcode) if part)
    return Letterhead(
        government=rules.government,
        office=office.name,
        address=address,
        contact=contact,
        place=office.place,
        timezone=rules.timezone,
        page_size=office.page_size,
        **mark,
    )


def location(application: Application) -> str:
    """Return where the plot lies, in one line."""
    names = dict(areas.kecamatan(application.rules.region_code))
    kecamatan = names.get(application.kecamatan, "")
    parts = (application.address, application.village, kecamatan and f"Kec. {kecamatan}")
    return ", ".join(part for part in parts if part)


def label_of(rules: Daerah, code: str, value: Any) -> str:
    """Return an answer as it is printed: the choice's label, a number with its unit, ya/tidak."""
    fact = next((item for item in rules.fact if item.code == code), None)
    if fact is None or value in (None, ""):
        return ""
    if fact.code == "kecamatan":
        return dict(areas.kecamatan(rules.region_code)).get(value, str(value))
    if fact.type == "choice":
        return next((c.label for c in fact.choices if c.value == value), str(value))
    if fact.type == "boolean":
        return "Ya" if value else "Tidak"
    if fact.type in ("decimal", "integer"):
        return f"{angka(value)} {fact.unit}".strip()
    return tanggal(value) if fact.type == "date" else str(value)


def holder_name(application: Application) -> str:
    return application.holder.name if application.holder else str(application.applicant)


def base(application: Application, kind: str, **more: Any) -> PaperContent:
    """Return a paper with its writer's head, the kind's title, and the case's own facts."""
    rules = application.rules
    paper = rules.paper.get(kind)  # none where it only lends its words to another kind
    purpose = " ".join(p for p in (application.building_name, location(application)) if p)
    defaults: dict[str, Any] = {
        **hands(application, kind),
        "title": paper.title if paper else "",
        "facts": case_facts(application),
        "basis": paper.rests_on(application.track) if paper else (),
        "copies": paper.copies if paper else (),
        "holder": holder_name(application),
        "purpose": purpose,
    }
    return PaperContent(**(defaults | more))


def hands(application: Application, kind: str) -> dict[str, Any]:
    """Return the head of the unit in which a paper is written, and the title of who signs it."""
    rules, place = application.rules, application.kecamatan
    writer, signer = (find(application.track, kind) for find in (rules.writer, rules.signer))
    writer = writer or _on_turn(application, kind)
    unit = rules.unit_of(writer, place) if writer else None
    title = ""
    if signer is not None:
        own = rules.unit_of(signer, place).kecamatan
        named = dict(areas.kecamatan(rules.region_code)).get(own, "")
        title = rules.role[signer].signed(named)
    return {"letterhead": letterhead(rules, unit), "signer": title}


def decision_basis(application: Application) -> tuple[str, ...]:
    """Return what a decision on the permit rests on: the permit's own basis, else the daerah's."""
    rules = application.rules
    own = rules.paper["izin"].rests_on(application.track)
    return own or tuple(item.text for item in rules.legal_basis)


def _on_turn(application: Application, kind: str) -> str:
    """Return the role that writes a letter of a move that the link on turn makes, "" for none."""
    brought = application.rules.on_move
    theirs = (move.name for move in MOVES if not move.forward and move.by.ways <= OF_LINKS)
    writes = any(kind in brought(application.track, name).issue for name in theirs)
    return application.turn_role if writes else ""


def service_facts(application: Application) -> tuple[tuple[str, str], ...]:
    """Return which service on which permit is asked for; nothing where a new permit is."""
    parent, track = parents.of(application), parents.track_of(application)
    if parent is None or track is None:
        return ()
    return (("Layanan", track.title), ("Atas izin", str(parent)))


def case_facts(application: Application) -> tuple[tuple[str, str], ...]:
    values = facts.of(application)
    size = label_of(application.rules, "floor_area", values.get("floor_area"))
    rows = (
        ("Nomor permohonan", application.number),
        *service_facts(application),
        ("Pemohon", holder_name(application)),
        ("Alamat pemohon", application.holder.address if application.holder else ""),
        ("Lokasi", location(application)),
        ("Bangunan", application.building_name),
        ("Fungsi", label_of(application.rules, "function", values.get("function"))),
        ("Luas seluruh lantai", size),
    )
    return tuple((label, value) for label, value in rows if value)


def filed(application: Application) -> Section:
    """Return the documents of a case that were handed in, with their pages."""
    versions = (slot for slot in requirements.due(application) if slot.version is not None)
    rows = tuple(
        (str(number), slot.requirement.label, f"{slot.version.pages} halaman")
        for number, slot in enumerate(versions, start=1)
    )
    return Section(table=Table(head=("No.", "Dokumen", "Isi"), rows=rows, align="lll"))
