"""One door for photos of many documents: what bears a QR code finds its slot, the rest is asked."""

from django import forms
from django.conf import settings
from django.contrib import messages
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST

from applications import casework, requirements, sorting
from applications.forms import CHOOSE_FILE, checked_beforehand
from applications.views.fetch import with_case
from applications.views.frame import frame
from imbportal import uploads

MEGABYTE = 2**20
UNPROCESSABLE = 422
TOGETHER = 10
"""Files of one request."""
TOO_MANY = f"Pilih paling banyak {TOGETHER} berkas sekali kirim."
AGAIN = (
    "{count} berkas ini belum tersimpan: unggah sebagian dahulu, sisanya sesudah itu. Yang sudah "
    "diunggah sebelumnya tetap ada."
)
WHOLE = 50
"""Megabytes of one request; the web server takes little more (deploy/nginx.conf)."""
TOO_LARGE = f"Berkas-berkas ini bersama-sama melebihi {WHOLE} MB. Unggah sebagian dahulu."
THROW = "buang"


class ManyFiles(forms.FileInput):
    allow_multiple_selected = True


class FilesField(forms.FileField):
    """Several files; each of them is looked at by itself where it is parsed."""

    widget = ManyFiles

    def widget_attrs(self, widget):
        """Let the script refuse early, in the same words."""
        return checked_beforehand() | {
            "data-banyak": TOGETHER,
            "data-terlalu-banyak": TOO_MANY,
            "data-semua": WHOLE * MEGABYTE,
            "data-semua-terlalu-besar": TOO_LARGE,
        }

    def clean(self, data, initial=None):
        return [super(FilesField, self).clean(file, initial) for file in data or [None]]


class ManyForm(forms.Form):
    files = FilesField(
        label="Pilih foto atau PDF",
        error_messages={
            "required": CHOOSE_FILE,
            "empty": uploads.UploadRefused("empty").message,
        },
    )

    def clean_files(self):
        files = self.cleaned_data["files"]
        if len(files) > TOGETHER:
            raise forms.ValidationError(f"{TOO_MANY} {AGAIN.format(count=len(files))}")
        if any(file.size > settings.UPLOAD_LIMIT for file in files):
            raise forms.ValidationError(uploads.UploadRefused("size").message)
        if sum(file.size for file in files) > WHOLE * MEGABYTE:
            raise forms.ValidationError(TOO_LARGE)
        return files


class PlaceForm(forms.Form):
    """Where one held file belongs."""

    untuk = forms.ChoiceField(
        label="Berkas ini untuk",
        error_messages={
            "required": "Pilih dahulu dokumennya.",
            "invalid_choice": "Pilih dokumen yang diminta dalam permohonan ini.",
        },
    )

    def __init__(self, *args, slots, **kwargs):
        super().__init__(*args, label_suffix="", **kwargs)
        choices = [(slot.code, slot.requirement.label) for slot in slots]
        self.fields["untuk"].choices = [("", "Pilih …"), *choices]


@with_case
@require_http_methods(["GET", "HEAD", "POST"])
def sort(request, application):
    """Take files for many slots at once, and show which of them still wait for one."""
    if request.method != "POST":
        return _page(request, application, ManyForm())
    form = ManyForm(request.POST, request.FILES)
    if not form.is_valid():
        return _page(request, application, form, status=UNPROCESSABLE)
    done = sorting.sort(application, form.cleaned_data["files"], by=request.user)
    if not done.kept and not done.held:
        for name, why in done.refused:
            form.add_error("files", f"{name}: {why}")
        return _page(request, application, form, status=UNPROCESSABLE)
    _tell(request, done)
    page = "applications:sort" if done.held or done.refused else "applications:documents"
    return redirect(reverse(page, args=[application.pk]))


def _tell(request, done):
    for slot, version in done.kept:
        messages.success(request, f"{version.name} masuk ke {slot.requirement.label}.")
    for name in done.stale:
        text = f"Masa berlaku kode QR pada {name} sudah lewat. Pilih tempatnya di bawah."
        messages.warning(request, text)
    if len(done.held) > len(done.stale):
        count = len(done.held) - len(done.stale)
        text = (
            f"Tidak ada kode QR yang menunjukkan tempat {count} berkas. Pilih tempatnya di bawah."
        )
        messages.warning(request, text)
    for name, why in done.refused:
        messages.error(request, f"{name}: {why}")


@with_case
@require_POST
def place(request, application, version):
    """Put one held file where its applicant says, or throw it away."""
    page = reverse("applications:sort", args=[application.pk])
    if THROW in request.POST:
        sorting.discard(application, version, by=request.user)
        messages.success(request, "Berkas sudah dibuang.")
        return redirect(page)
    form = _place_form(application, version, request.POST)
    if not form.is_valid():
        return _page(request, application, ManyForm(), wrong={version: form})
    try:
        kept = sorting.place(application, version, form.cleaned_data["untuk"], by=request.user)
    except uploads.UploadRefused as refused:
        form.add_error("untuk", str(refused))
        return _page(request, application, ManyForm(), wrong={version: form})
    label = dict(form.fields["untuk"].choices)[kept.document.requirement]
    messages.success(request, f"{kept.name} masuk ke {label}.")
    return redirect(page if sorting.held(application) else _documents(application))


def _documents(application):
    return reverse("applications:documents", args=[application.pk])


def _place_form(application, version, data=None, initial=None):
    slots = requirements.due(application)
    return PlaceForm(
        data,
        slots=slots,
        initial=initial,
        auto_id=f"pilah-{version}-%s",
        use_required_attribute=False,
    )


def _page(request, application, form, *, wrong=None, status=200):
    wrong = wrong or {}
    asked, suggested = request.GET.get("berkas", ""), request.GET.get("untuk", "")
    waiting = [
        (version, wrong.get(version.pk) or _place_form(
            application, version.pk,
            initial={"untuk": suggested if str(version.pk) == asked else ""},
        ))
        for version in sorting.held(application)
    ]  # fmt: skip
    context = frame(application) | {
        "form": form,
        "waiting": waiting,
        "editable": application.state in casework.UPLOAD_OPEN,
        "together": TOGETHER,
        "limit": settings.UPLOAD_LIMIT // MEGABYTE,
        "whole": WHOLE,
        "documents_url": _documents(application),
    }
    status = UNPROCESSABLE if wrong else status
    return render(request, "applications/sort.html", context, status=status)
