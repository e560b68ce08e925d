"""Forms: which file of which bank, and where things stand in a bank's file."""

from __future__ import annotations

import re
from typing import Any

from django import forms
from pydantic import ValidationError

from retribusi.models import BankFormat
from retribusi.statements import csv_file
from retribusi.statements.mapping import (
    AMOUNTS,
    DATES,
    DELIMITERS,
    ENCODINGS,
    IN,
    OUT,
    Mapping,
)
from retribusi.statements.rows import BrokenFile

NONE = "Kosongkan bila tidak ada."
WORDS = forms.Textarea(attrs={"rows": 6})
NEEDS = {"amount": "Isi kolom jumlah.", "debit": "Isi kolom debet.", "credit": "Isi kolom kredit.",
         "mark": "Isi kolom tanda D atau K."}  # fmt: skip


class UploadForm(forms.Form):
    """A file of the bank, and the format by which it is read."""

    format = forms.ModelChoiceField(
        label="Bank dan rekening", queryset=BankFormat.objects.none(), empty_label="Pilih bank",
        error_messages={"required": "Pilih bank dan rekeningnya."},
    )  # fmt: skip
    file = forms.FileField(
        label="Berkas rekening koran",
        help_text="CSV atau MT940 (.sta, .txt) dari bank; paling besar 4 MB dan 5.000 baris.",
        widget=forms.FileInput(attrs={"accept": ".csv,.txt,.sta,.940,.mt940"}),
        error_messages={"required": "Pilih berkasnya.", "empty": "Berkas kosong."},
    )

    def __init__(self, *args: Any, daerah: str, **kwargs: Any):
        super().__init__(*args, label_suffix="", **kwargs)
        self.fields["format"].queryset = BankFormat.objects.filter(daerah=daerah)


def _column(label: str, required: bool = False) -> forms.IntegerField:
    return forms.IntegerField(
        label=label, min_value=1, max_value=60, required=required,
        widget=forms.NumberInput(attrs={"inputmode": "numeric"}),
    )  # fmt: skip


def _choice(label: str, options: dict[str, str], **more: Any) -> forms.ChoiceField:
    return forms.ChoiceField(label=label, choices=list(options.items()), **more)


