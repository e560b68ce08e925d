"""The counter: which officers stand there, for which cases they act, and what such a case brings.

Who stands at the counter is whoever first takes a file into his hands: the role of the first link
of SUBMITTED, or of KRK_REQUESTED where a track begins there.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from django.db.models import Q

from accounts import postings
from imbportal.daerah import registry
from imbportal.daerah.schema import Daerah, Requirement

if TYPE_CHECKING:
    from applications.models import Application

CAPACITY = "Petugas loket, atas nama pemohon"
OWN_POLICY = "Kebijakan portal"
STATEMENT = Requirement(
    code="loket_pernyataan",
    label="Formulir dan pernyataan yang ditandatangani pemohon",
    group="administrasi",
    help="Cetak formulirnya setelah isian lengkap, minta pemohon menandatangani, lalu pindai.",
    due="request_krk",
    cite=OWN_POLICY,
)
PERMIT_STATEMENT = STATEMENT.model_copy(
    update={
        "code": "loket_pernyataan_izin",
        "label": "Formulir izin dan pernyataan yang ditandatangani pemohon",
        "due": "submit",
    }
)
"""The second form, of a track on which the KRK was asked for by the first."""
RECEIPT = Requirement(
    code="loket_tanda_terima",
    label="Tanda terima kertas",
    group="administrasi",
    help="Pindaian tanda terima yang diberikan kepada pemohon saat portal tidak dapat dipakai.",
    due="request_krk",
    cite=OWN_POLICY,
)


def roles(rules: Daerah) -> set[str]:
    """Return the roles that stand at the counter of a daerah."""
    found = set()
    for track in rules.track:
        chains = rules.chains(track)
        first = [chains[gate] for gate in ("KRK_REQUESTED", "SUBMITTED") if chains.get(gate)]
        found |= {chain[0].role for chain in first}
    return found


def at_counter(posting: Any) -> bool:
    """Return whether a posting stands at the counter of its daerah."""
    return posting.role in roles(registry.current(posting.daerah))


def daerah_of(held: Iterable[Any]) -> list[str]:
    """Return the daerah at whose counter somebody with these postings stands."""
    return list(dict.fromkeys(posting.daerah for posting in held if at_counter(posting)))


def cases(posting: Any, user: Any, kecamatan: str) -> Q:
    """Return the condition for the cases that a posting at the counter acts for.

    A unit of one ``kecamatan`` has those of its plots; a draft whose plot is not known yet, or was
    chosen wrongly, stays with who opened it.
    """
    here = Q(daerah=posting.daerah, filed_by__isnull=False, taken_over_at=None)
    if kecamatan:
        here &= Q(kecamatan__in=("", kecamatan)) | Q(filed_by=user)
    return here


def serves(application: Application, user: Any) -> bool:
    """Return whether the user stands at the counter that has this case, as ``cases`` says."""
    plot = application.kecamatan if application.filed_by_id != user.pk else ""
    return any(
        at_counter(posting) and (not plot or postings.serves(posting, plot))
        for posting in postings.of(user, application.daerah)
    )


def slots(application: Application) -> list[Requirement]:
    """Return what a counter case must bring beside the daerah's own requirements."""
    if application.filed_by_id is None:
        return []
    paper = [RECEIPT] if application.received_on else []
    forms = [STATEMENT, PERMIT_STATEMENT] if krk_apart(application) else [STATEMENT]
    forms = [_with_blanks(application, form, forms) for form in forms]
    return [*paper, *([] if _ticked_himself(application) else forms)]


def _ticked_himself(application: Application) -> bool:
    """Return whether the applicant took it over as a draft: he ticks the statements himself."""
    taken, sent = application.taken_over_at, application.registered_at
    return taken is not None and (sent is None or taken <= sent)


def _with_blanks(
    application: Application, slot: Requirement, slots: list[Requirement]
) -> Requirement:
    """Return a slot with the daerah's own forms of an application: those for its questions, where
    the KRK is asked for by a form of its own."""
    rules = application.rules
    asked = {section.code: section.form for section in rules.section}
    found = []
    for blank in rules.blank:
        if not blank.sections or not asked.keys() >= {*blank.sections}:
            continue
        forms = {asked[code] for code in blank.sections}
        own = forms == {"krk"} if slot.due == "request_krk" else "izin" in forms
        if len(slots) == 1 or own:
            found.append(blank.code)
    return slot.model_copy(update={"blanks": tuple(found)})


def krk_apart(application: Application) -> bool:
    """Return whether the KRK was asked for by a form of its own, before the permit."""
    track = application.track
    return bool(track) and "KRK_REQUESTED" in application.rules.chains(track)
