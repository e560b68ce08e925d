"""One line of a statement at the desk, and what is done with it or with the whole statement."""

from __future__ import annotations

from typing import Any
from zoneinfo import ZoneInfo

from django.contrib import messages
from django.db.models import Q
from django.http import Http404
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from applications.refusals import Unmet
from applications.views.refusal import refusals_as_pages
from imbportal.daerah import registry
from imbportal.indonesia import tanggal
from retribusi.models import Skrd, StatementLine, Strd
from retribusi.statements import access, desk, offers, outcomes, receipts, reconciling
from retribusi.statements.kinds import Act, Kind
from retribusi.statements.known import STRD
from retribusi.statements.rows import money

FOUND, LONGEST = 10, 1000
SAID = {
    Act.SETTLE: "Baris ini selesai: uangnya milik pembayaran SKRD itu.",
    Act.CASH: "Baris ini selesai: uangnya kas loket dari penerimaan itu.",
    Act.DEPOSIT: "Dicatat sebagai titipan dalam buku penerimaan.",
    Act.REFUND: "Dicatat sebagai titipan, dan pengembaliannya dibuka.",
    Act.NOTE: "Dicatat, dan kepala diberi tahu.",
    Act.ASIDE: "Dicatat sebagai bukan setoran retribusi.",
    Act.ASSIGN: "Tagihannya ditetapkan, dan barisnya dicocokkan lagi. Kerjakan temuan barunya.",
    Act.UNDO: "Tindak lanjut diurungkan; barisnya menunggu lagi.",
}
BUTTONS = {
    Act.SETTLE: ("Tandai selesai", "Uang ini dicatat sebagai milik pembayaran SKRD di samping."),
    Act.CASH: ("Cocokkan dengan kas loket", "Uang ini dicatat sebagai setoran semua penerimaan di "
               "samping."),
    Act.DEPOSIT: ("Catat sebagai titipan", "Uangnya dibukukan sebagai titipan."),
    Act.REFUND: ("Teruskan ke pengembalian", "Uangnya dibukukan sebagai titipan dan dikembalikan "
                 "kepada pembayarnya sesudah disetujui."),
    Act.NOTE: ("Catat dan beri tahu kepala", "Kepala mendapat kabar dengan catatan Anda."),
    Act.ASIDE: ("Bukan setoran retribusi", "Baris ini selesai tanpa SKRD."),
}  # fmt: skip
NEEDS_REASON = (Act.NOTE, Act.ASIDE, Act.UNDO)


@require_safe
@refusals_as_pages
def page(request, pk, row):
    """Show what the bank says and the bill beside it, and what may be done."""
    return _shown(request, access.line(request, pk, row))


def _shown(request, line: StatementLine, status: int = 200, **more: Any):
    rules = registry.current(line.daerah)
    timezone.activate(ZoneInfo(rules.timezone))
    keeps = access.acts(request, line.daerah)
    offered = offers.acts(line) if line.outcome is None else ()
    open_now = keeps and line.statement.closed_at is None
    query = request.GET.get("cari", request.POST.get("cari", "")).strip()[:100]
    context = desk.frame(request, line.daerah, f"Baris {line.row}") | {
        "line": line,
        "statement": line.statement,
        "payment": getattr(line.bill, "payment", None) if line.bill else None,
        "advice": offers.advice(line),
        "buttons": [_button(act, line) for act in offered if act in BUTTONS] if open_now else [],
        "undo": open_now and line.outcome is not None,
        "assigns": open_now and Act.ASSIGN in offered,
        "fold": line.kind == Kind.ASIDE,
        "receipts": _receipts(line),
        "proposed": _proposed(line),
        "query": query,
        "hits": _search(line, query) if query else [],
        "history": line.outcomes.select_related("by", "bill"),
        "following": _next(line),
        **more,
    }
    return render(request, "retribusi/rekening/baris.html", context, status=status)


def _button(act: Act, line: StatementLine) -> dict[str, Any]:
    label, text = BUTTONS[act]
    needs = act in NEEDS_REASON or (act == Act.SETTLE and line.kind == Kind.OTHER_DAY)
    if act in (Act.DEPOSIT, Act.REFUND):
        text = f"{money(offers.surplus(line))}: {text[:1].lower()}{text[1:]}"
        if line.bill or line.strd:
            text += " Pemohon diberi tahu."
    return {"act": act.value, "label": label, "text": text, "needs": needs}


def _receipts(line: StatementLine) -> list[dict[str, Any]]:
    """Return what a counter took that this line brings to the bank."""
    if Kind.CASH != line.kind and (line.outcome is None or line.outcome.act != Act.CASH):
        return []
    payments, strds = receipts.of(line)
    bills = [("SKRD", payment.skrd, payment) for payment in payments]
    return [
        {"name": f"{kind} {bill.number}", "case": bill.application, "amount": paid.amount,
         "paid_on": paid.paid_on}
        for kind, bill, paid in [*bills, *(("STRD", strd, strd) for strd in strds)]
    ]  # fmt: skip


def _proposed(line: StatementLine) -> list[dict[str, Any]]:
    """Return the bills, of interest too, that a line may be for, the likeliest first."""
    if line.kind == Kind.CASH:
        return []
    bills, strds = receipts.split(line.proposals)
    found = _choices(line, Q(pk__in=bills), Q(pk__in=strds))
    order = {str(key): at for at, key in enumerate(line.proposals)}
    return sorted(found, key=lambda one: order[one["value"]])


