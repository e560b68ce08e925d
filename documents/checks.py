"""Whether this machine can make PDFs: told at start, not at the first paper."""

import ctypes
import sys

from django.core import checks

LIBRARIES = ("libpango-1.0.so.0", "libpangoft2-1.0.so.0", "libharfbuzz.so.0", "libfontconfig.so.1")
FASTER = "libharfbuzz-subset.so.0"
PACKAGES = (
    "libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz0b libharfbuzz-subset0 fontconfig "
    "fonts-liberation fonts-dejavu-core"
)
"""Debian and Ubuntu; the fonts are the family of the papers and its fallback."""


def libraries(app_configs, **kwargs):
    """Name the packages to install where a library of WeasyPrint is missing (Linux only)."""
    if not sys.platform.startswith("linux"):
        return []
    missing = [name for name in LIBRARIES if not _there(name)]
    hint = f"apt-get install {PACKAGES}"
    if missing:
        text = f"Papers cannot be made into PDF, libraries are missing: {', '.join(missing)}."
        return [checks.Error(text, hint=hint, id="documents.E001")]
    if not _there(FASTER):
        text = f"Papers take twice as long without {FASTER}."
        return [checks.Warning(text, hint=hint, id="documents.W001")]
    return []


def _there(name):
    try:
        ctypes.CDLL(name)
    except OSError:
        return False
    return True
