"""Names inside the ZIP: plain letters and digits, the same on every system."""

import re
import unicodedata

LONGEST = 60
ENDINGS = {"application/pdf": "pdf", "image/jpeg": "jpg", "image/png": "png"}


def safe(text: str, most: int = LONGEST) -> str:
    """Return words as part of a name: lower case, no accents, hyphens for all else."""
    plain = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode().lower()
    return re.sub(r"[^a-z0-9]+", "-", plain).strip("-")[:most].strip("-") or "tanpa-nama"


def of_file(prefix: str, name: str, ending: str) -> str:
    """Return the name of a file: what it is for, how it was called, and what it is."""
    stem, dot, last = name.rpartition(".")
    return f"{prefix}-{safe(stem if dot and len(last) <= 4 else name)}.{ending}"


def ending(mime: str, name: str = "") -> str:
    """Return the ending by what a file is; by its stored name where that was not kept."""
    last = name.rpartition(".")[2].lower()
    return ENDINGS.get(mime) or (last if last in ENDINGS.values() else "bin")
