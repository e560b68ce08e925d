"""What officers do with complaints: each by a POST that carries the version of its page."""

from django.contrib import messages
from django.http import Http404
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST

from accounts import postings
from applications.office.queue import daerah_of, nav, tabs_of_daerah
from applications.refusals import Barred, Unmet
from applications.views.frame import sent_version
from applications.views.refusal import refusals_as_pages
from feedback.complaints import desk, door, guard
from feedback.complaints.forms import EnteredForm
from feedback.models.complaint import handles
from imbportal.context import postings_of
from imbportal.daerah import registry

UNPROCESSABLE = 422
DONE = {
    "take": "Pengaduan ada di tangan Anda.",
    "assign": "Pengaduan diserahkan.",
    "answer": "Jawaban tercatat dan dikirim bila pelapor meninggalkan kontak.",
    "escalate": "Kepala kantor diberi tahu.",
    "reopen": "Pengaduan dibuka kembali.",
    "note": "Catatan disimpan.",
}


@require_POST
@refusals_as_pages
def move(request, pk, move):
    """Make one move; what is typed comes back where it lacks something."""
    complaint = desk.fetched(request, pk)
    request.back = reverse("admin:complaint", args=[pk])
    if move not in DONE:
        raise Http404
    text = request.POST.get("text", "")[:4000]
    if move == "answer" and "yakin" not in request.POST:
        return _sure(request, complaint, text)
    try:
        _make(request, pk, move, text)
    except Unmet as unmet:
        return desk.shown(
            request, complaint, UNPROCESSABLE, missing=unmet.missing, typed={move: text}
        )
    messages.success(request, DONE[move])
    return redirect("admin:complaint", pk=pk)


def _make(request, pk, move, text):
    by = {"by": request.user, "version": sent_version(request)}
    if move == "take":
        door.take(pk, **by)
    elif move == "assign":
        to = request.POST.get("to", "")[:9]
        door.assign(pk, to=int(to) if to.isascii() and to.isdigit() else None, **by)
    elif move == "note":
        door.note(pk, text, by=request.user)
    else:
        {"answer": door.answer, "escalate": door.escalate, "reopen": door.reopen}[move](
            pk, text, **by
        )


def _sure(request, complaint, text):
    """Show the answer once more: it goes out and cannot be taken back."""
    guard.require_answer(complaint, request.user)
    door.check_version(complaint, sent_version(request))
    if not text.strip():
        missing = ["Tulis jawabannya."]
        return desk.shown(request, complaint, UNPROCESSABLE, missing=missing)
    context = {
        "desk_nav": nav("complaints", request),
        "title": "Kirim jawaban ini?",
        "complaint": complaint,
        "text": text.strip(),
    }
    return render(request, "feedback/desk_answer.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@refusals_as_pages
def enter(request):
    """Write down a complaint that came by another way, and print its receipt."""
    request.back = reverse("admin:complaints")
    held = [one for one in postings_of(request) if handles(one)]
    held = [one for one in held if one.role != postings.AUDITOR]
    given = request.POST if request.method == "POST" else request.GET
    here = given.get("daerah") if given.get("daerah") in {p.daerah for p in held} else ""
    here = here or daerah_of(request, held)
    if not here:
        raise Barred(guard.READS)
    data = (request.POST, request.FILES) if request.method == "POST" else ()
    form = EnteredForm(*data, slug=here, sender=request.user)
    if request.method == "POST" and form.is_valid():
        _, token = door.receive(form.given(here), by=request.user, key=form.cleaned_data["key"])
        return redirect(reverse("complaints:status", args=[token]) + "?baru=1")
    context = {
        "desk_nav": nav("complaints", request),
        "title": "Catat pengaduan",
        "rules": registry.current(here),
        "here": here,
        "tabs": tabs_of_daerah(held, here),
        "form": form,
    }
    status = UNPROCESSABLE if request.method == "POST" else 200
    return render(request, "feedback/desk_enter.html", context, status=status)
