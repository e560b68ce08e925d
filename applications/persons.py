"""Why a NIK stays: by it one person is known in a case, however many accounts he has."""

from typing import Any

from django.db.models import Q

from accounts import postings
from accounts.models import Identity
from applications.models import Application
from imbportal import crypto
from imbportal.daerah import registry

OVER = ["DRAFT", "COLLECTED", "WITHDRAWN", "REJECTED", "LAPSED"]
OPEN_AGAIN = Q(state__in=["REJECTED", "LAPSED"]) & ~Q(submitted_at=None)
RUNNING = ~(Q(state__in=OVER) | Q(permit_status="dicabut")) | OPEN_AGAIN
"""Sent and not over; what may be reopened is not over."""
TAKEN = (
    "NIK ini sudah tercatat untuk orang lain yang memegang tugas atau menjadi pemohon dalam "
    "permohonan yang sama. Periksa lagi NIK Anda."
)


def keep(identity: Identity, nik: str, self_made: bool) -> str:
    """Return why this identity may not take this NIK, in words for its owner; "" where it may."""
    if self_made and identity.nik and (text := _bound(identity)):
        return text
    return TAKEN if _met(identity, crypto.lookup(nik)) else ""


def _bound(identity: Identity) -> str:
    """Return what binds a person to the NIK that he gave, and to whom he turns."""
    user = identity.user
    if posting := user and postings.of(user).first():
        office = registry.current(posting.daerah).office
        return f"NIK petugas tidak dapat diganti sendiri. {_turn_to(office)}"
    part = _applies(identity) | (Q(duties__person=user) if user else Q())
    case = Application.objects.filter(RUNNING).filter(part).first()
    if case is None:
        return ""
    return (
        f"NIK tidak dapat diganti selama permohonan {case} belum selesai. "
        f"{_turn_to(case.rules.office)}"
    )


def _turn_to(office: Any) -> str:
    phone = f", telepon {office.phone}" if office.phone else ""
    return f"Bila NIK yang tersimpan salah, hubungi {office.name}{phone}."


def _applies(identity: Identity) -> Q:
    """Return the condition for the cases whose applicant or holder the identity is."""
    mine = Q(holder=identity)
    return mine | Q(applicant=identity.user) if identity.user_id else mine


def _met(identity: Identity, lookup: str) -> bool:
    """Return whether with this NIK two of those whom a case keeps apart would be one person."""
    every, user = Application.objects, identity.user
    of_duty = Q(duties__nik_lookup=lookup) | Q(duties__person__identity__nik_lookup=lookup)
    if every.filter(_applies(identity)).filter(of_duty).exists():
        return True
    mine = every.filter(duties__person=user) if user else every.none()
    applicant = Q(holder__nik_lookup=lookup) | Q(applicant__identity__nik_lookup=lookup)
    if mine.filter(applicant).exists():
        return True
    others = mine.filter(of_duty)
    return any(_two_duties(case, user, lookup) for case in others.distinct())


def _two_duties(case: Application, user: Any, lookup: str) -> bool:
    """Return whether the user and who bears this NIK hold different duties in a case."""
    rows = case.duties.select_related("person__identity")
    own = {row.duty for row in rows if row.person_id == user.pk}
    same = {row.duty for row in rows if row.person_id != user.pk and lookup in _known_by(row)}
    return bool(same - own)


def _known_by(row: Any) -> set[str]:
    own = getattr(row.person, "identity", None)
    return {row.nik_lookup, own.nik_lookup if own else ""}
