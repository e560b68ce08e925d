"""Refunds at the desk: what waits and in whose hands, one record with its history, a new one."""

import datetime
import uuid
from functools import partial

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.shortcuts import redirect, render
from django.urls import path, reverse
from django.views.decorators.http import require_http_methods, require_safe

from applications import clock, rules
from applications.fields import day
from applications.headlines import headline
from applications.office.actions import find, version_of
from applications.office.signing import asks_secret, beside
from applications.refusals import NotVisible, Unmet
from applications.views.refusal import refusals_as_pages
from imbportal.uploads import UploadRefused
from retribusi import acts, office, treasurers
from retribusi.corrections import paying_back, refunds
from retribusi.corrections.opening import OpenForm, open_by_hand
from retribusi.models import Refund

ACTS = {
    "setujui": "Pengembalian disetujui. Sekarang giliran yang membayarkan.",
    "kembalikan": "Pemohon diminta memperbaiki rekeningnya.",
    "tolak": "Pengembalian ditolak dan pemohon diberi tahu.",
    "batalkan": "Pengembalian dibatalkan.",
    "bayar": "Pembayaran tercatat dan dibukukan.",
}
SAID = {
    "kembalikan": paying_back.give_back, "tolak": paying_back.refuse,
    "batalkan": paying_back.call_off,
}  # fmt: skip
EVENTS = ("open_refund", "file_refund", "approve_refund", "return_refund", "refuse_refund",
          "pay_refund", "cancel_refund")  # fmt: skip


def urls(desk):
    return [
        path("pengembalian/", desk(waiting), name="refunds"),
        path("pengembalian/<int:pk>/", desk(page), name="refund"),
        path("pengembalian/<int:pk>/<slug:act>/", desk(do), name="refund_act"),
        path("permohonan/<uuid:pk>/pengembalian/", desk(new), name="refund_new"),
    ]


def reads(request):
    """Return whether the reader keeps, approves or oversees the money of any daerah."""
    return bool(_slugs(request))


def _slugs(request):
    return treasurers.readable(request, lambda known: [known.refund.approved_by or known.head])


class PayForm(forms.Form):
    """The money that went out."""

    paid_on = day("Tanggal bayar")
    reference = forms.CharField(label="Nomor referensi bank", max_length=80)
    slip = forms.FileField(
        label="Bukti transfer (boleh kosong)", required=False, widget=forms.FileInput,
        help_text="PDF, JPEG, atau PNG; paling besar 25 MB.",
    )  # fmt: skip


@require_safe
def waiting(request):
    """List the refunds of the reader's daerah: those that wait first, then the latest of others."""
    slugs = _slugs(request)
    if not slugs:
        raise PermissionDenied
    found = Refund.objects.filter(
        application__in=office.of_others(request.user, slugs).values("pk")
    )
    found = found.select_related("application__holder", "paper")
    context = {
        **office.frame(request, "refunds", "Pengembalian"),
        "rows": _rows(found.filter(state__in=Refund.WAITING).order_by("since", "pk")),
        "done": _rows(found.exclude(state__in=Refund.WAITING).order_by("-since")),
        "most": office.SHOWN,
    }
    return render(request, "retribusi/kantor/pengembalian_daftar.html", context)


def _rows(found):
    return [
        {
            "refund": refund,
            "case": refund.application,
            "who": _who(refund),
            **office.since(refund),
        }
        for refund in found[: office.SHOWN]
    ]  # fmt: skip


def _who(refund):
    if refund.state == Refund.State.OPEN:
        return "Pemohon"
    return acts.title_of(refund.application, refund.holder)


@require_safe
@refusals_as_pages
def page(request, pk):
    """Show one record with its history to whoever keeps, approves or oversees the money."""
    case, refund = _found(request, pk)
    return _page(request, case, refund, PayForm(initial=_today(case), label_suffix=""))


@asks_secret
@require_http_methods(["POST"])
@refusals_as_pages
def do(request, pk, act):
    """Approve, give back, refuse, cancel or pay out; what was typed stays where it is refused."""
    if act not in ACTS:
        raise Http404(office.NO_SUCH_STEP)
    case, refund = _found(request, pk)
    request.back = reverse("admin:refund", args=[pk])
    form = PayForm(*((request.POST, request.FILES) if act == "bayar" else ()), label_suffix="",
                   initial=_today(case))  # fmt: skip
    reason = office.reason(request)
    try:
        if _done(request, act, refund, form, reason):
            messages.success(request, ACTS[act])
            return redirect("admin:refund", pk)
    except Unmet as refusal:
        return _page(request, case, refund, form, missing=refusal.missing, reason=reason)
    except UploadRefused as refused:
        form.add_error("slip", str(refused))
    return _page(request, case, refund, form)


