"""Papers that their signatory seals: which, what they will print, and the act that issues them.

An act that seals is done twice, be it a move or one beside the moves. The rehearsal writes
everything and lets nothing stand: it tells what will be printed. Outside of any transaction that is
typeset and sealed. Then the act is done, at the same moment of time and on the same version, and
takes the sealed files if they show just what it issues.
"""

from __future__ import annotations

import datetime
import hashlib
import uuid
from dataclasses import dataclass, field
from typing import Protocol

from django.conf import settings
from django.core.files.storage import default_storage

from applications.models import Application
from applications.refusals import Conflict, Unmet
from applications.requirements import made
from applications.workflow import Move
from documents import rendering
from documents import services as papers
from documents.models import Paper
from documents.printout import Printout, printout
from imbportal.daerah import registry
from imbportal.daerah.vocabulary import GATES
from imbportal.daerah.ways import Link

SIGN_ON_PAGE = "Surat pada langkah ini ditandatangani secara elektronik: buka halaman tanda tangan."
CHANGED = "Isi surat baru saja berubah, jadi belum ditandatangani. Muat ulang, lalu ulangi."


class Sealing(Protocol):
    at: datetime.datetime

    def issued(self, kind: str, paper: Paper) -> None:
        """Be told of each paper that is issued, as soon as it has its number."""
        ...


@dataclass
class Rehearsal:
    """What an act would issue under its signatory's seal, and what that would print."""

    at: datetime.datetime
    papers: dict[str, Paper] = field(default_factory=dict)
    prints: dict[str, Printout] = field(default_factory=dict)

    def issued(self, kind: str, paper: Paper) -> None:
        if paper.seal == Paper.Seal.HAND:
            self.papers[kind], self.prints[kind] = paper, _printout(paper)


@dataclass(frozen=True)
class Sealed:
    """One paper before and after its seal."""

    mark: str
    printed: bytes
    sealed: bytes


@dataclass
class Performance:
    """The act itself, with the papers that were sealed for it."""

    at: datetime.datetime
    files: dict[str, Sealed]
    written: list[str] = field(default_factory=list)

    def issued(self, kind: str, paper: Paper) -> None:
        if paper.seal != Paper.Seal.HAND:
            return
        one = self.files.get(kind)
        if one is None or rendering.mark_of(_printout(paper)) != one.mark:
            raise Conflict(CHANGED)
        before, after = (
            hashlib.sha256(content).hexdigest() for content in (one.printed, one.sealed)
        )
        name = f"{rendering.FOLDER}/{paper.pk}.{uuid.uuid4().hex[:8]}.pdf"
        sealed = rendering.sealed_name(paper, after)
        for path, content in ((name, one.printed), (sealed, one.sealed)):
            self.written.append(path)
            rendering.put(path, content)
        Paper.objects.filter(pk=paper.pk).update(
            file=name, file_sha256=before, sealed=sealed, sealed_sha256=after
        )

    def forget(self) -> None:
        """Delete what was written for an act that was not done after all."""
        for name in self.written:
            default_storage.delete(name)


def kinds(application: Application, move: Move) -> tuple[str, ...]:
    """Return the kinds of paper that whoever makes this move now seals himself."""
    link = _acting(application, move)
    if link is None or link.seal != "ttd":
        return ()
    brought = application.rules.on_move(application.track, move.name).issue
    signed = [kind for kind in (*link.issue, *brought) if kind in link.papers]
    return tuple(sorted({*made(application, signed)}))


def seal_of(link: Link | None, kind: str) -> str:
    """Return whose seal a paper bears that is issued at this link."""
    if not settings.SEAL or link is None or link.seal is None:
        return Paper.Seal.NONE
    if link.seal == "kantor":
        return Paper.Seal.OFFICE
    return Paper.Seal.HAND if kind in link.papers else Paper.Seal.NONE


def beside(paper: Paper, sealing: Sealing | None) -> str:
    """Return whose seal a paper is to bear that is issued beside the moves, as its file says.

    Raises Unmet where that is its signatory's, and he has not come with it (``sealing``).
    """
    kind = registry.version(paper.version_id).paper[paper.kind]
    seal = kind.seal or Paper.Seal.NONE if settings.SEAL else Paper.Seal.NONE
    if seal == Paper.Seal.HAND and sealing is None:
        raise Unmet([SIGN_ON_PAGE])
    return seal


def _acting(application: Application, move: Move) -> Link | None:
    """Return the link whose act the move would be, where papers are sealed at all."""
    if not settings.SEAL:
        return None
    at_gate = move.forward and application.state in GATES
    return application.link if at_gate else None


def _printout(paper: Paper) -> Printout:
    return printout(paper, papers.signatures(paper))
