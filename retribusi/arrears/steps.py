"""What all steps against a late bill share: the lock, who may, the event in the chain."""

from __future__ import annotations

import datetime
from collections.abc import Iterable
from typing import Any

from applications.models import Application, Event
from applications.refusals import Barred, Conflict
from applications.services import locked
from imbportal.daerah.interest import PAPER
from retribusi import acts, treasurers
from retribusi.arrears.owed import Owed, of_bill, rules_of
from retribusi.models import Skrd, Strd

OWN_BILL = "Anda pemohon dalam permohonan ini, jadi tidak boleh menagihnya sendiri."


def held(bill: Skrd, by: Any) -> tuple[Application, Owed]:
    """Return the case with its row locked, and what its bill owes as it now stands."""
    case = locked(bill.application_id, by)
    fresh = Skrd.objects.select_related("payment", "assessment").get(pk=bill.pk)
    fresh.application = case
    return case, of_bill(fresh)


def open_strd(owed: Owed, pk: Any, *states: str) -> Strd:
    """Return the open STRD that a page meant. Raises Conflict where it is another by now."""
    found = owed.open
    if found is None or str(found.pk) != str(pk) or found.state not in states:
        raise Conflict("STRD ini baru saja berubah keadaannya. Muat ulang halaman.")
    found.application, found.skrd = owed.bill.application, owed.bill
    return found


def treasurer(case: Application, by: Any) -> str:
    """Return the title in which somebody keeps the money. Raises Barred."""
    return _in_office(case, by, treasurers.roles(rules_of(case)))


def signatory(case: Application, by: Any) -> str:
    """Return the title in which somebody signs an STRD. Raises Barred."""
    return _in_office(case, by, [signing_role(case)])


def signing_role(case: Application) -> str:
    """Return the role that signs an STRD, "" where the file has no such paper."""
    paper = rules_of(case).paper.get(PAPER)
    return (paper.signed_by or "") if paper else ""


def signer_title(case: Application) -> str:
    """Return the title of who signs an STRD, "" where the file has no such paper."""
    role = rules_of(case).role.get(signing_role(case))
    return role.title if role else ""


def may(case: Application, by: Any, check: Any) -> bool:
    """Return whether ``treasurer`` or ``signatory`` would let somebody through."""
    try:
        check(case, by)
    except Barred:
        return False
    return True


def _in_office(case: Application, by: Any, roles: Iterable[str]) -> str:
    return acts.in_office(case, by, sorted(roles), known=rules_of(case), own=OWN_BILL)


def write_event(
    bill: Skrd, name: str, by: Any, capacity: str, note: str, at: datetime.datetime, **data: Any
) -> Event:
    """Write what was done with a bill into the chain of its case, and raise its version."""
    return acts.write(bill.application, name, by, capacity, note, at, skrd=bill.number, **data)
