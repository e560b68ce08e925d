"""Who holds a case within a role: taking it, giving it back, giving it to a colleague."""

from __future__ import annotations

from typing import Any

from django.db import transaction

from accounts import postings
from accounts.models import User
from applications import rules, telling
from applications.holding import bump, on_turn
from applications.models import Application, Handover
from applications.refusals import Barred, Conflict, Unmet
from imbportal import indonesia
from notifications import outbox

WHOEVER = object()
"""Taken over knowingly, whoever holds it."""


@transaction.atomic
def claim(
    application: Application, *, by: Any, seen: Any = WHOEVER, release: bool = False
) -> Application:
    """Take a case into one's own hands within the posting, or give it back.

    ``seen`` is the holder (id, or None) on the page: Conflict where a colleague was faster.
    """
    application = on_turn(application.pk, by, None)
    holder = application.claimed_by
    if holder is not None and holder != by:
        if release:
            raise Conflict(f"Permohonan ini dipegang {holder}, bukan Anda.")
        if seen is not WHOEVER and holder.pk != seen:
            raise Conflict(
                f"Permohonan ini baru saja diambil {holder}. "
                "Bila perlu, buka permohonannya untuk mengambil alih."
            )
    return _hold(application, None if release else by)


def _hold(application: Application, holder: Any) -> Application:
    application.claimed_by = holder
    return bump(application)


def colleagues(application: Application, by: Any) -> list[User]:
    """Return who could do the work in one's stead: same role, and nothing bars them."""
    found = postings.holders(
        application.daerah, application.turn_role, kecamatan=application.kecamatan
    )
    others = found.exclude(pk=by.pk).filter(is_active=True).select_related("identity")
    return [other for other in others.order_by("name") if _could(application, other)]


def _could(application: Application, officer: User) -> bool:
    if rules.same_person(application, officer) or application.link is None:
        return False
    try:
        rules.bar_link(application, officer, application.link)
    except Barred:
        return False
    return True


@transaction.atomic
def hand_over(application: Application, receiver: int, reason: str = "", *, by: Any) -> Handover:
    """Give a case to a colleague (id) of the same role, and tell him in his inbox.

    Only what one holds oneself or what nobody holds: a colleague's case is first taken over.
    """
    application = on_turn(application.pk, by, None)
    holder = application.claimed_by
    if holder is not None and holder != by:
        raise Conflict(f"Permohonan ini dipegang {holder}. Ambil alih dulu bila perlu.")
    chosen = next((one for one in colleagues(application, by) if one.pk == receiver), None)
    if chosen is None:
        raise Unmet(["Pilih rekan yang perannya sama dan boleh mengerjakan langkah ini."])
    _hold(application, chosen)
    made = Handover.objects.create(
        application=application, giver=by, receiver=chosen, reason=reason.strip()
    )
    _tell(application, made)
    return made


def _tell(application: Application, made: Handover) -> None:
    link, due = application.link, application.due_at
    outbox.send(
        template="kantor",
        key=f"serah:{made.pk}:{made.receiver_id}",
        user=made.receiver,
        channels=[],
        context={
            "permit": application.rules.service.permit,
            "number": application.number,
            "place": application.address,
            "headline": f"{made.giver} menyerahkan permohonan ini kepada Anda",
            "detail": made.reason,
            "task": link.label if link else "",
            "by_when": indonesia.tanggal(due) if due else "",
        },
        daerah=application.daerah,
        case=application.pk,
        url=telling.office_url(application),
    )
