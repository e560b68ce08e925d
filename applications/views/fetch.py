"""How a page gets its case: only through what the reader may see."""

from functools import wraps

from django.contrib.auth.decorators import login_required
from django.utils import timezone

from applications.models import Application
from applications.refusals import NotVisible
from applications.views.refusal import refusals_as_pages


def with_case(view):
    """Give the view the applicant's own case; 404 to everybody else, officers included."""

    @login_required
    @refusals_as_pages
    @wraps(view)
    def found(request, pk, *args, **kwargs):
        application = own(request.user, pk)
        request.back = application.get_absolute_url()
        return view(request, application, *args, **kwargs)

    return found


def own(user, pk):
    """Return the case that the user applied for. Raises NotVisible."""
    application = (
        Application.objects.applied_for_by(user)
        .filter(pk=pk)
        .select_related("applicant__identity", "holder", "mandate__owner")
        .first()
    )
    if application is None:
        raise NotVisible()
    timezone.activate(application.rules.timezone)
    return application
