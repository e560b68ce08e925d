"""What a link writes down before it acts, as forms; each record is plain JSON."""

import datetime

from django import forms
from django.contrib import admin, messages
from django.http import Http404
from django.shortcuts import redirect, render
from django.utils.crypto import constant_time_compare
from django.views.decorators.http import require_http_methods

from applications import attachments, casework, clock, handing, papers, ports, rules, site_sheet
from applications.fields import day
from applications.forms import UploadForm
from applications.office.actions import find, version_of
from applications.office.queue import nav
from applications.office.record_form import RecordForm, figure
from applications.office.special_paper import SpecialPaperForm
from applications.office.visits import (
    AppointmentForm,
    Disinterest,
    HearingForm,
    MinutesForm,
    SiteSheet,
)
from applications.record_needs import LABELS
from applications.refusals import Barred
from applications.views.refusal import refusals_as_pages
from imbportal import uploads
from imbportal.indonesia import tanggal
from imbportal.limits import Limit


class KrkForm(RecordForm):
    zone = forms.CharField(label="Zona dan peruntukan", max_length=200)
    allowed_use = forms.CharField(label="Fungsi yang diizinkan", max_length=300)
    kdb_max = figure("KDB paling tinggi (%)", most=100)
    klb_max = figure("KLB paling tinggi (%)", "Luas seluruh lantai terhadap luas tanah.", most=5000)
    kdh_min = figure("KDH paling rendah (%)", most=100)
    ktb_max = figure(
        "KTB paling tinggi (%)", "Tapak basemen terhadap luas tanah.", most=100, required=False
    )
    gsb_min = figure("GSB paling sedikit (m)", "Dari as jalan.", most=500)
    other_setbacks = forms.CharField(
        label="Sempadan sungai, irigasi, dan jaringan listrik", max_length=300, required=False
    )
    clearance = figure("Jarak bebas bangunan paling sedikit (m)", most=500, required=False)
    floors_max = forms.IntegerField(label="Jumlah lantai paling banyak", min_value=1, max_value=200)
    height_max = figure("Tinggi bangunan paling tinggi (m)", most=1000, required=False)
    utilities = forms.CharField(
        label="Jaringan utilitas kota", max_length=300, required=False,
        help_text="Air, listrik, drainase, limbah, telekomunikasi.",
    )  # fmt: skip
    notes = forms.CharField(
        label="Ketentuan khusus", widget=forms.Textarea(attrs={"rows": 3}), required=False
    )
    valid_until = day("Berlaku sampai", required=False)


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
    receipt = forms.BooleanField(
        label="Bukti penerimaan berkas ditunjukkan dan diarsipkan",
        error_messages={"required": "Minta bukti penerimaan berkas sebelum menyerahkan."},
    )
    payment = forms.BooleanField(
        label="Bukti pembayaran retribusi ditunjukkan",
        error_messages={"required": "Minta bukti pembayaran retribusi sebelum menyerahkan."},
    )
    receiver = forms.CharField(label="Nama penerima", max_length=150)
    relation = forms.ChoiceField(
        label="Penerima adalah",
        choices=[("pemohon", "Pemohon"), ("kuasa", "Penerima kuasa pemohon")],
    )
    SHOWN = (("code", "kode"), ("receipt", "tanda_terima"), ("payment", "bukti_bayar"))
    """Fields by what the daerah's file wants to be shown."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        shows = set(self.case.rules.handover.shows)
        self.late = clock.delivers(self.case)
        if self.late:
            self._offer_the_way()
        if ports.money.nothing_paid(self.case):
            shows -= {"bukti_bayar"}
        for field, shown in self.SHOWN:
            if shown not in shows:
                del self.fields[field]
            elif self.late:
                self.fields[field].required = False

    def _offer_the_way(self):
        """Ask first whether it was brought, as it is owed; who came for it himself may have it."""
        way = forms.ChoiceField(
            label="Izin ini terlambat dan harus diantar ke alamat pemohon",
            choices=[(handing.BROUGHT, "Diantar ke alamat"), ("ambil", "Pemohon datang sendiri")],
            widget=forms.RadioSelect, initial=handing.BROUGHT,
        )  # fmt: skip
        address = forms.CharField(
            label="Alamat pengantaran", max_length=300, required=False,
            initial=self.case.holder.address if self.case.holder else "",
        )  # fmt: skip
        self.fields = {"way": way, "address": address, **self.fields}

    def clean(self):
        given = super().clean()
        if not self.late:
            return given
        if given.get("way") == handing.BROUGHT:
            if not given.get("address"):
                self.add_error("address", "Tulis alamat tempat izin diantar.")
            return given
        for field, _ in self.SHOWN:
            if field in self.fields and not given.get(field) and field not in self.errors:
                self.add_error(field, "Diminta bila pemohon datang sendiri.")
        return given

    def clean_code(self):
        code = self.cleaned_data["code"].replace(" ", "")
        if self.late and not code:
            return code
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


ATTACH = "lampiran"
"""Button beside the record's own that keeps a file and leaves the record as it is typed."""
BY_HAND = {site_sheet.SHEET: ("Petugas", "Pemohon atau wakilnya")}
"""Records that are printed and filled in at the place, with who signs at the foot."""
WITH_CHECKS = ("penilaian", "tinjau_lokasi")
FORMS = {
    "krk": KrkForm,
    "penilaian": AssessmentSheet,
    "pemutakhiran": UpdateForm,
    "serah_terima": HandoverForm,
    "jadwal_tinjau": AppointmentForm,
    "jadwal_dengar": AppointmentForm,
    "dengar_pendapat": HearingForm,
    "bapl": MinutesForm,
    "kertas_khusus": SpecialPaperForm,
    "tinjau_lokasi": SiteSheet,
    "berita_acara": MinutesForm,
    "tanpa_kepentingan": Disinterest,
}