class FormatForm(forms.Form):
    """How one bank writes its file."""

    name = forms.CharField(label="Bank", max_length=60)
    account = forms.CharField(label="Nomor rekening", max_length=40)
    kind = _choice("Jenis berkas", {"csv": "CSV", "mt940": "MT940 (baku, tanpa susunan kolom)"})
    sample = forms.FileField(
        label="Berkas contoh dari bank", required=False,
        widget=forms.FileInput(attrs={"accept": ".csv,.txt,.sta,.940,.mt940"}),
        help_text="Dua belas baris pertamanya tampil di sini; berkasnya sendiri tidak disimpan.",
    )  # fmt: skip
    first = forms.CharField(widget=forms.HiddenInput, required=False, strip=False, max_length=40000)
    encoding = _choice("Pengodean huruf", ENCODINGS)
    delimiter = _choice("Pemisah kolom", DELIMITERS)
    skip = forms.IntegerField(
        label="Baris sebelum judul kolom", min_value=0, max_value=100, initial=0,
        help_text="Nama bank, nomor rekening, dan sejenisnya.",
    )  # fmt: skip
    header = forms.BooleanField(label="Ada baris judul kolom", required=False, initial=True)
    stop = forms.CharField(
        label="Awal baris penutup", max_length=60, required=False,
        help_text=f"Misalnya “Saldo akhir”; baris itu dan sesudahnya tidak dibaca. {NONE}",
    )  # fmt: skip
    day = _column("Kolom tanggal", required=True)
    date_format = _choice("Susunan tanggal", DATES)
    texts = forms.CharField(
        label="Kolom keterangan", max_length=40, initial="2",
        help_text="Beberapa kolom dipisah koma, misalnya 2, 3.",
    )  # fmt: skip
    reference = _column("Kolom nomor referensi")
    number = _column("Kolom nomor urut dari bank")
    amounts = _choice("Jumlah uang", AMOUNTS)
    amount = _column("Kolom jumlah")
    debit = _column("Kolom debet (uang keluar)")
    credit = _column("Kolom kredit (uang masuk)")
    mark = _column("Kolom tanda D atau K")
    decimal = _choice("Tanda desimal", {",": "koma: 1.500.000,00", ".": "titik: 1,500,000.00"})
    balance = _column("Kolom saldo")
    out = forms.CharField(
        label="Uang keluar yang bukan koreksi", required=False, widget=WORDS,
        initial="\n".join(OUT),
        help_text="Awal keterangannya, satu per baris: biaya, pajak, pelimpahan ke kas daerah.",
    )  # fmt: skip
    into = forms.CharField(
        label="Uang masuk yang bukan setoran retribusi", required=False, widget=WORDS,
        initial="\n".join(IN),
        help_text="Awal keterangannya, satu per baris: bunga, jasa giro. Yang menyebut kode bayar "
        "tetap diperiksa.",
    )  # fmt: skip
    cutoff = forms.IntegerField(
        label="Hari terakhir yang boleh menyusul", min_value=0, max_value=31, initial=3,
        help_text="Pembayaran pada hari-hari terakhir masa ini dicari pada rekening koran "
        "berikutnya.",
    )  # fmt: skip
    tolerance = forms.IntegerField(
        label="Selisih hari bukti dan rekening yang wajar", min_value=0, max_value=31, initial=3
    )

    def __init__(self, *args: Any, daerah: str, stored: BankFormat | None = None, **kwargs: Any):
        super().__init__(*args, label_suffix="", **kwargs)
        self.daerah, self.stored = daerah, stored
        self.mapping: Mapping | None = None
        self.told: list[str] = []
        """What is wrong with a sample of which only a guess was asked."""

    def clean_texts(self) -> list[int]:
        parts = [part.strip() for part in self.cleaned_data["texts"].split(",") if part.strip()]
        if not parts or not all(re.fullmatch(r"[1-9]\d?", part) for part in parts[:8]):
            raise forms.ValidationError("Tulis nomor kolom, misalnya 2 atau 2, 3.")
        return [int(part) for part in parts[:8]]

    def clean_account(self) -> str:
        text = self.cleaned_data["account"].strip()
        if not re.search(r"\d{4}", re.sub(r"[ .\-]", "", text)):
            raise forms.ValidationError("Tulis nomor rekening dengan angka.")
        return text

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        if self.errors:
            return data
        self._same_account()
        names = set(Mapping.model_fields) - {"heading"}
        given = {name: data[name] for name in names if name in data}
        given |= {name: data[name].splitlines() for name in ("out", "into")}
        given |= {name: [w.strip() for w in given[name] if w.strip()] for name in ("out", "into")}
        try:
            self.mapping = Mapping(**given)
        except ValidationError as wrong:
            raise forms.ValidationError("Susunan ini tidak dapat dipakai.") from wrong
        for name in self.mapping.lacks():
            self.add_error(name, NEEDS[name])
        return data

    def _same_account(self) -> None:
        same = BankFormat.objects.filter(
            daerah=self.daerah, name=self.cleaned_data["name"],
            account=self.cleaned_data["account"],
        ).exclude(pk=self.stored.pk if self.stored else None)  # fmt: skip
        if same.exists():
            self.add_error("account", "Format untuk rekening ini sudah ada; ubah yang itu.")

    def finished(self, text: str) -> Mapping:
        """Return the mapping to keep, with the heading of the sample. Raises BrokenFile."""
        assert self.mapping is not None  # noqa: S101 - asked for after is_valid
        if self.mapping.kind == "mt940" or not self.mapping.header:
            return self.mapping
        heading = csv_file.heading(text, self.mapping) if text else []
        if not heading and self.stored is not None:
            heading = self.stored.mapping.get("heading", [])
        return self.mapping.model_copy(update={"heading": heading})


def initial(stored: BankFormat) -> dict[str, Any]:
    """Return what the form shows of a stored format."""
    given = dict(stored.mapping)
    for name in ("out", "into"):
        given[name] = "\n".join(given.get(name, []))
    given["texts"] = ", ".join(map(str, given.get("texts", [])))
    return given | {"name": stored.name, "account": stored.account}


def first_lines(data: bytes, most: int = 40) -> str:
    """Return the beginning of a sample as text. Raises BrokenFile."""
    from retribusi.statements.rows import decoded

    text = decoded(data)
    return "".join(text.splitlines(keepends=True)[:most])[:40000]


__all__ = ["BrokenFile", "FormatForm", "UploadForm", "first_lines", "initial"]
