"""Invented people of the demo: applicants, an agent, and an officer for every role."""

import datetime
from functools import cache
from typing import NamedTuple

from django.contrib.auth.hashers import make_password
from django.db import transaction

from accounts import contacts, identity, postings
from accounts.models import Identity, Mandate, Posting, User
from imbportal import indonesia, uploads
from imbportal.daerah import registry
from imbportal.daerah.vocabulary import BUILT_IN_ROLES
from imbportal.demo import drawings
from imbportal.nik import FEMALE_OFFSET

PASSWORD = "rumah-kayu-jati"  # noqa: S105 - the demo's one password, printed at its start
SINCE = datetime.date(2024, 1, 1)
DEPUTY = "plh"
"""Key of the officer who stands in for the head of a daerah for some weeks."""
LEAVE = (datetime.timedelta(days=30), datetime.timedelta(days=14))
"""How long before and after the loading the head's deputy stands in."""


class Person(NamedTuple):
    name: str
    phone: str
    address: str
    what: str = "Pemohon perorangan"


APPLICANTS = {
    "budi": Person("Budi Santosa", "+6281200000001", "Jl. Stadion 12"),
    "siti": Person("Siti Rahma", "+6281200000002", "Jl. Kabupaten 7"),
    "dewi": Person("Dewi Anggraini", "+6281200000003", "Jl. Melati 3"),
    "andi": Person("Andi Firmansyah", "+6281200000004", "Jl. Anggrek 21"),
    "usaha": Person(
        "PT Panen Raya Contoh", "+6281200000005", "Jl. Industri 8", "Pemohon badan hukum"
    ),
    "konsultan": Person(
        "Rudi Hartawan", "+6281200000006", "Jl. Arsitek 5", "Pemohon dengan surat kuasa"
    ),
}
ENTITY = {
    "kind": Identity.Kind.ENTITY, "nib": "9999000012345", "npwp": "990000000999000",
    "in_charge": "Lukman Hadiwijaya", "position": "Direktur",
}  # fmt: skip
OWNER = ("Maryam Nurhaliza", "Jl. Kenari 14")
"""The owner for whom the agent applies; she has no account."""
WOMEN = frozenset({"Siti Rahma", "Dewi Anggraini", OWNER[0]})
"""Whose NIK says so: the day of birth is raised by 40."""
OFFICER_NAMES = (
    "Agus Wibowo", "Rina Kartika", "Hendra Saputra", "Yuni Astuti", "Bambang Prasetyo",
    "Lilis Suryani", "Wahyu Nugraha", "Fitri Handayani", "Joko Purnomo", "Nur Hidayah",
    "Eko Setiawan", "Ratna Puspita", "Taufik Rahman", "Sri Wulandari", "Dedi Kurniawan",
    "Indah Permata", "Slamet Riyadi", "Maya Safitri", "Arif Budiman", "Wati Susilowati",
)  # fmt: skip


def email(key: str) -> str:
    return f"{key}@demo.test"


def nik(number: int, woman: bool = False) -> str:
    """Return a well-formed NIK of nobody: region code 99.99.99 does not exist."""
    day = 1 + number % 28 + (FEMALE_OFFSET if woman else 0)
    return f"999999{day:02d}0180{number:04d}"


@cache
def _hashed() -> str:
    """Return the password as stored: hashed once, as a good hash is slow by design."""
    return make_password(PASSWORD)


def _user(key: str, name: str, **fields) -> User:
    user = User.objects.create(email=email(key), name=name, password=_hashed(), **fields)
    contacts.confirm(user)
    return user


@transaction.atomic
def applicant(key: str) -> User:
    """Return a demo applicant with confirmed addresses, NIK and card; made where missing."""
    person, number = APPLICANTS[key], 1 + list(APPLICANTS).index(key)
    user = User.objects.filter(email=email(key)).first()
    if user is None:
        user = _user(key, person.name, phone=person.phone)
        more = ENTITY if key == "usaha" else {}
        own = Identity(user=user, name=person.name, address=person.address, **more)
        _identified(own, own.in_charge or own.name, number, tell=user)
    return user


