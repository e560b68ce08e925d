"""What an admin of a daerah may do with accounts; the superuser may do it everywhere."""

import uuid

from django.db import transaction

from accounts import contacts, postings
from accounts.models import Posting, User
from imbportal.daerah import registry
from notifications import outbox


def administered(user) -> frozenset[str]:
    """Return the slugs of the daerah whose officers the user looks after."""
    if not (user.is_authenticated and user.is_active):
        return frozenset()
    if user.is_superuser:
        return frozenset(registry.slugs())
    return frozenset(postings.of(user).filter(role=postings.ADMIN).values_list("daerah", flat=True))


def officers(actor):
    """Return the accounts that the actor sees: officers of his daerah, and those not yet posted."""
    users = User.objects.filter(is_system=False)
    if actor.is_superuser:
        return users
    mine = Posting.objects.filter(daerah__in=administered(actor)).values("user")
    unposted = users.filter(is_staff=True, is_superuser=False, postings=None)
    return (users.filter(pk__in=mine) | unposted).distinct()


def may_change(actor, user) -> bool:
    """Whether all that the user holds lies in the actor's daerah; never oneself, never upwards."""
    if actor.pk == user.pk or (user.is_superuser and not actor.is_superuser):
        return False
    if actor.is_superuser:
        return True
    mine = administered(actor)
    return bool(mine) and not user.postings.exclude(daerah__in=mine).exists()


@transaction.atomic
def invite(user) -> None:
    """Tell a new officer how to choose a password: nobody ever shows or sends one."""
    outbox.send(
        template="undangan",
        key=f"undangan:{user.pk}",
        user=user,
        channels=[(contacts.EMAIL, user.email)],
        context={},
        url="/akun/lupa-sandi/",
    )


@transaction.atomic
def change_number(user, phone: str) -> None:
    """Put a new number in place of a lost one, told to every confirmed address.

    The number has still to be confirmed by code; all sessions end. IntegrityError where another
    account has confirmed the number.
    """
    outbox.send(
        template="nomor_hilang",
        key=f"nomor_hilang:{uuid.uuid4()}",
        user=user,
        channels=contacts.all_confirmed(user),
        context={"ending": (user.phone or "")[-4:]},
    )
    contacts.set_phone(user, phone, verified=False)
    user.end_sessions()
