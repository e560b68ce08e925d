"""From a paper's row to its PDF: a pure function of the frozen content, number and signatures."""

from __future__ import annotations

import hashlib
import os
import tempfile
from contextlib import suppress
from pathlib import Path
from typing import Any

from django.core.files.storage import default_storage
from django.template.loader import render_to_string, select_template

from documents import services, snapshot, typesetting
from documents.models import Paper
from documents.printout import Printout, printout

FOLDER = "surat"


class Tampered(RuntimeError):
    """The stored content or file is not the one that was frozen; only a backup helps."""


def render(paper_id: Any) -> Paper:
    """Make the PDF of an issued paper where it is missing; running it again changes nothing.

    Raises Tampered where the content does not bear its hash, or a lost file would come out
    differently from the one that was given away.
    """
    paper = Paper.objects.get(pk=paper_id)
    if paper.number is None or (paper.file_sha256 and default_storage.exists(paper.file.name)):
        return paper
    if paper.content_sha256 != snapshot.sha256(paper.content):
        raise Tampered(f"content of {paper.pk}")
    content = _pdf(printout(paper, services.signatures(paper)))
    sha256 = hashlib.sha256(content).hexdigest()
    if paper.file_sha256 not in (None, sha256):
        raise Tampered(f"file of {paper.pk} would differ")
    name = f"{FOLDER}/{paper.pk}.pdf"
    _put(name, content)
    Paper.objects.filter(pk=paper.pk, file_sha256=None).update(file=name, file_sha256=sha256)
    paper.refresh_from_db()
    return paper


def preview(paper: Paper) -> bytes:
    """Return the PDF of a paper as it stands, marked KONSEP where it has no number yet."""
    return _pdf(printout(paper, services.signatures(paper)))


def mark(paper: Paper) -> str:
    """Return a hash of what a paper prints as it stands: the same mark, the same PDF."""
    page = printout(paper, services.signatures(paper))
    return hashlib.sha256(f"{page.styles} {html(page)}".encode()).hexdigest()


def html(page: Printout) -> str:
    """Return the page that is typeset: the template of the kind, else the general letter."""
    names = [f"pdf/{page.template}.html", f"pdf/{page.kind}.html", "pdf/surat.html"]
    template = select_template(names).template.name
    return render_to_string(template, {"page": page, "paper": page.content})


def missing():
    """Return the issued papers whose file is not there yet."""
    return Paper.objects.filter(number__isnull=False, file_sha256=None).order_by("issued_at")


def _pdf(page: Printout) -> bytes:
    return typesetting.pdf(html(page), page.styles)


def _put(name: str, content: bytes) -> None:
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
