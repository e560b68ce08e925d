"""Forms of the applicant; those of a section are made from the daerah's own facts."""

import uuid

from django import forms
from django.conf import settings

from applications import facts, statements
from applications.fields import NumberField, WholeField, YesNoField, day
from applications.models import Application, BuildingPart
from imbportal import areas, indonesia, uploads
from imbportal.daerah import conditions
from imbportal.daerah.vocabulary import AREA_FACTS

TEXT_LENGTH, DIGITS, MOST = 500, 12, 10**6
EARLIEST = 1900
"""Year before which no permit was issued."""
CHOOSE = ("", "Pilih …")


# -- A section of the KRK or permit form ---------------------------------------------------
class SectionForm(forms.Form):
    """The questions of one section; all may stay empty until the application is sent."""

    def __init__(self, *args, application, section, **kwargs):
        self.application, self.section = application, section
        self.values = facts.of(application)
        super().__init__(*args, initial=self.values, **kwargs)
        for fact in facts.asked(application.rules, section.form, self.values):
            if fact.section == section.code:
                self.fields[fact.code] = _field(fact, application, self.values)
        if "village" in self.fields:
            self._offer_villages()

    @property
    def kecamatan_changed(self):
        """Whether another kecamatan is sent than is stored: its village must be chosen anew."""
        return self.is_bound and self._kecamatan() != self.values.get("kecamatan", "")

    def _kecamatan(self):
        if self.is_bound and "kecamatan" in self.fields:
            return self.data.get("kecamatan", "")
        return self.values.get("kecamatan", "")

    def _offer_villages(self):
        """Let the village be chosen among those of the kecamatan, which must be saved first."""
        names = [name for _, name in areas.villages(self._kecamatan())]
        old = self.fields["village"]
        field = forms.ChoiceField(
            label=old.label, required=False, choices=[CHOOSE, *((name, name) for name in names)]
        )
        field.help_text = (
            old.help_text
            if names
            else "Pilih kecamatan lalu tekan Simpan; daftar desanya muncul sesudah itu."
        )
        self.fields["village"] = field
        if self.is_bound and self.data.get("village") not in names:
            self.data = self.data.copy()
            self.data["village"] = ""

    def answers(self):
        """Return what to store by fact code, with None for answers that no longer apply."""
        return self.cleaned_data | self._outdated(self.cleaned_data)

    def _outdated(self, given):
        """Return the stored answers to questions which these answers rule out."""
        values = self.values | given
        values = {code: value for code, value in values.items() if value not in (None, "")}
        return {
            fact.code: None
            for fact in self.application.rules.fact
            if fact.code in values and conditions.holds(fact.when, values) is False
        }


def _field(fact, application, values):
    """Return the form field of a fact."""
    optional = "" if fact.required else " (boleh kosong)"
    said = fact.unit in fact.label.lower().split()
    unit = f" ({fact.unit})" if fact.unit and not said else ""
    options = {
        "label": f"{fact.label}{unit}{optional}",
        "required": False,
        "help_text": " ".join(filter(None, (fact.help, _condition(fact, application, values)))),
    }
    return FIELDS[fact.type](fact, options, application)


def _condition(fact, application, values):
    """Return the hint on a question of which one does not know yet whether it must be answered."""
    waiting = conditions.unknown(fact.when, values)
    labels = {item.code: item.label for item in application.rules.fact}
    names = ", ".join(labels.get(code, code) for code in sorted(waiting))
    return f"Belum tahu apakah perlu; tergantung jawaban: {names}." if waiting else ""


def _column(fact):
    """Return the model field in which a common fact is kept, None for the daerah's own."""
    return Application._meta.get_field(fact.code) if fact.code in facts.COLUMNS else None


def _decimal(fact, options, application):
    column = _column(fact)
    digits = column.max_digits if column else DIGITS
    return NumberField(
        max_digits=digits, decimal_places=2, min_value=fact.min, max_value=fact.max, **options
    )


