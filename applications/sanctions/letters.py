"""What the letters print: what was decided about which paper, why, what to do, how to object."""

from __future__ import annotations

from typing import Any

from applications.models import Application, SanctionAct
from applications.paper_parts import holder_name, letterhead, location
from applications.sanctions import papers
from documents.content import PaperContent, Section
from documents.models import Paper
from imbportal import areas
from imbportal.daerah.schema import Daerah
from imbportal.indonesia import tanggal

Kind = SanctionAct.Kind
DECIDED = {
    Kind.WARN: "Pemegang surat di atas diperingatkan. Bila peringatan ini tidak dipenuhi, "
    "surat tersebut dapat dicabut.",
    Kind.FREEZE: "Surat di atas dibekukan. Selama dibekukan surat tersebut tidak boleh dipakai.",
    Kind.LIFT: "Pembekuan surat di atas dicairkan. Surat tersebut berlaku kembali.",
    Kind.REVOKE: "Surat di atas dicabut dan tidak berlaku lagi.",
}
DUTIES = {
    Kind.WARN: "Penuhi yang diminta dalam surat ini, lalu laporkan kepada {office}.",
    Kind.FREEZE: "Hentikan pekerjaan dan kegiatan atas dasar surat tersebut sampai dicairkan, dan "
    "hubungi {office}.",
    Kind.LIFT: "Surat tersebut dapat dipakai lagi.",
    Kind.REVOKE: "Hentikan pekerjaan dan kegiatan atas dasar surat tersebut, dan jangan "
    "menunjukkan atau memakainya lagi.",
    Kind.REPLACE: "Pakai surat yang baru; jangan menunjukkan atau memakai yang lama.",
}
"""What the holder must do in any case; the office may add more."""
OBJECT = (
    "Keberatan atas keputusan ini diajukan secara tertulis kepada {office} paling lambat {day} "
    "({amount} {unit})."
)
NO_TERM = (
    "Keberatan dapat disampaikan secara tertulis kepada {office}. Dokumen pelayanan daerah ini "
    "tidak menyebut tenggatnya; tanyakan kepada petugas."
)
UNITS = {"hari": "hari", "hari_kerja": "hari kerja"}


def content(act: SanctionAct) -> PaperContent:
    """Return the letter of a decision."""
    case, paper = act.application, act.paper
    rules = papers.rules_of(case)
    kind = rules.paper[act.kind]
    return PaperContent(
        **_hands(rules, case),
        title=kind.title,
        recipient=(holder_name(case), *([case.holder.address] if _address(case) else [])),
        facts=_facts(act),
        sections=tuple(_sections(act)),
        basis=kind.basis,
        copies=kind.copies,
        sample=kind.contoh,
        holder=holder_name(case),
        purpose=f"{act.get_kind_display()}: {paper.title} nomor {paper.number}",
    )


def _hands(rules: Daerah, case: Application) -> dict[str, Any]:
    """Return head and signatory by today's file."""
    role = papers.decider(case)
    unit = rules.unit_of(role, case.kecamatan)
    named = dict(areas.kecamatan(rules.region_code)).get(unit.kecamatan, "")
    return {"letterhead": letterhead(rules, unit), "signer": rules.role[role].signed(named)}


def _address(case: Application) -> str:
    return case.holder.address if case.holder else ""


def _facts(act: SanctionAct) -> tuple[tuple[str, str], ...]:
    case, paper = act.application, act.paper
    also = Paper.objects.filter(pk__in=act.also).order_by("issued_at")
    rows = (
        ("Surat", papers.name(case, paper)),
        ("Pemegang", holder_name(case)),
        ("Bangunan", case.building_name),
        ("Lokasi", location(case)),
        ("Permohonan", case.number),
        ("Berlaku juga bagi", "; ".join(f"{one.title} nomor {one.number}" for one in also)),
    )
    return tuple((label, value) for label, value in rows if value)


def _sections(act: SanctionAct) -> list[Section]:
    found = [
        Section(label="Keputusan", paragraphs=(DECIDED[Kind(act.kind)],)),
        Section(label="Alasan", paragraphs=tuple(_lines(act.reason))),
    ]
    if act.basis:
        found.append(Section(label="Dasar", paragraphs=tuple(_lines(act.basis))))
    by_when = [f"Paling lambat {tanggal(act.until)}."] if act.until else []
    asked = (*_lines(todo(act)), *by_when)
    found.append(Section(label="Yang harus dilakukan", paragraphs=asked))
    if act.kind != Kind.LIFT:
        found.append(Section(label="Keberatan", paragraphs=(objection(act),)))
    return found


def _lines(text: str) -> list[str]:
    return [line.strip() for line in text.splitlines() if line.strip()]


def office(act: SanctionAct) -> str:
    return papers.rules_of(act.application).office.name


def todo(act: SanctionAct) -> str:
    """Return what the holder must do; the day by which stands beside it."""
    lines = [act.todo, DUTIES[Kind(act.kind)].format(office=office(act))]
    return "\n".join(line for line in lines if line)


def objection(act: SanctionAct) -> str:
    """Return how the holder may object; no term where the daerah's file names none."""
    rule = papers.rule_of(act.application)
    if act.object_until is None or rule is None or rule.objection is None:
        return NO_TERM.format(office=office(act))
    term = rule.objection
    return OBJECT.format(
        office=office(act), day=tanggal(act.object_until), amount=term.amount, unit=UNITS[term.unit]
    )


def superseding(act: SanctionAct) -> Section:
    """Return what a paper says that takes the place of another of its kind."""
    older = papers.name(act.application, act.paper)
    basis = [f"Dasar: {line}" for line in _lines(act.basis)]
    said = f"Surat ini menggantikan {older}, yang tidak berlaku lagi."
    return Section(title="Penggantian", paragraphs=(said, *_lines(act.reason), *basis, *_kept(act)))


def _kept(act: SanctionAct) -> list[str]:
    """Return what of the older paper's annexes belongs to the new one as it stands."""
    kept = papers.staying(act.application, act.paper)
    return [f"{papers.name(act.application, one)} menjadi lampiran surat ini." for one in kept]
