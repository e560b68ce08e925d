"""The two ways to check a paper: its code, or the file itself."""

import re
from urllib.parse import unquote

from django import forms
from django.conf import settings

from documents.verification import TOKEN

LOOKS_LIKE = str.maketrans("018", "olb")
"""Digits that no token has, as the letters for which they are mistaken."""


class CodeForm(forms.Form):
    code = forms.CharField(
        label="Kode surat atau alamat dari kode QR",
        max_length=300,
        help_text="32 huruf dan angka di bawah kode QR. Spasi dan huruf besar tidak berpengaruh.",
        widget=forms.TextInput(attrs={"autocomplete": "off", "spellcheck": "false"}),
        error_messages={"required": "Tulis kode surat."},
    )

    def clean_code(self):
        """Return the token in what was typed or pasted, the whole address included."""
        typed = unquote(self.cleaned_data["code"]).strip().rstrip("/").rsplit("/", 1)[-1]
        token = re.sub(r"[\s-]", "", typed).lower().translate(LOOKS_LIKE)
        if not TOKEN.fullmatch(token):
            raise forms.ValidationError(
                "Kode ini bukan kode surat. Periksa lagi 32 huruf dan angka di bawah kode QR."
            )
        return token


class FileForm(forms.Form):
    file = forms.FileField(
        label="Berkas PDF surat",
        help_text="Berkas dibandingkan lalu langsung dibuang; tidak kami simpan.",
        widget=forms.ClearableFileInput(attrs={"accept": "application/pdf"}),
        error_messages={
            "required": "Pilih berkas PDF dahulu.",
            "empty": "Berkas ini kosong. Pilih berkas PDF surat.",
        },
    )

    def clean_file(self):
        file = self.cleaned_data["file"]
        if file.size > settings.UPLOAD_LIMIT:
            limit = settings.UPLOAD_LIMIT // 2**20
            raise forms.ValidationError(
                f"Berkas lebih besar dari {limit} MB, jadi bukan surat kami."
            )
        return file
