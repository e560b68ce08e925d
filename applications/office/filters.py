"""What is chosen in a list of the desk: read from its address, shown on the page, removable."""

import datetime
import uuid
from typing import NamedTuple
from urllib.parse import urlencode

from django.db.models import Q

from accounts.models import Identity
from applications.workflow import State

KEYS = ("q", "pemilik", "tahap", "kecamatan", "pemegang", "saring", "peran", "daerah")
"""Everything in the address that stays from page to page."""
SCOPE = {"peran", "daerah"}
"""Whose list it is: chosen by tabs, not taken off like a filter."""
HOLDERS = {"saya": "saya", "bebas": "belum diambil"}
ROUNDS = "kembali"
TILES = {
    "lewat": "terlambat", "hari-ini": "jatuh tempo hari ini", "minggu": "minggu ini",
    ROUNDS: "kembali dari pemohon",
}  # fmt: skip
MOST_WORDS = 4
WEEK = datetime.timedelta(days=7)


class Chosen(NamedTuple):
    """The filters of one request: those that say something, and for whom."""

    kept: dict[str, str]
    user: object
    today: datetime.date

    def narrow(self, cases):
        """Return the cases that all chosen filters leave."""
        for key, value in self.kept.items():
            if key in CONDITIONS:
                cases = CONDITIONS[key](cases, value, self)
        return cases

    def address(self, **changes) -> str:
        """Return the address with some filters changed; "" takes one off."""
        kept = {key: value for key, value in (self.kept | changes).items() if value}
        return "?" + urlencode({key: kept[key] for key in KEYS if key in kept})

    def chips(self, names: dict[str, str], person: str = "") -> list[tuple[str, str]]:
        """Return what is chosen in words, each with the address without it."""
        return [
            (_words(key, value, names, person), self.address(**{key: ""}))
            for key, value in self.kept.items()
            if key not in SCOPE
        ]

    @property
    def cleared(self) -> str:
        """Return the address with every filter taken off."""
        return self.address(**{key: "" for key in KEYS if key not in SCOPE})

    @property
    def active(self) -> bool:
        return any(key not in SCOPE for key in self.kept)


def chosen(given, user, today: datetime.date) -> Chosen:
    """Read an address; what it says wrongly counts as not said."""
    read = {key: given.get(key, "").strip()[:100] for key in KEYS}
    kept = {key: value for key, value in read.items() if value and _known(key, value)}
    return Chosen(kept, user, today)


def condition(tile: str, today: datetime.date) -> Q:
    """Return what a tile counts and, once chosen, leaves."""
    return {
        "lewat": Q(due_key__lt=today),
        "hari-ini": Q(due_key=today),
        "minggu": Q(due_key__range=(today, today + WEEK)),
        ROUNDS: Q(round__gt=1),
    }[tile]


def _known(key, value):
    if key == "tahap":
        return value in State.values
    if key == "kecamatan":
        return len(value) == 6 and value.isascii() and value.isdigit()
    if key == "pemilik":
        return _is_uuid(value)
    return value in {"pemegang": HOLDERS, "saring": TILES}.get(key, [value])


def _is_uuid(text):
    try:
        return bool(uuid.UUID(text))
    except ValueError:
        return False


def _search(cases, text, chosen):
    """Find each word in number, name, address or building, wherever in them it stands."""
    for word in text.split()[:MOST_WORDS]:
        cases = cases.filter(
            Q(number__icontains=word) | Q(holder__name__icontains=word)
            | Q(address__icontains=word) | Q(building_name__icontains=word)
        )  # fmt: skip
    return cases


def _of_person(cases, pk, chosen):
    """Find the cases of whoever has this identity's NIK, also where an agent applies for him."""
    niks = Identity.objects.filter(pk=pk).exclude(nik_lookup="").values("nik_lookup")
    return cases.filter(holder__in=Identity.objects.filter(nik_lookup__in=niks))


CONDITIONS = {
    "q": _search,
    "pemilik": _of_person,
    "tahap": lambda cases, value, chosen: cases.filter(state=value),
    "kecamatan": lambda cases, value, chosen: cases.filter(kecamatan=value),
    "pemegang": lambda cases, value, chosen: (
        cases.filter(claimed_by=chosen.user)
        if value == "saya"
        else cases.filter(claimed_by=None).exclude(turn_role="")
    ),
    "saring": lambda cases, value, chosen: cases.filter(condition(value, chosen.today)),
}


def _words(key, value, names, person):
    if key == "pemilik":
        return f"NIK {person}".strip() if person else "NIK yang dicari"
    if key == "q":
        return f"“{value}”"
    if key == "tahap":
        return f"Tahap: {State(value).label}"
    if key == "kecamatan":
        return f"Kecamatan: {names.get(value, value)}"
    return f"Petugas: {HOLDERS[value]}" if key == "pemegang" else TILES[value].capitalize()
