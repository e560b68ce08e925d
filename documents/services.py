"""The life of a paper: draft, frozen at its first paraf or signature, issued, void.

Each function is to be called inside the transaction of the move that it belongs to.
"""

from __future__ import annotations

import dataclasses
import datetime
import re
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from documents import holds, snapshot
from documents.content import ENCLOSED, PaperContent
from documents.models import Paper, PaperSignature
from imbportal import uploads
from imbportal.daerah import registry
from imbportal.daerah.schema import Daerah
from notifications import jobs

PRINT = "cetak_surat"
STANDING = (Paper.Status.DRAFT, Paper.Status.VALID, Paper.Status.FROZEN)
FINAL = (Paper.Status.VOID, Paper.Status.REVOKED, Paper.Status.REPLACED)


class NotDraft(ValueError):
    """The paper is frozen, issued or void: what is asked can only be done to a draft."""


class NotInForce(ValueError):
    """The paper is not in force (any more), so nothing can take its place."""


class NotPrinted(LookupError):
    """The paper's file is still being made; the text is for the reader."""

    def __init__(self):
        super().__init__("Berkas surat ini sedang disiapkan. Coba lagi sebentar lagi.")


@transaction.atomic
def draft(*, kind: str, rules: Daerah, version: Any, case: UUID, content: PaperContent) -> Paper:
    """Return the draft of this kind for the case with this content, made or rewritten.

    NotDraft where one stands that is frozen but not issued: void it first.
    """
    paper = _latest(case, kind, [Paper.Status.DRAFT]) or Paper(kind=kind, case=case)
    if paper.frozen_at:
        raise NotDraft(f"{kind} is signed already")
    paper.daerah, paper.version_id = rules.slug, getattr(version, "pk", version)
    enclosed = ENCLOSED.get(rules.paper[kind].template or kind, "")
    paper.content = snapshot.plain(dataclasses.replace(content, enclosed=enclosed))
    paper.title = content.title[:200]
    paper.sample = content.sample
    paper.save()
    return paper


@transaction.atomic
def freeze(paper: Paper, *, at: datetime.datetime | None = None) -> Paper:
    """Let the content stand forever from ``at`` (now); a frozen paper stays as it is."""
    _lock(paper)
    if paper.frozen_at is None:
        paper.content_sha256 = snapshot.sha256(paper.content)
        paper.frozen_at = at or timezone.now()
        paper.save(update_fields=["content_sha256", "frozen_at"])
    return paper


@transaction.atomic
def sign(
    paper: Paper, *, user: Any, act: str, role: str, capacity: str, at: datetime.datetime
) -> PaperSignature:
    """Add a paraf or signature; it takes the place of one that this role gave before."""
    freeze(paper, at=at)
    if paper.status in FINAL:
        raise NotDraft(f"{paper} is {paper.status}")
    before = paper.signatures.filter(act=act, role=role, voided_at=None)
    before.update(voided_at=at)
    return paper.signatures.create(
        user=user, act=act, role=role, name=str(user), title=capacity, nip=user.nip, at=at
    )


@transaction.atomic
def issue(
    paper: Paper, *, at: datetime.datetime, kecamatan: str = "", seal: str = Paper.Seal.NONE
) -> Paper:
    """Give the paper its number and date, let it be in force, and have it printed.

    ``seal`` says whose electronic seal it is to bear: without it nobody is given the paper.
    """
    freeze(paper, at=at)
    if paper.status != Paper.Status.DRAFT:
        raise NotDraft(f"{paper} is {paper.status}")
    rules = registry.version(paper.version_id)
    paper.number = holds.number(paper, rules, at, kecamatan)
    paper.seal = seal
    paper.issued_at = paper.status_at = at
    paper.status = Paper.Status.VALID
    paper.save(update_fields=["number", "issued_at", "status", "status_at", "seal"])
    jobs.enqueue(PRINT, f"{PRINT}:{paper.pk}", str(paper.pk))
    return paper


