"""Forms of the officers' site: a new officer, a posting, a number changed at the counter."""

from django import forms

from accounts import contacts, office, postings
from accounts.fields import PhoneField
from accounts.models import Posting, User
from imbportal.daerah import registry


class OfficerForm(forms.ModelForm):
    email = forms.EmailField(
        label="Surel", help_text="Petugas membuat kata sandinya lewat surel ini."
    )

    class Meta:
        model = User
        fields = ["name", "email", "nip"]

    def clean_email(self):
        email = self.cleaned_data["email"].lower()
        if contacts.email_owner(email, but=self.instance):
            raise forms.ValidationError("Alamat surel ini sudah dipakai akun lain.")
        return email


class PostingForm(forms.ModelForm):
    """A new posting. ``actor`` (set by the admin page) limits it to his daerah."""

    actor: User
    login = forms.CharField(label="Surel atau nomor HP petugas", max_length=254)
    seat = forms.ChoiceField(label="Peran")
    where = forms.ChoiceField(
        label="Unit", required=False, help_text="Kosongkan: unit menurut aturan daerah."
    )

    class Meta:
        model = Posting
        fields = ["kind", "for_posting", "valid_from", "valid_until"]
        labels = {"for_posting": "Menggantikan"}

    field_order = ["login", "seat", "where", *Meta.fields]

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        daerah = [
            (slug, registry.current(slug)) for slug in sorted(office.administered(self.actor))
        ]
        self.fields["seat"].choices = [("", "pilih"), *map(seats, daerah)]
        self.fields["where"].choices = [("", "menurut peran"), *map(units, daerah)]
        self._offer_replaced(self.fields["for_posting"], [slug for slug, _ in daerah])

    @staticmethod
    def _offer_replaced(field, slugs):
        """Offer whom a delegate may replace by name and title; nobody is added from here."""
        field.widget = getattr(field.widget, "widget", field.widget)
        field.empty_label = "tidak menggantikan siapa pun"
        field.label_from_instance = postings.seat_of
        field.queryset = (
            Posting.objects.filter(daerah__in=slugs)
            .exclude(kind__in=[Posting.Kind.PLT, Posting.Kind.PLH, Posting.Kind.AN])
            .select_related("user")
        )

    def clean_login(self):
        login = contacts.normalise(self.cleaned_data["login"])
        user = contacts.email_owner(login) or contacts.phone_owner(login)
        if not user or not user.is_active:
            raise forms.ValidationError(
                "Tidak ada akun aktif dengan alamat ini. Buat dahulu akunnya."
            )
        if user == self.actor:
            raise forms.ValidationError("Penempatan Anda sendiri diatur oleh admin lain.")
        return user

    def clean(self):
        data = super().clean()
        if {"login", "seat"} & self.errors.keys():
            return data
        self._place(data)
        self._check_delegation(data)
        since, until = data.get("valid_from"), data.get("valid_until")
        if since and until and until < since:
            self.add_error("valid_until", "Tanggal akhir tidak boleh sebelum tanggal awal.")
        return data

    def _place(self, data):
        """Fill in what the seat means; the unit is the role's own unless another is named."""
        slug, _, role = data["seat"].partition("|")
        named, _, unit = data.get("where", "").partition("|")
        if named and (named != slug or role in postings.BUILT_IN):
            self.add_error("where", "Unit ini tidak sesuai dengan perannya.")
        known = registry.current(slug).role.get(role)
        home = known.units if known else ()
        if len(home) > 1 and unit not in home:
            self.add_error("where", "Pilih unitnya: peran ini ada di beberapa unit.")
        self.instance.user, self.instance.daerah, self.instance.role = data["login"], slug, role
        self.instance.unit = unit or next(iter(home), "")

    def _check_delegation(self, data):
        """Ask a delegate whom he replaces: the same role of the same daerah."""
        base = data.get("for_posting")
        if data.get("kind") == Posting.Kind.DEFINITIF:
            if base:
                self.add_error("for_posting", "Pejabat definitif tidak menggantikan siapa pun.")
        elif not base:
            self.add_error("for_posting", "Pilih pejabat yang digantikan.")
        elif (base.daerah, base.role) != (self.instance.daerah, self.instance.role):
            self.add_error("for_posting", "Pejabat ini memegang peran lain.")


class EndPostingForm(forms.ModelForm):
    """What is left to change of a posting: its last day."""

    class Meta:
        model = Posting
        fields = ["valid_until"]

    def clean_valid_until(self):
        until = self.cleaned_data["valid_until"]
        if until and until < self.instance.valid_from:
            raise forms.ValidationError("Tanggal akhir tidak boleh sebelum tanggal awal.")
        return until


class NumberForm(forms.Form):
    """At the counter: whose number is lost, the new one, and on what grounds."""

    login = forms.CharField(label="Surel atau nomor HP lama", max_length=254)
    phone = PhoneField(label="Nomor HP baru")
    reason = forms.CharField(
        label="Dasar",
        max_length=200,
        help_text="Misalnya: pemilik datang sendiri dengan KTP, surat kehilangan nomor …",
    )

    def __init__(self, *args, actor, **kwargs):
        super().__init__(*args, **kwargs)
        self.actor = actor

    def clean_login(self):
        login = contacts.normalise(self.cleaned_data["login"])
        user = contacts.email_owner(login) or contacts.phone_owner(login)
        if not user or not office.may_change(self.actor, user):
            raise forms.ValidationError("Tidak ada akun dengan alamat ini yang dapat Anda ubah.")
        return user

    def clean_phone(self):
        if contacts.phone_owner(self.cleaned_data["phone"]):
            raise forms.ValidationError("Nomor ini sudah dipakai akun lain.")
        return self.cleaned_data["phone"]


def seats(daerah):
    """Return one group of choices: the roles of a daerah's file and the built-in ones."""
    slug, rules = daerah
    titles = {code: role.title for code, role in rules.role.items()} | postings.BUILT_IN
    return (rules.name, [(f"{slug}|{code}", title) for code, title in titles.items()])


def units(daerah):
    slug, rules = daerah
    return (rules.name, [(f"{slug}|{code}", unit.title) for code, unit in rules.unit.items()])
