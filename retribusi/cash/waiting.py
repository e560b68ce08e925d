"""Payment proofs that wait for the cashier: since when, and whether for more than a working day."""

from __future__ import annotations

import datetime
from typing import Any, NamedTuple
from zoneinfo import ZoneInfo

from applications.models import Application
from imbportal.daerah import calendar, registry
from retribusi.models import PaymentProof

STATE = "PAYMENT_REVIEW"
WORKING_DAYS = 1
"""How long a proof may wait before it is late."""
SHOWN = 100


class Waiting(NamedTuple):
    proof: PaymentProof
    case: Application
    since: datetime.date
    days: int
    """Working days since."""

    @property
    def late(self) -> bool:
        return self.days > WORKING_DAYS

    @property
    def off(self) -> int:
        """Return what the slip has more (or less) than the bill asks."""
        return self.proof.amount - self.proof.skrd.amount


def of(daerah: str, held: Any, reader: Any) -> list[Waiting]:
    """Return the proofs that wait in a daerah, the oldest first, but for the reader's own."""
    cases = Application.objects.at_desk_of(reader, held, daerah).filter(state=STATE)
    proofs = PaymentProof.objects.filter(
        status=PaymentProof.Status.FILED, skrd__voided_at=None, skrd__settled_at=None,
        skrd__application__in=cases.order_by().values("pk"),
    )  # fmt: skip
    found = list(proofs.select_related("skrd").order_by("filed_at")[:SHOWN])
    known = {
        case.pk: case
        for case in Application.objects.filter(
            pk__in=[proof.skrd.application_id for proof in found]
        ).in_lists()
    }
    zone, today = ZoneInfo(registry.current(daerah).timezone), calendar.today(daerah)
    with calendar.read_once():
        return [_waiting(proof, known, zone, today, daerah) for proof in found]


def _waiting(
    proof: PaymentProof, known: dict[Any, Application], zone: ZoneInfo, today: datetime.date,
    daerah: str,
) -> Waiting:  # fmt: skip
    since = proof.filed_at.astimezone(zone).date()
    days = calendar.days_between(daerah, since, today, "hari_kerja")
    return Waiting(proof, known[proof.skrd.application_id], since, days)
