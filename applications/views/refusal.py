"""Refusals as pages: 403, 404, 409 and 422, each saying what to do."""

from functools import wraps

from django.shortcuts import render

from applications.refusals import Refusal


def refusals_as_pages(view):
    """Let a view raise refusals; the way back is ``request.back``, which the view sets early."""

    @wraps(view)
    def answering(request, *args, **kwargs):
        try:
            return view(request, *args, **kwargs)
        except Refusal as refusal:
            return page(request, refusal)

    return answering


def page(request, refusal):
    """Return the page of a refusal, with its HTTP status."""
    context = {
        "text": refusal.text,
        "missing": refusal.missing,
        "back": getattr(request, "back", "/"),
    }
    return render(request, f"{refusal.status}.html", context, status=refusal.status)
