"""The sheet on which a permit is printed: its serial number, signed by hand and stamped."""

import datetime

from django import forms

from applications import clock, originals
from applications.fields import day
from applications.office.record_form import RecordForm
from documents import services as documents
from imbportal.indonesia import tanggal


class SpecialPaperForm(RecordForm):
    """The sheet on which the permit is printed; the scan of the signed original lies beside it."""

    serial = forms.CharField(label="Nomor seri kertas", max_length=40)
    signed_on = day("Ditandatangani basah pada")
    stamped = forms.BooleanField(
        label="Sudah dicap basah",
        error_messages={"required": "Bubuhkan cap pada lembar asli lebih dahulu."},
    )
    note = forms.CharField(
        label="Tempat arsip", max_length=200, required=False,
        help_text="Misalnya nomor rak dan map. Pindaian lembar asli dilampirkan di bawah.",
    )  # fmt: skip

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        asked = originals.rule(self.case)
        for name, wanted in (("serial", asked.serial), ("stamped", asked.stamp)):
            if not wanted:
                del self.fields[name]

    def clean_serial(self):
        serial = " ".join(self.cleaned_data["serial"].split())
        if other := originals.number_of_other(self.case, serial):
            raise forms.ValidationError(
                f"Nomor seri ini sudah dipakai pada permohonan {other}. Periksa lembarnya."
            )
        return serial

    def clean_signed_on(self):
        day = self.cleaned_data["signed_on"]
        if day > clock.today(self.case):
            raise forms.ValidationError("Tanggal ini belum tiba.")
        first = self._signed()
        if first is not None and day < first:
            raise forms.ValidationError(
                f"Langkah tanda tangan di portal tercatat {tanggal(first)}; tanda tangan basah "
                "tidak dapat lebih awal."
            )
        return day

    def _signed(self) -> datetime.date | None:
        """Return the day on which the permit was signed at the portal, the last of several."""
        permit = documents.standing(self.case.pk, "izin")
        given = [s.at for s in documents.signatures(permit) if s.act == "ttd"] if permit else []
        return clock.local_date(self.case, max(given)) if given else None
