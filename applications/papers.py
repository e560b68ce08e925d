"""The content of each kind of paper, built from the case as it stands at the move."""

from __future__ import annotations

import datetime
from collections.abc import Callable
from dataclasses import replace
from typing import Any

from django.conf import settings

from accounts import walk_ins
from applications import (
    agency_papers,
    dossiers,
    drawing_papers,
    facts,
    file_papers,
    handing,
    hearing_papers,
    krk,
    permit,
    ports,
    requirements,
    site_sheet,
    sites,
    statements,
)
from applications.clock import local_date
from applications.models import Application
from applications.paper_parts import (
    base,
    decision_basis,
    filed,
    hands,
    holder_name,
    label_of,
    location,
)
from documents.content import PaperContent, Section, Table
from imbportal.indonesia import tanggal

OBJECTION = (
    "Keberatan dapat diajukan secara tertulis kepada kantor ini. Tenggatnya belum ditetapkan dalam "
    "standar pelayanan; tanyakan kepada petugas."
)


def content(
    application: Application, kind: str, *, note: str = "", at: datetime.datetime
) -> PaperContent:
    """Return what the paper of this kind prints; raises KeyError for a kind nobody builds."""
    if kind == "skrd":
        return ports.money.draft_bill(application, at)
    paper = application.rules.paper[kind]
    more = {"only": paper.sections} if paper.sections else {}
    printed = BUILDERS[paper.like or kind](application, note, at, **more)
    basis = paper.rests_on(application.track)
    own = {"title": paper.title, "basis": basis, "copies": paper.copies}
    return replace(printed, **own, **hands(application, kind)) if paper.like else printed


def _receipt(application: Application, note: str, at: datetime.datetime) -> PaperContent:
    received = tanggal(application.received_on or local_date(application, at))
    noted = dossiers.noted(application)
    follow = (
        f"Simpan tanda terima ini. Kemajuan permohonan dapat dilihat pada halaman Lacak "
        f"dengan nomor {application.number} dan kode {application.secret}."
    )
    closing = (handing.claimed_with(application.rules), follow, *_how_to_claim(application))
    return base(
        application,
        "tanda_terima",
        sections=(
            Section(paragraphs=(_received(application, received),)),
            *([Section(paragraphs=(noted,))] if noted else []),
            filed(application),
        ),
        closing=tuple(filter(None, closing)),
    )


def _received(application: Application, day: str) -> str:
    """Return how a receipt begins; it names what is applied for where that is more than one."""
    asked = [application.rules.paper[kind].title for kind in permit.decisions(application)]
    if len(asked) < 2:
        return f"Telah diterima pada {day} dokumen permohonan berikut:"
    named = f"{', '.join(asked[:-1])} dan {asked[-1]}"
    return f"Telah diterima pada {day} permohonan {named}, dengan dokumen berikut:"


def _how_to_claim(application: Application) -> tuple[str, ...]:
    """Return how somebody for whom the counter filed takes the case into his own hands."""
    if application.filed_by_id is None or application.taken_over_at is not None:
        return ()
    if walk_ins.standing(application.applicant) is None:
        return ("Permohonan ini ada di akun portal Anda; masuk untuk mengurusnya sendiri.",)
    return (
        "Untuk mengurusnya sendiri: daftar atau masuk di portal, buka Klaim permohonan dari loket "
        f"({settings.SITE_URL}/permohonan/klaim/), lalu isi nomor, kode, dan NIK Anda.",
    )


def _form(
    application: Application, note: str, at: datetime.datetime, *, only: tuple[str, ...] = ()
) -> PaperContent:
    """Return the form of the application as it was sent: the answers, and what was declared.

    ``only`` names the sections that this paper prints; all where it is empty.
    """
    rules, values = application.rules, facts.of(application)
    sections = []
    for section in rules.section:
        if only and section.code not in only:
            continue
        rows = tuple(
            (fact.label, label_of(rules, fact.code, values.get(fact.code)))
            for fact in facts.asked(rules, section.form, values)
            if fact.section == section.code and fact.code in values
        )
        if rows:
            table = Table(head=("", ""), rows=rows, align="ll")
            sections.append(Section(title=section.title, table=table))
    declared = tuple(s.text for s in rules.statement if statements.accepted(application, s))
    sections.append(Section(title="Pernyataan pemohon", items=declared))
    return base(application, "permohonan", sections=tuple(sections))


