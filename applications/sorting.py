"""Photos of signed forms find their slots by the QR code on them; what has none is asked for.

A file whose slot is not known, or not the one at which it was sent, is held with the case until its
applicant says where it belongs, or throws it away. It counts for nothing before.
"""

from __future__ import annotations

import time
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from pathlib import PurePath
from typing import Any

from django.db import transaction
from django.db.models import Max

from applications import casework, clock, pages, requirements, slot_codes
from applications.casework import UPLOAD_OPEN
from applications.holding import bump
from applications.models import Application, Document, DocumentVersion
from applications.refusals import Conflict, NotVisible, Unmet
from applications.requirements import HELD, Slot
from applications.slot_codes import EXPIRED, OTHER_CASE, OWN, Meaning
from imbportal import uploads
from imbportal.uploads import Accepted, UploadRefused
from imbportal.uploads.acceptance import ENDINGS

LOOKED_AT = 12
"""Pages of a file that are looked at for a QR code: a scan of all forms has about so many."""
MOST = 40
"""Files that are held for one case at a time."""
LOOKING = 25
"""Seconds after which a file that came along is no longer looked at for codes, but asked for: the
answer must be there before the line is given up."""
Piece = tuple[Accepted, list[int]]
"""A file and those of its pages that are meant; none means all."""


class OtherCase(Exception):
    """The form was printed for another application; the text is for the reader."""


class Full(Exception):
    """As many files wait as may; the text is for the reader."""

    def __init__(self) -> None:
        super().__init__(f"Sudah {MOST} berkas menunggu. Pilah dahulu, lalu unggah lagi.")


class Misplaced(Exception):
    """The form belongs to another slot than the one at which it was sent."""

    def __init__(self, slot: Slot, version: DocumentVersion):
        super().__init__(slot.code)
        self.slot, self.version = slot, version


@dataclass
class Sorted:
    """What became of files that were sent together."""

    kept: list[tuple[Slot, DocumentVersion]] = field(default_factory=list)
    held: list[DocumentVersion] = field(default_factory=list)
    refused: list[tuple[str, str]] = field(default_factory=list)
    """Name of a file, and why it is not taken."""
    stale: list[str] = field(default_factory=list)
    """Names of files whose code is over."""


def held(application: Application) -> list[DocumentVersion]:
    """Return the files that wait for a slot, the oldest first."""
    mine = DocumentVersion.objects.filter(document__application=application)
    return list(mine.filter(document__requirement=HELD).order_by("number"))


# -- One file at a slot ---------------------------------------------------------------------
def upload(application: Application, code: str, file: Any, *, by: Any) -> DocumentVersion:
    """Take a file for a slot as ``casework.upload`` does, unless its QR code says otherwise.

    Raises Misplaced, with the file held, Full and OtherCase.
    """
    try:
        return casework.upload(application, code, file, by=by, look=_look)
    except _Elsewhere as found:
        with transaction.atomic():
            case = casework.applicants(application.pk, by, UPLOAD_OPEN, None)
            version = _hold(case, found.accepted, by)
        raise Misplaced(found.slot, version) from None


class _Elsewhere(Exception):
    def __init__(self, slot: Slot, accepted: Accepted):
        super().__init__(slot.code)
        self.slot, self.accepted = slot, accepted


def _look(application: Application, code: str, accepted: Accepted) -> None:
    """Raise where the codes of a file name other slots than this one."""
    slots = {slot.code: slot for slot in requirements.due(application)}
    named = _named(_meanings(application, slots, accepted))
    if named and code not in named:
        raise _Elsewhere(slots[named[0]], accepted)


def _meanings(
    application: Application, slots: Iterable[str], accepted: Accepted
) -> dict[int, Meaning]:
    """Return what each page with a code of a form means. Raises OtherCase."""
    today, found = clock.today(application), {}
    for page, texts in accepted.codes.items():
        read = [slot_codes.read(text, application.pk, slots, today) for text in texts]
        if meaning := next((one for one in read if one), None):
            found[page] = meaning
    if any(meaning.kind == OTHER_CASE for meaning in found.values()):
        raise OtherCase(
            "Formulir ini dicetak untuk permohonan lain, jadi tidak kami simpan di sini. Unduh "
            "formulir dari permohonan ini, atau unggah foto ini di permohonan asalnya."
        )
    return found


def _named(meanings: dict[int, Meaning]) -> list[str]:
    """Return the slots that good codes name, each once, in the order of the pages."""
    return list(dict.fromkeys(one.slot for one in meanings.values() if one.kind == OWN))


