"""The answer to a complaint as a numbered letter, which anybody who holds it can check.

It tells what was answered, never who complained or what he wrote: names and words of a complaint
can be erased, what a paper says cannot.
"""

from __future__ import annotations

from typing import Any

from applications.paper_parts import letterhead
from documents import services as documents
from documents.content import PaperContent, Section
from documents.models import Paper
from feedback.models import Complaint, ComplaintEvent
from imbportal.daerah.complaints import ANSWER
from imbportal.indonesia import tanggal

KIND = ANSWER
AGAIN = (
    "Bila belum selesai, pengaduan ini dapat dibuka kembali satu kali pada halaman pengaduan "
    "dengan kode yang diterima pelapor."
)
LAST = (
    "Pengaduan ini sudah pernah dibuka kembali; hal yang baru disampaikan sebagai pengaduan baru."
)


def issue(complaint: Complaint, event: ComplaintEvent, *, by: Any) -> Paper | None:
    """Issue the letter with an answer, signed by who gave it; None where the file has no such one.

    Belongs in the transaction of the answer.
    """
    rules = complaint.rules
    if KIND not in rules.paper:
        return None
    paper = documents.draft(
        kind=KIND, rules=rules, version=complaint.version_used_id, case=complaint.pk,
        content=content(complaint, event),
    )  # fmt: skip
    documents.sign(paper, user=by, act="ttd", role="", capacity=event.capacity, at=event.at)
    return documents.issue(paper, at=event.at)


def content(complaint: Complaint, event: ComplaintEvent) -> PaperContent:
    """Return what the letter prints."""
    rules = complaint.rules
    kind = rules.paper[KIND]
    case, promised = complaint.case, complaint.promised_on
    rows = (
        ("Nomor pengaduan", complaint.number),
        ("Diterima", tanggal(complaint.received_on)),
        ("Hal", complaint.get_topic_display()),
        ("Nomor permohonan", case.number if case else ""),
        ("Dijanjikan paling lambat", tanggal(promised) if promised else ""),
    )
    return PaperContent(
        letterhead=letterhead(rules),
        title=kind.title,
        recipient=(f"Pelapor pengaduan nomor {complaint.number}",),
        facts=tuple((label, value) for label, value in rows if value),
        sections=(Section(label="Jawaban", paragraphs=tuple(_lines(event.text))),),
        closing=(LAST if complaint.reopened_at else AGAIN,),
        basis=kind.basis,
        copies=kind.copies,
        purpose=f"Jawaban atas pengaduan nomor {complaint.number}",
    )


def newest(complaint: Complaint) -> Paper | None:
    """Return the letter with the last answer, None where there is none."""
    found = Paper.objects.filter(case=complaint.pk, kind=KIND).exclude(number=None)
    return found.order_by("-issued_at", "-pk").first()


def _lines(text: str) -> list[str]:
    return [line.strip() for line in text.splitlines() if line.strip()]
