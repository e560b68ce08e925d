"""Copies of a genuine PDF that are no longer the same: changed bytes, saved anew, pages moved."""

import io

import pikepdf

LINEARIZED = {"linearize": True}
SAVES = (
    {}, LINEARIZED, {"deterministic_id": True}, {"static_id": True}, {"recompress_flate": True},
    {"compress_streams": False}, {"normalize_content": True}, {"qdf": True},
    {"object_stream_mode": pikepdf.ObjectStreamMode.generate},
    {"object_stream_mode": pikepdf.ObjectStreamMode.disable},
)  # fmt: skip
"""Ways in which programs save a file without changing a word of it."""


def flipped(content, random):
    """Change one byte anywhere."""
    changed = bytearray(content)
    place = random.randrange(len(changed))
    changed[place] ^= random.randrange(1, 256)
    return bytes(changed)


def saved(content, random):
    """Save it anew, as viewers and printers do."""
    return _save(pikepdf.open(io.BytesIO(content)), random)


def swapped(content, other, random):
    """Put a page of another genuine paper into it, in the place of one, before or behind it."""
    with pikepdf.open(io.BytesIO(content)) as pdf, pikepdf.open(io.BytesIO(other)) as foreign:
        page = random.randrange(len(foreign.pages))
        place = random.randrange(len(pdf.pages))
        if random.random() < 0.5:
            del pdf.pages[place]
        pdf.pages.insert(min(place, len(pdf.pages)), foreign.pages[page])
        return _save(pdf, random)


def _save(pdf, random):
    target = io.BytesIO()
    how = dict(random.choice(SAVES))
    if how.get("static_id"):
        how.pop("deterministic_id", None)
    pdf.save(target, **how)
    return target.getvalue()
