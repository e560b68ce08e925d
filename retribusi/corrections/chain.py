"""What all steps share: the lock, who may act in which capacity, the event in the chain."""

from __future__ import annotations

import datetime
from typing import Any

from accounts import postings
from applications import counter, events, rules
from applications.holding import bump
from applications.models import Application, Event
from applications.refusals import Barred
from applications.services import locked


def held(row: Any, by: Any) -> tuple[Application, Any]:
    """Return the case with its row locked, and the objection or refund as it now stands."""
    case = locked(row.application_id, by)
    fresh = type(row).objects.select_for_update().get(pk=row.pk)
    fresh.application = case
    return case, fresh


def as_applicant(case: Application, by: Any, words: str) -> str:
    """Return in what capacity somebody acts for the applicant. Raises Barred."""
    if not rules.acts_for_applicant(case, by):
        raise Barred(words)
    return "Pemohon" if rules.is_applicant(case, by) else counter.CAPACITY


def in_office(case: Application, by: Any, roles: Any) -> str:
    """Return the title in which an officer of one of these roles acts. Raises Barred."""
    found = (postings.holds(by, case.daerah, role, kecamatan=case.kecamatan) for role in roles)
    posting = next((one for one in found if one is not None), None)
    if posting is None:
        raise Barred("Langkah ini bukan wewenang Anda dalam permohonan ini.")
    if rules.same_person(case, by):
        raise Barred("Anda pemohon dalam permohonan ini, jadi tidak boleh ikut memutuskannya.")
    return postings.capacity(posting, case.rules)


def one_person(first: Any, second: Any) -> bool:
    """Return whether two accounts are one person, by account or by NIK."""
    nik = rules.nik_of(first)
    return first == second or (bool(nik) and nik == rules.nik_of(second))


def write(
    case: Application, name: str, by: Any, capacity: str, note: str, at: datetime.datetime,
    **data: Any,
) -> Event:  # fmt: skip
    """Write what was done into the chain of a locked case, and raise its version."""
    event = events.append(
        case, note=note, move=name, source=case.state, target=case.state,
        turn_before=case.turn, turn_after=case.turn, actor=by, capacity=capacity,
        data=data, at=at,
    )  # fmt: skip
    bump(case)
    return event


def over(row: Any, at: datetime.datetime) -> None:
    """Let an objection or a refund lie in nobody's hands."""
    row.holder, row.since = "", at
    row.save()


def title_of(case: Application, role: str) -> str:
    """Return the title of a role, "" where it is none."""
    known = case.rules.role.get(role)
    return known.title if known else ""
