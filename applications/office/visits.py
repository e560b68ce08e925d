"""A visit to the site: the appointment, the sheet that is filled there, the minutes.

The sheet asks anew, in the order of the daerah's checks, for what the applicant stated.
"""

from django import forms

from applications import clock, facts, fields, guests, papers, ports, site_sheet, sites
from applications.fields import NumberField, YesNoField
from applications.office import guest_rows
from applications.office.record_form import RecordForm


def words(label, rows=3, required=True, help_text="", most=4000):
    return forms.CharField(
        label=label, help_text=help_text, required=required, max_length=most,
        widget=forms.Textarea(attrs={"rows": rows}),
    )  # fmt: skip


def matching(name):
    """Return a question that nobody has answered before he looked."""
    return forms.ChoiceField(
        label=site_sheet.JUDGED[name], choices=list(site_sheet.SAID.items()),
        widget=forms.RadioSelect,
    )  # fmt: skip


class AppointmentForm(RecordForm):
    """When and where one meets; the applicant is told with the move that follows."""

    day = fields.day("Tanggal")
    time = forms.TimeField(
        label="Pukul",
        widget=forms.TimeInput(attrs={"type": "time"}, format="%H:%M"),
        help_text="Waktu setempat.",
    )
    place = forms.CharField(label="Tempat bertemu", max_length=300)
    note = words("Yang perlu disiapkan pemohon", 2, required=False)

    def __init__(self, data=None, *, case, initial=None, **kwargs):
        usual = {"place": papers.location(case)}
        super().__init__(data, case=case, initial=usual | (initial or {}), **kwargs)
        self.guests = guest_rows.rows(data, guests.of(initial or {}))

    def clean(self):
        if not all([row.is_valid() for row in self.guests]):
            raise forms.ValidationError("Perbaiki baris undangan di bawah ini.")
        return super().clean()

    def clean_day(self):
        day = self.cleaned_data["day"]
        if day < clock.today(self.case):
            raise forms.ValidationError("Tanggal ini sudah lewat. Pilih hari ini atau sesudahnya.")
        return day

    def as_json(self):
        shown = super().as_json()
        return shown | {
            "time": f"{self.cleaned_data['time']:%H:%M}",
            guests.KEY: [row.as_json() for row in self.guests if row.named],
        }


class SiteSheet(RecordForm):
    """What was found on the site, beside what the application says."""

    drawings = matching("drawings")
    road = matching("road")
    note = words("Temuan di lokasi", help_text="Tulis juga bila tidak ada yang berbeda.")

    def __init__(self, *args, case, initial=None, **kwargs):
        initial = initial or {}
        super().__init__(*args, case=case, initial=initial | initial.get("measured", {}), **kwargs)
        stated = facts.of(case)
        fields = {fact.code: self._field(fact, stated) for fact in sites.measured(case)}
        self.fields = {**fields, **self.fields}
        if distance := sites.stated(case, sites.ROAD):
            self.fields["road"].help_text = f"Menurut permohonan: {distance} dari as jalan."

    def _field(self, fact, stated):
        said = papers.label_of(self.case.rules, fact.code, stated.get(fact.code))
        options = {
            "label": f"{fact.label} ({fact.unit})" if fact.unit else fact.label,
            "help_text": f"Menurut permohonan: {said or 'belum diisi'}.",
        }
        if fact.type == "boolean":
            return YesNoField(**options)
        return NumberField(max_digits=12, decimal_places=2, min_value=0, **options)

    def as_json(self):
        """Return the answers with what was measured by fact code, numbers as text."""
        given, codes = super().as_json(), {fact.code for fact in sites.measured(self.case)}
        found = {code: value for code, value in given.items() if code in codes}
        rest = {key: value for key, value in given.items() if key not in codes}
        return rest | {"measured": found}


class Disinterest(RecordForm):
    """The declaration of who assesses; it counts for himself alone."""

    declared = forms.BooleanField(
        label="Saya menyatakan tidak mempunyai kepentingan pribadi, keluarga, atau usaha dalam "
        "permohonan ini, dan tidak menerima apa pun dari pemohon.",
        error_messages={
            "required": "Bila Anda berkepentingan, jangan teruskan: serahkan kepada rekan."
        },
    )


class HearingForm(RecordForm):
    """What was said at a hearing: who came, what was objected, and what was answered to it."""

    present = words("Yang hadir", 3, help_text="Nama dan kedudukan, satu baris seorang.")
    objections = words(
        "Keberatan dan pendapat", 4, help_text="Satu baris satu pendapat, dengan siapa yang bicara."
    )
    answers = words("Jawaban atas keberatan", 4, required=False)
    conclusion = words("Kesimpulan", 2)

    def __init__(self, *args, case, initial=None, **kwargs):
        came = {"present": guests.expected(case, "jadwal_dengar")}
        super().__init__(*args, case=case, initial=came | (initial or {}), **kwargs)


class MinutesForm(RecordForm):
    """The minutes of the visit; their paper takes its number with the move that follows."""

    present = words("Yang hadir", 2, help_text="Nama dan kedudukan, satu baris seorang.")
    findings = words("Hasil peninjauan", 4)
    kondisi = forms.ChoiceField(
        label=ports.STAGE_LABEL,
        help_text="Hanya untuk pembangunan baru. Yang sudah dimulai menaikkan retribusi: unggah "
        "foto lokasi atau lampiran sebagai bukti.",
    )
    agreed = words("Yang disepakati", 3, required=False)
    conclusion = words("Kesimpulan", 2)

    def __init__(self, *args, case, initial=None, **kwargs):
        came = {"present": guests.expected(case, sites.APPOINTMENT)}
        super().__init__(*args, case=case, initial=came | (initial or {}), **kwargs)
        stages = ports.money.stages(case)
        if stages is None:
            del self.fields[ports.STAGE]
            return
        self.fields[ports.STAGE].choices = [("", "Pilih …"), *stages.choices]
        self.fields[ports.STAGE].required = stages.required
