"""Refusals as pages: 403, 404, 409 and 422, each saying what to do."""

from functools import wraps

from django.shortcuts import render

from applications.refusals import Refusal


def refusals_as_pages(view):
    """Let a view raise refusals; the way back leads to the page of the form that was sent."""

    @wraps(view)
    def answering(request, *args, **kwargs):
        try:
            return view(request, *args, **kwargs)
        except Refusal as refusal:
            return page(request, refusal)

    return answering


def page(request, refusal, back=""):
    """Return the page of a refusal, with its HTTP status."""
    context = {
        "text": refusal.text,
        "missing": refusal.missing,
        "back": back or getattr(request, "back", "") or _way_back(request),
    }
    return render(request, f"{refusal.status}.html", context, status=refusal.status)


def _way_back(request):
    """Return the present page where it can be read again, else the page above it."""
    if request.method in ("GET", "HEAD"):
        return "/"
    above = request.path.rstrip("/").rpartition("/")[0] + "/"
    sent_to_a_move = "/langkah/" in request.path
    return above.replace("/langkah/", "/") if sent_to_a_move else request.path
