"""Forms of sign-up, login, codes and addresses."""

from allauth.account import forms as allauth
from allauth.account.adapter import get_adapter
from allauth.account.internal.flows.password_reset_by_code import (
    PasswordResetVerificationProcess,
)
from allauth.account.internal.userkit import filter_users_by_email
from allauth.account.models import EmailAddress
from django import forms
from django.core.validators import validate_email

from accounts import contacts
from accounts.models import User

EITHER = "Isi alamat surel atau nomor HP, paling sedikit satu."
STRENGTH_HELP = (
    "Paling sedikit 8 huruf atau angka; kalimat pendek juga boleh. "
    "Jangan yang umum dipakai atau mirip nama, surel, atau nomor HP Anda."
)


class WithoutPlaceholders:
    """Labels say what a field is; words inside it vanish when one types."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        for field in self.fields.values():
            field.widget.attrs.pop("placeholder", None)


class LoginForm(WithoutPlaceholders, allauth.LoginForm):
    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["login"].label = "Surel atau nomor HP"
        self.fields["login"].widget.attrs["autocomplete"] = "username"
        self.fields["password"].label = "Kata sandi"
        self.fields["password"].help_text = ""

    def user_credentials(self):
        """Give a number in the form in which it is stored."""
        credentials = super().user_credentials()
        if "phone" in credentials:
            credentials["phone"] = contacts.normalise(credentials["phone"])
        return credentials


class SignupForm(WithoutPlaceholders, allauth.SignupForm):
    """Name, e-mail or number or both, password.

    Same answer whether or not somebody has the address: codes go out for what is free, the
    owner of what is taken is told, and a taken address can never be confirmed.
    """

    name = forms.CharField(
        label="Nama lengkap",
        max_length=150,
        help_text="Seperti tertulis di KTP.",
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
    )
    field_order = ["name", "email", "phone", "password1"]

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["email"].required = self.fields["email"].widget.is_required = False
        self.fields["email"].label = "Alamat surel"
        self.fields["email"].help_text = EITHER + " Isi keduanya bila ada."
        self.fields["password1"].label = "Kata sandi"
        self.fields["password1"].help_text = STRENGTH_HELP

    def clean_email(self):
        return self.cleaned_data["email"].lower()

    def _clean_phone(self):
        """Left to ``clean``: whether an account exists depends on both addresses together."""

    def clean(self):
        super().clean()
        email, phone = self.cleaned_data.get("email"), self.cleaned_data.get("phone")
        if not (email or phone) and not {"email", "phone"} & self.errors.keys():
            raise forms.ValidationError(EITHER)
        # With a free number a taken address goes on: its code is never sent, its owner is told.
        self.account_already_exists = bool(
            contacts.phone_owner(phone) if phone else email and contacts.email_owner(email)
        )
        return self.cleaned_data

    def save(self, request):
        user = get_adapter().save_user(request, User(), self)
        email = self.cleaned_data.get("email")
        if email:
            EmailAddress.objects.create(user=user, email=email, primary=True)
        return user


class ResetPasswordForm(forms.Form):
    """Asks for either address. The field keeps the name that allauth's view reads."""

    email = forms.CharField(
        label="Surel atau nomor HP",
        max_length=254,
        widget=forms.TextInput(attrs={"autocomplete": "username"}),
    )

    def clean_email(self):
        login = contacts.normalise(self.cleaned_data["email"])
        if contacts.channel_of(login) == contacts.EMAIL:
            validate_email(login)
            found = filter_users_by_email(
                login, is_active=True, prefer_verified=True, for_login=True
            )
            self.user = found[0] if found else None
        else:
            self.user = User.objects.filter(phone=login, is_active=True).first()
        return login

    def save(self, request, **kwargs):
        login = self.cleaned_data["email"]
        PasswordResetVerificationProcess.initiate(request=request, user=self.user, email=login)
        return login


class NewPasswordForm(WithoutPlaceholders):
    """What the forms for a new password share."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["password1"].label = "Kata sandi baru"
        self.fields["password1"].help_text = STRENGTH_HELP
        self.fields["password2"].label = "Kata sandi baru, sekali lagi"


class ResetPasswordKeyForm(NewPasswordForm, allauth.ResetPasswordKeyForm):
    pass


class SetPasswordForm(NewPasswordForm, allauth.SetPasswordForm):
    pass


class ChangePasswordForm(NewPasswordForm, allauth.ChangePasswordForm):
    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["oldpassword"].label = "Kata sandi sekarang"
        self.fields["oldpassword"].help_text = ""


class ReauthenticateForm(WithoutPlaceholders, allauth.ReauthenticateForm):
    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["password"].label = "Kata sandi"
        self.fields["password"].help_text = ""


class CodeForm(WithoutPlaceholders):
    """What the forms for a code share: one field for digits."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["code"].label = "Kode (8 angka)"
        self.fields["code"].widget.attrs["inputmode"] = "numeric"


class ConfirmCodeForm(CodeForm, allauth.BaseConfirmCodeForm):
    pass


class EmailCodeForm(CodeForm, allauth.ConfirmEmailVerificationCodeForm):
    def clean_code(self):
        code = allauth.BaseConfirmCodeForm.clean_code(self)
        if contacts.email_owner(self.email, but=self.user):
            raise get_adapter().validation_error("email_taken")
        return code


class PhoneCodeForm(CodeForm, allauth.VerifyPhoneForm):
    def clean_code(self):
        code = allauth.BaseConfirmCodeForm.clean_code(self)
        if contacts.phone_owner(self.phone, but=self.user):
            raise get_adapter().validation_error("phone_taken")
        return code


class ChangePhoneForm(WithoutPlaceholders, allauth.ChangePhoneForm):
    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["phone"].label = "Nomor HP baru"


class ChangeEmailForm(WithoutPlaceholders, allauth.AddEmailForm):
    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["email"].label = "Alamat surel baru"

    def clean_email(self):
        email = self.cleaned_data["email"].lower()
        if contacts.confirmed_email(self.user) == email:
            raise get_adapter().validation_error("duplicate_email")
        return email


class ProfileForm(forms.ModelForm):
    class Meta:
        model = User
        fields = ["name", "notice"]
        widgets = {"notice": forms.RadioSelect}
        help_texts = {"notice": "Bila yang dipilih belum terkonfirmasi, dipakai yang lain."}
