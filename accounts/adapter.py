"""Where allauth meets the portal: phone numbers, codes, messages, the words of its errors."""

import logging
import uuid
from datetime import timedelta

from allauth.account import app_settings
from allauth.account.adapter import DefaultAccountAdapter
from allauth.core.exceptions import RateLimited
from allauth.mfa.adapter import DefaultMFAAdapter
from django.conf import settings
from django.db import transaction
from django.utils import timezone

from accounts import contacts
from accounts.fields import PhoneField
from accounts.models import Identity, User
from notifications import outbox
from notifications.models import Message

logger = logging.getLogger(__name__)
CODE_STEP = 2
"""Number of the step "verification code" in the procedure that has one."""
STAGES = {
    "allauth.account.stages.EmailVerificationStage": "accounts.stages.EmailVerificationStage",
}
PURPOSES = {
    "account/email/email_confirmation_signup": "daftar",
    "account/email/email_confirmation": "ganti",
    "account/email/password_reset_code": "sandi",
}
NO_MATCH = "Surel, nomor HP, atau kata sandi tidak cocok. Periksa lagi, lalu coba masuk kembali."
WRONG_CODE = "Kode salah. Periksa lagi pesan terakhir dari kami, lalu ketik delapan angkanya."
TAKEN = "Alamat atau nomor ini sudah dipakai akun lain. Pakai yang lain, atau masuk ke akun itu."
TOO_MANY = "Terlalu banyak percobaan. Tunggu beberapa menit, lalu coba lagi."


class AccountAdapter(DefaultAccountAdapter):
    error_messages = {
        **DefaultAccountAdapter.error_messages,
        "account_inactive": "Akun ini tidak aktif. Hubungi kantor pelayanan.",
        "cannot_remove_primary_email": "Alamat surel utama tidak dapat dihapus.",
        "duplicate_email": "Alamat surel ini sudah tercatat pada akun Anda.",
        "email_password_mismatch": NO_MATCH,
        "phone_password_mismatch": NO_MATCH,
        "username_password_mismatch": NO_MATCH,
        "email_taken": TAKEN,
        "phone_taken": TAKEN,
        "enter_current_password": "Kata sandi sekarang tidak cocok. Ketik ulang.",
        "incorrect_code": WRONG_CODE,
        "incorrect_password": "Kata sandi tidak cocok. Ketik ulang.",
        "invalid_or_expired_key": "Tautan ini sudah tidak berlaku. Minta yang baru.",
        "invalid_login": NO_MATCH,
        "invalid_password_reset": "Kode ini sudah tidak berlaku. Minta kode baru.",
        "too_many_login_attempts": TOO_MANY,
        "rate_limited": "Kode baru saja dikirim. Tunggu satu menit sebelum meminta lagi.",
        "same_as_current": "Ini sama dengan yang sekarang. Isi yang baru.",
        "select_only_one": "Isi salah satu saja.",
        "unverified_primary_email": "Konfirmasikan dahulu alamat surel Anda.",
    }

    def get_login_stages(self):
        return [STAGES.get(path, path) for path in super().get_login_stages()]

    # -- Accounts ---------------------------------------------------------------------------
    def save_user(self, request, user, form, commit=True):
        """Save a new applicant. The address becomes the login once confirmed, not before."""
        user.name = form.cleaned_data["name"]
        user.set_password(form.cleaned_data["password1"])
        user.save()
        phone = form.cleaned_data.get("phone")
        if phone:
            self.set_phone(user, phone, False)
            user.notice = User.Notice.EMAIL if form.cleaned_data.get("email") else User.Notice.SMS
            user.save(update_fields=["notice"])
        return user

    def can_delete_email(self, email_address):
        """Let an address go only where a confirmed number remains to log in with."""
        return bool(contacts.confirmed_phone(email_address.user))

    def _get_login_attempts_cache_key(self, request, **credentials):
        """Count failures by login *and* address, so that nobody can lock out another.

        The inherited key leaves the phone number out: all numbers would share one count.
        """
        return f"{self.get_client_ip(request)}:{credential(credentials)}"

    # -- Phone ------------------------------------------------------------------------------
    def phone_form_field(self, **kwargs):
        return PhoneField(**{**kwargs, "label": "Nomor HP"})

    def get_phone(self, user):
        return (user.phone, user.phone_verified) if user.phone else None

    def set_phone(self, user, phone, verified):
        contacts.set_phone(user, phone, verified=verified)

    def set_phone_verified(self, user, phone):
        """Confirm the number; where it takes the place of another, warn on every known way."""
        user = User.objects.get(pk=user.pk)
        if user.phone_verified and user.phone != phone:
            with transaction.atomic():
                self._warn(user, "nomor_hilang", {"ending": user.phone[-4:]})
        contacts.set_phone(user, phone, verified=True)

    def get_user_by_phone(self, phone):
        return User.objects.filter(phone=contacts.normalise(phone)).first()

    # -- Messages ---------------------------------------------------------------------------
    def send_verification_code_sms(self, user, phone, code, **kwargs):
        purpose = "ganti" if user.last_login else "daftar"
        self.send_code(phone, code, purpose, user)

    def send_account_already_exists_sms(self, phone):
        spend_sms()
        owner = contacts.phone_owner(phone)
        if owner:
            self._tell("akun_ada", owner, [(contacts.SMS, phone)], {})

    def send_account_already_exists_mail(self, email):
        owner = contacts.email_owner(email)
        self._tell("akun_ada", owner, [(contacts.EMAIL, email)], {})

    def send_confirmation_mail(self, request, emailconfirmation, signup):
        """Send the code, or tell the owner where the address belongs to another account."""
        address = emailconfirmation.email_address
        if contacts.email_owner(address.email, but=address.user):
            return self.send_account_already_exists_mail(address.email)
        purpose = "daftar" if signup else "ganti"
        return self.send_code(address.email, emailconfirmation.key, purpose, address.user)

    def send_mail(self, template_prefix, email, context):
        """Send one of allauth's mails in our words; ``email`` may be a number (password reset).

        KeyError on a mail that the portal has no text for: better found in a test than unsent.
        """
        user = User.objects.filter(phone=email).first() or contacts.email_owner(email)
        self.send_code(email, context["code"], PURPOSES[template_prefix], user)

    def send_notification_mail(self, template_prefix, user, context=None, email=None):
        """Warn of a change of the account itself by every confirmed way."""
        change = CHANGES.get(template_prefix.rpartition("/")[2])
        if change:
            self._warn(user, "akun_diubah", {"change": change})

    def send_code(self, address, code, purpose, user):
        """Send a one-time code. RateLimited once the day's budget of SMS is used up."""
        if contacts.channel_of(address) == contacts.SMS:
            spend_sms()
        minutes = app_settings.EMAIL_VERIFICATION_BY_CODE_TIMEOUT // 60
        context = {"code": code, "minutes": minutes, "purpose": purpose}
        way = [(contacts.channel_of(address), address)]
        self._tell("kode", user, way, context, step=CODE_STEP, secret=True)

    def _warn(self, user, template, context):
        self._tell(template, user, contacts.all_confirmed(user), context)

    def _tell(self, template, user, channels, context, **more):
        with transaction.atomic():
            outbox.send(
                template=template,
                key=f"{template}:{uuid.uuid4()}",
                user=user,
                channels=channels,
                context=context,
                **more,
            )


