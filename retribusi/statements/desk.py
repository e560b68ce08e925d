"""Statements at the desk: all of them, taking one in, and one with its lines."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode
from zoneinfo import ZoneInfo

from django.contrib import messages
from django.db.models import Count, Q
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from applications.keyset import Keyset
from applications.office.queue import nav
from applications.office.register import XLSX
from applications.views.refusal import refusals_as_pages
from imbportal.daerah import registry
from retribusi.models import BankFormat, Statement
from retribusi.statements import access, importing, listing, offers, sheet, verdicts
from retribusi.statements.forms import UploadForm
from retribusi.statements.kinds import ALARMS, CLOSED, Kind
from retribusi.statements.rows import BYTES, BrokenFile, money

SHOWN, UNPROCESSABLE = 30, 422


@require_safe
@refusals_as_pages
def everything(request):
    """List the statements of a daerah, the newest first."""
    here = access.chosen(request)
    timezone.activate(ZoneInfo(registry.current(here).timezone))
    waits = Q(lines__outcome=None, lines__kind__in=set(Kind) - CLOSED)
    found = Statement.objects.filter(daerah=here).annotate(
        lines_all=Count("lines"),
        done=Count("lines") - Count("lines", filter=waits),
        alarms=Count("lines", filter=waits & Q(lines__kind__in=ALARMS)),
    )  # fmt: skip
    order = Keyset("ends", down=True, size=SHOWN)
    page = order.page(found, request.GET, {"daerah": here})
    context = frame(request, here, "Rekening koran") | {
        "rows": page.rows,
        "previous": page.before,
        "following": page.after,
        "formats": BankFormat.objects.filter(daerah=here).exists(),
        "format_url": f"{reverse('admin:bank_format_new')}?{urlencode({'daerah': here})}",
        "upload_url": f"{reverse('admin:statement_upload')}?{urlencode({'daerah': here})}",
    }
    return render(request, "retribusi/rekening/daftar.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@refusals_as_pages
def upload(request):
    """Take a file of the bank in; what is wrong with it stands on the page, by its line."""
    here = access.chosen(request)
    request.back = reverse("admin:statements")
    access.require(request, here)
    given = (request.POST, request.FILES) if request.method == "POST" else ()
    form = UploadForm(*given, daerah=here)
    again = None
    if form.is_bound and form.is_valid():
        try:
            statement = _take(form, request.user)
        except BrokenFile as broken:
            form.add_error("file", f"{broken} Tidak ada satu baris pun yang diimpor.")
        except importing.Again as known:
            form.add_error("file", str(known))
            again = known.statement
        else:
            text = f"{statement.taken} baris diimpor dan dicocokkan."
            if statement.known:
                text += f" {statement.known} baris sudah pernah diimpor dan tidak diambil lagi."
            messages.success(request, text)
            return redirect("admin:statement", statement.pk)
    context = frame(request, here, "Unggah rekening koran") | {
        "form": form,
        "again": again,
        "formats": BankFormat.objects.filter(daerah=here),
    }
    status = UNPROCESSABLE if form.is_bound else 200
    return render(request, "retribusi/rekening/unggah.html", context, status=status)


def _take(form: UploadForm, by: Any) -> Statement:
    file = form.cleaned_data["file"]
    return importing.take(form.cleaned_data["format"], file.name, file.read(BYTES + 1), by)


@require_safe
@refusals_as_pages
def page(request, pk):
    """Show a statement: what was found, by kind, and its lines with the bill beside each."""
    return shown(request, access.statement(request, pk))


def shown(request, statement, status=200, **more):
    """Return the page of one statement."""
    timezone.activate(ZoneInfo(registry.current(statement.daerah).timezone))
    wanted = listing.wanted(request.GET)
    sums = verdicts.sums(statement)
    lines = listing.page(statement, wanted, request.GET)
    total = sum(one["count"] for one in sums)
    done = sum(one["done"] for one in sums)
    acts = access.acts(request, statement.daerah)
    context = frame(request, statement.daerah, "Rekening koran") | {
        "statement": statement,
        "facts": _facts(statement),
        "tiles": [_tile(one, wanted) for one in sums],
        "chosen": wanted,
        "kinds": Kind.choices,
        "filtered": any(wanted.values()),
        "lines": lines,
        "whole": "semua" in request.GET,
        "whole_url": "?" + urlencode({k: v for k, v in wanted.items() if v} | {"semua": 1}),
        "total": total,
        "done": done,
        "matched": next((one["count"] - one["done"] for one in sums if one["kind"] == "cocok"), 0),
        "missing": offers.unfinished(statement) if acts and not statement.closed_at else [],
        "unbalanced": offers.unbalanced(statement),
        "events": statement.events.select_related("by").order_by("-pk"),
        "acts": acts,
        **more,
    }  # fmt: skip
    return render(request, "retribusi/rekening/koran.html", context, status=status)


def _facts(statement: Statement) -> list[tuple[str, str]]:
    facts = []
    if statement.opening is not None and statement.closing is not None:
        facts = [
            ("Saldo awal", money(statement.opening)),
            ("Mutasi", money(statement.taken_sum + statement.known_sum)),
            ("Saldo akhir", money(statement.closing)),
        ]
    else:
        facts = [("Mutasi", money(statement.taken_sum))]
    if statement.known:
        text = f"{statement.known} baris, {money(statement.known_sum)}"
        facts.append(("Sudah pernah diimpor", text))
    return facts


def _tile(one: dict[str, Any], wanted: dict[str, str]) -> dict[str, Any]:
    kind = Kind(one["kind"])
    on = wanted["temuan"] == kind.value
    kept = {key: value for key, value in wanted.items() if value and key != "temuan"}
    return {
        "label": kind.label,
        "count": one["count"],
        "sum": money(one["sen"]) if kind != Kind.MISSING else "",
        "waiting": one["count"] - one["done"],
        "bad": kind in ALARMS and one["done"] < one["count"],
        "current": on,
        "url": "?" + urlencode(kept | ({} if on else {"temuan": kind.value})),
    }


@require_safe
@refusals_as_pages
def download(request, pk):
    """Send the statement with its outcomes as a spreadsheet."""
    statement = access.statement(request, pk)
    name = f"rekening-koran-{statement.daerah}-{statement.ends:%Y-%m-%d}.xlsx"
    response = HttpResponse(sheet.made(statement, request.user), content_type=XLSX)
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    response["Cache-Control"] = "no-store, private"
    response["X-Content-Type-Options"] = "nosniff"
    return response


def frame(request, daerah: str, title: str) -> dict[str, Any]:
    """Return what every page of the room shows."""
    return {
        "desk_nav": nav("statements", request),
        "title": title,
        "rules": registry.current(daerah),
        "here": daerah,
        "keeps": access.acts(request, daerah),
        "tabs": [
            (f"?daerah={slug}", registry.current(slug).name, slug == daerah)
            for slug in access.readable(request)
        ],
    }  # fmt: skip
