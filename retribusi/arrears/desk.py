"""The room of late bills at the desk: the list, one bill with its interest, and what is done."""

from functools import partial

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import path, reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from applications import clock
from applications.fields import day
from applications.office.actions import find, version_of
from applications.office.signing import asks_secret, beside
from applications.refusals import Unmet
from applications.views.refusal import refusals_as_pages
from documents import rendering
from imbportal.daerah.interest import PAPER
from imbportal.indonesia import tanggal
from retribusi import office, sheets, slips
from retribusi.arrears import late, paper, paying, steps, strd
from retribusi.arrears.owed import of_bill, rules_of, warned
from retribusi.models import Skrd, Strd


class TakenForm(forms.Form):
    """Interest that was paid at the office, without a slip from the applicant."""

    paid_on = day("Tanggal bayar")
    place = forms.CharField(label="Bank atau tempat bayar", max_length=80)
    reference = forms.CharField(
        label="Nomor referensi", max_length=80,
        help_text="Tertulis pada struk atau kuitansi kantor.",
    )  # fmt: skip


def urls(desk):
    place = "penagihan/<int:pk>/"
    return [
        path("penagihan/", desk(waiting), name="arrears"),
        path(place, desk(page), name="arrear"),
        path(f"{place}usul/", desk(propose), name="arrear_propose"),
        path(f"{place}konsep/", desk(preview), name="arrear_preview"),
        path(f"{place}<slug:act>/", desk(do), name="arrear_act"),
    ]


@require_safe
def waiting(request):
    """List the bills past due and those paid late whose interest is not settled."""
    slugs = late.readable(request)
    if not slugs:
        raise PermissionDenied
    context = {
        **office.frame(request, "arrears", "Penagihan"),
        "rows": late.rows(request.user, slugs),
        "most": late.SHOWN,
    }
    return render(request, "retribusi/kantor/penagihan.html", context)


@require_safe
@refusals_as_pages
def page(request, pk):
    """Show one bill: its days, its interest line by line, and every STRD over it."""
    return _page(request, *_found(request, pk))


@require_http_methods(["GET", "HEAD", "POST"])
@refusals_as_pages
def propose(request, pk):
    """Show the STRD as it would be drawn up, then draw up its concept."""
    bill, owed = _found(request, pk)
    if request.method == "POST":
        strd.propose(bill, by=request.user, version=version_of(request))
        messages.success(request, "Konsep STRD dibuat dan menunggu tanda tangan.")
        return redirect("admin:arrear", pk)
    steps.treasurer(bill.application, request.user)
    if missing := strd.hindrance(owed):
        raise Unmet(missing)
    draft = strd.drafted(owed, request.user, None)
    content = paper.content(draft, timezone.now())
    context = {
        **office.frame(request, "", "Konsep STRD"),
        "bill": bill,
        "case": bill.application,
        "owed": owed,
        "content": content,
        "facts": paper.shown(content),
        "table": sheets.labelled(content.sections[0].table),
        "signer": steps.signer_title(bill.application),
    }
    return render(request, "retribusi/kantor/penagihan_usul.html", context)


@require_safe
@refusals_as_pages
def preview(request, pk):
    """Show the concept as it would be printed, marked as one, to who draws it up or signs it."""
    bill, owed = _found(request, pk)
    concept = owed.open
    case, user = bill.application, request.user
    mine = steps.may(case, user, steps.treasurer) or steps.may(case, user, steps.signatory)
    if concept is None or concept.state != Strd.State.DRAFT or not mine:
        raise Http404
    response = HttpResponse(rendering.preview(concept.paper), content_type="application/pdf")
    response["Content-Disposition"] = 'inline; filename="konsep.pdf"'
    return response


@asks_secret
@require_POST
@refusals_as_pages
def do(request, pk, act):
    """Do one thing; what was written stays written where something is missing."""
    if act not in ACTS:
        raise Http404(office.NO_SUCH_STEP)
    bill, owed = _found(request, pk)
    try:
        said = ACTS[act](request, bill)
    except Unmet as refusal:
        return _page(request, bill, owed, missing=refusal.missing)
    messages.success(request, said)
    return redirect("admin:arrear", pk)


# -- Acts -----------------------------------------------------------------------------------
def _warn(request, bill):
    strd.warn(bill, by=request.user, version=version_of(request))
    return "Surat teguran tercatat dan disampaikan kepada pemohon."


