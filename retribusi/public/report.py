"""The check of a bill in words: verdict, state, what it was calculated from, line by line."""

from __future__ import annotations

import datetime
from typing import Any, NamedTuple
from zoneinfo import ZoneInfo

from django.utils import timezone

from documents import snapshot
from documents.content import Letterhead
from documents.verification import Standing
from imbportal.daerah.tariffs import Tariff
from imbportal.indonesia import mask_name, rupiah, tanggal, terbilang
from retribusi import building
from retribusi.models import Skrd
from retribusi.public.lines import Pair, Step
from retribusi.public.recount import Recount, recount

Rows = list[tuple[str, str]]
NOT_NOW = "tidak dapat dihitung"
UNREADABLE = (KeyError, TypeError, ValueError, ArithmeticError, AttributeError)
"""What an input may raise that is not of the shape which this release writes."""


class Line(NamedTuple):
    """One line as the page shows it; names of buildings are masked."""

    label: str
    cite: str
    sample: bool
    money: bool
    said: str
    said_value: str
    now: str
    now_value: str
    mark: str
    """sama, beda, or empty where nothing was calculated."""


class Sum(NamedTuple):
    label: str
    said: int | None
    now: int | None

    @property
    def mark(self) -> str:
        return "" if self.now is None else "sama" if self.said == self.now else "beda"


def report(bill: Skrd) -> dict[str, Any]:
    """Return what the page of a check shows."""
    found = recount(bill)
    head = snapshot.load(bill.paper.content).letterhead
    return {
        "bill": bill,
        "place": head.government,
        "office": head.office,
        "verdict": verdict(found),
        "faults": found.faults,
        "refusal": found.refusal,
        "reworded": sum(pair.reworded for pair in found.lines),
        "state": state(bill, head),
        "facts": _facts(bill, head),
        "basis": _basis(found),
        "tariff": found.result.tariff if found.result else None,
        "lines": [_line(pair, calculated=found.result is not None) for pair in found.lines],
        "sums": _sums(found),
        "accounts": [Sum(" ".join((code, line)), *both) for code, line, *both in found.accounts],
        "sample": bill.assessment.sample,
    }


def verdict(found: Recount) -> Standing:
    """Return whether a bill agrees, in one sentence."""
    bill = f"SKRD nomor {found.bill.number} sebesar {rupiah(found.bill.amount)}"
    if found.faults:
        return Standing("bad", "Tidak sesuai", f"{bill} tidak sesuai:")
    if found.result is None:
        return Standing(
            "due",
            "Belum dapat dihitung ulang",
            f"{bill} tidak dapat dihitung ulang oleh portal versi ini: {found.refusal} "
            "Itu tidak berarti bahwa hitungannya salah.",
        )
    return Standing(
        "good",
        "Sesuai",
        f"{bill} sesuai: dihitung ulang dari data dan tarif yang sama, hasilnya sama.",
    )


def state(bill: Skrd, head: Letterhead) -> Standing:
    """Return what became of a bill."""
    zone = head.timezone
    due = tanggal(bill.due_date)
    if bill.voided_at:
        text = f"Dibatalkan pada {tanggal(bill.voided_at, zone)}. {_replaced(bill, zone)}"
        return Standing("bad", "Dibatalkan", text)
    if not bill.amount:
        return Standing("good", "Nihil", "Tidak ada yang harus dibayar.")
    if bill.settled_at:
        text = f"Pembayarannya diterima pada {tanggal(bill.settled_at, zone)}."
        return Standing("good", "Lunas", text)
    if bill.due_date < _today(zone):
        text = f"Pembayarannya belum diterima; jatuh temponya {due}."
        return Standing("bad", "Lewat jatuh tempo", text)
    return Standing("due", "Menunggu pembayaran", f"Bayar paling lambat {due}.")


def _replaced(bill: Skrd, zone: str) -> str:
    newer = Skrd.objects.filter(application=bill.application_id, pk__gt=bill.pk).order_by("pk")
    for other in newer[:1]:
        return f"Diganti oleh SKRD nomor {other.number} tanggal {tanggal(other.issued_at, zone)}."
    return "Belum ada SKRD penggantinya."


def _today(zone: str) -> datetime.date:
    return timezone.now().astimezone(ZoneInfo(zone)).date()


def _facts(bill: Skrd, head: Letterhead) -> Rows:
    return [
        ("Diterbitkan oleh", f"{head.office}, {head.government}"),
        ("Nomor SKRD", bill.number),
        ("Tanggal terbit", tanggal(bill.issued_at, head.timezone)),
        ("Jumlah", rupiah(bill.amount)),
        ("Dengan huruf", f"{terbilang(bill.amount)} rupiah"),
    ]


def _basis(found: Recount) -> Rows:
    """Return the input of the calculation in the words of its form; nothing where unreadable."""
    given = found.bill.snapshot.get("input")
    if found.result is None:
        return []
    try:
        return _input(found.result.tariff, given)
    except UNREADABLE:
        return []


def _input(tariff: Tariff, given: dict[str, Any]) -> Rows:
    parts = [part | {"nama": mask_name(part.get("nama", ""))} for part in given["bangunan"]]
    rows = building.rows_of(tariff, given | {"bangunan": parts})
    fees = [tariff.biaya[code].label or code for code in given.get("biaya", [])]
    relief = given.get("keringanan")
    rows += [
        ("Biaya administrasi", "; ".join(fees)),
        ("Keringanan", (tariff.keringanan[relief].label or relief) if relief else ""),
        ("Tanggal tarif", tanggal(datetime.date.fromisoformat(given["tanggal"]))),
    ]
    return [(label, value) for label, value in rows if value]


def _line(pair: Pair, *, calculated: bool) -> Line:
    one, other = pair.before, pair.after
    now = _words(other, beside=one) if calculated else NOT_NOW
    return Line(
        label=_label(one or pair.shown),
        cite=pair.shown["cite"],
        sample=bool(pair.shown["contoh"]),
        money=pair.money,
        said=_words(one, beside=one),
        said_value=one["tercetak"] if one else "",
        now=now,
        now_value=other["tercetak"] if other else "",
        mark=("sama" if pair.agrees else "beda") if calculated else "",
    )


def _words(step: Step | None, *, beside: Step | None) -> str:
    """Return how a line is calculated, with its label where that is not the one beside it."""
    if step is None:
        return ""
    own = beside is not None and step["label"] != beside["label"]
    return f"{_label(step)}: {step['ekspresi']}" if own else str(step["ekspresi"])


def _label(step: Step) -> str:
    """Return the label of a line; a building may bear its owner's name."""
    head, colon, name = step["label"].partition(": ")
    return f"{head}{colon}{mask_name(name)}" if step["jenis"] == "bangunan" else step["label"]


def _sums(found: Recount) -> list[Sum]:
    bill, now = found.bill, found.result
    total, before = found.said["total"], max(0, found.said["total"] - found.bill.amount)
    rows = [Sum("Jumlah retribusi", total, now.total if now else None)]
    if before or found.paid:
        rows.append(Sum("Telah dibayar sebelumnya", before, found.paid if now else None))
    return [*rows, Sum("Yang ditagih", bill.amount, found.amount)]
