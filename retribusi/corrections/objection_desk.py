"""Objections at the desk: all that wait, and one with its bill and its decision."""

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404
from django.shortcuts import redirect, render
from django.urls import path, reverse
from django.views.decorators.http import require_http_methods, require_safe

from applications import clock, rules
from applications.models import Application
from applications.office.actions import find, version_of
from applications.office.queue import nav
from applications.refusals import Unmet
from applications.views.refusal import refusals_as_pages
from imbportal.context import postings_of
from imbportal.daerah import registry
from retribusi import sheets
from retribusi.acts import title_of
from retribusi.corrections import objections, ruling
from retribusi.fields import RupiahField
from retribusi.models import Objection

ACTS = {"kabulkan": "grant", "sebagian": "partly", "tolak": "refuse"}
LONGEST, SHOWN = 2000, 100


def urls(desk):
    place = "permohonan/<uuid:pk>/keberatan/"
    return [
        path("keberatan/", desk(waiting), name="objections"),
        path(place, desk(page), name="objection"),
        path(f"{place}<slug:act>/", desk(do), name="objection_act"),
    ]


def takes(request):
    """Return whether objections are taken in a daerah in which the reader is posted."""
    return bool(_taking(request))


def _taking(request):
    slugs = dict.fromkeys(posting.daerah for posting in postings_of(request))
    return [s for s in slugs if s in registry.slugs() and registry.current(s).objection]


@require_safe
def waiting(request):
    """List the objections of the reader's daerah that wait, and in whose hands they lie."""
    slugs = _taking(request)
    if not slugs:
        raise PermissionDenied
    cases = Application.objects.visible_to(request.user).filter(daerah__in=slugs)
    cases = cases.exclude(applicant=request.user)
    found = Objection.objects.exclude(holder="").filter(application__in=cases.values("pk"))
    found = found.select_related("application__holder", "bill").order_by("since", "pk")[:SHOWN]
    context = {
        **admin.site.each_context(request),
        "desk_nav": nav("objections", request),
        "title": "Keberatan atas SKRD",
        "rows": [_row(objection) for objection in found],
        "most": SHOWN,
    }
    return render(request, "retribusi/kantor/keberatan_daftar.html", context)


def _row(objection):
    case, today = objection.application, clock.today(objection.application)
    since = clock.local_date(case, objection.since)
    return {
        "objection": objection,
        "case": case,
        "who": title_of(case, objection.holder),
        "since": since,
        "days": (today - since).days,
        "late": objection.due_on is not None and objection.due_on < today,
    }


@require_safe
@refusals_as_pages
def page(request, pk):
    """Show the newest objection of a case to whoever may see the case."""
    return _page(request, *_found(request, pk))


@require_http_methods(["POST"])
@refusals_as_pages
def do(request, pk, act):
    """Forward or decide; what was written stays written where something is missing."""
    if act not in {"teruskan", *ACTS}:
        raise Http404("Langkah ini tidak ada.")
    case, objection = _found(request, pk)
    request.back = reverse("admin:objection", args=[pk])
    reason = request.POST.get("alasan", "").strip()[:LONGEST]
    version = version_of(request)
    try:
        if act == "teruskan":
            ruling.forward(objection, by=request.user, version=version)
        else:
            amount = _amount(request) if act != "tolak" else None
            ruling.decide(
                ACTS[act], objection, reason, by=request.user, version=version, amount=amount
            )
    except Unmet as refusal:
        return _page(request, case, objection, missing=refusal.missing)
    done = "Keberatan diteruskan." if act == "teruskan" else "Keputusan tercatat dan disampaikan."
    messages.success(request, done)
    return redirect("admin:objection", pk)


def _amount(request):
    """Return what is to go back after the permit, None where nothing was written. Raises Unmet."""
    try:
        return RupiahField(required=False, min_value=1).clean(request.POST.get("jumlah", ""))
    except ValidationError as error:
        raise Unmet([f"Jumlah yang dikembalikan: {error.messages[0]}"]) from None


def _found(request, pk):
    case = find(request, pk)
    objection = case.objections.order_by("-pk").first()
    if objection is None:
        raise Http404("Tidak ada keberatan dalam permohonan ini.")
    objection.application = case
    return case, objection


def _page(request, case, objection, *, missing=()):
    bill = objection.bill
    context = {
        **admin.site.each_context(request),
        "desk_nav": nav("objections" if takes(request) else "", request),
        "title": f"Keberatan atas SKRD {bill.number}",
        "case": case,
        "objection": objection,
        "bill": bill,
        "who": title_of(case, objection.holder),
        "since": clock.local_date(case, objection.since),
        "asked": clock.local_date(case, objection.asked_at),
        "late": bool(objection.holder and objection.due_on
                     and objection.due_on < clock.today(case)),
        "lines": sheets.annex(bill.snapshot["result"]).table,
        "older": case.objections.exclude(pk=objection.pk).select_related("bill"),
        "missing": missing,
        "typed": {name: request.POST.get(name, "")[:LONGEST] for name in ("alasan", "jumlah")},
        **_buttons(case, objection, request.user),
    }  # fmt: skip
    status = 422 if missing else 200
    return render(request, "retribusi/kantor/keberatan.html", context, status=status)


def _buttons(case, objection, user):
    """Return what the reader may do with an objection now, and where its outcome leads."""
    rule = objections.rule_of(case)
    mine = rules.roles_of(case, user) if not rules.same_person(case, user) else set()
    waits = objection.state in Objection.OPEN
    holds = waits and objection.holder in mine
    decides = holds and objection.holder == rule.decided_by
    return {
        "decider": title_of(case, rule.decided_by),
        "forwards": holds and not decides,
        "decides": decides,
        "returns": ruling.returns(objection) if decides else 0,
        "conflict": objections.conflict_of(objection, user) if decides else "",
        "todo": ruling.task(objection),
        "opens": case.state in ruling.LATE and bool(ruling.task(objection)),
    }
