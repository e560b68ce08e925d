"""Rows and the private files that they name, held against each other."""

import hashlib
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from django.apps import apps
from django.core.files.storage import default_storage
from django.db import models

FRESH = 3600
"""Seconds for which a file may lie there without a row: its transaction may still be open."""
MANY = 100
"""Rows read at a time."""


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


def wrong() -> Iterator[tuple[models.Model, str]]:
    """Yield each row whose file is gone or is not the one that was stored, and what is wrong."""
    for row, field, name in named():
        if not default_storage.exists(name):
            yield row, f"berkas {name} hilang"
        elif (stored := _stored_hash(row, field)) and stored != sha256(name):
            yield row, f"berkas {name} bukan yang disimpan (SHA-256 berbeda)"


def orphans(older: float = FRESH) -> Iterator[str]:
    """Yield the name of each file of this age (seconds) that no row names."""
    root, known = Path(default_storage.location), {name for _, _, name in named()}
    limit = time.time() - older
    for path in sorted(root.rglob("*")):
        name = path.relative_to(root).as_posix()
        if name not in known and path.is_file() and path.stat().st_mtime < limit:
            yield name


def sha256(name: str) -> str:
    """Return the SHA-256 of a stored file."""
    with default_storage.open(name) as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _stored_hash(row: Any, field: models.FileField) -> str | None:
    """Return the hash that the row keeps beside its file: ``<field>_sha256`` or ``sha256``."""
    return getattr(row, f"{field.name}_sha256", None) or getattr(row, "sha256", None)
