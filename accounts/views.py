"""The account's own pages, beside those of allauth."""

from allauth.account.internal.flows.login import record_authentication
from allauth.account.internal.flows.reauthentication import raise_if_reauthentication_required
from allauth.account.views import ChangePhoneView
from allauth.mfa.totp.views import ActivateTOTPView
from django.contrib import messages
from django.contrib.auth import update_session_auth_hash
from django.contrib.auth.decorators import login_required
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST

from accounts import contacts, identity, proof
from accounts.forms import ConfirmCodeForm, ProfileForm
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


class ChangeNumberView(ChangePhoneView):
    """Asks for a code by e-mail first, where a confirmed number is to go."""

    def dispatch(self, request, *args, **kwargs):
        if request.user.is_authenticated and proof.needed(request):
            return redirect("account_prove_email")
        return super().dispatch(request, *args, **kwargs)


@login_required
@require_http_methods(["GET", "POST"])
def prove_email(request):
    """Send a code to the confirmed address, and take it, before the number is changed."""
    if not proof.needed(request):
        return redirect("account_change_phone")
    if "send" in request.POST:
        proof.EmailProof.start(request)
        return redirect("account_prove_email")
    process = proof.EmailProof.resume(request)
    form = ConfirmCodeForm(request.POST or None, code=process.code if process else "")
    if request.method == "POST" and process:
        if form.is_valid():
            process.finish()
            return redirect("account_change_phone")
        if not process.record_invalid_attempt():
            messages.error(request, "Lima kali salah. Minta kode baru bila perlu.")
            return redirect("account_prove_email")
    context = {"verify_form": form, "process": process, "cancel_url": reverse("account_home")}
    return render(
        request,
        "account/prove_email.html",
        {**context, "email": contacts.confirmed_email(request.user)},
    )


class ActivateAuthenticatorView(ActivateTOTPView):
    """Setting up the app proves it for this session and ends those that never proved it."""

    def form_valid(self, form):
        raise_if_reauthentication_required(self.request, app="allauth.mfa")
        response = super().form_valid(form)
        record_authentication(self.request, self.request.user, "mfa", type="totp")
        self.request.user.end_sessions()
        update_session_auth_hash(self.request, self.request.user)
        return response
