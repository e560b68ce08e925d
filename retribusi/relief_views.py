"""The applicant's pages of a request for relief: its documents, sending it, taking it back."""

from django import forms
from django.contrib import messages
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from applications import clock
from applications.forms import UploadForm
from applications.models import DocumentVersion
from applications.refusals import Conflict, Unmet
from applications.views import kept
from applications.views.fetch import with_case
from applications.views.frame import frame, sent_version
from imbportal import uploads
from imbportal.indonesia import tanggal
from retribusi import relief as requests
from retribusi import reliefs, sheets, taking_back
from retribusi.assessment import newest

UNPROCESSABLE = 422
LONGEST = 2000


class AskForm(forms.Form):
    """What the applicant says to whoever decides, and that he asks for it."""

    words = forms.CharField(
        label="Keterangan Anda (boleh kosong)", required=False, max_length=LONGEST,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text="Misalnya keadaan yang perlu diketahui oleh yang memutuskan.",
    )  # fmt: skip
    true = forms.BooleanField(
        label="Dokumen yang saya lampirkan benar dan sesuai dengan aslinya.",
        error_messages={"required": "Centang pernyataan ini bila dokumennya benar."},
    )


@with_case
@require_safe
def documents(request, application, code):
    """Show what the request needs, and each document with its upload."""
    return _documents_page(request, application, code)


@with_case
@require_POST
def upload(request, application, code, document):
    """Take one file for one document; a refusal stands at that document."""
    requests.rule_for(application, code)
    form = UploadForm(request.POST, request.FILES)
    if not form.is_valid():
        return _documents_page(request, application, code, document, form.errors["file"][0])
    try:
        requests.upload(application, code, document, form.cleaned_data["file"], by=request.user)
    except uploads.UploadRefused as refused:
        return _documents_page(request, application, code, document, str(refused))
    messages.success(request, "Dokumen sudah diunggah.")
    return redirect(_page(application, code) + f"#{document}")


@with_case
@require_http_methods(["GET", "HEAD", "POST"])
def send(request, application, code):
    """Show the sum and what is enclosed; take the words and send the request."""
    rule = requests.rule_for(application, code)
    request.back = _page(application, code)
    if request.method != "POST":
        waiting = kept.of(request)
        form = AskForm(initial=waiting.dict() if waiting else {}, label_suffix="")
        return _send_page(request, application, rule, form, restored=waiting is not None)
    form = AskForm(request.POST, label_suffix="")
    if not form.is_valid():
        return _send_page(request, application, rule, form, status=UNPROCESSABLE)
    try:
        relief = requests.ask(
            application, code, form.cleaned_data["words"], by=request.user,
            version=sent_version(request),
        )  # fmt: skip
    except Unmet as refusal:
        missing = {"missing": refusal.missing, "status": UNPROCESSABLE}
        return _send_page(request, application, rule, form, **missing)
    who = reliefs.holder_title(relief)
    messages.success(request, f"Permohonan {rule.kind} terkirim. Sekarang di tangan {who}.")
    return redirect(application)


@with_case
@require_http_methods(["GET", "HEAD", "POST"])
def withdraw(request, application):
    """Ask before a request is taken back, then take it back."""
    return taking_back.page(
        request, application, application.reliefs, requests.withdraw,
        said="Permohonan keringanan sudah ditarik kembali.", heading="Tarik permohonan keringanan",
        question="Tarik kembali permohonan ini?",
        text="Retribusi ditagih menurut perhitungan. Selama belum dibayar, permohonan dapat "
        "diajukan lagi.",
    )  # fmt: skip


# -- Pages ----------------------------------------------------------------------------------
def _page(application, code):
    return reverse("retribusi:relief", args=[application.pk, code])


def _crumbs(application, rule):
    title = f"{rule.kind.capitalize()} retribusi"
    return {"relief_title": title, "here": title}


def _documents_page(request, application, code, wrong="", error=""):
    rule = requests.rule_for(application, code)
    attached = reliefs.attached(application, rule)
    asked = application.reliefs.filter(code=code).order_by("-pk").first()
    hindrance = requests.hindrance(application, rule)
    context = frame(application) | _crumbs(application, rule) | {
        "rule": rule,
        "share": reliefs.share(application, code),
        "decides": reliefs.who_decides(rule, application.rules),
        "sums": _sums(application, code),
        "slots": [_slot(application, code, item, error if item.document.code == wrong else "")
                  for item in attached],
        "missing": sum(item.missing for item in attached),
        "hindrance": hindrance,
        "asked": _asked(asked) if asked else None,
        "wrong": wrong,
        "error": error,
        "send_url": reverse("retribusi:relief_send", args=[application.pk, code]),
    }  # fmt: skip
    status = UNPROCESSABLE if error else 200
    return render(request, "retribusi/keringanan.html", context, status=status)


def _slot(application, code, item, error):
    """Return one document as the page shows it."""
    label, tone = _badge(item)
    return {
        "document": item.document,
        "version": item.version,
        "own": item.own,
        "badge": label,
        "tone": tone,
        "error": error,
        "form": UploadForm(auto_id=f"{item.document.code}-%s"),
        "url": reverse("retribusi:relief_upload", args=[application.pk, code, item.document.code]),
    }


def _badge(item):
    if item.document.calculation:
        return "Dilampirkan portal", "good"
    if item.version is None:
        return "Belum diunggah", "due"
    if item.version.scan == DocumentVersion.Scan.WAITING:
        return "Sedang dipindai", "due"
    if item.version.scan != DocumentVersion.Scan.CLEAN:
        return item.version.get_scan_display(), "bad"
    return ("Sudah diunggah", "good") if item.own else ("Sudah ada di permohonan ini", "good")


def _asked(relief):
    """Return what was sent, for the page of a request that waits or is decided."""
    case = relief.application
    return {
        "state": relief.get_state_display(),
        "open": relief.holder != "",
        "day": tanggal(clock.local_date(case, relief.asked_at)),
        "who": reliefs.holder_title(relief),
        "since": tanggal(clock.local_date(case, relief.since)),
        "words": relief.words,
        "files": reliefs.files(relief),
        "reason": relief.reason,
    }


def _sums(application, code):
    assessment = newest(application)
    return reliefs.trial(application, assessment, code) if assessment else None


def _send_page(request, application, rule, form, *, missing=None, restored=False, status=200):
    if text := requests.hindrance(application, rule):
        raise Conflict(text)
    attached = reliefs.attached(application, rule)
    assessment = newest(application)
    context = frame(application) | _crumbs(application, rule) | {
        "rule": rule,
        "form": form,
        "share": reliefs.share(application, rule.code),
        "decides": reliefs.who_decides(rule, application.rules),
        "sums": _sums(application, rule.code),
        "steps": sheets.labelled(sheets.bill_table(assessment.result, 0)),
        "attached": attached,
        "missing": missing or reliefs.gaps(attached),
        "voids": application.state == "AWAITING_PAYMENT",
        "restored": restored,
        "back_url": _page(application, rule.code),
    }  # fmt: skip
    return render(request, "retribusi/keringanan_kirim.html", context, status=status)
