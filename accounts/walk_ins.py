"""Persons whom an officer entered at the counter: found, opened, and handed to their own login."""

from typing import Any

from django.contrib.auth.hashers import make_password
from django.db import IntegrityError, transaction
from django.utils import timezone

from accounts.models import Identity, User, WalkIn
from imbportal import crypto
from notifications.models import Message


def standing(user) -> WalkIn | None:
    """Return the row of somebody who has no login yet, None for everybody else."""
    return WalkIn.objects.filter(user=user, closed_at=None).first()


def known(nik: str) -> list[Identity]:
    """Return the identities by this NIK that have an account: nobody gets a second one."""
    found = Identity.objects.with_nik(nik).filter(user__is_active=True)
    return list(found.select_related("user").order_by("updated_at"))


class Entered(Exception):
    """Somebody entered the same person a moment ago."""


@transaction.atomic
def enter(form: Any, *, email: str, phone: str, by: Any) -> User:
    """Open an account without a login for the person of a valid identity form.

    Raises Entered where a colleague was faster with the same NIK.
    """
    person = form.instance
    user = User.objects.create(
        name=person.name, password=make_password(None),
        notice=User.Notice.EMAIL if email else User.Notice.SMS,
    )  # fmt: skip
    person.user = user
    try:
        with transaction.atomic():
            WalkIn.objects.create(
                user=user, nik_lookup=crypto.lookup(person.nik), email=email, phone=phone,
                opened_by=by,
            )  # fmt: skip
    except IntegrityError:
        raise Entered from None
    form.store()
    return user


def held(user) -> WalkIn | None:
    """Return the row of somebody without a login; it and his account are locked."""
    rows = WalkIn.objects.select_related("user").select_for_update()
    return rows.filter(user=user, closed_at=None).first()


def reach(walk_in: WalkIn, *, email: str, phone: str) -> None:
    """Put new addresses in place of those told before."""
    walk_in.email, walk_in.phone = email, phone
    walk_in.save(update_fields=["email", "phone"])


def close(walk_in: WalkIn, *, by: Any) -> Identity:
    """Close the account of a locked row; return the identity under which its cases go on.

    The one of the counter becomes the person's own where he has none. Where he has one, a natural
    person is the same by the same NIK, and the counter's is blanked; a body stays beside its own.
    """
    entered = walk_in.user.identity
    own = Identity.objects.filter(user=by).first()
    if own is None:
        entered.user = by
        entered.save(update_fields=["user", "updated_at"])
    walk_in.closed_at, walk_in.claimed_by = timezone.now(), by
    walk_in.save(update_fields=["closed_at", "claimed_by"])
    User.objects.filter(pk=walk_in.user_id).update(is_active=False)
    Message.objects.filter(user=walk_in.user_id).update(user=by)
    person = Identity.Kind.PERSON
    return own if own is not None and own.kind == entered.kind == person else entered


def blank(entered: Identity) -> None:
    """Empty an identity of the counter in whose place the person's own has come; its photo goes."""
    photo, storage = entered.ktp.name, entered.ktp.storage
    entered.nik, entered.ktp, entered.ktp_sha256, entered.ktp_scan = None, "", "", ""
    entered.checked_at = None
    entered.save()
    if photo:
        transaction.on_commit(lambda: storage.delete(photo))
