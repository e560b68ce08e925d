"""Who may make a move, and whose turn it is. When it may be made stands in ``guards``."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from accounts import postings
from applications import counter
from applications.refusals import Barred, Conflict
from imbportal.daerah.vocabulary import GATES

if TYPE_CHECKING:
    from accounts.models import Posting
    from applications.models import Application
    from applications.workflow import Move
    from imbportal.daerah.schema import Daerah
    from imbportal.daerah.ways import Link


@dataclass(frozen=True)
class Who:
    """Those who may make a move: any of the named ways."""

    ways: frozenset[str]

    def __or__(self, other: Who) -> Who:
        return Who(self.ways | other.ways)


APPLICANT = Who(frozenset({"applicant"}))
HEAD = Who(frozenset({"head"}))
SISTEM = Who(frozenset({"sistem"}))
NAMED = Who(frozenset({"named"}))
"""The role that the track names for this move (a paying office)."""
FIRST = Who(frozenset({"first"}))
LAST = Who(frozenset({"last"}))
ANY = Who(frozenset({"any"}))
NOT_FIRST = Who(frozenset({"not_first"}))
NOT_LAST = Who(frozenset({"not_last"}))


def _places(who: Who, length: int) -> set[int]:
    """Return the indexes of a chain's links that may make a move."""
    ranges = {
        "first": range(min(1, length)),
        "last": range(max(0, length - 1), length),
        "any": range(length),
        "not_first": range(1, length),
        "not_last": range(max(0, length - 1)),
    }
    return {index for way in who.ways & ranges.keys() for index in ranges[way]}


def nik_of(user: Any) -> str:
    """Return the keyed look-up of the user's NIK, empty where none is known."""
    own = getattr(user, "identity", None)
    return own.nik_lookup if own else ""


def roles_of(application: Application, user: Any) -> set[str]:
    """Return the roles that the user holds for this plot, read once per loaded case."""
    known: dict[Any, set[str]] = application.__dict__.setdefault("_roles", {})
    if user.pk not in known:
        know_roles(application, user, postings.of(user, application.daerah))
    return known[user.pk]


def know_roles(application: Application, user: Any, held: Iterable[Posting]) -> None:
    """Keep with a loaded case the roles that the user's postings in force give him there."""
    application.__dict__.setdefault("_roles", {})[user.pk] = {
        posting.role
        for posting in held
        if posting.daerah == application.daerah and postings.serves(posting, application.kecamatan)
    }


def _holds(application: Application, user: Any, role: str | None) -> bool:
    return bool(role) and role in roles_of(application, user)


def is_applicant(application: Application, user: Any) -> bool:
    """Return whether the case is the user's own or that of an owner for whom he still acts."""
    return application.applicant_id == user.pk and acts(application)


def acts(application: Application) -> bool:
    """Return whether who applied may still act: for himself, or by a letter that is in force.

    A new letter of the same owner takes the place of one that ended.
    """
    letter = application.mandate
    if letter is None or letter.is_in_force:
        return True
    newer = type(letter).objects.owners(letter.agent_id).filter(owner=letter.owner_id)
    return bool(newer.exists())


def same_person(application: Application, user: Any) -> bool:
    """Return whether an officer is also the applicant or the holder, by account or by NIK."""
    if application.applicant_id == user.pk:
        return True
    nik = nik_of(user)
    if not nik:
        return False
    people = [application.holder, getattr(application.applicant, "identity", None)]
    return nik in {person.nik_lookup for person in people if person}


def at_counter(application: Application, user: Any) -> bool:
    """Return whether the user acts for the applicant as an officer of the counter.

    In a case that the counter took and its applicant has not taken over; never for himself.
    """
    if application.filed_by_id is None or application.taken_over_at is not None:
        return False
    return not same_person(application, user) and counter.serves(application, user)