# -- Many files at once ---------------------------------------------------------------------
def sort(application: Application, files: Sequence[Any], *, by: Any) -> Sorted:
    """Keep each file, or each of its pages, in the slot that its QR code names; hold the rest.

    Pages of one slot that came together become one file.
    """
    application = casework.may_upload(application.pk, by)
    slots = {slot.code: slot for slot in requirements.due(application)}
    done, groups, loose = Sorted(), {}, []  # type: ignore[var-annotated]
    until = time.monotonic() + LOOKING
    for file in files:
        looked_at = LOOKED_AT if time.monotonic() < until else 0
        try:
            accepted = uploads.accept(file, owner=application.applicant, with_codes=looked_at)
            meanings = _meanings(application, slots, accepted)
            _deal(accepted, meanings, groups, loose)
            if any(meaning.kind == EXPIRED for meaning in meanings.values()):
                done.stale.append(accepted.name)
        except (UploadRefused, OtherCase) as refused:
            done.refused.append((_called(file), str(refused)))
    whole = [(code, pieces, _name(slots.get(code), pieces)) for code, pieces in groups.items()]
    whole += [(HELD, [piece], piece[0].name) for piece in loose]
    for code, pieces, name in whole:
        try:
            _keep(application, slots.get(code), pieces, name, by, done)
        except (UploadRefused, Full) as refused:
            done.refused.append((name, str(refused)))
    return done


def _called(file: Any) -> str:
    """Return the name of a file that is not taken, as its sender knows it."""
    ending = PurePath(file.name or "").suffix.lower()
    return uploads.display_name(file.name, ending if ending in ENDINGS.values() else "")


def _deal(
    accepted: Accepted,
    meanings: dict[int, Meaning],
    groups: dict[str, list[Piece]],
    loose: list[Piece],
) -> None:
    """Give a file, or its pages where they name several slots, to their groups."""
    named = _named(meanings)
    if len(named) < 2:
        (groups.setdefault(named[0], []) if named else loose).append((accepted, []))
        return
    for slot in named:
        own = [page for page, one in meanings.items() if (one.kind, one.slot) == (OWN, slot)]
        groups.setdefault(slot, []).append((accepted, own))
    signed = {page for page, one in meanings.items() if one.kind == OWN}
    if rest := [page for page in range(1, accepted.pages + 1) if page not in signed]:
        loose.append((accepted, rest))


def _name(slot: Slot | None, pieces: list[Piece]) -> str:
    """Return the name of what is kept: the sender's own, or that of the document if it is made."""
    if slot is None or (len(pieces) == 1 and not pieces[0][1]):
        return pieces[0][0].name
    return f"{slot.requirement.label}.pdf"


def _keep(
    application: Application,
    slot: Slot | None,
    pieces: list[Piece],
    name: str,
    by: Any,
    done: Sorted,
) -> None:
    accepted, some = pieces[0]
    fits = slot is None or slot.requirement.images or accepted.mime == "application/pdf"
    if len(pieces) > 1 or some or not fits:
        accepted = uploads.join(pieces, name)
    with transaction.atomic():
        case = casework.applicants(application.pk, by, UPLOAD_OPEN, None)
        if slot is None:
            done.held.append(_hold(case, accepted, by))
        else:
            done.kept.append((slot, casework.keep(case, slot.code, accepted, by)))


def _hold(application: Application, accepted: Accepted, by: Any) -> DocumentVersion:
    """Hold a file of a locked case; the same one sent again is there once."""
    there = held(application)
    if known := next((one for one in there if one.sha256 == accepted.sha256), None):
        return known
    if len(there) >= MOST:
        raise Full()
    return casework.keep(application, HELD, accepted, by)


# -- What is held ---------------------------------------------------------------------------
@transaction.atomic
def place(application: Application, pk: Any, code: str, *, by: Any) -> DocumentVersion:
    """Put a held file into a slot as its next version; a second click finds it there.

    Raises NotVisible, Conflict, Unmet, UploadRefused.
    """
    application = casework.applicants(application.pk, by, UPLOAD_OPEN, None)
    version = _mine(application, pk)
    if version.document.requirement == code:
        return version
    if version.document.requirement != HELD:
        raise Conflict("Berkas ini sudah dipilah. Muat ulang halaman.")
    slot = next((slot for slot in requirements.due(application) if slot.code == code), None)
    if slot is None:
        raise Unmet(["Pilih dokumen yang diminta dalam permohonan ini."])
    if not slot.takes(version):
        raise UploadRefused("pdf_only")
    document, _ = Document.objects.get_or_create(application=application, requirement=code)
    last = document.versions.aggregate(last=Max("number"))["last"] or 0
    version.document, version.number, version.round = document, last + 1, application.round
    version.save(update_fields=["document", "number", "round"])
    casework.answered_by_upload(application, code, version)
    bump(application)
    return version


@transaction.atomic
def discard(application: Application, pk: Any, *, by: Any) -> None:
    """Throw a held file away; a second click finds it gone."""
    application = casework.applicants(application.pk, by, UPLOAD_OPEN, None)
    version = next((one for one in held(application) if one.pk == pk), None)
    if version is None:
        return
    files = [version.file, *pages.files([version])]
    version.delete()
    for file in files:
        transaction.on_commit(lambda file=file: file.storage.delete(file.name))  # type: ignore[misc]
    bump(application)


def _mine(application: Application, pk: Any) -> DocumentVersion:
    mine = DocumentVersion.objects.filter(document__application=application)
    version = mine.select_related("document").filter(pk=pk).first()
    if version is None:
        raise NotVisible()
    return version
