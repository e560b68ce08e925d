"""Documents of the requirements: one slot each, versions, verdicts; and the files themselves."""

from urllib.parse import urlencode

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.db.models import Sum
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from applications import attachments, casework, clock, letters, requirements, rules, sorting
from applications.forms import LetterForm, UploadForm
from applications.models import Application, DocumentVersion, PagePicture
from applications.told import Told
from applications.views import kept
from applications.views.fetch import with_case
from applications.views.frame import frame
from applications.views.refusal import refusals_as_pages
from imbportal import uploads

MEGABYTE = 1024 * 1024
UNPROCESSABLE = 422
GROUPS = (("administrasi", "Persyaratan administrasi"), ("teknis", "Persyaratan teknis"))


@with_case
@require_safe
def documents(request, application):
    """Show every slot with its state and its own upload form."""
    return _page(request, application)


@with_case
@require_POST
def upload(request, application, code):
    """Take one file for one slot; a refusal stands at that slot."""
    slot = _slot(application, code)
    form = UploadForm(request.POST, request.FILES, images=slot.requirement.images)
    if not form.is_valid():
        return _page(request, application, code, form.errors["file"][0])
    try:
        version = sorting.upload(application, code, form.cleaned_data["file"], by=request.user)
    except (uploads.UploadRefused, sorting.OtherCase, sorting.Full) as refused:
        return _page(request, application, code, str(refused))
    except sorting.Misplaced as found:
        return _misplaced(request, application, slot, found)
    messages.success(request, _thanks(slot.requirement.label, version))
    return redirect(_back(request, application, code))


def _misplaced(request, application, slot, found):
    """Lead to where one says whether a form goes where its QR code says, or stays here."""
    ours, theirs = found.slot.requirement.label, slot.requirement.label
    text = f"Berkas ini formulir untuk {ours}, bukan {theirs}. Belum kami simpan; pilih tempatnya."
    messages.warning(request, text)
    query = urlencode({"berkas": found.version.pk, "untuk": found.slot.code})
    page = reverse("applications:sort", args=[application.pk])
    return kept.answered(request, redirect(f"{page}?{query}"))


@with_case
@require_POST
def letter(request, application, code):
    """Keep how far the letter of another agency is; what was typed wrong stays at its slot."""
    slot = _slot(application, code)
    if not slot.requirement.authority:
        raise Http404
    form = _letter_form(application, slot, request.POST)
    if not form.is_valid():
        return _page(request, application, typed={code: form})
    letters.track(application, code, form.cleaned_data, by=request.user)
    messages.success(request, f"Catatan {slot.requirement.label} tersimpan.")
    return redirect(reverse("applications:documents", args=[application.pk]) + f"#{code}")


def _letter_form(application, slot, data=None):
    known = {field: getattr(slot.document, field, None) for field in letters.FIELDS}
    today = clock.today(application)
    return LetterForm(data, today=today, initial=known, auto_id=f"surat-{slot.code}-%s")


def _thanks(label, version):
    if version.scan == DocumentVersion.Scan.WAITING:
        return f"{label} sudah diunggah dan sedang dipindai; hasilnya tampak dalam beberapa menit."
    return f"{label} sudah diunggah."


def _slot(application, code):
    slot = next((s for s in requirements.due(application) if s.code == code), None)
    if slot is None:
        raise Http404
    return slot


def _back(request, application, code):
    """Return the place that sent the file: its slot, or the point of the letter."""
    if request.POST.get("dari") != "perbaikan":
        return reverse("applications:documents", args=[application.pk]) + f"#{code}"
    point = request.POST.get("catatan", "")[:9]
    place = f"#catatan-{point}" if point.isdecimal() else ""
    return reverse("applications:corrections", args=[application.pk]) + place


def _page(request, application, wrong="", error="", typed=None):
    """Show all slots; ``typed`` are forms of letters by code that could not be kept."""
    known = Told(application)
    slots = [
        _shown(application, slot, known, error if slot.code == wrong else "", typed or {})
        for slot in requirements.due(application)
    ]
    editable = application.state in casework.UPLOAD_OPEN
    context = frame(application) | {
        "groups": [
            (name, *_surest_first(slot for slot in slots if slot["requirement"].group == group))
            for group, name in GROUPS
        ],
        "editable": editable,
        "wrong": wrong,
        "wrong_text": error,
        "wrong_label": next((s["requirement"].label for s in slots if s["error"]), ""),
        "limits": limits(application),
        "missing": sum(1 for slot in slots if slot["missing"]),
        "refused": sum(1 for slot in slots if slot["tone"] == "bad"),
        "has_forms": any(slot["forms"] for slot in slots),
        "held": len(sorting.held(application)),
    }
    status = UNPROCESSABLE if error or typed else 200
    return render(request, "applications/documents.html", context, status=status)


