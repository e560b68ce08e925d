"""Refusals as pages: 403, 404, 409 and 422, each saying what to do."""

from functools import wraps

from django.shortcuts import render

from applications.refusals import Refusal
from applications.views import kept


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
        "typed": [value for name, value in kept.typed(request) if _is_text(name, value)],
    }
    return render(request, f"{refusal.status}.html", context, status=refusal.status)


def _is_text(name, value):
    """Tell whether somebody wrote this: a sentence, not the value of a button or a choice."""
    return name not in kept.CARRIED and " " in value.strip()
