"""The door for files: limits, what the file really is, the child that rewrites it, the scan."""

import hashlib
import json
import tempfile
import threading
import uuid
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

import filetype
from django.conf import settings
from django.core.files.base import ContentFile

from imbportal.uploads import codes, parsers, quota, scanner
from imbportal.uploads.names import display_name
from imbportal.uploads.refusals import UploadRefused

ENDINGS = {"application/pdf": ".pdf", "image/jpeg": ".jpg", "image/png": ".png"}
HEIC = {"image/heic", "image/heif", "image/avif"}
SCRATCH = "unggah-"
CHILD = Path(__file__).with_name("child.py")
SECONDS = 8
"""Wall time for one file; the child itself stops after 6 s of CPU time."""
QUEUE = 20
"""Seconds for which an upload waits for its turn."""
AT_ONCE = threading.BoundedSemaphore(2)
"""Children per process, so that many uploads at once cannot take all memory."""


@dataclass(frozen=True)
class Accepted:
    content: ContentFile
    """The safe copy, under a name that nobody chose."""
    name: str
    """The sender's name for it, cleaned; only ever shown."""
    mime: str
    size: int
    """Bytes of the safe copy."""
    pages: int
    sha256: str
    scan: str
    """bersih, or karantina while no scanner has answered."""
    codes: dict[int, list[str]] = field(default_factory=dict)
    """The QR codes by page, where they were asked for."""


def accept(
    file, *, images: bool = True, pdf: bool = True, owner=None, with_codes: int = 0
) -> Accepted:
    """Return the safe copy of an uploaded file; raise UploadRefused with what to do instead.

    ``images`` and ``pdf`` say whether JPEG and PNG, or PDF, are taken; ``owner`` is who sends it;
    ``with_codes`` has the QR codes on so many of its first pages read.
    """
    quota.take_try(owner)
    with tempfile.TemporaryDirectory(prefix=SCRATCH, dir=settings.FILE_UPLOAD_TEMP_DIR) as folder:
        target = Path(folder, "salinan")
        source = _source(file, Path(folder, "asal"))
        mime = _sniff(source, images, pdf)
        pages = _rewrite(source, target, mime)
        verdict = scanner.scan_for_page(source)
        if verdict == scanner.INFECTED:
            raise UploadRefused("infected")
        content = target.read_bytes()
        found = _codes(target, mime, min(pages, with_codes)) if with_codes else {}
    quota.take_room(owner, len(content))
    ending = ENDINGS[mime]
    return Accepted(
        content=ContentFile(content, name=uuid.uuid4().hex + ending),
        name=display_name(file.name, ending),
        mime=mime,
        size=len(content),
        pages=pages,
        sha256=hashlib.sha256(content).hexdigest(),
        scan=verdict,
        codes=found,
    )


def _source(file, path):
    """Return where the upload lies, writing it to the path where it is held in memory only.

    Its bytes are counted: the size that a client claims is not asked.
    """
    if hasattr(file, "temporary_file_path"):
        file.flush()
        path = Path(file.temporary_file_path())
    else:
        path.write_bytes(b"".join(_limited(file)))
    size = path.stat().st_size
    if size > settings.UPLOAD_LIMIT:
        raise UploadRefused("size")
    if not size:
        raise UploadRefused("empty")
    return path


def _limited(file):
    left = settings.UPLOAD_LIMIT
    for chunk in file.chunks():
        left -= len(chunk)
        if left < 0:
            raise UploadRefused("size")
        yield chunk


def _sniff(path, images, pdf):
    mime = filetype.guess_mime(str(path))
    if mime in HEIC:
        raise UploadRefused("heic")
    if mime not in ENDINGS:
        raise UploadRefused("type" if pdf else "picture_only")
    if mime == "application/pdf" and not pdf:
        raise UploadRefused("picture_only")
    if mime != "application/pdf" and not images:
        raise UploadRefused("pdf_only")
    return mime


@contextmanager
def turn():
    """Wait for a turn among the children of this process."""
    if not AT_ONCE.acquire(timeout=QUEUE):
        raise UploadRefused("busy")
    try:
        yield
    finally:
        AT_ONCE.release()


def _rewrite(source, target, mime) -> int:
    """Have the child write the safe copy and return its pages; whatever goes wrong is a refusal."""
    words = (mime, str(source), str(target), settings.PAGE_LIMIT, settings.UPLOAD_LIMIT)
    with turn():
        done = parsers.run(CHILD, *words, seconds=SECONDS)
    return answer(done)


def _codes(path, mime, pages) -> dict[int, list[str]]:
    with turn():
        return codes.read(path, mime, pages)


def answer(done) -> int:
    """Return the pages that a child tells of; raise UploadRefused for all else."""
    if done.code is None:  # nobody can say: the file is not to blame
        raise UploadRefused("busy")
    if done.code < 0:  # killed: a limit, or a crash of a parser
        raise UploadRefused("complex")
    try:
        answer = json.loads(done.told)
    except ValueError:
        raise UploadRefused("broken") from None
    if "refused" in answer:
        raise UploadRefused(answer["refused"])
    return answer["pages"]
