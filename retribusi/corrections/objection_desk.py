"""Objections at the desk: all that wait, and one with its bill and its decision."""

from functools import partial

from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404
from django.shortcuts import render
from django.urls import path, reverse
from django.views.decorators.http import require_http_methods, require_safe

from applications import clock, rules
from applications.office.actions import find
from applications.office.signing import asks_secret
from applications.refusals import Unmet
from applications.views.refusal import refusals_as_pages
from retribusi import office, sheets
from retribusi.acts import title_of
from retribusi.corrections import objections, ruling
from retribusi.fields import RupiahField
from retribusi.models import Objection
from retribusi.office import Act

SAID = "Keputusan tercatat dan disampaikan."
ACTS = {
    "teruskan": Act(ruling.forward, "Keberatan diteruskan.", reasoned=False),
    "kabulkan": Act(ruling.grant, SAID, signs="Kabulkan keberatan"),
    "sebagian": Act(ruling.partly, SAID, signs="Kabulkan keberatan sebagian"),
    "tolak": Act(ruling.refuse, SAID, signs="Tolak keberatan"),
}
UPHELD = ("kabulkan", "sebagian")
SUM = 40
"""Characters of an amount as somebody may type it."""


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
    return office.posted_in(request, lambda known: known.objection)


@require_safe
def waiting(request):
    """List the objections of the reader's daerah that wait, and in whose hands they lie."""
    slugs = _taking(request)
    if not slugs:
        raise PermissionDenied
    found = office.waiting(Objection, request.user, slugs).select_related("bill")
    context = {
        **office.frame(request, "objections", "Keberatan atas SKRD"),
        "rows": [_row(objection) for objection in found[: office.SHOWN]],
        "most": office.SHOWN,
    }
    return render(request, "retribusi/kantor/keberatan_daftar.html", context)


def _row(objection):
    case = objection.application
    return {
        "objection": objection,
        "case": case,
        "who": title_of(case, objection.holder),
        **office.since(objection),
        "late": objection.due_on is not None and objection.due_on < clock.today(case),
    }


@require_safe
@refusals_as_pages
def page(request, pk):
    """Show the newest objection of a case to whoever may see the case."""
    return _page(request, *_found(request, pk))


@asks_secret
@require_http_methods(["POST"])
@refusals_as_pages
def do(request, pk, act):
    """Forward or decide; what was written stays written where something is missing."""
    if act not in ACTS:
        raise Http404(office.NO_SUCH_STEP)
    case, objection = _found(request, pk)
    show = partial(_page, request, case, objection)
    try:
        more = {"amount": _amount(request)} if act in UPHELD else {}
    except Unmet as refusal:
        return show(missing=refusal.missing, reason=office.reason(request))
    back = reverse("admin:objection", args=[pk])
    return office.perform(request, ACTS[act], objection, back=back, show=show, **more)


def _amount(request):
    """Return what is to go back after the permit, None where nothing was written. Raises Unmet."""
    try:
        return RupiahField(required=False, min_value=1).clean(request.POST.get("jumlah", ""))
    except ValidationError as error:
        raise Unmet([f"Jumlah yang dikembalikan: {error.messages[0]}"]) from None


def _found(request, pk):
    case = find(request, pk)
    return case, office.newest(case, case.objections, "Tidak ada keberatan dalam permohonan ini.")


def _page(request, case, objection, *, missing=(), reason=""):
    bill = objection.bill
    context = {
        **office.frame(
            request, "objections" if takes(request) else "", f"Keberatan atas SKRD {bill.number}"
        ),
        "case": case,
        "objection": objection,
        "bill": bill,
        "who": title_of(case, objection.holder),
        **office.since(objection),
        "asked": clock.local_date(case, objection.asked_at),
        "late": bool(objection.holder and objection.due_on
                     and objection.due_on < clock.today(case)),
        "lines": sheets.annex(bill.snapshot["result"]).table,
        "older": case.objections.exclude(pk=objection.pk).select_related("bill"),
        "missing": missing,
        "reason": reason,
        "amount": request.POST.get("jumlah", "")[:SUM],
        **_buttons(case, objection, request.user),
    }  # fmt: skip
    status = office.UNPROCESSABLE if missing else 200
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
