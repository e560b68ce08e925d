"""New findings at the desk: for the head who answers for the letters, admin and auditor."""

from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from applications import findings, register
from applications.office.queue import daerah_of, nav, tabs_of_daerah
from applications.refusals import Barred
from applications.views.refusal import refusals_as_pages
from imbportal.context import postings_of
from imbportal.daerah import registry


@require_safe
@refusals_as_pages
def page(request):
    """Show by month and person how many points went out, and how many were new findings."""
    held = postings_of(request)
    here = daerah_of(request, held)
    if not here or not findings.may_see(held, here):
        raise Barred("Temuan baru dibaca oleh kepala, admin, atau auditor daerah.")
    rules, years = registry.current(here), register.years(here)
    timezone.activate(rules.timezone)
    year = next((y for y in years if y == request.GET.get("tahun")), years[0])
    points = findings.sent(held, here, int(year))
    context = {
        "desk_nav": nav("", request),
        "title": "Temuan baru",
        "rules": rules,
        "tabs": tabs_of_daerah(held, here),
        "daerah": here,
        "year": year,
        "years": years,
        "months": findings.by_month(points, here),
        "latest": [_found(point, request.user) for point in findings.latest(points)],
    }
    return render(request, "applications/kantor/findings.html", context)


def _found(point, user):
    """Return one new finding; the case behind it, but for the reader's own."""
    case = point.application
    labels = {item.code: item.label for item in case.rules.requirement}
    return {
        "point": point,
        "case": case,
        "url": "" if case.applicant_id == user.pk else reverse("admin:case", args=[case.pk]),
        "label": labels.get(point.requirement, "Isian atau keseluruhan"),
    }
