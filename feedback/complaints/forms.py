"""Forms: what somebody complains of, the code that leads to the answer, what a counter writes."""

import datetime
import uuid

from django import forms
from django.conf import settings

from accounts.fields import PhoneField
from applications.fields import day
from applications.forms import KeyField, checked_beforehand
from feedback.complaints import tokens
from feedback.complaints.door import Given
from feedback.models import Channel, Topic
from imbportal import uploads
from imbportal.daerah import calendar
from imbportal.indonesia import tanggal

TOGETHER = 2 * settings.UPLOAD_LIMIT
"""Bytes of all attachments: what nginx lets through."""
FILES, LONGEST, EARLIEST = 3, 4000, 365
"""Attachments and letters of one complaint; days that a written one may have lain."""
SHORTEST = 10
UNKNOWN = "Kode ini tidak dikenal. Periksa lagi huruf dan angkanya."
NO_REACH = "Isi surel atau nomor HP, atau pilih tanpa nama supaya jawaban dibaca dengan kode."


class SeveralFiles(forms.FileInput):
    allow_multiple_selected = True


class FilesField(forms.FileField):
    """Up to three files; cleaned to a list."""

    widget = SeveralFiles

    def __init__(self, **kwargs):
        super().__init__(**kwargs)
        self.widget.attrs["accept"] = checked_beforehand()["accept"]

    def clean(self, data, initial=None):
        given = [one for one in data or [] if one] if isinstance(data, list | tuple) else [data]
        found = [super(FilesField, self).clean(one, initial) for one in given if one]
        if len(found) > FILES:
            raise forms.ValidationError(f"Paling banyak {FILES} berkas.")
        if sum(one.size for one in found) > TOGETHER:
            raise forms.ValidationError("Bersama-sama berkas ini lebih dari 50 MB.")
        return found


class ComplaintForm(forms.Form):
    """What anybody may send; who stays unnamed leaves nothing of himself here."""

    topic = forms.ChoiceField(label="Tentang apa?", choices=[("", "Pilih …"), *Topic.choices])
    text = forms.CharField(
        label="Apa yang terjadi?", min_length=SHORTEST, max_length=LONGEST,
        widget=forms.Textarea(attrs={"rows": 6}),
        help_text="Tulis kapan, di mana, dan apa yang Anda harapkan. Jangan tulis NIK.",
        error_messages={"min_length": "Tulis sedikit lebih panjang supaya petugas memahaminya."},
    )  # fmt: skip
    case_number = forms.CharField(
        label="Nomor permohonan (boleh kosong)", max_length=80, required=False,
        help_text="Bila menyangkut satu permohonan. Petugas yang menanganinya tidak akan "
        "menjawab pengaduan ini.",
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )  # fmt: skip
    files = FilesField(
        label="Lampiran (boleh kosong)", required=False,
        help_text=f"Paling banyak {FILES} berkas PDF, JPEG, atau PNG; bersama-sama 50 MB.",
    )  # fmt: skip
    unnamed = forms.BooleanField(
        label="Kirim tanpa nama", required=False,
        help_text="Nama dan kontak tidak disimpan; Anda mendapat kode untuk membaca jawabannya. "
        "Nomor permohonan di atas dapat menunjukkan siapa Anda.",
    )  # fmt: skip
    name = forms.CharField(
        label="Nama", max_length=120, required=False,
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
    )  # fmt: skip
    email = forms.EmailField(
        label="Surel", required=False, widget=forms.EmailInput(attrs={"autocomplete": "email"})
    )
    phone = PhoneField(label="Nomor HP", required=False)
    key = KeyField(required=False, widget=forms.HiddenInput, initial=uuid.uuid4)

    channel = Channel.PORTAL
    reach_needed = True

    def __init__(self, *args, sender=None, **kwargs):
        super().__init__(*args, **kwargs)
        self.sender, self.kept = sender, []

    def clean_email(self):
        return self.cleaned_data["email"].lower()

    def clean(self):
        said = super().clean()
        if said.get("unnamed"):
            for field in ("name", "email", "phone"):
                said[field] = ""
                self._errors.pop(field, None)
        elif self.reach_needed and not self.errors:
            if not said.get("name"):
                self.add_error("name", "Isi nama Anda, atau pilih tanpa nama.")
            if not (said.get("email") or said.get("phone")):
                self.add_error("email", NO_REACH)
        if not self.errors:
            self._accept(said.get("files", []))
        return said

    def _accept(self, files):
        """Let the door for files take each; one that it refuses is an error of the field."""
        for one in files:
            try:
                self.kept.append(uploads.accept(one, images=True, owner=self.sender))
            except uploads.UploadRefused as refused:
                self.add_error("files", f"{uploads.display_name(one.name, '')}: {refused}")
                return

    def given(self, slug):
        """Return what is written down."""
        said = self.cleaned_data
        return Given(
            daerah=slug, topic=said["topic"], text=said["text"], files=self.kept,
            case_number=said["case_number"], name=said["name"], email=said["email"],
            phone=said["phone"], channel=said.get("channel") or self.channel,
            received_on=said.get("received_on"),
        )  # fmt: skip


class EnteredForm(ComplaintForm):
    """The same for what came by box, book, telephone or letter, written down by an officer."""

    channel = forms.ChoiceField(
        label="Datang lewat", choices=[c for c in Channel.choices if c[0] != Channel.PORTAL]
    )
    received_on = day(
        "Tanggal diterima petugas", help_text="Batas jawaban dihitung sejak tanggal ini."
    )
    field_order = ["channel", "received_on"]
    reach_needed = False

    def __init__(self, *args, slug, **kwargs):
        super().__init__(*args, **kwargs)
        self.today = calendar.today(slug)
        self.fields["received_on"].initial = self.today
        del self.fields["unnamed"]
        self.fields["text"].help_text = "Salin kata-kata pelapor. Jangan tulis NIK."
        self.fields["case_number"].help_text = "Bila menyangkut satu permohonan."
        for field in ("name", "email", "phone"):
            self.fields[field].label += " pelapor (boleh kosong)"
            self.fields[field].widget.attrs["autocomplete"] = "off"

    def clean_received_on(self):
        day, first = self.cleaned_data["received_on"], self.today - datetime.timedelta(EARLIEST)
        if not first <= day <= self.today:
            raise forms.ValidationError(
                f"Tanggal antara {tanggal(first)} dan {tanggal(self.today)}."
            )
        return day


class CodeForm(forms.Form):
    """The code that stands on the receipt."""

    code = forms.CharField(
        label="Kode pengaduan", max_length=60,
        widget=forms.TextInput(attrs={"autocomplete": "off", "autocapitalize": "characters"}),
    )  # fmt: skip

    def clean_code(self):
        code = tokens.plain(self.cleaned_data["code"])
        if len(code) != tokens.LENGTH or set(code) - set(tokens.LETTERS):
            raise forms.ValidationError(UNKNOWN)
        return code