def _integer(fact, options, application):
    least = 0 if fact.min is None else int(fact.min)
    bounds = [v.limit_value for v in _column(fact).validators] if _column(fact) else []
    most = min([MOST if fact.max is None else int(fact.max), *(b for b in bounds if b > 0)])
    return WholeField(min_value=least, max_value=most, **options)


def _choice(fact, options, application):
    if fact.code in AREA_FACTS:
        choices = areas.kecamatan(application.rules.region_code)
    else:
        choices = [(choice.value, choice.label) for choice in fact.choices]
        hints = [f"{c.label}: {c.help}" for c in fact.choices if c.help]
        options["help_text"] = "\n".join([options["help_text"], *hints]).strip()
    return forms.ChoiceField(choices=[CHOOSE, *choices], **options)


def _text(fact, options, application):
    column = _column(fact)
    length = column.max_length if column else TEXT_LENGTH
    return forms.CharField(max_length=length, **options)


def _date(fact, options, application):
    return day(**options)


FIELDS = {
    "decimal": _decimal,
    "integer": _integer,
    "boolean": lambda fact, options, application: YesNoField(**options),
    "choice": _choice,
    "text": _text,
    "date": _date,
}


# -- Further buildings ---------------------------------------------------------------------
class PartForm(forms.ModelForm):
    floor_area = NumberField(
        label="Luas seluruh lantai (m²)", max_digits=12, decimal_places=2, min_value=1
    )
    floors = WholeField(label="Jumlah lantai", min_value=1, max_value=200)

    class Meta:
        model = BuildingPart
        fields = ["name", "function", "floor_area", "floors"]

    def __init__(self, *args, rules, **kwargs):
        super().__init__(*args, **kwargs)
        known = {fact.code: fact for fact in rules.fact}
        choices = known["function"].choices if "function" in known else ()
        if choices:
            self.fields["function"] = forms.ChoiceField(
                label="Fungsi bangunan", choices=[CHOOSE, *((c.value, c.label) for c in choices)]
            )


PartFormSet = forms.formset_factory(
    PartForm, extra=1, max_num=50, can_delete=True, can_delete_extra=False
)


# -- Opening, sending, uploading, answering ------------------------------------------------
class KeyField(forms.UUIDField):
    """The key that a page carries; one that cannot be read is none, and nobody's error."""

    def to_python(self, value):
        try:
            return super().to_python(value)
        except forms.ValidationError:
            return None


class KeyForm(forms.Form):
    """The key of its own that each page carries which opens a draft."""

    key = KeyField(required=False, widget=forms.HiddenInput, initial=uuid.uuid4)


class NewForm(KeyForm):
    """In which daerah, and for whom."""

    daerah = forms.ChoiceField(label="Di kabupaten atau kota mana?", widget=forms.RadioSelect)
    holder = forms.ChoiceField(
        label="Untuk siapa izin ini?",
        widget=forms.RadioSelect,
        required=False,
        help_text="Pemilik lain muncul di sini setelah Anda menambahkan surat kuasanya.",
    )

    def __init__(self, *args, listed, mandates, **kwargs):
        super().__init__(*args, **kwargs)
        self.mandates = {str(mandate.pk): mandate for mandate in mandates}
        self.fields["daerah"].choices = [(rules.slug, rules.name) for rules in listed]
        self.fields["holder"].choices = [
            ("", "Untuk saya sendiri"),
            *((pk, f"Untuk {mandate.owner}") for pk, mandate in self.mandates.items()),
        ]
        if len(listed) == 1:
            self.fields["daerah"].initial = listed[0].slug

    @property
    def mandate(self):
        return self.mandates.get(self.cleaned_data["holder"])


class PermitForm(forms.Form):
    """On which permit a service is asked for, by what stands on its paper."""

    number = forms.CharField(
        label="Nomor izin",
        max_length=80,
        help_text="Seperti tertulis pada suratnya.",
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
        error_messages={"required": "Tulis nomor izinnya."},
    )
    date = day("Tanggal izin", error_messages={"required": "Tulis tanggal izinnya."})

    def clean_number(self):
        return " ".join(self.cleaned_data["number"].split())

    def clean_date(self):
        """Refuse a day that no permit can bear."""
        day = self.cleaned_data["date"]
        if day > indonesia.today():
            raise forms.ValidationError("Tanggal ini belum tiba.")
        if day.year < EARLIEST:
            raise forms.ValidationError("Periksa tahunnya.")
        return day


