"""The permit: a decision with its dictum, and the annexes with the building and the calculation."""

from __future__ import annotations

import datetime
from dataclasses import asdict

from applications import facts, ports
from applications.clock import local_date
from applications.models import Application
from applications.paper_parts import base, holder_name, label_of, location
from documents.content import PaperContent, Section, Table
from imbportal.indonesia import rupiah, tanggal, terbilang

MAIN_FACTS = ("function", "work", "floor_area", "floors", "land_area")
"""What the dictum itself says of the building; the annex says the rest."""
NO_BASIS = "Dasar hukum belum ditetapkan dalam standar pelayanan daerah ini."


def content(application: Application, note: str, at: datetime.datetime) -> PaperContent:
    """Return what the permit prints, as the case stands when it is signed."""
    bill = ports.money.live_bill(application)
    total = bill.assessment.total if bill else 0
    annex = (_building(application), *ports.money.annex(application))
    return base(
        application,
        "izin",
        title=application.rules.service.permit_long,
        facts=(),
        sections=(*_considerations(application), *_dictum(application, total)),
        extra={"annex": [asdict(section) for section in annex]},
        sample=bool(bill and bill.assessment.sample),
    )


def _considerations(application: Application) -> tuple[Section, ...]:
    rules = application.rules
    sent = tanggal(local_date(application, application.submitted_at))
    basis = rules.paper["izin"].basis or tuple(item.text for item in rules.legal_basis)
    assessed = "Persetujuan tertulis atas" if "persetujuan" in rules.paper else "Hasil penilaian"
    return (
        Section(
            label="Membaca",
            paragraphs=(
                f"Permohonan {holder_name(application)} nomor {application.number} tanggal {sent}.",
            ),
        ),
        Section(label="Mengingat", items=basis, paragraphs=() if basis else (NO_BASIS,)),
        Section(label="Memperhatikan", paragraphs=(f"{assessed} dokumen rencana teknis.",)),
    )


def _dictum(application: Application, total: int) -> tuple[Section, ...]:
    """Return the decision; ``total`` is the retribution in whole rupiah."""
    building = application.building_name or "bangunan gedung"
    paid = (
        f"Retribusi sebesar {rupiah(total)} ({terbilang(total)} rupiah) telah dibayar lunas."
        if total
        else "Tidak ada retribusi yang dikenakan."
    )
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
        Section(label="KEDUA", paragraphs=(paid,)),
        Section(
            label="KETIGA",
            paragraphs=("Lampiran merupakan bagian yang tidak terpisahkan dari keputusan ini.",),
        ),
        Section(label="KEEMPAT", paragraphs=("Keputusan ini berlaku sejak tanggal ditetapkan.",)),
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
