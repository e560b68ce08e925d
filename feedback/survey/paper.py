"""The questionnaire on paper, handed out with the permit to who would rather not answer online."""

from __future__ import annotations

import datetime
from dataclasses import asdict

from applications.models import Application
from applications.paper_parts import base
from documents.content import PaperContent, Section, Table
from feedback.survey.questions import QUESTIONS

KIND = "lembar_ikm"
ASKED = (
    "Terima kasih sudah memakai layanan kami. Mohon nilai sembilan unsur layanan pada lembar "
    "berikutnya, lalu lepaskan lembar itu dan masukkan ke kotak saran atau serahkan di loket."
)
UNNAMED = (
    "Lembar penilaian tidak memuat nama, nomor permohonan, atau kode. Jangan menulis nama Anda."
)
ONLINE = (
    "Penilaian juga dapat diisi di portal lewat alamat yang kami kirim kepada Anda sesudah izin "
    "diserahkan. Cukup salah satu: lembar ini atau portal."
)
HOW = "Lingkari satu jawaban pada setiap baris."
HEAD = ("No.", "Pertanyaan", "1", "2", "3", "4")
WIDTHS = (5, 31, 16, 16, 16, 16)


def sheet(application: Application, note: str, at: datetime.datetime) -> PaperContent:
    """Return the letter to the applicant, and behind it the sheet that tells nobody's name."""
    service = application.rules.service
    facts = (("Layanan", service.permit_long), ("Kantor", application.rules.office.name))
    return base(
        application,
        KIND,
        sections=(Section(paragraphs=(ASKED, UNNAMED, ONLINE)),),
        extra={
            "annex": [asdict(section) for section in (_questions(), Section(title="Saran"))],
            "about": [list(row) for row in facts],
        },
    )


def _questions() -> Section:
    rows = tuple(
        (question.code, " ".join(filter(None, (question.text, question.hint))), *question.answers)
        for question in QUESTIONS
    )
    table = Table(head=HEAD, rows=rows, align="llllll", widths=WIDTHS)
    return Section(paragraphs=(HOW,), table=table)
