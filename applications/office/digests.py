"""The daily digests of the chains at the desk, for who oversees a daerah."""

from django.core.paginator import Paginator
from django.shortcuts import render
from django.urls import path, reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from accounts import postings
from applications.chains import telling
from applications.models import ChainDigest
from applications.office.queue import nav, tabs_of_daerah
from applications.refusals import Barred, Conflict, NotVisible
from applications.views.refusal import refusals_as_pages
from documents import services
from documents.models import Paper
from imbportal.context import postings_of
from imbportal.daerah import registry

PAGE = 31


def urls(desk):
    """Return the addresses of this room, each behind the officers' door."""
    return [
        path("ikhtisar-rantai/", desk(everything), name="digests"),
        path("ikhtisar-rantai/<uuid:pk>/", desk(sheet), name="digest"),
    ]


def overseen(request) -> list[str]:
    """Return the daerah that the reader heads, administers or audits."""
    held = postings_of(request)
    slugs = dict.fromkeys(posting.daerah for posting in held)
    return [s for s in slugs if s in registry.slugs() and postings.oversees(held, s)]


@require_safe
@refusals_as_pages
def everything(request):
    """List the digests of a daerah, the newest first, each with its hash and its paper."""
    slugs = overseen(request)
    if not slugs:
        raise Barred("Ikhtisar rantai dibaca oleh kepala, admin daerah, dan auditor.")
    wanted = request.GET.get("daerah", "")
    here = wanted if wanted in slugs else slugs[0]
    timezone.activate(registry.current(here).timezone)
    page = Paginator(ChainDigest.objects.filter(daerah=here), PAGE).get_page(
        request.GET.get("page")
    )
    papers = Paper.objects.filter(case__in=[row.pk for row in page])
    printed = set(papers.values_list("case", flat=True))
    held = [posting for posting in postings_of(request) if posting.daerah in slugs]
    context = {
        "desk_nav": nav("register", request),
        "title": "Ikhtisar rantai",
        "place": registry.current(here).name,
        "tabs": tabs_of_daerah(held, here),
        "page": page,
        "rows": [_row(row, row.pk in printed) for row in page],
        "query": f"daerah={here}",
    }
    return render(request, "applications/kantor/digests.html", context)


def _row(made, printed):
    return {
        "digest": made,
        "days": telling.days(made),
        "counted": telling.counted(made),
        "url": reverse("admin:digest", args=[made.pk]) if printed else "",
    }


@require_safe
@refusals_as_pages
def sheet(request, pk):
    """Show the paper of a digest."""
    request.back = reverse("admin:digests")
    made = ChainDigest.objects.filter(pk=pk, daerah__in=overseen(request)).first()
    paper = telling.paper_of(made) if made else None
    if paper is None:
        raise NotVisible("Ikhtisar ini tidak ditemukan.")
    try:
        return services.respond(paper, inline=True)
    except services.NotPrinted as waiting:
        raise Conflict(str(waiting)) from None
