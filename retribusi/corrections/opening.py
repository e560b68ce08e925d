"""A refund that a person opens: money that came too much, or an objection after the permit.

What came too much is booked as a deposit (titipan) first, so that no more goes back than came in.
"""

from __future__ import annotations

import datetime
from typing import Any

from django import forms
from django.db import transaction
from django.utils import timezone

from applications import clock
from applications.fields import day
from applications.models import Application
from applications.refusals import Unmet
from applications.services import locked
from retribusi import ledger
from retribusi.billing import live_bill
from retribusi.corrections import refunds, ruling
from retribusi.fields import RupiahField
from retribusi.models import LedgerEntry, Objection, Refund

Cause = Refund.Cause
SURPLUS = "Pembayaran ganda atau lebih"


class OpenForm(forms.Form):
    """What came in too much, when and by which reference."""

    cause = forms.ChoiceField(label="Sebab", widget=forms.RadioSelect)
    amount = RupiahField(label="Jumlah yang dikembalikan (Rp)", min_value=1)
    received_on = day(
        "Tanggal uang masuk", required=False,
        help_text="Menurut rekening koran. Hanya untuk pembayaran ganda atau lebih.",
    )  # fmt: skip
    reference = forms.CharField(
        label="Nomor referensi bank", required=False, max_length=80,
        help_text="Hanya untuk pembayaran ganda atau lebih.",
    )  # fmt: skip
    note = forms.CharField(
        label="Penjelasan", max_length=1000, widget=forms.Textarea(attrs={"rows": 3}),
        help_text="Dibaca pemohon dan tercetak pada surat.",
    )  # fmt: skip
    key = forms.CharField(max_length=32, widget=forms.HiddenInput)

    def __init__(self, *args: Any, case: Application, **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.case = case
        choices = [(Cause.SURPLUS.value, SURPLUS)]
        if _upheld(case) is not None:
            choices.append((Cause.OBJECTION.value, Cause.OBJECTION.label))
        self.fields["cause"].choices = choices  # type: ignore[attr-defined]
        self.initial.setdefault("cause", choices[-1][0])

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        if data.get("cause") == Cause.SURPLUS:
            for name in ("received_on", "reference"):
                if name not in self.errors and not data.get(name):
                    self.add_error(name, "Isi menurut rekening koran.")
            given = data.get("received_on")
            if given is not None and given > clock.today(self.case):
                self.add_error("received_on", "Tanggal ini belum tiba.")
        return data


def _upheld(case: Application) -> Objection | None:
    """Return the objection after the permit of which the money has not gone back yet."""
    last = case.objections.order_by("-pk").first()
    if last is None or case.state not in ruling.LATE:
        return None
    last.application = case
    return last if ruling.task(last) else None


@transaction.atomic
def open_by_hand(
    case: Application, *, cause: str, amount: int, received_on: datetime.date | None,
    reference: str, note: str, key: str, by: Any,
) -> Refund:  # fmt: skip
    """Open it once (``key``); a surplus is booked as a deposit in the same transaction."""
    case, key = locked(case.pk, by), f"tangan:{case.pk}:{key}"
    if there := Refund.objects.filter(key=key).first():
        return there
    if cause == Cause.SURPLUS and received_on is not None:
        bill = live_bill(case)
        if bill is None:
            raise Unmet(["Tidak ada SKRD dalam permohonan ini; catat uangnya lewat rekonsiliasi."])
        accounts = bill.snapshot["result"]["rekening"]
        code = accounts[0]["kode"] if accounts else ""
        # What the reconciliation booked already is not booked again.
        lacking = max(0, amount - refunds.left(case, cause))
        ledger.book(
            case, kind=LedgerEntry.Kind.DEPOSIT, lines=[(code, "Titipan", lacking)],
            paid_on=received_on, by=by, at=timezone.now(), bill=bill,
            note=f"Lebih bayar, referensi {reference}",
        )  # fmt: skip
    return refunds.open_refund(case, amount, cause, by=by, key=key, note=note)
