"""The file of a case: asked for, made by the worker, fetched by who asked."""

from django.contrib.auth.decorators import login_required
from django.http import Http404
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from applications.casefile import orders
from applications.models import CaseFile
from applications.office.queue import nav
from applications.refusals import Conflict, NotVisible
from applications.views.frame import frame, home
from applications.views.refusal import refusals_as_pages
from imbportal import uploads

ZIP = "application/zip"
APPLICANT, OFFICE = CaseFile.For.APPLICANT, CaseFile.For.OFFICE


@login_required
@refusals_as_pages
@require_http_methods(["GET", "HEAD", "POST"])
def mine(request, pk):
    """Let the applicant take the file of his case along."""
    case = _case(request, pk, APPLICANT)
    request.back = case.get_absolute_url()
    if request.method == "POST":
        orders.ask(case, request.user, APPLICANT)
        return redirect("applications:case_file", pk)
    context = _context(request, case, APPLICANT) | frame(case)
    context["crumbs"] = (home(case), ("Permohonan ini", case.get_absolute_url()))
    return render(request, "applications/casefile.html", context)


@refusals_as_pages
@require_http_methods(["GET", "HEAD", "POST"])
def office(request, pk):
    """Let an officer take the file of a case along."""
    case = _case(request, pk, OFFICE)
    request.back = reverse("admin:case", args=[pk])
    if request.method == "POST":
        orders.ask(case, request.user, OFFICE)
        return redirect("admin:case_file", pk)
    context = _context(request, case, OFFICE) | {"desk_nav": nav("", request), "case": case}
    return render(request, "applications/kantor/casefile.html", context)


def _case(request, pk, audience):
    case = orders.case_for(request.user, pk, audience)
    if case is None:
        raise NotVisible()
    timezone.activate(case.rules.timezone)
    return case


def _context(request, case, audience):
    order = orders.latest(case, request.user, audience)
    return {
        "title": "Berkas digital",
        "order": order,
        "until": order and order.created_at + orders.KEPT,
        "back": request.back,
    }


@login_required
@refusals_as_pages
@require_safe
def fetch(request, pk):
    """Send the ZIP to who asked for it, while he may still see what is in it; and note when."""
    order = CaseFile.objects.select_related("application").filter(pk=pk, by=request.user).first()
    if order is None or not orders.case_for(request.user, order.application_id, order.audience):
        raise NotVisible("Berkas digital ini tidak ditemukan.")
    page = "applications" if order.audience == APPLICANT else "admin"
    request.back = reverse(f"{page}:case_file", args=[order.application_id])
    if not order.file:
        raise Conflict("Berkas digital ini belum siap atau sudah dihapus. Minta lagi.")
    try:
        response = uploads.respond(order.file, name=orders.file_name(order), mime=ZIP)
    except FileNotFoundError:
        raise Http404("Berkas digital ini tidak ada lagi.") from None
    CaseFile.objects.filter(pk=pk).update(fetched_at=timezone.now())
    return response
