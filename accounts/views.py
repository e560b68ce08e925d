"""The account's own pages, beside those of allauth."""

from allauth.account.internal.flows.login import record_authentication
from allauth.account.internal.flows.reauthentication import raise_if_reauthentication_required
from allauth.mfa.totp.views import ActivateTOTPView
from django.contrib import messages
from django.contrib.auth import update_session_auth_hash
from django.contrib.auth.decorators import login_required
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST

from accounts import contacts, identity
from accounts.forms import ProfileForm
from accounts.middleware import officer


@login_required
def after_login(request):
    """Send officers to their desk, everybody else to their applications."""
    return redirect("/admin/" if officer(request) else "/permohonan/")


@login_required
@require_http_methods(["GET", "POST"])
def home(request):
    """My account: name, addresses and whether they are confirmed, how notices come, sessions."""
    form = ProfileForm(request.POST or None, instance=request.user)
    if request.method == "POST" and form.is_valid():
        form.save()
        messages.success(request, "Perubahan disimpan.")
        return redirect("account_home")
    context = {
        "form": form,
        "email": contacts.confirmed_email(request.user),
        "phone": contacts.confirmed_phone(request.user),
        "missing": identity.ready(request.user),
        "is_officer": officer(request),
    }
    return render(request, "accounts/home.html", context)


@login_required
@require_POST
def end_sessions(request):
    """End the account's sessions on all other devices; this one goes on."""
    request.user.end_sessions()
    update_session_auth_hash(request, request.user)
    messages.success(request, "Anda sudah keluar dari semua perangkat lain.")
    return redirect("account_home")


class ActivateAuthenticatorView(ActivateTOTPView):
    """Setting up the app proves it for this session and ends those that never proved it."""

    def form_valid(self, form):
        raise_if_reauthentication_required(self.request, app="allauth.mfa")
        response = super().form_valid(form)
        record_authentication(self.request, self.request.user, "mfa", type="totp")
        self.request.user.end_sessions()
        update_session_auth_hash(self.request, self.request.user)
        return response
