"""Lets the door for files parse each distinct picture of the demo once."""

import dataclasses
import hashlib
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from unittest import mock

from django.core.files.base import ContentFile

from imbportal import uploads


@contextmanager
def accepted_once() -> Iterator[None]:
    """Answer a file that the door has already accepted in this block without asking it again.

    A child process per file takes some tenths of a second, and the cases share their drawings.
    """
    real, known = uploads.accept, {}

    def accept(file: Any, *, images: bool = True, owner: Any = None) -> uploads.Accepted:
        key = (hashlib.sha256(file.read()).hexdigest(), images)
        file.seek(0)
        if key not in known:
            found = real(file, images=images)
            known[key] = found, found.content.read()
        return _again(*known[key])

    with mock.patch.object(uploads, "accept", accept):
        yield


def _again(accepted: uploads.Accepted, data: bytes) -> uploads.Accepted:
    """Return the same safe copy under a name of its own."""
    name = uuid.uuid4().hex + Path(accepted.content.name or "").suffix
    return dataclasses.replace(accepted, content=ContentFile(data, name=name))