CODE_LIKE = ("kode", "akun_ada")
"""What anybody can make the portal send to a number without being logged in."""
CHANGES = {
    "password_changed": "Kata sandi akun Anda diganti.",
    "password_reset": "Kata sandi akun Anda dibuat ulang.",
    "password_set": "Kata sandi akun Anda dibuat.",
    "email_changed": "Alamat surel akun Anda diganti.",
    "email_deleted": "Alamat surel dihapus dari akun Anda.",
    "totp_activated": "Aplikasi autentikator dipasang pada akun Anda.",
    "totp_deactivated": "Aplikasi autentikator dilepas dari akun Anda.",
    "recovery_codes_generated": "Kode cadangan akun Anda dibuat ulang.",
}


def spend_sms():
    """Stop codes by SMS over the day's budget, loudly: somebody is running up the bill."""
    since = timezone.now() - timedelta(days=1)
    codes = Message.objects.filter(
        channel=contacts.SMS, template__in=CODE_LIKE, created_at__gte=since
    )
    if codes.count() >= settings.SMS_CODES_A_DAY:
        logger.critical("Batas harian kode SMS tercapai: %s", settings.SMS_CODES_A_DAY)
        raise RateLimited


def credential(credentials: dict) -> str:
    """Return what somebody logs in with, in the form that is stored and counted."""
    for name in ("email", "phone", "username", "login"):
        if credentials.get(name):
            return contacts.normalise(str(credentials[name]))
    return ""


class MfaAdapter(DefaultMFAAdapter):
    """Keeps the secrets of authenticator apps encrypted in the database."""

    error_messages = {
        **DefaultMFAAdapter.error_messages,
        "cannot_delete_authenticator": "Aplikasi autentikator tidak dapat dilepas.",
        "cannot_generate_recovery_codes": "Pasang dahulu aplikasi autentikator.",
        "incorrect_code": "Kode salah. Tunggu kode berikutnya di aplikasi, lalu ketik lagi.",
        "unverified_email": "Konfirmasikan dahulu alamat surel Anda.",
    }
    cipher = Identity._meta.get_field("nik")

    def encrypt(self, text):
        return self.cipher.get_prep_value(text)

    def decrypt(self, encrypted_text):
        return self.cipher.to_python(encrypted_text)
