"""Forms of who somebody is, by kind of applicant, and of a power of attorney."""

from django import forms

from accounts import identity
from accounts.fields import DigitsField, NikField
from accounts.models import Identity, Mandate
from imbportal import indonesia, uploads

Kind = Identity.Kind
FILE_HELP = "PDF, JPEG, atau PNG, paling besar 25 MB."


def nib_field():
    return DigitsField(
        label="NIB",
        lengths=(13,),
        message="NIB terdiri dari 13 angka, seperti tertulis di OSS.",
        help_text="13 angka.",
    )


def npwp_field():
    return DigitsField(
        label="NPWP",
        lengths=(15, 16),
        message="NPWP terdiri dari 15 atau 16 angka.",
        help_text="15 atau 16 angka.",
    )


class IdentityForm(forms.ModelForm):
    """What all kinds share. ``user`` is who sends the file; an old NIK or photo may stay."""

    nik = NikField(label="NIK", help_text="16 angka, seperti tertulis di KTP.")
    ktp = forms.FileField(label="Foto KTP", help_text=FILE_HELP)

    class Meta:
        model = Identity
        fields = ["name", "address"]
        widgets = {"address": forms.Textarea(attrs={"rows": 2})}

    kind = Kind.PERSON

    def __init__(self, *args, user, **kwargs):
        super().__init__(*args, **kwargs)
        self.user = user
        if self.instance.nik:
            self.fields["nik"].required = False
            self.fields[
                "nik"
            ].help_text = f"Tersimpan: {self.instance.nik_masked}. Kosongkan bila tidak berubah."
        if self.instance.ktp and "ktp" in self.fields:
            self.fields["ktp"].required = False
            self.fields[
                "ktp"
            ].help_text = f"Sudah ada. Pilih berkas bila ingin mengganti. {FILE_HELP}"

    def clean_nik(self):
        nik = self.cleaned_data["nik"] or self.instance.nik
        if text := identity.kept(self.instance, nik):
            raise forms.ValidationError(text)
        return nik

    def clean_ktp(self):
        return accepted(self.cleaned_data.get("ktp"), self.user)

    def _post_clean(self):
        """Set what is no column of the form before the instance is checked."""
        self.instance.kind = self.kind
        self.instance.nik = self.cleaned_data.get("nik") or self.instance.nik
        super()._post_clean()

    def store(self, tell=None):
        return identity.store(self.instance, ktp=self.cleaned_data.get("ktp"), tell=tell)


class PersonForm(IdentityForm):
    field_order = ["name", "nik", "address", "ktp"]

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["name"].help_text = "Seperti tertulis di KTP."


class EntityForm(IdentityForm):
    kind = Kind.ENTITY
    nib = nib_field()
    npwp = npwp_field()
    field_order = ["name", "nib", "npwp", "address", "in_charge", "position", "nik", "ktp"]

    class Meta(IdentityForm.Meta):
        fields = ["name", "nib", "npwp", "address", "in_charge", "position"]

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["name"].label = "Nama badan hukum"
        self.fields["address"].label = "Alamat kantor"
        require_charge(self)
        self.fields["ktp"].label = "Foto KTP penanggung jawab"


class PublicBodyForm(IdentityForm):
    kind = Kind.PUBLIC
    ktp = None
    field_order = ["name", "address", "in_charge", "position", "nik"]

    class Meta(IdentityForm.Meta):
        fields = ["name", "address", "in_charge", "position"]

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["name"].label = "Nama instansi"
        self.fields["address"].label = "Alamat kantor"
        require_charge(self)


def require_charge(form):
    """Ask for the person in charge, whose NIK it then is."""
    form.fields["in_charge"].required = form.fields["position"].required = True
    form.fields["nik"].label = "NIK penanggung jawab"


FORMS = {form.kind: form for form in (PersonForm, EntityForm, PublicBodyForm)}


class MandateForm(forms.ModelForm):
    """The letter of attorney and how long it holds."""

    letter = forms.FileField(label="Surat kuasa", help_text=f"Bermeterai. {FILE_HELP}")

    class Meta:
        model = Mandate
        fields = ["letter", "valid_from", "valid_until"]
        widgets = {
            "valid_from": forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
            "valid_until": forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        }
        help_texts = {"valid_until": "Kosongkan bila surat kuasa tidak menyebut batas waktu."}

    def __init__(self, *args, user, **kwargs):
        super().__init__(*args, **kwargs)
        self.user = user
        self.initial["valid_from"] = self.instance.valid_from or indonesia.today()

    def clean_letter(self):
        letter = accepted(self.cleaned_data.get("letter"), self.user)
        self.instance.letter_scan = letter.scan
        return letter.content

    def clean(self):
        data = super().clean()
        since, until = data.get("valid_from"), data.get("valid_until")
        if until and until < indonesia.today():
            self.add_error("valid_until", "Surat kuasa ini sudah berakhir. Unggah yang berlaku.")
        elif since and until and until < since:
            self.add_error("valid_until", "Tanggal akhir tidak boleh sebelum tanggal awal.")
        return data


def accepted(file, user):
    """Return the safe copy of an uploaded file, None without one; a refusal is the form's own."""
    if not file:
        return None
    try:
        return uploads.accept(file, owner=user)
    except uploads.UploadRefused as refusal:
        raise forms.ValidationError(refusal.message) from refusal
