"""Papers of a hearing and of what experts advise: the invitation, the minutes, the advice."""

from __future__ import annotations

import datetime
from typing import Any

from applications import guests, sites
from applications.models import Application
from applications.paper_parts import base, holder_name, location
from documents.content import PaperContent, Section, Table

APPOINTMENT, HEARING, ADVICE = "jadwal_dengar", "dengar_pendapat", "nasihat"


def _record(application: Application, kind: str) -> dict[str, Any]:
    found = application.records.filter(kind=kind).first()
    return found.data if found else {}


def _plan(application: Application) -> str:
    building = application.building_name or "bangunan gedung"
    return f"{building} milik {holder_name(application)} di {location(application)}"


def invitation(application: Application, note: str, at: datetime.datetime) -> PaperContent:
    """Return the invitation to a hearing: who comes where and when, and about what."""
    fixed = _record(application, APPOINTMENT)
    asked = (
        f"Bersama ini kami mengundang Saudara pada dengar pendapat publik tentang rencana "
        f"{_plan(application)}."
    )
    sections = [Section(paragraphs=(asked,))]
    if fixed:
        when = sites.when_and_where(fixed)
        sections.append(Section(title="Waktu dan tempat", paragraphs=(f"{when}.",)))
    if more := fixed.get("note"):
        sections.append(Section(title="Yang perlu disiapkan pemohon", paragraphs=_lines(more)))
    closing = "Keberatan dan pendapat dapat disampaikan pada pertemuan itu; jawabannya dicatat."
    return base(
        application,
        "undangan_dengar",
        recipient=guests.everyone(application, fixed),
        sections=tuple(sections),
        closing=(closing,),
    )


def minutes(application: Application, note: str, at: datetime.datetime) -> PaperContent:
    """Return the minutes of a hearing: who came, each objection with its answer, what follows."""
    fixed, said = _record(application, APPOINTMENT), _record(application, HEARING)
    held = f"Telah dilaksanakan dengar pendapat publik tentang rencana {_plan(application)}"
    when = f" pada {sites.when_and_where(fixed)}" if fixed else ""
    sections = [Section(paragraphs=(f"{held}{when}.",))]
    if present := said.get("present"):
        sections.append(Section(title="Yang hadir", items=_lines(present)))
    sections.append(_answered(said))
    if concluded := said.get("conclusion"):
        sections.append(Section(title="Kesimpulan", paragraphs=_lines(concluded)))
    return base(application, "berita_acara_dengar", sections=tuple(sections))


def _answered(said: dict[str, Any]) -> Section:
    """Return objections and answers: beside each other where each has one, else in turn."""
    objected, answered = _lines(said.get("objections", "")), _lines(said.get("answers", ""))
    title = "Keberatan, pendapat, dan jawaban"
    if not answered:
        return Section(title=title, items=objected)
    if len(objected) == len(answered):
        rows = tuple(
            (str(number), one, other)
            for number, (one, other) in enumerate(zip(objected, answered, strict=True), start=1)
        )
        head = ("No.", "Keberatan atau pendapat", "Jawaban")
        return Section(title=title, table=Table(head=head, rows=rows, align="lll"))
    return Section(title=title, items=objected, paragraphs=tuple(f"Jawaban: {x}" for x in answered))


def advice(application: Application, note: str, at: datetime.datetime) -> PaperContent:
    """Return what the experts advise on the plans of a case."""
    text = _record(application, ADVICE).get("text", "")
    opening = f"Setelah mempelajari dokumen rencana teknis {_plan(application)}, kami memberi "
    return base(
        application,
        "nasihat_teknis",
        sections=(
            Section(paragraphs=(f"{opening}nasihat dan pertimbangan berikut.",)),
            Section(title="Nasihat dan pertimbangan teknis", paragraphs=_lines(text)),
        ),
    )


def _lines(text: str) -> tuple[str, ...]:
    return tuple(line.strip() for line in text.splitlines() if line.strip())
