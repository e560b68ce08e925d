"""What applicant and office are told of a move, in the move's transaction."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from accounts import contacts, postings, walk_ins
from applications import clock, dossiers, effects, handing, inviting, papers, ports, rules, sites
from applications.models import Application, Event
from applications.workflow import Move
from imbportal import indonesia
from imbportal.daerah.ways import Link
from notifications import outbox

NEXT = {
    "KRK_INCOMPLETE": "Jawab setiap catatan lalu kirim ulang permohonan KRK.",
    "KRK_ISSUED": "Lengkapi isian dan unggah persyaratan, lalu kirim permohonan.",
    "INCOMPLETE": "Jawab setiap catatan, ganti dokumen yang diminta, lalu kirim perbaikan.",
    "REVISION": "Perbaiki rencana teknis sesuai catatan, lalu kirim perbaikan.",
    "AWAITING_PAYMENT": "Bayar retribusi sesuai SKRD, lalu unggah bukti pembayaran.",
    "REJECTED": "Baca alasan dan cara mengajukan keberatan dalam surat penolakan.",
    "LAPSED": "Hubungi kantor bila permohonan masih ingin diteruskan.",
    "COLLECTED": "",
    "WITHDRAWN": "",
}
ENDED = {
    "detail": "",
    "next": "Surat kuasa Anda sudah berakhir. Perbarui surat kuasa untuk membaca kabar ini.",
    "by_when": "",
}
"""Told to an agent whose letter of attorney has ended: that there is news, not which."""
WAIT = "Tidak ada yang perlu Anda lakukan sekarang; kami memberi tahu bila giliran Anda."


def tell(
    event: Event, application: Application, *, link: Link | None, move: Move,
    passed: Sequence[Move] = (),
) -> None:  # fmt: skip
    """Write the messages of a move: by the channels that the file says, and always the inbox.

    ``passed`` are the moves by which the portal then went through stages that the track lacks:
    hidden themselves, they lend this message what the file wishes of them.
    """
    on_move = application.rules.on_move
    wishes: dict[str, str] = {}
    for name in (*(item.name for item in reversed(passed)), move.name):
        wishes |= on_move(application.track, name).notify
    wishes = {**(link.notify if link else {}), **wishes}
    done = on_move(application.track, move.name).done or (link.done if link else "")
    step = next(iter(event.steps[-1:]), None)
    headline = (done or move.label).rstrip(".")
    if wishes.get("pemohon") or not internal(move):
        _tell_applicant(event, application, headline, wishes.get("pemohon"), step)
    _tell_office(event, application, headline, wishes.get("kantor"), step)
    inviting.tell(event, application)
    if event.seq == 1 and application.received_on:
        dossiers.tell_head(event, application, office_url(application))


def internal(move: Move) -> bool:
    """Return whether a move goes to and fro within the office: its reason is no applicant's."""
    return move.reason and move.name not in TO_APPLICANT


TO_APPLICANT = frozenset(
    {"refuse_krk", "refuse_payment", "void_skrd", "undo_accept", "reopen", "withdraw",
     "ask_relief", "grant_relief", "refuse_relief", "void_strd", "refuse_strd_proof",
     "ask_objection", "grant_objection", "partly_objection", "refuse_objection", "open_refund",
     "return_refund", "refuse_refund", "cancel_refund", "warn_paper", "freeze_paper",
     "lift_paper", "revoke_paper", "replace_paper"}
)  # fmt: skip
"""Moves whose written reason is meant for the applicant, or is his own."""


def note_to_applicant(event: Event) -> str:
    """Return the words of an event that its applicant may read."""
    written = event.note.text if event.note_hash and hasattr(event, "note") else ""
    return written if event.move in TO_APPLICANT else ""


