"""Forms of the second factor: labels that say which code is meant."""

from allauth.mfa.base import forms as base
from allauth.mfa.totp import forms as totp

from accounts.forms import WithoutPlaceholders


class AppCode(WithoutPlaceholders):
    """One field for a code that an authenticator app shows."""

    label = "Kode aplikasi (6 angka) atau kode cadangan"

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["code"].label = self.label
        self.fields["code"].widget.attrs |= {"inputmode": "numeric", "maxlength": "8"}


class AuthenticateForm(AppCode, base.AuthenticateForm):
    pass


class ReauthenticateForm(AppCode, base.ReauthenticateForm):
    pass


class ActivateForm(AppCode, totp.ActivateTOTPForm):
    label = "Kode aplikasi (6 angka)"
