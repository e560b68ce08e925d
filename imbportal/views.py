"""Pages of the portal as a whole: home, service standard, health, errors."""

import logging
import sys

from django.conf import settings
from django.core.exceptions import RequestDataTooBig, TooManyFieldsSent, TooManyFilesSent
from django.db import DatabaseError, OperationalError, connection
from django.http import Http404, HttpResponse, JsonResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.templatetags.static import static
from django.views.decorators.http import require_safe
from django.views.generic import RedirectView

from imbportal import publik, standard_parts
from imbportal.daerah import calendar, offers, registry
from imbportal.daerah.standard import components

logger = logging.getLogger(__name__)
RETRY_SECONDS = "60"
ROBOTS = "\n".join(
    ("User-agent: *", "Disallow: /admin/", "Disallow: /akun/", "Disallow: /lacak/",
     "Disallow: /pengaduan/", "Disallow: /periksa-skrd/", "Disallow: /permohonan/",
     "Disallow: /survei/", "Disallow: /verifikasi/", "")
)  # fmt: skip


@require_safe
def home(request):
    return render(request, "publik/home.html", {"daerah": registry.listed()})


@require_safe
def standard(request, slug):
    """Show the service standard of a daerah: components, steps, requirements, time, cost."""
    rules = _rules(slug)
    new = rules.sides[False]
    tracks = [
        {"title": track.title, "note": track.note, "when": words,
         "steps": (steps := publik.procedure(rules, code)), "sum": publik.arithmetic(steps)}
        for code, track, words in publik.tracks(new)
    ]  # fmt: skip
    context = {
        "rules": rules,
        "place": rules.name,
        "components": components(new),
        "tracks": tracks,
        "complaint_time": publik.term(rules.complaint),
        "totals": [(publik.days(total), total) for total in rules.total],
        "administrative": publik.requirements(new, "administrasi"),
        "technical": publik.requirements(new, "teknis"),
        "services": offers.offered(rules, calendar.today(slug)),
        "service_needs": [
            group
            for kind in ("administrasi", "teknis")
            for group in publik.requirements(rules.sides[True], kind)
        ],
        "more": standard_parts.of(rules),
    }
    return render(request, "publik/standard.html", context)


def _rules(slug):
    """Return the rules of a daerah that the public sees, or answer 404."""
    rules = next((rules for rules in registry.listed() if rules.slug == slug), None)
    if rules is None:
        raise Http404
    return rules


@require_safe
def robots(request):
    return HttpResponse(ROBOTS, content_type="text/plain; charset=utf-8")


class Favicon(RedirectView):
    permanent = False

    def get_redirect_url(self, *args, **kwargs):
        return static("img/favicon.svg")


favicon = Favicon.as_view()


@require_safe
def health(request):
    """Answer 200 while the database answers, 503 otherwise; for load balancers."""
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
    except DatabaseError:
        logger.exception("Pemeriksaan kesehatan gagal")
        return JsonResponse({"sehat": False}, status=503)
    return JsonResponse({"sehat": True, "versi": settings.VERSION})


TOO_MUCH = (
    "Kiriman ini tidak tersimpan: {why}. Kembali ke halaman sebelumnya, lalu kirim sebagian "
    "dahulu. Yang sudah tersimpan sebelumnya tetap ada."
)


def bad_request(request, exception=None):
    """Answer 400; who sent too much at once is told so, and what to do."""
    files = settings.DATA_UPLOAD_MAX_NUMBER_FILES
    why = {
        TooManyFilesSent: f"isinya lebih dari {files} berkas",
        TooManyFieldsSent: "isiannya terlalu banyak",
        RequestDataTooBig: "tulisannya terlalu panjang",
    }.get(type(exception))
    return _plain("400.html", 400, {"text": TOO_MUCH.format(why=why)} if why else None)


def forbidden(request, exception=None):
    return render(request, "403.html", status=403)


def not_found(request, exception=None):
    return render(request, "404.html", status=404)


def server_error(request):
    """Answer 500, or 503 where the database is what failed."""
    if isinstance(sys.exc_info()[1], OperationalError):
        return unavailable(request)
    return _plain("500.html", 500)


def unavailable(request):
    """Say that the database is away; asks it for nothing."""
    response = _plain("503.html", 503)
    response["Retry-After"] = RETRY_SECONDS
    return response


def _plain(template, status, context=None):
    """Render without the request, so that neither session nor database is asked."""
    return HttpResponse(render_to_string(template, context), status=status)
