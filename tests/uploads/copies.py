"""Looks at a safe copy with eyes of its own: what could act, hide, or tell where a photo was taken.

Nothing here is shared with the code that makes the copy.
"""

import io
import subprocess

import pikepdf
from PIL import Image

from tests.uploads import genuine, real_clamd

FORBIDDEN = {
    "/JS", "/JavaScript", "/Launch", "/EmbeddedFile", "/EmbeddedFiles", "/OpenAction", "/AA",
    "/URI", "/GoToR", "/GoToE", "/SubmitForm", "/ImportData", "/XFA", "/RichMedia", "/EF",
    "/RichMediaContent", "/Rendition", "/Movie", "/Sound", "/FileAttachment", "/Collection",
    "/3D", "/3DD", "/RichMediaExecute",
}  # fmt: skip
DECIDING = ("/S", "/Type", "/Subtype")
"""Keys whose value, a name, says what something does; elsewhere a name does nothing."""
CANARIES = (
    b"canary", b"PK\3\4", b"<script", b"<?php", genuine.CANARY.encode(), b"http://ns.adobe.com/xap",
    real_clamd.EICAR, real_clamd.MARKER,
)  # fmt: skip


def faults(content: bytes, mime: str) -> list[str]:
    """Return what should not be in this copy."""
    found, rest = _in_pdf(content) if mime == "application/pdf" else (_in_image(content), content)
    return found + [f"holds {canary!r}" for canary in CANARIES if canary in rest]


def _in_image(content):
    with Image.open(io.BytesIO(content)) as image:
        image.load()
        tags = dict(image.getexif())
        return ["tags"] * bool(tags) + ["text"] * bool(image.info.keys() & {"comment", "exif"})


def _in_pdf(content):
    """Return what was found, and the file without its photos, which are looked at as photos."""
    with pikepdf.open(io.BytesIO(content)) as copy:
        found = [f"trailer {key}" for key in copy.trailer.keys() if key in ("/Info", "/Encrypt")]
        for top in copy.objects:
            found += _walk(top)
            if isinstance(top, pikepdf.Stream):
                found += _in_stream(top)
                if _is_photo(top):
                    content = content.replace(top.read_raw_bytes(), b"")
    return found, content


def _walk(top):
    found, stack = [], [top]
    while stack:
        node = stack.pop()
        if isinstance(node, pikepdf.Array):
            stack += [item for item in node if not getattr(item, "is_indirect", False)]
        elif isinstance(node, pikepdf.Dictionary | pikepdf.Stream):
            found += sorted(FORBIDDEN & {*node.keys(), *map(_name, map(node.get, DECIDING))})
            stack += [value for _, value in node.items() if not getattr(value, "is_indirect", 0)]
    return found


def _name(value):
    # A spoilt one may be no text at all.
    return bytes(value).decode("latin-1") if isinstance(value, pikepdf.Name) else ""


def _is_photo(stream):
    return str(stream.get("/Filter", "")) == "/DCTDecode"


def _in_stream(stream):
    """Look into a photo, and for canaries into what a stream unpacks to."""
    if _is_photo(stream):
        return _in_photo(stream.read_raw_bytes())
    try:
        return _canaries(stream.read_bytes())
    except Exception:
        return []  # damaged: no viewer reads it either


def _in_photo(data):
    """Look for what a reader of photos finds; in a spoilt table of one such words are no text."""
    found = ["EXIF in a photo"] * (b"Exif\0" in data)
    found += [fault for fault in _canaries(data) if genuine.CANARY not in fault]
    try:
        return found + [f"{fault} in a photo" for fault in _in_image(data)]
    except Exception:
        return found  # damaged: no viewer shows it


def _canaries(data):
    return [f"stream holds {canary!r}" for canary in CANARIES if canary in data]


def opens(path) -> bool:
    """Return whether poppler draws the first page."""
    command = ["pdftoppm", "-r", "20", "-f", "1", "-l", "1", "-gray", str(path)]
    return subprocess.run(command, capture_output=True, timeout=300).returncode == 0