def _surest_first(slots):
    """Return the slots to be seen at once, and those of which the answers do not tell yet."""
    due, unsure = [], []
    for slot in slots:
        (due if slot["known"] or slot["version"] or slot["error"] else unsure).append(slot)
    return due, unsure


def _shown(application, slot, known, error, typed):
    """Return one slot as the page shows it."""
    versions = (
        sorted(slot.document.versions.all(), key=lambda v: -v.number) if slot.document else []
    )
    label, tone = badge(slot, known)
    return {
        "requirement": slot.requirement,
        "known": slot.known,
        "missing": slot.missing and slot.known,
        "version": slot.version,
        "remarks": known.remarks(slot.version) if slot.version else [],
        "older": [(version, known.remarks(version)) for version in versions[1:]],
        "badge": label,
        "tone": tone,
        "url": reverse("applications:upload", args=[application.pk, slot.code]),
        "form": UploadForm(images=slot.requirement.images, auto_id=f"{slot.code}-%s"),
        "error": error,
        "letter": (typed.get(slot.code) or _letter_form(application, slot))
        if slot.requirement.authority
        else None,
        "letter_url": reverse("applications:letter", args=[application.pk, slot.code]),
        "told": letters.told(slot),
        "forms": [
            (
                form.title,
                _form_url("form_filled", application.pk, slot.code, form.code),
                _form_url("form_blank", application.daerah, form.code),
            )
            for form in application.rules.blanks_of(slot.requirement)
        ],  # fmt: skip
    }


def _form_url(name, *words):
    return reverse(f"applications:{name}", args=words)


def badge(slot, known):
    """Return how a slot stands as far as it was told, in a word and a tone."""
    version = slot.version
    if not slot.known:
        return "Belum tentu perlu", "plain"
    if version is None:
        return ("Boleh kosong", "plain") if slot.requirement.optional else ("Belum diunggah", "due")
    if version.scan == DocumentVersion.Scan.WAITING:
        return "Sedang dipindai", "due"
    if version.scan != DocumentVersion.Scan.CLEAN:
        return version.get_scan_display(), "bad"
    tones = {"sesuai": "good", "tidak": "bad"}
    verdict = known.verdict(version)
    return (version.get_verdict_display(), tones[verdict]) if verdict else ("Sudah diunggah", "")


def limits(application):
    """Return what the page says beforehand: per file, per case, pages, and the room left."""
    used = DocumentVersion.objects.filter(document__application=application).aggregate(
        total=Sum("size")
    )["total"]
    return {
        "file": settings.UPLOAD_LIMIT // MEGABYTE,
        "case": settings.CASE_LIMIT // MEGABYTE,
        "pages": settings.PAGE_LIMIT,
        "left": max(0, settings.CASE_LIMIT - (used or 0)) // MEGABYTE,
    }


@login_required
@refusals_as_pages
@require_safe
def page_picture(request, pk, page):
    """Serve the picture of one page to those who may see its case."""
    version = _visible(request, pk)
    row = get_object_or_404(PagePicture, version=version, page=page)
    if not row.file or version.scan != DocumentVersion.Scan.CLEAN:
        raise Http404
    mime = "image/png" if row.file.name.endswith(".png") else "image/jpeg"
    try:
        return uploads.respond(row.file, name=f"halaman-{page}", mime=mime, inline=True)
    except FileNotFoundError:
        raise Http404 from None


def _visible(request, pk):
    """Return a version of a case that the user may see; what the office attached is its own."""
    visible = Application.objects.visible_to(request.user).values("pk")
    found = DocumentVersion.objects.select_related("document__application")
    version = get_object_or_404(found, pk=pk, document__application__in=visible)
    case = version.document.application
    if attachments.is_attachment(version) and rules.is_applicant(case, request.user):
        raise Http404
    unsorted = version.document.requirement == requirements.HELD
    if unsorted and not rules.acts_for_applicant(case, request.user):
        raise Http404
    return version


@login_required
@refusals_as_pages
@require_safe
def version_file(request, pk):
    """Serve an uploaded file to those who may see its case; nothing that may be harmful."""
    found = _visible(request, pk)
    if found.scan != DocumentVersion.Scan.CLEAN:
        return uploads.held(request, found.scan, "/masuk/")
    try:
        return uploads.respond(found.file, name=found.name, mime=found.mime, inline=True)
    except FileNotFoundError:
        raise Http404 from None