def _minutes(application: Application, note: str, at: datetime.datetime) -> PaperContent:
    """Return the minutes of a visit: when, who was there, what was measured, what follows."""
    written = {record.kind: record.data for record in application.records.all()}
    said = sites.minutes(application) | {ports.STAGE: sites.begun(application)}
    visit = written.get(sites.APPOINTMENT)
    paragraphs = (f"Peninjauan lokasi: {sites.when_and_where(visit)}.",) if visit else ()
    sections = [Section(paragraphs=paragraphs)] if paragraphs else []
    despite = note if site_sheet.shortcomings(application) else ""
    sections += sites.sections(application, despite)
    titles = (
        ("present", "Yang hadir"), ("findings", "Hasil peninjauan"),
        (ports.STAGE, ports.STAGE_LABEL), ("agreed", "Yang disepakati"),
        ("conclusion", "Kesimpulan"), ("text", "Isi"),
    )  # fmt: skip
    sections += [
        Section(title=title, paragraphs=tuple(said[key].splitlines()))
        for key, title in titles
        if said.get(key)
    ]
    return base(application, "berita_acara", sections=tuple(sections))


def _letter(
    kind: str, *opening: str, with_points: bool = False, with_note: bool = False,
    with_objection: bool = False,
) -> Callable:  # fmt: skip
    """Return the builder of a plain letter: opening, the points sent now, the written reason."""

    def build(application: Application, note: str, at: datetime.datetime) -> PaperContent:
        sections = [Section(paragraphs=opening)]
        if with_points:
            points = application.points.filter(sent_at=at)
            sections.append(Section(items=tuple(point_line(application, p) for p in points)))
        if with_note and note:
            sections.append(Section(label="Alasan", paragraphs=(note,)))
        if with_objection:
            sections.append(Section(label="Keberatan", paragraphs=(objection(application),)))
        return base(application, kind, sections=tuple(sections))

    return build


def point_line(application: Application, point: Any) -> str:
    """Return a point as letters and messages print it: document, page, words."""
    labels = requirements.labels(application)
    page = f"halaman {point.page}" if point.page else ""
    where = ", ".join(part for part in (labels.get(point.requirement, ""), page) if part)
    text = f"{where}: {point.text}" if where else point.text
    return f"{text} (temuan baru)" if point.new_finding else text


def _approval(application: Application, note: str, at: datetime.datetime) -> PaperContent:
    results = site_sheet.results(application)
    rows = tuple(
        (result.label, result.text, "Sesuai" if result.ok else "Lihat catatan")
        for result in results
        if result.ok is not None
    )
    why = note.splitlines() if site_sheet.shortcomings(application) else []
    remark = [Section(title="Catatan", paragraphs=tuple(why))] if why else []
    return base(
        application,
        "persetujuan",
        sections=(
            Section(
                paragraphs=(
                    "Dokumen rencana teknis permohonan ini telah dinilai dan disetujui "
                    "secara tertulis.",
                )
            ),
            Section(table=Table(head=("Pemeriksaan", "Nilai", "Hasil"), rows=rows, align="lll")),
            *remark,
        ),
    )


def objection(application: Application) -> str:
    """Return how and until when the applicant may object to a refusal."""
    return next((p.text for p in application.rules.policy if p.code == "keberatan"), OBJECTION)


def _refusal(application: Application, note: str, at: datetime.datetime) -> PaperContent:
    """Return the refusal with the reason proposed for it and the term for objection."""
    kind = application.rules.paper.get("penolakan")
    proposed = application.events.filter(move="propose_rejection").order_by("-seq").first()
    reason = proposed.note.text if proposed and proposed.note_hash else note
    return base(
        application,
        "penolakan",
        sections=(
            Section(paragraphs=("Dengan menyesal permohonan Saudara tidak dapat dikabulkan.",)),
            Section(label="Alasan", paragraphs=(reason,)),
            Section(label="Keberatan", paragraphs=(objection(application),)),
        ),
        basis=(kind.rests_on(application.track) if kind else ()) or decision_basis(application),
    )


