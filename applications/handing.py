"""Handing the permit over: what is shown for it, or the way to who waited too long for it."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from applications import clock, ports

if TYPE_CHECKING:
    from applications.models import Application, Event
    from imbportal.daerah.schema import Daerah

RECORD, RECEIPT = "serah_terima", "serah_terima"
BROUGHT = "antar"
"""Answer of the record where an officer went to the address."""
SHOWN = {
    "kode": "kode pengambilan",
    "tanda_terima": "bukti penerimaan berkas",
    "bukti_bayar": "bukti pembayaran retribusi",
}


def task(application: Application, events: list[Event] | None = None) -> str:
    """Return what the link on turn asks for: what came too late is brought, not fetched."""
    if application.state == "READY" and clock.delivers(application, events):
        return f"Antarkan {application.rules.service.permit} ke alamat pemohon"
    return application.link.label if application.link else ""


def brings(application: Application) -> str:
    """Return what the applicant brings along, in words."""
    shows = application.rules.handover.shows
    if ports.money.nothing_paid(application):
        shows = tuple(item for item in shows if item != "bukti_bayar")
    words = ["kartu identitas", *(SHOWN[item] for item in shows)]
    return " dan ".join(filter(None, (", ".join(words[:-1]), words[-1])))


def counter_of(application: Application) -> str:
    """Return the office at whose counter the permit lies: a unit with a name of its own, or ""."""
    rules = application.rules
    chain = rules.chains(application.track).get("READY", ()) if application.track else ()
    if not chain:
        return ""
    unit = rules.unit_of(chain[-1].role, application.kecamatan)
    return unit.title if unit.letterhead else ""


def paid_through(application: Application) -> str:
    """Return the office through which the track lets its retribution be paid, "" for none."""
    rules = application.rules
    role = rules.on_move(application.track, "submit_payment").role
    return rules.unit_of(role, application.kecamatan).title if role else ""


IF_ANY = {"bukti_bayar": "bukti pembayaran retribusi (bila dikenai retribusi)"}
"""What a receipt asks for that is given out before anybody knows of a fee."""


def claimed_with(rules: Daerah) -> str:
    """Return what the receipt of a file says where the permit is fetched with it, else ""."""
    shows = rules.handover.shows
    if "tanda_terima" not in shows:
        return ""
    wanted = SHOWN | IF_ANY
    others = " dan ".join(wanted[item] for item in shows if item != "tanda_terima")
    together = f" bersama {others}" if others else ""
    return f"Lembar ini sekaligus bukti pengambilan: tunjukkan{together} saat mengambil izin."


def what_next(application: Application) -> str:
    """Return what the applicant does to get the permit."""
    if clock.delivers(application):
        return "Waktu yang dijanjikan terlewati: petugas mengantarkan izin ke alamat Anda."
    place = f" {where}" if (where := counter_of(application)) else ""
    return f"Ambil izin di loket{place} dengan membawa {brings(application)}."


def receipts(application: Application, kinds: Iterable[str]) -> list[str]:
    """Return the papers of the handing over; what was brought has a receipt of its own."""
    late, kinds = application.rules.late, list(kinds)
    if late is None or not late.paper or RECEIPT not in kinds:
        return kinds
    record = application.records.filter(kind=RECORD).first()
    if record is None or record.data.get("way") != BROUGHT:
        return kinds
    return [late.paper if kind == RECEIPT else kind for kind in kinds]
