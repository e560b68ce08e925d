"""The daerah of this installation: one TOML file each in ``settings.DAERAH_FOLDER``.

Files are read once per process; a change needs a restart. A version is named by the hash of its
content, so a cached one can never be wrong.
"""

import hashlib
from functools import cache, lru_cache
from pathlib import Path
from typing import NamedTuple

from django.conf import settings

from imbportal.daerah import loader
from imbportal.daerah.models import DaerahVersion
from imbportal.daerah.schema import Daerah

FOLDER = Path(settings.DAERAH_FOLDER)


class Source(NamedTuple):
    rules: Daerah
    content: str
    sha256: str


@cache
def slugs() -> tuple[str, ...]:
    """Return the slug of every daerah, in alphabetical order."""
    return tuple(sorted(path.stem for path in FOLDER.glob("*.toml")))


def listed() -> list[Daerah]:
    """Return the daerah that the public sees; those for the demo only in the demo."""
    every = (current(slug) for slug in slugs())
    return [rules for rules in every if settings.DEMO or not rules.demo_only]


def current(slug: str) -> Daerah:
    """Return the rules that now stand in the daerah's file. Raises KeyError, DaerahError."""
    return _source(slug).rules


def current_version(slug: str) -> DaerahVersion:
    """Return the row of the file's content, made when first needed. Raises KeyError."""
    source = _source(slug)
    return DaerahVersion.objects.get_or_create(
        sha256=source.sha256, defaults={"slug": slug, "content": source.content}
    )[0]


def current_sha256(slug: str) -> str:
    """Return the name of the version that now stands in the daerah's file. Raises KeyError."""
    return _source(slug).sha256


@lru_cache(maxsize=256)
def version(pk: str) -> Daerah:
    """Return the rules of a stored version. Raises DaerahVersion.DoesNotExist."""
    row = DaerahVersion.objects.get(pk=pk)
    return loader.parse(row.content, f"{row.slug}.toml {row.sha256[:8]}")


@cache
def _source(slug: str) -> Source:
    if slug not in slugs():
        raise KeyError(slug)
    path = FOLDER / f"{slug}.toml"
    try:
        content = path.read_text(encoding="utf-8-sig")
    except UnicodeDecodeError as error:
        raise loader.DaerahError(path.name, [("", f"not written in UTF-8: {error}")]) from None
    sha256 = hashlib.sha256(content.encode()).hexdigest()
    return Source(loader.load(content, path.name), content, sha256)


def forget() -> None:
    """Drop what was read, so that files are read anew."""
    slugs.cache_clear()
    _source.cache_clear()
    version.cache_clear()
