"""Telling those who are invited beside the applicant, and how each of them was told.

Whoever gave an address or a mobile number is told through the outbox with the move that fixes the
appointment; of the others the officer says that he told them himself.
"""

from __future__ import annotations

from applications import guests, sites
from applications.models import Application, Event, Record
from imbportal.indonesia import tanggal, telepon
from notifications import outbox
from notifications.models import Message

TEMPLATE = "janji_temu"


def tell(event: Event, application: Application) -> None:
    """Tell the guests of the appointments that this move fixed where there is a way to."""
    for record in sites.fixed(application, event):
        for number, guest in enumerate(guests.of(record.data)):
            if guest.contact:
                _tell(event, application, record, guest, number)


def _tell(
    event: Event, application: Application, record: Record, guest: guests.Guest, number: int
) -> None:
    rules = application.rules
    outbox.send(
        template=TEMPLATE,
        key=f"event:{event.pk}:{record.kind}:{number}",
        user=None,
        channels=[(guest.channel, guest.contact)],
        context={
            "name": guest.name,
            "what": sites.APPOINTMENTS[record.kind],
            "when": sites.when_and_where(record.data),
            "permit": rules.service.permit,
            "number": application.number,
            "plan": application.building_name or "bangunan gedung",
            "place": application.address,
            "office": rules.office.name,
            "phone": rules.office.phone,
        },
        daerah=application.daerah,
        case=application.pk,
    )


def told(application: Application, record: Record) -> list[tuple[str, str]]:
    """Return each guest with how he was told, for the office."""
    rows = Message.objects.filter(case=application.pk, template=TEMPLATE)
    mine = rows.filter(created_at__gte=record.at).order_by("created_at")
    sent = {message.address: message for message in mine}
    return [(guest.line, _how(guest, sent.get(guest.contact))) for guest in guests.of(record.data)]


def _how(guest: guests.Guest, message: Message | None) -> str:
    if not guest.contact:
        return "disampaikan langsung" if guest.told else "tidak tercatat bagaimana diberi tahu"
    way = f"{guest.channel.label} ke {telepon(guest.contact)}"
    if message is None:
        return f"{way}, dikirim saat langkah diteruskan"
    return (
        f"{way}, {f'terkirim {tanggal(message.sent_at)}' if message.sent_at else 'belum terkirim'}"
    )