def _done(request, act, refund, form, reason):
    if act == "setujui":
        approve = partial(paying_back.approve, refund, by=request.user)
        return beside(request, refund.application, approve, "Setujui pengembalian")
    given = {"by": request.user, "version": version_of(request)}
    if act in SAID:
        return SAID[act](refund, reason, **given)
    acts.in_office(refund.application, request.user, refunds.payers(refund.application))
    return form.is_valid() and paying_back.pay_out(refund, **form.cleaned_data, **given)


def _today(case) -> dict[str, datetime.date]:
    return {"paid_on": clock.today(case)}


def _found(request, pk):
    refund = Refund.objects.select_related("application", "paper").filter(pk=pk).first()
    if refund is None:
        raise NotVisible()
    case = find(request, refund.application_id)
    request.back = reverse("admin:cases")
    if case.daerah not in _slugs(request):
        raise PermissionDenied
    refund.application = case
    return case, refund


def _page(request, case, refund, form, *, missing=(), reason=""):
    events = case.events.filter(move__in=EVENTS).select_related("actor", "note").order_by("seq")
    context = {
        **office.frame(request, "refunds", f"Pengembalian {refund.get_cause_display().lower()}"),
        "case": case,
        "refund": refund,
        "who": _who(refund),
        **office.since(refund),
        "history": [(event, headline(case, event)) for event in events],
        "form": form,
        "missing": missing,
        "reason": reason,
        "books": [(code, label, -amount) for code, label, amount in _lines(refund)],
        **_buttons(case, refund, request.user),
    }
    status = office.UNPROCESSABLE if missing or form.errors else 200
    return render(request, "retribusi/kantor/pengembalian.html", context, status=status)


def _lines(refund):
    """Return what the pay-out will take of each account, nothing where the ledger cannot tell."""
    if refund.state not in Refund.WAITING:
        return []
    try:
        return refunds.lines(refund)
    except Unmet:
        return []


def _buttons(case, refund, user):
    """Return what the reader may do now; the whole account number is for who needs it."""
    mine = rules.roles_of(case, user) if not rules.same_person(case, user) else set()
    State, approves = Refund.State, refunds.approver(case) in mine
    keeps = bool({*refunds.payers(case)} & mine)
    twice = refund.approved_by is not None and acts.one_person(refund.approved_by, user)
    filed, approved = refund.state == State.FILED, refund.state == State.APPROVED
    by_hand = refund.cause in paying_back.BY_HAND and refund.state in Refund.WAITING
    return {
        "approver": acts.title_of(case, refunds.approver(case)),
        "payer": acts.title_of(case, refunds.payers(case)[0]),
        "approves": approves and filed,
        "pays": keeps and approved and not twice,
        "twice": paying_back.TWO if keeps and approved and twice else "",
        "gives_back": (approves and filed) or (keeps and approved),
        "refuses": approves and refund.state in (State.OPEN, State.FILED),
        "calls_off": by_hand and (keeps or case.rules.head in mine),
        "account": refund.account if (approves and filed) or (keeps and approved)
        else refund.account_masked,
    }  # fmt: skip


# -- A new one ----------------------------------------------------------------------------------
@require_http_methods(["GET", "HEAD", "POST"])
@refusals_as_pages
def new(request, pk):
    """Open a record over what was paid twice or too much, or what an objection gives back."""
    case = find(request, pk)
    acts.in_office(case, request.user, [*refunds.payers(case), case.rules.head])
    given = request.POST if request.method == "POST" else None
    form = OpenForm(given, case=case, label_suffix="", initial={"key": uuid.uuid4().hex})
    if request.method == "POST" and form.is_valid():
        try:
            refund = open_by_hand(case, by=request.user, **form.cleaned_data)
        except Unmet as refusal:
            form.add_error("amount", " ".join(refusal.missing))
        else:
            messages.success(request, "Pengembalian dibuka; pemohon diminta mengisi rekeningnya.")
            return redirect("admin:refund", refund.pk)
    context = {
        **office.frame(request, "refunds" if reads(request) else "", "Buka pengembalian"),
        "case": case,
        "form": form,
    }
    status = office.UNPROCESSABLE if form.is_bound else 200
    return render(request, "retribusi/kantor/pengembalian_baru.html", context, status=status)
