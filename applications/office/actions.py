"""What an officer's buttons post: moves, verdicts, points, notes, claims."""

import uuid

from django.contrib import messages
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST

from applications import casework, requirements, rules, services
from applications.models import Application, DocumentVersion, Point
from applications.refusals import Barred, NotVisible, Unmet
from applications.views.refusal import refusals_as_pages
from applications.workflow import BY_NAME


def find(request, pk: uuid.UUID) -> Application:
    """Return the case for an officer; raises NotVisible, also for his own as applicant."""
    request.back = reverse("admin:case", args=[pk])
    cases = Application.objects.visible_to(request.user).exclude(applicant=request.user)
    case = cases.select_related("holder").filter(pk=pk).first()
    if case is None:
        raise NotVisible()
    timezone.activate(case.rules.timezone)
    return case


def works_on(case, user) -> bool:
    """Return whether a user holds a working role of the case's daerah; auditors only read."""
    return bool(rules.roles_of(case, user) & set(case.rules.role))


def version_of(request) -> int | None:
    """Return the case's version that the posting page showed, None where it sent none."""
    text = request.POST.get("version", "")
    return int(text) if text.isdecimal() and len(text) < 10 else None


def back_to(case):
    return redirect("admin:case", pk=case.pk)


@require_POST
@refusals_as_pages
def move(request, pk, move):
    if move not in BY_NAME:
        raise Http404("Langkah ini tidak ada.")
    case = find(request, pk)
    event = services.perform(
        move, case, by=request.user, version=version_of(request), note=request.POST.get("note", "")
    )
    messages.success(request, f"{BY_NAME[event.move].label}: tersimpan dan diteruskan.")
    return redirect("admin:index") if _left_my_hands(case, request) else back_to(case)


def _left_my_hands(case, request):
    """Return whether the case went on to somebody else, so that the queue is what comes next."""
    fresh = Application.objects.get(pk=case.pk)
    return not any(not lacking for _, lacking in services.available(fresh, request.user))


@require_POST
@refusals_as_pages
def judge(request, pk, version):
    case = find(request, pk)
    document = get_object_or_404(DocumentVersion, pk=version, document__application=case)
    good = request.POST.get("verdict") == "sesuai"
    casework.judge(
        case, document, good, request.POST.get("reason", ""),
        by=request.user, version=version_of(request),
    )  # fmt: skip
    return redirect(f"{request.back}#berkas-{document.document.requirement}")


@require_POST
@refusals_as_pages
def add_point(request, pk):
    case, code = find(request, pk), request.POST.get("requirement", "")
    if code and code not in {slot.code for slot in requirements.due(case)}:
        raise Unmet(["Dokumen ini tidak diminta dalam permohonan ini."])
    casework.add_point(
        case, request.POST.get("text", ""), by=request.user, requirement=code,
        version=version_of(request),
    )  # fmt: skip
    return redirect(f"{request.back}#butir")


@require_POST
@refusals_as_pages
def drop_point(request, pk, point):
    case = find(request, pk)
    casework.drop_point(case, get_object_or_404(Point, pk=point, application=case), by=request.user)
    return redirect(f"{request.back}#butir")


@require_POST
@refusals_as_pages
def note(request, pk):
    case = find(request, pk)
    if not works_on(case, request.user):
        raise Barred("Catatan internal ditulis oleh petugas yang menangani permohonan.")
    casework.add_note(case, request.POST.get("text", ""), by=request.user)
    return redirect(f"{request.back}#catatan")


@require_POST
@refusals_as_pages
def claim(request, pk):
    case = find(request, pk)
    casework.claim(case, by=request.user, release=request.POST.get("lepas") == "1")
    return back_to(case)


@require_POST
@refusals_as_pages
def assess(request, pk):
    case = find(request, pk)
    casework.assess(case, by=request.user, version=version_of(request))
    messages.success(request, "Retribusi dihitung oleh sistem.")
    return redirect(f"{request.back}#retribusi")
