"""Claiming a case that was filed at the counter, and taking over one that came to one's login."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST

from accounts.fields import NikField
from accounts.lockout import client_ip
from applications import takeover
from applications.forms import TrackingForm
from applications.refusals import Barred
from applications.views.fetch import own
from applications.views.refusal import refusals_as_pages
from imbportal.limits import Limit

BY_ACCOUNT = Limit("klaim-akun", most=10, window=3600)
BY_ADDRESS = Limit("klaim", most=30, window=3600)
WAIT = "Tunggu satu jam, lalu coba lagi. Batas ini menjaga permohonan orang dari tebakan."
UNKNOWN = (
    "Nomor, kode lacak, dan NIK ini tidak cocok dengan permohonan dari loket. Periksa ketiganya "
    "pada tanda terima dan KTP Anda."
)
UNPROCESSABLE, TOO_MANY = 422, 429


class ClaimForm(TrackingForm):
    """By what somebody shows that a case from the counter is his: his receipt and his NIK."""

    nik = NikField(label="NIK", help_text="16 angka pada KTP yang Anda tunjukkan di loket.")


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def claim(request):
    """Take one's applications over from the counter by number, secret and NIK.

    The same answer whichever of them is wrong; 429 after ten tries in an hour.
    """
    if request.method != "POST":
        return _page(request, ClaimForm())
    # Both are counted: neither many accounts nor many addresses give more tries.
    if any([BY_ACCOUNT.count(request.user.pk), BY_ADDRESS.count(client_ip(request))]):
        return render(request, "429.html", {"text": WAIT}, status=TOO_MANY)
    form = ClaimForm(request.POST)
    if not form.is_valid():
        return _page(request, form, UNPROCESSABLE)
    try:
        found = takeover.claim(**form.cleaned_data, by=request.user)
    except Barred as refused:
        form.add_error(None, refused.text)
        return _page(request, form, refused.status)
    if found is None:
        form.add_error(None, UNKNOWN)
        return _page(request, form, UNPROCESSABLE)
    messages.success(request, "Permohonan ini sekarang ada di akun Anda. Anda yang mengurusnya.")
    return redirect(found)


def _page(request, form, status=200):
    return render(request, "applications/claim.html", {"form": form}, status=status)


@login_required
@require_POST
@refusals_as_pages
def take_over(request, pk):
    """Let the applicant look after a case himself that the counter filed for his login."""
    application = own(request.user, pk)
    request.back = application.get_absolute_url()
    takeover.take_over(application, by=request.user)
    messages.success(request, "Mulai sekarang hanya Anda yang mengurus permohonan ini.")
    return redirect(application)
