"""Messages of a complaint: the receipt and the answer to who complained, tasks to the office."""

from __future__ import annotations

from django.urls import reverse

from accounts import contacts, postings
from accounts.models import User
from feedback.complaints import guard, terms, tokens
from feedback.models import Complaint, ComplaintEvent
from imbportal import crypto
from imbportal.daerah import registry
from imbportal.indonesia import tanggal
from imbportal.limits import Limit
from notifications import outbox

A_DAY = 86_400
TO_ONE = Limit("pengaduan-kabar", most=5, window=A_DAY)
"""Receipts to one address in a day: nobody can have another's telephone flooded."""
SMS_OF_ALL = Limit("pengaduan-sms", most=300, window=A_DAY)
"""Receipts by SMS in a day for all people together: the gateway charges for each."""
NEXT = "Bila belum selesai, buka halaman pengaduan Anda dan sampaikan paling lambat {day}."


def reach(complaint: Complaint) -> list[tuple[str, str]]:
    """Return the one way by which news go to who complained; e-mail comes first."""
    if complaint.email:
        return [(contacts.EMAIL, complaint.email)]
    return [(contacts.SMS, complaint.phone)] if complaint.phone else []


def received(complaint: Complaint) -> None:
    """Send the receipt with number and promised day, and tell the office."""
    if reach(complaint) and not _too_many(*reach(complaint)[0]):
        by_when = tanggal(complaint.promised_on) if complaint.promised_on else ""
        promise = f"Dijawab paling lambat {by_when}." if by_when else ""  # left out of a full SMS
        words = {"by_when": by_when, "term": terms.words(complaint.rules), "detail": promise}
        _send(complaint, "pengaduan_terima", "terima", **words)
    office(complaint, "baru", "Pengaduan baru", "Baca dan tangani pengaduan ini.")


def answered(complaint: Complaint, event: ComplaintEvent) -> None:
    """Send the answer, once."""
    again = "" if complaint.reopened_at else NEXT.format(day=tanggal(terms.closes_on(complaint)))
    _send(complaint, "pengaduan_jawab", f"jawab:{event.seq}", detail=event.text, next=again)


def infected(complaint: Complaint, name: str, key: str) -> None:
    """Say that a file was found to be dangerous and is kept shut."""
    todo = "Kirim berkas lain kepada kantor bila isinya perlu dibaca."
    _send(complaint, "berkas_berbahaya", key, file=name, next=todo)


def _send(complaint: Complaint, template: str, what: str, **context: str) -> None:
    outbox.send(
        template=template,
        key=f"pengaduan:{complaint.pk}:{what}",
        user=None,
        channels=reach(complaint),
        context={"number": complaint.number, "office": complaint.rules.office.name, **context},
        daerah=complaint.daerah,
        url=page(complaint),
    )


def _too_many(channel: str, address: str) -> bool:
    mine = TO_ONE.count(crypto.lookup(address))
    return mine or (channel == contacts.SMS and SMS_OF_ALL.count("semua"))


def page(complaint: Complaint) -> str:
    """Return the page of who complained, "" where only he has his code."""
    token = complaint.token or ""
    return reverse("complaints:status", args=[tokens.plain(token)]) if token else ""


def office(
    complaint: Complaint, what: str, headline: str, task: str, *, to: list[User] | None = None,
    late: bool = False, by: str = "",
) -> None:  # fmt: skip
    """Tell officers in their inbox, by ``by`` too: those who answer, or ``to`` these."""
    outbox.send_each(
        [
            (
                f"pengaduan:{complaint.pk}:{what}:{officer.pk}",
                officer,
                contacts.channels(officer, by) if by else [],
            )
            for officer in (_readers(complaint) if to is None else to)
        ],
        template="pengaduan_kantor",
        context={
            "number": complaint.number,
            "headline": headline,
            "topic": complaint.get_topic_display(),
            "task": task,
            "by_when": tanggal(complaint.due_at) if complaint.due_at else "",
            "late": late,
        },
        daerah=complaint.daerah,
        url=reverse("admin:complaint", args=[complaint.pk]),
    )


def _readers(complaint: Complaint) -> list[User]:
    """Return whom a new complaint is told: the roles of the file, else admin and head."""
    rules = registry.current(complaint.daerah)
    roles = rules.complaint.roles or (rules.head, postings.ADMIN)
    found = {user for role in roles for user in postings.holders(complaint.daerah, role)}
    return sorted((u for u in found if not guard.barred(complaint, u)), key=lambda user: user.pk)