def _collection(application: Application, note: str, at: datetime.datetime) -> PaperContent:
    where = f" {office}" if (office := handing.counter_of(application)) else ""
    said = f"Izin Anda siap diambil di loket{where}. Tunjukkan slip ini dan kartu identitas."
    return base(
        application,
        "kode_ambil",
        sections=(Section(paragraphs=(said,)),),
        extra={"code": application.pickup_code},
    )


def _handover(application: Application, note: str, at: datetime.datetime) -> PaperContent:
    record = application.records.filter(kind=handing.RECORD).first()
    data = record.data if record else {}
    receiver = data.get("receiver", "")
    way = (
        f"diantar ke {data.get('address', 'alamat pemohon')} dan diserahkan"
        if data.get("way") == handing.BROUGHT
        else "diserahkan"
    )
    return base(
        application,
        "serah_terima",
        sections=(
            Section(
                paragraphs=(
                    f"Pada {tanggal(local_date(application, at))} telah {way} dokumen izin "
                    f"kepada {receiver or holder_name(application)}.",
                )
            ),
        ),
        extra={
            "receiver": receiver or holder_name(application),
            "giver": str(record.by) if record else "",
        },
    )


BUILDERS: dict[str, Callable[..., PaperContent]] = {
    "tanda_terima": _receipt,
    "krk": krk.paper,
    "surat_kelengkapan": _letter(
        "surat_kelengkapan",
        "Dengan ini diberitahukan bahwa persyaratan administrasi dan persyaratan teknis "
        "permohonan Saudara telah lengkap. Penilaian dokumen rencana teknis segera dilakukan.",
    ),
    "surat_kekurangan": _letter(
        "surat_kekurangan",
        "Setelah diperiksa, permohonan Saudara masih perlu dilengkapi. "
        "Mohon perbaiki hal-hal berikut, lalu kirim kembali melalui portal:",
        with_points=True,
    ),
    "surat_perbaikan": _letter(
        "surat_perbaikan",
        "Setelah dinilai, data atau dokumen Saudara perlu diperbaiki sebagai berikut:",
        with_points=True,
    ),
    "persetujuan": _approval,
    "pengantar_keringanan": lambda case, note, at: ports.money.relief_cover(case, note, at),
    "keputusan_keringanan": lambda case, note, at: ports.money.relief_letter(case, note, at),
    "tanda_terima_keberatan": lambda case, note, at: ports.money.correction_letter(
        "tanda_terima_keberatan", case, note, at
    ),
    "keputusan_keberatan": lambda case, note, at: ports.money.correction_letter(
        "keputusan_keberatan", case, note, at
    ),
    "skrdlb": lambda case, note, at: ports.money.correction_letter("skrdlb", case, note, at),
    "ssrd": lambda case, note, at: ports.money.bill_letter("ssrd", case, note, at),
    "pembatalan_skrd": lambda case, note, at: ports.money.bill_letter(
        "pembatalan_skrd", case, note, at
    ),
    "lembar_ikm": lambda case, note, at: ports.survey.sheet(case, note, at),
    "surat_permohonan": _form,
    "surat_pengantar": agency_papers.cover,
    "rekomendasi_teknis": agency_papers.recommendation,
    "rekomendasi_penolakan": agency_papers.refusal_advice,
    "nota_hitung": agency_papers.fee_note,
    "rekomendasi_persetujuan": agency_papers.approval,
    "lembar_register": agency_papers.register_sheet,
    "lembar_arsip": agency_papers.archive,
    "berita_acara": _minutes,
    "undangan_dengar": hearing_papers.invitation,
    "berita_acara_dengar": hearing_papers.minutes,
    "nasihat_teknis": hearing_papers.advice,
    "lampiran_gambar": drawing_papers.drawings,
    "lembar_kendali": file_papers.control_sheet,
    "lembar_kendali_lokasi": file_papers.control_sheet_with_visit,
    "plat": file_papers.plate,
    "izin_tanah": permit.land_use,
    "pengesahan": permit.endorsement,
    "izin": permit.content,
    "penolakan": _refusal,
    "penolakan_krk": _letter(
        "penolakan_krk",
        "Dengan menyesal permohonan KRK Saudara tidak dapat dikabulkan.",
        with_note=True,
        with_objection=True,
    ),
    "kode_ambil": _collection,
    "serah_terima": _handover,
}

__all__ = ["content", "label_of", "location"]
