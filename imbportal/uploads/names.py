"""File names of strangers, made fit to be shown."""

import re
import unicodedata

LONGEST, LONGEST_IN_BYTES = 120, 200
RESERVED = re.compile(r"(con|prn|aux|nul|com\d|lpt\d)(\..*)?", re.I)
"""Names that Windows takes for a device."""
UNSEEN = {"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"}
"""Unicode categories that show nothing or turn the writing direction around."""


def display_name(raw: str, extension: str) -> str:
    """Return a name of at most 120 characters, without path and unseen characters.

    The ending is the one of what the file really is, so ``foto.exe.jpg`` cannot pass as another.
    """
    base = re.split(r"[/\\]", raw or "")[-1]
    base = "".join(c for c in base if unicodedata.category(c) not in UNSEEN)
    base = re.sub(r"\s+", " ", unicodedata.normalize("NFC", base)).strip(" .")
    stem = re.sub(r"\.(pdf|jpe?g|png)$", "", base, flags=re.I).strip(" .")
    stem = stem[: LONGEST - len(extension)].encode()[:LONGEST_IN_BYTES].decode(errors="ignore")
    stem = stem.rstrip(" .") or "berkas"
    return ("berkas-" if RESERVED.fullmatch(stem) else "") + stem + extension
