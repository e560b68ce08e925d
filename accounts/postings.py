"""Who holds which role where, and in what capacity."""

import datetime
from collections.abc import Iterable

from accounts.models import Posting, User
from imbportal.daerah import registry

ADMIN, AUDITOR = "admin", "auditor"
BUILT_IN = {ADMIN: "Admin daerah", AUDITOR: "Auditor"}
"""Roles that every daerah has beside those of its file."""
MARKS = {Posting.Kind.PLT: "Plt. ", Posting.Kind.PLH: "Plh. ", Posting.Kind.AN: "a.n. "}


def of(user, daerah=None):
    """Return the user's postings in force, in one daerah or in all."""
    found = Posting.objects.in_force().filter(user=user)
    return found.filter(daerah=daerah) if daerah else found


def holders(daerah: str, role: str, kecamatan: str = "", day: datetime.date | None = None):
    """Return the users who may act in this role for a plot in this kecamatan (six digits).

    Delegates count beside the one whom they replace.
    """
    found = _serving(Posting.objects.in_force(day), daerah, role, kecamatan)
    return User.objects.filter(pk__in=found.values("user"))


def holds(user, daerah: str, role: str, kecamatan: str = "") -> Posting | None:
    """Return the posting by which the user holds the role; a definitive one comes first."""
    found = _serving(Posting.objects.in_force().filter(user=user), daerah, role, kecamatan)
    return min(found, key=lambda posting: posting.kind != Posting.Kind.DEFINITIF, default=None)


def oversees(held: Iterable[Posting], daerah: str) -> bool:
    """Return whether one of the postings administers the daerah, audits it, or is its head."""
    roles = {ADMIN, AUDITOR, registry.current(daerah).head}
    return any(posting.daerah == daerah and posting.role in roles for posting in held)


def capacity(posting: Posting, rules) -> str:
    """Return how the holder signs: ``Kepala Dinas``, ``Plh. Kepala Dinas``, ``a.n. …``.

    Who signs in another's name (a.n.) names his own post after it, where he has one.
    """
    title = MARKS.get(posting.kind, "") + role_title(posting.role, rules, posting.unit)
    own = _own(posting) if posting.kind == Posting.Kind.AN else None
    return f"{title}, {role_title(own.role, rules, own.unit)}" if own else title


def _own(posting: Posting) -> Posting | None:
    """Return the post of his own that a delegate holds in the same daerah."""
    held = of(posting.user, posting.daerah).filter(kind=Posting.Kind.DEFINITIF)
    return held.order_by("pk").first()


def role_title(role: str, rules, unit: str = "") -> str:
    """Return a role's title as signed; the code itself where the file knows it no longer."""
    return rules.signed(role, unit) if role in rules.role else BUILT_IN.get(role, role)


def seat_of(posting: Posting) -> str:
    """Return who holds which seat, as people name it; its codes where the file is gone."""
    if posting.daerah not in registry.slugs():
        return f"{posting.user}, {posting.role}, {posting.daerah}"
    rules = registry.current(posting.daerah)
    known = posting.role in rules.role
    title = rules.post(posting.role, posting.unit) if known else role_title(posting.role, rules)
    return f"{posting.user}, {title}, {rules.name}"


def serves(posting: Posting, kecamatan: str) -> bool:
    """Return whether the posting's unit serves a plot in this kecamatan (six digits)."""
    unit = registry.current(posting.daerah).unit.get(posting.unit)
    return unit is None or not unit.kecamatan or unit.kecamatan == kecamatan


def _serving(found, daerah, role, kecamatan):
    """Keep the postings whose unit serves the kecamatan; a unit of another one serves it never."""
    others = [
        code
        for code, unit in registry.current(daerah).unit.items()
        if unit.kecamatan and unit.kecamatan != kecamatan
    ]
    return found.filter(daerah=daerah, role=role).exclude(unit__in=others)