def _tell_applicant(
    event: Event, application: Application, headline: str, wish: str | None, step: int | None
) -> None:
    user, acts = application.applicant, rules.acts(application)
    news = {
        "detail": _detail(event, application, note_to_applicant(event)),
        "next": what_next(application),
        "by_when": _by_when(application),
    }
    outbox.send(
        template="langkah",
        key=f"event:{event.pk}:pemohon",
        user=user,
        channels=contacts.channels(user, wish) if wish else [],
        context=_context(event, application, headline if acts else "Ada kabar baru")
        | (news if acts else ENDED),
        daerah=application.daerah,
        case=application.pk,
        step=step,
        url=application.get_absolute_url(),
    )


def what_next(application: Application) -> str:
    """Return what the applicant must do now."""
    if application.state == "READY":
        return handing.what_next(application)
    if application.state == "AWAITING_PAYMENT" and (office := handing.paid_through(application)):
        return f"Bayar retribusi sesuai SKRD di {office}; kantor itu meneruskan buktinya."
    return NEXT.get(application.state, WAIT)


def _context(event: Event, application: Application, headline: str) -> dict[str, Any]:
    return {
        "permit": application.rules.service.permit,
        "number": application.number,
        "place": application.address,
        "headline": headline,
        "office": application.rules.office.name,
    }


def _detail(event: Event, application: Application, note: str) -> str:
    sends = event.move in effects.SENDS_POINTS
    points = application.points.filter(sent_at=event.at) if sends else []
    lines = [note, *(f"- {papers.point_line(application, point)}" for point in points)]
    lines.append(sites.announced(application, event))
    if application.state == "READY" and application.pickup_code:
        lines.append(_code(application))
        if late := clock.overdue(application):
            lines.append(late.text)
    return "\n".join(line for line in lines if line)


def _code(application: Application) -> str:
    """Return the line with the pick-up code; where no address is confirmed, where it is given."""
    if walk_ins.standing(application.applicant):
        return "Kode pengambilan diberikan di loket kepada pembawa tanda terima dan KTP."
    return f"Kode pengambilan: {application.pickup_code}"


def _by_when(application: Application) -> str:
    bill = ports.money.live_bill(application) if application.state == "AWAITING_PAYMENT" else None
    end = bill.due_date if bill else clock.lapse_end(application)
    return indonesia.tanggal(end) if end else ""


def _cashier(application: Application, *, begins: bool, wished: bool) -> str:
    """Return who is told while a bill waits: the paying office as it ``begins``, else, where the
    file wishes it, who will check the proof."""
    paying = application.rules.on_move(application.track, "submit_payment").role
    if paying and begins:
        return paying
    review = application.rules.chains(application.track)["PAYMENT_REVIEW"]
    return review[0].role if wished else ""


def _tell_office(
    event: Event, application: Application, headline: str, wish: str | None, step: int | None
) -> None:
    """Tell those whose turn it is; where the applicant acts, those who will check his act."""
    role, stays = application.turn_role, event.source == application.state
    if not role and application.state == "AWAITING_PAYMENT":
        role = _cashier(application, begins=not stays, wished=bool(wish))
    if not role or (stays and event.turn_after == event.turn_before and not wish):
        return
    link, path = application.link, office_url(application)
    written = event.note.text if event.note_hash else ""
    holders = postings.holders(application.daerah, role, kecamatan=application.kecamatan)
    outbox.send_each(
        [
            (
                f"event:{event.pk}:kantor:{officer.pk}",
                officer,
                contacts.channels(officer, wish) if wish else [],
            )
            for officer in holders
        ],
        template="kantor",
        context=_context(event, application, headline)
        | {
            "detail": written,
            "task": link.label if link else "",
            "by_when": indonesia.tanggal(application.due_at) if application.due_at else "",
        },
        daerah=application.daerah,
        case=application.pk,
        step=step,
        url=path,
    )


def office_url(application: Application) -> str:
    """Return the path of the case in the officers' site."""
    from django.urls import reverse

    return reverse("admin:case", args=[application.pk])