class OlderPermitForm(PermitForm, NewForm):
    """The same of an applicant, who may act for others."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, label_suffix="", **kwargs)
        self.fields["holder"].label = "Izin itu atas nama siapa?"


class StatementsForm(forms.Form):
    """The statements that a move needs, one box each; those already accepted stay ticked."""

    def __init__(self, *args, application, move, **kwargs):
        super().__init__(*args, **kwargs)
        for statement in application.rules.statement:
            if statement.move == move:
                self.fields[statement.code] = forms.BooleanField(
                    label=statement.text,
                    initial=statements.accepted(application, statement),
                    error_messages={"required": "Centang pernyataan ini untuk mengirim."},
                )


def checked_beforehand(images=True):
    """Return attributes of a file field by which a script refuses early, in the server's words."""

    def words(code):
        return uploads.UploadRefused(code).message

    kinds = ["pdf", *(("jpg", "jpeg", "png") if images else ())]
    return {
        "accept": ",".join(f".{kind}" for kind in kinds),
        "data-jenis": " ".join(kinds),
        "data-salah-jenis": words("type" if images else "pdf_only"),
        "data-heic": words("heic" if images else "pdf_only"),
        "data-batas": settings.UPLOAD_LIMIT,
        "data-terlalu-besar": words("size"),
        "data-kosong": words("empty"),
        "data-pilih": CHOOSE_FILE,
    }


CHOOSE_FILE = "Pilih dulu berkasnya."


class UploadForm(forms.Form):
    """One file for one requirement."""

    file = forms.FileField(label="Pilih berkas")

    def __init__(self, *args, images=True, **kwargs):
        super().__init__(*args, **kwargs)
        field = self.fields["file"]
        field.widget.attrs |= checked_beforehand(images)
        field.error_messages |= {
            "required": CHOOSE_FILE,
            "missing": CHOOSE_FILE,
            "empty": uploads.UploadRefused("empty").message,
        }

    def clean_file(self):
        """Refuse by size before the file is parsed."""
        file = self.cleaned_data["file"]
        if file.size > settings.UPLOAD_LIMIT:
            raise forms.ValidationError(uploads.UploadRefused("size").message)
        return file


class LetterForm(forms.Form):
    """How far a letter is that the applicant asks another agency for."""

    asked_on = day("Diminta pada", required=False)
    expected_on = day("Diperkirakan selesai", required=False)
    received_on = day("Diterima pada", required=False)
    valid_until = day("Berlaku sampai", required=False)

    def __init__(self, *args, today, **kwargs):
        self.today = today
        super().__init__(*args, label_suffix="", **kwargs)

    def clean(self):
        given = super().clean()
        for field in ("asked_on", "received_on"):
            if given.get(field) and given[field] > self.today:
                self.add_error(field, "Tanggal ini belum tiba.")
        for field in ("expected_on", "received_on"):
            if given.get("asked_on") and given.get(field) and given[field] < given["asked_on"]:
                self.add_error(field, "Lebih awal daripada tanggal suratnya diminta.")
        if given.get("received_on") and given.get("valid_until"):
            if given["valid_until"] < given["received_on"]:
                self.add_error("valid_until", "Lebih awal daripada tanggal suratnya diterima.")
        return given


class AnswerForm(forms.Form):
    """An answer in words to one point of the letter."""

    text = forms.CharField(
        label="Jawaban Anda",
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": "Tulis apa yang sudah Anda perbaiki."},
    )


class TrackingForm(forms.Form):
    number = forms.CharField(label="Nomor permohonan", max_length=80)
    secret = forms.CharField(
        label="Kode lacak",
        max_length=20,
        help_text="Sepuluh huruf dan angka pada tanda terima Anda.",
        widget=forms.TextInput(attrs={"autocomplete": "off", "autocapitalize": "characters"}),
    )
