"""The permit and what goes with it: decisions with their dictum.

Annexed to the permit are the building and the calculation.
"""

from __future__ import annotations

import datetime
from dataclasses import asdict

from applications import facts, parents, ports, requirements
from applications.clock import local_date
from applications.models import Application
from applications.paper_parts import base, holder_name, label_of, location
from documents.content import PaperContent, Section, Table
from imbportal.indonesia import rupiah, tanggal, terbilang

MAIN_FACTS = ("function", "work", "floor_area", "floors", "land_area")
"""What the dictum itself says of the building; the annex says the rest."""
LAND_FACTS = ("land_status", "land_right", "land_document", "land_area")
ORDINALS = (
    "KETIGA", "KEEMPAT", "KELIMA", "KEENAM", "KETUJUH", "KEDELAPAN", "KESEMBILAN", "KESEPULUH",
)  # fmt: skip
"""Labels of what is decided after the permit itself and its fee."""
IN_FORCE = "Keputusan ini berlaku sejak tanggal ditetapkan."
ANNEXED = "Lampiran merupakan bagian yang tidak terpisahkan dari keputusan ini."
MARK = 16
"""Letters of a file's SHA-256 by which a drawing is known on paper."""
COMPARED = (
    "Tanda berkas adalah huruf pertama SHA-256 berkas yang disetujui. Gambar yang tandanya lain "
    "bukan gambar yang disahkan."
)
NO_BASIS = "Dasar hukum belum ditetapkan dalam standar pelayanan daerah ini."


def content(application: Application, note: str, at: datetime.datetime) -> PaperContent:
    """Return what the permit prints, as the case stands when it is signed."""
    if application.is_service:
        return _of_service(application)
    assessment = application.assessments.first()
    annex = (_building(application), *ports.money.annex(application))
    return base(
        application,
        "izin",
        facts=(),
        sections=(*_considerations(application), *_dictum(application, _fee(application))),
        extra={"annex": [asdict(section) for section in annex]},
        sample=bool(assessment and assessment.sample),
    )


def land_use(application: Application, note: str, at: datetime.datetime) -> PaperContent:
    """Return the permit to use the land, which stands beside that for the building."""
    rules = application.rules
    given = (
        f"Memberikan izin penggunaan dan pemanfaatan tanah kepada {holder_name(application)} "
        f"untuk tanah di {location(application)}."
    )
    table = Table(head=("Data tanah", ""), rows=_rows(application, LAND_FACTS), align="ll")
    with_it = f"Izin ini menyertai {rules.service.permit_long} atas nama yang sama."
    return _decision(
        application,
        Section(label="KESATU", paragraphs=(given,), table=table),
        Section(label="KEDUA", paragraphs=(with_it,)),
        Section(label="KETIGA", paragraphs=(IN_FORCE,)),
    )


def endorsement(application: Application, note: str, at: datetime.datetime) -> PaperContent:
    """Return the endorsement of a statement that the applicant made and uploaded."""
    said = (
        f"Mengesahkan surat pernyataan yang dibuat {holder_name(application)} untuk "
        f"{application.building_name or 'bangunan'} di {location(application)}."
    )
    return _decision(
        application,
        Section(label="KESATU", paragraphs=(said,)),
        Section(label="KEDUA", paragraphs=(IN_FORCE,)),
    )


def drawings(application: Application, note: str, at: datetime.datetime) -> PaperContent:
    """Return the annex that endorses the drawings: each plan that was approved, by its mark.

    Whoever holds a drawing can compare it with the first letters of its file's SHA-256.
    """
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
    permit = application.rules.service.permit_long
    said = (
        f"Dokumen rencana teknis di bawah ini telah diperiksa dan disetujui, dan menjadi lampiran "
        f"{permit} atas nama {holder_name(application)}."
    )
    return base(
        application,
        "lampiran_gambar",
        sections=(
            Section(paragraphs=(said,)),
            Section(table=Table(head=head, rows=rows, align="lllll")),
        ),
        closing=(COMPARED,),
    )