def _identified(person: Identity, name: str, number: int, tell: User | None = None) -> Identity:
    """Store an identity with a NIK and the card that goes with it."""
    person.nik = nik(number, woman=name in WOMEN)
    card = uploads.accept(drawings.card(name, person.nik), images=True)
    return identity.store(person, ktp=card, tell=tell)


def applicants() -> dict[str, User]:
    return {key: applicant(key) for key in APPLICANTS}


@transaction.atomic
def mandate() -> Mandate:
    """Return the agent's power of attorney for an owner without account; made where missing."""
    agent = applicant("konsultan")
    found = Mandate.objects.filter(agent=agent).first()
    if found is None:
        name, address = OWNER
        owner = _identified(Identity(name=name, address=address), name, 1 + len(APPLICANTS))
        letter = uploads.accept(drawings.pdf("Surat kuasa", (f"Dari {name} kepada {agent}",), 1))
        found = Mandate(agent=agent, owner=owner, valid_from=indonesia.today())
        found.letter_scan = letter.scan
        found.letter.save(letter.content.name, letter.content, save=False)
        found.save()
    return found


def officer(slug: str, role: str) -> User:
    """Return the demo officer who holds a role (of the file or built in) in a daerah."""
    user = User.objects.filter(email=email(f"{role}.{slug}")).first()
    return user or _appointed(slug, role)


def _appointed(slug: str, role: str) -> User:
    user = _officer(slug, role)
    known = registry.current(slug).role.get(role)
    for unit in known.units if known else ("",):
        Posting.objects.create(user=user, daerah=slug, unit=unit, role=role, valid_from=SINCE)
    return user


def _officer(slug: str, key: str) -> User:
    number = User.objects.filter(is_staff=True).count()
    name = OFFICER_NAMES[number % len(OFFICER_NAMES)]
    nip = f"999901{1 + number % 28:02d} 202401 9 {number:03d}"
    return _user(f"{key}.{slug}", name, is_staff=True, nip=nip)


def officers(slug: str) -> dict[str, User]:
    """Return the officers of a daerah by role, the built-in ones too."""
    addresses = {
        role: email(f"{role}.{slug}") for role in (*registry.current(slug).role, *BUILT_IN_ROLES)
    }
    known = {user.email: user for user in User.objects.filter(email__in=addresses.values())}
    return {role: known.get(at) or _appointed(slug, role) for role, at in addresses.items()}


def deputy(slug: str, today: datetime.date) -> User:
    """Return who stands in as plh for the head of a daerah, with a posting around ``today``."""
    user = User.objects.filter(email=email(f"{DEPUTY}.{slug}")).first()
    if user is None:
        user, head = _officer(slug, DEPUTY), registry.current(slug).head
        replaced = Posting.objects.get(user=officer(slug, head), role=head)
        before, after = LEAVE
        Posting.objects.create(
            user=user, daerah=slug, unit=replaced.unit, role=head, kind=Posting.Kind.PLH,
            for_posting=replaced, valid_from=today - before, valid_until=today + after,
        )  # fmt: skip
    return user


def accounts() -> list[tuple[str, str]]:
    """Return (address, what it is) of every demo account, for the list at the start."""
    rows = [(email(key), f"{person.name}, {person.what}") for key, person in APPLICANTS.items()]
    for slug in registry.slugs():
        rows += [(email(f"{key}.{slug}"), title) for key, title in _titles(slug)]
    return rows


def _titles(slug: str) -> list[tuple[str, str]]:
    rules = registry.current(slug)
    titles = {role: rules.role[role].title for role in rules.role} | postings.BUILT_IN
    titles[DEPUTY] = f"Plh. {rules.role[rules.head].title}"
    return [(key, f"{title}, {rules.name}") for key, title in titles.items()]
