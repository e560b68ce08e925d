"""The questionnaire as the applicant sees it; who has its address needs no login."""

from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from applications.refusals import Conflict, NotVisible
from applications.views.refusal import refusals_as_pages
from feedback.models import SurveyInvitation
from feedback.survey import answers, index
from feedback.survey.forms import SurveyForm
from imbportal.daerah import calendar

UNKNOWN = "Survei ini tidak ada. Salin tautan dari pesan kami seutuhnya."
LATE = "Waktu mengisi survei ini sudah lewat. Terima kasih atas niat baik Anda."
UNPROCESSABLE = 422


@refusals_as_pages
@require_http_methods(["GET", "HEAD", "POST"])
def answer(request, token):
    """Ask once; whoever comes again, or clicks twice, is thanked."""
    found = SurveyInvitation.objects.select_related("application")
    invitation = found.filter(token=token).first()
    if invitation is None:
        raise NotVisible(UNKNOWN)
    rules = invitation.application.whole_rules
    timezone.activate(rules.timezone)
    if invitation.spent:
        return render(request, "feedback/thanks.html", {"rules": rules, "place": rules.name})
    if invitation.open_until < calendar.today(rules.slug):
        raise Conflict(LATE)
    form = SurveyForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        answers.give(invitation, form.scores, form.cleaned_data["remark"])
        return redirect(request.path)
    context = {
        "form": form, "rules": rules, "place": rules.name, "until": invitation.open_until,
        "minimum": index.MINIMUM,
    }  # fmt: skip
    status = UNPROCESSABLE if request.method == "POST" else 200
    return render(request, "feedback/survey.html", context, status=status)
