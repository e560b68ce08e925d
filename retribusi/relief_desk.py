"""Requests for relief at the desk: all that wait, and one with its sum and its decision."""

from functools import partial

from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.shortcuts import render
from django.urls import path, reverse
from django.views.decorators.http import require_http_methods, require_safe

from applications import clock, rules
from applications.office.actions import find
from applications.office.signing import asks_secret
from applications.views.refusal import refusals_as_pages
from retribusi import office, relief_cards, reliefs, sheets
from retribusi.models import Relief
from retribusi.office import Act
from retribusi.relief_decision import forward, grant, refuse, undecidable

SAID = "Keputusan tercatat dan disampaikan kepada pemohon."
ACTS = {
    "teruskan": Act(forward, "Permohonan diteruskan.", reasoned=False),
    "kabulkan": Act(grant, SAID, signs="Kabulkan keringanan"),
    "tolak": Act(refuse, SAID, signs="Tolak keringanan"),
}


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
    return office.posted_in(request, lambda known: any(not one.automatic for one in known.relief))


@require_safe
def waiting(request):
    """List the requests of the reader's daerah that wait, and in whose hands they lie."""
    slugs = _granting(request)
    if not slugs:
        raise PermissionDenied
    context = {
        **office.frame(request, "reliefs", "Keringanan retribusi"),
        "rows": relief_cards.waiting_in(request.user, slugs),
        "most": office.SHOWN,
    }
    return render(request, "retribusi/kantor/keringanan_daftar.html", context)


@require_safe
@refusals_as_pages
def page(request, pk):
    """Show the newest request of a case to whoever may see the case."""
    return _page(request, *_found(request, pk))


@asks_secret
@require_http_methods(["POST"])
@refusals_as_pages
def do(request, pk, act):
    """Forward or decide; what was written stays written where something is missing."""
    if act not in ACTS:
        raise Http404(office.NO_SUCH_STEP)
    case, relief = _found(request, pk)
    return office.perform(
        request, ACTS[act], relief, back=reverse("admin:relief", args=[pk]),
        show=partial(_page, request, case, relief),
    )  # fmt: skip


def _found(request, pk):
    case = find(request, pk)
    missing = "Tidak ada permohonan keringanan dalam permohonan ini."
    return case, office.newest(case, case.reliefs, missing)


def _page(request, case, relief, *, missing=(), reason=""):
    rule, was = reliefs.rule_of(relief), relief.assessment
    sums = reliefs.trial(case, was, relief.code)
    context = {
        **office.frame(request, "", f"Permohonan {rule.kind} retribusi"),
        "case": case,
        "relief": relief,
        "rule": rule,
        "who": reliefs.holder_title(relief),
        **office.since(relief),
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
    status = office.UNPROCESSABLE if missing else 200
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
