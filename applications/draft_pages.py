"""Pictures of the papers that somebody is about to sign: made by the worker when first looked at.

They are named by a mark of what the paper prints, so that an older draft is never shown for the
present one; while they are not there the page has a link to the PDF.
"""

from __future__ import annotations

import datetime
import io
from typing import Any

from django.core.files.base import ContentFile
from django.db import transaction
from django.utils import timezone

from applications import papers
from applications.models import Application, DraftPicture
from applications.pages import keep
from applications.refusals import Unmet
from applications.requirements import made
from documents import rendering
from documents.models import Paper
from imbportal import uploads
from notifications import jobs, periodic

KIND = "gambar_konsep"
TRIES = 5
EVERY = 86_400
KEPT = datetime.timedelta(days=7)
"""For so long a picture stays; whoever looks later has it drawn again."""
LINGERS = datetime.timedelta(hours=1)
"""For so long the pictures of an older draft stay: a page that shows them may still be loading."""


def register() -> None:
    jobs.register(KIND, make, failed=give_up, tries=TRIES)
    periodic.register(KIND, EVERY, sweep)


def kinds(application: Application) -> list[str]:
    """Return the papers that the link on turn signs or issues."""
    link = application.link
    return list(dict.fromkeys(made(application, (*link.papers, *link.issue)))) if link else []


def paper_of(application: Application, kind: str) -> Paper:
    """Return the paper as it would be printed now: the frozen draft, or one made for the look."""
    paper = Paper.objects.filter(case=application.pk, kind=kind, status="konsep").first()
    if paper is not None and paper.frozen_at:
        return paper
    content = papers.content(application, kind, at=timezone.now())
    return Paper(
        kind=kind, case=application.pk, daerah=application.daerah,
        version=application.version_used, title=content.title, content=content.as_json(),
        sample=content.sample,
    )  # fmt: skip


def mark_of(paper: Paper) -> str:
    """Return the mark of what a paper prints."""
    return rendering.mark(paper)[: DraftPicture._meta.get_field("mark").max_length or 0]


def drawn(application: Application, kind: str) -> list[DraftPicture]:
    """Return the pictures of the draft as it stands; where there is none, have them made."""
    mark = mark_of(paper_of(application, kind))
    found = list(application.draft_pictures.filter(kind=kind, mark=mark))
    if not found:
        day = timezone.now().date()  # what was swept may be wished for again
        jobs.enqueue(
            KIND, f"{KIND}:{application.pk}:{kind}:{mark}:{day}", f"{application.pk} {kind}"
        )
    return found


def make(ref: str) -> None:
    """Draw the draft as it stands now; the pictures of older ones go."""
    import pikepdf

    application, kind = _named(ref)
    if application is None or kind not in kinds(application):
        return
    try:
        paper = paper_of(application, kind)
    except Unmet:  # the page says why
        return
    mark = mark_of(paper)
    if application.draft_pictures.filter(kind=kind, mark=mark).exists():
        return
    pdf = rendering.preview(paper)
    with pikepdf.open(io.BytesIO(pdf)) as document:  # our own PDF, made a moment ago
        pages = len(document.pages)
    pictures: list[uploads.Picture] = []
    while len(pictures) < pages:
        first = len(pictures) + 1
        pictures += uploads.draw(ContentFile(pdf), "application/pdf", first, pages)
    with transaction.atomic():
        older = timezone.now() - LINGERS
        _remove(application.draft_pictures.filter(kind=kind, made_at__lt=older))
        for picture in pictures:
            _store(application, kind, mark, pages, picture)


def _named(ref: str) -> tuple[Application | None, str]:
    pk, _, kind = ref.partition(" ")
    return Application.objects.filter(pk=pk).first(), kind


def give_up(ref: str) -> None:
    """Leave the draft marked as not to be drawn; its link stays."""
    application, kind = _named(ref)
    if application is not None and kind in kinds(application):
        mark = mark_of(paper_of(application, kind))
        row = DraftPicture(application=application, kind=kind, mark=mark, page=1)
        DraftPicture.objects.bulk_create([row], ignore_conflicts=True)


def _store(
    application: Application, kind: str, mark: str, count: int, picture: uploads.Picture
) -> None:
    """Keep one picture; where another worker was faster keep none."""
    row = DraftPicture(
        application=application, kind=kind, mark=mark, page=picture.page, pages=count
    )
    keep(row, picture)


def sweep() -> int:
    """Remove the pictures that were made long ago; return how many."""
    with transaction.atomic():
        return _remove(DraftPicture.objects.filter(made_at__lt=timezone.now() - KEPT))


def _remove(rows: Any) -> int:
    """Delete rows, and their files once that is settled."""
    old = list(rows)
    DraftPicture.objects.filter(pk__in=[row.pk for row in old]).delete()
    for row in old:
        if row.file:
            name, storage = row.file.name, row.file.storage
            transaction.on_commit(lambda name=name, storage=storage: storage.delete(name))
    return len(old)
