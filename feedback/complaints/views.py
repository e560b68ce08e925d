"""Complaints as anybody meets them: the form of a daerah, and the page behind a code."""

from typing import NamedTuple

from django.http import Http404
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from accounts import contacts
from accounts.lockout import client_ip
from applications.models import Application
from applications.refusals import Conflict, NotVisible
from applications.views.frame import sent_version
from applications.views.refusal import refusals_as_pages
from documents import services as documents
from feedback.complaints import door, terms, tokens
from feedback.complaints import letter as letters
from feedback.complaints.forms import UNKNOWN, CodeForm, ComplaintForm
from feedback.models import Complaint
from feedback.models.complaint_flow import Stage
from imbportal import publik
from imbportal.daerah import registry
from imbportal.limits import Limit

SENT = Limit("pengaduan", most=20, window=3600)
"""Complaints from one client address."""
MISSES = Limit("pengaduan-kode", most=20, window=600)
"""Codes that nobody has, from one client address."""
UNPROCESSABLE, TOO_MANY = 422, 429
WAIT = "Tunggu sepuluh menit, lalu coba lagi. Batas ini menjaga pengaduan orang dari tebakan."
LATER = (
    "Dari jaringan ini sudah banyak pengaduan dikirim. Coba lagi satu jam kemudian, atau pakai "
    "saluran lain: telepon, surat, atau datang ke kantor."
)
UNANSWERED = "Pengaduan ini belum dijawab, atau jawabannya tidak dibuat sebagai surat."
LAPOR = ("www.lapor.go.id", "https://www.lapor.go.id/")
"""SP4N-LAPOR: named beside the office's own channels; nothing is sent there."""


class Sender(NamedTuple):
    """By whom uploads are counted where nobody is logged in."""

    pk: str


@require_http_methods(["GET", "HEAD", "POST"])
def form(request, slug):
    """Show the channels of a daerah and take a complaint."""
    rules = next((rules for rules in registry.listed() if rules.slug == slug), None)
    if rules is None:
        raise Http404
    if request.method != "POST":
        return _form(request, rules, ComplaintForm(initial=_known(request, slug)))
    address = client_ip(request)
    if SENT.count(address):
        return render(request, "429.html", {"text": LATER}, status=TOO_MANY)
    typed = ComplaintForm(request.POST, request.FILES, sender=Sender(f"alamat:{address}"))
    if not typed.is_valid():
        return _form(request, rules, typed, UNPROCESSABLE)
    _, token = door.receive(typed.given(slug), key=typed.cleaned_data["key"])
    return redirect(reverse("complaints:status", args=[token]) + "?baru=1")


def _known(request, slug):
    """Return what the portal knows already: the case from whose page the reader came, and himself.

    Only a number that the reader's own case bears is taken up, and his own contacts.
    """
    wanted, user = request.GET.get("permohonan", ""), request.user
    if not (wanted and user.is_authenticated):
        return {}
    cases = Application.objects.visible_to(user).filter(daerah=slug, applicant=user)
    if not cases.filter(number=wanted).exists():
        return {}
    return {
        "case_number": wanted, "name": user.name, "email": contacts.confirmed_email(user),
        "phone": contacts.confirmed_phone(user),
    }  # fmt: skip


def _form(request, rules, typed, status=200):
    context = {
        "rules": rules,
        "place": rules.name,
        "form": typed,
        "own_term": publik.term(rules.complaint),
        "term": rules.complaint.term,
        "term_words": terms.words(rules),
        "lapor": LAPOR,
    }
    return render(request, "feedback/complaint_form.html", context, status=status)


@require_http_methods(["GET", "HEAD", "POST"])
def find(request):
    """Lead to the complaints of a daerah, or by a code to the answer."""
    typed = CodeForm(request.POST if request.method == "POST" else None)
    if request.method == "POST":
        if MISSES.reached(client_ip(request)):
            return render(request, "429.html", {"text": WAIT}, status=TOO_MANY)
        if typed.is_valid():
            token = typed.cleaned_data["code"]
            if Complaint.objects.filter(token_lookup=tokens.lookup(token)).exists():
                return redirect("complaints:status", token=token)
            typed.add_error("code", UNKNOWN)
        MISSES.count(client_ip(request))
    context = {"form": typed, "daerah": registry.listed()}
    status = UNPROCESSABLE if typed.is_bound else 200
    return render(request, "feedback/complaint_find.html", context, status=status)


@require_http_methods(["GET", "HEAD", "POST"])
@refusals_as_pages
def status(request, token):
    """Show what happened to a complaint to whoever has its code, and take his reply."""
    request.back = request.path
    address = client_ip(request)
    if MISSES.reached(address):
        return render(request, "429.html", {"text": WAIT}, status=TOO_MANY)
    found = _behind(token, address)
    if request.method != "POST":
        return _status(request, found, token)
    if "selesai" in request.POST:
        door.close(found.pk, version=sent_version(request))
    else:
        door.reopen(found.pk, request.POST.get("text", "")[:4000], version=sent_version(request))
    return redirect(request.path)


def _behind(token, address):
    """Return the complaint of a code; one that nobody has is counted."""
    found = Complaint.objects.filter(token_lookup=tokens.lookup(token)).first()
    if found is None:
        MISSES.count(address)
        raise NotVisible(door.GONE)
    return found


@require_safe
@refusals_as_pages
def letter(request, token):
    """Give the last answer as a letter to whoever has the code of its complaint."""
    request.back = reverse("complaints:status", args=[token])
    address = client_ip(request)
    if MISSES.reached(address):
        return render(request, "429.html", {"text": WAIT}, status=TOO_MANY)
    paper = letters.newest(_behind(token, address))
    if paper is None:
        raise NotVisible(UNANSWERED)
    try:
        return documents.respond(paper, inline=True)
    except documents.NotPrinted as waiting:
        raise Conflict(str(waiting)) from None


def _status(request, complaint, token):
    events = list(complaint.events.order_by("seq"))
    context = {
        "complaint": complaint,
        "rules": complaint.rules,
        "place": complaint.rules.name,
        "code": tokens.grouped(tokens.plain(token)) if "baru" in request.GET else "",
        "lines": terms.lines(complaint),
        "left": terms.left(complaint),
        "events": [event for event in reversed(events) if event.move not in ("assign", "take")],
        "files": complaint.files.all(),
        "letter": reverse("complaints:letter", args=[token]) if letters.newest(complaint) else "",
        "may_reply": complaint.state == Stage.ANSWERED,
        "may_reopen": complaint.state == Stage.ANSWERED and complaint.reopened_at is None,
        "until": terms.closes_on(complaint),
        "desk": request.user.is_authenticated and request.user.pk == complaint.entered_by_id,
    }
    return render(request, "feedback/complaint_status.html", context)
