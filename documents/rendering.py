"""From a paper's row to its PDF: a pure function of the frozen content, number and signatures."""

from __future__ import annotations

import datetime
import hashlib
import os
import tempfile
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, Any

from django.core.files.storage import default_storage
from django.db.models import Q
from django.template.loader import render_to_string
from django.utils import timezone

from documents import enclosure, holds, services, snapshot, typesetting
from documents.models import Paper
from documents.printout import Printout, printout
from imbportal import indonesia

if TYPE_CHECKING:
    from documents.content import Letterhead
    from documents.seal.ways import Order

FOLDER = "surat"
EMBLEMS = "lambang"


class Tampered(RuntimeError):
    """The stored content, file or emblem is not the one that was frozen; only a backup helps."""


def render(paper_id: Any) -> Paper:
    """Make the PDF of an issued paper where it is missing, and the office's seal on it.

    Running it again changes nothing.

    Raises Tampered where the content does not bear its hash, or a lost file would come out
    differently from the one that was given away.
    """
    paper = Paper.objects.get(pk=paper_id)
    if paper.number is None:
        return paper
    if not (paper.file_sha256 and default_storage.exists(paper.file.name)):
        paper = _print(paper)
    if paper.seal == Paper.Seal.OFFICE and paper.sealed_sha256 is None:
        paper = _seal(paper)
    return paper


def _print(paper: Paper) -> Paper:
    if paper.content_sha256 != snapshot.sha256(paper.content):
        raise Tampered(f"content of {paper.pk}")
    content = pdf(printout(paper, services.signatures(paper)))
    sha256 = hashlib.sha256(content).hexdigest()
    if paper.file_sha256 not in (None, sha256):
        raise Tampered(f"file of {paper.pk} would differ")
    name = paper.file.name or f"{FOLDER}/{paper.pk}.pdf"
    put(name, content)
    Paper.objects.filter(pk=paper.pk, file_sha256=None).update(file=name, file_sha256=sha256)
    paper.refresh_from_db()
    return paper


def _seal(paper: Paper) -> Paper:
    """Seal a printed paper for the office. Raises SealFault: the job then tries again."""
    from documents.seal import ways

    way = ways.current()
    if way is None:
        raise ways.NotReady()
    with default_storage.open(paper.file.name) as file:
        content = way.seal_for_office(order(printout(paper, ()), file.read(), timezone.now()))
    sha256 = hashlib.sha256(content).hexdigest()
    name = sealed_name(paper, sha256)
    put(name, content)
    mine = Paper.objects.filter(pk=paper.pk, sealed_sha256=None)
    if not mine.update(sealed=name, sealed_sha256=sha256):
        default_storage.delete(name)  # another worker was faster: its seal stands
    paper.refresh_from_db()
    return paper


def order(page: Printout, pdf: bytes, at: datetime.datetime) -> Order:
    """Return what a seal is asked for: a printed paper, and what its seal says of it."""
    from documents.seal.ways import Order

    head = page.content.letterhead
    return Order(
        pdf=pdf, at=at, reason=f"{page.content.title} {page.number}".strip(), place=head.place,
        check_url=page.check_url, date=indonesia.tanggal(at, head.timezone),
    )  # fmt: skip


def sealed_name(paper: Paper, sha256: str) -> str:
    """Return where a sealed file lies; two seals of one paper are two files."""
    return f"{FOLDER}/{paper.pk}.{sha256[:16]}.pdf"


def preview(paper: Paper) -> bytes:
    """Return the PDF of a paper as it stands, marked KONSEP where it has no number yet."""
    return pdf(printout(paper, services.signatures(paper)))


def mark(paper: Paper) -> str:
    """Return a hash of what a paper prints as it stands: the same mark, the same PDF."""
    return mark_of(printout(paper, services.signatures(paper)))


def mark_of(page: Printout) -> str:
    return hashlib.sha256(f"{page.styles} {html(page)} {enclosure.of(page)}".encode()).hexdigest()


def html(page: Printout) -> str:
    """Return the page that is typeset."""
    return render_to_string(f"pdf/{page.layout}.html", {"page": page, "paper": page.content})


def missing():
    """Return the issued papers whose file, or its seal, is not there yet."""
    lacking = Q(file_sha256=None) | (Q(sealed_sha256=None) & ~Q(seal=Paper.Seal.NONE))
    issued = Paper.objects.filter(lacking, number__isnull=False)
    return issued.exclude(holds.NEVER_OUT).order_by("issued_at")


def pdf(page: Printout) -> bytes:
    """Return the PDF of a page: the same page, the same bytes."""
    enclosed, head = enclosure.of(page), page.content.letterhead
    return typesetting.pdf(html(page), page.styles, enclosed, pictures=pictures(head))


def pictures(head: Letterhead) -> dict[str, bytes]:
    """Return the coat of arms that a letterhead names, by its address in the template.

    Raises Tampered where its file is gone or is another.
    """
    if not head.emblem:
        return {}
    try:
        with default_storage.open(emblem_name(head.emblem)) as file:
            content = file.read()
    except FileNotFoundError:
        content = b""
    if hashlib.sha256(content).hexdigest() != head.emblem:
        raise Tampered(f"emblem {head.emblem}")
    return {f"lambang:{head.emblem}": content}


def emblem_name(sha256: str) -> str:
    """Return where the emblem with this hash lies."""
    return f"{EMBLEMS}/{sha256}.png"


def put(name: str, content: bytes) -> None:
    """Write the file whole or not at all, under a name of our own choosing."""
    path = Path(default_storage.path(name))
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    handle, draft = tempfile.mkstemp(dir=path.parent, prefix=".", suffix=".tmp")
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        os.replace(draft, path)
    except BaseException:
        with suppress(FileNotFoundError):
            os.unlink(draft)
        raise
