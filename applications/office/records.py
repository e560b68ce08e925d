"""What a link writes down before it acts, as forms; each record is plain JSON."""

from django import forms
from django.contrib import admin, messages
from django.http import Http404
from django.shortcuts import redirect, render
from django.utils.crypto import constant_time_compare
from django.views.decorators.http import require_http_methods

from applications import casework, facts, ports, rules
from applications.guards import RECORD_LABELS
from applications.office.actions import find, version_of
from applications.office.queue import nav
from applications.refusals import Barred
from applications.views.refusal import refusals_as_pages
from imbportal.daerah import checks
from imbportal.limits import Limit


class RecordForm(forms.Form):
    """Base of the records; knows the case that it is about."""

    def __init__(self, *args, case, **kwargs):
        self.case = case
        kwargs.setdefault("label_suffix", "")
        super().__init__(*args, **kwargs)

    def as_json(self):
        """Return the cleaned answers as plain JSON, empty ones left out."""
        answers = {
            key: value for key, value in self.cleaned_data.items() if value not in (None, "")
        }
        return {
            key: value if isinstance(value, (bool, int, str)) else str(value)
            for key, value in answers.items()
        }


def figure(label, help_text="", most=100_000, required=True):
    """Return a field for a figure with two decimals at most; a comma is taken too."""
    return forms.DecimalField(
        label=label, help_text=help_text, min_value=0, max_value=most, decimal_places=2,
        required=required, localize=True,
    )  # fmt: skip


class KrkForm(RecordForm):
    zone = forms.CharField(label="Zona dan peruntukan", max_length=200)
    allowed_use = forms.CharField(label="Fungsi yang diizinkan", max_length=300)
    kdb_max = figure("KDB paling tinggi (%)", most=100)
    klb_max = figure("KLB paling tinggi (%)", "Luas seluruh lantai terhadap luas tanah.", most=5000)
    kdh_min = figure("KDH paling rendah (%)", most=100)
    gsb_min = figure("GSB paling sedikit (m)", "Dari as jalan.", most=500)
    floors_max = forms.IntegerField(label="Jumlah lantai paling banyak", min_value=1, max_value=200)
    height_max = figure("Tinggi paling tinggi (m)", most=1000, required=False)
    notes = forms.CharField(
        label="Ketentuan khusus", widget=forms.Textarea(attrs={"rows": 3}), required=False
    )


class AssessmentSheet(RecordForm):
    """The technical assessment: the checks are calculated, the conclusion is written."""

    architecture = forms.CharField(
        label="Arsitektur", widget=forms.Textarea(attrs={"rows": 2}), max_length=2000
    )
    structure = forms.CharField(
        label="Struktur", widget=forms.Textarea(attrs={"rows": 2}), max_length=2000
    )
    utilities = forms.CharField(
        label="Utilitas (air, limbah, listrik)",
        widget=forms.Textarea(attrs={"rows": 2}),
        max_length=2000,
    )
    conclusion = forms.CharField(
        label="Kesimpulan", widget=forms.Textarea(attrs={"rows": 3}), max_length=4000
    )


class UpdateForm(RecordForm):
    register = forms.CharField(
        label="Nomor dalam daftar bangunan gedung", max_length=80,
        help_text="Nomor pada pendataan bangunan gedung kantor.",
    )  # fmt: skip
    note = forms.CharField(
        label="Yang dimutakhirkan", widget=forms.Textarea(attrs={"rows": 3}), max_length=2000
    )


GUESSES = Limit("ambil", most=5, window=900)
"""Wrong pick-up codes per case: who has the paper before him must not be able to guess on."""


class HandoverForm(RecordForm):
    code = forms.CharField(
        label="Kode pengambilan", max_length=12,
        help_text="Enam angka yang ditunjukkan pemohon.",
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off"}),
    )  # fmt: skip
    receiver = forms.CharField(label="Nama penerima", max_length=150)
    relation = forms.ChoiceField(
        label="Penerima adalah",
        choices=[("pemohon", "Pemohon"), ("kuasa", "Penerima kuasa pemohon")],
    )

    def clean_code(self):
        code = self.cleaned_data["code"].replace(" ", "")
        if GUESSES.reached(self.case.pk):
            raise forms.ValidationError(
                "Terlalu banyak kode salah untuk permohonan ini. Tunggu 15 menit, lalu coba lagi."
            )
        if not constant_time_compare(code, self.case.pickup_code):
            GUESSES.count(self.case.pk)
            raise forms.ValidationError("Kode tidak cocok. Minta pemohon menunjukkan kodenya lagi.")
        return code

    def as_json(self):
        return {key: value for key, value in super().as_json().items() if key != "code"}


class PlainRecord(RecordForm):
    """A record that needs only words."""

    text = forms.CharField(label="Isi", widget=forms.Textarea(attrs={"rows": 5}), max_length=8000)


FORMS = {
    "krk": KrkForm,
    "penilaian": AssessmentSheet,
    "pemutakhiran": UpdateForm,
    "serah_terima": HandoverForm,
}


def build(case, kind, data=None):
    """Return the form of a record, filled with what stands written."""
    standing = case.records.filter(kind=kind).first()
    initial = standing.data if standing else {}
    if kind == "pendataan":
        return ports.money.building_form(case, data=data, initial=initial)
    return FORMS.get(kind, PlainRecord)(data, initial=initial, case=case)


@require_http_methods(["GET", "POST"])
@refusals_as_pages
def edit(request, pk, kind):
    """Show and save one record of the link on turn; a typed page stays typed on error."""
    case = find(request, pk)
    if not any(
        kind in link.needs for chain in case.rules.chains(case.track).values() for link in chain
    ):
        raise Http404("Catatan ini tidak dipakai dalam permohonan ini.")
    if case.turn_role not in rules.roles_of(case, request.user):
        raise Barred("Catatan ini diisi oleh petugas yang sedang mendapat giliran.")
    form = build(case, kind, request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        casework.record(case, kind, form.as_json(), by=request.user, version=version_of(request))
        messages.success(request, f"Tersimpan: {RECORD_LABELS.get(kind, kind)}.")
        return redirect("admin:case", pk=case.pk)
    context = {
        **admin.site.each_context(request),
        "desk_nav": nav(""),
        "case": case,
        "form": form,
        "kind": kind,
        "label": RECORD_LABELS.get(kind, kind),
        "checks": checks.run(case.rules, facts.with_krk(case)) if kind == "penilaian" else [],
    }
    status = 422 if form.is_bound else 200
    return render(request, "applications/kantor/record.html", context, status=status)