def _choices(line: StatementLine, bills: Q, strds: Q) -> list[dict[str, Any]]:
    skrd = Skrd.objects.filter(bills, application__daerah=line.daerah, amount__gt=0)
    skrd = skrd.select_related("application__holder", "payment").order_by("-pk")
    strd = Strd.objects.filter(strds, application__daerah=line.daerah).exclude(issued_at=None)
    strd = strd.select_related("application__holder").order_by("-pk")
    return [
        *(_choice(str(bill.pk), "SKRD", bill, getattr(bill, "payment", None))
          for bill in skrd[:FOUND]),
        *(_choice(f"{STRD}{one.pk}", "STRD", one, one if one.paid_on else None)
          for one in strd[:FOUND]),
    ][:FOUND]  # fmt: skip


def _choice(value: str, kind: str, bill: Any, paid: Any) -> dict[str, Any]:
    state = f"dibayar {tanggal(paid.paid_on)}" if paid else "belum dibayar"
    return {
        "value": value, "name": f"{kind} {bill.number}", "bill": bill,
        "state": "batal" if bill.voided_at else state,
    }  # fmt: skip


def _search(line: StatementLine, query: str) -> list[dict[str, Any]]:
    """Find bills by number, payment code, number of the case, or name."""
    digits = "".join(c for c in query if c.isdigit())
    condition = (
        Q(number__icontains=query) | Q(application__number__icontains=query)
        | Q(application__holder__name__icontains=query)
    )  # fmt: skip
    if len(digits) == 15:
        condition |= Q(payment_code=digits)
    return _choices(line, condition, condition)


def _next(line: StatementLine) -> StatementLine | None:
    """Return the next line that waits for somebody."""
    kinds = [kind for kind in Kind if offers.BY_KIND[kind] and kind != Kind.ASIDE]
    waiting = line.statement.lines.filter(outcome=None, kind__in=kinds)
    return waiting.filter(row__gt=line.row).first() or waiting.exclude(pk=line.pk).first()


@require_POST
@refusals_as_pages
def act(request, pk, row, act):
    """Do one thing with a line; what is missing stands on its page, with what was typed."""
    line = access.line(request, pk, row)
    request.back = reverse("admin:statement_line", args=[pk, row])
    access.require(request, line.daerah)
    if act not in SAID:
        raise Http404("Tindak lanjut ini tidak ada.")
    reason = request.POST.get("alasan", "").strip()[:LONGEST]
    try:
        _do(Act(act), line, reason, request)
    except Unmet as refusal:
        fresh = access.line(request, pk, row)
        return _shown(request, fresh, 422, missing=refusal.missing, reason=reason, tried=act)
    messages.success(request, SAID[act])
    return redirect("admin:statement_line", pk, row)


def _do(act: Act, line: StatementLine, reason: str, request) -> None:
    if act == Act.ASSIGN:
        outcomes.assign(line, _chosen(request, line), reason, by=request.user)
        return
    {
        Act.SETTLE: outcomes.settle, Act.CASH: outcomes.settle_cash,
        Act.DEPOSIT: outcomes.deposit, Act.REFUND: outcomes.refund,
        Act.NOTE: outcomes.note, Act.ASIDE: outcomes.aside, Act.UNDO: outcomes.undo,
    }[act](line, reason, by=request.user)  # fmt: skip


def _chosen(request, line: StatementLine) -> Skrd | Strd | None:
    text = request.POST.get("skrd", "")
    model = Strd if text.startswith(STRD) else Skrd
    text = text.removeprefix(STRD)
    if not (text.isascii() and text.isdigit() and len(text) < 19):
        return None
    rows = model.objects.filter(application__daerah=line.daerah, amount__gt=0)
    rows = rows.exclude(number="").select_related("application")
    return rows.filter(pk=int(text)).first()


# -- The whole statement ------------------------------------------------------------------------
@require_POST
@refusals_as_pages
def whole(request, pk, act):
    """Settle what matches, judge again, declare a statement reconciled, or open it again."""
    statement = access.statement(request, pk)
    request.back = reverse("admin:statement", args=[pk])
    access.require(request, statement.daerah)
    reason = request.POST.get("alasan", "").strip()[:LONGEST]
    try:
        said = _whole(statement, act, reason, request.user)
    except Unmet as refusal:
        return desk.shown(request, statement, 422, refused=refusal.missing, reason=reason)
    messages.success(request, said)
    return redirect("admin:statement", pk)


def _whole(statement, act: str, reason: str, by: Any) -> str:
    if act == "tandai":
        count = reconciling.settle_all(statement, by=by)
        return f"{count} baris yang cocok ditandai selesai."
    if act == "cocokkan":
        reconciling.match_again(statement, by=by)
        return "Baris yang belum ditindaklanjuti dicocokkan lagi."
    if act == "selesai":
        reconciling.close(statement, by=by)
        return "Rekening koran dinyatakan selesai."
    if act == "buka":
        reconciling.reopen(statement, reason, by=by)
        return "Rekening koran dibuka kembali."
    raise Http404("Langkah ini tidak ada.")
