"""How a page gets its case: only through what the reader may see."""

from functools import wraps

from django.shortcuts import redirect
from django.utils import timezone

from applications import rules
from applications.models import Application
from applications.refusals import NotVisible
from applications.views import kept
from applications.views.refusal import refusals_as_pages


def with_case(view):
    """Give the view the applicant's own case; 404 to everybody else, officers included, but for
    those of the counter who act for him.

    Who is not logged in comes to the login, and what he typed waits for him behind it.
    """

    @refusals_as_pages
    @wraps(view)
    def found(request, pk, *args, **kwargs):
        if not request.user.is_authenticated:
            return kept.ask_to_log_in(request, pk)
        application = own(request.user, pk)
        request.back = application.get_absolute_url()
        if request.method == "POST" and "buang_isian" in request.POST:
            kept.drop(request)
            return redirect(kept.page_of(request))
        response = view(request, application, *args, **kwargs)
        if request.method == "POST" and response.status_code == 302:
            if kept.of(request) is not None:
                kept.drop(request)
            return kept.answered(request, response, saved=True)
        return response

    return found


def own(user, pk):
    """Return the case that the user applied for, or acts for at the counter. Raises NotVisible."""
    found = Application.objects.select_related("applicant__identity", "holder", "mandate__owner")
    application = found.applied_for_by(user).one(pk) or _at_counter(found, user, pk)
    if application is None:
        raise NotVisible()
    timezone.activate(application.rules.timezone)
    return application


def _at_counter(found, user, pk):
    """Return the case of somebody for whom the user acts at the counter, marked so, or None."""
    application = found.at_counter_of(user).one(pk)
    if application is None or not rules.at_counter(application, user):
        return None
    application.by_counter = True
    return application
