"""Accepted files, or pages of them, made one PDF by a child process that may crash."""

import hashlib
import tempfile
import uuid
from collections.abc import Sequence
from pathlib import Path

from django.conf import settings
from django.core.files.base import ContentFile

from imbportal.uploads import parsers, scanner
from imbportal.uploads.acceptance import SCRATCH, Accepted, answer, turn
from imbportal.uploads.names import display_name

CHILD = Path(__file__).with_name("join_child.py")
SECONDS = 20
"""Wall time."""
PDF = "application/pdf"


def join(parts: Sequence[tuple[Accepted, Sequence[int]]], name: str) -> Accepted:
    """Return one PDF of these files, of each the pages that are named, all where none is.

    Raises UploadRefused where that is too much.
    """
    with tempfile.TemporaryDirectory(prefix=SCRATCH, dir=settings.FILE_UPLOAD_TEMP_DIR) as folder:
        target, wanted = Path(folder, "gabungan"), []
        for number, (accepted, pages) in enumerate(parts):
            path = Path(folder, str(number))
            accepted.content.seek(0)
            path.write_bytes(accepted.content.read())
            accepted.content.seek(0)
            wanted.append((accepted.mime, str(path), list(pages)))
        words = (wanted, str(target), settings.PAGE_LIMIT, settings.UPLOAD_LIMIT)
        with turn():
            done = parsers.run(CHILD, *words, seconds=SECONDS)
        pages = answer(done)
        content = target.read_bytes()
    waits = any(accepted.scan == scanner.WAITING for accepted, _ in parts)
    return Accepted(
        content=ContentFile(content, name=f"{uuid.uuid4().hex}.pdf"),
        name=display_name(name, ".pdf"),
        mime=PDF,
        size=len(content),
        pages=pages,
        sha256=hashlib.sha256(content).hexdigest(),
        scan=scanner.WAITING if waits else scanner.CLEAN,
    )
