"""The survey at the desk: what quarters came to, for all officers; remarks for who answers."""

from django.db import transaction
from django.shortcuts import redirect, render
from django.urls import path, reverse
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from accounts import postings
from applications import register, register_file
from applications.models import RegisterExport
from applications.office.queue import daerah_of, nav, tabs_of_daerah
from applications.refusals import Barred
from applications.views.refusal import refusals_as_pages
from feedback import quarters
from feedback.survey import index, results, sheet
from imbportal.context import postings_of
from imbportal.daerah import registry

RECENT = 5


def urls(desk):
    """Return the addresses of this room, each behind the officers' door."""
    return [
        path("kepuasan/", desk(page), name="survey"),
        path("kepuasan/ekspor/", desk(ask), name="survey_export"),
    ]


@require_safe
@refusals_as_pages
def page(request):
    """Show one closed quarter, and all of them in short.

    Of the running quarter only the number of answers: its figures from one day to the next would
    say what the one answer between them was.
    """
    held = postings_of(request)
    here = daerah_of(request, held)
    if not here:
        raise Barred("Hasil survei dibaca oleh petugas daerah.")
    rules, closed, now = registry.current(here), results.published(here), quarters.running(here)
    timezone.activate(rules.timezone)
    wanted = quarters.read(request.GET.get("triwulan", ""))
    chosen = next((one for one in closed if one.of == wanted), next(iter(closed), None))
    oversees = postings.oversees(held, here)
    context = {
        "desk_nav": nav("survey", request),
        "title": "Kepuasan masyarakat",
        "rules": rules,
        "daerah": here,
        "tabs": tabs_of_daerah(held, here),
        "closed": closed,
        "chosen": chosen,
        "tracks": _tracks(chosen, rules) if chosen else [],
        "running": now,
        "answered": results.answers(here, now).count(),
        "minimum": index.MINIMUM,
        "cite": index.CITE,
        "oversees": oversees,
        "remarks": results.remarks(chosen) if oversees and chosen else [],
        "exports": _recent(request.user, here) if oversees else [],
    }
    return render(request, "feedback/results.html", context)


def _tracks(result, rules):
    """Return the tracks of a result with their titles; the code where the file knows it no more."""
    titles = {code: track.title for code, track in rules.track.items()}
    return [row | {"title": titles.get(row["code"], row["code"])} for row in result.tracks]


def _recent(user, daerah):
    mine = RegisterExport.objects.filter(by=user, daerah=daerah, filters__jenis=sheet.KIND)
    return mine.order_by("-created_at")[:RECENT]


@require_POST
@refusals_as_pages
def ask(request):
    """Let the worker make the spreadsheet of all closed quarters."""
    here = request.POST.get("daerah", "")
    request.back = reverse("admin:survey")
    if here not in registry.slugs() or not register.may_export(postings_of(request), here):
        raise Barred("Hasil survei diunduh oleh admin, auditor, atau kepala.")
    with transaction.atomic():
        filters = {"daerah": here, "jenis": sheet.KIND}
        export = register_file.order(here, filters, request.user)
    return redirect("admin:register_export", pk=export.pk)
