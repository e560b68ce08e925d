"""Who is told what of objections and refunds: the applicant, and those in whose hands they lie."""

from __future__ import annotations

from typing import Any

from django.urls import reverse

from accounts import contacts, postings
from applications import rules
from applications.effects import ENDED, WAIT
from applications.models import Application, Event
from notifications import outbox

TOLD = "email/sms"
"""How a decision or a sum is told where the file says nothing: it must reach whom it concerns."""


def applicant(
    case: Application, event: Event, headline: str, *, detail: str = "", next_: str = WAIT,
    wish: str | None = TOLD,
) -> None:  # fmt: skip
    """Tell the applicant, in his inbox always; an agent whose letter ended, that there is news."""
    user, acts = case.applicant, rules.acts(case)
    outbox.send(
        template="langkah",
        key=f"event:{event.pk}:pemohon",
        user=user,
        channels=contacts.channels(user, wish) if wish else [],
        context=_about(case, headline if acts else "Ada kabar baru")
        | ({"detail": detail, "next": next_} if acts else dict(ENDED)),
        daerah=case.daerah,
        case=case.pk,
        url=case.get_absolute_url(),
    )


def office(
    case: Application, event: Event, roles: Any, headline: str, *, task: str, url: str,
    detail: str = "", wish: str | None = None,
) -> None:  # fmt: skip
    """Tell every holder of these roles once."""
    found = [postings.holders(case.daerah, role, kecamatan=case.kecamatan) for role in roles]
    officers = {officer.pk: officer for holders in found for officer in holders}
    outbox.send_each(
        [
            (
                f"event:{event.pk}:kantor:{officer.pk}",
                officer,
                contacts.channels(officer, wish) if wish else [],
            )
            for officer in officers.values()
        ],
        template="kantor",
        context=_about(case, headline) | {"detail": detail, "task": task},
        daerah=case.daerah,
        case=case.pk,
        url=url,
    )


def objection_page(case: Application) -> str:
    """Return where the office reads an objection."""
    return reverse("admin:objection", args=[case.pk])


def refund_page(pk: int) -> str:
    """Return where the office reads a refund."""
    return reverse("admin:refund", args=[pk])


def _about(case: Application, headline: str) -> dict[str, Any]:
    return {
        "permit": case.rules.service.permit,
        "number": case.number,
        "place": case.address,
        "headline": headline,
        "office": case.rules.office.name,
        "by_when": "",
    }
