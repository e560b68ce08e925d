"""The content of each kind of paper, built from the case as it stands at the move."""

from __future__ import annotations

import datetime
from collections.abc import Callable
from typing import Any

from applications import facts, ports, requirements
from applications.clock import local_date
from applications.models import Application
from documents.content import Letterhead, PaperContent, Section, Table
from imbportal import areas
from imbportal.daerah import checks
from imbportal.daerah.schema import Daerah
from imbportal.indonesia import angka, rupiah, tanggal, terbilang

KRK_ROWS = (
    ("zone", "Zona dan peruntukan", ""),
    ("allowed_use", "Fungsi yang diizinkan", ""),
    ("kdb_max", "Koefisien dasar bangunan (KDB) paling tinggi", " %"),
    ("klb_max", "Koefisien lantai bangunan (KLB) paling tinggi", " %"),
    ("kdh_min", "Koefisien daerah hijau (KDH) paling rendah", " %"),
    ("gsb_min", "Garis sempadan bangunan (GSB) paling sedikit", " m"),
    ("floors_max", "Jumlah lantai paling banyak", " lantai"),
    ("height_max", "Tinggi bangunan paling tinggi", " m"),
    ("notes", "Ketentuan khusus", ""),
)

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
    return BUILDERS[kind](application, note, at)


def letterhead(rules: Daerah) -> Letterhead:
    """Return the head of the daerah's papers."""
    office = rules.office
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
    return str(value)


def _holder(application: Application) -> str:
    return application.holder.name if application.holder else str(application.applicant)


def _base(application: Application, kind: str, **more: Any) -> PaperContent:
    """Return a paper with the daerah's head, the kind's title, and the case's own facts."""
    rules = application.rules
    paper = rules.paper[kind]
    purpose = " ".join(p for p in (application.building_name, location(application)) if p)
    defaults: dict[str, Any] = {
        "letterhead": letterhead(rules),
        "title": paper.title,
        "facts": _case_facts(application),
        "basis": paper.basis,
        "copies": paper.copies,
        "holder": _holder(application),
        "purpose": purpose,
    }
    return PaperContent(**(defaults | more))


def _case_facts(application: Application) -> tuple[tuple[str, str], ...]:
    values = facts.of(application)
    size = label_of(application.rules, "floor_area", values.get("floor_area"))
    rows = (
        ("Nomor permohonan", application.number),
        ("Pemohon", _holder(application)),
        ("Alamat pemohon", application.holder.address if application.holder else ""),
        ("Lokasi", location(application)),
        ("Bangunan", application.building_name),
        ("Fungsi", label_of(application.rules, "function", values.get("function"))),
        ("Luas seluruh lantai", size),
    )
    return tuple((label, value) for label, value in rows if value)


def _receipt(application: Application, note: str, at: datetime.datetime) -> PaperContent:
    rows = tuple(
        (str(number), slot.requirement.label, f"{slot.version.pages} halaman")
        for number, slot in enumerate(requirements.due(application), start=1)
        if slot.version is not None
    )
    received = tanggal(local_date(application, at))
    return _base(
        application,
        "tanda_terima",
        sections=(
            Section(paragraphs=(f"Telah diterima pada {received} dokumen permohonan berikut:",)),
            Section(table=Table(head=("No.", "Dokumen", "Isi"), rows=rows, align="lll")),
        ),
        closing=(
            f"Simpan tanda terima ini. Kemajuan permohonan dapat dilihat pada halaman Lacak "
            f"dengan nomor {application.number} dan kode {application.secret}.",
        ),
    )


