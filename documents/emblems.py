"""The coat of arms on a daerah's papers: handed in by its office, chosen, named by its hash.

A paper keeps the hash in its content, so that it prints the same after another one was chosen.
"""

from __future__ import annotations

import hashlib
from typing import Any

from django.core.files.base import ContentFile
from django.db import IntegrityError, transaction
from django.template.loader import render_to_string

from documents import rendering, typesetting
from documents.content import Letterhead
from documents.models import Emblem, EmblemChoice
from imbportal import uploads

LEAST, MOST = 300, 400
"""Pixels of the long side: on the 16 mm of a letterhead 470 and 630 dots per inch. Each paper
holds them, and more would only make it larger."""
KIND = "pindai_lambang"
SHEET, STRIP = ("paper", "a4"), ("paper", "kop")
"""Style sheets of the sample: a whole sheet, or its head alone."""


class Changed(ValueError):
    """Another one was chosen meanwhile."""


# -- Choosing -------------------------------------------------------------------------------
def choices(daerah: str) -> Any:
    """Return what was chosen for a daerah, the newest first."""
    found = EmblemChoice.objects.filter(daerah=daerah).order_by("-number")
    return found.select_related("emblem", "by")


def current(daerah: str) -> Emblem | None:
    """Return what new papers print; None is the neutral mark."""
    chosen = choices(daerah).first()
    return chosen.emblem if chosen else None


def choose(daerah: str, emblem: Emblem | None, *, after: int, by: Any) -> None:
    """Let new papers print this emblem, or the neutral mark, from now on.

    ``after`` is the number of the choice that whoever decides has seen, 0 for none. What is
    printed already is no new choice. Changed where another one was made meanwhile.
    """
    if emblem and (emblem.daerah != daerah or emblem.scan != uploads.CLEAN):
        raise ValueError(f"{emblem.pk} is not to be printed in {daerah}")
    newest = choices(daerah).first()
    if emblem == (newest.emblem if newest else None):
        return
    if after != (newest.number if newest else 0):
        raise Changed(daerah)
    try:
        with transaction.atomic():
            EmblemChoice.objects.create(daerah=daerah, number=after + 1, emblem=emblem, by=by)
    except IntegrityError:
        raise Changed(daerah) from None


# -- Handing in -----------------------------------------------------------------------------
def take(file: Any, *, daerah: str, by: Any) -> Emblem:
    """Keep a picture that an office hands in; nothing prints it yet. Raises UploadRefused."""
    accepted = uploads.accept(file, pdf=False, owner=by)
    picture = uploads.trim(accepted, least=LEAST, most=MOST)
    sha256 = hashlib.sha256(picture.png).hexdigest()
    name = rendering.emblem_name(sha256)
    rendering.put(name, picture.png)
    return Emblem.objects.create(
        daerah=daerah, file=name, sha256=sha256, width=picture.width, height=picture.height,
        name=accepted.name, scan=accepted.scan, by=by,
    )  # fmt: skip


def release() -> None:
    """Scan again what came while no virus scanner answered."""
    uploads.release(Emblem.objects.all(), "file", "scan")


# -- Printing -------------------------------------------------------------------------------
def in_head(emblem: Emblem | None, daerah: str) -> dict[str, str]:
    """Return what a letterhead keeps of an emblem; ``daerah`` is the name of its daerah."""
    return {"emblem": emblem.sha256, "emblem_text": f"Lambang {daerah}"} if emblem else {}


def sample(head: Letterhead, styles: tuple[str, ...] = SHEET) -> bytes:
    """Return a sheet with this letterhead as a PDF. Raises rendering.Tampered."""
    page = render_to_string("pdf/kop.html", {"head": head})
    return typesetting.pdf(page, styles, pictures=rendering.pictures(head))


def picture(head: Letterhead) -> uploads.Picture:
    """Return the letterhead as it is printed, as a picture."""
    [drawn] = uploads.draw(ContentFile(sample(head, STRIP)), "application/pdf", 1, 1)
    return drawn
