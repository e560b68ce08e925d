"""Papers that go between offices: cover letter, recommendation, fee note, archive sheet."""

from __future__ import annotations

import datetime
from typing import Any

from applications import permit, ports, site_sheet, sites
from applications.clock import local_date
from applications.models import Application
from applications.paper_parts import base, filed, holder_name, location
from documents import services as documents
from documents.content import PaperContent, Section, Table
from documents.models import Paper
from imbportal.indonesia import rupiah, tanggal, terbilang

TECHNICAL = ("bapl", "berita_acara", "nota_hitung", "rekomendasi_teknis")
"""Kinds of the papers with which a technical office answers."""
Rows = tuple[tuple[str, str], ...]


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
    asked = (
        f"Kepada {assessor(application)}. Bersama ini kami kirim berkas {_subject(application)}, "
        f"lokasi {location(application)}. Mohon pertimbangan teknis setelah survei lapangan."
    )
    return base(
        application,
        "surat_pengantar",
        sections=(
            Section(paragraphs=(asked,)),
            filed(application),
        ),
    )


def recommendation(application: Application, note: str, at: datetime.datetime) -> PaperContent:
    """Return what the technical office answers: its survey, its conclusion, the fee."""
    said = sites.minutes(application)
    keys = ("findings", "conclusion", "text")
    found = tuple(text for key in keys for text in [said.get(key)] if text)
    why = tuple(site_sheet.reason(application).splitlines())
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
            *((Section(label="Hasil survei", paragraphs=found),) if found else ()),
            *([Section(label="Catatan", paragraphs=why)] if why else []),
            Section(
                label="Retribusi",
                paragraphs=(f"{_amount(application)} menurut nota hitung.",),
            ),
        ),
    )


def refusal_advice(application: Application, note: str, at: datetime.datetime) -> PaperContent:
    """Return the recommendation to refuse: what was found on the site, if it was seen, and why."""
    said = sites.minutes(application)
    found = tuple(text for key in ("findings", "conclusion") for text in [said.get(key)] if text)
    opening = (
        f"Setelah berkas {_subject(application)} diperiksa, permohonan ini direkomendasikan untuk "
        "ditolak."
    )
    return base(
        application,
        "rekomendasi_penolakan",
        sections=(
            Section(paragraphs=(opening,)),
            *((Section(label="Hasil survei", paragraphs=found),) if found else ()),
            Section(label="Alasan", paragraphs=(note,)),
        ),
    )


def fee_note(application: Application, note: str, at: datetime.datetime) -> PaperContent:
    """Return the calculation of the fee, line by line, and what it comes to."""
    total = Section(label="Jumlah retribusi", paragraphs=(_amount(application),))
    return base(application, "nota_hitung", sections=(*ports.money.annex(application), total))


def _amount(application: Application) -> str:
    """Return the whole fee, whatever of it was paid in an earlier round."""
    assessment = application.assessments.first()
    amount = assessment.total if assessment else 0
    return f"{rupiah(amount)} ({terbilang(amount)} rupiah)"


def approval(application: Application, note: str, at: datetime.datetime) -> PaperContent:
    """Return the office's own recommendation to approve: on which papers it rests, what is paid."""
    rests = tuple(
        f"{paper.title} nomor {paper.number} tanggal "
        f"{tanggal(local_date(application, paper.issued_at))}"
        for paper in _issued(application).filter(kind__in=TECHNICAL)
    )
    said = (
        f"Setelah berkas {_subject(application)}, lokasi {location(application)}, diperiksa, "
        "permohonan ini direkomendasikan untuk disetujui."
    )
    considered = Section(title=f"Pertimbangan teknis {assessor(application)}", items=rests)
    return base(
        application,
        "rekomendasi_persetujuan",
        sections=(
            Section(label="Rekomendasi", paragraphs=(said,)),
            *((considered,) if rests else ()),
            Section(label="Retribusi", paragraphs=(permit.fee(application),)),
        ),
    )


def register_sheet(application: Application, note: str, at: datetime.datetime) -> PaperContent:
    """Return the sheet for the register: its entries, who applied, the building as recorded."""
    written = application.records.filter(kind="pendataan").first()
    building = ports.money.building_rows(application, written.data) if written else []
    parts = (
        ("Buku registrasi", _entries(application)),
        ("Data pemohon", _applicant(application)),
        ("Form pendataan", tuple((str(label), str(value)) for label, value in building)),
    )
    return base(
        application,
        "lembar_register",
        facts=(),
        sections=tuple(
            Section(title=title, table=Table(head=("", ""), rows=rows, align="ll"))
            for title, rows in parts
            if rows
        ),
    )


def _entries(application: Application) -> Rows:
    """Return what the register says of a case: its numbers and their days."""
    sent = application.submitted_at
    numbered = tuple(
        (paper.title, f"{paper.number}, {tanggal(local_date(application, paper.issued_at))}")
        for kind in ("tanda_terima", "skrd", "ssrd", "izin")
        for paper in [documents.standing(application.pk, kind)]
        if paper is not None and paper.issued_at
    )
    received = f"{application.number}, {tanggal(local_date(application, sent))}" if sent else ""
    return (("Permohonan", received), *numbered)


def _applicant(application: Application) -> Rows:
    holder = application.holder
    agent = str(application.applicant) if application.mandate_id else ""
    rows = (
        ("Nama", holder_name(application)),
        ("Alamat", holder.address if holder else ""),
        ("Kuasa", agent),
        ("Lokasi bangunan", location(application)),
    )
    return tuple((label, value) for label, value in rows if value)


def _issued(application: Application) -> Any:
    """Return the papers of a case that stand, in the order in which they went out."""
    found = Paper.objects.filter(case=application.pk, status=Paper.Status.VALID)
    return found.order_by("issued_at", "pk")


def _named(paper: Paper) -> str:
    """Return a paper's title, with what became of it where it holds no more."""
    over = paper.status != Paper.Status.VALID
    return paper.title + (f" ({paper.get_status_display().lower()})" if over else "")


def archive(application: Application, note: str, at: datetime.datetime) -> PaperContent:
    """Return what the archive keeps of a case: the applicant, every paper, the special sheet."""
    papers = Paper.objects.filter(case=application.pk).exclude(number=None).order_by("issued_at")
    rows = tuple(
        (_named(paper), paper.number or "", tanggal(local_date(application, paper.issued_at)))
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
        facts=(),
        sections=(
            Section(
                title="Data pemohon",
                table=Table(head=("", ""), rows=_applicant(application), align="ll"),
            ),
            Section(title="Surat dalam berkas", table=Table(head=head, rows=rows, align="lll")),
            *((Section(title="Lembar asli", items=tuple(kept)),) if kept else ()),
        ),
    )
