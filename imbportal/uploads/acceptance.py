"""The door for files: limits, what the file really is, the child that rewrites it, the scan."""

import hashlib
import json
import subprocess
import sys
import tempfile
import threading
import uuid
from dataclasses import dataclass
from pathlib import Path

import filetype
from django.conf import settings
from django.core.cache import cache
from django.core.files.base import ContentFile

from imbportal.uploads import scanner
from imbportal.uploads.names import display_name
from imbportal.uploads.refusals import UploadRefused

ENDINGS = {"application/pdf": ".pdf", "image/jpeg": ".jpg", "image/png": ".png"}
HEIC = {"image/heic", "image/heif", "image/avif"}
CHILD = Path(__file__).with_name("child.py")
SECONDS = 20
"""Wall time for one file; the child itself stops after 10 s of CPU time."""
AT_ONCE = threading.BoundedSemaphore(2)
"""Children per process, so that many uploads at once cannot take all memory."""
PER_HOUR = 300
"""Files of one owner in an hour: far above an honest case, far below filling a disk."""


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


def accept(file, *, images: bool = True, owner=None) -> Accepted:
    """Return the safe copy of an uploaded file; raise UploadRefused with what to do instead.

    ``images`` says whether JPEG and PNG are taken beside PDF; ``owner`` is who sends it.
    """
    _count(owner)
    with tempfile.TemporaryDirectory(prefix="unggah-") as folder:
        source, target = Path(folder, "asal"), Path(folder, "salinan")
        _store(file, source)
        mime = _sniff(source, images)
        pages = _rewrite(source, target, mime)
        verdict = scanner.scan(source, timeout=scanner.WHILE_WAITING)
        if verdict == scanner.INFECTED:
            raise UploadRefused("infected")
        content = target.read_bytes()
    ending = ENDINGS[mime]
    return Accepted(
        content=ContentFile(content, name=uuid.uuid4().hex + ending),
        name=display_name(file.name, ending),
        mime=mime,
        size=len(content),
        pages=pages,
        sha256=hashlib.sha256(content).hexdigest(),
        scan=verdict,
    )


def _count(owner):
    if owner is None:
        return
    key = f"unggah:{owner.pk}"
    cache.add(key, 0, timeout=3600)
    try:
        count = cache.incr(key)
    except ValueError:  # the hour ended between the two lines
        return
    if count > PER_HOUR:
        raise UploadRefused("too_many")


def _store(file, path):
    """Write the upload to the path, counting bytes: the size that a client claims is not asked."""
    size = 0
    with path.open("wb") as out:
        for chunk in file.chunks():
            size += len(chunk)
            if size > settings.UPLOAD_LIMIT:
                raise UploadRefused("size")
            out.write(chunk)
    if not size:
        raise UploadRefused("empty")


def _sniff(path, images):
    mime = filetype.guess_mime(str(path))
    if mime in HEIC:
        raise UploadRefused("heic")
    if mime not in ENDINGS:
        raise UploadRefused("type")
    if mime != "application/pdf" and not images:
        raise UploadRefused("pdf_only")
    return mime


def _rewrite(source, target, mime) -> int:
    """Have the child write the safe copy and return its pages; whatever goes wrong is a refusal."""
    if not AT_ONCE.acquire(timeout=SECONDS):
        raise UploadRefused("busy")
    try:
        done = subprocess.run(  # noqa: S603 - our own interpreter and script, no shell
            [sys.executable, "-I", str(CHILD), mime, str(source), str(target), _limits()],
            stdin=subprocess.DEVNULL,
            capture_output=True,
            timeout=SECONDS,
            env={"LC_ALL": "C.UTF-8"},
            cwd=target.parent,
        )
    except subprocess.TimeoutExpired:
        raise UploadRefused("complex") from None
    finally:
        AT_ONCE.release()
    return _answer(done)


def _limits():
    return json.dumps({"pages": settings.PAGE_LIMIT, "bytes": 2 * settings.UPLOAD_LIMIT})


def _answer(done) -> int:
    if done.returncode < 0:  # killed: the CPU or file limit, or a crash of a parser
        raise UploadRefused("complex")
    try:
        answer = json.loads(done.stdout)
    except ValueError:
        raise UploadRefused("broken") from None
    if "refused" in answer:
        raise UploadRefused(answer["refused"])
    return answer["pages"]
