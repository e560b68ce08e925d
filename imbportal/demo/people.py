"""Invented people of the demo: applicants, and an officer for every role of every daerah."""

import datetime

from django.db import transaction

from accounts import contacts, identity
from accounts.models import Identity, Posting, User
from imbportal import uploads
from imbportal.daerah import registry
from imbportal.daerah.vocabulary import BUILT_IN_ROLES
from imbportal.demo import drawings

PASSWORD = "rumah-kayu-jati"  # noqa: S105 - the demo's one password, printed at its start
SINCE = datetime.date(2024, 1, 1)
APPLICANTS = (
    ("budi", "Budi Santosa", "+6281200000001", "Jl. Stadion 12"),
    ("siti", "Siti Rahma", "+6281200000002", "Jl. Kabupaten 7"),
    ("dewi", "Dewi Lestari", "+6281200000003", "Jl. Melati 3"),
)
OFFICER_NAMES = (
    "Agus Wibowo", "Rina Kartika", "Hendra Saputra", "Yuni Astuti", "Bambang Prasetyo",
    "Lilis Suryani", "Made Wirawan", "Fitri Handayani", "Joko Purnomo", "Nur Hidayah",
)  # fmt: skip


def nik(number: int) -> str:
    """Return a well-formed NIK of nobody: region code 99.99.99 does not exist."""
    return f"999999{1 + number % 28:02d}0180{number:04d}"


@transaction.atomic
def applicant(key: str, name: str, phone: str, address: str, number: int) -> User:
    """Return a demo applicant with confirmed addresses, NIK and card; made where missing."""
    email = f"{key}@demo.test"
    user = User.objects.filter(email=email).first()
    if user is None:
        user = User.objects.create_user(email=email, phone=phone, password=PASSWORD, name=name)
        contacts.confirm(user)
        person = Identity(user=user, name=name, nik=nik(number), address=address)
        photo = uploads.accept(drawings.card(name, nik(number)), images=True)
        identity.store(person, ktp=photo, tell=user)
    return user


def applicants() -> list[User]:
    return [applicant(*row, number) for number, row in enumerate(APPLICANTS, start=1)]


def officer(slug: str, role: str) -> User:
    """Return the demo officer who holds a role (of the file or built in) in a daerah."""
    email = f"{role}.{slug}@demo.test"
    user = User.objects.filter(email=email).first()
    if user is None:
        number = User.objects.count()
        name = OFFICER_NAMES[number % len(OFFICER_NAMES)]
        user = User.objects.create_user(
            email=email, password=PASSWORD, name=name, is_staff=True,
            nip=f"19800101 200501 1 {number:03d}",
        )  # fmt: skip
        contacts.confirm(user)
        known = registry.current(slug).role.get(role)
        Posting.objects.create(
            user=user, daerah=slug, unit=known.unit if known else "", role=role, valid_from=SINCE
        )
    return user


def officers(slug: str) -> dict[str, User]:
    """Return the officers of a daerah by role, the built-in ones too."""
    return {role: officer(slug, role) for role in (*registry.current(slug).role, *BUILT_IN_ROLES)}


def accounts() -> list[tuple[str, str]]:
    """Return (address, what it is) of every demo account, for the list at the start."""
    rows = [(f"{key}@demo.test", "Pemohon") for key, *_ in APPLICANTS]
    for slug in registry.slugs():
        rules = registry.current(slug)
        rows += [(f"{role}.{slug}@demo.test", rules.role[role].title) for role in rules.role]
        rows += [(f"{role}.{slug}@demo.test", role.capitalize()) for role in BUILT_IN_ROLES]
    return rows
