"""Holding a case for a change between moves: its row locked, the officer's turn checked."""

from __future__ import annotations

from typing import Any

from applications import rules
from applications.models import Application
from applications.refusals import Barred, Conflict
from applications.services import check_version, locked


def on_turn(pk: Any, by: Any, version: int | None) -> Application:
    """Return the locked case for the officer whose turn it is."""
    application = locked(pk, by)
    chains = application.rules.chains(application.track) if application.track else {}
    roles = {link.role for chain in chains.values() for link in chain}
    mine = rules.roles_of(application, by)
    if not roles & mine or rules.same_person(application, by):
        raise Barred("Anda tidak bertugas dalam permohonan ini.")
    if application.link is None or application.turn_role not in mine:
        title = application.rules.role.get(application.turn_role)
        raise Conflict(f"Sekarang giliran {title.title if title else 'pemohon'}.")
    rules.bar_link(application, by, application.link)
    check_version(application, version)
    return application


def bump(application: Application) -> Application:
    """Save a changed case under its next version."""
    application.version += 1
    application.save()
    return application
