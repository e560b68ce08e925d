"""Rows and the private files that they name, held against each other."""

import hashlib
import logging
import shutil
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from django.apps import apps
from django.conf import settings
from django.core.files.storage import default_storage
from django.db import models

logger = logging.getLogger(__name__)
FRESH = 3600
"""Seconds for which a file may lie there without a row: its transaction may still be open."""
MANY = 100
"""Rows read at a time."""
SWEPT = 86_400
"""Seconds after which a file without a row is deleted; so long there is time to ask."""
EVERY = 6 * 3600
SUSPICIOUS = 100
"""So many files without a row, and more than a tenth of all, look like a wrong database."""


def columns() -> Iterator[tuple[type[models.Model], models.FileField]]:
    """Yield every file column of every model."""
    for model in apps.get_models():
        for field in model._meta.concrete_fields:
            if isinstance(field, models.FileField):
                yield model, field


def named() -> Iterator[tuple[models.Model, models.FileField, str]]:
    """Yield each row, column and name of a file that the database knows."""
    for model, field in columns():
        for row in model._base_manager.exclude(**{f"{field.name}__in": ["", None]}).iterator(MANY):
            yield row, field, getattr(row, field.name).name


def names() -> Iterator[str]:
    """Yield the name of each file that the database knows."""
    for model, field in columns():
        yield from model._base_manager.values_list(field.name, flat=True).iterator(1000)


def wrong() -> Iterator[tuple[models.Model, str]]:
    """Yield each row whose file is gone or is not the one that was stored, and what is wrong."""
    for row, field, name in named():
        if not default_storage.exists(name):
            yield row, f"berkas {name} hilang"
        elif (stored := _stored_hash(row, field)) and stored != sha256(name):
            yield row, f"berkas {name} bukan yang disimpan (SHA-256 berbeda)"


def orphans(older: float = FRESH) -> Iterator[str]:
    """Yield the name of each file of this age (seconds) that no row names."""
    root, known = Path(default_storage.location), set(names())
    limit = time.time() - older
    for path in sorted(root.rglob("*")):
        name = path.relative_to(root).as_posix()
        if name not in known and path.is_file() and path.stat().st_mtime < limit:
            yield name


def sweep() -> int:
    """Delete files that no row names and uploads that were broken off; return how many.

    Where suspiciously many have no row nothing is deleted: an empty or older database behind a
    full folder must not cost the files.
    """
    found = list(orphans(SWEPT))
    stored = sum(path.is_file() for path in Path(default_storage.location).rglob("*"))
    if len(found) > max(SUSPICIOUS, stored // 10):
        logger.error("%s of %s files have no row; none was deleted", len(found), stored)
        found = []
    for name in found:
        default_storage.delete(name)
    return len(found) + _sweep_scratch()


def _sweep_scratch() -> int:
    """Delete what killed or broken-off requests left where uploads come in."""
    limit, count = time.time() - SWEPT, 0
    for path in settings.FILE_UPLOAD_TEMP_DIR.iterdir():
        if path.stat().st_mtime < limit:
            shutil.rmtree(path) if path.is_dir() else path.unlink(missing_ok=True)
            count += 1
    return count


def sha256(name: str) -> str:
    """Return the SHA-256 of a stored file."""
    with default_storage.open(name) as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _stored_hash(row: Any, field: models.FileField) -> str | None:
    """Return the hash that the row keeps beside its file: ``<field>_sha256`` or ``sha256``."""
    return getattr(row, f"{field.name}_sha256", None) or getattr(row, "sha256", None)
