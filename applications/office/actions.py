"""What an officer's buttons post: moves, verdicts, points, notes."""

import uuid

from django.contrib import messages
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST

from applications import cards, casework, phrases, requirements, rules, sealing, services
from applications.models import Application, DocumentVersion, Point
from applications.office import viewer
from applications.refusals import Barred, NotVisible, Unmet
from applications.remarks import Place
from applications.views.refusal import refusals_as_pages
from applications.workflow import BY_NAME

LONGEST = 2000
"""Letters of a point."""


def find(request, pk: uuid.UUID) -> Application:
    """Return the case for an officer; raises NotVisible, also for his own as applicant."""
    request.back = reverse("admin:case", args=[pk])
    # A draft of the counter is filled on its applicant's pages; the desk has what was sent.
    cases = Application.objects.visible_to(request.user).exclude(state="DRAFT")
    cases = cases.exclude(applicant=request.user)
    case = cases.select_related("holder").one(pk)
    if case is None:
        raise NotVisible()
    timezone.activate(case.rules.timezone)
    return case


def works_on(case, user) -> bool:
    """Return whether a user holds a working role of the case's daerah; auditors only read."""
    return bool(rules.roles_of(case, user) & set(case.rules.role))


def is_on_turn(case, user) -> bool:
    """Return whether it is this officer's turn in the case."""
    return case.turn_role in rules.roles_of(case, user) and not rules.is_applicant(case, user)


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
    if sealing.kinds(case, BY_NAME[move]):
        return redirect("admin:sign", pk=case.pk, move=move)
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
    code, good = document.document.requirement, request.POST.get("verdict") == "sesuai"
    words = "" if good else _words(request, case, "reason")
    casework.judge(
        case, document, good, words, by=request.user, version=version_of(request),
        place=_place(request),
    )  # fmt: skip
    _keep(request, case, code, words)
    return _back_to_document(request, code)


@require_POST
@refusals_as_pages
def add_point(request, pk):
    case, code = find(request, pk), request.POST.get("requirement", "")
    if code and code not in {slot.code for slot in requirements.due(case)}:
        raise Unmet(["Dokumen ini tidak diminta dalam permohonan ini."])
    words = _words(request, case, "text")
    casework.add_point(
        case, words, by=request.user, requirement=code, version=version_of(request),
        place=_place(request),
    )  # fmt: skip
    _keep(request, case, code, words)
    return _back_to_document(request, code) if code else redirect(f"{request.back}#butir")


def _words(request, case, name):
    """Return what the officer wrote, or the sentence of the office that stands for it."""
    written = request.POST.get(name, "").strip()[:LONGEST]
    return written or phrases.text_of(case.daerah, request.POST.get("kalimat", ""))


def _keep(request, case, code, words):
    if words and request.POST.get("simpan_kalimat") == "1":
        phrases.keep(case.daerah, code, words, by=request.user)


def _place(request):
    """Return the page and spot that a form names; what is crooked counts as not named."""
    given = (request.POST.get(name, "") for name in ("page", "x", "y"))
    return Place(*(int(t) if t.isascii() and t.isdecimal() and len(t) < 6 else None for t in given))


def _back_to_document(request, code):
    """Show the document again on the page that was just looked at."""
    page = _place(request).page
    asked = viewer.Asked(code=code, page=page or 1)
    return redirect(f"{request.back}{asked.url('berkas-' + code)}")


@require_POST
@refusals_as_pages
def drop_point(request, pk, point):
    case = find(request, pk)
    found = get_object_or_404(Point, pk=point, application=case)
    casework.drop_point(case, found, by=request.user)
    if found.requirement and not found.requirement.startswith(cards.PREFIX):
        return _back_to_document(request, found.requirement)
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
def assess(request, pk):
    case = find(request, pk)
    casework.assess(case, by=request.user, version=version_of(request))
    messages.success(request, "Retribusi dihitung oleh sistem.")
    return redirect(f"{request.back}#retribusi")
