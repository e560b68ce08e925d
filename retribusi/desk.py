"""Requests for relief at the desk: all that wait, and one with its sum and its decision."""

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.shortcuts import redirect, render
from django.urls import path, reverse
from django.views.decorators.http import require_http_methods, require_safe

from applications import clock, rules
from applications.office.actions import find, version_of
from applications.office.queue import nav
from applications.refusals import Unmet
from applications.views.refusal import refusals_as_pages
from imbportal.context import postings_of
from imbportal.daerah import registry
from retribusi import relief_cards, reliefs, sheets
from retribusi.models import Relief
from retribusi.relief_decision import forward, grant, refuse, undecidable

ACTS = {
    "teruskan": forward,
    "kabulkan": grant,
    "tolak": refuse,
}
SAID = {
    "teruskan": "Permohonan diteruskan.",
    "kabulkan": "Keputusan tercatat dan disampaikan kepada pemohon.",
    "tolak": "Keputusan tercatat dan disampaikan kepada pemohon.",
}
LONGEST = 2000


def urls(desk):
    place = "permohonan/<uuid:pk>/keringanan/"
    return [
        path("keringanan/", desk(waiting), name="reliefs"),
        path(place, desk(page), name="relief"),
        path(f"{place}<slug:act>/", desk(do), name="relief_act"),
    ]


def grants(request):
    """Return whether relief can be asked for in a daerah in which the reader is posted."""
    return bool(_granting(request))


def _granting(request):
    slugs = dict.fromkeys(posting.daerah for posting in postings_of(request))
    rules = (registry.current(slug) for slug in slugs if slug in registry.slugs())
    return [known.slug for known in rules if any(not one.automatic for one in known.relief)]


@require_safe
def waiting(request):
    """List the requests of the reader's daerah that wait, and in whose hands they lie."""
    slugs = _granting(request)
    if not slugs:
        raise PermissionDenied
    context = {
        **admin.site.each_context(request),
        "desk_nav": nav("reliefs", request),
        "title": "Keringanan retribusi",
        "rows": relief_cards.waiting_in(request.user, slugs),
        "most": relief_cards.SHOWN,
    }
    return render(request, "retribusi/kantor/keringanan_daftar.html", context)


@require_safe
@refusals_as_pages
def page(request, pk):
    """Show the newest request of a case to whoever may see the case."""
    return _page(request, *_found(request, pk))


@require_http_methods(["POST"])
@refusals_as_pages
def do(request, pk, act):
    """Forward or decide; what was written stays written where something is missing."""
    if act not in ACTS:
        raise Http404("Langkah ini tidak ada.")
    case, relief = _found(request, pk)
    request.back = reverse("admin:relief", args=[pk])
    reason = request.POST.get("alasan", "").strip()[:LONGEST]
    given = {} if act == "teruskan" else {"reason": reason}
    try:
        ACTS[act](relief, **given, by=request.user, version=version_of(request))
    except Unmet as refusal:
        return _page(request, case, relief, missing=refusal.missing, reason=reason)
    messages.success(request, SAID[act])
    return redirect("admin:relief", pk)


def _found(request, pk):
    case = find(request, pk)
    relief = case.reliefs.order_by("-pk").first()
    if relief is None:
        raise Http404("Tidak ada permohonan keringanan dalam permohonan ini.")
    relief.application = case
    return case, relief


def _page(request, case, relief, *, missing=(), reason=""):
    rule, was = reliefs.rule_of(relief), relief.assessment
    sums = reliefs.trial(case, was, relief.code)
    context = {
        **admin.site.each_context(request),
        "desk_nav": nav("", request),
        "title": f"Permohonan {rule.kind} retribusi",
        "case": case,
        "relief": relief,
        "rule": rule,
        "who": reliefs.holder_title(relief),
        "since": clock.local_date(case, relief.since),
        "asked": clock.local_date(case, relief.asked_at),
        "sums": sums,
        "share": reliefs.share(case, relief.code),
        "lines": sheets.annex(was.result).table,
        "files": reliefs.files(relief),
        "older": relief_cards.relief_on_desk(case, request.user)[1:],
        "missing": missing,
        "reason": reason,
        **_buttons(relief, rule, request.user),
    }
    status = 422 if missing else 200
    return render(request, "retribusi/kantor/keringanan.html", context, status=status)


def _buttons(relief, rule, user):
    """Return what the reader may do with a request now, and why not where he will once."""
    case = relief.application
    mine = rules.roles_of(case, user) if not rules.same_person(case, user) else set()
    forwards = relief.state == Relief.State.ASKED and relief.holder == rule.forwarded_by
    decides = rule.decided_by in mine
    whys = {act: undecidable(relief, act) for act in ("grant", "refuse")}
    return {
        "decider": reliefs.decider(rule, case),
        "forwards": forwards and relief.holder in mine,
        "grants": decides and not whys["grant"],
        "refuses": decides and not whys["refuse"],
        "again": relief.state in Relief.DECIDED,
        "why": whys["grant"] if decides and all(whys.values()) else "",
    }
