"""Addresses of a person: which are confirmed, who owns one, where a message goes."""

from allauth.account.models import EmailAddress
from django.db import transaction

from accounts.models import User, WalkIn
from imbportal.indonesia import normalise_phone
from notifications.models import Message

EMAIL, SMS = Message.Channel.EMAIL.value, Message.Channel.SMS.value


def confirmed_email(user) -> str:
    """Return the confirmed e-mail address, "" where there is none."""
    address = EmailAddress.objects.filter(user=user, verified=True).order_by("-primary").first()
    return address.email if address else ""


def confirmed_phone(user) -> str:
    return (user.phone or "") if user.phone_verified else ""


def channels(user, wish: str) -> list[tuple[str, str]]:
    """Return where a message goes: the wished channel, or the other where that is not confirmed.

    ``wish`` is email, sms, or email/sms, where the person's own choice decides. Empty where
    nothing is confirmed: the inbox has the message all the same. What somebody without a login
    told at the counter counts here, never for codes.
    """
    if not user.is_active:
        return []
    preferred = user.notice if wish == "email/sms" else wish
    known = {EMAIL: confirmed_email(user), SMS: confirmed_phone(user)}
    known = known if any(known.values()) else _told_at_counter(user)
    for channel in sorted(known, key=lambda name: name != preferred):
        if known[channel]:
            return [(channel, known[channel])]
    return []


def _told_at_counter(user) -> dict[str, str]:
    """Return where news go to somebody without a login: what he told at the counter."""
    walk_in = WalkIn.objects.filter(user=user, closed_at=None).first()
    return {EMAIL: walk_in.email, SMS: walk_in.phone} if walk_in else {EMAIL: "", SMS: ""}


def reached(user, channel: str) -> str:
    """Return the address of this channel to which news go now, "" where there is none."""
    confirmed = confirmed_email(user) if channel == EMAIL else confirmed_phone(user)
    return confirmed or _told_at_counter(user)[channel]


def all_confirmed(user) -> list[tuple[str, str]]:
    """Return every confirmed address, for warnings about the account itself."""
    known = [(EMAIL, confirmed_email(user)), (SMS, confirmed_phone(user))]
    return [(channel, address) for channel, address in known if address]


def channel_of(address: str) -> str:
    """Return the channel that an address belongs to; numbers are stored as +62…"""
    return SMS if address.startswith("+") else EMAIL


def email_owner(email: str, *, but=None):
    """Return who else has this address: confirmed, or given to an officer by the office.

    An address that somebody typed and never confirmed is nobody's, or anyone could block it.
    """
    users = User.objects.exclude(pk=getattr(but, "pk", None))
    confirmed = users.filter(emailaddress__email=email.lower(), emailaddress__verified=True)
    return confirmed.first() or users.filter(email=email.lower()).first()


def phone_owner(phone: str, *, but=None):
    """Return who else has confirmed this number."""
    users = User.objects.exclude(pk=getattr(but, "pk", None))
    return users.filter(phone=phone, phone_verified=True).first()


def release_phone(phone: str, *, but=None):
    """Take a number from accounts that claimed it without ever confirming it."""
    claims = User.objects.filter(phone=phone, phone_verified=False)
    claims.exclude(pk=getattr(but, "pk", None)).update(phone=None)


@transaction.atomic
def set_phone(user, phone: str, *, verified: bool):
    """Give the user this number. IntegrityError where another has confirmed it."""
    release_phone(phone, but=user)
    user.phone, user.phone_verified = phone, verified
    user.save(update_fields=["phone", "phone_verified"])


@transaction.atomic
def confirm(user):
    """Mark what the account was opened with as confirmed, without codes: demo, tests, the counter.

    IntegrityError where another account has confirmed the address.
    """
    if user.email:
        EmailAddress.objects.update_or_create(
            user=user, email=user.email, defaults={"verified": True, "primary": True}
        )
    if user.phone:
        set_phone(user, user.phone, verified=True)


def normalise(login: str) -> str:
    """Return how a login is stored: E.164 for a mobile number, else in lower case."""
    try:
        return normalise_phone(login)
    except ValueError:
        return login.strip().lower()
