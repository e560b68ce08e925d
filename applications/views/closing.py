"""How a case ended, in words, and what its applicant can still do."""

from django.urls import reverse

from applications import besides, papers
from applications.models import Application
from applications.sanctions import shown
from applications.telling import note_to_applicant
from applications.views import paper_files
from documents.models import Paper
from imbportal.indonesia import tanggal

REFUSALS = ("penolakan", "penolakan_krk")
TONES = {"COLLECTED": "good", "REJECTED": "bad", "LAPSED": "bad"}


def of(application, events):
    """Return title, words and the one button of a case that is over; None while it is not."""
    if card := shown.card(application):
        return card | {"again": _again(application) if card["revoked"] else ""}
    if application.state not in WORDS:
        return None
    last = besides.last_move(events)
    day = tanggal(last.at) if last else ""
    reason = note_to_applicant(last) if last else ""
    title, text, kinds, button = WORDS[application.state]
    listed = [p for p in paper_files.listed(application) if not p["badge"]]
    paper = next((p for p in listed if p["paper"].kind in kinds), None)
    if application.is_service and application.state == "WITHDRAWN":
        text = SERVICE_WITHDRAWN
    if application.state == "COLLECTED" and (newer := _newer(application)):
        text = REPLACED.format(title=newer.title, number=newer.number)
    return {
        "tone": TONES.get(application.state, ""),
        "title": title.format(permit=application.rules.service.permit, day=day),
        "reason": reason or _proposed(application, events),
        "text": text or papers.objection(application),
        "url": paper["url"] if paper else "",
        "button": button.format(permit=application.rules.service.permit),
        "again": "" if application.state == "COLLECTED" else _again(application),
    }


def _again(application):
    """Return where another application is begun: a service at the permit on which it was asked."""
    paper = application.parent_permit
    mine = Application.objects.filter(applicant=application.applicant)
    if paper and mine.filter(pk=paper.case).exists():
        return reverse("applications:service", args=[paper.case])
    return reverse("applications:older_permit" if application.is_service else "applications:new")


def _newer(application):
    """Return what took the place of the case's own permit, where a later case issued it."""
    older = Paper.objects.filter(case=application.pk, kind="izin", status=Paper.Status.REPLACED)
    found = older.exclude(replaced_by__case=application.pk).select_related("replaced_by").first()
    return found.replaced_by if found else None


REPLACED = "Surat ini sudah diganti dengan {title} nomor {number}, jadi jangan dipakai lagi."


def _proposed(application, events):
    """Return the reason that was proposed for a refusal."""
    found = [e for e in events if e.move == "propose_rejection" and hasattr(e, "note")]
    return found[-1].note.text if found and application.state == "REJECTED" else ""


SERVICE_WITHDRAWN = "Pemeriksaan berhenti. Izin yang sudah terbit tidak berubah."
WORDS = {
    "COLLECTED": (
        "Selesai: {permit} sudah Anda terima {day}",
        "Simpan surat-surat di bawah ini. Keasliannya dapat diperiksa siapa saja lewat kode QR.",
        ("izin",), "Unduh {permit}",
    ),
    "REJECTED": ("Permohonan ditolak {day}", "", REFUSALS, "Baca surat penolakan"),
    "WITHDRAWN": (
        "Anda mencabut permohonan ini {day}",
        "Pemeriksaan berhenti. Untuk membangun, ajukan permohonan baru.", (), "",
    ),
    "LAPSED": (
        "Permohonan gugur {day}",
        "Batas waktunya lewat tanpa jawaban Anda. Hubungi kantor bila masih ingin meneruskannya, "
        "atau ajukan lagi.", (), "",
    ),
}  # fmt: skip
"""By state: title, what follows from it ("" takes the term for objection), paper, button."""