def _of_service(application: Application) -> PaperContent:
    """Return the permit of a service on an older one: what it does to that, in the file's words."""
    parent, track = parents.of(application), parents.track_of(application)
    assert parent is not None and track is not None  # noqa: S101  no service is issued without
    places = {"nomor": parent.number, "tanggal": tanggal(parent.date)}
    asked = tuple(fact.code for fact in application.rules.fact)
    given = Table(head=("Menurut permohonan", ""), rows=_rows(application, asked), align="ll")
    dictum = (
        Section(
            label="KESATU",
            paragraphs=(
                track.permit_note.format(**places),
                f"Pemegang: {holder_name(application)}. Lokasi: {location(application)}.",
            ),
            table=given,
        ),
        Section(label="KEDUA", paragraphs=(_standing(parent, replaced=track.replaces),)),
        Section(label="KETIGA", paragraphs=(_fee(application),)),
        Section(label="KEEMPAT", paragraphs=(ANNEXED,)),
        Section(label="KELIMA", paragraphs=(IN_FORCE,)),
    )
    building, assessment = parents.origin(application), application.assessments.first()
    annex = (
        *((_building(building),) if building else ()),
        *ports.money.annex(application),
    )
    return base(
        application,
        parents.KIND,
        title=track.permit_title or application.rules.service.permit_long,
        facts=(),
        sections=(*_considerations(application), Section(label="MEMUTUSKAN"), *dictum),
        extra={"annex": [asdict(section) for section in annex]},
        sample=bool(assessment and assessment.sample),
    )


def _standing(parent: parents.Parent, *, replaced: bool) -> str:
    """Return what becomes of the older permit."""
    if replaced:
        return f"Sejak keputusan ini ditetapkan, {parent} tidak berlaku lagi."
    return f"{parent} tetap berlaku."


def _decision(application: Application, *dictum: Section) -> PaperContent:
    """Return a decision beside the permit, on the same considerations."""
    decided = (*_considerations(application), Section(label="MEMUTUSKAN"), *dictum)
    return base(application, "izin", facts=(), sections=decided)


def _fee(application: Application) -> str:
    """Return what the decision says of the retribution: it may be signed before it is paid."""
    assessment = application.assessments.first()
    if assessment is None or not assessment.total:
        return "Tidak ada retribusi yang dikenakan."
    amount = f"{rupiah(assessment.total)} ({terbilang(assessment.total)} rupiah)"
    if ports.money.due(application):
        return (
            f"Retribusi sebesar {amount} dibayar sesuai SKRD. Keputusan ini diberi nomor dan "
            "diserahkan setelah retribusinya lunas."
        )
    return f"Retribusi sebesar {amount} telah dibayar lunas."


def _considerations(application: Application) -> tuple[Section, ...]:
    rules = application.rules
    sent = tanggal(local_date(application, application.submitted_at))
    basis = rules.paper["izin"].basis or tuple(item.text for item in rules.legal_basis)
    assessed = "Persetujuan tertulis atas" if "persetujuan" in rules.paper else "Hasil penilaian"
    if application.is_service:
        looked_at = f"Hasil pemeriksaan permohonan atas {parents.of(application)}."
    else:
        looked_at = f"{assessed} dokumen rencana teknis."
    return (
        Section(
            label="Membaca",
            paragraphs=(
                f"Permohonan {holder_name(application)} nomor {application.number} tanggal {sent}.",
            ),
        ),
        Section(label="Mengingat", items=basis, paragraphs=() if basis else (NO_BASIS,)),
        Section(label="Memperhatikan", paragraphs=(looked_at,)),
    )


def _dictum(application: Application, fee: str) -> tuple[Section, ...]:
    """Return the decision; ``fee`` says what became of the retribution."""
    building = application.building_name or "bangunan gedung"
    return (
        Section(label="MEMUTUSKAN"),
        Section(
            label="KESATU",
            paragraphs=(
                f"Memberikan {application.rules.service.permit_long} kepada "
                f"{holder_name(application)} untuk {building} di {location(application)}.",
            ),
            table=Table(head=("Data utama", ""), rows=_rows(application, MAIN_FACTS), align="ll"),
        ),
        Section(label="KEDUA", paragraphs=(fee,)),
        *(
            Section(label=label, paragraphs=(clause,))
            for label, clause in zip(
                ORDINALS,
                (*application.rules.paper["izin"].clauses, ANNEXED, IN_FORCE),
                strict=False,
            )
        ),
    )


def _building(application: Application) -> Section:
    codes = tuple(fact.code for fact in application.rules.fact)
    table = Table(head=("Keterangan", ""), rows=_rows(application, codes), align="ll")
    return Section(title="Data tanah dan bangunan", table=table)


def _rows(application: Application, codes: tuple[str, ...]) -> tuple[tuple[str, str], ...]:
    rules, values = application.rules, facts.of(application)
    labels = {fact.code: fact.label for fact in rules.fact}
    return tuple(
        (labels[code], label_of(rules, code, values[code])) for code in codes if code in values
    )
