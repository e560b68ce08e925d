"""What Django's own forms say of a wrong answer, in words that say what to do."""

from django import forms
from django.core import validators

FILE = "Pilih dulu berkasnya."
WORDS = {
    forms.Field: {"required": "Isi bagian ini."},
    forms.BooleanField: {"required": "Centang bagian ini untuk melanjutkan."},
    forms.ChoiceField: {"invalid_choice": "Pilih salah satu yang ada dalam daftar."},
    forms.ModelChoiceField: {"invalid_choice": "Pilih salah satu yang ada dalam daftar."},
    forms.IntegerField: {"invalid": "Tulis dengan angka bulat, misalnya 2."},
    forms.DecimalField: {"invalid": "Tulis dengan angka, misalnya 120,5."},
    forms.DateField: {"invalid": "Tulis tanggal lengkap, misalnya 31/12/2026."},
    forms.FileField: {
        "required": FILE,
        "missing": FILE,
        "invalid": "Berkasnya tidak ikut terkirim. Pilih sekali lagi, lalu kirim.",
        "empty": "Berkas ini kosong. Pilih berkas yang benar, lalu unggah lagi.",
    },
}


def apply():
    """Put the words in the place of Django's; a form's own still come first."""
    for field, words in WORDS.items():
        field.default_error_messages = field.default_error_messages | words
    validators.EmailValidator.message = "Tulis alamat surel lengkap, misalnya nama@contoh.id."
    validators.MinValueValidator.message = "Isi angka paling sedikit %(limit_value)s."
    validators.MaxValueValidator.message = "Isi angka paling besar %(limit_value)s."
