"""Dossiers that were taken on paper while the portal was away: from which day they count."""

from __future__ import annotations

import datetime
from typing import TYPE_CHECKING, NamedTuple

from django.conf import settings

from accounts import postings
from applications.clock import local_date
from imbportal.daerah import calendar, registry
from imbportal.indonesia import tanggal
from notifications import outbox

if TYPE_CHECKING:
    from applications.models import Application, Event


class Paper(NamedTuple):
    """The paper receipt of a dossier that was taken while the portal was away."""

    received_on: datetime.date
    number: str
    reason: str


def wrong_day(slug: str, day: datetime.date) -> str:
    """Return why a dossier cannot have been taken on this day, "" where it can."""
    today = calendar.today(slug)
    first = min((t.berlaku for t in registry.current(slug).tariff), default=day)
    if day > today:
        return "Tanggal ini belum tiba. Isi tanggal yang tercetak pada tanda terima kertas."
    if (today - day).days > settings.PAPER_DAYS:
        return (
            f"Lebih dari {settings.PAPER_DAYS} hari yang lalu. Berkas selama itu tidak dicatat di "
            "sini; tanyakan kepada kepala kantor."
        )
    if day < first:
        return f"Aturan layanan di portal ini baru berlaku sejak {tanggal(first)}."
    return ""


def noted(application: Application) -> str:
    """Return how a paper dossier came into the portal, in words for everybody; else ""."""
    if application.received_on is None:
        return ""
    at = application.registered_at or application.created_at
    number = f" nomor {application.paper_number}" if application.paper_number else ""
    return (
        f"Dicatat dari berkas kertas{number} tanggal {tanggal(application.received_on)} oleh "
        f"petugas loket pada {tanggal(local_date(application, at))}."
    )


def in_short(application: Application) -> str:
    """Return how a case came to the office where it was not sent by its applicant, for lists."""
    if application.received_on is None:
        return "Loket" if application.filed_by_id else ""
    number = f" nomor {application.paper_number}" if application.paper_number else ""
    return f"Loket, berkas kertas{number} tanggal {tanggal(application.received_on)}"


def tell_head(event: Event, application: Application, url: str) -> None:
    """Tell the head of a daerah, in the inbox, of a dossier that counts from an earlier day."""
    heads = postings.holders(
        application.daerah, application.rules.head, kecamatan=application.kecamatan
    )
    for head in heads:
        outbox.send(
            template="berkas_kertas",
            key=f"berkas_kertas:{event.pk}:{head.pk}",
            user=head,
            channels=[],
            context={
                "permit": application.rules.service.permit,
                "number": application.number,
                "received": tanggal(application.received_on),
                "paper": application.paper_number,
                "reason": application.paper_reason,
                "officer": str(event.actor),
            },
            daerah=application.daerah,
            case=application.pk,
            url=url,
        )
