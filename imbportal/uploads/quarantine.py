"""Files that came while no virus scanner answered: scanned again until one speaks.

A row waits with ``karantina`` in its scan column. ``release`` is called by a job of each app that
stores uploads, every ``EVERY`` seconds; whoever serves a file asks whether it is ``bersih`` first.
"""

import logging
import tempfile
import time
from collections.abc import Callable
from typing import Any

from django.db import transaction
from django.db.models import QuerySet
from django.shortcuts import render

from imbportal.uploads import scanner
from imbportal.uploads.scanner import INFECTED, WAITING

logger = logging.getLogger(__name__)
EVERY = 30
"""Seconds between two looks at what waits."""
BUDGET = 20
"""Seconds of one look: well within the lease of its job. What is left has its turn at the next."""
TEXTS = {
    WAITING: (
        "Berkas sedang dipindai",
        "Berkas ini masih menunggu pemeriksaan virus, jadi belum dapat dibuka. "
        "Pemeriksaan berjalan sendiri; buka lagi beberapa menit kemudian.",
    ),
    INFECTED: (
        "Berkas tidak dapat dibuka",
        "Pemeriksaan virus menemukan bahaya dalam berkas ini. Berkas ditahan dan tidak dapat "
        "dibuka; mintalah atau unggah berkas lain.",
    ),
}


def release(
    rows: QuerySet, file: str, scan: str, *, infected: Callable[[Any], object] | None = None
) -> None:
    """Scan again those of the rows that wait; ``file`` and ``scan`` name their columns.

    ``infected(row)`` is called for each in which something was found, in the same transaction.
    """
    if not scanner.answers():
        return
    until = time.monotonic() + BUDGET
    for row in rows.filter(**{scan: WAITING}).order_by("?"):  # so that none stands before all
        if time.monotonic() > until:
            return
        stored = getattr(row, file)
        verdict = _scan(stored)
        if verdict == WAITING:
            continue
        same = rows.filter(**{"pk": row.pk, scan: WAITING, file: stored.name})
        with transaction.atomic():
            if same.update(**{scan: verdict}) and verdict == INFECTED:
                logger.error("virus in %s %s", row._meta.label, row.pk)
                if infected:
                    infected(row)


def _scan(field_file) -> str:
    """Return the verdict on a stored file, by way of a copy: the storage may be remote."""
    with tempfile.NamedTemporaryFile() as copy:
        try:
            with field_file.open("rb") as source:
                for chunk in source.chunks():
                    copy.write(chunk)
        except FileNotFoundError:
            return WAITING  # replaced meanwhile; the check of what must hold tells of the others
        copy.flush()
        return scanner.scan(copy.name)


def held(request, scan: str, back: str = "/"):
    """Return the page (409) in place of a file that no scanner has found clean."""
    title, text = TEXTS.get(scan, TEXTS[INFECTED])
    context = {"title": title, "text": text, "back": back}
    return render(request, "berkas_ditahan.html", context, status=409)
