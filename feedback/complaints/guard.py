"""Who may answer a complaint: never anybody who had a hand in the case that it is about."""

from __future__ import annotations

from typing import Any

from accounts import postings
from accounts.models import Identity, Posting, User
from applications import rules as case_rules
from applications.models import Application
from applications.refusals import Barred
from feedback.models import Complaint
from imbportal.daerah import registry

HANDLED = (
    "Anda ikut menangani permohonan {number}, jadi pengaduan tentangnya dijawab petugas lain. "
    "Kepala kantor atau admin daerah dapat menyerahkannya."
)
READS = "Auditor hanya membaca pengaduan."
OTHERS = "Pengaduan daerah ini dijawab petugas lain menurut peraturan daerahnya."
UNKNOWN = (
    "Nomor pada pengaduan ini tidak dikenal, jadi belum diketahui siapa yang menangani "
    "permohonannya. Kepala kantor atau admin daerah menyerahkannya kepada petugas."
)
LEADS = "Pengaduan diserahkan oleh kepala kantor atau admin daerah."


def hands(case: Application) -> set[Any]:
    """Return the keys of all who had a hand in a case, by an act, an event or a duty, or have one
    now: the holders of its turn, and whoever took it for himself."""
    found = set(case.acts.values_list("by", flat=True))
    found |= set(case.events.values_list("actor", flat=True))
    found |= set(case.duties.values_list("person", flat=True))
    found |= {case.claimed_by_id, case.filed_by_id, case.applicant_id} - {None}
    if case.turn_role:
        turn = postings.holders(case.daerah, case.turn_role, case.kecamatan)
        found |= set(turn.values_list("pk", flat=True))
    return found


def barred(complaint: Complaint, user: Any) -> str:
    """Return why this officer must not answer, "" where nothing bars him.

    A person is known by account and by NIK, as in the four duties.
    """
    if complaint.case is None:
        return ""
    involved = hands(complaint.case)
    nik = case_rules.nik_of(user)
    same = nik and Identity.objects.filter(user__in=involved, nik_lookup=nik).exists()
    if user.pk in involved or same or case_rules.same_person(complaint.case, user):
        return HANDLED.format(number=complaint.case.number)
    return ""


def of(complaint: Complaint, user: Any) -> list[Posting]:
    """Return the user's postings that cover the complaint."""
    plot = complaint.case.kecamatan if complaint.case else ""
    held = postings.of(user, complaint.daerah)
    return [one for one in held if not plot or postings.serves(one, plot)]


def answers(complaint: Complaint, role: str) -> bool:
    """Return whether a role answers complaints of the daerah."""
    rules = registry.current(complaint.daerah)  # who answers is of today; the term is not
    wanted = rules.complaint.roles
    return role == rules.head or role in (wanted or {*rules.role, postings.ADMIN})


def leads(complaint: Complaint, user: Any) -> bool:
    """Return whether the user is head or admin there, who may give a complaint to another."""
    head = registry.current(complaint.daerah).head
    return any(one.role in (head, postings.ADMIN) for one in of(complaint, user))


def require_work(complaint: Complaint, user: Any) -> None:
    """Raise Barred where the user only reads complaints."""
    held = of(complaint, user)
    if not any(answers(complaint, one.role) for one in held):
        auditor = any(one.role == postings.AUDITOR for one in held)
        raise Barred(READS if auditor else OTHERS)


def require_answer(complaint: Complaint, user: Any) -> None:
    """Raise Barred where the user must not answer this complaint."""
    require_work(complaint, user)
    if reason := barred(complaint, user):
        raise Barred(reason)


def unknown(complaint: Complaint, user: Any) -> str:
    """Return why the user must wait where a number that nobody knows may hide his own case.

    He may be the one who is complained of, so head or admin gives it to somebody first.
    """
    hidden = complaint.case is None and bool(complaint.case_number)
    given = complaint.handler_id == user.pk or leads(complaint, user)
    return UNKNOWN if hidden and not given else ""


def require_known(complaint: Complaint, user: Any) -> None:
    """Raise Barred where ``unknown`` says so."""
    if reason := unknown(complaint, user):
        raise Barred(reason)


def overseers(complaint: Complaint) -> list[User]:
    """Return who sees to it that a complaint is answered: the head, and the admins of the daerah
    where the head has a hand in the case himself."""
    heads = list(postings.holders(complaint.daerah, registry.current(complaint.daerah).head))
    if any(not barred(complaint, head) for head in heads):
        return heads
    return [*heads, *postings.holders(complaint.daerah, postings.ADMIN)]


def capacity(complaint: Complaint, user: Any) -> str:
    """Return in which post the user acts, as it is shown."""
    held = sorted(of(complaint, user), key=lambda one: not answers(complaint, one.role))
    return postings.capacity(held[0], registry.current(complaint.daerah)) if held else "Sistem"


def eligible(complaint: Complaint) -> list[User]:
    """Return the officers who may answer this complaint."""
    posted = Posting.objects.in_force().filter(daerah=complaint.daerah).select_related("user")
    plot = complaint.case.kecamatan if complaint.case else ""
    users = {
        one.user
        for one in posted
        if answers(complaint, one.role) and (not plot or postings.serves(one, plot))
    }
    return sorted((u for u in users if not barred(complaint, u)), key=lambda user: user.name)
