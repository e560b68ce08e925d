"""What the counter prints for a case and notes on it: form, slip, paper receipt."""

from django.conf import settings
from django.contrib import messages
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from accounts import walk_ins
from applications import clock, facts, filing, parents
from applications.casework import KRK_FORM_OPEN
from applications.office.counter_forms import PaperForm, RenewForm
from applications.office.queue import nav
from applications.paper_parts import service_facts
from applications.papers import label_of
from applications.refusals import Conflict, NotVisible
from applications.views.fetch import own
from applications.views.frame import frame, sent_version
from applications.views.refusal import refusals_as_pages
from applications.views.sections import wants_krk

UNPROCESSABLE = 422


def _case(request, pk):
    """Return the case for whose applicant the reader acts at the counter. Raises NotVisible."""
    application = own(request.user, pk)
    if not application.by_counter:
        raise NotVisible()
    request.back = application.get_absolute_url()
    return application


def _frame(request, application):
    parent = parents.of(application)
    # A draft has no track yet: which service it is stands among its answers.
    service = service_facts(application) or ([("Atas izin", str(parent))] if parent else [])
    return frame(application) | {"desk_nav": nav("counter", request), "service": service}


@refusals_as_pages
@require_http_methods(["GET", "HEAD", "POST"])
def paper(request, pk):
    """Put right what the paper receipt of a draft says, or take the note away."""
    application = _case(request, pk)
    known = {
        "received_on": application.received_on,
        "paper_number": application.paper_number,
        "paper_reason": application.paper_reason,
    }
    posted = request.POST if request.method == "POST" and "hapus" not in request.POST else None
    form = PaperForm(posted, slug=application.daerah, initial=known)
    if request.method == "POST" and (posted is None or form.is_valid()):
        noted = form.paper if posted is not None else None
        filing.note_paper(application, noted, by=request.user, version=sent_version(request))
        messages.success(request, "Tersimpan." if noted else "Catatan berkas kertas dihapus.")
        return redirect(application)
    if application.state != "DRAFT":
        raise Conflict("Permohonan sudah dikirim; tanggal berkas kertasnya tidak berubah lagi.")
    status = UNPROCESSABLE if form.errors else 200
    context = _frame(request, application) | {"form": form}
    return render(request, "applications/kantor/counter_paper.html", context, status=status)


@refusals_as_pages
@require_http_methods(["GET", "HEAD", "POST"])
def reach(request, pk):
    """Put right how somebody without a login is reached, and the photo of his card."""
    application = _case(request, pk)
    walk_in = walk_ins.standing(application.applicant)
    if walk_in is None:
        raise Conflict("Pemohon ini punya akun sendiri; ia mengubah kontaknya di sana.")
    known = {"phone": walk_in.phone, "email": walk_in.email}
    data = (request.POST, request.FILES) if request.method == "POST" else ()
    form = RenewForm(*data, user=request.user, initial=known)
    if request.method == "POST" and form.is_valid():
        filing.reach(application, **form.cleaned_data, by=request.user)
        messages.success(request, "Kontak pemohon tersimpan.")
        return redirect(application)
    status = UNPROCESSABLE if form.errors else 200
    context = _frame(request, application) | {"form": form}
    return render(request, "applications/kantor/counter_reach.html", context, status=status)


@refusals_as_pages
@require_safe
def form(request, pk):
    """Show the form that the applicant signs: his answers and the statements."""
    application = _case(request, pk)
    rules, values = application.rules, facts.of(application)
    move = "request_krk" if application.state in KRK_FORM_OPEN and wants_krk(application) else ""
    move = move or "submit"
    sections = [
        (section.title, [
            (fact.label, label_of(rules, fact.code, values.get(fact.code)))
            for fact in facts.asked(rules, section.form, values)
            if fact.section == section.code and fact.code in values
        ])
        for section in rules.section
    ]  # fmt: skip
    context = _frame(request, application) | {
        "answers": [(title, rows) for title, rows in sections if rows],
        "parts": application.parts.all(),
        "statements": [said.text for said in rules.statement if said.move == move],
        "what": "KRK" if move == "request_krk" else _wanted(application),
        "today": clock.today(application),
    }
    return render(request, "applications/kantor/counter_form.html", context)


def _wanted(application):
    """Return what is applied for, within a sentence: the permit or the service on one."""
    service = parents.title(application)
    return service[:1].lower() + service[1:] or application.rules.service.permit


@refusals_as_pages
@require_safe
def slip(request, pk):
    """Show the slip that the person takes along: number, secret, and how to claim the case."""
    application = _case(request, pk)
    if not application.number:
        raise Conflict("Permohonan belum dikirim, jadi belum bernomor. Kirim dahulu.")
    at = application.registered_at or timezone.now()
    context = _frame(request, application) | {
        "day": application.received_on or clock.local_date(application, at),
        "site": settings.SITE_URL,
        "track_url": settings.SITE_URL + reverse("applications:track"),
        "claim_url": settings.SITE_URL + reverse("applications:claim"),
        "login": walk_ins.standing(application.applicant) is None,
    }
    return render(request, "applications/kantor/counter_slip.html", context)