SHORT = {
    "declared": "Menyatakan tidak berkepentingan",
    "way": "Cara penyerahan",
    "address": "Alamat pengantaran",
}
"""Names of answers whose question is long, or stands in no form beforehand."""
DELIVERED = {"antar": "Diantar ke alamat", "ambil": "Pemohon datang sendiri"}


def said(kind, key, value):
    """Return an answer of a record as label and words, as its form asked for it."""
    field = FORMS.get(kind, PlainRecord).base_fields.get(key)
    label = SHORT.get(key) or (field.label if field else key)
    if isinstance(field, forms.DateField):
        value = tanggal(datetime.date.fromisoformat(value))
    words = dict(getattr(field, "choices", None) or DELIVERED)
    return label, "Ya" if value is True else words.get(value, value)


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
    chains = case.rules.chains(case.track) if case.track else {}
    if not any(kind in link.needs for chain in chains.values() for link in chain):
        raise Http404("Catatan ini tidak dipakai dalam permohonan ini.")
    if case.turn_role not in rules.roles_of(case, request.user):
        raise Barred("Catatan ini diisi oleh petugas yang sedang mendapat giliran.")
    if kind in attachments.TAKES and ATTACH in request.POST:
        taken = _attach(request, case, kind)
        case = find(request, pk)  # as the file left it
        form = build(case, kind)
        form.initial |= request.POST.dict()  # what was typed so far stays typed
        return _page(request, case, kind, form, 200 if taken else 422)
    form = build(case, kind, request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        casework.record(case, kind, form.as_json(), by=request.user, version=version_of(request))
        messages.success(request, f"Tersimpan: {LABELS.get(kind, kind)}.")
        if kind in attachments.TAKES and request.FILES and not _attach(request, case, kind):
            return redirect("admin:record", pk=case.pk, kind=kind)
        return redirect("admin:case", pk=case.pk)
    return _page(request, case, kind, form, 422 if form.is_bound else 200)


def _page(request, case, kind, form, status):
    context = {
        **admin.site.each_context(request),
        "desk_nav": nav("", request),
        "case": case,
        "form": form,
        "kind": kind,
        "label": LABELS.get(kind, kind),
        "checks": site_sheet.results(case) if kind in WITH_CHECKS else [],
        "photos": kind in attachments.PHOTOS,
        "attached": attachments.of(case, kind),
        "attach_form": UploadForm(images=True) if kind in attachments.TAKES else None,
        "by_hand": BY_HAND.get(kind, ()),
        "place": papers.location(case),
    }
    return render(request, "applications/kantor/record.html", context, status=status)


def _attach(request, case, kind):
    """Keep a file beside the record; return whether it was taken, the page says why not."""
    form = UploadForm(request.POST, request.FILES, images=True)
    if not form.is_valid():
        messages.error(request, form.errors["file"][0])
        return False
    try:
        attachments.add(case, kind, form.cleaned_data["file"], by=request.user)
    except uploads.UploadRefused as refused:
        messages.error(request, str(refused))
        return False
    what = "Foto lokasi" if kind in attachments.PHOTOS else "Lampiran"
    messages.success(request, f"{what} tersimpan.")
    return True
