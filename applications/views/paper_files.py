"""The issued papers of a case: listed, and served to those who may see the case."""

from django.contrib.auth.decorators import login_required
from django.http import Http404
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.views.decorators.http import require_safe

from applications.clock import local_date
from applications.models import Application
from documents import holds, services
from documents.models import Paper
from imbportal.indonesia import tanggal

ENDED = {
    Paper.Status.FROZEN: "dibekukan",
    Paper.Status.REVOKED: "dicabut",
    Paper.Status.VOID: "tidak berlaku lagi",
    Paper.Status.REPLACED: "diganti",
}
WAITING = 202


def issued(**which):
    """Return papers that went out; drafts stay in the office, and what only bears a number."""
    return Paper.objects.filter(**which).exclude(issued_at=None).exclude(holds.NEVER_OUT)


def listed(application):
    """Return the applicant's papers of a case for the component ``documents``, newest first."""
    return [
        {
            "paper": paper,
            "title": paper.title,
            "note": paper.number,
            "day": tanggal(local_date(application, paper.issued_at)),
            "url": reverse("applications:paper", args=[paper.pk]),
            "kind": "PDF" if paper.given else "disiapkan",
            "size": _size(paper),
            "badge": ENDED.get(paper.status, ""),
            "tone": "due" if paper.status == Paper.Status.FROZEN else "bad",
        }
        for paper in issued(case=application.pk)
        .exclude(kind__in=application.whole_rules.internal_papers)
        .order_by("-issued_at")
    ]


def _size(paper):
    """Return the bytes of a printed paper, None while there is no file."""
    try:
        return paper.given.size if paper.given else None
    except FileNotFoundError:
        return None


def _stays_inside(case, paper):
    return paper.kind in case.whole_rules.internal_papers


@login_required
@require_safe
def paper(request, pk):
    """Show a paper's PDF; while it is still being printed, a page with a button to look again."""
    found = get_object_or_404(issued(), pk=pk)
    case = Application.objects.visible_to(request.user).one(found.case)
    if case is None or (case.applicant_id == request.user.pk and _stays_inside(case, found)):
        raise Http404
    try:
        return services.respond(found, inline=True)
    except services.NotPrinted as waiting:
        context = {"paper": found, "text": str(waiting), "case": found.case}
        return render(request, "applications/preparing.html", context, status=WAITING)