@transaction.atomic
def void(paper: Paper, *, reason: str, at: datetime.datetime) -> Paper:
    """Take a paper out of force for good, with its signatures; its number is never given again."""
    _lock(paper)
    if paper.status in FINAL:
        return paper
    paper.status, paper.status_reason, paper.status_at = Paper.Status.VOID, reason, at
    paper.save(update_fields=["status", "status_reason", "status_at"])
    paper.signatures.filter(voided_at=None).update(voided_at=at)
    _put_back(paper, at)
    return paper


ALTERED = {
    Paper.Status.FROZEN: (Paper.Status.VALID,),
    Paper.Status.VALID: (Paper.Status.FROZEN,),
    Paper.Status.REVOKED: (Paper.Status.VALID, Paper.Status.FROZEN),
}
"""From where an issued paper may come to be frozen, in force again, or revoked for good."""


@transaction.atomic
def alter(paper: Paper, status: str, *, reason: str, at: datetime.datetime) -> Paper:
    """Freeze, release or revoke an issued paper. NotInForce where it is none (any more)."""
    _lock(paper)
    if paper.issued_at is None or paper.status not in ALTERED[Paper.Status(status)]:
        raise NotInForce(paper)
    paper.status, paper.status_reason, paper.status_at = status, reason, at
    paper.save(update_fields=["status", "status_reason", "status_at"])
    return paper


@transaction.atomic
def replace(older: Paper, by: Paper, *, at: datetime.datetime) -> Paper:
    """Let an issued paper take the place of an older one. NotInForce where that is no longer so."""
    _lock(older)
    if older.status != Paper.Status.VALID:
        raise NotInForce(older)
    older.status, older.status_at, older.replaced_by = Paper.Status.REPLACED, at, by
    older.save(update_fields=["status", "status_at", "replaced_by"])
    return older


def _put_back(paper: Paper, at: datetime.datetime) -> None:
    """Let be in force again what a paper had replaced that is void now."""
    replaced = Paper.objects.filter(replaced_by=paper, status=Paper.Status.REPLACED)
    replaced.update(status=Paper.Status.VALID, status_at=at, replaced_by=None)


@transaction.atomic
def unsign(paper: Paper, *, act: str, role: str, at: datetime.datetime, reason: str = "") -> Paper:
    """Take back one paraf or signature of a paper that has no number yet.

    The others stand, on the same frozen content; where none is left the paper is void.
    """
    _lock(paper)
    paper.signatures.filter(act=act, role=role, voided_at=None).update(voided_at=at)
    if paper.signatures.filter(voided_at=None).exists():
        return paper
    return void(paper, reason=reason, at=at)


def standing(case: UUID, kind: str) -> Paper | None:
    """Return the newest paper of a kind that is a draft or in force."""
    return _latest(case, kind, STANDING)


def signatures(paper: Paper) -> list[PaperSignature]:
    """Return the signatures that a paper carries, in the order in which they were given.

    An issued paper keeps those of its day of issue, even after it was voided.
    """
    given = paper.signatures.order_by("at", "pk")
    if paper.issued_at is None:
        return list(given.filter(voided_at=None))
    return [s for s in given if s.voided_at is None or s.voided_at >= paper.issued_at]


def file_name(paper: Paper) -> str:
    """Return the name under which a reader saves the paper."""
    words = re.sub(r"[^\w.-]+", "-", f"{paper.title} {paper.number or 'konsep'}")
    return f"{words.strip('-')[:120]}.pdf"


def open_file(paper: Paper) -> Any:
    """Return the PDF that is given out (a field file), sealed where the paper has a seal.

    NotPrinted while the worker has not made it yet.
    """
    if not paper.given or not paper.given.storage.exists(paper.given.name):
        raise NotPrinted
    return paper.given


def respond(paper: Paper, *, inline: bool = False) -> Any:
    """Return the response with the PDF, for a caller who has asked for the permission."""
    mime = "application/pdf"
    return uploads.respond(open_file(paper), name=file_name(paper), mime=mime, inline=inline)


def _latest(case: UUID, kind: str, status: Any) -> Paper | None:
    found = Paper.objects.filter(case=case, kind=kind, status__in=status)
    return found.order_by("-created_at").first()


def _lock(paper: Paper) -> None:
    """Read the paper's row anew and keep it until the transaction ends."""
    paper.refresh_from_db(from_queryset=Paper.objects.select_for_update())