def _krk(application: Application, note: str, at: datetime.datetime) -> PaperContent:
    data = application.records.get(kind="krk").data
    rows = tuple((label, f"{data[key]}{unit}") for key, label, unit in KRK_ROWS if data.get(key))
    due = tuple(
        slot.requirement.label + ("" if slot.known else " (bila diperlukan)")
        for slot in requirements.due(application)
    )
    return _base(
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


def _letter(
    kind: str, *opening: str, with_points: bool = False, with_note: bool = False
) -> Callable:
    """Return the builder of a plain letter: opening, the points sent now, the written reason."""

    def build(application: Application, note: str, at: datetime.datetime) -> PaperContent:
        sections = [Section(paragraphs=opening)]
        if with_points:
            points = application.points.filter(sent_at=at)
            sections.append(Section(items=tuple(_point_line(application, p) for p in points)))
        if with_note and note:
            sections.append(Section(label="Alasan", paragraphs=(note,)))
        return _base(application, kind, sections=tuple(sections))

    return build


def _point_line(application: Application, point: Any) -> str:
    labels = {item.code: item.label for item in application.rules.requirement}
    prefix = labels.get(point.requirement, "")
    return f"{prefix}: {point.text}" if prefix else point.text


def _approval(application: Application, note: str, at: datetime.datetime) -> PaperContent:
    results = checks.run(application.rules, facts.with_krk(application))
    rows = tuple(
        (result.label, result.text, "Sesuai" if result.ok else "Lihat catatan")
        for result in results
        if result.ok is not None
    )
    return _base(
        application,
        "persetujuan",
        sections=(
            Section(
                paragraphs=(
                    "Dokumen rencana teknis permohonan ini telah dinilai dan disetujui secara tertulis.",
                )
            ),
            Section(table=Table(head=("Pemeriksaan", "Nilai", "Hasil"), rows=rows, align="lll")),
        ),
    )


def _permit(application: Application, note: str, at: datetime.datetime) -> PaperContent:
    rules, values = application.rules, facts.of(application)
    holder, due = _holder(application), ports.money.due(application)
    bill = ports.money.live_bill(application)
    amount = bill.assessment.total if bill else due
    rows = tuple(
        (fact.label, label_of(rules, fact.code, values[fact.code]))
        for fact in rules.fact
        if fact.code in values and fact.type != "text"
    )
    sections = (
        Section(
            label="Membaca",
            paragraphs=(
                f"Permohonan {holder} nomor {application.number} tanggal "
                f"{tanggal(local_date(application, application.submitted_at))}.",
            ),
        ),
        Section(label="Mengingat", items=rules.paper["izin"].basis or _basis(rules)),
        Section(
            label="Memperhatikan",
            paragraphs=("Persetujuan tertulis atas dokumen rencana teknis.",),
        ),
        Section(label="MEMUTUSKAN"),
        Section(
            label="KESATU",
            paragraphs=(
                f"Memberikan {rules.service.permit_long} kepada {holder} untuk "
                f"{application.building_name or 'bangunan gedung'} di {location(application)}.",
            ),
            table=Table(head=("Data bangunan", ""), rows=rows, align="ll"),
        ),
        Section(
            label="KEDUA",
            paragraphs=(
                f"Retribusi sebesar {rupiah(amount)} ({terbilang(amount)} rupiah) "
                + ("telah dibayar lunas." if amount else "tidak dikenakan."),
            ),
        ),
        Section(
            label="KETIGA",
            paragraphs=("Lampiran merupakan bagian yang tidak terpisahkan dari keputusan ini.",),
        ),
        Section(
            label="KEEMPAT",
            paragraphs=("Keputusan ini berlaku sejak tanggal ditetapkan.",),
        ),
    )
    annex = [section.__dict__ for section in ports.money.annex(application)]
    return _base(
        application,
        "izin",
        title=rules.service.permit_long,
        facts=(),
        sections=sections,
        extra={"annex": annex},
        sample=bool(bill and bill.assessment.sample),
    )


def _basis(rules: Daerah) -> tuple[str, ...]:
    return tuple(item.text for item in rules.legal_basis)


def _refusal(application: Application, note: str, at: datetime.datetime) -> PaperContent:
    """Return the refusal with the reason proposed for it and the term for objection."""
    proposed = application.events.filter(move="propose_rejection").order_by("-seq").first()
    reason = proposed.note.text if proposed and proposed.note_hash else note
    term = next((p.text for p in application.rules.policy if p.code == "keberatan"), OBJECTION)
    return _base(
        application,
        "penolakan",
        sections=(
            Section(paragraphs=("Dengan menyesal permohonan Saudara tidak dapat dikabulkan.",)),
            Section(label="Alasan", paragraphs=(reason,)),
            Section(label="Keberatan", paragraphs=(term,)),
        ),
    )


def _collection(application: Application, note: str, at: datetime.datetime) -> PaperContent:
    return _base(
        application,
        "kode_ambil",
        sections=(
            Section(
                paragraphs=(
                    "Izin Anda siap diambil di loket. Tunjukkan slip ini dan kartu identitas.",
                )
            ),
        ),
        extra={"code": application.pickup_code},
    )


def _handover(application: Application, note: str, at: datetime.datetime) -> PaperContent:
    record = application.records.filter(kind="serah_terima").first()
    receiver = record.data.get("receiver", "") if record else ""
    return _base(
        application,
        "serah_terima",
        sections=(
            Section(
                paragraphs=(
                    f"Pada {tanggal(local_date(application, at))} telah diserahkan dokumen izin "
                    f"kepada {receiver or _holder(application)}.",
                )
            ),
        ),
        extra={"receiver": receiver or _holder(application)},
    )


BUILDERS: dict[str, Callable[[Application, str, datetime.datetime], PaperContent]] = {
    "tanda_terima": _receipt,
    "krk": _krk,
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
        "Setelah dinilai, dokumen rencana teknis Saudara perlu diperbaiki sebagai berikut:",
        with_points=True,
    ),
    "persetujuan": _approval,
    "izin": _permit,
    "penolakan": _refusal,
    "penolakan_krk": _letter(
        "penolakan_krk",
        "Dengan menyesal permohonan KRK Saudara tidak dapat dikabulkan.",
        with_note=True,
    ),
    "kode_ambil": _collection,
    "serah_terima": _handover,
}