def acts_for_applicant(application: Application, user: Any) -> bool:
    """Return whether the user is the applicant, or acts for him at the counter."""
    return is_applicant(application, user) or at_counter(application, user)


def duties_of(application: Application, user: Any) -> set[str]:
    """Return the duties that the person (by account or by NIK) holds in the case."""
    nik = nik_of(user)
    rows = application.__dict__.setdefault("_duties", list(application.duties.all()))
    return {row.duty for row in rows if row.person_id == user.pk or (nik and row.nik_lookup == nik)}


def _other_duty(application: Application, user: Any, duty: str | None) -> str | None:
    """Return another duty that the person holds in the case, barring him from ``duty``."""
    if duty is None:
        return None
    return next(iter(sorted(duties_of(application, user) - {duty})), None)


def _links(move: Move, application: Application) -> list[Link]:
    """Return every link of the whole track at which the move could be made."""
    chains = application.rules.chains(application.track) if application.track else {}
    found: list[Link] = []
    for gate in move.source:
        chain = chains.get(gate, ())
        found += [chain[index] for index in sorted(_places(move.by, len(chain)))]
    return found


def _named_role(move: Move, application: Application) -> str | None:
    if "named" not in move.by.ways or not application.track:
        return None
    daerah: Daerah = application.rules
    return daerah.on_move(application.track, move.name).role


def bar(move: Move, application: Application, user: Any) -> None:
    """Raise Barred where the user could never make this move in this case."""
    ways = move.by.ways
    if user.is_system and "sistem" in ways:
        return
    if "applicant" in ways and acts_for_applicant(application, user):
        return
    links = [link for link in _links(move, application) if _holds(application, user, link.role)]
    head = "head" in ways and _holds(application, user, application.rules.head)
    named = _holds(application, user, _named_role(move, application))
    if not (links or head or named):
        raise Barred("Langkah ini bukan wewenang Anda dalam permohonan ini.")
    if same_person(application, user):
        raise Barred("Anda pemohon dalam permohonan ini, jadi tidak boleh ikut memeriksanya.")
    held = [_other_duty(application, user, link.duty) for link in links]
    if links and not (head or named) and all(held):
        raise Barred(
            f"Anda sudah memegang tugas {held[0]} dalam permohonan ini; "
            "empat tugas harus dipegang empat orang yang berbeda."
        )


def turn(move: Move, application: Application, user: Any) -> None:
    """Raise Conflict where the state is another or the turn is another's."""
    if application.state not in move.source:
        raise Conflict(f"Permohonan ini sekarang pada tahap {application.stage_label}.")
    if user.is_system and application.state in GATES:
        raise Conflict("Langkah ini menunggu petugas, bukan sistem.")
    if user.is_system and application.state not in GATES:
        return
    if move.by.ways <= {"applicant", "head", "sistem"}:
        return
    if "applicant" in move.by.ways and acts_for_applicant(application, user):
        return
    if _holds(application, user, _named_role(move, application)):
        return
    link = application.link
    if link is None or application.state not in GATES:
        raise Conflict(f"Permohonan ini sekarang pada tahap {application.stage_label}.")
    if not _holds(application, user, link.role):
        raise Conflict(f"Sekarang giliran {application.rules.role[link.role].title}.")
    if application.turn not in _places(move.by, len(application.chain)):
        raise Conflict(f"Langkah ini belum pada urutannya. Sekarang: {link.label or link.act}.")
    bar_link(application, user, link)


def bar_link(application: Application, user: Any, link: Link) -> None:
    """Raise Barred where another duty keeps the person from the link on turn."""
    if held := _other_duty(application, user, link.duty):
        raise Barred(f"Anda sudah memegang tugas {held} dalam permohonan ini.")


def may(move: Move, application: Application, user: Any) -> bool:
    """Return whether the user may make the move now, its conditions apart."""
    try:
        bar(move, application, user)
        turn(move, application, user)
    except (Barred, Conflict):
        return False
    return True
