"""Sample papers as pictures and as a page to look through."""

from __future__ import annotations

import io
from collections.abc import Iterable, Iterator
from html import escape
from pathlib import Path

import pikepdf
from django.core.files.base import ContentFile
from PIL import Image

from imbportal import uploads
from imbportal.demo.sample_papers import Sampled

SMALL = 260
"""Pixels of width of a picture for the list of papers."""
SHADES = 16
"""Greys of it: a page of text needs no more."""
PAGE = """<!doctype html>
<html lang="id"><head><meta charset="utf-8"><title>Contoh dokumen</title></head>
<body><h1>Contoh dokumen</h1>
<p>Isi contoh: orang dan bangunan karangan, tarif dan pola nomor menurut berkas daerah.</p>
{body}
</body></html>
"""


def pictures(pdf: bytes) -> Iterator[tuple[int, str, bytes]]:
    """Yield each page as (number, ending, picture), drawn by the isolated child.

    ValueError where a page cannot be drawn.
    """
    with pikepdf.open(io.BytesIO(pdf)) as document:
        last = len(document.pages)
    page = 1
    while page <= last:
        for drawn in uploads.draw(ContentFile(pdf), "application/pdf", page, last):
            if not drawn.content:
                raise ValueError(f"page {drawn.page} cannot be drawn")
            yield drawn.page, drawn.ending, drawn.content
            page = drawn.page + 1


def small(picture: bytes) -> bytes:
    """Return a small grey PNG of a picture."""
    with Image.open(io.BytesIO(picture)) as image:
        height = round(image.height * SMALL / image.width)
        grey = image.convert("L").resize((SMALL, height), Image.Resampling.LANCZOS)
    written = io.BytesIO()
    grey.quantize(SHADES).save(written, "PNG", optimize=True)
    return written.getvalue()


def index(every: Iterable[Sampled], drawn: dict[str, list[str]]) -> str:
    """Return the page that leads to each paper; ``drawn`` has the pictures by ``slug/name``."""
    return PAGE.format(body="\n".join(_of_daerah(sampled, drawn) for sampled in every))


def _of_daerah(sampled: Sampled, drawn: dict[str, list[str]]) -> str:
    items = "\n".join(
        f'<li><a href="{sampled.slug}/{name}.pdf">{escape(sampled.titles[name])}</a> '
        f"<code>{name}</code>{_shown(drawn.get(f'{sampled.slug}/{name}', []))}</li>"
        for name in sorted(sampled.printed)
    )
    return f"<h2>{escape(sampled.rules.name)}</h2>\n<ul>\n{items}\n</ul>"


def _shown(names: list[str]) -> str:
    shown = "".join(f'<img src="{name}" alt="" width="320"> ' for name in names)
    return f"<br>{shown}" if shown else ""


def write(path: Path, content: bytes) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content)
