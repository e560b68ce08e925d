"""Forms of the counter: who stands there, how he is reached, and what his paper receipt says."""

import uuid

from django import forms

from accounts.fields import NikField, PhoneField
from accounts.identity_forms import FILE_HELP, accepted
from accounts.models import Identity
from applications import parents
from applications.dossiers import Paper, wrong_day
from applications.fields import day
from applications.forms import KeyField
from imbportal.indonesia import mask_name

TODAY, PAPER = "loket", "kertas"
PERMIT, SERVICE = "izin", "layanan"
CARD = "image/*,.pdf"
"""What a phone offers its camera for."""
WAYS = (
    (TODAY, "Diserahkan sekarang di loket"),
    (PAPER, "Berkas kertas (portal sempat tidak dapat dipakai)"),
)


class WhoForm(forms.Form):
    """The first question at the counter; it is carried along by every page that follows."""

    nik = NikField(
        label="NIK", help_text="16 angka pada KTP pemohon, atau KTP penanggung jawab badan."
    )
    jenis = forms.ChoiceField(
        label="Jenis pemohon", choices=Identity.Kind.choices, widget=forms.RadioSelect,
        initial=Identity.Kind.PERSON,
    )  # fmt: skip
    untuk = forms.ChoiceField(
        label="Yang dimohon", widget=forms.RadioSelect, initial=PERMIT, required=False
    )
    cara = forms.ChoiceField(
        label="Berkasnya", choices=WAYS, widget=forms.RadioSelect, initial=TODAY
    )
    key = KeyField(required=False, widget=forms.HiddenInput, initial=uuid.uuid4)

    def __init__(self, *args, rules, **kwargs):
        super().__init__(*args, **kwargs)
        permit = rules.service.permit
        if parents.services(rules):
            self.fields["untuk"].choices = [
                (PERMIT, f"{permit} baru"), (SERVICE, f"Layanan atas {permit} yang sudah terbit"),
            ]  # fmt: skip
        else:
            del self.fields["untuk"]


class ReachForm(forms.Form):
    """Where news go; who has neither keeps number and secret of his receipt."""

    phone = PhoneField(label="Nomor HP (boleh kosong)", required=False)
    email = forms.EmailField(label="Alamat surel (boleh kosong)", required=False)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["email"].help_text = (
            "Ke sini dikirim kabar, tidak pernah kode. Tanpa keduanya, pemohon memantau dengan "
            "nomor dan kode lacaknya."
        )
        for field in self.fields.values():
            field.widget.attrs["autocomplete"] = "off"

    def clean_email(self):
        return self.cleaned_data["email"].lower()


class RenewForm(ReachForm):
    """The same put right later, and a new photo of the card."""

    ktp = forms.FileField(
        label="Foto KTP baru (boleh kosong)",
        required=False,
        help_text=FILE_HELP,
        widget=forms.FileInput(attrs={"accept": CARD}),
    )

    def __init__(self, *args, user, **kwargs):
        super().__init__(*args, **kwargs)
        self.user = user
        self.fields["email"].help_text = "Ke sini dikirim kabar, tidak pernah kode."

    def clean_ktp(self):
        return accepted(self.cleaned_data.get("ktp"), self.user)


class PersonChoice(forms.Form):
    """Which of the accounts with this NIK is the person; their names are masked."""

    akun = forms.ChoiceField(
        label="Akun yang sudah ada dengan NIK ini",
        widget=forms.RadioSelect,
        error_messages={"required": "Pilih akunnya setelah mencocokkan nama dengan KTP."},
    )

    def __init__(self, *args, found, **kwargs):
        super().__init__(*args, **kwargs)
        self.found = {str(person.user_id): person for person in found}
        self.fields["akun"].choices = [(pk, masked(p)) for pk, p in self.found.items()]
        if len(found) == 1:
            self.fields["akun"].initial = str(found[0].user_id)

    @property
    def person(self):
        return self.found[self.cleaned_data["akun"]].user


def masked(person):
    """Return how an officer sees whose account it is before he has confirmed it."""
    login = (
        "belum punya akun masuk" if hasattr(person.user, "walk_in") else "sudah punya akun masuk"
    )
    return f"{mask_name(person.name)}, {person.get_kind_display().lower()}, {login}"


class PaperForm(forms.Form):
    """What the paper receipt says of a dossier that was taken while the portal was away."""

    received_on = day(
        "Tanggal tanda terima kertas", help_text="Janji waktu layanan dihitung sejak tanggal ini."
    )
    paper_number = forms.CharField(label="Nomor tanda terima kertas (boleh kosong)", max_length=60,
                                   required=False)  # fmt: skip
    paper_reason = forms.CharField(
        label="Mengapa diterima di kertas",
        max_length=300,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text="Misalnya: portal tidak dapat dibuka sejak pukul 9. Dibaca kepala kantor.",
    )

    def __init__(self, *args, slug, **kwargs):
        super().__init__(*args, **kwargs)
        self.slug = slug

    def clean_received_on(self):
        day = self.cleaned_data["received_on"]
        if text := wrong_day(self.slug, day):
            raise forms.ValidationError(text)
        return day

    @property
    def paper(self):
        said = self.cleaned_data
        return Paper(said["received_on"], said["paper_number"], said["paper_reason"])