def _issue(request, bill):
    issue = partial(strd.issue, bill, _strd(request), by=request.user)
    done = beside(request, bill.application, issue, "Tanda tangani STRD")
    return f"STRD {done.number} terbit dan disampaikan kepada pemohon."


def _void(request, bill):
    strd.void(bill, _strd(request), office.reason(request), by=request.user,
              version=version_of(request))  # fmt: skip
    return "STRD dibatalkan."


def _confirm(request, bill):
    done = paying.confirm(bill, _strd(request), request.POST.get("proof"), by=request.user,
                          version=version_of(request),
                          note=request.POST.get("note", ""))  # fmt: skip
    return f"Pembayaran STRD {done.number} diterima dan dibukukan."


def _refuse(request, bill):
    paying.refuse(bill, _strd(request), request.POST.get("proof"), office.reason(request),
                  by=request.user, version=version_of(request))  # fmt: skip
    return "Bukti tidak diterima; pemohon diberi tahu alasannya."


def _take(request, bill):
    form = TakenForm(request.POST)
    if not form.is_valid():
        raise Unmet([f"{form.fields[name].label}: {wrong[0]}"
                     for name, wrong in form.errors.items()])  # fmt: skip
    done = paying.take(bill, _strd(request), **form.cleaned_data, by=request.user,
                       version=version_of(request))  # fmt: skip
    return f"Pembayaran STRD {done.number} diterima dan dibukukan."


ACTS = {
    "teguran": _warn, "terbitkan": _issue, "batalkan": _void,
    "terima": _confirm, "tolak": _refuse, "bayar": _take,
}  # fmt: skip


def _strd(request):
    return request.POST.get("strd", "")


# -- Pages ----------------------------------------------------------------------------------
def _found(request, pk):
    """Return a bill and what it owes, for whoever may see money of its daerah. 404 to others."""
    bill = get_object_or_404(Skrd.objects.select_related("payment", "assessment"), pk=pk)
    case = find(request, bill.application_id)
    if case.daerah not in late.readable(request):
        raise PermissionDenied
    request.back, bill.application = reverse("admin:arrear", args=[pk]), case
    return bill, of_bill(bill)


def _page(request, bill, owed, *, missing=()):
    case, user, open_ = bill.application, request.user, owed.open
    keeps, signs = steps.may(case, user, steps.treasurer), steps.may(case, user, steps.signatory)
    concept = open_ is not None and open_.state == Strd.State.DRAFT
    proof = slips.waiting(open_) if open_ is not None else None
    if proof is not None:
        proof.strd, open_.application = open_, case
    warning = warned(bill)
    text, mine = late.state(owed, user)
    context = {
        **office.frame(request, "", f"Penagihan SKRD {bill.number}"),
        "bill": bill,
        "case": case,
        "owed": owed,
        "rule": owed.rule,
        "state": text,
        "mine": mine,
        "all": bill.strds.select_related("paper").order_by("-pk"),
        "concept": open_ if concept else None,
        "issued": open_ if open_ is not None and not concept else None,
        "proof": proof,
        "wrong": paying.inexact(open_, proof) if proof is not None else [],
        "twins": slips.warning(proof) if proof is not None else "",
        "surplus": max(0, proof.amount - open_.amount) if proof is not None else 0,
        "refunds": case.refunds.filter(cause="bunga").order_by("pk") if owed.over else (),
        "tick": slips.tick(proof) if proof is not None else "",
        "warned": tanggal(clock.local_date(case, warning.at)) if warning else "",
        "hindrance": strd.hindrance(owed),
        "signer": steps.signer_title(case),
        "keeps": keeps,
        "signs": signs,
        "warns": keeps and owed.late and not owed.paid and owed.proof is None,
        "voids": signs or (keeps and concept),
        "taken": TakenForm(request.POST if missing and "place" in request.POST else None,
                           initial={"paid_on": clock.today(case)}, label_suffix=""),
        "reason": office.reason(request),
        "missing": missing,
        "paper": rules_of(case).paper.get(PAPER),
    }  # fmt: skip
    status = office.UNPROCESSABLE if missing else 200
    return render(request, "retribusi/kantor/penagihan_satu.html", context, status=status)
