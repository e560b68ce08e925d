"""What changed in the daerah's file for a draft, and that its applicant has understood it."""

from django.shortcuts import redirect
from django.views.decorators.http import require_POST

from applications import news
from applications.views.fetch import with_case


@with_case
@require_POST
def understood(request, application):
    """Tell these changes no more."""
    news.understood(application, request.POST.get("aturan", ""), by=request.user)
    return redirect(application)
