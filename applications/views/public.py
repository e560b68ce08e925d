"""Tracking without an account, by the number of the case and the secret on its receipt."""

from django.shortcuts import render
from django.views.decorators.http import require_http_methods

from accounts import contacts
from accounts.lockout import client_ip
from applications import dossiers, ports
from applications.forms import TrackingForm
from applications.takeover import find
from applications.views import progress
from applications.views.applicant import mine
from imbportal.limits import Limit

TRIES = Limit("lacak", most=10, window=600)
"""Per client address."""
UNKNOWN = "Nomor dan kode ini tidak cocok. Periksa keduanya pada tanda terima Anda."


@require_http_methods(["GET", "HEAD", "POST"])
def track(request):
    """Show state, hands and dates of a case to whoever has number and secret; no person's data.

    The same answer for a wrong number and a wrong secret; 429 after ten tries in ten minutes.
    """
    if request.method != "POST":
        return render(request, "applications/track.html", {"form": TrackingForm()})
    if TRIES.count(client_ip(request)):
        return render(request, "429.html", {"text": WAIT}, status=429)
    form = TrackingForm(request.POST)
    found = form.is_valid() and find(form.cleaned_data["number"], form.cleaned_data["secret"])
    if not found:
        if form.is_valid():
            form.add_error(None, UNKNOWN)
        return render(request, "applications/track.html", {"form": form}, status=422)
    return render(request, "applications/tracked.html", _shown(found))


WAIT = "Tunggu sepuluh menit, lalu coba lagi. Batas ini menjaga permohonan orang dari tebakan."


def _shown(application):
    """Return what the public may know of a case."""
    events = list(application.events.order_by("seq"))
    hands = [
        hand | {"mine": False, "who": "Pemohon" if hand["mine"] else hand["who"]}
        for hand in progress.hands(application, events)
    ]
    return {
        "application": application,
        "rules": application.rules,
        "place": application.rules.name,
        "steps": progress.steps(application, events, public=True),
        "hands": hands,
        "with_applicant": mine(application),
        "who": progress.holder(application),
        "final": application.is_over,
        "noted": dossiers.noted(application),
        "survey": _survey(application),
        "moved": events[-1].at if events else application.created_at,
    }


def _survey(application):
    """Return the address of the questionnaire for somebody to whom it could not be sent.

    All others have it: the counter, which knows the secret of a case that it filed, shall
    not find it here.
    """
    if contacts.channels(application.applicant, "email/sms"):
        return ""
    return ports.survey.asked([application]).get(application.pk)
