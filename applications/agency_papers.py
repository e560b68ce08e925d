"""Papers that go between offices: cover letter, recommendation, fee note, archive sheet."""

from __future__ import annotations

import datetime

from applications import ports, requirements, sites
from applications.clock import local_date
from applications.models import Application
from applications.paper_parts import base, holder_name, location
from documents.content import PaperContent, Section, Table
from documents.models import Paper
from imbportal.indonesia import rupiah, tanggal, terbilang


def assessor(application: Application) -> str:
    """Return the unit that assesses the plans: whoever holds the duty ``teknis``."""
    rules = application.rules
    chains = rules.chains(application.track).values()
    roles = [link.role for chain in chains for link in chain if link.duty == "teknis"]
    return rules.unit_of(roles[0], application.kecamatan).title


def _subject(application: Application) -> str:
    permit = application.rules.service.permit
    return f"permohonan {permit} nomor {application.number} atas nama {holder_name(application)}"


def cover(application: Application, note: str, at: datetime.datetime) -> PaperContent:
    """Return the letter that takes a file to the technical office, with all that lies in it."""
    rows = tuple(
        (str(number), slot.requirement.label, f"{slot.version.pages} halaman")
        for number, slot in enumerate(requirements.due(application), start=1)
        if slot.version is not None
    )
    asked = (
        f"Kepada {assessor(application)}. Bersama ini kami kirim berkas {_subject(application)}, "
        f"lokasi {location(application)}. Mohon pertimbangan teknis setelah survei lapangan."
    )
    return base(
        application,
        "surat_pengantar",
        sections=(
            Section(paragraphs=(asked,)),
            Section(table=Table(head=("No.", "Dokumen", "Isi"), rows=rows, align="lll")),
        ),
    )


def recommendation(application: Application, note: str, at: datetime.datetime) -> PaperContent:
    """Return what the technical office answers: its survey, its conclusion, the fee."""
    said = sites.minutes(application)
    found = tuple(text for key in ("findings", "conclusion") for text in [said.get(key)] if text)
    return base(
        application,
        "rekomendasi_teknis",
        sections=(
            Section(
                paragraphs=(
                    f"Setelah berkas {_subject(application)} diperiksa dan lokasinya disurvei, "
                    "rencana bangunan ini secara teknis dapat disetujui.",
                )
            ),
            Section(label="Hasil survei", paragraphs=found),
            Section(
                label="Retribusi",
                paragraphs=(f"{_amount(application)} menurut nota hitung.",),
            ),
        ),
    )


def fee_note(application: Application, note: str, at: datetime.datetime) -> PaperContent:
    """Return the calculation of the fee, line by line, and what it comes to."""
    total = Section(label="Jumlah retribusi", paragraphs=(_amount(application),))
    return base(application, "nota_hitung", sections=(*ports.money.annex(application), total))


def _amount(application: Application) -> str:
    amount = ports.money.due(application)
    return f"{rupiah(amount)} ({terbilang(amount)} rupiah)"


def archive(application: Application, note: str, at: datetime.datetime) -> PaperContent:
    """Return what the archive keeps of a case: the applicant, every paper, the special sheet."""
    papers = Paper.objects.filter(case=application.pk).exclude(number=None).order_by("issued_at")
    rows = tuple(
        (paper.title, paper.number or "", tanggal(local_date(application, paper.issued_at)))
        for paper in papers
    )
    sheet = application.records.filter(kind="kertas_khusus").first()
    data = sheet.data if sheet else {}
    kept = [f"Nomor seri kertas: {data['serial']}"] if data.get("serial") else []
    kept += [f"Tempat arsip: {data['note']}"] if data.get("note") else []
    head = ("Surat", "Nomor", "Tanggal")
    return base(
        application,
        "lembar_arsip",
        sections=(
            Section(title="Surat dalam berkas", table=Table(head=head, rows=rows, align="lll")),
            Section(title="Lembar asli", items=tuple(kept)),
        ),
    )
